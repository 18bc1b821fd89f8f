"""Small words beside a page or a sheet, outside what is cut: as outlines, so that they need no font."""

import io
from functools import cache

from fontTools.pens.basePen import BasePen
from fontTools.ttLib import TTFont

SIZE = 5.5  # points


class _Strokes(BasePen):  # type: ignore[misc]
    """Writes an outline as the path of a PDF; `scale` turns a font's units into points."""

    def __init__(self, glyphs: object, scale: float) -> None:
        super().__init__(glyphs)
        self.scale, self.x, self.parts = scale, 0.0, list[str]()

    def _at(self, *points: tuple[float, float]) -> str:
        return " ".join(f"{(self.x + x) * self.scale:.3f} {y * self.scale:.3f}" for x, y in points)

    def _moveTo(self, point: tuple[float, float]) -> None:  # noqa: N802 - fontTools calls it so
        self.parts.append(f"{self._at(point)} m")

    def _lineTo(self, point: tuple[float, float]) -> None:  # noqa: N802
        self.parts.append(f"{self._at(point)} l")

    def _curveToOne(self, *points: tuple[float, float]) -> None:  # noqa: N802
        self.parts.append(f"{self._at(*points)} c")

    def _closePath(self) -> None:  # noqa: N802
        self.parts.append("h")


@cache
def _font(data: bytes) -> TTFont:
    return TTFont(io.BytesIO(data))


def words(said: str, font: bytes, size: float) -> bytes:
    """Letters as a filled path, from the left end of their line; `size` in points.

    A letter that the font lacks is left out: the line is for people at the press, who know the job
    by its name in English.
    """
    face = _font(font)
    glyphs, names = face.getGlyphSet(), face.getBestCmap()
    pen = _Strokes(glyphs, size / face["head"].unitsPerEm)
    for letter in said:
        if ord(letter) in names:
            glyph = glyphs[names[ord(letter)]]
            glyph.draw(pen)
            pen.x += glyph.width
    return " ".join([*pen.parts, "f"]).encode()
