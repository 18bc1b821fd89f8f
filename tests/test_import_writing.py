"""Rows in a content file: what is theirs changes, and every other letter stays."""

import os

import pytest
from importing import met_lines

from policing_summary.errors import ContentError
from policing_summary.importers import filing, writing
from policing_summary.importers.filing import Edit
from policing_summary.importers.found import Given
from policing_summary.importers.writing import Wanted

FINANCIAL = ("--edition", "2024-25", "--year", "2024-04")
SOURCE = (("title", "crime"), ("publisher", "The Met"), ("file", "a.csv"), ("period", "a year"))
WANTED = Wanted(
    "performance",
    (("period", "April 2024 to March 2025"),),
    (
        Given("robbery", (("before", "10"), ("now", "20"))),
        Given("burglary", (("before", "30"), ("now", "40"))),
    ),
    (SOURCE,),
)
SOURCES = """\
  sources:
    - title: crime
      publisher: The Met
      file: a.csv
      period: a year
"""

# What is there, and what is there afterwards.
TEXTS = {
    "remarks, order, quotation marks and empty lines stay": (
        """\
# Havering. Written by hand.
summary:   >
  A folded
  text.

performance:   # the table
  title: 'How it went'
  period: April 2024 to March 2025
  # The first row was checked in May.
  measures:
    - measure: robbery   # personal and business
      before: 10

      # Agreed with the borough.
      target: -5%
      outcome: missed
      note: "Counted anew"

    # And the second.
    - {measure: burglary,   now: 39, target: +2%}   # see the letter
    # Nothing below here.

  note: >
    Two lines
    of text.

# The rest.
commander:
  from: {name: A, role: B}
  body: |
    Words.   # no remark
""",
        """\
# Havering. Written by hand.
summary:   >
  A folded
  text.

performance:   # the table
  title: 'How it went'
  period: April 2024 to March 2025
  # The first row was checked in May.
  measures:
    - measure: robbery   # personal and business
      before: 10
      now: 20

      # Agreed with the borough.
      target: -5%
      outcome: missed
      note: "Counted anew"

    # And the second.
    - {measure: burglary, before: 30, now: 40, target: +2%} # see the letter
    # Nothing below here.

  note: >
    Two lines
    of text.
"""
        + SOURCES
        + """\

# The rest.
commander:
  from: {name: A, role: B}
  body: |
    Words.   # no remark
""",
    ),
    "a row that is new stands after the last, before the remark that follows": (
        """\
performance:
    period: April 2024 to March 2025
    measures:
    - measure: robbery
      before: "1,498"
      now: '1,880'
    # The end of the table.
    chart: no
""",
        """\
performance:
    period: April 2024 to March 2025
    measures:
    - measure: robbery
      before: "10"
      now: '20'
    - {measure: burglary, before: 30, now: 40}
    # The end of the table.
    chart: no
"""
        + "".join(f"  {line}\n" for line in SOURCES.splitlines()),
    ),
    "a section that is new stands at the end": (
        "summary: A text.\ndraft: NO\n",
        "summary: A text.\ndraft: NO\n\nperformance:\n  period: April 2024 to March 2025\n  measures:\n"
        "    - {measure: robbery, before: 10, now: 20}\n    - {measure: burglary, before: 30, now: 40}\n"
        + SOURCES,
    ),
    "a file without an end of its last line": (
        "summary: A text.",
        "summary: A text.\n\nperformance:\n  period: April 2024 to March 2025\n  measures:\n"
        "    - {measure: robbery, before: 10, now: 20}\n    - {measure: burglary, before: 30, now: 40}\n"
        + SOURCES,
    ),
    "other sources stay, and those of the same publication give way": (
        """\
performance:
  period: April 2024 to March 2025
  measures:
    - {measure: robbery, before: 10, now: 20}
    - {measure: burglary, before: 30, now: 40}
  sources:
    # by hand
    - title: A letter
      publisher: The council
    - title: crime
      publisher: The Met
      file: old.csv
  chart: no
""",
        """\
performance:
  period: April 2024 to March 2025
  measures:
    - {measure: robbery, before: 10, now: 20}
    - {measure: burglary, before: 30, now: 40}
  sources:
    # by hand
    - title: A letter
      publisher: The council
    - title: crime
      publisher: The Met
      file: a.csv
      period: a year
  chart: no
""",
    ),
    "words that other programs take for something else stay as typed": (
        """\
draft: NO
performance:
  period: April 2023 to March 2024 # old
  measures:
    - {measure: robbery, before: 012, now: 20, outcome: missed}
    - {measure: burglary, before: 30, now: 40, note: 12:30}
"""
        + SOURCES,
        """\
draft: NO
performance:
  period: April 2024 to March 2025 # old
  measures:
    - {measure: robbery, before: 10, now: 20, outcome: missed}
    - {measure: burglary, before: 30, now: 40, note: 12:30}
"""
        + SOURCES,
    ),
}


