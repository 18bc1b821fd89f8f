"""Advice to people who write: each kind, its place, and how it is switched off."""

import pytest
from documents import ROOT, code, table
from PIL import Image

from policing_summary import content
from policing_summary.desk import advice, passages, plainness
from policing_summary.numerals import Day

TODAY = Day(2010, 9, 1)
LONG = "We went to every street and " + "spoke with people and " * 7 + "then came back again."
DENSE = (
    "Organisational accountability arrangements necessitate comprehensive interdepartmental "
    "communication concerning operational responsibilities. " * 12
)
MAP = "map:\n  text: {}\n"
PAGE = "---\ntitle: Help\nposition: 10\n---\n\n{}\n"
SAID = {
    "a long sentence": (
        "long-sentences",
        f"mission:\n  body: |\n    Short. {LONG}\n",
        (3, 12, "this sentence has 38 words"),
    ),
    "a long sentence over two lines": (
        "long-sentences",
        f"mission:\n  body: |\n    Short.\n    {LONG[:40]}\n    {LONG[40:]}\n",
        (4, 5, "this sentence has 39 words"),
    ),
    "a word of offices": (
        "jargon",
        "mission:\n  body: We work hard in order to help.\n",
        (2, 22, "`in order to` is a word of offices"),
    ),
    "the second of two": (
        "jargon",
        "mission:\n  body: |\n    Utilise this.\n    Then utilise that.\n",
        (4, 10, "`utilise` is a word of offices"),
    ),
    "tags of a web page": (
        "pasted-html",
        "mission:\n  body: One <b>purpose</b>.<br>And more.\n",
        (2, 13, "`<b>` would be printed as it stands here"),
    ),
    "letters that nobody explains": (
        "abbreviations",
        "mission:\n  body: Speak to your DWO about it.\n",
        (2, 23, "nothing says what DWO stands for"),
    ),
    "a text for scholars": (
        "reading-age",
        f"mission:\n  body: |\n    {DENSE}\n",
        (2, 9, "this text asks for a reader of 21 years or more"),
    ),
    "a claim without its day": (
        "undated-claims",
        "mission:\n  body: Crime has fallen recently in the borough.\n",
        (2, 9, "“recently” says nothing to somebody who reads this in a year"),
    ),
    "a telephone number in a row": (
        "phone-form",
        "mission:\n  body: Call 02072020202 at any hour.\n",
        (2, 14, "`02072020202` is not grouped as telephone numbers are"),
    ),
    "a contact that has expired": (
        "old-contacts",
        "contacts:\n  - {name: A, phone: 101, expires-on: 2010-08-31}\n",
        (2, 39, "this could be relied on until 31 August 2010"),
    ),
    "a contact that nobody has checked for a year": (
        "old-contacts",
        "contacts:\n  - {name: A, phone: 101, checked-on: 2009-08-30}\n",
        (2, 39, "nobody has made sure since 30 August 2009 that this is right"),
    ),
    "a map that is not described": (
        "alternative-text",
        "map:\n  text: A map.\n",
        (2, 9, "this does not say what the map shows"),
    ),
    "a heading of nothing": (
        "empty-headings",
        "mission:\n  body: One.\n  outcomes-title: Results\n",
        (3, 19, "nothing stands below this heading"),
    ),
    "a message without end": (
        "long-messages",
        f"commander:\n  from: {{name: A, role: B}}\n  body: |\n    {'We did what we could. ' * 60}\n",
        (3, 9, "this message has 300 words, and about 190 fit"),
    ),
    "a link to a page that is not there": (
        "dead-links",
        "mission:\n  body: See [this](https://summary.example.org/2009-10/haverin/).\n",
        (2, 20, "this site has no page at `https://summary.example.org/2009-10/haverin/`"),
    ),
    "an address of a page that is not there": (
        "dead-links",
        "mission:\n  body: One.\n  link: summary.example.org/2008-09\n",
        (3, 9, "this site has no page at `summary.example.org/2008-09`"),
    ),
    "a portrait with few dots": (
        "small-images",
        "commander:\n  from: {name: A, role: B, photo: images/small.png}\n  body: One.\n",
        (2, 35, "`images/small.png` is 300 dots wide, and is printed 45 mm wide"),
    ),
}
NOT_SAID = {
    "a sentence of 35 words": f"mission:\n  body: |\n    {LONG.replace('spoke with people and ', '', 1)}\n",
    "items of a list, each short": "mission:\n  body: |\n"
    + "    - We went to many streets here\n" * 9,
    "signs that are no tags": "mission:\n  body: Fewer than < 5, and > 3, see <https://www.example.org/>.\n",
    "letters that are explained": "mission:\n  body: Speak to your dedicated ward officer (DWO). The DWO knows.\n",
    "letters that everybody knows": "mission:\n  body: The BBC and the NHS have a PDF.\n",
    "a claim with its month": "mission:\n  body: Crime has fallen recently, since June.\n",
    "a claim with its year": "mission:\n  body: As of 2010 we currently have more officers.\n",
    "a number that is grouped": "mission:\n  body: Call 020 7202 0202 or 101, at 4,555 people.\n",
    "a contact checked a year ago": "contacts:\n  - {name: A, phone: 101, checked-on: 2009-09-01}\n",
    "a contact that says no day": "contacts:\n  - {name: A, phone: 101}\n",
    "a link to a page that is there": "mission:\n  body: See [us](https://summary.example.org/2009-10/bromley/).\n",
    "a link to another site": "mission:\n  body: See [them](https://www.example.org/2008-09/).\n",
    "a portrait with dots enough": "commander:\n  from: {name: A, role: B, photo: images/large.png}\n  body: One.\n",
    "easy read, which has rules of its own": "mission:\n  body: One.\n  easy-read: {text: We do it currently., picture: clock}\n",
}


