"""The Met's files → performance rows: recomputed on the real files, told at its line on small ones."""

import csv
import hashlib
import re

import pytest
from importing import (
    ACROSS,
    HISTORICAL,
    OLDER,
    RECENT,
    edition_file,
    met_lines,
    months,
    real_files,
)

from policing_summary import rendering
from policing_summary.importers import met_crime, series, shelf
from policing_summary.importers.boroughs import Boroughs
from policing_summary.importers.years import Year
from policing_summary.numerals import Month

FINANCIAL = ("--edition", "2024-25", "--year", "2024-04")
MAJOR = {  # what the publisher itself adds up, as a check that does not know our table of labels
    "robbery": {"ROBBERY"},
    "burglary": {"BURGLARY"},
}
MINOR = {
    "residential-burglary": {
        "DOMESTIC BURGLARY",
        "BURGLARY IN A DWELLING",
        "BURGLARY - RESIDENTIAL",
        "RES BURGLARY OF A HOME",
        "RES BURGLARY OF UNCONNECTED BUILDING",
    },
    "business-burglary": {"BURGLARY BUSINESS AND COMMUNITY", "BURGLARY NON-DWELLING"},
    "theft-from-vehicles": {"THEFT FROM A VEHICLE"},
    "theft-of-vehicles": {"THEFT OR UNAUTH TAKING OF A MOTOR VEH"},
    "theft-from-person": {"THEFT FROM THE PERSON"},
    "shoplifting": {"SHOPLIFTING"},
    "violence-with-injury": {"VIOLENCE WITH INJURY", "DEATH SERIOUS INJURY ILLEGAL DRIVING"},
    "violence-without-injury": {"VIOLENCE WITHOUT INJURY", "STALKING AND HARASSMENT"},
    "homicide": {"HOMICIDE"},
}


