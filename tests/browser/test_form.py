"""A content file's form in a real browser, without JavaScript: read by axe, and filled in by keyboard."""

import shutil
from importlib.resources import files
from pathlib import Path

import pytest
from visiting import CHROMIUM, needs_chromium

from policing_summary import environment, system
from policing_summary.forms import answering

pytestmark = needs_chromium

PROGRAM = Path(environment.ROOT)
FILE = "2009-10/havering"


@pytest.fixture(scope="module")
def page_with_a_mistake(tmp_path_factory):
    """The form of a file in which a percentage does not follow from its counts."""
    root = tmp_path_factory.mktemp("form")
    ours = shutil.ignore_patterns("*.*.yaml", "2023-24", "2024-25")
    shutil.copytree(PROGRAM / "content", root / "content", ignore=ours)
    written = root / "content" / f"{FILE}.yaml"
    written.write_text(
        written.read_text("utf-8").replace("percent: 25.5", "percent: 22.5"), "utf-8"
    )
    page = root / "form.html"
    page.write_text(answering.show(root, FILE, "secret").html, "utf-8")
    return page.as_uri()


@pytest.fixture(scope="module")
def chromium():
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - other tests need none

    with sync_playwright() as play:
        flags = ["--no-sandbox"] if system.is_root() else []
        browser = play.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def shown(page_with_a_mistake, tmp_path_factory):
    """Pages by what they show; the translation is behind its original."""
    root = tmp_path_factory.mktemp("forms")
    ours = shutil.ignore_patterns("2023-24", "2024-25")
    shutil.copytree(PROGRAM / "content", root / "content", ignore=ours)
    original = root / "content" / f"{FILE}.yaml"
    original.write_text(original.read_text("utf-8").replace("a hard year", "a long year"), "utf-8")
    pages = {
        "translation": answering.show(root, f"{FILE}.ur", "secret").html,
        "page of text": answering.show(root, "pages/privacy", "secret").html,
        "list of files": answering.index(root).html,
    }
    found = {"file": page_with_a_mistake}
    for name, text in pages.items():
        (root / f"{name}.html").write_text(text, "utf-8")
        found[name] = (root / f"{name}.html").as_uri()
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("kind", ["file", "translation", "page of text", "list of files"])
def test_axe_finds_nothing_in_a_form(chromium, shown, kind, width, scheme):
    tab = chromium.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    tab.goto(shown[kind])
    tab.evaluate((files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8"))
    found = tab.evaluate("axe.run(document, {rules: {'target-size': {enabled: true}}})")
    told = [
        (each["id"], [node["html"][:120] for node in each["nodes"][:3]])
        for each in found["violations"]
    ]
    assert told == []
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    tab.close()


def test_the_original_stands_beside_its_translation_where_there_is_room(chromium, shown):
    for width, is_beside in ((1280, True), (320, False)):
        tab = chromium.new_page(viewport={"width": width, "height": 900})
        tab.goto(shown["translation"])
        original = tab.locator("[id='o-commander/quote']").bounding_box()
        typed = tab.locator("[id='f-commander/quote']")
        assert (typed.bounding_box()["x"] > original["x"] + original["width"] / 2) == is_beside
        assert typed.evaluate("each => getComputedStyle(each).direction") == "rtl"
        assert tab.get_by_text("The original has changed since").count() == 1
        tab.close()


def test_a_problem_leads_to_its_field_by_keyboard(chromium, page_with_a_mistake):
    context = chromium.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(page_with_a_mistake)
    tab.get_by_role("link", name="the percentage does not follow").press("Enter")
    tab.keyboard.press("Tab")  # from the field that was led to, to what follows it
    field = tab.locator("[id='f-performance/measures/0/percent']")
    assert field.get_attribute("aria-invalid") == "true"
    assert field.get_attribute("aria-describedby").endswith("p-performance/measures/0/percent-1")
    box, height = field.bounding_box(), tab.viewport_size["height"]
    assert 0 <= box["y"] < height
    context.close()
