"""Stylesheets turned round for leaflets that run from right to left."""

import pytest

from policing_summary import typefaces
from policing_summary.mirroring import mirrored

TURNED = {
    "p { float: left; margin-left: 3mm }": "p { float: right; margin-right: 3mm }",
    "p { text-align: right; right: 0; left: auto }": "p { text-align: left; left: 0; right: auto }",
    "p { margin: 1mm 2mm 3mm 4mm }": "p { margin: 1mm 4mm 3mm 2mm }",
    "p { padding: 0 2mm calc(var(--air) * 1mm) 0 }": "p { padding: 0 0 calc(var(--air) * 1mm) 2mm }",
    "p { margin: 1mm 2mm }": "p { margin: 1mm 2mm }",
    "p { margin: 1mm 2mm 3mm }": "p { margin: 1mm 2mm 3mm }",
    "@page :left { @top-left { content: none } }": "@page :right { @top-right { content: none } }",
    "p { border-left: 1pt solid } /* at the left */": "p { border-right: 1pt solid } ",
    ".copyright, .left-over { color: red }": ".copyright, .left-over { color: red }",
}


@pytest.mark.parametrize(("css", "turned"), TURNED.items())
def test_the_sides_are_exchanged(css, turned):
    assert mirrored(css).strip("\n") == turned


@pytest.mark.parametrize("css", TURNED)
def test_twice_turned_is_as_it_was(css):
    bare = css.partition(" /*")[0].strip()
    assert mirrored(mirrored(css)).strip() == bare


def test_the_items_of_a_grid_are_told_their_columns_from_the_right():
    css = mirrored(".a, .b > ul { display: grid; grid-template-columns: 1fr repeat(2, 2fr); }")
    for selector in (".a", ".b > ul"):
        assert (
            f"{selector} {{ grid-template-columns: 2fr 2fr 1fr; grid-auto-flow: row dense; }}"
            in css
        )
        for item, column in ((1, 3), (2, 2), (3, 1)):
            assert f"{selector} > :nth-child(3n+{item}) {{ grid-column: {column}; }}" in css


def test_lines_stand_further_apart_where_letters_are_taller():
    css = "p { line-height: 1.2rem; font: 600 2rem/2.2rem var(--serif); font-size: 1rem; }"
    taller = typefaces.spaced(css, "Arab")
    assert "line-height: 1.44rem" in taller
    assert "font: 600 2rem/2.64rem" in taller
    assert "font-size: 1rem" in taller
    assert typefaces.spaced(css, "Latn") == css
