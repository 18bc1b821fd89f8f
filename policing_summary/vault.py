"""Writing what only its owner may read: output/mail, its folders 0700 and its files 0600 from the first byte.

A mailing is written beside the one before, and the two change places when it is complete. Where folders cannot
do that, the former is moved away first. Whoever finds a run that was cut short clears it away, and puts the
former mailing back if that was moved already.
"""

import errno
import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from policing_summary import swapping

FOLDER_MODE, FILE_MODE = 0o700, 0o600
UNFINISHED = ".unfinished"
NEW, FORMER = "new", "former"


def commit(files: Iterable[tuple[str, bytes]], output: Path, folder: str) -> tuple[str, ...]:
    """Make output/mail/`folder` hold exactly these files; one at a time is in memory.

    Returns:
        Their names, in order.

    Raises:
        OSError: the disk is full, or a folder cannot be written or is a link that leads elsewhere.
    """
    vault = _private(output / "mail")
    recover(output)
    staging = vault / UNFINISHED
    new, former, target = staging / NEW, staging / FORMER / folder, vault / folder
    names = []
    try:
        _private(staging)
        _private(new)
        for name, data in files:
            _write(new / name, data)
            names.append(name)
        for parent in reversed(list(Path(folder).parents)[:-1]):
            _private(vault / parent)
            _private(staging / FORMER)
            _private(staging / FORMER / parent)
        if not target.exists() or not swapping.exchange(new, target):
            if target.exists():
                target.rename(former)
            new.rename(target)
    except BaseException:
        recover(output)
        raise
    shutil.rmtree(staging)
    return tuple(names)


def recover(output: Path) -> None:
    """Put back a mailing that was moved away by a run that was cut short, and clear the rest of it."""
    staging = output / "mail" / UNFINISHED
    if not staging.is_dir():
        return
    for former in (staging / FORMER).glob("*/*"):
        target = output / "mail" / former.relative_to(staging / FORMER)
        if not target.exists():
            former.rename(target)
    shutil.rmtree(staging)


def _private(folder: Path) -> Path:
    if folder.is_symlink():
        told = "this is a link, and addresses are not written through links"
        raise OSError(errno.ELOOP, told, str(folder))
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir(mode=FOLDER_MODE, exist_ok=True)
    folder.chmod(FOLDER_MODE)  # one that was there may have been open to others
    return folder


def _write(path: Path, data: bytes) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags, FILE_MODE), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
