"""Months: columns as high as their numbers, from nought up, and the same numbers in a table."""

from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest

from policing_summary import columns
from policing_summary.figures import Figure
from policing_summary.language import ENGLISH
from policing_summary.model.files import MeasureEntry
from policing_summary.numerals import Month

SVG = "{http://www.w3.org/2000/svg}"
APRIL = Month(2023, 4)


def figure(counts, name="Knives & guns", short=None) -> Figure:
    measure = MeasureEntry(name=name, short=short)
    return Figure("x", measure, months=tuple(map(Decimal, counts)))


ONE_YEAR = [10, 20, 30, 40, 50, 60, 50, 40, 30, 20, 10, 0]
TWO_YEARS = [*range(100, 220, 10), *range(10, 130, 10)]
MONTHS = {
    "a year": ONE_YEAR,
    "two years": TWO_YEARS,
    "the first is the highest": [90, *ONE_YEAR[1:]],
    "the last is the highest": [*ONE_YEAR[:-1], 123456],
    "nothing at all": [0] * 12,
    "all the same": [7] * 24,
}
every_case = pytest.mark.parametrize("counts", MONTHS.values(), ids=MONTHS)


def drawn(counts) -> ET.Element:
    return ET.fromstring(columns.small_chart(figure(counts), APRIL, ENGLISH))


def outlined(rect) -> float:
    return float(rect.get("stroke-width", "0"))


@every_case
def test_columns_stand_on_one_line_and_are_as_high_as_their_numbers(counts):
    svg = drawn(counts)
    (axis,) = svg.iter(f"{SVG}line")
    heights = []
    for rect in svg.iter(f"{SVG}rect"):
        foot = float(rect.get("y")) + float(rect.get("height")) + outlined(rect) / 2
        top = float(rect.get("y")) - outlined(rect) / 2
        if rect.get("height") != "0":
            assert foot == pytest.approx(float(axis.get("y1")), abs=0.02)
        heights.append(foot - top if rect.get("height") != "0" else 0)
    wanted = [count / (max(counts) or 1) * max(heights) for count in counts]
    assert heights == pytest.approx(wanted, abs=0.9)
    assert len(heights) == len(counts)


@every_case
def test_columns_and_words_stay_inside_and_apart(counts):
    svg = drawn(counts)
    _, _, width, height = map(float, svg.get("viewBox").split())
    right = 0.0
    for rect in svg.iter(f"{SVG}rect"):
        left = float(rect.get("x")) - outlined(rect) / 2
        assert left >= right
        right = left + float(rect.get("width")) + outlined(rect)
        assert 0 <= float(rect.get("y")) <= height
    assert right <= width
    for text in svg.iter(f"{SVG}text"):
        length, at = len(text.text) * columns.TEXT * 0.5, float(text.get("x"))
        before = {"start": 0, "middle": length / 2, "end": length}[text.get("text-anchor", "start")]
        assert -0.1 <= at - before <= width - length + 0.1
        assert columns.TEXT * 0.7 <= float(text.get("y")) <= height


def test_the_year_before_is_hollow_and_stands_apart():
    rects = list(drawn(TWO_YEARS).iter(f"{SVG}rect"))
    assert [rect.get("class") for rect in rects] == ["column before"] * 12 + ["column"] * 12
    lefts = [float(rect.get("x")) for rect in rects]
    assert lefts[12] - lefts[11] > lefts[11] - lefts[10] + 5


def test_first_last_and_highest_month_are_told():
    texts = [text.text for text in drawn(TWO_YEARS).iter(f"{SVG}text")]
    assert texts == [
        "Knives & guns",
        "Mar 2024: 210, the highest",
        "Apr 2023: 100",
        "Mar 2025: 120",
    ]
    (title,) = drawn(TWO_YEARS).iter(f"{SVG}title")
    assert title.text == (
        "Column chart of Knives & guns by month, from April 2023 to March 2025. "
        "First 100, last 120, highest 210 in March 2024."
    )


def test_the_table_has_every_month_of_every_measure():
    rows = columns.table([figure(ONE_YEAR), figure([1000] * 12)], APRIL, ENGLISH)
    assert [row[0] for row in rows][::11] == ["April 2023", "March 2024"]
    assert [row[1][0] for row in rows] == [str(count) for count in ONE_YEAR]
    assert {row[1][1] for row in rows} == {"1,000"}


LATER = [(0, "2023-04"), (8, "2023-12"), (9, "2024-01"), (23, "2025-03"), (-4, "2022-12")]


@pytest.mark.parametrize(("months", "expected"), LATER)
def test_months_are_counted_on_over_the_end_of_the_year(months, expected):
    assert APRIL.later(months).iso == expected


def test_a_short_month_has_three_letters():
    assert [Month(2024, number).short for number in (5, 9)] == ["May 2024", "Sep 2024"]
