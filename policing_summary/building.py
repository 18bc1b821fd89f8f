"""The whole way from content/ to output/site, step by step."""

import sys
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from policing_summary import (
    copyfit,
    easyread,
    fingerprint,
    formats,
    inputs,
    leaflet,
    locking,
    manifest,
    piles,
    rebuilding,
    remembering,
    rendering,
    searching,
    sharing,
    store,
    workers,
)
from policing_summary.document import Leaflet, longest_first
from policing_summary.errors import Problem, in_order, show
from policing_summary.formats import Format
from policing_summary.inputs import Inputs
from policing_summary.making import Laid, Made, Worked
from policing_summary.piles import Pile
from policing_summary.rebuilding import Built, Kept
from policing_summary.remembering import NotThereError, Remembered
from policing_summary.sheet import Sheet
from policing_summary.shifts import Shifts
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
    folders: frozenset[str] | None = None
    """Those of the site whose files changed; None if it was looked at as a whole."""

    @property
    def shown(self) -> tuple[str, ...]:
        """What is to be thought about, each as a terminal shows it."""
        problems = (f"{show(problem)}\n" for problem in self.problems)
        return (*problems, *(f"warning: {warning}" for warning in self.warnings))


def build(
    root: Path, say: Say, hands: Hands = OURS, record: fingerprint.Record | None = None
) -> Summary:
    """Read, check, typeset and write. On any failure output/ is left as it was.

    `record` is what the last build left, if it is known.

    Raises:
        ContentError: everything that is wrong with the content.
        BuildError: somebody else is building, or something else that the editor can mend.
        OSError: output/ cannot be written.
    """
    with (
        locking.held(store.lock_of(root / "output"), "a build"),
        piles.Spool(root / ".cache") as spool,
    ):
        store.recover(root / "output")
        taken = inputs.of(fingerprint.take(str(root), record.inputs if record else None))
        there = Published.of(root, record)
        before = remembering.last(root, taken, there.manifest) if there.sums else None
        ways = Ways(say, hands, spool)
        try:
            return _built(root, taken, before, there, ways)
        except NotThereError:  # a damaged cache: everything is made again
            return _built(root, taken, None, there, ways)


@dataclass(frozen=True)
class Published:
    """What lies in output/site. `sums` are empty unless it is as the last build left it."""

    folder: Path
    manifest: bytes = b""
    sums: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, root: Path, record: fingerprint.Record | None) -> "Published":
        folder = root / "output" / "site"
        if record is None or not fingerprint.are_outputs(str(root), record.outputs):
            return cls(folder)
        try:
            listed = (folder / manifest.NAME).read_bytes()
            return cls(folder, listed, manifest.read(listed))
        except (OSError, ValueError):
            return cls(folder)

    def pages(self) -> dict[str, bytes]:
        """The HTML of all pages."""
        found = (path for path in self.sums if path.endswith(".html"))
        return {path: (self.folder / path).read_bytes() for path in found}


@dataclass(frozen=True)
class Ways:
    """Whom to tell what is being done, who lays out leaflets, and where very many files wait."""

    say: Say
    hands: Hands
    spool: piles.Spool

    def settled(self, made: Made) -> Made:
        """A borough whose files wait on the disk, and with the others' styles where they are the same."""
        styles = tuple(map(sys.intern, made.inline_styles))
        return replace(made, files=self.spool.put(made.files.items()), inline_styles=styles)


