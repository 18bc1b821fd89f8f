"""A model and what a file says → the fields of a form, with labels, hints, examples and choices."""

import re
import types
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, PlainValidator
from pydantic.fields import FieldInfo

from policing_summary.model.base import Markdown, Section, TextAlone, Worded
from policing_summary.model.forms import Form, Refers

Step = str | int
Path = tuple[Step, ...]
Lists = Mapping[str, Sequence[str]]
"""The names that a file may refer to, by what they are names of: `measures`."""
COLOUR = re.compile(r"#(?:[0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})")

LONG = 80  # letters: above it a text gets several lines
YES_NO = ("yes", "no")
SINGLE = ("text", "choice")
UNNAMED = "+"
"""Stands in a path for the name of an entry that is to be given one in the form."""
NAMING = "Name of this entry in the file, and in braces in texts: small letters, digits and hyphens"
FEW = 3  # fields: an item with more is folded away


@dataclass(frozen=True)
class Field:
    """One value, as it was typed; of a translation with the `original` beside it.

    `suggested` says of which names one is wanted: `measures`.
    """

    path: Path
    label: str
    hint: str
    value: str
    choices: tuple[str, ...] = ()
    suggested: str = ""
    is_long: bool = False
    is_needed: bool = False
    is_worded: bool = False
    original: str = ""
    may_stay_out: bool = False
    note: str = ""

    @property
    def name(self) -> str:
        return named(self.path)

    @property
    def colour(self) -> str:
        """What is typed, if it is a colour that can be shown beside it."""
        return self.value if COLOUR.fullmatch(self.value) else ""


@dataclass(frozen=True)
class Group:
    """Fields that belong together; one that `is_new` is not in the file yet."""

    path: Path
    label: str
    hint: str
    parts: "tuple[Field | Group, ...]"
    is_new: bool = False
    may_go: bool = False
    note: str = ""

    @property
    def name(self) -> str:
        return named(self.path)

    @property
    def gist(self) -> str:
        """What it is known by when it is folded away: the first text in it."""
        texts = (field.value.strip() for field in fields(self))
        return next((text for text in texts if text), "").partition("\n")[0][:LONG]

    @property
    def is_large(self) -> bool:
        return len(list(fields(self))) > FEW


def named(path: Path) -> str:
    """The path as the name of a field: `commander/from/name`."""
    return "/".join(map(str, path))


def fields(part: Field | Group) -> Iterator[Field]:
    """Every field of a form, in its order."""
    if isinstance(part, Field):
        yield part
        return
    for each in part.parts:
        yield from fields(each)


def groups(part: Field | Group) -> Iterator[Group]:
    """Every group of a form, the whole first."""
    if isinstance(part, Group):
        yield part
        for each in part.parts:
            yield from groups(each)


def of_file(model: type[BaseModel], said: Mapping[str, object], lists: Lists, add: str) -> Group:
    """The form of a whole file: what it says, the part that is to be added, and single values."""
    parts: list[Field | Group] = []
    for key, info in keys(model):
        if key in said or key == add or _kind(info.annotation)[0] in SINGLE:
            parts += _parts(key, info, said.get(key), (key,), lists)
    return Group((), "", "", tuple(parts))


def of_key(model: type[BaseModel], key: str, said: Mapping[str, object], lists: Lists) -> Group:
    """One part of a file, whether it is there or not."""
    (part,) = _parts(key, dict(keys(model))[key], said.get(key), (key,), lists)
    return part if isinstance(part, Group) else Group((), "", "", (part,))


def to_add(model: type[BaseModel], said: Mapping[str, object]) -> list[tuple[str, str]]:
    """The parts that the file does not have: their keys and what they are called."""
    missing = [(key, info) for key, info in keys(model) if key not in said]
    sections = [(key, section.heading) for key, info in missing if (section := _section(info))]
    others = [
        (key, _label(key))
        for key, info in missing
        if not _section(info) and _kind(info.annotation)[0] not in SINGLE
    ]
    return [*sections, *others]


def keys(model: type[BaseModel]) -> Iterator[tuple[str, FieldInfo]]:
    """The fields of a model under the keys that editors type."""
    for name, info in model.model_fields.items():
        yield info.alias or name, info


def _section(info: FieldInfo) -> type[Section] | None:
    kind, inner, _ = _kind(info.annotation)
    return inner if kind == "model" and issubclass(inner, Section) else None


def _kind(annotation: Any) -> tuple[str, Any, tuple[object, ...]]:  # noqa: ANN401 - a type
    """What is typed there, its type, and the marks on the way."""
    marks: tuple[object, ...] = ()
    while True:
        origin = get_origin(annotation)
        if origin is Annotated:
            annotation, *more = get_args(annotation)
            marks += tuple(more)
        elif origin in (Union, types.UnionType):
            annotation = next(each for each in get_args(annotation) if each is not type(None))
        else:
            break
    if any(isinstance(mark, PlainValidator) for mark in marks) and annotation is not bool:
        return "text", annotation, marks  # typed as one text, whatever is made of it
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return "model", annotation, marks
    if get_origin(annotation) is tuple:
        return "list", get_args(annotation)[0], marks
    if get_origin(annotation) is dict:
        return "names", get_args(annotation)[1], marks
    if get_origin(annotation) is Literal:
        return "choice", get_args(annotation), marks
    return ("choice", YES_NO, marks) if annotation is bool else ("text", annotation, marks)


