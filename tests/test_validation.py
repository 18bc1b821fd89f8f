"""Nodes → a model: what is wrong is told and taken out, and the rest is read.

Single mistakes and their messages are in cases/mistakes/keys.md and values.md.
"""

from typing import Annotated

import pytest
from pydantic import Field

from policing_summary import model, source
from policing_summary.model.base import Frozen, Person
from policing_summary.model.files import EditionHead, SiteFile
from policing_summary.validation import did_you_mean, read_as

KNOWN = ["residential-burglary", "robbery", "theft-from-vehicles", "leave-out", "Big"]
MEANT = {
    "robery": "robbery",
    "Robbery": "robbery",
    "burglery": "residential-burglary",
    "leave_out": "leave-out",
    "theft from vehicles": "theft-from-vehicles",
    "big": "Big",
    "colour": None,
    "": None,
    "警察": None,
}


@pytest.mark.parametrize(("typed", "meant"), MEANT.items())
def test_the_nearest_known_word_is_offered(typed, meant):
    assert did_you_mean(typed, KNOWN, "no") == (f"did you mean `{meant}`?" if meant else "no")


def borough(text):
    return read_as(source.parse(text, "x"), model.borough_file())


REST = """\
sumary: x
draft: perhaps
specimen: [x]
contacts:
  - {name: One, phone: 1}
  - {name: Two, phone: 101, fax: 102}
  - {nam: Three, phone: 101}
  -
  - {name: Five, phone: 101}
mission: {subtitle: x}
plan: {body: x, priorities: [{text: a, footnote: {b: c}}, d]}
"""


def test_what_is_wrong_is_taken_out_and_the_rest_is_read():
    reading = borough(REST)
    assert sorted((p.place.line, p.place.column) for p in reading.problems) == [
        *((1, 1), (2, 8), (3, 11), (5, 24), (6, 29), (7, 6), (8, 4), (10, 1), (11, 50))
    ]
    read = reading.model
    assert read
    assert not read.draft
    assert read.specimen is None
    assert read.mission is None
    assert [contact.name for contact in read.contacts.entries] == ["Two", "Five"]
    assert [(each.text, each.footnote) for each in read.plan.priorities] == [
        ("a", None),
        ("d", None),
    ]


def test_places_lead_to_what_is_left():
    reading = borough(REST)
    assert reading.document.lost == {
        *("sumary", "draft", "specimen", "contacts", "mission", "plan"),
    }
    assert reading.document.place("contacts", "list", 1, "name").line == 9
    assert (
        reading.document.place("plan", "priorities", 1).column
        == REST.splitlines()[10].index("d]") + 1
    )


def test_a_file_without_mistakes_is_whole():
    reading = borough("summary: x\n")
    assert reading.document.lost == set()
    assert reading.problems == ()


def test_a_text_that_is_missing_at_the_top_does_not_hide_the_rest():
    reading = read_as(source.parse("titel: x\nlabel: y\nmeasures: {a: {}}\n", "x"), EditionHead)
    assert {problem.what for problem in reading.problems} == {
        *("unknown key `titel`", "`period` is missing here", "`name` is missing here")
    }
    assert reading.model
    assert reading.model.label == "y"


@pytest.mark.parametrize("text", ["x: y\n", "title: [x]\n", "boroughs: 7\n", "address: nowhere\n"])
def test_too_little_to_go_on_gives_no_model_but_its_problems(text):
    reading = read_as(source.parse(text, "x"), SiteFile)
    assert reading.model is None
    assert reading.problems


SHORT = {
    "a list for a section": "contacts:\n  - {name: A, phone: 101}\n",
    "one item for a list": "contacts:\n  list: {name: A, phone: 101}\n",
    "in full": "contacts:\n  list:\n    - name: A\n      phone: 101\n",
}


@pytest.mark.parametrize("text", SHORT.values(), ids=SHORT)
def test_a_short_form_means_the_same_as_the_long_one(text):
    reading = borough(text)
    assert reading.problems == ()
    assert [entry.name for entry in reading.model.contacts.entries] == ["A"]


def test_of_many_thousand_mistakes_the_first_are_told_and_how_many_more_there_are():
    text = "contacts:\n" + "  - {nam: A}\n" * 10_000
    *told, last = borough(text).problems
    assert {problem.what for problem in told} == {"unknown key `nam`"}
    assert last.what == "there are 19,000 more mistakes in this file"


class Team(Frozen):
    members: Annotated[tuple[Person, ...], Field(min_length=1)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("members: []\n", ["this list is empty"]),
        ("members:\n  - {nam: A, role: B}\n", ["unknown key `nam`"]),
    ],
)
def test_a_list_is_called_empty_only_if_nothing_is_in_it(text, told):
    assert [problem.what for problem in read_as(source.parse(text, "x"), Team).problems] == told
