"""A row of a percentage, or of the gap between two: never counted, compared in percentage points."""

from decimal import Decimal
from typing import Literal

from policing_summary import numerals
from policing_summary.figures import Contradiction, Figure
from policing_summary.model.files import MeasureEntry
from policing_summary.model.results import Row
from policing_summary.numerals import Unit

HUNDRED = Decimal(100)
GROUPS_OF_A_GAP = 2


def figure(row: Row, measure: MeasureEntry) -> tuple[Figure, list[Contradiction]]:
    """The figure that a row gives, and what contradicts itself in it."""
    problems: list[Contradiction] = []
    before, now = (_level(row, measure, field, problems) for field in ("before", "now"))
    if row.groups:
        now = _gap(row, measure, now, problems)
    if now is None and not problems:
        example = "53.1%" if measure.unit == "percent" else "4.9 points"
        what = f"this row does not say how high `{row.measure}` is"
        problems.append(Contradiction("measure", what, f"add a line like `now: {example}`"))
    if row.percent is not None:
        what = "a percentage of a percentage is not printed, because it misleads"
        way_out = "write the difference in points, for example `change: +3 points`"
        problems.append(Contradiction("percent", what, way_out))
    change = _change(row, before, now, problems)
    groups = tuple((group.group, group.value) for group in row.groups)
    return Figure(row.measure, measure, before, now, change, groups=groups), problems


def _level(
    row: Row,
    measure: MeasureEntry,
    field: Literal["before", "now"],
    problems: list[Contradiction],
) -> Decimal | None:
    typed = row.before if field == "before" else row.now
    if typed is None:
        return None
    value = numerals.count(typed.value)
    foreign = Unit.POINTS if measure.unit == "percent" else Unit.PERCENT
    if typed.unit is foreign:
        is_gap = measure.unit == "points"
        what = f"`{row.measure}` is {'a gap, in percentage points' if is_gap else 'a percentage'}"
        way_out = f"write `{value} points`" if is_gap else f"write `{value}%`"
        problems.append(Contradiction(field, what, way_out))
    elif not 0 <= typed.value <= HUNDRED:
        what = f"{value} is not between 0 and 100"
        problems.append(Contradiction(field, what, "compare it with where it was published"))
    else:
        return typed.value
    return None


def _gap(
    row: Row, measure: MeasureEntry, now: Decimal | None, problems: list[Contradiction]
) -> Decimal | None:
    """The difference of the two groups; a gap that is typed as well must be the same."""
    if measure.unit != "points":
        what = f"`{row.measure}` is no gap between groups"
        way_out = "delete `groups:`, or say `unit: points` where the measure is defined"
        problems.append(Contradiction("groups", what, way_out))
        return now
    if len(row.groups) != GROUPS_OF_A_GAP:
        what = f"a gap lies between two groups, and this list has {len(row.groups)}"
        problems.append(Contradiction("groups", what, "write exactly two groups"))
        return now
    high, low = sorted((group.value for group in row.groups), reverse=True)
    if not 0 <= low <= high <= HUNDRED:
        what = "the percentage of a group lies between 0 and 100"
        problems.append(Contradiction("groups", what, "compare it with where it was published"))
        return now
    gap = high - low
    if now is not None and now != gap:
        what = f"the gap is something else: {high} {numerals.MINUS} {low} = {gap}, not {now}"
        way_out = f"write `now: {gap} points`, or leave the line out"
        problems.append(Contradiction("now", what, way_out))
    return gap


def _change(
    row: Row, before: Decimal | None, now: Decimal | None, problems: list[Contradiction]
) -> Decimal | None:
    difference = now - before if now is not None and before is not None else None
    typed = row.change
    if typed is None:
        return difference
    if typed.unit is Unit.PERCENT:
        what = "the difference between two percentages is in percentage points, not in percent"
        way_out = f"write `change: {typed.value:+} points`"
        problems.append(Contradiction("change", what, way_out))
    elif difference is not None and typed.value != difference:
        sums = f"{now} {numerals.MINUS} {before} = {numerals.count(difference)}"
        what = f"the percentages say something else: {sums}, not {numerals.count(typed.value)}"
        way_out = f"write `change: {difference:+} points`, or correct the percentages"
        problems.append(Contradiction("change", what, way_out))
    return typed.value if difference is None else difference
