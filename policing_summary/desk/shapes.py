"""A model → its JSON Schema, for programs that help an editor type.

The schema refuses nothing that the model takes. What may be written in two ways (a list or a single
item, an item or its text alone) is told apart by what was typed, so that a mistake is marked where it
stands and not at the beginning of all that was tried.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from types import NoneType
from typing import Annotated, Any, Literal, TypeAlias, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from policing_summary.declarations import SLUG
from policing_summary.model.base import Kept, OneOrMore, Section, TextAlone, Worded
from policing_summary.model.forms import Form, Kind, Refers
from policing_summary.schema import DIALECT

Json: TypeAlias = dict[str, Any]
Ids: TypeAlias = Mapping[Kind, Sequence[str]]
"""The site's own names of each kind. A kind without any is not checked."""

Asked: TypeAlias = Callable[[FieldInfo], bool]
"""Whether a field that need not be there may have nothing after its key."""

SCALARS = ["string", "number", "boolean"]
"""What YAML may make of a text: `2010` is a number to it, and `true` is no word."""
DEFS = "#/$defs/"
LISTED: Mapping[Kind, str] = {
    "measures": "`measures:` in edition.yaml lists what can stand here",
    "boroughs": "`boroughs:` in site.yaml lists what can stand here",
    "sections": "this is not the name of a section",
    "formats": "this is not the name of a format of leaflet",
    "editions": "this is not the folder of an edition",
    "languages": "there are no words for this language",
    "drawings": "there is no such drawing, and no such picture in the images folder",
    "pictures": "there is no such picture in the images folder",
}


