"""Markdown → safe HTML, with figures filled in.

Raw HTML is text, links lead only where a reader may safely go, and headings, pictures and code are
left to the templates.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from markdown_it import MarkdownIt
from markupsafe import Markup

from policing_summary.figures import FigureSet, UnknownFigureError

REFERENCE = re.compile(r"\{\{\s*(?P<words>[^{}]*?)\s*\}\}")
LINK = re.compile(r"\]\(\s*<?(?P<address>[^)\s>]*)")
SAFE_LINK = re.compile(r"(https?://|mailto:|tel:)[^\s]+", re.IGNORECASE)
TURNED_OFF = ("image", "heading", "lheading", "code", "fence", "hr", "html_block", "html_inline")


@dataclass(frozen=True)
class Mistake:
    """`words` in the text, their n-th occurrence, and why they cannot stand."""

    words: str
    occurrence: int
    what: str
    way_out: str


@cache
def _markdown() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False, "typographer": True})
    markdown.enable(["replacements", "smartquotes"])
    markdown.disable(list(TURNED_OFF))
    markdown.validateLink = lambda url: bool(SAFE_LINK.fullmatch(url))  # type: ignore[method-assign]
    return markdown


def render(text: str, figures: FigureSet) -> Markup:
    """Paragraphs as HTML. The text has been checked: every reference in it resolves."""
    return Markup(_markdown().render(fill(text, figures)))  # noqa: S704 - markdown-it escapes


def render_inline(text: str, figures: FigureSet) -> Markup:
    """One line as HTML, without a paragraph around it."""
    return Markup(_markdown().renderInline(fill(text, figures)))  # noqa: S704 - as above


def fill(text: str, figures: FigureSet) -> str:
    """The text with each `{{ measure.form }}` printed in house style."""
    return REFERENCE.sub(lambda match: figures.printed(match["words"]), text)


def mistakes(text: str, figures: FigureSet) -> Iterator[Mistake]:
    """What is wrong with a text: references to nothing, and links that would not be followed."""
    seen: dict[str, int] = {}
    for match in REFERENCE.finditer(text):
        occurrence = seen.get(match[0], 0)
        seen[match[0]] = occurrence + 1
        try:
            figures.printed(match["words"])
        except UnknownFigureError as error:
            yield Mistake(match[0], occurrence, error.what, error.way_out)
    for match in LINK.finditer(text):
        if not SAFE_LINK.fullmatch(match["address"]):
            yield Mistake(
                match["address"] or match[0],
                0,
                f"`{match['address']}` is not an address that can be linked",
                "links begin with https://, http://, mailto: or tel:",
            )
