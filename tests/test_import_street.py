"""Street-level crime by borough, month and category."""

import csv
from collections import Counter

import pytest
from importing import STREET, months, real_files

from policing_summary.importers import street
from policing_summary.importers.boroughs import Boroughs
from policing_summary.importers.shelf import site_of

FINANCIAL = ("--edition", "2024-25", "--year", "2024-04")
MET, CITY = "Metropolitan Police Service", "City of London Police"


@real_files
def test_the_report_is_what_the_file_adds_up_to(london):
    assert london.run("street", STREET, "--report") == 0
    with STREET.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    expected = Counter(
        (row["LSOA name"].rpartition(" ")[0] or "(no place)", row["Month"], row["Crime type"])
        for row in rows
    )
    found = list(csv.reader(london.said.splitlines()))
    assert found[0] == ["borough", "month", "category", "crimes"]
    assert {tuple(line[:3]): int(line[3]) for line in found[1:]} == expected
    assert sum(expected.values()) == 734


@real_files
def test_one_month_is_not_a_year(london):
    before = london.files
    assert london.run("street", STREET, *FINANCIAL) is None
    assert "April 2023 to December 2023, February 2024 to March 2025" in london.said
    assert london.files == before


@real_files
def test_what_is_set_aside_in_the_real_file_is_counted(london):
    boroughs = Boroughs(site_of(london.root).boroughs)
    categories = [row.casefold() for row in CATEGORIES]
    file = street.read(STREET, STREET.name, boroughs, categories)
    (said,) = [line for line in street.told([file]) if "without a place" in line]
    assert said == f"Set aside from {STREET.name}: 77 lines without a place."
    assert f"{STREET.name} has 16 crime IDs on several lines" in "\n".join(street.told([file]))


CATEGORIES = (
    *("Anti-social behaviour", "Bicycle theft", "Burglary", "Criminal damage and arson", "Drugs"),
    *("Other crime", "Other theft", "Possession of weapons", "Public order", "Robbery"),
    *("Shoplifting", "Theft from the person", "Vehicle crime", "Violence and sexual offences"),
)

# Small files

HEAD = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,"
    "Crime type,Last outcome category,Context"
)
USED = ("Robbery", "Burglary", "Shoplifting", "Theft from the person")


def line(month, area, category, force=MET, crime="a1"):
    return f"{crime},{month},{force},{force},0,51,On or near A,E01,{area},{category},Unknown,"


@pytest.fixture
def year(desk):
    """A file for each month: one crime of each kind in each borough, two robberies in Barnet."""
    names = []
    for month in months(202304, 202503):
        dashed = f"{month[:4]}-{month[4:]}"
        lines = [HEAD]
        for area in ("Barnet 001A", "Havering 011C", "Westminster 002B"):
            lines += [line(dashed, area, category) for category in USED]
        lines += [line(dashed, "Barnet 002D", "Robbery"), line(dashed, "", "Robbery")]
        lines += [line(dashed, "Epping Forest 001A", "Robbery")]
        name = f"{dashed}-metropolitan-street.csv"
        desk.write(name, "\r\n".join([*lines, ""]))
        names.append(name)
    return names


def test_a_year_of_files_fills_the_rows(desk, year):
    assert desk.run("street", *year, *FINANCIAL) == 0
    assert desk.rows("barnet")["robbery"] == {"measure": "robbery", "before": "24", "now": "24"}
    assert desk.rows("havering")["robbery"] == {"measure": "robbery", "before": "12", "now": "12"}
    assert desk.rows("havering")["burglary"] == {"measure": "burglary", "before": "12", "now": "12"}
    text = desk.read("content/2024-25/barnet.yaml")
    assert (
        "file: 2023-04-metropolitan-street.csv to 2025-03-metropolitan-street.csv (24 files)"
        in text
    )
    assert "site.yaml lists no such borough: Epping Forest (1)" in desk.said
    assert not (desk.root / "content/2024-25/city-of-london.yaml").exists()


def test_a_borough_is_filled_from_its_own_force_only(desk, year):
    for name in year:
        city = name.replace("metropolitan", "city-of-london")
        month = name[:7]
        lines = [HEAD, *(line(month, "City of London 001F", kind, CITY) for kind in USED)]
        lines.append(line(month, "Westminster 001A", "Robbery", CITY))
        desk.write(city, "\n".join([*lines, ""]))
    cities = [name.replace("metropolitan", "city-of-london") for name in year]
    assert desk.run("street", *cities, *FINANCIAL) == 0
    assert set(desk.files) == {"site.yaml", "2024-25/edition.yaml", "2024-25/city-of-london.yaml"}
    assert desk.run("street", *year, *cities, *FINANCIAL) == 0
    assert desk.rows("westminster")["robbery"]["now"] == "24"


def test_a_month_that_is_missing_is_told(desk, year):
    assert desk.run("street", *year[:5], *year[6:], *FINANCIAL) is None
    assert "this month is in none of the files: September 2023" in desk.said


def test_a_month_that_stands_in_two_files_is_told(desk, year):
    desk.write("copy.csv", (desk.root / year[3]).read_bytes())
    assert desk.run("street", *year, "copy.csv", *FINANCIAL) is None
    assert f"July 2023 of {MET} stands in {year[3]} already" in desk.said
    assert "copy.csv:1:1" in desk.said


GOOD = line("2024-01", "Barnet 001A", "Robbery")
BAD = {
    "a category that nobody knows": (
        line("2024-01", "Barnet 001A", "Robbry"),
        ("unknown category `Robbry`", "s.csv:2:"),
    ),
    "a month that is none": (
        line("2024-13", "Barnet 001A", "Robbery"),
        ("`2024-13` is not a month", "s.csv:2:4"),
    ),
    "an area without its code": (
        line("2024-01", "Barnet", "Robbery"),
        ("`Barnet` is not the name of a small area", "s.csv:2:"),
    ),
    "a force that is not London's": (
        line("2024-01", "Barnet 001A", "Robbery", "Kent Police"),
        ("`Kent Police` is not a police force of a London borough", "s.csv:1:1"),
    ),
    "a line that is cut off": (
        "a1,2024-01",
        ("this line has 2 cells, and the headings are 12", "s.csv:2:1"),
    ),
}


@pytest.mark.parametrize(("text", "expected"), BAD.values(), ids=BAD)
def test_what_is_wrong_is_told_where_it_stands(text, expected, desk):
    desk.write("s.csv", f"{HEAD}\n{text}\n")
    assert desk.run("street", "s.csv", *FINANCIAL) is None
    assert [words for words in expected if words not in desk.said] == []


@pytest.mark.parametrize("text", ["Month,Crime type\n2024-01,Robbery\n", HEAD + "\n"])
def test_another_file_or_none_is_told(text, desk):
    desk.write("s.csv", text)
    assert desk.run("street", "s.csv", *FINANCIAL) is None
    assert "s.csv:1:1" in desk.said
