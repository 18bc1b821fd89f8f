"""Preflight: each rule is seen to find its fault, and a sound file passes."""

import io

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from policing_summary.press import condition, preflight, rules
from policing_summary.press.findings import Order
from policing_summary.press.measures import points

# Of a profile preflight reads the head alone.
CONDITION = condition.Condition("FOGRA39", "", "", "", 300, bytes(12) + b"prtrCMYK" + bytes(108))
ORDER = Order((100,), 80, 3, 5, 1, CONDITION, pictures=(("commander.jpg", 60, 40),))
TRIM = [points(10), points(10), points(110), points(90)]
X, Y = points(30), points(30)  # well inside the page
HELLO = f"/Over gs 0 0 0 1 k BT /F 10 Tf {X} {Y} Td (Hello) Tj ET /Under gs"


class Made:
    """A print file of one page, 100 × 80 mm with 3 mm of bleed, to be broken."""

    def __init__(self):
        self.pdf = pdf = pikepdf.new()
        profile = pdf.make_stream(CONDITION.profile)
        profile.N = 4
        intent = Dictionary(S=Name.GTS_PDFX, OutputConditionIdentifier=String("FOGRA39"))
        intent.DestOutputProfile = profile
        pdf.Root.OutputIntents = Array([intent])
        pdf.Root.Metadata = pdf.make_stream(b"<pdfxid:GTS_PDFXVersion>PDF/X-4<")
        pdf.docinfo.Trapped = Name("/False")
        self.page = pdf.add_blank_page(page_size=(points(120), points(100))).obj
        self.page.TrimBox = Array(TRIM)
        self.page.BleedBox = Array([points(7), points(7), points(113), points(93)])
        self.held = Dictionary(FontFile3=pdf.make_stream(b"shapes"))
        font = Dictionary(Type=Name.Font, Subtype=Name.TrueType, BaseFont=Name.Own)
        font.update(Dictionary(FirstChar=32, Widths=Array([500] * 96), FontDescriptor=self.held))
        states = Dictionary(
            Over=Dictionary(OP=True, op=True, OPM=1), Under=Dictionary(OP=False, op=False)
        )
        self.resources = self.page.Resources = Dictionary(
            Font=Dictionary(F=font), ExtGState=states, XObject=Dictionary()
        )
        self.paints("")

    def paints(self, content):
        self.page.Contents = self.pdf.make_stream(f"{HELLO}\n{content}".encode())

    def holds_picture(self, space, size=(60, 40), value=b"\0", across=(20, 20)):
        picture = self.pdf.make_stream(value * (size[0] * size[1] * (4 if "CMYK" in space else 3)))
        picture.update(
            Dictionary(Subtype=Name.Image, Width=size[0], Height=size[1], BitsPerComponent=8)
        )
        picture.ColorSpace = Name(space)
        self.resources.XObject.Im = picture
        wide, high = map(points, across)
        self.paints(f"q {wide} 0 0 {high} {X} {Y} cm /Im Do Q")

    def holds_form(self, content, **more):
        form = self.pdf.make_stream(content.encode())
        bounds = Array([0, 0, 400, 400])
        form.update(Dictionary(Subtype=Name.Form, BBox=bounds, Resources=self.resources, **more))
        self.resources.XObject.Fm = form
        self.paints("/Fm Do")

    @property
    def bytes(self):
        out = io.BytesIO()
        self.pdf.save(out, fix_metadata_version=False)
        return out.getvalue()


def findings(made, order=ORDER):
    return preflight.check(made.bytes, order)


def test_a_sound_file_passes():
    assert findings(Made()) == ()


