"""Typefaces and a logo of the site's own: what is taken, what is refused, and where they are seen."""

import io
import re
import shutil
import string

import conftest
import documents
import pikepdf
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from PIL import Image
from scratch import SOURCES

from policing_summary import (
    assets,
    checks,
    content,
    fontfiles,
    identity,
    leaflet,
    lettering,
    logofiles,
    printing,
    rendering,
    site,
    tracing,
    typesetting,
)
from policing_summary.errors import BuildError, ContentError
from policing_summary.formats import FORMATS
from policing_summary.picturefiles import Fault
from policing_summary.press import condition, inks, pressing
from policing_summary.press.arguments import Wish
from policing_summary.starting import brand
from policing_summary.starting.brand import Look
from policing_summary.theme import Theme

TEMPLATES = rendering.TEMPLATES
LETTERS = string.ascii_letters + string.digits + "".join(sorted(identity.MARKS)) + " "
POLISH = "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ"
LICENCE = {"OFL.txt": b"SIL Open Font License, Version 1.1"}
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 20">{}</svg>'
SHAPE = '<path fill="#123456" d="M0 0h60v20H0z"/>'


def font(  # noqa: PLR0913 - what a font says of itself
    weight=400,
    style="normal",
    *,
    family="Trial Sans",
    letters=LETTERS,
    embedding=0,
    axis=None,
):
    """A font of boxes, with an axis of weights from one end to the other if it has to have one."""
    names = {ord(letter): f"g{ord(letter)}" for letter in letters}
    order = [".notdef", *names.values()]
    pen = TTGlyphPen(None)
    for number, point in enumerate(((0, 0), (0, 500), (400, 500), (400, 0))):
        (pen.lineTo if number else pen.moveTo)(point)
    pen.closePath()
    box = pen.glyph()
    made = FontBuilder(1000, isTTF=True)
    made.setupGlyphOrder(order)
    made.setupCharacterMap(names)
    made.setupGlyf(dict.fromkeys(order, box))
    made.setupHorizontalMetrics(dict.fromkeys(order, (500, 0)))
    made.setupHorizontalHeader(ascent=800, descent=-200)
    made.setupNameTable({"familyName": family, "styleName": "Regular"})
    made.setupOS2(
        usWeightClass=weight, fsType=embedding, fsSelection=int(style == "italic"), usWidthClass=5
    )
    made.setupPost()
    if axis:
        made.setupFvar([("wght", axis[0], 400, axis[1], "Weight")], [])
        made.setupGvar({})
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


WHOLE = {
    **LICENCE,
    "Trial-Regular.ttf": font(),
    "Trial-Italic.ttf": font(style="italic"),
    "Trial-Bold.ttf": font(700),
}


def told(tmp_path, files, roles=fontfiles.TEXT):
    folder = tmp_path / "content" / "brand" / "trial"
    folder.mkdir(parents=True)
    for name, data in files.items():
        if data is not None:
            (folder / name).write_bytes(data)
    return fontfiles.read(folder, tmp_path / "content", roles)


GOOD = {
    "three files": ({}, [400, 400, 700]),
    "a semibold goes before a bold": ({"S.ttf": font(600)}, [400, 400, 600]),
    "other weights are left alone": ({"L.ttf": font(300), "B.ttf": font(900)}, [400, 400, 700]),
    "an axis in place of a file": (
        {"Trial-Bold.ttf": None, "Variable.ttf": font(axis=(300, 800))},
        [400, 400, 300],
    ),
}


@pytest.mark.parametrize(("changes", "weights"), GOOD.values(), ids=GOOD)
def test_a_family_is_found_in_its_folder(changes, weights, tmp_path):
    family, faults = told(tmp_path, {**WHOLE, **changes})
    assert faults == []
    assert family.name == "Trial Sans"
    assert [cut.facts.weights[0] for cut in family.cuts] == weights
    assert [cut.role for cut in family.cuts] == list(fontfiles.TEXT)


