"""An editor's hour in a real Chromium: break, see, mend, add a borough, rename it, change a template."""

import os
import re
from collections.abc import Iterator

import pytest
from conftest import SMALL_SITE
from playwright.sync_api import Browser, Page, expect, sync_playwright
from previewing import BROMLEY, HAVERING, SITE, Previewed, eventually, previewed
from visiting import CHROMIUM, needs_chromium

from policing_summary import system

pytestmark = needs_chromium
expect.set_options(timeout=20_000)  # only as long as nothing comes
FILE = "content/2009-10/havering.yaml"
PAGE = "/2009-10/havering/"
PADDED = HAVERING.replace("    Robbery rose", "    First.\n\n" * 12 + "    Robbery rose")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        flags = ["--no-sandbox"] if system.is_root() else []
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield started
        started.close()


@pytest.fixture(scope="module")
def hour(bench, tmp_path_factory) -> Iterator[Previewed]:
    """One preview for the whole hour; each test leaves the files as it found them."""
    parts = ("templates", "policing_summary", "requirements.lock")
    project = bench.copy(tmp_path_factory.mktemp("hour") / "project", parts)
    with previewed(project, files=SITE | {"2009-10/havering.yaml": PADDED}) as started:
        eventually(lambda: started.state()["page"]["is_there"])
        yield started


@pytest.fixture(autouse=True)
def as_before(hour) -> Iterator[None]:
    """The files as they were, whatever a test left behind."""
    yield
    for path, text in (SITE | {"2009-10/havering.yaml": PADDED}).items():
        if (hour.project.root / "content" / path).read_text("utf-8") != text:
            hour.write(path, text)


@pytest.fixture
def visit(chromium, hour, request):
    """Opens a page of the preview, and complains of whatever goes wrong in it."""

    def go(path: str, **settings) -> Page:
        context = chromium.new_context(viewport={"width": 1280, "height": 800}, **settings)
        context.set_default_timeout(20_000)
        page = context.new_page()
        troubles: list[str] = []
        page.on("pageerror", lambda each: troubles.append(str(each)))
        page.on("console", lambda each: each.type == "error" and troubles.append(each.text))

        def close() -> None:
            context.close()
            assert [each for each in troubles if "404" not in each] == []

        request.addfinalizer(close)
        with page.expect_event("websocket"):
            page.goto(hour.address + path)
        eventually(lambda: page.evaluate("window.LiveReload?.connector?.protocol >= 7"))
        return page

    return go


def sheet(page: Page):
    return page.get_by_role("region", name="Problems")


def test_a_saved_sentence_reaches_the_page_without_a_reload(hour, visit):
    page = visit(PAGE)
    page.evaluate(
        "window.isTheSame = true; document.querySelector('#links .preview-edit a').focus({preventScroll: true})"
    )
    page.evaluate("window.scrollTo({top: document.body.scrollHeight / 3, behavior: 'instant'})")
    before = page.evaluate("Math.round(scrollY)")
    assert before > 50
    hour.edit(FILE, "Robbery rose by", "Robbery grew by")
    expect(page.locator("#commander")).to_contain_text("Robbery grew by +6 offences.")
    assert page.evaluate("window.isTheSame") is True
    assert abs(page.evaluate("Math.round(scrollY)") - before) < 3
    assert page.evaluate("document.activeElement.closest('section')?.id") == "links"
    hour.edit(FILE, "Robbery grew by", "Robbery rose by")
    expect(page.locator("#commander")).to_contain_text("Robbery rose by")


def test_a_mistake_is_told_over_the_page_which_stays_and_goes_when_it_is_mended(hour, visit):
    page = visit(PAGE)
    expect(sheet(page)).to_be_hidden()
    hour.edit(FILE, "target: -2%", "target: many")
    hour.edit(FILE, "robbery.change", "robery.change")
    problems = sheet(page).get_by_role("listitem")
    expect(problems).to_have_count(2)
    line = PADDED.splitlines().index("      target: -2%") + 1
    first = problems.first
    expect(first.locator("mark")).to_have_text("many")
    place = first.get_by_role("link", name=f"{FILE}:{line}:15")
    at = f"{hour.project.root}/{FILE}:{line}:15"
    expect(place).to_have_attribute("href", f"vscode://file{at}")
    form = first.get_by_role("link", name="Change it in a form")
    expect(form).to_have_attribute("href", re.compile(r"^/edit/2009-10/havering\?line=\d+$"))
    expect(first.locator(".way-out")).not_to_be_empty()
    expect(page.locator("#commander")).to_contain_text("Robbery rose by +6 offences.")
    hour.edit(FILE, "target: many", "target: -2%")
    expect(problems).to_have_count(1)
    expect(problems.first).to_contain_text("robery")
    hour.edit(FILE, "robery.change", "robbery.change")
    expect(sheet(page)).to_be_hidden()
    expect(page.get_by_role("status")).to_have_text("Mended. The page is up to date.")


