"""The formats beside the booklet: their pages, what stands on them and in which order, and how they read."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations
from pathlib import Path

import pikepdf
import pytest
from pdf_judge import failed_rules, needs_a_jdk
from pdf_reading import POINTS_PER_MM, ink_meets, needs_poppler, reading_order, words_by_page

from policing_summary import (
    charts,
    checks,
    content,
    environment,
    headlines,
    leaflet,
    paging,
    typesetting,
)
from policing_summary.figures import Figure
from policing_summary.formats import DEFAULT, FORMATS, Format
from policing_summary.language import ENGLISH
from policing_summary.sheet import Sheet
from policing_summary.wording import Words

BOROUGHS = ("havering", "bromley")
A4, DL = FORMATS["a4-folded"], FORMATS["dl-roll-fold"]


@pytest.fixture(scope="module")
def sheets(pristine) -> dict[str, Sheet]:
    found, _ = checks.run(content.load(pristine.root / "content"))
    return {sheet.borough.slug: sheet for sheet in found if sheet.path.count("/") == 1}


@dataclass(frozen=True)
class File:
    """A published leaflet, and what it was made from."""

    form: Format
    sheet: Sheet
    path: Path


@pytest.fixture(
    params=[(form, name) for form in (A4, DL) for name in BOROUGHS],
    ids=lambda p: f"{p[0].name}-{p[1]}",
)
def made(request, built, sheets) -> File:
    form, name = request.param
    return File(form, sheets[name], built.output / "site" / "2009-10" / name / form.file)


# On paper


def test_every_page_is_as_large_as_its_format_says(made):
    with pikepdf.open(made.path) as pdf:
        sizes = [
            tuple(round(float(side) / POINTS_PER_MM, 1) for side in page.trimbox[2:])
            for page in pdf.pages
        ]
    form = made.form
    assert sizes == [(form.width_of(n), form.height) for n in range(1, (form.pages or 0) + 1)]


def test_the_panels_of_a_roll_fold_make_up_a_sheet_of_a4_and_the_narrow_one_folds_in():
    assert sum(DL.panels) == 297
    cover, flap, *inside, back = DL.widths
    assert [flap, back, cover] == list(DL.panels)
    assert inside == list(DL.panels)[::-1]  # the back of a panel is as wide as its front


@needs_poppler
def test_nothing_is_printed_outside_the_safe_area(made):
    for number, page in enumerate(words_by_page(made.path), 1):
        right, foot = made.form.width_of(number) - made.form.safe, made.form.height - made.form.safe
        assert [w for w in page if w.left < made.form.safe or w.right > right] == []
        assert [w for w in page if w.top < made.form.safe or w.bottom > foot] == []


@needs_poppler
def test_no_word_is_printed_over_another(made):
    for page in words_by_page(made.path):
        assert [(a.text, b.text) for a, b in combinations(page, 2) if ink_meets(a, b)] == []


# For readers


@needs_a_jdk
def test_they_keep_every_rule_of_pdf_ua(built):
    files = [
        built.output / "site" / "2009-10" / name / form.file
        for form in (A4, DL)
        for name in BOROUGHS
    ]
    assert failed_rules(*files) == []


@needs_poppler
@pytest.mark.parametrize("form", [A4, DL], ids=lambda form: form.name)
def test_it_reads_as_it_did_when_somebody_read_it(form, built, sheets, golden):
    spelled = re.sub(r"<[^>]*>", " ", leaflet.compose(sheets["havering"], form).html)
    file = built.output / "site" / "2009-10" / "havering" / form.file
    golden(f"{form.name}-havering.txt", reading_order(file, spelled))


def test_its_sections_stand_in_the_order_of_its_format(made):
    parts = {part.name: part for part in made.sheet.borough.parts}
    wanted = [made.sheet.words.title(parts[name].section) for name in made.form.arranged(parts)]
    with pikepdf.open(made.path) as pdf, pdf.open_outline() as outline:
        (top,) = outline.root
        assert [item.title for item in top.children] == wanted


def test_the_large_leaflet_has_every_section_and_the_small_one_those_of_the_borough(sheets):
    parts = [part.name for part in sheets["havering"].borough.parts]
    assert sorted(A4.arranged(parts)) == sorted(parts)
    assert set(DL.arranged(parts)) == set(parts) - DL.leaves_out
    assert {"commander", "performance", "priorities", "contacts"} <= set(DL.arranged(parts))


@needs_poppler
def test_a_narrow_leaflet_has_a_table_of_what_matters_and_a_wide_one_all_of_it(built):
    folder = built.output / "site" / "2009-10" / "bromley"
    wide = {word.text for word in words_by_page(folder / A4.file)[1]}
    narrow = {word.text for word in words_by_page(folder / DL.file)[2]}
    assert {"Before", "Now", "Target", "Change", "Result"} <= wide
    assert {"Change", "Result"} <= narrow
    assert not {"Before", "Now"} & narrow


# The cover's figures


def listed(rows: str) -> dict[str, str]:
    return {
        "2009-10/havering.yaml": f"performance:\n  title: T\n  period: P\n  measures:\n{rows}",
    }


CHANGES = {
    "the largest, in the order of the table": (
        """\
    - {measure: robbery, before: 100, now: 120, outcome: missed}
    - {measure: gun-crime, before: 100, now: 101, outcome: missed}
    - {measure: theft-from-vehicles, before: 1000, now: 500, outcome: achieved}
