"""A CSV or XLSX file → a table of texts that knows file, line and column of every cell."""

import csv
import datetime as dt
import hashlib
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import NoReturn, Protocol

from policing_summary.errors import ContentError, Place, Problem
from policing_summary.importers import unpacking
from policing_summary.importers.unpacking import MOST_BYTES
from policing_summary.source import decode

MOST_LINES = 500_000
MOST_ROOM = 2_000_000  # cells of a sheet, empty ones too
EXCEL = (".xlsx", ".xlsm")
OLD_EXCEL = b"\xd0\xcf\x11\xe0"
ZIP = b"PK\x03\x04"


@dataclass(frozen=True)
class Line:
    """One row of a table. `number` counts lines of the file from 1; `quote` is the line as CSV."""

    number: int
    cells: tuple[str, ...]
    quote: str


@dataclass(frozen=True)
class Table:
    """`path` is the file as it was typed, `file` its name alone; `checksum` is its SHA-256."""

    path: str
    file: str
    checksum: str
    header: Line
    lines: tuple[Line, ...]

    def place(self, line: Line, column: int | None = None) -> Place:
        """The place of a cell, counted from 0; without a column that of the whole line."""
        if column is None:
            return Place(self.path, line.number, 1, max(1, len(line.quote)), line.quote)
        start, width = _cell(line.quote, column)
        return Place(self.path, line.number, start + 1, max(1, width), line.quote)

    def problem(self, line: Line, column: int | None, what: str, way_out: str) -> Problem:
        return Problem(self.place(line, column), what, way_out)

    def column(self, *names: str) -> int | None:
        """The first column with one of these headings, whatever their capitals."""
        wanted = {folded(name) for name in names}
        found = (i for i, name in enumerate(self.header.cells) if folded(name) in wanted)
        return next(found, None)


def folded(text: str) -> str:
    """A label for comparing: without capitals and without more than one space."""
    return " ".join(text.split()).casefold()


def read_csv(path: Path, name: str, *, header_row: int = 1) -> Table:
    """A CSV file with commas; rows that are empty from end to end are left out.

    `name` is the path as the editor typed it, for messages.

    Raises:
        ContentError: it cannot be opened, is no CSV file with commas, or has ragged rows.
    """
    data = _bytes(path, name)
    text = decode(data, name)
    _refuse_others(text, data, name)
    raw = [line.rstrip("\r\n") for line in io.StringIO(text, newline="")]
    found = list(islice(_records(text, raw, name), MOST_LINES + 1))
    if len(found) > MOST_LINES:
        what = f"this file has more than {MOST_LINES:,} lines"
        _refuse(Place(name, 1, 1), what, "divide it: keep its headings in each part")
    if len(found) < header_row:
        _refuse(Place(name, 1, 1), f"this file has no line {header_row} for its headings")
    header, *lines = found[header_row - 1 :]
    _refuse_separator(name, header)
    table = Table(name, path.name, hashlib.sha256(data).hexdigest(), header, ())
    kept = [line for line in lines if any(cell.strip() for cell in line.cells)]
    ragged = [line for line in kept if len(line.cells) != len(header.cells)]
    if ragged:
        raise ContentError(
            table.problem(
                line,
                None,
                f"this line has {len(line.cells)} cells, and the headings are {len(header.cells)}",
                "download the file again; a part of it may be missing",
            )
            for line in ragged[:3]
        )
    return replace(table, lines=tuple(kept))


def _records(text: str, raw: Sequence[str], name: str) -> Iterator[Line]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    first = 1
    try:
        for cells in reader:
            quote = raw[first - 1] if first <= len(raw) else ""
            yield Line(first, tuple(cells), quote)
            first = reader.line_num + 1
    except csv.Error as error:
        place = Place(name, first, 1, 1, raw[first - 1] if first <= len(raw) else "")
        _refuse(place, f"this line cannot be read as CSV ({error})", "look for a quotation mark")


def _bytes(path: Path, name: str) -> bytes:
    try:
        if path.exists() and not path.is_file():
            _refuse(Place(name, 1, 1), "this is not a file", "write the path to the file itself")
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        reason = (error.strerror or "no reason given").lower()
        way_out = "is the name right? Write the path to the file as it was downloaded"
        _refuse(Place(name, 1, 1), f"this file cannot be opened ({reason})", way_out)
    if len(data) > MOST_BYTES:
        what = f"this file is larger than {MOST_BYTES // 1_000_000} MB"
        _refuse(Place(name, 1, 1), what, "divide it: keep its headings in each part")
    return data


def _refuse_others(text: str, data: bytes, name: str) -> None:
    start = text.lstrip()[:200].lower()
    if not start:
        _refuse(Place(name, 1, 1), "this file is empty", "download it again")
    if data.startswith(ZIP):
        way_out = "unpack it, or save the sheet as CSV; `import spreadsheet` reads XLSX files"
        _refuse(Place(name, 1, 1), "this is a packed file or a spreadsheet, not CSV", way_out)
    if start.startswith(("<!doctype", "<html", "<?xml")):
        way_out = "download the CSV file itself, not the page that offers it"
        _refuse(Place(name, 1, 1), "this is a web page, not CSV", way_out)


