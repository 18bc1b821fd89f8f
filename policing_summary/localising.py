"""What Unicode's CLDR knows of a language: separators, dates and the names of months.

Everything is asked for by tag, and nothing here is needed for English.
"""

import io
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from gettext import GNUTranslations
from pathlib import Path

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, get_decimal_symbol, get_group_symbol

DIGITS = "latn"  # those of figures and telephone numbers around


@cache
def locale(tag: str) -> Locale:
    return Locale.parse(tag, sep="-")


def english_name(tag: str) -> str:
    return str(locale(tag).get_language_name("en"))


def catalogue(path: Path, tag: str) -> GNUTranslations:
    """The messages of a source file, compiled in memory."""
    compiled = io.BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=tag))
    compiled.seek(0)
    return GNUTranslations(compiled)


@cache
def letters_said(path: Path, tag: str) -> frozenset[str]:
    """Every letter that a catalogue says, its plural forms among them."""
    with path.open("rb") as file:
        said = (message.string for message in read_po(file, locale=tag) if message.id)
        return frozenset(letter for each in said for letter in "".join(each or ()))


def number(value: Decimal, tag: str) -> str:
    """A number that is not negative, grouped as the language does, with the decimals that it has."""
    places = max(0, -int(value.as_tuple().exponent))
    grouping = locale(tag).decimal_formats[None].pattern.partition(".")[0]
    pattern = f"{grouping}.{'0' * places}" if places else grouping
    return format_decimal(value, format=pattern, locale=locale(tag), numbering_system=DIGITS)


@cache
def percent_signs(tag: str) -> tuple[str, str]:
    """What stands before and after a percentage."""
    pattern = locale(tag).percent_formats[None]
    return pattern.prefix[0], pattern.suffix[0]


@cache
def separators(tag: str) -> tuple[str, str]:
    """The mark before the decimals, and the one between thousands."""
    decimal = get_decimal_symbol(locale(tag), numbering_system=DIGITS)
    return decimal, get_group_symbol(locale(tag), numbering_system=DIGITS)


def day(year: int, month: int, number: int, tag: str) -> str:
    return format_date(date(year, month, number), "long", locale=locale(tag))


def month(year: int, number: int, tag: str, *, short: bool = False) -> str:
    skeleton = "yMMM" if short else "yMMMM"
    return format_skeleton(skeleton, date(year, number, 1), locale=locale(tag))


def time_of_day(hour: int, minute: int, tag: str) -> str:
    on_any_day = datetime(2000, 1, 1, hour, minute)  # noqa: DTZ001 - of no zone
    return format_time(on_any_day, "short", locale=locale(tag))


@cache
def months(tag: str) -> tuple[str, ...]:
    """Every form of the months' names: alone, in a date, and shortened."""
    known = locale(tag).months
    forms = (known[use][width] for use in known for width in ("wide", "abbreviated"))
    return tuple(dict.fromkeys(name.rstrip(".") for form in forms for name in form.values()))
