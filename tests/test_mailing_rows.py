"""Rows of a list: what is wrong with each, told by its number, and never by whom it is."""

import re

import pytest
from mailing_lists import CASES, FACE, GOOD, NOTHING, OTHER, as_csv, cases, gather, said

from policing_summary.mailing import zones
from policing_summary.mailing.fitting import LEADING, Measure, sizes
from policing_summary.model.mailing import Mailing, TypeSizes

BY_NAME = {case.name: case for case in cases()}
BAD = {name: case for name, case in BY_NAME.items() if case.told.strip() != NOTHING}


@pytest.mark.parametrize("case", BY_NAME.values(), ids=BY_NAME)
def test_a_row_is_told_by_its_number_with_the_way_out(case):
    assert said(case.cells) + "\n" == case.told


def test_no_case_is_passed_over_and_there_are_many_kinds():
    headings = re.findall(r"^## (.+)$", CASES.read_text("utf-8"), re.MULTILINE)
    assert list(BY_NAME) == headings
    assert len({case.told for case in BAD.values()}) >= 35


@pytest.mark.parametrize("case", BAD.values(), ids=BAD)
def test_nobody_can_be_recognised_by_what_is_told(case):
    """Words that are quoted are headings, what the edition makes, or an example."""
    words = {word for cell in case.cells.values() for word in re.findall(r"\w{4,}", cell)}
    known = "headings postcode reference Address Title Name column country above"
    assert [word for word in words if word in case.told and word not in known] == []


def test_good_rows_go_on_and_only_bad_ones_are_left_out():
    gathered = gather(as_csv(GOOD, OTHER | {"Postcode": "RM1"}, OTHER))
    assert [one.row for one in gathered.recipients] == [4, 2]
    assert gathered.bad_rows == {3}


def test_all_that_is_wrong_with_all_rows_is_told_at_once():
    gathered = gather(
        as_csv(
            GOOD | {"Surname": "", "First name": "", "Title": "", "Postcode": "X"},
            OTHER,
            GOOD | {"Country": "Spain"},
        )
    )
    assert [(fault.row, fault.field) for fault in gathered.faults] == [
        (2, "`Postcode`"),
        (2, "`Surname`"),
        (4, "`Country`"),
    ]


MENDED = {
    "a postcode in small letters": ({"Postcode": "rm13bd"}, ("Ms Ada Example", "12 Sample Street", "ROMFORD", "RM1 3BD")),
    "commas at the ends": ({"Address 1": " 12  Sample Street, "}, ("Ms Ada Example", "12 Sample Street", "ROMFORD", "RM1 3BD")),
    "lines within a cell": ({"Address 1": "Flat 2\n12 Sample Street"}, ("Ms Ada Example", "Flat 2", "12 Sample Street", "ROMFORD", "RM1 3BD")),
    "the town twice": ({"Address 2": "Romford"}, ("Ms Ada Example", "12 Sample Street", "ROMFORD", "RM1 3BD")),
    "the postcode twice": ({"Address 3": "rm1 3bd"}, ("Ms Ada Example", "12 Sample Street", "ROMFORD", "RM1 3BD")),
    "the home country in the address": ({"Town": "", "Address 2": "Romford", "Address 3": "England"}, ("Ms Ada Example", "12 Sample Street", "Romford", "RM1 3BD")),
    "an island that is the post town": ({"Town": "St Helier", "Postcode": "JE2 3AB", "Country": "Jersey"}, ("Ms Ada Example", "12 Sample Street", "ST HELIER", "JERSEY", "JE2 3AB")),
    "an island said twice": ({"Town": "Sark", "Postcode": "GY10 1SF", "Country": "SARK"}, ("Ms Ada Example", "12 Sample Street", "SARK", "GY10 1SF")),
    "strokes for nothing": ({"Address 2": "-", "Address 3": "n/a", "Organisation": "–"}, ("Ms Ada Example", "12 Sample Street", "ROMFORD", "RM1 3BD")),
    "an organisation": ({"Organisation": "Example Ltd"}, ("Ms Ada Example", "Example Ltd", "12 Sample Street", "ROMFORD", "RM1 3BD")),
    "a title that stands in the name": ({"First name": "Ms Ada"}, ("Ms Ada Example", "12 Sample Street", "ROMFORD", "RM1 3BD")),
    "a space that does not break": ({"Surname": "van\xa0Example"}, ("Ms Ada van Example", "12 Sample Street", "ROMFORD", "RM1 3BD")),
    "an accent as a sign of its own": ({"Surname": "Muller\u0301"}, ("Ms Ada Mulleŕ", "12 Sample Street", "ROMFORD", "RM1 3BD")),
}  # fmt: skip


@pytest.mark.parametrize(("cells", "printed"), MENDED.values(), ids=MENDED)
def test_what_can_be_mended_is_printed_as_the_post_wants_it(cells, printed):
    [one] = gather(as_csv(GOOD | cells)).recipients
    assert one.printed == printed


WHOLE = {
    "lines in a cell": '"12 Sample Street\nRomford\nRM1 3BD"',
    "commas": '"12 Sample Street, Romford, RM1 3BD"',
    "a comma after the number": '"12, Sample Street, Romford, RM1 3BD"',
}


@pytest.mark.parametrize("cell", WHOLE.values(), ids=WHOLE)
def test_a_whole_address_may_stand_in_one_column(cell):
    [one] = gather(f"Name,Address\nAda Example,{cell}\n").recipients
    assert one.printed == ("Ada Example", "12 Sample Street", "Romford", "RM1 3BD")


