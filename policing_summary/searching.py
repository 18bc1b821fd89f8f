"""Finished pages → an index that a browser can search without a server, by Pagefind.

Pagefind is a program that comes with its Python package. Where it is missing there is no index, and
the search page lists what there is to read instead.
"""

import gzip
import hashlib
import json
import subprocess
import zlib
from collections.abc import Mapping
from html import escape
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from policing_summary import store
from policing_summary.errors import BuildError

VERSION = 2  # of what is done with an index: raise it when that is another thing
FOLDER = "pagefind"
MARK = b"data-pagefind-body"
"""Stands in every page that is to be found."""
NOT_SEARCHED = (".how", ".numbers", ".section-head .kicker", "svg")
"""Parts of a page that say again what stands in another."""
ENTRY = "pagefind-entry.json"
NEEDED = ("pagefind.js", ENTRY)
"""What a browser loads besides the index; ready-made search boxes stay behind."""

GZIP = b"\x1f\x8b"
TRIES = 5
DRAWING, ITS_END = b"<svg", b"</svg>"
MOST_READ = 300
"""Boroughs whose every word is found. Of more, their names and what they say of themselves in one sentence:
an index of all words would be too large to be loaded, and to be made again after each change."""
LARGEST = 200_000  # bytes of a page that is read as a whole among so many


def index(files: Mapping[str, bytes], cache: store.Cache) -> dict[str, bytes]:
    """The index of the site's pages by path; nothing if Pagefind is not there."""
    pages = {
        path: _without_drawings(data)  # which are not searched, and would take long to read
        for path, data in files.items()
        if path.endswith(".html") and MARK in data
    }
    try:
        key = _key(pages, version("pagefind_bin"))
    except PackageNotFoundError:
        return {}
    if kept := cache.get(key):
        made = _unpacked(kept)
    else:
        with store.spread(pages) as folder:
            _indexed(str(folder), folder / FOLDER)
            made = _in_one_order(store.gathered(folder / FOLDER))
        cache.put(key, _packed(made))
    cache.keep_only([key])
    return {
        f"{FOLDER}/{path}": data
        for path, data in made.items()
        if path in NEEDED or path.split(".")[-1].startswith(("pf_", "pagefind"))
    }


def _without_drawings(page: bytes) -> bytes:
    """Found byte by byte by `find`, in a tenth of the time of a regular expression."""
    kept, start = [], 0
    while (begin := page.find(DRAWING, start)) >= 0:
        end = page.find(ITS_END, begin)
        if end < 0:
            break
        kept.append(page[start:begin])
        start = end + len(ITS_END)
    return b"".join((*kept, page[start:]))


def in_short(path: str, title: str, summary: str) -> tuple[str, bytes]:
    """What is found of one of very many pages."""
    told = (
        f"<!DOCTYPE html><html lang=en-GB><title>{escape(title)}</title>"
        f"<main data-pagefind-body><h1>{escape(title)}</h1><p>{escape(summary)}</p></main></html>"
    )
    return path, told.encode()


def not_too_large(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The pages that are read as a whole among very many."""
    return {path: data for path, data in files.items() if len(data) <= LARGEST}


def is_index(path: str) -> bool:
    """Whether the file belongs to an index."""
    return path.startswith(f"{FOLDER}/")


def _indexed(pages: str, output: Path) -> None:
    """Have Pagefind read the pages of a folder.

    Raises:
        BuildError: it could not.
    """
    from pagefind_bin import (  # noqa: PLC0415 - a build that finds its index in the cache needs none
        get_executable,
    )

    asked = ("--site", pages, "--output-path", str(output), "--keep-index-url", "--quiet")
    left_out = (part for name in NOT_SEARCHED for part in ("--exclude-selectors", name))
    command = [str(get_executable()), *asked, *left_out]
    said = "a file of the index is not whole"
    for _ in range(TRIES):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if not done.returncode and _is_all_there(output):
            return
        said = done.stderr.strip()[-500:] or said
    raise BuildError(
        f"The search index could not be written ({said}). Is there room on the disk? Try again."
    )


def _in_one_order(made: Mapping[str, bytes]) -> dict[str, bytes]:
    """The same with the site's languages in the order of their tags: Pagefind's own is another one each time."""
    entry = json.loads(made[ENTRY])
    entry["languages"] = dict(sorted(entry["languages"].items()))
    told = json.dumps(entry, ensure_ascii=False, separators=(",", ":"))
    return {**made, ENTRY: told.encode()}


def _is_all_there(folder: Path) -> bool:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return bool(files) and all(map(_is_whole, files))


def _is_whole(file: Path) -> bool:
    """Pagefind says that it is done before its last file is on the disk, and is ended after that.

    Its own files are packed with gzip, whose last bytes say whether all is there; others come in one piece.
    """
    data = file.read_bytes()
    if not data.startswith(GZIP):
        return bool(data)
    try:
        gzip.decompress(data)
    except (EOFError, OSError, zlib.error):
        return False
    return True


def _key(pages: Mapping[str, bytes], version_of_program: str) -> str:
    digest = hashlib.sha256(f"{version_of_program} {VERSION}".encode())
    for path, data in sorted(pages.items()):
        digest.update(f"{path}\0{len(data)}\0".encode() + data)
    return digest.hexdigest()


def _packed(files: Mapping[str, bytes]) -> bytes:
    sizes = json.dumps({path: len(data) for path, data in files.items()}).encode()
    return sizes + b"\n" + b"".join(files.values())


def _unpacked(data: bytes) -> dict[str, bytes]:
    head, _, rest = data.partition(b"\n")
    found, start = {}, 0
    for path, size in json.loads(head).items():
        found[path] = rest[start : start + size]
        start += size
    return found
