"""Easy read: short sentences with a picture each, on a page of their own."""

import base64
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import tinyhtml5

from policing_summary import (
    checks,
    content,
    easyread,
    leaflet,
    site,
    tracing,
    typesetting,
)
from policing_summary.formats import FORMATS
from policing_summary.model.base import DRAWINGS

TEMPLATES = Path(__file__).parents[1] / "templates"
TOKENS = (TEMPLATES / "css" / "tokens.css").read_text("utf-8")
SVG = "{http://www.w3.org/2000/svg}"

# The drawings


def test_every_drawing_that_can_be_named_is_there_and_no_other():
    assert {path.stem for path in (TEMPLATES / "pictures").glob("*.svg")} == set(DRAWINGS)
    assert len(DRAWINGS) > 30


@pytest.mark.parametrize("name", sorted(DRAWINGS))
def test_a_drawing_is_flat_small_and_in_our_colours(name):
    data = (TEMPLATES / "pictures" / f"{name}.svg").read_text("utf-8")
    assert len(data) < 2500
    colours = set(re.findall(r"#[0-9a-fA-F]+", data))
    assert {each for each in colours if f"{each};" not in TOKENS} == set()
    root = ET.fromstring(data)
    assert root.get("viewBox") == "0 0 120 120"
    assert {e.tag.removeprefix(SVG) for e in root.iter()} <= {"svg", "rect", "circle", "path"}
    for (
        shape
    ) in root:  # without a fill or a stroke of its own a shape would be black, and RGB on paper
        assert shape.get("fill") or shape.get("stroke"), ET.tostring(shape)


# The chapters

WRITTEN = """\
commander:
  from: {name: A B, role: Borough Commander}
  body: A long message.
  easy-read:
    - {text: "There were **{{ robbery.fewer }}** fewer robberies.", picture: robbery}
    - {text: It was a hard year., picture: images/year.png}
initiatives:
  items:
    - {title: Street a Week, body: We visit every street.}
performance:
  period: a year
  measures:
    - {measure: robbery, change: -6}
  easy-read: {text: We did well., picture: good}
contacts:
  - {name: Crimestoppers, phone: 0800 555 111, purpose: Say what you know}
  - {name: In an emergency, phone: "999"}
  - {name: On the web, web: www.example.org}
"""
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR42mP4DwABAQEAG7buVgAAAABJRU5ErkJggg=="
)


@pytest.fixture
def chapters(sheets_of):
    def tell(havering: str = WRITTEN):
        _, sheets = sheets_of({"2009-10/havering.yaml": havering, "2009-10/images/year.png": PIXEL})
        return easyread.chapters(sheets["havering"], "page", lambda p: f"p/{p.name}", TEMPLATES)

    return tell


def parsed(html: str):
    return tinyhtml5.parse(html, namespace_html_elements=False)


def ideas(html: str) -> list[tuple[str, str]]:
    """The picture and the words of each."""
    found = (e for e in parsed(html).iter("li") if "idea" in e.get("class"))
    return [(e.find("img").get("src"), " ".join(" ".join(e.itertext()).split())) for e in found]


def test_it_says_what_it_is_about_then_each_section_that_is_written_and_whom_to_call_last(chapters):
    told = chapters()
    assert [(each.name, each.title) for each in told] == [
        ("start", "What this is about"),
        ("commander", "From your borough commander"),
        ("performance", "How we did"),
        ("contacts", "Whom to call"),
    ]
    assert ideas(told[0].html)[0] == (
        "p/police-officer.svg",
        "This is about the police in Havering.",
    )


def test_each_sentence_stands_beside_its_picture_with_figures_filled_in(chapters):
    commander = chapters()[1].html
    assert ideas(commander) == [
        ("p/robbery.svg", "There were 6 fewer robberies."),
        ("p/year.png", "It was a hard year."),
    ]
    assert "<strong>6</strong>" in commander
    assert ideas(chapters()[2].html) == [("p/good.svg", "We did well.")]


def test_whom_to_call_comes_with_the_urgent_number_first(chapters):
    assert ideas(chapters()[-1].html) == [
        ("p/phone.svg", "In an emergency 999"),
        ("p/phone.svg", "Crimestoppers Say what you know 0800 555 111"),
        ("p/computer.svg", "On the web www.example.org"),
    ]


def test_a_picture_says_what_the_sentence_says_and_is_silent_to_a_voice(chapters):
    for chapter in chapters():
        assert {img.get("alt") for img in parsed(chapter.html).iter("img")} == {""}


def test_without_easy_sentences_there_is_nothing(chapters):
    assert chapters(re.sub(r"(?m)^  easy-read:.*\n(?:    .*\n)*", "", WRITTEN)) == []


