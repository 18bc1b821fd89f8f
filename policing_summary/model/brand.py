"""A site's own colours, typefaces and logo, on screen and in print."""

import re
from typing import Annotated, ClassVar, Self

from pydantic import Field, PlainValidator, model_validator

from policing_summary.model import forms
from policing_summary.model.base import Frozen, Name, YesNo, mistake, reader
from policing_summary.numerals import UnreadableError

MOST_INK = 230  # percent in all, and no more than three inks: more smears on coated paper
MOST_INKS = 3
FOLDER = "brand"  # in content/: where typefaces and logos lie


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


def _fonts(text: str) -> str:
    """`brand/lato`, from that or `content/brand/lato/`."""
    name = text.strip().removeprefix("content/").removesuffix("/")
    if not re.fullmatch(rf"{FOLDER}(/[\w-]+(\.[\w-]+)*( [\w-]+)*)+", name):
        raise UnreadableError(
            f"`{text}` is not a folder of typefaces",
            f"put the folder into content/{FOLDER}, and name it: `{FOLDER}/lato`",
        )
    return name


def _logo(text: str) -> str:
    """`brand/logo.svg`, from that or `content/brand/logo.svg`."""
    name = text.strip().removeprefix("content/")
    if not re.fullmatch(rf"{FOLDER}(/[\w-]+([. ][\w-]+)*)*\.(svg|png)", name, re.IGNORECASE):
        raise UnreadableError(
            f"`{text}` is not a logo that can be used",
            f"put an SVG or a PNG into content/{FOLDER}, and name it: `{FOLDER}/logo.svg`",
        )
    return name


Colour = Annotated[str, PlainValidator(reader(_colour)), forms.COLOUR]
Inks = Annotated[tuple[int, int, int, int], PlainValidator(reader(_inks)), forms.INKS]
FontFolder = Annotated[str, PlainValidator(reader(_fonts)), forms.FONT_FOLDER]
LogoFile = Annotated[str, PlainValidator(reader(_logo)), forms.LOGO_FILE]


class Colours(Frozen):
    """Colours on white paper and on a light screen. What is left out stays as it is."""

    deep: Colour | None = Field(None, description="Covers, headings and links: dark")
    tile: Colour | None = Field(
        None, description="Tiles of the map: a little lighter; made from `deep` if left out"
    )
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


class Fonts(Frozen):
    """Typefaces of the site's own, each a folder of complete fonts with their licence beside them."""

    text: FontFolder | None = Field(
        None, description="For everything that is read: `brand/lato`; regular, italic and bold"
    )
    headings: FontFolder | None = Field(
        None, description="For headings and large numbers; those of the text if left out"
    )


class Logo(Frozen):
    """The sign of the publisher, on top of every page and on every leaflet."""

    needs_one_of: ClassVar[tuple[str, ...]] = ("text", "decorative")

    file: LogoFile = Field(description="On white: `brand/logo.svg`, an SVG or a PNG")
    dark: LogoFile | None = Field(
        None, description="On dark covers and dark screens; the other on a white field if left out"
    )
    text: Name | None = Field(
        None, description="What it says, for those who do not see it: `Kent Police`"
    )
    decorative: YesNo = Field(
        default=False, description="`yes` if it says nothing that the page does not say in words"
    )

    @model_validator(mode="after")
    def _says_what_it_is(self) -> Self:
        if not self.text and not self.decorative:
            raise mistake(
                "nothing says what the logo shows to readers who do not see it",
                "add `text: Kent Police` with its words, or `decorative: yes`",
            )
        if self.text and self.decorative:
            raise mistake(
                "this logo has a text, and is said to be decorative",
                "delete `decorative:`, or the text",
            )
        return self


class Brand(Frozen):
    """How the site looks. Contrast is checked in light, in dark and in print."""

    colours: Colours = Field(
        default_factory=Colours, description="On white paper and on a light screen"
    )
    dark: DarkColours = Field(default_factory=DarkColours, description="On a dark screen")
    ink: InkColours = Field(default_factory=InkColours, description="In the inks of a print shop")
    fonts: Fonts = Field(default_factory=Fonts, description="Typefaces of the site's own")
    logo: Logo | None = Field(None, description="The sign of the publisher")
