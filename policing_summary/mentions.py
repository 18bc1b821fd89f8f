"""Numbers in running text: which of them state a figure, and which are ordinary.

Dates, years, times, ages, durations, phone numbers, addresses and the like need nothing behind them.
Everything else that is written in digits is a figure, and has to be found among the data. Other
languages than English have their own separators, months and words for spans of time.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from policing_summary.language import ENGLISH, Language
from policing_summary.numerals import MONTHS, UNITS, Unit
from policing_summary.quantities import SCALES

_MONTH = "|".join((*MONTHS, *(month[:3] for month in MONTHS)))
_YEAR = r"(?:1[89]|20|21)\d\d"
_SPAN = r"(?:years?|months?|weeks?|days?|nights?|hours?|minutes?|seconds?)"
_STREET = r"(?:Street|Road|Lane|Avenue|Way|Close|Court|Square|Place|Terrace|Hill|Gardens|Drive|Row)"

_EVERYWHERE = (
    (r"(?:https?://|www\.)\S+|\S+@\S+", re.IGNORECASE),  # web and e-mail addresses
    (r"\+?\b(?:0\d|44)[\d \u00a0()-]{7,}\d\b", 0),  # phone numbers
    (
        r"\b(?:999|101|111|112|105|119|116 ?123|18000|18001 101)\b(?![.,]?\d|%)",
        0,
    ),  # short codes
    (rf"\b{_YEAR}-\d\d-\d\d\b", 0),
    (r"\b24/7\b", 0),
    (r"\b\d{1,2}:\d\d\b", 0),
    (r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b", 0),  # postcodes
    (r"\b[A-Z]+\d+\w*\b", 0),  # A12, FOGRA39
)
ORDINARY = tuple(
    re.compile(pattern, flags)
    for pattern, flags in (
        *_EVERYWHERE,
        (
            rf"\b\d{{1,2}}(?:st|nd|rd|th)?(?: (?:of )?(?:{_MONTH})\b(?:,? {_YEAR})?)",
            0,
        ),  # 16 February
        (rf"\b(?:{_MONTH}) \d{{1,2}}(?:st|nd|rd|th)?(?:,? {_YEAR})?\b(?!%)", 0),  # February 16
        (
            rf"\b{_YEAR}(?:[/–-]\d\d(?:\d\d)?)?s?\b(?![.,]\d|%|\s*(?:%|per cent|percent|point|offences|crimes|victims|people|officers|calls|arrests))",
            0,
        ),
        (r"\b\d{1,2}(?:[.:]\d\d)? ?(?:am|pm|a\.m\.|p\.m\.)(?!\w)|\b\d{1,2}:\d\d\b", re.IGNORECASE),
        (rf"\b\d+(?:[–-]| to | and | or )?(?:\d+)?[ \u00a0-]{_SPAN}\b", re.IGNORECASE),  # 12 months
        (
            r"\b\d{1,3}-year-olds?\b|\b(?:aged?|under|over) (?:\d{1,3}s?)(?:(?: to |–|-)\d{1,3})?\b(?!%)",
            re.IGNORECASE,
        ),
        (r"\b\d+(?:st|nd|rd|th)\b", 0),  # ordinals
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

DIGIT = re.compile(r"\d")


@dataclass(frozen=True)
class Mention:
    """A number in a text as it stands there; `value` without its sign if none was written."""

    words: str
    value: Decimal
    unit: Unit
    start: int


@dataclass(frozen=True)
class _Reader:
    """How numbers are written in a language: which are ordinary, and what a figure looks like."""

    ordinary: tuple[re.Pattern[str], ...]
    number: re.Pattern[str]
    units: Mapping[str, Unit]

    def mentions(self, text: str) -> Iterator[Mention]:
        if not DIGIT.search(text):  # most have none, and then nothing has to be looked for
            return
        if not (found := list(self.number.finditer(text))):
            return
        ordinary = [match.span() for pattern in self.ordinary for match in pattern.finditer(text)]
        for match in found:
            at = match.start("digits")
            if any(start <= at < end for start, end in ordinary):
                continue
            fraction = "".join(digit for digit in match["fraction"] or "" if digit.isdecimal())
            whole = "".join(digit for digit in match["digits"] if digit.isdecimal())
            value = Decimal(f"{whole}.{fraction}" if fraction else whole)
            value = value.scaleb(SCALES[match["scale"].strip()] if match["scale"] else 0)
            negative = match["sign"] not in {None, "+"}
            said = (match["unit"] or "").replace("\u00a0", " ").strip().lower()
            unit = Unit.POUNDS if match["pounds"] else self.units.get(said, Unit.NONE)
            yield Mention(match[0].strip(), -value if negative else value, unit, match.start())


def mentions(text: str, language: Language = ENGLISH) -> Iterator[Mention]:
    """Every figure stated in digits, in the order of the text."""
    return _reader(language).mentions(text)


@cache
def _reader(language: Language) -> _Reader:
    if language.is_english:
        return _Reader(ORDINARY, NUMBER, UNITS)
    months, spans = ("|".join(map(re.escape, w)) for w in (language.months, language.spans))
    ordinary = (
        *_EVERYWHERE,
        (rf"\b\d{{1,2}}\.? (?:{months})\b(?:,? {_YEAR})?", 0),  # 16 lutego 2024
        (rf"\b{_YEAR}(?:[/–-]\d\d(?:\d\d)?)?\b(?![.,]\d|\s?[%٪])", 0),
        (rf"\b\d+(?:[–-]\d+)?[ \u00a0-](?:{spans})\w*", re.IGNORECASE),  # 12 miesięcy
    )
    points = {unit.lower(): Unit.POINTS for unit in language.units_of_points}
    return _Reader(
        tuple(re.compile(pattern, flags) for pattern, flags in ordinary),
        _number(language, points),
        {"%": Unit.PERCENT, "٪": Unit.PERCENT, **points},
    )


def _number(language: Language, points: Iterable[str]) -> re.Pattern[str]:
    """With the separators of the language, of Arabic digits, and any space between thousands."""
    decimal, group = language.separators
    group = r"[ \u00a0\u202f]" if group.isspace() else rf"[{re.escape(group)}٬]"
    decimal = rf"[{re.escape(decimal)}٫]"
    named = "|".join(re.escape(unit) for unit in sorted(points, key=len, reverse=True))
    return re.compile(
        rf"(?<![\w.,/])(?P<sign>[-+\N{{MINUS SIGN}}](?=£?\d))?(?P<pounds>£)?(?P<scale>(?!))?"
        rf"(?P<digits>\d{{1,3}}(?:{group}\d{{3}})+|\d+)(?P<fraction>{decimal}\d+)?"
        rf"(?P<unit>\s?[%٪]|[ \u00a0](?:{named}))?(?![\w/]|[.,]\d)",
        re.IGNORECASE,
    )
