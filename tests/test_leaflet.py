"""The leaflet of each borough, laid out once: what it is made of, how it looks and how it reads."""

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations, pairwise
from pathlib import Path

import pikepdf
import pytest
import segno
import weasyprint
from conftest import SMALL_SITE
from pdf_judge import failed_rules, needs_a_jdk
from pdf_reading import (
    POINTS_PER_MM,
    elements,
    ink_meets,
    needs_poppler,
    reading_order,
    words_by_page,
)
from PIL import Image
from weasyprint.formatting_structure import boxes

from policing_summary import checks, content, leaflet, store, typefaces, typesetting, workshop
from policing_summary.document import Document, Leaflet
from policing_summary.errors import BuildError
from policing_summary.formats import DEFAULT
from policing_summary.sheet import Sheet

WIDTH, HEIGHT = 148, 210
BEGINS_ON = {
    "foreword": 2,
    "mission": 3,
    "plan": 3,
    "achievements": 4,
    "commander": 4,
    "initiatives": 5,
    "performance": 5,
    "priorities": 6,
    "consultation": 7,
    "partnership": 7,
    "contacts": 8,
}
SAFE = re.compile(r"https?://[\w./-]+|mailto:[\w.]+@[\w.]+|tel:\+?[0-9]+")


@dataclass(frozen=True)
class Made:
    """A leaflet with everything that it was made from, and its pages as they were laid out."""

    name: str
    sheet: Sheet
    document: Document
    leaflet: Leaflet
    rendered: weasyprint.Document
    file: Path
    pdf: pikepdf.Pdf

    def titles(self) -> dict[str, str]:
        return {
            part.name: self.sheet.words.title(part.section) for part in self.sheet.borough.parts
        }


def make(sheet: Sheet, folder: Path) -> Made:
    laid_out = []
    lay_out = typesetting.lay_out

    def watched(document):
        laid_out.append(lay_out(document))
        return laid_out[-1]

    document = leaflet.compose(sheet, DEFAULT)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(typesetting, "lay_out", watched)
        done = typesetting.typeset(document)
    file = folder / f"{sheet.borough.slug}.pdf"
    file.write_bytes(done.pdf)
    (laid,) = laid_out
    return Made(sheet.borough.slug, sheet, document, done, laid.rendered, file, pikepdf.open(file))


@pytest.fixture(scope="module")
def leaflets(pristine, tmp_path_factory) -> dict[str, Made]:
    sheets, _ = checks.run(content.load(pristine.root / "content"))
    folder = tmp_path_factory.mktemp("leaflets")
    wanted = [sheet for sheet in sheets if sheet.path in {"2009-10/havering", "2009-10/bromley"}]
    return {sheet.borough.slug: make(sheet, folder) for sheet in wanted}


@pytest.fixture(params=["havering", "bromley"])
def made(leaflets, request) -> Made:
    return leaflets[request.param]


@pytest.fixture(scope="module")
def pages_of(leaflets):
    """The words on each page of a leaflet with their places, read from the file."""
    read = {name: words_by_page(made.file) for name, made in leaflets.items()}
    return lambda made: read[made.name]


# What the file is


def test_there_is_a_leaflet_for_each_borough_and_no_more(leaflets):
    assert set(leaflets) == {"havering", "bromley"}


def test_a_leaflet_is_eight_pages_of_a5(made):
    boxes_in_mm = [
        [round(float(side) / POINTS_PER_MM, 2) for side in page.trimbox] for page in made.pdf.pages
    ]
    assert boxes_in_mm == [[0, 0, WIDTH, HEIGHT]] * 8
    assert [page.mediabox == page.trimbox for page in made.pdf.pages] == [True] * 8
    assert made.leaflet.pages == 8


def test_nothing_is_to_be_warned_of(made):
    assert made.leaflet.warnings == ()
    assert made.leaflet.fit.refusals == ()


