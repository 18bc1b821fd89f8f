"""The files of a project → what a build is made of, as hashes: what all boroughs share, and each borough's own.

A file is read again only when its size or its time of change is another one.
"""

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from policing_summary import fingerprint
from policing_summary.fingerprint import Seen


@dataclass(frozen=True)
class Inputs:
    """`shared` is the hash of all that is no borough's own; `boroughs` has one for each slug."""

    files: Mapping[str, Seen]
    shared: str
    boroughs: Mapping[str, str]


def take(root: Path, before: Inputs | None = None) -> Inputs:
    """The files as they are now."""
    files = fingerprint.take(str(root), before.files if before else {})
    return before if before and files == before.files else of(files)


def of(files: Mapping[str, Seen]) -> Inputs:
    """What these files are to a build."""
    shared, boroughs = hashlib.sha256(), dict[str, list[str]]()
    for path, (_, _, digest) in sorted(files.items()):
        if slug := _borough(path):
            boroughs.setdefault(slug, []).append(f"{path}\0{digest}\n")
        else:
            shared.update(os.fsencode(f"{path}\0{digest}\n"))
    own = {
        slug: hashlib.sha256(os.fsencode("".join(told))).hexdigest()
        for slug, told in boroughs.items()
    }
    return Inputs(files, shared.hexdigest(), own)


def of_program(taken: Inputs) -> str:
    """The hash of the program and of what it is to be installed with."""
    told = (
        f"{path}\0{seen[2]}\n"
        for path, seen in sorted(taken.files.items())
        if path.startswith("policing_summary/") or path == "requirements.lock"
    )
    return hashlib.sha256("".join(told).encode()).hexdigest()


def _borough(path: str) -> str:
    """The slug of the borough whose file lies there; nothing if it is no borough's."""
    parts = path.split("/")
    if len(parts) != 3 or parts[0] != "content" or not parts[2].endswith(".yaml"):  # noqa: PLR2004
        return ""
    slug = parts[2].split(".")[0]
    return "" if slug == "edition" or parts[1] == "pages" else slug
