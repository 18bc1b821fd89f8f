"""The same ways through the site in a real Firefox."""

import io

import pikepdf
import pytest
from firefox import QUIET, Browser, needs_firefox

pytestmark = needs_firefox
LATEST = "2024-25"  # where the start page leads
BURGLARY = "2024-25/measures/burglary/index.html"
TEXT = "document.querySelector({!r}).textContent.trim().replace(/\\s+/g, ' ')"


@pytest.fixture
def page(firefox, address, request):
    """Opens a page of the site in a tab of its own."""

    def go(path: str, width: int = 1280):
        window = firefox.window()
        request.addfinalizer(lambda: firefox.ask("browsingContext.close", context=window.context))
        window.open(address + path, width)
        return window

    return go


def test_my_borough_is_found_by_its_name(page, address):
    window = page("index.html")
    window.type("#filter-words", "haver")
    window.until(TEXT.format("#filter-count"), "1 of 33 boroughs")
    window.press("Tab", "Enter")
    window.until("location.href", f"{address}{LATEST}/havering/index.html")
    assert window.js(TEXT.format("h1")) == "Havering"


def test_my_borough_is_found_on_the_map(page, address):
    window = page("index.html")
    window.click(f".find-map a[href='{LATEST}/bromley/index.html'] .tile")
    window.until("location.href", f"{address}{LATEST}/bromley/index.html")


def test_my_borough_is_found_by_its_postcode(page, address):
    window = page("index.html")
    window.type("input[name=district]", "rm13bd")
    window.press("Enter")
    said = "document.querySelector('#postcode-answer').innerText.trim().replace(/\\s+/g, ' ')"
    window.until(said, "RM1 lies in: Havering")
    window.click("#postcode-answer a")
    window.until("location.href", f"{address}{LATEST}/havering/index.html")


def test_a_reader_goes_to_another_edition(page, address):
    window = page(f"{LATEST}/havering/index.html")
    window.click(".other-editions a[href*='2009-10']")
    window.until("location.href", f"{address}2009-10/havering/index.html")


def test_a_heading_sorts_its_table(page):
    window = page(BURGLARY)
    window.click("#boroughs thead th:last-child button")
    window.until(TEXT.format("#sort-status"), "Sorted by In percent, lowest first")
    values = window.js(
        "[...document.querySelectorAll('#boroughs td:last-child')].map(e => e.dataset.value ?? '')"
    )
    numbers = [float(each) for each in values if each]
    assert numbers == sorted(numbers)
    assert len(numbers) == 31


def test_a_search_finds_what_stands_in_a_page(page):
    window = page("search/index.html")
    window.type("#words", "street by street resident")
    window.press("Enter")
    window.until(
        "document.querySelector('#search-results a')?.textContent",
        "Havering: Local Policing Summary 2009/10",
    )


def test_the_keyboard_alone_leads_past_what_every_page_repeats(page):
    window = page("2009-10/havering/index.html")
    window.press("Tab")
    assert window.js("document.activeElement.textContent") == "Skip to the main part"
    window.press("Enter")
    window.until("document.activeElement.id", "main")
    outline = "getComputedStyle(document.activeElement).outlineStyle"
    for _ in range(12):
        window.press("Tab")
        assert window.js("document.querySelector('#main').contains(document.activeElement)")
        assert window.js(outline) != "none"


def test_without_scripts_every_borough_can_be_reached(address, served):
    browser = Browser(QUIET | {"javascript.enabled": False})
    try:
        window = browser.window()
        window.open(f"{address}index.html")
        tree = browser.ask(
            "browsingContext.locateNodes",
            context=window.context,
            locator={"type": "css", "value": "#borough-list a.name"},
        )
        assert len(tree["nodes"]) == 32
        hidden = browser.ask(
            "browsingContext.locateNodes",
            context=window.context,
            locator={"type": "css", "value": "#filter:not([hidden])"},
        )
        assert hidden["nodes"] == []
    finally:
        browser.close()


def test_on_paper_a_summary_is_a_few_pages_of_a4(page):
    with pikepdf.open(io.BytesIO(page("2009-10/havering/index.html").printed())) as pdf:
        assert 4 <= len(pdf.pages) <= 12
        box = [float(each) for each in pdf.pages[0].mediabox]
    assert (round(box[2]), round(box[3])) in {(595, 842), (596, 842)}


@pytest.mark.parametrize("width", [320, 1280])
def test_in_urdu_the_page_runs_from_the_right(page, width):
    window = page("2009-10/havering/ur/index.html", width)
    assert window.js("getComputedStyle(document.documentElement).direction") == "rtl"
    cells = "[...document.querySelector('.figures tbody tr').cells].map(e => e.getBoundingClientRect().x)"
    places = window.js(cells)
    assert places == sorted(places, reverse=True)
    assert window.js("document.documentElement.scrollWidth <= innerWidth")
    assert (
        window.js("document.fonts.ready.then(f => [...f].filter(e => e.status === 'error').length)")
        == 0
    )


@pytest.mark.parametrize("path", ["index.html", BURGLARY, "2009-10/havering/index.html"])
def test_nothing_has_to_be_scrolled_sideways_on_a_small_phone(page, path):
    assert page(path, 320).js("document.documentElement.scrollWidth <= innerWidth")
