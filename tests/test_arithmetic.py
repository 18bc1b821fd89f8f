"""Rows → figures: what is derived, what is held back, and how it stands against its target.

What contradicts itself, and the words for it, is in cases/mistakes/figures.md.
"""

from decimal import Decimal

import pytest

from policing_summary import arithmetic
from policing_summary.model.files import MeasureEntry, SmallNumbers
from policing_summary.model.results import Row
from policing_summary.wording import ENGLISH

SMALL = SmallNumbers()
MEASURES = {
    "offences": MeasureEntry(name="Robbery"),
    "percent": MeasureEntry(name="Confidence", unit="percent", better="higher"),
    "points": MeasureEntry(name="Gap", unit="points"),
    "neither": MeasureEntry(name="Stops", better="neither"),
}


def figure_of(typed, measure="offences", small=SMALL):
    row = Row.model_validate({"measure": "x", **typed})
    figure, problems = arithmetic.derive(row, MEASURES[measure], small)
    judged, problem = arithmetic.judge(row, figure)
    assert problems == []
    assert problem is None
    return judged


def number(value):
    return None if value is None else Decimal(value)


DERIVED = {
    # typed: before, now, change, percent
    "both counts": ({"before": "1498", "now": "1880"}, ("1498", "1880", "382", "25.5")),
    "a count before and a change": (
        {"before": "1,498", "change": "+382"},
        ("1498", "1880", "382", "25.5"),
    ),
    "a count now and a change": (
        {"now": "1215", "change": "−361"},
        ("1576", "1215", "-361", "-22.9"),
    ),
    "a change and a percentage": ({"change": "6", "percent": "1.8%"}, (None, None, "6", "1.8")),
    "a change alone": ({"change": "-10"}, (None, None, "-10", None)),
    "a percentage alone": ({"percent": "-3.5"}, (None, None, None, "-3.5")),
    "a count now alone": ({"now": "100"}, (None, "100", None, None)),
    "no change": ({"before": "100", "now": "100"}, ("100", "100", "0", "0")),
    "half a tenth, rounded up": ({"before": "2000", "now": "2001"}, ("2000", "2001", "1", "0.1")),
    "half a tenth, rounded down": (
        {"before": "2000", "now": "1999"},
        ("2000", "1999", "-1", "-0.1"),
    ),
    "a percentage with fewer decimals": (
        {"before": "1498", "now": "1880", "percent": "26"},
        ("1498", "1880", "382", "26"),
    ),
    "a percentage with more decimals": (
        {"before": "1498", "now": "1880", "percent": "25.50"},
        ("1498", "1880", "382", "25.50"),
    ),
    "counts that were worked out": (
        {"before": "1498", "now": "1880", "counts": "worked out", "percent": "25.5"},
        (None, None, "382", "25.5"),
    ),
    "counts that were worked out, and no percentage": (
        {"before": "1498", "now": "1880", "counts": "worked out"},
        (None, None, "382", None),
    ),
    "nothing before": ({"before": "0", "now": "60"}, ("0", "60", "60", None)),
    "a base of 49": ({"before": "49", "now": "60"}, ("49", "60", "11", None)),
    "a base of 50": ({"before": "50", "now": "60"}, ("50", "60", "10", "20")),
    "a count of 4 now": ({"before": "60", "now": "4"}, ("60", "4", "-56", None)),
    "a count of 5 now": ({"before": "60", "now": "5"}, ("60", "5", "-55", "-91.7")),
    "a small base with a published percentage": (
        {"before": "41", "now": "44", "percent": "7.3"},
        ("41", "44", "3", "7.3"),
    ),
}


@pytest.mark.parametrize(("typed", "expected"), DERIVED.values(), ids=DERIVED)
def test_what_is_known_gives_the_rest(typed, expected):
    figure = figure_of(typed)
    found = (figure.before, figure.now, figure.change, figure.percent)
    assert found == tuple(number(value) for value in expected)


@pytest.mark.parametrize(
    ("base", "count", "is_small"), [(200, 5, True), (100, 5, False), (10, 91, True)]
)
def test_the_thresholds_of_small_numbers_are_the_sites(base, count, is_small):
    small = SmallNumbers.model_validate({"base": str(base), "count": str(count)})
    figure = figure_of({"before": "100", "now": "90"}, small=small)
    assert figure.small_base == is_small
    assert (figure.percent is None) == is_small


LEVELS = {
    "a level": ("percent", {"now": "53.1%"}, (None, "53.1", None)),
    "a level without its sign": ("percent", {"now": "53.1"}, (None, "53.1", None)),
    "two levels": ("percent", {"before": "51.4%", "now": "53.1%"}, ("51.4", "53.1", "1.7")),
    "a level and its change": (
        "percent",
        {"now": "53.1%", "change": "+1.7 points"},
        (None, "53.1", "1.7"),
    ),
    "a gap": ("points", {"now": "4.9 points"}, (None, "4.9", None)),
    "a gap of two groups": (
        "points",
        {"groups": [{"group": "a", "value": "73.9%"}, {"group": "b", "value": "78.8%"}]},
        (None, "4.9", None),
    ),
}


@pytest.mark.parametrize(("measure", "typed", "expected"), LEVELS.values(), ids=LEVELS)
def test_a_percentage_is_no_count(measure, typed, expected):
    figure = figure_of(typed, measure)
    found = (figure.before, figure.now, figure.change)
    assert found == tuple(number(value) for value in expected)
    assert figure.percent is None


