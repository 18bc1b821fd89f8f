"""A site's own colours: everywhere in the place of ours, readable, and with inks for the press."""

import re

import pytest
from scratch import SOURCES

from policing_summary import checks, content, leaflet, rendering, site, theme, tracing
from policing_summary.errors import ContentError
from policing_summary.formats import FORMATS
from policing_summary.model.brand import Brand
from policing_summary.press import deriving, inks

GREEN = {"deep": "#14452f", "tile": "#1f5f43", "bright": "#ffd24d", "own": "#7a1f5c"}
TEMPLATES = rendering.TEMPLATES

CONTRASTS = {
    "black on white is 21": ("#000000", "#ffffff", 21.0),
    "a colour on itself is 1": ("#777777", "#777777", 1.0),
    "the grey that WCAG’s notes name just passes": ("#767676", "#ffffff", 4.54),
    "and the next one does not": ("#777777", "#ffffff", 4.48),
}


@pytest.mark.parametrize(("one", "other", "expected"), CONTRASTS.values(), ids=CONTRASTS)
def test_contrast_is_that_of_wcag(one, other, expected):
    assert round(theme.contrast(one, other), 2) == expected
    assert theme.contrast(one, other) == theme.contrast(other, one)


@pytest.mark.parametrize("behind", ["#ffffff", "#eff3f6", "#121a22", "#16324f"])
@pytest.mark.parametrize("colour", ["#ff0000", "#ffd24d", "#00ff00", "#123456", "#777777"])
def test_the_nearest_colour_can_be_read_and_one_step_nearer_could_not(colour, behind):
    near = theme.reaching(colour, behind)
    assert theme.contrast(near, behind) >= theme.READABLE
    assert near == colour or theme.contrast(colour, behind) < theme.READABLE


def test_our_own_colours_can_be_read_everywhere():
    for token in ("deep", "own", "good", "bad"):
        for ground in ("#ffffff", theme.LIGHT["tint"]):
            assert theme.contrast(theme.LIGHT[token], ground) >= theme.READABLE
        for ground in (theme.DARK_PAPER, theme.DARK_TINT):
            assert theme.contrast(theme.DARK[token], ground) >= theme.READABLE


def test_a_site_without_a_brand_is_as_it_was():
    assert theme.of(Brand()).swaps == {}
    assert inks.branded(Brand(), TEMPLATES) == ""


TILES = {
    "made from a green": ({"deep": "#14452f"}, "#206043"),
    "made from black": ({"deep": "#000000"}, "#060606"),
    "chosen": (GREEN, GREEN["tile"]),
    "ours on our own ground": ({"bright": "#ffd24d"}, theme.LIGHT["tile"]),
}


@pytest.mark.parametrize(("colours", "tile"), TILES.values(), ids=TILES)
def test_tiles_go_with_the_ground_they_lie_on(colours, tile):
    brand = Brand.model_validate({"colours": colours})
    assert theme.of(brand).hero[0] == tile
    is_ours = tile == theme.LIGHT["tile"]
    assert ("--tile:" in inks.branded(brand, TEMPLATES)) != is_ours


@pytest.mark.parametrize("token", theme.LIGHT)
def test_our_colours_are_those_of_the_stylesheets(token):
    tokens = (TEMPLATES / "css/tokens.css").read_text("utf-8")
    assert f"--{token}: {theme.LIGHT[token]};" in tokens
    if token in theme.DARK:
        assert f"--{token}: {theme.DARK[token]};" in (TEMPLATES / "css/base.css").read_text("utf-8")


# A whole site


@pytest.fixture(scope="module")
def green(pristine, tmp_path_factory):
    """Our content of 2009/10 in other colours."""
    project = pristine.copy(tmp_path_factory.mktemp("green") / "project", SOURCES[:1])
    project.keep_edition("2009-10")
    path = project.root / "content/site.yaml"
    colours = "".join(f'    {token}: "{colour}"\n' for token, colour in GREEN.items())
    path.write_text(f"{path.read_text('utf-8')}\nbrand:\n  colours:\n{colours}", "utf-8")
    return content.load(project.root / "content")


@pytest.fixture(scope="module")
def sheets(green):
    return checks.run(green)[0]


def ours(text):
    """Colours of ours that the site has given up."""
    return [
        colour for token, colour in theme.LIGHT.items() if token in GREEN and colour in text.lower()
    ]


def test_no_file_of_the_site_has_our_colours_any_more(green, sheets):
    made = [site.Printed(sheet, (), tracing.trace(sheet)) for sheet in sheets]
    files = site.pages(green, made)
    texts = {
        path: data.decode()
        for path, data in files.items()
        if path.endswith((".html", ".css", ".svg", ".eml"))
    }
    assert {path: found for path, text in texts.items() if (found := ours(text))} == {}
    (stylesheet,) = (
        text for path, text in texts.items() if re.match(r"assets/site\.\w+\.css", path)
    )
    assert "--deep: #14452f;" in stylesheet
    assert GREEN["bright"] in files["2009-10/havering/map.svg"].decode()


