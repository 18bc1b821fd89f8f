"""A site's own typefaces → files for leaflets, which are complete, and smaller ones for pages.

Making them takes seconds, so those that were made once are kept. The same fonts give the same bytes.
"""

import hashlib
import io
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from policing_summary import identity, store
from policing_summary.fontfiles import BOLD, Cut, Family
from policing_summary.model.brand import Brand
from policing_summary.typefaces import LATIN, LATIN_ON_PAGES, Face

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

RECIPE = 1  # goes up whenever other bytes are made from the same font
CACHE = Path(".cache") / "fonts"
ON_PAGES = {"text": "Site Text", "headings": "Site Headings"}
"""What they are called there: an open licence may reserve a typeface's name for the complete one."""
# Western and Central European letters, Welsh, and the punctuation and signs of running text.
LETTERS = (
    *((0x20, 0x7E), (0xA0, 0x17F), (0x192, 0x192), (0x218, 0x21B), (0x1E80, 0x1E85)),
    *((0x1EF2, 0x1EF3), (0x2010, 0x2015), (0x2018, 0x201E)),
    *((0x2020, 0x2022), (0x2026, 0x2026), (0x2030, 0x2030), (0x2032, 0x2033), (0x2039, 0x203A)),
    *((0x2044, 0x2044), (0x20AC, 0x20AC), (0x2122, 0x2122), (0x2190, 0x2193), (0x2212, 0x2212)),
    *((0x2248, 0x2248), (0x2260, 0x2260), (0x2264, 0x2265)),
)
Recipe: TypeAlias = Callable[[Cut, str], bytes]
"""A font of the site's own, and what it is to be called → the file."""
FEATURES = ["kern", "liga", "mark", "mkmk", "ccmp", "locl", "lnum", "tnum", "pnum"]
COPYRIGHT, FAMILY, STYLE, FULL_NAME, POSTSCRIPT_NAME, LICENCE, LICENCE_URL = 0, 1, 2, 4, 6, 13, 14


@dataclass(frozen=True)
class Lettering:
    """The faces of one medium in the order in which they are asked for, and the bytes of each by its file.

    `sans` and `serif` are families for text and for headings, each before those that step in for it.
    """

    faces: tuple[Face, ...]
    files: Mapping[str, bytes] = field(repr=False)
    sans: tuple[str, ...]
    serif: tuple[str, ...]
    letters: frozenset[str] = field(default=frozenset(), repr=False)
    """What the site's own faces all have; nothing if it has none."""

    @property
    def is_own(self) -> bool:
        return bool(self.files)

    @property
    def bold_text(self) -> bytes | None:
        """The site's own bold for text, for pictures with words; nothing if it has none."""
        return self._bold(self.sans[0])

    @property
    def bold_headings(self) -> bytes | None:
        return self._bold(self.serif[0])

    def _bold(self, family: str) -> bytes | None:
        bold = (each for each in self.faces if each.family == family and each.weight == BOLD)
        return next((self.files[each.file] for each in bold), None)


def on_pages(brand: Brand, content: Path) -> Lettering:
    """Those of pages: the site's own first; ours are fetched only for what is not in them."""
    found = identity.of(brand, content)
    names = {key: ON_PAGES[key] for key, family in _roles(found).items() if family}
    if found.headings and found.headings is found.text:
        names["headings"] = names["text"]
    return _made(content, found, names, LATIN_ON_PAGES, _small)


def in_leaflets(brand: Brand, content: Path) -> Lettering:
    """Those of leaflets, under the names that a print shop knows them by."""
    found = identity.of(brand, content)
    taken = {face.family for face in LATIN}
    names: dict[str, str] = {}
    for key, family in _roles(found).items():
        if family is None:
            continue
        if key == "headings" and family is found.text:
            names[key] = names["text"]
            continue
        name = "".join(c if c.isascii() and c.isalnum() else " " for c in family.name)
        name = " ".join(name.split()) or ON_PAGES[key]
        while name in taken:
            name = f"Own {name}"
        taken.add(name)
        names[key] = name
    return _made(content, found, names, LATIN, _complete)


