"""The strokes of a drawing that stands in the text, on the page and in the leaflet.

Colours are attributes, because a page's stylesheet does not reach an SVG in a PDF; classes let the
web page's stylesheet set them over. All lengths are in the units of the drawing's own view box.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Literal

from markupsafe import Markup, escape

FONT = "Source Sans 3, Summary Sans, sans-serif"  # the leaflet's, then the page's
INK, QUIET, AXIS, PAPER = "#1b2733", "#52606d", "#7b8794", "#ffffff"
GOOD, BAD, PLAIN = "#0b6e69", "#b3401f", "#52606d"
DEEP, OWN = "#16324f", "#9a3412"
TINT, LINE = "#eff3f6", "#c9d2da"
Anchor = Literal["start", "middle", "end"]


def in_faces(families: Sequence[str]) -> str:
    """The typefaces of words in a drawing, those of the site's own first if it has any."""
    own = [family for family in families if family not in FONT]
    return ", ".join([*own, FONT])


def drawing(  # noqa: PLR0913 - what a drawing consists of
    size: tuple[float, float],
    title: str,
    parts: Iterable[Markup],
    text: float,
    kind: str = "chart",
    *,
    mirrored: bool = False,
) -> Markup:
    """A drawing with a text alternative; `size` is its width and height, `text` that of its words.

    A `mirrored` one runs from right to left, and so do its words.
    """
    width, height = size
    inner = Markup("").join(parts)
    return Markup(  # noqa: S704 - the title is escaped, and parts are
        f'<svg class="{kind}" xmlns="http://www.w3.org/2000/svg" role="img" '
        f'viewBox="0 0 {number(width)} {number(height)}" font-family="{FONT}" '
        f'font-size="{number(text)}"><title>{escape(title)}</title>'
        f"{_mirrored(inner, width) if mirrored else inner}</svg>"
    )


def _mirrored(inner: Markup, width: float) -> Markup:
    """Everything as in a mirror; the words are turned back where they stand."""
    turned = re.sub(r'(<text [^>]*?)x="([^"]+)"', r'\1transform="scale(-1 1)" x="-\2"', str(inner))
    turned = turned.replace('x="--', 'x="').replace('x="-0"', 'x="0"')
    return Markup(  # noqa: S704 - made of what was escaped before
        f'<g direction="rtl" transform="matrix(-1 0 0 1 {number(width)} 0)">{turned}</g>'
    )


def words(  # noqa: PLR0913 - what a line of text consists of
    said: str,
    x: float,
    y: float,
    kind: str,
    *,
    fill: str = INK,
    anchor: Anchor = "start",
    bold: bool = False,
) -> Markup:
    """A line of text; `y` is where its letters stand."""
    turned = "" if anchor == "start" else f' text-anchor="{anchor}"'
    return Markup(  # noqa: S704 - what is said is escaped
        f'<text class="{kind}" x="{number(x)}" y="{number(y)}" fill="{fill}" '
        f'font-weight="{600 if bold else 400}"{turned}>{escape(said)}</text>'
    )


# What follows is made of numbers and of this program's own names: nothing in it has to be escaped.


def box(  # noqa: PLR0913 - what a rectangle consists of
    x: float,
    y: float,
    size: tuple[float, float],
    kind: str,
    fill: str,
    *,
    line: float = 0,
) -> Markup:
    """A rectangle of a `size` in width and height, with an outline if it is to have a `line`."""
    outline = f' stroke="{QUIET}" stroke-width="{number(line)}"' if line else ""
    return Markup(  # noqa: S704
        f'<rect class="{kind}" x="{number(x)}" y="{number(y)}" width="{number(size[0])}" '
        f'height="{number(size[1])}" fill="{fill}"{outline}/>'
    )


def path(data: str, kind: str, *, stroke: str, width: float, fill: str = "none") -> Markup:
    """Strokes along the path `data`."""
    return Markup(  # noqa: S704
        f'<path class="{kind}" d="{data}" fill="{fill}" stroke="{stroke}" '
        f'stroke-width="{number(width)}"/>'
    )


def upright(
    x: float, span: tuple[float, float], kind: str, stroke: str, width: float = 0.8
) -> Markup:
    """A vertical line from the top to the foot of its `span`."""
    top, foot = span
    return Markup(  # noqa: S704
        f'<line class="{kind}" x1="{number(x)}" x2="{number(x)}" y1="{number(top)}" '
        f'y2="{number(foot)}" stroke="{stroke}" stroke-width="{number(width)}"/>'
    )


def level(
    y: float, span: tuple[float, float], kind: str, stroke: str, width: float = 0.8
) -> Markup:
    """A horizontal line from the left to the right of its `span`."""
    left, right = span
    return Markup(  # noqa: S704
        f'<line class="{kind}" x1="{number(left)}" x2="{number(right)}" y1="{number(y)}" '
        f'y2="{number(y)}" stroke="{stroke}" stroke-width="{number(width)}"/>'
    )


def beside(x: float, width: float, room: float, left: float = 0) -> tuple[float, Anchor]:
    """Where a label that needs `room` stands so that it is centred on `x` and stays inside."""
    if x - room / 2 < left:
        return left, "start"
    if x + room / 2 > width:
        return width, "end"
    return x, "middle"


@lru_cache(maxsize=10_000)
def number(value: float) -> str:
    """A coordinate to two decimals, without trailing noughts."""
    return f"{round(value, 2) + 0:.2f}".rstrip("0").rstrip(".")
