"""The languages that page and leaflet can be printed in: their words, numbers, dates and direction.

English needs no catalogue: its words are the messages themselves, and its numbers those of
`numerals`. Every other language takes words from `locale/<tag>/messages.po`, and separators and
dates from Unicode's CLDR. Digits are European everywhere, like those of telephone numbers. A
language is a value and is handed on; there is no current one.
"""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from policing_summary import numerals
from policing_summary.numerals import MINUS, Day, Month, Time

if TYPE_CHECKING:
    from babel import Locale

CATALOGUES = Path(__file__).parent / "locale"
LEFT_TO_RIGHT, ISOLATED, UNTIL_HERE = "\u200e", "\u2066", "\u2069"
Direction = Literal["ltr", "rtl"]
Script = Literal["Latn", "Arab", "Beng", "Guru", "Taml"]


@dataclass(frozen=True)
class Language:
    """`tag` is BCP 47's, as it stands in `lang` and in file names; `name` is its own for itself."""

    tag: str
    name: str
    direction: Direction = "ltr"
    script: Script = "Latn"

    @property
    def is_english(self) -> bool:
        return self.tag.partition("-")[0] == "en"

    @property
    def is_mirrored(self) -> bool:
        return self.direction == "rtl"

    @property
    def has_words(self) -> bool:
        """Whether its catalogue is there, so that something can be printed in it."""
        return self.is_english or _catalogue(self.tag).is_file()

    # Words

    def gettext(self, message: str, /, **names: object) -> str:
        """The message in this language, with its `%(name)s` filled in."""
        return _filled(_messages(self).gettext(message), names)

    def ngettext(self, one: str, many: str, count: int, /, **names: object) -> str:
        """The form of the message for so many."""
        return _filled(_messages(self).ngettext(one, many, count), names)

    def pgettext(self, context: str, message: str, /, **names: object) -> str:
        """The message as it is said in a context that needs a form of its own."""
        return _filled(_messages(self).pgettext(context, message), names)

    # Numbers: a true minus sign everywhere; separators, grouping and percent sign as CLDR has them

    def count(self, value: Decimal | int) -> str:
        """`4555` as `4,555`, with all the decimals that it has."""
        return self._minus(value) + self._digits(value)

    def signed(self, value: Decimal | int) -> str:
        """`382` as `+382`, `-361` as `−361`, `0` as `0`."""
        plus = f"{self._mark}+" if value > 0 else self._minus(value)
        return plus + self._digits(value)

    def percent(self, value: Decimal) -> str:
        """To one decimal place."""
        return self.as_percent(numerals.rounded(value))

    def signed_percent(self, value: Decimal) -> str:
        return self.as_percent(numerals.rounded(value), signed=True)

    def as_percent(self, value: Decimal, *, signed: bool = False) -> str:
        """With the decimals that it has."""
        before, after = ("", "%") if self.is_english else _percent_signs(self)
        sign = f"{self._mark}+" if signed and value > 0 else self._minus(value)
        return f"{sign}{before}{self._digits(value)}{after}"

    def points(self, value: Decimal, *, signed: bool = False) -> str:
        """A difference between two percentages: `4.9 percentage points`."""
        whole = value == value.to_integral()
        shown = value.to_integral() if whole else value
        number = self.signed(shown) if signed else self.count(shown)
        if not whole:
            return self.pgettext("fraction", "%(number)s percentage points", number=number)
        return self.ngettext(
            "%(number)s percentage point",
            "%(number)s percentage points",
            int(abs(value)),
            number=number,
        )

    def short_points(self, value: Decimal, *, signed: bool = False) -> str:
        """The same where there is little room: `4.9 points`."""
        number = self.signed(value) if signed else self.count(value)
        if value != value.to_integral():
            return self.pgettext("fraction", "%(number)s points", number=number)
        return self.ngettext(
            "%(number)s point", "%(number)s points", int(abs(value)), number=number
        )

    def written_out(self, values: Iterable[Decimal | None]) -> str:
        """A sum as it is written: `382 + 6 − 361 − 321`. Unknown values are passed over."""
        first, *rest = [value for value in values if value is not None]
        terms = "".join(f" {MINUS if v < 0 else '+'} {self._digits(v)}" for v in rest)
        return self.count(first) + terms

    def sum(self, terms: str) -> str:
        """Arithmetic runs from left to right, whichever way the words around it run."""
        return f"{ISOLATED}{terms}{UNTIL_HERE}" if self.is_mirrored else terms

    @property
    def _mark(self) -> str:
        """Keeps a sign to the left of its number where words run the other way."""
        return LEFT_TO_RIGHT if self.is_mirrored else ""

    def _minus(self, value: Decimal | int) -> str:
        return f"{self._mark}{MINUS}" if value < 0 else ""

    def _digits(self, value: Decimal | int) -> str:
        """The number without its sign."""
        if self.is_english:
            return f"{abs(value):,}"
        return _formatted(abs(Decimal(value)), self)

    # Dates

    def date(self, value: Day | Month | str) -> str:
        """A day or a month written out; what is written out already stays as it is."""
        if self.is_english or isinstance(value, str):
            return str(value)
        from babel.dates import format_date, format_skeleton  # noqa: PLC0415 - English needs none

        if isinstance(value, Day):
            day = date(value.year, value.month, value.number)
            return format_date(day, "long", locale=_locale(self))
        return format_skeleton("yMMMM", date(value.year, value.number, 1), locale=_locale(self))

    def time_of_day(self, value: Time) -> str:
        """`6:30pm`; elsewhere as the language writes a time of day."""
        if self.is_english:
            return str(value)
        from babel.dates import format_time  # noqa: PLC0415 - English needs none

        on_any_day = datetime(2000, 1, 1, value.hour, value.minute)  # noqa: DTZ001 - of no zone
        return format_time(on_any_day, "short", locale=_locale(self))

    def short_month(self, month: Month) -> str:
        """`Sep 2024`, where there is little room."""
        if self.is_english:
            return month.short
        from babel.dates import format_skeleton  # noqa: PLC0415 - English needs none

        return format_skeleton("yMMM", date(month.year, month.number, 1), locale=_locale(self))


