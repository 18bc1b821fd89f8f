"""Rows → the text of a content file, with nothing else changed.

ruamel.yaml says where each row stands, and writes a row that changes; every other line stays as it
is, byte for byte. At the end the new text is read again and compared with what was meant.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ruamel.yaml.comments import CommentedMap, CommentedSeq

from policing_summary.errors import ContentError, Place, Problem
from policing_summary.importers.filing import Change, Edit
from policing_summary.importers.roundtrip import Page, cut, dumped, load, put
from policing_summary.numerals import Month, Unit, UnreadableError, read_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from policing_summary.importers.found import Given, Lines

ROWS, SOURCES = "measures", "sources"
BOM = "\ufeff"


@dataclass(frozen=True)
class Wanted:
    """What a section is to say: its own lines, its rows and its sources."""

    section: str
    head: Lines
    rows: tuple[Given, ...]
    sources: tuple[Lines, ...]


def edit(path: Path, name: str, remark: str, wanted: Wanted) -> Edit:
    """The file with what is wanted in it; a new file begins with the `remark`.

    Raises:
        ContentError: the section is written in a way that cannot be changed without harm.
    """
    if not path.exists():
        changes: list[Change] = []
        text = f"# {remark}\n\n" + "".join(f"{line}\n" for line in _section(wanted, changes))
        return Edit(path, name, None, text.encode(), tuple(changes))
    old = path.read_bytes()
    text, changes = updated(old.decode("utf-8"), name, wanted)
    return Edit(path, name, old, text.encode(), tuple(changes))


def updated(text: str, name: str, wanted: Wanted) -> tuple[str, list[Change]]:
    """A content file's text with what is wanted in it, and what that changes."""
    bom, body = (BOM, text[1:]) if text.startswith(BOM) else ("", text)
    page = Page(name, body)
    if wanted.section in page.root:
        changes = _Section(page, wanted).changes()
    else:
        changes = []
        page.append(list(_section(wanted, changes)))
    result = page.text()
    _verify(body, result, wanted, name)
    return bom + result, changes


def appended(text: str, name: str, key: str, lines: Sequence[str]) -> str:
    """The text with `lines` at the end of what stands under the top-level `key`, which may be new.

    The lines are indented as they are to stand there.
    """
    page = Page(name, text)
    if key in page.root:
        _, end = page.extent(key)
        page.insert(page.content_end(end), lines)
    else:
        page.append([f"{key}:", *lines])
    return page.text()


def _section(wanted: Wanted, changes: list[Change]) -> Iterator[str]:
    """A section that is not there yet."""
    section = CommentedMap(wanted.head)
    section[ROWS] = CommentedSeq(_row(given) for given in wanted.rows)
    section[SOURCES] = CommentedSeq(CommentedMap(lines) for lines in wanted.sources)
    changes += [Change(wanted.section, key, "", value) for key, value in wanted.head]
    changes += [change for given in wanted.rows for change in _new_row(given)]
    changes += [_new_source(lines) for lines in wanted.sources]
    yield from dumped(CommentedMap([(wanted.section, section)]))


def _row(given: Given) -> CommentedMap:
    """A row on one line, in braces; one that is worked out has its measure alone."""
    row = CommentedMap([("measure", given.measure), *given.fields])
    if given.fields:
        row.fa.set_flow_style()
    return row


def _new_row(given: Given) -> list[Change]:
    if not given.fields:
        return [Change(given.measure, "", "", "worked out from its parts")]
    return [Change(given.measure, key, "", value) for key, value in given.fields]


def _new_source(lines: Lines) -> Change:
    known = dict(lines)
    return Change("sources", "", "", f"{known['file']}, {known['period']}")


