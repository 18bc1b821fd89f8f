"""The facts of 2009/10: every figure, name, number and address, and every point, is on the page and
in the leaflet."""

import re
from pathlib import Path

import pytest
import tinyhtml5
import yaml
from pdf_reading import needs_poppler, reading_order
from scratch import Project

FACTS = yaml.safe_load((Path(__file__).parent / "cases/facts-2009-10.yaml").read_text("utf-8"))
EXACT = [(section, words) for section, facts in FACTS.items() for words in facts["exact"]]
POINTS = {
    f"{section}, {name}": (section, words)
    for section, facts in FACTS.items()
    for name, words in facts["points"].items()
}


def squashed(text: str) -> str:
    """Without blanks and hyphens, which a line may add or take away, and small."""
    return re.sub(r"[\s\u00a0\u2060\u00ad-]", "", text).lower()


@pytest.fixture(scope="module")
def page(built: Project) -> dict[str, str]:
    """The text of each section of the page."""
    html = (built.output / "site/2009-10/havering/index.html").read_bytes()
    tree = tinyhtml5.parse(html, namespace_html_elements=False, override_encoding="utf-8")
    return {each.attrib["id"]: squashed("".join(each.itertext())) for each in tree.iter("section")}


@pytest.fixture(scope="module")
def leaflet(built: Project, page) -> dict[str, str]:
    """The text of each section of the leaflet: they come in the same order as on the page."""
    parts = reading_order(built.output / "site/2009-10/havering/leaflet.pdf", "").split("\n\n")
    said = [
        re.sub(r"^(P|LI|T[HD]|H\d|Caption|Figure)\b", "", part, flags=re.MULTILINE)
        for part in parts
    ]
    assert len(said) == 1 + len(page)
    return dict(zip(page, map(squashed, said[1:]), strict=True))


def test_the_facts_are_about_every_section(page):
    assert list(FACTS) == list(page)


@pytest.mark.parametrize(("section", "words"), EXACT, ids=str)
def test_a_fact_is_on_the_page(page, section, words):
    assert squashed(words) in page[section]


@needs_poppler
@pytest.mark.parametrize(("section", "words"), EXACT, ids=str)
def test_a_fact_is_in_the_leaflet(leaflet, section, words):
    assert squashed(words) in leaflet[section]


@pytest.mark.parametrize(("section", "words"), POINTS.values(), ids=POINTS)
def test_a_point_is_made_on_the_page(page, section, words):
    assert [word for word in words if squashed(word) not in page[section]] == []


@needs_poppler
@pytest.mark.parametrize(("section", "words"), POINTS.values(), ids=POINTS)
def test_a_point_is_made_in_the_leaflet(leaflet, section, words):
    assert [word for word in words if squashed(word) not in leaflet[section]] == []


def test_the_sum_of_serious_acquisitive_crime_is_worked_out_and_not_typed(pristine, page):
    typed = [path.read_text("utf-8") for path in (pristine.root / "content").rglob("*.yaml")]
    assert [text for text in typed if "294" in text] == []
    assert "−294" in page["performance"]
    assert "fellby294offences" in page["commander"]


LENGTHS = {"foreword": 260, "mission": 300, "commander": 190, "partnership": 190}


@pytest.mark.parametrize(("section", "length"), LENGTHS.items(), ids=LENGTHS)
def test_a_text_is_about_as_long_as_the_original(built: Project, section, length):
    html = (built.output / "site/2009-10/havering/index.html").read_text("utf-8")
    part = html.partition(f'<section id="{section}"')[2].partition("</section>")[0]
    count = len(re.sub(r"<[^>]*>", " ", part).split())
    assert 0.8 * length < count < 1.3 * length
