"""YAML text ⇄ values that remember how they were written, and the lines that are changed in a file.

Values stay as typed: `NO`, `012` and `1,498` mean here what they mean in source.py, a text.
"""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import CommentMark
from ruamel.yaml.resolver import VersionedResolver
from ruamel.yaml.scalarstring import (
    FoldedScalarString,
    LiteralScalarString,
    ScalarString,
)
from ruamel.yaml.tokens import CommentToken, ScalarToken

from policing_summary.errors import Place, Problem

BLOCKS = (LiteralScalarString, FoldedScalarString)


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


def remarks(text: str) -> Iterator[str]:
    """What follows each `#` that begins a remark, and is no part of a text."""
    at = 0
    for token in YAML(typ="safe", pure=True).scan(text):
        if isinstance(token, ScalarToken):
            yield from _remarks(text[at : token.start_mark.index])
            at = token.start_mark.index
            if token.style in {"|", ">"}:
                end = text.find("\n", at)
                yield from _remarks(text[at:end])
            at = token.end_mark.index
    yield from _remarks(text[at:])


def _remarks(between: str) -> Iterator[str]:
    for line in between.split("\n"):
        if "#" in line:
            yield line.partition("#")[2].strip()


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


# Values that are set one by one


def rewritten(old: object, value: str, width: int) -> str:
    """A value in the style of the old one; a text of several lines stands as it was typed."""
    if isinstance(old, FoldedScalarString) and "\n" not in value.strip():
        return _with_remark(old, _folded(value.strip() + "\n", width))
    if isinstance(old, FoldedScalarString | LiteralScalarString) or "\n" in value:
        return _with_remark(old, LiteralScalarString(value.rstrip() + "\n"))
    if isinstance(old, ScalarString):
        return str.__new__(type(old), value)
    return value


def _with_remark(old: object, new: str) -> str:
    """What stands below a text of several lines hangs on the text."""
    if hasattr(old, "comment"):
        new.comment = old.comment  # type: ignore[attr-defined]  # ruamel looks for it there
    return new


def _folded(text: str, width: int) -> str:
    made: Any = FoldedScalarString(text)
    made.fold_pos, begun = [], 0
    for at in [i for i, letter in enumerate(text) if letter == " "]:
        following = text.find(" ", at + 1)
        if (following if following > 0 else len(text)) - begun > width:
            made.fold_pos.append(at)
            begun = at + 1
    return made  # type: ignore[no-any-return]


def replace(at: CommentedMap | CommentedSeq, step: Any, new: str) -> None:  # noqa: ANN401 - a key or a number
    """Put a value in the place of another, and leave what stands below it as it is."""
    if isinstance(new, BLOCKS) and not isinstance(at[step], BLOCKS):
        tokens = at.ca.items.get(step)
        if tokens and tokens[_slot(at)]:
            below = tokens[_slot(at)]
            below.value = below.value.removeprefix("\n")
    at[step] = new


def raised(beside: CommentedMap | CommentedSeq, *, is_list: bool) -> CommentedMap | CommentedSeq:
    """An empty list, or an empty mapping that is written like the last one beside it."""
    if is_list:
        return CommentedSeq()
    made = CommentedMap()
    before = beside[-1] if isinstance(beside, CommentedSeq) and beside else None
    if isinstance(before, CommentedMap) and before.fa.flow_style():
        made.fa.set_flow_style()
    return made


def lower(at: CommentedMap | CommentedSeq, step: str | int) -> None:
    """Take a value out; empty lines and remarks below it stay where they are."""
    is_last = step == (len(at) - 1 if isinstance(at, CommentedSeq) else list(at)[-1])
    below = _cut_below(at) if is_last else ""
    del at[step]
    if below and len(at):
        _put_below(at, below)


class Lengthened:
    """While something is added to the end of a part, what stands below the part is held aside."""

    def __init__(self, part: CommentedMap | CommentedSeq) -> None:
        self.part, self.below = part, ""

    def __enter__(self) -> None:
        if len(self.part):
            self.below = _cut_below(self.part)

    def __exit__(self, *_: object) -> None:
        if self.below:
            _put_below(self.part, self.below)


def _leaf(part: Any) -> tuple[Any, Any]:  # noqa: ANN401 - any YAML
    """The last mapping or list on the way down, and its last key."""
    while True:
        key = len(part) - 1 if isinstance(part, CommentedSeq) else list(part)[-1]
        inner = part[key]
        if (
            isinstance(inner, CommentedMap | CommentedSeq)
            and len(inner)
            and not inner.fa.flow_style()
        ):
            part = inner
            continue
        return part, key


def _slot(part: Any) -> int:  # noqa: ANN401 - any YAML
    return 0 if isinstance(part, CommentedSeq) else 2


def _cut_below(part: CommentedMap | CommentedSeq) -> str:
    """The empty lines and remarks below the last value, which then no longer hang on it."""
    holder, key = _leaf(part)
    tokens = holder.ca.items.get(key)
    token = tokens[_slot(holder)] if tokens and len(tokens) > _slot(holder) else None
    if token is None:
        return ""
    if isinstance(holder[key], BLOCKS):
        tokens[_slot(holder)] = None
        return str(token.value)
    on_the_line, newline, below = token.value.partition("\n")
    if below or not on_the_line.strip():
        token.value = on_the_line + newline
        if not on_the_line.strip():
            holder.ca.items.pop(key)
        return below or ("" if on_the_line.strip() else newline and "")
    return ""


def _put_below(part: CommentedMap | CommentedSeq, below: str) -> None:
    holder, key = _leaf(part)
    tokens = holder.ca.items.setdefault(key, [None] * 4)
    slot = _slot(holder)
    if tokens[slot] is None:
        end = "" if isinstance(holder[key], BLOCKS) else "\n"  # a block ends its last line itself
        tokens[slot] = CommentToken(end + below, CommentMark(0), None)
    else:
        tokens[slot].value = tokens[slot].value.rstrip("\n") + "\n" + below
