"""A translation and its original → which parts of the original have changed since they were translated.

A translation may record, under `translated-from:`, a short hash of each part's original words as they were
then. Only words count: a text that is folded anew, or a figure that changes, makes no translation stale.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel

from policing_summary import overlay, source
from policing_summary.errors import Place
from policing_summary.nodes import Document, Entry, Scalar
from policing_summary.nodes import Mapping as Entries
from policing_summary.overlay import TRANSLATED_FROM

DIGITS = 8
REMARK = "# What the words were translated from, so that `check` can tell when that has changed."


@dataclass(frozen=True)
class Behind:
    """A part of a translation, by its key: its original has `changed`, or nobody knows, as nothing is `noted`."""

    key: str
    place: Place
    state: Literal["changed", "not noted"]


def marks(original: BaseModel) -> dict[str, str]:
    """A hash of the words of each part that there is something to translate in, by its key."""
    found = {}
    for name, info in type(original).model_fields.items():
        value = getattr(original, name)
        if name in original.model_fields_set and overlay.has_words(value, info):
            words = "\0".join(_words(value))
            digest = hashlib.sha256(words.encode()).hexdigest()
            found[info.alias or name] = digest[:DIGITS]
    return found


def noted(translation: Document) -> dict[str, str]:
    """The hashes that the translation records."""
    entry = translation.root.get(TRANSLATED_FROM)
    if entry is None or not isinstance(entry.value, Entries):
        return {}
    entries = entry.value.entries
    return {each.key.text: each.value.text for each in entries if isinstance(each.value, Scalar)}


def translated(original: BaseModel, translation: Document) -> dict[str, Entry]:
    """The parts that the translation has words for."""
    known = marks(original)
    return {
        entry.key.text: entry
        for entry in translation.root.entries
        if entry.key.text in known
        and not (isinstance(entry.value, Scalar) and entry.value.is_empty)
    }


def behind(original: BaseModel, translation: Document) -> Iterator[Behind]:
    """The parts that somebody has to look at, in the order of the file."""
    now, then = marks(original), noted(translation)
    for key, entry in translated(original, translation).items():
        if key not in then:
            yield Behind(key, entry.key.place, "not noted")
        elif then[key] != now[key]:
            yield Behind(key, entry.key.place, "changed")


def written(text: str, new: Mapping[str, str]) -> str:
    """The text of a translation with these hashes recorded, and nothing else changed.

    Those of other parts stay. The text is that of a file that could be read.
    """
    document = source.parse(text.removeprefix("\ufeff"), "")
    whole = {**noted(document), **new}
    end = "\r\n" if "\r\n" in text else "\n"
    block = [f"{TRANSLATED_FROM}:", *(f"  {key}: {whole[key]}" for key in sorted(whole))]
    lines = text.split(end)
    entry = document.root.get(TRANSLATED_FROM)
    if entry is None:
        body = text.rstrip()
        return f"{body}{end}{end}{end.join([REMARK, *block])}{end}"
    first = entry.key.place.line - 1
    last = max((e.value.place.line for e in _entries(entry)), default=entry.key.place.line)
    return end.join([*lines[:first], *block, *lines[last:]])


def _entries(entry: Entry) -> tuple[Entry, ...]:
    return entry.value.entries if isinstance(entry.value, Entries) else ()


def _words(value: object) -> Iterator[str]:
    """All that is to be translated, in order; how it is broken into lines does not count."""
    match value:
        case str():
            yield " ".join(value.split())
        case tuple():
            for item in value:
                yield from _words(item)
        case dict():
            for key, item in value.items():
                yield str(key)
                yield from _words(item)
        case BaseModel():
            for name, info in type(value).model_fields.items():
                inner = getattr(value, name)
                if name in value.model_fields_set and overlay.has_words(inner, info):
                    yield name
                    yield from _words(inner)
