"""The shipped content: the figures that are worked out, not typed."""

from decimal import Decimal
from pathlib import Path

import pytest

from policing_summary import checks, content
from policing_summary.wording import ENGLISH

SHIPPED = Path(__file__).parents[1] / "content"


@pytest.fixture(scope="module")
def sheets():
    found, problems = checks.run(content.load(SHIPPED))
    assert problems == []
    return {sheet.path: sheet for sheet in found}


def figures(sheets, borough, section="performance", field="measures"):
    table = sheets[f"2009-10/{borough}"].table(section, field)
    return {figure.id: figure for figure in table}


def test_serious_acquisitive_crime_is_added_up(sheets):
    total = figures(sheets, "havering")["serious-acquisitive-crime"]
    assert total.change == 382 + 6 - 361 - 321 == -294
    assert (ENGLISH.change(total), ENGLISH.percent(total), ENGLISH.latest(total)) == (
        "−294",
        "",
        "",
    )
    assert total.parts == (
        *("residential-burglary", "robbery", "theft-from-vehicles", "theft-of-vehicles"),
    )


def test_the_commander_says_the_total_that_was_added_up(sheets):
    assert sheets["2009-10/havering"].figures.printed("serious-acquisitive-crime.fewer") == "294"


HAVERING = {
    "residential-burglary": ("+382", "+25.5%", "missed"),
    "robbery": ("+6", "+1.8%", "missed"),
    "theft-from-vehicles": ("−361", "−22.9%", "achieved"),
    "theft-of-vehicles": ("−321", "−28.2%", "achieved"),
    "serious-acquisitive-crime": ("−294", "", "not published"),
    "serious-youth-violence": ("−2", "−1.4%", "missed"),
    "knife-crime": ("+2", "+1.0%", "missed"),
    "gun-crime": ("+3", "+7.3%", "missed"),
}


def test_havering_prints_what_was_published_and_no_count_that_was_worked_out(sheets):
    rows = figures(sheets, "havering")
    assert {
        name: (ENGLISH.change(row), ENGLISH.percent(row), ENGLISH.outcome(row))
        for name, row in rows.items()
    } == HAVERING
    assert {(row.before, row.now, row.target) for row in rows.values()} == {(None, None, None)}


LONDON = {
    "serious-acquisitive-crime": ("met", "6,919 fewer offences", "Target exceeded"),
    "public-confidence": ("met", "", "Target exceeded"),
    "theft-from-vehicles": ("met", "6,195 fewer offences", "Target exceeded"),
    "gun-crime": ("missed", "429 more offences", "Target missed"),
    "serious-youth-violence": ("missed", "105 more offences", "Target missed"),
    "satisfaction-gap": ("missed", "", "Target missed"),
}


@pytest.mark.parametrize("borough", ["havering", "bromley"])
def test_london_is_judged_by_its_targets_in_every_borough(borough, sheets):
    found = {
        name: (field, ENGLISH.change_words(row), ENGLISH.outcome_words(row))
        for field in ("met", "missed")
        for name, row in figures(sheets, borough, "achievements", field).items()
    }
    assert found == LONDON


def test_the_gap_is_worked_out_from_its_groups(sheets):
    gap = figures(sheets, "havering", "achievements", "missed")["satisfaction-gap"]
    assert gap.now == Decimal("78.8") - Decimal("73.9") == Decimal("4.9")
    assert (ENGLISH.latest(gap), ENGLISH.target_in_words(gap.target)) == (
        "4.9 percentage points",
        "3.8 percentage points",
    )


def test_the_specimen_derives_all_that_it_does_not_type(sheets):
    rows = figures(sheets, "bromley")
    assert {
        name: (ENGLISH.change(row), ENGLISH.percent(row), ENGLISH.told(row))
        for name, row in rows.items()
    } == {
        "residential-burglary": ("−100", "−10.0%", "Down, target exceeded"),
        "robbery": ("0", "0.0%", "No change, target missed"),
        "theft-from-vehicles": ("+100", "+10.0%", "Up, target missed"),
        "theft-of-vehicles": ("−100", "−20.0%", "Down, target exceeded"),
        "serious-acquisitive-crime": ("−100", "−3.8%", "Down, target missed"),
    }
    total = rows["serious-acquisitive-crime"]
    assert (ENGLISH.before(total), ENGLISH.latest(total)) == ("2,600", "2,500")
    assert sheets["2009-10/bromley"].borough.head.specimen


def test_priorities_have_their_measures_names_and_targets(sheets):
    goals = sheets["2009-10/havering"].goals
    assert [(g.text, ENGLISH.target_in_words(g.target) if g.target else None) for g in goals] == [
        ("Serious acquisitive crime", "a fall of 2.3%"),
        ("Most serious violence", "a fall of 4.0%"),
        ("Serious youth violence", "a fall of 1.0%"),
        ("Gun crime", "a fall of 1.6%"),
        ("Knife crime", "a fall of 1.0%"),
        ("Challenging sanction detection rates for certain types of crime", None),
    ]


def test_a_sum_may_stand_above_its_parts(sheets_of):
    rows = """\
performance:
  period: P
  measures:
    - measure: serious-acquisitive-crime
    - {measure: theft-of-vehicles, before: 100, now: 80}
    - {measure: theft-from-vehicles, before: 100, now: 80}
    - {measure: robbery, before: 100, now: 80}
    - {measure: residential-burglary, before: 100, now: 80}
"""
    _, found = sheets_of({"2009-10/havering.yaml": rows})
    total = found["havering"].table("performance", "measures")[0]
    assert (total.id, total.before, total.now, total.percent) == (
        *("serious-acquisitive-crime", 400, 320, Decimal("-20.0")),
    )
