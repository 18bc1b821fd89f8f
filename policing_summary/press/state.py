"""The graphics state of a PDF: what holds for everything that is painted next, and how it changes."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from pikepdf import Name, Object

from policing_summary.press.lettering import Font
from policing_summary.press.measures import Box, Matrix, matrix, product
from policing_summary.press.painting import BLACK, Colour, space_of

Operands: TypeAlias = Any  # what an instruction is given: numbers, names and strings of a PDF
START = {"CMYK": (0.0, 0.0, 0.0, 1.0), "Gray": (0.0,), "RGB": (0.0, 0.0, 0.0)}
DIRECT = {"g": "Gray", "rg": "RGB", "k": "CMYK"}


@dataclass(frozen=True)
class State:
    """`fill_over` and `stroke_over`: whether areas and lines overprint; `over_mode` as in a file."""

    matrix: Matrix
    clip: Box
    fill: Colour = BLACK
    stroke: Colour = BLACK
    line: float = 1
    font: Font | None = None
    size: float = 0
    spacing: float = 0
    word_spacing: float = 0
    stretch: float = 1
    leading: float = 0
    rise: float = 0
    mode: int = 0
    fill_over: bool = False
    stroke_over: bool = False
    over_mode: int = 0


CHANGES: dict[str, Callable[[State, Operands], State]] = {
    "cm": lambda state, given: replace(state, matrix=product(matrix(given), state.matrix)),
    "w": lambda state, given: replace(state, line=float(given[0])),
    "Tc": lambda state, given: replace(state, spacing=float(given[0])),
    "Tw": lambda state, given: replace(state, word_spacing=float(given[0])),
    "TL": lambda state, given: replace(state, leading=float(given[0])),
    "Ts": lambda state, given: replace(state, rise=float(given[0])),
    "Tr": lambda state, given: replace(state, mode=int(given[0])),
    "Tz": lambda state, given: replace(state, stretch=float(given[0]) / 100),
}
COLOURS = {"g", "rg", "k", "cs", "sc", "scn"}  # for areas; in capitals for lines


def coloured(state: State, name: str, given: Operands, resources: Object) -> State:
    """The state after an instruction that sets a colour, or the space of the colours to come."""
    before = state.fill if name.islower() else state.stroke
    kind = name.lower()
    if kind in DIRECT:
        colour = Colour(DIRECT[kind], tuple(map(float, given)))
    elif kind == "cs":
        space = space_of(given[0], resources)
        colour = Colour(space, START.get(space, ()))
    else:
        values = tuple(float(each) for each in given if not isinstance(each, Name))
        colour = replace(before, values=values)
    return replace(state, fill=colour) if name.islower() else replace(state, stroke=colour)


def set_over(state: State, given: Object) -> State:
    """The state set over with an entry of the ExtGState resources."""
    return replace(
        state,
        stroke_over=bool(given.get("/OP", state.stroke_over)),
        fill_over=bool(given.get("/op", given.get("/OP", state.fill_over))),
        over_mode=int(given.get("/OPM", state.over_mode)),
        line=float(given.get("/LW", state.line)),
    )


def transparency(given: Object) -> list[str]:
    """What in an entry of the ExtGState resources lets something show through."""
    found = [
        f"{what} of {float(given[key]):.0%} opacity"
        for key, what in (("/ca", "areas"), ("/CA", "lines"))
        if float(given.get(key, 1)) < 1
    ]
    if str(given.get("/BM", "/Normal")) not in {"/Normal", "/Compatible"}:
        found.append(f"blend mode {str(given.BM).removeprefix('/')}")
    if str(given.get("/SMask", "/None")) != "/None":
        found.append("a soft mask")
    return found
