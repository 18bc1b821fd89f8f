"""A font of a PDF → how wide its letters are and what they say."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from pikepdf import Array, Dictionary, Object, Stream

SPACE = 32
PAIR = re.compile(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
RUN = re.compile(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")


@dataclass(frozen=True)
class Font:
    """Widths by code, and the reach of letters above and below their line, all for a size of 1."""

    wide: bool  # two bytes to a letter
    widths: Mapping[int, float] = field(repr=False)
    otherwise: float
    said: Mapping[int, str] = field(repr=False)
    height: float = 0.72
    depth: float = -0.21

    @classmethod
    def of(cls, given: Object) -> "Font":
        said = _said(given.get("/ToUnicode"))
        if str(given.get("/Subtype")) == "/Type0":
            inner = given.DescendantFonts[0]
            widths = dict(_wide_widths(inner.get("/W", Array())))
            return cls(True, widths, float(inner.get("/DW", 1000)) / 1000, said)  # noqa: FBT003
        first = int(given.get("/FirstChar", 0))
        listed = given.get("/Widths", Array())
        scale = float(given.FontMatrix[0]) if "/FontMatrix" in given else 0.001
        widths = {first + n: float(width) * scale for n, width in enumerate(listed)}
        return cls(False, widths, 0.5, said)  # noqa: FBT003

    def letters(self, codes: bytes) -> Iterator[tuple[str, float, bool]]:
        """Each letter with its width, and whether it is the one-byte space."""
        step = 2 if self.wide else 1
        for start in range(0, len(codes) - step + 1, step):
            code = int.from_bytes(codes[start : start + step], "big")
            letter = self.said.get(code, "?" if self.wide else chr(code))
            yield letter, self.widths.get(code, self.otherwise), code == SPACE and not self.wide


def is_embedded(given: Object) -> bool:
    """Whether the file brings the shapes of the letters."""
    if str(given.get("/Subtype")) == "/Type3":
        return True
    inner = given.DescendantFonts[0] if "/DescendantFonts" in given else given
    held = inner.get("/FontDescriptor", Dictionary())
    return any(key in held for key in ("/FontFile", "/FontFile2", "/FontFile3"))


def _wide_widths(listed: Object) -> Iterator[tuple[int, float]]:
    """From `code [widths]` and `first last width`, the two ways to write them."""
    items = list(listed)
    while items:
        first, second = int(items.pop(0)), items.pop(0)
        if isinstance(second, Array):
            yield from ((first + n, float(width) / 1000) for n, width in enumerate(second))
        else:
            width = float(items.pop(0)) / 1000
            yield from ((code, width) for code in range(first, int(second) + 1))


def _said(given: Object | None) -> dict[int, str]:
    if not isinstance(given, Stream):
        return {}
    text = given.read_bytes().decode("latin-1")
    found: dict[int, str] = {}
    for kind, body in re.findall(r"beginbf(char|range)(.*?)endbf", text, re.DOTALL):
        if kind == "char":
            found |= {int(code, 16): _letters(to) for code, to in PAIR.findall(body)}
        for first, last, to in RUN.findall(body) if kind == "range" else ():
            start = int(to, 16)
            span = range(int(first, 16), int(last, 16) + 1)
            found |= {code: chr(start + n) for n, code in enumerate(span)}
    return found


def _letters(digits: str) -> str:
    return bytes.fromhex(digits).decode("utf-16-be", "replace")
