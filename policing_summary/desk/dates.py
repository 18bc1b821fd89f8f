"""The day that contacts are held against: typed, or that of the clock, on which nothing that is made depends."""

import argparse
import datetime as dt

from policing_summary.numerals import Day, UnreadableError


def day(text: str) -> Day:
    """A day that was typed after a command."""
    try:
        return Day.read(text)
    except UnreadableError as error:
        raise argparse.ArgumentTypeError(f"{error.what}; {error.way_out}") from None


def today() -> Day:
    now = dt.date.today()  # noqa: DTZ011 - the day where the editor sits
    return Day(now.year, now.month, now.day)