def _filled(message: str, names: dict[str, object]) -> str:
    return message % names if names else message


def _catalogue(tag: str) -> Path:
    return CATALOGUES / tag / "messages.po"


@cache
def _messages(language: Language) -> NullTranslations:
    """The catalogue, read anew by each start: it takes a few milliseconds."""
    if language.is_english:
        return NullTranslations()
    from babel.messages.mofile import write_mo  # noqa: PLC0415 - English needs none
    from babel.messages.pofile import read_po  # noqa: PLC0415

    compiled = io.BytesIO()
    with _catalogue(language.tag).open("rb") as file:
        write_mo(compiled, read_po(file, locale=language.tag))
    compiled.seek(0)
    return GNUTranslations(compiled)


@cache
def _locale(language: Language) -> "Locale":
    from babel import Locale  # noqa: PLC0415 - English needs none

    return Locale.parse(language.tag, sep="-")


def english_name(language: Language) -> str:
    """What it is called in English: `Polish`."""
    if language.is_english:
        return language.name
    from babel import Locale  # noqa: PLC0415 - English needs none

    return str(Locale.parse(language.tag, sep="-").get_language_name("en"))


def _formatted(value: Decimal, language: Language) -> str:
    """Grouped as the language does, with as many decimals as the number has."""
    from babel.numbers import format_decimal  # noqa: PLC0415 - English needs none

    places = max(0, -int(value.as_tuple().exponent))
    grouping = _locale(language).decimal_formats[None].pattern.partition(".")[0]
    pattern = f"{grouping}.{'0' * places}" if places else grouping
    return format_decimal(value, format=pattern, locale=_locale(language), numbering_system="latn")


@cache
def _percent_signs(language: Language) -> tuple[str, str]:
    """What stands before and after a percentage."""
    pattern = _locale(language).percent_formats[None]
    return pattern.prefix[0], pattern.suffix[0]


@cache
def separators(language: Language) -> tuple[str, str]:
    """The mark before the decimals, and the one between thousands."""
    if language.is_english:
        return ".", ","
    from babel.numbers import get_decimal_symbol, get_group_symbol  # noqa: PLC0415

    where = _locale(language)
    return (
        get_decimal_symbol(where, numbering_system="latn"),
        get_group_symbol(where, numbering_system="latn"),
    )


ENGLISH = Language("en-GB", "English")
LANGUAGES = {
    language.tag: language
    for language in (
        ENGLISH,
        Language("ar", "العربية", "rtl", "Arab"),
        Language("bn", "বাংলা", script="Beng"),
        Language("cy", "Cymraeg"),
        Language("pa", "ਪੰਜਾਬੀ", script="Guru"),
        Language("pl", "Polski"),
        Language("so", "Soomaali"),
        Language("ta", "தமிழ்", script="Taml"),
        Language("tr", "Türkçe"),
        Language("ur", "اردو", "rtl", "Arab"),
    )
}
"""Every language that our typefaces can set; those with a catalogue can be printed."""
