"""Run jobs: in this process, in other processes of this computer, or on a cluster.

A job is a value with everything it needs, and so is its result; a worker reads nothing else. So whoever
does a job, the result is the same.
"""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from policing_summary import crew
from policing_summary.crew import Failed, Told

Job = TypeVar("Job")
Result = TypeVar("Result")


def _nobody(_: str) -> None:
    """Is told, and says nothing."""


@dataclass(frozen=True)
class Hands:
    """Who does the work: so many processes of this computer, else one for each of its cores, or a cluster.

    `cluster` is the address of its scheduler.

    `told` is told what went wrong and was mended: that a worker was killed and its job begun again.
    """

    jobs: int | None = None
    cluster: str | None = None
    told: Told = _nobody
    prepared: tuple[str, ...] | None = crew.PREPARED
    """Modules that the work needs; None if each process is to be a copy of this one."""
    largest: float = crew.LARGEST
    """Megabytes from which on a process is replaced by a fresh one."""
    called: bool = False
    """Whether `crew.call` has begun them: then even a single job is theirs."""


OURS = Hands()


def run(
    work: Callable[[Job], Result], jobs: Sequence[Job], hands: Hands = OURS
) -> Iterator[Result]:
    """The results in the order of the jobs, each as soon as it and those before it are done.

    Raises:
        BuildError: a worker was killed, and another one with the same job, too.
        Exception: whatever `work` raises. The jobs under way are done first, the rest never begin.
    """
    came: dict[int, Result | Failed] = {}
    following = 0
    for number, outcome in _outcomes(work, jobs, range(len(jobs)), hands):
        came[number] = outcome
        while following in came:
            yield _good(came.pop(following))
            following += 1


def finished(
    work: Callable[[Job], Result],
    jobs: Sequence[Job],
    order: Sequence[int],
    hands: Hands = OURS,
) -> Iterator[tuple[int, Result]]:
    """The number of each job and its result, as they are done. They are begun in the given order.

    Raises:
        BuildError, Exception: as `run`, after the jobs under way.
    """
    failed: Failed | None = None
    for number, outcome in _outcomes(work, jobs, order, hands):
        if isinstance(outcome, Failed):
            failed = failed or outcome
        else:
            yield number, outcome
    if failed:
        raise failed.error


def _good(outcome: Result | Failed) -> Result:
    if isinstance(outcome, Failed):
        raise outcome.error
    return outcome


def _outcomes(
    work: Callable[[Job], Result],
    jobs: Sequence[Job],
    order: Sequence[int],
    hands: Hands,
) -> Iterator[tuple[int, Result | Failed]]:
    """Every outcome as it comes, until the first failure and what was under way then."""
    if not jobs:
        return
    if len(jobs) == 1 and not hands.called:
        with crew.undisturbed():
            for number, job in enumerate(jobs):
                yield number, work(job)
        return
    if hands.cluster:
        from policing_summary import cluster  # noqa: PLC0415 - few builds ask for one

        yield from cluster.outcomes(work, jobs, order, hands.cluster, hands.told)
        return
    with (
        tempfile.TemporaryDirectory(prefix="summary-") as folder,
        crew.Crew(folder, hands.prepared, hands.largest) as hired,
    ):
        yield from hired.outcomes(
            work, jobs, order, min(hands.jobs or crew.cores(), len(jobs)), hands.told
        )
