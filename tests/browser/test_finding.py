"""Finding and searching in a real Chromium: by name, on the map, by postcode, and without scripts."""

import gzip

import pytest
from playwright.sync_api import expect
from visiting import needs_chromium

pytestmark = needs_chromium
LATEST = "2024-25"  # where the start page leads


# By name


def test_the_filter_leaves_the_boroughs_whose_name_has_the_letters(visit):
    page = visit("").page
    page.get_by_label("Show boroughs whose name contains").fill("AND ")
    expect(page.locator("#filter-count")).to_have_text("4 of 33 boroughs")
    shown = page.locator("#borough-list li:visible .name")
    assert shown.all_inner_texts() == [
        "Barking and Dagenham",
        "Hammersmith and Fulham",
        "Kensington and Chelsea",
        "Wandsworth",
    ]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("haver", "1 of 33 boroughs"),
        ("", "33 boroughs"),
        ("xyz", "No borough has this in its name."),
    ],
)
def test_the_filter_says_how_many_boroughs_are_left(visit, typed, said):
    page = visit("").page
    page.get_by_label("Show boroughs whose name contains").press_sequentially(typed or " ")
    expect(page.locator("#filter-count")).to_have_text(said)


# On the map


def test_a_tile_leads_to_its_borough_by_keyboard_and_shows_its_whole_name(visit, address):
    page = visit("").page
    tile = page.locator(".find-map").get_by_role("link", name="Havering")
    tile.focus()
    expect(tile.locator(".tile-name")).to_have_css("opacity", "1")
    other = page.locator(".find-map").get_by_role("link", name="Bromley")
    expect(other.locator(".tile-name")).to_have_css("opacity", "0")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}{LATEST}/havering/index.html")


def test_the_map_and_the_list_lead_to_the_same_pages(visit):
    page = visit("").page
    hrefs = "links => links.map(each => each.getAttribute('href'))"
    on_map = page.locator(".find-map a").evaluate_all(hrefs)
    assert on_map == page.locator("#borough-list a.name").evaluate_all(hrefs)
    assert len(on_map) >= 2


def test_the_map_can_be_skipped(visit):
    page = visit("").page
    page.get_by_role("link", name="Skip the map").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "filter-words"


# By postcode


POSTCODES = {
    "RM1": "RM1 lies in: Havering",
    "rm13bd": "RM1 lies in: Havering",
    "BR1 1AA": "BR1 lies in: Bromley Lewisham",
    "EC1A": "EC1A lies in: City of London (no summary yet) Islington",
    "RM14": "RM14 lies in: Havering Part of it lies outside the area of this website.",
    "M1": "No borough here has addresses in M1.",
    "Romford": "This is not the beginning of a postcode. Write for example RM1.",
    "": "This is not the beginning of a postcode. Write for example RM1.",
}


@pytest.mark.parametrize(("typed", "said"), POSTCODES.items(), ids=list(POSTCODES))
def test_a_postcode_is_answered_in_place(visit, typed, said):
    seen = visit("")
    assert [url for url in seen.asked if "postcodes" in url] == []
    seen.page.get_by_label("By the first part of your postcode").fill(typed)
    seen.page.keyboard.press("Enter")
    answer = seen.page.locator("#postcode-answer")
    expect(answer).not_to_be_empty()
    assert " ".join(answer.inner_text().split()) == said
    assert seen.troubles == []


def test_without_scripts_the_postcode_leads_to_the_page_of_all_districts(visit, address):
    page = visit("", java_script_enabled=False).page
    assert page.locator("#filter").is_hidden()
    page.get_by_label("By the first part of your postcode").fill("RM1")
    page.get_by_role("button", name="Find").click()
    assert page.url == f"{address}postcodes/index.html?district=RM1"
    row = page.locator("dl div", has=page.get_by_text("RM1", exact=True))
    row.get_by_role("link", name="Havering").click()
    assert page.url == f"{address}{LATEST}/havering/index.html"


# Searching


def search(page, words: str) -> None:
    page.get_by_label("Words to look for").fill(words)
    page.get_by_role("button", name="Search").click()


