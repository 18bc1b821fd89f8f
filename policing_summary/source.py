"""YAML text → nodes that know file, line and column.

Values stay as the editor typed them; the model decides what each one means. So `NO` is never
`false`, `12:30` never 750 and `0300` never 192, and nothing depends on quotation marks.
"""

from __future__ import annotations

import os
import re
import stat
import time
from functools import cached_property
from typing import TYPE_CHECKING, NoReturn

import yaml

from policing_summary.diagnosis import (
    BULLET,
    NO_BULLET,
    OTHER_BULLET,
    OTHER_COLON,
    diagnose,
    no_colon,
)
from policing_summary.errors import ContentError, Place, Problem
from policing_summary.nodes import Document, Entry, Mapping, Node, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MOST_BYTES = 1_000_000
MOST_LEVELS = 20
MOST_TOLD = 1000  # mistakes of one file at a time
MOST_LETTERS = 100_000  # in one text
TRIES, PAUSE = 5, 0.05  # of reading a file that is just being written, and seconds between them

LINE_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")  # what YAML 1.1 takes for one
INVISIBLE = re.compile("[\0-\x08\n-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
"""Told by the few that are not seen: the set of all others takes 20 times as long to compile."""
HYPHENED = re.compile(r"-[^\W\d]")
REMARK = re.compile(r"\s+(?P<swallowed>#[^\s#].*)")


def read(path: Path, name: str) -> Document:
    """Read one content file.

    `name` is the path as the editor knows it, for messages.

    Raises:
        ContentError: everything that is wrong with the file as YAML.
    """
    return parse(text(path, name), name)


def text(path: Path, name: str) -> str:
    """What stands in a content file.

    Raises:
        ContentError: it cannot be opened, is too large or is not UTF-8.
    """
    try:
        _refuse_odd_files(path, name)
        data = _steady(path, name)
    except OSError as error:
        reason = (error.strerror or "no reason given").lower()
        _refuse(
            Place(name, 1, 1),
            f"this file cannot be opened ({reason})",
            "is it still there, and may you read it? Or is it open in another program?",
        )
    if len(data) > MOST_BYTES:
        _refuse(
            Place(name, 1, 1),
            f"this file is larger than {MOST_BYTES // 1_000_000} MB",
            "a content file holds words and figures only; keep pictures beside it",
        )
    return decode(data, name)


def _refuse_odd_files(path: Path, name: str) -> None:
    """A pipe would never end, and a link may lead to somebody else's file."""
    kind = path.stat().st_mode
    if not stat.S_ISREG(kind) and not stat.S_ISDIR(kind):  # a folder is told on opening it
        _refuse(Place(name, 1, 1), "this is not a file that can be read", "put a text file here")
    parts = name.split("/")
    way = [path, *path.parents][: len(parts)]  # from the file up to content/
    has_link = any(each.is_symlink() for each in way[:-1])
    if has_link and not path.resolve().is_relative_to(way[-1].resolve()):
        _refuse(
            Place(name, 1, 1),
            f"this is a link to a file outside {parts[0]}/, and is not followed",
            "delete the link, and put the file itself here",
        )


def _steady(path: Path, name: str) -> bytes:
    """The bytes of a file that nobody changes meanwhile; one byte more than allowed if it is too large."""
    tries = 0
    while True:
        with path.open("rb") as file:
            before = os.fstat(file.fileno())
            data = file.read(MOST_BYTES + 1)
            after = os.fstat(file.fileno())
        there = path.stat()
        is_whole = len(data) == min(after.st_size, MOST_BYTES + 1)
        if is_whole and _stamp(before) == _stamp(after) == _stamp(there):
            return data
        tries += 1
        if tries == TRIES:
            _refuse(
                Place(name, 1, 1),
                "this file is being changed while it is read",
                "wait until the program that writes it is done, then run this again",
            )
        time.sleep(PAUSE)


def _stamp(found: os.stat_result) -> tuple[int, int, int]:
    return found.st_ino, found.st_size, found.st_mtime_ns


def decode(data: bytes, name: str) -> str:
    """The text of a file.

    Raises:
        ContentError: it is not UTF-8, with the place of the first letter that is not.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data[:4]:
        _refuse(Place(name, 1, 1), "this file is saved as UTF-16", SAVE_AS)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = LINE_BREAK.split(data[: error.start].decode("utf-8-sig", "replace"))
        rest = LINE_BREAK.split(data[error.start :].decode("cp1252", "replace"))[0]
        _refuse(
            Place(name, len(before), len(before[-1]) + 1, 1, before[-1] + rest),
            f"this file is not saved as UTF-8; the first letter that shows it is `{rest[:1]}`",
            SAVE_AS,
        )
    return text


SAVE_AS = "open it in the text editor and save it again with the encoding UTF-8"


def parse(text: str, name: str) -> Document:
    """Compose the text into nodes with places.

    Raises:
        ContentError: see `read`.
    """
    if not text.endswith("\n"):
        text += "\n"  # the parser misplaces what is wrong on a last line without an end
    lines = tuple(LINE_BREAK.split(text))
    for number, line in enumerate(lines, 1):
        if invisible := INVISIBLE.search(line):
            _refuse(
                Place(name, number, invisible.start() + 1, 1, line),
                f"an invisible control character (U+{ord(invisible[0]):04X}) stands here",
                "delete it, and type the words around it again",
            )
    _refuse_marks_of_a_merge(name, lines)
    composer = _Composer(name, lines)
    try:
        root = composer.document(yaml.parse(text, Loader=yaml.CSafeLoader))
    except yaml.YAMLError as error:
        problem = diagnose(name, lines, error)
        told = {known.place.line for known in composer.problems}
        more = [] if problem.place.line in told else [problem]
        raise ContentError([*composer.problems, *more]) from None
    if composer.problems:
        raise ContentError(composer.problems)
    if root is None or (isinstance(root, Scalar) and root.is_empty):
        _refuse(
            Place(name, 1, 1), "this file is empty", "write something in it, or delete the file"
        )
    if not isinstance(root, Mapping):
        if match := OTHER_COLON.match(root.place.quote):
            at, what = root.place, no_colon(match)
            _refuse(Place(at.file, at.line, match.start("sign") + 1, 1, at.quote), *what)
        _refuse(
            root.place,
            "this file does not begin with a `key:`",
            "begin each section with its name and a colon, for example `commander:`",
        )
    return Document(name, lines, root)


class Reread(Document):
    """A file that was found whole, of which only the text is kept.

    Its nodes take ten times the memory, and are made again for whoever asks for a place in it.
    """

    def __init__(self, name: str, lines: tuple[str, ...]) -> None:
        for field, value in (("name", name), ("lines", lines), ("lost", frozenset())):
            object.__setattr__(self, field, value)

    @cached_property
    def root(self) -> Mapping:
        return parse("\n".join(self.lines), self.name).root

    def __reduce__(self) -> tuple[type[Reread], tuple[str, tuple[str, ...]]]:
        return Reread, (self.name, self.lines)


def _refuse_marks_of_a_merge(name: str, lines: tuple[str, ...]) -> None:
    """Git leaves them where two people changed the same lines."""
    if not any(line.startswith("<<<<<<< ") for line in lines):
        return
    what = "two people changed these lines, and nobody has decided which of them stay"
    way_out = (
        "keep what is right between `<<<<<<<` and `>>>>>>>`, and delete the marks and the rest"
    )
    raise ContentError(
        Problem(Place(name, number, 1, len(line), line), what, way_out)
        for number, line in enumerate(lines, 1)
        if line.startswith("<<<<<<< ")
    )


class _Composer:
    """Turns parser events into nodes, and notes what is refused instead of stopping at it."""

    def __init__(self, name: str, lines: tuple[str, ...]) -> None:
        self.name = name
        self.lines = lines
        self.problems: list[Problem] = []

    def document(self, events: Iterator[yaml.Event]) -> Node | None:
        root = None
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                if root is not None:
                    self._note(event, "a second document begins here", "delete the line `---`", 3)
                    break
                root = self._node(next(events), events, 0)
        return root

    def _node(self, event: yaml.Event, events: Iterator[yaml.Event], level: int) -> Node:
        place = self._place(event)
        if isinstance(event, yaml.AliasEvent):
            self._note(
                event,
                f"`*{event.anchor}` points at another part of the file, which is not used here",
                "write the words out; a text that begins with `*` needs quotation marks",
            )
            return Scalar(place, "", quoted=True)
        self._refuse_extras(event)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(place, event)
        if level > MOST_LEVELS:
            self._note(
                event,
                f"there are more than {MOST_LEVELS} levels inside one another here",
                "look for brackets that are not meant, and at the indentation of the lines above",
            )
            raise ContentError(self.problems)
        if isinstance(event, yaml.SequenceStartEvent):
            items = []
            while not isinstance(inner := next(events), yaml.SequenceEndEvent):
                items.append(self._node(inner, events, level + 1))
            return Sequence(place, tuple(items))
        return Mapping(place, tuple(self._entries(events, level)))

    def _entries(self, events: Iterator[yaml.Event], level: int) -> Iterator[Entry]:
        seen: dict[str, Scalar] = {}
        while not isinstance(inner := next(events), yaml.MappingEndEvent):
            key = self._node(inner, events, level + 1)
            value = self._node(next(events), events, level + 1)
            if not isinstance(key, Scalar):
                self._note(
                    inner,
                    "a bracket at the beginning of a text has a meaning of its own",
                    'put quotation marks around the whole text: "{{ robbery.change }} fewer"',
                )
            elif first := seen.get(key.text):
                self._told(
                    key.place,
                    f"`{key.text}` stands here already, on line {first.place.line}",
                    "delete one of the two, or join what they say",
                )
            else:
                seen[key.text] = key
                yield Entry(key, value)

    def _scalar(self, place: Place, event: yaml.ScalarEvent) -> Scalar:
        if len(event.value) > MOST_LETTERS:
            self._told(
                place,
                f"this text has {len(event.value):,} letters, and {MOST_LETTERS:,} are the most",
                "is a quotation mark missing? Otherwise divide it",
            )
            return Scalar(place, "…", quoted=True)
        if event.style:
            return Scalar(place, event.value, quoted=True)
        if remark := self._remark(event):
            self._told(
                remark,
                f"`{remark.quote[remark.column - 1 :].rstrip()}` would not be printed: "
                "what follows a `#` is a remark",
                "put quotation marks around the whole text; a remark needs a space after its `#`",
            )
        if HYPHENED.match(event.value) and not place.quote[: place.column - 1].strip():
            hyphen = Place(place.file, place.line, place.column, 1, place.quote)
            way_out = "write `- ` and then the item, or put quotation marks around the text"
            self._told(hyphen, "there is no space after this hyphen", way_out)
        match = OTHER_BULLET.match(event.value)
        if match and not place.quote[: place.column - 1].strip():
            bullet = Place(place.file, place.line, place.column, 1, place.quote)
            self._told(bullet, NO_BULLET.format(match["bullet"]), BULLET)
        return Scalar(place, event.value, quoted=False)

    def _remark(self, event: yaml.ScalarEvent) -> Place | None:
        """A word with a `#` that follows a text without quotation marks, such as `#havering`."""
        end = event.end_mark
        if end is None or end.line >= len(self.lines):
            return None
        line = self.lines[end.line]
        if not (remark := REMARK.fullmatch(line, end.column)):
            return None
        width = len(remark["swallowed"].rstrip())
        return Place(self.name, end.line + 1, remark.start("swallowed") + 1, width, line)

    def _refuse_extras(self, event: yaml.Event) -> None:
        if getattr(event, "anchor", None):
            self._note(
                event,
                f"`&{getattr(event, 'anchor', '')}` names this part for use elsewhere, which is not used here",
                "delete the name; a text that begins with `&` needs quotation marks",
            )
        if getattr(event, "tag", None) is not None:
            self._note(
                event,
                "a word that begins with `!` gives an order to the program, and none is taken here",
                "delete it; a text that begins with `!` needs quotation marks",
            )

    def _place(self, event: yaml.Event) -> Place:
        start, end = event.start_mark, event.end_mark
        if start is None or end is None:  # the parser marks every event; its types do not say so
            return Place(self.name, 1, 1)
        quote = self.lines[start.line] if start.line < len(self.lines) else ""
        one_line = end.line == start.line and isinstance(event, yaml.ScalarEvent)
        width = end.column - start.column if one_line else len(quote.rstrip()) - start.column
        return Place(self.name, start.line + 1, start.column + 1, max(1, width), quote)

    def _note(self, event: yaml.Event, what: str, way_out: str, width: int | None = None) -> None:
        place = self._place(event)
        if width:
            place = Place(place.file, place.line, place.column, width, place.quote)
        self._told(place, what, way_out)

    def _told(self, place: Place, what: str, way_out: str) -> None:
        self.problems.append(Problem(place, what, way_out))
        if len(self.problems) >= MOST_TOLD:
            raise ContentError(self.problems)


def _refuse(place: Place, what: str, way_out: str) -> NoReturn:
    raise ContentError([Problem(place, what, way_out)])
