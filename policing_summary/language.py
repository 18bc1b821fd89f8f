"""The languages that page and leaflet can be printed in: their words, numbers, dates and direction.

English needs no catalogue: its words are the messages themselves, and its numbers those of
`numerals`. Every other language takes words from `locale/<tag>/messages.po`, and separators and
dates from Unicode's CLDR. Digits are European everywhere, like those of telephone numbers. A
language is a value and is handed on; there is no current one.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from gettext import NullTranslations
from pathlib import Path
from typing import Literal

from policing_summary import numerals
from policing_summary.numerals import MINUS, MONTHS, Day, Month, Time

CATALOGUES = Path(__file__).parent / "locale"
LEFT_TO_RIGHT, ISOLATED, UNTIL_HERE = "\u200e", "\u2066", "\u2069"
PLACES = ("borough", "boroughs")
_BOROUGH = re.compile(r"(?<!\()\b(?:(?P<article>[Aa]) )?(?P<initial>[Bb])orough(?P<plural>s?)\b")
Direction = Literal["ltr", "rtl"]
Script = Literal["Latn", "Arab", "Beng", "Guru", "Taml"]
SCRIPTS: dict[Script, str] = {
    "Latn": "Latin",
    "Arab": "Arabic or Latin",
    "Beng": "Bengali or Latin",
    "Guru": "Gurmukhi or Latin",
    "Taml": "Tamil or Latin",
}


@dataclass(frozen=True)
class Language:
    """`tag` is BCP 47's, as it stands in `lang` and in file names; `name` is its own for itself.

    `quotes` are what typed quotation marks turn into: two around words, two within those (CLDR).
    """

    tag: str
    name: str
    direction: Direction = "ltr"
    script: Script = "Latn"
    quotes: str = "“”‘’"
    places: tuple[str, str] = field(default=PLACES, compare=False)
    """What the site calls one of its boroughs, and several: `district`, `districts`. Only in English."""

    @property
    def is_english(self) -> bool:
        return self.tag.partition("-")[0] == "en"

    @property
    def is_mirrored(self) -> bool:
        return self.direction == "rtl"

    @property
    def letters(self) -> str:
        """What its script is called, for messages."""
        return SCRIPTS[self.script]

    @property
    def has_words(self) -> bool:
        """Whether its catalogue is there, so that something can be printed in it."""
        return self.is_english or (CATALOGUES / self.tag / "messages.po").is_file()

    # Words

    def gettext(self, message: str, /, **names: object) -> str:
        """The message in this language, with its `%(name)s` filled in."""
        return _filled(self.named(_messages(self).gettext(message)), names)

    def ngettext(self, one: str, many: str, count: int, /, **names: object) -> str:
        """The form of the message for so many."""
        return _filled(self.named(_messages(self).ngettext(one, many, count)), names)

    def pgettext(self, context: str, message: str, /, **names: object) -> str:
        """The message as it is said in a context that needs a form of its own."""
        return _filled(self.named(_messages(self).pgettext(context, message)), names)

    def named(self, message: str) -> str:
        """The program's own words with the site's word for a borough; other languages keep theirs."""
        if self.places == PLACES or not self.is_english:
            return message
        return _BOROUGH.sub(self._place_word, message)

    def _place_word(self, found: re.Match[str]) -> str:
        article, initial, plural = found["article"], found["initial"], found["plural"]
        word = self.places[1 if plural else 0]
        if initial == "B":
            word = word[:1].upper() + word[1:]
        if article:
            an = "n" if word[:1].lower() in "aeiou" else ""
            return f"{article}{an} {word}"
        return word

    def left_to_right(self, text: str) -> str:
        """A telephone number or an address, which no language turns round, nor a line that ends in it."""
        if not self.is_mirrored:
            return text
        mark = LEFT_TO_RIGHT
        return f"{mark}{text.replace('/', f'/{mark}')}{mark}"

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
        """With the decimals that it has. A mark keeps its sign where it is after Arabic letters."""
        before, after = self._percent_signs
        plus = f"{self._mark}+" if signed and value > 0 else self._mark
        sign = self._minus(value) or plus
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
    def _percent_signs(self) -> tuple[str, str]:
        """What stands before and after a percentage."""
        if self.is_english:
            return "", "%"
        from policing_summary import localising

        return localising.percent_signs(self.tag)

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
        from policing_summary import localising

        return localising.number(abs(Decimal(value)), self.tag)

    # Dates

    def date(self, value: Day | Month | str) -> str:
        """A day or a month written out; what is written out already stays as it is."""
        if self.is_english or isinstance(value, str):
            return str(value)
        from policing_summary import localising

        if isinstance(value, Day):
            return localising.day(value.year, value.month, value.number, self.tag)
        return localising.month(value.year, value.number, self.tag)

    def time_of_day(self, value: Time) -> str:
        """`6:30pm`; elsewhere as the language writes a time of day."""
        if self.is_english:
            return str(value)
        from policing_summary import localising

        return localising.time_of_day(value.hour, value.minute, self.tag)

    def short_month(self, month: Month) -> str:
        """`Sep 2024`, where there is little room."""
        if self.is_english:
            return month.short
        from policing_summary import localising

        return localising.month(month.year, month.number, self.tag, short=True)

    # What stands in texts

    @property
    def separators(self) -> tuple[str, str]:
        """The mark before the decimals, and the one between thousands."""
        if self.is_english:
            return ".", ","
        from policing_summary import localising

        return localising.separators(self.tag)

    @property
    def months(self) -> tuple[str, ...]:
        """Every form of the months' names."""
        if self.is_english:
            return (*MONTHS, *(month[:3] for month in MONTHS))
        from policing_summary import localising

        return localising.months(self.tag)

    @property
    def spans(self) -> tuple[str, ...]:
        """How the words begin before which a number is a duration."""
        told = self.pgettext("beginnings of words", "year|month|week|day|night|hour|minute|second")
        return tuple(told.split("|"))

    @property
    def units_of_points(self) -> tuple[str, ...]:
        """What a number of percentage points is followed by, in every form."""
        numbers = [Decimal(n) for n in ("1", "2", "3", "5", "6", "8", "0.5")]
        told = {form(n) for n in numbers for form in (self.points, self.short_points)}
        return tuple(sorted({text.partition(" ")[2] for text in told}))


