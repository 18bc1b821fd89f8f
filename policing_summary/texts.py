"""Every text and every value of a section, with the steps that lead to it in its file."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from policing_summary.model.base import Kept, Markdown, NoFigure
from policing_summary.nodes import Step


@dataclass(frozen=True)
class FoundText:
    """`is_markdown`: figures are filled into it. `counts`: its numbers are figures."""

    steps: tuple[Step, ...]
    words: str
    is_markdown: bool
    counts: bool = True


def texts(model: BaseModel, steps: tuple[Step, ...] = ()) -> Iterator[FoundText]:
    """What is printed; fields that are only kept are left out."""
    for name, info in type(model).model_fields.items():
        if any(isinstance(mark, Kept) for mark in info.metadata):
            continue
        marked, counts = is_markdown_field(info), not _has_mark(info, NoFigure)
        for inner, value in values(getattr(model, name), (*steps, info.alias or name)):
            if isinstance(value, BaseModel):
                yield from texts(value, inner)
            elif isinstance(value, str):
                yield FoundText(inner, value, marked, counts)


def values(value: object, steps: tuple[Step, ...]) -> Iterator[tuple[tuple[Step, ...], object]]:
    """The value at `steps`, or each of several with its own steps."""
    if isinstance(value, tuple):
        for index, item in enumerate(value):
            yield (*steps, index), item
    elif isinstance(value, dict):
        for key, item in value.items():
            yield (*steps, key), item
    else:
        yield steps, value


def is_markdown_field(info: FieldInfo) -> bool:
    """Whether figures are filled into the field's text, and its Markdown is printed as such."""
    return _has_mark(info, Markdown)


def _has_mark(info: FieldInfo, kind: type) -> bool:
    return any(_holds(mark, kind) for mark in (*info.metadata, info.annotation))


def _holds(mark: object, kind: type) -> bool:
    return isinstance(mark, kind) or any(_holds(inner, kind) for inner in get_args(mark))
