"""Content files as forms: what is shown, what is saved, what is refused, and who may ask."""

import asyncio
import difflib
import html
import re
import shutil
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

import pytest
from tornado import httpserver, netutil, web

from policing_summary import environment, model
from policing_summary.errors import Place
from policing_summary.forms import answering, entries, handlers, saving
from policing_summary.forms.saving import UnsafeError, Wanted
from policing_summary.importers.roundtrip import load
from policing_summary.model.files import SiteFile

PROGRAM = Path(environment.ROOT)
FILE = "2009-10/havering"
HAVERING = (PROGRAM / "content" / f"{FILE}.yaml").read_text("utf-8")
TOKEN = "a-secret"


@pytest.fixture
def root(tmp_path):
    shutil.copytree(
        PROGRAM / "content", tmp_path / "content", ignore=shutil.ignore_patterns("*.*.yaml")
    )
    for folder in ("2023-24", "2024-25"):
        shutil.rmtree(tmp_path / "content" / folder)
    return tmp_path


def text_of(root):
    return (root / "content" / f"{FILE}.yaml").read_text("utf-8")


# The file stays as it is, but for what was changed

YAML = sorted(
    path.relative_to(PROGRAM).as_posix()
    for path in (PROGRAM / "content").glob("*/*.yaml")
    if path.name.count(".") == 1
)


EVERY = sorted(
    path.relative_to(PROGRAM).as_posix()
    for path in (PROGRAM / "tests" / "cases" / "every-section").glob("*/*.yaml")
)


@pytest.mark.parametrize("path", ["content/site.yaml", *YAML])
def test_a_file_in_which_nothing_is_changed_stays_as_it_is(path):
    text = (PROGRAM / path).read_text("utf-8")
    assert saving.changed(text, [], []) == text


CHANGES = {
    "a name": (
        [(("commander", "from", "name"), "Anna Bee")],
        [],
        ["-    name: Michael Smith", "+    name: Anna Bee"],
    ),
    "a text that YAML would take for something else": (
        [(("commander", "from", "name"), "Anna: Bee")],
        [],
        ["-    name: Michael Smith", "+    name: 'Anna: Bee'"],
    ),
    "an item of a list, before the end of the file": (
        [
            (("contacts", "list", 1, "name"), "Front counter"),
            (("contacts", "list", 1, "phone"), "101"),
        ],
        [],
        ["+    - name: Front counter", "+      phone: 101"],
    ),
    "an item of a list, before another key": (
        [
            (("initiatives", "items", 1, "title"), "Second"),
            (("initiatives", "items", 1, "body"), "Two\nlines"),
        ],
        [],
        ["+    - title: Second", "+      body: |", "+        Two", "+        lines"],
    ),
    "an entry under a name of its own, before another key": (
        [
            (("figures", "arrests", "value"), "12"),
            (("figures", "arrests", "label"), "Arrests"),
        ],
        [],
        ["+  arrests:", "+    value: 12", "+    label: Arrests"],
    ),
    "an item after one that ends with a word": (
        [
            (("performance", "measures", 8, "measure"), "burglary"),
            (("performance", "measures", 8, "now"), "12"),
        ],
        [],
        ["+    - measure: burglary", "+      now: 12"],
    ),
    "a key that was not there": (
        [(("figures", "fewer-victims", "period"), "2009")],
        [],
        ["+    period: 2009"],
    ),
    "a key that is emptied": (
        [(("figures", "fewer-crimes-since-2005", "period"), "")],
        [],
        ["-    period: 2005 to 2010"],
    ),
    "a text at the end of its part": (
        [(("performance", "note"), "")],
        [],
        [
            "-  note: >",
            "-    Targets for the borough were not published. For serious acquisitive crime no percentage was.",
        ],
    ),
    "an item that is taken out": (
        [],
        [("priorities", "items", 5)],
        ["-    - text: Challenging sanction detection rates for certain types of crime"],
    ),
    "a folded text, which is folded anew": (
        [(("summary",), "Short.")],
        [],
        [
            "-  What the police did in Havering from April 2009 to March 2010, how it went against target, and",
            "-  what comes next.",
            "+  Short.",
        ],
    ),
    "a section that was not there": (
        [
            (("prevention", "items", 0, "title"), "Locks"),
            (("prevention", "items", 0, "tips", 0), "Lock it"),
        ],
        [],
        [
            "+prevention:",
            "+  items:",
            "+    - title: Locks",
            "+      tips:",
            "+        - Lock it",
            "+",
        ],
    ),
}


