"""Boroughs and their editions → what the start page shows: a map, a list, and postcode districts."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from policing_summary.content import Site
from policing_summary.drawings import CORNERS, centre
from policing_summary.model.files import BoroughEntry, PostcodesFile
from policing_summary.svg import number

MARGIN = 10  # around the tiles, in the units of the map
NAME_LINE = 9  # above them, for the name of the tile in focus


@dataclass(frozen=True)
class Published:
    """One edition's summary of a borough; `folder` lies below the site's root."""

    label: str
    folder: str
    is_specimen: bool


@dataclass(frozen=True)
class Tile:
    """A hexagon of the map: its outline, and where its letters stand."""

    path: str
    x: str
    y: str


@dataclass(frozen=True)
class Found:
    """A borough as it is found: its summaries come newest first, and may be none."""

    slug: str
    name: str
    short: str
    tile: Tile | None
    summaries: tuple[Published, ...]
    districts: str


@dataclass(frozen=True)
class Map:
    """The whole drawing: its box, and the line in it for the name of a tile."""

    box: str
    width: str
    height: str
    name_x: str
    name_y: str


@dataclass(frozen=True)
class District:
    """A postcode district and its boroughs, the one with most addresses first."""

    name: str
    boroughs: tuple[Found, ...]
    is_partly_outside: bool


def boroughs(site: Site) -> tuple[Found, ...]:
    """Every borough of the site by name."""
    published: dict[str, list[Published]] = {slug: [] for slug in site.settings.boroughs}
    for slug, one in _published(site):
        published[slug].append(one)
    districts: dict[str, list[str]] = {}
    for district, slugs in (site.postcodes.districts if site.postcodes else {}).items():
        for slug in slugs:
            districts.setdefault(slug, []).append(district)
    return tuple(
        Found(
            slug,
            entry.name,
            short(entry.name),
            _tile(entry),
            tuple(published[slug]),
            " ".join(districts.get(slug, ())),
        )
        for slug, entry in sorted(site.settings.boroughs.items(), key=lambda item: item[1].name)
    )


def summaries(site: Site, slug: str) -> list[Published]:
    """Those of one borough, newest first."""
    return [one for known, one in _published(site) if known == slug]


def _published(site: Site) -> Iterator[tuple[str, Published]]:
    for edition in site.editions:
        for borough in edition.boroughs:
            folder = f"{edition.slug}/{borough.slug}"
            is_specimen = borough.head.specimen is not None
            yield borough.slug, Published(edition.head.label, folder, is_specimen)


def short(name: str) -> str:
    """Up to four letters that fit on a tile: `Have`, `B&D`, `KuT`."""
    words = name.replace(" and ", " & ").split()
    if len(words) == 1:
        return name[:4]
    return "".join(word[0] for word in words)


def drawn(found: Sequence[Found], entries: Mapping[str, BoroughEntry]) -> Map | None:
    """The map of those that have a place on it; the name in focus stands on a line above it."""
    places = [centre(tile) for each in found if (tile := entries[each.slug].tile)]
    if not places:
        return None
    left, top = (min(axis) - MARGIN for axis in zip(*places, strict=True))
    width, height = (
        max(axis) + MARGIN - start
        for axis, start in zip(zip(*places, strict=True), (left, top), strict=True)
    )
    box = " ".join(map(number, (left, top - NAME_LINE, width, height + NAME_LINE)))
    return Map(box, number(width), number(height + NAME_LINE), number(left + 2), number(top - 1))


def _tile(entry: BoroughEntry) -> Tile | None:
    if entry.tile is None:
        return None
    x, y = centre(entry.tile)
    path = "M" + "L".join(f"{number(x + dx)} {number(y + dy)}" for dx, dy in CORNERS) + "Z"
    return Tile(path, number(x), number(y + 1.9))


def areas(postcodes: PostcodesFile, found: Sequence[Found]) -> Iterator[tuple[str, list[District]]]:
    """Districts by postcode area: `RM` with RM1, RM2 and so on."""
    by_slug = {each.slug: each for each in found}
    grouped: dict[str, list[District]] = {}
    for name, slugs in postcodes.districts.items():
        district = District(
            name,
            tuple(by_slug[slug] for slug in slugs),
            name in postcodes.partly_outside,
        )
        grouped.setdefault(re.sub(r"[0-9].*", "", name), []).append(district)
    yield from sorted(grouped.items())


def lookup(postcodes: PostcodesFile) -> bytes:
    """The same for the script that looks districts up."""
    data = {"districts": postcodes.districts, "outside": postcodes.partly_outside}
    return json.dumps(data, separators=(",", ":"), sort_keys=True).encode()
