"""The Markdown of free pages → safe HTML. Beside what any text may have, it has headings and links
to other pages of the site, which begin with a slash: `[Privacy](/privacy/)`.
"""

import re
from collections.abc import Collection, Iterator
from functools import cache
from itertools import islice, pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from policing_summary import prose
from policing_summary.prose import Mistake
from policing_summary.references import FigureSet
from policing_summary.validation import did_you_mean

HEADING = re.compile(r"^(#{2,3}) (?=\S)", re.MULTILINE)
TOO_LARGE = re.compile(r"^# .+$", re.MULTILINE)
INNER_LINK = re.compile(r"\]\((?P<to>/[^\s)]*)\)")


def render(text: str, root: str) -> Markup:
    """Paragraphs, lists and headings as HTML; `root` leads from the page to the top of the site."""
    tokens = _markdown().parse(text)
    taken: set[str] = set()
    for token, following in pairwise(tokens):
        if token.type == "heading_open":
            token.attrSet("id", _name(following.content, taken))
    for token in tokens:
        for inner in token.children or ():
            _lead_from(inner, root)
    rendered = _markdown().renderer.render(tokens, _markdown().options, {})
    return Markup(rendered)  # noqa: S704 - markdown-it escapes


def mistakes(text: str, pages: Collection[str]) -> Iterator[Mistake]:
    """What cannot stand in a free page; `pages` are the addresses that its links may lead to."""
    return islice(_mistakes(text, pages), prose.MOST_TOLD)


def _mistakes(text: str, pages: Collection[str]) -> Iterator[Mistake]:
    for link in INNER_LINK.finditer(text):
        if address_of(link["to"]) not in pages:
            occurrence = text.count(link["to"], 0, link.start("to"))
            known = sorted(f"/{page}" for page in pages)
            way_out = did_you_mean(link["to"], known, "write for example `/accessibility/`")
            yield Mistake(link["to"], occurrence, f"the site has no page `{link['to']}`", way_out)
    for heading in TOO_LARGE.finditer(text):
        what, way_out = "the page has its title already", "headings in a page begin with `##`"
        yield Mistake(heading[0], text.count(heading[0], 0, heading.start()), what, way_out)
    plain = HEADING.sub("", INNER_LINK.sub("](https://example.org)", TOO_LARGE.sub("", text)))
    yield from prose.mistakes(plain, FigureSet({}))


def address_of(link: str) -> str:
    """`/privacy/#cookies` as `privacy/`; the top of the site is empty."""
    path = link.partition("#")[0].strip("/").removesuffix("index.html").strip("/")
    return f"{path}/" if path else ""


@cache
def _markdown() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False, "typographer": True})
    markdown.enable(["replacements", "smartquotes"])
    markdown.disable([rule for rule in prose.TURNED_OFF if rule != "heading"])
    markdown.validateLink = lambda url: (  # type: ignore[method-assign]
        url.startswith("/") or bool(prose.SAFE_LINK.fullmatch(url))
    )
    return markdown


def _lead_from(token: Token, root: str) -> None:
    address = str(token.attrGet("href") or "") if token.type == "link_open" else ""
    if address.startswith("/"):
        _, mark, anchor = address.partition("#")
        token.attrSet("href", f"{root}{address_of(address)}index.html{mark}{anchor}")


def _name(heading: str, taken: set[str]) -> str:
    """A heading's place on its page, told apart from one of the same words."""
    words = re.sub(r"[^\w]+", "-", heading.lower()).strip("-") or "section"
    name, number = words, 1
    while name in taken | {"main"}:
        number += 1
        name = f"{words}-{number}"
    taken.add(name)
    return name