@pytest.mark.parametrize(("values", "gone", "expected"), CHANGES.values(), ids=CHANGES)
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["lines of Unix", "lines of Windows"])
def test_only_what_was_changed_is_changed(values, gone, expected, end):
    before = HAVERING.replace("\n", end)
    after = saving.changed(before, [Wanted(*each) for each in values], gone)
    assert after.count("\n") == after.count(end)
    diff = difflib.unified_diff(
        HAVERING.split("\n"), after.replace(end, "\n").split("\n"), lineterm="", n=0
    )
    assert [line for line in list(diff)[2:] if not line.startswith("@@")] == expected


def test_a_remark_that_would_be_lost_stops_the_change():
    text = "a:\n  # why b is so\n  b: 1\nc: 2\n"
    with pytest.raises(UnsafeError, match="a remark stands there that would be lost"):
        saving.changed(text, [], [("a",)])


BELOW = "b: 2\n"
LAST = {
    "a word, and a word after it": ("n: x\n", ("p", "e"), "one", "n: x\n  e: one\n"),
    "a text after a word": ("n: x\n", ("p", "e"), "a\nb", "n: x\n  e: |\n    a\n    b\n"),
    "a text in the place of a word": ("n: x\n", ("p", "n"), "a\nb", "n: |\n    a\n    b\n"),
    "a word after a text": ("n: |\n    a\n", ("p", "e"), "one", "n: |\n    a\n  e: one\n"),
    "a text after a text": (
        "n: |\n    a\n",
        ("p", "e"),
        "a\nb",
        "n: |\n    a\n  e: |\n    a\n    b\n",
    ),
    "a word after a text with a remark": (
        "n: |  # why\n    a\n",
        ("p", "e"),
        "one",
        "n: |  # why\n    a\n  e: one\n",
    ),
    "a shorter text": ("n: >\n    a\n    b\n", ("p", "n"), "a", "n: >\n    a\n"),
}


@pytest.mark.parametrize("below", ["\n", "\n# A remark.\n", "# A remark.\n"])
@pytest.mark.parametrize(("text", "path", "value", "expected"), LAST.values(), ids=LAST)
def test_what_stands_below_a_part_stays_below_it(text, path, value, expected, below):
    new = saving.changed(f"p:\n  {text}{below}{BELOW}", [Wanted(path, value)], [])
    assert new == f"p:\n  {expected}{below}{BELOW}"


def test_a_hash_in_a_text_is_no_remark():
    text = "a: '#123'  # remark\nb: |  # another\n  ## Heading\n  Text.\nc: 'No. #1'\n"
    assert saving.changed(text, [Wanted(("a",), "#456")], []) == text.replace("#123", "#456")
    assert saving.changed(text, [Wanted(("c",), "")], []) == text.replace("c: 'No. #1'\n", "")
    shorter = saving.changed(text, [Wanted(("b",), "Text.")], [])
    assert shorter == text.replace("  ## Heading\n", "")


def test_a_file_that_would_be_tidied_up_is_left_alone():
    with pytest.raises(UnsafeError, match="the form would tidy up"):
        saving.changed("a:   1\nb: [1,\n  2]\n", [Wanted(("a",), "2")], [])


# The form


def form_of(text, kind=None, add=""):
    return entries.of_file(kind or model.borough_file(), load(text), {"measures": ["robbery"]}, add)


BRAND = """\
brand:
  colours: {deep: "#1d3f2b"}
  ink: {deep: 95 55 0 70}
  fonts: {text: brand/lato}
  logo: {file: brand/logo.svg, text: Kent Police}
called: {one: district, many: districts}
languages: pl
"""
KINDS = {"site": SiteFile, "edition": model.edition_file()}
WHOLE = {
    **{path: (PROGRAM / path).read_text("utf-8") for path in ["content/site.yaml", *YAML, *EVERY]},
    "site with a brand": BRAND,
}


@pytest.mark.parametrize("name", WHOLE)
def test_every_value_of_a_file_is_in_its_form(name):
    kind = KINDS.get(re.split(r"\W", name.rpartition("/")[2])[0], model.borough_file())
    form = form_of(WHOLE[name], kind)
    shown = {field.name: field.value for field in entries.fields(form) if field.value}

    def typed(value, path=()):
        if isinstance(value, dict):
            return {k: v for key in value for k, v in typed(value[key], (*path, key)).items()}
        if isinstance(value, list):
            return {
                k: v for i, each in enumerate(value) for k, v in typed(each, (*path, i)).items()
            }
        return {entries.named(path): value}

    assert shown == typed(load(WHOLE[name]))


