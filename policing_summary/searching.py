"""Finished pages → an index that a browser can search without a server, by Pagefind.

Pagefind is a program that comes with its Python package. Where it is missing there is no index, and
the search page lists what there is to read instead.
"""

import asyncio
import hashlib
import json
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version

from policing_summary import store

FOLDER = "pagefind"
MARK = b"data-pagefind-body"
"""Stands in every page that is to be found."""
NOT_SEARCHED = (".how", ".numbers", ".section-head .kicker", "svg")
"""Parts of a page that say again what stands in another."""
NEEDED = ("pagefind.js", "pagefind-worker.js", "pagefind-entry.json")
"""What a browser loads besides the index; ready-made search boxes stay behind."""


def index(files: Mapping[str, bytes], cache: store.Cache) -> dict[str, bytes]:
    """The index of the site's pages by path; nothing if Pagefind is not there."""
    pages = {p: data for p, data in files.items() if p.endswith(".html") and MARK in data}
    try:
        key = _key(pages, version("pagefind_bin"))
    except PackageNotFoundError:
        return {}
    if kept := cache.get(key):
        made = _unpacked(kept)
    else:
        with store.spread(pages) as folder:
            asyncio.run(_indexed(str(folder), str(folder / FOLDER)))
            made = store.gathered(folder / FOLDER)
        cache.put(key, _packed(made))
    cache.keep_only([key])
    return {
        f"{FOLDER}/{path}": data
        for path, data in made.items()
        if path in NEEDED or path.split(".")[-1].startswith(("pf_", "pagefind"))
    }


async def _indexed(pages: str, output: str) -> None:
    from pagefind.index import (  # noqa: PLC0415 - a build that finds its index in the cache needs none
        IndexConfig,
        PagefindIndex,
    )

    config = IndexConfig(
        output_path=output, keep_index_url=True, exclude_selectors=list(NOT_SEARCHED)
    )
    async with PagefindIndex(config) as made:
        await made.add_directory(pages)


def _key(pages: Mapping[str, bytes], version_of_program: str) -> str:
    digest = hashlib.sha256(version_of_program.encode())
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
