"""The Met's borough-level crime files, by month: historical, and the most recent 24 months.

Both have one line for each category and borough and one column for each month. Older ones call the
borough `LookUp_BoroughName` and write in Title Case, newer ones `BoroughName` in UPPER CASE.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

from policing_summary.errors import ContentError, Problem
from policing_summary.importers import tables
from policing_summary.importers.monthly import Download, Record
from policing_summary.importers.tables import Line, Table
from policing_summary.numerals import Month

LABELS = Path(__file__).with_name("met_crime.toml")
MONTH = re.compile(r"(?P<year>20\d\d)(?P<month>0[1-9]|1[0-2])")
COLUMNS = ("MajorText", "MinorText", "BoroughName")


def read(path: Path, name: str) -> Download:
    """One file; `name` is its path as the editor typed it.

    Raises:
        ContentError: it is another kind of file, or something in it cannot be read.
    """
    table = tables.read_csv(path, name)
    label, area = _columns(table)
    months = _months(table)
    problems: list[Problem] = []
    records = tuple(
        Record(
            table.place(line, label),
            line.cells[label],
            line.cells[area],
            tuple(_counts(table, line, months, problems)),
        )
        for line in table.lines
    )
    if not records:
        problems.append(
            _problem(table, None, "there is nothing below the headings", "download it again")
        )
    if problems:
        raise ContentError(problems)
    return Download(table.place(table.header), table.file, table.checksum, tuple(months), records)


def _columns(table: Table) -> tuple[int, int]:
    label, area = table.column("MinorText"), table.column("BoroughName", "LookUp_BoroughName")
    if table.column("WardName", "WardCode") is not None:
        what = "this is the file by ward"
        _refuse(table, what, "give the file by borough: wards do not add up to their borough")
    if table.column("Falls within") is not None:
        _refuse(table, "this is a street-level file", "use `import street` for it")
    if label is None or area is None:
        wanted = " and ".join(f"`{name}`" for name in COLUMNS[1:])
        way_out = "give the Met's file of crime by borough and month, as it was downloaded"
        _refuse(table, f"the headings have no {wanted}", way_out)
    return label, area


def _months(table: Table) -> dict[Month, int]:
    """The months and their columns, which must follow one another."""
    months: dict[Month, int] = {}
    problems = []
    known = {tables.folded(name) for name in (*COLUMNS, "LookUp_BoroughName")}
    for column, heading in enumerate(table.header.cells):
        if tables.folded(heading) in known:
            continue
        match = MONTH.fullmatch(heading.strip())
        if not match:
            what = f"the heading `{heading}` is neither a month nor one of the usual columns"
            problems.append(_problem(table, column, what, "a month is written `202404`"))
            continue
        month = Month(int(match["year"]), int(match["month"]))
        last = max(months, default=None)
        if last and month != last.later(1):
            what = f"{month} does not follow {last}"
            way_out = "download the file again: its months stand side by side, without a gap"
            problems.append(_problem(table, column, what, way_out))
        months[month] = column
    if not months and not problems:
        problems.append(
            _problem(table, None, "no month is among the headings", "download it again")
        )
    if problems:
        raise ContentError(problems)
    return months


def _counts(
    table: Table, line: Line, months: dict[Month, int], problems: list[Problem]
) -> Iterator[int]:
    for month, column in months.items():
        text = line.cells[column].strip()
        if re.fullmatch(r"[0-9]+", text):
            yield int(text)
            continue
        what = f"`{text}` is not a number of offences" if text else f"{month} is empty here"
        problems.append(
            table.problem(line, column, what, "compare it with a fresh download; nought is `0`")
        )
        yield 0


def _problem(table: Table, column: int | None, what: str, way_out: str) -> Problem:
    return table.problem(table.header, column, what, way_out)


def _refuse(table: Table, what: str, way_out: str) -> NoReturn:
    raise ContentError([_problem(table, None, what, way_out)])