BAD = {
    "no licence": ({"OFL.txt": None}, "no licence lies beside the fonts in `brand/trial`"),
    "an empty licence": ({"OFL.txt": b""}, "no licence lies beside the fonts"),
    "no italic": ({"Trial-Italic.ttf": None}, "`brand/trial` has no italic font"),
    "no bold": ({"Trial-Bold.ttf": None}, "`brand/trial` has no bold font: none of weight 600 or"),
    "an axis that ends too early": (
        {"Trial-Bold.ttf": None, "V.ttf": font(axis=(300, 450))},
        "has no bold font",
    ),
    "two kinds of one font": (
        {"Trial-Again.otf": font()},
        "`Trial-Again.otf` and `Trial-Regular.ttf` in `brand/trial` are the same weight",
    ),
    "pieces by scripts": (
        {"latin.ttf": font(letters="abcdez"), "Trial-Regular.ttf": font(letters="ąćę")},
        "are pieces of a family that was split by scripts",
    ),
    "one piece alone": (
        {"Trial-Regular.ttf": font(letters="ąćęłńóśźż")},
        "`Trial-Regular.ttf` in `brand/trial` is a piece of a family",
    ),
    "two families": (
        {"Trial-Bold.ttf": font(700, family="Other Sans")},
        "holds several families: `Other Sans` and `Trial Sans`",
    ),
    "may not be embedded": (
        {"Trial-Bold.ttf": font(700, embedding=2)},
        "`Trial-Bold.ttf` says that it may not be embedded in documents (its `fsType` is 2)",
    ),
    "may not be made smaller": (
        {"Trial-Bold.ttf": font(700, embedding=0x100)},
        "may not be embedded",
    ),
    "half a font": ({"Trial-Bold.ttf": font(700)[:900]}, "`Trial-Bold.ttf` is not a font"),
    "a picture": ({"Trial-Bold.ttf": b"\x89PNG\r\n\x1a\n"}, "`Trial-Bold.ttf` is not a font"),
    "far too large": ({"Trial-Bold.ttf": bytes(6_000_000)}, "has 6 MB, and 5 are the most"),
}


@pytest.mark.parametrize(("changes", "expected"), BAD.values(), ids=BAD)
def test_a_family_that_cannot_be_used_is_refused_with_a_reason(changes, expected, tmp_path):
    family, (fault,) = told(tmp_path, {**WHOLE, **changes})
    assert family is None
    assert expected in fault.what
    assert fault.way_out


def test_headings_need_no_italic(tmp_path):
    family, faults = told(tmp_path, {**WHOLE, "Trial-Italic.ttf": None}, roles=fontfiles.HEADINGS)
    assert faults == []
    assert len(family.cuts) == 2


def test_a_variable_font_is_fixed_where_it_is_needed(tmp_path):
    family, _ = told(
        tmp_path, {**LICENCE, "V.ttf": font(axis=(300, 800)), "I.ttf": WHOLE["Trial-Italic.ttf"]}
    )
    for cut, weight in zip(family.cuts, (400, 400, 600), strict=True):
        for make in (lettering._complete, lettering._small):
            made = TTFont(io.BytesIO(make(cut, "Site Text")))
            assert "fvar" not in made
            assert made["OS/2"].usWeightClass == weight


# Letters


def problems(site_folder, files, languages="", text=""):
    changes = {f"brand/trial/{name}": data for name, data in files.items()}
    found = site_folder(
        {
            "site.yaml": (
                "title: Summary\ndescription: What the police did.\n"
                "address: https://summary.example.org/\npublisher: {name: Kent Police}\n"
                f"{languages}boroughs:\n  havering: {{name: Havering}}\n"
                "brand:\n  fonts: {text: brand/trial}\n"
            ),
            "2009-10/havering.yaml": f"initiatives:\n  items:\n    - {{title: Work, body: {text or 'Yes.'}}}\n",
            **changes,
        }
    )
    try:
        return list(checks.run(content.load(found))[1])
    except ContentError as error:
        return list(error.problems)


def test_letters_that_a_language_needs_are_named(site_folder):
    (problem,) = problems(site_folder, WHOLE, languages="languages: [pl]\n")
    assert problem.place.quote.strip() == "fonts: {text: brand/trial}"
    assert "Trial Sans has no" in problem.what
    assert "`ł`" in problem.what
    assert problem.what.endswith("which Polish needs")


def test_a_letter_that_a_text_needs_is_told_where_it_stands(site_folder):
    (problem,) = problems(site_folder, WHOLE, text="We asked Paweł and Paweł.")
    assert problem.place.file == "content/2009-10/havering.yaml"
    assert problem.place.quote[problem.place.column - 1 :].startswith("Paweł")
    assert "has no `ł`" in problem.what


