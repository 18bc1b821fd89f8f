"""Translations whose original has changed since: what counts as a change, who is told, and what is recorded."""

from contextlib import nullcontext

import pytest
from test_translating import FORMATS, HAVERING, TRANSLATED

from policing_summary import abreast, content, source, translating
from policing_summary.commands import translated
from policing_summary.desk import advice
from policing_summary.errors import BuildError
from policing_summary.keyboard import Keyboard
from policing_summary.numerals import Day

FILE = "content/2009-10/havering.pl.yaml"
TODAY = Day(2010, 9, 1)


@pytest.fixture
def desk(site_folder):
    return Desk(site_folder)


class Desk:
    """The small site in Polish: commands, what is advised, and files to change."""

    def __init__(self, site_folder):
        self.write, self.files = site_folder, dict(TRANSLATED)
        self.root = site_folder(self.files).parent

    def run(self, *typed):
        said = []
        at = Keyboard(self.root, said.append, said.append, lambda _: None, nullcontext, str)
        assert translated.run(translated.parser().parse_args(typed), at) == 0
        self.files[FILE.removeprefix("content/")] = self.text
        return "\n".join(said)

    def change(self, file, old, new):
        assert self.files[file].count(old) == 1
        self.files[file] = self.files[file].replace(old, new)
        self.write(self.files)

    @property
    def text(self):
        return (self.root / FILE).read_text("utf-8")

    @property
    def told(self):
        site = content.load(self.root / "content")
        found = [each for each in advice.given(site, TODAY) if each.name == "stale-translations"]
        return [each for each in found if each.place.file == FILE]


def test_a_translation_that_records_nothing_is_told_once(desk):
    (told,) = desk.told
    assert told.what == "this translation does not record which words it was made from"
    assert told.way_out == f"once it is in step, `python3 build.py translated {FILE}` records it"


def test_a_translation_that_is_in_step_is_recorded_and_needs_no_advice(desk):
    before = desk.text
    said = desk.run(FILE)
    assert said == f"Recorded 5 parts of {FILE} as in step with content/2009-10/havering.yaml."
    assert desk.text.startswith(before.rstrip() + "\n\n# What the words were translated from")
    assert desk.told == []
    content.load(desk.root / "content")
    assert desk.run(FILE).startswith("That is recorded already")


HARMLESS = {
    "a figure": ("before: 1000", "before: 1001"),
    "a telephone number": ("0300 123 1212", "101"),
    "the name of a person": ("Michael Smith", "Anna Bee"),
    "how a text is broken into lines": (
        "or {{ robbery.percent }}. There",
        "or {{ robbery.percent }}.\n    There",
    ),
    "a section that is not translated": (
        "summary: What",
        "mission:\n  body: Another purpose.\nsummary: What",
    ),
}


@pytest.mark.parametrize(("old", "new"), HARMLESS.values(), ids=HARMLESS)
def test_what_is_no_word_makes_nothing_stale(old, new, desk):
    desk.run(FILE)
    desk.change("2009-10/havering.yaml", old, new)
    assert desk.told == []


CHANGES = {
    "a text": ("There were 4,555 fewer", "We counted 4,555 fewer", ["commander"]),
    "a role": ("role: Borough Commander", "role: Superintendent", ["commander"]),
    "a note in a table": ("note: Counted anew.", "note: Counted twice.", ["performance"]),
    "a sentence above the sections": ("What the police did", "What we did", ["summary"]),
    "an item of a list": ("A priority in words.", "Another one.", ["priorities"]),
}


@pytest.mark.parametrize(("old", "new", "parts"), CHANGES.values(), ids=CHANGES)
def test_a_change_of_words_is_told_at_its_part(old, new, parts, desk):
    desk.run(FILE)
    desk.change("2009-10/havering.yaml", old, new)
    told = desk.told
    assert [each.what for each in told] == [
        f"the original of `{part}` has changed since it was translated" for part in parts
    ]
    (line,) = (each.place.line for each in told)
    assert desk.text.split("\n")[line - 1].startswith(f"{parts[0]}:")
    assert f"then `python3 build.py translated {FILE} {parts[0]}`" in str(told[0].way_out)


