"""What is painted on a page of a PDF, as values: text, areas, lines and pictures, each in its colour."""

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from pikepdf import Array, Dictionary, Name, Object

from policing_summary.press.measures import Box, Point

Kind: TypeAlias = Literal["text", "area", "line", "picture", "shading"]
Inks: TypeAlias = tuple[float, float, float, float]
NAMED = {"/G": "Gray", "/RGB": "RGB", "/CMYK": "CMYK", "/Pattern": "Pattern", "/Lab": "Lab"}


@dataclass(frozen=True)
class Colour:
    """A colour as the file gives it: `space` is CMYK, Gray, RGB, Lab, Spot, Pattern, or ? if unknown."""

    space: str
    values: tuple[float, ...] = ()

    @property
    def inks(self) -> Inks:
        """Cyan, magenta, yellow and black, from 0 to 1. A colour that is not made of inks has none."""
        match self.space, self.values:
            case "CMYK", (c, m, y, k):
                return c, m, y, k
            case "Gray", (light,):
                return 0, 0, 0, 1 - light
            case _:
                return 0, 0, 0, 0

    @property
    def total(self) -> float:
        """All inks together, in percent."""
        return 100 * sum(self.inks)

    @property
    def is_paper(self) -> bool:
        return self.space in {"CMYK", "Gray"} and max(self.inks) == 0

    @property
    def said(self) -> str:
        """As a printer writes it: `C100 M60`."""
        parts = zip("CMYK", self.inks, strict=True)
        return " ".join(f"{ink}{round(100 * part)}" for ink, part in parts if part)


BLACK = Colour("Gray", (0.0,))


@dataclass(frozen=True)
class Painted:
    """One thing that is painted. `size` in points: of letters, or the width of a line.

    `solid`: the whole `box` is filled. `across`: width and height of a whole picture.
    `shapes`: the corners of an area, before it is clipped.
    """

    kind: Kind
    colour: Colour
    box: Box
    size: float = 0
    text: str = ""
    solid: bool = False
    overprints: bool = False
    picture: Object | None = field(default=None, repr=False)
    across: tuple[float, float] = (0, 0)
    shapes: tuple[tuple[Point, ...], ...] = field(default=(), repr=False)


@dataclass
class Look:
    """All that a page paints, in that order, and what else it asks of a raster processor."""

    painted: list[Painted] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)
    """The colour space of each transparency group."""
    transparency: list[str] = field(default_factory=list)
    fonts: dict[str, Object] = field(default_factory=dict)
    strange: list[str] = field(default_factory=list)


def space_of(given: Object | None, resources: Object) -> str:
    """The kind of a colour space, as in `Colour`; nothing if none is given."""
    if given is None:
        return ""
    if isinstance(given, Name):
        plain = str(given)
        if plain.startswith(("/Device", "/Cal")):
            return plain.removeprefix("/Device").removeprefix("/Cal")
        named = resources.get("/ColorSpace", Dictionary()).get(plain)
        return NAMED.get(plain, "?") if named is None else space_of(named, resources)
    kind = str(given[0]) if isinstance(given, Array) and len(given) else "?"
    match kind:
        case "/ICCBased":
            return {1: "Gray", 3: "RGB", 4: "CMYK"}.get(int(given[1].get("/N", 0)), "?")
        case "/Indexed" | "/I":
            return space_of(given[1], resources)
        case "/Separation" | "/DeviceN":
            return "Spot"
        case _:
            return space_of(Name(kind), Dictionary()) if kind.startswith("/") else "?"
