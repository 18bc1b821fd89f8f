"""Colours into inks: every token has them, every place is found, and what is left over is named."""

import base64
import re
from dataclasses import replace

import pytest

from policing_summary import charts, drawings, formats, leaflet, pictures, rendering, svg
from policing_summary.document import Document, Piece
from policing_summary.errors import BuildError
from policing_summary.press import inks

PALETTE = inks.palette(rendering.TEMPLATES)
DEEP = "device-cmyk(.95 .55 0 .7)"
PLAIN = Document(
    title="Havering 2009/10",
    language="en-GB",
    direction="ltr",
    head="<title>Havering</title>",
    body_class="a5-booklet",
    cover="<div></div>",
    contents="",
    pieces=(Piece("foreword", "<p>Words</p>"),),
    imprint="<p></p>",
    styles="p { color: var(--ink); }",
    format=formats.DEFAULT,
    files=(),
    families=(),
)


def inked(**parts):
    return inks.inked(replace(PLAIN, **parts), PALETTE, rendering.TEMPLATES)


def numbers(ink):
    return [float(part) for part in re.findall(r"[\d.]+", ink)]


TOKENS = dict(inks.DECLARED.findall((rendering.TEMPLATES / inks.TOKENS).read_text("utf-8")))
GIVEN = dict(inks.DECLARED.findall(PALETTE.stylesheet))


@pytest.mark.parametrize("name", [name for name, value in TOKENS.items() if value[0] == "#"])
def test_every_colour_of_the_screen_has_its_inks(name):
    given = numbers(GIVEN[name])
    assert len(given) == 4
    assert sum(ink > 0 for ink in given) <= 3
    assert 100 * sum(given) <= 230


@pytest.mark.parametrize("name", GIVEN)
def test_colours_of_letters_have_two_inks_or_two_and_yellow(name):
    """A colour that has inks of its own for letters is not used for them."""
    cyan, magenta, _, black = numbers(GIVEN[name])
    letters = f"{name}-letters" in GIVEN
    is_field = name == "tile"
    assert letters or is_field or sum(ink > 0 for ink in (cyan, magenta, black)) <= 2
    assert (
        letters or black < 0.6 or cyan == magenta == 0
    )  # else it would be a black of several inks


def test_text_is_black_or_a_tint_of_it():
    assert numbers(GIVEN["ink"]) == [0, 0, 0, 1]
    assert numbers(GIVEN["quiet"])[:3] == [0, 0, 0]


DRAWN = {
    "svg": [svg.INK, svg.QUIET, svg.AXIS, svg.PAPER, svg.GOOD, svg.BAD, svg.PLAIN, svg.DEEP, svg.OWN],
    "charts": [colour for colour, _ in charts.COLOURS.values()],
    "covers": [*leaflet.COVER_COLOURS],
    "monograms": [*pictures.STAND_IN],
}  # fmt: skip


@pytest.mark.parametrize("colours", DRAWN.values(), ids=DRAWN)
def test_drawings_use_the_colours_of_the_stylesheet_alone(colours):
    assert set(colours) <= set(PALETTE.inks)


def address(drawing):
    return f"data:image/svg+xml;base64,{base64.b64encode(drawing.encode()).decode()}"


DRAWING = '<svg viewBox="0 0 9 9"><path fill="#16324f" stroke="#FFF" d="M0 0h9v9z"/></svg>'
SWAPPED = (
    f'<svg fill="device-cmyk(0 0 0 1)" viewBox="0 0 9 9"><path fill="{DEEP}" '
    'stroke="device-cmyk(0 0 0 0)" d="M0 0h9v9z"/></svg>'
)
PLACES = {
    "a stylesheet": ({"styles": "p { border: 1pt solid #16324f }"}, f"border: 1pt solid {DEEP}"),
    "short and in capitals": ({"styles": "p { color: #FFF }"}, "color: device-cmyk(0 0 0 0)"),
    "a style attribute": (
        {"cover": '<p style="color: #16324f">x</p>'},
        f'<p style="color: {DEEP}">x</p>',
    ),
    "a drawing": ({"imprint": DRAWING}, SWAPPED),
    "a drawing of a section": ({"pieces": (Piece("plan", DRAWING),)}, SWAPPED),
    "a drawing in an address": (
        {"pieces": (Piece("plan", f'<img src="{address(DRAWING)}">'),)},
        f'<img src="{address(SWAPPED)}">',
    ),
    "a drawing behind a page": (
        {"styles": f'.cover {{ background-image: url("{address(DRAWING)}") }}'},
        address(SWAPPED),
    ),
    "letters that have inks of their own": (
        {"styles": "h3 { color: var(--deep); background-color: var(--deep) }"},
        "h3 { color: var(--deep-letters); background-color: var(--deep) }",
    ),
}


