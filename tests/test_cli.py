"""What is typed, what is said, and the exit code."""

import os
import pty
import re
import shutil
import sys

import pytest
from scratch import Project, files_in

from policing_summary import building, cli, system
from policing_summary.commands import help as helping
from policing_summary.errors import BuildError

UNTOUCHED = "output/ is as it was."


# Mistakes in the content, with the real program in a process of its own

MISTAKES = {
    "a percentage that does not agree with its counts": (
        "percent: 25.5",
        "percent: 22.5",
        [
            r"error: the percentage does not follow from the counts: 382 ÷ 1,498 = 25\.5%, not 22\.5%",
            r"content/2009-10/havering\.yaml:{line}:\d+",
            r"{line}│ +percent: 22\.5",
            r"│ +\^\^\^\^\n",
            r"write `percent: \+25\.5`",
        ],
    ),
    "a misspelt key": (
        "measure: residential-burglary\n      before",
        "measur: residential-burglary\n      before",
        [r"content/2009-10/havering\.yaml:{line}:\d+", r"{line}│ +- measur:", "did you mean `measure`"],
    ),
    "a misspelt measure": (
        "measure: residential-burglary\n      before",
        "measure: residential-burglery\n      before",
        [
            "unknown measure `residential-burglery`",
            r"content/2009-10/havering\.yaml:{line}:\d+",
            "did you mean `residential-burglary`",
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "told"), MISTAKES.values(), ids=MISTAKES)
@pytest.mark.parametrize("command", ["build", "check"])
def test_a_mistake_is_told_at_its_line_and_nothing_is_written(project, command, old, new, told):
    before = files_in(project.output / "site")
    times = {path: path.stat().st_mtime_ns for path in (project.output / "site").rglob("*")}
    project.edit("content/2009-10/havering.yaml", old, new)
    typed = (project.root / "content/2009-10/havering.yaml").read_text("utf-8")
    line = typed[: typed.index(new)].count("\n") + 1
    done = project.run(command)
    assert done.returncode == 1
    assert [
        words for words in told if not re.search(words.replace("{line}", str(line)), done.stderr)
    ] == []
    assert UNTOUCHED in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    assert files_in(project.output / "site") == before
    assert {path: path.stat().st_mtime_ns for path in (project.output / "site").rglob("*")} == times


def test_a_mended_mistake_is_built_and_then_nothing_has_changed(project):
    project.edit("content/2009-10/havering.yaml", "percent: 25.5", "percent: 22.5")
    assert project.run().returncode == 1
    project.edit("content/2009-10/havering.yaml", "percent: 22.5", "percent: 25.5")
    assert project.run().stdout.startswith("Nothing has changed since the last build")


def test_progress_in_a_log_is_plain_lines_and_the_result_is_one(project):
    (project.output / "site" / "index.html").unlink()
    done = project.run()
    assert done.returncode == 0
    assert done.stderr.splitlines() == [
        "Reading content/",
        "Typesetting leaflets",
        "Writing output/site",
    ]
    leaflets = len(list((project.output / "site").rglob("*.pdf")))
    assert re.fullmatch(
        rf"Built \d+ pages and {leaflets} leaflets in \d+\.\d s into output/site: 0 leaflets laid out anew, "
        r"1 file written, 0 removed, no warnings\.\n",
        done.stdout,
    )


@pytest.mark.skipif(os.name == "nt", reason="there is no terminal of this kind")
def test_progress_on_a_terminal_is_gone_when_the_result_is_there(project, monkeypatch):
    (project.output / "site" / "index.html").unlink()
    monkeypatch.setenv("TERM", "xterm-256color")
    shown = on_a_terminal(project)
    assert "\x1b[" in shown
    assert "Writing output/site" in shown
    left = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", shown.rpartition("\x1b[2K")[2])
    leaflets = len(list((project.output / "site").rglob("*.pdf")))
    assert re.match(rf"Built \d+ pages and {leaflets} leaflets", left.strip())


def on_a_terminal(project: Project) -> str:
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(project.root)
        os.execve(sys.executable, project.command(), project.variables)
    shown = b""
    while True:
        try:
            more = os.read(terminal, 4096)
        except OSError:  # Linux says so when the other end is closed
            break
        if not more:
            break
        shown += more
    assert os.waitpid(child, 0)[1] == 0
    return shown.decode()


# Commands


@pytest.fixture
def at_home(tmp_path, monkeypatch):
    """The command works in an empty folder, in this process."""
    monkeypatch.setattr(cli, "ROOT", tmp_path)
    return tmp_path


@pytest.mark.parametrize("typed", [["help"], ["--help"], ["-h"]])
def test_help_says_what_there_is(capsys, typed):
    assert cli.main(typed) == 0
    said = capsys.readouterr()
    assert said.out == helping.TEXT + "\n"
    assert said.err == ""


@pytest.mark.parametrize("typed", [["biuld"], ["--fast"], [""]])
def test_an_unknown_command_is_told_what_there_is(at_home, capsys, typed):
    assert cli.main(typed) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith(f"There is no command `{' '.join(typed)}`.")
    assert "What there is:\n\nusage: " in said.err
    assert files_in(at_home) == {}


@pytest.mark.parametrize(
    "typed",
    [["build", "havering"], ["help", "me"], ["check", "--strickt"], ["print", "--boro", "x"]],
)
def test_a_word_that_a_command_does_not_know_is_told_with_those_it_does(at_home, capsys, typed):
    with pytest.raises(SystemExit) as stopped:
        cli.main(typed)
    assert stopped.value.code == 2
    said = capsys.readouterr()
    assert said.out == ""
    told = (
        f"There is no option `{typed[1]}`." if typed[1].startswith("-") else f"`{typed[1]}` is one"
    )
    assert said.err.startswith(told)
    assert f"`python3 build.py {typed[0]} --help` shows what may be typed.\n" in said.err
    assert files_in(at_home) == {}


@pytest.mark.parametrize("name", cli.NAMES)
def test_every_command_says_what_it_does(name, capsys):
    with pytest.raises(SystemExit) as stopped:
        cli.main([name, "--help"])
    assert stopped.value.code == 0
    said = capsys.readouterr()
    assert said.out.startswith(f"usage: python3 build.py {name}")
    assert said.err == ""


def test_a_check_says_how_much_was_looked_at(pristine, at_home, capsys):
    copy = pristine.copy(at_home, ("content",))
    copy.keep_edition("2009-10")
    shutil.rmtree(at_home / "content/.schema")  # which is about the other editions too
    assert cli.main(["check", "--today", "2026-11-25"]) == 0
    assert capsys.readouterr().out == "Checked 2 borough files: no errors, no warnings.\n"
    assert not (at_home / "output").exists()


# What stops a command


def fail(error):
    def work(*args, **named):
        raise error

    return work


NO_SPACE = OSError(28, "No space left on device", "output/.staging/site/index.html")
NO_RIGHT = PermissionError(13, "Permission denied", "output")
TRY = "Make room or mend the folder's permissions, then try again.\n"
AGAIN = "Try again. If it says so once more, send this line to the people who look after this program.\n"
STOPS = {
    "ctrl-c": (KeyboardInterrupt(), 130, "\nStopped. Run the command again to go on.\n"),
    "something an editor can mend": (
        BuildError("The leaflet Havering 2009/10 has letters."),
        1,
        f"error: The leaflet Havering 2009/10 has letters.\nNothing was written; {UNTOUCHED}\n",
    ),
    "a full disk": (
        NO_SPACE,
        3,
        f"error: No space left on device (output/.staging/site/index.html)\n{TRY}",
    ),
    "a folder that may not be written to": (
        NO_RIGHT,
        3,
        f"error: Permission denied (output)\n{TRY}",
    ),
    "a fault that says nothing of the disk": (
        OSError("cannot read the picture"),
        3,
        f"error: cannot read the picture\n{AGAIN}",
    ),
}


@pytest.mark.parametrize("name", STOPS)
def test_what_stops_a_build_is_told_in_words(at_home, monkeypatch, capsys, name):
    error, code, told = STOPS[name]
    monkeypatch.setattr(building, "build", fail(error))
    assert cli.main([]) == code
    said = capsys.readouterr()
    assert said.err == told
    assert said.out == ""
    assert not (at_home / ".cache" / "last-build.json").exists()


def test_a_fault_of_ours_is_told_as_ours_and_its_trace_is_kept_for_us(at_home, monkeypatch, capsys):
    monkeypatch.setattr(building, "build", fail(ZeroDivisionError("division by zero")))
    assert cli.main(["build"]) == 3
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == (
        "This is a fault in the program, not in your content: ZeroDivisionError: division by zero\n"
        "Nothing was written to output/. Please send .cache/fault.txt to the people who look after "
        "this program, with the content that led to it.\n"
    )
    kept = (at_home / ".cache" / "fault.txt").read_text("utf-8")
    assert kept.startswith("Traceback (most recent call last):\n")
    assert kept.endswith("ZeroDivisionError: division by zero\n")


def test_a_fault_on_a_full_disk_is_told_with_its_trace(at_home, monkeypatch, capsys):
    monkeypatch.setattr(building, "build", fail(ZeroDivisionError("division by zero")))
    (at_home / ".cache").write_text("no folder can be made here")
    assert cli.main(["build"]) == 3
    said = capsys.readouterr().err
    assert said.startswith("Traceback (most recent call last):\n")
    assert "This is a fault in the program, not in your content: ZeroDivisionError: div" in said
    assert "Please send all of this to the people who look after this program" in said


def test_a_library_that_is_not_there_is_told_with_the_command_for_it(at_home, monkeypatch, capsys):
    monkeypatch.setattr(building, "build", fail(OSError("cannot load library 'libpango-1.0-0'")))
    monkeypatch.setattr(system, "provide", lambda *_: "Making leaflets needs Pango.")
    assert cli.main([]) == 3
    assert capsys.readouterr().err == "Making leaflets needs Pango.\n"


def test_warnings_are_told_and_told_again_when_nothing_has_changed(
    at_home, pristine, monkeypatch, capsys
):
    pristine.copy(at_home, ("content",))
    summary = building.Summary(4, 2, 2, 19, 1, 2.345, ("The leaflet X has 9 pages.",), ())
    monkeypatch.setattr(building, "build", lambda root, say, hands, last: summary)
    assert cli.main([]) == 0
    said = capsys.readouterr()
    assert said.err == "warning: The leaflet X has 9 pages.\n"
    assert said.out == (
        "Built 4 pages and 2 leaflets in 2.3 s into output/site: 2 leaflets laid out anew, "
        "19 files written, 1 removed, 1 warning.\n"
    )
    assert cli.main([]) == 0
    again = capsys.readouterr()
    assert again.err == said.err
    assert again.out == (
        "Nothing has changed since the last build: output/site holds 4 pages and 2 leaflets.\n"
    )


# Forgetting


def test_cleaning_empties_the_cache_and_touches_nothing_that_was_made(at_home, capsys):
    for name in ("leaflets/a", "pages/b"):
        (at_home / ".cache" / name).parent.mkdir(parents=True)
        (at_home / ".cache" / name).write_bytes(b"x" * 60_000)
    page = at_home / "output" / "site" / "index.html"
    page.parent.mkdir(parents=True)
    page.write_bytes(b"a page")
    assert cli.main(["clean"]) == 0
    assert capsys.readouterr().out == (
        "Emptied .cache/: 2 files, 0.1 MB. The next `python3 build.py` makes everything anew.\n"
    )
    assert not (at_home / ".cache").exists()
    assert page.read_bytes() == b"a page"
    assert cli.main(["clean"]) == 0
    assert capsys.readouterr().out == "The cache was empty already.\n"
