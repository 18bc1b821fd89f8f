"""Drawings: bars as long as their figures, the same in words, and nothing outside the picture."""

from dataclasses import replace
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest

from policing_summary import charts, svg
from policing_summary.charts import LEAFLET, LEAFLET_TARGETS, PAGE, PAGE_TARGETS
from policing_summary.figures import Figure, Target
from policing_summary.formats import FORMATS
from policing_summary.model.files import MeasureEntry
from policing_summary.numerals import Unit
from policing_summary.wording import ENGLISH

SVG = "{http://www.w3.org/2000/svg}"
BOTH = pytest.mark.parametrize("shape", [PAGE, LEAFLET], ids=["page", "leaflet"])


def figure(name: str, change: int | None, outcome=None, **more) -> Figure:
    measure = MeasureEntry(name=name, **more)
    counted = None if change is None else Decimal(change)
    return Figure(name.lower(), measure, change=counted, outcome=outcome)


FIGURES = [
    figure("Burglary", 400, "missed"),
    figure("Robbery", -200, "achieved"),
    figure("Knives & guns", 1),
    figure("Fraud", 0, "achieved"),
]


def drawn(figures, shape) -> ET.Element:
    return ET.fromstring(charts.changes(figures, shape, ENGLISH))


def bars(svg: ET.Element) -> list[tuple[float, float]]:
    """Left and right end of each bar."""
    rows = svg.iter(f"{SVG}rect")
    return [(float(r.get("x")), float(r.get("x")) + float(r.get("width"))) for r in rows]


def zero(svg: ET.Element) -> float:
    (at,) = {float(line.get("x1")) for line in svg.iter(f"{SVG}line")}
    return at


@BOTH
def test_a_bar_is_as_long_as_its_figure_and_falls_go_left(shape):
    svg = drawn(FIGURES, shape)
    axis = zero(svg)
    (burglary, robbery, knives, fraud) = bars(svg)
    assert burglary[0] == pytest.approx(axis, abs=0.01)
    assert robbery[1] == pytest.approx(axis, abs=0.02)
    assert burglary[1] - burglary[0] == pytest.approx(2 * (robbery[1] - robbery[0]), abs=0.05)
    assert knives[1] - knives[0] == pytest.approx(1, abs=0.21)  # thin, and yet to be seen
    assert fraud[1] == fraud[0]


ONE_SIDED = {
    "falls alone": [figure("A", -10), figure("B", -500)],
    "rises alone": [figure("A", 10), figure("B", 500)],
    "one figure": [figure("A", -1)],
    "nothing but noughts": [figure("A", 0)],
    "very different": [figure("A", 1), figure("B", -123456)],
}


@BOTH
@pytest.mark.parametrize("figures", [FIGURES, *ONE_SIDED.values()], ids=["both", *ONE_SIDED])
def test_nothing_is_drawn_outside_the_picture(figures, shape):
    svg = drawn(figures, shape)
    _, _, width, height = map(float, svg.get("viewBox").split())
    for left, right in bars(svg):
        assert shape.name_width - 0.01 <= left <= right <= width + 0.01
    for line in svg.iter(f"{SVG}line"):
        assert float(line.get("y1")) >= 0
        assert float(line.get("y2")) <= height + 0.01
    for text in svg.iter(f"{SVG}text"):
        length = len(text.text) * shape.text * 0.5  # about as wide as the letters are
        at = float(text.get("x"))
        left = at - length if text.get("text-anchor") == "end" else at
        assert left >= shape.name_width - 0.5 or text.get("class") == "name" or shape.stacked
        assert max(at, left + length) <= width + 0.5 or text.get("class") == "name"
        assert shape.text * 0.7 <= float(text.get("y")) <= height


@BOTH
def test_a_chart_says_in_words_what_it_shows(shape):
    (title,) = drawn(FIGURES, shape).iter(f"{SVG}title")
    assert title.text == (
        "Bar chart of the change in the number of offences. "
        "Burglary: 400 more offences, target missed; "
        "Robbery: 200 fewer offences, target achieved; "
        "Knives & guns: 1 more offence, target not published; "
        "Fraud: no change, target achieved."
    )


@BOTH
def test_every_bar_has_its_name_and_its_figure(shape):
    texts = [text.text for text in drawn(FIGURES, shape).iter(f"{SVG}text")]
    names = [figure.short for figure in FIGURES]
    assert texts[::2] == names
    assert [each.split()[0] for each in texts[1::2]] == ["+400", "−200", "+1", "0"]


