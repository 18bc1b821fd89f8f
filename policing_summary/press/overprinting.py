"""A content stream → the same painting, as a press wants it: black letters overprint, and nothing else does.

Tags go out. Colours that are set by way of a colour space are set as inks at once.
"""

from collections.abc import Iterator

import pikepdf
from pikepdf import ContentStreamInlineImage, ContentStreamInstruction, Dictionary, Name, Operator

from policing_summary.press.looking import PAINT, SHOW, Instruction
from policing_summary.press.state import Operands

MARKING = (PAINT - {"n"}) | {"sh", "Do"}
TAGS = {"BDC", "BMC", "EMC", "MP", "DP"}
OVER, UNDER = Name("/PressOver"), Name("/PressUnder")
STATES = {
    OVER: Dictionary(Type=Name.ExtGState, OP=True, op=True, OPM=1),
    UNDER: Dictionary(Type=Name.ExtGState, OP=False, op=False, OPM=0),
}


def rewritten(content: pikepdf.Object) -> bytes:
    """The new content stream; it needs `STATES` among its ExtGState resources."""
    instructions = list(_Pen().through(pikepdf.parse_content_stream(content)))
    return pikepdf.unparse_content_stream(instructions)


class _Pen:
    """Knows, wherever it is in a stream, whether its colour is black and whether it overprints."""

    def __init__(self) -> None:
        self.is_black = self.is_over = False
        self.in_inks = {"fill": False, "stroke": False}
        self.saved: list[tuple[bool, bool, dict[str, bool]]] = []

    def through(self, instructions: list[Instruction]) -> Iterator[Instruction]:
        for instruction in instructions:
            if isinstance(instruction, ContentStreamInlineImage):
                yield instruction
            elif (name := str(instruction.operator)) not in TAGS:
                yield from self.follow(name, instruction)

    def follow(self, name: str, instruction: ContentStreamInstruction) -> Iterator[Instruction]:
        if name in {"q", "Q"}:
            self.save_or_restore(name)
        elif name.lower() in {"cs", "sc", "scn"}:
            direct = self.direct(name, instruction)
            if direct is None:
                return
            instruction = direct
        elif name in SHOW or name in MARKING:
            wanted = name in SHOW and self.is_black
            if wanted != self.is_over:
                yield ContentStreamInstruction([OVER if wanted else UNDER], Operator("gs"))
                self.is_over = wanted
        if (name := str(instruction.operator)) in {"k", "g", "rg", "cs", "scn", "sc"}:
            self.is_black = _is_black(name, instruction.operands)
        yield instruction

    def save_or_restore(self, name: str) -> None:
        if name == "q":
            self.saved.append((self.is_black, self.is_over, dict(self.in_inks)))
        elif self.saved:
            self.is_black, self.is_over, self.in_inks = self.saved.pop()

    def direct(
        self, name: str, instruction: ContentStreamInstruction
    ) -> ContentStreamInstruction | None:
        """The inks at once, where the colour space is that of inks; the space itself is not named then."""
        which = "fill" if name.islower() else "stroke"
        if name.lower() == "cs":
            self.in_inks[which] = str(instruction.operands[0]) == "/DeviceCMYK"
            return None if self.in_inks[which] else instruction
        if not self.in_inks[which]:
            return instruction
        operator = Operator("k" if which == "fill" else "K")
        return ContentStreamInstruction(list(instruction.operands), operator)


def _is_black(name: str, given: Operands) -> bool:
    if name == "k":
        return [float(part) for part in given] == [0, 0, 0, 1]
    return name == "g" and float(given[0]) == 0
