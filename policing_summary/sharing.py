"""Pictures that other programs show of the site: a card for each borough, and icons.

Drawing a card takes some milliseconds, so those that were drawn once are kept.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias

from policing_summary import crew, lettering, rendering, store, theme, workers
from policing_summary.content import Borough, Frame, Site
from policing_summary.errors import BuildError
from policing_summary.gists import Gist
from policing_summary.heads import CARD
from policing_summary.lettering import Lettering
from policing_summary.model.files import EditionHead, SiteFile
from policing_summary.sheet import Sheet
from policing_summary.workers import OURS, Hands

VERSION = 3  # of the drawing: raise it when cards are drawn otherwise
FEW, MANY = 24, 150  # pictures from which on copies of this process help, and others
SOME = 50  # pictures of one job at most
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
    return dict(drawn(site.settings, site.folder, wanted, cache, templates))


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


def drawn(  # noqa: PLR0913, PLR0917 - what pictures are drawn of, and by whom
    settings: SiteFile,
    folder: Path,
    wanted: Words,
    cache: store.Cache,
    templates: Path = rendering.TEMPLATES,
    hands: Hands = OURS,
) -> Mapping[str, bytes]:
    """Each picture that is wanted, drawn if it is not in the cache; very many by all hands. `folder` is content/."""
    own = lettering.on_pages(settings.brand, folder)
    keys = _keys(settings, own, wanted)
    missing = {path: wanted[path] for path, key in keys.items() if cache.get(key) is None}
    drawing = _Drawing(settings, own.bold_text, own.bold_headings, missing, templates)
    for some in _drawings(drawing, hands):
        for path, data in some.items():
            cache.put(keys[path], data)
    return _Drawn(cache, keys)


class _Drawn(Mapping[str, bytes]):
    """Pictures, each read from the cache when it is asked for."""

    def __init__(self, cache: store.Cache, keys: Mapping[str, str]) -> None:
        self._cache, self._keys = cache, keys

    def __getitem__(self, path: str) -> bytes:
        data = self._cache.get(self._keys[path])
        if data is None:
            raise BuildError(f"The picture {path} has gone from .cache/cards. Build once more.")
        return data

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)


@dataclass(frozen=True)
class _Drawing:
    """`text` and `headings` are the site's own typefaces, if it has some."""

    settings: SiteFile
    text: bytes | None
    headings: bytes | None
    words: Words
    templates: Path


def _drawings(wanted: _Drawing, hands: Hands) -> Iterator[Mapping[str, bytes]]:
    paths = list(wanted.words)
    cores = hands.jobs or crew.cores()
    copies = cores > 1 and crew.can_be_copied()
    if len(paths) < (FEW if copies else MANY):
        return iter([_drawn(wanted)] if paths else [])
    size = min(SOME, -(-len(paths) // cores))
    parts = (paths[start : start + size] for start in range(0, len(paths), size))
    jobs = [replace(wanted, words={path: wanted.words[path] for path in part}) for part in parts]
    prepared = None if copies else hands.prepared
    return workers.run(_drawn, jobs, replace(hands, cluster=None, prepared=prepared))


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


def _drawn(wanted: _Drawing) -> Mapping[str, bytes]:
    from policing_summary import cards  # noqa: PLC0415 - a build that finds all cards draws none

    colours = theme.of(wanted.settings.brand).hero
    fonts = {cards.SANS: wanted.text, cards.SERIF: wanted.headings}
    press = cards.Press(
        wanted.settings.boroughs,
        colours,
        wanted.templates / "fonts",
        {name: data for name, data in fonts.items() if data},
    )
    found = {}
    for path, words in wanted.words.items():
        if path == ICON:
            found[path] = cards.favicon(colours)
        elif path == TOUCH_ICON:
            found[path] = cards.touch_icon(colours)
        else:
            above, name, below, borough = words
            found[path] = press.png(cards.Card(above, name, below, borough or None))
    return found