def test_its_fonts_are_ours_and_all_of_them_are_inside(made):
    descriptors = [
        item
        for item in made.pdf.objects
        if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor"
    ]
    names = {str(each.FontName).partition("+")[2].rstrip(",") for each in descriptors}
    assert {re.sub("-Semi-Bold|-Italic", "", name) for name in names} == {
        face.family.replace(" ", "-") for face in typefaces.LATIN
    }
    assert [each for each in descriptors if not {"/FontFile2", "/FontFile3"} & set(each)] == []
    fonts = [
        item
        for item in made.pdf.objects
        if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/Font"
    ]
    assert [each for each in fonts if "/ToUnicode" not in each and each.Subtype == "/Type0"] == []


@needs_a_jdk
@pytest.mark.parametrize("standard", ["ua1", "2a"])
def test_it_keeps_every_rule_that_it_claims(leaflets, standard):
    """PDF/UA-1, to be read aloud, and PDF/A-2a, to be kept, in one file."""
    files = [made.file for made in leaflets.values()]
    assert failed_rules(*files, standard=standard) == []
    assert all(
        made.document.format.claims == ("pdf/a-2a", "pdf/ua-1") for made in leaflets.values()
    )


def test_it_says_what_it_is_and_in_which_language(made):
    name = {"havering": "Havering", "bromley": "Bromley"}[made.name]
    assert str(made.pdf.docinfo.Title) == f"{name}: Local Policing Summary 2009/10"
    assert str(made.pdf.docinfo.Author) == "Metropolitan Police Authority"
    assert str(made.pdf.Root.Lang) == "en-GB"
    assert made.pdf.Root.ViewerPreferences.DisplayDocTitle
    assert "/CreationDate" not in made.pdf.docinfo  # the same input makes the same bytes


def test_the_same_document_makes_the_same_bytes_here_and_in_a_worker(made, built):
    published = built.output / "site" / "2009-10" / made.name / "leaflet.pdf"
    assert made.leaflet.pdf == published.read_bytes()


def test_a_leaflet_comes_out_of_the_cache_as_it_went_in(made, tmp_path):
    cache = store.Cache(tmp_path)
    cache.put(made.document.key, made.leaflet.packed())
    assert Leaflet.unpacked(cache.get(made.document.key)) == made.leaflet


# How it reads


@needs_poppler
def test_it_reads_as_it_did_when_somebody_read_it(made, golden):
    spelled = re.sub(r"<[^>]*>", " ", made.document.html)
    golden(f"leaflet-{made.name}.txt", reading_order(made.file, spelled))


def test_there_is_a_bookmark_for_the_borough_and_one_for_each_section(made):
    with made.pdf.open_outline() as outline:
        (top,) = outline.root
        titles = [item.title for item in top.children]
    assert top.title in {"Havering", "Bromley"}
    assert titles == list(made.titles().values())


def test_every_section_begins_on_its_page(made):
    found = {}
    pages = [page.objgen for page in made.pdf.pages]
    by_title = {title: name for name, title in made.titles().items()}
    with made.pdf.open_outline() as outline:
        for item in outline.root[0].children:
            found[by_title[item.title]] = pages.index(item.destination[0].objgen) + 1
    assert found == BEGINS_ON


def test_headings_are_tagged_one_for_the_borough_and_one_for_each_section(made):
    kinds = [each.kind for each in elements(made.pdf)]
    assert kinds.count("H1") == 1
    assert kinds.count("H2") == len(made.titles())
    levels = [int(kind[1]) for kind in kinds if re.fullmatch("H[1-6]", kind)]
    assert [each for above, each in pairwise(levels) if each > above + 1] == []


def test_every_cell_of_the_table_knows_its_headers(made):
    tagged = elements(made.pdf)
    headers = {str(each.tag.ID): each for each in tagged if each.kind == "TH"}
    cells = [each for each in tagged if each.kind == "TD"]
    assert len(headers) == len([each for each in tagged if each.kind == "TH"])
    scopes = {str(each.attribute("/Scope")) for each in headers.values() if "THead" in each.around}
    assert scopes == {"/Column"}
    scopes = {str(each.attribute("/Scope")) for each in headers.values() if "TBody" in each.around}
    assert scopes == {"/Row"}
    asked = [[str(name) for name in each.attribute("/Headers") or ()] for each in cells]
    assert len(cells) > 10
    assert [each for each in asked if len(each) < 2 or not set(each) <= set(headers)] == []
    indexed = made.pdf.Root.StructTreeRoot.IDTree.Kids[0].Names
    assert [str(name) for name in indexed[::2]] == sorted(headers)
    assert [each.objgen for each in indexed[1::2]] == [
        headers[name].tag.objgen for name in sorted(headers)
    ]


