"""Any CSV or XLSX file with a line for each borough, read as the editor confirmed it once.

Which column is which measure is never guessed: the editor says it, sees it, and it is kept under
`imports:` in the edition.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from policing_summary.content import Edition
from policing_summary.errors import ContentError, Problem
from policing_summary.importers import tables
from policing_summary.importers.boroughs import Boroughs
from policing_summary.importers.found import Given
from policing_summary.importers.roundtrip import dumped
from policing_summary.importers.tables import Line, Table, folded
from policing_summary.model.imports import SheetColumn, SheetImport
from policing_summary.numerals import Typed, Unit, UnreadableError, read_number
from policing_summary.validation import did_you_mean


def read(path: Path, name: str, mapping: SheetImport) -> Table:
    """The table that a mapping speaks of.

    Raises:
        ContentError: it cannot be read, or has no such sheet or row.
    """
    row = int(mapping.header_row)
    if path.suffix.lower() in tables.EXCEL:
        return tables.read_xlsx(path, name, mapping.sheet, row)
    return tables.read_csv(path, name, header_row=row)


@dataclass(frozen=True)
class _Column:
    at: int
    measure: str
    gives: str
    unit: str


def rows(
    table: Table, mapping: SheetImport, edition: Edition, boroughs: Boroughs
) -> tuple[dict[str, tuple[Given, ...]], list[str]]:
    """The rows of every borough in the table, and what was set aside.

    Raises:
        ContentError: a column, measure, borough or number that is not as the mapping says.
    """
    problems: list[Problem] = []
    name_at = _found(table, mapping.borough, problems)
    columns = list(_columns(table, mapping, edition, problems))
    if problems:
        raise ContentError(problems)
    aside = {folded(name) for name in mapping.set_aside}
    found: dict[str, tuple[Given, ...]] = {}
    first: dict[str, Line] = {}
    notes = []
    for line in table.lines:
        typed = line.cells[name_at].strip()
        if folded(typed) in aside:
            notes.append(f"Set aside: `{typed}` on line {line.number}.")
            continue
        slug = boroughs.slug(typed)
        if slug is None:
            problems.append(_stranger(table, line, name_at, typed, boroughs))
        elif slug in first:
            what = f"{boroughs.name(slug)} stands already on line {first[slug].number}"
            problems.append(table.problem(line, name_at, what, "delete one of the two lines"))
        else:
            first[slug] = line
            found[slug] = tuple(_given(table, line, columns, problems))
    if problems:
        raise ContentError(problems)
    absent = [entry.name for slug, entry in boroughs.entries.items() if slug not in found]
    if absent:
        notes.append(f"Not in it, and left as they are: {', '.join(absent)}.")
    return found, notes


def _found(table: Table, heading: str, problems: list[Problem]) -> int:
    at = table.column(heading)
    if at is None:
        listed = [cell for cell in table.header.cells if cell.strip()]
        otherwise = f"the headings are {', '.join(f'`{cell}`' for cell in listed)}"
        told = did_you_mean(heading, listed, otherwise)
        problems.append(table.problem(table.header, None, f"there is no column `{heading}`", told))
    elif sum(folded(cell) == folded(heading) for cell in table.header.cells) > 1:
        what = f"two columns have the heading `{heading}`"
        problems.append(table.problem(table.header, at, what, "rename one of them"))
    return at or 0


def _columns(
    table: Table, mapping: SheetImport, edition: Edition, problems: list[Problem]
) -> Iterator[_Column]:
    catalogue = edition.head.measures
    for column in mapping.columns:
        at = _found(table, column.column, problems)
        entry = catalogue.get(column.measure)
        if entry is None:
            told = did_you_mean(
                column.measure, catalogue, "add it under `measures:` in edition.yaml"
            )
            place = table.place(table.header, at)
            problems.append(Problem(place, f"unknown measure `{column.measure}`", told))
        else:
            yield _Column(at, column.measure, column.gives, entry.unit)


def _stranger(table: Table, line: Line, at: int, typed: str, boroughs: Boroughs) -> Problem:
    names = [entry.name for entry in boroughs.entries.values()]
    what = f"unknown borough `{typed}`" if typed else "this line has no borough"
    aside = f'if it is a total or a remark, set it aside: `--set-aside "{typed}"` or `set-aside:`'
    near = did_you_mean(typed, names, "")
    return table.problem(line, at, what, f"{near} Or, {aside}" if near else aside)


def _given(
    table: Table, line: Line, columns: list[_Column], problems: list[Problem]
) -> Iterator[Given]:
    """The line's rows: each measure once, `before` first."""
    fields: dict[str, list[tuple[str, str]]] = {}
    for column in sorted(columns, key=lambda column: column.gives):
        text = line.cells[column.at].strip()
        try:
            value = _value(text, column.unit)
        except UnreadableError as error:
            problems.append(table.problem(line, column.at, error.what, error.way_out))
            continue
        fields.setdefault(column.measure, []).append((column.gives, value))
    for measure in dict.fromkeys(column.measure for column in columns):
        yield Given(measure, tuple(fields.get(measure, ())))


def _value(text: str, unit: str) -> str:
    """The cell as it is written in YAML.

    Raises:
        UnreadableError: it is empty, no number, or not of the measure's unit.
    """
    if not text:
        raise UnreadableError("this cell is empty", "fill it in; nought is `0`")
    typed: Typed = read_number(text)
    value = f"{typed.value.normalize():f}"
    if unit == "offences":
        if (
            typed.unit is not Unit.NONE
            or typed.value != typed.value.to_integral()
            or typed.value < 0
        ):
            raise UnreadableError(
                f"`{text}` is not a number of offences", "a whole number belongs here"
            )
        return value
    if typed.unit is Unit.NONE and 0 < typed.value <= 1:
        raise UnreadableError(
            f"`{text}` could be a part of one or a percentage",
            "give the column the number format `%`, or write `73%`",
        )
    return f"{value} points" if unit == "points" else f"{value}%"


COLUMN = re.compile(r"(?P<column>.+)=(?P<measure>[a-z0-9-]+):(?P<gives>before|now)")


def typed_column(text: str) -> SheetColumn:
    """From `2024/25=knife-crime:now`.

    Raises:
        ValueError: it is written in another way.
    """
    match = COLUMN.fullmatch(text.strip())
    if not match:
        raise ValueError(text)
    return SheetColumn(column=match["column"], measure=match["measure"], gives=match["gives"])


def as_yaml(name: str, mapping: SheetImport) -> list[str]:
    """The mapping as it is kept under `imports:`, indented as it stands there."""
    kept: dict[str, object] = {"title": mapping.title, "publisher": mapping.publisher}
    kept |= {"licence": mapping.licence} if mapping.licence else {}
    kept |= {"sheet": mapping.sheet} if mapping.sheet else {}
    kept |= {"header-row": str(mapping.header_row), "borough": mapping.borough}
    kept |= {"columns": [dict(column) for column in mapping.columns]}
    kept |= {"set-aside": list(mapping.set_aside)} if mapping.set_aside else {}
    return [f"  {line}" for line in dumped({name: kept})]
