"""Rows as typed → figures: derived, added up, set against their targets, and checked.

Nothing is typed twice: what can be worked out is, and what is given as well must agree with it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, Decimal
from typing import Literal

from policing_summary import numerals
from policing_summary.figures import Figure, Target
from policing_summary.model.files import MeasureEntry, SmallNumbers
from policing_summary.model.results import Outcome, Row
from policing_summary.numerals import Typed, Unit

HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Contradiction:
    """A field of a row that cannot stand, with the arithmetic that says so."""

    field: str
    what: str
    way_out: str


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
    reached = replace(figure.target, value=figure.reached or Decimal(0)).shown()
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
        arithmetic = (
            f"{_sum([part.change or Decimal(0) for part in parts])} = {numerals.count(total)}"
        )
        return figure, Contradiction(
            "change",
            f"the parts add up to something else: {arithmetic}, not {numerals.count(figure.change)}",
            f"leave the line out, and {numerals.signed(total)} is worked out; or correct a part",
        )
    summed = replace(
        figure,
        before=_all([part.before for part in parts]),
        now=_all([part.now for part in parts]),
        change=total,
        parts=tuple(part.id for part in parts),
    )
    if summed.before is not None and summed.before < small.base:
        return replace(summed, small_base=True), None
    if summed.percent is None and summed.before:
        summed = replace(summed, percent=numerals.rounded(total / summed.before * HUNDRED))
    return summed, None


def _all(values: list[Decimal | None]) -> Decimal | None:
    """The sum, if every value is known."""
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if len(known) == len(values) else None


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


def _count(
    row: Row, field: Literal["before", "now"], problems: list[Contradiction]
) -> Decimal | None:
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
        return [
            Contradiction("percent", what, "leave `percent:` out; the counts are printed alone")
        ]
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
        return Contradiction(
            "change", what, f"write `change: {-change}`, or `percent: {-percent:+}`"
        )
    return Contradiction(
        "percent", what, f"write `percent: {-percent:+}`, or `change: {-change:+}`"
    )


def _some_base(change: Decimal, percent: Decimal, places: int) -> bool:
    """Whether any whole count before gives this percentage once rounded."""
    half = Decimal(5).scaleb(-places - 1)
    least, most = abs(percent) - half, abs(percent) + half
    smallest = int((abs(change) * HUNDRED / most).to_integral_value(ROUND_CEILING))
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


def _derived_outcome(figure: Figure) -> Outcome | None:
    reached, better = figure.reached, figure.measure.better
    if figure.target is None or reached is None or better == "neither":
        return None
    goal = figure.target.value
    met = reached <= goal if better == "lower" else reached >= goal
    return "achieved" if met else "missed"