@pytest.mark.parametrize("form", ["a5-booklet", "large-print", "easy-read"])
def test_no_leaflet_has_our_colours_any_more_and_each_colour_has_inks(sheets, form):
    (havering,) = (s for s in sheets if s.path == "2009-10/havering")
    document = leaflet.compose(havering, FORMATS[form])
    assert ours(document.html + document.styles) == []
    brand = havering.site.settings.brand
    printed = inks.inked(document, inks.palette(TEMPLATES, brand), TEMPLATES)
    assert "--deep: device-cmyk(.8 0 .7 .75)" in printed.styles
    assert not inks.HEX.search(printed.cover)


# What is told


def told(tmp_path, pristine, brand):
    project = pristine.copy(tmp_path / "project", SOURCES[:1])
    project.keep_edition("2009-10")
    path = project.root / "content/site.yaml"
    path.write_text(f"{path.read_text('utf-8')}\nbrand:\n{brand}", "utf-8")
    with pytest.raises(ContentError) as caught:
        checks.run(content.load(project.root / "content"))
    return [
        (problem.place.quote.strip(), problem.what, problem.way_out)
        for problem in caught.value.problems
    ]


MISTAKES = {
    "a light colour for headings": (
        '  colours:\n    deep: "#8fb8a0"\n',
        (
            "deep",
            "headings and links on white could not be read: the contrast is 2.2, and has to be 4.5",
            "the nearest colour that can be read is",
        ),
    ),
    "letters that are not light enough on a dark cover": (
        '  colours:\n    bright: "#1f4468"\n',
        (
            "bright",
            "what is brought out on covers could not be read",
            "the nearest colour that can be read is",
        ),
    ),
    "a dark colour on a dark screen": (
        '  dark:\n    own: "#7a1f5c"\n',
        ("own", "on a dark screen could not be read", "the nearest colour that can be read is"),
    ),
    "inks that are too light": (
        "  ink:\n    own: 0 40 40 0\n",
        ("own", "in print could not be read", "use more ink"),
    ),
    "too much ink": (
        "  ink:\n    deep: 100 80 70 60\n",
        ("100 80 70 60", "is too much ink: 4 inks, 310% in all", "at most 3 inks"),
    ),
    "inks that are none": (
        "  ink:\n    deep: dark blue\n",
        ("dark blue", "`dark blue` are not inks", "`95 55 0 70`"),
    ),
    "a colour by its name": (
        "  colours:\n    deep: navy\n",
        ("navy", "`navy` is not a colour", "in quotes"),
    ),
    "a colour without quotes": (
        "  colours:\n    deep: #14452f\n",
        ("deep", "what follows a `#` is a remark", "quot"),
    ),
    "a colour that there is not": (
        '  colours:\n    depe: "#14452f"\n',
        ("depe", "unknown key `depe`", "did you mean `deep`?"),
    ),
}


@pytest.mark.parametrize(("brand", "expected"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_in_a_colour_is_told_with_a_way_out(tmp_path, pristine, brand, expected):
    ((quote, what, way_out),) = told(tmp_path, pristine, brand)
    assert expected[0] in quote
    assert expected[1] in what
    assert expected[2] in way_out


# Inks

COLOURS = ["#14452f", "#7a1f5c", "#ffd24d", "#c00000", "#003087", "#ffffff", "#000000", "#808080"]


@pytest.mark.parametrize("letters", [False, True], ids=["areas", "letters"])
@pytest.mark.parametrize("colour", COLOURS)
def test_inks_keep_the_limits_of_the_press(colour, letters):
    made = deriving.of(colour, TEMPLATES, for_letters=letters)
    cyan, magenta, yellow, _ = made
    assert sum(made) <= 230
    assert 0 in (cyan, magenta, yellow)
    assert not letters or deriving.are_for_letters(made)


LIKE = {
    "white is paper": ("#ffffff", (0, 0, 0, 0)),
    "black is black alone": ("#000000", (0, 0, 0, 100)),
    "a grey is black alone": ("#808080", (0, 0, 0, 65)),
}


@pytest.mark.parametrize(("colour", "expected"), LIKE.values(), ids=LIKE)
def test_a_grey_is_printed_in_black_alone(colour, expected):
    assert deriving.of(colour, TEMPLATES, for_letters=False) == expected


LETTERS = {
    "black alone": ((0, 0, 0, 100), True),
    "one colour and a little black": ((100, 0, 0, 55), True),
    "two colours": ((95, 55, 0, 0), False),
    "nearly black beside a colour": ((0, 100, 10, 80), False),
}


@pytest.mark.parametrize(("made", "expected"), LETTERS.values(), ids=LETTERS)
def test_letters_are_not_set_in_inks_that_blur_them(made, expected):
    assert deriving.are_for_letters(made) is expected


@pytest.mark.parametrize("deep", ["#5a1730", "#14452f", "#2b2b52", "#000000", "#3a0d0d"])
def test_a_dark_colour_of_the_site_has_inks_that_preflight_lets_pass(deep):
    rules = inks.branded(Brand.model_validate({"colours": {"deep": deep}}), TEMPLATES)
    found = re.search(r"--deep-letters: device-cmyk\(([\d. ]+)\)", rules)
    made = tuple(round(100 * float(part)) for part in found[1].split())
    assert deriving.are_for_letters(made)


def test_inks_are_written_as_the_stylesheet_writes_them():
    assert deriving.css((95, 55, 0, 70)) == "device-cmyk(.95 .55 0 .7)"
    assert deriving.css((100, 0, 5, 0)) == "device-cmyk(1 0 .05 0)"