def _filled(message: str, names: dict[str, object]) -> str:
    return message % names if names else message


@cache
def _messages(language: Language) -> NullTranslations:
    """The catalogue, read anew by each start: it takes a few milliseconds."""
    if language.is_english:
        return NullTranslations()
    from policing_summary import localising

    return localising.catalogue(CATALOGUES / language.tag / "messages.po", language.tag)


def letters_said(language: Language) -> frozenset[str]:
    """What the program's own words in a language are made of; nothing of English, whose letters are known."""
    if language.is_english:
        return frozenset()
    from policing_summary import localising

    return localising.letters_said(CATALOGUES / language.tag / "messages.po", language.tag)


def english_name(language: Language) -> str:
    """What it is called in English: `Polish`."""
    if language.is_english:
        return language.name
    from policing_summary import localising

    return localising.english_name(language.tag)


ENGLISH = Language("en-GB", "English")
LANGUAGES = {
    language.tag: language
    for language in (
        ENGLISH,
        Language("ar", "العربية", "rtl", "Arab", "”“’‘"),
        Language("bn", "বাংলা", script="Beng"),
        Language("cy", "Cymraeg"),
        Language("pa", "ਪੰਜਾਬੀ", script="Guru"),
        Language("pl", "Polski", quotes="„”«»"),
        Language("so", "Soomaali"),
        Language("ta", "தமிழ்", script="Taml"),
        Language("tr", "Türkçe"),
        Language("ur", "اردو", "rtl", "Arab", "”“’‘"),
    )
}
"""Every language that our typefaces can set; those with a catalogue can be printed."""
