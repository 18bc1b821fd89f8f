"""What a command is handed to talk with the person who typed it; it prints nothing by itself."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from policing_summary.errors import Problem, show

DONE, PROBLEMS, USAGE, FAULT, STOPPED = 0, 1, 2, 3, 130
Line = Callable[[str], None]
Step = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and how much there is."""


@dataclass(frozen=True)
class Keyboard:
    """`say` tells what was asked for, `warn` all the rest; `ask` gives None if nobody sits there.

    `progress` shows for a while how far the work is, and `keep` puts a trace of ours where it can be sent.
    """

    root: Path
    say: Line
    warn: Line
    ask: Callable[[str], bool | None]
    progress: Callable[[], AbstractContextManager[Step]]
    keep: Callable[[str], str]
    answer: Callable[[str], str | None] = lambda _: None
    """The words typed after a question, or None if nobody sits there."""

    def show(self, problems: tuple[Problem, ...]) -> None:
        for problem in problems:
            self.warn(show(problem) + "\n")


def number(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