def test_the_sheet_can_be_hidden_and_comes_back_for_a_new_mistake(hour, visit):
    page = visit(PAGE)
    hour.edit(FILE, "target: -2%", "target: many")
    expect(sheet(page)).to_be_visible()
    page.get_by_role("button", name="Hide").focus()
    page.keyboard.press("Escape")
    expect(sheet(page)).to_be_hidden()
    chip = page.get_by_role("button", name="1 problem")
    expect(chip).to_be_focused()
    page.keyboard.press("Enter")
    expect(sheet(page)).to_be_visible()
    page.keyboard.press("Enter")
    expect(sheet(page)).to_be_hidden()
    hour.edit(FILE, "before: 326", "before: some")
    expect(sheet(page)).to_be_visible()
    hour.write("2009-10/havering.yaml", PADDED)
    expect(sheet(page)).to_be_hidden()


def test_a_page_opened_while_something_is_wrong_says_so(hour, visit):
    hour.edit(FILE, "target: -2%", "target: many")
    eventually(lambda: not hour.state()["is_good"])
    page = visit(PAGE)
    expect(sheet(page).get_by_role("listitem")).to_have_count(1)
    expect(page.locator("#commander")).to_contain_text("Robbery rose by")
    hour.edit(FILE, "target: many", "target: -2%")
    expect(sheet(page)).to_be_hidden()


def test_a_form_is_saved_and_the_page_follows(hour, visit, chromium):
    page = visit(PAGE)
    context = chromium.new_context(java_script_enabled=False)
    form = context.new_page()
    form.goto(f"{hour.address}/edit/2009-10/havering")
    form.get_by_label("Name (needed)").first.fill("Anna Bee")
    form.get_by_role("button", name="Save", exact=True).click()
    expect(form.get_by_role("status")).to_contain_text("Saved.")
    expect(page.locator("#commander")).to_contain_text("Anna Bee")
    assert "from: {name: Anna Bee, role:" in (hour.project.root / FILE).read_text("utf-8")
    context.close()


def test_a_section_leads_to_its_place_in_the_form(hour, visit):
    page = visit(PAGE)
    page.locator("#commander").get_by_role("link", name="in a form").focus()
    page.keyboard.press("Enter")
    expect(page.locator(":target")).to_have_attribute("id", "g-commander")
    expect(page.locator(":target")).to_be_in_viewport()


def test_an_editor_that_saves_by_renaming_is_followed(hour, visit):
    page = visit(PAGE)
    path = hour.project.root / FILE
    beside = path.with_name(".havering.yaml.swp")
    beside.write_text(PADDED.replace("Robbery rose", "Robbery climbed"), encoding="utf-8")
    beside.replace(path)
    expect(page.locator("#commander")).to_contain_text("Robbery climbed")
    hour.write("2009-10/havering.yaml", PADDED)
    expect(page.locator("#commander")).to_contain_text("Robbery rose")