def test_a_search_leads_into_the_page_and_to_the_leaflet(visit, address):
    seen = visit("search/")
    assert [url for url in seen.asked if "pagefind" in url] == []
    search(seen.page, "street by street resident")
    first = seen.page.locator("#search-results > li").first
    expect(first.get_by_role("link").first).to_have_text("Havering: Local Policing Summary 2009/10")
    assert "mark" in first.inner_html()
    assert first.get_by_role("link", name="Leaflet").get_attribute("href") == (
        f"{address}2009-10/havering/leaflet.pdf"
    )
    expect(seen.page.locator("#search-count")).to_contain_text("found")
    assert seen.page.locator("#listing").is_hidden()
    first.get_by_role("link").first.click()
    assert seen.page.url == f"{address}2009-10/havering/index.html"
    assert seen.troubles == []
    assert seen.page.workers == []
    assert [url for url in seen.asked if "worker" in url] == []


def test_a_search_finds_what_is_written_in_another_language(visit):
    page = visit("search/").page
    search(page, "przestępczość")
    expect(page.locator("#search-results")).to_contain_text("Lokalne")


def test_a_search_can_be_shared_as_an_address(visit):
    page = visit("search/?q=cookies").page
    expect(page.locator("#search-results")).to_contain_text("Privacy")
    assert page.get_by_label("Words to look for").input_value() == "cookies"


def test_a_search_for_nothing_that_is_there_says_so_and_lists_all_pages(visit):
    page = visit("search/").page
    search(page, "ϡϡϡϡ")
    expect(page.locator("#search-count")).to_have_text(
        "Nothing was found. Try other words, or fewer."
    )
    assert page.locator("#listing").is_visible()


def test_where_the_index_is_missing_the_list_of_pages_stays(visit, served):
    index = served / "police/summary/pagefind/pagefind.js"
    moved = index.rename(index.with_suffix(".away"))
    try:
        page = visit("search/").page
        search(page, "robbery")
        expect(page.locator("#search-count")).to_have_text(
            "Searching does not work here. All pages are listed below."
        )
        assert page.locator("#listing").is_visible()
    finally:
        moved.rename(index)


def test_without_scripts_the_search_page_lists_every_page(visit):
    page = visit("search/", java_script_enabled=False).page
    assert page.locator("#search-form").is_hidden()
    assert page.get_by_text("Searching needs JavaScript").is_visible()
    page.locator("#listing").get_by_role("link", name="Havering").first.click()
    assert page.url.endswith(f"{LATEST}/havering/index.html")


# From a folder, and within its policy


def test_a_folder_that_is_opened_without_a_server_shows_everything(browser, served):
    page = browser.new_page()
    broken = []
    page.on("requestfailed", lambda each: broken.append(each.url))
    page.goto((served / "police/summary/index.html").as_uri())
    assert page.evaluate("getComputedStyle(document.querySelector('.hero')).color") == (
        "rgb(255, 255, 255)"
    )
    page.locator("#borough-list").get_by_role("link", name="Havering", exact=True).click()
    assert page.locator("h1").inner_text() == "Havering"
    loaded = "[...document.fonts].filter(each => each.status === 'loaded').length"
    assert page.evaluate(f"document.fonts.ready.then(() => {loaded})") >= 3
    # a module and what is loaded ahead of time are not to be had from a folder
    assert [url for url in broken if not url.endswith((".js", ".woff2"))] == []
    page.close()


def test_the_policy_stops_a_script_and_a_style_that_stand_in_a_page(visit):
    page = visit("2009-10/havering/").page
    page.evaluate("""() => {
        const script = Object.assign(document.createElement('script'), {textContent: 'window.ran = true'});
        document.body.append(script);
        document.querySelector('h1').setAttribute('style', 'color: rgb(1, 2, 3)');
    }""")
    assert page.evaluate("window.ran") is None
    colour = "getComputedStyle(document.querySelector('h1')).color"
    assert page.evaluate(colour) != "rgb(1, 2, 3)"


@pytest.mark.parametrize("path", ["", "2009-10/havering/"])
def test_a_first_visit_weighs_less_than_100_kb_without_pictures(visit, served, path):
    seen = visit(path)
    seen.page.wait_for_load_state("networkidle")
    pictures = (".png", ".svg", ".ico")
    files = {url.partition("/police/")[2] for url in seen.asked if not url.endswith(pictures)}
    weights = {}
    for name in files:
        data = (
            served / "police" / (f"{name}index.html" if name.endswith("/") else name)
        ).read_bytes()
        weights[name] = len(data if name.endswith(".woff2") else gzip.compress(data, 6))
    assert sum(weights.values()) < 100_000, weights
