"""A leaflet's PDF → pictures of its pages, as a browser shows them."""

import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pikepdf
import pypdfium2
from pikepdf import Dictionary, Name

from policing_summary.formats import Format

WIDEST = 2400
"""Dots: more than any screen needs for a page, and no more than memory can take."""
ONE_AT_A_TIME = threading.Lock()  # PDFium knows no threads
ROLLED = 6  # panels: outside flap, back and cover; inside the three that follow the cover


@dataclass(frozen=True)
class Size:
    """Of a page, in points."""

    width: float
    height: float


@contextmanager
def _opened(pdf: bytes) -> Iterator[pypdfium2.PdfDocument]:
    with ONE_AT_A_TIME:
        document = pypdfium2.PdfDocument(pdf)
        try:
            yield document
        finally:
            document.close()


def sizes(pdf: bytes) -> tuple[Size, ...]:
    """Of every page, in order."""
    with _opened(pdf) as document:
        return tuple(Size(*document.get_page_size(number)) for number in range(len(document)))


def picture(pdf: bytes, page: int, width: int) -> bytes:
    """A page, the first of which is 1, as a PNG of about so many dots in width.

    Raises:
        IndexError: there is no such page.
    """
    with _opened(pdf) as document:
        if not 1 <= page <= len(document):
            raise IndexError(page)
        leaf = document[page - 1]
        drawn = leaf.render(scale=min(width, WIDEST) / leaf.get_width()).to_pil()
    file = io.BytesIO()
    drawn.save(file, "PNG", compress_level=1)
    return file.getvalue()


def marked(pdf: bytes) -> bytes:
    """With DRAFT across each page, over whatever it holds; nothing moves."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        kind = {"/Type": Name.Font, "/Subtype": Name.Type1, "/BaseFont": Name("/Helvetica-Bold")}
        font = document.make_indirect(Dictionary(kind))
        pale = document.make_indirect(Dictionary({"/Type": Name.ExtGState, "/ca": 0.2}))
        for page in document.pages:
            left, foot, right, top = (float(each) for each in page.trimbox)
            size = (right - left) / 4
            own = Dictionary(dict(page.resources))  # pages may share theirs
            own.Font = Dictionary({**dict(own.get("/Font", {})), "/Preview": font})
            own.ExtGState = Dictionary({**dict(own.get("/ExtGState", {})), "/Preview": pale})
            page.obj.Resources = own
            start = (left + right) / 2 - 1.35 * size, (foot + top) / 2 - 1.1 * size
            drawn = (
                f"q /Preview gs BT /Preview {size:.1f} Tf 0.8 0.15 0.1 rg "
                f"0.891 0.454 -0.454 0.891 {start[0]:.1f} {start[1]:.1f} Tm (DRAFT) Tj ET Q"
            )
            page.contents_add(b"q", prepend=True)
            page.contents_add(f"Q {drawn}".encode())
        file = io.BytesIO()
        document.save(file)
        return file.getvalue()


def spreads(form: Format, pages: int) -> Iterator[tuple[int, ...]]:
    """The pages that lie side by side: of a booklet its spreads, of a rolled sheet its two sides."""
    if form.binding == "roll-fold" and pages == ROLLED:
        yield from ((2, 6, 1), (3, 4, 5))
    elif form.binding in ("saddle-stitch", "single-fold"):
        yield (1,)
        for first in range(2, pages + 1, 2):
            yield tuple(range(first, min(first + 2, pages + 1)))
    else:
        yield from ((number,) for number in range(1, pages + 1))