def _parts(
    key: Step, info: FieldInfo, value: object, path: Path, lists: Lists
) -> Iterator[Field | Group]:
    kind, inner, marks = _kind(info.annotation)
    marks += tuple(info.metadata)
    label, hint = _label(key), info.description or ""
    if kind == "model":
        if isinstance(value, list) and getattr(inner, "shorthand", None):
            listed = {inner.shorthand: value}
            whole = _model(inner, listed, path, lists)
            parts = tuple(
                _without(part, inner.shorthand) for part in whole if _is_of(part, inner.shorthand)
            )
            yield Group(path, label, hint or _first(inner), parts)
            return
        said = value if isinstance(value, dict) else {}
        if isinstance(value, str):
            yield _field(path, label, hint, value, marks, lists, is_needed=False)
            return
        title = inner.heading if issubclass(inner, Section) else label
        parts = tuple(_model(inner, said, path, lists))
        if (item := _alone(inner)) and inner.shorthand not in said:
            own = (each for each in parts if not _is_of(each, inner.shorthand))
            parts = (*own, *_model(item, said, path, lists))
        yield Group(path, title, hint or _first(inner), parts, is_new=value is None)
    elif kind == "list":
        yield Group(
            path, label, hint, tuple(_items(inner, value, path, lists)), is_new=value is None
        )
    elif kind == "names":
        entries = value if isinstance(value, dict) else {}
        found = [_item(inner, entries[name], (*path, name), str(name), lists) for name in entries]
        found.append(_one_more(inner, (*path, UNNAMED), lists))
        yield Group(path, label, hint, tuple(found), is_new=value is None)
    else:
        choices = tuple(map(str, inner)) if kind == "choice" else ()
        yield _field(
            path, label, hint, value, marks, lists, is_needed=info.is_required(), choices=choices
        )


def _model(
    model: type[BaseModel], said: Mapping[str, object], path: Path, lists: Lists
) -> Iterator[Field | Group]:
    for key, info in keys(model):
        yield from _parts(key, info, said.get(key), (*path, key), lists)


def _alone(model: type[BaseModel]) -> type[BaseModel] | None:
    """What may stand in a section's place when it is the only one."""
    if not issubclass(model, Section) or not model.alone:
        return None
    fields = dict(keys(model))
    item: type[BaseModel] = _kind(_kind(fields[model.shorthand or ""].annotation)[1])[1]
    return item


def _is_of(part: Field | Group, key: str) -> bool:
    return part.path[-1] == key


def _without(part: Field | Group, key: str) -> Field | Group:
    """A list given in place of a section: the key that it stands for is in no path."""

    def shorter(path: Path) -> Path:
        at = path.index(key)
        return path[:at] + path[at + 1 :]

    if isinstance(part, Field):
        return replace(part, path=shorter(part.path))
    inner = tuple(_without(each, key) for each in part.parts)
    return replace(part, path=shorter(part.path), parts=inner)


def _items(inner: Any, value: object, path: Path, lists: Lists) -> Iterator[Field | Group]:  # noqa: ANN401 - a type
    """What is in the list, and room for one more."""
    if value is not None and not isinstance(value, list):
        yield _item(inner, value, path, "1", lists)
        return
    items = value if isinstance(value, list) else []
    for index, each in enumerate(items):
        yield _item(inner, each, (*path, index), str(index + 1), lists)
    yield _item(inner, None, (*path, len(items)), "One more", lists)


def _one_more(inner: Any, path: Path, lists: Lists) -> Group:  # noqa: ANN401 - a type
    """An entry that is not there yet, with a field for its name."""
    item = _item(inner, None, path, "Value", lists)
    fields = item.parts if isinstance(item, Group) else (item,)
    naming = Field((*path, UNNAMED), "Its own name", NAMING, "")
    return Group(path, "One more", "", (naming, *fields), is_new=True)


def _item(inner: Any, value: object, path: Path, label: str, lists: Lists) -> Field | Group:  # noqa: ANN401 - a type
    kind, model, marks = _kind(inner)
    if kind == "model" and not (isinstance(value, str) and TextAlone in marks):
        said = value if isinstance(value, dict) else {}
        parts = tuple(_model(model, said, path, lists))
        return Group(path, label, "", parts, is_new=value is None, may_go=value is not None)
    return _field(path, label, "", value, marks, lists, is_needed=False)


def _field(  # noqa: PLR0913, PLR0917 - what a field consists of
    path: Path,
    label: str,
    hint: str,
    value: object,
    marks: Sequence[object],
    lists: Lists,
    *,
    is_needed: bool,
    choices: tuple[str, ...] = (),
) -> Field:
    form = next((mark for mark in marks if isinstance(mark, Form)), None)
    refers = next((mark for mark in marks if isinstance(mark, Refers)), None)
    typed = value if isinstance(value, str) else ""
    told = [hint] if hint else []
    if form and form.words:
        told.append(form.words[:1].upper() + form.words[1:])
    if form and form.examples and not choices and "`" not in hint:
        told.append("For example " + ", ".join(form.examples[:2]))
    is_prose = any(isinstance(mark, Markdown) for mark in marks)
    return Field(
        path,
        label,
        re.sub(r"`([^`]*)`", r"“\1”", ". ".join(each.rstrip(".") for each in told)),
        typed,
        choices,
        refers.to if refers and lists.get(refers.to) else "",
        is_long=(is_prose or "\n" in typed or len(typed) > LONG) and not choices,
        is_needed=is_needed,
        is_worded=any(isinstance(mark, Worded) for mark in marks),
    )


def _label(key: Step) -> str:
    text = str(key).replace("-", " ").replace("_", " ")
    return text[:1].upper() + text[1:]


def _first(model: type[BaseModel]) -> str:
    return (model.__doc__ or "").strip().split("\n")[0] if not issubclass(model, Section) else ""
