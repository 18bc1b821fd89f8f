"""Work that may not go on for ever: it is stopped after so many seconds of computing.

The clock is the processor's own, so that a busy computer stops nothing. Windows has no such clock, and a
thread beside the main one cannot be stopped; there the work goes on.
"""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from policing_summary.errors import BuildError

AGAIN = 1.0  # seconds after which it is stopped once more, if somebody caught the first


@contextmanager
def within(seconds: float, told: str) -> Iterator[None]:
    """Do something for so many seconds of computing at most.

    Raises:
        BuildError: it took longer; this is what is `told`.
    """
    is_main = threading.current_thread() is threading.main_thread()
    if not hasattr(signal, "setitimer") or not is_main:
        yield
        return

    def stop(*_: object) -> None:
        raise BuildError(told)

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds, AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
