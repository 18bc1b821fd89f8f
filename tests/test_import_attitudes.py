"""The Public Attitude Survey → the confidence section, in page and leaflet."""

import csv
from decimal import Decimal

import pytest
from importing import SURVEY, real_files

from policing_summary import rendering
from policing_summary.importers import attitudes

QUARTER = ("--edition", "2024-25", "--quarter", "2023-12")
MEASURES = {"Trust MPS": "trust", '"Good Job" local': "good-job-local"}
SLUGS = {"City of Westminster": "westminster", "Richmond Upon Thames": "richmond-upon-thames"}


@real_files
def test_every_borough_is_what_the_file_says(london):
    assert london.run("attitudes", SURVEY, *QUARTER) == 0
    with SURVEY.open(newline="", encoding="utf-8") as file:
        lines = list(csv.reader(file))[1:]
    expected = {}
    for date, _, borough, measure, share, mps, *_ in lines:
        field = {"31/12/2023": "now", "31/12/2022": "before"}.get(date)
        if field and measure in MEASURES:
            slug = SLUGS.get(borough, borough.lower().replace(" ", "-"))
            row = expected.setdefault((slug, MEASURES[measure]), {})
            row[field] = Decimal(share.replace(",", ".")) * 100
            if field == "now":
                row["comparator"] = Decimal(mps.replace(",", ".")) * 100
    found = {
        (slug, row.measure): {
            "now": row.now.value,
            "before": row.before.value,
            "comparator": row.comparator,
        }
        for slug, sheet in london.sheets().items()
        for row in sheet.borough.part("confidence").section.measures
    }
    assert len(found) == 32 * 2
    assert found == expected


@real_files
def test_columns_without_a_heading_are_said_and_not_read(london):
    london.run("attitudes", SURVEY, *QUARTER)
    assert (
        f"{SURVEY}:8034 has `Trust`, `0,71` in columns without a heading: not read." in london.said
    )
    assert "The City of London is not part of the survey" in london.said


@real_files
def test_a_measure_that_was_not_asked_is_said(london):
    assert london.run("attitudes", SURVEY, "--edition", "2024-25", "--quarter", "2015-12") == 0
    assert "`trust` was not asked in December 2014" not in london.said
    london.run("attitudes", SURVEY, "--edition", "2024-25", "--quarter", "2015-03")
    assert "`trust` was not asked in March 2015: no row gives it." in london.said
    assert "`good-job-local` was not asked in March 2014" in london.said


CELLS = ["76.0%", "73.0%", "−3 percentage points", "69.0%"]  # in the file: 0,76, then 0,73; 0,69


@real_files
def test_the_section_is_in_page_and_leaflet(london):
    london.run("attitudes", SURVEY, *QUARTER, "--extracted", "2024-02-01")
    sheet = london.sheets()["havering"]
    for medium in ("page", "leaflet"):
        html = rendering.sections(rendering.Context(sheet, medium, lambda person: ""))
        part = html.partition('<section id="confidence"')[2].partition("</section>")[0]
        cells = [cell.partition("<")[0] for cell in part.split('<td class="num">')[1:]]
        assert cells[:4] == CELLS
        assert '<th scope="col" class="num">Havering</th>' in part
        assert '<th scope="col" class="num">London</th>' in part
        assert "Survey, 1 February 2024 (Open Government Licence v3.0)." in part


# Small files

HEAD = "Date,Survey,Borough,Measure,Proportion,MPS,,"
AREAS = ("Barnet", "Havering", "City of Westminster")


def lines(date="31/12/2023", measure="Trust MPS"):
    return [f'{date},PAS,{area},{measure},"0,7{n}","0,5",,' for n, area in enumerate(AREAS)]


def run(desk, text):
    desk.write("pas.csv", "\n".join([*text, ""]))
    return desk.run("attitudes", "pas.csv", *QUARTER)


def test_a_small_survey_becomes_a_section(desk):
    assert run(desk, [HEAD, *lines(), *lines("31/12/2022")]) == 0
    assert desk.rows("westminster", "confidence") == {
        "trust": {"measure": "trust", "before": "72%", "now": "72%", "comparator": "50%"}
    }
    assert "confidence:\n  quarter: 2023-12\n  measures:\n" in desk.read(
        "content/2024-25/barnet.yaml"
    )


