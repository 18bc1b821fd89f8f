"""Formats with as many pages as they take: large print, and the accessible download.

Measured in the boxes that WeasyPrint laid out, at three lengths of Havering's own content; and in
the file, as readers get it.
"""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest
from lengths import stretched
from pdf_judge import failed_rules, needs_a_jdk
from pdf_reading import elements, needs_poppler, reading_order, words_by_page
from weasyprint.formatting_structure import boxes

from policing_summary import checks, content, fitting, leaflet, measuring, paging, typesetting
from policing_summary.document import Document
from policing_summary.formats import FORMATS, Format
from policing_summary.sheet import Sheet

OPEN = {
    name: form
    for name, form in FORMATS.items()
    if form.pages is None and form.content == "sections"
}
FACTORS = (0.6, 1.0, 1.4)
POINTS_PER_PIXEL = 0.75
WHITE, TINT = (1.0, 1.0, 1.0), (0xEF / 255, 0xF3 / 255, 0xF6 / 255)
INK = (0x1B / 255, 0x27 / 255, 0x33 / 255)
every_format = pytest.mark.parametrize("form", OPEN.values(), ids=OPEN)
every_length = pytest.mark.parametrize("factor", FACTORS)


@dataclass(frozen=True)
class Made:
    document: Document
    laid: typesetting.Laid
    pages: list[measuring.MeasuredPage]


@pytest.fixture(scope="module")
def sheets(pristine) -> dict[str, Sheet]:
    found, _ = checks.run(content.load(pristine.root / "content"))
    return {sheet.borough.slug: sheet for sheet in found if sheet.original is None}


@pytest.fixture(scope="module")
def every_section(pristine, tmp_path_factory) -> Sheet:
    """A specimen with most of the sections that Havering's summary has not."""
    folder = tmp_path_factory.mktemp("every-section") / "content"
    shutil.copytree(Path(__file__).parent / "cases" / "every-section", folder)
    shutil.copy(pristine.root / "content" / "site.yaml", folder)
    found, _ = checks.run(content.load(folder))
    return next(sheet for sheet in found if sheet.borough.slug == "havering")


@pytest.fixture(scope="module")
def made(sheets):
    """Laid out once for each format and length."""
    known: dict[tuple[str, float], Made] = {}

    def make(form: Format, factor: float = 1.0) -> Made:
        if (form.name, factor) not in known:
            sheet = sheets["havering"]
            document = leaflet.compose(stretched(sheet, factor) if factor != 1 else sheet, form)
            laid = typesetting.lay_out(document)
            ids = [*(piece.name for piece in document.pieces), "cover", "contents", "imprint"]
            pages = measuring.pages(laid.rendered.pages, ids)
            known[form.name, factor] = Made(document, laid, pages)
        return known[form.name, factor]

    return make


def texts(laid: typesetting.Laid) -> Iterator[boxes.TextBox]:
    """Every piece of text, those in the margins too."""
    for page in laid.rendered.pages:
        for box in page._page_box.descendants():
            if isinstance(box, boxes.TextBox) and box.text.strip():
                yield box


# On any number of pages


def test_there_are_the_two_formats():
    assert {"large-print", "accessible"} <= set(OPEN)


@every_length
@every_format
def test_nothing_is_clipped_covered_or_stranded_at_any_length(made, form, factor):
    done = made(form, factor)
    assert done.laid.warnings == ()
    assert done.laid.fit.refusals == ()
    assert measuring.surplus(done.pages, None).total == 0
    assert measuring.stranded(done.pages) == []
    for page in done.pages:
        for line in page.lines:
            assert form.safe < line.left
            assert line.right < form.width - form.safe
            assert line.bottom < form.height - form.safe


@every_length
@every_format
def test_the_last_page_is_not_nearly_empty(made, form, factor):
    assert made(form, factor).pages[-1].filled >= fitting.ENDING


@every_length
@every_format
def test_a_section_begins_with_its_heading_and_text_on_one_page(made, form, factor):
    done = made(form, factor)
    for piece in done.document.pieces:
        (first, lines), *_ = (
            (number, here)
            for number, page in enumerate(done.pages, 1)
            if (here := [line for line in page.lines if line.section == piece.name])
        )
        kinds = [line.kind for line in lines]
        assert "heading" in kinds[:2], f"{piece.name}, page {first}"
        after = lines[kinds.index("heading") + 1 :]
        assert len(after) >= measuring.STRANDED, f"{piece.name}, page {first}"


def test_all_of_it_is_one_run_so_that_pages_can_be_counted(made):
    done = made(FORMATS["large-print"])
    (run,) = paging.composed(done.document.pieces, FORMATS["large-print"])
    assert run.sections == ("cover", *(piece.name for piece in done.document.pieces))
    assert run.pages is None
    assert run.ends