@dataclass
class _Section:
    """A section that is there, and what is wanted of it."""

    page: Page
    wanted: Wanted
    problems: list[Problem] = field(default_factory=list)

    def changes(self) -> list[Change]:
        start, end = self.page.extent(self.wanted.section)
        end = self.page.content_end(end)
        section = self.page.root[self.wanted.section]
        rows = section.get(ROWS) if isinstance(section, CommentedMap) else None
        lists = [rows, section.get(SOURCES) or rows] if rows else []
        if rows is None or _is_flow(section) or not all(self._is_list(part) for part in lists):
            what = f"`{self.wanted.section}` is not written line by line, as an import needs it"
            way_out = "write each key on a line of its own, and each row or source after a hyphen"
            raise ContentError([self.page.problem(start, what, way_out)])
        changes = list(self._head(section))
        rows_end = self._list_end(section, ROWS, end)
        changes += self._rows(rows, rows_end)
        changes += self._sources(section, end)
        if self.problems:
            raise ContentError(self.problems)
        return changes

    def _is_list(self, part: object) -> bool:
        """Whether each item begins after its hyphen on the same line."""
        if not isinstance(part, CommentedSeq) or _is_flow(part):
            return False
        starts = (part.lc.data[index][:2] for index in range(len(part)))
        return all(self.page.lines[line][:column].strip() == "-" for line, column in starts)

    def _list_end(self, section: CommentedMap, key: str, end: int) -> int:
        """The line after the last row of a list in the section."""
        starts = sorted(section.lc.data[name][0] for name in section)
        following = (line for line in starts if line > section.lc.data[key][0])
        return self.page.content_end(next(following, end))

    def _head(self, section: CommentedMap) -> Iterator[Change]:
        for key, value in self.wanted.head:
            old = section.get(key)
            if old is not None and _same(str(old), value):
                continue
            yield Change(self.wanted.section, key, str(old or ""), value)
            line, column = section.lc.data[next(iter(section))][:2]
            if key not in section:
                self.page.insert(line, [" " * column + f"{key}: {value}"])
                continue
            line = section.lc.data[key][0]
            self._rewrite(line, self._value_end(section, key), column, ((key, value),))

    def _value_end(self, section: CommentedMap, key: str) -> int:
        starts = sorted(section.lc.data[name][0] for name in section)
        line: int = section.lc.data[key][0]
        following = next((start for start in starts if start > line), line + 1)
        return max(line + 1, self.page.content_end(following))

    def _rows(self, rows: CommentedSeq, end: int) -> Iterator[Change]:
        known = {str(row.get("measure")).strip(): index for index, row in enumerate(rows)}
        starts = [rows.lc.data[index][0] for index in range(len(rows))]
        column = rows.lc.data[0][1]
        added = []
        for given in self.wanted.rows:
            if given.measure not in known:
                added += [f"{' ' * (column - 2)}- {line}" for line in dumped(_row(given))]
                yield from _new_row(given)
                continue
            index = known[given.measure]
            row = rows[index]
            fresh = tuple((k, v) for k, v in given.fields if not _same(str(row.get(k) or ""), v))
            if not fresh:
                continue
            start = starts[index]
            if row.get("counts") == "worked out":
                what = f"the counts of `{given.measure}` are `worked out`, and would not be printed"
                self.problems.append(
                    self.page.problem(row.lc.data["counts"][0], what, "delete this line")
                )
            row_end = self.page.content_end(starts[index + 1]) if index + 1 < len(starts) else end
            yield from (Change(given.measure, k, str(row.get(k) or ""), v) for k, v in fresh)
            self._rewrite(start, row_end, rows.lc.data[index][1], fresh)
        if added:
            self.page.insert(end, added)

    def _rewrite(self, start: int, end: int, column: int, fields: Lines) -> None:
        """Set fields of the mapping that stands in some lines, from `column` on."""
        lines = [line.rstrip("\r") for line in self.page.lines[start:end]]
        dash = lines[0][:column]
        mapping = load("\n".join([lines[0][column:], *(cut(line, column) for line in lines[1:])]))
        for key, value in fields:
            put(mapping, key, value)
        first, *rest = dumped(mapping)
        indented = [" " * column + line if line else line for line in rest]
        self.page.replace(start, end, [dash + first, *indented])

    def _sources(self, section: CommentedMap, end: int) -> Iterator[Change]:
        """Sources of the same publication give way to the new ones; others stay."""
        known = section.get(SOURCES) or CommentedSeq()
        titles = {(dict(lines)["title"], dict(lines)["publisher"]) for lines in self.wanted.sources}
        ours = [
            i for i, one in enumerate(known) if (one.get("title"), one.get("publisher")) in titles
        ]
        if _tell_the_same([known[i] for i in ours], self.wanted.sources):
            return
        indent = " " * section.lc.data[next(iter(section))][1]
        yield from (_new_source(lines) for lines in self.wanted.sources)
        if SOURCES not in section:
            new = dumped(
                CommentedMap([(SOURCES, CommentedSeq(map(CommentedMap, self.wanted.sources)))])
            )
            self.page.insert(end, [indent + line for line in new])
            return
        starts = [known.lc.data[index][0] for index in range(len(known))]
        last = self._list_end(section, SOURCES, end)
        ends = [self.page.content_end(following) for following in starts[1:]] + [last]
        for index in ours:
            self.page.replace(starts[index], ends[index], [])
        dash = " " * (known.lc.data[0][1] - 2)
        new = [
            f"{dash}{'- ' if number == 0 else '  '}{line}"
            for lines in self.wanted.sources
            for number, line in enumerate(dumped(CommentedMap(lines)))
        ]
        self.page.insert(last, new)


