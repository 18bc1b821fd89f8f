"""Photographs in four inks: the right colour, no more ink than the paper takes, no more pixels than it shows."""

import io

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageCms
from press import CONDITION, FULL, needs_gs, pixels, plates

from policing_summary.press import looking, photographs

GRADIENT = Image.linear_gradient("L").resize((120, 120))
COLOURFUL = Image.merge("RGB", (GRADIENT, GRADIENT.rotate(90), GRADIENT.rotate(180)))
DARK = Image.new("RGB", (120, 120), (4, 2, 10))


def page_with(image, across=(100, 100), mask=None):
    """A page of 200 × 200 points with the picture on it."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(200, 200))
    picture = pdf.make_stream(image.tobytes())
    picture.update(
        Dictionary(
            Type=Name.XObject,
            Subtype=Name.Image,
            Width=image.width,
            Height=image.height,
            BitsPerComponent=8,
            ColorSpace=Name.DeviceRGB,
            Interpolate=True,
        )
    )
    if mask is not None:
        soft = pdf.make_stream(mask.tobytes())
        soft.update(
            Dictionary(
                Subtype=Name.Image,
                Width=mask.width,
                Height=mask.height,
                BitsPerComponent=8,
                ColorSpace=Name.DeviceGray,
            )
        )
        picture.SMask = soft
    page.obj.Resources = Dictionary(XObject=Dictionary(Im=picture))
    wide, high = across
    page.obj.Contents = pdf.make_stream(f"q {wide} 0 0 {high} 50 50 cm /Im Do Q".encode())
    return pdf, picture


def converted(image, across=(100, 100)):
    pdf, picture = page_with(image, across)
    photographs.in_inks(picture, across, CONDITION)
    return pdf, picture


def seen_on_screen(picture):
    """The picture's colours, as the profile says they look."""
    raw = Image.open(io.BytesIO(picture.read_raw_bytes()))
    press = ImageCms.ImageCmsProfile(io.BytesIO(CONDITION.profile))
    screen = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    return ImageCms.profileToProfile(raw, press, screen, outputMode="RGB")


def test_a_photo_becomes_a_jpeg_in_four_inks():
    _, picture = converted(COLOURFUL)
    assert (picture.ColorSpace, picture.Filter) == (Name.DeviceCMYK, Name.DCTDecode)
    assert (int(picture.Width), int(picture.Height)) == (120, 120)
    assert picture.Decode == Array([1, 0] * 4)
    assert "/Interpolate" not in picture


def test_colours_stay_what_they_were_as_far_as_ink_can_show_them():
    muted = Image.blend(COLOURFUL, Image.new("RGB", COLOURFUL.size, (128, 128, 128)), 0.75)
    _, picture = converted(muted)
    before, after = muted.resize((6, 6)), seen_on_screen(picture).resize((6, 6))
    for x in range(6):
        for y in range(6):
            assert after.getpixel((x, y)) == pytest.approx(before.getpixel((x, y)), abs=12)


@needs_gs
@pytest.mark.parametrize("image", [COLOURFUL, DARK], ids=["colourful", "nearly black"])
def test_no_spot_of_a_photo_has_more_ink_than_the_paper_takes(image, tmp_path):
    pdf, _ = converted(image)
    pdf.save(tmp_path / "photo.pdf")
    (plate,) = plates(tmp_path / "photo.pdf", 72)
    totals = [sum(pixel) / FULL * 100 for pixel in pixels(plate)]
    assert 150 < max(totals) <= CONDITION.limit


def test_dark_photos_would_exceed_the_limit_without_being_held_below_it():
    raw = photographs._converted(DARK, CONDITION)
    assert sum(raw.getpixel((5, 5))) / FULL * 100 > CONDITION.limit
    held = photographs._within(raw, CONDITION.limit)
    assert sum(held.getpixel((5, 5))) / FULL * 100 <= CONDITION.limit + 0.5
    assert held.getpixel((5, 5))[3] == raw.getpixel((5, 5))[3]  # black stays, colours give way


def test_what_is_finer_than_a_press_shows_is_made_smaller():
    _, picture = converted(COLOURFUL.resize((600, 600)), across=(72, 72))
    assert (int(picture.Width), int(picture.Height)) == (300, 300)


def test_a_mask_stays_with_its_picture():
    pdf, picture = page_with(COLOURFUL, mask=GRADIENT)
    photographs.in_inks(picture, (100, 100), CONDITION)
    assert picture.SMask.ColorSpace == Name.DeviceGray
    assert looking.look(pdf.pages[0]).transparency == ["a picture with a soft mask"]


RESOLUTIONS = {
    "exactly fine enough": ((300, 600), (72, 144), 300, (300, 600)),
    "the coarser side counts": ((300, 300), (72, 144), 150, (300, 600)),
    "one pixel short": ((299, 299), (72, 72), 299, (300, 300)),
}


@pytest.mark.parametrize(
    ("size", "across", "fine", "needed"), RESOLUTIONS.values(), ids=RESOLUTIONS
)
def test_pixels_to_an_inch_are_counted_at_the_printed_size(size, across, fine, needed):
    _, picture = page_with(COLOURFUL.resize(size), across)
    found = photographs.resolution(picture, across)
    assert (found.per_inch, found.needed) == (fine, needed)


def test_the_sizes_of_an_editions_photos_are_known_by_name(tmp_path):
    COLOURFUL.save(tmp_path / "b.jpg")
    COLOURFUL.resize((30, 40)).save(tmp_path / "a.png")
    (tmp_path / "notes.txt").write_text("not a picture")
    assert photographs.sizes(tmp_path) == (("a.png", 30, 40), ("b.jpg", 120, 120))
    assert photographs.sizes(tmp_path / "images") == ()
