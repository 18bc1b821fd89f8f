"""A file of recipients → its rows as texts, numbered as a spreadsheet numbers them.

CSV in UTF-8, UTF-16 or Windows-1252, with commas, semicolons or tabs; or a sheet of an XLSX file.
"""

import csv
import io
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from policing_summary.errors import ContentError, Place, Problem
from policing_summary.importers import tables

MOST_BYTES = 64_000_000
SEPARATORS = ",;\t"
UTF_16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True)
class Row:
    """`number` counts from 1 as a spreadsheet does: empty rows count, lines within a cell do not."""

    number: int
    cells: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True)
class Listing:
    """`file` is the name as it was typed; `headings` is the first row that is not empty.

    `encoding` is what it was read as, for people; `empty` counts the empty rows between others.
    """

    file: str
    headings: Row
    rows: tuple[Row, ...]
    encoding: str
    empty: int


def read(path: Path, name: str, sheet: str | None = None) -> Listing:
    """The list.

    Raises:
        ContentError: it cannot be opened, or is no list. Nothing of its contents is quoted.
    """
    data = _bytes(path, name)
    if data.startswith(tables.OLD_EXCEL):
        raise _refusal(name, "this is an XLS file", "save it as XLSX, or as CSV")
    if data.startswith(tables.ZIP):
        encoding, found = "XLSX", tables.sheet_texts(data, name, sheet)
    else:
        encoding, text = _decoded(data, name)
        found = list(_records(text, name))
    rows = [Row(number, cells) for number, cells in enumerate(found, 1)]
    filled = [row for row in rows if any(cell.strip() for cell in row.cells)]
    if not filled:
        raise _refusal(name, "this list is empty", "is it the right file?")
    headings, *rest = filled
    last = filled[-1].number
    return Listing(name, headings, tuple(rest), encoding, last - headings.number - len(rest))


def _bytes(path: Path, name: str) -> bytes:
    try:
        if path.exists() and not path.is_file():
            raise _refusal(name, "this is not a file", "write the path to the list itself")
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        reason = (error.strerror or "no reason given").lower()
        raise _refusal(
            name, f"this file cannot be opened ({reason})", "is the name right?"
        ) from None
    if len(data) > MOST_BYTES:
        what = f"this file is larger than {MOST_BYTES // 1_000_000} MB"
        raise _refusal(name, what, "divide the list")
    return data


def _decoded(data: bytes, name: str) -> tuple[str, str]:
    """What the text was read as, and the text."""
    for encoding, kind in _kinds(data):
        with suppress(UnicodeDecodeError):
            text = data.decode(kind)
            if "\0" not in text:
                return encoding, text
    what = "this file is neither text nor a spreadsheet that can be read here"
    raise _refusal(name, what, "save the list as `CSV UTF-8`, or as XLSX")


def _kinds(data: bytes) -> list[tuple[str, str]]:
    """What the file may be, as people and as Python call it."""
    if data.startswith(UTF_16):
        return [("UTF-16", "utf-16")]
    if b"\0" in data[:4]:
        return [("UTF-16", "utf-16-le" if data[1:2] == b"\0" else "utf-16-be")]
    return [("UTF-8", "utf-8-sig"), ("Windows-1252", "cp1252")]


def _records(text: str, name: str) -> Iterator[tuple[str, ...]]:
    """Each row's cells; a first line `sep=;`, which a spreadsheet does not show, is obeyed."""
    start = text.lstrip()[:200].lower()
    if start.startswith(("<!doctype", "<html", "<?xml")):
        raise _refusal(name, "this is a web page, not a list", "save the list as CSV or XLSX")
    said, rest = _said_separator(text)
    separator = said or _separator(rest)
    number = 1
    reader = csv.reader(io.StringIO(rest, newline=""), delimiter=separator, strict=True)
    try:
        for cells in reader:
            yield tuple(cells)
            number += 1
    except csv.Error:
        what = f"row {number} cannot be read: its quotation marks do not come in pairs"
        way_out = "look for a quotation mark that has no other, or save the list as XLSX"
        raise _refusal(name, what, way_out) from None


def _said_separator(text: str) -> tuple[str, str]:
    first, _, rest = text.partition("\n")
    said = first.strip().lower().removeprefix("sep=")
    return (said, rest) if first.lower().startswith("sep=") and len(said) == 1 else ("", text)


def _separator(text: str) -> str:
    """The one that is most often in the first line that says something."""
    line = next((line for line in text.splitlines() if line.strip()), "")
    return max(SEPARATORS, key=line.count)


def _refusal(name: str, what: str, way_out: str) -> ContentError:
    return ContentError([Problem(Place(name, 1, 1), what, way_out)])