def test_a_second_import_has_nothing_to_change(desk):
    run(desk, [HEAD, *lines()])
    before = desk.files
    assert run(desk, [HEAD, *lines()]) == 0
    assert "Nothing to change" in desk.said
    assert desk.files == before


@pytest.mark.parametrize("share", ['"0,7"', '"0,70"', "0.7", "0.70"])
def test_a_decimal_comma_or_point_is_the_same(share, desk):
    text = [line.replace('"0,70"', share) for line in lines()]
    run(desk, [HEAD, *text])
    assert desk.rows("barnet", "confidence")["trust"]["now"] == "70%"


def test_london_is_the_same_with_a_nought_more(desk):
    text = lines()
    text[1] = text[1].replace('"0,5"', '"0,50"')
    assert run(desk, [HEAD, *text]) == 0


BAD = {
    "a borough that nobody knows": (
        "Havering",
        "Haverink",
        ("unknown borough `Haverink`", ":3:16"),
    ),
    "a measure that nobody knows": (
        "Havering,Trust MPS",
        "Havering,Trust in MPS",
        ("unknown measure `Trust in MPS`", ":3:25"),
    ),
    "a share over one": ('"0,71"', "71", ("`71` is not a part of one", ":3:35")),
    "a percentage": ('"0,71"', "71%", ("`71%` is not a part of one", ":3:35")),
    "an empty share": ('"0,71"', "", ("this cell is empty", ":3:35")),
    "a word": ('"0,71"', "n/a", ("`n/a` is not a part of one", ":3:35")),
    "a day that is no quarter's end": (
        "31/12/2023,PAS,Havering",
        "12/31/2023,PAS,Havering",
        ("`12/31/2023` is not the last day of a quarter", ":3:1"),
    ),
    "day and month that changed places": (
        "31/12/2023,PAS,Havering",
        "12/3/2023,PAS,Havering",
        ("`12/3/2023` is not the last day", "look whether day and month changed places", ":3:1"),
    ),
    "another value for London": (
        'Trust MPS,"0,71","0,5"',
        'Trust MPS,"0,71","0,6"',
        ("London’s `trust` is 60% here, and 50% on line 2", ":3:35"),
    ),
    "another kind of file": (
        "Proportion,MPS",
        "Share,Mean",
        ("the headings have no `Proportion`, `MPS`", ":1:1"),
    ),
    "a quarter that is not there": (
        "31/12/2023",
        "30/9/2023",
        (
            "this file has no quarter that ends in December 2023",
            "from September 2023 to September 2023",
        ),
    ),
}


@pytest.mark.parametrize(("old", "new", "expected"), BAD.values(), ids=BAD)
def test_what_is_wrong_is_told_where_it_stands(old, new, expected, desk):
    text = "\n".join([HEAD, *lines()])
    assert old in text
    before = desk.files
    assert run(desk, text.replace(old, new).split("\n")) is None
    assert [words for words in expected if words not in desk.said] == []
    assert desk.files == before


def test_a_borough_that_is_missing_is_told(desk):
    assert run(desk, [HEAD, *lines()[:2]]) is None
    assert "`trust` of December 2023 is missing for `westminster`" in desk.said


def test_a_borough_that_stands_twice_is_told(desk):
    assert run(desk, [HEAD, *lines(), lines()[0]]) is None
    assert "`trust` of December 2023 stands already on line 2" in desk.said
    assert "pas.csv:5:" in desk.said


def test_a_measure_of_another_unit_is_told(desk):
    text = desk.read("content/2024-25/edition.yaml")
    trust = "    name: Trust in the police\n    unit: percent\n    better: higher\n"
    desk.write("content/2024-25/edition.yaml", text.replace(trust, "    name: Trust\n"))
    assert run(desk, [HEAD, *lines()]) is None
    assert "`trust` is a percentage of people in the survey" in desk.said


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("31/3/2023", "31 March 2023"),
        ("1/12/2023", "1 December 2023"),
        ("2023-12-31", "31 December 2023"),
    ],
)
def test_days_come_before_months(typed, shown):
    assert str(attitudes.read_day(typed)) == shown


@pytest.mark.parametrize("typed", ["31/2/2023", "2023", "12/31/2023", "31.12.2023", ""])
def test_what_is_no_day_is_none(typed):
    assert attitudes.read_day(typed) is None
