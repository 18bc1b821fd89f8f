"""How far a build is: a moving bar on a terminal, plain lines in a log."""

import sys
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
from rich.progress import Progress as Bar


class Progress:
    """Shows each step while the `with` block lasts, and leaves nothing on a terminal behind."""

    def __init__(self) -> None:
        console = Console(stderr=True)
        self._bar = None
        if console.is_terminal:
            columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
            self._bar = Bar(*columns, console=console, transient=True)
        self._last = ""

    def __enter__(self) -> Self:
        if self._bar:
            self._bar.start()
            self._task = self._bar.add_task("Starting", total=None)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._bar:
            self._bar.stop()

    def say(self, what: str, done: int, total: int) -> None:
        if self._bar:
            self._bar.update(self._task, description=what, completed=done, total=total or None)
        elif what != self._last or done:
            count = f": {done} of {total}" if total else ""
            print(f"{what}{count}", file=sys.stderr, flush=True)
        self._last = what
