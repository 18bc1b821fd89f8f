"""When a page was published and last changed, as its content says; nothing here asks the clock."""

from policing_summary.content import Edition
from policing_summary.model.files import BoroughHead
from policing_summary.numerals import Day


def published(edition: Edition, borough: BoroughHead | None = None) -> Day | None:
    return (borough and borough.published) or edition.head.imprint.published


def changed(edition: Edition, borough: BoroughHead | None = None) -> Day | None:
    """The latest of all days that the content names; a correction is a change."""
    days = [
        published(edition, borough),
        edition.head.changed,
        borough and borough.changed,
        *(each.on for each in edition.head.corrected),
    ]
    return max((day for day in days if day), key=lambda day: day.iso, default=None)
