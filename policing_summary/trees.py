"""Folders in which every file is whole at every moment, and files that lie in two of them under one content.

A file gets its place by a rename, after it was written beside it; so whoever reads a folder while it is
being changed finds each file as it was or as it will be.
"""

import os
import shutil
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from stat import S_ISDIR
from typing import TypeAlias

NEW = ".new-"
"""A file that is being put in its place is called so until it is there."""
MANY = 64  # files, from which on the whole disk is settled at once instead of each by itself

Identity: TypeAlias = tuple[int, int]
"""The disk and the number of a file, whatever its names."""


def identity(path: Path) -> Identity | None:
    """Which file it is, whatever its names; None if there is none."""
    try:
        stat = path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    return None if S_ISDIR(stat.st_mode) else (stat.st_dev, stat.st_ino)


def files(folder: Path) -> Iterator[tuple[str, Identity | None]]:
    """Every file and every link below the folder by its path, and which file it is."""
    for where, folders, names in os.walk(folder):
        links = [name for name in folders if Path(where, name).is_symlink()]
        for name in (*names, *links):
            path = Path(where, name)
            yield path.relative_to(folder).as_posix(), identity(path)


def mirror(source: Path, target: Path, paths: Iterable[str]) -> None:
    """Make these files of `target` what they are in `source`; those that are not there go, last."""
    absent = []
    for path in paths:
        if identity(source / path) is None:
            absent.append(path)
        else:
            _put(source / path, target, path)
    for path in absent:
        remove(target, path)


def _put(source: Path, folder: Path, path: str) -> None:
    """A second name for the file in the folder, or a copy where the disk gives no second names."""
    target = folder / path
    new = beside(target)
    make_way(folder, path)
    new.unlink(missing_ok=True)
    if identity(source) == identity(target):
        return  # a rename onto itself would do nothing, and leave the name beside it
    try:
        os.link(source, new, follow_symlinks=False)
    except (OSError, NotImplementedError):
        shutil.copy2(source, new, follow_symlinks=False)
    new.replace(target)


def remove(folder: Path, path: str) -> None:
    """Take a file away, what lies beside it, and the folders that become empty."""
    target = folder / path
    with suppress(NotADirectoryError):  # a file may stand now where a folder was
        beside(target).unlink(missing_ok=True)
        if target.is_symlink() or target.is_file():  # a folder may stand there now
            target.unlink()
    above = target.parent
    while above != folder and above.is_dir() and not any(above.iterdir()):
        above.rmdir()
        above = above.parent


def beside(target: Path) -> Path:
    """Where a file is written before it gets its place."""
    return target.with_name(f"{NEW}{target.name}")


def make_way(folder: Path, path: str) -> None:
    """A file may stand where a folder is to be, or a folder where a file is to be."""
    target = folder / path
    if target.is_dir() and not target.is_symlink():
        shutil.rmtree(target)
    for above in reversed(target.relative_to(folder).parents[:-1]):
        if (folder / above).is_symlink() or (folder / above).is_file():
            (folder / above).unlink()
    target.parent.mkdir(parents=True, exist_ok=True)


def settle(paths: Collection[Path]) -> None:
    """See that the files are on the disk, and not only on their way to it."""
    if len(paths) > MANY and hasattr(os, "sync"):
        os.sync()
        return
    for path in paths:
        handle = os.open(path, os.O_RDWR)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
