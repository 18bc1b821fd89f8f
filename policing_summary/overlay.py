"""A translation laid over its original: words take the place of words, and of nothing else.

Numbers, names, addresses and telephone numbers come from the original, so that no translation can
differ in them. Both files are walked side by side: the items of lists match by position, and what
the original does not say a translation cannot say either.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Generic, TypeVar, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from policing_summary import model
from policing_summary.errors import Place, Problem
from policing_summary.model.base import Kept, Markdown, MayStayOut, Section, Worded
from policing_summary.nodes import Document, Entry, Node, Scalar, Sequence
from policing_summary.nodes import Mapping as Entries
from policing_summary.validation import did_you_mean

Model = TypeVar("Model", bound=BaseModel)
CHECKED_BY = "checked-by"
"""The one key that only translations have: who read it and speaks the language."""
TRANSLATED_FROM = "translated-from"
"""Another: which words of the original it was made from, as `abreast` records them."""
MOST_QUOTED = 50  # letters of the original that a message quotes
DELETE = "delete it here"


@dataclass(frozen=True)
class Laid(Generic[Model]):
    """The original in the words of its translation; `sections` are those that it translates."""

    model: Model
    sections: frozenset[str]
    checked_by: str | None
    problems: tuple[Problem, ...]


def lay(
    original: Model,
    source: Document,
    translation: Document,
    spare: Collection[str] = (),
    apart: Collection[str] = (),
) -> Laid[Model]:
    """What the `source` says, in the words of its translation.

    A section that the translation leaves out stays as it was, and so does one that lacks something:
    a warning says what. Of all else every word is wanted, but for the entries of the fields that are
    `spare`; keys that stand `apart` are no words, and whoever asked reads them. What could not be read of the source is not missed here.
    """
    layer = _Layer(source, translation.name, frozenset(spare))
    entries = translation.root.entries
    given = {entry.key.text: entry for entry in entries if entry.key.text not in apart}
    checked_by = layer.checked_by(given.pop(CHECKED_BY, None))
    layer.translated_from(given.pop(TRANSLATED_FROM, None))
    sections = frozenset(
        name
        for name in type(original).model_fields
        if isinstance(getattr(original, name), Section) and not _is_empty(given.get(name))
    )
    margin = Scalar(Place(translation.name, 1, 1), "", quoted=False)
    made = layer.model(original, given, margin, sections)
    lacking = {name: getattr(original, name) for name in layer.lacking}
    whole = made.model_copy(update=lacking)
    return Laid(whole, sections - lacking.keys(), checked_by, tuple(layer.problems))


@dataclass
class _Layer:
    """Collects what is wrong on the way. A `key` is where a reader looks for what is told."""

    source: Document
    file: str
    spare: frozenset[str]
    problems: list[Problem] = field(default_factory=list)
    lacking: set[str] = field(default_factory=set)
    """Sections that are translated in part."""
    section: str = ""
    """The section that is being looked at."""

    def checked_by(self, entry: Entry | None) -> str | None:
        if entry is None:
            return None
        if isinstance(entry.value, Scalar) and not entry.value.is_empty:
            return " ".join(entry.value.text.split())
        what = f"`{CHECKED_BY}` names nobody"
        self._tell(entry.key, what, "write who read the translation, or delete the line")
        return None

    def translated_from(self, entry: Entry | None) -> None:
        if entry and not isinstance(entry.value, Entries) and not _is_empty(entry):
            what = f"`{TRANSLATED_FROM}` is not written by hand"
            way_out = f"{DELETE}; `python3 build.py translated {self.file}` writes it anew"
            self._tell(entry.key, what, way_out)

    def model(
        self,
        value: Model,
        given: Mapping[str, Entry],
        key: Scalar,
        sections: frozenset[str] = frozenset(),
    ) -> Model:
        """Something with parts that have names; of sections only those that are translated."""
        left, changed = dict(given), {}
        for name, info in type(value).model_fields.items():
            inner, word = getattr(value, name), info.alias or name
            entry = left.pop(word, None)
            if isinstance(inner, Section) and name not in sections:
                continue
            if _is_marked(info, MayStayOut) and _is_empty(entry):
                changed[name] = info.get_default(call_default_factory=True)
                continue
            if inner is None or (name not in value.model_fields_set and has_words(inner, info)):
                if entry and not _is_empty(entry) and self._is_whole:
                    self.section = self.section or (word if word in model.sections() else "")
                    self._lacks(entry.key, f"the original has no `{word}`", DELETE)
                    self.section = "" if word in model.sections() else self.section
            elif not has_words(inner, info):
                self._same_in_every_language(entry)
            elif entry is None or _is_empty(entry):
                if word in self.spare:
                    continue
                self._missing(word, inner, entry.key if entry else key)
            else:
                self.section = name if isinstance(inner, Section) else self.section
                changed[name] = self._any(inner, info, entry.value, entry.key)
                self.section = "" if isinstance(inner, Section) else self.section
        for word, entry in left.items():
            known = [i.alias or n for n, i in type(value).model_fields.items()]
            self._tell(entry.key, f"unknown key `{word}`", did_you_mean(word, known, DELETE))
        return value.model_copy(update=changed)

    def _any(self, value: object, info: FieldInfo, node: Node, key: Scalar) -> object:
        match value:
            case str():
                return self._text(value, info, node)
            case tuple():
                return self._list(value, info, node, key)
            case dict():
                return self._catalogue(value, info, node, key)
            case BaseModel():
                return self.model(value, self._parts(value, node, key), key)
            case _:
                return value

    def _text(self, value: str, info: FieldInfo, node: Node) -> str:
        if not isinstance(node, Scalar):
            self._tell(node, "a single text belongs here, as in the original", "write the text")
            return value
        return node.text.strip() if _is_marked(info, Markdown) else " ".join(node.text.split())

    def _list(
        self, value: tuple[object, ...], info: FieldInfo, node: Node, key: Scalar
    ) -> tuple[object, ...]:
        items = node.items if isinstance(node, Sequence) else (node,)
        if len(items) != len(value):
            if self._is_whole:
                what = f"the original has {len(value)} of these, and this list has {len(items)}"
                way_out = "give each item its words, in the order of the original"
                self._lacks(key, what, way_out)
            return value
        made = []
        for item, inner in zip(items, value, strict=True):
            at = replace(key, place=item.place)
            if isinstance(item, Scalar) and item.is_empty:
                if has_words(inner, info):
                    self._missing("this item", inner, at)
                made.append(inner)
            else:
                made.append(self._any(inner, info, item, at))
        return tuple(made)

    def _catalogue(
        self, value: dict[str, object], info: FieldInfo, node: Node, key: Scalar
    ) -> dict[str, object]:
        """Entries under keys of their own, which are no words."""
        left, made = self._parts(None, node, key), dict(value)
        for word, inner in value.items():
            entry = left.pop(word, None)
            if entry and not _is_empty(entry):
                made[word] = self._any(inner, info, entry.value, entry.key)
            elif key.text not in self.spare:
                self._missing(word, inner, entry.key if entry else key)
        for word, entry in left.items():
            way_out = did_you_mean(word, value, DELETE)
            self._tell(entry.key, f"the original has no `{word}` under `{key.text}:`", way_out)
        return made

    def _parts(self, value: BaseModel | None, node: Node, key: Scalar) -> dict[str, Entry]:
        """The named parts of a node, with the shorthands that an original may be written in."""
        fields = type(value).model_fields if value else {}
        shorthand = value.shorthand if isinstance(value, Section) else None
        if isinstance(node, Entries):
            parts = {entry.key.text: entry for entry in node.entries}
            known = {info.alias or name for name, info in fields.items()} - {"title"}
            if shorthand and not known & parts.keys():
                return self._single(shorthand, node, key)
            return parts
        if shorthand and isinstance(node, Sequence):
            return {shorthand: Entry(replace(key, text=shorthand), node)}
        if isinstance(node, Scalar) and "text" in fields:
            return {"text": Entry(replace(key, text="text", place=node.place), node)}
        if not isinstance(node, Scalar) or not node.is_empty:
            way_out = "write it with the same keys as in the original"
            self._tell(node, "the original has parts with names here", way_out)
        return {}

    @staticmethod
    def _single(shorthand: str, node: Entries, key: Scalar) -> dict[str, Entry]:
        """A section whose only item stands without a list; its title is the section's."""
        title = {e.key.text: e for e in node.entries if e.key.text == "title"}
        rest = tuple(entry for entry in node.entries if entry.key.text != "title")
        inner = Entry(replace(key, text=shorthand), replace(node, entries=rest))
        return {**title, shorthand: inner}

    def _same_in_every_language(self, entry: Entry | None) -> None:
        """Told wherever it is given, and once."""
        if entry and not _is_empty(entry):
            what = f"`{entry.key.text}` is the same in every language"
            way_out = f"{DELETE}: figures, names and addresses come from {self.source.name}"
            self._tell(entry.key, what, way_out)

    def _missing(self, word: str, value: object, key: Scalar) -> None:
        if self._is_whole:
            quoted = _first_words(value)
            told = word if word.startswith("this") else f"`{word}`"
            way_out = f"the original says “{quoted}”"
            self._lacks(key, f"{told} is not translated", way_out)

    def _lacks(self, key: Scalar, what: str, way_out: str) -> None:
        """Something that does not fit the original (any more): its section stays in English."""
        if not self.section:
            self._tell(key, what, way_out)
            return
        self.lacking.add(self.section)
        if key.text != self.section:
            way_out = f"{way_out}; until then the section stands in English"
        self.problems.append(Problem(key.place, what, way_out, severity="warning"))

    @property
    def _is_whole(self) -> bool:
        """Whether the original could be read whole; what it lost cannot be compared."""
        return not self.source.lost

    def _tell(self, node: Node, what: str, way_out: str) -> None:
        self.problems.append(Problem(node.place, what, way_out))


