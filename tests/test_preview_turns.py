"""One rebuild at a time, of the newest state: what is saved meanwhile waits, and is not lost."""

import asyncio
import threading

import pytest

from policing_summary.errors import Place, Problem
from policing_summary.preview.showing import Made, Shown, Trouble
from policing_summary.preview.turns import Turns, apart

WRONG = Trouble((Problem(Place("content/site.yaml", 1, 1), "it is wrong"),))


def play(outcomes, script, seconds: float = 0.5):
    """What was shown, what each rebuild was told has changed, and how many ran at most at a time."""
    shown, told, at_once = [], [], []
    running = threading.Semaphore(100)
    left = list(outcomes)

    def build(changed):
        running.acquire()
        at_once.append(100 - running._value)
        told.append(changed)
        outcome = left.pop(0) if len(left) > 1 else left[0]
        if callable(outcome):
            outcome = outcome()
        running.release()
        return outcome

    async def run():
        turns = Turns(build, lambda outcome, _: shown.append(outcome))
        task = asyncio.create_task(turns.run())
        await script(turns)
        await asyncio.sleep(seconds)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    asyncio.run(run())
    return shown, told, max(at_once, default=0)


def slow(outcome, wait: float = 0.1):
    def build():
        threading.Event().wait(wait)
        return outcome

    return build


def test_what_is_saved_during_a_rebuild_is_built_after_it_and_all_at_once():
    async def script(turns):
        turns.ask(frozenset({"a"}))
        await asyncio.sleep(0.03)
        for name in "bcdefgh":
            turns.ask(frozenset({name}))

    last = Made()
    shown, told, at_once = play([slow(Made()), last], script)
    assert told == [frozenset("a"), frozenset("bcdefgh")]
    assert shown[-1] is last
    assert at_once == 1


def test_a_mistake_that_is_mended_at_once_is_never_told():
    async def script(turns):
        turns.ask(frozenset({"a"}))
        await asyncio.sleep(0.05)
        turns.ask(frozenset({"a"}))

    shown, _, _ = play([WRONG, Made()], script)
    assert [type(each) for each in shown] == [Made]


def test_a_mistake_that_stays_is_told_after_a_moment():
    async def script(turns):
        turns.ask(frozenset({"a"}))
        await asyncio.sleep(0.05)

    shown, _, _ = play([WRONG], script)
    assert shown == [WRONG]


def test_what_changed_before_a_mistake_is_built_once_it_is_mended():
    async def script(turns):
        turns.ask(frozenset({"a", "b"}))
        await asyncio.sleep(0.4)
        turns.ask(frozenset({"b"}))

    _, told, _ = play([WRONG, Made()], script)
    assert told == [frozenset("ab"), frozenset("ab")]


def test_the_last_good_site_stays_while_something_is_wrong():
    good = Made(files={"index.html": b"good"})
    shown = Shown().after(good).after(WRONG)
    assert shown.made is good
    assert shown.problems == WRONG.problems
    assert shown.after(good).trouble is None
    assert shown.number == 2


def test_an_error_of_the_work_apart_comes_back():
    def work():
        raise KeyError("lost")

    with pytest.raises(KeyError, match="lost"):
        asyncio.run(apart(work))


def test_work_apart_keeps_nobody_from_leaving():
    async def leave():
        task = asyncio.create_task(apart(threading.Event().wait))
        await asyncio.sleep(0.05)
        task.cancel()

    asyncio.run(leave())
    assert all(each.daemon for each in threading.enumerate() if each is not threading.main_thread())
