"""`check`: what it looks at, for whom it tells it, and how it ends."""

import json
import subprocess
from contextlib import nullcontext

import pytest
from conftest import said as said_of
from text_editor import HERE, INSTALLED, install, needs_node

from policing_summary.commands import check
from policing_summary.desk import reports
from policing_summary.errors import BuildError, ContentError, Place, Problem
from policing_summary.keyboard import Keyboard

WRONG = "summary: Robbery fell by 12.\nsumary: A.\n"
WARNED = "mission:\n  body: Robbery fell by 12 offences.\n"
ADVISED = "mission:\n  body: We work in order to help.\n"
PROBLEMS = (
    Problem(Place("content/a.yaml", 2, 3, 4, "  body: x, y: 100%"), "a: 100%, b", "do\nthis"),
    Problem(Place("content/a.yaml", 5, 1), "perhaps", None, "warning"),
    Problem(Place("content/b.yaml", 1, 9, 2, "summary: a"), "too long", "cut", "advice", "jargon"),
)


@pytest.fixture
def checked(site_folder, monkeypatch):
    """Runs the command on the small site with changed files: exit code, answer, and the rest."""
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)

    def run(changes, *typed):
        files = {"2009-10/havering.yaml": changes} if isinstance(changes, str) else changes
        root = site_folder(files).parent
        said, warned = [], []
        at = Keyboard(root, said.append, warned.append, lambda _: None, nullcontext, str)
        words = check.parser().parse_args(["--today", "2010-09-01", *typed])
        try:
            code = check.run(words, at)
        except ContentError as error:  # the last stop shows it
            return 1, f"{len(error.problems)} problem", said_of(error.problems)
        return code, "\n".join(said), "\n".join(warned)

    return run


ENDS = {
    "nothing": ("summary: All is well.\n", (), 0, "no errors, no warnings."),
    "an error": (
        WRONG,
        (),
        1,
        "1 problem",
    ),
    "a warning": (WARNED, (), 0, "no errors, 1 warning."),
    "a warning that counts": (WARNED, ("--strict",), 1, "no errors, 1 warning."),
    "advice": (ADVISED, (), 0, "no errors, no warnings, 1 piece of advice."),
    "advice that counts": (ADVISED, ("--strict",), 1, "no errors, no warnings, 1 piece of advice."),
    "a problem elsewhere": (
        ADVISED,
        ("--strict", "content/site.yaml"),
        0,
        "no errors, no warnings.",
    ),
    "a problem in this folder": (ADVISED, ("--strict", "2009-10"), 1, "1 piece of advice."),
}


@pytest.mark.parametrize(("typed", "words", "code", "told"), ENDS.values(), ids=ENDS)
def test_the_last_line_and_the_exit_code_say_how_it_ended(typed, words, code, told, checked):
    ended, said, _ = checked(typed, *words)
    assert ended == code
    assert said.endswith(told)


def test_a_problem_is_shown_with_the_name_of_its_advice(checked):
    _, _, warned = checked(ADVISED)
    assert "advice: `in order to` is a word of offices [jargon]\n" in warned


def test_a_file_that_is_not_there_is_told(checked):
    with pytest.raises(BuildError, match="there is no file or folder `havering` in content/"):
        checked(ADVISED, "havering")


def test_github_is_told_in_its_own_way_without_asking(checked, monkeypatch):
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    _, said, _ = checked(WRONG)
    assert said.startswith("::error file=content/2009-10/havering.yaml,line=2,col=1,endColumn=7,")
    assert checked(WRONG, "--format", "text")[1].startswith("1 problem")


def test_what_text_editors_do_not_know_yet_is_told(checked, site_folder):
    (site_folder() / ".schema").mkdir()
    _, _, warned = checked({})
    assert "[editor-schema]" in warned
    assert "python3 build.py schema" in warned
    off = {
        "site.yaml": (site_folder() / "site.yaml").read_text("utf-8")
        + "advice: {editor-schema: no}\n"
    }
    assert checked(off)[2] == ""


def test_leaflets_are_laid_out_if_wanted(checked, monkeypatch):
    """That what does not fit is told; how it is laid out has tests of its own."""
    asked = []
    monkeypatch.setattr(
        check, "_too_long", lambda sheets, at: asked.append(len(sheets)) or PROBLEMS[:1]
    )
    assert checked("summary: A.\n")[0] == 0
    assert checked("summary: A.\n", "--leaflets")[0] == 1
    assert asked == [1]


SHOWN = {
    "lines": """\
content/a.yaml:2:3: error: a: 100%, b; do
this
content/a.yaml:5:1: warning: perhaps
content/b.yaml:1:9: advice: too long; cut""",
    "github": """\
::error file=content/a.yaml,line=2,col=3,endColumn=7,title=a%3A 100%25%2C b::do%0Athis
::warning file=content/a.yaml,line=5,col=1,endColumn=2,title=perhaps::perhaps
::notice file=content/b.yaml,line=1,col=9,endColumn=11,title=too long::cut""",
}


@pytest.mark.parametrize(("form", "expected"), SHOWN.items(), ids=SHOWN)
def test_a_line_for_each_problem(form, expected):
    assert reports.FORMATS[form](PROBLEMS) == expected


def test_scripts_are_told_everything():
    first, _, last = json.loads(reports.as_json(PROBLEMS))
    assert (first["severity"], first["file"], first["line"], first["column"]) == (
        "error",
        "content/a.yaml",
        2,
        3,
    )
    assert (last["severity"], last["name"], last["end_column"]) == ("advice", "jargon", 11)


def test_gitlab_knows_a_problem_again_wherever_its_line_has_gone():
    moved = [
        Problem(
            Place("content/b.yaml", 7, 9, 2, "summary: a"), "too long", "cut", "advice", "jargon"
        )
    ]
    [before], [after] = (json.loads(reports.as_gitlab(each)) for each in (PROBLEMS[2:], moved))
    assert before["fingerprint"] == after["fingerprint"]
    assert (before["severity"], before["check_name"]) == ("info", "jargon")
    assert after["location"] == {"path": "content/b.yaml", "lines": {"begin": 7}}


def sarif_mistakes(log):
    install()
    command = ["node", str(HERE / "sarif.js")]
    done = subprocess.run(
        command,
        input=log,
        capture_output=True,
        encoding="utf-8",
        cwd=INSTALLED,
        check=False,
        env={"NODE_PATH": str(INSTALLED / "node_modules"), "PATH": "/usr/bin:/bin:/usr/local/bin"},
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@needs_node
def test_sarif_is_as_its_schema_wants_it():
    log = reports.as_sarif(PROBLEMS)
    assert sarif_mistakes(log) == []
    results = json.loads(log)["runs"][0]["results"]
    assert [each["level"] for each in results] == ["error", "warning", "note"]
    assert sarif_mistakes(log.replace('"level": "error"', '"level": "severe"')) != []
