"""What a PDF says of itself → the packet of metadata (XMP) that readers and archives look for.

WeasyPrint writes the mark of one standard only, and a second packet would not be read. So the packet
is written here, whole, from the same words as the rest of the file.
"""

from dataclasses import dataclass
from xml.etree import ElementTree as ET

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
DC = "http://purl.org/dc/elements/1.1/"
PDF = "http://ns.adobe.com/pdf/1.3/"
PDFA = "http://www.aiim.org/pdfa/ns/id/"
PDFUA = "http://www.aiim.org/pdfua/ns/id/"
SCHEMAS = "http://www.aiim.org/pdfa/ns/extension/"
SCHEMA = "http://www.aiim.org/pdfa/ns/schema#"
PROPERTY = "http://www.aiim.org/pdfa/ns/property#"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
PREFIXES = {
    "rdf": RDF,
    "dc": DC,
    "pdf": PDF,
    "pdfaid": PDFA,
    "pdfuaid": PDFUA,
    "pdfaExtension": SCHEMAS,
    "pdfaSchema": SCHEMA,
    "pdfaProperty": PROPERTY,
}
MARKS = {
    "pdf/a-2a": ((PDFA, "part", "2"), (PDFA, "conformance", "A")),
    "pdf/ua-1": ((PDFUA, "part", "1"),),
}
"""What each standard wants to be written: namespace, name and value."""
BEGINNING = b'<?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'  # both fixed by XMP
END = b'\n<?xpacket end="r"?>'


@dataclass(frozen=True)
class Told:
    """What a file says of itself; the same words as in its document information."""

    title: str
    authors: tuple[str, ...]
    description: str
    producer: str


def packet(told: Told, claims: tuple[str, ...]) -> bytes:
    """The packet with the marks of every standard in `claims`, the same bytes each time."""
    for prefix, namespace in PREFIXES.items():
        ET.register_namespace(prefix, namespace)
    root = ET.Element(f"{{{RDF}}}RDF")
    about = ET.SubElement(root, f"{{{RDF}}}Description", {f"{{{RDF}}}about": ""})
    for claim in claims:
        for namespace, name, value in MARKS[claim]:
            ET.SubElement(about, f"{{{namespace}}}{name}").text = value
    ET.SubElement(about, f"{{{PDF}}}Producer").text = told.producer
    _list(about, f"{{{DC}}}title", "Alt", (told.title,))
    if told.authors:
        _list(about, f"{{{DC}}}creator", "Seq", told.authors)
    if told.description:
        _list(about, f"{{{DC}}}description", "Alt", (told.description,))
    if {"pdf/a-2a", "pdf/ua-1"} <= set(claims):
        _explain_pdf_ua(about)
    written: bytes = ET.tostring(root, encoding="utf-8")
    return BEGINNING + b'<x:xmpmeta xmlns:x="adobe:ns:meta/">' + written + b"</x:xmpmeta>" + END


def _list(parent: ET.Element, name: str, kind: str, values: tuple[str, ...]) -> None:
    items = ET.SubElement(ET.SubElement(parent, name), f"{{{RDF}}}{kind}")
    for value in values:
        item = ET.SubElement(items, f"{{{RDF}}}li")
        item.text = value
        if kind == "Alt":
            item.set(XML_LANG, "x-default")


def _explain_pdf_ua(about: ET.Element) -> None:
    """PDF/A does not know PDF/UA's mark, and wants every such word to be explained (ISO 19005-2, 6.6.2.3)."""
    schema = _resource(about, f"{{{SCHEMAS}}}schemas", "Bag")
    for name, value in (
        ("schema", "PDF/UA Universal Accessibility Schema"),
        ("namespaceURI", PDFUA),
        ("prefix", "pdfuaid"),
    ):
        ET.SubElement(schema, f"{{{SCHEMA}}}{name}").text = value
    mark = _resource(schema, f"{{{SCHEMA}}}property", "Seq")
    for name, value in (
        ("name", "part"),
        ("valueType", "Integer"),
        ("category", "internal"),
        ("description", "The part of ISO 14289 that the file keeps"),
    ):
        ET.SubElement(mark, f"{{{PROPERTY}}}{name}").text = value


def _resource(parent: ET.Element, name: str, kind: str) -> ET.Element:
    """The one item of a list, which has fields of its own."""
    items = ET.SubElement(ET.SubElement(parent, name), f"{{{RDF}}}{kind}")
    return ET.SubElement(items, f"{{{RDF}}}li", {f"{{{RDF}}}parseType": "Resource"})
