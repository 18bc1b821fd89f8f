"""Single pages → sheets as they go through the press: which page stands where, and the marks around it.

A sheet is turned on its short edge, so both sides have their head at the top. Pages keep their bleed
where they are cut, and end at the fold where they meet another.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import pikepdf
from pikepdf import Array, Dictionary, Name

from policing_summary.press import declaring, marks, slug
from policing_summary.press.condition import Condition
from policing_summary.press.measures import Box, points

Binding = Literal["saddle-stitch", "single-fold", "roll-fold", "none"]
STOCK = (("SRA4", 320, 225), ("SRA3", 450, 320), ("SRA2", 640, 450))  # mm, long edge across
EDGE = 7.5  # mm of paper that a sheet has beyond the trim at least: bleed, then marks
STITCHED, ROLLED = 4, 6  # pages of a folded sheet, and of one folded twice


@dataclass(frozen=True)
class Side:
    """One side of a sheet: page numbers from left to right; 0 is an empty page."""

    sheet: int
    face: Literal["front", "back"]
    pages: tuple[int, ...]


@dataclass(frozen=True)
class Scheme:
    """All sides in the order in which they are printed, and how the sheets are folded, in words."""

    sides: tuple[Side, ...]
    words: str

    @property
    def sheets(self) -> int:
        return len({side.sheet for side in self.sides})


def scheme(binding: Binding, pages: int, *, right_bound: bool = False) -> Scheme | None:
    """How so many pages stand on sheets; nothing if they are not folded.

    `right_bound`: the book opens from the left, as in Arabic script, so every row is mirrored.
    """
    match binding:
        case "saddle-stitch" | "single-fold":
            sides = _nested(pages)
            count = len(sides) // 2
            nested = ", one sheet inside the other, and stitched twice in the fold"
            words = f"folded once in the middle{nested if count > 1 else ''}"
        case "roll-fold":
            sides = _rolled(pages)
            words = "folded twice, the narrow panel inwards first, the cover over it"
        case _:
            return None
    if right_bound:
        sides = [Side(side.sheet, side.face, side.pages[::-1]) for side in sides]
    return Scheme(tuple(sides), words)


def _nested(pages: int) -> list[Side]:
    whole = -(-pages // STITCHED) * STITCHED

    def there(number: int) -> int:
        return number if number <= pages else 0

    sides = []
    for sheet in range(whole // STITCHED):
        first, last = 2 * sheet + 1, whole - 2 * sheet
        sides.append(Side(sheet, "front", (there(last), there(first))))
        sides.append(Side(sheet, "back", (there(first + 1), there(last - 1))))
    return sides


def _rolled(pages: int) -> list[Side]:
    """Six panels as they are met: 1 the cover, 2 the flap behind it, 3 to 5 the inside, 6 the back."""
    if pages == ROLLED:
        return [Side(0, "front", (2, 6, 1)), Side(0, "back", (3, 4, 5))]
    return [Side(0, "front", (1,)), Side(0, "back", (2,))]  # the panels stand side by side already


def creep(sheet: int, thickness: float) -> float:
    """How far, in mm, pages of a nested sheet move towards the fold, so that all margins end alike.

    Each sheet around it pushes a sheet outwards by its own thickness (mm), and the knife cuts that off.
    """
    return sheet * thickness


@dataclass(frozen=True)
class Run:
    """What all sheets of a job share. Lengths in millimetres; `panels` as the outside shows them."""

    title: str
    bleed: float
    thickness: float
    font: bytes
    dated: str
    panels: tuple[float, ...] = ()


def sheets(pdf_bytes: bytes, plan: Scheme, run: Run, condition: Condition) -> bytes:
    """The print file's pages on sheets, as another PDF/X-4 file.

    Raises:
        ValueError: the sheet is larger than any in stock.
    """
    with pikepdf.open(io.BytesIO(pdf_bytes)) as pdf:
        reach = run.bleed + creep(plan.sheets - 1, run.thickness)  # some pages move inwards so far
        singles = [_Single(page, points(reach)) for page in pdf.pages]
        before = len(pdf.pages)
        for side in plan.sides:
            _add(pdf, side, plan, [singles[n - 1] if n else None for n in side.pages], run)
        del pdf.pages[:before]
        declaring.declare(pdf, condition, f"{run.title}, sheets", run.dated)
        return declaring.saved(pdf)


class _Single:
    """A page as something that can be put on a sheet."""

    def __init__(self, page: pikepdf.Page, reach: float) -> None:
        trim = Box.of(page, "/TrimBox")
        if trim is None:
            raise ValueError("a page has no TrimBox")
        self.trim = trim
        self.form = Dictionary(
            Type=Name.XObject,
            Subtype=Name.Form,
            BBox=trim.grown(reach).array,
            Resources=page.obj.Resources,
        )
        page.contents_coalesce()
        self.content = page.obj.Contents.read_bytes()

    def placed(self, pdf: pikepdf.Pdf) -> pikepdf.Stream:
        return pdf.make_stream(self.content, self.form)


def stock(width: float, height: float) -> tuple[str, float, float]:
    """The smallest sheet (mm) that holds so much, bleed and marks.

    Raises:
        ValueError: there is none.
    """
    for name, across, up in STOCK:
        if across >= width + 2 * EDGE and up >= height + 2 * EDGE:
            return name, across, up
    raise ValueError(f"no sheet is large enough for {width:g} × {height:g} mm")


def _add(
    pdf: pikepdf.Pdf, side: Side, plan: Scheme, placed: Sequence[_Single | None], run: Run
) -> None:
    sizes = [single.trim for single in placed if single]
    widths = [single.trim.width if single else sizes[0].width for single in placed]
    flat_width, flat_height = sum(widths), max(size.height for size in sizes)
    _, across, up = stock(flat_width / points(1), flat_height / points(1))
    left, foot = (points(across) - flat_width) / 2, (points(up) - flat_height) / 2
    trim = Box(left, foot, left + flat_width, foot + flat_height)
    bleed = points(run.bleed)
    drawn: list[bytes] = []
    forms = Dictionary()
    edges = [left]
    for index, (single, width) in enumerate(zip(placed, widths, strict=True)):
        slot = Box(edges[-1], foot, edges[-1] + width, foot + flat_height)
        edges.append(slot.right)
        if single is None:
            continue
        is_first, is_last = index == 0, index == len(placed) - 1
        clip = Box(
            slot.left - (bleed if is_first else 0),
            slot.foot - bleed,
            slot.right + (bleed if is_last else 0),
            slot.top + bleed,
        )
        inwards = points(creep(side.sheet, run.thickness)) if len(placed) == 2 else 0  # noqa: PLR2004
        x = slot.left - single.trim.left + (inwards if is_first else -inwards)
        name = f"/Page{side.pages[index]}"
        forms[name] = single.placed(pdf)
        drawn.append(_put(name, clip, x, slot.foot - single.trim.foot))
    folds = edges[1:-1] if len(placed) > 1 else _folds_of_panels(side, run, left)
    drawn += _marks(side, plan, trim, folds, run)
    page = pdf.add_blank_page(page_size=(points(across), points(up)))
    page.obj.MediaBox = Array([0, 0, round(points(across), 4), round(points(up), 4)])
    page.obj.TrimBox = trim.array
    page.obj.BleedBox = trim.grown(bleed).array
    page.obj.Resources = Dictionary(XObject=forms)
    page.obj.Contents = pdf.make_stream(b"\n".join(drawn))


def _put(name: str, clip: Box, x: float, y: float) -> bytes:
    edge = f"{clip.left:.4f} {clip.foot:.4f} {clip.width:.4f} {clip.height:.4f} re W n"
    return f"q {edge} 1 0 0 1 {x:.4f} {y:.4f} cm {name} Do Q".encode()


def _folds_of_panels(side: Side, run: Run, left: float) -> list[float]:
    widths = run.panels if side.face == "front" else run.panels[::-1]
    folds, at = [], left
    for width in widths[:-1]:
        at += points(width)
        folds.append(at)
    return folds


def _marks(side: Side, plan: Scheme, trim: Box, folds: Sequence[float], run: Run) -> list[bytes]:
    quarter, middle = trim.width / 4, (trim.foot + trim.top) / 2
    away = points(5.3)
    places = [
        (trim.left - away, middle),
        (trim.right + away, middle),
        *((x, trim.foot - away) for x in (trim.left + quarter, trim.right - quarter)),
        *((x, trim.top + away) for x in (trim.left + quarter, trim.right - quarter)),
    ]
    order = " ".join(str(number) if number else "blank" for number in side.pages)
    said = (
        f"{run.title}, sheet {side.sheet + 1} of {plan.sheets}, {side.face}: pages {order}. "
        "Turn on the short edge."
    )
    drawn = [
        marks.crop(trim),
        marks.fold(folds, trim),
        marks.register(places),
        marks.patches(trim.right + points(4), trim.foot + points(10), points(4)),
        marks.written(
            slug.words(said, run.font, slug.SIZE),
            trim.left - points(4.2),
            trim.foot + points(8),
            upwards=True,
        ),
    ]
    if plan.sheets > 1 and side.face == "front":
        drawn.append(marks.collation(folds[0], trim, side.sheet))
    return drawn