@pytest.mark.parametrize("text", ["Lower ≤ 5 → good.", "Call us, اردو.", "Ask Jack."])
def test_signs_and_other_scripts_come_from_our_own_typefaces(site_folder, text):
    assert problems(site_folder, WHOLE, text=f'"{text}"') == []


# Logos


def logo(tmp_path, data, name="logo.svg"):
    path = tmp_path / "brand" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return logofiles.read(path, tmp_path)


KEPT = {
    "shapes": (SHAPE, '<path d="M0 0h60v20H0z" fill="rgb(18,52,86)"/>'),
    "black unless told": ('<path d="M0 0h9"/>', 'fill="rgb(0,0,0)"><path d="M0 0h9"/>'),
    "a colour by its name": ('<path fill="Navy" d="M0 0h9"/>', 'fill="rgb(0,0,128)"'),
    "a style": ('<path style="fill:#fff;x-y:1" d="M0 0h9"/>', 'd="M0 0h9" fill="rgb(255,255,255)"'),
    "a style sheet": (
        '<style>.a,.b{fill:red}.b{fill:#00f}</style><path class="b" d="M0 0h9"/>',
        'd="M0 0h9" fill="rgb(0,0,255)"',
    ),
    "what a drawing program notes is not kept": (
        '<x:view xmlns:x="urn:x" x:a="1"/><title>T</title><path d="M0 0h9" data-a="1"/>',
        '><path d="M0 0h9"/></svg>',
    ),
    "what cannot be seen is not kept": (
        '<path d="M0 0h9"/><g style="display:none"><path d="M1 1h1"/></g>',
        '><path d="M0 0h9"/></svg>',
    ),
    "a part that is used again": (
        '<defs><path id="a" d="M0 0h9"/></defs><use href="#a"/>',
        '<use href="#a"/>',
    ),
    "a part that clips, as Illustrator writes it": (
        (
            '<style>.n{fill:none}</style><defs><rect id="r" width="9" height="9"/></defs>'
            '<clipPath id="c"><use class="n" href="#r"/></clipPath><path clip-path="url(#c)" d="M0 0h9"/>'
        ),
        '<use fill="none" href="#r"/></clipPath>',
    ),
    "a path that clips": (
        '<clipPath id="c"><path d="M0 0h9"/></clipPath><path clip-path="url(#c)" d="M0 0h9"/>',
        'clip-path="url(#c)"',
    ),
}


@pytest.mark.parametrize(("inner", "expected"), KEPT.values(), ids=KEPT)
def test_a_drawing_is_written_anew_with_what_is_known(inner, expected, tmp_path):
    found = logo(tmp_path, SVG.format(inner))
    assert expected in found.data.decode()
    assert found.ratio == 3


REFUSED = {
    "a script": ("<script>alert(1)</script>", "holds a script"),
    "an event": ('<path onclick="a()" d="M0 0h9"/>', "holds a script"),
    "a web page": ("<foreignObject/>", "a part of a web page"),
    "a picture": ('<image href="data:image/png;base64,AA"/>', "another picture"),
    "letters": ("<text>Kent</text>", "letters that need a font"),
    "a file elsewhere": ('<use href="https://example.org/a.svg#b"/>', "fetches another file"),
    "a file elsewhere, in a style": (
        '<path style="clip-path:url(//example.org/a#b)" d="M0 0h9"/>',
        "fetches another file",
    ),
    "a style sheet elsewhere": (
        '<style>@import "//example.org/a.css";</style>' + SHAPE,
        "lead to another file",
    ),
    "a style for what stands within": ("<style>g path{fill:red}</style>" + SHAPE, "`g path`"),
    "a gradient": ('<linearGradient id="a"/>' + SHAPE, "a gradient"),
    "a part that shines through": ('<path opacity=".5" d="M0 0h9"/>', "is transparent"),
    "a colour that shines through": ('<path fill="#ff000080" d="M0 0h9"/>', "is transparent"),
    "a colour that is none": ('<path fill="blueish" d="M0 0h9"/>', "`blueish`"),
    "a part that holds itself": (
        '<g id="a"><path d="M0 0h9"/><use href="#a"/></g>',
        "used in each other",
    ),
    "parts of parts of parts": (
        f'<g id="a">{SHAPE}</g><g id="b"><use href="#a"/></g><use href="#b"/>',
        "used in each other",
    ),
    "a part that is drawn very often": (
        f'<g id="a">{SHAPE}</g>' + '<use href="#a"/>' * 101,
        "used in each other",
    ),
    "a clip that clips itself": (
        '<clipPath id="c"><path clip-path="url(#c)" d="M0 0h9"/></clipPath>' + SHAPE,
        "used in each other",
    ),
    "a clip that clips itself by a part": (
        (
            '<clipPath id="c"><use href="#a"/></clipPath>'
            '<path id="a" style="clip-path:url(#c)" d="M0 0h9"/>'
        ),
        "used in each other",
    ),
    "nothing": ("", "nothing to be seen"),
    "too deep": ("<g>" * 60 + SHAPE + "</g>" * 60, "too deep"),
}


