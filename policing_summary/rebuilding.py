"""A site as it was made, and what was changed since → the site as it is now, with no step taken twice.

Nothing here writes or remembers: `first` and `again` return a value, and the next `again` takes it.

A borough's files are read again when one of them has changed. Its pages are made again when its files, what
all boroughs share, or what its pages say of the others is different; the pages around them when what they
know of the boroughs is.
"""

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Protocol, TypeAlias

from policing_summary import checks, content, gists, inputs, making, rendering
from policing_summary.assets import Assets
from policing_summary.content import Dossier, Frame
from policing_summary.errors import ContentError, Problem, in_order
from policing_summary.gists import Among, Gist, Whole
from policing_summary.inputs import Inputs
from policing_summary.making import Laid, Made, Worked
from policing_summary.model.files import SiteFile
from policing_summary.sheet import Sheet

Told: TypeAlias = tuple[Problem, ...]
BATCH = 64  # boroughs whose sheets are in memory at a time
Press: TypeAlias = Callable[[Sequence[Worked]], Sequence[Laid]]
"""Has the leaflets of some boroughs at hand, or lays them out: those of each in the same order."""


def no_leaflets(some: Sequence[Worked]) -> list[Laid]:
    return [Laid() for _ in some]


@dataclass(frozen=True)
class Wish:
    """What to make a site of, and whether drafts are to be in it."""

    root: Path
    templates: Path
    drafts: bool


@dataclass(frozen=True)
class Setting:
    """All that a borough's pages are made of besides its own files."""

    wish: Wish
    shared: Frame
    among: Among
    dressed: Assets


class Finished(Protocol):
    """A borough as it was made. `asked` says of what: where it is the same, so are its files."""

    @property
    def asked(self) -> str: ...
    @property
    def gist(self) -> Gist: ...
    @property
    def made(self) -> Made: ...


class Before(Protocol):
    """A site as it was made: in memory, or on disk and read as far as it is needed."""

    @property
    def inputs(self) -> Inputs: ...
    @property
    def shared(self) -> Frame: ...
    @property
    def among(self) -> Among: ...
    @property
    def told(self) -> tuple[Problem, ...]: ...
    @property
    def boroughs(self) -> Mapping[str, Finished]: ...
    @property
    def around(self) -> Mapping[str, bytes]: ...
    @property
    def known_whole(self) -> Whole | None: ...


@dataclass(frozen=True)
class Kept:
    """A borough that has just been made."""

    asked: str
    gist: Gist
    made: Made


