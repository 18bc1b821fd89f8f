"""Nodes → a model, or every mistake at its place with the way out."""

import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from policing_summary.errors import Place, Problem
from policing_summary.model.base import MISTAKE, SECRET
from policing_summary.nodes import (
    Document,
    Entry,
    Mapping,
    Node,
    Scalar,
    Sequence,
    Step,
    find,
    plain,
)

Model = TypeVar("Model", bound=BaseModel)
A_TEXT = "a text"
SECRETS = re.compile(
    r"(^|[-_ ])(password|passwd|passphrase|secret|token|credentials?|(access|api|private|secret)[-_ ]?key)([-_ ]|$)",
    re.IGNORECASE,
)
MOST_TOLD = 1000  # mistakes of one file at a time: nobody reads more, and each takes its time
MOST_LETTERS = 100  # of a word that may be misspelt
MOST_ROUNDS = (
    20  # what holds a mistake may be wrong without it, and what holds that: level by level
)


@dataclass(frozen=True)
class Reading(Generic[Model]):
    """What a file says, as far as it can be read, and what is wrong with it.

    `document` is the file without its mistakes, so that places in it lead to what `model` holds.
    """

    model: Model | None
    document: Document
    problems: tuple[Problem, ...] = ()


def read_as(document: Document, model: type[Model]) -> Reading[Model]:
    """The document as `model`. What is wrong is told, taken out, and the rest is read again."""
    problems: tuple[Problem, ...] | None = None
    for _ in range(MOST_ROUNDS):
        try:
            return Reading(model.model_validate(plain(document.root)), document, problems or ())
        except ValidationError as error:
            details = error.errors()
            if problems is None:
                problems = tuple(_Teller(document, model).problems(details[:MOST_TOLD]))
                if (more := len(details) - MOST_TOLD) > 0:
                    return Reading(None, document, (*problems, _many(document, more)))
            less = _without_mistakes(document, details)
            if less is None:
                break
            document = less
    return Reading(None, document, problems or ())


def _many(document: Document, more: int) -> Problem:
    what = f"there are {more:,} more mistakes in this file"
    return Problem(Place(document.name, 1, 1), what, "mend those that are told first")


def _without_mistakes(document: Document, details: Iterable[ErrorDetails]) -> Document | None:
    """The document without the nodes that cannot stand; a text that is missing is made up."""
    refused, made_up = [], []
    for detail in details:
        steps = detail["loc"]
        if detail["type"] == "missing" and len(steps) == 1:
            made_up.append(str(steps[0]))
        else:
            refused.append(find(document.root, steps)[0])
    less = document.without(refused)
    return less and less.with_texts(made_up)


def did_you_mean(word: str, known: Iterable[str], otherwise: str) -> str:
    """The nearest known word as a question, or what to do if none is near."""
    near = _nearest(word, known)
    return f"did you mean `{near}`?" if near else otherwise


