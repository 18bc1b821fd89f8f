"""One at a time: who comes second waits a moment, and is told who builds, since when, and the way out."""

import os
import platform
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from policing_summary import environment, locking
from policing_summary.errors import BuildError
from policing_summary.locking import Owner, busy, held

HOLD = """\
import sys
from pathlib import Path
from policing_summary.locking import held
with held(Path(sys.argv[1]), "a build"):
    print("held", flush=True)
    sys.stdin.read(1)
"""


@pytest.fixture
def lock(tmp_path):
    return tmp_path / "output" / "lock"


@contextmanager
def another(lock) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the lock until something is said to it."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(lock)],
        cwd=environment.ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
    finally:
        process.kill()
        process.communicate()


def test_whoever_comes_second_is_told_who_builds(lock):
    with another(lock) as holder, pytest.raises(BuildError) as told, held(lock, "x", wait=0.2):
        pass
    assert f"is running a build (process {holder.pid}), begun" in str(told.value)
    assert f"If it hangs, end process {holder.pid}" in str(told.value)
    assert platform.node() not in str(told.value)


def test_whoever_comes_second_waits_a_moment(lock):
    with another(lock) as holder:
        assert holder.stdin is not None
        holder.stdin.write("x")
        holder.stdin.flush()
        with held(lock, "x", wait=30):
            assert locking._owner(lock).process == os.getpid()


def test_a_lock_whose_holder_was_killed_is_free(lock):
    with another(lock) as holder:
        holder.kill()
        holder.wait()
        assert locking._owner(lock).process == holder.pid  # as it was left
        with held(lock, "x", wait=0):
            pass
    assert lock.read_bytes() == b""


def test_a_lock_is_free_afterwards_whatever_happened(lock):
    for error in (KeyboardInterrupt, OSError, ValueError):
        with pytest.raises(error), held(lock, "x", wait=0):
            raise error


def test_a_full_disk_does_not_keep_anybody_from_the_lock(lock, monkeypatch):
    def refuse(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "write", refuse)
    with held(lock, "x", wait=0):
        pass


def test_a_lock_file_that_is_no_lock_file_tells_less(lock):
    with another(lock):
        lock.write_bytes(b"[]")
        with pytest.raises(BuildError, match="Another build is going on here"), held(lock, "x", 0):
            pass


AGES = {0.4: "a moment", 1: "1 second", 59: "59 seconds", 61: "1 minute", 7300: "2 hours"}


@pytest.mark.parametrize(("seconds", "words"), {**AGES, 200_000: "2 days", -5: "a moment"}.items())
def test_the_age_of_a_lock_is_told_in_words(seconds, words):
    here = platform.node()
    told = busy(Owner("a build", "anna", here, 4711, 1e9), 1e9 + seconds)
    begun = time.strftime("%H:%M", time.localtime(1e9))
    assert told == (
        f"anna is running a build (process 4711), begun {words} ago, at {begun}. Wait until it is "
        "done, then run this again. If it hangs, end process 4711: the next build mends what it leaves."
    )


def test_a_lock_of_another_computer_names_it():
    told = busy(Owner("a build", "anna", "press-pc", 4711, 0), 100_000)
    assert "anna is running a build on the computer press-pc (process 4711)" in told
    assert "end process 4711 on the computer press-pc:" in told
