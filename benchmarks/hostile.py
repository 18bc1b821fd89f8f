# ruff: noqa: INP001 - a script, not a package
"""Every hostile file of tests/hostile.py, each in a process of its own, and what came of it.

    .venv/bin/python benchmarks/hostile.py [--group fields] [--every 10] [--write]

What counts as a fault stands in tests/hostile_judging.py: a traceback, more than 10 seconds of computing
or 1 GiB, a file read from outside, a request, another program, or anything in what was written that would
come to life. With `--write` the table goes into benchmarks/hostile.md, where the rows of other
groups stay. Linux or macOS.
"""

import argparse
import itertools
import platform
import sys
import tempfile
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(1, str(Path(__file__).parents[1] / "tests"))
import hostile
import hostile_judging
from hostile_judging import Verdict

HERE = Path(__file__).parent

WHAT = {
    "fields": "one value of a good file is a script, a formula, markup or a header",
    "texts": "the same in a text of several lines, in a page, and as a key",
    "much": "too many, too long, too deep",
    "files": "files, folders, links and pictures that are not what they seem",
    "tables": "CSV and XLSX files for the importers and for mailings",
    "leaflets": "what is laid out in a leaflet",
    "templates": "templates that a site sets over ours",
}


def row(group: str, found: list[Verdict]) -> str:
    outcomes = Counter(each.outcome for each in found)
    made = outcomes["built"] + outcomes["read"]
    return (
        f"| {WHAT[group]} | {len(found)} | {outcomes['refused']} | {made} "
        f"| {max(each.seconds for each in found):.1f} | {max(each.megabytes for each in found):.0f} "
        f"| {sum(bool(each.faults) for each in found)} |"
    )


def _kept() -> dict[str, str]:
    """The rows of the groups that are not gone through this time."""
    there = (HERE / "hostile.md").read_text("utf-8") if (HERE / "hostile.md").exists() else ""
    named = {line.split("|")[1].strip(): line for line in there.splitlines() if line[:2] == "| "}
    return {what: named[what] for what in WHAT.values() if what in named}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--group", choices=WHAT, action="append")
    parser.add_argument("--every", type=int, default=1, help="only each so-manieth case")
    parser.add_argument("--write", action="store_true", help="into benchmarks/hostile.md")
    wish = parser.parse_args()
    rows = _kept() if wish.write else {}
    with tempfile.TemporaryDirectory() as folder:
        for group in hostile.GROUPS:
            if wish.group and group.__name__ not in wish.group:
                continue
            found = []
            for case in itertools.islice(group(), 0, None, wish.every):
                verdict = hostile_judging.judge(case, Path(folder) / "site")
                found.append(verdict)
                if verdict.faults:
                    sys.stdout.write(f"{case.name}: {verdict.faults}\n{verdict.told}\n")
            rows[WHAT[group.__name__]] = row(group.__name__, found)
    counts = [[cell.strip() for cell in each.split("|")] for each in rows.values()]
    total, faults = (sum(int(cells[at]) for cells in counts) for at in (2, 7))
    told = "\n".join(
        (
            "# Hostile files",
            "",
            f"Made by `benchmarks/hostile.py` on {platform.system()} with Python",
            f"{platform.python_version()}: {total:,} cases, {faults} faults. What counts as one stands at",
            "the top of `tests/hostile_judging.py`. Seconds are those of the processor.",
            "",
            "| what is hostile | cases | refused | taken | longest, s | most memory, MB | faults |",
            "|---|---:|---:|---:|---:|---:|---:|",
            *(rows[what] for what in WHAT.values() if what in rows),
            "",
        )
    )
    sys.stdout.write(told)
    if wish.write:
        (HERE / "hostile.md").write_text(told, encoding="utf-8")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
