"""What an editor is told: a place in a file, the quoted line, one fact and the way out."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, order=True)
class Place:
    """Where something stands in a content file.

    `line` and `column` count characters from 1, as editors show them; `quote` is the whole line.
    """

    file: str
    line: int
    column: int
    width: int = 1
    quote: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True)
class Problem:
    """One fact about one place, and what to do about it."""

    place: Place
    what: str
    way_out: str | None = None
    severity: Severity = "error"


class ContentError(Exception):
    """The content cannot be built; carries every problem of every file."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = in_order(problems)
        super().__init__(f"{len(self.problems)} problems in the content")


class BuildError(Exception):
    """The build cannot go on for a reason outside the content; the message is for the editor."""


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems by file, line and column, each told once."""
    return tuple(sorted(set(problems), key=lambda p: (p.place, p.severity, p.what)))


def show(problem: Problem) -> str:
    """The problem as it is shown in a terminal: several lines, no trailing newline."""
    place = problem.place
    lines = [f"{problem.severity}: {problem.what}"]
    if not place.quote:
        lines.append(f"  ╰─ {place}")
        if problem.way_out:
            lines[-1] = f"  ╭─ {place}"
            lines.append(f"  ╰─ {problem.way_out}")
        return "\n".join(lines)
    quote, before = place.quote.expandtabs(4), place.quote[: place.column - 1].expandtabs(4)
    room = " " * max(2, len(str(place.line)))
    width = max(1, min(place.width, len(quote) - len(before)))
    lines += [
        f"{room}╭─ {place}",
        f"{room}│",
        f"{place.line:>{len(room)}}│ {quote}",
        f"{room}│ {' ' * len(before)}{'^' * width}",
    ]
    lines.append(f"{room}╰─ {problem.way_out}" if problem.way_out else f"{room}╰─")
    return "\n".join(lines)
