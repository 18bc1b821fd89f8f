"""One at a time: who builds holds a lock, and whoever comes second is told who that is and since when.

The operating system keeps the lock and lets go of it when its holder ends, however it ends. So no lock is
ever stale, and no file has to be deleted by hand; what the file says is only for people.
"""

import errno
import getpass
import json
import os
import platform
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from policing_summary.errors import BuildError

WAIT = 5.0  # seconds until whoever comes second gives up
PAUSE = 0.05  # seconds between two tries
BUSY = {errno.EACCES, errno.EAGAIN, errno.EDEADLK}
FIRST = 1_000_000  # the byte that Windows locks: nobody can read one that is locked
MINUTE, HOUR, DAY = 60, 3600, 86_400


@dataclass(frozen=True)
class Owner:
    """Who holds a lock; `since` in seconds of Unix time."""

    what: str
    user: str
    host: str
    process: int
    since: float


@contextmanager
def held(file: Path, what: str, wait: float = WAIT) -> Iterator[None]:
    """Hold the lock `file` while doing `what`, after waiting for it up to `wait` seconds.

    Raises:
        BuildError: another process holds it for longer.
        OSError: the file cannot be written, or its disk knows no locks.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(file, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        until = time.monotonic() + wait
        while not _taken(handle):
            if time.monotonic() >= until:
                raise BuildError(busy(_owner(file), time.time()))
            time.sleep(PAUSE)
        _sign(handle, Owner(what, _user(), platform.node(), os.getpid(), time.time()))
        try:
            yield
        finally:
            with suppress(OSError):  # what the file says is for people; the disk may be full
                os.ftruncate(handle, 0)
            _let_go(handle)
    finally:
        os.close(handle)


def busy(owner: Owner | None, at: float) -> str:
    """What the second one is told, `at` this time."""
    if owner is None:
        return "Another build is going on here. Wait until it is done, then run this again."
    begun = datetime.fromtimestamp(owner.since, UTC).astimezone()
    where = "" if owner.host == platform.node() else f" on the computer {owner.host}"
    return (
        f"{owner.user} is running {owner.what}{where} (process {owner.process}), begun "
        f"{_age(at - owner.since)} ago, at {begun:%H:%M}. Wait until it is done, then run this "
        f"again. If it hangs, end process {owner.process}{where}: the next build mends what it leaves."
    )


def _age(seconds: float) -> str:
    for unit, name in ((DAY, "day"), (HOUR, "hour"), (MINUTE, "minute"), (1, "second")):
        if (count := int(seconds // unit)) >= 1:
            return f"{count} {name}{'' if count == 1 else 's'}"
    return "a moment"


def _taken(handle: int) -> bool:
    try:
        if os.name == "nt":
            import msvcrt  # noqa: PLC0415 - there is none elsewhere

            os.lseek(handle, FIRST, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        else:
            import fcntl  # noqa: PLC0415 - there is none on Windows

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in BUSY:
            return False
        raise
    return True


def _let_go(handle: int) -> None:
    """A worker that was forked meanwhile may keep the file open for longer than this process holds it."""
    if os.name == "nt":
        import msvcrt  # noqa: PLC0415

        os.lseek(handle, FIRST, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)  # type: ignore[attr-defined,unused-ignore]
    else:
        import fcntl  # noqa: PLC0415

        fcntl.flock(handle, fcntl.LOCK_UN)


def _sign(handle: int, owner: Owner) -> None:
    with suppress(OSError):  # what it says is for people; the lock holds without it
        os.ftruncate(handle, 0)
        os.lseek(handle, 0, os.SEEK_SET)
        os.write(handle, json.dumps(asdict(owner)).encode())


def _owner(file: Path) -> Owner | None:
    try:
        return Owner(**json.loads(file.read_bytes()))
    except (OSError, ValueError, TypeError):
        return None


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # in a container a user may have no name
        return "somebody"
