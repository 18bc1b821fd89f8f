"""Numbers in running text: which of them state a figure, and which are ordinary.

Dates, years, times, ages, durations, phone numbers, addresses and the like need nothing behind them.
Everything else that is written in digits is a figure, and has to be found among the data.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from policing_summary.numerals import MONTHS, UNITS, Unit
from policing_summary.quantities import SCALES

_MONTH = "|".join((*MONTHS, *(month[:3] for month in MONTHS)))
_YEAR = r"(?:1[89]|20|21)\d\d"
_SPAN = r"(?:years?|months?|weeks?|days?|nights?|hours?|minutes?|seconds?)"
_STREET = r"(?:Street|Road|Lane|Avenue|Way|Close|Court|Square|Place|Terrace|Hill|Gardens|Drive|Row)"

ORDINARY = tuple(
    re.compile(pattern, flags)
    for pattern, flags in (
        (r"(?:https?://|www\.)\S+|\S+@\S+", re.IGNORECASE),  # web and e-mail addresses
        (r"\+?\b(?:0\d|44)[\d \u00a0()-]{7,}\d\b", 0),  # phone numbers
        (
            r"\b(?:999|101|111|112|105|119|116 ?123|18000|18001 101)\b(?![.,]?\d|%)",
            0,
        ),  # short codes
        (
            rf"\b\d{{1,2}}(?:st|nd|rd|th)?(?: (?:of )?(?:{_MONTH})\b(?:,? {_YEAR})?)",
            0,
        ),  # 16 February
        (rf"\b(?:{_MONTH}) \d{{1,2}}(?:st|nd|rd|th)?(?:,? {_YEAR})?\b(?!%)", 0),  # February 16
        (rf"\b{_YEAR}-\d\d-\d\d\b", 0),
        (
            rf"\b{_YEAR}(?:[/–-]\d\d(?:\d\d)?)?s?\b(?![.,]\d|%|\s*(?:%|per cent|percent|point|offences|crimes|victims|people|officers|calls|arrests))",
            0,
        ),
        (r"\b24/7\b", 0),
        (r"\b\d{1,2}(?:[.:]\d\d)? ?(?:am|pm|a\.m\.|p\.m\.)(?!\w)|\b\d{1,2}:\d\d\b", re.IGNORECASE),
        (rf"\b\d+(?:[–-]| to | and | or )?(?:\d+)?[ \u00a0-]{_SPAN}\b", re.IGNORECASE),  # 12 months
        (
            r"\b\d{1,3}-year-olds?\b|\b(?:aged?|under|over) (?:\d{1,3}s?)(?:(?: to |–|-)\d{1,3})?\b(?!%)",
            re.IGNORECASE,
        ),
        (r"\b\d+(?:st|nd|rd|th)\b", 0),  # ordinals
        (r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b", 0),  # postcodes
        (r"\b[A-Z]+\d+\w*\b", 0),  # A12, FOGRA39
        (rf"\b\d+[A-Za-z]?(?:[–-]\d+)? (?:[A-Z][\w’']+ ){{1,3}}{_STREET}\b", 0),  # 12 High Street
        (
            r"\b(?:Phase|Part|Section|Page|Chapter|Article|Room|Floor|Channel|Step) \d+\b",
            re.IGNORECASE,
        ),
    )
)
NUMBER = re.compile(
    r"(?<![\w.,/])(?P<sign>[-+\N{MINUS SIGN}](?=£?\d))?(?P<pounds>£)?(?P<digits>\d{1,3}(?:,\d{3})+|\d+)(?P<fraction>\.\d+)?"
    r"(?P<scale>[ \u00a0](?:thousand|million|billion)\b)?(?P<unit>\s?%|[ \u00a0](?:per ?cent(?:age points?)?|percentage points?|points?))?(?![\w/]|[.,]\d)"
)


@dataclass(frozen=True)
class Mention:
    """A number in a text as it stands there; `value` without its sign if none was written."""

    words: str
    value: Decimal
    unit: Unit
    start: int


def mentions(text: str) -> Iterator[Mention]:
    """Every figure stated in digits, in the order of the text."""
    ordinary = [match.span() for pattern in ORDINARY for match in pattern.finditer(text)]
    for match in NUMBER.finditer(text):
        at = match.start("digits")
        if any(start <= at < end for start, end in ordinary):
            continue
        value = Decimal(match["digits"].replace(",", "") + (match["fraction"] or ""))
        value = value.scaleb(SCALES[match["scale"].strip()] if match["scale"] else 0)
        negative = match["sign"] not in {None, "+"}
        unit = UNITS.get((match["unit"] or "").replace("\u00a0", " ").strip().lower(), Unit.NONE)
        unit = Unit.POUNDS if match["pounds"] else unit
        yield Mention(match[0].strip(), -value if negative else value, unit, match.start())
