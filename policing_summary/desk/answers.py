"""A place in a file → what it is for, what is made of it, where it is printed, and who refers to it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from policing_summary import model, tracing
from policing_summary.content import EDITION, POSTCODES
from policing_summary.desk import places, schemas, whereabouts
from policing_summary.desk.questions import MOST_LISTED, Question, id_of, listed
from policing_summary.desk.shapes import Ids
from policing_summary.model.files import PostcodesFile, SiteFile
from policing_summary.model.forms import Form, Refers
from policing_summary.nodes import Document, Node, Scalar, Step, find
from policing_summary.nodes import Mapping as Entries
from policing_summary.nodes import Sequence as Items


@dataclass(frozen=True)
class Answer:
    """What is known of a place: a heading, and paragraphs of lines under a word each."""

    trail: str
    parts: tuple[tuple[str, tuple[str, ...]], ...]


def kind_of(file: str) -> type[BaseModel]:
    """The model of a content file, by its path below content/."""
    name = file.rpartition("/")[2]
    if "/" not in file:
        return PostcodesFile if name == POSTCODES else SiteFile
    return model.edition_file() if name == EDITION else model.borough_file()


def about(asked: Question, content: Path) -> Answer:
    """All that is known of the place; `content` is the folder with the site's names."""
    steps, kind = asked.steps, kind_of(asked.file)
    info = places.field_at(kind, steps) if steps else None
    ids = schemas.ids_of(content, asked.file.partition("/")[0] if "/" in asked.file else "")
    told = {
        "what it is": _purpose(kind, steps, info),
        "what can stand here": _allowed(info, ids) if info else (),
        "what is made of it": _made(asked),
        "where it is printed": whereabouts.told(asked),
        "shared and own": _shared(asked),
        "who refers to it": _references(asked),
    }
    trail = " › ".join(str(s + 1) if isinstance(s, int) else s for s in steps)
    parts = {word: tuple(lines) for word, lines in told.items()}
    return Answer(trail or "the file", tuple((word, each) for word, each in parts.items() if each))


def _purpose(
    kind: type[BaseModel], steps: tuple[Step, ...], info: FieldInfo | None
) -> Iterator[str]:
    names = [step for step in steps if isinstance(step, str)]
    section = model.sections().get(names[0]) if names else None
    if info and info.description:
        yield info.description
    elif section and len(names) == 1:
        yield _first(section.__doc__)
        yield f"Its heading is “{section.heading}” unless `title:` says another."
    elif len(steps) > 1 and (above := places.field_at(kind, steps[:-1])) and above.description:
        yield f"One of these: {above.description}"
    if info and info.is_required():
        yield "It has to be there."
    elif info and isinstance(info.default, str):
        yield f"If it is left out, it is “{info.default}”."


def _allowed(info: FieldInfo, ids: Ids) -> Iterator[str]:
    marks = list(_marks(info))
    for form in [mark for mark in marks if isinstance(mark, Form)][:1]:
        examples = ", ".join(f"`{each}`" for each in form.examples)
        yield f"{form.words}: {examples}" if examples else form.words
    for refers in [mark for mark in marks if isinstance(mark, Refers)][:1]:
        if known := ids.get(refers.to):
            yield listed(known)
    if choices := [mark for mark in marks if isinstance(mark, str)]:
        yield listed(choices)
    if (part := places.part_in(info.annotation)) and not choices:
        yield "keys: " + ", ".join(each.alias or name for name, each in part.model_fields.items())


def _marks(info: FieldInfo) -> Iterator[object]:
    def within(annotation: Any) -> Iterator[object]:  # noqa: ANN401 - a type
        if get_origin(annotation) is Literal:
            yield from get_args(annotation)
            return
        yield annotation
        for inner in get_args(annotation):
            yield from within(inner)

    yield from info.metadata
    for mark in within(info.annotation):
        if isinstance(mark, Form | Refers | str):
            yield mark


def _made(asked: Question) -> Iterator[str]:
    """The figures of the row, declaration or text that the place is in, each with how it came about."""
    document, lines = asked.document, _lines(asked.document, asked.steps)
    seen = set()
    for sheet in asked.near:
        for fact in tracing.trace(sheet).facts:
            if fact.place.file != document.name or fact.place.line not in lines:
                continue
            how = f" = {fact.how}" if fact.how else ""
            told = f"{fact.id} is {fact.shown}{how}"
            if told not in seen:
                seen.add(told)
                yield told


def _shared(asked: Question) -> Iterator[str]:
    name, near = asked.name, asked.near
    if name not in model.sections() or not near:
        return
    if asked.file.endswith(f"/{EDITION}"):
        over = [s.borough.slug for s in near if getattr(s.borough.head, name)]
        out = [s.borough.slug for s in near if name in s.borough.head.leave_out]
        yield f"set over by {listed(over)}" if over else "every borough has it as it is here"
        if out:
            yield f"left out by {listed(out)}"
    elif theirs := getattr(near[0].edition.head, name):
        ours = getattr(near[0].borough.head, name)
        joins = ours is not None and ours.joined(theirs) is not ours
        yield (
            f"{EDITION} has this section too: "
            + ("both are printed, this one first" if joins else "this one stands in its place")
        )
    else:
        yield f"{EDITION} has no such section: it is this borough’s own"


def _references(asked: Question) -> Iterator[str]:
    """The lines that name the measure or the declared figure of the place."""
    document, name = asked.document, id_of(asked.document, asked.steps)
    if name is None:
        return
    documents: dict[str, Document] = {}
    for sheet in asked.near:
        for each in (sheet.edition.document, sheet.borough.document):
            documents[each.name] = each
    own = _lines(document, asked.steps)
    typed = re.compile(rf"\{{\{{\s*(?:[\w-]+\.)?{re.escape(name)}\s*[.}}]")
    found = [
        f"{each.name}:{node.place.line}: {node.place.quote.strip()}"
        for each in documents.values()
        for node in _scalars(each.root)
        if (node.text == name or typed.search(node.text))
        and not (each.name == document.name and node.place.line in own)
    ]
    yield from found[:MOST_LISTED]
    if len(found) > MOST_LISTED:
        yield f"and {len(found) - MOST_LISTED} more"


def _scalars(node: Node) -> Iterator[Scalar]:
    match node:
        case Scalar():
            yield node
        case Items():
            for item in node.items:
                yield from _scalars(item)
        case Entries():
            for entry in node.entries:
                if entry.key.text != "picture":  # some drawings are called like measures
                    yield from _scalars(entry.value)


def _lines(document: Document, steps: tuple[Step, ...]) -> set[int]:
    """The lines of the row or part that the place is in."""
    if not steps:
        return set()
    end = len(steps)
    node, _ = find(document.root, steps)
    while end > 1 and not isinstance(node, Entries):
        end -= 1
        node, _ = find(document.root, steps[:end])
    if not isinstance(node, Entries) or end == 1:
        node, _ = find(document.root, steps)
    return {each.place.line for each in _scalars(node)} | {node.place.line}


def _first(docstring: str | None) -> str:
    return " ".join((docstring or "").partition("\n\n")[0].split())
