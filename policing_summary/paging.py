"""Sections → runs of pages: as a format composes them, and joined where that does not fit."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from policing_summary.document import Piece
from policing_summary.fitting import Attempt
from policing_summary.formats import Format
from policing_summary.measuring import COVER


@dataclass(frozen=True)
class Run:
    """Pages that are fitted together; `pages` is `None` for as many as it takes.

    `first` is the number of its first page. A run that is `fixed`, the cover or the last page, is
    never joined with others. The one that `ends` the leaflet has the imprint at its foot.
    """

    sections: tuple[str, ...]
    pages: int | None
    first: int = 1
    fixed: bool = False
    ends: bool = False

    def joined(self, following: "Run") -> "Run":
        pages = (
            None if self.pages is None or following.pages is None else self.pages + following.pages
        )
        return replace(self, sections=self.sections + following.sections, pages=pages)


def composed(pieces: Sequence[Piece], form: Format) -> list[Run]:
    """The cover, each section that opens a page with what follows it, and the last page.

    Where a format has as many pages as it takes, all of it is one run: so it can say on which page
    a section is, and how many there are.
    """
    names = [piece.name for piece in pieces]
    if form.pages is None:
        return [Run((COVER, *names), None, ends=True)]
    groups: list[list[str]] = [[]]
    for name in names:
        if name in form.opens and groups[-1]:
            groups.append([])
        groups[-1].append(name)
    last = groups.pop() if form.opens and form.opens[-1] in groups[-1] else []
    cover = [Run((COVER,), 1, fixed=True)] if form.has_cover else []
    inner = [Run(tuple(group), 1) for group in groups if group]
    if not form.has_cover:
        inner[:1] = [replace(run, sections=(COVER, *run.sections), fixed=True) for run in inner[:1]]
    back = Run(tuple(last), 1, fixed=True, ends=True)
    return [*cover, *_sharing(inner, form.pages - len(cover) - 1, pieces), back]


def _sharing(inner: Sequence[Run], room: int, pieces: Sequence[Piece]) -> list[Run]:
    """The inner runs on exactly the inner pages.

    Pages that a missing section leaves over go to the run with the most to say; where there are too
    few, the shortest neighbours share one.
    """
    runs = list(inner)
    if not runs:
        return runs
    length = {piece.name: piece.words for piece in pieces}

    def size(run: Run) -> float:
        return sum(length.get(name, 0) for name in run.sections) / (run.pages or 1)

    while len(runs) > room:
        at = min(range(len(runs) - 1), key=lambda n: size(runs[n]) + size(runs[n + 1]))
        runs[at : at + 2] = [replace(runs[at].joined(runs[at + 1]), pages=1)]
    for _ in range(room - len(runs)):
        at = max(range(len(runs)), key=lambda n: size(runs[n]))
        runs[at] = replace(runs[at], pages=(runs[at].pages or 0) + 1)
    return runs


def side_by_side(
    names: Sequence[str], rows: Sequence[Sequence[Sequence[str]]]
) -> list[list[list[str]]]:
    """The sections of a run in rows, each of one or more columns, each of one or more sections."""
    places = {
        name: (number, at)
        for number, row in enumerate(rows)
        for at, column in enumerate(row)
        for name in column
    }
    found: list[list[list[str]]] = []
    before: tuple[int, int] | None = None
    for name in names:
        place = places.get(name)
        if place is None or before is None or place[0] != before[0]:
            found.append([[name]])
        elif place == before:
            found[-1][-1].append(name)
        else:
            found[-1].append([name])
        before = place
    return found


def to_join(done: Sequence[tuple[Run, Attempt[Any]]]) -> int | None:
    """Where in the list a run that does not fit is best joined with the one after it.

    A run that is over borrows from its emptier neighbour, and one that is short from its fuller one.
    """
    for at, (run, tried) in enumerate(done):
        if tried.verdict == "fits" or run.fixed:
            continue
        beside = [n for n in (at - 1, at + 1) if 0 <= n < len(done) and not done[n][0].fixed]
        if beside:
            wanted = min if tried.verdict == "over" else max
            return min(at, wanted(beside, key=lambda n: _fullness(done[n][1])))
    return None


def _fullness(tried: Attempt[Any]) -> float:
    return 2.0 if tried.verdict == "over" else tried.filled
