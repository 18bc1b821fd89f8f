"""Pages of a leaflet as pictures, and how they lie side by side."""

import io

import pypdfium2
import pytest
from PIL import Image

from policing_summary.formats import FORMATS
from policing_summary.preview import paper

SPREADS = {
    ("a5-booklet", 8): [(1,), (2, 3), (4, 5), (6, 7), (8,)],
    ("a4-folded", 4): [(1,), (2, 3), (4,)],
    ("dl-roll-fold", 6): [(2, 6, 1), (3, 4, 5)],
    ("dl-roll-fold", 5): [(1,), (2,), (3,), (4,), (5,)],
    ("large-print", 3): [(1,), (2,), (3,)],
    ("large-print", 0): [],
}


@pytest.mark.parametrize(
    ("name", "pages", "expected"), [(*key, each) for key, each in SPREADS.items()]
)
def test_pages_lie_side_by_side_as_the_leaflet_is_folded(name, pages, expected):
    assert list(paper.spreads(FORMATS[name], pages)) == expected


@pytest.fixture(scope="module")
def pdf() -> bytes:
    document = pypdfium2.PdfDocument.new()
    document.new_page(200, 100)
    document.new_page(300, 400)
    file = io.BytesIO()
    document.save(file)
    document.close()
    return file.getvalue()


def test_every_page_has_its_own_size(pdf):
    assert paper.sizes(pdf) == (paper.Size(200, 100), paper.Size(300, 400))


def test_a_picture_is_as_wide_as_was_asked_for(pdf):
    drawn = Image.open(io.BytesIO(paper.picture(pdf, 2, 600)))
    assert drawn.size == (600, 800)
    assert drawn.format == "PNG"


def test_no_picture_is_larger_than_a_screen_needs(pdf):
    assert Image.open(io.BytesIO(paper.picture(pdf, 1, 1_000_000))).width == paper.WIDEST


@pytest.mark.parametrize("page", [0, 3, -1])
def test_a_page_that_is_not_there_is_no_picture(pdf, page):
    with pytest.raises(IndexError):
        paper.picture(pdf, page, 100)