def test_chart_and_code_are_told_in_words(made):
    said = [str(each.tag.get("/Alt", "")) for each in elements(made.pdf) if each.kind == "Figure"]
    assert len(said) == 2
    shown = {
        "havering": "the number of offences. Residential burglary: 382 more",
        "bromley": "percent, set against the targets. Residential burglary: −10.0%, target −5.0%: exc",
    }
    assert said[0].startswith(f"Bar chart of the change in {shown[made.name]}")
    assert said[1] == f"QR code that opens {leaflet.address(made.sheet)}"


def test_running_heads_and_all_else_that_is_no_text_of_its_own_is_passed_over(made):
    owned = set()
    for each in elements(made.pdf):
        kids = each.tag.get("/K", pikepdf.Array())
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, int):
                owned.add((each.tag.Pg.objgen, kid))
    for page in made.pdf.pages:
        artifacts = 0
        for operands, operator in pikepdf.parse_content_stream(page):
            if str(operator) in {"BDC", "BMC"}:
                artifacts += str(operands[0]) == "/Artifact"
                properties = operands[1] if len(operands) > 1 else {}
                number = properties.get("/MCID") if properties else None
                assert str(operands[0]) == "/Artifact" or (page.objgen, number) in owned
        assert artifacts or page.index in {0, 7}  # cover and back have no running heads


def links(made: Made) -> Iterator[pikepdf.Dictionary]:
    for page in made.pdf.pages:
        yield from (each for each in page.get("/Annots", ()) if each.Subtype == "/Link")


def test_every_link_says_where_it_leads_and_leads_somewhere_safe(made):
    targets = [str(each.A.URI) for each in links(made)]
    assert [each for each in targets if not SAFE.fullmatch(each)] == []
    assert [each for each in links(made) if not str(each.get("/Contents", ""))] == []
    assert leaflet.address(made.sheet) in targets
    assert {each.partition(":")[0] for each in targets} == {"https", "mailto", "tel"}


# How it looks


@needs_poppler
def test_nothing_stands_closer_to_the_trim_than_5_mm(made, pages_of):
    for page in pages_of(made):
        assert [w for w in page if w.left < 5 or w.right > WIDTH - 5] == []
        assert [w for w in page if w.top < 5 or w.bottom > HEIGHT - 5] == []


@needs_poppler
def test_nothing_at_all_is_drawn_at_the_edge_of_the_pages_after_the_cover(made, tmp_path):
    command = [
        "pdftoppm",
        "-r",
        "50.8",
        "-f",
        "2",
        "-gray",
        made.file,
        tmp_path / "page",
    ]  # 2 dots/mm
    subprocess.run(command, check=True)
    pages = sorted(tmp_path.glob("page*"))
    assert len(pages) == 7
    for path in pages:
        with Image.open(path) as page:
            inner = page.crop((1, 1, page.width - 1, page.height - 1))  # the last dot is half a dot
            width, height = inner.size
            sides = [(0, 0, width, 8), (0, height - 8, width, height)]
            sides += [(0, 0, 8, height), (width - 8, 0, width, height)]
            colours = {colour for side in sides for colour in inner.crop(side).getextrema()}
        assert len(colours) == 1, f"{path.name}: {colours}"


@needs_poppler
def test_no_word_is_printed_over_another(made, pages_of):
    for page in pages_of(made):
        assert [(a.text, b.text) for a, b in combinations(page, 2) if ink_meets(a, b)] == []


@needs_poppler
def test_no_page_is_half_empty(made, pages_of):
    for number, page in enumerate(pages_of(made)[1:], 2):
        lowest = max(word.bottom for word in page if word.bottom < HEIGHT - 16)
        assert lowest > HEIGHT * 0.6, f"page {number} ends at {lowest:.0f} mm"


@needs_poppler
def test_every_page_after_the_cover_begins_with_the_heading_of_a_section(made, pages_of):
    first = {page: made.titles()[name] for name, page in reversed(BEGINS_ON.items())}
    for number, page in enumerate(pages_of(made)[1:], 2):
        assert first[number] in " ".join(word.text for word in page if 12 < word.top < 40)


