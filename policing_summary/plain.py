"""HTML of our own templates → plain text that can be read aloud from top to bottom.

A table becomes a line for each of its rows, and a drawing is left out: what it shows stands in a
table or a text beside it. Nothing is drawn with signs, because a voice would spell them.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html.parser import HTMLParser
from itertools import zip_longest
from typing import TypeAlias
from xml.etree.ElementTree import Element, SubElement, TreeBuilder

from policing_summary import wellformed
from policing_summary.filling import KEEP, WIDTH, filled

RULE = "---"
"""Stands above each main heading: a voice that spells signs says three words, and no more."""

KEPT = 256  # texts: most sections are the same in every borough of an edition
NONE = frozenset[str]()
Block: TypeAlias = list[str]
SILENT = frozenset({"head", "style", "script", "svg", "template", "title"})
BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "caption", "dd", "details", "div", "dl", "dt", "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "nav", "ol", "p", "section", "summary", "table", "tbody", "td", "th", "thead", "tr", "ul"}
)  # fmt: skip
# Classes of our templates, for what their stylesheets do with place and size alone:
OWN_LINE = frozenset({"role", "reach"})  # set on a line of their own
ASIDE = frozenset({"sum-note", "footnote", "when"})  # set small beside the words
LABEL = "by"  # set apart from what it says something about
MORE = frozenset({"kicker-more"})  # set after the words, in another type
LARGE = "big"  # the figure of a card, above its name
QUOTED = "pull"  # a sentence set large, which mostly stands in the text as well
SKIPS = "skip"  # a link past what stands between
STOP, COMMA = "\ue000", "\ue001"  # stand for the marks of the language until the text is done
MARKS = {"ur": ("۔", "،"), "ar": (".", "،"), "bn": ("।", ","), "pa": ("।", ",")}
SPACES = re.compile(r"[ \t\r\n\f]+")
TWO_SPACES = re.compile(" {2,}")
BEFORE_MARK = re.compile(rf" +(?=[,.;:){COMMA}](?: |$))")
ENDS_OPEN = re.compile(r"[\w%)’”]$")
ENDS_IN_ADDRESS = re.compile(rf"[@/]\S*$|[\w-]\.[a-z]{{2,}}$|{KEEP}\d+$|(?:^|: )\d{{3,6}}$")


@lru_cache(KEPT)
def text(
    html: str, *, number: int | None = None, columns: int = WIDTH, language: str = "en-GB"
) -> str:
    """The HTML in lines of at most `columns`; its main headings have numbers, if given the first of them.

    Stops and commas that are put in are those of the `language`, a BCP 47 tag.
    """
    tree = _settled(parsed(html))
    heads = enumerate(tree.iter("h2"), number or 0)
    numbers = {h2: f"{n}. " for n, h2 in heads} if number is not None else {}
    blocks = _Reader(columns, numbers).flow(tree, "")
    stop, comma = MARKS.get(language, (".", ","))
    whole = "\n\n".join("\n".join(block) for block in blocks) + "\n"
    return whole.replace(STOP, stop).replace(COMMA, comma)


def parsed(html: str) -> Element:
    """The elements of a page, or of a part of one, inside a `body`.

    Our templates are XML but for empty elements, and read as such in a fifth of the time; a site's own may not be.
    """
    tree = wellformed.read("<body>", html, "</body>")
    return _parsed_as_html(html) if tree is None else tree


def _parsed_as_html(html: str) -> Element:
    builder = _Builder()
    builder.feed(html)
    builder.close()
    builder.tree.end("body")
    return builder.tree.close()


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tree = TreeBuilder()
        self.tree.start("body", {})

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tree.start(tag, {name: value or "" for name, value in attrs})
        if tag in wellformed.VOID:
            self.tree.end(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in wellformed.VOID:
            self.tree.end(tag)

    def handle_data(self, data: str) -> None:
        self.tree.data(data)


def words(element: Element) -> str:
    """All the words in an element, on one line."""
    return SPACES.sub(" ", "".join(element.itertext())).strip()


def _settled(tree: Element) -> Element:
    """The tree without sentences that are set large and stand in the text, each figure after its name."""
    everything = words(tree)
    for parent in list(tree.iter()):
        children = list(parent)
        for child, after in zip_longest(children, children[1:]):
            kinds = _classes(child)
            if QUOTED in kinds and everything.count(words(child).strip("“”")) > 1:
                parent.remove(child)
            elif LARGE in kinds and after is not None:
                parent.remove(child)
                SubElement(after, "span").text = f": {words(child)}"
    return tree


def _classes(element: Element) -> frozenset[str]:
    named = element.get("class")
    return _kinds(named) if named else NONE


@lru_cache(KEPT)
def _kinds(named: str) -> frozenset[str]:
    return frozenset(named.split())


def _is_silent(element: Element) -> bool:
    """Drawings, what voices pass over, and links that only lead further down."""
    is_hidden = element.get("aria-hidden") == "true" or SKIPS in _classes(element)
    return is_hidden or element.tag in SILENT


@dataclass(frozen=True)
class _Reader:
    """Reads from top to bottom; `numbers` stand before the main headings that have one."""

    columns: int
    numbers: Mapping[Element, str]

    def flow(self, element: Element, indent: str) -> Iterator[Block]:
        """The blocks inside an element, with the words between them."""
        run = _raw(element.text)
        for child in element:
            if child.tag in BLOCKS and not _is_silent(child):
                yield from self.paragraph(run, indent)
                yield from self.block(child, indent)
                run = _raw(child.tail)
            else:
                run += _inline(child) + _raw(child.tail)
        yield from self.paragraph(run, indent)

    def block(self, element: Element, indent: str) -> Iterator[Block]:
        if element.tag == "h2" or "section-head" in _classes(element):
            yield from self.heading(element)
        elif element.tag in {"ul", "ol"}:
            yield self.listed(element, indent)
        elif element.tag == "table" and element.get("role") != "presentation":
            yield from self.table(element, indent)
        elif element.tag == "hr":
            yield [RULE]
        elif element.tag in {"blockquote", "dd"}:
            yield from self.flow(element, f"{indent}  ")
        else:
            yield from self.flow(element, indent)

    def paragraph(self, run: str, indent: str) -> Iterator[Block]:
        if lines := self.lines(run, indent, indent):
            yield lines

    def lines(self, run: str, first: str, rest: str) -> Block:
        """Words in lines; they break where they were broken on purpose, and where a line is full."""
        found: Block = []
        for part in run.split("\n"):
            if part.strip():
                found += filled(_tidy(part), rest if found else first, rest, self.columns)
        return found

    def heading(self, element: Element) -> Iterator[Block]:
        """A rule, then the heading and below it what the page sets small above it."""
        title = next(element.iter("h2"))
        yield [RULE]
        lines = self.lines(self.numbers.get(title, "") + _inline(title), "", "")
        for child in element:
            if child is not title:
                lines += self.lines(_inline(child), "", "")
        yield lines

    def listed(self, element: Element, indent: str) -> Block:
        """A list; items that have several parts stand apart."""
        items = []
        for number, each in enumerate((e for e in element if e.tag == "li"), 1):
            mark = f"{number}. " if element.tag == "ol" else "- "
            items.append(self.item(each, f"{indent}{mark}", indent + " " * len(mark)))
        apart = any(len(item) > 1 for item in items)
        between = [""] if apart else []
        lines: Block = []
        for item in items:
            lines += between if lines else []
            lines += [line for part in item for line in part]
        return lines

    def item(self, element: Element, first: str, rest: str) -> list[Block]:
        """The parts of an item, each begun on its own line and ended with a stop."""
        parts: list[Block] = []
        pieces = list(_pieces(element))
        for piece in pieces:
            start = rest if parts else first
            if isinstance(piece, str):
                parts.append(self.lines(_stopped(piece) if len(pieces) > 1 else piece, start, rest))
            elif parts or piece.tag not in {"ul", "ol"}:
                parts += self.block(piece, rest)
            else:
                parts += [[first.rstrip()], *self.block(piece, rest)]
        return parts

    def table(self, table: Element, indent: str) -> Iterator[Block]:
        """A line for each row: its name, and then each column's heading with what stands below it."""
        for caption in table.iter("caption"):
            yield self.lines(_inline(caption).rstrip(" .:") + ":", indent, indent)
        rows = [[cell for cell in row if cell.tag in {"th", "td"}] for row in table.iter("tr")]
        has_heads = bool(rows) and all(cell.tag == "th" for cell in rows[0])
        heads = [_tidy(_inline(cell)) for cell in rows[0]] if has_heads else []
        lines: Block = []
        for row in rows[1 if has_heads else 0 :]:
            cells = [_tidy(_inline(cell)) for cell in row]
            told = [
                f"{heads[n]}: {cell}" if n and n < len(heads) and heads[n] else cell
                for n, cell in enumerate(cells)
                if cell
            ]
            sentence = " ".join(_stopped(each) for each in told)
            lines += self.lines(sentence, f"{indent}- ", f"{indent}  ")
        yield lines


