"""Changes → one rebuild at a time, of the newest state of the files."""

import asyncio
import contextlib
import threading
from collections.abc import AsyncIterator, Callable
from typing import TypeVar

from policing_summary.preview.showing import Made, Trouble
from policing_summary.preview.watching import Saved

GRACE = 0.2
"""Seconds that a mistake may last before it is told: a file that is being saved is short for a moment."""
Result = TypeVar("Result")
Build = Callable[[frozenset[str]], Made | Trouble]
Show = Callable[[Made | Trouble, frozenset[str]], None]


async def apart(work: Callable[[], Result]) -> Result:
    """The result of some work in a thread that nobody waits for when the program ends."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[Result] = loop.create_future()

    def settle(result: Result | None, error: BaseException | None) -> None:
        if done.cancelled():
            return
        if error:
            done.set_exception(error)
        else:
            done.set_result(result)  # type: ignore[arg-type]  # without an error there is one

    def run() -> None:
        result, error = None, None
        try:
            result = work()
        except BaseException as caught:  # noqa: BLE001 - it is raised again where it is waited for
            error = caught
        with contextlib.suppress(RuntimeError):  # the loop has ended meanwhile
            loop.call_soon_threadsafe(settle, result, error)

    threading.Thread(target=run, daemon=True).start()
    return await done


class Turns:
    """Gathers what is saved while a rebuild runs; the next one takes all of it."""

    def __init__(self, build: Build, show: Show) -> None:
        self.build = build
        self.show = show
        self.waiting: set[str] = set()
        self.due = asyncio.Event()
        self.is_busy = False

    def ask(self, changed: frozenset[str] = frozenset()) -> None:
        """Have the site rebuilt, as soon as it can be."""
        self.waiting |= changed
        self.due.set()

    async def listen(self, saved: AsyncIterator[Saved]) -> None:
        async for each in saved:
            if each.content:
                self.ask(each.content)

    async def run(self) -> None:
        """Rebuild whenever something is due, for ever.

        What has changed since the last site that could be made is handed to `build` again until it
        can. A mistake is told only if nothing has been saved for a moment.
        """
        untold: frozenset[str] = frozenset()
        while True:
            await self.due.wait()
            self.due.clear()
            untold |= self.waiting
            self.waiting.clear()
            changed = untold
            self.is_busy = True
            outcome = await apart(lambda: self.build(changed))  # noqa: B023 - awaited at once
            self.is_busy = False
            if isinstance(outcome, Made):
                untold = frozenset()
            elif await self._saved_again():
                continue
            self.show(outcome, changed)

    async def _saved_again(self) -> bool:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self.due.wait(), GRACE)
        return self.due.is_set()
