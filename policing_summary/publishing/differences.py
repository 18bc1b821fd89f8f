"""Two tables of figures → what readers will see changed, line by line."""

import csv
import io
from collections.abc import Iterator

TABLE = "data/figures.csv"
KEY = ("edition", "area", "id")
SHOWN = "printed_as"


def figures(old: bytes | None, new: bytes | None) -> tuple[str, ...]:
    """Each figure that is new, gone or another, in the order of the tables.

    A table that cannot be read has no figures, so all of the other's are told.
    """
    before, after = _read(old), _read(new)
    return tuple(_lines(before, after))


def _lines(before: dict[tuple[str, ...], str], after: dict[tuple[str, ...], str]) -> Iterator[str]:
    for key, shown in after.items():
        if key not in before:
            yield f"+ {_name(key)}: {shown}"
        elif before[key] != shown:
            yield f"  {_name(key)}: {before[key]} → {shown}"
    for key, shown in before.items():
        if key not in after:
            yield f"- {_name(key)}: {shown}"


def _name(key: tuple[str, ...]) -> str:
    return " ".join(part for part in key if part)


def _read(data: bytes | None) -> dict[tuple[str, ...], str]:
    """The printed text of every figure by edition, area and id; the first row of a key counts."""
    try:
        rows = list(csv.DictReader(io.StringIO((data or b"").decode("utf-8-sig"))))
        found: dict[tuple[str, ...], str] = {}
        for row in rows:
            found.setdefault(tuple(row[name] for name in KEY), row[SHOWN])
    except (UnicodeDecodeError, KeyError, csv.Error):
        return {}
    return found