def test_the_outcome_is_a_word_on_the_page_and_never_a_colour_alone():
    texts = [text.text for text in drawn(FIGURES, PAGE).iter(f"{SVG}text")]
    assert texts[1::2] == ["+400 missed", "−200 achieved", "+1", "0 achieved"]


@BOTH
def test_good_and_bad_are_two_colours_and_unknown_a_third(shape):
    kinds = [
        (bar.get("class"), bar.get("fill")) for bar in drawn(FIGURES, shape).iter(f"{SVG}rect")
    ]
    assert kinds == [
        ("bar bad", svg.BAD),
        ("bar good", svg.GOOD),
        ("bar plain", svg.PLAIN),
        ("bar good", svg.GOOD),
    ]


@BOTH
def test_what_has_no_number_of_offences_has_no_bar(shape):
    level = figure("Confidence", 2, unit="percent")
    unknown = figure("Arson", None)
    texts = [text.text for text in drawn([*FIGURES, level, unknown], shape).iter(f"{SVG}text")]
    assert not {"Confidence", "Arson"} & set(texts)
    assert charts.changes([level, unknown], shape, ENGLISH) == ""
    assert charts.changes([], shape, ENGLISH) == ""


def test_a_short_name_stands_where_there_is_little_room():
    named = replace(FIGURES[0], measure=MeasureEntry(name="Theft or taking", short="Theft"))
    assert next(drawn([named], LEAFLET).iter(f"{SVG}text")).text == "Theft"
    assert next(drawn([named], PAGE).iter(f"{SVG}text")).text == "Theft or taking"


# Against targets


TARGETS = pytest.mark.parametrize("shape", [PAGE_TARGETS, LEAFLET_TARGETS], ids=["page", "leaflet"])


def aimed(name: str, percent: str | None, target: str | None, outcome=None, **more) -> Figure:
    goal = Target(Decimal(target), "percent", Unit.PERCENT) if target else None
    moved = None if percent is None else Decimal(percent)
    made = figure(name, None, outcome, **more)
    return replace(made, percent=moved, target=goal)


AIMED = [
    aimed("Burglary", "-10", "-5", "achieved"),
    aimed("Robbery", "10", "-5", "missed"),
    aimed("Fraud", "0", "-2.5", "missed"),
    aimed("Knives & guns", "-5", "-5", "achieved"),
    aimed("Stops", "20", "25"),
    aimed("Arson", "-1.5", None, "missed"),
]


def aimed_at(figures, shape) -> ET.Element:
    return ET.fromstring(charts.against_targets(figures, shape, ENGLISH))


def lines(svg: ET.Element, kind: str) -> list[ET.Element]:
    return [line for line in svg.iter(f"{SVG}line") if line.get("class") == kind]


@TARGETS
def test_bars_and_targets_have_one_scale_that_begins_at_nought(shape):
    svg = aimed_at(AIMED, shape)
    (axis,) = {float(line.get("x1")) for line in lines(svg, "axis")}
    found = bars(svg)
    unit = (found[4][1] - found[4][0]) / 20
    for each, (left, right) in zip(AIMED, found, strict=True):
        start, end = (right, left) if each.percent < 0 else (left, right)
        assert start == pytest.approx(axis, abs=0.02)
        assert end == pytest.approx(axis + float(each.percent) * unit, abs=0.05)
    marks = [float(line.get("x1")) for line in lines(svg, "target")]
    wanted = [axis + float(each.target.value) * unit for each in AIMED if each.target]
    assert marks == pytest.approx(wanted, abs=0.05)


@TARGETS
def test_a_target_is_marked_across_its_own_bar(shape):
    svg = aimed_at(AIMED, shape)
    aims = [rect for rect, each in zip(svg.iter(f"{SVG}rect"), AIMED, strict=True) if each.target]
    for rect, mark in zip(aims, lines(svg, "target"), strict=True):
        assert float(mark.get("y1")) < float(rect.get("y"))
        assert float(mark.get("y2")) > float(rect.get("y")) + float(rect.get("height"))