ENDINGS = {
    "well": ({1.0: 0.9}, 1.0),
    "with two lines": ({1.0: 0.05, 0.925: 0.9}, 0.925),
    "with two lines until it is loosened": ({1.0: 0.05, 1.1: 0.3}, 1.1),
    "never well": ({}, 1.0),
}


@pytest.mark.parametrize(("filled", "chosen"), ENDINGS.values(), ids=ENDINGS)
def test_spaces_are_changed_until_the_last_page_is_worth_its_paper(filled, chosen):
    def attempt(rung: fitting.Rung) -> fitting.Attempt[None]:
        nothing = measuring.Surplus.none()
        share = filled.get(rung.spacing, 0.1)
        return fitting.Attempt(rung, None, "fits", nothing, 0, share)

    limits = FORMATS["large-print"].limits
    assert fitting.fit_freely(attempt, limits).rung == fitting.Rung(1.0, chosen)


# To be read by everybody


def drawn_sizes(laid: typesetting.Laid) -> Iterator[float]:
    """The size in points of the words in each drawing."""
    for page in laid.rendered.pages:
        for box in page._page_box.descendants():
            if isinstance(box, boxes.ReplacedBox) and (size := box.element.get("font-size")):
                width = float(box.element.get("viewBox").split()[2])
                yield float(size) * box.width / width * POINTS_PER_PIXEL


def sizes(laid: typesetting.Laid) -> dict[float, str]:
    """Each size of type in points, and a text that is set in it."""
    return {round(text.style["font_size"] * POINTS_PER_PIXEL, 2): text.text for text in texts(laid)}


@pytest.mark.parametrize("language", ["pl", "ur"])
def test_no_heading_is_stranded_in_a_language_with_longer_words(pristine, language):
    found, _ = checks.run(content.load(pristine.root / "content"))
    sheet = next(each for each in found if each.path == f"2009-10/havering/{language}")
    document = leaflet.compose(sheet, FORMATS["large-print"])
    laid = typesetting.lay_out(document)
    ids = [*(piece.name for piece in document.pieces), "cover", "contents", "imprint"]
    assert measuring.stranded(measuring.pages(laid.rendered.pages, ids)) == []


@every_format
def test_nothing_is_smaller_than_the_smallest_size(made, form):
    done = made(form)
    found = sizes(done.laid)
    drawn = [round(size, 1) for size in drawn_sizes(done.laid)]
    assert min(found) == form.smallest, found[min(found)]
    assert form.body in found
    assert drawn
    assert min(drawn) >= form.smallest


@every_format
def test_neither_is_it_in_the_sections_that_few_summaries_have(every_section, form):
    laid = typesetting.lay_out(leaflet.compose(every_section, form))
    found = sizes(laid)
    assert min(found) == form.smallest, found[min(found)]
    assert {text.style["text_transform"] for text in texts(laid)} == {"none"}
    assert "Grid" not in layouts(laid)
    assert laid.fit.refusals == ()


def test_large_print_is_18_pt_and_type_is_never_made_smaller():
    for form in OPEN.values():
        assert form.limits.type_size[0] == 1.0
    assert FORMATS["large-print"].smallest == FORMATS["large-print"].body == 18


def luminance(colour: tuple[float, float, float]) -> float:
    """WCAG 2.2, relative luminance."""
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: tuple[float, float, float], other: tuple[float, float, float]) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@every_format
def test_all_text_has_seven_to_one_against_its_paper(made, form):
    done = made(form)
    colours = {tuple(text.style["color"].coordinates) for text in texts(done.laid)}
    assert {c for c in colours if contrast(c, WHITE) < 7} == set()
    assert contrast(INK, TINT) >= 7  # the row of a sum
    drawn = set(re.findall(r'<text[^>]*fill="#(\w{6})"', done.document.html))
    for colour in drawn:
        red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
        assert contrast((red, green, blue), WHITE) >= 7


@every_format
def test_nothing_is_in_italics_capitals_or_broken_at_a_hyphen(made, form):
    done = made(form)
    for text in texts(done.laid):
        assert text.style["font_style"] == "normal", text.text
        assert text.style["text_transform"] == "none", text.text
        assert text.style["hyphens"] in {"none", "manual"}, text.text
        if form.tables == "blocks":  # else numbers stand below each other
            assert text.style["text_align_all"] in {"start", "left"}, text.text


@every_format
def test_lines_of_text_stand_a_quarter_of_their_size_apart(made, form):
    for page in made(form).laid.rendered.pages:
        for line in page._page_box.descendants():
            if isinstance(line, boxes.LineBox) and line.element_tag in {"p", "li"}:
                sizes = [
                    text.style["font_size"]
                    for text in line.descendants()
                    if isinstance(text, boxes.TextBox)
                ]
                assert not sizes or line.height >= 1.2 * max(sizes), line


