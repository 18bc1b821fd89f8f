"""What is typed after `python3 build.py import`, and what the program answers."""

import re
import shlex

import pytest
from documents import ROOT, blocks, table
from importing import met_lines

from policing_summary import cli
from policing_summary.importers import arguments, attitudes, met_crime, series

TYPED = ["import", "met-crime", "met.csv", "--edition", "2024-25", "--year", "2024-04"]


@pytest.fixture
def typed(desk, monkeypatch):
    monkeypatch.setattr(cli, "ROOT", desk.root)
    desk.write("met.csv", "\n".join([*met_lines(), ""]))

    def run(*words, answer=None):
        class Keyboard:
            isatty = staticmethod(lambda: answer is not None)

        monkeypatch.setattr(cli.sys, "stdin", Keyboard())
        monkeypatch.setattr("builtins.input", lambda question: answer)
        return cli.main(list(words))

    return run


@pytest.mark.parametrize(
    ("answer", "code", "written"),
    [("y", 0, True), ("Yes ", 0, True), ("n", 0, False), ("", 0, False), (None, 1, False)],
)
def test_it_asks_before_it_writes(answer, code, written, typed, desk):
    assert typed(*TYPED, answer=answer) == code
    assert (desk.root / "content/2024-25/barnet.yaml").exists() == written


def test_yes_writes_without_asking(typed, desk, capsys):
    assert typed(*TYPED, "--yes") == 0
    assert "Wrote 75 values in 3 files." in capsys.readouterr().out
    assert typed("check") == 0


def test_a_problem_is_shown_with_its_line_and_nothing_is_written(typed, desk, capsys):
    desk.write("met.csv", "a;b\n")
    before = desk.files
    assert typed(*TYPED, "--yes") == 1
    said = capsys.readouterr().err
    assert "1│ a;b" in said
    assert said.endswith("Nothing was written; content/ is as it was.\n")
    assert desk.files == before


def test_a_full_disk_is_told_and_leaves_everything(typed, desk, capsys, monkeypatch):
    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("policing_summary.importers.filing.os.fsync", full)
    before = desk.files
    assert typed(*TYPED, "--yes") == 3
    assert "No space left on device" in capsys.readouterr().err
    assert desk.files == before


WRONG = {
    "no source": [],
    "an unknown source": ["met"],
    "no file": ["met-crime", "--edition", "2024-25", "--year", "2024-04"],
    "no edition": ["met-crime", "met.csv", "--year", "2024-04"],
    "no year": ["met-crime", "met.csv", "--edition", "2024-25"],
    "a year that is no month": ["met-crime", "met.csv", "--edition", "2024-25", "--year", "2024"],
    "a day that is none": [*TYPED[1:], "--extracted", "2024-02-30"],
    "a shortened word": [*TYPED[1:], "--ye"],
    "a column without a measure": [
        *("spreadsheet", "a.csv", "--as", "b", "--edition", "c", "--year", "2024-04"),
        *("--column", "2024"),
    ],
}


@pytest.mark.parametrize("words", WRONG.values(), ids=WRONG)
def test_what_cannot_be_understood_is_told_with_the_usage(words, capsys):
    with pytest.raises(SystemExit) as stopped:
        arguments.parse(words)
    assert stopped.value.code == 2
    assert "usage: python3 build.py import" in capsys.readouterr().err


@pytest.mark.parametrize("source", ["met-crime", "attitudes", "street", "spreadsheet"])
def test_every_source_has_its_help(source, capsys):
    with pytest.raises(SystemExit) as stopped:
        arguments.parse([source, "--help"])
    assert stopped.value.code == 0
    assert f"usage: python3 build.py import {source}" in capsys.readouterr().out


def test_ctrl_c_says_that_nothing_was_written(typed, capsys, monkeypatch):
    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("policing_summary.importers.command.run", stop)
    assert typed(*TYPED) == 130
    assert "Stopped. Nothing was written." in capsys.readouterr().err


# What docs/importing.md says

DOCS = ROOT / "docs" / "importing.md"
SHOWN = [block.text.replace("\\\n", " ") for block in blocks(DOCS) if block.info == "text"]


@pytest.mark.parametrize("line", SHOWN)
def test_a_command_in_the_docs_is_understood(line):
    python, build, command, *words = shlex.split(line)
    assert (python, build, command) == ("python3", "build.py", "import")
    assert arguments.parse(words).source in {"met-crime", "attitudes", "street", "spreadsheet"}


def test_the_docs_list_every_measure_that_can_be_filled():
    listed = {
        name
        for row in table(DOCS, "kind", "ids").rows
        for name in re.findall(r"`([a-z-]+)`", row[1])
    }
    assert listed == set(series.read(met_crime.LABELS).measures)
    text = DOCS.read_text(encoding="utf-8")
    asked = set(series.read(attitudes.LABELS).measures)
    assert asked <= set(re.findall(r"`([a-z-]+)`", text))


def test_the_docs_tell_every_word_that_can_be_added():
    text = DOCS.read_text(encoding="utf-8")
    for action in arguments.parser()._subparsers._group_actions[0].choices.values():
        words = {word for each in action._actions for word in each.option_strings} - {
            "-h",
            "--help",
        }
        assert words <= set(re.findall(r"--[a-z-]+", text))
