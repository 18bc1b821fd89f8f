"""What a content file holds: nodes that know their place, and the way from a field to its node.

Values stay as the editor typed them; the model decides what each one means.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from policing_summary.errors import Place

if TYPE_CHECKING:
    from collections.abc import Collection

EMPTY = frozenset({"", "~", "null"})  # the last is what programs write

Step: TypeAlias = str | int
Node: TypeAlias = "Scalar | Mapping | Sequence"
Plain: TypeAlias = "str | list[Plain] | dict[str, Plain] | None"


@dataclass(frozen=True)
class Scalar:
    place: Place
    text: str
    quoted: bool

    @property
    def is_empty(self) -> bool:
        return not self.quoted and self.text in EMPTY


@dataclass(frozen=True)
class Entry:
    key: Scalar
    value: Node


@dataclass(frozen=True)
class Mapping:
    place: Place
    entries: tuple[Entry, ...]

    def get(self, key: str) -> Entry | None:
        return next((entry for entry in self.entries if entry.key.text == key), None)


@dataclass(frozen=True)
class Sequence:
    place: Place
    items: tuple[Node, ...]


@dataclass(frozen=True)
class Document:
    """One content file: its name as editors know it, its lines, and its nodes.

    Mistakes are taken out of it, so that the rest can be checked; `lost` are the keys at its margin
    that lost something.
    """

    name: str
    lines: tuple[str, ...]
    root: Mapping
    lost: frozenset[str] = frozenset()

    def has_all_of(self, key: str) -> bool:
        """Whether nothing was lost below a key at the margin, nor perhaps the key itself."""
        return not self.lost or (key not in self.lost and self.root.get(key) is not None)

    def place(self, *steps: Step) -> Place:
        """The place of the value at `steps`; of its nearest parent if the file does not say it."""
        return find(self.root, steps)[0].place

    def key_place(self, *steps: Step) -> Place:
        """The place of the key at the end of `steps`."""
        node, _ = find(self.root, steps[:-1])
        entry = node.get(str(steps[-1])) if isinstance(node, Mapping) else None
        return entry.key.place if entry else node.place

    def within(self, steps: tuple[Step, ...], words: str, occurrence: int = 0) -> Place:
        """The place of the n-th `words` inside the text that begins at `steps`."""
        start = self.place(*steps)
        seen = 0
        for number in range(start.line, len(self.lines) + 1):
            line = self.lines[number - 1]
            column = line.find(words, start.column - 1 if number == start.line else 0)
            while column >= 0:
                if seen == occurrence:
                    return Place(self.name, number, column + 1, len(words), line)
                seen += 1
                column = line.find(words, column + 1)
        return start

    def with_texts(self, keys: Collection[str]) -> Document:
        """With a text made up for each key, so that the rest of the file can be read."""
        made_up = tuple(
            Entry(
                Scalar(self.root.place, key, quoted=True), Scalar(self.root.place, "…", quoted=True)
            )
            for key in keys
        )
        entries = (*self.root.entries, *made_up)
        return replace(self, root=replace(self.root, entries=entries), lost=self.lost | set(keys))

    def without(self, refused: Collection[Node]) -> Document | None:
        """What is left of it without some of its nodes; `None` if that is nothing."""
        if any(node is self.root for node in refused):
            return None
        less = _mapping_without(self.root, {id(node) for node in refused})
        kept = {entry.key.text: entry.value for entry in less.entries}
        keys = {e.key.text for e in self.root.entries if kept.get(e.key.text) != e.value}
        return replace(self, root=less, lost=self.lost | keys)


def _without(node: Node, ids: Collection[int]) -> Node:
    match node:
        case Sequence():
            items = tuple(_without(item, ids) for item in node.items if id(item) not in ids)
            return replace(node, items=items)
        case Mapping():
            return _mapping_without(node, ids)
        case Scalar():
            return node


def _mapping_without(node: Mapping, ids: Collection[int]) -> Mapping:
    kept = (entry for entry in node.entries if id(entry.value) not in ids)
    entries = tuple(Entry(entry.key, _without(entry.value, ids)) for entry in kept)
    return replace(node, entries=entries)


def find(node: Node, steps: tuple[Step, ...]) -> tuple[Node, tuple[Step, ...]]:
    """The deepest node on the way along `steps`, and the steps that lead no further.

    A step that the editor's shorthand left out (a list given where a section was meant) is passed
    over, as long as a later one fits.
    """
    for index, step in enumerate(steps):
        if isinstance(node, Mapping) and isinstance(step, str) and (entry := node.get(step)):
            return find(entry.value, steps[index + 1 :])
        if isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
            return find(node.items[step], steps[index + 1 :])
    return node, steps


def plain(node: Node) -> Plain:
    """The node without its places; `None` for what is empty."""
    match node:
        case Scalar():
            return None if node.is_empty else node.text
        case Sequence():
            return [plain(item) for item in node.items]
        case Mapping():
            return {entry.key.text: plain(entry.value) for entry in node.entries}