def _built(
    root: Path, taken: Inputs, before: Remembered | None, there: Published, ways: Ways
) -> Summary:
    began = time.perf_counter()
    say, hands = ways.say, ways.hands
    say("Reading content/", 0, 0)
    cache = store.Cache(root / ".cache" / "leaflets")
    typeset: list[int] = []

    def press(some: Sequence[Worked]) -> list[Laid]:
        laid, fresh = lay_out(some, cache, say, hands)
        typeset.append(fresh)
        return laid

    works = Shifts(rebuilding.Line(press), hands, ways.settled, ways.spool.put)
    wish = rebuilding.Wish(root, rendering.TEMPLATES, drafts=False)
    built = rebuilding.build(wish, before, works, taken=taken)
    say("Writing output/site", 0, 0)
    remarks = remembering.remarks(built, before)
    cache.keep_only(key for remark in remarks.values() for key in remark.keys)
    files, paths = _files(root, built, before, there, hands)
    made = manifest.sums(files)
    sums = {path: there.sums[path] for path in paths if path not in files} | made
    listed = manifest.write(sums)
    files.add({manifest.NAME: listed})
    if before is None:
        change = store.commit(files, root / "output")
        written, removed, folders = len(change.written), len(change.removed), None
    else:
        sums_there = {**there.sums, manifest.NAME: manifest.checksum(there.manifest)}
        made[manifest.NAME] = manifest.checksum(listed)
        new = files.only(path for path in files if sums_there.get(path) != made[path])
        gone = there.sums.keys() - paths
        store.change(new, gone, root / "output")
        written, removed = len(new), len(gone)
        folders = frozenset(path.rpartition("/")[0] for path in {*new, *gone})
    remembering.remember(root, built, remarks, listed)
    return Summary(
        pages=sum(path.endswith("index.html") for path in sums),
        leaflets=sum(path.endswith(".pdf") for path in sums),
        typeset=sum(typeset),
        written=written,
        removed=removed,
        seconds=time.perf_counter() - began,
        warnings=tuple(line for remark in remarks.values() for line in remark.warnings),
        problems=in_order((*built.told, *(p for each in remarks.values() for p in each.problems))),
        folders=folders,
    )


def _files(
    root: Path, built: Built, before: Remembered | None, there: Published, hands: Hands
) -> tuple[Pile, set[str]]:
    """The files that were made anew, and the paths of all that belong to the site."""
    made = {slug: kept for slug, kept in built.boroughs.items() if isinstance(kept, Kept)}
    files = Pile(kept.made.files for kept in made.values())
    is_same = before is not None and built.around is before.around
    if not is_same:
        files.add(built.around)
    drawn = store.Cache(root / ".cache" / "cards")
    settings = built.settings
    icons = sharing.of_site(settings)
    asked = sharing.of_gists(built.shared, (kept.gist for kept in made.values()))
    wanted = asked if is_same else {**icons, **asked}
    files.add(sharing.drawn(settings, built.shared.folder, wanted, drawn, hands=hands))
    if (
        is_same
        and before
        and all(made[slug].made.paths == before.boroughs[slug].made.paths for slug in made)
    ):
        paths = there.sums.keys() | files.keys()
    else:
        everyone = built.boroughs.values()
        cards = sharing.of_gists(built.shared, (kept.gist for kept in everyone))
        own = (path for kept in everyone for path in kept.made.paths)
        paths = {*own, *built.around, *cards, *icons}
        sharing.keep_only(settings, built.shared.folder, {**icons, **cards}, drawn)
    found = {path for path in paths if searching.is_index(path)}
    found |= {path for path in there.sums if searching.is_index(path)}
    if pages := _searched(built, files, set(paths), there, is_same=is_same and bool(found)):
        index = searching.index(pages, store.Cache(root / ".cache" / "search"))
        files.add(index)
        paths = (paths - found) | index.keys()
    else:
        paths |= found
    return files, set(paths)


def _searched(
    built: Built,
    files: Mapping[str, bytes],
    paths: Collection[str],
    there: Published,
    *,
    is_same: bool,
) -> dict[str, bytes]:
    """The pages that a new index is made of; nothing if the index that is there still holds."""
    if len(built.settings.boroughs) > searching.MOST_READ:
        if is_same:
            return {}
        heads = {edition.slug: edition.head.title for edition in built.whole.site.editions}
        short = (
            searching.in_short(
                f"{glimpse.edition}/{kept.gist.slug}/index.html",
                f"{glimpse.borough.entry.name}: {heads[glimpse.edition]}",
                glimpse.borough.head.summary or "",
            )
            for kept in built.boroughs.values()
            for glimpse in kept.gist.glimpses
            if not glimpse.is_draft
        )
        return searching.not_too_large(built.around) | dict(short)
    changed = (
        path.endswith(".html") and there.sums.get(path) != manifest.checksum(data)
        for path, data in files.items()
    )
    if is_same and not any(changed):
        return {}
    return {path: data for path, data in there.pages().items() if path in paths} | dict(files)


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
    if waiting:
        from policing_summary.typesetting import typeset  # noqa: PLC0415 - most builds lay out none

        jobs, names = list(waiting.values()), list(waiting)
        made = workers.finished(typeset, jobs, longest_first(jobs), hands)
        for number, (job, result) in enumerate(made, 1):
            cache.put(names[job], result.packed())
            done[names[job]] = result
            say("Typesetting leaflets", number, len(waiting))
    found = [Done(want, done[key], key) for want, key in zip(wanted, keys, strict=True)]
    return found, len(waiting)
