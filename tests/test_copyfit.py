"""A leaflet has exactly its pages, or is refused with a section and a number of lines.

Tried on Havering's own content, shorter and longer, in every format that has a number of pages.
"""

from collections import Counter
from dataclasses import replace
from itertools import combinations

import pytest
from lengths import stretched
from pdf_reading import needs_poppler, words_by_page

from policing_summary import checks, content, copyfit, fitting, leaflet, measuring, typesetting
from policing_summary.document import Fit, Leaflet, Refusal
from policing_summary.errors import show
from policing_summary.formats import DEFAULT, FORMATS, Format
from policing_summary.sheet import Sheet

COUNTED = {name: form for name, form in FORMATS.items() if form.pages}
FACTORS = (0.6, 1.0, 1.4)


@pytest.fixture(scope="module")
def havering(pristine) -> Sheet:
    sheets, _ = checks.run(content.load(pristine.root / "content"))
    return next(sheet for sheet in sheets if sheet.path == "2009-10/havering")


@pytest.fixture(scope="module")
def laid(havering):
    """Laid out once for each format and length."""
    known = {}

    def lay(form: Format, factor: float) -> typesetting.Laid:
        if (form.name, factor) not in known:
            sheet = stretched(havering, factor) if factor != 1 else havering
            known[form.name, factor] = typesetting.lay_out(leaflet.compose(sheet, form))
        return known[form.name, factor]

    return lay


def is_told(fit: Fit) -> bool:
    return all(refusal.lines > 0 and refusal.section for refusal in fit.refusals)


@pytest.mark.parametrize("factor", FACTORS)
@pytest.mark.parametrize("form", COUNTED.values(), ids=COUNTED)
def test_it_has_exactly_its_pages_or_is_refused_with_a_number_of_lines(laid, form, factor):
    done = laid(form, factor)
    if done.fit.refusals:
        assert factor != 1.0, "real content has to fit"
        assert is_told(done.fit)
    else:
        assert len(done.rendered.pages) == form.pages


@pytest.mark.parametrize("factor", FACTORS)
@pytest.mark.parametrize("form", COUNTED.values(), ids=COUNTED)
def test_it_copes_with_content_two_fifths_longer_and_shorter(laid, form, factor):
    assert laid(form, factor).fit.refusals == ()
    assert laid(form, factor).fit.left_out == ()


@pytest.mark.parametrize("form", COUNTED.values(), ids=COUNTED)
def test_real_content_is_set_in_the_natural_look_or_with_smaller_spaces_alone(laid, form):
    assert all(run.type_size == 1 for run in laid(form, 1.0).fit.runs)
    assert all(0.8 < run.spacing <= 1 for run in laid(form, 1.0).fit.runs)
    assert laid(DEFAULT, 1.0).fit.is_natural


def names(done: typesetting.Laid) -> list[str]:
    return [name for run in done.fit.runs for name in run.sections]


@pytest.mark.parametrize("factor", FACTORS)
@pytest.mark.parametrize("form", COUNTED.values(), ids=COUNTED)
def test_nothing_is_clipped_covered_stranded_or_half_empty(laid, form, factor):
    done = laid(form, factor)
    if done.fit.refusals:
        pytest.skip("refused")
    pages = measuring.pages(done.rendered.pages, [*names(done), "cover", "imprint"], form.columns)
    assert measuring.surplus(pages, form.pages).total == 0
    assert measuring.stranded(pages) == []
    assert [n for n, page in enumerate(pages, 1) if page.filled < fitting.LEAST] == []
    for number, page in enumerate(pages, 1):
        for line in page.lines:
            assert line.top > form.safe
            assert line.bottom < form.height - form.safe
            assert form.safe < line.left
            assert line.right < form.width_of(number) - form.safe


@needs_poppler
@pytest.mark.parametrize("factor", FACTORS)
@pytest.mark.parametrize("form", COUNTED.values(), ids=COUNTED)
def test_every_word_of_it_can_be_read_in_the_file(laid, havering, form, factor, tmp_path):
    """What is lost in layout is not in the text either: every word of every section is there."""
    done = laid(form, factor)
    if done.fit.refusals:
        pytest.skip("refused")
    pdf = tmp_path / "leaflet.pdf"
    done.rendered.write_pdf(pdf)
    printed = "".join(word.text for page in words_by_page(pdf) for word in page)
    letters = printed.replace("-", "").replace("\N{HYPHEN}", "")
    sheet = stretched(havering, factor) if factor != 1 else havering
    for part in sheet.borough.parts:
        body = getattr(part.section, "body", "")
        if part.name in names(done) and body and "{{" not in body and "**" not in body:
            for word in body.split():
                assert word.replace("-", "").replace("'", "’") in letters


