"""Content by somebody who wants to do harm: a sample of what benchmarks/hostile.py goes through."""

import contextlib
import itertools
import os
import socket
import sys

import hostile
import hypothesis
import pytest
from hostile import Case
from hypothesis import strategies

from policing_summary import errors, freepages, prose, source
from policing_summary.errors import ContentError, Problem
from policing_summary.importers import tables
from policing_summary.nodes import EMPTY, plain
from policing_summary.references import FigureSet

pytestmark = pytest.mark.skipif(
    not hasattr(os, "fork") or sys.platform == "darwin", reason="each has a process of its own"
)

SLOW = ("bomb", "70 MB", "30 MB", "60 MB", "400 million", "million columns", "quotation marks")
SAMPLE = (
    *itertools.islice(hostile.fields(), 0, None, 60),
    *itertools.islice(hostile.texts(), 1, None, 12),
    *itertools.islice(hostile.much(), 2, None, 11),
    *(case for case in hostile.files() if not any(word in case.name for word in SLOW)),
    *itertools.islice(hostile.tables(), 6, None, 6),
)


@pytest.fixture(scope="module")
def judge():
    judging = pytest.importorskip("hostile_judging")
    return judging.judge


@pytest.mark.parametrize("case", SAMPLE, ids=[case.name[:80] for case in SAMPLE])
def test_a_hostile_file_does_no_harm(case, judge, tmp_path):
    verdict = judge(case, tmp_path / "site")
    assert verdict.faults == [], verdict.told
    assert verdict.outcome in {"refused", "built", "read"}


def test_there_are_enough_of_them():
    assert sum(1 for _ in hostile.cases()) > 500


# The judge sees harm when there is some


def page(words: str) -> dict[str, hostile.File]:
    return {"output/site/index.html": f"<!DOCTYPE html><title>x</title>{words}"}


HARM = {
    "a script": (page(f"<script>{hostile.MARK}()</script>"), "a live script"),
    "an attribute": (page("<p onclick='x()'>"), "onclick="),
    "a link": (page("<a href=' JavaScript:x()'>"), "a link to javascript"),
    "a frame": (page("<iframe src=x>"), "<iframe>"),
    "a style": (page(f"<style>{hostile.MARK}</style>"), "a live style"),
    "a picture": (page(f"<img src='https://{hostile.MARK}/'>"), "<img> loads"),
    "a secret": (page(hostile.SECRET), "a file from outside"),
    "a feed": ({"output/site/x.xml": "<a><script/></a>"}, "<script>"),
    "half a feed": ({"output/site/x.xml": "<a>"}, "not well-formed"),
    "a drawing": ({"output/site/x.svg": "<svg onload='x()'/>"}, "onload="),
    "a formula": ({"output/site/x.csv": "a,=1+1\n"}, "a formula"),
    "half of JSON": ({"output/site/x.json": "{"}, "no JSON"),
    "a calendar": ({"output/site/x.ics": "BEGIN:VEVENT\r\n"}, "an event of the content"),
    "a letter": ({"output/site/x.eml": "Bcc: x@example.org\n\nx"}, "a header Bcc"),
    "a link out": ({"output/site/x.css": hostile.Link("{outside}/secret.txt")}, "a link in the"),
}


@pytest.mark.parametrize(("files", "told"), HARM.values(), ids=HARM)
def test_the_judge_sees_harm(files, told, judge, tmp_path):
    verdict = judge(Case("harm", files), tmp_path / "site")
    assert any(told in fault for fault in verdict.faults), verdict


def test_no_request_leaves_a_build(site_folder, monkeypatch):
    from policing_summary import building  # noqa: PLC0415

    def refuse(*_):
        raise AssertionError("a request")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    folder = site_folder({"2009-10/edition.yaml": hostile.SMALL})
    building.build(folder.parent, lambda what, done, total: None)
    assert (folder.parent / "output/site/index.html").is_file()


# Whatever is typed


def is_inside(problem: Problem, lines: list[str]) -> bool:
    place = problem.place
    return (
        bool(problem.what)
        and 1 <= place.line <= len(lines)
        and 1 <= place.column <= len(lines[place.line - 1]) + 1
        and "\x1b" not in errors.show(problem)
    )