def layouts(laid: typesetting.Laid) -> str:
    """The kinds of boxes that there are."""
    boxes_in = (box for page in laid.rendered.pages for box in page._page_box.descendants())
    return " ".join(sorted({type(box).__name__ for box in boxes_in}))


def test_large_print_has_no_columns_and_its_tables_are_blocks(made):
    done = made(FORMATS["large-print"])
    found = layouts(done.laid)
    assert "LineBox" in found
    assert not re.search("Table|Grid|Flex|Column", found)
    blocks = re.findall(r'<li class="block">.*?</li>', done.document.html, re.DOTALL)
    assert len(blocks) == 8
    said = " ".join(re.sub("<[^>]*>", " ", blocks[0]).split())
    assert said == (
        "Residential burglary Change: +382 In percent: +25.5% Result: Up, target missed"
    )


# The files


@pytest.fixture(scope="module")
def files(sheets, tmp_path_factory) -> dict[tuple[str, str], Path]:
    """By format and borough, as readers get them."""
    folder = tmp_path_factory.mktemp("files")
    found = {}
    for slug, sheet in sheets.items():
        for form in OPEN.values():
            path = folder / f"{form.name}-{slug}.pdf"
            path.write_bytes(typesetting.typeset(leaflet.compose(sheet, form)).pdf)
            found[form.name, slug] = path
    return found


@needs_a_jdk
@pytest.mark.parametrize("standard", ["ua1", "2a"])
def test_they_keep_every_rule_that_they_claim(files, standard):
    assert failed_rules(*files.values(), standard=standard) == []


@needs_poppler
@every_format
def test_it_reads_as_it_did_when_somebody_read_it(files, made, golden, form):
    spelled = re.sub(r"<[^>]*>", " ", made(form).document.html)
    golden(f"leaflet-{form.name}.txt", reading_order(files[form.name, "havering"], spelled))


@needs_poppler
@every_format
def test_every_page_says_which_it_is_and_of_how_many(files, form):
    pages = words_by_page(files[form.name, "havering"])
    foot = form.height - form.foot
    for number, page in enumerate(pages, 1):
        said = " ".join(word.text for word in page if word.top > foot)
        is_cover = number == 1 and form.has_cover
        assert said == ("" if is_cover else f"Page {number} of {len(pages)}")


@every_format
def test_contents_lead_to_the_page_that_they_name(files, made, form):
    with pikepdf.open(files[form.name, "havering"]) as pdf:
        pages = [page.objgen for page in pdf.pages]
        with pdf.open_outline() as outline:
            bookmarks = {
                item.title: pages.index(item.destination[0].objgen) + 1
                for item in outline.root[0].children
            }
        names = dict(zip(*[iter(pdf.Root.Names.Dests.Names)] * 2, strict=True))
        places = {str(name): pages.index(at[0].objgen) + 1 for name, at in names.items()}
    done = made(form)
    listed = re.findall(r'<li><a href="#([a-z-]+)">(.*?)</a></li>', done.document.contents)
    assert [name for name, _ in listed] == [piece.name for piece in done.document.pieces]
    numbers = [int(n) for n in re.findall(r"page (\d+)", contents_text(done.laid))]
    assert numbers == [bookmarks[title] for _, title in listed]
    assert numbers == [places[name] for name, _ in listed]
    assert sorted(numbers) == numbers


def contents_text(laid: typesetting.Laid) -> str:
    for page in laid.rendered.pages:
        for box in page._page_box.descendants():
            if box.element is not None and box.element.get("id") == "contents":
                said = (each.text for each in box.descendants() if isinstance(each, boxes.TextBox))
                return " ".join(said)
    return ""


@every_format
def test_headings_go_down_one_level_at_a_time(files, form):
    with pikepdf.open(files[form.name, "bromley"]) as pdf:
        kinds = [each.kind for each in elements(pdf)]
    assert kinds.count("H1") == 1
    levels = [int(kind[1]) for kind in kinds if re.fullmatch("H[1-6]", kind)]
    assert [each for above, each in pairwise(levels) if each > above + 1] == []


def test_the_accessible_file_has_a_table_whose_cells_know_their_headers(files):
    with pikepdf.open(files["accessible", "bromley"]) as pdf:
        tagged = elements(pdf)
        assert {str(each.attribute("/Scope")) for each in tagged if each.kind == "TH"} == {
            "/Column",
            "/Row",
        }
        cells = [each.attribute("/Headers") for each in tagged if each.kind == "TD"]
    assert len(cells) > 10
    assert [each for each in cells if len(each) < 2] == []


@every_format
def test_pages_are_a4_and_nothing_needs_bleed(files, form):
    with pikepdf.open(files[form.name, "havering"]) as pdf:
        sizes = {tuple(round(float(side) * 25.4 / 72) for side in p.trimbox) for p in pdf.pages}
    assert sizes == {(0, 0, 210, 297)}
