"""Whether anything changed since the last build, told before anything heavy is imported.

The last build leaves a list of every file that went in, with size, time of change and a hash, and of every
folder that came out, with a hash of the names, sizes and times of its files. A file whose size and time are
the same is the same; one whose time alone differs is read and compared.
"""

from __future__ import annotations

import hashlib
import json
import os

TYPE_CHECKING = False  # as typing has it, which takes longer to load than all that is done here
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any

VERSION = 3
SOURCES = ("content", "templates", "policing_summary")
SINGLE = ("requirements.lock",)
SITE = "output/site"
RECORD = os.path.join(".cache", "last-build.json")
JOURNAL = os.path.join("output", ".staging", "journal.json")  # as in store
Seen = tuple[int, int, str]
"""Size in bytes, time of change in nanoseconds, SHA-256."""
Stat = tuple[int, int]
Outputs = dict[str, str]
"""A hash for each folder of output/site, by its path."""


class Record:
    """What the last build left: `summary` of what there is, empty if that is not known, and its `warnings`."""

    def __init__(
        self,
        asked: str,
        inputs: Mapping[str, Seen],
        outputs: Outputs,
        summary: str,
        warnings: Sequence[str] = (),
    ) -> None:
        self.asked, self.inputs, self.outputs = asked, inputs, outputs
        self.summary, self.warnings = summary, warnings


def last(root: str) -> Record | None:
    """The record of the last build, if there is one that can be read."""
    try:
        with open(os.path.join(root, RECORD), "rb") as file:
            stat = os.fstat(file.fileno())
            stamp = stat.st_dev, stat.st_ino, stat.st_size, stat.st_mtime_ns
            if stamp not in _READ:
                _READ.clear()
                _READ[stamp] = _record(json.load(file))
        return _READ[stamp]
    except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError):
        return None


_READ: dict[tuple[int, int, int, int], Record | None] = {}
"""The last record by its file, since a build asks for it twice and that of a country takes its time."""


def _record(noted: dict[str, Any]) -> Record | None:
    """Raises whatever comes of a file that holds something else."""
    if noted["version"] != VERSION:
        return None
    inputs = {path: (seen[0], seen[1], seen[2]) for path, seen in noted["inputs"].items()}
    summary, outputs, warnings = noted["summary"], noted["outputs"], noted["warnings"]
    if not (isinstance(summary, str) and isinstance(outputs, dict)):
        return None
    if not (isinstance(warnings, list) and all(isinstance(each, str) for each in warnings)):
        return None
    return Record(noted["asked"], inputs, outputs, summary, warnings)


def unchanged_since_last_build(root: str, asked: str) -> Record | None:
    """The record of the last build if it was `asked` for the same and all its files are as it left them."""
    record = last(root)
    if record is None or record.asked != asked or not record.summary:
        return None
    inputs, found = record.inputs, dict(_stats(root))
    if found.keys() != inputs.keys():
        return None
    for path, (size, time) in found.items():
        known = inputs[path]
        if size != known[0] or (time != known[1] and _hash(root, path) != known[2]):
            return None
    return record if are_outputs(root, record.outputs) else None


def are_outputs(root: str, outputs: Outputs) -> bool:
    """Whether output/site is as a build left it that is not to be finished by the next."""
    return outputs_of(root) == outputs and not os.path.isfile(os.path.join(root, JOURNAL))


def take(root: str, known: Mapping[str, Seen] | None = None) -> dict[str, Seen]:
    """Every file that a build reads, as it is now; those that are as they are `known` are not read.

    To be taken before the build reads them.
    """
    return {
        path: _seen(root, path, stat, known.get(path) if known else None)
        for path, stat in _stats(root)
    }


def outputs_of(root: str) -> Outputs:
    """A hash for each folder of output/site."""
    return dict(_hashed(root, (SITE,)))