@pytest.mark.parametrize("name", model.sections())
def test_every_section_can_be_added(name):
    form = form_of("draft: yes\n", add=name)
    (group,) = (part for part in form.parts if part.name == name)
    assert isinstance(group, entries.Group)
    assert group.is_new
    assert all(field.value == "" for field in entries.fields(group))
    assert len(list(entries.fields(group))) > 1


def test_a_field_has_a_hint_an_example_and_choices():
    found = {field.name: field for field in entries.fields(form_of(HAVERING))}
    outcome = found["performance/measures/0/outcome"]
    assert outcome.choices == ("achieved", "missed")
    assert outcome.value == "missed"
    assert found["performance/measures/0/measure"].suggested == "measures"
    assert "For example" in found["contacts/list/0/phone"].hint
    assert found["commander/body"].is_long
    assert not found["commander/from/name"].is_long


# Requests


def answered(root, **typed):
    """What is sent when these fields are changed in the form as it was loaded."""
    shown = answering.show(root, FILE, TOKEN)
    assert shown.status == 200
    return answering.save(root, FILE, TOKEN, {**sent(shown.html), **typed})


def sent(page):
    """The fields of a page as a browser would send them."""
    found = {}
    main = page.partition('method="post"')[2]
    for tag in re.findall(r"<input\b[^>]*>", main):
        name, value = (re.search(rf'\b{key}="([^"]*)"', tag) for key in ("name", "value"))
        if name and 'type="checkbox"' not in tag:
            found[html.unescape(name[1])] = html.unescape(value[1])
    for name, value in re.findall(
        r'<textarea\b[^>]*?name="([^"]*)"[^>]*>\n(.*?)</textarea>', main, re.DOTALL
    ):
        found[html.unescape(name)] = html.unescape(value)
    for name, options in re.findall(
        r'<select\b[^>]*?name="([^"]*)"[^>]*>(.*?)</select>', main, re.DOTALL
    ):
        chosen = re.search(r'selected value="([^"]*)"', options)
        found[html.unescape(name)] = html.unescape(chosen[1]) if chosen else ""
    return found


def test_a_form_that_is_sent_as_it_was_changes_nothing(root):
    before = text_of(root)
    assert answered(root).status == 303
    assert text_of(root) == before


def test_what_was_typed_is_saved(root):
    answer = answered(root, **{"f:commander/from/name": "Anna <Bee>"})
    assert (answer.status, answer.location) == (303, f"/edit/{FILE}?saved=1")
    assert text_of(root) == HAVERING.replace("name: Michael Smith", "name: Anna <Bee>")
    page = answering.show(root, FILE, TOKEN, answering.Wish(is_saved=True)).html
    assert 'value="Anna &lt;Bee&gt;"' in page
    assert "Saved." in page


def test_a_mistake_is_told_beside_its_field_and_nothing_is_saved(root):
    answer = answered(root, **{"f:performance/measures/0/percent": "22.5"})
    assert answer.status == 422
    assert text_of(root) == HAVERING
    field = answer.html.partition('id="f-performance/measures/0/percent"')[0].rpartition(
        '<div class="field'
    )[2]
    assert field.startswith(" is-wrong")
    assert "the percentage does not follow from the counts" in field
    assert 'value="22.5"' in answer.html
    assert 'href="#f-performance/measures/0/percent"' in answer.html


def test_a_mistake_can_be_saved_as_it_is(root):
    answer = answered(root, **{"f:performance/measures/0/percent": "22.5", "anyway": "1"})
    assert answer.status == 303
    assert "percent: 22.5" in text_of(root)


def test_a_file_that_somebody_else_has_changed_is_not_overwritten(root):
    loaded = sent(answering.show(root, FILE, TOKEN).html)
    path = root / "content" / f"{FILE}.yaml"
    path.write_text(HAVERING + "# changed by somebody else\n", "utf-8")
    answer = answering.save(root, FILE, TOKEN, {**loaded, "f:commander/from/name": "Anna Bee"})
    assert answer.status == 409
    assert "Somebody else has changed this file" in answer.html
    assert 'value="Anna Bee"' in answer.html
    assert text_of(root) == HAVERING + "# changed by somebody else\n"


