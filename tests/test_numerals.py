"""House style: how numbers, dates and phone numbers are read, and how they are printed."""

from decimal import Decimal

import pytest

from policing_summary import numerals
from policing_summary.numerals import Day, Month, Phone, Typed, Unit, UnreadableError, read_number

READ = {
    "0": Typed(Decimal(0)),
    "1498": Typed(Decimal(1498)),
    "4,555": Typed(Decimal(4555)),
    "1,234,567": Typed(Decimal(1234567)),
    "+20": Typed(Decimal(20), signed=True),
    "-361": Typed(Decimal(-361), signed=True),
    "−361": Typed(Decimal(-361), signed=True),
    "–361": Typed(Decimal(-361), signed=True),
    "- 361": Typed(Decimal(-361), signed=True),
    "51.4 %": Typed(Decimal("51.4"), Unit.PERCENT),
    "51.4%": Typed(Decimal("51.4"), Unit.PERCENT),
    "-2.5 per cent": Typed(Decimal("-2.5"), Unit.PERCENT, signed=True),
    "-2.5 Percent": Typed(Decimal("-2.5"), Unit.PERCENT, signed=True),
    "3.8 points": Typed(Decimal("3.8"), Unit.POINTS),
    "1 percentage point": Typed(Decimal(1), Unit.POINTS),
    "2pp": Typed(Decimal(2), Unit.POINTS),
    " 0.5 ": Typed(Decimal("0.5")),
    "1.0": Typed(Decimal("1.0")),
}


@pytest.mark.parametrize(("typed", "expected"), READ.items())
def test_a_number_is_read_in_every_way_that_editors_write_it(typed, expected):
    assert read_number(typed) == expected


UNREAD = {
    "0300": "write `300`",
    "00": "write `0`",
    "12:30": "write a number here",
    "1,8": "write `1.8`, or group the digits in threes",
    "14,98": "write `14.98`, or group the digits in threes",
    "1 498": "write `1498`",
    "1_000": "write `1000`",
    ".5": "write `0.5`",
    "-.5%": "write `-0.5%`",
    "NO": "in digits",
    "": "in digits",
    "%": "in digits",
    "-": "in digits",
    "1e3": "in digits",
    "0x1F": "in digits",
    "1.2.3": "in digits",
    "+-6": "in digits",
    "٣٤": "in digits",
    "²": "in digits",
    "100 offences": "write the number alone",
    "1234567890123": "has a key stuck",
    "1.00000000000000000001": "has a key stuck",
}


@pytest.mark.parametrize(("typed", "way_out"), UNREAD.items())
def test_what_is_no_number_or_could_be_two_is_refused_with_a_way_out(typed, way_out):
    with pytest.raises(UnreadableError) as error:
        read_number(typed)
    assert way_out in error.value.way_out


ROUNDED = {
    ("0.05", 1): "0.1",
    ("0.25", 1): "0.3",
    ("-0.25", 1): "-0.3",
    ("-0.35", 1): "-0.4",
    ("2.5", 0): "3",
    ("-2.5", 0): "-3",
    ("-0.04", 1): "0.0",
    ("25.5006675567", 1): "25.5",
}


@pytest.mark.parametrize(("given", "expected"), ROUNDED.items())
def test_halves_round_away_from_nought(given, expected):
    value, places = given
    assert str(numerals.rounded(Decimal(value), places)) == expected


PRINTED = [
    (numerals.count, "4555", "4,555"),
    (numerals.count, "-1234567", "−1,234,567"),
    (numerals.count, "0", "0"),
    (numerals.signed, "382", "+382"),
    (numerals.signed, "-361", "−361"),
    (numerals.signed, "0", "0"),
    (numerals.percent, "53.1", "53.1%"),
    (numerals.percent, "0.05", "0.1%"),
    (numerals.signed_percent, "25.5", "+25.5%"),
    (numerals.signed_percent, "-22.9", "−22.9%"),
    (numerals.signed_percent, "-0.04", "0.0%"),
    (numerals.signed_percent, "1250", "+1,250.0%"),
]


