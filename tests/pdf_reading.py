"""A leaflet as a reader meets it: its words with their places, and its text in reading order."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

import pikepdf
import pytest

from policing_summary import environment

POINTS_PER_MM = 72 / 25.4
XHTML = "{http://www.w3.org/1999/xhtml}"
BLOCKS = re.compile(r"(H[1-6]|P|LI|TH|TD|Caption|Figure)\b")
needs_poppler = pytest.mark.skipif(
    shutil.which("pdftotext") is None and not environment.in_ci(),
    reason="reading a PDF needs poppler: python3 build.py test says how to get it",
)


@dataclass(frozen=True)
class Word:
    """A word and its box, in millimetres from the top left corner of the page."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


def words_by_page(pdf: Path) -> list[list[Word]]:
    read = ET.fromstring(_poppler("pdftotext", "-bbox", pdf))
    return [
        [_word(each) for each in page.iter(f"{XHTML}word")] for page in read.iter(f"{XHTML}page")
    ]


def _word(element: ET.Element) -> Word:
    box = (float(element.attrib[name]) / POINTS_PER_MM for name in ("xMin", "yMin", "xMax", "yMax"))
    return Word(element.text or "", *box)


def ink_meets(a: Word, b: Word) -> bool:
    """Whether the parts of two words' boxes meet that ink fills, without accents and descenders."""
    one, other = _core(a), _core(b)
    beside = min(one.right, other.right) - max(one.left, other.left)
    above = min(one.bottom, other.bottom) - max(one.top, other.top)
    return beside > 0.1 and above > 0.1


def _core(word: Word) -> Word:
    height = word.bottom - word.top
    top, bottom = word.top + height * 0.35, word.bottom - height * 0.3
    return Word(word.text, word.left, top, word.right, bottom)


def text(pdf: Path) -> str:
    """All the text, in the order in which it was drawn."""
    return _poppler("pdftotext", "-raw", pdf)


def copied(pdf: Path) -> str:
    """All the text as a reader copies it: lines put together by their places, and turned if need be."""
    return _poppler("pdftotext", "-nopgbrk", pdf)


def reading_order(pdf: Path, spelled: str) -> str:
    """The text as a screen reader says it: one line for each block, headings and the like marked.

    `spelled` holds every word in one piece, for those that the leaflet breaks at the end of a line.
    """
    lines = [""]
    for line in _poppler("pdfinfo", "-struct-text", pdf).splitlines():
        said = line.strip()
        if said.startswith('"'):
            lines[-1] += " " + said.strip('"')
        elif block := BLOCKS.match(said):
            lines.append(block[1])
        elif said == "Sect":
            lines.append("")
        elif said in {"Part", "Div"}:
            lines.append("P")
    told = (" ".join(line.split()) for line in lines)
    whole = "\n".join(line for line in told if line not in {"P", "LI"})
    words = set(re.findall(r"\w+", spelled))

    def joined(broken: re.Match[str]) -> str:
        one = broken[1] + broken[2]
        return one if one in words else f"{broken[1]}-{broken[2]}"

    return re.sub(r"(\w+)- (\w+)", joined, whole).strip() + "\n"


def spoken(pdf: Path) -> str:
    """The text in the order of the structure, each part in the words that it gives itself.

    Poppler tells what marked content says by its letters' shapes: that counts where an element has
    no `ActualText`, which stands for all that is in it.
    """
    lines = _poppler("pdfinfo", "-struct-text", pdf).splitlines()
    shapes = iter([line.strip()[1:-1] for line in lines if line.strip().startswith('"')])
    with pikepdf.open(pdf) as opened:
        said = "\n".join(_spoken(opened.Root.StructTreeRoot.K, shapes))
    assert next(shapes, None) is None
    return said


def _spoken(kids: object, shapes: Iterator[str]) -> Iterator[str]:
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, int):
            yield next(shapes)
        elif isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            inner = list(_spoken(kid.get("/K", pikepdf.Array()), shapes))
            yield from [str(kid.ActualText)] if "/ActualText" in kid else inner


def _poppler(program: str, option: str, pdf: Path) -> str:
    target = ["-"] if program == "pdftotext" else []
    command = [program, *option.split(), "-enc", "UTF-8", str(pdf), *target]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout


@dataclass(frozen=True)
class Element:
    """An element of the structure: its kind, those around it, and what it says of itself."""

    kind: str
    around: tuple[str, ...]
    tag: pikepdf.Dictionary

    def attribute(self, name: str) -> object:
        owned = self.tag.get("/A", pikepdf.Dictionary())
        every = list(owned) if isinstance(owned, pikepdf.Array) else [owned]
        return next((each[name] for each in every if name in each), None)


def elements(pdf: pikepdf.Pdf) -> list[Element]:
    return list(_below(pdf.Root.StructTreeRoot.K, ()))


def _below(kids: object, around: tuple[str, ...]) -> Iterator[Element]:
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            kind = str(kid.S).lstrip("/")
            yield Element(kind, around, kid)
            yield from _below(kid.get("/K", pikepdf.Array()), (*around, kind))
