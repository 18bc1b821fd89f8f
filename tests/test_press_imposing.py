"""Sheets: which page stands where, turned how, and how far the inner ones move."""

import io

import pikepdf
import pytest
from pdf_reading import needs_poppler, words_by_page
from pikepdf import Dictionary
from press import CONDITION, needs_gs, plates

from policing_summary import rendering
from policing_summary.formats import FORMATS
from policing_summary.press import imposing
from policing_summary.press.imposing import Side
from policing_summary.press.measures import Box, mm, points

FONT = (rendering.TEMPLATES / "fonts" / "SourceSans3-Regular.woff2").read_bytes()
A5, A4 = (148, 210), (210, 297)


def front(sheet, *pages):
    return Side(sheet, "front", pages)


def back(sheet, *pages):
    return Side(sheet, "back", pages)


SCHEMES = {
    "a stitched booklet of 8": (
        ("saddle-stitch", 8, False),
        [front(0, 8, 1), back(0, 2, 7), front(1, 6, 3), back(1, 4, 5)],
    ),
    "a stitched booklet of 8 that opens from the left": (
        ("saddle-stitch", 8, True),
        [front(0, 1, 8), back(0, 7, 2), front(1, 3, 6), back(1, 5, 4)],
    ),
    "a stitched booklet of 12": (
        ("saddle-stitch", 12, False),
        [front(0, 12, 1), back(0, 2, 11), front(1, 10, 3), back(1, 4, 9), front(2, 8, 5), back(2, 6, 7)],
    ),
    "6 pages on two sheets, with the last two empty": (
        ("saddle-stitch", 6, False),
        [front(0, 0, 1), back(0, 2, 0), front(1, 6, 3), back(1, 4, 5)],
    ),
    "one sheet folded once": (("single-fold", 4, False), [front(0, 4, 1), back(0, 2, 3)]),
    "one sheet folded once, from the left": (("single-fold", 4, True), [front(0, 1, 4), back(0, 3, 2)]),
    "six panels, the flap beside the back": (
        ("roll-fold", 6, False),
        [front(0, 2, 6, 1), back(0, 3, 4, 5)],
    ),
    "six panels from the right": (
        ("roll-fold", 6, True),
        [front(0, 1, 6, 2), back(0, 5, 4, 3)],
    ),
    "panels that stand side by side already": (("roll-fold", 2, False), [front(0, 1), back(0, 2)]),
}  # fmt: skip


@pytest.mark.parametrize(("given", "sides"), SCHEMES.values(), ids=SCHEMES)
def test_each_page_has_its_place(given, sides):
    binding, pages, right_bound = given
    plan = imposing.scheme(binding, pages, right_bound=right_bound)
    assert list(plan.sides) == sides


@pytest.mark.parametrize("pages", range(4, 64, 4))
@pytest.mark.parametrize("right_bound", [False, True])
def test_folded_sheets_read_in_order(pages, right_bound):
    """Each leaf has a page and the next one on its other side, and every page stands once."""
    plan = imposing.scheme("saddle-stitch", pages, right_bound=right_bound)
    seen = [number for side in plan.sides for number in side.pages]
    assert sorted(seen) == list(range(1, pages + 1))
    for outer, inner in zip(plan.sides[::2], plan.sides[1::2], strict=True):
        (a, b), (c, d) = outer.pages, inner.pages  # turned over, left lies behind right
        assert (abs(a - d), abs(b - c)) == (1, 1)
        right, left = (1, 0) if not right_bound else (0, 1)
        assert outer.pages[right] % 2 == 1
        assert outer.pages[left] % 2 == 0


def test_pages_that_are_not_folded_have_no_sheets():
    assert imposing.scheme("none", 24) is None


CREEP = {
    "the outer sheet stays": (0, 0.101, 0),
    "the second moves by one thickness": (1, 0.101, 0.101),
    "the fifth by four": (4, 0.25, 1.0),
}


@pytest.mark.parametrize(("sheet", "thickness", "moved"), CREEP.values(), ids=CREEP)
def test_inner_pages_move_towards_the_fold(sheet, thickness, moved):
    assert imposing.creep(sheet, thickness) == pytest.approx(moved)


STOCK = {
    "A5 side by side": (296, 210, "SRA4"),
    "a flat DL": (297, 210, "SRA4"),
    "A4 side by side": (420, 297, "SRA3"),
    "A3 side by side": (594, 420, "SRA2"),
}


@pytest.mark.parametrize(("width", "height", "name"), STOCK.values(), ids=STOCK)
def test_the_smallest_sheet_that_holds_the_marks_is_taken(width, height, name):
    assert imposing.stock(width, height)[0] == name


def test_what_fits_no_sheet_is_refused():
    with pytest.raises(ValueError, match="no sheet is large enough for 700 × 300 mm"):
        imposing.stock(700, 300)


# On the sheet itself


