"""Pictures that other programs show of the site: a card for each borough, and icons.

Drawing a card takes some milliseconds, so those that were drawn once are kept.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

from policing_summary import lettering, rendering, store, theme
from policing_summary.content import Borough, Frame, Site
from policing_summary.gists import Gist
from policing_summary.heads import CARD
from policing_summary.lettering import Lettering
from policing_summary.model.files import EditionHead, SiteFile
from policing_summary.sheet import Sheet

VERSION = 2  # of the drawing: raise it when cards are drawn otherwise
ICON, TOUCH_ICON = "favicon.ico", "apple-touch-icon.png"


Words: TypeAlias = Mapping[str, tuple[str, ...]]
"""What each picture says and shows, by its path."""


def pictures(
    site: Site,
    sheets: Sequence[Sheet],
    cache: store.Cache,
    templates: Path = rendering.TEMPLATES,
) -> dict[str, bytes]:
    """All of them by path."""
    wanted = {**of_site(site.settings), **of_sheets(sheets)}
    return drawn(site.settings, site.folder, wanted, cache, templates)


def of_site(settings: SiteFile) -> Words:
    """Those that are no borough's own."""
    return {
        ICON: (ICON,),
        TOUCH_ICON: (TOUCH_ICON,),
        CARD: (settings.publisher.name, settings.title, settings.strapline or "", ""),
    }


def of_sheets(sheets: Iterable[Sheet]) -> Words:
    originals = (sheet for sheet in sheets if not sheet.original)
    return dict(_card(each.edition.slug, each.edition.head, each.borough) for each in originals)


def of_gists(shared: Frame, gists: Iterable[Gist]) -> Words:
    """Those of some boroughs."""
    heads = {each.slug: each.reading.model for each in shared.editions if each.reading}
    return dict(
        _card(glimpse.edition, head, glimpse.borough)
        for gist in gists
        for glimpse in gist.glimpses
        if not glimpse.is_draft and (head := heads[glimpse.edition])
    )


def _card(edition: str, head: EditionHead, borough: Borough) -> tuple[str, tuple[str, ...]]:
    words = (head.title, borough.entry.name, head.period, borough.slug)
    return f"{edition}/{borough.slug}/{CARD}", words


def drawn(
    settings: SiteFile,
    folder: Path,
    wanted: Words,
    cache: store.Cache,
    templates: Path = rendering.TEMPLATES,
) -> dict[str, bytes]:
    """Each picture that is wanted, drawn if it is not in the cache. `folder` is content/."""
    own = lettering.on_pages(settings.brand, folder)
    keys = _keys(settings, own, wanted)
    found = {path: data for path, key in keys.items() if (data := cache.get(key))}
    missing = {path: words for path, words in wanted.items() if path not in found}
    fresh = _drawn(settings, own, missing, templates) if missing else {}
    for path, data in fresh.items():
        cache.put(keys[path], data)
    return found | fresh


def keep_only(settings: SiteFile, folder: Path, wanted: Words, cache: store.Cache) -> None:
    """Drop from the cache what is wanted no more."""
    own = lettering.on_pages(settings.brand, folder)
    cache.keep_only(_keys(settings, own, wanted).values())


def _keys(settings: SiteFile, own: Lettering, wanted: Words) -> dict[str, str]:
    places = [(slug, entry.tile) for slug, entry in settings.boroughs.items()]
    start = hashlib.sha256(
        repr((VERSION, theme.of(settings.brand).hero, places)).encode()
        + b"".join(data for data in (own.bold_text, own.bold_headings) if data)
    ).hexdigest()
    return {
        path: hashlib.sha256(f"{start}{words!r}".encode()).hexdigest()
        for path, words in wanted.items()
    }


def _drawn(settings: SiteFile, own: Lettering, wanted: Words, templates: Path) -> dict[str, bytes]:
    from policing_summary import cards  # noqa: PLC0415 - a build that finds all cards draws none

    colours = theme.of(settings.brand).hero
    fonts = {cards.SANS: own.bold_text, cards.SERIF: own.bold_headings}
    press = cards.Press(
        settings.boroughs,
        colours,
        templates / "fonts",
        {name: data for name, data in fonts.items() if data},
    )
    found = {}
    for path, words in wanted.items():
        if path == ICON:
            found[path] = cards.favicon(colours)
        elif path == TOUCH_ICON:
            found[path] = cards.touch_icon(colours)
        else:
            above, name, below, borough = words
            found[path] = press.png(cards.Card(above, name, below, borough or None))
    return found