def recomputed(files, wanted):
    """Offences by measure and borough in the `wanted` months, from the files alone."""
    counts = {}
    for path, (start, end) in files.items():
        with path.open(newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        here = [month for month in wanted if start <= int(month) <= end]
        for row in rows:
            number = sum(int(row[month]) for month in here)
            measures = [name for name, minors in MINOR.items() if row["MinorText"] in minors]
            measures += [name for name, majors in MAJOR.items() if row["MajorText"] in majors]
            measures += ["total-recorded-crime"] if row["MinorText"] != "NFIB" else []
            for measure in measures:
                key = (measure, row["BoroughName"])
                counts[key] = counts.get(key, 0) + number
    return counts


def imported_counts(desk, field):
    """What the sheets say after an import, sums worked out, by measure and borough's name."""
    return {
        (figure.id, sheet.borough.entry.name): int(getattr(figure, field))
        for sheet in desk.sheets().values()
        for figure in sheet.table("performance", "measures")
    }


PERIODS = {
    "a financial year": (
        "2024-04",
        {HISTORICAL: (201004, 202311), RECENT: (202312, 202511)},
        202304,
    ),
    "a calendar year": (
        "2024-01",
        {HISTORICAL: (201004, 202311), RECENT: (202312, 202511)},
        202301,
    ),
    "twelve months across the change of system": ("2024-03", {ACROSS: (202303, 202502)}, 202303),
    "an old year": ("2019-07", {HISTORICAL: (201004, 202311)}, 201807),
    "an old year in an older file": ("2019-07", {OLDER: (201004, 202204)}, 201807),
}


@real_files
@pytest.mark.parametrize(("year", "files", "first"), PERIODS.values(), ids=PERIODS)
def test_every_borough_and_measure_is_what_the_file_adds_up_to(year, files, first, london):
    london.reports_on(str(Year(Month.read(year))))
    assert london.run("met-crime", *files, "--edition", "2024-25", "--year", year) == 0
    span = months(first, 203012)[:24]
    for field, wanted in (("before", span[:12]), ("now", span[12:])):
        found = imported_counts(london, field)
        assert len({name for _, name in found}) == 32
        assert len(found) == 32 * 12
        expected = recomputed(files, wanted)
        assert found == {key: expected.get(key, 0) for key in found}
        assert sum(found.values()) > 500_000


@real_files
def test_all_32_boroughs_have_a_table_with_its_source(london):
    assert london.run("met-crime", HISTORICAL, RECENT, *FINANCIAL, "--extracted", "2025-12-08") == 0
    sheets = london.sheets()
    assert len(sheets) == 32
    for sheet in sheets.values():
        for medium in ("page", "leaflet"):
            html = rendering.sections(rendering.Context(sheet, medium, lambda person: ""))
            table = html.partition('<table class="figures">')[2].partition("</table>")[0]
            assert table.count("<tr") == 1 + 12
            assert (
                '<p class="note source-line">Source: Metropolitan Police Service, recorded crime by '
                "borough, 8 December 2025 (Open Government Licence v3.0).</p>"
            ) in html


@real_files
def test_the_source_is_kept_with_its_checksum(london):
    london.run("met-crime", HISTORICAL, RECENT, *FINANCIAL)
    (section,) = (
        p.section for p in london.sheets()["havering"].borough.parts if p.name == "performance"
    )
    first, second = section.sources
    assert (first.file, first.period) == (HISTORICAL.name, "April 2023 to November 2023")
    assert (second.file, second.period) == (RECENT.name, "December 2023 to March 2025")
    assert second.checksum == hashlib.sha256(RECENT.read_bytes()).hexdigest()
    assert section.period == "April 2024 to March 2025"


@real_files
def test_what_is_set_aside_is_said(london):
    london.run("met-crime", HISTORICAL, RECENT, *FINANCIAL)
    assert (
        "Set aside: `Unknown`, 25,613 offences in the year before, 9,625 in this one."
        in london.said
    )
    assert "Set aside: `London Heathrow and London City Airports`, 4,627 offences" in london.said
    assert "These are 4,627 fewer: as many may only have moved to the boroughs" in london.said
    assert "no line `VIOLENT DISORDER` for Bromley, Camden, Kingston upon Thames" in london.said
    assert "The City of London has a police force of its own" in london.said
    assert not (london.root / "content/2024-25/city-of-london.yaml").exists()


@real_files
def test_a_label_that_ends_in_february_2024_is_joined_and_said(london):
    london.reports_on("March 2024 to February 2025")
    london.run("met-crime", ACROSS, "--edition", "2024-25", "--year", "2024-03")
    row = london.rows("havering")["residential-burglary"]
    assert 0.5 < int(row["now"]) / int(row["before"]) < 1.5
    assert (
        "`BURGLARY IN A DWELLING` (March 2023 to February 2024), `BURGLARY - RESIDENTIAL` "
        "(February 2024 to February 2025)" in london.said
    )


@real_files
def test_a_single_label_across_february_2024_is_refused(london, tmp_path, monkeypatch):
    """Somebody takes the new label out of the series: it is told, never minus a hundred percent."""
    text = met_crime.LABELS.read_text(encoding="utf-8")
    assert text.count('    "BURGLARY - RESIDENTIAL",\n') == 1
    crippled = text.replace('    "BURGLARY - RESIDENTIAL",\n', "")
    table = london.write("labels.toml", crippled)
    monkeypatch.setattr(met_crime, "LABELS", table)
    london.reports_on("March 2024 to February 2025")
    before = london.files
    arguments = ("met-crime", ACROSS, "--edition", "2024-25", "--year", "2024-03")
    assert london.run(*arguments) is None
    assert f"unknown label `BURGLARY - RESIDENTIAL`\n  ╭─ {ACROSS}:4:" in london.said
    aside = crippled.replace('"NFIB" =', '"BURGLARY - RESIDENTIAL" = "Forgotten."\n"NFIB" =')
    table.write_text(aside, encoding="utf-8")
    assert london.run(*arguments) is None
    assert (
        "`residential-burglary` breaks off: 0 offences in March 2024 to February 2025"
        in london.said
    )
    assert london.files == before


@real_files
def test_every_label_of_the_real_files_is_known():
    labels = series.read(met_crime.LABELS)
    for path in (HISTORICAL, OLDER, RECENT, ACROSS):
        download = met_crime.read(path, str(path))
        found = {record.label.casefold() for record in download.records}
        assert found <= labels.by_label.keys()
        assert len({record.area for record in download.records}) == 34


@real_files
def test_downloads_that_overlap_with_other_numbers_are_refused_until_one_is_preferred(london):
    arguments = ("met-crime", ACROSS, RECENT, *FINANCIAL)
    before = london.files
    assert london.run(*arguments) is None
    assert (
        "two files give different numbers for the same months (December 2023 to February 2025)"
        in london.said
    )
    assert re.search(rf"`arson` in December 2023: 3 in {ACROSS}:\d+, 4 here", london.said)
    assert london.files == before
    assert london.run(*arguments, "--prefer", RECENT) == 0
    expected = recomputed({RECENT: (202312, 202511)}, months(202404, 202503))
    found = imported_counts(london, "now")
    assert found == {key: expected.get(key, 0) for key in found}


# Small files


def test_both_generations_of_headings_and_capitals_say_the_same(desk, met):
    count = lambda label, area, month: len(label) + len(area) + int(month[-2:])  # noqa: E731
    old = met("old.csv", borough="LookUp_BoroughName", count=count, end="\r\n")
    new = met(
        "new.csv",
        lines=[met_lines(count=count)[0], *(line.upper() for line in met_lines(count=count)[1:])],
    )
    desk.run("met-crime", old, *FINANCIAL)
    rows = {slug: desk.rows(slug) for slug in ("barnet", "havering", "westminster")}
    assert rows["barnet"]["homicide"] == {"measure": "homicide", "before": "246", "now": "246"}
    assert desk.run("met-crime", new, *FINANCIAL) == 0
    assert {slug: desk.rows(slug) for slug in rows} == rows


def test_a_rolling_year_is_set_against_the_twelve_months_before():
    year = Year(Month(2024, 3))
    assert (year.before[0], year.before[-1]) == (Month(2023, 3), Month(2024, 2))
    assert (year.now[0], year.now[-1]) == (Month(2024, 3), Month(2025, 2))
    assert str(year) == "March 2024 to February 2025"


def test_a_row_that_is_absent_counts_as_none_because_others_have_it(desk, met):
    lines = [line for line in met_lines() if "Homicide,Barnet" not in line]
    desk.run("met-crime", met(lines=lines), *FINANCIAL)
    assert desk.rows("barnet")["homicide"] == {"measure": "homicide", "before": "0", "now": "0"}
    assert (
        "met.csv has no line `HOMICIDE` for Barnet: counted as none, because 2 other boroughs have one"
        in desk.said
    )


def test_files_that_overlap_and_agree_are_taken_together(desk, met):
    one = met("one.csv", first=202304, last=202406)
    two = met("two.csv", first=202401, last=202503)
    assert desk.run("met-crime", one, two, *FINANCIAL) == 0
    assert desk.rows("barnet")["robbery"] == {"measure": "robbery", "before": "240", "now": "240"}


def test_sums_that_the_edition_declares_are_left_to_it(desk, met):
    desk.run("met-crime", met(), *FINANCIAL)
    rows = desk.rows("barnet")
    assert rows["burglary"] == {"measure": "burglary"}
    assert list(rows).index("burglary") > list(rows).index("business-burglary")
    (figure,) = (
        f for f in desk.sheets()["barnet"].table("performance", "measures") if f.id == "burglary"
    )
    assert (figure.before, figure.now) == (240, 240)


def without(lines, *words):
    return [line for line in lines if not all(word in line for word in words)]


def swapped(lines, old, new, nth=1):
    found = [i for i, line in enumerate(lines) if old in line]
    assert len(found) >= nth, old
    changed = list(lines)
    changed[found[nth - 1]] = changed[found[nth - 1]].replace(old, new, 1)
    return changed


GOOD = met_lines()
HEAD = GOOD[0]
BAD = {
    "a label that nobody knows": (
        swapped(GOOD, "Homicide,Havering", "Homicides,Havering"),
        ("unknown label `Homicides`", "met.csv:33:29"),
    ),
    "a borough that nobody knows": (
        swapped(GOOD, "Homicide,Havering", "Homicide,Haverng"),
        ("unknown borough `Haverng`", "met.csv:33", "did you mean `Havering`?"),
    ),
    "an area that is no borough": (
        swapped(GOOD, "Homicide,Havering", "Homicide,Thames Valley"),
        ("unknown borough `Thames Valley`", "met.csv:33"),
    ),
    "the same line twice": (
        [*GOOD, GOOD[1]],
        ("`Burglary - Residential` stands here already for Barnet", f"met.csv:{len(GOOD) + 1}:"),
    ),
    "a borough without any line": (
        without(GOOD, ",Havering,"),
        ("this file has no line for havering", "met.csv:1:1", "not one without crime"),
    ),
    "a series that is not in the file": (
        without(GOOD, "Shoplifting"),
        ("no line of this file is about `shoplifting`", "met.csv:1:1"),
    ),
    "a month that is missing at the end": (
        met_lines(last=202502),
        (
            "this month is in none of the files: March 2025",
            "met.csv:1:1",
            "met.csv holds April 2023 to February 2025",
        ),
    ),
    "months that are missing at the beginning": (
        met_lines(first=202307),
        ("these months are in none of the files: April 2023 to June 2023", "met.csv:1:1"),
    ),
    "a month that is missing in the middle": (
        [",".join(c for i, c in enumerate(line.split(",")) if i != 10) for line in GOOD],
        ("December 2023 does not follow October 2023", "met.csv:1:82"),
    ),
    "months in another order": (
        swapped(GOOD, "202305,202306", "202306,202305"),
        ("June 2023 does not follow April 2023", "met.csv:1:40"),
    ),
    "a month written in another way": (
        swapped(GOOD, ",202305", ",2023-05"),
        ("the heading `2023-05` is neither a month nor one of the usual columns", "met.csv:1:40"),
    ),
    "a month that there is not": (
        swapped(GOOD, ",202305", ",202313"),
        ("the heading `202313` is neither a month", "met.csv:1:40"),
    ),
    "a cell that is empty": (
        swapped(GOOD, "Rape,Havering,10", "Rape,Havering,"),
        ("April 2023 is empty here", "met.csv:36:31"),
    ),
    "a cell that is no number": (
        swapped(GOOD, "Rape,Havering,10", "Rape,Havering,n/a"),
        ("`n/a` is not a number of offences", "met.csv:36:31"),
    ),
    "a negative number": (
        swapped(GOOD, "Rape,Havering,10", "Rape,Havering,-1"),
        ("`-1` is not a number of offences", "met.csv:36:31"),
    ),
    "a number with decimals": (
        swapped(GOOD, "Rape,Havering,10", "Rape,Havering,10.0"),
        ("`10.0` is not a number of offences", "met.csv:36:31"),
    ),
    "a line that is cut off": (
        [*GOOD[:-1], "Theft,Rape"],
        ("this line has 2 cells, and the headings are 27", f"met.csv:{len(GOOD)}:1"),
    ),
    "semicolons": (
        [line.replace(",", ";") for line in GOOD],
        ("this file is separated by semicolons, not by commas", "met.csv:1:10"),
    ),
    "tabs": (
        [line.replace(",", "\t") for line in GOOD],
        ("this file is separated by tabs, not by commas", "met.csv:1:10"),
    ),
    "the file by ward": (
        [HEAD.replace("BoroughName", "LookUp_BoroughName,WardName,WardCode"), *GOOD[1:]],
        ("this line has", "met.csv:2:1"),
    ),
    "the file by ward, with its columns": (
        [HEAD.replace("BoroughName", "LookUp_BoroughName,WardName"), "a,b,c,d" + ",1" * 24],
        ("this is the file by ward", "met.csv:1:1"),
    ),
    "a street-level file": (
        ["Crime ID,Month,Reported by,Falls within", "1,2024-01,a,b"],
        ("this is a street-level file", "met.csv:1:1", "import street"),
    ),
    "another table": (
        ["Year,Region,Value", "2024,London,3"],
        ("the headings have no `MinorText` and `BoroughName`", "met.csv:1:1"),
    ),
    "a web page": (
        ["<!DOCTYPE html>", "<title>Not found</title>"],
        ("this is a web page, not CSV", "met.csv:1:1"),
    ),
    "headings alone": ([HEAD], ("there is nothing below the headings", "met.csv:1:1")),
    "headings without months": (
        ["MajorText,MinorText,BoroughName", "a,b,c"],
        ("no month is among the headings", "met.csv:1:1"),
    ),
    "nothing at all": ([""], ("this file is empty", "met.csv:1:1")),
    "a quotation mark that does not end": (
        swapped(GOOD, "Sexual Offences,Rape,Havering", '"Sexual Offences,Rape,Havering'),
        ("this line cannot be read as CSV", "met.csv:36"),
    ),
    "a series that breaks off": (
        met_lines(
            count=lambda label, area, month: 0 if "Shop" in label and month > "202402" else 40
        ),
        (
            "`shoplifting` breaks off: 0 offences in March 2024 to March 2025",
            "met.csv:1:1",
            "`SHOPLIFTING` has 0",
        ),
    ),
}


@pytest.mark.parametrize(("lines", "expected"), BAD.values(), ids=BAD)
def test_what_is_wrong_with_a_file_is_told_where_it_stands(lines, expected, desk, met):
    before = desk.files
    assert desk.run("met-crime", met(lines=lines), *FINANCIAL) is None
    assert [words for words in expected if words not in desk.said] == []
    assert desk.files == before
    assert desk.asked == []


def test_overlapping_downloads_with_other_numbers_are_told_at_both_lines(desk, met):
    one = met("one.csv")
    lines = met_lines()
    two = met("two.csv", lines=swapped(lines, "Shoplifting,Havering,10", "Shoplifting,Havering,11"))
    line = 1 + next(i for i, text in enumerate(lines) if "Shoplifting,Havering" in text)
    assert desk.run("met-crime", one, two, *FINANCIAL) is None
    assert f"`shoplifting` in April 2023: 10 in one.csv:{line}, 11 here" in desk.said
    assert f"╭─ two.csv:{line}:" in desk.said
    assert "`--prefer two.csv`" in desk.said
    assert desk.run("met-crime", one, two, *FINANCIAL, "--prefer", "two.csv") == 0
    assert desk.rows("havering")["shoplifting"]["before"] == "121"
    assert desk.run("met-crime", one, two, *FINANCIAL, "--prefer", "tow.csv") is None
    assert "did you mean `two.csv`?" in desk.said


def test_the_problems_of_all_files_are_told_at_once(desk, met):
    one = met("one.csv", lines=["a;b"])
    desk.run("met-crime", one, "gone.csv", *FINANCIAL)
    assert "╭─ gone.csv:1:1" in desk.said
    assert "this file cannot be opened (no such file or directory)" in desk.said
    assert "╭─ one.csv:1:2" in desk.said


def test_a_file_of_another_kind_does_not_fill_the_screen(desk, met):
    lines = [HEAD, *(f"a,label {n},Barnet" + ",1" * 24 for n in range(500))]
    desk.run("met-crime", met(lines=lines), *FINANCIAL)
    assert len(desk.problems) == 21
    assert "there are 480 more problems in this file" in desk.said


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (HEAD.encode("utf-16"), "saved as UTF-16"),
        (HEAD.encode() + b"\nTheft,Caf\xe9,Barnet", "not saved as UTF-8"),
        (b"PK\x03\x04" + b"x" * 40, "a packed file or a spreadsheet"),
    ],
)
def test_a_file_that_is_not_text_is_told(data, told, desk):
    desk.write("met.csv", data)
    assert desk.run("met-crime", "met.csv", *FINANCIAL) is None
    assert told in desk.said


