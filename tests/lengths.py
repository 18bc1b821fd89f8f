"""Real content made longer or shorter, sentence by sentence, to see how a leaflet copes."""

import re
from dataclasses import replace
from itertools import cycle, islice

from pydantic import BaseModel

from policing_summary.sheet import Sheet
from policing_summary.texts import is_markdown_field


def stretched(sheet: Sheet, factor: float) -> Sheet:
    """The sheet with every text in it `factor` times as long, to the nearest sentence."""
    parts = tuple(
        replace(part, section=longer(part.section, factor)) for part in sheet.borough.parts
    )
    return replace(sheet, borough=replace(sheet.borough, parts=parts))


def longer(model: BaseModel, factor: float) -> BaseModel:
    changed = {}
    for name, info in type(model).model_fields.items():
        value = getattr(model, name)
        if isinstance(value, str) and is_markdown_field(info):
            changed[name] = text_of_length(value, factor)
        elif isinstance(value, BaseModel):
            changed[name] = longer(value, factor)
        elif isinstance(value, tuple):
            changed[name] = tuple(
                longer(item, factor) if isinstance(item, BaseModel) else item for item in value
            )
    return model.model_copy(update=changed)


def text_of_length(text: str, factor: float) -> str:
    """Its own sentences, as many as make it `factor` times as long; paragraphs stay about as long."""
    paragraphs = [re.split(r"(?<=[.!?]) +", " ".join(p.split())) for p in text.split("\n\n")]
    wanted = factor * len(text.split())
    sentences = [(n, s) for n, paragraph in enumerate(paragraphs) for s in paragraph]
    taken: list[tuple[int, str]] = []
    words = 0.0
    for number, (paragraph, sentence) in enumerate(islice(cycle(sentences), 10_000)):
        if words + len(sentence.split()) / 2 > wanted and taken:
            break
        taken.append((paragraph + number // len(sentences) * len(paragraphs), sentence))
        words += len(sentence.split())
    found: dict[int, list[str]] = {}
    for paragraph, sentence in taken:
        found.setdefault(paragraph, []).append(sentence)
    return "\n\n".join(" ".join(each) for each in found.values())
