"""What an edition promised, and what the next one says came of it."""

import pytest

from policing_summary import checks, content, rendering
from policing_summary.errors import show
from policing_summary.tracing import trace
from policing_summary.wording import ENGLISH

EDITION = """\
title: Local Policing Summary {label}
label: {label}
period: {period}
measures:
  robbery: {{name: Robbery}}
  gun-crime: {{name: Gun crime}}
  public-confidence: {{name: Public confidence, unit: percent, better: higher}}
"""
PROMISED = """\
priorities:
  period: 2010/11
  items:
    - {measure: robbery, target: -5%}
    - {measure: gun-crime, target: -20}
    - {measure: public-confidence, target: 55%}
    - text: Something without a figure
"""
CAME = """\
performance:
  period: April 2010 to March 2011
  measures:
    - {measure: robbery, before: 200, now: 180}
    - {measure: gun-crime, before: 100, now: 90%s}
    - {measure: public-confidence, now: 54%%}
"""


@pytest.fixture
def checked(site_folder):
    def check(came=CAME % "", promised=PROMISED):
        folder = site_folder(
            {
                "2009-10/edition.yaml": EDITION.format(
                    label="2009/10", period="April 2009 to March 2010"
                ),
                "2009-10/havering.yaml": promised,
                "2010-11/edition.yaml": EDITION.format(
                    label="2010/11", period="April 2010 to March 2011"
                ),
                "2010-11/havering.yaml": came,
            }
        )
        sheets, problems = checks.run(content.load(folder))
        return {sheet.edition.slug: sheet for sheet in sheets}, problems

    return check


def test_a_result_is_set_against_what_was_promised(checked):
    sheets, problems = checked()
    assert problems == []
    assert [ENGLISH.promise(promise) for promise in sheets["2010-11"].promises] == [
        "Robbery: a fall of 5.0% was promised in 2009/10, and the result was −10.0%: target exceeded",
        "Gun crime: a fall of 20 was promised in 2009/10, and the result was −10: target missed",
        "Public confidence: 55.0% was promised in 2009/10, and the result was 54.0%: target missed",
    ]


def test_the_page_and_the_leaflet_say_so(checked):
    sheets, _ = checked()
    sheet = sheets["2010-11"]
    for medium in ("page", "leaflet"):
        context = rendering.Context(sheet, medium, lambda _: "", trace(sheet).facts)
        assert "a fall of 20 was promised in 2009/10" in str(rendering.sections(context))


def test_an_edition_without_one_before_it_has_no_promises(checked):
    sheets, _ = checked()
    assert sheets["2009-10"].promises == ()


def test_a_promise_for_another_year_is_not_this_years(checked):
    sheets, _ = checked(promised=PROMISED.replace("2010/11", "2012/13"))
    assert sheets["2010-11"].promises == ()


def test_a_target_that_was_not_promised_is_told_at_its_line(checked):
    _, problems = checked(came=CAME % ", target: -10")
    (problem,) = problems
    assert problem.what == ("the target here is −10, and −20 was promised in 2009-10/havering.yaml")
    assert show(problem).splitlines()[1].endswith("content/2010-11/havering.yaml:5:58")
