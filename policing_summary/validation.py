"""Nodes → a model, or every mistake at its place with the way out."""

import difflib
from collections.abc import Iterable
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from policing_summary.errors import ContentError, Problem
from policing_summary.model.base import MISTAKE
from policing_summary.source import Document, Mapping, Node, Scalar, Sequence, Step, find, plain

Model = TypeVar("Model", bound=BaseModel)

WANTED = {
    "string_type": ("text", "write words here"),
    "tuple_type": ("a list", "begin each item on a line of its own with `- `"),
    "model_type": ("`key: value` lines", "write one `key: value` on each line below"),
    "dict_type": ("`key: value` lines", "write one `key: value` on each line below"),
    "model_attributes_type": ("`key: value` lines", "write one `key: value` on each line below"),
}


def validate(document: Document, model: type[Model]) -> Model:
    """The whole document as `model`.

    Raises:
        ContentError: every mistake in it.
    """
    try:
        return model.model_validate(plain(document.root))
    except ValidationError as error:
        problems = [_problem(document, model, detail) for detail in error.errors()]
        raise ContentError(problems) from None


def did_you_mean(word: str, known: Iterable[str], otherwise: str) -> str:
    """The nearest known word as a question, or what to do if none is near."""
    names = list(known)
    folded = {name.lower().replace("_", "-"): name for name in names}
    near = difflib.get_close_matches(word.lower().replace("_", "-"), folded, n=1, cutoff=0.6)
    return f"did you mean `{folded[near[0]]}`?" if near else otherwise


def _problem(document: Document, model: type[BaseModel], detail: ErrorDetails) -> Problem:
    steps: tuple[Step, ...] = detail["loc"]
    node, rest = find(document.root, steps)
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == MISTAKE:
        return Problem(node.place, context["what"], context["way_out"])
    if kind == "extra_forbidden":
        return _unknown_key(document, model, steps)
    if kind == "missing":
        return _missing(node, str(steps[-1]), rest)
    if kind in ("literal_error", "enum"):
        return _not_one_of(node, model, steps)
    if kind == "too_short":
        return Problem(
            node.place, "this list is empty", "add at least one item that begins with `- `"
        )
    if kind in WANTED:
        wanted, way_out = WANTED[kind]
        return Problem(node.place, f"{wanted} belongs here, and this is {_what_is(node)}", way_out)
    return Problem(node.place, f"this cannot be read ({kind})", "compare it with docs/editors.md")


def _unknown_key(document: Document, model: type[BaseModel], steps: tuple[Step, ...]) -> Problem:
    key = str(steps[-1])
    known = _keys(model, steps[:-1])
    listed = ", ".join(f"`{name}`" for name in sorted(known))
    return Problem(
        document.key_place(*steps),
        f"unknown key `{key}`",
        did_you_mean(key, known, f"what can stand here: {listed}"),
    )


def _missing(node: Node, key: str, rest: tuple[Step, ...]) -> Problem:
    if not rest:  # the key is there, with nothing after it
        return Problem(node.place, f"`{key}` is empty", f"write its value after `{key}:`")
    return Problem(node.place, f"`{key}` is missing", f"add a line `{key}: …`")


def _not_one_of(node: Node, model: type[BaseModel], steps: tuple[Step, ...]) -> Problem:
    choices = _choices(model, steps)
    listed = " or ".join(f"`{choice}`" for choice in choices)
    typed = node.text if isinstance(node, Scalar) else _what_is(node)
    return Problem(
        node.place,
        f"`{typed}` is not one of the words that can stand here",
        did_you_mean(typed, choices, f"write {listed}"),
    )


def _what_is(node: Node) -> str:
    match node:
        case Sequence():
            return "a list"
        case Mapping():
            return "`key: value` lines"
        case Scalar() if node.is_empty:
            return "nothing"
        case Scalar():
            return "a single value"


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


def _keys(model: type[BaseModel], steps: tuple[Step, ...]) -> list[str]:
    owner = _model_in(_annotation(model, steps))
    return [info.alias or name for name, info in owner.model_fields.items()] if owner else []


def _choices(model: type[BaseModel], steps: tuple[Step, ...]) -> list[str]:
    def words(annotation: Any) -> list[str]:  # noqa: ANN401 - a type
        if isinstance(annotation, str):
            return [annotation]
        return [word for inner in get_args(annotation) for word in words(inner)]

    return words(_annotation(model, steps))
