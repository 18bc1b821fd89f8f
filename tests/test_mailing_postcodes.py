"""Postcodes: what is one, what was meant, and the order of the post."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policing_summary.mailing import postcodes
from policing_summary.mailing.postcodes import Postcode, PostcodeError

GOOD = {
    "A9 9AA": ("m1 1aa", "M1 1AA"),
    "A99 9AA": ("M601NW", "M60 1NW"),
    "AA9 9AA": ("cr2 6xh", "CR2 6XH"),
    "AA99 9AA": ("DN55 1PT", "DN55 1PT"),
    "A9A 9AA": ("W1A 1HQ", "W1A 1HQ"),
    "AA9A 9AA": ("EC1A1BB", "EC1A 1BB"),
    "the bank that had one of its own": ("GIR 0AA", "GIR 0AA"),
    "forces by number": ("bfpo 61", "BFPO 61"),
    "forces by code": ("BF1 2AB", "BF1 2AB"),
    "Jersey": ("JE2 3AB", "JE2 3AB"),
    "the Isle of Man": ("IM1 1AD", "IM1 1AD"),
    "Guernsey": ("GY1 1WW", "GY1 1WW"),
    "a district 0": ("SL0 9AA", "SL0 9AA"),
    "stops and spaces": (" R M 1. 3BD ", "RM1 3BD"),
}


@pytest.mark.parametrize(("typed", "shown"), GOOD.values(), ids=GOOD)
def test_a_postcode_is_printed_in_one_way(typed, shown):
    assert str(postcodes.read(typed)) == shown


BAD = {
    "Q": ("Q1 1AA", "no postcode begins with Q"),
    "V": ("VV1 1AA", "no postcode begins with V"),
    "X": ("X1 1AA", "no postcode begins with X"),
    "second I": ("AI1 1AA", "the second letter of a postcode is never I"),
    "second J": ("AJ1 1AA", "the second letter of a postcode is never J"),
    "second Z": ("AZ1 1AA", "the second letter of a postcode is never Z"),
    "third letter": ("W1I 1AA", "no district of this form ends in I"),
    "fourth letter": ("SW1D 1AA", "no district of this form ends in D"),
    "area": ("AA1 1AA", "there is no postcode area AA"),
    "half": ("SW1A", "only the first half of a postcode is here"),
    "letters after": ("RM1 3BDX", "this is not the form of a postcode"),
    "nothing": ("", "this is not the form of a postcode"),
    "signs of another script": ("RM１ 3BD", "this is not the form of a postcode"),
    "three digits": ("RM123 3BD", "this is not the form of a postcode"),
    "overseas": ("FIQQ 1ZZ", "this is a code of an overseas territory"),
    **{f"inward {letter}": (f"RM1 3{letter}D", f"{letter} is never among the last two") for letter in "CIKMOV"},
    **{f"last {letter}": (f"RM1 3D{letter}", f"{letter} is never among the last two") for letter in "CIKMOV"},
}  # fmt: skip


@pytest.mark.parametrize(("typed", "what"), BAD.values(), ids=BAD)
def test_what_is_no_postcode_is_told(typed, what):
    with pytest.raises(PostcodeError) as told:
        postcodes.read(typed)
    assert told.value.what.startswith(what)
    assert told.value.way_out


SWAPPED = {
    "S017 1AB": "write the letter O",
    "RMI 3BD": "write the digit 1",
    "RM1 OBD": "write the digit 0",
    "W1A IHQ": "write the digit 1",
    "1G1 1AA": "write the letter I",
    "RM1 3B0": "look the address up",  # an O is never there either
}


@pytest.mark.parametrize(("typed", "way_out"), SWAPPED.items(), ids=SWAPPED)
def test_a_letter_that_looks_like_a_digit_is_told(typed, way_out):
    with pytest.raises(PostcodeError) as told:
        postcodes.read(typed)
    assert way_out in f"{told.value.way_out} {told.value.what}"


def test_there_are_124_areas_that_are_places_and_three_that_are_none():
    areas = set(postcodes.AREAS.pattern.split("|"))
    assert len(areas) == 124 + 3
    assert {"BF", "BX", "GIR", "JE", "GY", "IM", "ZE"} <= areas


def test_a_postcode_is_found_in_a_line():
    assert postcodes.found_in("Romford, Essex rm1 3bd") == Postcode("RM", 1, "", 3, "BD")
    assert postcodes.found_in("Flat 12, 3AB House") is None
    assert postcodes.found_in("QX1 1AA or N2 1AA") == Postcode("N", 2, "", 1, "AA")


AREA = st.sampled_from([area for area in postcodes.AREAS.pattern.split("|") if area != "GIR"])
UNIT = st.text(alphabet="ABDEFGHJLNPQRSTUWXYZ", min_size=2, max_size=2)
CODES = st.builds(Postcode, AREA, st.integers(0, 99), st.just(""), st.integers(0, 9), UNIT)


@given(CODES)
def test_every_postcode_that_can_be_is_read_as_it_is_printed(code):
    assert postcodes.read(str(code)) == code
    assert postcodes.read(str(code).replace(" ", "").lower()) == code


@given(st.lists(CODES, min_size=2))
def test_the_order_is_by_area_then_by_number(codes):
    ordered = sorted(codes, key=lambda code: code.order)
    for one, other in pairwise(ordered):
        assert (one.area, one.district, one.sector, one.unit) <= (
            other.area,
            other.district,
            other.sector,
            other.unit,
        )


def outcome(typed: str) -> tuple[str, str]:
    """The postcode, or what is told."""
    try:
        return str(postcodes.read(typed)), ""
    except PostcodeError as error:
        return "", f"{error.what} {error.way_out}"


@given(st.text(max_size=12))
def test_whatever_is_typed_is_a_postcode_or_told_without_being_quoted(typed):
    code, told = outcome(typed)
    assert bool(code) != bool(told)
    assert not code or outcome(code) == (code, "")
    assert len(typed.strip()) < 5 or typed.strip() not in told
