"""What WeasyPrint draws → a PDF in which each text says what it says, in the order in which it is read.

Letters are drawn in the order in which they stand on paper, and a PDF tells them by their shapes. So
Urdu comes out backwards, and a Bengali vowel sign that joins its letter is lost. WeasyPrint's boxes
know the text as it was written, and the file is told by `ActualText` (ISO 32000-1, 14.9.4).

Structure elements get it in every script: that is where a screen reader looks. Marked content gets
it only where lines run from left to right: whoever copies text from a page takes lines to be in the
order of the paper and turns Arabic letters round, be they told by their shapes or by `ActualText`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
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


def written(rendered: Any) -> tuple[bytes, Said]:  # noqa: ANN401 - WeasyPrint has no types
    """The tagged PDF of a laid-out document, and what its texts say."""
    said = Said()
    pages = [_Witness(page, number, said) for number, page in enumerate(rendered.pages)]
    pdf = rendered.copy(pages).write_pdf(pdf_variant="pdf/ua-1")
    return pdf, said if any(map(_is_misread, said.values())) else Said()


def _is_misread(text: str) -> bool:
    return bool(RIGHT_TO_LEFT.search(text) or JOINED.search(text))


class _Witness:
    """A page that notes the texts it draws: afterwards nobody knows which text has which number."""

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
