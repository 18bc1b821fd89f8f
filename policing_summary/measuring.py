"""Pages as they were laid out → their lines in millimetres, and what does not fit its place.

It reads WeasyPrint's boxes, not only its anchors: what runs off a page, what stands over something
else and what is stranded shows in boxes and nowhere else.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal

MM_PER_PIXEL = 25.4 / 96
COVER, IMPRINT = "cover", "imprint"  # the ids of their boxes
HEADINGS = {"h1", "h2", "h3"}
ALLOWED = 0.35  # millimetres: what rounding and overhanging accents may add
STRANDED = 3  # lines of text that a section's heading needs below it on its page
Kind = Literal["text", "heading", "picture"]


@dataclass(frozen=True)
class Line:
    """A line of text or a picture; millimetres from the top left corner of the page."""

    kind: Kind
    section: str
    words: int
    left: float
    top: float
    right: float
    bottom: float
    block: int


@dataclass(frozen=True)
class MeasuredPage:
    """One page: where its text area begins and ends, and what stands on it."""

    top: float
    foot: float
    lines: tuple[Line, ...]
    left: float = 0
    right: float = 0
    columns: int = 0
    imprint: float | None = None
    """Where the imprint begins, which stands at the foot of the last page."""

    def foot_of(self, line: Line) -> float:
        """How far down a line may reach."""
        is_above = self.imprint is not None and line.section != IMPRINT
        return min(self.foot, self.imprint or 0) if is_above else self.foot

    @property
    def filled(self) -> float:
        """How far down the text area reaches what stands in it, from 0 to 1.

        On a page that is composed of columns, what its largest white space leaves of the height,
        wherever that is: at the foot of a column, or between two boxes. A cover has no white space.
        """
        if self.columns:
            return 1 - max(map(self._white, range(self.columns))) / (self.foot - self.top)
        lowest = max((line.bottom for line in self.lines), default=self.top)
        return (lowest - self.top) / (self.foot - self.top)

    def _white(self, column: int) -> float:
        """The height of the largest white space in one of the columns, in millimetres."""
        width = (self.right - self.left) / self.columns
        left = self.left + column * width
        cover = (line.bottom for line in self.lines if line.section == COVER)
        at, most = max(cover, default=self.top), 0.0
        for line in sorted(self.lines, key=lambda each: each.top):
            if line.right > left + width / 8 and line.left < left + width * 7 / 8:
                most, at = max(most, line.top - at), max(at, line.bottom)
        return max(most, self.foot - at)


def pages(rendered: Iterable[Any], sections: Iterable[str], columns: int = 0) -> list[MeasuredPage]:
    """Every page of a laid-out document. Text belongs to the nearest box around it with one of the ids."""
    named = frozenset(sections)
    return [_page(page._page_box, named, columns) for page in rendered]  # noqa: SLF001 - there is no other way to boxes


def _page(box: Any, named: frozenset[str], columns: int) -> MeasuredPage:  # noqa: ANN401 - WeasyPrint has no types
    top = box.content_box_y() * MM_PER_PIXEL
    left = box.content_box_x() * MM_PER_PIXEL
    lines = tuple(
        line
        for child in box.children
        if not hasattr(child, "at_keyword")  # running heads and folios
        for line in _lines(child, "", named, 0)
    )
    foot, right = top + box.height * MM_PER_PIXEL, left + box.width * MM_PER_PIXEL
    boxes = (each for each in box.descendants() if each.element is not None)
    imprint = next((each for each in boxes if each.element.get("id") == IMPRINT), None)
    above = imprint and imprint.position_y * MM_PER_PIXEL
    return MeasuredPage(top, foot, lines, left, right, columns, above)


def _lines(box: Any, section: str, named: frozenset[str], block: int) -> Iterator[Line]:  # noqa: ANN401
    element = getattr(box, "element", None)
    if element is not None and element.get("id") in named:
        section = element.get("id")
    if hasattr(box, "replacement"):
        yield _line("picture", section, 0, box, block)
        return
    texts = list(_texts(box)) if type(box).__name__ == "LineBox" else []
    if texts:
        kind: Kind = "heading" if box.element_tag in HEADINGS else "text"
        words = sum(len(text.text.split()) for text in texts)
        left = min(text.position_x for text in texts) * MM_PER_PIXEL
        right = max(text.position_x + text.width for text in texts) * MM_PER_PIXEL
        top = box.position_y * MM_PER_PIXEL
        yield Line(kind, section, words, left, top, right, top + box.height * MM_PER_PIXEL, block)
    for child in getattr(box, "children", ()):
        yield from _lines(child, section, named, id(box))


def _texts(box: Any) -> Iterator[Any]:  # noqa: ANN401
    """The texts of a line itself; boxes that stand in it as blocks have lines of their own."""
    for child in getattr(box, "children", ()):
        if hasattr(child, "text"):
            if child.text.strip():
                yield child
        elif type(child).__name__ == "InlineBox":
            yield from _texts(child)


def _line(kind: Kind, section: str, words: int, box: Any, block: int) -> Line:  # noqa: ANN401
    left, top = box.position_x * MM_PER_PIXEL, box.position_y * MM_PER_PIXEL
    width, height = box.margin_width() * MM_PER_PIXEL, box.margin_height() * MM_PER_PIXEL
    return Line(kind, section, words, left, top, left + width, top + height, block)


@dataclass(frozen=True)
class Surplus:
    """Lines that have no place, by section, and the words in them."""

    lines: Counter[str]
    words: int

    @classmethod
    def none(cls) -> "Surplus":
        return cls(Counter(), 0)

    @property
    def total(self) -> int:
        return self.lines.total()

    def __bool__(self) -> bool:
        return bool(self.lines)


def surplus(found: Sequence[MeasuredPage], allowed: int | None) -> Surplus:
    """What stands on pages that are too many, below the foot of its page, or over something else."""
    lines = [line for page in found[allowed:] for line in page.lines] if allowed else []
    for page in found[:allowed]:
        lines += [line for line in page.lines if line.bottom > page.foot_of(line) + ALLOWED]
        lines += [line for line in _covered(page.lines) if line not in lines]
    return Surplus(Counter(line.section for line in lines), sum(line.words for line in lines))


def _covered(lines: Sequence[Line]) -> Iterator[Line]:
    """Lines over which a line of another block stands."""
    for one, other in (
        (a, b) for n, a in enumerate(lines) for b in lines[n + 1 :] if a.block != b.block
    ):
        across = min(one.right, other.right) - max(one.left, other.left)
        down = min(one.bottom, other.bottom) - max(one.top, other.top)
        height = min(one.bottom - one.top, other.bottom - other.top)
        if across > ALLOWED and down > max(ALLOWED, height * 0.3):
            yield one


def stranded(found: Sequence[MeasuredPage]) -> list[str]:
    """Sections whose heading stands at the foot of a page, with too little of their text below it.

    What stands below a heading may be short, where another heading begins the next page.
    """
    told = []
    for page, following in pairwise(found):
        heads = [line for line in page.lines if line.kind == "heading"]
        if not heads or not following.lines:
            continue
        last = max(heads, key=lambda line: (line.bottom, -line.left))
        after = [line for line in page.lines if line.top >= last.bottom - ALLOWED]
        continues = any(line.section == last.section for line in following.lines)
        beside = any(line.kind == "picture" for line in after)
        is_whole = after and min(following.lines, key=lambda line: line.top).kind == "heading"
        if continues and not beside and not is_whole and len(after) < STRANDED:
            told.append(last.section)
    return told