BOX = f"{X} {Y} 50 50 re"
WHITE = (
    f"/Over gs 0 0 0 1 k 0 0 0 0 k BT /F 10 Tf {X} {Y} Td (Ghost) Tj ET",
    "page 1: the text “Ghost” is white and overprints, so it will vanish. Let it knock out.",
)
PAINTED = {
    "RGB": (f"1 0 0 rg {BOX} f", "1 objects are in RGB, the first an area 20 mm"),
    "RGB of an outline": (f"1 0 0 RG 1 w {BOX} S", "1 objects are in RGB, the first a line 20 mm"),
    "too much ink": (f"1 1 .8 .4 k {BOX} f", "from the foot has 320% ink. The paper takes 300%"),
    "too much ink below black letters": (
        f"1 1 .5 0 k {BOX} f {HELLO.replace('Hello', 'On top')}",
        "the text “On top” has 350% ink",
    ),
    "black letters of four inks": (
        f"/Over gs .7 .6 .5 .9 k BT /F 10 Tf {X} {Y} Td (Rich) Tj ET",
        "the text “Rich” is black made of several inks (C70 M60 Y50 K90)",
    ),
    "black letters that knock out": (
        f"0 0 0 1 k BT /F 10 Tf {X} {Y} Td (Cut out) Tj ET",
        "the text “Cut out” is black and does not overprint",
    ),
    "white letters that overprint": WHITE,
    "small letters in three inks": (
        f".9 .5 0 .4 k BT /F 8 Tf {X} {Y} Td (Blurred) Tj ET",
        "the text “Blurred”, 8.0 pt, is in three inks (C90 M50 K40)",
    ),
    "letters below 6 points": (
        f"/Over gs 0 0 0 1 k BT /F 5 Tf {X} {Y} Td (Tiny) Tj ET",
        "the text “Tiny” is 5.0 pt. Letters need 6 pt",
    ),
    "letters made small by their place": (
        f"q .5 0 0 .5 0 0 cm {HELLO.replace('Hello', 'Shrunk')} Q",
        "the text “Shrunk” is 5.0 pt",
    ),
    "a hairline": (f"0 0 0 1 K .1 w {BOX} S", "is 0.10 pt thin. A line needs 0.25 pt"),
    "a hairline that is an area": (f"0 0 0 1 k {X} {Y} 50 .1 re f", "is 0.10 pt thin"),
    "a line made thin by its scale": (f"q .1 0 0 .1 0 0 cm 0 0 0 1 K 1 w {BOX} S Q", "0.10 pt thin"),
    "letters too near the edge": (
        f"/Over gs 0 0 0 1 k BT /F 10 Tf {points(12)} {Y} Td (Edge) Tj ET",
        "the text “Edge” is 2.0 mm from where the page is cut. Keep text 5 mm away",
    ),
    "letters that are too wide for the page": (
        f"/Over gs 0 0 0 1 k BT /F 10 Tf {points(96)} {Y} Td (This runs out) Tj ET",
        "the text “This runs out” is -8.9 mm from where the page is cut",
    ),
    "colour that stops at the trim": (
        f"0 0 0 .1 k {TRIM[0]} {TRIM[1]} 90 90 re f",
        "an area 0 mm from the left and 0 mm from the foot stops at the trim on the left. Let it run 3 mm",
    ),
    "colour that runs off, but not far enough": (
        f"0 0 0 .1 k {points(8)} {Y} 90 90 re f",
        "stops at the trim on the left",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("content", "told"), PAINTED.values(), ids=PAINTED)
def test_what_would_not_print_well_is_told(content, told):
    made = Made()
    made.paints(content)
    found = findings(made)
    assert all(each.is_fault for each in found)
    assert told in " | ".join(each.said for each in found)


SOUND = {
    "colour that runs 3 mm beyond the trim": f"0 0 0 .1 k {points(7)} {Y} 90 90 re f",
    "a box at the trim over a field of its colour": (
        f".9 .5 0 .2 k {points(7)} {points(7)} {points(106)} {points(86)} re f "
        f"{TRIM[0]} {TRIM[1]} {points(100)} {points(80)} re f"
    ),
    "a white box at the trim": f"0 0 0 0 k {TRIM[0]} {TRIM[1]} 90 90 re f",
    "a field that is clipped inside the page": f"q {BOX} W n 1 0 0 0 k 0 0 400 400 re f Q",
    "small letters in two inks and yellow": (f"0 .8 1 .3 k BT /F 8 Tf {X} {Y} Td (Rust) Tj ET"),
    "letters that are not shown": f"3 Tr 1 0 0 rg BT /F 4 Tf {X} {Y} Td (Ghost) Tj ET",
    "as much ink as the paper takes": f"1 1 1 0 k {BOX} f",
    "a quarter point": f"0 0 0 1 K .25 w {BOX} S",
}


@pytest.mark.parametrize("content", SOUND.values(), ids=SOUND)
def test_what_prints_well_is_not_told(content):
    made = Made()
    made.paints(content)
    assert findings(made) == ()


def _intent(made):
    return made.pdf.Root.OutputIntents[0]


def _lab(made):
    made.resources.ColorSpace = Dictionary(L=Array([Name.Lab, Dictionary()]))
    made.paints(f"/L cs 50 10 10 sc {BOX} f")


def _spot(made):
    space = Array([Name.Separation, Name("/Reflex Blue"), Name.DeviceCMYK, Dictionary()])
    made.resources.ColorSpace = Dictionary(S=space)
    made.paints(f"/S cs 1 scn {BOX} f")


def _shading(made):
    made.resources.Shading = Dictionary(Sh=Dictionary(ColorSpace=Name.DeviceRGB))
    made.paints("/Sh sh")


def _pattern(made):
    tile = made.pdf.make_stream(b"1 0 0 rg 0 0 5 5 re f")
    tile.update(Dictionary(PatternType=1, BBox=Array([0, 0, 5, 5]), Resources=Dictionary()))
    made.resources.Pattern = Dictionary(P=tile)
    made.paints(f"/Pattern cs /P scn {BOX} f")


def _indexed(made):
    palette = Array([Name.Indexed, Name.DeviceRGB, 0, String(b"\1\2\3")])
    made.holds_picture("/DeviceRGB", across=(5, 3))
    made.resources.XObject.Im.ColorSpace = palette


def _see_through(made):
    made.resources.ExtGState.Half = Dictionary(ca=0.5)
    made.paints(f"/Half gs 0 0 0 .5 k {BOX} f")


def _note(made):
    made.page.Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name.Link)])


