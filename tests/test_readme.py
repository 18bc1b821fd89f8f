"""What README.md shows works: its commands run, and its figures are those that were measured."""

import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from documents import ROOT, blocks, table
from scratch import take_leaflets

from policing_summary import commands, environment

README = ROOT / "README.md"
RESULTS = ROOT / "benchmarks" / "results.md"
TIMES = "`python3 build.py`, 35 summaries"
COMMANDS = [
    line for block in blocks(README) if block.info == "sh" for line in block.text.splitlines()
]
# Run in full they would run this test again, or take a minute: `.ci/run` runs both in full.
SHORTENED = {
    "test": "python3 build.py test --version",
    "python3 build.py print    # make them, for every borough": (
        "python3 build.py print --edition 2009-10 --borough bromley --format a5-booklet"
    ),
}
RUN_ELSEWHERE = {"lint"}


@dataclass(frozen=True)
class Scratch:
    """A copy of the project that uses the environment that is here."""

    folder: Path

    def run(self, command: str) -> subprocess.CompletedProcess[str]:
        """Run a line of a shell block as it stands, `python3` being the one that runs the tests."""
        first, *words = shlex.split(command, comments=True)
        assert first == "python3"
        return subprocess.run(
            [sys.executable, *words],
            cwd=self.folder,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )


@pytest.fixture
def scratch(tmp_path):
    for name in ("content", "policing_summary", "templates"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / name, tmp_path / name, ignore=ignored)
    for path in (ROOT / "build.py", ROOT / "pyproject.toml", *ROOT.glob("*.lock")):
        shutil.copy(path, tmp_path)
    (tmp_path / ".venv").symlink_to(ROOT / ".venv")
    (tmp_path / "tests").mkdir()  # a copy without would have no tests to run
    take_leaflets(tmp_path)
    for lock in (environment.LOCK, environment.TEST_LOCK):
        assert environment.is_ready(str(tmp_path), lock), "first type: python3 build.py test"
    return Scratch(tmp_path)


def word(command: str) -> str:
    """What is typed after build.py, if anything."""
    return next(iter(shlex.split(command, comments=True)[2:]), "")


def test_the_first_two_commands_build_and_test():
    assert [word(command) for command in COMMANDS[:2]] == ["", "test"]


@pytest.mark.parametrize("command", [line for line in COMMANDS if word(line) not in RUN_ELSEWHERE])
def test_a_command_runs_as_it_stands(command, scratch):
    done = scratch.run(SHORTENED.get(word(command), SHORTENED.get(command, command)))
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_build_leaves_what_the_readme_lists(scratch):
    done = scratch.run(COMMANDS[0])
    assert done.returncode == 0, done.stderr
    listed = [row[0].strip("`") for row in table(README, "file", "what it is").rows]
    assert listed
    assert [path for path in listed if not (scratch.folder / path).is_file()] == []


def test_each_file_of_content_that_the_readme_lists_is_there():
    listed = [row[0].strip("`") for row in table(README, "file", "what it holds").rows]
    assert len(listed) == 3
    assert [path for path in listed if not (ROOT / path).is_file()] == []


def test_every_command_in_the_help_is_in_the_readme():
    named = {command.name for command in commands.COMMANDS} - {"build"}
    assert {word(command) for command in COMMANDS} == named | {""}
    assert set(environment.LINTERS) == {"ruff check", "ruff format", "mypy"}


def test_the_times_are_those_of_the_benchmark():
    assert table(README, TIMES) == table(RESULTS, TIMES)
