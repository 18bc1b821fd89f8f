"""Pictures that other programs show of the site: a card for each borough, and icons.

Drawing a card takes a twentieth of a second, so those that were drawn once are kept.
"""

import hashlib
from collections.abc import Sequence
from pathlib import Path

from policing_summary import rendering, store, theme
from policing_summary.content import Site
from policing_summary.heads import CARD
from policing_summary.sheet import Sheet

VERSION = 1  # of the drawing: raise it when cards are drawn otherwise
ICON, TOUCH_ICON = "favicon.ico", "apple-touch-icon.png"


def pictures(
    site: Site,
    sheets: Sequence[Sheet],
    cache: store.Cache,
    templates: Path = rendering.TEMPLATES,
) -> dict[str, bytes]:
    """All of them by path."""
    keys = {path: _key(site, *words) for path, words in _wanted(site, sheets).items()}
    found = {path: data for path, key in keys.items() if (data := cache.get(key))}
    missing = set(keys) - set(found)
    fresh = _drawn(site, sheets, templates, missing) if missing else {}
    for path, data in fresh.items():
        cache.put(keys[path], data)
    cache.keep_only(keys.values())
    return found | fresh


def _wanted(site: Site, sheets: Sequence[Sheet]) -> dict[str, tuple[str, ...]]:
    """What each picture says and shows, by its path."""
    settings = site.settings
    found: dict[str, tuple[str, ...]] = {
        ICON: (ICON,),
        TOUCH_ICON: (TOUCH_ICON,),
        CARD: (settings.publisher.name, settings.title, settings.strapline or "", ""),
    }
    for sheet in sheets:
        if not sheet.original:
            borough, head = sheet.borough, sheet.edition.head
            found[f"{sheet.path}/{CARD}"] = (
                head.title,
                borough.entry.name,
                head.period,
                borough.slug,
            )
    return found


def _key(site: Site, *words: str) -> str:
    places = [(slug, entry.tile) for slug, entry in site.settings.boroughs.items()]
    return hashlib.sha256(
        repr((VERSION, theme.of(site.settings.brand).hero, places, words)).encode()
    ).hexdigest()


def _drawn(
    site: Site, sheets: Sequence[Sheet], templates: Path, paths: set[str]
) -> dict[str, bytes]:
    from policing_summary import cards  # noqa: PLC0415 - a build that finds all cards draws none

    colours = theme.of(site.settings.brand).hero
    press = cards.Press(site.settings.boroughs, colours, templates / "fonts")
    found = {}
    for path, words in _wanted(site, sheets).items():
        if path not in paths:
            continue
        if path == ICON:
            found[path] = cards.favicon(colours)
        elif path == TOUCH_ICON:
            found[path] = cards.touch_icon(colours)
        else:
            above, name, below, borough = words
            found[path] = press.png(cards.Card(above, name, below, borough or None))
    return found
