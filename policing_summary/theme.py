"""A site's own colours in the place of ours, wherever ours stand: in stylesheets, pages and drawings.

Every colour of ours stands in the files as it is in `tokens.css`, so a token is changed by changing
its digits. No template knows of it. What is left as it is gives the same bytes as before.
"""

import base64
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from policing_summary.model.brand import Brand

LIGHT: Mapping[str, str] = {
    "deep": "#16324f",
    "tile": "#1f4468",
    "bright": "#f2b544",
    "own": "#9a3412",
    "good": "#0b6e69",
    "bad": "#b3401f",
    "tint": "#eff3f6",
}
DARK: Mapping[str, str] = {"deep": "#9cc4ec", "own": "#ffb08a", "good": "#62cfc4", "bad": "#ff9b7d"}
LETTERS_ON_BRIGHT = "#14263a"
WHITE, DARK_PAPER, DARK_TINT = "#ffffff", "#121a22", "#1b2631"
INK, QUIET, DARK_INK, DARK_QUIET = "#1b2733", "#52606d", "#e8edf2", "#a9b7c4"
READABLE = 4.5  # WCAG 2.2, 1.4.3: text against what is behind it
EASY = 7.0  # 1.4.6: what a dark colour that nobody chose is made to reach
DRAWING = re.compile(r"(data:image/svg\+xml;base64,)([A-Za-z0-9+/=]+)")


@dataclass(frozen=True)
class Theme:
    """`swaps` are our colours and what stands in their place."""

    light: Mapping[str, str] = field(default_factory=lambda: dict(LIGHT))
    dark: Mapping[str, str] = field(default_factory=lambda: dict(DARK))
    swaps: Mapping[str, str] = field(default_factory=dict)

    def dress(self, text: str) -> str:
        """A stylesheet, a page or a drawing in the site's colours, drawings inside addresses too."""
        if not self.swaps:
            return text

        def inner(found: re.Match[str]) -> str:
            drawing = self.dress(base64.b64decode(found[2]).decode())
            return found[1] + base64.b64encode(drawing.encode()).decode()

        known = re.compile("|".join(self.swaps), re.IGNORECASE)
        return known.sub(lambda m: self.swaps[m[0].lower()], DRAWING.sub(inner, text))

    def dressed(self, name: str, data: bytes) -> bytes:
        """The same of a file, if it is a drawing."""
        if not self.swaps or not name.endswith(".svg"):
            return data
        return self.dress(data.decode("utf-8")).encode()

    @property
    def hero(self) -> tuple[str, str, str]:
        """Tiles, their outlines and the one brought out, on a cover."""
        return self.light["tile"], self.light["deep"], self.light["bright"]


@cache
def of(brand: Brand) -> Theme:
    """The colours of a site; a dark one that is not given is a light one made lighter."""
    own = own_colours(brand)
    chosen = {name: colour for name, colour in brand.dark if colour}
    made = {name: reaching(own[name], DARK_TINT, EASY) for name in DARK if name in own}
    light, dark = {**LIGHT, **own}, {**DARK, **made, **chosen}
    swaps = {LIGHT[name]: light[name] for name in LIGHT} | {DARK[name]: dark[name] for name in DARK}
    if "deep" in own or "bright" in own:
        swaps[LETTERS_ON_BRIGHT] = light["deep"]
    return Theme(light, dark, {ours: theirs for ours, theirs in swaps.items() if ours != theirs})


def own_colours(brand: Brand) -> dict[str, str]:
    """The colours that a site has chosen; tiles that it did not choose go with the ground they lie on."""
    own = {name: colour for name, colour in brand.colours if colour}
    if "deep" in own and "tile" not in own:
        own["tile"] = "#" + "".join(
            f"{min(255, round(1.3 * p) + 6):02x}" for p in parts(own["deep"])
        )
    return own


# Contrast, as WCAG 2.2 defines it


def contrast(one: str, other: str) -> float:
    """The ratio of two colours, from 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    """Relative luminance, from 0 for black to 1 for white."""
    red, green, blue = (_linear(part / 255) for part in parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4  # noqa: PLR2004


def parts(colour: str) -> tuple[int, int, int]:
    """Red, green and blue, from 0 to 255."""
    digits = colour.removeprefix("#")
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)


def reaching(colour: str, behind: str, ratio: float = READABLE) -> str:
    """The colour itself if it can be read on what is behind it, or the nearest mixture that can.

    It is made lighter on a dark ground and darker on a light one, in steps of a hundredth.
    """
    end = 255 if luminance(behind) < 0.18 else 0  # noqa: PLR2004 - as far from black as from white
    for step in range(101):
        mixed = "#" + "".join(f"{round(p + (end - p) * step / 100):02x}" for p in parts(colour))
        if contrast(mixed, behind) >= ratio:
            return mixed
    return "#ffffff" if end else "#000000"
