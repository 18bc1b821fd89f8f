"""A translation and its original → a form in which each text has the original beside it, and what is saved of it.

A translation may be written in another shorthand than its original; its fields keep to the paths that it has.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from policing_summary import abreast, model, source
from policing_summary.errors import ContentError
from policing_summary.forms import entries, saving
from policing_summary.forms.entries import Field, Group, Lists, Path
from policing_summary.forms.files import File
from policing_summary.forms.saving import UnsafeError
from policing_summary.importers.roundtrip import load
from policing_summary.nodes import Document
from policing_summary.overlay import CHECKED_BY
from policing_summary.translating import FORMATS
from policing_summary.validation import read_as

READ_BY = Field(
    (CHECKED_BY,), "Read by", "Who speaks the language and has read this translation", ""
)
EASY = "easy-read"
WRAPPED = re.compile(r"(?<!\n)\n(?!\n|\s*(?:[-*#>]|\d+\.)\s)")
"""The end of a line at which no paragraph, item or heading begins."""
HINT = "Leaflets to make in this language; if left out, all of the edition’s where most of a borough is translated, and the first one elsewhere"
SPARE = frozenset({"boroughs"})
"""Words that a translation may leave out: easy ones, and names that are the same in most languages."""
WIDE = 32  # letters: with the original beside it, a longer text gets several lines
CHANGED = "The original has changed since this was translated."
NOT_NOTED = "Nothing says which words of the original this was translated from."


@dataclass(frozen=True)
class Original:
    """What is translated: all its fields, and hashes of its words; none where it cannot be read whole."""

    said: Mapping[str, Any]
    whole: Group
    document: Document
    marks: Mapping[str, str]
    states: Mapping[str, str]
    """What is to be said of a part of the translation, by its key."""


def form(file: File, lists: Lists) -> Group | None:
    """None if the original or the translation cannot be read, or if it is written in a way of its own."""
    original = _original(file)
    said = _said(file)
    if original is None or said is None:
        return None
    try:
        parts = [_with_words(part, said) for part in original.whole.parts]
    except UnsafeError:
        return None
    told = [_noted(part, original.states) for part in parts if part]
    read_by = replace(READ_BY, value=str(said.get(CHECKED_BY) or ""))
    return Group((), "", "", (read_by, *_formats(file, said, lists), *told))


def _formats(file: File, said: Mapping[str, Any], lists: Lists) -> Iterator[Group]:
    """Which leaflets are made in the language, which the translation of an edition says."""
    if FORMATS in dict(entries.keys(file.model)):
        yield replace(entries.of_key(file.model, FORMATS, said, lists), hint=HINT)


def changed(file: File, shown: Group, typed: Mapping[str, str], fits: Collection[str]) -> str:
    """The text of the translation with what was typed, and a record of what it was made from.

    `fits` are the keys of parts of which somebody says that they are in step with the original now.

    Raises:
        UnsafeError: something else would change as well.
    """
    original, said = _original(file), _said(file)
    if original is None or said is None:
        raise UnsafeError("its original cannot be read as it stands")
    values = saving.wanted(entries.fields(shown), typed)
    lengths = dict(_lengths(original.whole, said))
    new = saving.changed(file.text or _begun(file), values, (), lengths)
    begun = {str(each.path[0]) for each in values if each.value} - said.keys()
    noted = {key: original.marks[key] for key in {*begun, *fits} if key in original.marks}
    return abreast.written(new, noted) if noted else new


def progress(shown: Group) -> tuple[int, int]:
    """How many texts are translated, and how many there are."""
    worded = [field for field in entries.fields(shown) if field.original and not field.may_stay_out]
    return sum(bool(field.value.strip()) for field in worded), len(worded)


def _begun(file: File) -> str:
    name = file.of.name if file.of else ""
    language = file.language.name if file.language else ""
    return (
        f"# The words of {name} in another language: {language}. Figures, names and addresses come from there.\n"
        "\n"
    )


def _original(file: File) -> Original | None:
    if file.of is None:
        return None
    try:
        document = source.read(file.of, file.of.name)
    except (ContentError, OSError):
        return None
    said = load(file.of.read_text("utf-8").removeprefix("\ufeff").replace("\r\n", "\n"))
    if not isinstance(said, dict):
        return None
    whole = entries.of_file(file.model, said, {}, "")
    read = read_as(document, file.model).model
    if read is None:
        return Original(said, whole, document, {}, {})
    states: dict[str, str] = {}
    if translation := _document(file):
        told = {"changed": CHANGED, "not noted": NOT_NOTED}
        states = {each.key: told[each.state] for each in abreast.behind(read, translation)}
    return Original(said, whole, document, abreast.marks(read), states)


def _document(file: File) -> Document | None:
    try:
        return source.parse(file.text.removeprefix("\ufeff"), file.told) if file.data else None
    except ContentError:
        return None


def _said(file: File) -> dict[str, Any] | None:
    if file.data and _document(file) is None:
        return None
    said = load(file.text.removeprefix("\ufeff").replace("\r\n", "\n")) if file.data else {}
    return said if isinstance(said, dict) else ({} if said is None else None)


def _with_words(part: Field | Group, said: Mapping[str, Any]) -> Field | Group | None:
    """The part with the texts that there are to translate; None if there are none."""
    if isinstance(part, Field):
        if not part.is_worded or not part.value.strip():
            return None
        path = fitted(part.path, said)
        value = _at(path, said)
        return replace(
            part,
            path=path,
            value=value,
            is_long=part.is_long or max(len(part.value), len(value)) > WIDE,
            original=WRAPPED.sub(" ", part.value.strip()),
            hint="",
            is_needed=False,
            suggested="",
            may_stay_out=EASY in part.path or part.path[0] in SPARE,
        )
    inner = tuple(kept for each in part.parts if (kept := _with_words(each, said)))
    if not inner:
        return None
    return replace(part, path=fitted(part.path, said), hint="", parts=inner, may_go=False)


def _noted(part: Field | Group, states: Mapping[str, str]) -> Field | Group:
    return replace(part, note=states.get(str(part.path[0]), ""))


def fitted(path: Path, said: Mapping[str, Any]) -> Path:
    """The path in the translation to what stands at a path of the original.

    Raises:
        UnsafeError: the translation is written otherwise, in a way that a form cannot follow.
    """
    made: list[str | int] = []
    at: Any = said
    left = list(path)
    while left and at not in (None, ""):
        step, short = left[0], _shorthand(made)
        if _stands(step, at):
            made.append(left.pop(0))
            at = at[step] if isinstance(at, dict) or int(step) < len(at) else None
        elif isinstance(at, dict) and isinstance(step, int) and short in at:
            made.append(short)
            at = at[short]
        elif isinstance(at, dict) and _is_alone(made, step) and at.get(short):
            made.append(short)  # the only message of the original is the first of a list here
            at = at[short]
            if isinstance(at, list):
                made.append(0)
                at = at[0]
        elif _is_left_out(left, at, short):
            left.pop(0)
        elif isinstance(at, dict) and isinstance(step, str):
            break
        else:
            raise UnsafeError("it is not written as its original is")
    return (*made, *left)


def _stands(step: str | int, at: Any) -> bool:  # noqa: ANN401 - any YAML
    return step in at if isinstance(at, dict) else isinstance(at, list) and isinstance(step, int)


def _is_left_out(left: list[str | int], at: Any, short: str) -> bool:  # noqa: ANN401 - any YAML
    """Whether the step is one that a shorthand does without."""
    if isinstance(at, list):
        return left[0] == short
    if isinstance(at, dict):
        return left[0] == 0 or (left[0] == short and bool(at.keys() - {"title"}))
    return left == ["text"]


def _shorthand(made: list[str | int]) -> str:
    section = model.sections().get(str(made[0])) if len(made) == 1 else None
    return (section.shorthand or "") if section else ""


def _is_alone(made: list[str | int], step: str | int) -> bool:
    """Whether the step is one in a single item that stands in its section's place."""
    section = model.sections().get(str(made[0])) if len(made) == 1 else None
    return section is not None and section.alone and step not in dict(entries.keys(section))


def _at(path: Path, said: Mapping[str, Any]) -> str:
    at: Any = said
    for step in path:
        has = step in at if isinstance(at, dict) else isinstance(step, int) and step < len(at)
        if isinstance(at, str) or not has:
            return ""
        at = at[step]
    if isinstance(at, dict | list):
        raise UnsafeError("it is not written as its original is")
    return str(at or "")


def _lengths(whole: Group, said: Mapping[str, Any]) -> Iterator[tuple[Path, int]]:
    """How many items each list of the translation has, so that its items stay beside the original's."""
    found: dict[Path, int] = {}
    for field in entries.fields(whole):
        if field.value and field.path[0] != FORMATS:
            path = fitted(field.path, said)
            for index, step in enumerate(path):
                if isinstance(step, int):
                    found[path[:index]] = max(found.get(path[:index], 0), step + 1)
    yield from found.items()
