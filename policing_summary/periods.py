"""Periods as editors write them, compared where they can be read."""

import re
from collections.abc import Iterator

from policing_summary.errors import Problem
from policing_summary.numerals import MONTHS, Month
from policing_summary.sheet import Sheet

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


REPORTS = frozenset({"achievements", "performance"})