def _pieces(element: Element) -> Iterator[str | Element]:
    """What an item consists of: runs of words, and the blocks that are more than words."""
    run = _raw(element.text)
    for child in element:
        if child.tag not in BLOCKS or _is_silent(child):
            run += _inline(child) + _raw(child.tail)
            continue
        if run.strip():
            yield run
        run = _raw(child.tail)
        if child.tag in {"div", "section", "article", "figure"}:
            yield from _pieces(child)
        elif child.tag in {"ul", "ol", "table", "blockquote", "dl"}:
            yield child
        elif (inside := _inline(child)).strip():
            yield inside
    if run.strip():
        yield run


def _inline(element: Element) -> str:
    """The words of an element, with a line feed where a line ends on purpose."""
    if element.tag == "br":
        return "\n"
    if element.tag == "img":
        said = element.get("alt", "") if "portrait" not in _classes(element) else ""
        return f" ({said}) " if said else ""
    if _is_silent(element):
        return ""
    inside = _raw(element.text)
    inside += "".join(_inline(child) + _raw(child.tail) for child in element)
    kinds = _classes(element)
    if element.tag == "a":
        return _link(inside, element.get("href", ""))
    if kinds & OWN_LINE:
        return f"\n{inside}"
    if kinds & ASIDE:
        return f" ({inside.strip()})"
    if LABEL in kinds:
        return f"{inside.rstrip(': ')}:"
    if kinds & MORE:
        return f"{COMMA} {inside}"
    return inside


def _link(shown: str, address: str) -> str:
    """The words of a link, and its address unless they are the same."""
    scheme, _, rest = address.partition(":")
    if scheme == "tel":
        return shown.replace(" ", KEEP)
    told = rest if scheme == "mailto" else address
    if not rest or _bare(told) == _bare(shown):
        return shown
    return f"{shown} ({told})"


def _bare(address: str) -> str:
    return re.sub(r"^https?://", "", address.strip()).rstrip("/")


def _raw(source: str | None) -> str:
    """Words as they stand in the HTML, where the end of a line is a space."""
    return SPACES.sub(" ", source) if source else ""


def _tidy(run: str) -> str:
    return BEFORE_MARK.sub("", TWO_SPACES.sub(" ", run.replace("\n", f"{COMMA} "))).strip()


def _stopped(run: str) -> str:
    """Words with a full stop, so that a voice pauses; an address is spoilt by one."""
    told = run.strip()
    return f"{told}{STOP}" if ENDS_OPEN.search(told) and not ENDS_IN_ADDRESS.search(told) else told
