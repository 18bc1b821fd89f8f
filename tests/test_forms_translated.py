"""Forms of translations and of pages of text: the original beside each text, places kept, and what is saved."""

import difflib
import html
import re
import shutil
from pathlib import Path

import pytest
from test_forms import TOKEN, sent

from policing_summary import abreast, environment, source
from policing_summary.forms import answering, files, textpages, translations
from policing_summary.forms.saving import UnsafeError
from policing_summary.importers.roundtrip import load

PROGRAM = Path(environment.ROOT)
HAVERING, POLISH, PAGE = "2009-10/havering", "2009-10/havering.pl", "pages/privacy"


@pytest.fixture
def root(tmp_path):
    ours = shutil.ignore_patterns("2023-24", "2024-25", "*.ur.yaml")
    shutil.copytree(PROGRAM / "content", tmp_path / "content", ignore=ours)
    return tmp_path


def text_of(root, name):
    return files.found(root, name).text


def diff(before, after):
    lines = difflib.unified_diff(before.split("\n"), after.split("\n"), lineterm="", n=0)
    return [line for line in list(lines)[2:] if not line.startswith("@@")]


def saved(root, name, **typed):
    shown = answering.show(root, name, TOKEN)
    assert shown.status == 200
    return answering.save(root, name, TOKEN, {**sent(shown.html), **typed})


def field(page, name):
    """The part of a page that belongs to one field."""
    return page.partition(f'<label for="f-{name}">')[2].partition('<div class="field')[0]


# What is shown


@pytest.mark.parametrize(
    "name", [POLISH, "2009-10/edition.pl", "site.pl", PAGE, "pages/accessibility"]
)
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["lines of Unix", "lines of Windows"])
def test_a_form_that_is_sent_as_it_was_changes_nothing(root, name, end):
    path = files.found(root, name).path
    path.write_bytes(path.read_bytes().replace(b"\n", end.encode()))
    before = path.read_bytes()
    assert saved(root, name).status == 303
    assert path.read_bytes() == before


def test_the_original_stands_beside_its_translation_in_its_own_language(root):
    page = answering.show(root, POLISH, TOKEN).html
    shown = field(page, "commander/quote")
    assert (
        '<p class="original" id="o-commander/quote" lang="en-GB" dir="ltr">It was a hard' in shown
    )
    assert ">\nTo był trudny rok" in shown
    assert 'lang="pl" dir="ltr"' in shown
    assert 'aria-describedby="o-commander/quote"' in shown


def test_only_words_are_asked_for(root):
    names = sent(answering.show(root, POLISH, TOKEN).html)
    assert "f:commander/from/role" in names
    assert "f:checked-by" in names
    for name in ("commander/from/name", "performance/measures/0/before", "contacts/list/0/phone"):
        assert f"f:{name}" not in names


def test_a_language_from_right_to_left_is_typed_so(root):
    shutil.copy(PROGRAM / "content" / f"{HAVERING}.ur.yaml", root / "content" / "2009-10")
    assert 'lang="ur" dir="rtl"' in answering.show(root, f"{HAVERING}.ur", TOKEN).html


def test_what_is_not_translated_is_marked(root):
    path = files.found(root, POLISH).path
    path.write_text(
        path.read_text("utf-8").replace("  quote: To był", "  # quote: To był"), "utf-8"
    )
    page = answering.show(root, POLISH, TOKEN).html
    assert '<small class="lacking">(not translated)</small>' in field(page, "commander/quote")
    assert "not translated" not in field(page, "commander/from/role")
    assert "may be left out" in field(page, "commander/easy-read/0/text")
    done, whole = (int(n) for n in re.search(r"<b>(\d+) of (\d+)</b> texts", page).groups())
    assert done == whole - 1