def test_a_file_that_is_half_saved_for_a_moment_breaks_nothing(hour, visit):
    page = visit(PAGE)
    said = len(hour.lines)
    path = hour.project.root / FILE
    changed = PADDED.replace("Robbery rose", "Robbery went up").encode()
    with path.open("wb") as file:
        for start in range(0, len(changed), len(changed) // 3):
            file.write(changed[start : start + len(changed) // 3])
            file.flush()
            os.fsync(file.fileno())
            page.wait_for_timeout(30)
    expect(page.locator("#commander")).to_contain_text("Robbery went up")
    expect(sheet(page)).to_be_hidden()
    assert [each for each in hour.lines[said:] if "error" in each] == []
    hour.write("2009-10/havering.yaml", PADDED)
    expect(page.locator("#commander")).to_contain_text("Robbery rose")


def test_a_new_borough_is_added_renamed_and_deleted(hour, visit):
    home = visit("/2009-10/")
    links = home.get_by_role("link", name="Barnet")
    expect(links).to_have_count(0)
    site = SMALL_SITE["site.yaml"] + "  barnet: {name: Barnet, code: E09000003}\n"
    hour.write("site.yaml", site)
    hour.write("2009-10/barnet.yaml", BROMLEY.replace("Bromley", "Barnet"))
    expect(links.first).to_be_visible()
    page = visit("/2009-10/barnet/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Barnet")
    # Renamed: first the file, which is a mistake, then the list.
    folder = hour.project.root / "content" / "2009-10"
    (folder / "barnet.yaml").rename(folder / "chipping-barnet.yaml")
    expect(sheet(page)).to_contain_text("site.yaml lists no borough chipping-barnet")
    expect(page.get_by_role("heading", level=1)).to_have_text("Barnet")
    hour.write(
        "site.yaml",
        site.replace("  barnet: {name: Barnet", "  chipping-barnet: {name: Chipping Barnet"),
    )
    expect(page.get_by_role("heading", level=1)).to_have_text("There is no page at this address")
    page.get_by_role("link", name="2009-10/chipping-barnet").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Chipping Barnet")
    (folder / "chipping-barnet.yaml").unlink()
    hour.write("site.yaml", SMALL_SITE["site.yaml"])
    expect(page.get_by_role("heading", level=1)).to_have_text("There is no page at this address")
    expect(home.get_by_role("link", name="Chipping Barnet")).to_have_count(0)


def test_a_template_and_a_stylesheet_are_followed(hour, visit):
    page = visit(PAGE)
    page.evaluate("window.isTheSame = true")
    template = "templates/sections/links.html"
    good = (hour.project.root / template).read_text("utf-8")
    hour.project.write(
        template, good.replace("</section>", "<p class='more'>More words.</p></section>")
    )
    expect(page.locator("#links .more")).to_have_text("More words.")
    hour.project.write(template, good.replace("</section>", "{% if %}</section>"))
    expect(sheet(page).locator(".place")).to_contain_text(f"{template}:")
    hour.project.write(template, good)
    expect(sheet(page)).to_be_hidden()
    expect(page.locator("#links .more")).to_have_count(0)
    css = "templates/css/screen.css"
    before = (hour.project.root / css).read_text("utf-8")
    hour.project.write(css, before + "\nh1 { letter-spacing: 7px; }\n")
    expect(page.get_by_role("heading", level=1)).to_have_css("letter-spacing", "7px")
    assert page.locator("head link[rel=stylesheet]:not([data-preview])").count() == 1
    hour.project.write(css, before)
    expect(page.get_by_role("heading", level=1)).not_to_have_css("letter-spacing", "7px")
    assert page.evaluate("window.isTheSame") is True


def test_fifty_saves_in_a_burst_end_with_the_last(hour, visit):
    page = visit(PAGE)
    before = hour.state()["number"]
    for number in range(1, 51):
        hour.write(
            "2009-10/havering.yaml", PADDED.replace("Robbery rose", f"Save {number}: robbery rose")
        )
        page.wait_for_timeout(8)
    expect(page.locator("#commander")).to_contain_text("Save 50: robbery rose")
    assert hour.state()["number"] - before < 50
    assert hour.state()["is_good"]
    hour.write("2009-10/havering.yaml", PADDED)
    expect(page.locator("#commander")).not_to_contain_text("Save")


def test_a_page_is_never_missing_while_it_is_made_anew(hour):
    for number in range(5):
        hour.write(
            "2009-10/havering.yaml", PADDED.replace("Robbery rose", f"{number} robbery rose")
        )
        for _ in range(6):
            status, words = hour.ask(PAGE)
            assert status == 200
            assert words.rstrip().endswith("</html>")
            (styles,) = {
                each.split('"')[0] for each in words.split('href="')[1:] if "assets/site." in each
            }
            assert hour.ask(f"/{styles.removeprefix('../../')}")[0] == 200
    hour.write("2009-10/havering.yaml", PADDED)


def test_each_section_has_a_link_to_its_file_that_follows_it(hour, visit):
    page = visit(PAGE)
    form = page.locator("#commander").get_by_role("link", name="in a form")
    expect(form).to_have_attribute("href", re.compile("^/edit/2009-10/havering"))
    link = page.locator("#commander").get_by_role("link", name="in your editor")
    line = PADDED.splitlines().index("commander:") + 1
    at = f"vscode://file{hour.project.root}/{FILE}"
    expect(link).to_have_attribute("href", f"{at}:{line}:1")
    expect(page.locator(".preview-edit")).to_have_count(3)
    hour.edit(FILE, "performance:", "# A remark.\nperformance:")
    expect(link).to_have_attribute("href", f"{at}:{line + 1}:1")
    hour.write("2009-10/havering.yaml", PADDED)
    expect(link).to_have_attribute("href", f"{at}:{line}:1")


def test_a_draft_is_marked_on_its_page_and_where_it_is_linked(hour, visit):
    hour.write("2009-10/bromley.yaml", BROMLEY + "draft: yes\n")
    eventually(lambda: "preview-draft" in hour.ask("/2009-10/bromley/")[1])
    page = visit("/2009-10/bromley/")
    expect(page.locator(".preview-draft")).to_contain_text("a build leaves it out")
    page = visit("/2009-10/")
    expect(page.locator("a[data-preview-draft]").first).to_contain_text("Bromley")
    hour.write("2009-10/bromley.yaml", BROMLEY)
    expect(page.locator("a[data-preview-draft]")).to_have_count(0)


# Page and leaflet side by side


def test_the_leaflet_stands_beside_the_page_and_follows(hour, visit):
    page = visit(f"/_preview/#{PAGE}")
    expect(page.frame_locator("#page").get_by_role("heading", level=1)).to_have_text("Havering")
    leaf = page.get_by_role("img", name="Page 1 of")
    expect(leaf).to_have_js_property("complete", value=True)
    eventually(lambda: page.evaluate("document.querySelector('.spread img')?.naturalWidth > 100"))
    first = leaf.get_attribute("src")
    expect(page.locator("#state")).to_contain_text("Up to date")
    page.locator("#spreads").evaluate("box => { box.scrollTop = 150 }")
    hour.edit(FILE, "Robbery rose by", "Robbery soared by")
    expect(page.frame_locator("#page").locator("#commander")).to_contain_text("Robbery soared")
    expect(leaf).not_to_have_attribute("src", first)
    assert page.locator("#spreads").evaluate("box => box.scrollTop") == 150
    page.get_by_role("combobox", name="Leaflet").select_option("a5-booklet")
    expect(page.locator("#refused")).to_contain_text("the A5 booklet is not made")
    expect(page.locator("#refused .place").first).to_contain_text("content/2009-10/")
    hour.write("2009-10/havering.yaml", PADDED)


def test_a_mistake_lies_over_both_and_the_leaflet_stays(hour, visit):
    page = visit(f"/_preview/#{PAGE}")
    eventually(lambda: page.evaluate("document.querySelector('.spread img')?.naturalWidth > 100"))
    hour.edit(FILE, "target: -2%", "target: many")
    expect(sheet(page)).to_be_visible()
    expect(page.frame_locator("#page").get_by_role("region", name="Problems")).to_have_count(0)
    assert page.locator(".spread img").first.evaluate("leaf => leaf.naturalWidth") > 100
    hour.edit(FILE, "target: many", "target: -2%")
    expect(sheet(page)).to_be_hidden()


def test_a_page_without_a_leaflet_says_so(visit):
    page = visit("/_preview/#/")
    expect(page.locator("#state")).to_have_text("Open a borough’s page to see its leaflet.")


LOOKS = [(width, scheme) for width in (320, 1280) for scheme in ("light", "dark")]


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_axe_finds_nothing_in_the_preview_of_a_page_with_problems(hour, visit, axe, width, scheme):
    hour.edit(FILE, "target: -2%", "target: many")
    eventually(lambda: not hour.state()["is_good"])
    page = visit(f"/_preview/#{PAGE}", color_scheme=scheme, bypass_csp=True)
    expect(sheet(page)).to_be_visible()
    page.set_viewport_size({"width": width, "height": 800})
    page.evaluate(axe)
    found = page.evaluate(
        "axe.run(document, {iframes: false, rules: {'target-size': {enabled: true}}})"
    )
    told = [
        (each["id"], [node["html"][:100] for node in each["nodes"]]) for each in found["violations"]
    ]
    assert told == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    hour.edit(FILE, "target: many", "target: -2%")
    eventually(lambda: hour.state()["is_good"])


def test_a_preview_that_has_ended_says_so(bench, chromium, tmp_path):
    project = bench.copy(
        tmp_path / "project", ("templates", "policing_summary", "requirements.lock")
    )
    with previewed(project) as started:
        page = chromium.new_page()
        page.goto(started.address + PAGE)
        eventually(lambda: page.evaluate("window.LiveReload?.connector?.protocol >= 7"))
        started.stop()
        expect(
            page.get_by_role("button", name="The preview has stopped.").or_(sheet(page)).first
        ).to_be_visible()
        page.close()
