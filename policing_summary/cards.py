"""Names → pictures of the site for other programs: the card that is shown where a page is shared,
and icons for browser tabs and telephones.

Every picture has three colours and their mixtures with the field behind them, so that a card takes
about ten kilobytes. The same name gives the same bytes.
"""

import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from math import ceil, floor
from pathlib import Path
from types import MappingProxyType

from PIL import Image, ImageDraw, ImageFont

from policing_summary.drawings import CORNERS, ICON_TILES, centre
from policing_summary.model.files import BoroughEntry

SIZE = (1200, 630)  # pixels, as Open Graph asks for
TILE, BRIGHT, WHITE = 0, 1, 2  # the ramps of the palette
STEPS = 16  # from the field to the colour of a ramp
FINE = 4  # hexagons are drawn so much larger, and made smooth on the way back
MAP_BOX = (590, 70, 1160, 590)
WORDS_LEFT, WORDS_WIDTH = 70, 520
LARGEST, SMALLEST = 100, 52  # of the name, in pixels
SERIF, SANS = "SourceSerif4Display-Semibold.woff2", "SourceSans3-Semibold.woff2"
TOUCH_ICON = 180  # pixels
FAVICON = 32


@dataclass(frozen=True)
class Card:
    """What a card says: a name large, a line above and one below it."""

    above: str
    name: str
    below: str
    borough: str | None = None
    """The slug of the borough to bring out on the map."""


class Press:
    """Draws cards on one map, which is drawn once."""

    def __init__(
        self,
        boroughs: Mapping[str, BoroughEntry],
        colours: tuple[str, str, str],
        fonts: Path,
        own: Mapping[str, bytes] = MappingProxyType({}),
    ) -> None:
        """`colours` as for `drawings.tile_map`; `fonts` is the folder of the typefaces.

        `own` are fonts that stand in the place of ours, under the names of ours.
        """
        self._palette = _palette(*colours)
        self._font = cache(partial(_font, fonts, own))
        self._outlines = _outlines(boroughs)
        self._map = _under(SIZE)
        _lay(self._map, _hexagons(self._outlines.values()), TILE)

    def png(self, card: Card) -> bytes:
        drawn = self._map.copy()
        if card.borough in self._outlines:
            _lay(drawn, _hexagons([self._outlines[card.borough]]), BRIGHT)
        size, lines = self._broken(card.name)
        height = int(size * 1.1)
        top = (SIZE[1] - height * len(lines)) // 2 - 10
        _lay(drawn, self._written(card.above, SANS, 34, (WORDS_LEFT, top - 58)), BRIGHT)
        for number, line in enumerate(lines):
            place = (WORDS_LEFT, top + number * height)
            _lay(drawn, self._written(line, SERIF, size, place), WHITE)
        below = top + height * len(lines) + 34
        _lay(drawn, self._written(card.below, SANS, 34, (WORDS_LEFT, below)), WHITE)
        return _png(drawn, self._palette)

    def _broken(self, name: str) -> tuple[int, list[str]]:
        """The largest size at which the name fits, and its lines."""
        for size in range(LARGEST, SMALLEST - 1, -4):
            font = self._font(SERIF, size)
            lines: list[str] = []
            for word in name.split():
                longer = f"{lines[-1]} {word}" if lines else word
                if lines and font.getlength(longer) <= WORDS_WIDTH:
                    lines[-1] = longer
                else:
                    lines.append(word)
            if max(map(font.getlength, lines)) <= WORDS_WIDTH and len(lines) <= 3:  # noqa: PLR2004
                break
        return size, lines

    def _written(self, words: str, face: str, size: int, place: tuple[int, int]) -> "Mask":
        font = self._font(face, size)
        left, top, right, bottom = font.getbbox(words)
        x, y = place
        mask = Image.new("L", (max(1, int(right - left)), max(1, int(bottom - top))))
        ImageDraw.Draw(mask).text((-left, -top), words, font=font, fill=255)
        return Mask(mask, (x + int(left), y + int(top)))


@dataclass(frozen=True)
class Mask:
    """Where a shape covers the picture, and how much; `at` is its upper left corner there, in pixels.

    It is no larger than the shape: what lies far from it need not be looked at.
    """

    image: Image.Image
    at: tuple[int, int]