@pytest.mark.parametrize(("form", "value", "expected"), PRINTED)
def test_a_number_is_printed_in_house_style(form, value, expected):
    assert form(Decimal(value)) == expected


MONTHS = {
    "2009-06": "June 2009",
    "06/2009": "June 2009",
    "6/2009": "June 2009",
    "June 2009": "June 2009",
    "jun 2009": "June 2009",
    "Sept 2009": "September 2009",
    "2009 december": "December 2009",
}


@pytest.mark.parametrize(("typed", "expected"), MONTHS.items())
def test_a_month_is_read_and_printed(typed, expected):
    assert str(Month.read(typed)) == expected


@pytest.mark.parametrize(
    "typed",
    ["2009-13", "2009-00", "2009", "June", "Ju 2009", "Junk 2009", "2009-06-01", "06-09", ""],
)
def test_what_is_no_month_is_refused(typed):
    with pytest.raises(UnreadableError, match="is not a month"):
        Month.read(typed)


DAYS = {
    "2024-02-16": ("16 February 2024", "2024-02-16"),
    "16 February 2024": ("16 February 2024", "2024-02-16"),
    "16  feb 2024": ("16 February 2024", "2024-02-16"),
    "2024-02-29": ("29 February 2024", "2024-02-29"),
}


@pytest.mark.parametrize(("typed", "expected"), DAYS.items())
def test_a_day_is_read_and_printed(typed, expected):
    day = Day.read(typed)
    assert (str(day), day.iso) == expected


@pytest.mark.parametrize(
    "typed", ["2010-02-30", "2023-02-29", "31/12/2010", "2010-06", "today", ""]
)
def test_what_is_no_day_is_refused(typed):
    with pytest.raises(UnreadableError, match="is not a day"):
        Day.read(typed)


def test_days_and_months_follow_one_another():
    assert Month(2009, 12) < Month(2010, 1)
    assert Day(2010, 1, 31) < Day(2010, 2, 1)


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [("2009", "2010", "2009–2010"), ("April 2009", "March 2010", "April 2009 – March 2010")],
)
def test_a_range_has_an_en_dash(first, last, expected):
    assert numerals.date_range(first, last) == expected


PHONES = {
    "020 7202 0202": ("020 7202 0202", "tel:+442072020202"),
    "02072020202": ("020 7202 0202", "tel:+442072020202"),
    "(020) 7202-0202": ("020 7202 0202", "tel:+442072020202"),
    "+44 20 7202 0202": ("020 7202 0202", "tel:+442072020202"),
    "+44 (0)20 7202 0202": ("020 7202 0202", "tel:+442072020202"),
    "0300 123 1212": ("0300 123 1212", "tel:+443001231212"),
    "0800 555 111": ("0800 555 111", "tel:+44800555111"),
    "0808 2000 247": ("0808 200 0247", "tel:+448082000247"),
    "0161 496 0000": ("0161 496 0000", "tel:+441614960000"),
    "01632 960000": ("01632 960000", "tel:+441632960000"),
    "07700 900000": ("07700 900000", "tel:+447700900000"),
    "101": ("101", "tel:101"),
    "999": ("999", "tel:999"),
    "116 123": ("116123", "tel:116123"),
    "+33 1 44 55 66 77": ("+33 1 44 55 66 77", "tel:+33144556677"),
}


@pytest.mark.parametrize(("typed", "expected"), PHONES.items())
def test_a_phone_number_is_printed_one_way_and_can_be_dialled(typed, expected):
    phone = Phone.read(typed)
    assert (phone.shown, phone.href) == expected


@pytest.mark.parametrize(
    "typed",
    [
        *("020 7202 020", "020 7202 02020", "0300 123 121", "0800 HELP", "12345", "7202 0202", ""),
        *("0000 000 0000", "+0 123 456 789", "020 7202 0202 (free)", "٠٢٠ ٧٢٠٢ ٠٢٠٢", "1e10"),
    ],
)
def test_what_is_no_phone_number_is_refused(typed):
    with pytest.raises(UnreadableError, match="is not a phone number"):
        Phone.read(typed)
