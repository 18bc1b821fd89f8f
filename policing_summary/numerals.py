"""House style for numbers, dates and phone numbers: read as editors type them, printed one way.

Numbers follow the ONS style guide: commas in thousands, a true minus sign, "percentage points" for
the difference between two percentages. Everything is `Decimal`, and halves round away from zero.
"""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

MINUS = "\N{MINUS SIGN}"
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


class Unit(StrEnum):
    """What stands after a typed number."""

    NONE = "none"
    PERCENT = "percent"
    POINTS = "points"
    POUNDS = "pounds"


@dataclass(frozen=True)
class Typed:
    """A number as an editor typed it."""

    value: Decimal
    unit: Unit = Unit.NONE
    signed: bool = False


class UnreadableError(ValueError):
    """`what` is wrong with a typed number, and the `way_out`."""

    def __init__(self, what: str, way_out: str) -> None:
        super().__init__(what)
        self.what = what
        self.way_out = way_out


UNITS = {
    "": Unit.NONE,
    "%": Unit.PERCENT,
    "percent": Unit.PERCENT,
    "per cent": Unit.PERCENT,
    "points": Unit.POINTS,
    "point": Unit.POINTS,
    "percentage points": Unit.POINTS,
    "percentage point": Unit.POINTS,
    "pp": Unit.POINTS,
}
NUMBER = re.compile(
    r"(?P<sign>[-+\N{MINUS SIGN}\N{EN DASH}\N{HYPHEN}])?\s*"
    r"(?P<digits>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?P<fraction>\.[0-9]+)?\s*(?P<unit>[a-z% ]*)",
    re.IGNORECASE,
)
MOST_DIGITS = 12
SIGNS = {",": "a comma", ".": "a full stop", ";": "a semicolon"}
LIKE_DIGITS = {"o": "0", "O": "0", "l": "1", "I": "1"}
"""Letters that are typed for digits, because they look like them."""


def read_number(text: str) -> Typed:
    """A number in any of the forms editors use: `4,555`, `+20`, `−2.5%`, `51.4 %`, `1.5 points`.

    Raises:
        UnreadableError: it is not a number, or could mean two.
    """
    cleaned = " ".join(text.split())
    if match := NUMBER.fullmatch(cleaned):
        unit = UNITS.get(match["unit"].strip().lower())
        digits = match["digits"]
        if unit is None:
            raise _not_after_a_number(cleaned, match["unit"].strip())
        if len(digits) > 1 and digits[0] == "0":
            raise UnreadableError(
                f"`{text}` begins with a nought, as a phone number does",
                f"write `{digits.lstrip('0') or '0'}`",
            )
        if len(digits + (match["fraction"] or "")) > MOST_DIGITS:
            raise UnreadableError(
                f"`{text}` has more digits than any figure here",
                "has a key stuck, or a comma gone?",
            )
        value = Decimal(digits.replace(",", "") + (match["fraction"] or ""))
        negative = match["sign"] not in (None, "+")
        return Typed(-value if negative else value, unit, match["sign"] is not None)
    if re.fullmatch(r"[-+−–]?[0-9]+,[0-9]+\s*%?", cleaned):
        raise UnreadableError(
            f"the comma in `{text}` could mean thousands or a decimal point",
            f"write `{cleaned.replace(',', '.', 1)}`, or group the digits in threes",
        )
    if re.fullmatch(r"[0-9]{1,2}:[0-9]{2}", cleaned):
        raise UnreadableError(f"`{text}` is a time of day", "write a number here")
    if re.fullmatch(r"[-+−–]?[0-9]{1,3}( [0-9]{3})+\s*%?|[-+−–]?[0-9]+(_[0-9]+)+", cleaned):
        joined = re.sub("[ _]", "", cleaned)
        raise UnreadableError(
            f"`{text}` has something other than digits between its digits", f"write `{joined}`"
        )
    if re.fullmatch(r"[-+−–]?\.[0-9]+\s*%?", cleaned):
        raise UnreadableError(
            f"`{text}` begins with a point", f"write `{cleaned.replace('.', '0.', 1)}`"
        )
    if cleaned[-1:] in SIGNS and NUMBER.fullmatch(cleaned[:-1]):
        what = f"`{text}` ends with {SIGNS[cleaned[-1]]}"
        raise UnreadableError(what, f"write `{cleaned[:-1]}`")
    raise UnreadableError(
        f"`{text}` is not a number", "write it in digits, for example `1,498` or `-2.5%`"
    )