def test_a_borough_with_its_own_contacts_keeps_the_shared_sentences_about_them(sheets_of):
    shared = "contacts:\n  list:\n    - {name: B, phone: 101}\n  easy-read: {text: Call us., picture: phone}\n"
    own = "contacts: {keep-shared: yes, list: [{name: A, phone: 0800 555 111}]}\n"
    head = "title: S\nlabel: 2009/10\nperiod: April 2009 to March 2010\n"
    _, sheets = sheets_of({"2009-10/edition.yaml": head + shared, "2009-10/havering.yaml": own})
    told = easyread.chapters(sheets["havering"], "page", lambda p: p.name, TEMPLATES)
    assert [words for _, words in ideas(told[-1].html)] == [
        "Call us.",
        "B 101",
        "A 0800 555 111",
    ]


def test_a_figure_that_nothing_stands_behind_is_told(sheets_of):
    typed = WRITTEN.replace("We did well.", "There were 7 fewer robberies.")
    files = {"2009-10/havering.yaml": typed, "2009-10/images/year.png": PIXEL}
    _, sheets = sheets_of(files)
    (told,) = tracing.trace(sheets["havering"]).untraced
    assert told.what == "no figure stands behind `7`"
    assert (
        told.place.line
        == typed.splitlines().index(
            "  easy-read: {text: There were 7 fewer robberies., picture: good}"
        )
        + 1
    )


# What is written for 2009/10


@pytest.fixture(scope="module")
def real(pristine):
    sheets, _ = checks.run(content.load(pristine.root / "content"))
    wanted = {"2009-10/havering", "2009-10/bromley"}
    return {sheet.borough.slug: sheet for sheet in sheets if sheet.path in wanted}


def test_every_section_of_havering_has_easy_sentences_and_no_figure_is_typed(real):
    parts = real["havering"].borough.parts
    written = {part.name: part.section.easy_read for part in parts}
    assert [name for name, easy in written.items() if not easy and name != "contacts"] == []
    texts = [each.text for easy in written.values() for each in easy]
    assert len(texts) > 50
    typed = " ".join(re.sub(r"\{\{.*?\}\}|\b0\d[\d ]+", "", text) for text in texts)
    assert re.findall(r"\d+ \w+", typed) == ["2 years", "3 years"]


def test_the_page_is_offered_where_there_is_one(real, sheets_of):
    read, sheets = sheets_of({})
    printed = [site.Printed(each, (), tracing.trace(each)) for each in sheets.values()]
    files = site.pages(read, printed)
    assert [path for path in files if "easy-read" in path or "pictures" in path] == []
    assert b"Easy read" not in files["2009-10/havering/index.html"]


# The leaflet

EASY = FORMATS["easy-read"]


@pytest.fixture(scope="module")
def laid(real):
    return typesetting.lay_out(leaflet.compose(real["havering"], EASY))


def test_the_leaflet_fits_as_it_is_on_as_many_pages_as_it_takes(laid):
    assert 10 < len(laid.rendered.pages) < 30
    assert laid.fit.is_natural
    assert laid.fit.refusals == ()
    assert laid.warnings == ()


def test_nothing_is_set_smaller_than_readers_need(laid):
    """Sentences in 18 point; the small print and the folios in 13."""
    sizes = set()
    for page in laid.rendered.pages:
        for box in page._page_box.descendants():
            if type(box).__name__ == "TextBox" and box.text.strip():
                sizes.add(round(box.style["font_size"] * 0.75, 1))
                assert box.style["hyphens"] != "auto"
    assert min(sizes) >= 13
    assert 18 in sizes


def test_an_idea_is_never_divided_and_a_heading_keeps_three_of_them(laid):
    pages = [elements_of(page) for page in laid.rendered.pages]
    ideas = [id(each) for page in pages for each in page if each.tag == "li"]
    assert len(ideas) > 60
    assert len(ideas) == len(set(ideas))
    for page in pages:
        tags = "".join("h" if each.tag == "h2" else "i" for each in page)
        assert all(len(below) >= 3 for below in tags.split("h")[1:])
        assert tags != "i"


def elements_of(page) -> list:
    """The headings and ideas that stand on a page, each once."""
    found = {}
    for box in page._page_box.descendants():
        if box.element is not None and box.element_tag in {"h2", "li"}:
            found.setdefault(id(box.element), box.element)
    return list(found.values())


def test_a_picture_stands_left_of_its_sentence_and_is_no_figure_of_its_own(real):
    html = leaflet.compose(real["havering"], EASY).html
    assert "<img" not in html
    assert html.count('class="idea-picture"') == html.count('class="idea-words"')


def test_it_leads_to_its_own_page(real):
    document = leaflet.compose(real["havering"], EASY)
    assert 'href="https://summary.example.org/2009-10/havering/easy-read/"' in document.imprint
    assert 'aria-labelledby="contacts-title"' in document.pieces[-1].html


def test_a_telephone_number_in_a_sentence_stays_on_one_line(laid):
    lines = [line for page in laid.rendered.pages for line in texts_of(page)]
    assert [line for line in lines if "020 7202 0063" in line.replace("\N{NO-BREAK SPACE}", " ")]


def texts_of(page) -> list[str]:
    return [
        "".join(b.text for b in box.descendants() if type(b).__name__ == "TextBox")
        for box in page._page_box.descendants()
        if type(box).__name__ == "LineBox"
    ]
