"""Markdown → safe HTML, with figures filled in.

Raw HTML is text, links lead only where a reader may safely go, and headings, pictures and code are
left to the templates.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from policing_summary.references import FigureSet, UnknownFigureError

REFERENCE = re.compile(r"\{\{\s*(?P<words>[^{}]*?)\s*\}\}")
TURNED_ROUND = re.compile(r"\([^()\n]+\)\[(https?:|www\.|mailto:)[^]\s]*\]")
LINK_EXAMPLE = "write `[the words](https://www.example.org)`"
TELEPHONE = re.compile(r"(?<![\w.,])0\d{2,4}(?: \d{3,4}){1,2}(?![\w])")
MOST_TOLD = 20  # mistakes of one text at a time
KEPT = 1024  # texts: each is printed on the page, in leaflets, in plain text and in every borough
BRACE = re.compile("[{}]+")
SAFE_LINK = re.compile(r"(https?://|mailto:|tel:)[^\s]+", re.IGNORECASE)
TURNED_OFF = ("image", "heading", "lheading", "code", "fence", "hr", "html_block", "html_inline")


@dataclass(frozen=True)
class Mistake:
    """`words` in the text, their n-th occurrence, and why they cannot stand.

    With a `measure`, a figure of it is asked for that is not there.
    """

    words: str
    occurrence: int
    what: str
    way_out: str
    measure: str | None = None


@cache
def _markdown(quotes: str) -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False, "typographer": True, "quotes": quotes})
    markdown.enable(["replacements", "smartquotes"])
    markdown.disable(list(TURNED_OFF))
    markdown.validateLink = lambda url: bool(SAFE_LINK.fullmatch(url))  # type: ignore[method-assign]
    return markdown


def render(text: str, figures: FigureSet) -> Markup:
    """Paragraphs as HTML. The text has been checked: every reference in it resolves."""
    return _filled(_paragraphs(text, figures.words.language.quotes), figures)


def render_inline(text: str, figures: FigureSet) -> Markup:
    """One line as HTML, without a paragraph around it."""
    return _filled(_one_line(text, figures.words.language.quotes), figures)


@lru_cache(KEPT)
def _paragraphs(text: str, quotes: str) -> str:
    return str(_markdown(quotes).render(text))


@lru_cache(KEPT)
def _one_line(text: str, quotes: str) -> str:
    return str(_markdown(quotes).renderInline(text))


def fill(text: str, figures: FigureSet) -> str:
    """The text with each `{{ measure.form }}` printed in house style."""
    return REFERENCE.sub(lambda match: figures.printed(match["words"]), text)


def _filled(html: str, figures: FigureSet) -> Markup:
    """Figures come last, so that none is taken for Markdown: `1880.` would begin a list.

    A telephone number stays on one line.
    """
    whole = TELEPHONE.sub(lambda number: number[0].replace(" ", "\N{NO-BREAK SPACE}"), html)
    return Markup(fill(whole, figures))  # noqa: S704 - markdown-it escapes, and figures need not be


def mistakes(text: str, figures: FigureSet) -> Iterator[Mistake]:
    """What is wrong with a text: figures that are not there, unsafe links, what is not printed."""
    return islice(_mistakes(text, figures), MOST_TOLD)


def _mistakes(text: str, figures: FigureSet) -> Iterator[Mistake]:
    yield from _reference_mistakes(text, figures)
    bare = REFERENCE.sub(lambda match: "x" * len(match[0]), text)
    for brace in BRACE.finditer(bare):
        occurrence = text.count(brace[0], 0, brace.start())
        what = "a brace stands alone here"
        way_out = "a figure is filled in with two before and two after: `{{ robbery.change }}`"
        yield Mistake(brace[0], occurrence, what, way_out)
    for link in TURNED_ROUND.finditer(bare):
        what = "the brackets of this link are the wrong way round"
        yield Mistake(link[0], bare.count(link[0], 0, link.start()), what, LINK_EXAMPLE)
    seen: Counter[str] = Counter()
    for words, (what, way_out) in _unprintable(_everything().parse(bare)):
        yield Mistake(words, seen[words], what, way_out)
        seen[words] += 1


def _reference_mistakes(text: str, figures: FigureSet) -> Iterator[Mistake]:
    seen: Counter[str] = Counter()
    for match in REFERENCE.finditer(text):
        try:
            figures.printed(match["words"])
        except UnknownFigureError as error:
            yield Mistake(match[0], seen[match[0]], error.what, error.way_out, error.measure)
        seen[match[0]] += 1


@cache
def _everything() -> MarkdownIt:
    """Markdown with all that is turned off when it is printed, to tell an editor about it."""
    markdown = MarkdownIt("commonmark", {"html": False})
    markdown.disable("code")
    markdown.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005
    markdown.normalizeLink = lambda url: url  # type: ignore[method-assign]
    return markdown


NOT_PRINTED = {
    "heading_open": (
        "headings are not made in a text",
        "use `title:`, or make it bold: `**Words**`",
    ),
    "fence": ("a text has no place for program code", "delete these marks"),
    "hr": ("lines across the page are not drawn in a text", "delete it"),
}


PICTURE = (
    "pictures are not printed inside a text",
    "delete it; a portrait of the person who speaks goes into `photo:`",
)


def _unprintable(tokens: Iterable[Token]) -> Iterator[tuple[str, tuple[str, str]]]:
    """The words at fault, what is wrong with them, and the way out."""
    for token in tokens:
        if told := NOT_PRINTED.get(token.type):
            yield token.markup, told
        elif token.type == "image":
            source = str(token.attrGet("src") or "![")
            yield source, PICTURE
            continue
        elif token.type == "link_open":
            address = str(token.attrGet("href") or "")
            if not SAFE_LINK.fullmatch(address):
                yield address or "]()", _unsafe(address)
        yield from _unprintable(token.children or ())


def _unsafe(address: str) -> tuple[str, str]:
    if not address:
        return "this link leads nowhere", "write its address between the round brackets"
    if re.fullmatch(r"[\w-]+(\.[\w-]+)+(/\S*)?", address):
        return f"the link to `{address}` is not complete", f"write `https://{address}`"
    return (
        f"`{address}` is not an address that readers can follow",
        "links begin with https://, http://, mailto: or tel:",
    )
