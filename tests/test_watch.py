"""Work is stopped when it takes too long, and only then."""

import signal
import threading
from contextlib import suppress

import pytest

from policing_summary import watch
from policing_summary.errors import BuildError

pytestmark = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no such clock")


def work_for_ever():
    while True:
        with suppress(ValueError):
            sum(range(1000))


def test_what_takes_too_long_is_stopped_and_told():
    with pytest.raises(BuildError, match="too long"), watch.within(0.05, "too long"):
        work_for_ever()


def test_what_catches_everything_is_stopped_once_more(monkeypatch):
    monkeypatch.setattr(watch, "AGAIN", 0.05)
    caught = []

    def work_on():
        try:
            work_for_ever()
        except BuildError as error:
            caught.append(error)
        work_for_ever()

    with pytest.raises(BuildError), watch.within(0.05, "too long"):
        work_on()
    assert len(caught) == 1


def test_what_is_done_in_time_is_left_alone_and_so_is_what_comes_after():
    before = signal.getsignal(signal.SIGPROF)
    with watch.within(0.05, "too long"):
        sum(range(1000))
    assert signal.getitimer(signal.ITIMER_PROF) == (0, 0)
    assert signal.getsignal(signal.SIGPROF) == before


def test_a_thread_beside_the_main_one_is_left_alone():
    done = []

    def work():
        with watch.within(0.0001, "too long"):
            done.append(sum(range(1_000_000)))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done
