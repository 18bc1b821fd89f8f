"""Places and names → SVG that is decoration: the tile map, the icon, initials on a field."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from markupsafe import Markup, escape

from policing_summary.model.files import BoroughEntry, Tile
from policing_summary.svg import LINE, OWN, TINT, number

MOST_TILES = 200  # on one drawing; of more only those around the borough are drawn


def around(boroughs: Mapping[str, BoroughEntry], here: str) -> Mapping[str, BoroughEntry]:
    """The boroughs to draw around one: all of them, or the nearest if there are very many."""
    if len(boroughs) <= MOST_TILES:
        return boroughs
    own = boroughs[here].tile if here in boroughs else None
    if own is None:
        return {}
    reach = (MOST_TILES**0.5 - 1) / 2
    return {
        slug: entry
        for slug, entry in boroughs.items()
        if entry.tile
        and abs(entry.tile.column - own.column) <= reach
        and abs(entry.tile.row - own.row) <= reach
    }


def tile_map(boroughs: Mapping[str, BoroughEntry], here: str, colours: tuple[str, str, str]) -> str:
    """London as hexagons, one for each borough, as a drawing without words.

    `here` is the slug of the borough to bring out; `colours` are those of the other tiles, of
    their outlines, and of the one brought out.
    """
    tile, line, bright = colours
    tiles, box = _tiles(boroughs, here)
    others = "".join(path for slug, path in tiles if slug != here)
    own = "".join(path for slug, path in tiles if slug == here)
    shapes = [
        f'<path d="{path}" fill="{fill}" stroke="{stroke}" stroke-width="0.5"/>'
        for path, fill, stroke in ((others, tile, line), (own, bright, bright))
        if path
    ]
    _, _, width, height = box
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{number(width)}" height="{number(height)}" '
        f'viewBox="{" ".join(map(number, box))}">{"".join(shapes)}</svg>'
    )


def borough_map(boroughs: Mapping[str, BoroughEntry], here: str, title: str) -> Markup:
    """The same to stand in a text, with a text alternative and colours that a page may set over."""
    tiles, box = _tiles(boroughs, here)
    own, other = ("here-tile", OWN, OWN), ("tile", TINT, LINE)
    shapes = "".join(
        f'<path class="{kind}" d="{path}" fill="{fill}" stroke="{line}"/>'
        for slug, path in tiles
        for kind, fill, line in [own if slug == here else other]
    )
    return Markup(  # noqa: S704 - the title is escaped, and the rest is numbers
        '<svg class="tile-map" xmlns="http://www.w3.org/2000/svg" role="img" '
        f'viewBox="{" ".join(map(number, box))}" stroke-width="0.6">'
        f"<title>{escape(title)}</title>{shapes}</svg>"
    )


def centre(place: Tile) -> tuple[float, float]:
    """The middle of a tile, in the units of the map; odd rows are shifted by half a tile."""
    row, column = int(place.row), int(place.column)
    return 17.32 * (column + (0.5 if row % 2 else 0)), -15.0 * row


Box: TypeAlias = tuple[float, float, float, float]


def _tiles(boroughs: Mapping[str, BoroughEntry], here: str) -> tuple[list[tuple[str, str]], Box]:
    """The outline of each borough by its slug, the one `here` last; and the box they lie in."""
    paths, xs, ys = [], [], []
    shown = around(boroughs, here)
    placed = [(slug, entry.tile) for slug, entry in shown.items() if entry.tile]
    for slug, place in sorted(placed, key=lambda item: item[0] == here):
        x, y = centre(place)
        xs.append(x)
        ys.append(y)
        paths.append((slug, _hexagon(x, y)))
    left, top = min(xs, default=0) - 10, min(ys, default=0) - 10
    return paths, (left, top, max(xs, default=0) + 10 - left, max(ys, default=0) + 10 - top)


@lru_cache(maxsize=10_000)
def _hexagon(x: float, y: float) -> str:
    """The outline of the tile around a point: the same in the maps of all boroughs."""
    return "M" + "L".join(f"{number(x + dx)} {number(y + dy)}" for dx, dy in CORNERS) + "Z"


CORNERS = ((0, -9.2), (7.97, -4.6), (7.97, 4.6), (0, 9.2), (-7.97, 4.6), (-7.97, -4.6))


ICON_TILES = (
    (16, 16, True),
    (7.3, 31, False),
    (24.7, 31, False),
    (7.3, 1, False),
    (24.7, 1, False),
)
"""The middle of each tile of the icon, in a box of 32, and whether it is brought out."""


def icon(colours: tuple[str, str, str]) -> str:
    """The site's icon: one tile among others. `colours` as for `tile_map`."""
    tile, field, bright = colours
    shapes = "".join(
        f'<path d="M{"L".join(f"{number(x + dx)} {number(y + dy)}" for dx, dy in CORNERS)}Z" fill="{fill}"/>'
        for x, y, is_bright in ICON_TILES
        for fill in [bright if is_bright else tile]
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">'
        f'<rect width="32" height="32" rx="6" fill="{field}"/>{shapes}</svg>'
    )


@dataclass(frozen=True)
class Outline:
    """The outline of letters as SVG path data, and its bounds: left, top, right, bottom."""

    path: str
    bounds: tuple[float, float, float, float]


def monogram(outline: Outline, colours: tuple[str, str]) -> str:
    """Initials on a field, in place of a portrait. Decoration only; `colours`: field and letters."""
    field, ink = colours
    left, top, right, bottom = outline.bounds
    size = min(66 / (right - left), 52 / (bottom - top))
    x = 60 - size * (left + right) / 2
    y = 72 - size * (top + bottom) / 2
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="120" height="150" viewBox="0 0 120 150">'
        f'<rect width="120" height="150" fill="{field}"/>'
        f'<rect y="141" width="120" height="9" fill="{ink}"/>'
        f'<g transform="translate({number(x)} {number(y)}) scale({size:.5f})">'
        f'<path d="{escape(outline.path)}" fill="{ink}"/></g></svg>'
    )
