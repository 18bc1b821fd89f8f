"""Months, years of twelve months, and how they are called."""

from dataclasses import dataclass

from policing_summary.numerals import Month

YEAR = 12


def in_words(first: Month, last: Month) -> str:
    """`April 2024 to March 2025`."""
    return str(first) if first == last else f"{first} to {last}"


@dataclass(frozen=True)
class Year:
    """Twelve months from `start`, to be set against the twelve before."""

    start: Month

    @property
    def now(self) -> tuple[Month, ...]:
        return tuple(self.start.later(by) for by in range(YEAR))

    @property
    def before(self) -> tuple[Month, ...]:
        return tuple(self.start.later(by) for by in range(-YEAR, 0))

    @property
    def months(self) -> tuple[Month, ...]:
        return self.before + self.now

    def __str__(self) -> str:
        return in_words(self.now[0], self.now[-1])