JUDGED = {
    # measure, typed: outcome, and the word for it
    "exactly on target": (
        "offences",
        {"before": "200", "now": "195", "target": "-2.5%"},
        "achieved",
        "achieved",
    ),
    "on target once rounded": (
        "offences",
        {"before": "1000", "now": "975.0", "target": "-2.5%"},
        "achieved",
        "achieved",
    ),
    "better than the target": (
        "offences",
        {"change": "-10", "percent": "-3.5", "target": "-2.5%"},
        "achieved",
        "exceeded",
    ),
    "a fall that misses": (
        "offences",
        {"before": "200", "now": "199", "target": "-2.5%"},
        "missed",
        "missed",
    ),
    "a rise that was allowed": (
        "offences",
        {"before": "200", "now": "201", "target": "+2.5%"},
        "achieved",
        "exceeded",
    ),
    "a number as target": ("offences", {"change": "-20", "target": "-20"}, "achieved", "achieved"),
    "a number that misses": ("offences", {"change": "-19", "target": "-20"}, "missed", "missed"),
    "no rise at all": ("offences", {"change": "1", "target": "0"}, "missed", "missed"),
    "a small base": (
        "offences",
        {"before": "40", "now": "30", "target": "-2.5%"},
        "achieved",
        "exceeded",
    ),
    "nothing before": (
        "offences",
        {"before": "0", "now": "3", "target": "-2.5%"},
        None,
        "not published",
    ),
    "higher is better": ("percent", {"now": "53.1%", "target": "51.4%"}, "achieved", "exceeded"),
    "higher is better, and it is not": (
        "percent",
        {"now": "51.3%", "target": "51.4%"},
        "missed",
        "missed",
    ),
    "how far to get": (
        "percent",
        {"before": "50%", "now": "52%", "target": "+2 points"},
        "achieved",
        "achieved",
    ),
    "a gap": ("points", {"now": "4.9 points", "target": "3.8 points"}, "missed", "missed"),
    "a gap that closed": ("points", {"now": "3.8 points", "target": "3.8"}, "achieved", "achieved"),
    "a gap that should close by so much": (
        "points",
        {"before": "6", "now": "4.9", "target": "-1 point"},
        "achieved",
        "exceeded",
    ),
    "no direction is good": ("neither", {"change": "-20", "target": "-20"}, None, "not published"),
    "stated, because no target was published": (
        "offences",
        {"change": "6", "outcome": "missed"},
        "missed",
        "missed",
    ),
    "stated as none": (
        "offences",
        {"change": "6", "target": "none", "outcome": "achieved"},
        "achieved",
        "achieved",
    ),
    "neither stated nor known": ("offences", {"change": "6"}, None, "not published"),
}


@pytest.mark.parametrize(("measure", "typed", "outcome", "word"), JUDGED.values(), ids=JUDGED)
def test_a_figure_is_judged_by_its_target(measure, typed, outcome, word):
    figure = figure_of(typed, measure)
    assert (figure.outcome, ENGLISH.outcome(figure)) == (outcome, word)


SUMS = {
    # parts as (before, now, change): before, now, change, percent
    "counts": ([(100, 90, None), (200, 220, None)], (300, 310, 10, "3.3")),
    "changes": (
        [(None, None, 382), (None, None, 6), (None, None, -361), (None, None, -321)],
        (None, None, -294, None),
    ),
    "one of the counts unknown": ([(100, 90, None), (None, None, 20)], (None, None, 10, None)),
    "a small base": ([(20, 10, None), (20, 10, None)], (40, 20, -20, None)),
}


@pytest.mark.parametrize(("typed", "expected"), SUMS.values(), ids=SUMS)
def test_a_sum_is_added_up_from_its_parts(typed, expected):
    names = ("before", "now", "change")
    parts = [
        figure_of({k: str(v) for k, v in zip(names, row, strict=True) if v is not None})
        for row in typed
    ]
    row = Row.model_validate({"measure": "sum"})
    figure, _ = arithmetic.derive(row, MEASURES["offences"], SMALL)
    summed, problems = arithmetic.add_up(row, figure, parts, SMALL)
    assert problems == []
    assert (summed.before, summed.now, summed.change, summed.percent) == (
        *expected[:3],
        number(expected[3]),
    )
    assert summed.parts == ("x",) * len(parts)


POSSIBLE = {
    # a published change and percentage must fit some number of offences
    ("382", "25.5"): True,
    ("6", "1.8"): True,
    ("3", "7.3"): True,
    ("-6919", "-3.5"): True,
    ("1", "100"): True,
    ("2", "0.0"): True,
    ("0", "0.0"): True,
    ("0", "1.8"): False,
    ("3", "99.3"): False,
    ("1", "40.0"): False,
}


@pytest.mark.parametrize(("given", "is_possible"), POSSIBLE.items())
def test_a_change_and_a_percentage_must_fit_some_whole_number(given, is_possible):
    row = Row.model_validate({"measure": "x", "change": given[0], "percent": given[1]})
    _, problems = arithmetic.derive(row, MEASURES["offences"], SMALL)
    assert [problem.field for problem in problems] == ([] if is_possible else ["percent"])