def test_one_part_is_recorded_and_the_others_stay_behind(desk):
    desk.run(FILE)
    desk.change("2009-10/havering.yaml", "There were 4,555", "We counted 4,555")
    desk.change("2009-10/havering.yaml", "What the police did", "What we did")
    assert [each.place.line for each in desk.told] == [1, 2]
    desk.run(FILE, "commander")
    assert ["`summary`" in each.what for each in desk.told] == [True]
    assert desk.text.count("translated-from:") == 1


def test_a_part_that_was_added_since_is_told(desk):
    desk.run(FILE)
    kept = "\n".join(line for line in desk.text.split("\n") if not line.startswith("  summary: "))
    desk.write({**desk.files, FILE.removeprefix("content/"): kept})
    assert [e.what for e in desk.told] == [
        "nothing records which words `summary` was translated from"
    ]


@pytest.mark.parametrize("file", ["site", "2009-10/edition", "2009-10/havering"])
def test_it_is_switched_off_by_its_name(file, desk):
    desk.files[f"{file}.yaml"] += "advice: {stale-translations: no}\n"
    desk.write(desk.files)
    assert desk.told == []


def test_the_record_keeps_the_ends_of_lines_of_windows_and_what_stands_below():
    text = "a: 1\r\n\r\ntranslated-from:\r\n  a: 00000000\r\n  b: 11111111\r\n# below\r\nc: 2\r\n"
    new = abreast.written(text, {"a": "22222222"})
    assert new == text.replace("00000000", "22222222")


def test_all_of_our_own_translations_are_in_step(pristine):
    site = content.load(pristine.root / "content")
    found = [each for each in advice.given(site, TODAY) if each.name == "stale-translations"]
    assert site.translations
    assert found == []


REFUSED = {
    "a file that is none": (["content/2009-10/havering.yaml"], "There is no translation `content"),
    "a part that it does not have": ([FILE, "comander"], "did you mean `commander`"),
}


@pytest.mark.parametrize(("typed", "told"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_recorded_is_told(typed, told, desk):
    with pytest.raises(BuildError, match=told):
        desk.run(*typed)


def test_only_words_count(site_folder):
    """The hash of a borough's head is the same however its numbers are."""
    marks = []
    for now in ("2255", "3000"):
        files = TRANSLATED | {"2009-10/havering.yaml": HAVERING.replace("now: 2255", f"now: {now}")}
        site = content.load(site_folder(files))
        marks.append(abreast.marks(site.editions[0].boroughs[0].head))
    assert marks[0] == marks[1]
    assert {"summary", "commander", "performance", "priorities", "contacts"} <= marks[0].keys()
    assert "figures" not in marks[0]
    assert abreast.noted(source.parse("translated-from: by hand\n", "a")) == {}


ASKED_FOR = {
    "none asked for": ("", ("a5-booklet", "large-print", "accessible")),
    "one": ("formats: large-print\n", ("large-print",)),
    "some, in an order of its own": (
        "formats: [accessible, a5-booklet]\n",
        ("accessible", "a5-booklet"),
    ),
    "none at all": ("formats: none\n", ("none",)),
}


@pytest.mark.parametrize(("typed", "expected"), ASKED_FOR.values(), ids=ASKED_FOR)
def test_a_translation_may_ask_for_leaflets_of_its_own(typed, expected, sheets_of):
    files = dict(TRANSLATED)
    files["2009-10/edition.yaml"] = FORMATS
    files["2009-10/edition.pl.yaml"] += typed
    site, _ = sheets_of(files)

    ((version,), problems) = translating.versions(site)
    assert problems == []
    assert version.edition.head.formats == expected
