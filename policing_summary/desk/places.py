"""A line of a file → the steps that lead there, and the fields of the model on the way."""

from collections.abc import Iterator
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from policing_summary.model.base import Section
from policing_summary.nodes import Document, Mapping, Node, Sequence, Step

Start = tuple[int, int]


def steps_at(document: Document, line: int, column: int | None = None) -> tuple[Step, ...]:
    """What stands at a place, or what goes on there from further up. Without a column it is the first
    on the line: the item, not its first key.
    """
    found = list(_starts(document.root, ()))
    on_it = [(start, steps) for start, steps in found if start[0] == line]
    if column is None and on_it:
        first, _ = min(on_it, key=lambda each: each[0])
        return min((steps for start, steps in on_it if start == first), key=len)
    here = (line, column or 0)
    before = [(start, len(steps), steps) for start, steps in found if start <= here]
    return max(before, key=lambda each: each[:2])[2] if before else ()


def _starts(node: Node, steps: tuple[Step, ...]) -> Iterator[tuple[Start, tuple[Step, ...]]]:
    if isinstance(node, Mapping):
        for entry in node.entries:
            inner = (*steps, entry.key.text)
            yield (entry.key.place.line, entry.key.place.column), inner
            yield from _starts(entry.value, inner)
    elif isinstance(node, Sequence):
        for index, item in enumerate(node.items):
            yield (item.place.line, item.place.column), (*steps, index)
            yield from _starts(item, (*steps, index))


def field_at(model: type[BaseModel], steps: tuple[Step, ...]) -> FieldInfo | None:
    """The field of the last key; None if that is an id of the editor's own."""
    current: Any = model
    found: FieldInfo | None = None
    for step in steps:
        owner = part_in(current)
        if owner is None:
            return None
        fields = _fields(owner)
        short = _listed_in(owner)
        if isinstance(step, int):
            current = short.annotation if short and _is_alone(current) else current
            continue
        if step not in fields and short and (item := part_in(short.annotation)):
            fields = _fields(item)  # a single item in the section's place
        found = fields.get(step)
        current = found.annotation if found else current
    return found


def part_in(annotation: Any) -> type[BaseModel] | None:  # noqa: ANN401 - a type
    """The model that a type is, or holds."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    found = (part_in(inner) for inner in get_args(annotation))
    return next((each for each in found if each is not None), None)


def _fields(model: type[BaseModel]) -> dict[str, FieldInfo]:
    return {info.alias or name: info for name, info in model.model_fields.items()}


def _listed_in(owner: type[BaseModel]) -> FieldInfo | None:
    """The field that a plain list in the section's place stands for."""
    if issubclass(owner, Section) and owner.shorthand:
        return _fields(owner)[owner.shorthand]
    return None


def _is_alone(annotation: Any) -> bool:  # noqa: ANN401 - a type
    """Whether it is one section, and not a list of parts."""
    return any(
        isinstance(each, type) and issubclass(each, Section)
        for each in (annotation, *get_args(annotation))
    )
