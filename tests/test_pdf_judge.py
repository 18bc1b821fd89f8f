"""The judge itself is judged: it has to tell a good file from a bad one, by each standard."""

from pathlib import Path

import pytest
from pdf_judge import failed_rules, needs_a_jdk
from weasyprint import HTML

from policing_summary.finish import accessible

pytestmark = needs_a_jdk

PAGE = "<html lang=en><title>A leaflet</title><h1>Burglary</h1><p>Fewer than the year before.</p>"


@pytest.fixture
def tagged(tmp_path: Path) -> Path:
    HTML(string=PAGE).write_pdf(tmp_path / "tagged.pdf", pdf_variant="pdf/ua-1")
    return tmp_path / "tagged.pdf"


@pytest.fixture
def untagged(tmp_path: Path) -> Path:
    HTML(string=PAGE).write_pdf(tmp_path / "untagged.pdf")
    return tmp_path / "untagged.pdf"


def test_a_tagged_file_passes(tagged):
    assert failed_rules(tagged) == []


def test_an_untagged_file_is_told_from_a_tagged_one_in_the_same_run(tagged, untagged):
    failed = failed_rules(tagged, untagged)
    assert all(line.startswith("untagged.pdf fails ") for line in failed)
    assert [line for line in failed if "fails 6.2-1, 1 times, first at root: " in line]
    assert [line for line in failed if "tagged as real content" in line]


def test_a_file_for_archives_is_told_from_one_that_only_reads_aloud(tagged, tmp_path):
    kept = accessible(tagged.read_bytes(), ("pdf/a-2a", "pdf/ua-1"))
    (tmp_path / "kept.pdf").write_bytes(kept)
    failed = failed_rules(tagged, tmp_path / "kept.pdf", standard="2a")
    assert all(line.startswith("tagged.pdf fails ") for line in failed)
    assert [line for line in failed if "fails 6.6.4-1," in line]


def test_an_image_without_an_alternative_is_found(tmp_path):
    pixel = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"
    pdf = tmp_path / "image.pdf"
    HTML(string=f'{PAGE}<img src="{pixel}" alt="">').write_pdf(pdf, pdf_variant="pdf/ua-1")
    assert [line.split(",")[0] for line in failed_rules(pdf)] == ["image.pdf fails 7.3-1"]


def test_what_is_no_pdf_is_not_passed_over(tmp_path):
    (tmp_path / "note.pdf").write_text("not a PDF")
    with pytest.raises(RuntimeError, match="could not judge"):
        failed_rules(tmp_path / "note.pdf")