@pytest.mark.parametrize(("parts", "expected"), PLACES.values(), ids=PLACES)
def test_a_colour_gets_its_inks_wherever_it_stands(parts, expected):
    done = inked(**parts)
    assert expected in f"{done.head}{done.html}{done.styles}"
    assert done.styles.endswith(PALETTE.stylesheet)


LEFT = {
    "a colour that is no token": (
        {"styles": "p { color: #123456 }"},
        "`#123456` in `color: #123456`, in the document's own styles",
    ),
    "a colour by its name": (
        {"styles": "p { border-bottom: 1pt dotted tomato; }"},
        "`tomato` in `border-bottom: 1pt dotted tomato`",
    ),
    "a colour as a function": (
        {"styles": "p { background: rgb(1, 2, 3); }"},
        "`rgb()` in `background: rgb(1, 2, 3)`",
    ),
    "a colour in a variable": (
        {"styles": ":root { --new: #abcdef; }"},
        "`#abcdef` in `--new: #abc",
    ),
    "an attribute of a drawing": (
        {"imprint": '<svg><path fill="black" d=""/></svg>'},
        '`black` in `<path fill="black">`, in a drawing',
    ),
    "a drawing in an address": (
        {"cover": f'<img src="{address(DRAWING.replace("#16324f", "#16324e"))}">'},
        '`#16324e` in `<path fill="#16324e">`, in a drawing',
    ),
    "a style attribute": (
        {"cover": '<p style="color: red">x</p>'},
        "`red` in `color: red`",
    ),
}


@pytest.mark.parametrize(("parts", "told"), LEFT.values(), ids=LEFT)
def test_a_colour_without_inks_is_named_with_where_it_stands(parts, told):
    with pytest.raises(BuildError, match="colours without inks") as caught:
        inked(**parts)
    assert told in str(caught.value)
    assert "templates/css/press.css" in str(caught.value)


def test_all_colours_without_inks_are_told_at_once():
    with pytest.raises(BuildError) as caught:
        inked(styles="p { color: #123456; border: 1pt solid navy; }", cover='<svg fill="pink"/>')
    told = str(caught.value)
    assert [word in told for word in ("`#123456`", "`navy`", "`pink`")] == [True] * 3


def test_the_line_of_a_stylesheet_is_told(tmp_path):
    (tmp_path / "css").mkdir()
    for name in (inks.TOKENS, inks.INKS):
        (tmp_path / name).write_text((rendering.TEMPLATES / name).read_text("utf-8"), "utf-8")
    (tmp_path / "css" / "leaflet.css").write_text("p { margin: 0 }\n.new { color: #123456; }\n")
    document = replace(PLAIN, styles=".new { color: #123456; }")
    with pytest.raises(BuildError, match=r"templates/css/leaflet\.css:2"):
        inks.inked(document, PALETTE, tmp_path)


NO_COLOURS = {
    "words that are also colours": {"pieces": (Piece("plan", "<p>Red tape, and a gold medal.</p>"),)},
    "properties that are no colours": {"styles": "p { font-family: Linen; animation-name: red; }"},
    "what stands for another colour": {"styles": "p { color: inherit; fill: currentColor; }"},
    "an id with digits": {"cover": '<a href="#123456">x</a><i id="abcdef"></i>'},
    "no colour at all": {"imprint": '<svg fill="none"><path stroke="transparent"/></svg>'},
}  # fmt: skip


@pytest.mark.parametrize("parts", NO_COLOURS.values(), ids=NO_COLOURS)
def test_what_is_no_colour_is_let_through(parts):
    inked(**parts)


def broken(tmp_path, tokens, press):
    (tmp_path / "css").mkdir()
    (tmp_path / inks.TOKENS).write_text(tokens)
    (tmp_path / inks.INKS).write_text(press)
    return inks.palette(tmp_path)


def test_a_token_without_inks_is_told(tmp_path):
    with pytest.raises(BuildError, match=r"press\.css has no inks for `--new`"):
        broken(tmp_path, ":root { --new: #123456; }", ":root { --old: device-cmyk(0 0 0 1); }")


def test_two_tokens_of_one_colour_with_different_inks_are_told(tmp_path):
    with pytest.raises(BuildError, match="`--b` a colour that another token has too"):
        broken(
            tmp_path,
            ":root { --a: #123456; --b: #123456; }",
            ":root { --a: device-cmyk(0 0 0 1); --b: device-cmyk(1 0 0 1); }",
        )


def test_drawings_of_the_map_are_swapped_whole():
    art = drawings.tile_map({}, "havering", leaflet.COVER_COLOURS)
    assert "#" not in inked(cover=art).cover