def test_house_and_street_are_joined_where_the_house_is_a_number():
    rows = "Full Name,House No,Street,Town,Post Code\nA B,12a,Sample Street,Romford,RM1 3BD\nC D,Sample House,Sample Street,Romford,RM1 3BD\n"
    first, second = gather(rows).recipients
    assert first.lines == ("A B", "12a Sample Street", "ROMFORD")
    assert second.lines == ("C D", "Sample House", "Sample Street", "ROMFORD")


def test_the_order_is_that_of_the_post():
    codes = [
        "RM10 1AA",
        "RM2 1AA",
        "N10 1AA",
        "N2 1AA",
        "W1A 1HQ",
        "W1 1AA",
        "RM2 1AB",
        "EC1A 1BB",
        "E2 1AA",
    ]
    rows = [
        GOOD | {"Address 1": f"{n} Sample Street", "Postcode": code} for n, code in enumerate(codes)
    ]
    assert [str(one.postcode) for one in gather(as_csv(*rows)).recipients] == [
        "E2 1AA", "EC1A 1BB", "N2 1AA", "N10 1AA", "RM2 1AA", "RM2 1AB", "RM10 1AA", "W1 1AA", "W1A 1HQ",
    ]  # fmt: skip


def test_neighbours_with_one_postcode_stay_in_the_order_of_the_list():
    rows = [GOOD | {"Address 1": f"{number} Sample Street"} for number in (9, 1, 5)]
    assert [one.row for one in gather(as_csv(*rows)).recipients] == [2, 3, 4]


def test_each_edition_is_together_and_the_usual_one_comes_first():
    asked = [("pl", ""), ("", ""), ("", "large print"), ("en", "")]
    rows = [
        GOOD | {"Address 1": f"{n} Sample Street", "Language": language, "Format": form}
        for n, (language, form) in enumerate(asked)
    ]
    found = gather(as_csv(*rows)).recipients
    assert [(one.row, one.edition.format, one.edition.language) for one in found] == [
        (3, "a5-booklet", "en-GB"),
        (5, "a5-booklet", "en-GB"),
        (2, "a5-booklet", "pl"),
        (4, "large-print", "en-GB"),
    ]


def test_a_household_is_noted_and_everybody_in_it_gets_one():
    gathered = gather(as_csv(GOOD, OTHER, GOOD | {"First name": "Bob"}))
    assert len(gathered.recipients) == 3
    assert gathered.notes == (
        "1 address gets the same leaflet more than once, for different people: rows 2 and 4. All are printed.",
    )


def test_what_is_passed_over_is_noted():
    text = "Name,Address 1,Town,County,Postcode,Age\nA B,1 C St,Romford,Essex,RM1 3BD,9\n,,,,,\n,,,,,\nC D,2 C St,Romford,,RM1 3BD,9\n"
    gathered = gather(text)
    assert gathered.notes == (
        "Nothing was read from these columns: `Age`.",
        "The county is not printed: the post does not need it.",
        "2 empty rows were passed over.",
    )
    assert [one.row for one in gathered.recipients] == [2, 5]


# Fitting


def measure(width: float, height: float = 40, smallest: str = "10") -> Measure:
    given = TypeSizes.model_validate({"smallest": smallest})
    return Measure("carrier", zones.Box(20, 20, width, height), sizes(given), FACE)


def test_a_line_is_measured_in_the_typeface_and_not_counted_in_letters():
    narrow, wide = "illicit little lilt will", "W" * 24
    assert len(narrow) == len(wide)
    assert measure(60).fit([narrow]) == 12
    assert measure(60).fit([wide]) is None


def test_a_line_gets_the_largest_type_that_it_fits_at():
    line = "The Example Association of Sample Street"
    widths = {
        size: FACE.width(line, size) / zones.POINTS_PER_MM for size in (12, 11.5, 11, 10.5, 10)
    }
    for size, width in widths.items():
        assert measure(width + 0.01).fit([line]) == size
    assert measure(widths[10] - 0.01).fit([line]) is None
    assert measure(widths[10] + 0.01, smallest="11").fit([line]) is None


def test_a_zone_has_room_for_as_many_lines_as_are_high_enough():
    for lines in range(1, 9):
        size = 10
        height = (size + (lines - 1) * size * LEADING) / zones.POINTS_PER_MM
        assert measure(80, height).room(size) == lines
        assert measure(80, height - 0.01).room(size) == lines - 1


def test_lines_are_further_apart_than_machines_ask_for():
    assert LEADING >= 1.2


@pytest.mark.parametrize("carrier", ["a5", "a5-landscape", "dl", "a4"])
def test_every_carrier_has_room_for_a_usual_address(carrier):
    given = Mailing.model_validate({"carrier": carrier})
    usual = Measure("carrier", zones.carrier_zone(given), sizes(given.type_size), FACE)
    lines = ["Mrs Alexandra Example-Sampleson", "Example Holdings Ltd", "Flat 3, Sample House", "112 Invented Avenue", "HORNCHURCH", "RM11 1QT"]  # fmt: skip
    assert usual.fit(lines) is not None


@pytest.mark.parametrize("labels", zones.SHEETS)
def test_every_label_has_room_for_a_usual_address(labels):
    usual = Measure("label", zones.label_zone(zones.SHEETS[labels]), (12, 11, 10), FACE)
    assert usual.fit(["Ms Ada Example", "Flat 3", "112 Invented Avenue", "HORNCHURCH", "RM11 1QT"])
