# ruff: noqa: INP001 - a script, not a package
"""How long `python3 build.py mail` takes, and how much memory, as whole processes → mail.md, docs/mailing.md.

    .venv/bin/python benchmarks/mail.py

The recipients are made up: streets that do not exist, in postcodes that only have the right form. Everything
happens in a copy of the sources in a temporary folder. Wants an otherwise idle machine, and Linux or macOS.
"""

import argparse
import csv
import random
import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from run import ROOT, Run, last_commit, machine, prepare, start

RESULTS = ROOT / "benchmarks" / "mail.md"
DOCS = ROOT / "docs" / "mailing.md"
BEGIN, END = "<!-- benchmarks/mail.md: begin -->", "<!-- benchmarks/mail.md: end -->"
SIZES = (1_000, 10_000)
KINDS = {"cover": "covers", "carrier": "carriers", "labels": "labels"}
FEWEST = 5
HEADINGS = (
    "Title",
    "First name",
    "Surname",
    "Address 1",
    "Address 2",
    "Town",
    "Postcode",
    "Reference",
)
TITLES = ("Mr", "Mrs", "Ms", "Dr", "")
FIRST = (
    "Ada",
    "Bo",
    "Chidi",
    "Dilys",
    "Esra",
    "Farah",
    "Grzegorz",
    "Harpreet",
    "Íde",
    "Joan",
    "Khadija",
    "Łucja",
)
LAST = (
    "Example",
    "Sample",
    "Specimen",
    "Invented",
    "Fictional",
    "Przykładowa",
    "Örnek",
    "Enghraifft",
    "Tusaale",
)
STREETS = (
    "Sample",
    "Invented",
    "Fictional",
    "Imaginary",
    "Example",
    "Made Up",
    "Nowhere",
    "Pretend",
)
WAYS = ("Street", "Road", "Avenue", "Close", "Lane", "Gardens", "Way", "Crescent")
TOWNS = {
    "Romford": range(1, 8),
    "Hornchurch": range(11, 13),
    "Upminster": range(14, 15),
    "Rainham": range(13, 14),
}
UNITS = "ABDEFGHJLNPQRSTUWXYZ"


def main() -> None:
    parser = argparse.ArgumentParser(description="Time python3 build.py mail as whole processes.")
    parser.add_argument(
        "--runs", type=int, default=FEWEST, help="counted runs of each case, 5 or more"
    )
    parser.add_argument("--date", default=last_commit("%cs"), help="when this was measured")
    asked = parser.parse_args()
    count = max(FEWEST, asked.runs)
    with tempfile.TemporaryDirectory() as folder:
        copy = prepare(Path(folder))
        rows = [
            row(KINDS[kind], size, [mail(copy, kind, size) for _ in range(count + 1)][1:])
            for kind in KINDS
            for size in SIZES
        ]
    table = "\n".join([*HEAD, *rows])
    RESULTS.write_text(report(table, count, asked.date), "utf-8")
    before, rest = DOCS.read_text("utf-8").split(BEGIN)
    DOCS.write_text(f"{before}{BEGIN}\n{table}\n{END}{rest.split(END)[1]}", "utf-8")
    sys.stdout.write(f"{table}\n")


def mail(copy: Path, kind: str, size: int) -> Run:
    """One run from nothing."""
    path = copy / f"recipients-{size}.csv"
    if not path.exists():
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(recipients(size))
    shutil.rmtree(copy / "output" / "mail", ignore_errors=True)
    where = ("--edition", "2009-10", "--borough", "havering")
    return start(copy, ("mail", path.name, *where, "--as", kind))


def recipients(size: int) -> Iterator[tuple[str, ...]]:
    """Headings and so many rows, the same each time."""
    chance = random.Random(size)  # noqa: S311 - nothing secret is made of it
    yield HEADINGS
    for number in range(1, size + 1):
        town = chance.choice(list(TOWNS))
        district, sector = chance.choice(TOWNS[town]), chance.randrange(10)
        unit = chance.choice(UNITS) + chance.choice(UNITS)
        street = f"{number} {chance.choice(STREETS)} {chance.choice(WAYS)}"
        flat = f"Flat {chance.randrange(1, 40)}" if chance.random() < 0.3 else ""  # noqa: PLR2004
        lines = (flat, street) if flat else (street, "")
        name = (chance.choice(TITLES), chance.choice(FIRST), chance.choice(LAST))
        yield (*name, *lines, town, f"RM{district} {sector}{unit}", f"HV-{number:05}")


HEAD = (
    "| `python3 build.py mail` | seconds, median | fewest–most | of the processor | peak memory, MB |",
    "|---|---|---|---|---|",
)


def row(kind: str, size: int, runs: list[Run]) -> str:
    times = [run.seconds for run in runs]
    memory = statistics.median(run.megabytes for run in runs)
    middle, least, most = statistics.median(times), min(times), max(times)
    busy = statistics.median(run.busy for run in runs)
    return (
        f"| {size:,} {kind} | {middle:.2f} | {least:.2f}–{most:.2f} | {busy:.2f} | {memory:.0f} |"
    )


def report(table: str, count: int, date: str) -> str:
    return f"""# How fast addresses are printed

{table}

Measured {date} at commit {last_commit("%h")} with `.venv/bin/python benchmarks/mail.py`, {count} runs of each case
after one that is not counted. {machine()}.

The time is that of the whole process, from typing the command to its end: reading and checking the content and the list,
laying out the artwork once, and writing and syncing the files, 1,000 addresses in each. Seconds of the processor do not
count the time that other processes of the machine took. Peak memory is as the system
counts it; what grows with the list is the list itself. The recipients are made up.
"""


if __name__ == "__main__":
    main()