@dataclass(frozen=True)
class Line:
    text: str
    top: float
    bottom: float
    left: float
    right: float
    tag: str
    block: int


def lines(page) -> Iterator[Line]:
    """Every line of text on a laid-out page, in pixels, with the block that it belongs to."""
    for block in page._page_box.descendants():
        if not isinstance(block, boxes.BlockContainerBox) or block.element is None:
            continue
        for line in block.children:
            if isinstance(line, boxes.LineBox) and (text := words_in(line)):
                left, top = line.position_x, line.position_y
                yield Line(
                    text,
                    top,
                    top + line.height,
                    left,
                    left + line.width,
                    block.element_tag,
                    id(block.element),
                )


def words_in(line) -> str:
    return "".join(b.text for b in line.descendants() if isinstance(b, boxes.TextBox)).strip()


def test_no_line_of_a_paragraph_stands_alone_at_the_top_or_foot_of_a_page_or_column(made):
    for page in made.rendered.pages:
        columns: dict[int, dict[float, list[str]]] = {}
        for line in lines(page):
            if line.tag == "p":
                column = columns.setdefault(line.block, {}).setdefault(round(line.left), [])
                column.append(line.text)
        broken = [each for each in columns.values() if len(each) > 1 and is_broken(each)]
        alone = [part for each in broken for part in each.values() if len(part) == 1]
        assert alone == []


def is_broken(columns: dict[float, list[str]]) -> bool:
    """Whether a block runs over columns, and is not merely one whose first line is set in."""
    lefts = sorted(columns)
    return lefts[-1] - lefts[0] > 100


def test_no_paragraph_runs_over_a_page(made):
    on: dict[int, set[int]] = {}
    for number, page in enumerate(made.rendered.pages):
        for line in lines(page):
            if line.tag in {"p", "li", "td", "th"}:
                on.setdefault(line.block, set()).add(number)
    assert on
    assert [pages for pages in on.values() if len(pages) > 1] == []


def test_no_heading_stands_without_its_text(made):
    for number, page in enumerate(made.rendered.pages, 1):
        found = list(lines(page))
        for heading in (line for line in found if line.tag in {"h2", "h3"}):
            below = [
                line
                for line in found
                if line.tag not in {"h2", "h3"}
                and 0 <= line.top - heading.top < 0.12 * page.height
                and line.right > heading.left
            ]
            assert below, f"`{heading.text}` on page {number}"


# The code


@needs_poppler
def test_the_code_is_printed_as_it_is_to_be_read(made, tmp_path):
    expected = segno.make(leaflet.address(made.sheet), error="m", micro=False).matrix
    assert printed_code(made, len(expected), tmp_path) == [list(row) for row in expected]


def test_the_rectangles_of_a_code_are_its_dark_modules_and_none_twice():
    rows = [list(row) for row in segno.make("https://example.org/").matrix_iter(border=0)]
    drawn = [
        (x, y)
        for left, top, right, bottom in leaflet._dark(rows)
        for x in range(left, right)
        for y in range(top, bottom)
    ]
    assert sorted(drawn) == sorted(
        (x, y) for y, row in enumerate(rows) for x, dark in enumerate(row) if dark
    )


def printed_code(made: Made, size: int, folder: Path) -> list[list[int]]:
    """What a camera sees: the modules of the code on the last page, and light all around it."""
    dots = 600 / 72
    command = ["pdftoppm", "-r", "600", "-f", "8", "-l", "8", "-gray", made.file, folder / "page"]
    subprocess.run(command, check=True)
    (file,) = folder.glob("page*")
    (figure,) = (
        each
        for each in elements(made.pdf)
        if each.kind == "Figure" and str(each.tag.Alt).startswith("QR")
    )
    left, bottom, right, top = (float(side) for side in figure.attribute("/BBox"))
    with Image.open(file) as page:
        height = page.height

        def is_dark(row: float, column: float) -> int:
            x = (left + (right - left) * (column + 0.5) / size) * dots
            y = height - (top - (top - bottom) * (row + 0.5) / size) * dots
            return int(page.getpixel((round(x), round(y))) < 128)

        quiet = [(r, c) for r in range(-4, size + 4) for c in (-4, -3, -2, -1)]
        quiet += [(c, r) for r, c in quiet]
        assert [place for place in quiet if is_dark(*place)] == []
        return [[is_dark(row, column) for column in range(size)] for row in range(size)]