def outputs_after(root: str, before: Outputs, changed: Iterable[str]) -> Outputs:
    """The same, of which only the `changed` folders are looked at: others are as they were `before`."""
    folders = {f"{SITE}/{folder}".rstrip("/") for folder in changed}
    kept = {folder: told for folder, told in before.items() if folder not in folders}
    return kept | dict(_hashed(root, folders, 1))


def _hashed(root: str, folders: Iterable[str], levels: int = -1) -> Iterator[tuple[str, str]]:
    """A hash of the names, sizes and times of the files of each folder that has some."""
    for folder, files in _folders(root, folders, levels):
        told = sorted(f"{name}\0{size}\0{time}\n" for name, (size, time) in files)
        whole = "".join(told).encode("utf-8", "surrogateescape")
        yield folder, hashlib.sha256(whole).hexdigest()[:32]


def record(  # noqa: PLR0913, PLR0917 - what a record consists of
    root: str,
    asked: str,
    inputs: Mapping[str, Seen],
    summary: str,
    outputs: Outputs | None = None,
    warnings: Sequence[str] = (),
) -> tuple[str, ...]:
    """Note a finished build, unless a file changed while it ran. `outputs` are what it left, if that is known.

    The `warnings` are told again as they are by whoever finds that nothing has changed.

    Returns:
        The files that did, or came, or went.
    """
    now = take(root, inputs)
    if inputs != now:
        paths = {*inputs, *now}
        return tuple(sorted(path for path in paths if inputs.get(path) != now.get(path)))
    noted = {
        "version": VERSION,
        "asked": asked,
        "inputs": inputs,
        "outputs": outputs_of(root) if outputs is None else outputs,
        "summary": summary,
        "warnings": list(warnings),
    }
    path = os.path.join(root, RECORD)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    unfinished = f"{path}.{os.getpid()}"
    with open(unfinished, "w", encoding="utf-8") as file:
        json.dump(noted, file)
    os.replace(unfinished, path)
    return ()


def _stats(root: str) -> Iterator[tuple[str, Stat]]:
    """Size and time of every file that a build reads; what cannot be looked at is an empty one."""
    for name in SINGLE:
        full = os.path.join(root, name)
        if os.path.isfile(full):
            stat = os.stat(full)
            yield name, (stat.st_size, stat.st_mtime_ns)
    for folder, files in _folders(root, SOURCES):
        for name, seen in files:
            yield f"{folder}/{name}", seen


def _folders(
    root: str, folders: Iterable[str], levels: int = -1
) -> Iterator[tuple[str, list[tuple[str, Stat]]]]:
    """Each folder that has files, with their names, sizes and times: of so many `levels`, or of all."""
    waiting = [(folder, levels) for folder in folders]
    while waiting:
        folder, left = waiting.pop()
        files = []
        try:
            entries = os.scandir(os.path.join(root, folder))
        except (FileNotFoundError, NotADirectoryError):
            continue
        with entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    if entry.name != "__pycache__" and left != 1:
                        waiting.append((f"{folder}/{entry.name}", left - 1))
                    continue
                is_ours = not entry.is_symlink() or _is_ours(root, entry.path)
                stat = entry.stat(follow_symlinks=is_ours)
                files.append((entry.name, (stat.st_size, stat.st_mtime_ns)))
        if files:
            yield folder, files


def _seen(root: str, path: str, stat: Stat, known: Seen | None) -> Seen:
    if known and known[:2] == stat:
        return known
    return (*stat, _hash(root, path))


def _is_ours(root: str, path: str) -> bool:
    """Whether a link leads to a file below the root: of others nothing is read, not even to know them again."""
    real = os.path.realpath(path)
    return os.path.isfile(real) and real.startswith(os.path.join(os.path.realpath(root), ""))


def _hash(root: str, path: str) -> str:
    full = os.path.join(root, path)
    if os.path.islink(full) and not _is_ours(root, full):
        return os.readlink(full)
    if not os.path.isfile(full):  # a pipe would never end
        return ""
    with open(full, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()
