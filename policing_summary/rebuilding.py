"""A site as it was made, and what was changed since → the site as it is now, with no step taken twice.

Nothing here writes or remembers: `first` and `again` return a value, and the next `again` takes it.

A borough's files are read again when one of them has changed. Its pages are made again when its files, what
all boroughs share, or what its pages say of the others is different; the pages around them when what they
know of the boroughs is.
"""

import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from policing_summary import checks, content, gists, inputs, making, rendering
from policing_summary.assets import Assets
from policing_summary.content import Frame
from policing_summary.errors import ContentError, Problem, in_order
from policing_summary.gists import Gist, Whole
from policing_summary.inputs import Inputs
from policing_summary.making import Laid, Made, Worked
from policing_summary.sheet import Sheet

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
class Kept:
    """A borough as it was made. `asked` says what its pages were made of besides its files."""

    asked: str
    gist: Gist
    made: Made


@dataclass(frozen=True)
class Built:
    """A whole site in memory."""

    wish: Wish
    inputs: Inputs
    shared: Frame
    whole: Whole
    dressed: Assets
    boroughs: Mapping[str, Kept]
    around: Mapping[str, bytes]

    @property
    def files(self) -> dict[str, bytes]:
        """Every file by its path below the site's root."""
        found: dict[str, bytes] = {
            path: data for kept in self.boroughs.values() for path, data in kept.made.files.items()
        }
        return {**found, **self.around}

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The warnings of the content."""
        told = making.of_the_whole(self.shared, self.whole)
        return in_order(
            (*told, *(p for kept in self.boroughs.values() for p in kept.made.problems))
        )

    @property
    def warnings(self) -> tuple[str, ...]:
        return tuple(line for kept in self.boroughs.values() for line in kept.made.warnings)

    def sheets(self, slug: str) -> tuple[Sheet, ...]:
        """The sheets of a borough as they are printed, read anew."""
        own = content.dossier(self.shared, slug)
        worked = making.work(self.shared, own, self.whole.among, drafts=self.wish.drafts)
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
    return _build(Wish(root, templates, drafts), None, press, ())


def again(
    before: Built, press: Press = no_leaflets, also: Collection[str] = ()
) -> tuple[Built, Change]:
    """The site after files of the project were changed, and how it differs.

    Which files were changed is seen from their sizes and times. `also` are boroughs to make anew in any
    case, for example because a leaflet of theirs is another one now.

    Raises:
        ContentError: everything that is wrong with the content. `before` is still good for the next time.
    """
    now = _build(before.wish, before, press, also)
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


def _build(wish: Wish, before: Built | None, press: Press, also: Collection[str]) -> Built:
    root, templates, drafts = wish.root, wish.templates, wish.drafts
    taken = inputs.take(root, before.inputs if before else None)
    is_shared = before is not None and before.inputs.shared == taken.shared
    has_same = (
        is_shared and before is not None and before.inputs.boroughs.keys() == taken.boroughs.keys()
    )
    shared = before.shared if before and has_same else content.frame(root / "content")
    known = before if before and is_shared else None
    changed = [slug for slug in shared.files if not (known and _is_as_it_was(known, taken, slug))]
    dossiers = {slug: content.dossier(shared, slug) for slug in changed}
    if shared.settings is None:
        wrong = (problem for own in dossiers.values() for problem in own.problems)
        raise ContentError([*shared.problems, *wrong])
    all_gists = {
        slug: making.gist(shared, dossiers[slug], drafts=drafts)
        if slug in dossiers
        else before.boroughs[slug].gist  # type: ignore[union-attr]  # known, or it would be read
        for slug in shared.files
    }
    is_whole = (
        has_same
        and before
        and all(all_gists[slug] == before.boroughs[slug].gist for slug in changed)
    )
    whole = before.whole if before and is_whole else gists.whole(shared, all_gists.values())
    dressed = (
        before.dressed
        if before and is_whole
        else making.dress(whole.among, templates, shared.settings.brand)
    )
    kept, waiting = dict[str, Kept](), dict[str, str]()
    for slug, gist in all_gists.items():
        asked = _asked(taken, slug, whole.among.asked_by(gist))
        old = known.boroughs.get(slug) if known else None
        if old and old.asked == asked and slug not in also:
            kept[slug] = old
        else:
            waiting[slug] = asked
    worked = {
        slug: making.work(
            shared,
            dossiers.get(slug) or content.dossier(shared, slug),
            whole.among,
            drafts=drafts,
        )
        for slug in waiting
    }
    problems = [
        *making.of_the_whole(shared, whole),
        *(problem for each in worked.values() for problem in each.problems),
    ]
    checks.stop_at_errors(problems)
    for (slug, each), laid in zip(worked.items(), press(list(worked.values())), strict=True):
        made = making.make(each, whole.among, dressed, templates, laid)
        kept[slug] = Kept(waiting[slug], all_gists[slug], made)
    kept = {slug: kept[slug] for slug in shared.files}
    around: Mapping[str, bytes]
    if before and is_whole and all(_is_told_alike(before, kept, slug) for slug in waiting):
        around = before.around
    else:
        around = making.around(whole, [each.made for each in kept.values()], dressed, templates)
    return Built(wish, taken, shared, whole, dressed, kept, around)


def _is_as_it_was(before: Built, taken: Inputs, slug: str) -> bool:
    was = before.inputs.boroughs.get(slug)
    return was is not None and was == taken.boroughs[slug] and slug in before.boroughs


def _asked(taken: Inputs, slug: str, among: str) -> str:
    told = f"{taken.shared}\0{taken.boroughs[slug]}\0{among}"
    return hashlib.sha256(told.encode()).hexdigest()


def _is_told_alike(before: Built, kept: Mapping[str, Kept], slug: str) -> bool:
    """Whether the pages around know the same of a borough as before."""
    was, now = before.boroughs[slug].made, kept[slug].made
    return was.told_around == now.told_around
