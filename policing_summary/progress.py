"""How far a build is: a moving bar on a terminal, plain lines in a log."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from types import TracebackType

    from rich.progress import Progress as Bar


class Progress:
    """Shows each step while the `with` block lasts, and leaves nothing on a terminal behind."""

    def __init__(self) -> None:
        self._bar = bar() if sys.stderr.isatty() else None
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


def bar() -> Bar | None:
    """A bar, unless the terminal is told to be taken for a log."""
    # 20 ms that nobody waits for who sees no bar
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn  # noqa: PLC0415

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    return Progress(*columns, console=console, transient=True) if console.is_terminal else None
