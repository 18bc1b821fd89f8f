"""Processes of this computer that do jobs, one after the other, until there are no more.

Each has a pipe of its own, so that it is known which job a process had when it was killed. One that has
grown too large is replaced by a fresh one.
"""

from __future__ import annotations

import gc
import os
import signal
import tempfile
import traceback
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar

from policing_summary.errors import BuildError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

Job = TypeVar("Job")
Result = TypeVar("Result")
Told = Callable[[str], None]

FORKSERVER = "forkserver"
LARGEST = 118  # megabytes: a worker with more is replaced
TIDY = 20  # megabytes before that it looks for waste
TRIES = 2  # of a job whose worker was killed
PREPARED = ("policing_summary.readied",)
"""What is imported once for all workers, where the system lets a process be copied."""
ALONE = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS")
"""Libraries that would start threads of their own in each worker are told not to."""
KILLED = "A worker process was ended from outside, perhaps because memory ran out. Its work is begun again."
KILLED_AGAIN = (
    "A worker process was ended from outside twice, perhaps because memory ran out. "
    "Close other programs, or let fewer work at a time with `--jobs 1`, then try again."
)


@dataclass(frozen=True)
class Failed:
    """What a job raised."""

    error: BaseException


@dataclass(eq=False)
class _Worker:
    process: BaseProcess
    pipe: Connection
    job: int | None = None


def call(prepared: Sequence[str] = PREPARED) -> bool:
    """Begin the process that workers are copies of: it loads what they need while this one does other things.

    Returns:
        Whether it was begun: it takes a second core, and a system that lets a process be copied.
    """
    import multiprocessing  # noqa: PLC0415 - here and below: most builds need one process only
    from multiprocessing import forkserver  # noqa: PLC0415

    kind = _kind()
    if kind != FORKSERVER or cores() < 2:  # noqa: PLR2004
        return False
    multiprocessing.get_context(kind).set_forkserver_preload(list(prepared))
    with _ctrl_c_kept_from_workers(), _single_threaded():
        forkserver.ensure_running()
    return True


def can_be_copied() -> bool:
    """Whether workers may be copies of this process as it is, with all that it has in memory.

    A thread would be missing in the copy; only Linux tells of all of them.
    """
    try:
        return len(os.listdir("/proc/self/task")) == 1  # noqa: PTH208 - only their number
    except OSError:
        return False


def _kind() -> str:
    import multiprocessing  # noqa: PLC0415

    return FORKSERVER if FORKSERVER in multiprocessing.get_all_start_methods() else "spawn"


def cores() -> int:
    """How many this process may use."""
    allowed = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed else os.cpu_count() or 1


