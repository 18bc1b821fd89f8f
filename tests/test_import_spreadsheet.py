"""Any spreadsheet: told once how it is read, and read so from then on."""

import datetime as dt

import openpyxl
import pytest
from importing import edition_file
from openpyxl.styles import numbers

from policing_summary.importers import spreadsheet

YEAR = ("--edition", "2024-25", "--year", "2024-04", "--as", "council")
FIRST = (
    *("--title", "Council figures", "--publisher", "The council", "--borough", "Area"),
    *("--column", "2023/24=robbery:before", "--column", "2024/25=robbery:now"),
)
TABLE = """\
Area,2023/24,2024/25,Remark
Barnet,"1,200",1100,
E09000016,300,310,checked
City of Westminster,5000,5100,
"""
KEPT = """\

imports:
  council:
    title: Council figures
    publisher: The council
    header-row: 1
    borough: Area
    columns:
      - column: 2023/24
        measure: robbery
        gives: before
      - column: 2024/25
        measure: robbery
        gives: now
"""


def test_the_first_time_it_is_said_how_it_is_read_and_that_is_kept(desk):
    desk.write("council.csv", TABLE)
    assert desk.run("spreadsheet", "council.csv", *YEAR, *FIRST) == 0
    assert desk.rows("barnet") == {
        "robbery": {"measure": "robbery", "before": "1200", "now": "1100"}
    }
    assert desk.rows("havering")["robbery"]["now"] == "310"
    assert desk.rows("westminster")["robbery"]["before"] == "5000"
    assert desk.read("content/2024-25/edition.yaml") == edition_file() + KEPT
    assert "imports: council" in desk.said
    assert "Not in it, and left as they are: City of London." in desk.said


def test_the_next_time_its_name_is_enough(desk):
    desk.write("council.csv", TABLE)
    desk.run("spreadsheet", "council.csv", *YEAR, *FIRST)
    before = desk.files
    assert desk.run("spreadsheet", "council.csv", *YEAR) == 0
    assert "Nothing to change" in desk.said
    assert desk.files == before
    desk.write("council.csv", TABLE.replace("1100", "1090"))
    desk.run("spreadsheet", "council.csv", *YEAR)
    assert "robbery  now: 1100 → 1090" in desk.said
    assert desk.read("content/2024-25/edition.yaml").count("council:") == 1


def test_it_is_not_kept_if_nobody_agrees(desk):
    desk.write("council.csv", TABLE)
    before = desk.files
    assert desk.run("spreadsheet", "council.csv", *YEAR, *FIRST, answer=False) == 0
    assert desk.files == before


def test_without_being_told_nothing_is_guessed(desk):
    desk.write("council.csv", TABLE)
    assert desk.run("spreadsheet", "council.csv", *YEAR) is None
    assert "nobody has said yet how `council` is read" in desk.said


def test_what_was_confirmed_is_not_changed_in_passing(desk):
    desk.write("council.csv", TABLE)
    desk.run("spreadsheet", "council.csv", *YEAR, *FIRST)
    assert desk.run("spreadsheet", "council.csv", *YEAR, *FIRST) is None
    assert "how `council` is read was confirmed already" in desk.said
    line = desk.read("content/2024-25/edition.yaml").splitlines().index("  council:") + 1
    assert f"content/2024-25/edition.yaml:{line}:3" in desk.said


def test_a_total_is_set_aside_if_it_is_said(desk):
    desk.write("council.csv", TABLE + "All of London,9,9,\n")
    assert desk.run("spreadsheet", "council.csv", *YEAR, *FIRST) is None
    assert "unknown borough `All of London`" in desk.said
    assert "did you mean `City of London`? Or, if it is a total" in desk.said
    assert '--set-aside "All of London"' in desk.said
    assert (
        desk.run("spreadsheet", "council.csv", *YEAR, *FIRST, "--set-aside", "all of london") == 0
    )
    assert "Set aside: `All of London` on line 5." in desk.said


BAD = {
    "no such column": (
        "2023/24,",
        "2023-24,",
        ("there is no column `2023/24`", ":1:1", "did you mean `2023-24`?"),
    ),
    "two columns of one name": (
        "Remark",
        "2024/25",
        ("two columns have the heading `2024/25`", ":1:14"),
    ),
    "a borough that nobody knows": ("Barnet", "Barnat", ("unknown borough `Barnat`", ":2:1")),
    "a borough twice": (
        "City of Westminster",
        "Barnet",
        ("Barnet stands already on line 2", ":4:1"),
    ),
    "a cell that is empty": (",1100,", ",,", ("this cell is empty", ":2:16")),
    "a cell that is no number": ("1100", "about 1100", ("`about 1100` is not a number", ":2:16")),
    "a comma that could mean two things": (
        "1100",
        '"1,1"',
        ("the comma in `1,1` could mean", ":2:16"),
    ),
    "a percentage of offences": ("1100", "11%", ("`11%` is not a number of offences", ":2:16")),
    "half an offence": ("1100", "11.5", ("`11.5` is not a number of offences", ":2:16")),
    "a negative number": ("1100", "-11", ("`-11` is not a number of offences", ":2:16")),
    "a line without a borough": ("Barnet,", ",", ("this line has no borough", ":2:1")),
}