@pytest.mark.parametrize(("inner", "expected"), REFUSED.values(), ids=REFUSED)
def test_a_drawing_that_does_harm_or_cannot_be_printed_is_refused(inner, expected, tmp_path):
    fault = logo(tmp_path, SVG.format(inner))
    assert isinstance(fault, Fault)
    assert expected in fault.what


NO_LOGOS = {
    "names of its own": (
        f'<!DOCTYPE svg [<!ENTITY a "b">]>{SVG.format(SHAPE)}',
        "declares names of its own",
    ),
    "a half": (SVG.format(SHAPE)[:60], "none that can be read"),
    "something else": ("<html/>", "none that can be read"),
    "without a size": (SVG.format(SHAPE).replace("viewBox", "data-box"), "how wide and high"),
    "far too large": (" " * 400_000, "has 400 kB, and 300 are the most"),
}


@pytest.mark.parametrize(("data", "expected"), NO_LOGOS.values(), ids=NO_LOGOS)
def test_a_file_that_is_no_drawing_is_refused(data, expected, tmp_path):
    fault = logo(tmp_path, data)
    assert isinstance(fault, Fault)
    assert expected in fault.what


def png(width, height):
    out = io.BytesIO()
    Image.new("RGBA", (width, height), (20, 60, 120, 255)).save(out, "PNG")
    return out.getvalue()


def test_a_picture_has_pixels_enough_for_print(tmp_path):
    fault = logo(tmp_path, png(400, 100), "logo.png")
    assert isinstance(fault, Fault)
    assert "400 pixels wide" in fault.what
    assert fault.way_out == "save it 709 pixels wide or more, or as an SVG"
    assert logo(tmp_path, png(709, 177), "logo.png").ratio == pytest.approx(4, abs=0.01)


@pytest.mark.parametrize("ratio", [0.5, 1, 2.5, 6])
def test_a_logo_fills_its_box_in_one_direction(ratio):
    found = logofiles.Logo("logo.svg", "image/svg+xml", b"", ratio)
    assert found.wide / found.high == pytest.approx(ratio, rel=0.01)
    assert found.wide == 1 or found.high == pytest.approx(1 / logofiles.ROOM, rel=0.01)


def test_the_largest_room_for_a_logo_is_that_of_the_stylesheet():
    styles = (TEMPLATES / "css/leaflet-logo.css").read_text("utf-8")
    rooms = [float(found) for found in re.findall(r"--logo-room: ([\d.]+)mm", styles)]
    assert max(rooms) == logofiles.LARGEST


# A whole site


def renamed(path, family):
    """One of our own fonts under another name, as a site's own would come."""
    made = TTFont(path, recalcTimestamp=False)
    for number in (1, 16):
        made["name"].setName(family, number, 3, 1, 0x409)
    made.flavor, out = "woff2", io.BytesIO()
    made.save(out)
    return out.getvalue()