def test_an_edition_with_none_of_the_measures_is_told_in_its_file(desk, met):
    desk.write(
        "content/2024-25/edition.yaml",
        "title: A\nlabel: B\nperiod: C\nmeasures:\n  burglery: {name: D}\n",
    )
    assert desk.run("met-crime", met(), *FINANCIAL) is None
    assert "content/2024-25/edition.yaml:4:1" in desk.said
    assert "did you mean `burglary`?" in desk.said


def test_a_measure_of_another_unit_is_told_in_the_edition(desk, met):
    text = edition_file().replace("    name: Homicide\n", "    name: Homicide\n    unit: percent\n")
    desk.write("content/2024-25/edition.yaml", text)
    assert desk.run("met-crime", met(), *FINANCIAL) is None
    line = text.splitlines().index("    unit: percent") + 1
    assert f"content/2024-25/edition.yaml:{line}:11" in desk.said


def test_another_year_than_the_edition_s_is_told_once(desk, met):
    assert desk.run("met-crime", met(), "--edition", "2024-25", "--year", "2024-03") is None
    assert len(desk.problems) == 1
    assert "content/2024-25/edition.yaml:4:9" in desk.said
    assert "import with `--year 2024-04`, or correct the period here" in desk.said


def test_an_edition_that_is_not_there_is_told(desk, met):
    assert desk.run("met-crime", met(), "--edition", "2024-52", "--year", "2024-04") is None
    assert "did you mean `2024-25`?" in desk.said


