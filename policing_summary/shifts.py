"""Many boroughs → made by all the cores of this computer, a few dozen at a time.

Where a process can be copied as it is, that pays from a dozen on, because a copy has read and loaded everything
already. Elsewhere it takes a thousand pages: until then the time to start a process is longer.
"""

import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain
from typing import Any, TypeVar

from policing_summary import crew, formats, workers
from policing_summary.content import Frame
from policing_summary.gists import Gist
from policing_summary.making import Made
from policing_summary.rebuilding import Line, Setting, Told, Wish, no_leaflets
from policing_summary.site import Put
from policing_summary.workers import Hands

FEW, MANY = 12, 150  # boroughs from which on copies of this process help, and others
SOME = 25  # boroughs of one job at most
PARTS = 4  # jobs for each core at least, so that none has to wait long for the other
Done = TypeVar("Done")
PREPARED = ("policing_summary.rebuilding",)
LARGEST = 400  # megabytes of a process, most of which is what all boroughs have in common


@dataclass(frozen=True)
class _Job:
    """Some boroughs, and what all jobs have in common: packed once, since it is as large as the site is.

    A copy of this process finds it in `_HERE`.
    """

    common: bytes | None
    slugs: tuple[str, ...]

    @property
    def line_and_rest(self) -> Any:  # noqa: ANN401 - whatever was packed
        return _HERE[0] if self.common is None else _unpacked(self.common)


_HERE: list[object] = []


def _read(job: _Job) -> list[tuple[Gist, Told]]:
    line, wish, shared = job.line_and_rest
    return list(line.gists(wish, shared, job.slugs))


def _make(job: _Job) -> list[Made]:
    line, setting = job.line_and_rest
    return list(line.made(setting, job.slugs))


@lru_cache(1)
def _unpacked(common: bytes) -> Any:  # noqa: ANN401 - whatever was packed
    return pickle.loads(common)  # noqa: S301 - by the process that this one works for


@dataclass(frozen=True)
class Shifts:
    """Makes boroughs one after the other with `line`, or very many of them with all hands.

    Those with leaflets are made one after the other: their leaflets are what all hands are needed for.
    `settled` is handed what was made, and may put it away; so is `apart` with what is made of very many.
    """

    line: Line
    hands: Hands
    settled: Callable[[Made], Made]
    apart: Put

    def gists(self, wish: Wish, shared: Frame, slugs: Sequence[str]) -> Iterator[tuple[Gist, Told]]:
        if len(slugs) < MANY or _has_leaflets(shared):
            return self.line.gists(wish, shared, slugs)
        return self._together(_read, (Line(), wish, shared), slugs)

    def put(self, boroughs: int, files: Iterable[tuple[str, bytes]]) -> Mapping[str, bytes]:
        return dict(files) if boroughs < MANY else self.apart(files)

    def made(self, setting: Setting, slugs: Sequence[str]) -> Iterator[Made]:
        if len(slugs) < (FEW if self._can_be_copied else MANY):
            return self.line.made(setting, slugs)
        if _has_leaflets(setting.shared):
            made = self.line.made(setting, slugs)
        else:
            made = self._together(_make, (replace(self.line, press=no_leaflets), setting), slugs)
        return made if len(slugs) < MANY else map(self.settled, made)

    @property
    def _can_be_copied(self) -> bool:
        return not self.hands.cluster and crew.can_be_copied() and self._cores > 1

    @property
    def _cores(self) -> int:
        return self.hands.jobs or crew.cores()

    def _together(
        self, work: Callable[[_Job], list[Done]], common: object, slugs: Sequence[str]
    ) -> Iterator[Done]:
        hands = replace(self.hands, prepared=PREPARED, largest=LARGEST)
        packed: bytes | None = None
        if self._can_be_copied:
            hands = replace(hands, prepared=None)
            _HERE.append(common)
        else:
            packed = pickle.dumps(common, pickle.HIGHEST_PROTOCOL)
        size = max(1, min(SOME, len(slugs) // (PARTS * self._cores)))
        parts = (tuple(slugs[start : start + size]) for start in range(0, len(slugs), size))
        try:
            jobs = [_Job(packed, part) for part in parts]
            yield from chain.from_iterable(workers.run(work, jobs, hands))
        finally:
            _HERE.clear()


def _has_leaflets(shared: Frame) -> bool:
    heads = (each.reading.model for each in shared.editions if each.reading)
    return any(head and any(formats.downloads(head.formats)) for head in heads)
