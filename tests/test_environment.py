"""From `python3 build.py` to the project's own command: what is set up, when, and what is said."""

import ast
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

import build
from policing_summary import environment

ROOT = Path(environment.ROOT)
LOCKS = [environment.LOCK, environment.TEST_LOCK]
posix_only = pytest.mark.skipif(os.name == "nt", reason="uses a shell script as a stand-in")


# The stamp


@pytest.fixture
def project(tmp_path):
    """A folder with both locks and a stand-in for the Python in `.venv`."""
    root = tmp_path / "Łódź and other places"
    root.mkdir()
    (root / environment.LOCK).write_text("a==1\n")
    (root / environment.TEST_LOCK).write_text("a==1\nb==2\n")
    make_python(root / ".venv")
    return root


def make_python(venv):
    """A Python that only says how it was started."""
    python = venv / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text('#!/bin/sh\necho "$@"; echo "PYTHONPATH=$PYTHONPATH"; pwd\n')
    python.chmod(0o755)


def stamp_it(root, *locks):
    for lock in locks:
        stamped = environment.stamp(str(root), lock)
        Path(environment.stamp_file(str(root), lock)).write_text(stamped, encoding="utf-8")


PYTHON_99 = SimpleNamespace(cache_tag="cpython-99")
CHANGES = {
    "nothing changed": (lambda root, patch: None, True),
    "the lock changed": (lambda root, patch: (root / LOCKS[0]).write_text("a==2\n"), False),
    "another Python": (lambda root, patch: patch.setattr(sys, "implementation", PYTHON_99), False),
    "another system": (lambda root, patch: patch.setattr(sys, "platform", "plan9"), False),
    "half a stamp": (lambda root, patch: half(root / ".venv" / f"{LOCKS[0]}.installed"), False),
    "no Python in it": (lambda root, patch: (root / ".venv/bin/python").unlink(), False),
    "no stamp": (lambda root, patch: (root / ".venv" / f"{LOCKS[0]}.installed").unlink(), False),
}


def half(file):
    file.write_bytes(file.read_bytes()[:-3])


@posix_only
@pytest.mark.parametrize(("change", "ready"), CHANGES.values(), ids=CHANGES)
def test_an_environment_is_used_again_only_if_all_agrees(project, monkeypatch, change, ready):
    stamp_it(project, LOCKS[0])
    change(project, monkeypatch)
    assert environment.is_ready(str(project), LOCKS[0]) is ready


@posix_only
def test_an_environment_for_building_is_not_yet_one_for_testing(project):
    stamp_it(project, environment.LOCK)
    assert not environment.is_ready(str(project), environment.TEST_LOCK)


def test_a_project_without_its_lock_is_told_so(tmp_path):
    with pytest.raises(environment.SetupError, match=r"requirements\.lock cannot be read"):
        environment.is_ready(str(tmp_path), environment.LOCK)


# Setting up


def contents(folder):
    return {str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file()}


@pytest.fixture
def making(monkeypatch):
    """Make environments out of the stand-in; call the result with what pip is to do."""

    def during_pip(then):
        monkeypatch.setattr(environment, "create", lambda folder: make_python(Path(folder)))
        monkeypatch.setattr(environment, "install", then)

    return during_pip


@posix_only
@pytest.mark.parametrize("lock", LOCKS)
def test_stamps_come_last_and_the_test_lock_brings_both(project, making, lock):
    (project / ".venv" / "left over").write_text("from another lock")
    seen = []
    making(lambda root, lock: seen.append(contents(Path(root, ".venv"))))
    environment.replace_environment(str(project), lock)
    assert seen == [{"bin/python"}]
    assert [environment.is_ready(str(project), each) for each in LOCKS] == [True, lock == LOCKS[1]]
    assert not (project / ".venv" / "left over").exists()
    assert {path.name for path in project.iterdir()} == {".venv", *LOCKS}


@posix_only
@pytest.mark.parametrize("trouble", [environment.SetupError, KeyboardInterrupt, OSError])
def test_the_environment_before_comes_back_if_the_new_one_fails(project, making, trouble):
    (project / ".venv" / "mine").write_text("still here")

    def fail(root, lock):
        Path(root, ".venv", "half").touch()
        raise trouble

    making(fail)
    with pytest.raises(trouble):
        environment.replace_environment(str(project), environment.LOCK)
    assert contents(project / ".venv") == {"bin/python", "mine"}
    assert {path.name for path in project.iterdir()} == {".venv", *LOCKS}


@posix_only
def test_a_killed_attempt_is_cleared_away_and_not_taken_for_the_one_before(project, making):
    (project / ".venv").rename(project / ".venv-before")
    (project / ".venv-before" / "whole").touch()
    (project / ".venv").mkdir()
    (project / ".venv" / "half").touch()

    def fail(root, lock):
        raise environment.SetupError

    making(fail)
    with pytest.raises(environment.SetupError):
        environment.replace_environment(str(project), environment.LOCK)
    assert contents(project / ".venv") == {"bin/python", "whole"}