@pytest.fixture(scope="module")
def branded(pristine, tmp_path_factory):
    """Our content of 2009/10 with a typeface and a logo of its own."""
    project = pristine.copy(tmp_path_factory.mktemp("branded") / "project", SOURCES[:1])
    project.keep_edition("2009-10")
    folder = project.root / "content/brand/kent"
    folder.mkdir(parents=True)
    for name in ("Regular", "It", "Semibold"):
        data = renamed(
            TEMPLATES / f"fonts/web/SummarySans-{name.replace('It', 'Italic')}.woff2", "Kent Sans"
        )
        (folder / f"KentSans-{name}.woff2").write_bytes(data)
    shutil.copy(TEMPLATES / "fonts/LICENCE-source-sans.md", folder / "LICENCE.md")
    (folder.parent / "logo.svg").write_text(SVG.format(SHAPE), "utf-8")
    (folder.parent / "white.svg").write_text(
        SVG.format(SHAPE.replace("#123456", "#ffffff")), "utf-8"
    )
    path = project.root / "content/site.yaml"
    told = (
        "brand:\n  fonts: {text: brand/kent}\n"
        "  logo: {file: brand/logo.svg, dark: brand/white.svg, text: Kent Police}\n"
    )
    path.write_text(f"{path.read_text('utf-8')}\n{told}", "utf-8")
    return content.load(project.root / "content")


@pytest.fixture(scope="module")
def sheets(branded):
    return checks.run(branded)[0]


@pytest.fixture(scope="module")
def files(branded, sheets):
    made = [site.Printed(sheet, (), tracing.trace(sheet)) for sheet in sheets]
    return site.pages(branded, made)


def test_every_page_shows_the_logo_and_is_set_in_the_typeface(files):
    pages = {path: data.decode() for path, data in files.items() if path.endswith("index.html")}
    bare = [path for path, html in pages.items() if 'alt="Kent Police"' not in html]
    assert [path for path in bare if 'http-equiv="refresh"' not in pages[path]] == []
    havering = pages["2009-10/havering/index.html"]
    assert havering.count("Kent Police") == 2
    assert "Site Text, Source Sans 3" in havering
    preloaded = re.findall(r'rel="preload" href="[./]*assets/fonts/(\w+)', havering)
    assert set(preloaded) == {"SiteText"}
    (css,) = (d.decode() for path, d in files.items() if re.match(r"assets/site\.\w+\.css", path))
    assert '--sans: "Site Text", "Summary Sans", system-ui, sans-serif;' in css
    assert '--serif: "Site Text", "Summary Serif", Georgia, serif;' in css


def test_a_site_without_a_brand_has_none_of_it():
    bare = assets.made(TEMPLATES, (), Theme())
    assert bare.mark is None
    styles = "".join(data.decode() for path, data in bare.files.items() if path.endswith(".css"))
    assert "logo" not in styles
    assert "Site Text" not in styles


@pytest.mark.parametrize("name", list(FORMATS))
def test_every_format_has_the_logo_and_sets_its_text_in_the_typeface(sheets, name):
    (havering,) = (sheet for sheet in sheets if sheet.path == "2009-10/havering")
    document = leaflet.compose(havering, FORMATS[name])
    assert 'alt="Kent Police"' in document.cover
    assert document.families[0] == "Kent Sans"
    assert '--sans: "Kent Sans"' in document.styles
    palette = inks.palette(TEMPLATES, havering.site.settings.brand)
    inked = inks.inked(document, palette, TEMPLATES)
    drawings = inks.DRAWING.findall(inked.cover + inked.imprint)
    assert drawings
    for drawn in drawings:
        assert b"rgb(" not in inks.base64.b64decode(drawn)


def test_a_leaflet_is_set_in_the_typeface_and_its_logo_is_a_figure_with_words(sheets):
    (havering,) = (sheet for sheet in sheets if sheet.path == "2009-10/havering")
    made = typesetting.typeset(leaflet.compose(havering, FORMATS["a4-folded"]))
    names = set(typesetting.font_names(made.pdf))
    assert {name.partition("-")[0] for name in names} == {"Kent"}
    with pikepdf.open(io.BytesIO(made.pdf)) as pdf:
        told = {
            str(item.Alt)
            for item in pdf.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Figure"
        }
    assert "Kent Police" in told