ANY = strategies.text(max_size=300)
YAMLISH = strategies.lists(
    strategies.sampled_from(
        [
            "a",
            "b: ",
            "- ",
            "\n",
            "  ",
            "'",
            '"',
            "[",
            "]",
            "{",
            "}",
            ":",
            ",",
            "#",
            "|",
            ">",
            "&x ",
            "*x",
            "!t ",
            "---\n",
            "...",
            "%",
            "@",
            "`",
            "?",
            "\t",
            "\\",
            "é",
            "0",
            "~",
            "<<: ",
            "\r",
            "\u2028",
        ]
    ),
    max_size=40,
).map("".join)


@hypothesis.given(strategies.one_of(ANY, YAMLISH))
@hypothesis.settings(max_examples=250, deadline=None, derandomize=True)
def test_any_text_is_a_document_or_is_told_at_a_place_inside_the_file(text):
    lines = source.LINE_BREAK.split(text + "\n")
    problems = told_of(text)
    assert problems is None or problems
    assert [problem for problem in problems or () if not is_inside(problem, lines)] == []


def told_of(text: str) -> tuple[Problem, ...] | None:
    """None if the text is a document."""
    try:
        found = plain(source.parse(text, "x.yaml").root)
    except ContentError as error:
        return error.problems
    return None if isinstance(found, dict) else ()


@hypothesis.given(strategies.text(min_size=1, max_size=200))
@hypothesis.settings(max_examples=150, deadline=None, derandomize=True)
def test_any_value_arrives_as_it_was_typed(words):
    whole = "".join(
        letter for letter in words if not "\ud800" <= letter <= "\udfff"
    )  # no halves of pairs
    written = "".join(
        letter if letter.isalnum() and letter.isascii() else f"\\U{ord(letter):08x}"
        for letter in whole
    )
    document = source.parse(f'a: "{written}"\n', "x.yaml")
    assert (plain(document.root)["a"] or "") == ("" if whole in EMPTY else whole)


MARKDOWN = strategies.lists(
    strategies.sampled_from(
        [
            "a",
            "*",
            "_",
            "[",
            "]",
            "(",
            ")",
            "<",
            ">",
            "!",
            "`",
            "#",
            "\n",
            " ",
            "\\",
            "&lt;",
            "&#106;",
            "javascript:",
            "https://a.b",
            "{{",
            "}}",
            "1. ",
            "- ",
            "\t",
            '"',
            "'",
            "|",
            "<script>",
            "data:",
        ]
    ),
    max_size=40,
).map("".join)


@hypothesis.given(MARKDOWN)
@hypothesis.settings(max_examples=250, deadline=None, derandomize=True)
def test_any_markdown_is_harmless_where_nothing_was_told(text):
    judging = pytest.importorskip("hostile_judging")
    figures = FigureSet({})
    if list(prose.mistakes(text, figures)):
        return
    live = judging.Live()
    live.feed(f"<!DOCTYPE html>{prose.render(text, figures)}")
    assert live.found == []


@hypothesis.given(strategies.one_of(ANY, YAMLISH))
@hypothesis.settings(max_examples=100, deadline=None, derandomize=True)
def test_any_page_is_read_or_told(text):
    page, problems = freepages.read("content/pages/x.md", f"---\n{text}\n---\n{text}")
    assert page or problems


@hypothesis.given(
    strategies.one_of(
        strategies.binary(max_size=300),
        strategies.text(alphabet='a,"\n\r;\t1=%é\0', max_size=100).map(lambda text: text.encode()),
    )
)
@hypothesis.settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    suppress_health_check=[hypothesis.HealthCheck.function_scoped_fixture],
)
def test_any_bytes_are_a_table_or_are_told(tmp_path, data):
    path = tmp_path / "x.csv"
    path.write_bytes(data)
    for read in (tables.read_csv, lambda path, name: tables.read_xlsx(path, name, None, 1)):
        with contextlib.suppress(ContentError):
            assert read(path, "x.csv").header.cells
