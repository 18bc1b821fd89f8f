"""Periods as editors write them, compared where they can be read."""

import re
from collections.abc import Iterator

from policing_summary import months
from policing_summary.content import Part
from policing_summary.errors import Problem
from policing_summary.model.results import Performance, Row
from policing_summary.nodes import Step
from policing_summary.numerals import MONTHS, Month
from policing_summary.sheet import Sheet
from policing_summary.texts import values

_MONTH = rf"(?:{'|'.join(MONTHS)}) \d{{4}}"
SPAN = re.compile(rf"({_MONTH}) (?:to|until|–|-) ({_MONTH})")


def read(text: str) -> tuple[Month, Month] | None:
    """First and last month of `April 2009 to March 2010`; nothing if it is written another way."""
    match = SPAN.fullmatch(text.strip())
    return (Month.read(match[1]), Month.read(match[2])) if match else None


def problems(sheet: Sheet) -> Iterator[Problem]:
    """Periods that run backwards, that are not the edition's, or that look forward to the past."""
    edition = sheet.edition
    own = read(edition.head.period)
    if own and own[0] > own[1]:
        place = edition.document.place("period")
        yield Problem(place, "this period ends before it begins", "write the earlier month first")
    for part in sheet.borough.parts:
        period = getattr(part.section, "period", None)
        if not isinstance(period, str):
            continue
        place = part.place("period")
        span = read(period)
        if span and span[0] > span[1]:
            what = "this period ends before it begins"
            yield Problem(place, what, "write the earlier month first")
        elif span and own and span != own and part.name in REPORTS:
            what = f"these figures are for {period}, and the edition is for {edition.head.period}"
            yield Problem(place, what, "correct the one that is wrong")
        elif part.name == "priorities" and period == edition.head.label:
            what = f"the priorities are for {period}, the year that this edition reports on"
            yield Problem(place, what, "write the year to come")


def first_months(sheet: Sheet) -> Iterator[Problem]:
    """Rows with months say which is the first, have the same ones, and end with their period.

    Too few or too many months are told with the row.
    """
    for part in sheet.borough.parts:
        rows = list(_rows_with_months(part))
        if not rows:
            continue
        if not isinstance(part.section, Performance):
            what = f"months are not drawn under `{part.name}:`"
            yield Problem(part.place(*rows[0][0], "months"), what, "move them to `performance:`")
            continue
        yield from _of_unequal_length(part, rows)
        (steps, row), first = rows[0], part.section.from_month
        if first is None and part.is_whole:
            what = "nothing says which month the first of these is"
            way_out = f"add `from-month: 2024-04` under `{part.name}:`"
            yield Problem(part.place(*steps, "months"), what, way_out)
        span = read(part.section.period)
        if first and span and (last := first.later(len(row.months) - 1)) != span[1]:
            what = (
                f"{len(row.months)} months from {first} end in {last}, and these figures are for "
                f"{part.section.period}"
            )
            right = span[1].later(1 - len(row.months)).iso
            way_out = f"write `from-month: {right}`, or correct the period"
            yield Problem(part.place("from-month"), what, way_out)


def _rows_with_months(part: Part) -> Iterator[tuple[tuple[Step, ...], Row]]:
    for field, info in type(part.section).model_fields.items():
        for steps, value in values(getattr(part.section, field), (info.alias or field,)):
            if isinstance(value, Row) and len(value.months) in months.LENGTHS:
                yield steps, value


def _of_unequal_length(part: Part, rows: list[tuple[tuple[Step, ...], Row]]) -> Iterator[Problem]:
    _, first = rows[0]
    for steps, row in rows[1:]:
        if len(row.months) != len(first.months):
            what = (
                f"`{row.measure}` has {len(row.months)} months, and `{first.measure}` "
                f"has {len(first.months)}"
            )
            place = part.place(*steps, "months")
            yield Problem(place, what, "give every row the same months")


REPORTS = frozenset({"achievements", "performance"})
