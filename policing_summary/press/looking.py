"""A page of a PDF → what it paints, in the order of painting. This is all that preflight knows of a page.

It follows forms and patterns, and keeps account of colour, clipping, overprinting and transparency as
a printer's raster processor does.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeAlias

import pikepdf
from pikepdf import Array, ContentStreamInlineImage, Dictionary, Name, Object, Stream

from policing_summary.press import outlines
from policing_summary.press import state as states
from policing_summary.press.lettering import Font
from policing_summary.press.measures import UNMOVED, Box, Matrix, matrix, product, scale, sides
from policing_summary.press.outlines import Path
from policing_summary.press.painting import Colour, Look, Painted, space_of
from policing_summary.press.state import Operands, State

PAINT = {"f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "n"}
SHOW = {"Tj", "TJ", "'", '"'}
FILLED, STROKED, OVERPRINT = {0, 2, 4, 6}, {1, 2, 5, 6}, 1  # modes of text, and of overprinting
DEEPEST = 20
Instruction: TypeAlias = pikepdf.ContentStreamInstruction | ContentStreamInlineImage


def look(page: pikepdf.Page) -> Look:
    """Everything on the page.

    Raises:
        pikepdf.PdfError: its content cannot be read.
    """
    seen = Look()
    media = Box.of(page, "/MediaBox") or Box(0, 0, 0, 0)
    resources = page.obj.get("/Resources", Dictionary())
    if "/Group" in page.obj:
        seen.groups.append(space_of(page.obj.Group.get("/CS"), resources))
    _Walk(seen, {}, resources, State(UNMOVED, media.grown(10_000)), 0).through(page.obj)
    return seen


def pages(pdf: pikepdf.Pdf) -> Iterator[Look]:
    """What each page paints."""
    for page in pdf.pages:
        yield look(page)


class _Walk:
    """Goes through one content stream, and notes in `seen` what is painted; `fonts` were met before."""

    def __init__(
        self,
        seen: Look,
        fonts: dict[tuple[int, int], Font],
        resources: Object,
        state: State,
        depth: int,
    ) -> None:
        self.seen, self.fonts, self.resources = seen, fonts, resources
        self.state, self.depth = state, depth
        self.saved: list[State] = []
        self.path = Path()
        self.text = _Text(seen)

    def through(self, content: Object) -> None:
        if self.depth > DEEPEST:
            self.seen.strange.append("forms are nested more than 20 deep")
            return
        for instruction in pikepdf.parse_content_stream(content):
            if isinstance(instruction, ContentStreamInlineImage):
                space = space_of(Name(str(instruction.iimage.colorspace or "/G")), self.resources)
                across = sides(self.state.matrix)
                self.note(Painted("picture", Colour(space), self.state.clip, across=across))
            else:
                self.follow(str(instruction.operator), instruction.operands)

    def follow(self, name: str, given: Operands) -> None:
        if name in {"q", "Q"}:
            self.save_or_restore(name)
        elif name in outlines.STEPS:
            self.path.draw(name, [float(number) for number in given], self.state.matrix)
        elif name in {"W", "W*"}:
            self.path.clips = True
        elif name in PAINT:
            self.paint(name[0].lower())
        elif name in SHOW:
            self.text.show(name, given, self.state)
        elif name in {"Do", "sh"}:
            self.put(name, given)
        elif not self.text.moves(name, given, self.state):
            self.change(name, given)

    def save_or_restore(self, name: str) -> None:
        if name == "q":
            self.saved.append(self.state)
        elif self.saved:
            self.state = self.saved.pop()

    def change(self, name: str, given: Operands) -> None:
        if name in states.CHANGES:
            self.state = states.CHANGES[name](self.state, given)
        elif name == "Tf":
            font = self.font(given[0])
            self.state = replace(self.state, font=font, size=float(given[1]))
        elif name == "gs":
            entry = self.resources.ExtGState[given[0]]
            self.seen.transparency += states.transparency(entry)
            self.state = states.set_over(self.state, entry)
        elif name.lower() in states.COLOURS:
            self.state = states.coloured(self.state, name, given, self.resources)
            if given and name.lower() == "scn" and isinstance(given[-1], Name):
                self.pattern(self.resources.Pattern[given[-1]])

    def font(self, name: Name) -> Font:
        given = self.resources.Font[name]
        self.seen.fonts.setdefault(str(given.get("/BaseFont", name)), given)
        key = given.objgen
        if key not in self.fonts or not given.is_indirect:
            self.fonts[key] = Font.of(given)
        return self.fonts[key]

    def note(self, painted: Painted) -> None:
        if not painted.box.is_empty:
            self.seen.painted.append(painted)

    def paint(self, how: str) -> None:
        """Fill or stroke the path, or both, and clip to it if that was asked."""
        path, self.path, state = self.path, Path(), self.state
        if path.box is None:
            return
        seen = path.box.meet(state.clip)
        if how in "fb":
            shapes = tuple(map(tuple, path.shapes))
            self.note(
                Painted(
                    "area",
                    state.fill,
                    seen,
                    solid=path.is_rectangle,
                    overprints=state.fill_over,
                    shapes=shapes,
                )
            )
        if how in "sb":
            width = state.line * scale(state.matrix)
            outer = path.box.grown(width / 2).meet(state.clip)
            self.note(Painted("line", state.stroke, outer, width, overprints=state.stroke_over))
        if path.clips:
            self.state = replace(state, clip=seen)

    def put(self, name: str, given: Operands) -> None:
        """A picture, a form or a shading."""
        if name == "sh":
            self.shading(self.resources.Shading[given[0]])
            return
        named = self.resources.XObject[given[0]]
        if str(named.get("/Subtype")) == "/Image":
            self.picture(named)
            return
        if str(named.get("/Group", Dictionary()).get("/S")) == "/Transparency":
            self.seen.groups.append(space_of(named.Group.get("/CS"), self.resources))
        inner = product(matrix(named.get("/Matrix", Array(UNMOVED))), self.state.matrix)
        around = outlines.of_box([float(side) for side in named.BBox], inner).box
        clip = around.meet(self.state.clip) if around else self.state.clip
        self.enter(named, replace(self.state, matrix=inner, clip=clip), self.resources)

    def enter(self, content: Object, state: State, resources: Object) -> None:
        own = content.get("/Resources", resources)
        _Walk(self.seen, self.fonts, own, state, self.depth + 1).through(content)

    def picture(self, named: Object) -> None:
        state = self.state
        box = outlines.of_box((0, 0, 1, 1), state.matrix).box or state.clip
        seen = box.meet(state.clip)
        if bool(named.get("/ImageMask", False)):
            self.note(Painted("area", state.fill, seen))
            return
        if "/SMask" in named:
            self.seen.transparency.append("a picture with a soft mask")
        colour = Colour(space_of(named.get("/ColorSpace"), self.resources))
        across = sides(state.matrix)
        self.note(Painted("picture", colour, seen, solid=True, picture=named, across=across))

    def shading(self, given: Object) -> None:
        space = space_of(given.get("/ColorSpace"), self.resources)
        self.note(Painted("shading", Colour(space), self.state.clip))

    def pattern(self, given: Object) -> None:
        if "/Shading" in given:
            self.shading(given.Shading)
        elif isinstance(given, Stream):
            by = matrix(given.get("/Matrix", Array(UNMOVED)))
            self.enter(given, State(by, self.state.clip), Dictionary())


class _Text:
    """Where the next letter stands, and what is written there."""

    def __init__(self, seen: Look) -> None:
        self.seen = seen
        self.at: Matrix = UNMOVED
        self.line: Matrix = UNMOVED
        self.leading = 0.0

    def moves(self, name: str, given: Operands, state: State) -> bool:
        """Whether the instruction was one that only moves on."""
        match name:
            case "BT":
                self.at = self.line = UNMOVED
            case "Tm":
                self.at = self.line = matrix(given)
            case "Td" | "TD":
                self.next_line(float(given[0]), float(given[1]))
                self.leading = -float(given[1]) if name == "TD" else self.leading
            case "T*":
                self.next_line(0, -(state.leading or self.leading))
            case _:
                return False
        return True

    def next_line(self, x: float, y: float) -> None:
        self.at = self.line = product((1, 0, 0, 1, x, y), self.line)

    def show(self, name: str, given: Operands, state: State) -> None:
        if name in {"'", '"'}:
            self.next_line(0, -(state.leading or self.leading))
        font = state.font
        if font is None:
            self.seen.strange.append("text without a font")
            return
        begin, said = self.at, ""
        for part in given[0] if name == "TJ" else [given[-1]]:
            if not isinstance(part, pikepdf.String | bytes):
                self.advance(-float(part) / 1000 * state.size * state.stretch)
                continue
            for letter, width, is_space in font.letters(bytes(part)):
                said += letter
                gap = state.spacing + (state.word_spacing if is_space else 0)
                self.advance((width * state.size + gap) * state.stretch)
        if said.strip():
            self.note(said, begin, state, font)

    def note(self, said: str, begin: Matrix, state: State, font: Font) -> None:
        run = Path()
        foot, top = font.depth * state.size + state.rise, font.height * state.size + state.rise
        for by in (begin, self.at):
            whole = product(by, state.matrix)
            run.draw("l", (0, foot), whole)
            run.draw("l", (0, top), whole)
        box = (run.box or state.clip).meet(state.clip)
        size = state.size * sides(product(begin, state.matrix))[1]
        for modes, colour, over in (
            (FILLED, state.fill, state.fill_over),
            (STROKED, state.stroke, state.stroke_over),
        ):
            if state.mode in modes and not box.is_empty:
                overprints = over and state.over_mode == OVERPRINT
                self.seen.painted.append(
                    Painted("text", colour, box, size, said, overprints=overprints)
                )

    def advance(self, by: float) -> None:
        self.at = product((1, 0, 0, 1, by, 0), self.at)
