"""Markdown → HTML: what is printed, and what stays text.

What is told about a text is in cases/mistakes/prose.md.
"""

from dataclasses import replace
from decimal import Decimal

import pytest

from policing_summary import prose
from policing_summary.figures import Figure
from policing_summary.language import LANGUAGES
from policing_summary.model.files import MeasureEntry
from policing_summary.references import FigureSet
from policing_summary.wording import Words

FIGURES = FigureSet(
    {
        "robbery": Figure(
            "robbery", MeasureEntry(name="Robbery"), now=Decimal(1880), change=Decimal(-361)
        )
    }
)

PRINTED = {
    "paragraphs": ("One.\n\nTwo.", "<p>One.</p>\n<p>Two.</p>"),
    "emphasis": (
        "**Community** _Engagement_",
        "<p><strong>Community</strong> <em>Engagement</em></p>",
    ),
    "lists": ("- one\n- two", "<ul>\n<li>one</li>\n<li>two</li>\n</ul>"),
    "a link": (
        "[us](https://www.mpa.gov.uk/a?b=c&d)",
        '<p><a href="https://www.mpa.gov.uk/a?b=c&amp;d">us</a></p>',
    ),
    "an e-mail address": ("[us](mailto:a@b.uk)", '<p><a href="mailto:a@b.uk">us</a></p>'),
    "a phone number": ("[us](tel:101)", '<p><a href="tel:101">us</a></p>'),
    "typewriter quotation marks": ('"It\'s" -- well...', "<p>“It’s” – well…</p>"),
    "right to left": ("مرحبا **بكم**", "<p>مرحبا <strong>بكم</strong></p>"),
    "a figure": ("by {{ robbery.change }}.", "<p>by −361.</p>"),
    "a figure in bold": ("**{{robbery.change}}**", "<p><strong>−361</strong></p>"),
    "a figure that begins a paragraph, which is no list": (
        "{{ robbery.now }}. So many.",
        "<p>1,880. So many.</p>",
    ),
    "a figure with a line break inside": ("{{ robbery.\nnow }}", "<p>1,880</p>"),
    "markup": (
        "<script>alert(1)</script> <b>x</b>",
        "<p>&lt;script&gt;alert(1)&lt;/script&gt; &lt;b&gt;x&lt;/b&gt;</p>",
    ),
    "markup on lines of its own": ("<div>\nx\n</div>", "<p>&lt;div&gt;\nx\n&lt;/div&gt;</p>"),
    "a remark in markup": ("<!-- x -->", "<p>&lt;!-- x --&gt;</p>"),
    "an entity": ("&lt;b&gt; &amp; &copy;", "<p>&lt;b&gt; &amp; ©</p>"),
    "a heading": ("# One", "<p># One</p>"),
    "a heading underlined": ("One\n===", "<p>One\n===</p>"),
    "indented lines": ("    one", "<p>one</p>"),
}


@pytest.mark.parametrize(("typed", "expected"), PRINTED.values(), ids=PRINTED)
def test_a_text_is_printed_safely(typed, expected):
    assert prose.render(typed, FIGURES).strip() == expected


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("en-GB", "“it’s ‘so’”"),
        ("pl", "„it’s «so»”"),
        ("ur", "”it’s ’so‘“"),
        ("cy", "“it’s ‘so’”"),
    ],
)
def test_quotation_marks_are_those_of_the_language(tag, expected):
    told = replace(FIGURES, words=Words(LANGUAGES[tag]))
    assert prose.render_inline("\"it's 'so'\"", told) == expected


UNSAFE = [
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](data:text/html;base64,x)",
    "[x](vbscript:x)",
    "[x](file:///etc/passwd)",
    "[x](//evil.example)",
    "[x](/etc/passwd)",
    "[x](../x.html)",
    "<javascript:alert(1)>",
    "[x][y]\n\n[y]: javascript:alert(1)",
    "![x](https://evil.example/x.png)",
    '[x](https://a.b "onmouseover=alert(1)")',
    '<a href="https://a.b" onclick="x">x</a>',
]


@pytest.mark.parametrize("typed", UNSAFE)
def test_no_address_and_no_markup_gets_through_that_readers_must_not_follow(typed):
    html = prose.render(typed, FIGURES).lower()
    assert 'href="j' not in html
    for attribute in ("javascript:", "data:", "vbscript:", "file:", "/", ".."):
        assert f'href="{attribute}' not in html
    for tag in ("<img", "<script", "<a onclick", '<a href="https://a.b" onclick'):
        assert tag not in html


TOLD = [typed for typed in UNSAFE if "https://a.b" not in typed]


@pytest.mark.parametrize("typed", TOLD)
def test_what_does_not_become_a_link_or_a_picture_is_told(typed):
    assert list(prose.mistakes(typed, FIGURES))


FINE = [
    "[x](https://www.mpa.gov.uk)",
    "<https://www.mpa.gov.uk>",
    "[x](mailto:a@b.uk)",
    "(see page 2)",
]
FINE += [
    "a #1 place",
    "No. 5 - and more",
    "1. one\n2. two",
    "f(x)[1] costs",
    "*so*",
    "<b>x</b>",
    "",
]


@pytest.mark.parametrize("typed", FINE)
def test_nothing_is_told_about_a_text_that_is_printed_as_it_is_meant(typed):
    assert list(prose.mistakes(typed, FIGURES)) == []


def test_one_line_has_no_paragraph_around_it():
    assert prose.render_inline("**x** {{ robbery.change }}", FIGURES) == "<strong>x</strong> −361"


TELEPHONES = {
    "a number of London": ("Call 020 7202 0202.", "Call 020\xa07202\xa00202."),
    "a number for free": ("Call 0800 555 111 now", "Call 0800\xa0555\xa0111 now"),
    "no number": ("In 2009 100 people and 1,020 500 others", None),
}


@pytest.mark.parametrize(("typed", "expected"), TELEPHONES.values(), ids=TELEPHONES)
def test_a_telephone_number_stays_on_one_line(typed, expected):
    assert prose.render_inline(typed, FIGURES) == (expected or typed)
