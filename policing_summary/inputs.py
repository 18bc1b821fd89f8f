"""The files of a project → what a build is made of, as hashes: what all boroughs share, and each borough's own.

A file is read again only when its size or its time of change is another one.
"""

import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

FOLDERS, SINGLE = ("content", "templates", "policing_summary"), ("requirements.lock",)
Seen: TypeAlias = tuple[int, int, str]
"""Size in bytes, time of change in nanoseconds, SHA-256."""


@dataclass(frozen=True)
class Inputs:
    """`shared` is the hash of all that is no borough's own; `boroughs` has one for each slug."""

    files: Mapping[str, Seen]
    shared: str
    boroughs: Mapping[str, str]


def take(root: Path, before: Inputs | None = None) -> Inputs:
    """The files as they are now."""
    known = before.files if before else {}
    files = {path: _seen(root, path, stat, known.get(path)) for path, stat in _found(str(root))}
    if before and files == before.files:
        return before
    shared, boroughs = hashlib.sha256(), dict[str, list[str]]()
    for path, (_, _, digest) in sorted(files.items()):
        if slug := _borough(path):
            boroughs.setdefault(slug, []).append(f"{path}\0{digest}\n")
        else:
            shared.update(f"{path}\0{digest}\n".encode())
    own = {
        slug: hashlib.sha256("".join(told).encode()).hexdigest() for slug, told in boroughs.items()
    }
    return Inputs(files, shared.hexdigest(), own)


def _borough(path: str) -> str:
    """The slug of the borough whose file lies there; nothing if it is no borough's."""
    parts = path.split("/")
    if len(parts) != 3 or parts[0] != "content" or not parts[2].endswith(".yaml"):  # noqa: PLR2004
        return ""
    slug = parts[2].split(".")[0]
    return "" if slug == "edition" or parts[1] == "pages" else slug


def _seen(root: Path, path: str, stat: tuple[int, int], known: Seen | None) -> Seen:
    if known and known[:2] == stat:
        return known
    with (root / path).open("rb") as file:
        return (*stat, hashlib.file_digest(file, "sha256").hexdigest())


def _found(root: str) -> Iterator[tuple[str, tuple[int, int]]]:
    waiting = [folder for folder in FOLDERS if os.path.isdir(os.path.join(root, folder))]
    for name in SINGLE:
        if os.path.isfile(os.path.join(root, name)):
            stat = os.stat(os.path.join(root, name))
            yield name, (stat.st_size, stat.st_mtime_ns)
    while waiting:
        folder = waiting.pop()
        with os.scandir(os.path.join(root, folder)) as entries:
            for entry in entries:
                path = f"{folder}/{entry.name}"
                if entry.is_dir():
                    waiting += [] if entry.name == "__pycache__" else [path]
                elif entry.is_file():
                    stat = entry.stat()
                    yield path, (stat.st_size, stat.st_mtime_ns)
