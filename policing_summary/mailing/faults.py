"""What is told about a list of recipients: the row as a spreadsheet numbers it, the column, one fact, the way out."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby


@dataclass(frozen=True, order=True)
class Fault:
    """Why a row cannot be posted. It never quotes what stands there, which is somebody's address.

    `row` counts from 1 and the headings are row 1; `field` is the column as the list calls it.
    """

    row: int
    field: str
    what: str
    way_out: str


def show(fault: Fault) -> str:
    """As it is shown in a terminal: two lines."""
    where = f"row {fault.row}, {fault.field}" if fault.field else f"row {fault.row}"
    return f"error: {where}: {fault.what}\n  ╰─ {fault.way_out}"


def ranges(rows: Iterable[int]) -> str:
    """Row numbers for reading: `3, 5–8 and 14`."""
    ordered = sorted(set(rows))
    runs = [
        [row for _, row in run]
        for _, run in groupby(enumerate(ordered), lambda pair: pair[1] - pair[0])
    ]
    shown = [
        f"{run[0]}–{run[-1]}" if len(run) > 2 else part  # noqa: PLR2004 - two rows are no range
        for run in runs
        for part in ([str(run[0])] if len(run) > 2 else map(str, run))  # noqa: PLR2004
    ]
    return " and ".join(filter(None, (", ".join(shown[:-1]), shown[-1]))) if shown else ""
