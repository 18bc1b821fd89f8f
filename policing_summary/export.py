"""Facts → figures.csv and figures.json: each printed number, where it stands and what is behind it."""

import csv
import io
import json
from collections.abc import Iterable

from policing_summary.tracing import Fact

COLUMNS = (
    *("id", "area", "measure", "form", "value", "unit", "period", "printed_as", "printed_in"),
    *("how", "source", "file", "line"),
)
NUMBERS = frozenset({"value", "printed_as", "line"})  # ours, and never a formula
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def to_csv(facts: Iterable[Fact]) -> bytes:
    """A table for any spreadsheet: UTF-8 with a byte-order mark, so that Excel reads it right."""
    out = io.StringIO(newline="")
    table = csv.writer(out)
    table.writerow(COLUMNS)
    for fact in facts:
        cells = _row(fact)
        table.writerow([cells[name] if name in NUMBERS else _text(cells[name]) for name in COLUMNS])
    return out.getvalue().encode("utf-8-sig")


def to_json(facts: Iterable[Fact], title: str) -> bytes:
    document = {"title": title, "figures": [_row(fact) for fact in facts]}
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _row(fact: Fact) -> dict[str, str | int]:
    """The fact's columns; a value is written in full digits, with a plain hyphen for minus."""
    return {
        "id": fact.id,
        "area": fact.area,
        "measure": fact.name,
        "form": fact.form,
        "value": str(fact.value),
        "unit": "count" if fact.unit == "none" else str(fact.unit),
        "period": fact.period,
        "printed_as": fact.shown,
        "printed_in": "; ".join(fact.printed),
        "how": fact.how,
        "source": fact.source,
        "file": fact.place.file,
        "line": fact.place.line,
    }


def _text(cell: str | int) -> str | int:
    """A text that a spreadsheet would take for a formula gets an apostrophe before it."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell
