"""The packet of metadata in a PDF: one, with the marks of every standard that the file claims."""

from xml.etree import ElementTree as ET

import pytest

from policing_summary import metadata
from policing_summary.metadata import DC, PDFA, PDFUA, RDF, Told

TOLD = Told("Łódź & <Havering>", ("Authority",), "What was done", "WeasyPrint")
CLAIMS = {
    "PDF/UA-1": (("pdf/ua-1",), {"ua": "1"}),
    "PDF/A-2a": (("pdf/a-2a",), {"a": "2", "level": "A"}),
    "both": (("pdf/a-2a", "pdf/ua-1"), {"a": "2", "level": "A", "ua": "1"}),
}


def read(packet: bytes) -> ET.Element:
    """What stands between the two marks of the packet; there is one description in it."""
    assert packet.startswith(metadata.BEGINNING)
    assert packet.endswith(metadata.END)
    root = ET.fromstring(packet.removeprefix(metadata.BEGINNING).removesuffix(metadata.END))
    (rdf,) = root
    (about,) = rdf
    return about


@pytest.mark.parametrize(("claims", "marks"), CLAIMS.values(), ids=CLAIMS)
def test_it_says_what_the_file_claims_and_no_more(claims, marks):
    about = read(metadata.packet(TOLD, claims))
    names = {"a": f"{{{PDFA}}}part", "level": f"{{{PDFA}}}conformance", "ua": f"{{{PDFUA}}}part"}
    said = {key: about.findtext(name) for key, name in names.items()}
    assert {key: value for key, value in said.items() if value} == marks


def test_title_author_and_description_are_in_it_whatever_letters_they_have():
    about = read(metadata.packet(TOLD, ("pdf/ua-1",)))
    said = {
        name: [item.text for item in about.iterfind(f"{{{DC}}}{name}/*/{{{RDF}}}li")]
        for name in ("title", "creator", "description")
    }
    assert said == {
        "title": ["Łódź & <Havering>"],
        "creator": ["Authority"],
        "description": ["What was done"],
    }


def test_what_is_not_known_is_left_out():
    about = read(metadata.packet(Told("A", (), "", "WeasyPrint"), ("pdf/a-2a",)))
    assert about.find(f"{{{DC}}}creator") is None
    assert about.find(f"{{{DC}}}description") is None


def test_the_mark_of_pdf_ua_is_explained_only_to_archives():
    explained = b"Universal Accessibility" in metadata.packet(TOLD, ("pdf/a-2a", "pdf/ua-1"))
    assert explained
    assert b"Universal Accessibility" not in metadata.packet(TOLD, ("pdf/ua-1",))
