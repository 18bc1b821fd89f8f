"""Rows as typed → figures: derived, set against their targets, checked, and printed in words.

Nothing is typed twice: what can be worked out is, and what is given as well must agree with it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from policing_summary import numerals
from policing_summary.model.files import MeasureEntry, SmallNumbers
from policing_summary.model.results import Outcome, Row
from policing_summary.numerals import Typed, Unit
from policing_summary.validation import did_you_mean

HUNDRED = Decimal(100)
Direction = Literal["up", "down", "level"]


@dataclass(frozen=True)
class Contradiction:
    """A field of a row that cannot stand, with the arithmetic that says so."""

    field: str
    what: str
    way_out: str


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
        return numerals.signed_percent(self.value) if self.kind == "percent" else numerals.signed(self.value)

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
    parts: tuple[str, ...] = ()

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
    def direction(self) -> Direction | None:
        if self.change is None:
            return None
        return "level" if self.change == 0 else "up" if self.change > 0 else "down"

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
        return sign + numerals.points(self.change) if self.is_level else numerals.signed(self.change)

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
        beyond = self.target is not None and _reached(self) != self.target.value
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


class Unknown(LookupError):
    """A reference that leads to no figure."""

    def __init__(self, what: str, way_out: str) -> None:
        super().__init__(what)
        self.what = what
        self.way_out = way_out


FORMS = ("change", "fewer", "more", "percent", "before", "now", "target", "outcome")


@dataclass(frozen=True)
class FigureSet:
    """The figures of one borough by measure, for looking up from its texts."""

    by_id: Mapping[str, Figure]

    def printed(self, reference: str) -> str:
        """The figure that `measure.form` names, in house style.

        Raises:
            Unknown: no such measure or form, or the figure says the opposite of the form.
        """
        measure, dot, form = reference.partition(".")
        figure = self.by_id.get(measure.strip())
        if figure is None:
            raise Unknown(
                f"unknown measure `{measure.strip()}`",
                did_you_mean(measure.strip(), self.by_id, "it has no row under `performance:`"),
            )
        form = form.strip() if dot else "change"
        if form not in FORMS:
            ways = ", ".join(f"`{known}`" for known in FORMS)
            raise Unknown(f"`{form}` is not a form of a figure", did_you_mean(form, FORMS, f"use {ways}"))
        if form in ("fewer", "more"):
            return self._unsigned(figure, form)
        shown = {
            "change": figure.change_shown,
            "percent": figure.percent_shown,
            "before": figure.before_shown,
            "now": figure.now_shown,
            "target": figure.target.shown() if figure.target else "",
            "outcome": figure.outcome or "",
        }[form]
        if not shown:
            raise Unknown(
                f"`{measure.strip()}` has no `{form}`", "give it in its row, or write the sentence without it"
            )
        return shown

    def _unsigned(self, figure: Figure, form: str) -> str:
        wrong = "up" if form == "fewer" else "down"
        if figure.change is None or figure.direction == wrong:
            raise Unknown(
                f"`{form}` would say the opposite: the change of `{figure.id}` is {figure.change_shown}",
                f"write `{{{{ {figure.id}.{'more' if form == 'fewer' else 'fewer'} }}}}` and the sentence anew",
            )
        return numerals.count(abs(figure.change))


def derive(
    row: Row, measure: MeasureEntry, small: SmallNumbers
) -> tuple[Figure, list[Contradiction]]:
    """The figure that a row gives, and what contradicts itself in it."""
    problems: list[Contradiction] = []
    if measure.unit == "offences":
        figure = _counted(row, measure, small, problems)
    else:
        figure = _level(row, measure, problems)
    return replace(figure, target=_target(row, measure, problems), note=row.note), problems


def judge(row: Row, figure: Figure) -> tuple[Figure, Contradiction | None]:
    """The figure set against its target; a stated outcome must be the one that follows."""
    derived = _derived_outcome(figure)
    if derived is None or figure.target is None:
        return replace(figure, outcome=row.outcome), None
    judged = replace(figure, outcome=derived)
    if row.outcome in (None, derived):
        return judged, None
    reached = replace(figure.target, value=_reached(figure) or Decimal(0)).shown()
    return judged, Contradiction(
        "outcome",
        f"{reached} against a target of {figure.target.shown()} is `{derived}`, not `{row.outcome}`",
        "leave `outcome:` out; it is worked out from the target",
    )


def add_up(
    figure: Figure, parts: Iterable[Figure], small: SmallNumbers, *, given: bool
) -> tuple[Figure, Contradiction | None]:
    """A sum from its parts; if its change is `given`, they must agree."""
    parts = tuple(parts)
    total = sum((part.change for part in parts if part.change is not None), Decimal(0))
    if given and figure.change is not None and figure.change != total:
        arithmetic = f"{_sum([part.change or Decimal(0) for part in parts])} = {numerals.count(total)}"
        return figure, Contradiction(
            "change",
            f"the parts add up to something else: {arithmetic}, not {numerals.count(figure.change)}",
            f"leave the line out, and {numerals.signed(total)} is worked out; or correct a part",
        )
    counts = {}
    for field in ("before", "now"):
        values = [getattr(part, field) for part in parts]
        if None not in values:
            counts[field] = sum(values, Decimal(0))
    summed = replace(figure, change=total, parts=tuple(part.id for part in parts), **counts)
    if summed.before is not None and summed.before < small.base:
        return replace(summed, small_base=True), None
    if summed.percent is None and summed.before:
        summed = replace(summed, percent=numerals.rounded(total / summed.before * HUNDRED))
    return summed, None


def _sum(values: list[Decimal]) -> str:
    """`382 + 6 − 361 − 321`."""
    first, *rest = values
    return numerals.count(first) + "".join(
        f" {numerals.MINUS if value < 0 else '+'} {abs(value):,}" for value in rest
    )


def _counted(
    row: Row, measure: MeasureEntry, small: SmallNumbers, problems: list[Contradiction]
) -> Figure:
    before, now = (_count(row, field, problems) for field in ("before", "now"))
    change, percent = row.change, row.percent
    if before is not None and now is not None:
        difference = now - before
        sums = f"{numerals.count(now)} {numerals.MINUS} {numerals.count(before)} = {numerals.count(difference)}"
        if change is not None and change != difference:
            problems.append(
                Contradiction(
                    "change",
                    f"the counts say something else: {sums}, not {numerals.count(change)}",
                    f"write `change: {difference:+}`, or correct the counts",
                )
            )
        change = difference
    base = before if before is not None else None
    small_base = base is not None and base < small.base
    if percent is not None and change is not None:
        problems += _percent_problems(change, percent, base)
    elif percent is None and base and change is not None and row.counts == "published":
        percent = None if small_base else numerals.rounded(change / base * HUNDRED)
    published = row.counts == "published"
    return Figure(
        row.measure,
        measure,
        before if published else None,
        now if published else None,
        change,
        percent,
        small_base=small_base,
    )


def _count(row: Row, field: Literal["before", "now"], problems: list[Contradiction]) -> Decimal | None:
    typed: Typed | None = getattr(row, field)
    if typed is None:
        return None
    if typed.unit is not Unit.NONE or typed.value != typed.value.to_integral() or typed.value < 0:
        problems.append(
            Contradiction(
                field,
                "offences are counted: a whole number of nought or more belongs here",
                "write the number of offences, for example `1498`",
            )
        )
        return None
    return typed.value


def _percent_problems(
    change: Decimal, percent: Decimal, base: Decimal | None
) -> list[Contradiction]:
    typed = f"{numerals.count(percent)}%"
    if change and percent and (change > 0) != (percent > 0):
        return [_opposite_signs(change, percent, base)]
    if base == 0:
        what = "nothing can be a percentage of a count of 0 before"
        return [Contradiction("percent", what, "leave `percent:` out; the counts are printed alone")]
    places = max(0, -int(percent.as_tuple().exponent))
    if base is not None:
        exact = change / base * HUNDRED
        if numerals.rounded(exact, places) == percent:
            return []
        right = numerals.rounded(exact, max(1, places))
        sums = f"{numerals.count(change)} ÷ {numerals.count(base)} = {numerals.count(right)}%"
        return [
            Contradiction(
                "percent",
                f"the percentage does not follow from the counts: {sums}, not {typed}",
                f"write `percent: {right:+}`, or correct the counts",
            )
        ]
    if change and not _some_base(change, percent, places):
        return [
            Contradiction(
                "percent",
                f"a change of {numerals.signed(change)} cannot be {typed} of any whole number",
                "compare both with the source",
            )
        ]
    return []


def _opposite_signs(change: Decimal, percent: Decimal, base: Decimal | None) -> Contradiction:
    """The sign that is missing is more often the one nobody typed."""
    what = f"one goes up and the other down: change {numerals.signed(change)}, percent {numerals.signed_percent(percent)}"
    if base is None and change > 0:
        return Contradiction("change", what, f"write `change: {-change}`, or `percent: {-percent:+}`")
    return Contradiction("percent", what, f"write `percent: {-percent:+}`, or `change: {-change:+}`")


def _some_base(change: Decimal, percent: Decimal, places: int) -> bool:
    """Whether any whole count before gives this percentage once rounded."""
    half = Decimal(5).scaleb(-places - 1)
    least, most = abs(percent) - half, abs(percent) + half
    smallest = int((abs(change) * HUNDRED / most).to_integral_value(rounding="ROUND_CEILING"))
    return least <= 0 or smallest * least <= abs(change) * HUNDRED


def _level(row: Row, measure: MeasureEntry, problems: list[Contradiction]) -> Figure:
    """A percentage, or the gap between two of them."""
    now = row.now.value if row.now else None
    before = row.before.value if row.before else None
    groups = tuple((group.group, group.value) for group in row.groups)
    if groups:
        values = [value for _, value in groups]
        gap = max(values) - min(values)
        if now is not None and now != gap:
            problems.append(
                Contradiction(
                    "now",
                    f"the gap is {max(values)} {numerals.MINUS} {min(values)} = {gap}, not {now}",
                    f"write `now: {gap} points`, or leave the line out",
                )
            )
        now = gap
    if now is None:
        what = f"`{row.measure}` is a percentage, and this row does not say how high it is"
        problems.append(Contradiction("measure", what, "add `now: 53.1%`"))
    difference = now - before if now is not None and before is not None else None
    if row.change is not None and difference is not None and row.change != difference:
        problems.append(
            Contradiction(
                "change",
                f"{now} {numerals.MINUS} {before} = {difference}, not {row.change}",
                f"write `change: {difference:+}`",
            )
        )
    change = difference if difference is not None else row.change
    return Figure(row.measure, measure, before, now, change, groups=groups)


def _target(row: Row, measure: MeasureEntry, problems: list[Contradiction]) -> Target | None:
    if not isinstance(row.target, Typed):
        return None
    target, problem = read_target(row.target, measure)
    if problem:
        problems.append(problem)
    return target


def read_target(typed: Typed, measure: MeasureEntry) -> tuple[Target | None, Contradiction | None]:
    """What a typed target means for a measure: `-2.5%` of offences, `51.4%` of people, `3.8 points`."""
    if measure.unit == "offences":
        if typed.unit is Unit.POINTS:
            way_out = "write the change as `-2.5%`, or as a number of offences: `-20`"
            return None, Contradiction("target", "offences have no percentage points", way_out)
        if not typed.signed and typed.value:
            mark = "%" if typed.unit is Unit.PERCENT else ""
            return None, Contradiction(
                "target",
                f"`{typed.value}{mark}` does not say whether it is a fall or a rise",
                f"write `-{typed.value}{mark}` for a fall, `+{typed.value}{mark}` for a rise",
            )
        kind: Literal["percent", "change"] = "percent" if typed.unit is Unit.PERCENT else "change"
        return Target(typed.value, kind, typed.unit), None
    if measure.unit == "points":
        return Target(typed.value, "level", Unit.POINTS), None
    if typed.unit is Unit.POINTS or typed.signed:
        return Target(typed.value, "change", Unit.POINTS), None
    return Target(typed.value, "level", Unit.PERCENT), None


def _reached(figure: Figure) -> Decimal | None:
    """What is to be compared with the figure's target."""
    if figure.target is None:
        return None
    return {"level": figure.now, "percent": figure.percent, "change": figure.change}[figure.target.kind]


def _derived_outcome(figure: Figure) -> Outcome | None:
    reached, better = _reached(figure), figure.measure.better
    if figure.target is None or reached is None or better == "neither":
        return None
    goal = figure.target.value
    met = reached <= goal if better == "lower" else reached >= goal
    return "achieved" if met else "missed"
