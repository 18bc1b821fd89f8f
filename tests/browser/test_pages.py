"""Pages in a real Chromium, served below a path of another site: what only a browser can tell."""

from urllib.parse import urlsplit

import pytest
from visiting import needs_chromium

pytestmark = needs_chromium
PAGES = {
    "index": "",
    "edition": "2009-10/",
    "havering": "2009-10/havering/",
    "bromley": "2009-10/bromley/",
    "easy-read": "2009-10/havering/easy-read/",
    "polish": "2009-10/havering/pl/",
    "urdu": "2009-10/havering/ur/",
    "search": "search/",
    "postcodes": "postcodes/",
    "accessibility": "accessibility/",
}
NEWSLETTER = "2009-10/havering/newsletter.html"
every_page = pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
WIDTHS = [320, 768, 1280]
SCHEMES = ["light", "dark"]
both_schemes = pytest.mark.parametrize("scheme", SCHEMES)


# For everybody


AXE = [
    (path, width, scheme)
    for path in ("", "2009-10/havering/")
    for width in WIDTHS
    for scheme in SCHEMES
]
AXE += [("2009-10/", 320, "light"), ("2009-10/bromley/", 768, "dark")]
AXE += [(PAGES["easy-read"], 320, "dark"), (PAGES["easy-read"], 1280, "light")]
AXE += [(path, 320, "dark") for path in ("search/", "postcodes/", "accessibility/", "data/")]
AXE += [("2024-25/compare/", 320, "light"), ("2024-25/compare/", 1280, "dark")]
AXE += [("2024-25/measures/trust/", 1280, "light"), ("2024-25/measures/burglary/", 320, "dark")]
AXE += [(NEWSLETTER, width, scheme) for width in (320, 600) for scheme in SCHEMES]


@pytest.mark.parametrize(("path", "width", "scheme"), AXE)
def test_axe_finds_nothing(visit, axe, path, width, scheme):
    page = visit(path, width, color_scheme=scheme).page
    page.evaluate(axe)
    found = page.evaluate("axe.run(document, {rules: {'target-size': {enabled: true}}})")
    assert [told(each) for each in found["violations"]] == []
    assert len(found["passes"]) > 15


def told(violation) -> str:
    places = [node["html"][:120] for node in violation["nodes"]]
    return f"{violation['id']}: {violation['help']}, at {places}"


@every_page
def test_nothing_has_to_be_scrolled_sideways_on_a_small_phone(visit, path):
    page = visit(path, 320).page
    assert page.evaluate("document.scrollingElement.scrollWidth") == 320
    outside = """[...document.querySelectorAll('body *')].filter(each =>
        each.getBoundingClientRect().right > 320.5 && !each.closest('.table-scroll')
        ).map(each => each.outerHTML.slice(0, 80))"""
    assert page.evaluate(outside) == []


@every_page
def test_the_first_key_stroke_offers_to_skip_to_the_main_part(visit, path):
    page = visit(path, 320).page
    page.keyboard.press("Tab")
    focused = page.locator(":focus")
    assert focused.get_attribute("class") == "skip"
    box = focused.bounding_box()
    assert box["x"] >= 0
    assert box["y"] >= 0
    page.keyboard.press("Enter")
    page.wait_for_url("**#main")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main, footer') !== null")


FOCUS = """(() => {
    const tile = document.activeElement.querySelector('.tile');
    const style = getComputedStyle(tile ?? document.activeElement);
    return tile ? ['stroke', parseFloat(style.strokeWidth) * 1.5 + 'px']  // a unit is 1.5 px at least
        : [style.outlineStyle, style.outlineWidth];
})()"""


@pytest.mark.parametrize("path", ["", "2009-10/havering/"])
def test_whatever_has_the_focus_shows_it(visit, path):
    page = visit(path).page
    count = page.locator("a[href], [tabindex='0']").count()
    for _ in range(count):
        page.keyboard.press("Tab")
        style = page.evaluate(FOCUS)
        assert style[0] != "none"
        assert float(style[1].removesuffix("px")) >= 2


def test_a_table_that_is_too_wide_can_be_moved_by_keyboard(visit):
    page = visit("2009-10/bromley/", 320).page
    page.get_by_role("figure", name="Each measure").focus()
    focused = "document.activeElement"
    assert page.evaluate(f"{focused}.querySelector('table') !== null")
    page.evaluate(f"{focused}.style.width = '10rem'")
    page.keyboard.press("ArrowRight")
    for _ in range(50):  # the policy of the page forbids Playwright's own way of waiting
        if page.evaluate(f"{focused}.scrollLeft") > 0:
            break
        page.wait_for_timeout(50)
    assert page.evaluate(f"{focused}.scrollLeft") > 0


# For every browser


@every_page
def test_a_page_asks_only_its_own_site_and_complains_of_nothing(visit, address, path):
    seen = visit(path)
    seen.page.wait_for_load_state("networkidle")
    assert seen.troubles == []
    assert seen.asked[0] == address + path
    assert [each for each in seen.asked if not each.startswith((address, "data:"))] == []
    assert seen.page.context.cookies() == []
    assert seen.page.evaluate("localStorage.length + sessionStorage.length") == 0


@every_page
def test_a_page_is_set_in_its_own_letters(visit, path):
    page = visit(path).page
    page.evaluate("document.fonts.ready")
    loaded = "[...document.fonts].filter(f => f.status === 'loaded').map(f => f.family + f.weight)"
    faces = {each.replace('"', "") for each in page.evaluate(loaded)}
    assert {"Summary Sans400", "Summary Sans600", "Summary Serif600"} <= faces
    assert page.evaluate("[...document.fonts].filter(f => f.status === 'error').length") == 0