class Crew:
    """Processes with a pipe to each. However it is left, none of them is left behind."""

    def __init__(
        self, folder: str, prepared: Sequence[str] | None = PREPARED, largest: float = LARGEST
    ) -> None:
        """`prepared` are the modules that a worker needs; None if it is to be a copy of this process."""
        import multiprocessing  # noqa: PLC0415

        self._kind = _kind() if prepared is not None else "fork"
        self._context: Any = multiprocessing.get_context(self._kind)
        if self._kind == FORKSERVER:
            self._context.set_forkserver_preload(list(prepared or ()))
        self._folder, self._largest = folder, largest
        if prepared is None:
            self._largest += megabytes()
        self._workers: list[_Worker] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.process.kill()
        for worker in self._workers:
            self._gone(worker)

    def outcomes(
        self,
        work: Callable[[Job], Result],
        jobs: Sequence[Job],
        order: Sequence[int],
        most: int,
        told: Told,
    ) -> Iterator[tuple[int, Result | Failed]]:
        waiting, tries = deque(order), Counter[int]()
        while waiting or self._busy():
            while waiting and len(self._busy()) < most:
                self._begin(waiting.popleft(), work, jobs)
            for worker in self._ready():
                number = worker.job
                assert number is not None  # noqa: S101 - only those with a job are looked at
                answer = self._answer(worker)
                if answer is not None:
                    if isinstance(answer, Failed):
                        waiting.clear()
                    yield number, answer
                    continue
                tries[number] += 1
                if tries[number] < TRIES:
                    told(KILLED)
                    waiting.appendleft(number)
                else:
                    waiting.clear()
                    yield number, Failed(BuildError(KILLED_AGAIN))

    def _busy(self) -> list[_Worker]:
        return [worker for worker in self._workers if worker.job is not None]

    def _begin(self, number: int, work: Callable[[Job], object], jobs: Sequence[Job]) -> None:
        free = [worker for worker in self._workers if worker.job is None]
        worker = free[0] if free else self._started()
        worker.job = number
        with suppress(OSError):  # it was killed: its pipe tells that as well
            worker.pipe.send((work, jobs[number]))

    def _started(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        others = [worker.pipe for worker in self._workers]
        not_its_own = [*others, ours] if self._kind == "fork" else []
        told = (theirs, self._folder, self._largest - TIDY, not_its_own)
        process = self._context.Process(target=_serve, args=told, daemon=True)
        with _ctrl_c_kept_from_workers(), _single_threaded():
            process.start()
        theirs.close()
        self._workers.append(_Worker(process, ours))
        return self._workers[-1]

    def _ready(self) -> list[_Worker]:
        """Those with a job that have something to tell, if only that they are gone."""
        from multiprocessing.connection import wait  # noqa: PLC0415

        ready = wait([worker.pipe for worker in self._busy()])
        return [worker for worker in self._busy() if worker.pipe in ready]

    def _answer(self, worker: _Worker) -> Any:  # noqa: ANN401 - a result of any kind, or None
        """What became of its job; None if the worker was killed."""
        try:
            (outcome,), megabytes = worker.pipe.recv()
        except (EOFError, OSError):
            self._gone(worker)
            self._workers.remove(worker)
            return None
        worker.job = None
        if megabytes > self._largest:
            self._gone(worker)
            self._workers.remove(worker)
        return outcome

    @staticmethod
    def _gone(worker: _Worker) -> None:
        worker.pipe.close()
        worker.process.join()
        worker.process.close()


# In the worker


def _serve(pipe: Connection, folder: str, enough: float, not_its_own: Sequence[Connection]) -> None:
    """Do what comes through the pipe, until nobody is there any more to send something.

    `not_its_own` are ends of pipes that a copy was given with all else.
    """
    for end in not_its_own:
        end.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    tempfile.tempdir = folder  # what a killed worker leaves there goes with the folder
    with undisturbed():
        while True:
            try:
                work, job = pipe.recv()
            except (EOFError, OSError):
                return
            outcome = done(work, job)
            try:
                pipe.send(((outcome,), megabytes()))
            except OSError:
                return
            del job, outcome
            if megabytes() > enough:
                gc.collect()


def done(work: Callable[[Any], object], job: object) -> object:
    try:
        return work(job)
    except Exception as error:  # noqa: BLE001 - it is raised again where the job came from
        if not isinstance(error, BuildError):
            error.add_note(traceback.format_exc())
        return Failed(error)


def megabytes() -> float:
    """How much memory this process has at the moment; 0 where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    except OSError:
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


@contextmanager
def undisturbed() -> Iterator[None]:
    """Let what is there already be, and look for waste less often: a layout makes objects, and no waste."""
    before = gc.get_threshold()
    gc.collect()
    gc.freeze()
    gc.set_threshold(200_000, 20, 20)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


# In the parent, while a worker is begun


@contextmanager
def _ctrl_c_kept_from_workers() -> Iterator[None]:
    """A terminal sends Ctrl-C to every process; those begun meanwhile leave it to this one."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    from multiprocessing import resource_tracker  # noqa: PLC0415

    resource_tracker.ensure_running()  # begun later, it would let Ctrl-C through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _single_threaded() -> Iterator[None]:
    before = {name: os.environ.get(name) for name in ALONE}
    os.environ.update(dict.fromkeys(ALONE, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
