"""A PDF is made accessible: what WeasyPrint leaves out is added, and all else stays as it was."""

import io
import subprocess
import sys
import time

import pikepdf
import pytest
import weasyprint
from pdf_reading import elements

from policing_summary import logical
from policing_summary.finish import accessible

HTML = """
<html lang=en><title>A leaflet</title>
<style>
  @page { size: 148mm 210mm; @top-left { content: "Running head" } @bottom-left { content: counter(page) } }
</style>
<h1>Burglary</h1>
<table><thead><tr><th>Measure<th>Change</thead><tbody><tr><th>Burglary<td>1<tr><th>Robbery<td>2</table>
<img alt="A square" style="display: block; width: 20mm; height: 10mm"
 src="data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><rect width='9' height='9'/></svg>">
<ul><li style="list-style: disc">Robbery <span style="display: block">and its note</span></ul>
<ol><li style="list-style: decimal"><p>First<p>Second</ol>
<p style="break-before: page">The second page.
"""


@pytest.fixture(scope="module")
def before() -> bytes:
    return logical.written(weasyprint.HTML(string=HTML).render(pdf_variant="pdf/ua-1")).pdf


@pytest.fixture(scope="module")
def after(before) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(accessible(before)))


def test_headers_say_what_they_head(after):
    scopes = [str(each.attribute("/Scope")) for each in elements(after) if each.kind == "TH"]
    assert scopes == ["/Column", "/Column", "/Row", "/Row"]


def test_every_id_is_in_the_index_in_order(after):
    names = after.Root.StructTreeRoot.IDTree.Kids[0].Names
    limits = after.Root.StructTreeRoot.IDTree.Kids[0].Limits
    ids = {str(each.tag.ID): each.tag.objgen for each in elements(after) if "/ID" in each.tag}
    assert len(ids) == 4
    assert [str(name) for name in names[::2]] == sorted(ids)
    assert [each.objgen for each in names[1::2]] == [ids[name] for name in sorted(ids)]
    assert [str(limit) for limit in limits] == [min(ids), max(ids)]


def test_all_of_a_list_item_is_in_its_label_or_its_body(before, after):
    def kids(pdf: pikepdf.Pdf) -> list[list[str]]:
        return [[str(kid.S) for kid in each.tag.K] for each in elements(pdf) if each.kind == "LI"]

    assert kids(after) == [["/Lbl", "/LBody"]] * 2
    assert kids(pikepdf.open(io.BytesIO(before))) != kids(after)
    for each in elements(after):
        if each.kind == "LBody":
            assert {kid.P.objgen for kid in each.tag.K} == {each.tag.objgen}


def test_items_of_a_list_in_columns_are_in_the_list_itself():
    html = (
        "<html lang=en><title>A</title><ul style='columns: 2'><li>One<li>Two<li>Three<li>Four</ul>"
    )
    plain = weasyprint.HTML(string=html).write_pdf(pdf_variant="pdf/ua-1")

    def kids(file: bytes) -> list[list[str]]:
        pdf = pikepdf.open(io.BytesIO(file))
        return [[str(kid.S) for kid in each.tag.K] for each in elements(pdf) if each.kind == "L"]

    assert kids(plain) != [["/LI"] * 4]
    assert kids(accessible(plain)) == [["/LI"] * 4]
    with pikepdf.open(io.BytesIO(accessible(plain))) as pdf:
        assert {str(each.tag.P.S) for each in elements(pdf) if each.kind == "LI"} == {"/L"}


def test_a_figure_says_in_points_from_the_foot_where_it_is(after):
    (figure,) = (each for each in elements(after) if each.kind == "Figure")
    left, bottom, right, top = (float(side) * 25.4 / 72 for side in figure.attribute("/BBox"))
    assert right - left == pytest.approx(20, abs=0.1)
    assert top - bottom == pytest.approx(10, abs=0.1)
    assert 100 < bottom < top < 210


def test_running_heads_are_passed_over_and_text_is_not(after):
    kinds = []
    for page in after.pages:
        begun = [c for c in pikepdf.parse_content_stream(page) if str(c.operator) in {"BDC", "BMC"}]
        kinds.append([str(each.operands[0]) for each in begun])
    assert [page.count("/Artifact") for page in kinds] == [2, 2]
    assert all(len(page) > 2 for page in kinds)


def test_the_same_bytes_come_out_here_and_in_another_process(before, after, tmp_path):
    at_first = accessible(before)
    (tmp_path / "before.pdf").write_bytes(before)
    script = (
        "import sys, pathlib; from policing_summary.finish import accessible; "
        "sys.stdout.buffer.write(accessible(pathlib.Path(sys.argv[1]).read_bytes()))"
    )
    command = [sys.executable, "-c", script, tmp_path / "before.pdf"]
    time.sleep(1.1)  # an id made from the clock would change once a second
    again = subprocess.run(command, capture_output=True, check=True).stdout
    assert len(again) > len(before) / 5  # it is compressed
    assert again == accessible(before) == at_first


def test_nothing_is_lost(before, after):
    with pikepdf.open(io.BytesIO(before)) as old:
        assert len(after.pages) == len(old.pages) == 2
        kinds = [
            sorted(each.kind for each in elements(pdf) if each.kind != "LBody")
            for pdf in (after, old)
        ]
        assert kinds[0] == kinds[1]  # bodies of list items may have come in
        assert str(after.Root.Lang) == "en"
    told = after.Root.Metadata.read_bytes()
    assert b"A leaflet" in told
    assert b"pdfuaid:part" in told


def test_a_file_without_a_table_needs_no_index():
    plain = weasyprint.HTML(string="<html lang=en><title>x</title><p>Words.").write_pdf(
        pdf_variant="pdf/ua-1"
    )
    with pikepdf.open(io.BytesIO(accessible(plain))) as pdf:
        assert "/IDTree" not in pdf.Root.StructTreeRoot