def _is_flow(part: CommentedMap | CommentedSeq) -> bool:
    return bool(part.fa.flow_style())


def _same(old: str, new: str) -> bool:
    """Whether both say the same: `1,498` and `1498`, `73 %` and `73%`, `December 2023` and `2023-12`."""
    if old.split() == new.split():
        return True
    try:
        one, other = read_number(old), read_number(new)
    except UnreadableError:
        pass
    else:
        units = {one.unit, other.unit} - {Unit.NONE}
        return one.value == other.value and len(units) <= 1
    try:
        return Month.read(old) == Month.read(new)
    except UnreadableError:
        return False


def _tell_the_same(known: Sequence[CommentedMap], wanted: Iterable[Lines]) -> bool:
    """Whether the sources are those; a day of extraction that is not given again is kept."""
    written = [{key: str(value) for key, value in one.items()} for one in known]
    new = [dict(lines) for lines in wanted]
    for one, other in zip(written, new, strict=False):
        if "extracted" not in other:
            one.pop("extracted", None)
    return written == new


# Proof


def _verify(before: str, after: str, wanted: Wanted, name: str) -> None:
    """The new text must differ from the old one in what is wanted, and in nothing else.

    Raises:
        ContentError: it does not, because of a way of writing that was not foreseen.
    """
    old, new = (load(text.replace("\r\n", "\n")) for text in (before, after))
    section = wanted.section
    rest = all(old[key] == new.get(key) for key in old if key != section)
    was, now = old.get(section) or CommentedMap(), new.get(section) or CommentedMap()
    ours = {key for key, _ in wanted.head} | {ROWS, SOURCES}
    same = all(was[key] == now.get(key) for key in was if key not in ours)
    head = all(_same(str(now.get(key)), value) for key, value in wanted.head)
    if not (
        rest and same and head and set(new) == {*old, section} and _rows_right(was, now, wanted)
    ):
        place = Place(name, 1, 1)
        what = f"`{section}` is written in a way that an import cannot change safely"
        way_out = "write its rows like those in docs/importing.md, and import again"
        raise ContentError([Problem(place, what, way_out)])


def _rows_right(was: CommentedMap, now: CommentedMap, wanted: Wanted) -> bool:
    given = {one.measure: dict(one.fields) for one in wanted.rows}
    old = {str(row["measure"]): dict(row) for row in was.get(ROWS, [])}
    for row in now.get(ROWS, []):
        fields = given.get(row["measure"], {})
        kept = old.pop(str(row["measure"]), {"measure": row["measure"]})
        if {k: v for k, v in row.items() if k not in fields} != {
            k: v for k, v in kept.items() if k not in fields
        }:
            return False
        if not all(_same(str(row.get(key)), value) for key, value in fields.items()):
            return False
    return not old and given.keys() <= {row["measure"] for row in now.get(ROWS, [])}