@pytest.fixture
def told(site_folder):
    """What is advised about the small site with changed files."""

    def tell(changes):
        files = {"2009-10/havering.yaml": changes} if isinstance(changes, str) else changes
        folder = site_folder({"2009-10/bromley.yaml": "summary: A.\n", **files})
        (folder / "2009-10/images").mkdir(exist_ok=True)
        for name, width in (("small", 300), ("large", 400)):
            Image.new("RGB", (width, width)).save(folder / f"2009-10/images/{name}.png")
        site = content.load(folder, drafts=True)
        assert [p for p in site.problems if p.severity == "error"] == []
        return list(advice.given(site, TODAY))

    return tell


@pytest.mark.parametrize(("name", "typed", "expected"), SAID.values(), ids=SAID)
def test_advice_has_a_name_a_place_and_a_way_out(name, typed, expected, told):
    line, column, what = expected
    found = [p for p in told(typed) if (p.place.line, p.place.column) == (line, column)]
    [problem] = [each for each in found if each.name == name]
    assert problem.what.startswith(what)
    assert (problem.severity, problem.place.file) == ("advice", "content/2009-10/havering.yaml")
    assert problem.way_out


@pytest.mark.parametrize("typed", NOT_SAID.values(), ids=NOT_SAID)
def test_no_advice_is_given_where_none_is_needed(typed, told):
    assert told(typed) == []


@pytest.mark.parametrize("case", SAID)
@pytest.mark.parametrize("place", ["the file", "the edition", "the site"])
def test_advice_is_switched_off_by_its_name(place, case, told, site_folder):
    name, typed, _ = SAID[case]
    off = f"advice: {{{name}: no}}\n"
    files = {
        "the file": "2009-10/havering.yaml",
        "the edition": "2009-10/edition.yaml",
        "the site": "site.yaml",
    }
    folder = site_folder()
    before = typed if place == "the file" else (folder / files[place]).read_text("utf-8")
    changes = {"2009-10/havering.yaml": typed, files[place]: before + off}
    assert [p for p in told(changes) if p.name == name] == []


def test_a_superseded_edition_may_have_old_contacts(told, site_folder):
    edition = (site_folder() / "2009-10/edition.yaml").read_text("utf-8")
    typed = {
        "2009-10/edition.yaml": edition + "superseded-by: 2010-11\n",
        "2010-11/edition.yaml": edition,
        "2010-11/havering.yaml": "summary: A.\n",
        "2009-10/havering.yaml": SAID["a contact that has expired"][1],
    }
    assert told(typed) == []


def test_a_page_of_text_is_read_too(told):
    page = PAGE.format(f"## First\n\n## Second\n\n{LONG}")
    found = told({"pages/help.md": page})
    assert [(p.name, p.place.file, p.place.line) for p in found] == [
        ("long-sentences", "content/pages/help.md", 10),
        ("empty-headings", "content/pages/help.md", 6),
    ]
    off = page.replace(
        "position: 10", "position: 10\nadvice: {long-sentences: no, empty-headings: no}"
    )
    assert told({"pages/help.md": off}) == []


AGES = {
    "a child’s words": ("The cat sat on the mat. The dog ran to the man. " * 12, 1),
    "a report’s": (DENSE, 41),
}


@pytest.mark.parametrize(("words", "years"), AGES.values(), ids=AGES)
def test_the_reading_age_is_reckoned_as_it_was_published(words, years, told):
    """Worked out by hand from letters, words and sentences."""
    count, letters = len(words.split()), sum(map(str.isalnum, words))
    grade = 4.71 * letters / count + 0.5 * count / words.count(".") - 21.43
    passage = passages.Passage(
        words, "mission", (), is_prose=True, advised=passages.Advised(), document=None
    )
    assert plainness.years(passage) == round(grade + 5)


def test_our_own_content_needs_no_advice():
    site = content.load(ROOT / "content", drafts=True)
    found = list(advice.given(site, Day(2026, 11, 25)))
    assert [(str(problem.place), problem.name) for problem in found] == []


def test_every_kind_is_listed_in_the_docs_with_its_reason():
    rows = {code(name): why for name, why in table(ROOT / "docs/checking.md", "advice", "why").rows}
    assert rows == {kind.name: kind.why for kind in advice.kinds()}


def test_every_kind_has_a_case():
    elsewhere = {"editor-schema", "stale-translations"}  # test_desk_schemas.py, test_abreast.py
    assert {name for name, _, _ in SAID.values()} | elsewhere == {
        kind.name for kind in advice.kinds()
    }
