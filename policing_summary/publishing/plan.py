"""The former publication and a site → what is to be done, in the order in which it may be seen.

First what a page refers to, then pages, then the list of checksums; what no longer belongs goes last.
A file with a hash in its name stays for one publication more, since a reader who opened a page just
before it was replaced may still ask for it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from policing_summary import manifest
from policing_summary.hosting import YEAR, is_immutable
from policing_summary.publishing.publication import Publication

PAGE_MAY_BE_KEPT = 300  # seconds
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".eml": "message/rfc822",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".ics": "text/calendar; charset=utf-8",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
    ".zip": "application/zip",
}


@dataclass(frozen=True)
class Plan:
    """Paths by what becomes of them, each in the order in which that is done."""

    add: tuple[str, ...]
    change: tuple[str, ...]
    remove: tuple[str, ...]
    same: int

    @property
    def upload(self) -> tuple[str, ...]:
        return in_order((*self.add, *self.change))

    def __bool__(self) -> bool:
        return bool(self.add or self.change or self.remove)


def following(
    former: Publication | None, files: Mapping[str, str], number: int, source: str
) -> Publication:
    """The publication of these files after the former one."""
    kept = (
        {
            path: found
            for path, found in former.files.items()
            if is_immutable(path) and path not in files
        }
        if former
        else {}
    )
    return Publication(number, former.number if former else 0, source, dict(files), kept)


def compare(former: Publication | None, new: Publication) -> Plan:
    before, after = (former.everything if former else {}), new.everything
    return Plan(
        add=in_order(path for path in after if path not in before),
        change=in_order(path for path in after if path in before and before[path] != after[path]),
        remove=tuple(sorted(set(before) - set(after), key=_removal)),
        same=sum(before.get(path) == found for path, found in after.items()),
    )


def in_order(paths: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(paths, key=_rank))


def _rank(path: str) -> tuple[int, str]:
    """Hashed files, other files, pages, the list of checksums."""
    if path == manifest.NAME:
        return 3, path
    return (0 if is_immutable(path) else 2 if is_page(path) else 1), path


def _removal(path: str) -> tuple[bool, str]:
    """Pages before what they refer to."""
    return not is_page(path), path


def is_page(path: str) -> bool:
    return path.endswith(".html")


def media_type(path: str) -> str:
    name = path.rpartition("/")[2]
    return TYPES.get(
        f".{name.rpartition('.')[2]}" if "." in name else "", "application/octet-stream"
    )


def caching(path: str) -> str:
    """The Cache-Control of a file: a year if it never changes, minutes otherwise."""
    if is_immutable(path):
        return f"public, max-age={YEAR}, immutable"
    return f"public, max-age={PAGE_MAY_BE_KEPT}, must-revalidate"
