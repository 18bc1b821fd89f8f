"""HTML of our own templates → elements, read as XML in a fifth of the time.

Our templates are XML but for empty elements. A site's own may be anything that a browser takes: whatever HTML
would read otherwise is left to a reader of HTML.
"""

import re
from xml.etree.ElementTree import Element, ParseError, XMLParser

VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "source", "wbr"})
VOID_TAG = re.compile(rf"<({'|'.join(sorted(VOID))})\b([^<>]*?)/?>")
MEANT_OTHERWISE = re.compile(
    r"</?[a-z0-9]*[A-Z]|\s(?!viewBox=)[a-z-]*[A-Z][\w-]*\s*=|&#(?:0*1[2-5]\d|[xX]0*[89][0-9a-fA-F]);"
)
"""What XML takes otherwise than HTML: names in capitals, and the numbers of letters in an old Windows."""
BLOCKS = "address|article|blockquote|div|dl|figure|footer|h[1-6]|header|hr|main|nav|ol|p|section|table|ul"
IMPLIED = re.compile(
    r"<table\b(?:(?!<t(?:head|body)\b).)*?<tr\b"
    r"|<svg\b(?![^<>]*\sxmlns=)"
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
