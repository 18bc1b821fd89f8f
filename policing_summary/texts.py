"""Every text of a section, with the steps that lead to it in its file."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import get_args

from pydantic import BaseModel

from policing_summary.model.base import Markdown
from policing_summary.source import Step


@dataclass(frozen=True)
class SectionText:
    """`is_markdown`: figures may be referred to in it."""

    steps: tuple[Step, ...]
    words: str
    is_markdown: bool


def texts(model: BaseModel, steps: tuple[Step, ...] = ()) -> Iterator[SectionText]:
    for name, info in type(model).model_fields.items():
        is_markdown = any(_is_markdown(mark) for mark in (*info.metadata, info.annotation))
        yield from _within(getattr(model, name), (*steps, info.alias or name), is_markdown)


def _within(
    value: object,
    steps: tuple[Step, ...],
    is_markdown: bool,  # noqa: FBT001 - recursion
) -> Iterator[SectionText]:
    if isinstance(value, str):
        yield SectionText(steps, value, is_markdown)
    elif isinstance(value, BaseModel):
        yield from texts(value, steps)
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _within(item, (*steps, index), is_markdown)


def _is_markdown(mark: object) -> bool:
    return isinstance(mark, Markdown) or any(_is_markdown(inner) for inner in get_args(mark))
