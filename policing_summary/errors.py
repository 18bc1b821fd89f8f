"""What an editor is told: a place in a file, the quoted line, one fact and the way out."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "advice"]

MOST_QUOTED = 110  # letters of a line
UNPRINTABLE = "\N{REPLACEMENT CHARACTER}"


@dataclass(frozen=True, order=True, slots=True)  # nothing is there so often
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
    name: str = ""
    """Of an advice, by which it can be switched off."""


class ContentError(Exception):
    """The content cannot be built; carries every problem of every file."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = in_order(problems)
        super().__init__(f"{len(self.problems)} problems in the content")


class BuildError(Exception):
    """The build cannot go on for a reason outside the content; the message is for the editor."""


class TypedError(BuildError):
    """What was typed after a command names nothing that there is."""


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems by file, line and column, each told once."""
    return tuple(sorted(set(problems), key=lambda p: (p.place, p.severity, p.what)))


def show(problem: Problem) -> str:
    """The problem as it is shown in a terminal: several lines, no trailing newline."""
    place = problem.place
    named = f" [{problem.name}]" if problem.name else ""
    lines = [f"{problem.severity}: {problem.what}{named}"]
    if not place.quote:
        lines.append(f"  ╰─ {place}")
        if problem.way_out:
            lines[-1] = f"  ╭─ {place}"
            lines.append(f"  ╰─ {problem.way_out}")
        return "\n".join(lines)
    before, marked, after = excerpt(place)
    room = " " * max(2, len(str(place.line)))
    lines += [
        f"{room}╭─ {place}",
        f"{room}│",
        f"{place.line:>{len(room)}}│ {before}{marked}{after}",
        f"{room}│ {' ' * _cells(before)}{'^' * max(1, _cells(marked))}",
    ]
    lines.append(f"{room}╰─ {problem.way_out}" if problem.way_out else f"{room}╰─")
    return "\n".join(lines)


def excerpt(place: Place) -> tuple[str, str, str]:
    """The quoted line in front of, at and after the place; of a long line only what is near it."""
    line = "".join(_printable(letter) for letter in place.quote)
    start = place.column - 1
    end = min(start + place.width, len(line))
    first, last = 0, len(line)
    if last > MOST_QUOTED:
        first = max(0, min(start - MOST_QUOTED // 3, last - MOST_QUOTED))
        last = min(last, first + MOST_QUOTED)
    before, marked, after = line[first:start], line[start : min(end, last)], line[end:last]
    return (
        (f"…{before[1:]}" if first else before),
        marked,
        (f"{after[:-1]}…" if last < len(line) else after),
    )


def _printable(letter: str) -> str:
    if letter.isspace():
        return " "
    return UNPRINTABLE if unicodedata.category(letter) in {"Cc", "Cs", "Cn"} else letter


def _cells(text: str) -> int:
    """How many columns of a terminal the text takes: accents none, Chinese letters two."""
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in text)
    none = sum(unicodedata.category(letter) in {"Mn", "Me", "Cf"} for letter in text)
    return len(text) + wide - none