COLOURS = """
# What we look like
brand:
  colours:
    deep: "#1d3f2b"  # as on our cars
    tile: "#2a5540"
"""


def test_colours_and_inks_are_saved_in_their_place(root):
    path = root / "content" / "site.yaml"
    before = path.read_text("utf-8") + COLOURS
    path.write_text(before, "utf-8")
    page = answering.show(root, "site", TOKEN).html
    assert 'style="background: #1d3f2b"' in page
    typed = {
        "f:brand/colours/deep": "#14532d",
        "f:brand/colours/tile": "",
        "f:brand/ink/deep": "95 55 0 70",
    }
    assert answering.save(root, "site", TOKEN, {**sent(page), **typed}).status == 303
    after = before.replace('"#1d3f2b"', '"#14532d"').replace('    tile: "#2a5540"\n', "")
    assert path.read_text("utf-8") == f"{after}  ink:\n    deep: 95 55 0 70\n"


def test_a_message_that_stands_alone_is_changed_where_it_stands(root):
    name = "2009-10/edition"
    path = root / "content" / f"{name}.yaml"
    before = path.read_text("utf-8")
    typed = {"f:foreword/from/name": "Anna Bee"}
    page = sent(answering.show(root, name, TOKEN).html)
    assert "f:foreword/messages/0/body" not in page
    assert answering.save(root, name, TOKEN, {**page, **typed}).status == 303
    assert path.read_text("utf-8") == before.replace("name: Kit Malthouse", "name: Anna Bee")


ADDED = {
    "a brand": ("site", "brand", {"f:brand/colours/deep": "#1d3f2b"}, "brand:\n  colours:\n"),
    "what a printer is told": (
        "site",
        "print",
        {"f:print/quantity": "500"},
        "print:\n  quantity: 500",
    ),
    "sections that may be left out": (
        "2009-10/edition",
        "optional",
        {"f:optional/0": "partnership"},
        "optional:\n  - partnership\n",
    ),
    "a foreword": (
        FILE,
        "foreword",
        {
            "f:foreword/from/name": "A",
            "f:foreword/from/role": "B",
            "f:foreword/body": "Words.",
        },
        "foreword:\n  from:\n    name: A\n    role: B\n  body: Words.\n",
    ),
}


@pytest.mark.parametrize(("name", "add", "typed", "expected"), ADDED.values(), ids=ADDED)
def test_a_part_that_a_file_lacks_is_begun(root, name, add, typed, expected):
    assert f'<option value="{add}">' in answering.show(root, name, TOKEN).html
    shown = answering.show(root, name, TOKEN, answering.Wish(add=add)).html
    assert answering.save(root, name, TOKEN, {**sent(shown), **typed}).status == 303
    assert f"\n\n{expected}" in (root / "content" / f"{name}.yaml").read_text("utf-8")


FIGURE = {
    "f:figures/+/+": "arrests",
    "f:figures/+/value": "1,498",
    "f:figures/+/label": "Arrests",
    "f:figures/+/source": "Our records",
}
ARRESTS = "  arrests:\n    value: 1,498\n    label: Arrests\n    source: Our records\n"


def test_an_entry_gets_a_name_of_its_own(root):
    assert answered(root, **FIGURE).status == 303
    last = "    source: Borough commander’s message, Local Policing Summary 2009/10\n\ncommander:"
    assert text_of(root) == HAVERING.replace(last, last.replace("\n\n", f"\n{ARRESTS}\n"))


FOLDED = {
    "figures": [],
    "prevention": ["Easy read: add", "One more", "Tips: add"],
    "contacts": ["Easy read: add", "One more"],
    "quotes": ["Easy read: add", "One more"],
}


@pytest.mark.parametrize(("add", "expected"), FOLDED.items(), ids=FOLDED)
def test_the_first_entry_of_a_part_that_is_added_is_not_folded_away(root, add, expected):
    page = answering.show(root, "2009-10/bromley", TOKEN, answering.Wish(add=add)).html
    part = page.partition(f'id="g-{add}"')[2].partition('class="depth-1"')[0]
    folded = re.findall(r"<details(?: class=\"item\")?><summary>([^<]*)", part)
    assert folded == expected
    assert "<details open>" in part


def test_the_first_entry_of_a_list_gets_a_name_of_its_own(root):
    shown = answering.show(root, "2009-10/bromley", TOKEN, answering.Wish(add="figures")).html
    assert answering.save(root, "2009-10/bromley", TOKEN, {**sent(shown), **FIGURE}).status == 303
    text = (root / "content" / "2009-10" / "bromley.yaml").read_text("utf-8")
    assert text.endswith(f"\n\nfigures:\n{ARRESTS}")


UNNAMED = {
    "no name": ({"f:figures/+/+": ""}, "figures/+/+", "this entry has no name"),
    "one that is taken": (
        {"f:figures/+/+": "fewer-victims"},
        "figures/+/+",
        "<code>fewer-victims</code> stands in this list already",
    ),
    "a value that is none": (
        {"f:figures/+/value": "many"},
        "figures/+/value",
        "<code>many</code> is not a number",
    ),
}


@pytest.mark.parametrize(("typed", "field", "told"), UNNAMED.values(), ids=UNNAMED)
def test_what_is_wrong_with_a_new_entry_is_told_beside_it(root, typed, field, told):
    answer = answered(root, **{**FIGURE, **typed})
    assert answer.status == 422
    assert text_of(root) == HAVERING
    beside = answer.html.partition(f'id="p-{field}-1"')[2].partition("</p>")[0]
    assert told in beside
    assert 'value="Arrests"' in answer.html
    assert ("Save as it is" in answer.html) == (field == "figures/+/value")


ANCHORS = {
    "a section": ("commander:", "g-commander"),
    "a value in it": ("  quote: It was", "f-commander/quote"),
    "an item of a list": ("    - measure: residential", "g-performance/measures/0"),
    "a key of an item": ("      percent: 25.5", "f-performance/measures/0/percent"),
    "a value at the margin": ("summary:", "f-summary"),
}


@pytest.mark.parametrize(("line", "anchor"), ANCHORS.values(), ids=ANCHORS)
def test_a_line_leads_to_its_field(root, line, anchor):
    number = next(at for at, text in enumerate(HAVERING.split("\n"), 1) if text.startswith(line))
    answer = answering.show(root, FILE, TOKEN, answering.Wish(line=number))
    assert (answer.status, answer.location.partition("#")[2]) == (303, anchor)
    page = answering.show(root, FILE, TOKEN, answering.Wish(part=anchor[2:])).html
    around = []
    for tag in re.findall(r"<details[^>]*>|</details>", page.partition(f'id="{anchor}"')[0]):
        around.pop() if tag == "</details>" else around.append(tag)
    assert all(tag.endswith(" open>") for tag in around)
    assert len(around) == ("measures" in anchor)


def test_a_line_that_the_file_does_not_have_leads_to_the_form(root):
    assert answering.show(root, FILE, TOKEN, answering.Wish(line=99_999)).status == 200


def test_an_item_with_a_mistake_is_not_folded_away(root):
    page = answering.show(root, FILE, TOKEN).html
    assert page.count('<details class="item" open>') == 0
    answer = answered(root, **{"f:performance/measures/0/percent": "22.5"})
    assert answer.html.count('<details class="item" open>') == 1


def test_what_was_begun_and_is_refused_is_not_folded_away(root):
    answer = answered(
        root,
        **{"f:contacts/list/1/name": "Us", "f:performance/measures/0/percent": "22.5"},
    )
    assert answer.status == 422
    assert answer.html.count("<details open>") == 1


def test_a_section_is_added(root):
    shown = answering.show(root, FILE, TOKEN, answering.Wish(add="prevention")).html
    typed = {
        "f:prevention/items/0/title": "Locks",
        "f:prevention/items/0/tips/0": "Lock your bicycle",
    }
    assert answering.save(root, FILE, TOKEN, {**sent(shown), **typed}).status == 303
    assert text_of(root).endswith(
        "\n\nprevention:\n  items:\n    - title: Locks\n      tips:\n        - Lock your bicycle\n"
    )


def test_an_item_is_taken_out(root):
    assert answered(root, **{"remove:priorities/items/5": "on"}).status == 303
    assert "Challenging sanction detection" not in text_of(root)


@pytest.mark.parametrize("name", ["site", "2009-10/edition", "2009-10/bromley"])
def test_every_kind_of_file_has_a_form(root, name):
    page = answering.show(root, name, TOKEN)
    assert page.status == 200
    assert f"content/{name}.yaml" in page.html


OUTSIDE = [
    "../../etc/passwd",
    "2009-10/../site",
    "nowhere",
    "2009-10/nobody",
    "pages/nowhere",
    "pages/privacy.pl",
    "pages/../site",
    "",
    "2009-10/havering.cy",
    "2009-10/nobody.pl",
    "2009-10/havering.pl.yaml",
    "2009-10/.schema",
    "/etc/passwd",
]


