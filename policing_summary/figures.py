"""Figures: one measure in one place and period, printed in house style and looked up by name."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Literal

from policing_summary import numerals
from policing_summary.model.files import MeasureEntry
from policing_summary.model.results import Outcome, Status
from policing_summary.numerals import Unit
from policing_summary.validation import did_you_mean

Direction = Literal["up", "down", "level"]


@dataclass(frozen=True)
class Target:
    """What was to be reached: a `level`, a change in `percent`, or a change in `count` or points."""

    value: Decimal
    kind: Literal["level", "percent", "change"]
    unit: Unit

    def shown(self) -> str:
        """`−2.5%`, `+20`, `51.4%` or `3.8 points`."""
        if self.unit is Unit.POINTS:
            sign = "+" if self.kind == "change" and self.value > 0 else ""
            return f"{sign}{numerals.count(self.value)} {'point' if abs(self.value) == 1 else 'points'}"
        if self.kind == "level":
            return numerals.percent(self.value)
        return (
            numerals.signed_percent(self.value)
            if self.kind == "percent"
            else numerals.signed(self.value)
        )

    def in_words(self) -> str:
        """`a fall of 2.5%`, `51.4%`, `3.8 percentage points`."""
        if self.kind == "level":
            return numerals.points(self.value) if self.unit is Unit.POINTS else self.shown()
        size = replace(self, value=abs(self.value)).shown().lstrip("+")
        return f"{'a fall' if self.value < 0 else 'a rise'} of {size}"


@dataclass(frozen=True)
class Figure:
    """One measure in one place and period. Counts that were only worked out are not kept."""

    id: str
    measure: MeasureEntry
    before: Decimal | None = None
    now: Decimal | None = None
    change: Decimal | None = None
    percent: Decimal | None = None
    groups: tuple[tuple[str, Decimal], ...] = ()
    target: Target | None = None
    outcome: Outcome | None = None
    note: str | None = None
    small_base: bool = False
    status: Status | None = None
    series_break: str | None = None
    parts: tuple[str, ...] = ()
    months: tuple[Decimal, ...] = ()

    @property
    def name(self) -> str:
        return self.measure.name

    @property
    def short(self) -> str:
        return self.measure.short or self.measure.name

    @property
    def is_level(self) -> bool:
        """A percentage or a gap, as against a number of offences."""
        return self.measure.unit != "offences"

    @property
    def reached(self) -> Decimal | None:
        """What is to be compared with the target: the level, the percentage or the change."""
        if self.target is None:
            return None
        percent = self.percent
        if percent is None and self.before and self.change is not None:
            percent = numerals.rounded(self.change / self.before * 100)  # too few to print it
        return {"level": self.now, "percent": percent, "change": self.change}[self.target.kind]

    @property
    def direction(self) -> Direction | None:
        moved = self.percent if self.change is None else self.change
        if moved is None:
            return None
        return "level" if moved == 0 else "up" if moved > 0 else "down"

    @property
    def now_shown(self) -> str:
        if self.now is None:
            return ""
        match self.measure.unit:
            case "percent":
                return numerals.percent(self.now)
            case "points":
                return numerals.points(self.now)
            case _:
                return numerals.count(self.now)

    @property
    def headline(self) -> str:
        """The one figure to set large: the change in percent, else the level, else the change."""
        if self.percent is not None:
            return self.percent_shown
        if self.now is not None and self.measure.unit == "points":
            return f"{numerals.count(self.now)} points"
        return self.now_shown or self.change_shown

    @property
    def before_shown(self) -> str:
        return "" if self.before is None else replace(self, now=self.before).now_shown

    @property
    def change_shown(self) -> str:
        """`+382`; for percentages the difference in percentage points."""
        if self.change is None:
            return ""
        sign = "+" if self.change > 0 else ""
        return (
            sign + numerals.points(self.change) if self.is_level else numerals.signed(self.change)
        )

    @property
    def percent_shown(self) -> str:
        return "" if self.percent is None else numerals.signed_percent(self.percent)

    @property
    def change_words(self) -> str:
        """`6,195 fewer offences`, `429 more offences`, `no change`."""
        if self.change is None:
            return ""
        if self.change == 0:
            return "no change"
        size = abs(self.change)
        noun = "" if self.is_level else " offence" if size == 1 else " offences"
        if self.is_level:
            return f"{numerals.points(size)} {'higher' if self.change > 0 else 'lower'}"
        return f"{numerals.count(size)} {'more' if self.change > 0 else 'fewer'}{noun}"

    @property
    def outcome_word(self) -> str:
        """`exceeded`, `achieved`, `missed` or `not published`."""
        if self.outcome == "missed":
            return "missed"
        if self.outcome is None:
            return "not published"
        beyond = self.target is not None and self.reached != self.target.value
        return "exceeded" if beyond else "achieved"

    @property
    def outcome_words(self) -> str:
        """The outcome on its own: `Target exceeded`, `Target missed`, `Target not published`."""
        return f"Target {self.outcome_word}"

    @property
    def told(self) -> str:
        """Direction and outcome together, so that a fall that misses its target is not misread."""
        moves = {"up": "Up", "down": "Down", "level": "No change", None: ""}
        parts = [moves[self.direction], self.outcome_words.lower()]
        return ", ".join(part for part in parts if part).capitalize()


@dataclass(frozen=True)
class Contradiction:
    """A field of a row that cannot stand, with the arithmetic that says so."""

    field: str
    what: str
    way_out: str


@dataclass(frozen=True)
class Promise:
    """A target set for this edition's year in the `label` of an earlier one, and its result."""

    label: str
    target: Target
    figure: Figure

    @property
    def told(self) -> str:
        """`Robbery: a fall of 5.0% was promised in 2009/10, and the change was −6.1%: exceeded`."""
        promised = f"{self.target.in_words()} was promised in {self.label}"
        judged = replace(self.figure, target=self.target)
        came = "and no result was published"
        if judged.reached is not None:
            reached = replace(self.target, value=judged.reached).shown()
            came = f"and the result was {reached}: target {self.figure.outcome_word}"
        return f"{self.figure.name}: {promised}, {came}"