def _second_page(made):
    made.pdf.pages.append(made.pdf.pages[0])


def _form_group(space):
    return lambda made: made.holds_form(
        f"0 0 0 .5 k {BOX} f", Group=Dictionary(S=Name.Transparency, CS=Name(space))
    )


BROKEN = {
    "RGB in a form": (lambda m: m.holds_form(f"1 0 0 rg {BOX} f"), "1 objects are in RGB"),
    "Lab": (_lab, "1 objects are in Lab"),
    "a spot colour": (_spot, "1 objects are in a spot colour"),
    "RGB in a shading": (_shading, "1 objects are in RGB, the first a shading"),
    "RGB in a pattern": (_pattern, "1 objects are in RGB, the first an area"),
    "an RGB picture": (
        lambda m: m.holds_picture("/DeviceRGB", across=(5, 3)),
        "1 objects are in RGB, the first a picture",
    ),
    "a picture with a palette of RGB": (_indexed, "1 objects are in RGB, the first a picture"),
    "a picture with too much ink": (
        lambda m: m.holds_picture("/DeviceCMYK", value=b"\xff", across=(5, 3)),
        "a picture 20 mm from the left and 20 mm from the foot has 400% ink",
    ),
    "a coarse picture": (
        lambda m: m.holds_picture("/DeviceCMYK", across=(20, 20)),
        "commander.jpg is printed 20 × 20 mm with 60 × 40 pixels, which are 51 to the inch. For 300",
    ),
    "a font that is not embedded": (
        lambda m: m.held.__delitem__("/FontFile3"),
        "the font Own is not embedded",
    ),
    "a trimmed size that is not the format's": (
        lambda m: m.page.__setattr__("TrimBox", Array([*TRIM[:3], points(89.8)])),
        "the trimmed size is 100.0 × 79.8 mm. It has to be 100 × 80 mm.",
    ),
    "too little bleed": (
        lambda m: m.page.__setattr__("BleedBox", Array([points(s) for s in (8, 7, 113, 93)])),
        "the BleedBox is 2.0 mm outside the trim. 3 mm are needed.",
    ),
    "no BleedBox": (lambda m: m.page.__delitem__("/BleedBox"), "the BleedBox is 0.0 mm outside"),
    "no TrimBox": (lambda m: m.page.__delitem__("/TrimBox"), "no TrimBox says where to cut"),
    "a BleedBox beyond the page": (
        lambda m: m.page.__setattr__("MediaBox", Array([points(s) for s in (8, 8, 112, 92)])),
        "the BleedBox is larger than the page",
    ),
    "a rotated page": (lambda m: m.page.__setattr__("Rotate", 90), "the page is rotated"),
    "a page with a unit of its own": (
        lambda m: m.page.__setattr__("UserUnit", 2),
        "the page has a unit of its own",
    ),
    "a page too many": (_second_page, "the file has 2 pages, and the job has 1"),
    "a link": (_note, "a link lies on the page"),
    "a transparency group in RGB": (
        _form_group("/DeviceRGB"),
        "a transparency group is worked out in RGB",
    ),
    "transparency": (_see_through, "there is transparency (areas of 50% opacity)"),
    "no printing condition": (
        lambda m: m.pdf.Root.__delitem__("/OutputIntents"),
        "the printing condition is not named",
    ),
    "another printing condition": (
        lambda m: _intent(m).__setattr__("OutputConditionIdentifier", String("FOGRA51")),
        "the printing condition is `FOGRA51`, not FOGRA39",
    ),
    "a printing condition without profile": (
        lambda m: _intent(m).__delitem__("/DestOutputProfile"),
        "the output intent has no profile of a press in four inks",
    ),
    "no version": (
        lambda m: m.pdf.Root.__delitem__("/Metadata"),
        "does not say that it is PDF/X-4",
    ),
    "nothing about trapping": (
        lambda m: m.pdf.docinfo.__delitem__("/Trapped"),
        "does not say whether it is trapped",
    ),
    "layers": (
        lambda m: m.pdf.Root.__setattr__("OCProperties", Dictionary()),
        "the file has layers",
    ),
    "an action": (
        lambda m: m.pdf.Root.__setattr__("OpenAction", Dictionary()),
        "the file acts when it is opened (/OpenAction)",
    ),
    "letters without a font": (
        lambda m: m.page.__setattr__("Contents", m.pdf.make_stream(b"BT (?) Tj ET")),
        "the content is odd: text without a font",
    ),
}


