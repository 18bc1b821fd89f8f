"""Very many boroughs → made by all the cores of this computer, a few dozen at a time.

Two processes pay for a thousand pages, not for thirty: until then the time to start them is longer.
"""

import pickle
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain
from typing import Any

from policing_summary import formats, workers
from policing_summary.content import Frame
from policing_summary.gists import Gist
from policing_summary.making import Made
from policing_summary.rebuilding import Line, Setting, Told, Wish
from policing_summary.workers import Hands

MANY, SOME = 150, 25  # boroughs from which on others help, and boroughs of one job
PREPARED = ("policing_summary.rebuilding",)
LARGEST = 400  # megabytes of a process, most of which is what all boroughs have in common


@dataclass(frozen=True)
class _Job:
    """Some boroughs, and what all jobs have in common: packed once, since it is as large as the site is."""

    common: bytes
    slugs: tuple[str, ...]


def _read(job: _Job) -> list[tuple[Gist, Told]]:
    wish, shared = _unpacked(job.common)
    return list(Line().gists(wish, shared, job.slugs))


def _make(job: _Job) -> list[Made]:
    return list(Line().made(_unpacked(job.common), job.slugs))


@lru_cache(1)
def _unpacked(common: bytes) -> Any:  # noqa: ANN401 - whatever was packed
    return pickle.loads(common)  # noqa: S301 - by the process that this one works for


@dataclass(frozen=True)
class Shifts:
    """Makes boroughs one after the other with `line`, or very many of them with all hands.

    Those with leaflets are made one after the other: their leaflets are what all hands are needed for.
    `settled` is handed what was made, and may put it away.
    """

    line: Line
    hands: Hands
    settled: Callable[[Made], Made]

    def gists(self, wish: Wish, shared: Frame, slugs: Sequence[str]) -> Iterator[tuple[Gist, Told]]:
        if len(slugs) < MANY or _has_leaflets(shared):
            return self.line.gists(wish, shared, slugs)
        jobs = _jobs((wish, shared), slugs)
        return chain.from_iterable(workers.run(_read, jobs, self._hands))

    def made(self, setting: Setting, slugs: Sequence[str]) -> Iterator[Made]:
        if len(slugs) < MANY:
            return self.line.made(setting, slugs)
        if _has_leaflets(setting.shared):
            return map(self.settled, self.line.made(setting, slugs))
        jobs = _jobs(setting, slugs)
        made = chain.from_iterable(workers.run(_make, jobs, self._hands))
        return map(self.settled, made)

    @property
    def _hands(self) -> Hands:
        return replace(self.hands, prepared=PREPARED, largest=LARGEST)


def _jobs(common: object, slugs: Sequence[str]) -> list[_Job]:
    packed = pickle.dumps(common, pickle.HIGHEST_PROTOCOL)
    starts = range(0, len(slugs), SOME)
    return [_Job(packed, tuple(slugs[start : start + SOME])) for start in starts]


def _has_leaflets(shared: Frame) -> bool:
    heads = (each.reading.model for each in shared.editions if each.reading)
    return any(head and any(formats.downloads(head.formats)) for head in heads)
