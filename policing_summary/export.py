"""Facts → figures.csv and figures.json: each printed number, where it stands and what is behind it."""

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import dataclass

from policing_summary import schema
from policing_summary.tracing import Fact

COLUMNS = tuple(column.name for column in schema.TABLE)
NUMBERS = frozenset({"value", "printed_as", "line", "specimen"})  # ours, and never a formula
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Record:
    """A fact with what is known of the place where it stands."""

    fact: Fact
    edition: str
    area_code: str = ""
    is_specimen: bool = False


@dataclass(frozen=True)
class Terms:
    """What goes with the data, wherever it is taken: licence, whom to name, and where to read more."""

    licence: str
    attribution: str
    documentation: str
    schema: str


@dataclass(frozen=True)
class Line:
    """A record as it stands in both files; `area` and `id` say what it is of."""

    area: str
    id: str
    csv: str
    json: str


def line(record: Record) -> Line:
    row = _row(record)
    cells = {**row, "specimen": "yes" if record.is_specimen else "no"}
    texts = [cells[name] if name in NUMBERS else _text(cells[name]) for name in COLUMNS]
    return Line(record.fact.area, record.fact.id, _csv(texts), _json(row))


def to_csv(lines: Iterable[Line]) -> bytes:
    """A table for any spreadsheet: UTF-8 with a byte-order mark, so that Excel reads it right."""
    return "".join([_csv(COLUMNS), *(each.csv for each in lines)]).encode("utf-8-sig")


def to_json(lines: Iterable[Line], title: str, terms: Terms) -> bytes:
    """A document with each record on a line of its own."""
    head = {
        "$schema": terms.schema,
        "title": title,
        "licence": terms.licence,
        "attribution": terms.attribution,
        "documentation": terms.documentation,
    }
    told = "".join(f" {_json(name)}: {_json(value)},\n" for name, value in head.items())
    figures = ",\n  ".join(each.json for each in lines)
    return f'{{\n{told} "figures": [\n  {figures}\n ]\n}}\n'.encode()


def _csv(cells: Iterable[str | int]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out).writerow(cells)
    return out.getvalue()


_json = json.JSONEncoder(ensure_ascii=False).encode


def _row(record: Record) -> dict[str, str | int]:
    """The record's columns; a value is written in full digits, with a plain hyphen for minus."""
    fact = record.fact
    return {
        "id": fact.id,
        "area": fact.area,
        "measure": fact.name,
        "form": fact.form,
        "value": f"{fact.value:f}",
        "unit": "count" if fact.unit == "none" else str(fact.unit),
        "period": fact.period,
        "printed_as": fact.shown,
        "printed_in": "; ".join(fact.printed),
        "how": fact.how,
        "source": fact.source,
        "file": fact.place.file,
        "line": fact.place.line,
        "edition": record.edition,
        "area_code": record.area_code,
        "specimen": record.is_specimen,
    }


def _text(cell: str | int) -> str | int:
    """A text that a spreadsheet would take for a formula gets an apostrophe before it."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell
