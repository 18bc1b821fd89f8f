"""Figures as they are printed, and looked up by name from a text."""

from decimal import Decimal

import pytest

from policing_summary.figures import Figure, Target
from policing_summary.model.files import MeasureEntry
from policing_summary.numerals import Unit
from policing_summary.references import FigureSet, UnknownFigureError
from policing_summary.wording import ENGLISH

OFFENCES = MeasureEntry(name="Total robbery", short="Robbery")
CONFIDENCE = MeasureEntry(name="Confidence", unit="percent", better="higher")
GAP = MeasureEntry(name="Gap", unit="points")


def figure(measure=OFFENCES, **numbers):
    known = {key: Decimal(value) if key != "outcome" else value for key, value in numbers.items()}
    return Figure("x", measure, **known)


WORDS = [
    (figure(change=-6195), "change_words", "6,195 fewer offences"),
    (figure(change=429), "change_words", "429 more offences"),
    (figure(change=1), "change_words", "1 more offence"),
    (figure(change=0), "change_words", "no change"),
    (figure(), "change_words", ""),
    (figure(CONFIDENCE, change="1.7"), "change_words", "1.7 percentage points higher"),
    (figure(GAP, change="-1"), "change_words", "1 percentage point lower"),
    (figure(change=382), "change", "+382"),
    (figure(change=-361), "change", "−361"),
    (figure(change=0), "change", "0"),
    (figure(GAP, change="1.7"), "change", "+1.7 percentage points"),
    (figure(percent="25.5"), "percent", "+25.5%"),
    (figure(), "percent", ""),
    (figure(now=4555), "latest", "4,555"),
    (figure(before=4555), "before", "4,555"),
    (figure(CONFIDENCE, now="53.1"), "latest", "53.1%"),
    (figure(CONFIDENCE, before="51.4"), "before", "51.4%"),
    (figure(GAP, now="4.9"), "latest", "4.9 percentage points"),
    (figure(percent="-3.5", change=-10), "headline", "−3.5%"),
    (figure(CONFIDENCE, now="53.1"), "headline", "53.1%"),
    (figure(GAP, now="4.9"), "headline", "4.9 points"),
    (figure(change=-10), "headline", "−10"),
    (figure(change=-10, outcome="missed"), "told", "Down, target missed"),
    (figure(change=10, outcome="achieved"), "told", "Up, target achieved"),
    (figure(change=0), "told", "No change, target not published"),
    (figure(outcome="missed"), "told", "Target missed"),
]


@pytest.mark.parametrize(("given", "form", "expected"), WORDS)
def test_a_figure_is_put_into_words(given, form, expected):
    assert getattr(ENGLISH, form)(given) == expected


OF_A_FIGURE = [
    (figure(change=-10), "direction", "down"),
    (figure(change=10), "direction", "up"),
    (figure(change=0), "direction", "level"),
    (figure(), "direction", None),
    (figure(), "short", "Robbery"),
    (figure(GAP), "short", "Gap"),
]


@pytest.mark.parametrize(("given", "name", "expected"), OF_A_FIGURE)
def test_a_figure_knows_its_direction_and_its_short_name(given, name, expected):
    assert getattr(given, name) == expected


TARGETS = [
    (Target(Decimal("-2.5"), "percent", Unit.PERCENT), "−2.5%", "a fall of 2.5%"),
    (Target(Decimal("2.5"), "percent", Unit.PERCENT), "+2.5%", "a rise of 2.5%"),
    (Target(Decimal(-20), "change", Unit.NONE), "−20", "a fall of 20"),
    (Target(Decimal(1200), "change", Unit.NONE), "+1,200", "a rise of 1,200"),
    (Target(Decimal("51.4"), "level", Unit.PERCENT), "51.4%", "51.4%"),
    (Target(Decimal("3.8"), "level", Unit.POINTS), "3.8 points", "3.8 percentage points"),
    (Target(Decimal(1), "level", Unit.POINTS), "1 point", "1 percentage point"),
    (Target(Decimal(2), "change", Unit.POINTS), "+2 points", "a rise of 2 points"),
    (Target(Decimal(-1), "change", Unit.POINTS), "−1 point", "a fall of 1 point"),
]


@pytest.mark.parametrize(("target", "shown", "words"), TARGETS)
def test_a_target_is_printed_and_put_into_words(target, shown, words):
    assert (ENGLISH.target(target), ENGLISH.target_in_words(target)) == (shown, words)


ROBBERY = Figure(
    "robbery",
    OFFENCES,
    before=Decimal(1000),
    now=Decimal(990),
    change=Decimal(-10),
    percent=Decimal("-1.0"),
    target=Target(Decimal("-2.5"), "percent", Unit.PERCENT),
    outcome="missed",
)
FIGURES = FigureSet(
    {"robbery": ROBBERY, "gun-crime": Figure("gun-crime", OFFENCES, change=Decimal(3))}
)

REFERENCES = {
    "robbery": "−10",
    "robbery.change": "−10",
    " robbery . change ": "−10",
    "robbery.fewer": "10",
    "gun-crime.more": "3",
    "robbery.percent": "−1.0%",
    "robbery.before": "1,000",
    "robbery.now": "990",
    "robbery.target": "−2.5%",
    "robbery.outcome": "missed",
}


@pytest.mark.parametrize(("reference", "expected"), REFERENCES.items())
def test_a_reference_is_filled_in(reference, expected):
    assert FIGURES.printed(reference) == expected


UNKNOWN = {
    "robery.change": "did you mean `robbery`?",
    "colour": "add a row for it under `performance:`",
    "robbery.": "what can be",
    "robbery.chang": "did you mean `change`?",
    "robbery.change.shown": "did you mean `change`?",
    "robbery.more": "`{{ robbery.fewer }}`",
    "gun-crime.fewer": "`{{ gun-crime.more }}`",
    "gun-crime.percent": "add it to its row",
    "": "write for example",
}


@pytest.mark.parametrize(("reference", "way_out"), UNKNOWN.items())
def test_a_reference_to_nothing_names_the_way_out(reference, way_out):
    with pytest.raises(UnknownFigureError) as error:
        FIGURES.printed(reference)
    assert way_out in error.value.way_out