# The table of labels


@pytest.mark.parametrize("name", ["met_crime", "attitudes", "street"])
def test_a_table_of_labels_gives_a_reason_for_each_series(name):
    path = met_crime.LABELS.with_name(f"{name}.toml")
    table = series.read(path)
    assert table.series
    assert all(one.reason.strip() and one.labels for one in table.series.values())
    assert {label for one in table.series.values() for label in one.labels} <= table.by_label.keys()


def test_a_label_in_two_series_is_a_fault(tmp_path):
    text = met_crime.LABELS.read_text(encoding="utf-8")
    path = tmp_path / "labels.toml"
    path.write_text(text.replace('["RAPE"]', '["RAPE", "Homicide"]'), encoding="utf-8")
    with pytest.raises(ValueError, match="`homicide` stands there twice"):
        series.read(path)


def test_a_sum_of_something_unknown_is_a_fault(tmp_path):
    text = met_crime.LABELS.read_text(encoding="utf-8")
    path = tmp_path / "labels.toml"
    path.write_text(text.replace('of = ["rape", ', 'of = ["rap", '), encoding="utf-8")
    with pytest.raises(ValueError, match="rap"):
        series.read(path)


NAMES = {
    "Westminster": "westminster",
    "City of Westminster": "westminster",
    "CITY OF WESTMINSTER": "westminster",
    "London Borough of Barnet": "barnet",
    " barnet ": "barnet",
    "E09000016": "havering",
    "City of London": "city-of-london",
    "London": None,
    "Barnett": None,
    "City of Barnet Road": None,
}


@pytest.mark.parametrize(("typed", "slug"), NAMES.items(), ids=NAMES)
def test_a_borough_is_known_by_its_names_and_no_other(typed, slug, desk):
    assert Boroughs(shelf.site_of(desk.root).boroughs).slug(typed) == slug
