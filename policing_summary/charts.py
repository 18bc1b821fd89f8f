"""Figures and places → inline SVG with a text alternative.

Colours are attributes, because a page's stylesheet does not reach an SVG in a PDF; classes let the
web page's stylesheet set them over. All lengths are in the units of the drawing's own view box.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup, escape

from policing_summary import numerals
from policing_summary.figures import Figure
from policing_summary.model.files import BoroughEntry

FONT = "Source Sans 3, Summary Sans, sans-serif"  # the leaflet's, then the page's
INK, QUIET, AXIS = "#1b2733", "#52606d", "#7b8794"
GOOD, BAD, PLAIN = "#0b6e69", "#b3401f", "#52606d"


@dataclass(frozen=True)
class Shape:
    """How a bar chart is laid out: names beside the bars where there is room, else above them."""

    width: float
    row: float
    name_width: float
    bar: float
    text: float
    outcome_in_label: bool

    @property
    def stacked(self) -> bool:
        return self.name_width == 0


PAGE = Shape(width=360, row=47, name_width=0, bar=12, text=15, outcome_in_label=True)
LEAFLET = Shape(width=492, row=19, name_width=150, bar=10.5, text=10.6, outcome_in_label=False)


def changes(figures: Sequence[Figure], shape: Shape) -> Markup:
    """A bar for each change in the number of offences, left of the axis for falls, right for rises.

    All bars have one scale. Figures without a count have no bar and are left out.
    """
    shown = [figure for figure in figures if figure.change is not None and not figure.is_level]
    if not shown:
        return Markup()
    scale = _Scale.over(shown, shape)
    height = shape.row * len(shown)
    rows = Markup().join(
        _row(figure, index * shape.row, scale, shape) for index, figure in enumerate(shown)
    )
    return Markup(
        '<svg class="chart" xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {w} {h}" '
        'font-family="{font}" font-size="{size}"><title>{title}</title>{rows}</svg>'
    ).format(
        w=_n(shape.width),
        h=_n(height),
        font=FONT,
        size=_n(shape.text),
        title=describe(shown),
        rows=rows,
    )


def describe(figures: Sequence[Figure]) -> str:
    """The chart in words: each measure, its change and its outcome."""
    said = [f"{f.name}: {f.change_words}, {f.outcome_words.lower()}" for f in figures]
    return f"Bar chart of the change in the number of offences. {'; '.join(said)}."


@dataclass(frozen=True)
class _Scale:
    zero: float
    unit: float

    @classmethod
    def over(cls, figures: Sequence[Figure], shape: Shape) -> "_Scale":
        """One scale for all bars, with room for the longest label at either end."""
        changes = [figure.change or Decimal(0) for figure in figures]
        most, least = max(*changes, Decimal(0)), min(*changes, Decimal(0))
        longest = max(len(numerals.signed(change)) for change in changes)
        label = 1 if shape.stacked else shape.text * max(3.6, 0.55 * longest + 0.4)
        room_left = label if least < 0 else 1
        room_right = label if most > 0 else 1
        length = shape.width - shape.name_width - room_left - room_right
        unit = length / (float(most - least) or 1.0)
        return cls(shape.name_width + room_left + float(-least) * unit, unit)


def _row(figure: Figure, top: float, scale: _Scale, shape: Shape) -> Markup:
    """Name, value, axis and bar. Stacked, the words stand above the bar, else at its two ends."""
    change = figure.change or Decimal(0)
    colour, kind = _colour(figure)
    bar_top = top + (shape.text * 1.45 if shape.stacked else (shape.row - shape.bar) / 2)
    text_y = top + shape.text if shape.stacked else bar_top + shape.bar / 2 + shape.text * 0.34
    length = max(abs(float(change)) * scale.unit, 0.8 if change else 0)
    left = scale.zero - length if change < 0 else scale.zero
    label = numerals.signed(change)
    if shape.outcome_in_label and figure.outcome:
        label += f" {figure.outcome}"
    at, anchor = (shape.width, "end") if shape.stacked else _beside(change, left, length, shape)
    overhang = 2 if shape.stacked else (shape.row - shape.bar) / 2
    return Markup(
        '<text class="name" x="0" y="{y}" fill="{ink}" font-weight="{weight}">{name}</text>'
        '<text class="value" x="{at}" y="{y}" fill="{ink}" font-weight="600" '
        'text-anchor="{anchor}">{label}</text>'
        '<rect class="bar {kind}" x="{left}" y="{top}" width="{length}" height="{bar}" '
        'fill="{colour}"/>'
        '<line class="axis" x1="{zero}" x2="{zero}" y1="{from_y}" y2="{to_y}" stroke="{axis}" '
        'stroke-width="0.8"/>'
    ).format(
        y=_n(text_y),
        ink=INK,
        weight=600 if figure.parts else 400,
        name=figure.name if shape.stacked else figure.short,
        at=_n(at),
        anchor=anchor,
        label=label,
        kind=kind,
        left=_n(left),
        top=_n(bar_top),
        length=_n(length),
        bar=_n(shape.bar),
        colour=colour,
        zero=_n(scale.zero),
        from_y=_n(bar_top - overhang),
        to_y=_n(bar_top + shape.bar + overhang),
        axis=AXIS,
    )


def _beside(change: Decimal, left: float, length: float, shape: Shape) -> tuple[float, str]:
    gap = shape.text * 0.4
    return (left - gap, "end") if change < 0 else (left + length + gap, "start")


def _colour(figure: Figure) -> tuple[str, str]:
    return {"achieved": (GOOD, "good"), "missed": (BAD, "bad"), None: (PLAIN, "plain")}[
        figure.outcome
    ]


def tile_map(boroughs: Mapping[str, BoroughEntry], here: str, colours: tuple[str, str, str]) -> str:
    """London as hexagons, one for each borough, as a drawing without words.

    `here` is the slug of the borough to bring out; `colours` are those of the other tiles, of
    their outlines, and of the one brought out.
    """
    tile, line, bright = colours
    shapes, xs, ys = [], [], []
    placed = [(slug, entry.tile) for slug, entry in boroughs.items() if entry.tile]
    for slug, place in sorted(placed, key=lambda item: item[0] == here):
        row, column = int(place.row), int(place.column)
        x, y = 17.32 * (column + (0.5 if row % 2 else 0)), -15.0 * row
        xs.append(x)
        ys.append(y)
        fill, stroke = (bright, bright) if slug == here else (tile, line)
        path = "M" + "L".join(f"{_n(x + dx)} {_n(y + dy)}" for dx, dy in _CORNERS) + "Z"
        shapes.append(f'<path d="{path}" fill="{fill}" stroke="{stroke}" stroke-width="0.5"/>')
    left, top = min(xs, default=0) - 10, min(ys, default=0) - 10
    width, height = max(xs, default=0) + 10 - left, max(ys, default=0) + 10 - top
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_n(width)}" height="{_n(height)}" '
        f'viewBox="{_n(left)} {_n(top)} {_n(width)} {_n(height)}">{"".join(shapes)}</svg>'
    )


_CORNERS = ((0, -9.2), (7.97, -4.6), (7.97, 4.6), (0, 9.2), (-7.97, 4.6), (-7.97, -4.6))


def icon(colours: tuple[str, str, str]) -> str:
    """The site's icon: one tile among others. `colours` as for `tile_map`."""
    tile, field, bright = colours
    tiles = ((16, 16, bright), (7.3, 31, tile), (24.7, 31, tile), (7.3, 1, tile), (24.7, 1, tile))
    shapes = "".join(
        f'<path d="M{"L".join(f"{_n(x + dx)} {_n(y + dy)}" for dx, dy in _CORNERS)}Z" fill="{fill}"/>'
        for x, y, fill in tiles
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">'
        f'<rect width="32" height="32" rx="6" fill="{field}"/>{shapes}</svg>'
    )


@dataclass(frozen=True)
class Outline:
    """The outline of letters as SVG path data, and its bounds: left, top, right, bottom."""

    path: str
    bounds: tuple[float, float, float, float]


def monogram(outline: Outline, colours: tuple[str, str]) -> str:
    """Initials on a field, in place of a portrait. Decoration only; `colours`: field and letters."""
    field, ink = colours
    left, top, right, bottom = outline.bounds
    size = min(66 / (right - left), 52 / (bottom - top))
    x = 60 - size * (left + right) / 2
    y = 72 - size * (top + bottom) / 2
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="120" height="150" viewBox="0 0 120 150">'
        f'<rect width="120" height="150" fill="{field}"/>'
        f'<rect y="141" width="120" height="9" fill="{ink}"/>'
        f'<g transform="translate({_n(x)} {_n(y)}) scale({size:.5f})">'
        f'<path d="{escape(outline.path)}" fill="{ink}"/></g></svg>'
    )


def _n(value: float) -> str:
    """A coordinate to two decimals, without trailing noughts."""
    return f"{round(value, 2) + 0:.2f}".rstrip("0").rstrip(".")