def test_a_reader_finds_the_way_from_the_index_to_the_leaflet_without_scripts(visit, address):
    seen = visit("", 320, java_script_enabled=False)
    seen.page.locator("#borough-list").get_by_role("link", name="Havering: 2009/10").click()
    assert seen.page.url == f"{address}2009-10/havering/index.html"
    seen.page.get_by_role("navigation", name="On this page").get_by_role(
        "link", name="Whom to call"
    ).click()
    assert seen.page.url.endswith("#contacts")
    assert seen.page.get_by_role("link", name="0300 123 1212").get_attribute("href") == (
        "tel:+443001231212"
    )
    with seen.page.expect_response("**/leaflet.pdf") as answer:
        seen.page.get_by_role("link", name="Leaflet to print").click()
    assert urlsplit(answer.value.url).path == "/police/summary/2009-10/havering/leaflet.pdf"
    assert answer.value.header_value("content-type") == "application/pdf"


def test_a_reader_finds_the_way_back_to_all_summaries(visit, address):
    page = visit("2009-10/bromley/", java_script_enabled=False).page
    page.get_by_role("link", name="2009/10").click()
    assert page.url == f"{address}2009-10/index.html"
    where = page.get_by_role("navigation", name="Where you are")
    where.get_by_role("link", name="All summaries").click()
    assert page.url == f"{address}index.html"


def test_without_scripts_nothing_is_missing(visit):
    with_scripts = visit("2009-10/havering/").page.inner_text("body")
    without = visit("2009-10/havering/", java_script_enabled=False).page
    assert without.locator("h2").count() == 12
    assert without.locator("body").inner_text() == with_scripts


@both_schemes
@pytest.mark.parametrize("width", [320, 600])
def test_the_newsletter_is_one_file_that_fits_a_phone(visit, address, width, scheme):
    seen = visit(NEWSLETTER, width, color_scheme=scheme)
    seen.page.wait_for_load_state("networkidle")
    assert seen.troubles == []
    assert [each for each in seen.asked if not each.startswith("data:")] == [address + NEWSLETTER]
    assert seen.page.evaluate("document.scrollingElement.scrollWidth") == width
    column = seen.page.locator(".column").bounding_box()
    assert column["width"] == pytest.approx(width - 16, abs=1)


def test_the_newsletter_is_dark_where_the_reader_wants_it(visit):
    shown = "getComputedStyle(document.querySelector('.column')).backgroundColor"
    colours = [visit(NEWSLETTER, color_scheme=each).page.evaluate(shown) for each in SCHEMES]
    assert colours == ["rgb(255, 255, 255)", "rgb(18, 26, 34)"]


# On paper and in the colours that a reader has chosen

LUMINANCE = """colour => {
    const [r, g, b, a = 1] = colour.match(/[\\d.]+/g).map(Number);
    const linear = [r, g, b].map(c => (c /= 255) <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return a === 0 ? null : 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
}"""


@both_schemes
@every_page
def test_on_paper_text_is_dark_on_white(visit, path, scheme):
    page = visit(path, color_scheme=scheme).page
    page.emulate_media(media="print", color_scheme=scheme)
    pale = f"""() => {{
        const luminance = {LUMINANCE};
        const isText = each => [...each.childNodes].some(n => n.nodeType === 3 && n.data.trim());
        const shown = [...document.querySelectorAll('body, body *')].filter(e => e.checkVisibility());
        const pale = shown.filter(e => isText(e) && !e.closest('svg'))
            .filter(e => luminance(getComputedStyle(e).color) > 0.18);
        const dark = shown.filter(e => (luminance(getComputedStyle(e).backgroundColor) ?? 1) < 0.9);
        return [...pale, ...dark].map(e => e.outerHTML.slice(0, 90));
    }}"""
    assert page.evaluate(pale) == []
    assert page.locator("h1").is_visible()
    assert not page.locator(".skip").is_visible()


@both_schemes
def test_the_chart_is_seen_in_the_colours_that_a_reader_has_chosen(visit, scheme):
    settings = {"forced_colors": "active", "color_scheme": scheme}
    page = visit("2009-10/havering/", **settings).page
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    fills = "[...document.querySelectorAll('.chart .bar, .chart text')].map(e => getComputedStyle(e).fill)"
    found = set(page.evaluate(fills))
    assert found
    assert paper not in found


@both_schemes
def test_the_bars_of_the_chart_stand_out(visit, scheme):
    page = visit("2009-10/havering/", color_scheme=scheme).page
    contrasts = f"""() => {{
        const luminance = {LUMINANCE};
        const paper = luminance(getComputedStyle(document.body).backgroundColor);
        return [...document.querySelectorAll('.chart .bar')].map(e => {{
            const fill = luminance(getComputedStyle(e).fill);
            return (Math.max(fill, paper) + 0.05) / (Math.min(fill, paper) + 0.05);
        }});
    }}"""
    found = page.evaluate(contrasts)
    assert len(found) == 8
    assert min(found) >= 3  # WCAG 1.4.11


@pytest.mark.parametrize("width", WIDTHS)
def test_words_in_the_chart_do_not_touch(visit, width):
    page = visit("2009-10/havering/", width).page
    touching = """() => {
        const boxes = [...document.querySelectorAll('.chart text')].map(e => [e.textContent, e.getBoundingClientRect()]);
        const meet = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 0
            && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 3;
        return boxes.flatMap(([name, a], i) => boxes.slice(i + 1).filter(([, b]) => meet(a, b)).map(([other]) => name + ' / ' + other));
    }"""
    assert page.evaluate(touching) == []
