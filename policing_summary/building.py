"""The whole way from content/ to output/site, step by step."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from policing_summary import checks, content, leaflet, site, store, tracing, workers
from policing_summary.errors import Problem, in_order
from policing_summary.formats import DEFAULT
from policing_summary.leaflet import Document, Leaflet
from policing_summary.sheet import Sheet

Say = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and how much there is."""


@dataclass(frozen=True)
class Summary:
    """What a build did; `seconds` of wall time."""

    pages: int
    leaflets: int
    typeset: int
    written: int
    removed: int
    seconds: float
    warnings: tuple[str, ...]
    problems: tuple[Problem, ...]


def build(root: Path, say: Say) -> Summary:
    """Read, check, typeset and write. On any failure output/ is left as it was.

    Raises:
        ContentError: everything that is wrong with the content.
        BuildError: something else that the editor can do something about.
        OSError: output/ cannot be written.
    """
    began = time.perf_counter()
    say("Reading content/", 0, 0)
    read = content.load(root / "content")
    sheets, problems = checks.run(read)
    traces = {sheet.path: tracing.trace(sheet) for sheet in sheets}
    untraced = [problem for trace in traces.values() for problem in trace.untraced]
    leaflets, fresh = _leaflets(sheets, store.Cache(root / ".cache" / "leaflets"), say)
    say("Writing output/site", 0, 0)
    printed = [site.Printed(sheet, leaflets[sheet.path], traces[sheet.path]) for sheet in sheets]
    files = site.pages(read, printed, DEFAULT.title)
    change = store.commit(files, root / "output")
    return Summary(
        pages=sum(path.endswith(".html") for path in files),
        leaflets=len(leaflets),
        typeset=fresh,
        written=len(change.written),
        removed=len(change.removed),
        seconds=time.perf_counter() - began,
        warnings=tuple(line for made in leaflets.values() for line in made.warnings),
        problems=in_order([*problems, *untraced]),
    )


def _leaflets(
    sheets: Sequence[Sheet], cache: store.Cache, say: Say
) -> tuple[dict[str, Leaflet], int]:
    """Every leaflet by its sheet's path, and how many had to be laid out."""
    documents = {sheet.path: leaflet.compose(sheet, DEFAULT) for sheet in sheets}
    keys = {path: document.key for path, document in documents.items()}
    done: dict[str, Leaflet] = {}
    for path, key in keys.items():
        if stored := cache.get(key):
            done[path] = Leaflet.unpacked(stored)
    waiting: list[tuple[str, Document]] = [
        (path, document) for path, document in documents.items() if path not in done
    ]
    say("Typesetting leaflets", 0, len(waiting))
    made = workers.run(leaflet.typeset, [document for _, document in waiting])
    for number, ((path, _), result) in enumerate(zip(waiting, made, strict=True), 1):
        cache.put(keys[path], result.packed())
        done[path] = result
        say("Typesetting leaflets", number, len(waiting))
    cache.keep_only(keys.values())
    return {sheet.path: done[sheet.path] for sheet in sheets}, len(waiting)
