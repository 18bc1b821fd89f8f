"""The files of a site → a list of their checksums, which lies at the site's root, and back.

It is written as `sha256sum` writes and reads it, so anybody who has copied the site can see whether a
file is missing or was changed: `sha256sum --check manifest.sha256`. It lists every file but itself, by
path, and says nothing of when or where the site was built.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

NAME = "manifest.sha256"
LINE = re.compile(r"(?P<sum>[0-9a-f]{64})  (?P<path>[^\\\n]+)\n")


@dataclass(frozen=True)
class Difference:
    """How a folder differs from its manifest, path by path."""

    missing: tuple[str, ...]
    changed: tuple[str, ...]
    foreign: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.missing or self.changed or self.foreign)


def checksum(data: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def sums(files: Mapping[str, bytes]) -> dict[str, str]:
    """The checksum of every file by its path, in order."""
    return {path: checksum(files[path]) for path in sorted(files)}


def write(checksums: Mapping[str, str]) -> bytes:
    """The manifest of files with these checksums."""
    listed = sorted(path for path in checksums if path != NAME)
    return "".join(f"{checksums[path]}  {path}\n" for path in listed).encode()


def read(data: bytes) -> dict[str, str]:
    """The checksum of each listed file by its path.

    Raises:
        ValueError: this is no complete manifest, or it leads out of its folder.
    """
    text = data.decode()
    found = {line["path"]: line["sum"] for line in LINE.finditer(text)}
    outside = [path for path in found if path.startswith("/") or ".." in path.split("/")]
    if outside or write(found) != data:
        told = "not a manifest"
        raise ValueError(told)
    return found


def of_folder(folder: Path) -> dict[str, str]:
    """The checksum of every file that lies in a folder now, hidden ones too, by its path."""
    return {
        path.relative_to(folder).as_posix(): _of_file(path)
        for path in sorted(folder.rglob("*"))
        if path.is_symlink() or not path.is_dir()
    }


def compare(folder: Path, listed: Mapping[str, str]) -> Difference:
    """What lies in a folder against what is to lie there; the manifest itself counts as listed."""
    found = of_folder(folder)
    found.pop(NAME, None)
    return Difference(
        missing=tuple(sorted(set(listed) - set(found))),
        changed=tuple(path for path in found if path in listed and found[path] != listed[path]),
        foreign=tuple(path for path in found if path not in listed),
    )


def _of_file(path: Path) -> str:
    """A link counts as changed, whatever it leads to."""
    if path.is_symlink() or not path.is_file():
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