@pytest.mark.parametrize(("before", "after"), TEXTS.values(), ids=TEXTS)
def test_only_what_is_meant_changes(before, after):
    text, changes = writing.updated(before, "havering.yaml", WANTED)
    assert text == after
    assert changes


@pytest.mark.parametrize(("before", "after"), TEXTS.values(), ids=TEXTS)
def test_what_is_there_already_is_left_to_the_letter(before, after):
    text, changes = writing.updated(after, "havering.yaml", WANTED)
    assert (text, changes) == (after, [])


@pytest.mark.parametrize(("before", "after"), TEXTS.values(), ids=TEXTS)
def test_lines_keep_the_ends_they_have(before, after):
    text, _ = writing.updated(before.replace("\n", "\r\n"), "havering.yaml", WANTED)
    if before.endswith("\n"):
        assert text == after.replace("\n", "\r\n")
    marked, _ = writing.updated("\ufeff" + before, "havering.yaml", WANTED)
    assert marked == "\ufeff" + after


def test_what_changes_is_said_with_the_old_value():
    text = TEXTS["a row that is new stands after the last, before the remark that follows"][0]
    _, changes = writing.updated(text, "havering.yaml", WANTED)
    said = [(change.what, change.field, change.old, change.new) for change in changes]
    assert said[:4] == [
        ("robbery", "before", "1,498", "10"),
        ("robbery", "now", "1,880", "20"),
        ("burglary", "before", "", "30"),
        ("burglary", "now", "", "40"),
    ]


SAME = {
    "thousands": "{measure: robbery, before: '10', now: +20}",
    "spaces": '{measure: robbery, before: " 10 ", now: 20.0}',
}


@pytest.mark.parametrize("row", SAME.values(), ids=SAME)
def test_a_number_that_is_written_in_another_way_is_the_same(row):
    text = (
        "performance:\n  period: April  2024 to March 2025\n  measures:\n"
        f"    - {row}\n    - {{measure: burglary, before: 30, now: 40}}\n" + SOURCES
    )
    assert writing.updated(text, "havering.yaml", WANTED) == (text, [])


def test_a_day_of_extraction_is_kept_if_none_is_given_again():
    text = TEXTS["a section that is new stands at the end"][1]
    with_day = text.replace(
        "      period: a year\n", "      period: a year\n      extracted: 2025-01-02\n"
    )
    assert writing.updated(with_day, "havering.yaml", WANTED) == (with_day, [])


REFUSED = {
    "rows in brackets": "performance: \n  period: a\n  measures: [{measure: robbery, before: 1}]\n",
    "a section in braces": "performance: {period: a, measures: [{measure: robbery}]}\n",
    "a hyphen alone on its line": "performance:\n  period: a\n  measures:\n    -\n      measure: robbery\n",
    "no rows": "performance:\n  period: a\n",
    "a source that is no list": (
        "performance:\n  period: a\n  measures:\n    - {measure: robbery}\n  sources:\n    title: a\n"
    ),
}


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED)
def test_a_section_that_cannot_be_changed_line_by_line_is_refused(text):
    with pytest.raises(ContentError) as refused:
        writing.updated(text, "havering.yaml", WANTED)
    (problem,) = refused.value.problems
    assert "`performance` is not written line by line" in problem.what
    assert (problem.place.file, problem.place.line) == ("havering.yaml", 1)


