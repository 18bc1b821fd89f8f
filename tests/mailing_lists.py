"""A list of recipients to break: a good row with some of its cells changed, and what is said about it.

All people and streets are made up. The cases are in tests/cases/mailing; when words change on purpose,
`.venv/bin/python tests/mailing_lists.py` writes the messages anew: read the difference before you commit it.
"""

import csv
import io
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))

from policing_summary.mailing import face, gathering, headings, offer, reading, zones  # noqa: E402
from policing_summary.mailing.faults import show  # noqa: E402
from policing_summary.mailing.fitting import Measure, sizes  # noqa: E402
from policing_summary.mailing.gathering import Gathered  # noqa: E402
from policing_summary.model.mailing import Mailing  # noqa: E402

CASES = ROOT / "tests" / "cases" / "mailing" / "rows.md"
CASE = re.compile(
    r"^## (?P<name>.+)\n+```row\n(?P<cells>(?:(?!```).*\n)*)```\n+```text\n(?P<told>(?:(?!```$).*\n)*?)```$",
    re.MULTILINE,
)
GOOD = {
    "Title": "Ms",
    "First name": "Ada",
    "Surname": "Example",
    "Organisation": "",
    "Address 1": "12 Sample Street",
    "Address 2": "",
    "Address 3": "",
    "Town": "Romford",
    "Postcode": "RM1 3BD",
    "Country": "",
    "Language": "",
    "Format": "",
    "Reference": "",
}
OTHER = GOOD | {"First name": "Bo", "Address 1": "7 Invented Road", "Postcode": "RM1 2AB"}
OFFER = offer.offer(
    [("a5-booklet", "A5 booklet"), ("large-print", "Large print")],
    [("en-GB", ["English"]), ("pl", ["Polski", "Polish"])],
)
FACE = face.load(ROOT / "templates")
MEASURE = Measure("carrier", zones.carrier_zone(Mailing()), sizes(Mailing().type_size), FACE)
NOTHING = "nothing: this is understood"


@dataclass(frozen=True)
class Case:
    """`cells` are those of the first row that differ from a good one; a `\\n` begins a line within one."""

    name: str
    cells: Mapping[str, str]
    told: str


def cases() -> Iterator[Case]:
    for match in CASE.finditer(CASES.read_text("utf-8")):
        yield Case(match["name"], cells_of(match["cells"]), match["told"])


def cells_of(text: str) -> dict[str, str]:
    pairs = re.findall("^(.+?): ?(.*)$", text, re.MULTILINE)
    return {name: unescaped(value) for name, value in pairs}


def unescaped(value: str) -> str:
    """Signs that cannot be seen are written as Python writes them."""
    return re.sub(
        r"\\(u[0-9a-f]{4}|x[0-9a-f]{2}|n|t)",
        lambda match: match[0].encode().decode("unicode_escape"),
        value,
    )


def as_csv(*rows: Mapping[str, str], separator: str = ",") -> str:
    """A list with these rows. Cells under a name that is no heading come after the last."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=separator)
    writer.writerow(GOOD)
    for row in rows:
        writer.writerow(
            [*(row[name] for name in GOOD), *(v for k, v in row.items() if k not in GOOD)]
        )
    return out.getvalue()


def gather(text: str | bytes, measures: Iterable[Measure] = (MEASURE,)) -> Gathered:
    """What becomes of a list."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "recipients.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        listing = reading.read(path, "recipients.csv")
    return gathering.gather(listing, headings.columns(listing), OFFER, lambda _: tuple(measures))


def said(cells: Mapping[str, str]) -> str:
    """What is said about a row with these cells, with two good ones after it, the second like a good first."""
    gathered = gather(
        as_csv(GOOD | cells, OTHER, GOOD | {"First name": "Cy", "Address 1": "1 New Way"})
    )
    return "\n".join(show(fault) for fault in gathered.faults) or NOTHING


def rewrite() -> None:
    """Writes the messages of all cases anew."""

    def anew(match: re.Match[str]) -> str:
        told = said(cells_of(match["cells"]))
        return f"## {match['name']}\n\n```row\n{match['cells']}```\n\n```text\n{told}\n```"

    CASES.write_text(CASE.sub(anew, CASES.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    rewrite()
