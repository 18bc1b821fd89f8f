"""Charts in a real Chromium: a made-up edition with months, targets and enough boroughs to compare."""

from collections.abc import Iterator
from importlib.resources import files
from itertools import product

import pytest
from conftest import SMALL_SITE
from playwright.sync_api import Browser, Page, sync_playwright

from policing_summary import checks, content, environment, site, system, tracing
from policing_summary.document import Leaflet
from policing_summary.formats import DEFAULT

CHROMIUM = system.find_program(system.read_table()["tool"]["Chromium"]["names"])
pytestmark = pytest.mark.skipif(
    CHROMIUM is None and not environment.in_ci(),
    reason="looking at pages needs Chromium: python3 build.py test says how to get it",
)
WIDTHS, SCHEMES = [320, 768, 1280], ["light", "dark"]
both_schemes = pytest.mark.parametrize("scheme", SCHEMES)
every_width = pytest.mark.parametrize("width", WIDTHS)

NAMES = [
    *("Kensington and Chelsea", "Hammersmith and Fulham", "Richmond upon Thames"),
    *("Barking and Dagenham", "Camden", "Barnet", "Brent"),
]
MEASURES = ["residential-burglary", "robbery", "theft-from-vehicles", "gun-crime"]


def borough(number: int) -> str:
    """Round numbers that nobody will take for statistics; each borough stands elsewhere."""
    rows = []
    for index, measure in enumerate(MEASURES):
        unit = [1000, 10, 100, 10][index]
        before = [unit * (10 + month % 4) for month in range(12)]
        now = [unit * (5 + 2 * ((number + index) % 7) + month % 5) for month in range(12)]
        rows.append(
            f"    - {{measure: {measure}, before: {sum(before)}, now: {sum(now)}, "
            f"target: -{10 * (index + 1)}%, months: {before + now}}}\n"
        )
    return (
        "performance:\n  period: April 2009 to March 2010\n  from-month: 2008-04\n  measures:\n"
        + "".join(rows)
        + f"    - {{measure: public-confidence, now: {50 + number}%, target: 53%}}\n"
    )


@pytest.fixture(scope="module")
def pages(tmp_path_factory) -> dict[str, str]:
    """Where the page of each borough lies."""
    root = tmp_path_factory.mktemp("charts")
    slugs = {name.lower().replace(" ", "-"): name for name in NAMES}
    entries = "".join(f"  {s}: {{name: {n}, code: E09000001}}\n" for s, n in slugs.items())
    written = {
        "site.yaml": SMALL_SITE["site.yaml"].partition("boroughs:")[0] + f"boroughs:\n{entries}",
        "2009-10/edition.yaml": SMALL_SITE["2009-10/edition.yaml"],
    }
    written |= {f"2009-10/{slug}.yaml": borough(n) for n, slug in enumerate(slugs)}
    for path, text in written.items():
        (root / "content" / path).parent.mkdir(parents=True, exist_ok=True)
        (root / "content" / path).write_text(text, encoding="utf-8")
    read = content.load(root / "content")
    sheets, _ = checks.run(read)
    leaflet = Leaflet(b"%PDF-1.7", 8)
    printed = [site.Printed(sheet, ((DEFAULT, leaflet),), tracing.trace(sheet)) for sheet in sheets]
    for path, data in site.pages(read, printed).items():
        (root / "site" / path).parent.mkdir(parents=True, exist_ok=True)
        (root / "site" / path).write_bytes(data)
    return {slug: (root / "site/2009-10" / slug / "index.html").as_uri() for slug in slugs}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        flags = ["--no-sandbox"] if system.is_root() else []
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield started
        started.close()


@pytest.fixture
def look(browser, pages, request):
    """Opens a borough's page with every table behind a drawing unfolded."""

    def go(width: int = 1280, slug: str = "kensington-and-chelsea", **settings) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 800}, **settings)
        request.addfinalizer(context.close)
        page = context.new_page()
        page.goto(pages[slug], wait_until="load")
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        return page

    return go


def test_the_page_has_every_kind_of_chart_and_says_what_each_shows(look):
    page = look()
    titles = page.locator("svg.chart[role=img] > title").all_text_contents()
    assert len(titles) == page.locator("svg.chart").count()
    kinds = [title.split(" of ")[0] for title in titles]
    assert kinds == ["Bar chart"] + ["Column chart"] * 4 + ["Strip"] * 5
    assert page.get_by_role("img", name="Column chart of Robbery by month").count() == 1