def test_counts_that_were_worked_out_are_not_overwritten():
    text = (
        "performance:\n  period: a\n  measures:\n    - measure: robbery\n      before: 1\n"
        "      counts: worked out\n"
    )
    with pytest.raises(ContentError) as refused:
        writing.updated(text, "havering.yaml", WANTED)
    (problem,) = refused.value.problems
    assert problem.place.line == 6
    assert "`worked out`" in problem.what


SLIPS = {
    "another section lost a word": ("Words.", "Word."),
    "a target was lost": ("target: -5%", "target: -6%"),
    "a row was lost": (
        "    - {measure: burglary, before: 30, now: 40, target: +2%} # see the letter\n",
        "",
    ),
    "a figure is another": ("now: 20", "now: 21"),
    "the title was lost": ("  title: 'How it went'\n", ""),
}


@pytest.mark.parametrize(("right", "wrong"), SLIPS.values(), ids=SLIPS)
def test_a_text_that_says_anything_else_is_never_written(right, wrong, monkeypatch):
    before, after = next(iter(TEXTS.values()))
    assert after.count(right) == 1
    monkeypatch.setattr(writing.Page, "text", lambda page: after.replace(right, wrong))
    with pytest.raises(ContentError) as refused:
        writing.updated(before, "havering.yaml", WANTED)
    assert "cannot change safely" in refused.value.problems[0].what


def test_lines_are_added_below_a_key_or_with_it():
    lines = ["  survey:", "    title: A"]
    assert writing.appended("a: 1\n", "e.yaml", "imports", lines) == (
        "a: 1\n\nimports:\n  survey:\n    title: A\n"
    )
    there = "imports:\n  first:\n    title: B\n\n# remark\nb: 2\n"
    assert writing.appended(there, "e.yaml", "imports", lines) == (
        "imports:\n  first:\n    title: B\n  survey:\n    title: A\n\n# remark\nb: 2\n"
    )


# Files


def edits(folder, *texts):
    made = []
    for number, text in enumerate(texts):
        path = folder / f"{number}.yaml"
        path.write_text("old\n", encoding="utf-8")
        made.append(Edit(path, path.name, b"old\n", text.encode(), ()))
    return made


def test_files_are_written_beside_and_then_put_in_their_place(tmp_path):
    fresh = Edit(tmp_path / "new.yaml", "new.yaml", None, b"new\n", ())
    filing.store([*edits(tmp_path, "one\n", "two\n"), fresh])
    found = {path.name: path.read_text() for path in tmp_path.iterdir()}
    assert found == {"0.yaml": "one\n", "1.yaml": "two\n", "new.yaml": "new\n"}


@pytest.mark.parametrize("failing", [1, 2, 3])
def test_a_failure_on_the_way_leaves_every_file_as_it_was(failing, tmp_path, monkeypatch):
    made = edits(tmp_path, "one\n", "two\n")
    made.insert(0, Edit(tmp_path / "new.yaml", "new.yaml", None, b"new\n", ()))
    calls = []

    def full(*_):
        calls.append(1)
        if len(calls) == failing:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        filing.store(made)
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {
        "0.yaml": "old\n",
        "1.yaml": "old\n",
    }


def test_a_failure_while_replacing_brings_the_old_files_back(tmp_path, monkeypatch):
    made = edits(tmp_path, "one\n")
    taken = tmp_path / "taken.yaml"
    made.append(Edit(taken, taken.name, None, b"x", ()))
    write = filing._write

    def written(beside, one):
        write(beside, one)
        taken.mkdir(exist_ok=True)  # where a folder has come in, no file can be put

    monkeypatch.setattr(filing, "_write", written)
    with pytest.raises(OSError, match="directory"):
        filing.store(made)
    assert (tmp_path / "0.yaml").read_text() == "old\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["0.yaml", "taken.yaml"]


def test_a_file_that_somebody_saved_in_the_meantime_is_not_overwritten(tmp_path):
    made = edits(tmp_path, "one\n", "two\n")
    (tmp_path / "1.yaml").write_text("saved\n", encoding="utf-8")
    with pytest.raises(ContentError) as refused:
        filing.store(made)
    assert [problem.place.file for problem in refused.value.problems] == ["1.yaml"]
    assert (tmp_path / "0.yaml").read_text() == "old\n"