def _not_after_a_number(text: str, words: str) -> UnreadableError:
    if set(words) <= LIKE_DIGITS.keys():
        meant = "".join(LIKE_DIGITS.get(letter, letter) for letter in text)
        what = f"`{text}` has a letter where a digit belongs"
        return UnreadableError(what, f"write `{meant}` with digits only")
    what = f"`{words}` cannot stand after a number"
    return UnreadableError(what, "write the number alone, or with `%` or `points`")


def rounded(value: Decimal, places: int = 1) -> Decimal:
    """Half away from zero, which is what readers of tables expect; no negative nought."""
    result = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return abs(result) if result == 0 else result


def count(value: Decimal | int) -> str:
    """`4555` as `4,555`; a negative one with a true minus sign."""
    sign = MINUS if value < 0 else ""
    return f"{sign}{abs(value):,}"


def signed(value: Decimal | int) -> str:
    """`382` as `+382`, `-361` as `−361`, `0` as `0`."""
    return f"+{value:,}" if value > 0 else count(value)


def written_out(values: Iterable[Decimal | None]) -> str:
    """A sum as it is written: `382 + 6 − 361 − 321`. Unknown values are passed over."""
    first, *rest = [value for value in values if value is not None]
    return count(first) + "".join(f" {MINUS if v < 0 else '+'} {abs(v):,}" for v in rest)


def percent(value: Decimal) -> str:
    return f"{count(rounded(value))}%"


def signed_percent(value: Decimal) -> str:
    return f"{signed(rounded(value))}%"


@dataclass(frozen=True, order=True)
class Month:
    """A month of a year; `number` counts from 1."""

    year: int
    number: int

    @classmethod
    def read(cls, text: str) -> "Month":
        """From `2009-06`, `June 2009` or `06/2009`.

        Raises:
            UnreadableError: none of these.
        """
        words = text.replace("/", " ").replace("-", " ").split()
        if len(words) == 2:  # noqa: PLR2004 - a month and a year
            year = next((int(w) for w in words if re.fullmatch("[0-9]{4}", w)), None)
            other = next((w.lower() for w in words if not re.fullmatch("[0-9]{4}", w)), "")
            number = int(other) if re.fullmatch("[0-9]{1,2}", other) else _month_named(other)
            if year and 1 <= number <= len(MONTHS):
                return cls(year, number)
        raise UnreadableError(f"`{text}` is not a month", "write the year and the month: `2009-06`")

    @property
    def iso(self) -> str:
        return f"{self.year:04}-{self.number:02}"

    @property
    def short(self) -> str:
        """`Sep 2024`, where there is little room."""
        return f"{MONTHS[self.number - 1][:3]} {self.year}"

    def later(self, months: int) -> "Month":
        """The month so many months on, or back if there are fewer than none."""
        year, number = divmod(self.year * 12 + self.number - 1 + months, 12)
        return Month(year, number + 1)

    def __str__(self) -> str:
        return f"{MONTHS[self.number - 1]} {self.year}"


def _month_named(word: str) -> int:
    """The month of a name or its beginning, such as `jun` or `sept`; 0 if there is none."""
    if len(word) < 3:  # noqa: PLR2004 - `ju` could be two
        return 0
    return next((n for n, name in enumerate(MONTHS, 1) if name.lower().startswith(word)), 0)


@dataclass(frozen=True, order=True)
class Day:
    """A calendar day."""

    year: int
    month: int
    number: int

    @classmethod
    def read(cls, text: str) -> "Day":
        """From `2024-02-16` or `16 February 2024`.

        Raises:
            UnreadableError: neither, or no such day.
        """
        for form in ("%Y-%m-%d", "%d %B %Y", "%d %b %Y"):
            try:
                day = dt.datetime.strptime(" ".join(text.split()), form)  # noqa: DTZ007
            except ValueError:
                continue
            return cls(day.year, day.month, day.day)
        raise UnreadableError(f"`{text}` is not a day", "write year, month and day: `2010-06-30`")

    @property
    def iso(self) -> str:
        return f"{self.year:04}-{self.month:02}-{self.number:02}"

    def __str__(self) -> str:
        return f"{self.number} {MONTHS[self.month - 1]} {self.year}"


