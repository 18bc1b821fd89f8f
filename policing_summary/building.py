"""The whole way from content/ to output/site, step by step."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from policing_summary import (
    copyfit,
    easyread,
    formats,
    leaflet,
    locking,
    manifest,
    rebuilding,
    searching,
    sharing,
    store,
    typesetting,
    workers,
)
from policing_summary.document import Leaflet, longest_first
from policing_summary.errors import Problem
from policing_summary.formats import Format
from policing_summary.making import Laid, Worked
from policing_summary.sheet import Sheet
from policing_summary.workers import OURS, Hands

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


def build(root: Path, say: Say, hands: Hands = OURS) -> Summary:
    """Read, check, typeset and write. On any failure output/ is left as it was.

    Raises:
        ContentError: everything that is wrong with the content.
        BuildError: somebody else is building, or something else that the editor can mend.
        OSError: output/ cannot be written.
    """
    with locking.held(store.lock_of(root / "output"), "a build"):
        return _built(root, say, hands)


def _built(root: Path, say: Say, hands: Hands) -> Summary:
    began = time.perf_counter()
    say("Reading content/", 0, 0)
    cache = store.Cache(root / ".cache" / "leaflets")
    typeset: list[int] = []

    def press(some: Sequence[Worked]) -> list[Laid]:
        laid, fresh = lay_out(some, cache, say, hands)
        typeset.append(fresh)
        say("Writing output/site", 0, 0)
        return laid

    built = rebuilding.first(root, press)
    boroughs = [kept.made for kept in built.boroughs.values()]
    keys = frozenset(key for made in boroughs for key in made.keys)
    cache.keep_only(keys)
    files = built.files
    whole = built.whole
    files |= sharing.pictures(whole.site, whole.sheets, store.Cache(root / ".cache" / "cards"))
    files |= searching.index(files, store.Cache(root / ".cache" / "search"))
    files[manifest.NAME] = manifest.write(manifest.sums(files))
    change = store.commit(files, root / "output")
    return Summary(
        pages=sum(path.endswith("index.html") for path in files),
        leaflets=sum(path.endswith(".pdf") for path in files),
        typeset=sum(typeset),
        written=len(change.written),
        removed=len(change.removed),
        seconds=time.perf_counter() - began,
        warnings=built.warnings,
        problems=built.problems,
    )


@dataclass(frozen=True)
class Wanted:
    """A leaflet to be made: whose, and in which format."""

    sheet: Sheet
    form: Format


@dataclass(frozen=True)
class Done:
    """A leaflet as it was laid out, and what it is called in the cache."""

    want: Wanted
    leaflet: Leaflet
    key: str


def lay_out(
    some: Sequence[Worked], cache: store.Cache, say: Say, hands: Hands
) -> tuple[list[Laid], int]:
    """The leaflets of each of some boroughs, and how many had to be laid out."""
    wanted = [
        Wanted(sheet, form)
        for each in some
        for sheet, _ in each.sheets
        for form in formats.downloads(sheet.edition.head.formats)
        if form.content == "sections" or easyread.is_written(sheet)
    ]
    made, fresh = leaflets(wanted, cache, say, hands)
    of_borough: dict[str, list[Done]] = {}
    for each in made:
        of_borough.setdefault(each.want.sheet.borough.slug, []).append(each)
    return [_laid(of_borough.get(_slug(each), ())) for each in some], fresh


def _slug(worked: Worked) -> str:
    return worked.sheets[0][0].borough.slug if worked.sheets else ""


def _laid(done: Sequence[Done]) -> Laid:
    found: dict[str, list[tuple[Format, Leaflet]]] = {}
    problems: list[Problem] = []
    for each in done:
        want, made = each.want, each.leaflet
        problems += copyfit.problems(want.sheet, want.form, made)
        if not made.fit.refusals:
            found.setdefault(want.sheet.path, []).append((want.form, made))
    warnings = tuple(line for each in done for line in each.leaflet.warnings)
    return Laid(found, tuple(problems), warnings, frozenset(each.key for each in done))


def leaflets(
    wanted: Sequence[Wanted], cache: store.Cache, say: Say, hands: Hands
) -> tuple[list[Done], int]:
    """Every leaflet that is wanted, in that order, and how many had to be laid out."""
    documents = [leaflet.compose(each.sheet, each.form) for each in wanted]
    keys = [document.key for document in documents]
    done: dict[str, Leaflet] = {}
    for key in keys:
        if stored := cache.get(key):
            done[key] = Leaflet.unpacked(stored)
    waiting = {key: each for key, each in zip(keys, documents, strict=True) if key not in done}
    say("Typesetting leaflets", 0, len(waiting))
    jobs, names = list(waiting.values()), list(waiting)
    made = workers.finished(typesetting.typeset, jobs, longest_first(jobs), hands)
    for number, (job, result) in enumerate(made, 1):
        cache.put(names[job], result.packed())
        done[names[job]] = result
        say("Typesetting leaflets", number, len(waiting))
    found = [Done(want, done[key], key) for want, key in zip(wanted, keys, strict=True)]
    return found, len(waiting)
