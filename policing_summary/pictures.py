"""Portraits and the drawings that stand where there is none."""

import base64
import hashlib
import io
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import astuple, dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from policing_summary import drawings, store
from policing_summary.content import Edition
from policing_summary.model.base import EasySentence, Person

STAND_IN = ("#dfe6ec", "#16324f")
INITIALS_FONT = "fonts/SourceSerif4Display-Semibold.woff2"
TYPES = {".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".webp": "image/webp"}


@dataclass(frozen=True)
class Picture:
    """A picture's file name, its media type and its bytes."""

    name: str
    media_type: str
    data: bytes

    @property
    def data_uri(self) -> str:
        return f"data:{self.media_type};base64,{base64.b64encode(self.data).decode()}"


def drawing(name: str, templates: Path) -> Picture:
    """One of our own drawings."""
    data = (templates / "pictures" / f"{name}.svg").read_bytes()
    return Picture(f"{name}.svg", "image/svg+xml", data)


def beside(sentence: EasySentence, edition: Edition, templates: Path) -> Picture:
    """The picture that says what an easy sentence says."""
    if "/" not in sentence.picture:
        return drawing(sentence.picture, templates)
    path = edition.folder / sentence.picture
    return Picture(path.name, TYPES[path.suffix.lower()], path.read_bytes())


def of(person: Person, edition: Edition, templates: Path, lettered: bytes | None = None) -> Picture:
    """The person's portrait; a monogram drawn from the initials if there is none.

    `lettered` is the font of the initials, if the site has one of its own.
    """
    if person.photo:
        return named(person.photo, edition)
    initials = person.initials
    kept = store.Cache(templates.parent / ".cache" / "monograms")
    outline = _kept_outline(initials, lettered or templates / INITIALS_FONT, kept)
    drawing = drawings.monogram(outline, STAND_IN)
    return Picture(f"monogram-{initials.lower()}.svg", "image/svg+xml", drawing.encode())


def named(name: str, edition: Edition) -> Picture:
    """A picture of the edition's `images` folder, as it lies there."""
    path = edition.folder / name
    return Picture(path.name, TYPES[path.suffix.lower()], path.read_bytes())


@cache
def _kept_outline(letters: str, source: Path | bytes, kept: store.Cache) -> drawings.Outline:
    """The same as `_outline`, which takes longer than all else of a page with one changed word."""
    data = _data(source)
    asked = f"{version('fonttools')}\0{letters}\0".encode()
    key = hashlib.sha256(asked + data).hexdigest()
    if told := kept.get(key):
        path, (left, top, right, bottom) = json.loads(told)
        return drawings.Outline(path, (left, top, right, bottom))
    outline = _outline(letters, source)
    with suppress(OSError):  # it will be drawn again the next time
        kept.put(key, json.dumps(astuple(outline)).encode())
    return outline


def _outline(letters: str, source: Path | bytes) -> drawings.Outline:
    """Letters as the outline of a path, so that the drawing needs no font of its reader."""
    from fontTools.pens.boundsPen import BoundsPen  # noqa: PLC0415 - 0.1 s, only for monograms
    from fontTools.pens.svgPathPen import SVGPathPen  # noqa: PLC0415
    from fontTools.pens.transformPen import TransformPen  # noqa: PLC0415

    glyphs, names = _glyphs(source)
    pen, bounds, advance = SVGPathPen(glyphs), BoundsPen(glyphs), 0.0
    for letter in letters:
        glyph = glyphs[names[ord(letter)]] if ord(letter) in names else glyphs[".notdef"]
        for each in (pen, bounds):
            glyph.draw(TransformPen(each, (1, 0, 0, -1, advance, 0)))
        advance += glyph.width
    return drawings.Outline(pen.getCommands(), bounds.bounds or (0.0, 0.0, 1.0, 1.0))


@cache
def _glyphs(source: Path | bytes) -> tuple[Any, Mapping[int, str]]:
    """What a typeface draws by name, and the names of its letters: unpacked once for everybody."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415

    font = TTFont(io.BytesIO(_data(source)))
    return font.getGlyphSet(), font.getBestCmap()


def _data(source: Path | bytes) -> bytes:
    return source if isinstance(source, bytes) else source.read_bytes()