@dataclass(frozen=True, order=True)
class Time:
    """A time of day, to the minute."""

    hour: int
    minute: int

    @classmethod
    def read(cls, text: str) -> "Time":
        """From `18:30`, `18.30`, `6:30pm`, `6pm`, `midday` or `midnight`.

        Raises:
            UnreadableError: none of these, or no such time.
        """
        cleaned = re.sub(r"\s+", "", text.lower()).replace("a.m.", "am").replace("p.m.", "pm")
        if cleaned in {"midday", "noon", "midnight"}:
            return cls(0 if cleaned == "midnight" else 12, 0)
        match = re.fullmatch(r"(\d{1,2})(?:[:.](\d{2}))?(am|pm)?", cleaned)
        if match and (match[2] or match[3]):
            hour, minute, half = int(match[1]), int(match[2] or 0), match[3]
            if half and 1 <= hour <= 12:  # noqa: PLR2004 - the hours of half a day
                hour = hour % 12 + (12 if half == "pm" else 0)
            elif half:
                hour = 24
            if hour < 24 and minute < 60:  # noqa: PLR2004 - the hours of a day, the minutes of one
                return cls(hour, minute)
        raise UnreadableError(f"`{text}` is not a time of day", "write it as `18:30`")

    @property
    def iso(self) -> str:
        return f"{self.hour:02}:{self.minute:02}"

    def __str__(self) -> str:
        """`6:30pm`, `10am`, `midday`."""
        if self.minute == 0 and self.hour in {0, 12}:
            return "midday" if self.hour else "midnight"
        minutes = f":{self.minute:02}" if self.minute else ""
        return f"{self.hour % 12 or 12}{minutes}{'pm' if self.hour >= 12 else 'am'}"  # noqa: PLR2004 - midday


def date_range(first: str, last: str) -> str:
    """Two dates or years joined with an en dash, spaced if either has a space of its own."""
    dash = "\N{EN DASH}"
    return f"{first} {dash} {last}" if " " in first + last else f"{first}{dash}{last}"


RELAY = "18001"
"""Dialled before a number, it brings in somebody who reads what is typed and types what is said."""


@dataclass(frozen=True)
class Phone:
    """A phone number: how it is printed, and the address a telephone dials."""

    shown: str
    href: str

    @classmethod
    def read(cls, text: str) -> "Phone":
        """A UK number in any spacing, an international one with `+`, or a short code such as 101.

        Raises:
            UnreadableError: too few or too many digits, or letters.
        """
        digits = re.sub(r"[\s().\-\N{NO-BREAK SPACE}\N{EN DASH}]", "", text)
        if digits.startswith("+44"):
            digits = "0" + digits[3:].removeprefix("0")
        if re.fullmatch(r"\+[1-9][0-9]{7,14}", digits):
            return cls(" ".join(text.split()), f"tel:{digits}")
        if re.fullmatch(r"1[0-9]{2}|11[68][0-9]{3}|18[0-9]{3}|999", digits):
            return cls(digits, f"tel:{digits}")
        if len(digits) > len(RELAY) and digits.startswith(RELAY):
            return cls(f"{RELAY} {cls.read(digits[len(RELAY) :]).shown}", f"tel:{digits}")
        if not re.fullmatch(r"0[237][0-9]{9}|0[1589][0-9]{8,9}", digits):
            raise UnreadableError(
                f"`{text}` is not a phone number",
                "write digits only; a UK number begins with 0 and has 11 of them, a few have 10",
            )
        return cls(" ".join(_grouped(digits)), f"tel:+44{digits[1:]}")


def _grouped(digits: str) -> tuple[str, ...]:
    """Ofcom's grouping: (020) 8 digits in fours, (03xx, 08xx) 3 and 3 or 4, others after the code."""
    if digits.startswith("02"):
        return digits[:3], digits[3:7], digits[7:]
    if digits.startswith(("03", "08", "09", "011")) or re.match(r"01\d1", digits):
        return digits[:4], digits[4:7], digits[7:]
    return digits[:5], digits[5:]