# The whole way


TYPED = """\
# By hand.
performance:
  period: 2024/25
  measures:
    - measure: robbery
      target: -5%     # from the plan
      note: As agreed
    - measure: homicide
      before: 1
      now: 2
      outcome: missed

commander:
  from: {name: A B, role: Commander}
  body: |
    Homicides: {{ homicide.now }}.
"""


def test_targets_outcomes_and_notes_are_kept(desk, met):
    desk.write("content/2024-25/barnet.yaml", TYPED)
    assert desk.run("met-crime", met(), *FINANCIAL) == 0
    text = desk.read("content/2024-25/barnet.yaml")
    assert "      target: -5%     # from the plan\n      note: As agreed\n" in text
    assert "      now: 120\n      outcome: missed\n" in text
    assert text.startswith("# By hand.\n")
    assert text.endswith(TYPED.partition("\n\n")[2])
    assert "  robbery                  before: nothing → 240   now: nothing → 240" in desk.said
    assert "before: 1 → 120   now: 2 → 120" in desk.said
    assert "period: 2024/25 → April 2024 to March 2025" in desk.said


def test_a_second_import_has_nothing_to_change(desk, met):
    name = met()
    desk.run("met-crime", name, *FINANCIAL, "--extracted", "2025-06-01")
    before, asked = desk.files, len(desk.asked)
    times = {path: path.stat().st_mtime_ns for path in (desk.root / "content").rglob("*")}
    assert desk.run("met-crime", name, *FINANCIAL) == 0
    assert "Nothing to change" in desk.said
    assert desk.files == before
    assert {path: path.stat().st_mtime_ns for path in times} == times
    assert len(desk.asked) == asked


@pytest.mark.parametrize(("answer", "code"), [(None, 1), (False, 0)])
def test_nothing_is_written_unless_somebody_agrees(answer, code, desk, met):
    before = desk.files
    assert desk.run("met-crime", met(), *FINANCIAL, answer=answer) == code
    assert desk.files == before
    assert "Nothing was written" in desk.said
    assert desk.asked == ["Write 75 values in 3 files?"]


def test_scripts_need_not_be_asked(desk, met):
    assert desk.run("met-crime", met(), *FINANCIAL, "--yes", answer=None) == 0
    assert desk.asked == []
    assert desk.rows("barnet")


def test_a_new_file_is_short_and_begins_with_a_remark(desk, met):
    desk.run("met-crime", met(), *FINANCIAL)
    text = desk.read("content/2024-25/havering.yaml")
    assert text.startswith(
        "# Havering, 2024/25. What is not here comes from edition.yaml.\n\nperformance:\n"
    )
    assert "(content/2024-25/havering.yaml, new)" in desk.said


def test_what_would_contradict_itself_is_not_written(desk, met):
    typed = TYPED.replace("now: 2\n      outcome", "now: 2\n      change: 1\n      outcome")
    desk.write("content/2024-25/barnet.yaml", typed)
    before = desk.files
    assert desk.run("met-crime", met(), *FINANCIAL) is None
    assert "the counts say something else: 120 − 120 = 0, not 1" in desk.said
    assert "content/2024-25/barnet.yaml:13:" in desk.said
    assert desk.files == before


def test_a_file_that_is_broken_stops_the_import_of_all(desk, met):
    desk.write("content/2024-25/barnet.yaml", "performance:\n  measures: [\n")
    before = desk.files
    assert desk.run("met-crime", met(), *FINANCIAL) is None
    assert "content/2024-25/barnet.yaml:" in desk.said
    assert desk.files == before


def test_the_next_year_changes_the_figures_and_the_source(desk, met):
    desk.run("met-crime", met(), *FINANCIAL)
    desk.reports_on("April 2025 to March 2026")
    later = met("later.csv", lines=met_lines(202404, 202603))
    assert desk.run("met-crime", later, "--edition", "2024-25", "--year", "2025-04") == 0
    text = desk.read("content/2024-25/barnet.yaml")
    assert "period: April 2025 to March 2026" in text
    assert "file: later.csv" in text
    assert "met.csv" not in text