@pytest.mark.parametrize("name", OUTSIDE)
def test_no_form_leads_out_of_the_content(root, name):
    assert answering.show(root, name, TOKEN).status == 404
    assert answering.save(root, name, TOKEN, {}).status == 404


def test_a_file_that_cannot_be_read_is_told(root):
    (root / "content" / f"{FILE}.yaml").write_text("a: [1\n", "utf-8")
    page = answering.show(root, FILE, TOKEN).html
    assert "This file cannot be read as it stands" in page
    assert "<form" not in page


LINKS = {
    "a borough": ("content/2009-10/havering.yaml", "/edit/2009-10/havering?line=3"),
    "the site": ("content/site.yaml", "/edit/site?line=3"),
    "a page of text": ("content/pages/privacy.md", "/edit/pages/privacy?line=3"),
    "a translation": ("content/2009-10/havering.pl.yaml", "/edit/2009-10/havering.pl?line=3"),
    "a template": ("templates/sections/plan.html", None),
    "text where YAML belongs": ("content/2009-10/havering.md", None),
}


@pytest.mark.parametrize(("file", "expected"), LINKS.values(), ids=LINKS)
def test_a_place_leads_to_the_form_of_its_file(file, expected):
    assert answering.link(Place(file, 3, 1)) == expected


def test_each_field_has_its_label_and_each_id_is_there_once(root):
    page = answering.show(root, FILE, TOKEN).html
    ids = re.findall(r'\bid="([^"]*)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'<label for="([^"]*)"', page)) <= set(ids)
    described = {
        each for found in re.findall(r'aria-describedby="([^"]*)"', page) for each in found.split()
    }
    assert described <= set(ids)
    named = re.findall(r'<(?:input type="text"|textarea|select)\b[^>]*\bid="([^"]*)"', page)
    assert set(named) <= set(re.findall(r'<label for="([^"]*)"', page))


# Who may ask


class Served:
    """The forms at an address, and what they answer."""

    def __init__(self, root):
        self.rules = handlers.rules(root)
        (self.socket,) = netutil.bind_sockets(0, "127.0.0.1")
        self.port = self.socket.getsockname()[1]
        self.make = lambda: httpserver.HTTPServer(
            web.Application(self.rules, port=self.port, log_function=lambda _: None)
        )

    @property
    def token(self):
        return self.rules[0][2]["token"]

    async def ask(self, path, typed=None, **headers):
        server = self.make()
        server.add_socket(self.socket)
        try:
            return await asyncio.to_thread(self._asked, path, typed, headers)
        finally:
            server.stop()

    def _asked(self, path, typed, headers):
        data = urllib.parse.urlencode(typed).encode() if typed is not None else None
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", data, headers)
        opener = urllib.request.build_opener(_Stays)
        try:
            with opener.open(request) as found:
                return found.status, dict(found.headers)
        except urllib.error.HTTPError as error:
            with error:
                return error.code, dict(error.headers)


class _Stays(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


def typed_at(port, token, root):
    page = answering.show(root, FILE, token).html
    return {**sent(page), "f:commander/from/name": "Anna Bee"}, {
        "Origin": f"http://127.0.0.1:{port}"
    }


ASKED = {
    "our own page with its secret": ({}, {}, 303),
    "no secret": ({"token": ""}, {}, 403),
    "a wrong secret": ({"token": "guessed"}, {}, 403),
    "a page of another website": ({}, {"Origin": "https://example.org"}, 403),
    "no word of where it comes from": ({}, {"Origin": None}, 403),
    "another host's name": ({}, {"Host": "example.org"}, 421),
}


@pytest.mark.parametrize(("typed", "headers", "expected"), ASKED.values(), ids=ASKED)
def test_only_our_own_page_can_save(root, typed, headers, expected):
    served = Served(root)
    fields, sent_with = typed_at(served.port, served.token, root)
    told = {key: value for key, value in {**sent_with, **headers}.items() if value is not None}
    status, _ = asyncio.run(served.ask(f"/edit/{FILE}", {**fields, **typed}, **told))
    assert status == expected
    assert ("name: Anna Bee" in text_of(root)) == (expected == 303)


def test_a_form_may_run_no_script_and_be_framed_by_nobody_else(root):
    status, headers = asyncio.run(Served(root).ask(f"/edit/{FILE}"))
    assert status == 200
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in headers["Content-Security-Policy"]
