"""output/site → its files, if they may be published: whole, as they were built, and nothing besides."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from policing_summary import manifest
from policing_summary.publishing.faults import RefusedError

MOST_NAMED = 5
FORBIDDEN = ("print", "mail", "content", ".git")
"""Folders at the root of a site that can only have come there by mistake."""


def files_of(site: Path, drafts: Iterable[str]) -> Mapping[str, str]:
    """The checksum of every file to be published by its path, the list of checksums among them.

    `drafts`: the folders of editions and boroughs that are not to be seen yet.

    Raises:
        RefusedError: files are missing, changed or added, or belong to a draft.
    """
    try:
        listed = manifest.read((site / manifest.NAME).read_bytes())
    except (OSError, ValueError):
        raise RefusedError(_rebuild(f"{site} is not a finished website")) from None
    difference = manifest.compare(site, listed)
    for paths, what in (
        (difference.missing, "Files are missing from"),
        (difference.changed, "Files were changed in"),
        (difference.foreign, "There are files that were not built in"),
    ):
        if paths:
            raise RefusedError(_rebuild(f"{what} {site}: {named(paths)}"))
    hidden = tuple(f"{folder}/" for folder in drafts)
    if found := [path for path in listed if path.startswith(hidden)]:
        raise RefusedError(_rebuild(f"{site} holds drafts: {named(found)}"))
    private = tuple(f"{folder}/" for folder in FORBIDDEN)
    if found := [path for path in listed if path.startswith(private)]:
        raise RefusedError(f"{site} holds files that are not for readers: {named(found)}.")
    return {**listed, manifest.NAME: manifest.checksum((site / manifest.NAME).read_bytes())}


def named(paths: Iterable[str]) -> str:
    first, *rest = list(paths)
    shown = [first, *rest[: MOST_NAMED - 1]]
    more = len(rest) + 1 - len(shown)
    return ", ".join(shown) + (f" and {more:,} more" if more else "")


def _rebuild(what: str) -> str:
    return f"{what}. Build the website anew with `python3 build.py`, then publish again."
