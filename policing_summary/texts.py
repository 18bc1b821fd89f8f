"""Every text and every value of a section, with the steps that lead to it in its file."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
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
    for field in _printed(type(model)):
        there = getattr(model, field.name)
        if there is None:  # as most are
            continue
        for inner, value in values(there, (*steps, field.key)):
            if isinstance(value, BaseModel):
                yield from texts(value, inner)
            elif isinstance(value, str):
                yield FoundText(inner, value, field.is_markdown, field.counts)


@dataclass(frozen=True)
class _Field:
    """A field that is printed, and its key in a file."""

    name: str
    key: str
    is_markdown: bool
    counts: bool


@cache
def _printed(kind: type[BaseModel]) -> tuple[_Field, ...]:
    """Looked up once for each kind of model: there are thousands of texts."""
    return tuple(
        _Field(name, info.alias or name, is_markdown_field(info), not _has_mark(info, NoFigure))
        for name, info in kind.model_fields.items()
        if not any(isinstance(mark, Kept) for mark in info.metadata)
    )


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
