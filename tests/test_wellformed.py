"""What is read as XML has the elements that HTML has; what would not have them is left to HTML."""

from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
import tinyhtml5

from policing_summary import checks, content, leaflet, plain, wellformed
from policing_summary.formats import FORMATS

ROOT = Path(__file__).resolve().parent.parent
NAMESPACE = "{http://www.w3.org/2000/xmlns/}xmlns"
Told = tuple[str, dict[str, str], str, str]


def told(element: Element) -> Iterator[Told]:
    for each in element.iter():
        attributes = {name: value for name, value in each.attrib.items() if name != NAMESPACE}
        yield str(each.tag), attributes, each.text or "", each.tail or ""


def as_html(page: str) -> list[Told]:
    return list(told(tinyhtml5.parse(page, namespace_html_elements=False)))


@pytest.fixture(scope="module")
def sheets():
    return checks.run(content.load(ROOT / "content"))[0]


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_leaflets_are_read_as_xml_and_have_what_html_has(form, sheets):
    for sheet in sheets:
        document = leaflet.compose(sheet, FORMATS[form])
        page = document.page(document.html)
        tree = wellformed.document(page)
        assert tree is not None
        assert list(told(tree)) == as_html(page)


@pytest.mark.parametrize(
    "body",
    [
        "<table><tr><td>A</td></tr></table>",
        "<table><caption>A</caption><tr><td>A</td></tr><tbody></tbody></table>",
        '<svg viewBox="0 0 1 1"></svg>',
        "<p>A <ul><li>B</li></ul></p>",
        "<p class='a'>A <span>B</span><div>C</div></p>",
        "<P>A</P>",
        '<p Class="a">A</p>',
        "<p>A &#150; B</p>",
        "<p>A &nbsp; B</p>",
        "<p>A<p>B",
        "<!-- A --><p>B</p>",
        "<div><i class='a'/>B</div>",
        "<p>A <b/>B</p>",
        "<div><textpath/>A</div>",
        "<p>A <aside>B</aside></p>",
        "<p>A <pre>B</pre></p>",
        "<pre>\nA</pre>",
        "<style>p > b { color: red }</style>",
    ],
)
def test_what_html_reads_otherwise_is_left_to_it(body):
    page = f"<!DOCTYPE html>\n<html><head><title>A</title></head>\n<body>{body}</body></html>"
    assert wellformed.document(page) is None


@pytest.mark.parametrize(
    "body",
    [
        "<p>A <br>B</p><p>C</p>",
        "<table><thead><tr><th>A</th></tr></thead><tbody><tr><td>A</td></tr></tbody></table>",
        "<div><p>A</p><ul><li>B</li></ul></div>",
        '<p><img src="a" alt="A &amp; B">&#38;</p>',
        '<p><svg xmlns="http://www.w3.org/2000/svg"><g><path d="M0 0"/></g><rect/></svg>A<br/></p>',
    ],
)
def test_what_both_read_alike_is_read_as_xml(body):
    page = f"<!DOCTYPE html>\n<html><head><title>A</title></head>\n<body>{body}</body></html>"
    tree = wellformed.document(page)
    assert tree is not None
    assert list(told(tree)) == as_html(page)


def test_a_page_without_a_document_type_is_left_to_html():
    assert wellformed.document("<html><body><p>A</p></body></html>") is None


def test_plain_text_takes_both():
    assert plain.text("<p>A<p>B") == plain.text("<p>A</p><p>B</p>") == "A\n\nB\n"