@posix_only
def test_pip_installs_what_is_locked_and_nothing_else(project):
    log = project / "log"
    (project / ".venv/bin/python").write_text(f'#!/bin/sh\necho "$@" > "{log}"\n')
    environment.install(str(project), environment.LOCK)
    told = log.read_text(encoding="utf-8")
    for word in ("-I -m pip", "--require-hashes", "--no-deps", "--only-binary :all:"):
        assert word in told
    assert told.endswith(f"-r {project / environment.LOCK}\n")


@posix_only
def test_a_failing_pip_is_reported_with_its_last_words_and_a_way_on(project):
    script = project / ".venv" / "bin" / "python"
    script.write_text("#!/bin/sh\nseq 1 99\necho 'ERROR: no such host' >&2\nexit 1\n")
    with pytest.raises(environment.SetupError) as told:
        environment.install(str(project), environment.LOCK)
    text = str(told.value)
    assert "listed in requirements.lock could not be installed" in text
    assert "    99\n    ERROR: no such host\n" in text
    assert "    95\n" not in text
    assert "Nothing was changed in output/" in text
    assert "run the same command again" in text


# Extras


S3_LOCK = environment.EXTRAS["s3"][1]


@pytest.fixture
def own(project, monkeypatch):
    """The project with the lock of an extra, running in its own `.venv`, whose pip notes what it is asked."""
    (project / S3_LOCK).write_text("a==1\nboto3==1\n")
    log = project / "log"
    (project / ".venv/bin/python").write_text(f'#!/bin/sh\necho "$@" >> "{log}"\n')
    stamp_it(project, environment.LOCK)
    monkeypatch.setattr(sys, "prefix", str(project / ".venv"))
    return project


@posix_only
def test_an_extra_is_installed_as_locked_when_it_is_first_needed_and_not_again(own, capsys):
    environment.need("s3", str(own))
    environment.need("s3", str(own))
    (asked,) = (own / "log").read_text(encoding="utf-8").splitlines()
    assert "--require-hashes --no-deps" in asked
    assert asked.endswith(f"-r {own / S3_LOCK}")
    assert capsys.readouterr().err == (
        "Installing what publishing to S3 needs into .venv (once only) ...\n"
    )
    assert environment.is_ready(str(own), environment.LOCK)


@posix_only
def test_an_environment_for_testing_has_every_extra(own):
    stamp_it(own, environment.TEST_LOCK)
    environment.need("s3", str(own))
    assert not (own / "log").exists()


@posix_only
def test_an_extra_is_installed_anew_when_its_lock_has_changed(own):
    environment.need("s3", str(own))
    (own / S3_LOCK).write_text("a==1\nboto3==2\n")
    environment.need("s3", str(own))
    assert len((own / "log").read_text(encoding="utf-8").splitlines()) == 2


@posix_only
def test_an_extra_that_cannot_be_installed_leaves_the_environment_as_it_was(own):
    (own / ".venv/bin/python").write_text("#!/bin/sh\necho no network; exit 1\n")
    with pytest.raises(environment.SetupError, match=r"requirements-s3\.lock could not be"):
        environment.need("s3", str(own))
    assert environment.is_ready(str(own), environment.LOCK)
    assert not environment.is_ready(str(own), S3_LOCK)


def test_another_python_is_left_as_it_is_and_told_what_it_lacks(project, monkeypatch):
    monkeypatch.setitem(environment.EXTRAS, "s3", ("no_such_package", S3_LOCK, "publishing to S3"))
    with pytest.raises(
        environment.SetupError, match="Publishing to S3 needs the Python package no_"
    ):
        environment.need("s3", str(project))
    monkeypatch.setitem(environment.EXTRAS, "s3", ("json", S3_LOCK, "publishing to S3"))
    environment.need("s3", str(project))


TROUBLES = {
    "read only": (OSError(30, "Read-only file system", "/x/.venv"), "Read-only file system (/x/"),
    "no venv": (subprocess.CalledProcessError(1, [], "no ensurepip"), "    no ensurepip\n"),
}


@pytest.mark.parametrize(("error", "text"), TROUBLES.values(), ids=TROUBLES)
def test_trouble_on_the_way_is_a_message_and_no_traceback(
    project, monkeypatch, capsys, error, text
):
    def fail(root, lock):
        raise error

    monkeypatch.setattr(environment, "ROOT", str(project))
    monkeypatch.setattr(environment, "provide", lambda *kinds: None)
    monkeypatch.setattr(environment, "replace_environment", fail)
    assert environment.start([]) == 1
    assert text in capsys.readouterr().err


def test_a_folder_name_that_no_environment_can_have_is_told(tmp_path, monkeypatch, capsys):
    root = tmp_path / f"a{os.pathsep}b"
    root.mkdir()
    (root / environment.LOCK).write_text("a==1\n")
    monkeypatch.setattr(environment, "ROOT", str(root))
    assert environment.start([]) == 1
    assert f'has a "{os.pathsep}" in its name' in capsys.readouterr().err


