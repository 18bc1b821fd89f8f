"""Writing: output/ is changed file by file, at once each, and only when the whole build succeeded.

A build is written into a staging folder beside its tree, output/site for example. Then a journal is
written that names every move and removal; from there on the build is decided, and whoever finds the
journal carries it out. Without a journal a staging folder is rubbish. So output/site is the old site or
the new one. Each tree has a staging folder of its own, and a build of one never touches another.
"""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

STAGING = ".staging"
JOURNAL = "journal.json"
UNFINISHED = "journal.unfinished"


@dataclass(frozen=True)
class Change:
    """What a commit did to its tree."""

    written: tuple[str, ...]
    unchanged: int
    removed: tuple[str, ...]


def staging_of(output: Path, name: str) -> Path:
    """Where a build of the tree `name` is kept until it is decided."""
    return output / (STAGING if name == "site" else f"{STAGING}-{name}")


def commit(
    files: Mapping[str, bytes],
    output: Path,
    name: str = "site",
    within: Iterable[str] | None = None,
) -> Change:
    """Make the tree output/`name` hold exactly these files, and nothing else.

    `within`: the folders that the files are all of; what lies elsewhere in the tree stays as it is.

    Raises:
        OSError: the disk is full or the folder cannot be written; the old tree stands.
    """
    recover(output, name)
    site, staging = output / name, staging_of(output, name)
    there = set(_files(site))
    if within is not None:
        folders = tuple(f"{folder}/" for folder in within)
        there = {path for path in there if path.startswith(folders)}
    wanted = {path: data for path, data in files.items() if _differs(site / path, data)}
    gone = sorted(there - set(files))
    if wanted or gone:
        try:
            for path, data in wanted.items():
                _write(staging / name / path, data)
            journal = {"move": sorted(wanted, key=_pages_last), "remove": gone}
            _write(staging / UNFINISHED, json.dumps(journal).encode())
            (staging / UNFINISHED).replace(staging / JOURNAL)  # half a journal would decide nothing
        except BaseException:
            shutil.rmtree(staging, ignore_errors=True)
            raise
        recover(output, name)
    return Change(tuple(sorted(wanted)), len(files) - len(wanted), tuple(gone))


def recover(output: Path, name: str = "site") -> bool:
    """Carry out a decided build that was cut short, or clear away an undecided one.

    Returns:
        Whether there was a decided build to carry out.
    """
    site, staging = output / name, staging_of(output, name)
    if not staging.is_dir():
        return False
    journal = staging / JOURNAL
    decided = journal.is_file()
    if decided:
        plan = json.loads(journal.read_bytes())
        for path in plan["move"]:
            source, target = staging / name / path, site / path
            if source.is_file():  # else it was moved before the build was cut short
                _make_way(site, path)
                target.parent.mkdir(parents=True, exist_ok=True)
                source.replace(target)
        for path in plan["remove"]:
            if (site / path).is_file() or (
                site / path
            ).is_symlink():  # a folder may stand there now
                (site / path).unlink()
            _remove_empty_folders(site, (site / path).parent)
    shutil.rmtree(staging)
    return decided


def _pages_last(path: str) -> tuple[bool, str]:
    """A page comes after its pictures and stylesheet, so that no reader finds it without them."""
    return path.endswith(".html"), path


def _make_way(site: Path, path: str) -> None:
    """A file may stand where a folder is to be, or a folder where a file is to be."""
    target = site / path
    if target.is_dir() and not target.is_symlink():
        shutil.rmtree(target)
    for folder in target.relative_to(site).parents:
        if str(folder) != "." and (site / folder).is_file():
            (site / folder).unlink()


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _differs(path: Path, data: bytes) -> bool:
    try:
        return path.stat().st_size != len(data) or path.read_bytes() != data
    except OSError:
        return True


def _files(folder: Path) -> Iterable[str]:
    return (
        p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file() or p.is_symlink()
    )


def _remove_empty_folders(site: Path, folder: Path) -> None:
    while folder != site and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


@contextmanager
def spread(files: Mapping[str, bytes]) -> Iterator[Path]:
    """A folder with these files for a program that reads only folders; it is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="summary-") as name:
        folder = Path(name)
        for path, data in files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(data)
        yield folder


def gathered(folder: Path) -> dict[str, bytes]:
    """Every file of a folder by its path in it."""
    return {path: (folder / path).read_bytes() for path in sorted(_files(folder))}


@dataclass(frozen=True)
class Cache:
    """Leaflets by their key. An entry that is damaged is not believed."""

    folder: Path

    def get(self, key: str) -> bytes | None:
        try:
            stored = (self.folder / key).read_bytes()
        except OSError:
            return None
        checksum, data = stored[:32], stored[32:]
        return data if hashlib.sha256(data).digest() == checksum else None

    def put(self, key: str, data: bytes) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        unfinished = self.folder / f"{key}.{os.getpid()}"
        unfinished.write_bytes(hashlib.sha256(data).digest() + data)
        unfinished.replace(self.folder / key)

    def keep_only(self, keys: Iterable[str]) -> None:
        """Drop what the last build had no use for, so that the cache does not grow without end."""
        kept = set(keys)
        if self.folder.is_dir():
            for path in self.folder.iterdir():
                if path.name not in kept:
                    path.unlink(missing_ok=True)
