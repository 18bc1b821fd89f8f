"""What new files are made of: names for addresses, reminders, and parts that wait behind a `#`."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from policing_summary.importers.roundtrip import Page
from policing_summary.todo import REMINDER

LONGEST = 96  # letters of a remark's line
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
SPAN = re.compile(r"((?:19|20)\d\d)-\d\d")


def slug(name: str) -> str:
    """The name as a part of an address: `Kingston upon Thames` → `kingston-upon-thames`."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", plain.lower().replace("'", "").replace("&", " and ")))


def reminder(text: str) -> list[str]:
    """A remark that `check` repeats until it is deleted; its later lines are remarks too."""
    first, *rest = _filled(f"{REMINDER} {text}")
    return [f"# {first}", *(f"#   {line}" for line in rest)]


def _filled(text: str) -> list[str]:
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) >= LONGEST and lines[-1]:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".lstrip()
    return lines


def behind(lines: Iterable[str]) -> list[str]:
    """The lines as remarks, so that they say nothing until somebody takes the `# ` away."""
    return [f"# {line}".rstrip() for line in lines]


@dataclass(frozen=True)
class Piece:
    """A top-level key of a content file: the lines it stands in, and the remarks above them."""

    key: str
    above: tuple[str, ...]
    lines: tuple[str, ...]
    value: object

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


def pieces(text: str, name: str) -> tuple[Piece, ...]:
    """A content file, key by key, in its order. What stands above the first key is left to it."""
    page = Page(name, text.removeprefix("\ufeff").replace("\r\n", "\n"))
    found, last = [], 0
    for key in sorted(page.root, key=lambda each: page.extent(each)[0]):
        start, following = page.extent(key)
        end = page.content_end(following)
        gap = page.lines[last:start]
        blank = max((i for i, line in enumerate(gap) if not line.strip()), default=-1)
        above = gap[blank + 1 :]
        lines = tuple(page.lines[start:end])
        found.append(Piece(str(key), tuple(above), lines, page.root[key]))
        last = end
    return tuple(found)


@dataclass(frozen=True)
class Step:
    """From an edition to a later one: their folders, and how many years lie between them."""

    before: str
    after: str

    @property
    def years(self) -> int | None:
        """None where the folders are not called after a year."""
        one, other = SPAN.fullmatch(self.before), SPAN.fullmatch(self.after)
        return int(other[1]) - int(one[1]) if one and other else None

    @property
    def label(self) -> str:
        """`2024-25` as it is printed: `2024/25`."""
        return self.after.replace("-", "/") if SPAN.fullmatch(self.after) else self.after

    def later(self, period: str) -> str:
        """A period so many years later: `April 2009 to March 2010` → `April 2024 to March 2025`."""
        years = self.years
        return period if years is None else YEAR.sub(lambda m: str(int(m[0]) + years), period)


def joined(parts: Sequence[Sequence[str]]) -> str:
    """Parts of a file, an empty line between them."""
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"
