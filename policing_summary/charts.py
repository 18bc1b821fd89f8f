"""Figures → bar charts: the changes, and the changes against their targets."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from math import inf

from markupsafe import Markup

from policing_summary import svg
from policing_summary.figures import Figure
from policing_summary.formats import Format
from policing_summary.svg import Anchor
from policing_summary.wording import Words

WITH_TARGETS = 2  # from so many rows with a target in percent, the chart shows targets
COLOURS = {"achieved": (svg.GOOD, "good"), "missed": (svg.BAD, "bad"), None: (svg.PLAIN, "plain")}
LARGEST_PART = 0.6  # of a page's height, for a chart with large words
LINE = 1.35  # from one line of words to the next, in letters' heights
LETTER = 0.5  # the width of a letter, in its height
WIDEST_NAMES = 0.4  # of a chart
MOST_ON_A_LINE = 1.83  # letters for each letter's height of width, also where letters are spaced
TICK = 3.2  # a target's mark reaches so far above and below its bar


@dataclass(frozen=True)
class Shape:
    """How a bar chart is laid out: names beside the bars where there is room, else above them.

    With a `label_width` the labels have a column at the right, as wide as the longest needs;
    without it they stand at their bars.
    `label_line` gives them a line of their own below the name, `across` has them stand beside the
    bar, on the other side of the axis. In `one_ink`, nothing depends on colours. A chart that would
    be higher than `highest` is none: it has to stand on a page with its heading.
    """

    width: float
    row: float
    name_width: float
    bar: float
    text: float
    outcome_in_label: bool
    label_width: float = 0
    label_line: bool = False
    across: bool = False
    one_ink: bool = False
    highest: float = inf

    @property
    def stacked(self) -> bool:
        return self.name_width == 0

    @property
    def bar_top(self) -> float:
        """How far below the top of its row the bar begins."""
        if not self.stacked:
            return (self.row - self.bar) / 2
        return self.text * (LINE + 0.1) + (self.text * (LINE + 0.15) if self.label_line else 0)

    @property
    def overhang(self) -> float:
        """How far the axis reaches beyond the bar."""
        return 2 if self.stacked else (self.row - self.bar) / 2

    @property
    def gap(self) -> float:
        """What is left of a row below its axis."""
        return self.row - self.bar_top - self.bar - self.overhang


@dataclass(frozen=True)
class Shapes:
    """The shapes of one medium: without and with targets."""

    plain: Shape
    targets: Shape


PAGE = Shape(width=360, row=47, name_width=0, bar=12, text=15, outcome_in_label=True)
LEAFLET = Shape(width=492, row=19, name_width=150, bar=10.5, text=10.6, outcome_in_label=False)
PAGE_TARGETS = Shape(
    width=360, row=71, name_width=0, bar=12, text=15, outcome_in_label=True, label_line=True
)
LEAFLET_TARGETS = Shape(
    width=492, row=19, name_width=128, bar=9, text=10.6, outcome_in_label=True, label_width=160
)
SLIP = Shape(width=360, row=30, name_width=0, bar=8.4, text=10.6, outcome_in_label=True)
SLIP_TARGETS = Shape(
    width=360, row=43, name_width=0, bar=8.4, text=10.6, outcome_in_label=True, label_line=True
)
ON_PAGE = Shapes(PAGE, PAGE_TARGETS)
LARGE = 10  # points: from here on words have no room beside the bars
POINTS_PER_MM = 72 / 25.4
BESIDE = 100  # millimetres: the names of bars need this width to stand beside them
WIDE = 150  # millimetres: the width of a page whose running text is larger too
PER_MM = LEAFLET.width / 121  # units of a drawing, in the leaflet that it was first drawn for


def in_leaflet(form: Format) -> Shapes:
    """The shapes for a format, as wide as its text, with words that are large enough for it.

    Where its words may be small they are 7.4 pt, and 8.4 pt on a wide page.
    """
    if form.smallest < LARGE:
        width = round(form.measure * (PER_MM if form.measure < WIDE else PER_MM * 7.4 / 8.4))
        is_narrow = form.measure < BESIDE
        small, aims = (SLIP, SLIP_TARGETS) if is_narrow else (LEAFLET, LEAFLET_TARGETS)
        return Shapes(replace(small, width=width), replace(aims, width=width))
    text = form.smallest
    plain = Shape(
        width=form.measure * POINTS_PER_MM,  # so that a unit of the drawing is a point
        row=text * 2.65,
        name_width=0,
        bar=text * 0.8,
        text=text,
        outcome_in_label=True,
        one_ink=form.pale,
        highest=form.height * POINTS_PER_MM * LARGEST_PART,
    )
    return Shapes(plain, replace(plain, row=text * 4.5, label_line=True))


@dataclass(frozen=True)
class Bar:
    """One row of a chart; `target` is on the same scale as `value`."""

    figure: Figure
    value: Decimal
    label: str
    target: Decimal | None = None


def shows_targets(figures: Sequence[Figure]) -> bool:
    """Whether enough rows have a percentage and a target in percent."""
    aimed = [f for f in figures if f.percent is not None and _target(f) is not None]
    return len(aimed) >= WITH_TARGETS


def changes(figures: Sequence[Figure], shape: Shape, words: Words) -> Markup:
    """A bar for each change in the number of offences, left of the axis for falls, right for rises.

    All bars have one scale. Figures without a count have no bar and are left out.
    """
    bars = counted(figures, words, outcomes=shape.outcome_in_label)
    if not bars:
        return Markup()
    shape = _with_room_for_names(bars, shape)
    scale = _Scale.over(bars, shape, words)
    if shape.row * len(bars) > shape.highest:
        shape = _flatter(bars, scale, shape)
    if shape.row * len(bars) > shape.highest:
        return Markup()
    rows = [_row(bar, index * shape.row, scale, shape) for index, bar in enumerate(bars)]
    title = describe([bar.figure for bar in bars], words)
    return svg.drawing(
        (shape.width, shape.row * len(bars)),
        title,
        rows,
        shape.text,
        mirrored=words.language.is_mirrored,
    )


def counted(figures: Sequence[Figure], words: Words, *, outcomes: bool = False) -> list[Bar]:
    """A bar for each change in a number of offences; with `outcomes` its label says whether it was aimed at."""
    return [
        Bar(figure, figure.change, _change_label(figure, words, outcomes=outcomes))
        for figure in figures
        if figure.change is not None and not figure.is_level
    ]


def describe(figures: Sequence[Figure], words: Words) -> str:
    """The chart in words: each measure, its change and its outcome."""
    said = [f"{f.name}: {words.change_words(f)}, {words.outcome_words(f).lower()}" for f in figures]
    return words.language.gettext(
        "Bar chart of the change in the number of offences. %(figures)s.",
        figures="; ".join(said),
    )


def against_targets(figures: Sequence[Figure], shape: Shape, words: Words) -> Markup:
    """A bar for each change in percent, with a mark where its target is, all on one scale.

    The line at nought is called "no change", because that is what it means.
    """
    bars = percentages(figures, words)
    if not bars:
        return Markup()
    if shape.label_width:
        longest = max(len(bar.label) for bar in bars)
        shape = replace(shape, label_width=(longest * LETTER + 1) * shape.text)
    shape = _with_room_for_names(bars, shape)
    scale = _Scale.over(bars, shape, words)
    foot = shape.row * len(bars) - shape.gap
    if foot > shape.highest:
        return Markup()
    rows = [_row(bar, index * shape.row, scale, shape) for index, bar in enumerate(bars)]
    right = shape.width - shape.label_width
    no_change = words.language.gettext("no change")
    at, anchor = svg.beside(scale.zero, right, 4.4 * shape.text, shape.name_width)
    fill = svg.INK if shape.one_ink else svg.QUIET
    rows.append(
        svg.words(no_change, at, foot + shape.text * 0.95, "scale", fill=fill, anchor=anchor)
    )
    said = [f"{bar.figure.name}: {bar.label}" for bar in bars]
    title = words.language.gettext(
        "Bar chart of the change in percent, set against the targets. %(figures)s.",
        figures="; ".join(said),
    )
    return svg.drawing(
        (shape.width, foot + shape.text * 1.25),
        title,
        rows,
        shape.text,
        mirrored=words.language.is_mirrored,
    )


def _with_room_for_names(bars: Sequence[Bar], shape: Shape) -> Shape:
    """Names have the usual room, or as much as the longest of a language needs.

    Above the bars a label goes to a line of its own where it would run into a name.
    """
    if shape.stacked:
        most = max(len(bar.figure.name) + len(bar.label) for bar in bars)
        if shape.label_line or most <= MOST_ON_A_LINE * shape.width / shape.text:
            return shape
        row = PAGE_TARGETS.row / PAGE_TARGETS.text * shape.text
        return replace(shape, row=row, label_line=True)
    longest = max(len(bar.figure.short) for bar in bars)
    needed = min((longest * LETTER + 1) * shape.text, shape.width * WIDEST_NAMES)
    return replace(shape, name_width=max(shape.name_width, needed))


def _flatter(bars: Sequence[Bar], scale: "_Scale", shape: Shape) -> Shape:
    """Without a line for the labels, if all have room beside their bars, across the axis."""
    room = {True: shape.width - scale.zero, False: scale.zero}
    needed = ((len(bar.label) * LETTER + 1) * shape.text for bar in bars)
    if not all(room[bar.value < 0] >= wide for bar, wide in zip(bars, needed, strict=True)):
        return shape
    row = shape.row - (shape.text * (LINE + 0.15) if shape.label_line else 0)
    return replace(shape, row=row, label_line=False, across=True)


def percentages(figures: Sequence[Figure], words: Words) -> list[Bar]:
    return [
        Bar(
            figure,
            figure.percent,
            _target_label(figure, words),
            _target(figure),
        )
        for figure in figures
        if figure.percent is not None and not figure.is_level
    ]


def _target(figure: Figure) -> Decimal | None:
    """Its target, if that is a change in percent like the bar."""
    is_change = figure.target and figure.target.kind == "percent" and not figure.is_level
    return figure.target.value if figure.target and is_change else None


def _change_label(figure: Figure, words: Words, *, outcomes: bool) -> str:
    label = words.language.signed(figure.change or Decimal(0))
    return f"{label} {words.outcome_alone(figure)}" if outcomes and figure.outcome else label


def _target_label(figure: Figure, words: Words) -> str:
    """`−10.0%, target −5.0%: exceeded`; without a target what is known of it."""
    percent = words.percent(figure)
    if figure.target is None:
        outcome = words.outcome_words(figure).lower()
        return words.language.gettext("%(percent)s, %(outcome)s", percent=percent, outcome=outcome)
    target = words.target(figure.target)
    if not figure.outcome:
        return words.language.gettext(
            "%(percent)s, target %(target)s", percent=percent, target=target
        )
    return words.language.gettext(
        "%(percent)s, target %(target)s: %(outcome)s",
        percent=percent,
        target=target,
        outcome=words.outcome(figure),
    )


@dataclass(frozen=True)
class _Scale:
    zero: float
    unit: float

    @classmethod
    def over(cls, bars: Sequence[Bar], shape: Shape, words: Words) -> "_Scale":
        """One scale for all bars and targets, with room for labels that stand at their bars."""
        values = [bar.value for bar in bars]
        values += [bar.target for bar in bars if bar.target is not None]
        most, least = max(*values, Decimal(0)), min(*values, Decimal(0))
        longest = max(len(words.language.signed(bar.value)) for bar in bars)
        at_bars = not (shape.stacked or shape.label_width)
        label = shape.text * max(3.6, 0.55 * longest + 0.4) if at_bars else 1
        room_left = label if least < 0 else 1
        room_right = label if most > 0 else 1
        length = shape.width - shape.name_width - shape.label_width - room_left - room_right
        unit = length / (float(most - least) or 1.0)
        return cls(shape.name_width + room_left + float(-least) * unit, unit)

    def at(self, value: Decimal) -> float:
        return self.zero + float(value) * self.unit


def _row(bar: Bar, top: float, scale: _Scale, shape: Shape) -> Markup:
    """Name, label, bar and axis. Stacked, the words stand above the bar, else at its two ends."""
    figure, value = bar.figure, bar.value
    colour, kind = COLOURS[figure.outcome]
    if shape.one_ink:
        colour = svg.INK
    bar_top = top + shape.bar_top
    text_y = top + shape.text if shape.stacked else bar_top + shape.bar / 2 + shape.text * 0.34
    length = max(abs(float(value)) * scale.unit, 0.8 if value else 0)
    left = scale.zero - length if value < 0 else scale.zero
    at, anchor = _label_at(value, left, length, shape)
    span = (bar_top - shape.overhang, bar_top + shape.bar + shape.overhang)
    name = figure.name if shape.stacked else figure.short
    label_y = text_y + (shape.text * LINE if shape.label_line else 0)
    if shape.across:
        label_y = bar_top + shape.bar / 2 + shape.text * 0.34
        at, anchor = _across(value, scale, shape)
    parts = [
        svg.words(name, 0, text_y, "name", bold=bool(figure.parts)),
        svg.words(bar.label, at, label_y, "value", anchor=anchor, bold=True),
        svg.box(left, bar_top, (length, shape.bar), f"bar {kind}", colour),
        svg.upright(scale.zero, span, "axis", svg.INK if shape.one_ink else svg.AXIS),
    ]
    if bar.target is not None:
        mark = (bar_top - TICK, bar_top + shape.bar + TICK)
        parts += [
            svg.upright(scale.at(bar.target), mark, "halo", svg.PAPER, 4.6),
            svg.upright(scale.at(bar.target), mark, "target", svg.INK, 2.2),
        ]
    return Markup().join(parts)


def _across(value: Decimal, scale: _Scale, shape: Shape) -> tuple[float, Anchor]:
    gap = shape.text * 0.5
    return (scale.zero + gap, "start") if value < 0 else (scale.zero - gap, "end")


def _label_at(value: Decimal, left: float, length: float, shape: Shape) -> tuple[float, Anchor]:
    if shape.label_line:
        return 0, "start"
    if shape.label_width:
        return shape.width - shape.label_width + shape.text, "start"
    if shape.stacked:
        return shape.width, "end"
    gap = shape.text * 0.4
    return (left - gap, "end") if value < 0 else (left + length + gap, "start")
