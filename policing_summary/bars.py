"""Figures → bar charts made of boxes and words of the page itself.

WeasyPrint sets the words of an SVG letter by letter, which Latin letters bear and others do not: Arabic
ones would stand apart, and Bengali ones in the wrong order. Leaflets in those scripts get these.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from policing_summary import charts
from policing_summary.charts import Bar
from policing_summary.figures import Figure
from policing_summary.wording import Words

ROW = Markup(
    '<div class="bar-row{kind}"><p class="bar-name">{name}</p><div class="bar-track">{drawn}</div>'
    '<p class="bar-label">{label}</p></div>'
)
SCALE = Markup(
    '<div class="bar-row bar-scale"><p class="bar-name"></p><div class="bar-track">'
    '<p class="bar-zero" style="{side}: {at:.2f}%">{words}</p></div><p class="bar-label"></p></div>'
)


def chart(figures: Sequence[Figure], words: Words) -> Markup:
    """The same bars as in the drawing: against their targets where enough rows have one."""
    aims = charts.shows_targets(figures)
    bars = charts.percentages(figures, words) if aims else charts.counted(figures, words)
    if not bars:
        return Markup()
    values = [bar.value for bar in bars] + [bar.target for bar in bars if bar.target is not None]
    least, most = min(*values, Decimal(0)), max(*values, Decimal(0))
    scale = _Scale(
        least, most - least or Decimal(1), "right" if words.language.is_mirrored else "left"
    )
    rows = Markup().join(_row(bar, scale) for bar in bars)
    foot = Markup()
    if aims:
        no_change = words.language.gettext("no change")
        foot = SCALE.format(side=scale.side, at=scale.at(Decimal(0)), words=no_change)
    return Markup('<div class="bars{kind}">{rows}{foot}</div>').format(
        kind=" aims" if aims else "", rows=rows, foot=foot
    )


@dataclass(frozen=True)
class _Scale:
    """Places in percent of a track's width, from the side where its words begin."""

    least: Decimal
    span: Decimal
    side: str

    def at(self, value: Decimal) -> float:
        return float((value - self.least) / self.span * 100)


def _row(bar: Bar, scale: _Scale) -> Markup:
    zero, end = scale.at(Decimal(0)), scale.at(bar.value)
    kind = charts.COLOURS[bar.figure.outcome][1]
    drawn = _box(f"bar {kind}", scale, min(zero, end), f"width: {abs(end - zero):.2f}%")
    drawn += _box("bar-axis", scale, zero)
    if bar.target is not None:
        drawn += _box("bar-target", scale, scale.at(bar.target))
    return ROW.format(
        kind=" sum" if bar.figure.parts else "",
        name=bar.figure.short,
        drawn=drawn,
        label=bar.label,
    )


def _box(kind: str, scale: _Scale, at: float, more: str = "") -> Markup:
    return Markup('<div class="{kind}" style="{side}: {at:.2f}%; {more}"></div>').format(
        kind=kind, side=scale.side, at=at, more=more
    )
