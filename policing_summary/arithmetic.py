"""Rows as typed → figures: derived, added up, set against their targets, and checked.

Nothing is typed twice: what can be worked out is, and what is given as well must agree with it.
"""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from typing import Literal

from policing_summary import counts, levels, numerals
from policing_summary.figures import Contradiction, Figure, Target
from policing_summary.model.files import MeasureEntry, SmallNumbers
from policing_summary.model.results import Outcome, Row
from policing_summary.numerals import Typed, Unit
from policing_summary.wording import ENGLISH

SUMMED = ("before", "now", "change")


def derive(
    row: Row, measure: MeasureEntry, small: SmallNumbers
) -> tuple[Figure, list[Contradiction]]:
    """The figure that a row gives, and what contradicts itself in it."""
    if measure.unit == "offences":
        figure, problems = counts.figure(row, measure, small)
    else:
        figure, problems = levels.figure(row, measure)
    target, problem = read_target(row.target, measure) if row.target else (None, None)
    found = [*problems, problem] if problem else problems
    figure = replace(figure, target=target, note=row.note, status=row.status)
    if row.status and not row.note:
        what = f"a figure that is {row.status} needs a word of explanation"
        found.append(Contradiction("status", what, "add `note:` and say what may change, or did"))
    return (_broken(row, figure, found) if row.series_break else figure), found


def _broken(row: Row, figure: Figure, problems: list[Contradiction]) -> Figure:
    """Where the way of counting changed in between, before and now are not compared."""
    for field in ("change", "percent"):
        if getattr(row, field) is not None:
            what = "before and now were counted in different ways, so there is no change to give"
            problems.append(Contradiction(field, what, f"delete `{field}:`, or `series-break:`"))
    return replace(figure, change=None, percent=None, series_break=row.series_break)


def judge(row: Row, figure: Figure) -> tuple[Figure, Contradiction | None]:
    """The figure set against its target; a stated outcome must be the one that follows."""
    derived = _derived_outcome(figure)
    if derived is None or figure.target is None:
        return replace(figure, outcome=row.outcome), None
    judged = replace(figure, outcome=derived)
    if row.outcome in (None, derived):
        return judged, None
    reached = ENGLISH.target(replace(figure.target, value=figure.reached or Decimal(0)))
    target = ENGLISH.target(figure.target)
    return judged, Contradiction(
        "outcome",
        f"{reached} against a target of {target} is `{derived}`, not `{row.outcome}`",
        "leave `outcome:` out, and it is worked out; or correct the target or the figures",
    )


def add_up(
    row: Row, figure: Figure, parts: Iterable[Figure], small: SmallNumbers
) -> tuple[Figure, list[Contradiction]]:
    """A sum from its parts; what its own row says as well must agree with them."""
    parts = tuple(parts)
    before, now, change = (_total(_of(parts, field)) for field in SUMMED)
    told = (_sum_problem(row, field, parts, figure) for field in SUMMED)
    problems = [problem for problem in told if problem]
    summed = replace(
        figure,
        before=before,
        now=now,
        change=change,
        parts=tuple(part.id for part in parts),
        small_base=counts.is_small(before, now, small),
    )
    if row.percent is not None and not problems:
        problems += counts.percent_problems(change, row.percent, before)
    elif summed.percent is None and not summed.small_base:
        summed = replace(summed, percent=counts.percent_of(change, before))
    return summed, problems


def _sum_problem(
    row: Row, field: str, parts: Iterable[Figure], figure: Figure
) -> Contradiction | None:
    given: Decimal | None = getattr(figure, field)
    values = _of(parts, field)
    total = _total(values)
    if getattr(row, field) is None or given is None or total is None or given == total:
        return None
    shown = numerals.signed if field == "change" else numerals.count
    arithmetic = f"{numerals.written_out(values)} = {numerals.count(total)}"
    return Contradiction(
        field,
        f"the parts add up to something else: {arithmetic}, not {numerals.count(given)}",
        f"leave `{field}:` out, and {shown(total)} is worked out; or correct a part",
    )


def _of(parts: Iterable[Figure], field: str) -> list[Decimal | None]:
    return [getattr(part, field) for part in parts]


def _total(values: list[Decimal | None]) -> Decimal | None:
    """The sum, if every value is known."""
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if len(known) == len(values) else None


def read_target(typed: Typed, measure: MeasureEntry) -> tuple[Target | None, Contradiction | None]:
    """What a typed target means for a measure: `-2.5%` of offences, `51.4%` of people, `3.8 points`.

    For a percentage or a gap a sign makes the difference: `51.4%` is where to be, `+2 points` how
    far to get.
    """
    if measure.unit == "offences":
        problem = _target_of_offences(typed)
        kind: Literal["percent", "change"] = "percent" if typed.unit is Unit.PERCENT else "change"
        return None if problem else Target(typed.value, kind, typed.unit), problem
    if typed.signed:
        return Target(typed.value, "change", Unit.POINTS), None
    if measure.unit == "points":
        return Target(typed.value, "level", Unit.POINTS), None
    if typed.unit is Unit.POINTS:
        return None, _unsigned(typed, " points")
    return Target(typed.value, "level", Unit.PERCENT), None


def _target_of_offences(typed: Typed) -> Contradiction | None:
    mark = "%" if typed.unit is Unit.PERCENT else ""
    if typed.unit is Unit.POINTS:
        what = "a number of offences cannot change by percentage points"
        way_out = "write the change as `-2.5%`, or as a number of offences: `-20`"
        return Contradiction("target", what, way_out)
    if not mark and typed.value != typed.value.to_integral():
        what = f"{numerals.count(typed.value)} is not a whole number of offences"
        return Contradiction("target", what, f"if a percentage is meant, write `{typed.value:+}%`")
    return _unsigned(typed, mark) if typed.value and not typed.signed else None


def _unsigned(typed: Typed, mark: str) -> Contradiction:
    return Contradiction(
        "target",
        f"`{typed.value}{mark}` does not say whether a fall or a rise is aimed at",
        f"write `-{typed.value}{mark}` for a fall, `+{typed.value}{mark}` for a rise",
    )


def against(figure: Figure, target: Target) -> Figure:
    """The figure set against another target, with the outcome that follows."""
    compared = replace(figure, target=target, outcome=None)
    return replace(compared, outcome=_derived_outcome(compared))


def _derived_outcome(figure: Figure) -> Outcome | None:
    reached, better = figure.reached, figure.measure.better
    if figure.target is None or reached is None or better == "neither":
        return None
    goal = figure.target.value
    met = reached <= goal if better == "lower" else reached >= goal
    return "achieved" if met else "missed"