@dataclass
class Shaper:
    """Collects the schemas of the models on the way; each is written once, under `$defs`."""

    ids: Ids
    defs: dict[str, Json] = field(default_factory=dict)

    def document(self, title: str, model: type[BaseModel]) -> Json:
        """The schema of a file; its sections have to say something where they are named."""
        root = self.keys_of(model, leave_empty=lambda info: not _is_section(info.annotation))
        return _finished(title, root, self.defs)

    def keys_of(self, model: type[BaseModel], leave_empty: Asked = bool) -> Json:
        """The keys of a model, and which of them must be there."""
        fields = {info.alias or name: info for name, info in model.model_fields.items()}
        shapes = {
            key: self.of_field(info, may_be_empty=leave_empty(info)) for key, info in fields.items()
        }
        shape: Json = {"type": "object", "additionalProperties": False, "properties": shapes}
        for kind in ("measures", "boroughs"):  # their keys are made up here
            if "additionalProperties" in shapes.get(kind, {}):
                shapes[kind]["propertyNames"] = {"pattern": f"^{SLUG.pattern}$"}
        if needed := [key for key, info in fields.items() if info.is_required()]:
            shape["required"] = needed
        if model.__doc__:
            shape["description"] = _plain(model.__doc__)
        if wanted := getattr(model, "needs_one_of", ()):
            shape["anyOf"] = [{"required": [key]} for key in wanted]
        return shape

    def of_field(self, info: FieldInfo, *, may_be_empty: bool) -> Json:
        shape = self.of_type(info.annotation, tuple(info.metadata))
        if may_be_empty and not info.is_required():
            shape = self.or_nothing(shape)
        return {**shape, **_described(info)}

    def or_nothing(self, shape: Json) -> Json:
        """The same, or a key with nothing after it."""
        if "$ref" in shape:
            name = _referred(shape)
            optional = f"{name}-or-nothing"
            if optional not in self.defs:
                self.defs[optional] = self.or_nothing(self.defs[name])
            return {**shape, "$ref": f"{DEFS}{optional}"}
        if "if" in shape:
            return {**shape, "else": self.or_nothing(shape["else"])}
        more = {"enum": [*shape["enum"], None]} if "enum" in shape else {}
        return {**shape, "type": [*_listed(shape["type"]), "null"], **more}

    def kept(self, name: str, shape: Json) -> Json:
        """A reference to the shape, which is written once."""
        self.defs[name] = shape
        return {"$ref": f"{DEFS}{name}"}

    def of_type(self, annotation: Any, marks: tuple[object, ...]) -> Json:  # noqa: ANN401 - a type
        if get_origin(annotation) is Annotated:
            inner, *more = get_args(annotation)
            return self.of_type(inner, (*more, *marks))
        if TextAlone in marks:
            whole = self.of_type(annotation, tuple(m for m in marks if m is not TextAlone))
            return _either("object", whole, self.text())
        if form := next((mark for mark in marks if isinstance(mark, Form)), None):
            return self.of_form(form, marks)
        if refers := next((mark for mark in marks if isinstance(mark, Refers)), None):
            return self.named(refers.to, self.text())
        if get_origin(annotation) is Literal:
            return {"type": "string", "enum": list(get_args(annotation))}
        return self._composed(annotation, marks)

    def _composed(self, annotation: Any, marks: tuple[object, ...]) -> Json:  # noqa: ANN401 - a type
        match get_origin(annotation):
            case origin if origin in {Union, type(int | None)}:
                return self.of_type(
                    next(each for each in get_args(annotation) if each is not NoneType), marks
                )
            case origin if origin is tuple:
                return self.of_list(self.of_type(get_args(annotation)[0], ()), marks)
            case origin if origin is dict:
                value = self.of_type(get_args(annotation)[1], ())
                return {"type": "object", "additionalProperties": value}
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            return self.part(annotation)
        return self.text()

    def of_list(self, item: Json, marks: tuple[object, ...]) -> Json:
        many: Json = {"type": "array", "items": item}
        least = [getattr(mark, "min_length", 0) or 0 for mark in marks]
        if any(least):
            many["minItems"] = max(least)
        return _either("array", many, item) if OneOrMore in marks else many

    def part(self, model: type[BaseModel]) -> Json:
        """A part with keys of its own, or a section with its shorthands."""
        name = model.__name__
        if name not in self.defs:
            self.defs[name] = {}  # a part may hold itself
            self.defs[name] = self._whole(model)
        return {"$ref": f"{DEFS}{name}"}

    def text(self) -> Json:
        said = "a text belongs here; with a colon or a bracket in it, it needs quotation marks"
        shape = {"type": list(SCALARS), "pattern": r"\S", "errorMessage": said}
        return self.kept("text", shape)

    def _whole(self, model: type[BaseModel]) -> Json:
        keys = self.keys_of(model)
        if not issubclass(model, Section) or model.shorthand is None:
            return keys
        fields = {info.alias or name: info for name, info in model.model_fields.items()}
        info = fields[model.shorthand]
        item = get_args(info.annotation)[0]
        many = {"type": "array", "items": self.of_type(item, ()), "minItems": 1}
        if model.alone:
            keys = {
                "if": {"type": "object", "required": [model.shorthand]},
                "then": keys,
                "else": self._alone(keys, model.shorthand, item),
            }
        return {"description": _plain(model.__doc__), **_either("array", many, keys)}

    def _alone(self, keys: Json, shorthand: str, item: type[BaseModel]) -> Json:
        """A section whose only item stands in its place, with the section's own keys beside it."""
        one = self.keys_of(item)
        own = {key: value for key, value in keys["properties"].items() if key != shorthand}
        return {**one, "properties": {**own, **one["properties"]}}

    def of_form(self, form: Form, marks: tuple[object, ...]) -> Json:
        kinds = ["string"]
        kinds += [form.as_number] if form.as_number else []
        kinds += ["boolean"] if form.as_yes_no else []
        says = f"{form.words} belongs here"
        says += f": {_or([f'`{each}`' for each in form.examples])}" if form.examples else ""
        shape: Json = {"type": kinds if len(kinds) > 1 else "string", "errorMessage": says}
        if form.pattern:
            shape["pattern"] = form.pattern
        if form.least is not None:
            shape |= {"minimum": form.least, "maximum": form.most}
        if form.examples:
            shape["examples"] = list(form.examples)
        shape = self.kept(re.sub(r"[^\w.-]+", "-", form.words), shape)
        refers = next((mark for mark in marks if isinstance(mark, Refers)), None)
        return self.named(refers.to, shape) if refers else shape

    def named(self, kind: Kind, otherwise: Json) -> Json:
        """One of the site's own names; anything of the right form where there are none yet."""
        if not (known := self.ids.get(kind)):
            return otherwise
        shape = {"type": "string", "enum": list(known), "errorMessage": LISTED[kind]}
        return self.kept(kind, shape)