def singles(sizes, bleed=3):
    """Print pages with their number in Courier, 20 mm from the left and 30 from the foot, on a tint that runs off."""
    pdf = pikepdf.new()
    font = Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Courier
    )
    margin = 10
    for number, (width, height) in enumerate(sizes, 1):
        page = pdf.add_blank_page(
            page_size=(points(width + 2 * margin), points(height + 2 * margin))
        )
        trim = Box(*(points(side) for side in (margin, margin, margin + width, margin + height)))
        page.obj.TrimBox, page.obj.BleedBox = trim.array, trim.grown(points(bleed)).array
        page.obj.Resources = Dictionary(Font=Dictionary(F=font))
        tint = f"{number / 20} 0 0 0 k 0 0 {points(width + 20)} {points(height + 20)} re f"
        x, y = trim.left + points(20), trim.foot + points(30)
        words = f"0 0 0 1 k BT /F 12 Tf {x:.4f} {y:.4f} Td (page{number}) Tj ET"
        page.obj.Contents = pdf.make_stream(f"{tint} {words}".encode())
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def imposed(binding, sizes, *, right_bound=False, thickness=0.1, panels=()):
    plan = imposing.scheme(binding, len(sizes), right_bound=right_bound)
    run = imposing.Run("Havering", 3, thickness, FONT, "D:20100401000000Z", panels)
    return imposing.sheets(singles(sizes), plan, run, CONDITION)


def places(pdf, path):
    """Left edge and foot of each word in mm from the left foot of the trimmed sheet, one dictionary for each side."""
    path.write_bytes(pdf)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        trims = [Box.of(page, "/TrimBox") for page in opened.pages]
        heights = [mm(float(page.mediabox[3])) for page in opened.pages]
    return [
        {
            word.text: (word.left - mm(trim.left), height - word.bottom - mm(trim.foot))
            for word in words
        }
        for words, trim, height in zip(words_by_page(path), trims, heights, strict=True)
    ]


@needs_poppler
def test_a_booklet_lies_on_its_sheets(tmp_path):
    found = places(imposed("saddle-stitch", [A5] * 8), tmp_path / "sheets.pdf")
    across = [{word: round(x, 2) for word, (x, _) in side.items()} for side in found]
    assert across == [
        {"page8": 20, "page1": 168},
        {"page2": 20, "page7": 168},
        {"page6": 20.1, "page3": 167.9},  # one thickness towards the fold
        {"page4": 20.1, "page5": 167.9},
    ]


@needs_poppler
def test_a_booklet_from_the_right_is_mirrored(tmp_path):
    found = places(imposed("saddle-stitch", [A5] * 8, right_bound=True), tmp_path / "sheets.pdf")
    assert [sorted(side, key=lambda word: side[word][0]) for side in found] == [
        ["page1", "page8"],
        ["page7", "page2"],
        ["page3", "page6"],
        ["page5", "page4"],
    ]


@needs_poppler
def test_the_narrow_panel_of_a_roll_fold_is_outside_left_and_inside_right(tmp_path):
    sizes = [(width, 210) for width in FORMATS["dl-roll-fold"].widths]
    found = places(imposed("roll-fold", sizes), tmp_path / "sheets.pdf")
    across = [{word: round(x, 2) for word, (x, _) in side.items()} for side in found]
    assert across == [
        {"page2": 20, "page6": 117, "page1": 217},
        {"page3": 20, "page4": 120, "page5": 220},
    ]


@needs_poppler
def test_heads_point_upwards_on_both_sides(tmp_path):
    for side in places(imposed("single-fold", [A4] * 4), tmp_path / "sheets.pdf"):
        assert len({round(y, 1) for _, y in side.values()}) == 1


SIZES = {
    "A5 of 8": ("saddle-stitch", [A5] * 8, (296, 210), (320, 225)),
    "A4 of 4": ("single-fold", [A4] * 4, (420, 297), (450, 320)),
    "DL of 6": ("roll-fold", [(w, 210) for w in FORMATS["dl-roll-fold"].widths], (297, 210), (320, 225)),
}  # fmt: skip


@pytest.mark.parametrize(("binding", "sizes", "flat", "sheet"), SIZES.values(), ids=SIZES)
def test_boxes_of_a_sheet_are_right_to_a_tenth_of_a_millimetre(binding, sizes, flat, sheet):
    with pikepdf.open(io.BytesIO(imposed(binding, sizes))) as pdf:
        for page in pdf.pages:
            media, trim, bleed = (Box.of(page, f"/{n}Box") for n in ("Media", "Trim", "Bleed"))
            assert (mm(media.width), mm(media.height)) == pytest.approx(sheet, abs=0.05)
            assert (mm(trim.width), mm(trim.height)) == pytest.approx(flat, abs=0.05)
            assert mm(trim.left - bleed.left) == pytest.approx(3, abs=0.01)
            assert mm(bleed.top - trim.top) == pytest.approx(3, abs=0.01)


@needs_gs
def test_pages_keep_their_bleed_where_they_are_cut_and_end_at_the_fold(tmp_path):
    """The tint of each page tells whose bleed is where: 5% of cyan for page 1, 40% for page 8."""
    (tmp_path / "s.pdf").write_bytes(imposed("saddle-stitch", [A5] * 8, thickness=1))
    sides = plates(tmp_path / "s.pdf", 254)  # ten pixels to a millimetre

    def cyan(side, x, y):
        """In percent, at so many mm from the left and the foot of the trim."""
        pixel = sides[side - 1].getpixel((round((12 + x) * 10), round((225 - 7.5 - y) * 10)))
        return round(pixel[0] / 2.55)

    for side, left, right in ((1, 40, 5), (2, 10, 35), (3, 30, 15), (4, 20, 25)):
        assert cyan(side, -2.8, 100) == left
        assert cyan(side, 147.7, 100) == left
        assert cyan(side, 148.3, 100) == right
        assert cyan(side, 298.7, 100) == right
        assert cyan(side, 100, -2.8) == left
        assert cyan(side, 200, 212.7) == right
        assert cyan(side, -3.3, 100) == 0
        assert cyan(side, 100, 213.3) == 0