def _roles(found: identity.Identity) -> dict[str, Family | None]:
    return {"text": found.text, "headings": found.headings}


def _made(
    content: Path,
    found: identity.Identity,
    names: Mapping[str, str],
    ours: Sequence[Face],
    make: Recipe,
) -> Lettering:
    cache = store.Cache(content.parent / CACHE)
    faces, files = list[Face](), dict[str, bytes]()
    for key, family in _roles(found).items():
        if family is None or (key == "headings" and family is found.text):
            continue
        for cut in family.cuts:
            data = _kept(cut, names[key], make, cache)
            weight, style = cut.role
            name = f"{names[key]}-{weight}-{style}.woff2".replace(" ", "")
            faces.append(Face(names[key], weight, style, name, is_seen_first=style == "normal"))
            files[name] = data
    sans, serif = dict.fromkeys(face.family for face in ours)
    letters = [family.letters for family in found.families]
    return Lettering(
        tuple(faces),
        files,
        (names["text"], sans) if "text" in names else (sans,),
        (names["headings"], serif) if "headings" in names else (serif,),
        frozenset.intersection(*letters) if letters else frozenset(),
    )


def _kept(cut: Cut, name: str, make: Recipe, cache: store.Cache) -> bytes:
    start = f"{RECIPE} {make.__name__} {name} {cut.role} {sorted(cut.location.items())} "
    key = hashlib.sha256(start.encode() + cut.data).hexdigest()
    if (data := cache.get(key)) is None:
        with _quiet():
            data = make(cut, name)
        cache.put(key, data)
    return data


@contextmanager
def _quiet() -> Iterator[None]:
    """Without what fontTools remarks of dates and tables that nobody here can change."""
    logger = logging.getLogger("fontTools")
    before = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(before)


def _complete(cut: Cut, name: str) -> bytes:  # noqa: ARG001 - it keeps its own name
    """The whole font, packed so that it opens at once; of a variable one the point that is needed."""
    from fontTools.ttLib import woff2  # noqa: PLC0415 - only when a font is new

    font = _fixed(_opened(cut.data), cut)
    plain, packed = io.BytesIO(), io.BytesIO()
    font.flavor = None
    font.save(plain, reorderTables=False)
    plain.seek(0)
    woff2.compress(plain, packed, transform_tables=())
    return packed.getvalue()


def _small(cut: Cut, name: str) -> bytes:
    """The letters that pages are written in, under a name of the page's own."""
    from fontTools.subset import Options, Subsetter  # noqa: PLC0415 - only when a font is new

    options = Options(layout_features=FEATURES, hinting=False, notdef_outline=True, name_IDs=["*"])
    font, subsetter = _opened(cut.data), Subsetter(options)
    subsetter.populate(
        unicodes=[code for first, last in LETTERS for code in range(first, last + 1)]
    )
    subsetter.subset(font)
    font = _fixed(font, cut)
    names = font["name"]
    kept = {number: names.getDebugName(number) for number in (COPYRIGHT, LICENCE, LICENCE_URL)}
    names.names = []
    style = f"{cut.role[0]} {cut.role[1]}"
    named = {
        FAMILY: name,
        STYLE: "Regular",
        FULL_NAME: f"{name} {style}",
        POSTSCRIPT_NAME: f"{name}-{style}".replace(" ", ""),
    }
    for number, text in {**kept, **named}.items():
        if text:
            names.setName(text, number, 3, 1, 0x409)
    out = io.BytesIO()
    font.flavor = "woff2"
    font.save(out)
    return out.getvalue()


def _opened(data: bytes) -> "TTFont":
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - only when a font is new

    return TTFont(io.BytesIO(data), recalcTimestamp=False)


def _fixed(font: "TTFont", cut: Cut) -> "TTFont":
    """A variable font at the point that is needed, as a press wants it."""
    if not cut.is_variable:
        return font
    from fontTools.varLib.instancer import instantiateVariableFont  # noqa: PLC0415 - the same

    return instantiateVariableFont(font, cut.location, inplace=True)