def test_what_is_over_says_how_much_and_where(havering):
    done = typesetting.lay_out(leaflet.compose(stretched(havering, 2.2), DEFAULT))
    assert done.fit.refusals
    refusal = max(done.fit.refusals, key=lambda each: each.lines)
    assert refusal.is_over
    assert refusal.lines > 10
    assert refusal.words > 50
    assert refusal.section in {"mission", "foreword", "partnership", "commander"}
    problems = copyfit.problems(havering, DEFAULT, Leaflet(b"", 9, done.fit))
    told = "\n".join(map(show, problems))
    assert "the A5 booklet is not made: page" in told
    assert f"{refusal.lines} lines too many, about {refusal.words} words" in told
    assert "edition.yaml" in told


def test_too_little_is_refused_too(havering):
    few = replace(havering.borough, parts=havering.borough.parts[:2])
    done = typesetting.lay_out(leaflet.compose(replace(havering, borough=few), DEFAULT))
    (refusal,) = done.fit.refusals
    assert not refusal.is_over
    assert refusal.lines > 50


def test_the_shortest_that_the_model_allows_is_refused_and_not_padded(sheets_of):
    _, sheets = sheets_of(
        {"2009-10/havering.yaml": "commander: {from: {name: A, role: B}, body: C}"}
    )
    done = typesetting.lay_out(leaflet.compose(sheets["havering"], DEFAULT))
    assert is_told(done.fit)
    assert done.fit.refusals


def test_a_full_page_lends_from_an_emptier_one(havering):
    parts = [
        replace(part, section=part.section.model_copy(update={"body": part.section.body * 2}))
        if part.name == "mission"
        else part
        for part in havering.borough.parts
    ]
    longer = replace(havering, borough=replace(havering.borough, parts=tuple(parts)))
    done = typesetting.lay_out(leaflet.compose(longer, DEFAULT))
    assert done.fit.refusals == ()
    assert ("foreword", "mission", "plan") in [run.sections for run in done.fit.runs]


def test_optional_sections_are_left_out_in_their_order_and_the_record_says_so(havering):
    head = havering.edition.head.model_copy(update={"optional": ("partnership", "plan")})
    edition = replace(havering.edition, head=head)
    sheet = stretched(replace(havering, edition=edition), 1.9)
    done = typesetting.lay_out(leaflet.compose(sheet, DEFAULT))
    assert done.fit.left_out[:1] == ("partnership",)
    assert "partnership" not in names(done)


# The ladder