class UnknownFigureError(LookupError):
    """A reference that leads to no figure; `measure` is there, and what is asked of it is not."""

    def __init__(self, what: str, way_out: str, measure: str | None = None) -> None:
        super().__init__(what)
        self.what = what
        self.way_out = way_out
        self.measure = measure


FORMS = (
    "change",
    "signed",
    "words",
    "fewer",
    "more",
    "percent",
    "before",
    "now",
    "target",
    "outcome",
)


@dataclass(frozen=True)
class FigureSet:
    """The figures of one borough by measure, for looking up from its texts."""

    by_id: Mapping[str, Figure]
    declared: Mapping[str, str] = field(default_factory=dict)
    """Figures that stand in no table, as they are printed."""

    def _parts(self, reference: str) -> tuple[str, str]:
        """The measure and its form; a measure of the edition has its area before it."""
        first, *rest = (part.strip() for part in reference.split("."))
        if rest and any(known.startswith(f"{first}.") for known in self.by_id):
            first = f"{first}.{rest.pop(0)}"
        return first, ".".join(rest) if rest else "change"

    def printed(self, reference: str) -> str:
        """The figure that `measure.form` names, in house style.

        Raises:
            UnknownFigureError: no such measure or form, or the figure says the opposite of the form.
        """
        if reference in self.declared:
            return self.declared[reference]
        measure, form = self._parts(reference)
        if not measure:
            way_out = "write for example `{{ robbery.change }}`"
            raise UnknownFigureError("the braces do not say which figure is meant", way_out)
        if form not in FORMS:
            ways = ", ".join(f"`{known}`" for known in FORMS)
            way_out = did_you_mean(form, FORMS, f"what can be: {ways}")
            raise UnknownFigureError(f"`{form}` is nothing that can be filled in", way_out)
        figure = self.by_id.get(measure)
        if figure is None:
            what = f"there is no figure for `{measure}` to fill in"
            way_out = did_you_mean(
                measure, [*self.by_id, *self.declared], "add a row for it under `performance:`"
            )
            raise UnknownFigureError(what, way_out, measure)
        if form in ("fewer", "more"):
            _refuse_the_opposite(figure, form)
        shown = {
            "change": figure.change_shown,
            "signed": figure.change_shown,
            "words": figure.change_words,
            "fewer": "" if figure.change is None else numerals.count(abs(figure.change)),
            "more": "" if figure.change is None else numerals.count(abs(figure.change)),
            "percent": figure.percent_shown,
            "before": figure.before_shown,
            "now": figure.now_shown,
            "target": figure.target.shown() if figure.target else "",
            "outcome": figure.outcome or "",
        }[form]
        if not shown:
            what = f"`{measure}` has no `{form}` to fill in"
            way_out = "add it to its row, or write the sentence without it"
            raise UnknownFigureError(what, way_out, measure)
        return shown


def _refuse_the_opposite(figure: Figure, form: str) -> None:
    """A rise is not `fewer`, and a fall not `more`."""
    if figure.direction == ("up" if form == "fewer" else "down"):
        other = "more" if form == "fewer" else "fewer"
        raise UnknownFigureError(
            f"`{form}` would say the opposite: the change of `{figure.id}` is {figure.change_shown}",
            f"write `{{{{ {figure.id}.{other} }}}}` and the sentence anew",
            figure.id,
        )