def _nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that looks most like it, or has it as a part."""
    if len(word) > MOST_LETTERS:
        return None
    names = {_folded(name): name for name in known}
    folded = _folded(word)
    near = difflib.get_close_matches(folded, names, n=1, cutoff=0.6)
    if not near:
        parts = {part: name for name in names for part in name.split("-")}
        close = difflib.get_close_matches(folded, parts, n=1, cutoff=0.8)
        near = [parts[part] for part in close]
    return names[near[0]] if near else None


def _folded(word: str) -> str:
    return word.lower().replace("_", "-").replace(" ", "-")


def _covered(place: Place, shown: int = 0) -> Place:
    """The place without what stands there, but for its first letters."""
    return replace(place, quote=f"{place.quote[: place.column - 1 + shown]} …", width=shown or 2)


class _Teller:
    """Puts pydantic's errors about one document into an editor's words and places."""

    def __init__(self, document: Document, model: type[BaseModel]) -> None:
        self.document = document
        self.model = model
        self.keys = dict(_keys_by_value(document.root))

    def problems(self, details: Iterable[ErrorDetails]) -> Iterator[Problem]:
        details = list(details)
        meant = {
            (*steps[:-1], _nearest(str(steps[-1]), _keys(self.model, steps[:-1])))
            for steps in (d["loc"] for d in details if d["type"] == "extra_forbidden")
        }
        for detail in details:
            is_misspelt = detail["type"] == "missing" and detail["loc"] in meant
            if not is_misspelt and (problem := self._problem(detail)):
                yield problem

    def _problem(self, detail: ErrorDetails) -> Problem | None:
        steps: tuple[Step, ...] = detail["loc"]
        node, _ = find(self.document.root, steps)
        kind, context = detail["type"], detail.get("ctx", {})
        match kind:
            case _ if kind == MISTAKE:
                place = self._place_of(node) if isinstance(node, Mapping) else node.place
                return Problem(place, context["what"], context["way_out"])
            case _ if kind == SECRET:
                return Problem(_covered(node.place), context["what"], context["way_out"])
            case "extra_forbidden":
                return self._unknown_key(steps)
            case "missing":
                return self._missing(steps)
            case "literal_error":
                return self._not_one_of(node, steps)
            case "too_short":
                return self._empty_list(node)
            case "model_type" | "model_attributes_type" | "dict_type":
                return self._no_parts(node, steps)
            case "tuple_type":
                what = f"a list belongs here, and this is {_what_is(node)}"
                return Problem(node.place, what, "begin each item on a line of its own with `- `")
        return _no_single_value(node, A_TEXT if kind == "string_type" else "a single value")

    def _unknown_key(self, steps: tuple[Step, ...]) -> Problem:
        key = str(steps[-1])
        known = _keys(self.model, steps[:-1])
        place = self.document.key_place(*steps)
        if SECRETS.search(key):
            what = f"`{key}` looks like a secret, and none belongs in a file"
            way_out = "take it out, and change it if others have seen it: docs/publishing.md says where it belongs"
            return Problem(_covered(place, len(key)), what, way_out)
        listed = ", ".join(f"`{name}`" for name in sorted(known))
        way_out = did_you_mean(key, known, f"what can stand here: {listed}")
        if key.partition(":")[0] in known:
            way_out = "put a space after the colon"
        return Problem(place, f"unknown key `{key}`", way_out)

    def _missing(self, steps: tuple[Step, ...]) -> Problem:
        key = str(steps[-1])
        owner, _ = find(self.document.root, steps[:-1])
        if isinstance(owner, Mapping) and (entry := owner.get(key)):
            what, way_out = f"`{key}` is empty", f"write what belongs there after `{key}:`"
            return Problem(entry.key.place, what, way_out)
        at = self._place_of(owner)
        return Problem(at, f"`{key}` is missing here", f"add a line `{key}: …`")

    def _place_of(self, node: Node) -> Place:
        """Where a reader looks for something with parts: at its key, or at its hyphen."""
        if node is self.document.root:
            return Place(self.document.name, 1, 1)
        entry = self.keys.get(id(node))
        return entry.key.place if entry else node.place

    def _not_one_of(self, node: Node, steps: tuple[Step, ...]) -> Problem:
        choices = _choices(self.model, steps)
        if not isinstance(node, Scalar):
            return _no_single_value(node, "a single word")
        *some, last = [f"`{choice}`" for choice in choices]
        listed = f"{', '.join(some)} or {last}" if some else last
        what = f"`{node.text}` is not one of the words that can stand here"
        return Problem(node.place, what, did_you_mean(node.text, choices, f"write {listed}"))

    def _empty_list(self, node: Node) -> Problem | None:
        """A list whose items are all wrong counts as empty too, and they have been told."""
        if isinstance(node, Sequence) and not node.items:
            way_out = "add at least one item that begins with `- `"
            return Problem(node.place, "this list is empty", way_out)
        return None

    def _no_parts(self, node: Node, steps: tuple[Step, ...]) -> Problem:
        entry = self.keys.get(id(node))
        thing = f"`{entry.key.text}`" if entry else "an item of this list"
        names = _required(self.model, steps) or _keys(self.model, steps)[:3]
        listed = ", ".join(f"`{name}: …`" for name in names)
        if isinstance(node, Scalar) and node.is_empty:
            return Problem(node.place, "this item is empty", f"write {listed}, or delete the line")
        return Problem(
            node.place,
            f"{thing} has parts with names of their own, and this is {_what_is(node)}",
            f"write each on a line of its own below, indented: {listed}",
        )


def _keys_by_value(node: Node) -> Iterator[tuple[int, Entry]]:
    if isinstance(node, Mapping):
        for entry in node.entries:
            yield id(entry.value), entry
            yield from _keys_by_value(entry.value)
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _keys_by_value(item)


def _no_single_value(node: Node, wanted: str) -> Problem:
    if isinstance(node, Scalar):
        return Problem(node.place, "this item is empty", "write it, or delete the line")
    way_out = "write one value after the key, without hyphens or brackets"
    if wanted != A_TEXT:
        return Problem(node.place, f"{wanted} belongs here, and this is {_what_is(node)}", way_out)
    if node.place.quote[node.place.column - 1 :][:1] in {"[", "{"}:
        way_out = "put quotation marks around a text that begins with a bracket"
    elif isinstance(node, Mapping):
        way_out = "put quotation marks around a text with a colon in it, or write the text alone"
    return Problem(node.place, f"{wanted} belongs here, and this is {_what_is(node)}", way_out)


def _what_is(node: Node) -> str:
    match node:
        case Sequence():
            return "a list"
        case Mapping():
            return "read as `key: value`"
        case Scalar():
            return "a single text"


def _annotation(model: type[BaseModel], steps: tuple[Step, ...]) -> Any:  # noqa: ANN401 - a type
    """The declared type of the field at `steps`, read through tuples, dicts and unions."""
    current: Any = model
    for step in steps:
        owner = _model_in(current)
        field = None
        if owner is not None and isinstance(step, str):
            by_alias = {info.alias or name: info for name, info in owner.model_fields.items()}
            field = by_alias.get(step)
        if field is not None:
            current = field.annotation
    return current


def _model_in(annotation: Any) -> type[BaseModel] | None:  # noqa: ANN401 - a type
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    found = (_model_in(inner) for inner in get_args(annotation))
    return next((model for model in found if model is not None), None)


def _required(model: type[BaseModel], steps: tuple[Step, ...]) -> list[str]:
    owner = _model_in(_annotation(model, steps))
    fields = owner.model_fields.items() if owner else ()
    return [info.alias or name for name, info in fields if info.is_required()]


def _keys(model: type[BaseModel], steps: tuple[Step, ...]) -> list[str]:
    owner = _model_in(_annotation(model, steps))
    return [info.alias or name for name, info in owner.model_fields.items()] if owner else []


def _choices(model: type[BaseModel], steps: tuple[Step, ...]) -> list[str]:
    def words(annotation: Any) -> list[str]:  # noqa: ANN401 - a type
        if isinstance(annotation, str):
            return [annotation]
        return [word for inner in get_args(annotation) for word in words(inner)]

    return words(_annotation(model, steps))
