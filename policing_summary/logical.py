"""What WeasyPrint draws → a PDF in which each text says what it says, in the order in which it is read.

Letters are drawn in the order in which they stand on paper, and a PDF tells them by their shapes. So
Urdu comes out backwards, and a Bengali vowel sign that joins its letter is lost. WeasyPrint's boxes
know the text as it was written, and the file is told by `ActualText` (ISO 32000-1, 14.9.4). They know
running heads and folios, too, which are content of no element: the file is told that they are artifacts.

Structure elements get it in every script: that is where a screen reader looks. Marked content gets
it only where lines run from left to right: whoever copies text from a page takes lines to be in the
order of the paper and turns Arabic letters round, be they told by their shapes or by `ActualText`.
"""

import re
from codecs import BOM_UTF16_BE
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pikepdf import Array, Dictionary, String

RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
JOINED = re.compile(
    "[\u0900-\u0dff]"
)  # the scripts of India, Bengali, Gurmukhi and Tamil among them
INVISIBLE = dict.fromkeys(map(ord, "\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2069"))


class Said(dict[tuple[int, int], str]):
    """What each piece of marked content says, by page and by its number there; pages begin at 0.

    It is empty where shapes tell everything: in Latin letters.
    """


@dataclass(frozen=True)
class Written:
    """A tagged PDF, not compressed yet, what its texts say, and the names of its fonts."""

    pdf: bytes = field(repr=False)
    said: Said
    fonts: frozenset[str]


def written(rendered: Any) -> Written:  # noqa: ANN401 - WeasyPrint has no types
    """The PDF of a laid-out document, in which running heads and folios are artifacts."""
    said, fonts = Said(), set[str]()
    pages = [_Witness(page, number, said) for number, page in enumerate(rendered.pages)]
    pdf = rendered.copy(pages).write_pdf(
        finisher=lambda _, made: fonts.update(_fonts(made.objects)),
        pdf_variant="pdf/ua-1",
        uncompressed_pdf=True,
    )
    return Written(pdf, said if any(map(_is_misread, said.values())) else Said(), frozenset(fonts))


def _fonts(objects: Iterable[Any]) -> Iterator[str]:
    for each in objects:
        if isinstance(each, dict) and each.get("Type") == "/FontDescriptor":
            yield without_subset(each["FontName"].decode())


def without_subset(name: str) -> str:
    """The name of an embedded font without the tag of its subset."""
    return name.lstrip("/").partition("+")[2] or name.lstrip("/")


def _utf16(text: str) -> bytes:
    """As a PDF spells letters that are not Latin (ISO 32000-1, 7.9.2.2)."""
    return BOM_UTF16_BE + text.encode("utf-16-be")


def _is_misread(text: str) -> bool:
    return bool(RIGHT_TO_LEFT.search(text) or JOINED.search(text))


class _Witness:
    """A page that notes the texts it draws: afterwards nobody knows which text has which number.

    Where the marked content of a text begins, the page writes what else there is to say of it.
    """

    def __init__(self, page: Any, number: int, said: Said) -> None:  # noqa: ANN401
        self._page, self._number, self._said = page, number, said

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        return getattr(self._page, name)

    def paint(self, stream: Any, scale: float = 1) -> None:  # noqa: ANN401
        self._page.paint(stream, scale)
        ends = set(_ends_of_lines(self._page._page_box))  # noqa: SLF001 - there is no other way to boxes
        for box, tag in stream._tags.items():  # noqa: SLF001 - nor to their numbers
            text = getattr(box, "text", "").translate(INVISIBLE)
            broken = box in ends and not text.endswith(" ")
            self._said[self._number, tag["mcid"]] = f"{text} " if broken else text
        self._tell(stream.stream, {stream._tags[box]["mcid"] for box in self._heads(stream)})  # noqa: SLF001

    def _heads(self, stream: Any) -> Iterator[Any]:  # noqa: ANN401
        """The texts of running heads and folios."""
        for margin in self._page._page_box.children:  # noqa: SLF001
            if type(margin).__name__ == "MarginBox":
                yield from (box for box in margin.descendants() if box in stream._tags)  # noqa: SLF001

    def _tell(self, operands: list[Any], heads: set[int]) -> None:
        """Change the beginnings of marked content: a tag and its properties, before the operator."""
        for at, properties in enumerate(operands):
            if not isinstance(properties, dict) or (mcid := properties.get("MCID")) is None:
                continue
            text = self._said[self._number, mcid]
            if mcid in heads:
                operands[at - 1 : at + 1] = [b"/Artifact", b"<</Type /Pagination>>"]
            elif is_copied(text):
                properties["ActualText"] = b"<%s>" % _utf16(text.rstrip(" ")).hex().encode()


def _ends_of_lines(box: Any) -> Iterator[Any]:  # noqa: ANN401
    """The text that ends each line: the space at which a line was broken stands in no box."""
    if type(box).__name__ == "LineBox" and (texts := list(_texts(box))):
        yield texts[-1]
    for child in getattr(box, "children", ()):
        yield from _ends_of_lines(child)


def _texts(box: Any) -> Iterator[Any]:  # noqa: ANN401
    for child in getattr(box, "children", ()):
        if hasattr(child, "text"):
            yield child
        else:
            yield from _texts(child)


def spell_out(elements: Iterable[Dictionary], pages: Mapping[Any, int], said: Said) -> None:
    """Let each structure element with texts of its own that are misread say what it says.

    `pages` are their numbers, by the ids of their objects.
    """
    for element in elements if said else ():
        kids = _kids(element)
        own = [
            said.get((pages[element.Pg.objgen], kid), "") for kid in kids if isinstance(kid, int)
        ]
        if any(map(_is_misread, own)):
            element.ActualText = String(_whole(element, pages, said))


def _whole(element: Dictionary, pages: Mapping[Any, int], said: Said) -> str:
    """What the element says with all that is in it: its `ActualText` stands for that, too."""
    return "".join(
        said.get((pages[element.Pg.objgen], kid), "")
        if isinstance(kid, int)
        else _whole(kid, pages, said)
        for kid in _kids(element)
    )


def _kids(element: Dictionary) -> list[Any]:
    kids = element.get("/K", Array())
    return list(kids) if isinstance(kids, Array) else [kids]


def is_copied(text: str) -> bool:
    """Whether marked content has to say so too, for those who copy text from a page."""
    return bool(JOINED.search(text)) and not RIGHT_TO_LEFT.search(text)
