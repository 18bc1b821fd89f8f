"""The months behind a yearly figure: as many as a year has, or two, and they add up to it."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from policing_summary import numerals
from policing_summary.figures import Contradiction, Figure
from policing_summary.model.results import Row
from policing_summary.numerals import Typed, Unit

YEAR = 12
TWO_YEARS = 2 * YEAR


LENGTHS = (YEAR, TWO_YEARS)


def spread(row: Row, figure: Figure, *, is_whole: bool) -> tuple[Figure, list[Contradiction]]:
    """The figure with its months, oldest first; without them if they contradict it.

    Unless the section `is_whole`, a month may be missing only because it could not be read.
    """
    if not row.months or not (is_whole or len(row.months) in LENGTHS):
        return figure, []
    told = list(_problems(row, figure))
    return (figure if told else replace(figure, months=row.months)), told


def _problems(row: Row, figure: Figure) -> Iterator[Contradiction]:
    if figure.is_level:
        what = f"`{row.measure}` is a percentage or a gap, and no year is the sum of its months"
        yield Contradiction("months", what, "delete `months:`, or correct the measure")
    elif len(row.months) not in LENGTHS:
        what = f"a year has 12 months and two years have 24: this list has {len(row.months)}"
        way_out = (
            "write 12 numbers, or 24 that begin with the year before; no commas inside a number"
        )
        yield Contradiction("months", what, way_out)
    elif least := next((count for count in row.months if count < 0), None):
        what = f"offences are counted: no month has {numerals.count(least)} of them"
        yield Contradiction("months", what, "correct the month")
    elif len(row.months) == TWO_YEARS and row.series_break:
        what = "before and now were counted in different ways, so their months do not compare"
        yield Contradiction("months", what, "write the 12 months of this period only")
    else:
        yield from _sums(row, figure)


def _sums(row: Row, figure: Figure) -> Iterator[Contradiction]:
    """Each year adds up to its count; if no count is known, the two differ by the change."""
    years = {"now": row.months[-YEAR:]}
    if len(row.months) == TWO_YEARS:
        years["before"] = row.months[:YEAR]
    counts = {
        "now": _count(figure.now, row.now),
        "before": _count(figure.before, row.before),
    }
    for field, months in years.items():
        count, total = counts[field], sum(months, Decimal(0))
        if count is not None and count != total:
            which = {"now": "last", "before": "first"}[field] if "before" in years else "these"
            sums = f"{numerals.written_out(months)} = {numerals.count(total)}"
            what = (
                f"{which} 12 months do not add up to `{field}`: {sums}, not {numerals.count(count)}"
            )
            what = what if which == "these" else f"the {what}"
            way_out = f"correct a month, or write `{field}: {total}`"
            yield Contradiction("months", what, way_out)
    if "before" in years and counts == {"now": None, "before": None} and figure.change is not None:
        now, before = (sum(years[field], Decimal(0)) for field in ("now", "before"))
        if now - before != figure.change:
            sums = (
                f"{numerals.count(now)} {numerals.MINUS} {numerals.count(before)} = "
                f"{numerals.count(now - before)}"
            )
            what = f"the two years of months differ by something else: {sums}, not {numerals.count(figure.change)}"
            way_out = f"correct a month, or write `change: {now - before:+}`"
            yield Contradiction("months", what, way_out)


def _count(known: Decimal | None, typed: Typed | None) -> Decimal | None:
    """The count as it is printed, or as it was typed if it is held back."""
    if known is None and typed is not None and typed.unit is Unit.NONE:
        return typed.value
    return known
