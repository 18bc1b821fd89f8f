"""Drawings: bars as long as their figures, the same in words, and nothing outside the picture."""

import re
from dataclasses import replace
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest

from policing_summary import charts
from policing_summary.charts import LEAFLET, PAGE, Outline
from policing_summary.figures import Figure
from policing_summary.model.files import BoroughEntry, MeasureEntry, Tile

SVG = "{http://www.w3.org/2000/svg}"
BOTH = pytest.mark.parametrize("shape", [PAGE, LEAFLET], ids=["page", "leaflet"])
COLOURS = ("#111111", "#222222", "#333333")


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
    return ET.fromstring(charts.changes(figures, shape))


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
        ("bar bad", charts.BAD),
        ("bar good", charts.GOOD),
        ("bar plain", charts.PLAIN),
        ("bar good", charts.GOOD),
    ]


@BOTH
def test_what_has_no_number_of_offences_has_no_bar(shape):
    level = figure("Confidence", 2, unit="percent")
    unknown = figure("Arson", None)
    texts = [text.text for text in drawn([*FIGURES, level, unknown], shape).iter(f"{SVG}text")]
    assert not {"Confidence", "Arson"} & set(texts)
    assert charts.changes([level, unknown], shape) == ""
    assert charts.changes([], shape) == ""


def test_a_short_name_stands_where_there_is_little_room():
    named = replace(FIGURES[0], measure=MeasureEntry(name="Theft or taking", short="Theft"))
    assert next(drawn([named], LEAFLET).iter(f"{SVG}text")).text == "Theft"
    assert next(drawn([named], PAGE).iter(f"{SVG}text")).text == "Theft or taking"


# The map


def entry(row: int | None, column: int = 0) -> BoroughEntry:
    tile = None if row is None else Tile(column=str(column), row=str(row))
    return BoroughEntry(name="A", code="E09000001", tile=tile)


def tiles(svg: str) -> list[tuple[float, float, str]]:
    """Centre and colour of each tile."""
    found = []
    for path in ET.fromstring(svg).iter(f"{SVG}path"):
        corners = [tuple(map(float, c.split())) for c in re.split("[MLZ]", path.get("d"))[1:-1]]
        xs, ys = zip(*corners, strict=True)
        found.append((sum(xs) / 6, sum(ys) / 6, path.get("fill")))
    return found


def test_a_map_has_a_tile_for_each_borough_and_brings_out_one_on_top():
    boroughs = {"a": entry(0, 1), "b": entry(1, 1), "c": entry(None), "d": entry(0, 2)}
    found = tiles(charts.tile_map(boroughs, "a", COLOURS))
    assert [colour for _, _, colour in found] == ["#111111", "#111111", "#333333"]
    b, d, a = found
    assert d[0] - a[0] == pytest.approx(17.32, abs=0.01)
    assert b[1] < a[1]  # rows count upwards
    assert b[0] - a[0] == pytest.approx(8.66, abs=0.01)  # odd rows are shifted


def test_a_borough_without_a_place_leaves_the_others_plain():
    found = tiles(charts.tile_map({"a": entry(0), "b": entry(None)}, "b", COLOURS))
    assert [colour for _, _, colour in found] == ["#111111"]


def test_a_map_without_places_is_empty():
    assert tiles(charts.tile_map({"a": entry(None)}, "a", COLOURS)) == []


def test_every_tile_lies_inside_its_map():
    boroughs = {str(n): entry(n % 5, n) for n in range(9)}
    svg = charts.tile_map(boroughs, "3", COLOURS)
    left, top, width, height = map(float, ET.fromstring(svg).get("viewBox").split())
    for x, y, _ in tiles(svg):
        assert left + 8 <= x <= left + width - 8
        assert top + 9 <= y <= top + height - 9


# The rest


def test_a_monogram_keeps_its_letters_inside_its_field():
    for bounds in [(0, -700, 1500, 0), (0, -100, 100, 2000), (50, -660, 700, 12)]:
        svg = ET.fromstring(charts.monogram(Outline("M0 0", bounds), ("#111111", "#222222")))
        (group,) = svg.iter(f"{SVG}g")
        x, y, size = map(float, re.findall(r"-?[\d.]+", group.get("transform")))
        left, top, right, bottom = (side * size for side in bounds)
        assert left + x >= 0
        assert right + x <= 120
        assert top + y >= 0
        assert bottom + y <= 141


def test_the_icon_is_a_drawing_of_its_own():
    svg = ET.fromstring(charts.icon(COLOURS))
    assert svg.get("viewBox") == "0 0 32 32"
    assert len(list(svg.iter(f"{SVG}path"))) == 5


NUMBERS = [
    (1.0, "1"),
    (1.50, "1.5"),
    (0.004, "0"),
    (-0.004, "0"),
    (100.0, "100"),
    (12.345, "12.35"),
]


@pytest.mark.parametrize(("value", "written"), NUMBERS)
def test_a_coordinate_is_written_without_trailing_noughts(value, written):
    assert charts._n(value) == written
