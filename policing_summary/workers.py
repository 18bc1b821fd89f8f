"""Run jobs: in this process if there is one, else in as many processes as there are cores.

A job is a value with everything it needs, and so is its result; a worker reads nothing else.
"""

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import resource_tracker
from typing import TypeVar

from policing_summary.errors import BuildError

Job = TypeVar("Job")
Result = TypeVar("Result")


def run(
    work: Callable[[Job], Result], jobs: Sequence[Job], processes: int | None = None
) -> Iterator[Result]:
    """The results in the order of the jobs, each as soon as it and those before it are done.

    Raises:
        BuildError: a worker was killed.
        Exception: whatever `work` raises. The jobs under way are done first, the rest never begin.
    """
    workers = min(processes or os.cpu_count() or 1, len(jobs))
    if workers <= 1:
        yield from map(work, jobs)
        return
    kind = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    context = multiprocessing.get_context(kind)
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        try:
            with _ctrl_c_kept_from_workers():
                results = pool.map(work, jobs)
            yield from results
        except BrokenProcessPool:
            raise BuildError(
                "A worker process was ended from outside, perhaps because memory ran out. "
                "Close other programs, then try again."
            ) from None
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


@contextmanager
def _ctrl_c_kept_from_workers() -> Iterator[None]:
    """A terminal sends Ctrl-C to every process; those begun meanwhile leave it to this one."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    resource_tracker.ensure_running()  # begun later, it would let Ctrl-C through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
