"""What the columns of the open data mean: one table, from which everything that says so is made.

The table on the page of data, the JSON Schema of `figures.json` and the data package of all
`figures.csv` (https://datapackage.org) are three views of it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

DIALECT = "https://json-schema.org/draft/2020-12/schema"
NUMBER = r"^-?[0-9]+(\.[0-9]+)?$"
CODE = r"^([EWSNK][0-9]{8})?$"
Json = Mapping[str, object]


@dataclass(frozen=True)
class Column:
    """A column of the table, which is a key of each figure in JSON as well."""

    name: str
    kind: Literal["string", "number", "integer", "boolean"]
    says: str
    pattern: str | None = None
    one_of: tuple[str, ...] = ()


Named = Callable[[str], str]
"""The program’s words with the site’s word for a borough."""

UNITS = ("count", "percent", "points", "pounds")
TABLE = (
    Column("id", "string", "The figure’s name within its area and edition: measure and form"),
    Column("area", "string", "The borough, or the whole area, that the figure is of"),
    Column("measure", "string", "What is counted or asked"),
    Column(
        "form",
        "string",
        "Which side of the measure: now, before, change, percent (change in percent), target, goal, "
        "month, group, comparator; lowest, middle or highest of the boroughs; stated or declared in a text",
    ),
    Column("value", "number", "The number in full digits, with a hyphen for minus", NUMBER),
    Column("unit", "string", "What the number is in; points are percentage points", one_of=UNITS),
    Column("period", "string", "The time that the figure is for, in words"),
    Column("printed_as", "string", "The number as readers see it"),
    Column("printed_in", "string", "The parts of the summary that print it; empty if none does"),
    Column("how", "string", "How it was worked out; empty if it was published as it is"),
    Column("source", "string", "Where it was published"),
    Column("file", "string", "The content file in which it is typed"),
    Column("line", "integer", "The line of that file"),
    Column("edition", "string", "The edition, as in the address of its page"),
    Column("area_code", "string", "The borough’s ONS code; empty for a whole area", CODE),
    Column("specimen", "boolean", "Whether it is a sample, and no statistic"),
)


def of_json(address: str, named: Named = str) -> Json:
    """The JSON Schema of a `figures.json`; `address` is where it lies itself.

    A value is a string, so that no reader rounds it.
    """
    return {
        "$schema": DIALECT,
        "$id": address,
        "title": "Figures of a Local Policing Summary",
        "type": "object",
        "required": ["title", "licence", "attribution", "documentation", "figures"],
        "additionalProperties": False,
        "properties": {
            "$schema": {"type": "string"},
            "title": {"type": "string", "description": named("Borough and edition")},
            "licence": {"type": "string", "description": "On which terms it may be used"},
            "attribution": {"type": "string", "description": "Who has to be named"},
            "documentation": {"type": "string", "description": "The page that explains the data"},
            "figures": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": [column.name for column in TABLE],
                    "additionalProperties": False,
                    "properties": {column.name: _property(column, named) for column in TABLE},
                },
            },
        },
    }


def of_table(named: Named = str) -> Json:
    """What the columns of every CSV are, as a Table Schema."""
    fields = [
        {
            "name": column.name,
            "type": column.kind,
            "description": named(column.says),
            **({"trueValues": ["yes"], "falseValues": ["no"]} if column.kind == "boolean" else {}),
        }
        for column in TABLE
    ]
    return {"fields": fields, "missingValues": []}


def package(
    title: str,
    licence: str,
    home: str,
    tables: Iterable[tuple[str, str]],
    columns: Json | str,
) -> Json:
    """The data package that lists every CSV: its `tables` are names and whole addresses.

    `columns` are what they have, or the address where that stands: of thousands it would be most of the package.
    """
    return {
        "name": "local-policing-summary",
        "title": title,
        "homepage": home,
        "licenses": [{"title": licence}],
        "resources": [
            {
                "name": name,
                "path": path,
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "schema": columns,
            }
            for name, path in tables
        ],
    }


def _property(column: Column, named: Named) -> Json:
    kind = "string" if column.kind == "number" else column.kind
    found: dict[str, object] = {"type": kind, "description": named(column.says)}
    if column.pattern:
        found["pattern"] = column.pattern
    if column.one_of:
        found["enum"] = list(column.one_of)
    return found
