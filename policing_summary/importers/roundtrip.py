"""YAML text ⇄ values that remember how they were written, and the lines that are changed in a file.

Values stay as typed: `NO`, `012` and `1,498` mean here what they mean in source.py, a text.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.error import CommentMark
from ruamel.yaml.resolver import VersionedResolver
from ruamel.yaml.scalarstring import ScalarString
from ruamel.yaml.tokens import CommentToken

from policing_summary.errors import Place, Problem


class _AsTyped(VersionedResolver):
    """Takes no plain word for a number, a date or a yes; so each is written as it was typed."""

    @property
    def versioned_resolver(self) -> dict[str, Any]:
        return {}


def _yaml() -> YAML:
    made = YAML()
    made.Resolver = _AsTyped
    made.preserve_quotes = True
    made.width = 10**6
    made.indent(mapping=2, sequence=4, offset=2)
    return made


def load(text: str) -> Any:  # noqa: ANN401 - any YAML
    return _yaml().load(text)


def dumped(value: object) -> list[str]:
    """The value as lines of YAML; words that look like numbers stay words."""
    buffer = io.StringIO()
    _yaml().dump(value, buffer)
    return buffer.getvalue().rstrip("\n").split("\n")


@dataclass
class Page:
    """A file's lines and the replacements to be made in them.

    A line from Windows keeps the carriage return at its end, and new lines get one there too.
    """

    name: str
    source: str
    root: CommentedMap = field(init=False)
    lines: list[str] = field(init=False)
    end: str = field(init=False)
    edits: list[tuple[int, int, Sequence[str]]] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        self.lines = self.source.split("\n")
        self.end = "\r" if "\r\n" in self.source else ""
        self.root = load(self.source.replace("\r\n", "\n"))

    def extent(self, key: str) -> tuple[int, int]:
        """The lines from a top-level key to the next one, counted from 0."""
        starts = sorted(self.root.lc.data[name][0] for name in self.root)
        start = self.root.lc.data[key][0]
        return start, next((line for line in starts if line > start), len(self.lines))

    def content_end(self, end: int) -> int:
        """The line after the last that is neither empty nor a remark, before `end`."""
        while end and (not self.lines[end - 1].strip() or self.lines[end - 1].lstrip()[0] == "#"):
            end -= 1
        return end

    def replace(self, start: int, end: int, lines: Sequence[str]) -> None:
        self.edits.append((start, end, [line + self.end for line in lines]))

    def insert(self, at: int, lines: Sequence[str]) -> None:
        self.replace(at, at, lines)

    def append(self, lines: Sequence[str]) -> None:
        """At the end of the file, after an empty line."""
        if self.lines[-1].strip():  # the last line has no end
            self.lines[-1] += self.end
            self.lines.append("")
        self.insert(len(self.lines) - 1, ["", *lines])

    def text(self) -> str:
        lines = list(self.lines)
        for _, (start, end, new) in sorted(
            enumerate(self.edits), key=lambda item: (item[1][0], item[0]), reverse=True
        ):
            lines[start:end] = new
        return "\n".join(lines)

    def problem(self, line: int, what: str, way_out: str) -> Problem:
        quote = self.lines[line].rstrip()
        column = len(quote) - len(quote.lstrip()) + 1
        width = max(1, len(quote.strip()))
        return Problem(Place(self.name, line + 1, column, width, quote), what, way_out)


def cut(line: str, column: int) -> str:
    return line[column:] if not line[:column].strip() else line.lstrip()


def put(mapping: CommentedMap, key: str, value: str) -> None:
    """Set a value in the style of the old one; a new one stands after `measure` and `before`.

    Remarks on the lines below stay below: they belong to what follows them.
    """
    if key in mapping:
        old = mapping[key]
        mapping[key] = type(old)(value) if isinstance(old, ScalarString) else value
        return
    keys = list(mapping)
    after = "before" if "before" in keys and key != "before" else "measure"
    mapping.insert(keys.index(after) + 1, key, value)
    token = (mapping.ca.items.get(after) or [None] * 4)[2]
    if token is None or mapping.fa.flow_style():
        return
    on_the_line, newline, below = token.value.partition("\n")
    if below:
        mark = CommentMark(0)
        mapping.ca.items[key] = [None, None, CommentToken(newline + below, mark, None), None]
        token.value = on_the_line + newline
        if not on_the_line:
            mapping.ca.items.pop(after)
