"""The e-mail newsletter: one file that old mail programs show, its text, and the message to send."""

import email
import email.policy
import re
from itertools import pairwise
from pathlib import Path

import pytest
import tinyhtml5

from policing_summary import checks, content, newsletter
from policing_summary.filling import WIDTH, width

ADDRESS = "https://summary.example.org/2009-10/havering/"
CSS = Path(__file__).parents[1] / "templates" / "css"


@pytest.fixture(scope="module")
def sheets(pristine):
    found, _ = checks.run(content.load(pristine.root / "content"))
    wanted = {"2009-10/havering", "2009-10/bromley"}
    return {sheet.borough.slug: sheet for sheet in found if sheet.path in wanted}


@pytest.fixture(params=["havering", "bromley"])
def sheet(request, sheets):
    return sheets[request.param]


@pytest.fixture
def made(sheet) -> newsletter.Newsletter:
    return newsletter.compose(sheet, ADDRESS)


def parsed(html: str):
    return tinyhtml5.parse(html, namespace_html_elements=False)


@pytest.fixture
def page(made):
    return parsed(made.html)


def style(element) -> dict[str, str]:
    pairs = (rule.split(":", 1) for rule in element.get("style", "").split(";") if rule.strip())
    return {name.strip(): value.strip() for name, value in pairs}


def test_it_is_as_it_was_when_somebody_looked_at_it(sheet, made, golden):
    golden(f"{sheet.borough.slug}-newsletter.html", made.html)
    golden(f"{sheet.borough.slug}-newsletter.txt", made.text)


def test_it_asks_no_address_for_anything(page, made):
    loaded = [e for e in page.iter() if {"src", "srcset", "background", "data"} & set(e.attrib)]
    assert loaded == []
    assert [link.get("href") for link in page.iter("link")] == ["data:,"]  # asks for no icon
    assert list(page.iter("script")) == list(page.iter("form")) == []
    assert "url(" not in made.html
    assert "@import" not in made.html


def test_every_link_is_whole_because_an_email_has_no_place_of_its_own(page):
    links = [a.get("href") for a in page.iter("a")]
    assert links
    inside = [each for each in links if not re.match(r"https?://|mailto:|tel:", each)]
    assert inside == ["#contacts"]
    assert [e.tag for e in page.iter() if e.get("id") == "contacts"] == ["h2"]
    assert ADDRESS in links


def test_what_is_seen_stands_in_the_tags_and_the_stylesheet_only_darkens_it(page):
    (sheet,) = page.iter("style")
    rules = re.sub(r"/\*.*?\*/", "", sheet.text, flags=re.DOTALL)
    outside = re.sub(
        r"@media (?:print|\(prefers-color-scheme: dark\)) \{(?:[^{}]*\{[^{}]*\})*\s*\}", "", rules
    )
    assert re.findall(r"([^\s{}][^{}]*)\{", outside) == [":root "]
    names = set(re.findall(r"([a-z-]+): [^;{}]*!important", rules))
    assert names == {"color", "background-color", "border-color"}
    bare = [e.tag for e in page.find("body").iter() if seen(e) and not e.get("style")]
    assert bare == []


def seen(element) -> bool:
    if not isinstance(element.tag, str) or element.tag in {
        "tbody",
        "tr",
        "thead",
        "b",
        "br",
        "strong",
        "em",
    }:
        return False
    return not (element.tag == "span" and element.get("class") == "unknown")


def test_no_variable_is_left_to_the_mail_program(made):
    assert "var(" not in made.html


def test_colours_are_those_of_the_pages(made):
    known = "".join(
        (CSS / f"{name}.css").read_text("utf-8") for name in ("tokens", "base", "screen")
    )
    colours = {each.lower() for each in re.findall(r"#[0-9a-fA-F]{6}\b", made.html)}
    assert len(colours) > 12
    whole = known.lower().replace("#fff;", "#ffffff;")
    assert {each for each in colours if each not in whole} == set()


def luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(part * value for part, value in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_words_stand_out_from_what_is_behind_them(page):
    """By WCAG 2.2, 1.4.3: 4.5 to 1, reckoned from the styles in the tags alone."""
    weak, looked_at = [], 0

    def look(element, ink, paper):
        nonlocal looked_at
        rules = style(element)
        ink, paper = rules.get("color", ink), rules.get("background-color", paper)
        if (element.text or "").strip():
            looked_at += 1
            if contrast(ink, paper) < 4.5:
                weak.append((element.tag, ink, paper))
        for child in element:
            if isinstance(child.tag, str):
                look(child, ink, paper)

    look(page.find("body"), "#000000", "#ffffff")
    assert looked_at > 60
    assert weak == []


def test_dark_words_stand_out_too():
    rules = (CSS / "newsletter-dark.css").read_text("utf-8").partition("@media print")[0]
    inks = set(re.findall(r"[; {]color: (#[0-9a-f]{6})", rules)) - {"#14263a"}  # on the button
    assert len(inks) == 5
    for paper in ("#121a22", "#1b2631"):
        assert {ink for ink in inks if contrast(ink, paper) < 4.5} == set()


def test_it_is_one_column_that_a_phone_can_narrow(page):
    (column,) = (t for t in page.iter("table") if t.get("class") == "column")
    assert (style(column)["width"], style(column)["max-width"]) == ("100%", "600px")
    sizes = [float(style(e)["font-size"][:-2]) for e in page.iter() if "font-size" in style(e)]
    assert min(size for size in sizes if size != 1) >= 14  # 1 px: the line that is not shown
    layout = [t for t in page.iter("table") if t.get("role") == "presentation"]
    assert all(not list(t.iter("th")) for t in layout if t.get("class") == "button")
    assert all(
        t.get("role") == "presentation" or t.find("caption") is not None for t in page.iter("table")
    )


def test_headings_begin_at_one_and_skip_no_level(page):
    levels = [int(e.tag[1]) for e in page.iter() if re.fullmatch("h[1-6]", str(e.tag))]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert [(above, each) for above, each in pairwise(levels) if each > above + 1] == []


def test_it_says_what_language_it_is_in_even_where_a_mail_program_drops_the_page_around_it(page):
    body = page.find("body")
    assert page.get("lang") == "en-GB"
    assert [e.get("lang") for e in body if e.tag == "main"] == ["en-GB"]
    metas = {m.get("name"): m.get("content") for m in page.iter("meta")}
    assert metas["color-scheme"] == metas["supported-color-schemes"] == "light dark"


def words(text: str) -> list[str]:
    return re.findall(r"[\w%+−’]+", text)


def test_the_text_says_the_same_in_the_same_order(sheet, made, page):
    """But for the line that only the list of messages shows, and the sentence that is said large as well."""
    (column,) = (t for t in page.iter("table") if t.get("class") == "column")
    for table in column.iter("table"):
        if table.get("role") != "presentation":
            table.clear()  # told row by row: see below
    for once in (e for e in column.iter() if e.get("class") in {"pull", "skip"}):
        once.text = ""  # what is said below, and a link within the page
    said = iter(words(re.sub(r"\(?https://summary\S+", "", made.text)))
    assert [word for word in words(" ".join(column.itertext())) if word not in said] == []
    for figure in sheet.table("performance", "measures"):
        row = re.search(rf"(?s)- {re.escape(figure.name)}\. (.*?)(?=\n-|\n\n)", made.text)[1]
        assert sheet.words.change(figure) in row
        assert sheet.words.percent(figure) in row
        assert sheet.words.told(figure) in " ".join(row.split())


def test_the_text_has_lines_of_72_columns(made):
    lines = made.text.splitlines()
    assert [line for line in lines if width(line) > WIDTH and " " in line.strip()] == []


def test_the_line_in_the_list_of_messages_is_the_summary_and_is_not_shown(page, sheet):
    first = next(iter(page.find("body")))
    assert " ".join(first.text.split()) == sheet.borough.head.summary
    assert style(first)["display"] == "none"


# The message


def test_the_message_is_a_draft_with_the_text_before_the_page(made, sheet):
    data = made.message()
    assert data.isascii()
    assert max(map(len, data.split(b"\r\n"))) <= 998
    assert data.count(b"\n") == data.count(b"\r\n")
    message = email.message_from_bytes(data, policy=email.policy.default)
    assert message.defects == []
    assert message["Subject"] == f"{sheet.borough.entry.name}: Local Policing Summary 2009/10"
    assert message["Date"] is None
    assert message["X-Unsent"] == "1"
    assert message.get_content_type() == "multipart/alternative"
    parts = list(message.iter_parts())
    assert [part.get_content_type() for part in parts] == ["text/plain", "text/html"]
    assert [part.get_content().replace("\r\n", "\n").rstrip("\n") for part in parts] == [
        made.text.rstrip("\n"),
        made.html.rstrip("\n"),
    ]
    assert [part.defects for part in parts] == [[], []]


def test_the_same_content_makes_the_same_message(sheet):
    one, other = (newsletter.compose(sheet, ADDRESS).files for _ in range(2))
    assert one == other


def test_a_publisher_with_an_address_and_odd_letters_is_the_sender(sheets_of):
    site = """\
title: Podsumowanie
description: What the police did.
address: https://summary.example.org/
publisher: {name: "Straż, Łódź", email: press@example.org}
boroughs: {havering: {name: "Łódź", code: E09000016}}
"""
    _, sheets = sheets_of({"site.yaml": site})
    data = newsletter.compose(sheets["havering"], ADDRESS).message()
    message = email.message_from_bytes(data, policy=email.policy.default)
    (sender,) = message["From"].addresses
    assert (sender.display_name, sender.addr_spec) == ("Straż, Łódź", "press@example.org")
    assert message["Subject"].startswith("Łódź: ")
    assert (message.defects, message["From"].defects) == ([], ())


# What is in it


def test_a_summary_without_these_sections_still_makes_a_newsletter(sheets_of):
    _, sheets = sheets_of({})
    made = newsletter.compose(sheets["havering"], ADDRESS)
    page = parsed(made.html)
    assert ["".join(h.itertext()) for h in page.iter("h2")] == ["The whole summary"]
    assert ADDRESS in made.text


OPENINGS = {
    "a short message": ("One.\n\nTwo.", "One.\n\nTwo.", False),
    "a long first paragraph": ("word " * 200 + "\n\nTwo.", "word " * 200, True),
    "a long second paragraph": ("One.\n\n" + "word " * 110 + "\n\nThree.", "One.", True),
}


@pytest.mark.parametrize(("body", "kept", "longer"), OPENINGS.values(), ids=OPENINGS)
def test_the_commander_is_quoted_in_whole_paragraphs(body, kept, longer):
    assert newsletter._opening(body) == (kept, longer)


def test_the_longest_newsletter_is_not_cut_off_by_gmail(sheets_of):
    names = [f"measure-{n}" for n in range(25)]
    measures = "".join(f"  {n}: {{name: Measure {n} with a rather long name}}\n" for n in names)
    rows = "".join(
        f"    - {{measure: {n}, before: 1000, now: 1100, target: -2.5%}}\n" for n in names
    )
    goals = "".join(f"    - {{measure: {n}, target: -2.5%}}\n" for n in names)
    contacts = "".join(
        f"  - {{name: Team {n}, purpose: Help with everything, phone: 020 7202 0202, web: a.org/{n}}}\n"
        for n in range(30)
    )
    edition = f"title: S\nlabel: 2009/10\nperiod: April 2009 to March 2010\nmeasures:\n{measures}"
    borough = (
        f"commander:\n  from: {{name: A B, role: C}}\n  body: |\n    {'word ' * 400}\n"
        f"performance:\n  period: a year\n  measures:\n{rows}"
        f"priorities:\n  period: 2010/11\n  items:\n{goals}contacts:\n{contacts}"
    )
    _, sheets = sheets_of({"2009-10/edition.yaml": edition, "2009-10/havering.yaml": borough})
    made = newsletter.compose(sheets["havering"], ADDRESS)
    assert 40_000 < len(made.html.encode()) < newsletter.LIMIT
    assert len(made.message()) < newsletter.LIMIT


def test_one_that_is_longer_is_told():
    files = {
        "2009-10/havering/newsletter.html": b" " * 120_000,
        "2009-10/havering/index.html": b" " * 120_000,
        "2009-10/bromley/newsletter.html": b" " * 30_000,
    }
    (told,) = newsletter.cut_off(files)
    assert told.startswith("2009-10/havering/newsletter.html has 120 kB, and Gmail cuts off")
