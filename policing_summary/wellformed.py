"""HTML of our own templates → elements, read as XML in a fraction of the time.

Our templates are XML but for empty elements. A site's own may be anything that a browser takes: whatever HTML
would read otherwise is left to a reader of HTML.
"""

import re
from xml.etree.ElementTree import Element, ParseError, XMLParser

VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "source", "wbr"})
VOID_TAG = re.compile(rf"<({'|'.join(sorted(VOID))})\b([^<>]*?)/?>")
STROKES = "circle|ellipse|g|image|line|path|polygon|polyline|rect|stop|svg|text|tspan|use"
MEANT_OTHERWISE = re.compile(
    r"</?[a-z0-9]*[A-Z]|\s(?!viewBox=)[a-z-]*[A-Z][\w-]*\s*=|&#(?:0*1[2-5]\d|[xX]0*[89][0-9a-fA-F]);"
    rf"|<(?!(?:{'|'.join(sorted(VOID))}|{STROKES})[\s/])[a-z][^<>]*/>"
)
"""What XML takes otherwise than HTML: names in capitals, the numbers of letters in an old Windows, and elements
that end as they begin, of which HTML knows only empty ones and the strokes of a drawing."""
RAW = "noscript|pre|script|select|style|template|textarea"  # HTML has rules of its own for what is in them
BLOCKS = (
    "address|article|aside|blockquote|center|details|dialog|dir|div|dl|fieldset|figcaption|figure|footer|form|h[1-6]"
    "|header|hgroup|hr|main|menu|nav|ol|p|search|section|summary|table|ul"
)
"""What ends a paragraph (HTML Standard, 13.2.6.4.7), besides what is in `RAW`."""
IMPLIED = re.compile(
    r"<table\b(?:(?!<t(?:head|body)\b).)*?<tr\b"
    r"|<svg\b(?![^<>]*\sxmlns=)"
    rf"|<(?:{RAW})\b"
    rf"|<p(?:\s[^<>]*)?>(?:(?!</p>).)*?<(?:{BLOCKS})\b",
    re.DOTALL,
)
"""Where HTML puts something in: bodies of tables, the namespace of drawings, and the end of a paragraph."""
DOCTYPE = "<!DOCTYPE html>"


def document(html: str) -> Element | None:
    """The elements of a whole page; None if HTML would have others."""
    page = html.removeprefix(DOCTYPE)
    if page == html or "<!" in page or IMPLIED.search(page):
        return None
    return read(page)


def read(*parts: str) -> Element | None:
    """The elements of parts that follow each other; None if they are not XML, or HTML has other names or letters."""
    if any(map(MEANT_OTHERWISE.search, parts)):
        return None
    reader = XMLParser()  # noqa: S314 - no document type, and so no entity, can stand in them
    try:
        for part in parts:
            reader.feed(VOID_TAG.sub(r"<\1\2/>", part))
        return reader.close()
    except ParseError:
        return None
