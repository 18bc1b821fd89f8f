"""How a problem is shown: the place, the quoted line, and carets under the right letters."""

import pytest

from policing_summary.errors import ContentError, Place, Problem, show

LONG = "a" * 150 + " burglery " + "b" * 150

SHOWN = {
    "a word": (
        Place("content/x.yaml", 41, 16, 8, "    - measure: burglery"),
        """\
error: unknown
  ╭─ content/x.yaml:41:16
  │
41│     - measure: burglery
  │                ^^^^^^^^
  ╰─ did you mean `burglary`?""",
    ),
    "a line number with four digits": (
        Place("x.yaml", 1234, 1, 2, "no"),
        """\
error: unknown
    ╭─ x.yaml:1234:1
    │
1234│ no
    │ ^^
    ╰─ did you mean `burglary`?""",
    ),
    "after letters with accents, of one character and of two": (
        Place("x.yaml", 1, 14, 3, "é name: Zoe\N{COMBINING DIAERESIS} bad"),
        """\
error: unknown
  ╭─ x.yaml:1:14
  │
 1│ é name: Zoe\N{COMBINING DIAERESIS} bad
  │             ^^^
  ╰─ did you mean `burglary`?""",
    ),
    "after letters of double width": (
        Place("x.yaml", 1, 4, 3, "警察 bad"),
        """\
error: unknown
  ╭─ x.yaml:1:4
  │
 1│ 警察 bad
  │      ^^^
  ╰─ did you mean `burglary`?""",
    ),
    "after a tab, which is shown as one blank": (
        Place("x.yaml", 1, 2, 3, "\tbad"),
        """\
error: unknown
  ╭─ x.yaml:1:2
  │
 1│  bad
  │  ^^^
  ╰─ did you mean `burglary`?""",
    ),
    "a control character, which must not reach the terminal": (
        Place("x.yaml", 1, 1, 1, "\x1b[31mred"),
        """\
error: unknown
  ╭─ x.yaml:1:1
  │
 1│ \N{REPLACEMENT CHARACTER}[31mred
  │ ^
  ╰─ did you mean `burglary`?""",
    ),
    "a place behind the end of its line": (
        Place("x.yaml", 1, 9, 5, "summary:"),
        """\
error: unknown
  ╭─ x.yaml:1:9
  │
 1│ summary:
  │         ^
  ╰─ did you mean `burglary`?""",
    ),
    "a file": (
        Place("x.yaml", 1, 1),
        """\
error: unknown
  ╭─ x.yaml:1:1
  ╰─ did you mean `burglary`?""",
    ),
}


@pytest.mark.parametrize(("place", "expected"), SHOWN.values(), ids=SHOWN)
def test_a_problem_is_shown_with_its_line(place, expected):
    assert show(Problem(place, "unknown", "did you mean `burglary`?")) == expected


def test_of_a_long_line_only_what_is_near_is_shown():
    place = Place("x.yaml", 1, LONG.index("burglery") + 1, 8, LONG)
    _, _, _, quote, carets, _ = show(Problem(place, "unknown", "write it anew")).splitlines()
    assert len(quote) < 120
    assert quote[carets.index("^") : carets.rindex("^") + 1] == "burglery"
    assert quote.strip(" 1│").startswith("…a")
    assert quote.endswith("b…")


def test_problems_come_by_file_and_line_and_each_once():
    def at(file, line):
        return Problem(Place(file, line, 1), "wrong")

    error = ContentError([at("b", 1), at("a", 10), at("a", 9), at("a", 10)])
    assert [str(problem.place) for problem in error.problems] == ["a:9:1", "a:10:1", "b:1:1"]
