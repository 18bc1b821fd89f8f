"""Whether anything changed since the last build, told before anything heavy is imported.

The last build leaves a list of every file that went in and came out, with size, time of change and,
for what went in, a hash. A file whose size and time are the same is the same; one whose time alone
differs is read and compared.
"""

import hashlib
import json
import os
from collections.abc import Iterator

VERSION = 1
SOURCES = ("content", "templates", "policing_summary")
SINGLE = ("requirements.lock",)
RECORD = os.path.join(".cache", "last-build.json")
JOURNAL = os.path.join("output", ".staging", "journal.json")  # as in store


def unchanged_since_last_build(root: str, asked: str) -> dict[str, object] | None:
    """The record of the last build if it was `asked` for the same and all its files are as it left them."""
    try:
        with open(os.path.join(root, RECORD), "rb") as file:
            record = json.load(file)
        if record["version"] != VERSION or record["asked"] != asked:
            return None
        inputs, outputs = record["inputs"], record["outputs"]
        if not (isinstance(inputs, dict) and isinstance(record["summary"], str)):
            return None
    except (OSError, ValueError, KeyError, TypeError):
        return None
    found = dict(_stats(root, (*SOURCES, *SINGLE)))
    if found.keys() != inputs.keys():
        return None
    for path, (size, time) in found.items():
        known = inputs[path]
        if size != known[0] or (time != known[1] and _hash(root, path) != known[2]):
            return None
    site = os.path.join("output", "site")
    same = {path: list(stat) for path, stat in _stats(root, (site,))} == outputs
    return record if same and not os.path.isfile(os.path.join(root, JOURNAL)) else None


def take(root: str) -> dict[str, list[object]]:
    """Every file that a build reads, as it is now. To be taken before the build reads them."""
    return {
        path: [size, time, _hash(root, path)]
        for path, (size, time) in _stats(root, (*SOURCES, *SINGLE))
    }


def record(root: str, asked: str, inputs: dict[str, list[object]], summary: str) -> None:
    """Note a finished build, unless a file changed while it ran."""
    if inputs != take(root):
        return
    outputs = {path: list(stat) for path, stat in _stats(root, (os.path.join("output", "site"),))}
    noted = {
        "version": VERSION,
        "asked": asked,
        "inputs": inputs,
        "outputs": outputs,
        "summary": summary,
    }
    path = os.path.join(root, RECORD)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    unfinished = f"{path}.{os.getpid()}"
    with open(unfinished, "w", encoding="utf-8") as file:
        json.dump(noted, file)
    os.replace(unfinished, path)


def _stats(root: str, folders: tuple[str, ...]) -> Iterator[tuple[str, tuple[int, int]]]:
    for folder in folders:
        full = os.path.join(root, folder)
        if os.path.isfile(full):
            yield _stat(root, full)
        for where, inner, names in os.walk(full):
            inner[:] = sorted(name for name in inner if name != "__pycache__")
            for name in sorted(names):
                yield _stat(root, os.path.join(where, name))


def _stat(root: str, path: str) -> tuple[str, tuple[int, int]]:
    stat = os.stat(path)
    return os.path.relpath(path, root).replace(os.sep, "/"), (stat.st_size, stat.st_mtime_ns)


def _hash(root: str, path: str) -> str:
    with open(os.path.join(root, path), "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()