def test_the_ladder_keeps_its_limits_and_has_the_natural_look_in_its_middle():
    rungs = fitting.ladder(DEFAULT.limits)
    low, high = DEFAULT.limits.type_size
    assert rungs[len(rungs) // 2] == fitting.NATURAL
    assert (rungs[0].type_size, rungs[-1].type_size) == (low, high)
    assert (rungs[0].spacing, rungs[-1].spacing) == DEFAULT.limits.spacing
    assert rungs == sorted(rungs, key=lambda rung: (rung.spacing, rung.type_size))


def attempts(fits_from: int, fits_to: int, full_from: int):
    """Content that fits on some rungs of the ladder, and looks full from one of them on.

    On each rung from there it has a line more that is over.
    """
    rungs = fitting.ladder(DEFAULT.limits)
    tried = []

    def attempt(rung: fitting.Rung) -> fitting.Attempt[int]:
        at = rungs.index(rung)
        tried.append(at)
        verdict = "over" if at > fits_to else "short" if at < fits_from else "fits"
        filled = 0.9 if at >= full_from else 0.5 + at / 100
        over = measuring.Surplus(Counter(a=max(0, at - fits_to)), 0)
        return fitting.Attempt(rung, at, verdict, over, 0, filled)

    return attempt, tried


LADDERS = {
    "all is well": ((0, 12, 0), 6),
    "much too long": ((0, 1, 0), 1),
    "a little too long": ((0, 5, 0), 5),
    "too long by two lines": ((0, 4, 0), 4),
    "too long by three lines": ((0, 3, 0), 3),
    "too long even at the smallest": ((0, -1, 0), 0),
    "short of full": ((0, 12, 9), 9),
    "short of full, and soon over": ((0, 8, 10), 8),
    "too short even at the largest": ((13, 13, 13), 12),
}


@pytest.mark.parametrize(("content", "chosen"), LADDERS.values(), ids=LADDERS)
def test_the_rung_nearest_to_the_natural_look_is_taken(content, chosen):
    attempt, tried = attempts(*content)
    assert fitting.fit(attempt, DEFAULT.limits).result == chosen
    assert len(tried) == len(set(tried)) <= 5


def test_what_is_over_by_a_line_or_two_is_tried_on_the_next_rungs_first():
    for fits_to, expected in ((5, [6, 5]), (4, [6, 5, 4]), (1, [6, 0, 3, 2, 1])):
        attempt, tried = attempts(0, fits_to, 0)
        fitting.fit(attempt, DEFAULT.limits)
        assert tried == expected


def box(section: str, top: float, block: int, kind: measuring.Kind = "text") -> measuring.Line:
    return measuring.Line(kind, section, 8, 10, top, 90, top + 4, block)


def test_lines_over_others_below_the_foot_and_on_pages_too_many_are_counted():
    first = measuring.MeasuredPage(10, 100, (box("a", 10, 1), box("a", 12, 2), box("b", 98, 3)))
    second = measuring.MeasuredPage(10, 100, (box("c", 10, 4), box("c", 14, 4)))
    assert measuring.surplus([first, second], 1).lines == {"a": 1, "b": 1, "c": 2}
    assert measuring.surplus([second], 1).total == 0


def test_a_line_may_not_reach_the_imprint_at_the_foot_of_the_page():
    lines = (box("a", 10, 1), box("a", 68, 1), box("imprint", 72, 2))
    page = measuring.MeasuredPage(10, 100, lines, imprint=70)
    assert measuring.surplus([page], 1).lines == {"a": 1}


WHITE = {
    "a full column": ([(10, 30, 10, 100)], 1, 1.0),
    "a column that ends early": ([(10, 90, 10, 55)], 1, 0.5),
    "a hole between two boxes": ([(10, 90, 10, 40), (10, 90, 67, 100)], 1, 0.7),
    "one of two columns ends early": ([(10, 48, 10, 100), (52, 90, 10, 64)], 2, 0.6),
    "an empty column": ([(10, 48, 10, 100)], 2, 0.0),
    "what stands across fills both": ([(10, 90, 10, 100)], 2, 1.0),
}


@pytest.mark.parametrize(("placed", "columns", "filled"), WHITE.values(), ids=WHITE)
def test_the_white_space_of_a_page_is_that_of_its_emptiest_column(placed, columns, filled):
    lines = tuple(
        measuring.Line("text", "a", 8, left, top, right, bottom, 1)
        for left, right, top, bottom in placed
    )
    page = measuring.MeasuredPage(10, 100, lines, 10, 90, columns)
    assert page.filled == pytest.approx(filled)


def test_a_cover_has_no_white_space():
    cover = measuring.Line("text", "cover", 2, 10, 80, 90, 96, 1)
    assert measuring.MeasuredPage(10, 100, (cover,), 10, 90, 1).filled == pytest.approx(1 - 4 / 90)


def test_a_heading_at_the_foot_of_a_page_is_stranded_unless_text_follows_it():
    heading = box("a", 90, 1, "heading")
    after = measuring.MeasuredPage(10, 100, (box("a", 10, 2),))
    alone = measuring.MeasuredPage(10, 100, (heading,))
    assert measuring.stranded([alone, after]) == ["a"]
    text = tuple(box("a", 94 + n, 2) for n in range(3))
    assert measuring.stranded([replace(alone, lines=(heading, *text)), after]) == []


def test_a_refusal_goes_through_the_cache(tmp_path):
    fit = Fit(refusals=(Refusal("mission", 3, 3, 7, 60, is_over=True, others=("plan",)),))
    made = Leaflet(b"%PDF", 9, fit, ("a warning",))
    assert Leaflet.unpacked(made.packed()) == made


def test_no_two_formats_share_a_name_or_a_file():
    for one, other in combinations(FORMATS.values(), 2):
        assert one.name != other.name
        assert one.file != other.file