""",
        ["robbery", "theft-from-vehicles"],
    ),
    "no change, and nothing that is a percentage": (
        """\
    - {measure: robbery, before: 100, now: 100, outcome: missed}
    - {measure: public-confidence, before: 40%, now: 53%, outcome: achieved}
""",
        [],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("rows", "shown"), CHANGES.values(), ids=CHANGES)
def test_a_cover_shows(rows, shown, sheets_of):
    _, found = sheets_of(listed(rows))
    assert [figure.id for figure in headlines.largest(found["havering"], 2)] == shown


def test_a_sum_is_not_shown_beside_its_parts(sheets):
    shown = [figure.id for figure in headlines.largest(sheets["havering"], 3)]
    assert shown == ["residential-burglary", "theft-from-vehicles", "theft-of-vehicles"]
    assert headlines.largest(sheets["havering"], DEFAULT.headlines) == []


# How sections are placed


ROWS = ((("a",), ("b",)), (("c", "d"), ("e",)))
PLACED = {
    "none side by side": (["x", "y"], [[["x"]], [["y"]]]),
    "two columns": (["x", "a", "b"], [[["x"]], [["a"], ["b"]]]),
    "two sections in one column": (["c", "d", "e"], [[["c", "d"], ["e"]]]),
    "a column that is missing leaves its room to the other": (["a", "x"], [[["a"]], [["x"]]]),
    "rows do not run together": (["b", "c", "e"], [[["b"]], [["c"], ["e"]]]),
    "nothing": ([], []),
}


@pytest.mark.parametrize(("names", "rows"), PLACED.values(), ids=PLACED)
def test_sections_stand(names, rows):
    assert paging.side_by_side(names, ROWS) == rows


def test_a_section_that_a_format_does_not_know_stands_before_its_last_page():
    assert DL.arranged(["contacts", "noticeboard", "commander", "foreword"]) == [
        "commander",
        "noticeboard",
        "contacts",
    ]
    assert DEFAULT.arranged(["contacts", "noticeboard"]) == ["contacts", "noticeboard"]


def test_a_page_is_as_wide_as_the_format_says_or_as_its_place_in_the_fold():
    assert [DL.width_of(page) for page in (1, 2, 6)] == [100, 97, 100]
    assert DEFAULT.width_of(5) == DEFAULT.width


SHAPES = {
    "names beside the bars": (DEFAULT, False, 492),
    "the same with larger letters": (A4, False, 652),
    "names above the bars": (DL, True, 342),
}


@pytest.mark.parametrize(("form", "stacked", "width"), SHAPES.values(), ids=SHAPES)
def test_a_chart_is_drawn_to_the_width_of_the_text(form, stacked, width):
    for shape in (charts.in_leaflet(form).plain, charts.in_leaflet(form).targets):
        assert (shape.stacked, shape.width) == (stacked, width)


def test_small_print_that_has_no_room_refuses_the_leaflet_and_is_not_lost(sheets):
    sheet = sheets["havering"]
    notes = tuple(f"A note that nobody has room for, number {n}." for n in range(90))
    imprint = sheet.edition.head.imprint.model_copy(update={"notes": notes})
    head = sheet.edition.head.model_copy(update={"imprint": imprint})
    edition = replace(sheet.edition, head=head)
    document = leaflet.compose(replace(sheet, edition=edition), DL)
    (refusal,) = typesetting.lay_out(document).fit.refusals
    assert refusal.is_over
    assert (refusal.first, refusal.last) == (6, 6)


@pytest.fixture(scope="module")
def translated() -> dict[str, Sheet]:
    """Havering as it is shipped, by language: words are longer in some, and lines higher."""
    found, _ = checks.run(content.load(Path(environment.ROOT) / "content"))
    return {s.language.tag: s for s in found if s.path.startswith("2009-10/havering/")}


@pytest.mark.parametrize("form", [A4, DL], ids=lambda form: form.name)
@pytest.mark.parametrize("tag", ["pl", "ur"])
def test_it_fits_in_other_languages_too(translated, tag, form):
    fit = typesetting.lay_out(leaflet.compose(translated[tag], form)).fit
    assert (fit.refusals, fit.left_out) == ((), ())


CROWDED = "A name that is longer than a name has any right to be in one line"


@pytest.mark.parametrize(("name", "own_line"), [("Robbery", False), (CROWDED, True)])
def test_labels_above_bars_have_a_line_of_their_own_where_they_would_meet(
    name, own_line, sheets_of
):
    site, _ = sheets_of({})
    measure = site.editions[0].head.measures["robbery"].model_copy(update={"name": name})
    figure = Figure("robbery", measure, change=Decimal(5), outcome="missed")
    shape = charts.in_leaflet(DL).plain
    drawing = charts.changes([figure], shape, Words(ENGLISH))
    height = float(re.search(r'viewBox="0 0 \S+ ([\d.]+)"', drawing)[1])
    assert (height > shape.row) == own_line
    assert height < 2 * shape.row