def touch_icon(colours: tuple[str, str, str]) -> bytes:
    """The icon on a telephone's screen, as a PNG without transparency."""
    return _png(_icon(TOUCH_ICON), _palette(*colours))


def favicon(colours: tuple[str, str, str]) -> bytes:
    """The icon for programs that look for `favicon.ico`."""
    drawn = _icon(FAVICON)
    drawn.putpalette(_palette(*colours))
    out = io.BytesIO()
    drawn.convert("RGB").save(out, "ICO", sizes=[(FAVICON, FAVICON)])
    return out.getvalue()


Shape = list[tuple[float, float]]


def _icon(side: int) -> Image.Image:
    scale = side / 32
    drawn = _under((side, side))
    for x, y, is_bright in ICON_TILES:
        shape = [((x + dx) * scale, (y + dy) * scale) for dx, dy in CORNERS]
        _lay(drawn, _hexagons([shape]), BRIGHT if is_bright else TILE)
    return drawn


def _under(size: tuple[int, int]) -> Image.Image:
    return Image.new("L", size)


def _outlines(boroughs: Mapping[str, BoroughEntry]) -> dict[str, Shape]:
    """Each borough's hexagon on the card, in pixels."""
    places = {slug: centre(entry.tile) for slug, entry in boroughs.items() if entry.tile}
    if not places:
        return {}
    xs, ys = zip(*places.values(), strict=True)
    left, top, right, bottom = MAP_BOX
    wide, high = max(xs) - min(xs) + 18, max(ys) - min(ys) + 20
    scale = min((right - left) / wide, (bottom - top) / high)
    dx, dy = right - scale * (max(xs) + 9), (top + bottom - scale * (max(ys) + min(ys))) / 2
    return {
        slug: [(dx + scale * (x + cx), dy + scale * (y + cy)) for cx, cy in CORNERS]
        for slug, (x, y) in places.items()
    }


def _hexagons(shapes: Iterable[Shape]) -> Mask:
    shapes = list(shapes)
    points = [point for shape in shapes for point in shape]
    if not points:
        return Mask(_under((1, 1)), (0, 0))
    left, top = (floor(min(each)) - 1 for each in zip(*points, strict=True))
    right, bottom = (ceil(max(each)) + 1 for each in zip(*points, strict=True))
    mask = Image.new("L", ((right - left) * FINE, (bottom - top) * FINE))
    draw = ImageDraw.Draw(mask)
    for shape in shapes:
        draw.polygon([((x - left) * FINE, (y - top) * FINE) for x, y in shape], fill=255)
    smooth = mask.resize((right - left, bottom - top), Image.Resampling.BOX)
    return Mask(smooth, (left, top))


def _lay(under: Image.Image, mask: Mask, ramp: int) -> None:
    """Lay a ramp's colour over the picture where the mask is not empty."""
    steps = mask.image.point([ramp * STEPS + value * (STEPS - 1) // 255 for value in range(256)])
    where = mask.image.point([255 if value * (STEPS - 1) // 255 else 0 for value in range(256)])
    under.paste(steps, mask.at, where)


def _palette(tile: str, field: str, bright: str) -> list[int]:
    """Every ramp from the field to its colour, as red, green and blue."""
    start = _rgb(field)
    return [
        round(a + (b - a) * step / (STEPS - 1))
        for end in (_rgb(tile), _rgb(bright), (255, 255, 255))
        for step in range(STEPS)
        for a, b in zip(start, end, strict=True)
    ]


def _rgb(colour: str) -> tuple[int, int, int]:
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return red, green, blue


def _font(folder: Path, own: Mapping[str, bytes], face: str, size: int) -> ImageFont.FreeTypeFont:
    source = io.BytesIO(own[face]) if face in own else folder / face
    return ImageFont.truetype(source, size, layout_engine=ImageFont.Layout.BASIC)


def _png(drawn: Image.Image, palette: list[int]) -> bytes:
    drawn.putpalette(palette)
    out = io.BytesIO()
    drawn.save(out, "PNG", compress_level=3)
    return out.getvalue()
