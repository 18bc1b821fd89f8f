"""The facts of each edition: every figure, name, number and address, and every point, is on the page and
in the leaflet."""

import re
from pathlib import Path

import pytest
import tinyhtml5
import yaml
from pdf_reading import needs_poppler, reading_order
from scratch import Project

from policing_summary import checks, content

CASES = Path(__file__).parent / "cases"
ABOUT = {"2009-10": "havering", "2023-24": "havering", "2024-25": "bromley"}
FACTS = {
    edition: yaml.safe_load((CASES / f"facts-{edition}.yaml").read_text("utf-8"))
    for edition in ABOUT
}
PRINTED = ("2009-10", "2023-24")
EXACT = [
    (edition, section, words)
    for edition, sections in FACTS.items()
    for section, facts in sections.items()
    for words in facts["exact"]
]
POINTS = {
    f"{edition}, {section}, {name}": (edition, section, words)
    for edition, sections in FACTS.items()
    for section, facts in sections.items()
    for name, words in facts["points"].items()
}
EXACT_IN_PRINT = [each for each in EXACT if each[0] in PRINTED]
POINTS_IN_PRINT = {name: each for name, each in POINTS.items() if each[0] in PRINTED}


def squashed(text: str) -> str:
    """Without blanks and hyphens, which a line may add or take away, and small."""
    return re.sub(r"[\s\u00a0\u2060\u00ad-]", "", text).lower()


@pytest.fixture(scope="module")
def pages(built: Project) -> dict[str, dict[str, str]]:
    """The text of each section of the page of each edition."""
    return {edition: _page(built, f"{edition}/{borough}") for edition, borough in ABOUT.items()}


def _page(built: Project, path: str) -> dict[str, str]:
    html = (built.output / f"site/{path}/index.html").read_bytes()
    tree = tinyhtml5.parse(html, namespace_html_elements=False, override_encoding="utf-8")
    return {each.attrib["id"]: squashed("".join(each.itertext())) for each in tree.iter("section")}


@pytest.fixture(scope="module")
def leaflets(built: Project, pages) -> dict[str, dict[str, str]]:
    """The text of each section of the leaflet: they come in the same order as on the page."""
    return {each: _leaflet(built, f"{each}/{ABOUT[each]}", pages[each]) for each in PRINTED}


def _leaflet(built: Project, path: str, page: dict[str, str]) -> dict[str, str]:
    parts = reading_order(built.output / f"site/{path}/leaflet.pdf", "").split("\n\n")
    for index in range(len(parts) - 1, 1, -1):  # what goes on over a page has no heading there
        if not re.search(r"^H2\b", parts[index], re.MULTILINE):
            parts[index - 1] += f"\n{parts.pop(index)}"
    said = [
        re.sub(r"^(P|LI|T[HD]|H\d|Caption|Figure)\b", "", part, flags=re.MULTILINE)
        for part in parts
    ]
    assert len(said) == 1 + len(page)
    return dict(zip(page, map(squashed, said[1:]), strict=True))


@pytest.mark.parametrize("edition", ABOUT)
def test_the_facts_are_about_every_section(pages, edition):
    assert list(FACTS[edition]) == list(pages[edition])


@pytest.mark.parametrize(("edition", "section", "words"), EXACT, ids=str)
def test_a_fact_is_on_the_page(pages, edition, section, words):
    assert squashed(words) in pages[edition][section]


@needs_poppler
@pytest.mark.parametrize(("edition", "section", "words"), EXACT_IN_PRINT, ids=str)
def test_a_fact_is_in_the_leaflet(leaflets, edition, section, words):
    assert squashed(words) in leaflets[edition][section]


@pytest.mark.parametrize(("edition", "section", "words"), POINTS.values(), ids=POINTS)
def test_a_point_is_made_on_the_page(pages, edition, section, words):
    assert [word for word in words if squashed(word) not in pages[edition][section]] == []


@needs_poppler
@pytest.mark.parametrize(
    ("edition", "section", "words"), POINTS_IN_PRINT.values(), ids=POINTS_IN_PRINT
)
def test_a_point_is_made_in_the_leaflet(leaflets, edition, section, words):
    assert [word for word in words if squashed(word) not in leaflets[edition][section]] == []


ROSE_AND_FELL = {
    "burglary": "burglary",
    "robbery": "robbery",
    "theft of vehicles": "theft-of-vehicles",
    "shoplifting": "shoplifting",
    "violence with injury": "violence-with-injury",
}


def test_the_sentence_about_a_borough_says_which_way_its_figures_went(pristine):
    """In 2024/25 it is typed, and an import can turn a figure round."""
    sheets, _ = checks.run(content.load(pristine.root / "content"))
    told = [s for s in sheets if s.edition.slug == "2024-25" and s.borough.slug != "hillingdon"]
    assert len(told) == 31
    for sheet in told:
        sentence = (sheet.borough.head.summary or "").lower()
        fell, _, rose = sentence.partition(" fell in ")
        if " fell in " not in sentence:
            fell, rose = "", sentence
        wanted = {"down": fell, "up": rose}
        for words, measure in ROSE_AND_FELL.items():
            direction = sheet.figures.by_id[measure].direction
            named = {way for way, text in wanted.items() if words in text}
            assert named == ({direction} - {"level"}), (sheet.borough.slug, words)


def test_the_sum_of_serious_acquisitive_crime_is_worked_out_and_not_typed(pristine, pages):
    page = pages["2009-10"]
    typed = [path.read_text("utf-8") for path in (pristine.root / "content/2009-10").glob("*.yaml")]
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