SHORTHANDS = {
    "as the original is": (("contacts", "list", 0, "name"), "contacts: {list: [{name: X}]}", None),
    "a list in the section’s place": (
        ("contacts", "list", 1, "name"),
        "contacts: [{name: X}, {name: Y}]",
        ("contacts", 1, "name"),
    ),
    "a section around the list": (
        ("contacts", 0, "name"),
        "contacts: {list: [{name: X}]}",
        ("contacts", "list", 0, "name"),
    ),
    "a single item without a list": (
        ("prevention", "items", 0, "tips", 0),
        "prevention: {items: {tips: [X]}}",
        ("prevention", "items", "tips", 0),
    ),
    "the only message, in a list": (
        ("foreword", "from", "role"),
        "foreword: {messages: [{from: {role: X}}]}",
        ("foreword", "messages", 0, "from", "role"),
    ),
    "the only message, without a list": (
        ("foreword", "body"),
        "foreword: {messages: {body: X}}",
        ("foreword", "messages", "body"),
    ),
    "the heading beside the only message": (
        ("foreword", "title"),
        "foreword: {messages: [{body: X}]}",
        None,
    ),
    "a message that stands alone here only": (
        ("foreword", "messages", 0, "body"),
        "foreword: {body: X}",
        ("foreword", "body"),
    ),
    "a text in place of a part": (
        ("priorities", "items", 0, "text"),
        "priorities: {items: [X]}",
        ("priorities", "items", 0),
    ),
    "not there yet": (("mission", "body"), "summary: X", None),
    "an item beyond those that are there": (
        ("contacts", "list", 4, "name"),
        "contacts: {list: [{name: X}]}",
        None,
    ),
}


@pytest.mark.parametrize(("path", "said", "expected"), SHORTHANDS.values(), ids=SHORTHANDS)
def test_a_field_is_found_in_another_shorthand(path, said, expected):
    assert translations.fitted(path, load(f"{said}\n")) == (expected or path)


def test_a_translation_written_in_a_way_of_its_own_is_left_to_a_text_editor(root):
    with pytest.raises(UnsafeError):
        translations.fitted(("commander", "from", "role"), {"commander": "One text"})
    path = files.found(root, POLISH).path
    path.write_text("summary: X\ncommander: One text\n", "utf-8")
    page = answering.show(root, POLISH, TOKEN).html
    assert "Mend it in a text editor first" in page
    assert "<textarea" not in page


# What is saved


def test_words_are_saved_in_their_place_and_remarks_stay(root):
    before = text_of(root, POLISH)
    assert saved(root, POLISH, **{"f:commander/from/role": "Komendant"}).status == 303
    assert diff(before, text_of(root, POLISH)) == [
        "-    role: Komendant dzielnicy",
        "+    role: Komendant",
    ]


def test_the_leaflets_of_a_language_are_chosen(root):
    name = "2009-10/edition.pl"
    before = text_of(root, name)
    page = answering.show(root, name, TOKEN).html
    assert '<datalist id="d-formats">' in page
    assert 'name="f:formats/0"' not in answering.show(root, POLISH, TOKEN).html
    assert saved(root, name, **{"f:formats/0": "large-print"}).status == 303
    assert text_of(root, name) == f"{before}\nformats:\n  - large-print\n"
    assert saved(root, name, **{"f:formats/1": "a5-booklet"}).status == 303
    assert text_of(root, name).endswith("\nformats:\n  - large-print\n  - a5-booklet\n")
    assert saved(root, name, **{"f:formats/0": ""}).status == 303
    assert text_of(root, name).endswith("\nformats:\n  - a5-booklet\n")
    refused = saved(root, name, **{"f:formats/0": "a5-bookle"})
    assert refused.status == 422
    assert "Did you mean <code>a5-booklet</code>" in refused.html


def test_items_keep_their_places_when_one_is_emptied_or_comes_late(root):
    name = "2009-10/bromley.pl"
    typed = {"f:priorities/items/4/text": "Piąty", "anyway": "1"}
    assert saved(root, name, **typed).status == 303
    assert load(text_of(root, name))["priorities"]["items"] == ["", "", "", "", {"text": "Piąty"}]
    assert saved(root, name, **{"f:priorities/items/4/text": "", "anyway": "1"}).status == 303
    assert len(load(text_of(root, name))["priorities"]["items"]) == 5
    assert "    -\n    -\n" in text_of(root, name)


