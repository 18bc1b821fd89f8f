"""A site's own colours, on screen and in print."""

import re
from typing import Annotated

from pydantic import Field, PlainValidator

from policing_summary.model.base import Frozen, reader
from policing_summary.numerals import UnreadableError

MOST_INK = 230  # percent in all, and no more than three inks: more smears on coated paper
MOST_INKS = 3


def _colour(text: str) -> str:
    """`#1d3f2b` in small letters, from that or `1D3F2B` or `#abc`."""
    digits = text.strip().removeprefix("#").lower()
    if not re.fullmatch(r"[0-9a-f]{3}|[0-9a-f]{6}", digits):
        raise UnreadableError(
            f"`{text}` is not a colour",
            'write it as six digits from 0 to f, in quotes: `"#1d3f2b"`',
        )
    return "#" + (digits if len(digits) == 6 else "".join(2 * each for each in digits))  # noqa: PLR2004


def _inks(text: str) -> tuple[int, int, int, int]:
    """Cyan, magenta, yellow and black in percent."""
    numbers = [int(each) for each in re.findall(r"\d+", text)]
    if len(numbers) != 4 or max(numbers) > 100 or re.search(r"[^\d\s%,/]", text):  # noqa: PLR2004
        raise UnreadableError(
            f"`{text}` are not inks",
            "write cyan, magenta, yellow and black in percent: `95 55 0 70`",
        )
    used = [number for number in numbers if number]
    if len(used) > MOST_INKS or sum(used) > MOST_INK:
        raise UnreadableError(
            f"`{text}` is too much ink: {len(used)} inks, {sum(used)}% in all",
            f"use at most {MOST_INKS} inks, and {MOST_INK}% in all",
        )
    cyan, magenta, yellow, black = numbers
    return cyan, magenta, yellow, black


Colour = Annotated[str, PlainValidator(reader(_colour))]
Inks = Annotated[tuple[int, int, int, int], PlainValidator(reader(_inks))]


class Colours(Frozen):
    """Colours on white paper and on a light screen. What is left out stays as it is."""

    deep: Colour | None = Field(None, description="Covers, headings and links: dark")
    tile: Colour | None = Field(None, description="Tiles of the map on the cover: a little lighter")
    bright: Colour | None = Field(None, description="What is brought out on a cover: light")
    own: Colour | None = Field(None, description="Whatever is a borough’s own: dark")
    good: Colour | None = Field(None, description="Targets that were reached: dark")
    bad: Colour | None = Field(None, description="Targets that were missed: dark")
    tint: Colour | None = Field(None, description="Behind boxes and sums: almost white")


class DarkColours(Frozen):
    """Colours on a dark screen. What is left out is made from the light one."""

    deep: Colour | None = Field(None, description="Headings and links: light")
    own: Colour | None = Field(None, description="Whatever is a borough’s own: light")
    good: Colour | None = Field(None, description="Targets that were reached: light")
    bad: Colour | None = Field(None, description="Targets that were missed: light")


class InkColours(Frozen):
    """The same colours in the inks of a print shop. What is left out is worked out."""

    deep: Inks | None = Field(None, description="Cyan, magenta, yellow, black: `95 55 0 70`")
    tile: Inks | None = Field(None, description="Cyan, magenta, yellow, black: `88 48 0 55`")
    bright: Inks | None = Field(None, description="Cyan, magenta, yellow, black: `0 30 85 0`")
    own: Inks | None = Field(None, description="Cyan, magenta, yellow, black: `0 85 100 38`")
    good: Inks | None = Field(None, description="Cyan, magenta, yellow, black: `90 0 45 42`")
    bad: Inks | None = Field(None, description="Cyan, magenta, yellow, black: `0 85 100 28`")
    tint: Inks | None = Field(None, description="Cyan, magenta, yellow, black: `0 0 0 6`")


class Brand(Frozen):
    """How the site looks. Contrast is checked in light, in dark and in print."""

    colours: Colours = Field(Colours(), description="On white paper and on a light screen")
    dark: DarkColours = Field(DarkColours(), description="On a dark screen")
    ink: InkColours = Field(InkColours(), description="In the inks of a print shop")