def has_words(value: object, info: FieldInfo) -> bool:
    """Whether there is something in it to translate."""
    if _is_marked(info, Kept):
        return False
    match value:
        case str():
            return _is_marked(info, Worded)
        case tuple():
            return any(has_words(item, info) for item in value)
        case dict():
            return any(has_words(item, info) for item in value.values())
        case BaseModel():
            return any(
                has_words(getattr(value, name), inner)
                for name, inner in type(value).model_fields.items()
                if name in value.model_fields_set
            )
        case _:
            return False


def words_in(value: object) -> int:
    """How many words of it there are to translate."""
    match value:
        case str():
            return len(value.split())
        case tuple():
            return sum(map(words_in, value))
        case dict():
            return sum(map(words_in, value.values()))
        case BaseModel():
            fields = type(value).model_fields.items()
            inner = ((getattr(value, name), info) for name, info in fields)
            return sum(words_in(each) for each, info in inner if has_words(each, info))
        case _:
            return 0


def _is_marked(info: FieldInfo, kind: type) -> bool:
    marks = (*info.metadata, info.annotation)
    return any(isinstance(mark, kind) or _holds(mark, kind) for mark in marks)


def _holds(mark: object, kind: type) -> bool:
    return any(isinstance(inner, kind) or _holds(inner, kind) for inner in get_args(mark))


def _is_empty(entry: Entry | None) -> bool:
    return entry is None or (isinstance(entry.value, Scalar) and entry.value.is_empty)


def _first_words(value: object) -> str:
    """What an editor recognises the original by."""
    match value:
        case str():
            text = " ".join(value.split())
            return text if len(text) <= MOST_QUOTED else f"{text[:MOST_QUOTED].rstrip()}…"
        case tuple():
            return next(filter(None, map(_first_words, value)), "")
        case dict():
            return _first_words(tuple(value.values()))
        case BaseModel():
            fields = type(value).model_fields.items()
            worded = (getattr(value, n) for n, info in fields if has_words(getattr(value, n), info))
            return _first_words(tuple(worded))
        case _:
            return ""