def test_a_translation_is_begun_in_the_form(root):
    name = "2009-10/bromley.pl"
    shown = answering.show(root, name, TOKEN).html
    assert "<b>0 of " in shown
    assert "The file is made when you save." in shown
    path = root / "content" / f"{name}.yaml"
    assert saved(root, name).status == 303
    assert not path.exists()
    assert saved(root, name, **{"f:summary": "Podsumowanie", "anyway": "1"}).status == 303
    text = path.read_text("utf-8")
    assert text.startswith(
        "# yaml-language-server: $schema=../.schema/2009-10/borough.translation.json\n"
    )
    assert "# The words of bromley.yaml in another language: Polski." in text
    assert "\nsummary: Podsumowanie\n" in text
    assert list(abreast.noted(source.parse(text, ""))) == ["summary"]


def test_a_translation_that_lacks_others_says_where_to_begin(root):
    for each in ("site.pl.yaml", "2009-10/edition.pl.yaml"):
        (root / "content" / each).unlink()
    page = answering.show(root, POLISH, TOKEN).html
    assert 'href="/edit/site.pl"' in page
    assert 'href="/edit/2009-10/edition.pl"' in page
    assert "A page in this language needs these too" in page


def test_a_part_that_is_behind_is_marked_until_somebody_says_it_is_not(root):
    original = files.found(root, HAVERING).path
    original.write_text(
        original.read_text("utf-8").replace(
            "quote: It was a hard year", "quote: It was a long year"
        ),
        "utf-8",
    )
    assert "The original has changed since" in answering.show(root, POLISH, TOKEN).html
    assert saved(root, POLISH, **{"f:commander/quote": "To był długi rok."}).status == 303
    page = answering.show(root, POLISH, TOKEN).html
    assert page.count("The original has changed since") == 1
    assert 'name="fits:commander"' in page
    assert saved(root, POLISH, **{"fits:commander": "on"}).status == 303
    assert "The original has changed since" not in answering.show(root, POLISH, TOKEN).html


def test_a_mistake_in_a_translation_is_told_beside_its_field(root):
    answer = saved(root, POLISH, **{"f:commander/body": "O {{ robery.fewer }} mniej."})
    assert answer.status == 422
    assert "there is no figure for <code>robery</code>" in field(answer.html, "commander/body")
    assert "robery" not in text_of(root, POLISH)


# Pages of text


def test_a_page_of_text_is_saved_with_the_lines_above_it(root):
    before = text_of(root, PAGE)
    body = html.unescape(sent(answering.show(root, PAGE, TOKEN).html)["f:body"])
    assert body.startswith("You can read everything")
    typed = {
        "f:title": "Your privacy",
        "f:body": body.replace("It sets no cookies", "It sets none"),
    }
    assert saved(root, PAGE, **typed).status == 303
    assert diff(before, text_of(root, PAGE)) == [
        "-title: Privacy",
        "+title: Your privacy",
        "-- It sets no cookies and stores nothing on your device.",
        "+- It sets none and stores nothing on your device.",
    ]


MISTAKES = {
    "above": ("f:position", "ten", "position", "position: ten"),
    "below": ("f:body", "See [this](javascript:alert(1)).", "body", "javascript"),
}


@pytest.mark.parametrize(("name", "typed", "beside", "kept"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_in_a_page_of_text_is_told_beside_its_field(root, name, typed, beside, kept):
    answer = saved(root, PAGE, **{name: typed})
    assert answer.status == 422
    assert 'class="problem' in field(answer.html, beside)
    assert kept not in text_of(root, PAGE)


def test_a_page_without_lines_above_it_is_left_to_a_text_editor(root):
    path = files.found(root, PAGE).path
    path.write_text("# Privacy\n", "utf-8")
    assert "Mend it in a text editor first" in answering.show(root, PAGE, TOKEN).html
    with pytest.raises(UnsafeError):
        textpages.changed(files.found(root, PAGE), None, {})


# The list of files


def test_every_file_and_every_translation_has_its_link_to_a_form(root):
    page = answering.index(root).html
    names = re.findall(r'href="/edit/([^"]+)"', page)
    written = {
        path.relative_to(root / "content").with_suffix("").as_posix()
        for kind in ("*.yaml", "2009-10/*.yaml", "pages/*.md")
        for path in (root / "content").glob(kind)
    } - {"postcodes"}
    assert written <= set(names)
    assert all(answering.show(root, name, TOKEN).status == 200 for name in names)
    assert 'aria-label="bromley, Polski: begin"' in page
    assert 'aria-label="havering, Polski"' in page
