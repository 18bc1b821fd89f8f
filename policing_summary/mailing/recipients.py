"""Who gets what: a recipient, fit to be posted, and the lines of an address."""

from dataclasses import dataclass, field

from policing_summary.mailing.postcodes import Postcode


@dataclass(frozen=True)
class Edition:
    """One leaflet that can be sent: which format, in which language."""

    format: str
    language: str


@dataclass(frozen=True)
class Recipient:
    """`lines` are what is printed, from the name to the town; the postcode comes last, on its own line.

    `row` is that of the list. Nothing of whom it is shows when the value itself is shown.
    """

    row: int
    edition: Edition
    postcode: Postcode = field(repr=False)
    lines: tuple[str, ...] = field(repr=False)
    reference: str = field(repr=False)
    person: str = field(repr=False)

    @property
    def printed(self) -> tuple[str, ...]:
        return (*self.lines, str(self.postcode))

    @property
    def household(self) -> tuple[str, str]:
        """What is the same for all who live at one address: it without capitals and marks, and the postcode."""
        first = 1 if self.person else 0
        words = " ".join(self.lines[first:]).casefold()
        return "".join(letter for letter in words if letter.isalnum()), str(self.postcode)
