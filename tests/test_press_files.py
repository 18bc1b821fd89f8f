"""Print files of real content, judged by others: Ghostscript's plates, qpdf's view of the file, poppler's words."""

import re
import shutil
import subprocess
from dataclasses import replace

import pikepdf
import pytest
from pdf_reading import needs_poppler, words_by_page
from press import CONDITION, FULL, made, needs_gs, pixels, plates, wanted

from policing_summary import environment, workers
from policing_summary.model.printing import Paper
from policing_summary.press import overprinting, pdfx, pressing
from policing_summary.press.measures import Box, mm
from policing_summary.workers import Hands

needs_qpdf = pytest.mark.skipif(
    shutil.which("qpdf") is None and not environment.in_ci(),
    reason="looking into a PDF needs qpdf: python3 build.py test says how to get it",
)
MARGIN = 10  # mm around the trim


@pytest.fixture(scope="module")
def havering(tmp_path_factory):
    return made("havering", tmp_path_factory.mktemp("print"))


@pytest.fixture(scope="module")
def separated(havering):
    """Each single page in four inks, 100 pixels to an inch."""
    return plates(havering.pages)


def test_preflight_finds_nothing_to_say(havering):
    assert havering.pressed.findings == ()


# Ink


@needs_gs
@pytest.mark.parametrize("which", ["pages", "sheets"])
def test_no_spot_has_more_ink_than_the_paper_takes(havering, which):
    most = [
        max(map(sum, pixels(plate))) / FULL * 100 for plate in plates(getattr(havering, which), 72)
    ]
    assert max(most) <= CONDITION.limit + 1
    assert max(most) > 200  # the cover is there, so ink was measured


@needs_gs
def test_black_letters_are_black_and_nothing_else(separated):
    """Where black is solid there is no other ink: on all pages, marks and QR code included."""
    for plate in separated:
        black = [pixel for pixel in pixels(plate) if pixel[3] >= 0.97 * FULL]
        assert len(black) > 300
        assert {pixel[:3] for pixel in black} == {(0, 0, 0)}


@needs_gs
def test_text_pages_have_no_colour_but_where_it_is_meant(separated, havering):
    """Page 2 is a text with a portrait's stand-in: without headings and pictures only black is left."""
    plate = separated[1]
    scale = 100 / 25.4
    body = plate.crop(
        [round((MARGIN + side) * scale) for side in (56, 45, 136, 190)]  # right of the portrait
    )
    cyan, magenta, yellow, black = body.split()
    assert [ink.getextrema() for ink in (cyan, magenta, yellow)] == [(0, 0)] * 3
    assert black.getextrema()[1] == FULL


