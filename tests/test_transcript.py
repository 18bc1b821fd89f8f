"""`summary.txt`: the whole summary in 72 columns, from the same sections as the page."""

import re

import pytest

from policing_summary import checks, content, newsletter, plain, rendering, transcript
from policing_summary.filling import WIDTH, width

ADDRESS = "https://summary.example.org/2009-10/havering/"


@pytest.fixture(scope="module")
def sheets(pristine):
    found, _ = checks.run(content.load(pristine.root / "content"))
    wanted = {"2009-10/havering", "2009-10/bromley"}
    return {sheet.borough.slug: sheet for sheet in found if sheet.path in wanted}


@pytest.fixture(params=["havering", "bromley"])
def sheet(request, sheets):
    return sheets[request.param]


@pytest.fixture
def text(sheet) -> str:
    return transcript.write(sheet, ADDRESS).decode()


def test_it_is_as_it_was_when_somebody_read_it(sheet, text, golden):
    golden(f"{sheet.borough.slug}.txt", text)


def test_our_own_templates_are_all_read_as_xml(sheet, monkeypatch):
    monkeypatch.setattr(plain, "_parsed_as_html", lambda html: pytest.fail(html[:200]))
    plain.text.cache_clear()
    transcript.write(sheet, ADDRESS)
    newsletter.compose(sheet, ADDRESS)


def test_no_line_is_wider_than_a_mail_program_likes_and_none_ends_in_a_space(text):
    lines = text.split("\n")
    assert [line for line in lines if width(line) > WIDTH and " " in line.strip()] == []
    assert [line for line in lines if line != line.rstrip()] == []
    assert text.endswith("\n")
    assert "\n\n\n" not in text
    assert set(re.findall(r"[^\w\s]{3,}", text)) == {plain.RULE, "://"}, (
        "signs that a voice would spell"
    )


def test_every_section_has_its_heading_and_its_line_in_the_contents(sheet, text):
    titles = [sheet.words.title(part.section) for part in sheet.borough.parts] + [
        "About this summary"
    ]
    numbered = [f"{number}. {title}" for number, title in enumerate(titles, 1)]
    contents = text.partition("In this summary:\n\n")[2].partition("\n\n")[0]
    assert contents.splitlines() == numbered
    headings = [part.partition("\n")[0] for part in text.split(f"{plain.RULE}\n\n")[1:]]
    assert headings == numbered


def test_it_has_every_line_of_the_leaflet_but_the_words_of_the_chart(sheet, text):
    context = rendering.Context(sheet, "leaflet", lambda _: "")
    html = re.sub(r'(?s)<figure class="chart-figure">.*?</figure>', "", rendering.sections(context))
    flat = " ".join(re.sub(r"\n\d+\. ", "\n", text).split())
    flat = re.sub(r"compared with [^,]+, (?=and whether)", "", flat)
    said = plain.text(html, columns=10_000).splitlines()
    assert len(said) > 100
    assert [line for line in said if re.sub(r"^\d+\. ", "", line).strip() not in flat] == []


def test_numbers_that_matter_first_come_first(sheets_of):
    contacts = """\
contacts:
  - {name: Crimestoppers, phone: 0800 555 111}
  - {name: Your police, phone: "101"}
  - {name: In an emergency, phone: "999", textphone: "18000"}
"""
    _, sheets = sheets_of({"2009-10/havering.yaml": contacts})
    text = transcript.write(sheets["havering"], ADDRESS).decode()
    assert re.findall(r"^- (.*)\.$", text, re.MULTILINE) == [
        "In an emergency",
        "Your police",
        "Crimestoppers",
    ]


def test_the_imprint_says_who_published_it_and_how_to_reach_them(sheets_of):
    site = """\
title: Local Policing Summary
description: What the police did.
address: https://summary.example.org/
publisher: {name: The Authority, phone: 02072020202, email: us@example.org, address: 10 Dean Street}
boroughs: {havering: {name: Havering, code: E09000016}}
"""
    _, sheets = sheets_of({"site.yaml": site})
    end = (
        transcript.write(sheets["havering"], ADDRESS)
        .decode()
        .partition("About this summary\n\n")[2]
    )
    assert end == (
        "---\n\n1. About this summary\n\n"
        f"On the web, with every figure:\n{ADDRESS}\n\n"
        "Published by The Authority. 10 Dean Street.\n\n"
        "Telephone 020 7202 0202\n\n"
        "E-mail us@example.org\n"
    )