@dataclass(frozen=True)
class Built:
    """A whole site."""

    wish: Wish
    inputs: Inputs
    shared: Frame
    among: Among
    told: tuple[Problem, ...]
    """What is wrong with what boroughs share, and between them."""
    boroughs: Mapping[str, Finished]
    around: Mapping[str, bytes]
    known_whole: Whole | None = None

    @property
    def whole(self) -> Whole:
        """All boroughs in glimpses."""
        if self.known_whole:
            return self.known_whole
        return gists.whole(self.shared, (kept.gist for kept in self.boroughs.values()))

    @property
    def settings(self) -> SiteFile:
        """What site.yaml says.

        Raises:
            ContentError: it cannot be read; then nothing was built.
        """
        if self.shared.settings is None:
            raise ContentError(self.shared.problems)
        return self.shared.settings

    @property
    def files(self) -> dict[str, bytes]:
        """Every file by its path below the site's root."""
        kept = self.boroughs.values()
        found = {path: data for each in kept for path, data in each.made.files.items()}
        return {**found, **self.around}

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The warnings of the content."""
        of_boroughs = (p for kept in self.boroughs.values() for p in kept.made.problems)
        return in_order((*self.told, *of_boroughs))

    @property
    def warnings(self) -> tuple[str, ...]:
        return tuple(line for kept in self.boroughs.values() for line in kept.made.warnings)

    def sheets(self, slug: str) -> tuple[Sheet, ...]:
        """The sheets of a borough as they are printed, read anew."""
        own = content.dossier(self.shared, slug)
        worked = making.work(self.shared, own, self.among, drafts=self.wish.drafts)
        return tuple(sheet for sheet, _ in worked.sheets)


@dataclass(frozen=True)
class Change:
    """How the files of a site differ from what they were. `made` are the boroughs made anew."""

    written: Mapping[str, bytes]
    removed: tuple[str, ...]
    made: tuple[str, ...]


def first(
    root: Path,
    press: Press = no_leaflets,
    *,
    drafts: bool = False,
    templates: Path = rendering.TEMPLATES,
) -> Built:
    """The whole site of a project, from nothing.

    Raises:
        ContentError: everything that is wrong with the content.
    """
    return build(Wish(root, templates, drafts), None, Line(press))


def again(
    before: Built, press: Press = no_leaflets, also: Collection[str] = ()
) -> tuple[Built, Change]:
    """The site after files of the project were changed, and how it differs.

    Which files were changed is seen from their sizes and times. `also` are boroughs to make anew in any
    case, for example because a leaflet of theirs is another one now.

    Raises:
        ContentError: everything that is wrong with the content. `before` is still good for the next time.
    """
    now = build(before.wish, before, Line(press), also=also)
    made = tuple(
        slug for slug, kept in now.boroughs.items() if before.boroughs.get(slug) is not kept
    )
    was, is_now = _touched(before, made), _touched(now, made)
    for slug in before.boroughs.keys() - now.boroughs.keys():
        was |= before.boroughs[slug].made.files
    if now.around is not before.around:
        was |= before.around
        is_now |= now.around
    written = {path: data for path, data in is_now.items() if was.get(path) != data}
    gone = was.keys() - is_now.keys()
    still = {path for kept in now.boroughs.values() for path in kept.made.files} if gone else set()
    return now, Change(written, tuple(sorted(gone - still - now.around.keys())), made)


def _touched(built: Built, slugs: Collection[str]) -> dict[str, bytes]:
    kept = (built.boroughs[slug] for slug in slugs if slug in built.boroughs)
    return {path: data for each in kept for path, data in each.made.files.items()}


class Works(Protocol):
    """Makes boroughs, here or in other processes."""

    def gists(self, wish: Wish, shared: Frame, slugs: Sequence[str]) -> Iterator[tuple[Gist, Told]]:
        """The gist of each, in order, and what is wrong with its files."""
        ...

    def made(self, setting: Setting, slugs: Sequence[str]) -> Iterator[Made]:
        """The files of each, in order. Where something is wrong with one, its problems are enough."""
        ...

    def put(self, boroughs: int, files: Iterable[tuple[str, bytes]]) -> Mapping[str, bytes]:
        """Keeps files that grow with the number of boroughs."""
        ...


@dataclass(frozen=True)
class Line:
    """Makes one borough after the other in this process, with leaflets if there is a press.

    What was read for the gists of a few boroughs is not read again for their pages.
    """

    press: Press = no_leaflets
    _read: dict[str, Dossier] = field(default_factory=dict)

    def put(self, boroughs: int, files: Iterable[tuple[str, bytes]]) -> Mapping[str, bytes]:  # noqa: ARG002
        return dict(files)

    def gists(self, wish: Wish, shared: Frame, slugs: Sequence[str]) -> Iterator[tuple[Gist, Told]]:
        self._read.clear()
        for slug in slugs:
            own = content.dossier(shared, slug)
            if len(self._read) < BATCH:
                self._read[slug] = own
            yield making.gist(shared, own, drafts=wish.drafts), own.problems

    def made(self, setting: Setting, slugs: Sequence[str]) -> Iterator[Made]:
        wish, is_sound = setting.wish, True
        for start in range(0, len(slugs), BATCH):
            some = [
                making.work(
                    setting.shared,
                    self._read.pop(slug)
                    if slug in self._read
                    else content.dossier(setting.shared, slug),
                    setting.among,
                    drafts=wish.drafts,
                )
                for slug in slugs[start : start + BATCH]
            ]
            is_sound = is_sound and not any(checks.has_error(each.problems) for each in some)
            if not is_sound:
                yield from (making.only_told(each) for each in some)
                continue
            for each, laid in zip(some, self.press(some), strict=True):
                yield making.make(each, setting.among, setting.dressed, wish.templates, laid)


def build(
    wish: Wish,
    before: Before | None,
    works: Works,
    *,
    also: Collection[str] = (),
    taken: Inputs | None = None,
) -> Built:
    """The site as it is now.

    Raises:
        ContentError: everything that is wrong with the content.
    """
    taken = taken or inputs.take(wish.root, before.inputs if before else None)
    known = before if before and before.inputs.shared == taken.shared else None
    has_same = known is not None and known.inputs.boroughs.keys() == taken.boroughs.keys()
    shared = (
        known.shared if known and has_same else content.light(content.frame(wish.root / "content"))
    )
    slugs = tuple(shared.files)
    changed = [slug for slug in slugs if not (known and _is_as_it_was(known, taken, slug))]
    fresh = dict(zip(changed, works.gists(wish, shared, changed), strict=True))
    if shared.settings is None:
        raise ContentError([*shared.problems, *(p for _, told in fresh.values() for p in told)])

    def gist(slug: str) -> Gist:
        return fresh[slug][0] if slug in fresh or known is None else known.boroughs[slug].gist

    whole: Whole | None = None
    if known and has_same and all(gist(slug) == known.boroughs[slug].gist for slug in changed):
        among, told = known.among, known.told
        waiting = {s: _asked(taken, s, among.asked_by(gist(s))) for s in {*changed, *also}}
    else:
        whole = gists.whole(shared, map(gist, slugs))
        among, told = whole.among, making.of_the_whole(shared, whole)
        asked = {slug: _asked(taken, slug, among.asked_by(gist(slug))) for slug in slugs}
        old = {slug: kept.asked for slug, kept in known.boroughs.items()} if known else {}
        waiting = {s: key for s, key in asked.items() if old.get(s) != key or s in also}
    setting = Setting(
        wish,
        shared,
        among,
        making.dress(among, wish.templates, shared.settings.brand, shared.folder),
    )
    boroughs = dict[str, Finished](known.boroughs) if known else {}
    problems, is_sound = list(told), not checks.has_error(told)
    is_same_around = whole is None
    order = [slug for slug in slugs if slug in waiting]
    for slug, made in zip(order, works.made(setting, order), strict=True):
        problems += made.problems
        is_sound = is_sound and not checks.has_error(made.problems)
        if is_sound:
            is_same_around = is_same_around and _is_told_alike(boroughs.get(slug), made)
            boroughs[slug] = Kept(waiting[slug], gist(slug), made)
    checks.stop_at_errors(problems)
    boroughs = {slug: boroughs[slug] for slug in slugs}
    if before and is_same_around:
        around = before.around
    else:
        whole = whole or gists.whole(shared, map(gist, slugs))
        around = making.around(
            whole,
            [each.made for each in boroughs.values()],
            setting.dressed,
            wish.templates,
            partial(works.put, len(boroughs)),
        )
    whole = whole or (known.known_whole if known else None)
    return Built(wish, taken, shared, among, told, boroughs, around, whole)


def _is_as_it_was(before: Before, taken: Inputs, slug: str) -> bool:
    was = before.inputs.boroughs.get(slug)
    return was is not None and was == taken.boroughs[slug] and slug in before.boroughs


def _asked(taken: Inputs, slug: str, among: str) -> str:
    told = f"{taken.shared}\0{taken.boroughs[slug]}\0{among}"
    return hashlib.sha256(told.encode()).hexdigest()


def _is_told_alike(before: Finished | None, made: Made) -> bool:
    """Whether the pages around know the same of a borough as before."""
    return before is not None and before.made.told_around == made.told_around
