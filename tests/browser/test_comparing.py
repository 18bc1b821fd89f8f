"""Boroughs side by side in a real Chromium: sorting by mouse and keyboard, and without scripts."""

import gzip

from playwright.sync_api import expect
from visiting import needs_chromium

pytestmark = needs_chromium
PAGE = "2024-25/measures/burglary/"


def column(page, at: int) -> list[str]:
    return page.locator(f"#boroughs tbody tr > :nth-child({at})").evaluate_all(
        "cells => cells.map(each => each.dataset.value ?? each.querySelector('a')?.textContent ?? '')"
    )


def test_a_heading_sorts_the_table_and_says_so(visit):
    seen = visit(PAGE)
    page = seen.page
    names = column(page, 1)
    assert names == sorted(names)
    assert len(names) == 32
    page.get_by_role("button", name="In percent").click()
    numbers = column(page, 5)
    assert numbers[-1] == ""  # not comparable: last, whichever way the others run
    assert [float(each) for each in numbers[:-1]] == sorted(map(float, numbers[:-1]))
    expect(page.locator("#sort-status")).to_have_text("Sorted by In percent, lowest first")
    page.get_by_role("button", name="In percent").click()
    numbers = column(page, 5)
    assert numbers[-1] == ""
    assert [float(each) for each in numbers[:-1]] == sorted(map(float, numbers[:-1]), reverse=True)
    expect(page.locator("#sort-status")).to_have_text("Sorted by In percent, highest first")
    assert page.locator("#boroughs th[aria-sort]").evaluate_all(
        "all => all.map(each => [each.textContent, each.ariaSort])"
    ) == [["In percent", "descending"]]
    assert seen.troubles == []


def test_the_keyboard_alone_sorts(visit):
    page = visit(PAGE).page
    page.get_by_role("button", name="Borough", exact=True).focus()
    page.keyboard.press("Enter")
    names = column(page, 1)
    assert names == sorted(names, reverse=True)
    expect(page.locator("#sort-status")).to_have_text("Sorted by Borough, Z to A")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    numbers = [int(each) for each in column(page, 2)]
    assert numbers == sorted(numbers)
    assert page.evaluate("document.activeElement.textContent") == "Before"


def test_rows_go_whole(visit):
    page = visit(PAGE).page
    row = page.locator("#boroughs tbody tr", has_text="Havering")
    before = row.inner_text()
    page.get_by_role("button", name="Now").click()
    assert row.inner_text() == before


def test_without_scripts_the_table_is_whole_and_offers_no_button(visit):
    page = visit(PAGE, java_script_enabled=False).page
    assert page.locator("#boroughs tbody tr").count() == 32
    assert page.locator("#boroughs button").count() == 0
    expect(page.get_by_text("The heading of a column sorts the table.")).to_be_hidden()


def test_the_script_is_small(visit, address):
    seen = visit(PAGE)
    (script,) = [each for each in seen.asked if "sort." in each]
    body = seen.page.request.get(script).body()
    assert len(gzip.compress(body)) < 2_000
