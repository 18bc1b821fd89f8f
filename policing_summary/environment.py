"""build.py → a complete `.venv` → the project's own command inside it.

Every start passes through here. So a start with nothing to set up imports `os` and `sys` and no
more (pathlib alone would cost 8 ms); whatever an installation needs is imported where it is used.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
LOCK, TEST_LOCK = "requirements.lock", "requirements-test.lock"  # the second holds all of the first
EXTRAS = {  # the first package of each says whether it is installed
    "s3": ("boto3", "requirements-s3.lock", "publishing to S3"),
    "cluster": (
        "distributed",
        "requirements-cluster.lock",
        "laying leaflets out on other machines",
    ),
}
LINTERS = {
    "ruff check": ["ruff", "check", "--quiet"],
    "ruff format": ["ruff", "format", "--check"],
    "mypy": ["mypy"],
}
# Where macOS does not look by itself.
MACOS_FOLDERS = ("/opt/homebrew/lib", "/usr/local/lib", "/opt/local/lib")
NO_TESTS = (
    "This folder holds a site, and the program without its tests. To look for mistakes in the content, "
    "type:\n  python3 build.py check"
)
STOPPED = 130  # what a shell reports after Ctrl-C


class SetupError(Exception):
    """Something the person at the keyboard has to settle; its text says what and how."""


def start(arguments: Sequence[str]) -> int:
    """Do what was typed after `python3 build.py`, in a process that takes the place of this one."""
    try:
        if arguments[:1] in (["test"], ["lint"]) and not has_tests(ROOT):
            say(NO_TESTS)
            return 2
        if arguments[:1] == ["test"]:
            prepare(ROOT, TEST_LOCK)
            provide_test_tools()
            os.chdir(ROOT)  # pytest looks for its settings where it is started
            return hand_over(ROOT, ["pytest", *arguments[1:]])
        if arguments[:1] == ["lint"]:
            prepare(ROOT, TEST_LOCK)
            return lint(ROOT)
        prepare(ROOT, LOCK)
        return hand_over(ROOT, ["policing_summary", *arguments])
    except SetupError as problem:
        say(str(problem))
        return 1
    except KeyboardInterrupt:
        say("Stopped.")
        return STOPPED


def has_tests(root: str) -> bool:
    """Whether this is where the program is made; a site begun by `new site` has the program alone."""
    return os.path.isdir(os.path.join(root, "tests"))


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


# Handing over


def python_in(root: str) -> str:
    inside = ("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")
    return os.path.join(root, ".venv", *inside)


def variables(root: str, given: Mapping[str, str], system: str = sys.platform) -> dict[str, str]:
    """The environment variables for the project's own commands: its modules and no one else's."""
    kept = dict(given)
    kept.pop("PYTHONHOME", None)
    kept["PYTHONPATH"] = root
    kept.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # to look for some costs 10 ms
    if system == "darwin":
        kept.setdefault("DYLD_FALLBACK_LIBRARY_PATH", os.pathsep.join(MACOS_FOLDERS))
    return kept


def hand_over(root: str, module: Sequence[str]) -> int:
    # -P: modules come from PYTHONPATH, not from whatever folder build.py is started in.
    command = [python_in(root), "-P", "-m", *module]
    if os.name != "nt":
        os.execve(command[0], command, variables(root, os.environ))  # does not return
    import subprocess

    return subprocess.run(command, env=variables(root, os.environ), check=False).returncode


def lint(root: str) -> int:
    import subprocess

    failed = []
    for name, module in LINTERS.items():
        say(f"{name}:")
        command = [python_in(root), "-m", *module]
        done = subprocess.run(command, cwd=root, env=variables(root, os.environ), check=False)
        if done.returncode:
            failed.append(name)
    say(f"Not passed: {', '.join(failed)}." if failed else "All passed.")
    return int(bool(failed))


# The stamp: a copy of the lock inside .venv, written when everything in it has been installed


def stamp_file(root: str, lock: str) -> str:
    return os.path.join(root, ".venv", lock + ".installed")


def stamp(root: str, lock: str) -> str:
    """What an environment must agree with to be used again: Python, machine and the whole lock."""
    windows = os.name == "nt"
    machine = os.environ.get("PROCESSOR_ARCHITECTURE") if windows else os.uname().machine
    try:
        with open(os.path.join(root, lock), encoding="utf-8") as file:
            pins = file.read()
    except OSError as error:
        raise SetupError(no_lock(lock, error)) from error
    return f"{sys.implementation.cache_tag} {sys.platform} {machine}\n{pins}"


def is_ready(root: str, lock: str) -> bool:
    wanted = stamp(root, lock)
    try:
        with open(stamp_file(root, lock), encoding="utf-8", errors="replace") as file:
            return file.read() == wanted and os.path.exists(python_in(root))
    except OSError:
        return False


def write_stamp(root: str, lock: str) -> None:
    with open(stamp_file(root, lock), "w", encoding="utf-8") as file:
        file.write(stamp(root, lock))


# Setting up


def prepare(root: str, lock: str) -> None:
    """Make sure `.venv` holds what `lock` says; with nothing to do this is two files read.

    Raises:
        SetupError: it cannot be done; `.venv` is what it was before.
    """
    if is_ready(root, lock):
        return
    from subprocess import CalledProcessError

    if os.pathsep in root:
        raise SetupError(no_colon(root))
    provide("python", "library")
    say("Setting up the Python packages in .venv (once only, about a minute) ...")
    try:
        replace_environment(root, lock)
    except OSError as error:
        raise SetupError(cannot_write(root, error)) from error
    except CalledProcessError as error:
        raise SetupError(no_environment(str(error.output))) from error


def need(extra: str, root: str = ROOT) -> None:
    """Make sure that the packages of an extra can be imported from here on.

    They are added to `.venv`, with which all of them are locked at the same versions. An interpreter
    that is not the project's own is left as it is.

    Raises:
        SetupError: they are not there and cannot be installed; nothing that was there is lost.
    """
    package, lock, purpose = EXTRAS[extra]
    import importlib.util

    if os.path.realpath(sys.prefix) != os.path.realpath(os.path.join(root, ".venv")):
        if importlib.util.find_spec(package) is None:
            raise SetupError(no_extra(package, lock, purpose))
        return
    if is_ready(root, lock) or is_ready(root, TEST_LOCK):
        return
    say(f"Installing what {purpose} needs into .venv (once only) ...")
    try:
        install(root, lock)
        write_stamp(root, lock)
    except OSError as error:
        raise SetupError(cannot_write(root, error)) from error
    importlib.invalidate_caches()


def provide(*kinds: str) -> None:
    from policing_summary import system

    if trouble := system.provide(kinds, MACOS_FOLDERS, say):
        raise SetupError(trouble)


def provide_test_tools() -> None:
    """Looked at on every test run, so that a tool that has come or gone since is noticed."""
    try:
        provide("tool")
    except SetupError as trouble:
        if in_ci():
            raise
        say(f"Note: tests that need what is missing are skipped.\n{trouble}\n")


def in_ci() -> bool:
    """Whether nobody is watching: then what cannot be tested fails instead of being skipped."""
    return os.environ.get("CI", "").lower() not in ("", "0", "false")


def replace_environment(root: str, lock: str) -> None:
    """Install `lock` into an empty `.venv`; the one before comes back if that fails."""
    import shutil

    new, before = os.path.join(root, ".venv"), os.path.join(root, ".venv-before")
    if os.path.exists(new) and not os.path.exists(before):  # both: an attempt was killed half-way
        os.rename(new, before)
    shutil.rmtree(new, ignore_errors=True)
    try:
        create(new)
        install(root, lock)
        for complete in (LOCK, TEST_LOCK) if lock == TEST_LOCK else (LOCK,):
            write_stamp(root, complete)
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        if os.path.exists(before):
            os.rename(before, new)
        raise
    shutil.rmtree(before, ignore_errors=True)


def create(folder: str) -> None:
    import venv

    venv.EnvBuilder(with_pip=True, symlinks=os.name != "nt").create(folder)


def install(root: str, lock: str) -> None:
    import subprocess

    pip = [python_in(root), "-I", "-m", "pip", "--disable-pip-version-check", "--no-input", "-q"]
    only_as_locked = ["--require-hashes", "--no-deps", "--only-binary", ":all:"]
    done = subprocess.run(
        [*pip, "install", *only_as_locked, "-r", os.path.join(root, lock)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode:
        raise SetupError(not_installed(lock, done.stdout))


# What is said when something is in the way


def last_lines(output: str) -> str:
    return "\n".join(f"    {line[:160]}" for line in output.strip().splitlines()[-5:])


def not_installed(lock: str, output: str) -> str:
    return f"""\
The Python packages listed in {lock} could not be installed. Either the network or the
package index could not be reached, or a package could not be verified. pip's last words:

{last_lines(output)}

Nothing was changed in output/. Check the network connection, then run the same command again."""


def no_extra(package: str, lock: str, purpose: str) -> str:
    return f"""\
{purpose[0].upper()}{purpose[1:]} needs the Python package {package}, which this Python does not have:
    {sys.executable}
Start the command with `python3 build.py`, which installs it, or install {lock} yourself."""


def no_environment(output: str) -> str:
    return f"""\
Python could not make an environment in .venv. Its last words:

{last_lines(output)}

Nothing was changed in output/. Try another Python than {sys.executable}."""


def cannot_write(root: str, error: OSError) -> str:
    return f"""\
The folder {root}
cannot be written to: {error.strerror} ({error.filename}).
Copy the project into a folder of your own, with 500 MB to spare, and run build.py there."""


def no_colon(root: str) -> str:
    return f"""\
The folder {root}
has a "{os.pathsep}" in its name, which Python cannot deal with here. Rename it and try again."""


def no_lock(lock: str, error: OSError) -> str:
    return f"""\
{lock} cannot be read: {error.strerror} ({error.filename}).
It is part of the project: get a complete copy of it again."""