# What does not fit


def composed(sheets_of, changes) -> Document:
    _, sheets = sheets_of(changes)
    return leaflet.compose(sheets["havering"], DEFAULT)


def named(borough: str) -> dict[str, str]:
    return {"site.yaml": SMALL_SITE["site.yaml"].replace("name: Havering", f"name: {borough}")}


FOREIGN = {
    "Chinese": ("李小龙", "小, 李, 龙"),
    "a smiling face": ("Havering 😀", "😀"),
    "Bengali": ("টাওয়ার", "ট"),
}


@pytest.mark.parametrize(("name", "told"), FOREIGN.values(), ids=FOREIGN)
def test_letters_that_our_fonts_lack_are_refused_by_name_on_every_computer(sheets_of, name, told):
    with pytest.raises(BuildError, match="letters that its fonts do not contain") as refused:
        composed(sheets_of, named(name))
    assert told in str(refused.value)


@pytest.mark.parametrize("name", ["Łódź", "Llŷn Ŵ", "İstanbul ğış", "Ærø – “§” €20 −5% ≤ ½"])
def test_letters_that_our_fonts_have_are_set_in_them(sheets_of, name):
    assert typesetting.typeset(composed(sheets_of, named(name))).warnings == ()


def test_a_font_that_steps_in_is_refused(sheets_of):
    document = composed(sheets_of, {})
    stray = document.imprint.replace("</div>", "<p style='font-family: monospace'>x</p></div>", 1)
    with pytest.raises(BuildError, match="a font that is not its own"):
        typesetting.typeset(replace(document, imprint=stray))


def test_a_leaflet_that_weasyprint_fails_on_is_named_with_a_way_out(sheets_of, monkeypatch):
    def fails(*_):
        raise IndexError("list index out of range")

    monkeypatch.setattr(workshop, "laid_out", fails)
    document = composed(sheets_of, named("A place that no other test lays out"))
    with pytest.raises(BuildError, match="could not be laid out: WeasyPrint") as refused:
        typesetting.typeset(document)
    assert document.title in str(refused.value)
    assert "a quote or a table cell that is longer than a page" in str(refused.value)


def test_nothing_is_fetched_but_the_fonts_of_the_document(sheets_of):
    document = composed(sheets_of, {})
    stray = document.cover + '<img alt="x" src="file:///etc/hostname">'
    made = typesetting.typeset(replace(document, cover=stray))
    assert [line for line in made.warnings if "Failed to load image" in line]


# What a leaflet is known by


def test_the_key_is_another_when_anything_that_is_printed_is(sheets_of, pristine, tmp_path):
    project = pristine.copy(tmp_path / "project", ("templates",))
    templates = project.root / "templates"
    _, sheets = sheets_of({})

    def key() -> str:
        return leaflet.compose(sheets["havering"], DEFAULT, templates).key

    seen = [key()]
    assert key() == seen[0]
    for path in ("css/tokens.css", "css/leaflet.css", DEFAULT.stylesheet, "leaflet/cover.html"):
        words = (templates / path).read_text("utf-8")
        project.write(f"templates/{path}", words.replace("\n", " ", 1))  # as long as before
        seen.append(key())
    first, second, *_ = (templates / "fonts" / face.file for face in typefaces.LATIN)
    first.write_bytes(second.read_bytes())
    seen.append(key())
    assert len(set(seen)) == len(seen)
    for path in ("css/screen.css", "css/print.css", "css/base.css", "site/borough.html"):
        project.write(f"templates/{path}", (templates / path).read_text("utf-8") + "<!-- -->")
    assert key() == seen[-1]


def test_the_key_is_another_with_another_program(leaflets, monkeypatch):
    from policing_summary import document as module  # noqa: PLC0415 - a name that many tests use

    document = leaflets["havering"].document
    before = document.key
    monkeypatch.setattr(module, "_versions", lambda: "weasyprint 71.0")
    assert document.key != before