@pytest.mark.parametrize(("width", "scheme"), list(product(WIDTHS, SCHEMES)))
def test_axe_finds_nothing(look, width, scheme):
    page = look(width, color_scheme=scheme)
    page.evaluate((files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {rules: {'target-size': {enabled: true}}})")
    assert [(each["id"], each["nodes"][0]["html"][:120]) for each in found["violations"]] == []


@every_width
def test_nothing_has_to_be_scrolled_sideways_but_tables(look, width):
    page = look(width)
    assert page.evaluate("document.scrollingElement.scrollWidth") == width


@pytest.mark.parametrize(
    ("width", "slug"), list(product(WIDTHS, ["kensington-and-chelsea", "brent"]))
)
def test_words_keep_apart_and_inside_their_drawing(look, width, slug):
    page = look(width, slug)
    page.evaluate("document.fonts.ready")
    wrong = """() => [...document.querySelectorAll('svg.chart')].flatMap(svg => {
        const frame = svg.getBoundingClientRect();
        const texts = [...svg.querySelectorAll('text')].map(e => [e.textContent, e.getBoundingClientRect()]);
        const meet = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 0
            && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 3;
        const out = texts.filter(([, a]) => a.left < frame.left - 1 || a.right > frame.right + 1 || a.bottom > frame.bottom + 1);
        const pairs = texts.flatMap(([name, a], i) => texts.slice(i + 1).filter(([, b]) => meet(a, b)).map(([other]) => name + ' / ' + other));
        return [...out.map(([name]) => name), ...pairs];
    })"""
    assert page.evaluate(wrong) == []


@every_width
def test_words_are_large_enough_to_read(look, width):
    page = look(width)
    heights = """() => [...document.querySelectorAll('svg.chart')].map(svg =>
        svg.getBoundingClientRect().width / svg.viewBox.baseVal.width * svg.getAttribute('font-size'))"""
    assert min(page.evaluate(heights)) >= 11.5


def test_printed_words_are_six_points_or_more(look):
    page = look(680)  # A4 within its margins
    page.emulate_media(media="print")
    points = """() => [...document.querySelectorAll('svg.chart')].map(svg => 0.75 *
        svg.getBoundingClientRect().width / svg.viewBox.baseVal.width * svg.getAttribute('font-size'))"""
    assert min(page.evaluate(points)) >= 6


MARKS = ".bar, .target, .column, .peers, .here, .middle, .axis"


@both_schemes
def test_every_mark_and_word_is_seen_in_the_colours_that_a_reader_has_chosen(look, scheme):
    page = look(forced_colors="active", color_scheme=scheme)
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    ink = page.evaluate("getComputedStyle(document.body).color")
    words = "[...new Set([...document.querySelectorAll('.chart text')].map(e => getComputedStyle(e).fill))]"
    assert page.evaluate(words) == [ink]
    unseen = f"""paper => [...document.querySelectorAll('.chart')].flatMap(svg => [...svg.querySelectorAll('{MARKS}')])
        .filter(e => ['fill', 'stroke'].every(kind => [paper, 'none'].includes(getComputedStyle(e)[kind])))
        .map(e => e.outerHTML.slice(0, 90))"""
    assert page.evaluate(unseen, paper) == []


CONTRAST = """() => {
    const luminance = colour => {
        const [r, g, b] = colour.match(/[\\d.]+/g).map(Number);
        const linear = [r, g, b].map(c => (c /= 255) <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
    };
    const paper = luminance(getComputedStyle(document.body).backgroundColor);
    const against = colour => colour === 'none' ? 0
        : (Math.max(luminance(colour), paper) + 0.05) / (Math.min(luminance(colour), paper) + 0.05);
    return [...document.querySelectorAll('MARKS')].map(e =>
        Math.max(against(getComputedStyle(e).fill), against(getComputedStyle(e).stroke)));
}"""


@both_schemes
def test_every_mark_stands_out_from_the_paper(look, scheme):
    page = look(color_scheme=scheme)
    marks = ", ".join(f".chart {each}" for each in MARKS.split(", "))
    found = page.evaluate(CONTRAST.replace("MARKS", marks))
    assert len(found) > 100
    assert min(found) >= 3  # WCAG 1.4.11


def test_the_table_behind_a_drawing_has_its_numbers(look):
    page = look()
    months = page.get_by_role("table", name="Offences in each month")
    assert months.get_by_role("row").count() == 1 + 24
    cells = months.get_by_role("row", name="April 2008").get_by_role("cell").all_inner_texts()
    assert cells == ["10,000", "100", "1,000", "100"]
    boroughs = page.get_by_role("table", name="Kensington and Chelsea and the lowest")
    cells = boroughs.get_by_role("row", name="Public confidence").get_by_role("cell")
    assert cells.all_inner_texts() == [
        *("50.0%", "50.0% (Kensington and Chelsea)", "53.0%", "56.0% (Brent)")
    ]
