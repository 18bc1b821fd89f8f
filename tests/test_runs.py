"""Pages that are the same in every borough are laid out once, and nobody can tell from the file."""

from dataclasses import replace

import pytest
from pdf_reading import needs_poppler, text

from policing_summary import checks, content, document, leaflet, runs, typesetting, workshop
from policing_summary.document import Document
from policing_summary.formats import DEFAULT

NAMES = ("Bromley", "Camden")
SHARED = 3  # pages that do not name the borough in their text


@pytest.fixture(scope="module")
def booklets(pristine):
    sheets, _ = checks.run(content.load(pristine.root / "content"))
    (sheet,) = (each for each in sheets if each.path == "2009-10/havering")
    made = leaflet.compose(sheet, DEFAULT)
    return [renamed(made, name) for name in NAMES]


def renamed(document: Document, name: str) -> Document:
    """The same words about another borough."""

    def of(html: str) -> str:
        return html.replace("Havering", name)

    return replace(
        document,
        title=of(document.title),
        head=of(document.head),
        cover=of(document.cover),
        pieces=tuple(replace(piece, html=of(piece.html)) for piece in document.pieces),
        imprint=of(document.imprint),
        own=of(document.own),
    )


def forget() -> None:
    for kept in (runs._fitted, workshop.fonts, workshop.stylesheet, workshop._album):
        kept.cache_clear()


@pytest.fixture(scope="module")
def alone(booklets):
    """Each laid out as by a process that has done nothing else."""
    made = []
    for each in booklets:
        forget()
        made.append(typesetting.typeset(each))
    return made


def test_the_file_is_the_same_whatever_was_laid_out_before(booklets, alone):
    forget()
    assert [typesetting.typeset(each) for each in reversed(booklets)] == alone[::-1]
    assert typesetting.typeset(booklets[1]) == alone[1]


def test_what_boroughs_have_in_common_is_laid_out_once(booklets):
    forget()
    assert [len(typesetting.lay_out(each).fit.runs) for each in booklets] == [8, 8]
    assert runs._fitted.cache_info().hits == SHARED


@needs_poppler
def test_running_heads_name_the_borough_and_no_other(alone, tmp_path):
    for (mine, other), made in zip((NAMES, NAMES[::-1]), alone, strict=True):
        (tmp_path / f"{mine}.pdf").write_bytes(made.pdf)
        *_, inner, _ = text(tmp_path / f"{mine}.pdf").rstrip("\f").split("\f")
        assert mine in inner
        assert other not in text(tmp_path / f"{mine}.pdf")
        assert document.ANYWHERE not in text(tmp_path / f"{mine}.pdf")