@pytest.mark.parametrize(("break_it", "told"), BROKEN.values(), ids=BROKEN)
def test_every_rule_is_seen_to_fail(break_it, told):
    made = Made()
    break_it(made)
    assert told in " | ".join(each.said for each in findings(made))


def test_a_file_that_is_no_pdf_is_told():
    (found,) = preflight.check(b"no PDF at all", ORDER)
    assert found.said.startswith("the file cannot be opened")


def test_a_coarse_picture_and_transparency_keep_no_file_from_being_written():
    made = Made()
    made.holds_picture("/DeviceCMYK")
    assert [each.is_fault for each in findings(made)] == [False]
    made = Made()
    _see_through(made)
    assert [each.is_fault for each in findings(made)] == [False]


CASES = [*((lambda made, c=content: made.paints(c), told) for content, told in PAINTED.values())]
CASES += BROKEN.values()
RULES = [*preflight.FILE_RULES, *rules.PAGE_RULES]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_without_any_one_rule_something_would_pass_unseen(rule, monkeypatch):
    for module, name in ((preflight, "FILE_RULES"), (rules, "PAGE_RULES")):
        kept = tuple(each for each in getattr(module, name) if each is not rule)
        monkeypatch.setattr(module, name, kept)

    def unseen(case):
        break_it, told = case
        made = Made()
        break_it(made)
        return told not in " | ".join(each.said for each in findings(made))

    assert any(map(unseen, CASES))
