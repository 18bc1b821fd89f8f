"""The map, the icon and the monogram: every tile in its place, and nothing outside its field."""

import re
from xml.etree import ElementTree as ET

import pytest

from policing_summary import drawings, svg
from policing_summary.drawings import Outline
from policing_summary.model.files import BoroughEntry, Tile

SVG = "{http://www.w3.org/2000/svg}"
COLOURS = ("#111111", "#222222", "#333333")

# The map


def entry(row: int | None, column: int = 0) -> BoroughEntry:
    tile = None if row is None else Tile(column=str(column), row=str(row))
    return BoroughEntry(name="A", code="E09000001", tile=tile)


def tiles(drawn: str) -> list[tuple[float, float, str]]:
    """Centre and colour of each tile."""
    found = []
    for path in ET.fromstring(drawn).iter(f"{SVG}path"):
        for outline in path.get("d").split("M")[1:]:
            corners = [tuple(map(float, c.split())) for c in outline.rstrip("Z").split("L")]
            xs, ys = zip(*corners, strict=True)
            found.append((sum(xs) / 6, sum(ys) / 6, path.get("fill")))
    return found


def test_a_map_has_a_tile_for_each_borough_and_brings_out_one_on_top():
    boroughs = {"a": entry(0, 1), "b": entry(1, 1), "c": entry(None), "d": entry(0, 2)}
    found = tiles(drawings.tile_map(boroughs, "a", COLOURS))
    assert [colour for _, _, colour in found] == ["#111111", "#111111", "#333333"]
    b, d, a = found
    assert d[0] - a[0] == pytest.approx(17.32, abs=0.01)
    assert b[1] < a[1]  # rows count upwards
    assert b[0] - a[0] == pytest.approx(8.66, abs=0.01)  # odd rows are shifted


def test_a_borough_without_a_place_leaves_the_others_plain():
    found = tiles(drawings.tile_map({"a": entry(0), "b": entry(None)}, "b", COLOURS))
    assert [colour for _, _, colour in found] == ["#111111"]


def test_a_map_without_places_is_empty():
    assert tiles(drawings.tile_map({"a": entry(None)}, "a", COLOURS)) == []


def test_every_tile_lies_inside_its_map():
    boroughs = {str(n): entry(n % 5, n) for n in range(9)}
    drawn = drawings.tile_map(boroughs, "3", COLOURS)
    left, top, width, height = map(float, ET.fromstring(drawn).get("viewBox").split())
    for x, y, _ in tiles(drawn):
        assert left + 8 <= x <= left + width - 8
        assert top + 9 <= y <= top + height - 9


# The rest


def test_a_monogram_keeps_its_letters_inside_its_field():
    for bounds in [(0, -700, 1500, 0), (0, -100, 100, 2000), (50, -660, 700, 12)]:
        drawn = ET.fromstring(drawings.monogram(Outline("M0 0", bounds), ("#111111", "#222222")))
        (group,) = drawn.iter(f"{SVG}g")
        x, y, size = map(float, re.findall(r"-?[\d.]+", group.get("transform")))
        left, top, right, bottom = (side * size for side in bounds)
        assert left + x >= 0
        assert right + x <= 120
        assert top + y >= 0
        assert bottom + y <= 141


def test_the_icon_is_a_drawing_of_its_own():
    drawn = ET.fromstring(drawings.icon(COLOURS))
    assert drawn.get("viewBox") == "0 0 32 32"
    assert len(list(drawn.iter(f"{SVG}path"))) == 5


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
    assert svg.number(value) == written