def test_ctrl_c_is_one_line(monkeypatch, capsys):
    def interrupt(root, lock):
        raise KeyboardInterrupt

    monkeypatch.setattr(environment, "prepare", interrupt)
    assert environment.start([]) == 130
    assert capsys.readouterr().err == "Stopped.\n"


# Starting with nothing to do


@pytest.fixture
def installed(project):
    """A copy of the project that is set up, but for the stand-in that is its Python."""
    (project / "policing_summary").mkdir()
    for name in ("build.py", "policing_summary/__init__.py", "policing_summary/environment.py"):
        (project / name).write_bytes((ROOT / name).read_bytes())
    stamp_it(project, *LOCKS)
    return project


@posix_only
def test_a_start_with_nothing_to_do_hands_over_at_once(installed, tmp_path):
    done = subprocess.run(
        [sys.executable, "-S", "-E", "-X", "importtime", installed / "build.py", "check", "a b"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": "/somewhere/else"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout.splitlines() == [
        "-P -m policing_summary check a b",
        f"PYTHONPATH={installed}",
        str(tmp_path),
    ]
    imported = {line.split("|")[-1].strip() for line in done.stderr.splitlines()}
    assert "policing_summary.environment" in imported
    costly = {"pathlib", "subprocess", "shutil", "hashlib", "typing", "re", "tomllib", "venv"}
    assert imported & (costly | {"policing_summary.system", "ctypes"}) == set()


@posix_only
def test_tests_are_started_in_the_project_wherever_one_is(installed, tmp_path):
    (installed / "tests").mkdir()
    (installed / "policing_summary" / "system.py").write_text("def provide(*_): return ''\n")
    done = subprocess.run(
        [sys.executable, installed / "build.py", "test", "-k", "one"],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout.splitlines()[0] == "-P -m pytest -k one"
    assert done.stdout.splitlines()[2] == str(installed)


def test_every_linter_runs_and_one_failure_is_enough(monkeypatch, capsys):
    ran = []

    def run(command, **_):
        ran.append(command[2:])
        return subprocess.CompletedProcess(command, returncode=int("format" in command))

    monkeypatch.setattr(subprocess, "run", run)
    assert environment.lint("/x") == 1
    assert ran == list(environment.LINTERS.values())
    assert capsys.readouterr().err.endswith("mypy:\nNot passed: ruff format.\n")


def test_other_modules_of_the_caller_stay_out_and_macos_finds_its_libraries():
    given = {"PYTHONPATH": "/theirs", "PYTHONHOME": "/theirs", "HOME": "/home/me"}
    ours = {"PYTHONPATH": "/x", "PYDANTIC_DISABLE_PLUGINS": "__all__"}
    assert environment.variables("/x", given, "linux") == {**ours, "HOME": "/home/me"}
    mac = environment.variables("/x", given, "darwin")
    assert mac["DYLD_FALLBACK_LIBRARY_PATH"].startswith("/opt/homebrew/lib:")


def test_an_old_python_can_read_build_py():
    source = (ROOT / "build.py").read_bytes().decode("ascii")
    new = (ast.JoinedStr, ast.NamedExpr, ast.AnnAssign, ast.Match, ast.AsyncFunctionDef)
    functions = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)]
    assert not [node for node in ast.walk(ast.parse(source)) if isinstance(node, new)]
    assert not [node for node in functions if node.returns or node.args.kwonlyargs]


OLD = {
    "a newer one is here": (
        ["python3.9", "python3.12", "python3.11"],
        "Type:  python3.12 build.py",
    ),
    "no newer one": (["python3.9"], "Install one from your system's packages"),
}


@posix_only
@pytest.mark.parametrize(("found", "advice"), OLD.values(), ids=OLD)
def test_an_old_python_is_told_what_to_type(tmp_path, monkeypatch, capsys, found, advice):
    for name in found:
        (tmp_path / name).touch(mode=0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "version_info", (3, 8, 2, "final", 0))
    assert build.main() == 1
    said = capsys.readouterr().err
    assert said.startswith("This needs Python 3.11 or newer, and this is Python 3.8.\n")
    assert advice in said


@pytest.mark.parametrize(
    ("ci", "fails"), [("true", True), ("1", True), ("", False), ("false", False)]
)
def test_a_missing_test_tool_is_a_note_but_an_error_in_ci(monkeypatch, capsys, ci, fails):
    def absent(*kinds):
        raise environment.SetupError("no qpdf")

    monkeypatch.setenv("CI", ci)
    monkeypatch.setattr(environment, "provide", absent)
    if fails:
        with pytest.raises(environment.SetupError, match="no qpdf"):
            environment.provide_test_tools()
    else:
        environment.provide_test_tools()
        assert "are skipped.\nno qpdf\n" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["test", "lint"])
def test_a_site_without_tests_says_what_to_type_instead(command, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(environment, "ROOT", str(tmp_path))
    assert environment.start([command]) == 2
    assert "python3 build.py check" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