def test_a_picture_with_a_mask_goes_to_print_in_four_inks(branded, tmp_path):
    shutil.copytree(branded.folder, tmp_path / "content")
    picture = Image.new("RGBA", (800, 400), (20, 60, 120, 255))
    picture.paste((0, 0, 0, 0), (0, 0, 400, 200))
    picture.save(tmp_path / "content/brand/logo.png")
    path = tmp_path / "content/site.yaml"
    text = path.read_text("utf-8").replace(
        "brand/logo.svg, dark: brand/white.svg", "brand/logo.png"
    )
    path.write_text(text, "utf-8")
    sheets, _ = checks.run(content.load(tmp_path / "content"))
    wish = Wish("2009-10", "havering", "dl-roll-fold")
    havering = [sheet for sheet in sheets if sheet.path == "2009-10/havering"]
    (task,) = printing.tasks(havering, wish, condition.fogra39(TEMPLATES))
    made = pressing.press(task.wanted)
    assert made.faults == []
    with pikepdf.open(io.BytesIO(made.leaflet.pdf)) as pdf:
        pictures = [each for each in pdf.objects if _is_picture(each)]
        spaces = {str(each.ColorSpace) for each in pictures}
    assert len(pictures) == 2
    assert spaces == {"/DeviceCMYK", "/DeviceGray"}


def _is_picture(found):
    return isinstance(found, pikepdf.Stream) and found.get("/Subtype") == "/Image"


@pytest.fixture
def brought(tmp_path):
    """A folder of fonts and a logo, as a force has them."""
    (tmp_path / "Fonts").mkdir()
    for name, data in {**WHOLE, "Trial-Thin.ttf": font(100), "notes.txt": b"."}.items():
        (tmp_path / "Fonts" / name).write_bytes(data)
    (tmp_path / "Our logo.SVG").write_text(SVG.format(SHAPE), "utf-8")
    return Look((("deep", "#14452f"),), tmp_path / "Fonts", tmp_path / "Our logo.SVG")


def test_a_new_site_takes_over_what_a_force_brings(brought, site_folder):
    taken = brand.take(brought, "Kent: Police")
    fonts = {f"brand/trial-sans/{name}" for name in WHOLE}
    assert set(taken.files) == {*fonts, "brand/logo.svg"}
    text = conftest.SMALL_SITE["site.yaml"] + taken.lines
    folder = site_folder({"site.yaml": text, **taken.files})
    assert conftest.found_in(folder) == ()
    settings = content.load(folder).settings
    assert settings.brand.logo.text == "Kent: Police"
    assert settings.brand.fonts.text == "brand/trial-sans"
    assert taken.credit.startswith("Typeface: Trial Sans.")


NOT_TAKEN = {
    "fonts without a licence": ("Fonts/OFL.txt", "No licence lies beside the fonts in `Fonts`"),
    "fonts without an italic": ("Fonts/Trial-Italic.ttf", "`Fonts` has no italic font"),
    "a logo that is not there": ("Our logo.SVG", "there is no file"),
}


@pytest.mark.parametrize(("gone", "expected"), NOT_TAKEN.values(), ids=NOT_TAKEN)
def test_a_new_site_takes_nothing_over_that_cannot_be_used(gone, expected, brought):
    (brought.fonts.parent / gone).unlink()
    with pytest.raises(BuildError, match=re.escape(expected)):
        brand.take(brought, "Kent Police")


def test_a_site_for_which_nothing_is_brought_says_where_it_would_stand():
    assert "stand under `brand:`" in brand.take(Look(), "Kent Police").lines


def test_the_example_in_the_docs_is_accepted(site_folder):
    (example,) = (
        block.text
        for block in documents.blocks(documents.ROOT / "docs/editors.md")
        if "fonts:" in block.text
    )
    first, _, boroughs = conftest.SMALL_SITE["site.yaml"].partition("boroughs:")
    serif = {f"{weight}.ttf": font(weight, family="Trial Serif") for weight in (400, 700)}
    folder = site_folder(
        {
            "site.yaml": f"{first}boroughs:{boroughs}{example}",
            **{f"brand/lato/{name}": data for name, data in WHOLE.items()},
            **{f"brand/merriweather/{name}": data for name, data in (serif | LICENCE).items()},
            "brand/logo.svg": SVG.format(SHAPE),
            "brand/logo-white.svg": SVG.format(SHAPE.replace("#123456", "#fff")),
        }
    )
    assert conftest.found_in(folder) == ()
    found = identity.of(content.load(folder).settings.brand, folder)
    assert (found.text.name, found.headings.name) == ("Trial Sans", "Trial Serif")
    assert (found.logo.name, found.dark.name) == ("logo.svg", "logo-white.svg")
