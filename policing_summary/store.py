"""Writing: a tree of output/ is the old one or the new one at every moment, whoever looks or cuts the power.

Beside each tree, output/site for example, lies its twin: the same files under a second name, by hard links.
A build changes the twin, and then the two folders change places in one step. So readers of output/site see
the old site or the new one, and a build that is killed at any moment leaves one of them, whole. A journal
says which files of the twin may differ from those of its tree; whoever finds one makes them the same again.

Where folders cannot change places, the journal says once the twin is complete that the build is decided, and
each file moves by itself, pages after what they refer to; whoever finds such a journal carries it out.
Each tree has a twin and a journal of its own, and a build of one never touches another.
"""

import hashlib
import json
import os
import tempfile
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISLNK

from policing_summary import swapping, trees

STAGING = ".staging"
TWIN = "twin"
JOURNAL = "journal.json"
LOCK = "lock"


@dataclass(frozen=True)
class Change:
    """What a commit did to its tree."""

    written: tuple[str, ...]
    unchanged: int
    removed: tuple[str, ...]


def staging_of(output: Path, name: str) -> Path:
    """Where the tree `name` has its twin, its journal and its lock."""
    return output / (STAGING if name == "site" else f"{STAGING}-{name}")


def lock_of(output: Path, name: str = "site") -> Path:
    """The lock of everything that writes the tree `name`, for `locking.held`."""
    return staging_of(output, name) / LOCK


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
    tree, twin = output / name, staging_of(output, name) / TWIN
    there = dict(trees.files(tree))
    ours = set(there)
    if within is not None:
        folders = tuple(f"{folder}/" for folder in within)
        ours = {path for path in there if path.startswith(folders)}
    wanted = {
        path for path, data in files.items() if path not in there or _differs(tree / path, data)
    }
    gone = sorted(ours - set(files))
    if wanted or gone:
        twins = dict(trees.files(twin))
        unlike = {path for path in {*there, *twins} if there.get(path) != twins.get(path)}
        _carry_out(files, wanted, gone, unlike, output, name)
    return Change(tuple(sorted(wanted)), len(files) - len(wanted), tuple(gone))


def change(
    written: Mapping[str, bytes], removed: Collection[str], output: Path, name: str = "site"
) -> None:
    """Write and remove these files of a tree that is otherwise as the last commit left it.

    It costs as much as it changes, however large the tree: nothing else is looked at.

    Raises:
        OSError: as for `commit`.
    """
    recover(output, name)
    has_twin = (staging_of(output, name) / TWIN).is_dir()
    unlike = () if has_twin else [path for path, _ in trees.files(output / name)]
    if written or removed:
        _carry_out(written, written.keys(), removed, unlike, output, name)


def recover(output: Path, name: str = "site") -> bool:
    """Clear up after a build that was cut short; one that was decided is carried out.

    Returns:
        Whether there was something to clear up.
    """
    tree, staging = output / name, staging_of(output, name)
    try:
        journal = json.loads((staging / JOURNAL).read_bytes())
    except FileNotFoundError:
        return False
    except ValueError:  # cut short itself, and so before anything else was begun
        journal = {"decided": False, "touched": []}
    if journal.get("decided"):
        trees.mirror(staging / TWIN, tree, journal["touched"])
    elif (staging / TWIN).is_dir():
        trees.mirror(tree, staging / TWIN, journal["touched"])
    (staging / JOURNAL).unlink()
    return True


def _carry_out(  # noqa: PLR0913, PLR0917 - what a change of a tree consists of
    files: Mapping[str, bytes],
    written: Collection[str],
    removed: Iterable[str],
    unlike: Iterable[str],
    output: Path,
    name: str,
) -> None:
    """`unlike`: where the twin is not what its tree is, because somebody else changed one of them."""
    tree, staging = output / name, staging_of(output, name)
    twin = staging / TWIN
    touched = sorted({*written, *removed, *unlike}, key=_pages_last)
    staging.mkdir(parents=True, exist_ok=True)
    try:
        _note(staging, touched, decided=False)
        twin.mkdir(exist_ok=True)
        trees.mirror(tree, twin, unlike)
        for path in sorted(written, key=_pages_last):
            trees.make_way(twin, path)
            _write(trees.beside(twin / path), files[path])
        trees.settle([trees.beside(twin / path) for path in written])
        for path in sorted(written, key=_pages_last):
            trees.beside(twin / path).replace(twin / path)
        for path in removed:
            trees.remove(twin, path)
        if not tree.exists() and not tree.is_symlink():
            twin.rename(tree)
            twin.mkdir()
        elif tree.is_symlink() or not swapping.exchange(tree, twin):
            _note(staging, touched, decided=True)
    except BaseException:
        with suppress(OSError):  # what could not be cleared up is by the next build
            recover(output, name)
        raise
    recover(output, name)


def _note(staging: Path, touched: Iterable[str], *, decided: bool) -> None:
    noted = json.dumps({"decided": decided, "touched": list(touched)}).encode()
    path = trees.beside(staging / JOURNAL)
    _write(path, noted)
    trees.settle([path])
    path.replace(staging / JOURNAL)


def _pages_last(path: str) -> tuple[bool, str]:
    """A page comes after its pictures and stylesheet, so that no reader finds it without them."""
    return path.endswith(".html"), path


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)


def _differs(path: Path, data: bytes) -> bool:
    try:
        stat = path.lstat()
        return S_ISLNK(stat.st_mode) or stat.st_size != len(data) or path.read_bytes() != data
    except OSError:
        return True


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
    return {path: (folder / path).read_bytes() for path in sorted(dict(trees.files(folder)))}


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
        """Keep an entry; another process that puts the same one at this moment does no harm."""
        self.folder.mkdir(parents=True, exist_ok=True)
        unfinished = self.folder / f"{key}.{os.getpid()}"
        try:
            unfinished.write_bytes(hashlib.sha256(data).digest() + data)
            unfinished.replace(self.folder / key)
        except BaseException:
            unfinished.unlink(missing_ok=True)
            raise

    def keep_only(self, keys: Iterable[str]) -> None:
        """Drop what the last build had no use for, so that the cache does not grow without end."""
        kept = set(keys)
        if self.folder.is_dir():
            for path in self.folder.iterdir():
                if path.name not in kept:
                    path.unlink(missing_ok=True)


def forget(cache: Path) -> tuple[int, int]:
    """Empty the folder of all caches.

    Returns:
        How many files there were, and their size in bytes.
    """
    sizes = [path.lstat().st_size for path in cache.rglob("*") if not path.is_dir()]
    if sizes:
        trees.make_way(cache.parent, cache.name)
    return len(sizes), sum(sizes)