def _refuse_separator(name: str, header: Line) -> None:
    for mark, word in ((";", "semicolons"), ("\t", "tabs")):
        if len(header.cells) == 1 and mark in header.cells[0]:
            place = Place(name, header.number, header.quote.index(mark) + 1, 1, header.quote)
            way_out = "use the file as it was downloaded, or save it as CSV with commas"
            _refuse(place, f"this file is separated by {word}, not by commas", way_out)


class _Cell(Protocol):
    """As much of an openpyxl cell as is read here."""

    value: object
    number_format: str


def read_xlsx(path: Path, name: str, sheet: str | None, header_row: int) -> Table:
    """One sheet of an XLSX file. Percentages come as `73%`, dates as `2023-12-31`.

    Raises:
        ContentError: it cannot be opened, the sheet is not there, or a formula has no value.
    """
    data = _bytes(path, name)
    if data.startswith(OLD_EXCEL):
        _refuse(Place(name, 1, 1), "this is an XLS file", "save it as XLSX, or as CSV")
    values, formulas = (_sheet(data, name, sheet, values=kept) for kept in (True, False))
    found: list[Line] = []
    problems: list[Problem] = []
    for number, (cells, typed) in enumerate(zip(values, formulas, strict=True), 1):
        texts = tuple(_text(cell) for cell in cells)
        line = Line(number, texts, _as_csv(texts))
        for column, (text, cell) in enumerate(zip(texts, typed, strict=True)):
            if not text and isinstance(cell.value, str) and cell.value.startswith("="):
                start, _ = _cell(line.quote, column)
                place = Place(name, number, start + 1, 1, line.quote)
                what = f"column {column + 1} has a formula without a value"
                problems.append(Problem(place, what, "open the file, save it, and import it again"))
        found.append(line)
    if problems:
        raise ContentError(problems[:3])
    if len(found) < header_row:
        _refuse(Place(name, 1, 1), f"this sheet has no row {header_row} for its headings")
    header, *lines = found[header_row - 1 :]
    kept = tuple(line for line in lines if any(cell.strip() for cell in line.cells))
    return Table(name, path.name, hashlib.sha256(data).hexdigest(), header, kept)


def sheet_texts(data: bytes, name: str, sheet: str | None) -> list[tuple[str, ...]]:
    """Every row of one sheet of an XLSX file as texts, from the first row on, empty ones too.

    Raises:
        ContentError: it is no XLSX file, or the sheet is not there.
    """
    return [tuple(map(_text, cells)) for cells in _sheet(data, name, sheet, values=True)]


def _sheet(data: bytes, name: str, sheet: str | None, *, values: bool) -> list[tuple[_Cell, ...]]:
    import openpyxl  # noqa: PLC0415 - 0.3 s that other imports save

    unpacking.refuse_what_cannot_be_read(data, name)
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), data_only=values)
    except Exception:  # noqa: BLE001 - a file that was made by hand may raise anything
        _refuse(Place(name, 1, 1), "this is not an XLSX file", "save it as XLSX, or as CSV")
    names = [known.title for known in book.worksheets]
    listed = ", ".join(f"`{known}`" for known in names)
    if sheet is None and len(names) > 1:
        _refuse(Place(name, 1, 1), f"this file has several sheets: {listed}", "add `--sheet NAME`")
    if sheet is not None and sheet not in names:
        _refuse(Place(name, 1, 1), f"there is no sheet `{sheet}`", f"the sheets are {listed}")
    if not names:
        _refuse(Place(name, 1, 1), "this file has no sheet", "save it as XLSX, or as CSV")
    chosen = book[sheet or names[0]]
    if chosen.max_row * chosen.max_column > MOST_ROOM:
        what = f"this sheet is {chosen.max_row:,} rows high and {chosen.max_column:,} columns wide"
        way_out = "delete what stands far from the rest, or save the sheet as CSV"
        _refuse(Place(name, 1, 1), what, way_out)
    return list(chosen.iter_rows())


def _text(cell: _Cell) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()[:10]
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value).strip()
    number = Decimal(repr(value))
    if "%" in re.sub(r'"[^"]*"', "", cell.number_format):
        return f"{(number * 100).normalize():f}%"
    return f"{number.normalize():f}"


def _as_csv(cells: Sequence[str]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="").writerow(cells)
    return " ".join(buffer.getvalue().splitlines())


def _cell(quote: str, column: int) -> tuple[int, int]:
    """Where a cell begins in a line of CSV, counted from 0, and how wide it is there."""
    start, seen, quoted = 0, 0, False
    for index, letter in enumerate(quote):
        if letter == '"':
            quoted = not quoted
        elif letter == "," and not quoted:
            if seen == column:
                return start, index - start
            seen, start = seen + 1, index + 1
    return (start, len(quote) - start) if seen == column else (0, len(quote))


def _refuse(place: Place, what: str, way_out: str | None = None) -> NoReturn:
    raise ContentError([Problem(place, what, way_out)])