@dataclass
class WordShaper(Shaper):
    """The schema of a translation: the keys that hold words, none of which has to be there."""

    def document(self, title: str, model: type[BaseModel]) -> Json:
        root = self.keys_of(model)
        told = "Who speaks the language and has read the translation"
        root["properties"]["checked-by"] = {**self.text(), "description": told}
        told = "Written by `python3 build.py translated`: what the words were translated from"
        hashes = {"type": "object", "additionalProperties": {"type": SCALARS}}
        root["properties"]["translated-from"] = {**hashes, "description": told}
        if (formats := model.model_fields.get("formats")) is not None:
            shape = self.of_field(formats, may_be_empty=True)
            told = "Leaflets to make in this language; those of the edition if left out"
            root["properties"]["formats"] = {**shape, "description": told}
        return _finished(title, root, self.defs)

    def keys_of(self, model: type[BaseModel], leave_empty: Asked = bool) -> Json:  # noqa: ARG002 - all may
        fields = {info.alias or name: info for name, info in model.model_fields.items()}
        worded = {key: info for key, info in fields.items() if _has_words(info)}
        shapes = {key: self.of_field(info, may_be_empty=True) for key, info in worded.items()}
        for kind in ("measures", "boroughs"):  # entries under the ids of the original
            value = shapes.get(kind, {}).get("additionalProperties")
            if isinstance(value, dict) and (known := self.ids.get(kind)):
                each = dict.fromkeys(known, value)
                shapes[kind] |= {"properties": each, "additionalProperties": False}
        return {"type": "object", "additionalProperties": False, "properties": shapes}

    def of_field(self, info: FieldInfo, *, may_be_empty: bool) -> Json:  # noqa: ARG002 - all may
        shape = self.of_type(info.annotation, tuple(info.metadata))
        told = {"description": info.description} if info.description else {}
        return {**self.or_nothing(shape), **told}

    def of_list(self, item: Json, marks: tuple[object, ...]) -> Json:  # noqa: ARG002 - as in the original
        return _either("array", {"type": "array", "items": self.or_nothing(item)}, item)

    def text(self) -> Json:
        return self.kept("text", {"type": list(SCALARS)})

    def _whole(self, model: type[BaseModel]) -> Json:
        keys = self.keys_of(model)
        fields = {info.alias or name: info for name, info in model.model_fields.items()}
        if issubclass(model, Section) and model.shorthand:
            item = get_args(fields[model.shorthand].annotation)[0]
            one = self.of_type(item, ())
            own = self._parts_of(one)
            keys["properties"] = {**own, **keys["properties"]}
            return _either("array", self.of_list(one, ())["then"], keys)
        return _either("object", keys, self.text()) if "text" in fields else keys

    def _parts_of(self, shape: Json) -> Json:
        """The keys of a part, which may stand in the place of its section."""
        found = self.defs[_referred(shape)] if "$ref" in shape else shape
        keys: Json = found.get("then", found).get("properties", {})
        return keys


def _has_words(info: FieldInfo) -> bool:
    marks = (*info.metadata, info.annotation)
    return not any(isinstance(mark, Kept) for mark in marks) and any(map(_is_worded, marks))


def _is_worded(mark: Any) -> bool:  # noqa: ANN401 - a type, or what marks one
    if isinstance(mark, type) and issubclass(mark, BaseModel):
        return any(_has_words(info) for info in mark.model_fields.values())
    return isinstance(mark, Worded) or any(map(_is_worded, get_args(mark)))


def _finished(title: str, root: Json, defs: Mapping[str, Json]) -> Json:
    return {
        "$schema": DIALECT,
        "title": title,
        **root,
        "$defs": {name: defs[name] for name in sorted(_reached(root, defs, set()))},
    }


def _either(kind: str, so: Json, otherwise: Json) -> Json:
    return {"if": {"type": kind}, "then": so, "else": otherwise}


def _referred(shape: Json) -> str:
    name: str = shape["$ref"]
    return name.removeprefix(DEFS)


def _reached(shape: object, defs: Mapping[str, Json], found: set[str]) -> set[str]:
    """The names of all definitions that a schema leads to."""
    if isinstance(shape, list):
        for each in shape:
            _reached(each, defs, found)
    elif isinstance(shape, dict):
        if "$ref" in shape and (name := _referred(shape)) not in found:
            found.add(name)
            _reached(defs[name], defs, found)
        _reached(list(shape.values()), defs, found)
    return found


def _described(info: FieldInfo) -> Json:
    told: Json = {}
    if info.description:
        told["description"] = info.description
    if info.examples:
        told["examples"] = list(info.examples)
    match info.default:
        case bool():
            told["default"] = "yes" if info.default else "no"
        case str():
            told["default"] = info.default
        case Decimal():
            told["default"] = int(info.default)
    return told


def _is_section(annotation: Any) -> bool:  # noqa: ANN401 - a type
    return any(
        isinstance(each, type) and issubclass(each, Section)
        for each in (annotation, *get_args(annotation))
    )


def _plain(docstring: str | None) -> str:
    """The first paragraph of what is said about a model."""
    return " ".join((docstring or "").partition("\n\n")[0].split())


def _listed(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def _or(words: Sequence[str]) -> str:
    *some, last = words
    return f"{', '.join(some)} or {last}" if some else last
