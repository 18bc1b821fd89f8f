"""A row of offences: before, now, change and percentage, each derived from the others or checked."""

from dataclasses import replace
from decimal import ROUND_CEILING, Decimal
from typing import Literal

from policing_summary import numerals
from policing_summary.figures import Contradiction, Figure
from policing_summary.model.files import MeasureEntry, SmallNumbers
from policing_summary.model.results import Row
from policing_summary.numerals import Unit

HUNDRED = Decimal(100)


def figure(
    row: Row, measure: MeasureEntry, small: SmallNumbers
) -> tuple[Figure, list[Contradiction]]:
    """The figure that a row of offences gives, and what contradicts itself in it."""
    problems: list[Contradiction] = []
    if row.groups:
        what = "offences have no gap between groups"
        problems.append(Contradiction("groups", what, "delete `groups:`, or correct the measure"))
    before, now = (_count(row, field, problems) for field in ("before", "now"))
    change = _change(row, problems)
    if before is not None and now is not None:
        if change is not None:
            problems += _change_problems(before, now, change)
        change = now - before
    elif change is not None:
        before, now = _derived(before, now, change, problems)
    is_published = row.counts == "published"
    small_base = is_small(before, now, small)
    percent = row.percent
    if percent is not None:
        problems += percent_problems(change, percent, before)
    elif is_published and not small_base:
        percent = percent_of(change, before)
    derived = Figure(row.measure, measure, before, now, change, percent, small_base=small_base)
    return derived if is_published else replace(derived, before=None, now=None), problems


def percent_of(change: Decimal | None, before: Decimal | None) -> Decimal | None:
    """The change in percent of the count before, to one decimal place; of nothing there is none."""
    return numerals.rounded(change / before * HUNDRED) if before and change is not None else None


def is_small(before: Decimal | None, now: Decimal | None, small: SmallNumbers) -> bool:
    """Whether a percentage would say little: the thresholds are the site's."""
    below_base = before is not None and before < small.base
    return below_base or (now is not None and now < small.count)


def percent_problems(
    change: Decimal | None, percent: Decimal, base: Decimal | None
) -> list[Contradiction]:
    """What contradicts a typed percentage: its sign, the counts, or any count there could be."""
    if change is None:
        return []
    if change and percent and (change > 0) != (percent > 0):
        return [_opposite_signs(change, percent, base)]
    typed = f"{numerals.count(percent)}%"
    if base == 0:
        what = "there were 0 before, and nothing can be a percentage of 0"
        way_out = "leave `percent:` out; the counts are printed alone"
        return [Contradiction("percent", what, way_out)]
    places = max(0, -int(percent.as_tuple().exponent))
    if base is not None:
        exact = change / base * HUNDRED
        if numerals.rounded(exact, places) == percent:
            return []
        right = numerals.rounded(exact, max(1, places))
        sums = f"{numerals.count(change)} ÷ {numerals.count(base)} = {numerals.count(right)}%"
        what = f"the percentage does not follow from the counts: {sums}, not {typed}"
        way_out = f"write `percent: {right:+}`, or correct the counts"
        return [Contradiction("percent", what, way_out)]
    if not _is_possible(change, percent, places):
        what = f"a change of {numerals.signed(change)} cannot be {typed} of any number of offences"
        return [Contradiction("percent", what, "compare both with where they were published")]
    return []


def _count(
    row: Row, field: Literal["before", "now"], problems: list[Contradiction]
) -> Decimal | None:
    typed = row.before if field == "before" else row.now
    if typed is None:
        return None
    if typed.unit is Unit.NONE and typed.value == typed.value.to_integral() and typed.value >= 0:
        return typed.value
    what = "offences are counted: a whole number belongs here, and not less than 0"
    problems.append(Contradiction(field, what, "write the number of offences, for example `1498`"))
    return None


def _change(row: Row, problems: list[Contradiction]) -> Decimal | None:
    typed = row.change
    if typed is None:
        return None
    if typed.unit is Unit.NONE and typed.value == typed.value.to_integral():
        return typed.value
    what = "the change is a number of offences: a whole number belongs here"
    way_out = "write how many more or fewer, for example `-361`; a percentage goes into `percent:`"
    problems.append(Contradiction("change", what, way_out))
    return None


def _change_problems(before: Decimal, now: Decimal, change: Decimal) -> list[Contradiction]:
    difference = now - before
    if change == difference:
        return []
    minus = f"{numerals.count(now)} {numerals.MINUS} {numerals.count(before)}"
    what = (
        f"the counts say something else: {minus} = {numerals.count(difference)}, "
        f"not {numerals.count(change)}"
    )
    way_out = f"write `change: {difference:+}`, or correct the counts"
    return [Contradiction("change", what, way_out)]


def _derived(
    before: Decimal | None, now: Decimal | None, change: Decimal, problems: list[Contradiction]
) -> tuple[Decimal | None, Decimal | None]:
    """Both counts, if the change and one of them are known."""
    if before is not None:
        now = before + change
    elif now is not None:
        before = now - change
    if (before is not None and before < 0) or (now is not None and now < 0):
        left = "now" if now is not None and now < 0 else "before"
        what = f"with this change there would have been fewer than 0 offences {left}"
        problems.append(Contradiction("change", what, "correct the change, or the count"))
        return None, None
    return before, now


def _opposite_signs(change: Decimal, percent: Decimal, base: Decimal | None) -> Contradiction:
    """The sign that is missing is more often the one nobody typed."""
    what = (
        "one goes up and the other goes down: "
        f"change {numerals.signed(change)}, percent {numerals.signed_percent(percent)}"
    )
    if base is None and change > 0:
        way_out = f"write `change: {-change}`, or `percent: {-percent:+}`"
        return Contradiction("change", what, way_out)
    way_out = (
        f"write `percent: {-percent:+}`, or correct the {'change' if base is None else 'counts'}"
    )
    return Contradiction("percent", what, way_out)


def _is_possible(change: Decimal, percent: Decimal, places: int) -> bool:
    """Whether any whole count before gives this percentage once rounded."""
    half = Decimal(5).scaleb(-places - 1)
    least, most = abs(percent) - half, abs(percent) + half
    if change == 0 or least <= 0:
        return least <= 0
    smallest = int((abs(change) * HUNDRED / most).to_integral_value(ROUND_CEILING))
    return smallest * least <= abs(change) * HUNDRED