@TARGETS
@pytest.mark.parametrize(
    "figures",
    [
        AIMED,
        [aimed("A", "-1", "-50", "missed"), aimed("B", "-3", "-5", "missed")],
        [aimed("A", "1", "50", "missed"), aimed("B", "1234.5", "5", "achieved")],
        [aimed("A", "0", "0", "achieved")],
    ],
    ids=["both", "targets far off", "rises", "noughts"],
)
def test_bars_targets_and_labels_stay_inside_and_apart(figures, shape):
    svg = aimed_at(figures, shape)
    _, _, width, height = map(float, svg.get("viewBox").split())
    labels = [float(t.get("x")) for t in svg.iter(f"{SVG}text") if t.get("class") == "value"]
    right = min(labels) if shape.label_width else width
    for start, end in bars(svg):
        assert shape.name_width <= start <= end <= right
    for line in svg.iter(f"{SVG}line"):
        half = 1.1 if line.get("class") == "target" else 0
        assert shape.name_width <= float(line.get("x1")) - half + 1
        assert float(line.get("x1")) + half <= right + 1
        assert 0 <= float(line.get("y1")) < float(line.get("y2")) <= height
    for text in svg.iter(f"{SVG}text"):
        length = len(text.text) * shape.text * 0.5
        at = float(text.get("x"))
        before = {"start": 0, "middle": length / 2, "end": length}[text.get("text-anchor", "start")]
        assert at - before >= -0.5
        assert at - before + length <= width + 0.5
        assert float(text.get("y")) <= height


@TARGETS
def test_each_bar_says_its_change_its_target_and_what_came_of_it(shape):
    svg = aimed_at(AIMED, shape)
    labels = [text.text for text in svg.iter(f"{SVG}text") if text.get("class") == "value"]
    assert labels == [
        "−10.0%, target −5.0%: exceeded",
        "+10.0%, target −5.0%: missed",
        "0.0%, target −2.5%: missed",
        "−5.0%, target −5.0%: achieved",
        "+20.0%, target +25.0%",
        "−1.5%, target missed",
    ]
    (title,) = svg.iter(f"{SVG}title")
    assert title.text == (
        "Bar chart of the change in percent, set against the targets. "
        "Burglary: −10.0%, target −5.0%: exceeded; Robbery: +10.0%, target −5.0%: missed; "
        "Fraud: 0.0%, target −2.5%: missed; Knives & guns: −5.0%, target −5.0%: achieved; "
        "Stops: +20.0%, target +25.0%; Arson: −1.5%, target missed."
    )


SHOWN = {
    "two targets in percent": (AIMED[:2], True),
    "one target in percent": ([AIMED[0], AIMED[5]], False),
    "a target without a percentage": ([AIMED[0], aimed("A", None, "-5")], False),
    "targets in offences": (
        [replace(AIMED[0], target=Target(Decimal(-9), "change", Unit.NONE))] * 2,
        False,
    ),
    "percentages of people": ([aimed("A", "5", "5", unit="percent")] * 2, False),
    "nothing": ([], False),
}


@pytest.mark.parametrize(("figures", "is_shown"), SHOWN.values(), ids=SHOWN)
def test_targets_are_shown_where_two_rows_have_them(figures, is_shown):
    assert charts.shows_targets(figures) == is_shown


@TARGETS
def test_without_percentages_there_is_no_chart_of_targets(shape):
    assert charts.against_targets([aimed("A", None, "-5"), *FIGURES], shape, ENGLISH) == ""


def test_no_words_in_print_are_smaller_than_six_points():
    millimetres = 148 - 12 - 15  # the text of the leaflet is so wide
    for shape in (LEAFLET, LEAFLET_TARGETS):
        assert shape.text * millimetres / shape.width / 25.4 * 72 >= 6


# Large words: a chart has to stand on a page with its heading


LONG = [
    figure(f"The long name that some measure may have, {number}", (-1) ** number * 300, "missed")
    for number in range(8)
]
LARGE_PRINT = charts.in_leaflet(FORMATS["large-print"]).plain


def test_labels_with_a_line_of_their_own_go_beside_the_bars_where_the_chart_would_be_too_high():
    low, high = drawn(LONG[:4], LARGE_PRINT), drawn(LONG, LARGE_PRINT)
    heights = [float(each.get("viewBox").split()[3]) / n for each, n in ((low, 4), (high, 8))]
    assert heights[0] > 1.4 * heights[1]
    assert heights[1] * len(LONG) <= LARGE_PRINT.highest
    axis = zero(high)
    labels = [each for each in high.iter(f"{SVG}text") if each.get("class") == "value"]
    assert len(labels) == len(LONG)
    for label, (left, right) in zip(labels, bars(high), strict=True):
        is_right_of_the_axis = float(label.get("x")) > axis
        assert is_right_of_the_axis == (right < axis + 1), "the label stands across from its bar"
        assert left >= 0


@pytest.mark.parametrize("count", [8, 14])
def test_a_chart_that_would_not_fit_below_its_heading_is_left_to_its_table(count):
    rising = [replace(each, change=abs(each.change)) for each in LONG * 2][:count]
    assert charts.changes(rising, LARGE_PRINT, ENGLISH) == ""
    assert charts.changes(rising, charts.PAGE, ENGLISH) != ""