@needs_gs
def test_letters_overprint_what_lies_below(tmp_path):
    """Black on a field of cyan: the cyan goes on below the letters."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(200, 100)).obj
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1)
    font.BaseFont = pikepdf.Name("/Helvetica-Bold")
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
    page.Contents = pdf.make_stream(
        b"/DeviceCMYK cs .5 0 0 0 scn 0 0 200 100 re f 0 0 0 1 scn BT /F 90 Tf 20 20 Td (I) Tj ET "
        b"0 0 0 0 scn BT /F 90 Tf 80 20 Td (I) Tj ET 0 0 0 1 scn 150 20 20 60 re f"
    )
    pdfx.print_black_over(pdf, page, set())
    pdf.save(tmp_path / "over.pdf")
    seen = {
        pixel: count
        for count, pixel in plates(tmp_path / "over.pdf", 72)[0].getcolors(100_000)
        if count > 300
    }
    half = round(FULL / 2)
    letter, white, area, field = (half, 0, 0, FULL), (0, 0, 0, 0), (0, 0, 0, FULL), (half, 0, 0, 0)
    close = {tuple(half if abs(ink - half) <= 1 else ink for ink in pixel) for pixel in seen}
    assert close == {letter, white, area, field}
    assert overprinting.OVER in page.Resources.ExtGState


@needs_gs
def test_the_estimate_of_ink_is_near_what_the_plates_say(havering, separated):
    scale = 100 / 25.4
    box = [round(side * scale) for side in (MARGIN, MARGIN, MARGIN + 148, MARGIN + 210)]
    for inked, plate in zip(havering.pressed.inks, separated, strict=True):
        measured = [
            sum(value * count for value, count in enumerate(ink.histogram())) / box_area(box) / 2.55
            for ink in plate.crop(box).split()
        ]
        estimated = (inked.cyan, inked.magenta, inked.yellow, inked.black)
        assert estimated == pytest.approx(measured, abs=1.5)


def box_area(box):
    return (box[2] - box[0]) * (box[3] - box[1])


# The file


@needs_qpdf
@pytest.mark.parametrize("which", ["pages", "sheets"])
def test_there_is_no_rgb_anywhere_in_the_file(havering, which):
    plain = havering.pages.with_suffix(".qdf")
    subprocess.run(
        ["qpdf", "--qdf", "--object-streams=disable", getattr(havering, which), plain], check=True
    )
    text = plain.read_bytes().decode("latin-1")
    assert len(re.findall(r"(?m) k$", text)) > 100
    assert re.findall(r"(?m)^[-\d. ]+ (?:rg|RG)$|/DeviceRGB|/CalRGB|/Lab\b|/Group\b", text) == []


def test_boxes_are_right_to_a_tenth_of_a_millimetre(havering):
    with pikepdf.open(havering.pages) as pdf:
        assert len(pdf.pages) == 8
        for page in pdf.pages:
            media, trim, bleed = (
                Box.of(page, f"/{name}Box") for name in ("Media", "Trim", "Bleed")
            )
            assert (media.left, media.foot) == (0, 0)
            assert (mm(trim.width), mm(trim.height)) == pytest.approx((148, 210), abs=0.05)
            assert (mm(media.width), mm(media.height)) == pytest.approx((168, 230), abs=0.05)
            for side in ("left", "foot", "right", "top"):
                out = abs(getattr(bleed, side) - getattr(trim, side))
                assert mm(out) == pytest.approx(3, abs=0.01)


@needs_gs
def test_colour_runs_off_by_3_mm_and_no_further(separated):
    """The cover's colour along a line from the trim outwards: there until 3 mm, and gone beyond the marks' gap."""
    cover, scale = separated[0], 100 / 25.4

    def ink(x, y):
        return sum(cover.getpixel((round(x * scale), round(y * scale))))

    middle_x, middle_y = MARGIN + 74, MARGIN + 105
    for x, y in ((MARGIN - 2.7, middle_y), (MARGIN + 150.7, middle_y), (middle_x, MARGIN - 2.7)):
        assert ink(x, y) > 500
    for x, y in ((MARGIN - 3.6, middle_y), (MARGIN + 151.6, middle_y), (middle_x, MARGIN - 3.6)):
        assert ink(x, y) == 0


@needs_poppler
def test_pages_and_sheets_say_the_same(havering):
    pages = [sorted(word.text for word in page) for page in words_by_page(havering.pages)]
    sides = [sorted(word.text for word in side) for side in words_by_page(havering.sheets)]
    order = [(8, 1), (2, 7), (6, 3), (4, 5)]
    assert sides == [sorted(pages[a - 1] + pages[b - 1]) for a, b in order]


def test_the_file_says_what_it_is_and_for_which_press(havering):
    with pikepdf.open(havering.pages) as pdf:
        (intent,) = pdf.Root.OutputIntents
        assert str(intent.S) == "/GTS_PDFX"
        assert str(intent.OutputConditionIdentifier) == "FOGRA39"
        assert str(intent.RegistryName) == "http://www.color.org"
        profile = intent.DestOutputProfile.read_bytes()
        assert profile == CONDITION.profile
        assert (profile[12:16], profile[16:20]) == (b"prtr", b"CMYK")
        xmp = pdf.Root.Metadata.read_bytes().decode()
        assert "<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>" in xmp
        assert "<xmp:CreateDate>2009-01-01T12:00:00Z</xmp:CreateDate>" in xmp
        assert str(pdf.docinfo.Title) == "Havering 2009/10, A5 booklet"
        assert str(pdf.docinfo.Trapped) == "/False"
        left = {"/StructTreeRoot", "/MarkInfo", "/Outlines", "/Names"} & set(pdf.Root.keys())
        assert left == set()
        assert [page for page in pdf.pages if "/Annots" in page.obj] == []


def test_the_same_content_makes_the_same_bytes_in_another_process(havering):
    again, _ = workers.run(pressing.press, [havering.wanted] * 2, Hands(2))
    assert again == havering.pressed


def test_the_key_knows_everything_that_the_file_is_made_of(havering):
    job = havering.wanted
    others = [
        replace(job, title="Another"),
        replace(job, dated="D:20240101120000Z"),
        replace(job, paper=Paper(150, "silk")),
        replace(job, font=b"another"),
        replace(job, condition=replace(CONDITION, limit=280)),
        replace(job, condition=replace(CONDITION, profile=b"another")),
        replace(job, pictures=(("a.jpg", 1, 1),)),
        wanted("bromley"),
    ]
    keys = {each.key for each in (job, *others)}
    assert len(keys) == 1 + len(others)
    assert wanted("havering").key == job.key


def test_what_is_kept_is_read_again_as_it_was(havering):
    assert pressing.Pressed.unpacked(havering.pressed.packed()) == havering.pressed
