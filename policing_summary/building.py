"""The whole way from content/ to output/site, step by step."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from policing_summary import (
    checks,
    content,
    copyfit,
    easyread,
    formats,
    leaflet,
    locking,
    manifest,
    newsletter,
    searching,
    sharing,
    site,
    store,
    tracing,
    typesetting,
    workers,
)
from policing_summary.errors import Problem, in_order
from policing_summary.formats import Format
from policing_summary.leaflet import Leaflet
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
        BuildError: somebody else is building, or something else that the editor can mend.
        OSError: output/ cannot be written.
    """
    with locking.held(store.lock_of(root / "output"), "a build"):
        return _built(root, say)


def _built(root: Path, say: Say) -> Summary:
    began = time.perf_counter()
    say("Reading content/", 0, 0)
    read = content.load(root / "content")
    sheets, problems = checks.run(read)
    traces = {sheet.path: tracing.trace(sheet) for sheet in sheets}
    problems += [problem for trace in traces.values() for problem in trace.untraced]
    wanted = [
        Wanted(sheet, form)
        for sheet in sheets
        for form in formats.downloads(sheet.edition.head.formats)
        if form.content == "sections" or easyread.is_written(sheet)
    ]
    made, fresh = leaflets(wanted, store.Cache(root / ".cache" / "leaflets"), say)
    problems += [
        each for want, done in made for each in copyfit.problems(want.sheet, want.form, done)
    ]
    good = [(want, done) for want, done in made if not done.fit.refusals]
    say("Writing output/site", 0, 0)
    printed = [
        site.Printed(
            sheet, tuple((w.form, done) for w, done in good if w.sheet is sheet), traces[sheet.path]
        )
        for sheet in sheets
    ]
    drawn = sharing.pictures(read, sheets, store.Cache(root / ".cache" / "cards"))
    files = site.pages(read, printed, drawn=drawn)
    files |= searching.index(files, store.Cache(root / ".cache" / "search"))
    files[manifest.NAME] = manifest.write(manifest.sums(files))
    change = store.commit(files, root / "output")
    return Summary(
        pages=sum(path.endswith("index.html") for path in files),
        leaflets=len(good),
        typeset=fresh,
        written=len(change.written),
        removed=len(change.removed),
        seconds=time.perf_counter() - began,
        warnings=(
            *(line for _, done in made for line in done.warnings),
            *newsletter.cut_off(files),
        ),
        problems=in_order(problems),
    )


@dataclass(frozen=True)
class Wanted:
    """A leaflet to be made: whose, and in which format."""

    sheet: Sheet
    form: Format


def leaflets(
    wanted: Sequence[Wanted], cache: store.Cache, say: Say
) -> tuple[list[tuple[Wanted, Leaflet]], int]:
    """Every leaflet that is wanted, in that order, and how many had to be laid out."""
    documents = [leaflet.compose(each.sheet, each.form) for each in wanted]
    keys = [document.key for document in documents]
    done: dict[str, Leaflet] = {}
    for key in keys:
        if stored := cache.get(key):
            done[key] = Leaflet.unpacked(stored)
    waiting = {key: each for key, each in zip(keys, documents, strict=True) if key not in done}
    say("Typesetting leaflets", 0, len(waiting))
    made = workers.run(typesetting.typeset, list(waiting.values()))
    for number, (key, result) in enumerate(zip(waiting, made, strict=True), 1):
        cache.put(key, result.packed())
        done[key] = result
        say("Typesetting leaflets", number, len(waiting))
    cache.keep_only(keys)
    return [(want, done[key]) for want, key in zip(wanted, keys, strict=True)], len(waiting)