@pytest.mark.parametrize(("old", "new", "expected"), BAD.values(), ids=BAD)
def test_what_is_wrong_is_told_where_it_stands(old, new, expected, desk):
    assert old in TABLE
    desk.write("council.csv", TABLE.replace(old, new, 1))
    before = desk.files
    assert desk.run("spreadsheet", "council.csv", *YEAR, *FIRST) is None
    assert [words for words in expected if words not in desk.said] == []
    assert desk.files == before


def test_a_measure_that_is_not_in_the_edition_is_told(desk):
    desk.write("council.csv", TABLE)
    typed = [word.replace("robbery", "robbary") for word in FIRST]
    assert desk.run("spreadsheet", "council.csv", *YEAR, *typed) is None
    assert "unknown measure `robbary`" in desk.said
    assert "did you mean `robbery`?" in desk.said


# XLSX


def book(desk, *, name="figures.xlsx", sheets=("Figures",), rows=(), formats=None):
    made = openpyxl.Workbook()
    made.remove(made.active)
    for title in sheets:
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(row)
        for cell, form in (formats or {}).items():
            sheet[cell].number_format = form
    made.save(desk.root / name)
    return name


ROWS = (
    ["Figures of the council", None, None],
    [dt.date(2025, 5, 1)],
    ["Area", "2023/24", "2024/25"],
    ["Barnet", 1200, 1100.0],
    [None, None, None],
    ["Havering", 300, 310],
)


def test_a_sheet_with_its_headings_further_down(desk):
    name = book(desk, sheets=("Notes", "Figures"), rows=ROWS)
    more = (*YEAR, *FIRST, "--sheet", "Figures", "--header-row", "3")
    assert desk.run("spreadsheet", name, *more) == 0
    assert desk.rows("barnet")["robbery"] == {"measure": "robbery", "before": "1200", "now": "1100"}
    kept = desk.read("content/2024-25/edition.yaml")
    assert "    sheet: Figures\n    header-row: 3\n" in kept
    assert desk.run("spreadsheet", name, *YEAR) == 0
    assert "Nothing to change" in desk.said


def test_a_percentage_is_a_percentage_and_nothing_else(desk):
    columns = ("--column", "Trust=trust:now")
    told = (*FIRST[:6], *columns)
    rows = (["Area", "Trust"], ["Barnet", 0.73], ["Havering", 0.7])
    name = book(desk, rows=rows, formats={"B2": numbers.FORMAT_PERCENTAGE, "B3": "0.0%"})
    assert desk.run("spreadsheet", name, *YEAR, *told) == 0
    assert desk.rows("barnet")["trust"]["now"] == "73%"
    assert desk.rows("havering")["trust"]["now"] == "70%"
    bare = book(desk, name="bare.xlsx", rows=rows)
    assert desk.run("spreadsheet", bare, *YEAR) is None
    assert "`0.73` could be a part of one or a percentage" in desk.said
    assert "bare.xlsx:2:8" in desk.said


BOOKS = {
    "several sheets": ({"sheets": ("A", "B")}, (), "this file has several sheets: `A`, `B`"),
    "no such sheet": ({}, ("--sheet", "Data"), "there is no sheet `Data`"),
    "too few rows": ({}, ("--header-row", "9"), "this sheet has no row 9 for its headings"),
}


@pytest.mark.parametrize(("how", "more", "told"), BOOKS.values(), ids=BOOKS)
def test_a_sheet_that_is_not_there_is_told(how, more, told, desk):
    name = book(desk, rows=ROWS, **how)
    assert desk.run("spreadsheet", name, *YEAR, *FIRST, *more) is None
    assert told in desk.said


def test_a_formula_without_a_value_is_told_at_its_cell(desk):
    name = book(desk, rows=[*ROWS[2:], ["Westminster", 5, "=B3*2"]])
    assert desk.run("spreadsheet", name, *YEAR, *FIRST) is None
    assert "column 3 has a formula without a value" in desk.said
    assert "figures.xlsx:5:15" in desk.said


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"PK\x03\x04 not a book", "not an XLSX file"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 30, "an XLS file"),
    ],
)
def test_what_is_no_spreadsheet_is_told(data, told, desk):
    desk.write("figures.xlsx", data)
    assert desk.run("spreadsheet", "figures.xlsx", *YEAR, *FIRST) is None
    assert told in desk.said


@pytest.mark.parametrize(
    "typed", ["2024/25=robbery", "robbery:now", "=robbery:now", "a=robbery:later"]
)
def test_a_column_is_typed_in_one_way(typed):
    with pytest.raises(ValueError, match=r".*"):
        spreadsheet.typed_column(typed)
