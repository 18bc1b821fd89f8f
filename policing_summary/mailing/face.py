"""The typeface of addresses: Source Sans 3 Regular, measured from its own table of widths."""

import io
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

FILE = "SourceSans3-Regular.woff2"
NAME = "SourceSans3-Regular"


@dataclass(frozen=True)
class Face:
    """`advances` are widths of letters in thousandths of the type size. No kerning: it would be spacing."""

    advances: Mapping[str, int] = field(repr=False)
    source: bytes = field(repr=False)

    def width(self, text: str, size: float) -> float:
        """In points, at a type size in points; letters that are missing count as the widest."""
        return sum(self.advances.get(letter, 1000) for letter in text) * size / 1000

    def lacks(self, text: str) -> list[str]:
        return sorted({letter for letter in text if letter not in self.advances})


@dataclass(frozen=True)
class Subset:
    """A TrueType font with only some letters. `glyphs` gives the number of each, `widths` their advances.

    `box`, `ascent`, `descent` and `cap_height` are in thousandths of the type size.
    """

    data: bytes = field(repr=False)
    glyphs: Mapping[str, int]
    widths: tuple[int, ...]
    box: tuple[int, int, int, int]
    ascent: int
    descent: int
    cap_height: int


def load(templates: Path) -> Face:
    data = (templates / "fonts" / FILE).read_bytes()
    font = TTFont(io.BytesIO(data), lazy=True)
    metrics, scale = font["hmtx"], 1000 / font["head"].unitsPerEm
    advances = {
        chr(code): round(metrics[glyph][0] * scale) for code, glyph in font.getBestCmap().items()
    }
    return Face(advances, data)


def cut(face: Face, letters: Collection[str]) -> Subset:
    """The font with these letters alone; the same letters give the same bytes."""
    font = TTFont(io.BytesIO(face.source), recalcTimestamp=False)
    font.flavor = None
    options = subset.Options(
        layout_features=[],
        hinting=False,
        notdef_outline=True,
        name_IDs=[],
        drop_tables=["BASE", "GDEF"],
    )
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=sorted(map(ord, {*letters, " "})))
    cutter.subset(font)
    scale = 1000 / font["head"].unitsPerEm
    order, head, metrics = font.getGlyphOrder(), font["head"], font["hmtx"]
    out = io.BytesIO()
    font.save(out)
    return Subset(
        data=out.getvalue(),
        glyphs={chr(c): font.getGlyphID(glyph) for c, glyph in font.getBestCmap().items()},
        widths=tuple(round(metrics[glyph][0] * scale) for glyph in order),
        box=(head.xMin, head.yMin, head.xMax, head.yMax),
        ascent=font["hhea"].ascent,
        descent=font["hhea"].descent,
        cap_height=font["OS/2"].sCapHeight,
    )
