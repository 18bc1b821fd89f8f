# ruff: noqa: INP001 - a script, not a package
"""How long `python3 build.py` takes, and how much memory, as whole processes → results.md, README.md.

    .venv/bin/python benchmarks/run.py

Everything happens in a copy of the sources in a temporary folder. The environment is set up already
and is not part of the time. Wants an otherwise idle machine, and Linux or macOS.
"""

import argparse
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "benchmarks" / "results.md"
README = ROOT / "README.md"
BEGIN, END = "<!-- benchmarks/results.md: begin -->", "<!-- benchmarks/results.md: end -->"
PARTS = ("build.py", "content", "policing_summary", "templates", "requirements.lock")
BOROUGH, STYLE = "content/2009-10/havering.yaml", "templates/css/screen.css"
FEWEST = 5
PYTHON: str = sys._base_executable  # type: ignore[attr-defined]  # noqa: SLF001 - has no other name
"""The `python3` that the environment was made of, and no script that looks for it first."""


@dataclass(frozen=True)
class Run:
    """One process from start to end: seconds of wall time, megabytes at its peak, seconds of its own work."""

    seconds: float
    megabytes: float
    busy: float


@dataclass(frozen=True)
class Case:
    """`before` brings a built copy into the state from which `arguments` are timed."""

    name: str
    before: Callable[[Path, int], None]
    arguments: tuple[str, ...] = ()


def cold(copy: Path, _: int) -> None:
    for made in (".cache", "output"):
        put_away(copy / made)


def put_away(folder: Path) -> None:
    """Out of the way until the end: where thousands of files were removed just now, a disk makes new ones slowly."""
    away = Path(tempfile.mkdtemp(prefix=".away-", dir=folder.parent))
    folder.rename(away / folder.name)


def nothing_printed(copy: Path, _: int) -> None:
    for made in (".cache/print", "output/print"):
        shutil.rmtree(copy / made, ignore_errors=True)


def nothing(_copy: Path, _: int) -> None:
    pass


def borough_changed(copy: Path, number: int) -> None:
    path = copy / BOROUGH
    text = path.read_text("utf-8").split("\nsummary:", 1)[1]
    path.write_text(f"# Run {number}\nsummary: Run {number} of\n{text}", "utf-8")


def page_style_changed(copy: Path, number: int) -> None:
    with (copy / STYLE).open("a", encoding="utf-8") as file:
        file.write(f"/* run {number} */\n")


BOOKLET = ("print", "--edition", "2009-10", "--borough", "havering", "--format", "a5-booklet")
CASES = (
    Case("Everything, from nothing", cold),
    Case("Nothing changed", nothing),
    Case("One borough's file changed: its pages, its leaflets", borough_changed),
    Case("The pages' stylesheet changed: all pages, no leaflet", page_style_changed),
    Case("`print` of one booklet: file, sheets and job ticket", nothing_printed, BOOKLET),
    Case("`check`: reading and checking only", nothing, ("check",)),
)


def main() -> None:
    parser = argparse.ArgumentParser(description="Time python3 build.py as whole processes.")
    parser.add_argument("--runs", type=int, default=7, help="counted runs of each case, 5 or more")
    parser.add_argument("--date", default=last_commit("%cs"), help="when this was measured")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        copy = prepare(Path(folder))
        timed = [(case, measure(case, copy, max(FEWEST, asked.runs))) for case in CASES]
    table = "\n".join([*HEAD, *(row(case, runs) for case, runs in timed)])
    RESULTS.write_text(report(table, max(FEWEST, asked.runs), asked.date), "utf-8")
    quote(table)
    sys.stdout.write(f"{table}\n")


def prepare(folder: Path) -> Path:
    """A copy of the sources, built once, that uses the environment that is here."""
    if not (ROOT / ".venv" / "requirements.lock.installed").is_file():
        sys.exit("The environment is not set up. First type:  python3 build.py")
    for name in PARTS:
        if (ROOT / name).is_dir():
            shutil.copytree(
                ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__")
            )
        else:
            shutil.copy(ROOT / name, folder / name)
    (folder / ".venv").symlink_to(ROOT / ".venv")
    start(folder, ())
    return folder


def measure(case: Case, copy: Path, count: int) -> list[Run]:
    """One run for warming up, which is not counted, and then `count` runs."""
    runs = []
    for number in range(count + 1):
        case.before(copy, number)
        runs.append(start(copy, case.arguments))
    return runs[1:]


def start(copy: Path, arguments: tuple[str, ...]) -> Run:
    """`python3 build.py` with these arguments."""
    return timed(copy, (PYTHON, "build.py", *arguments))


def timed(folder: Path, command: tuple[str, ...]) -> Run:
    """Start, wait, and read the system's own account of the process.

    As for everybody, Python keeps what it compiles; a build machine may have told it not to.
    """
    variables = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    began = time.perf_counter()
    with subprocess.Popen(
        command,
        cwd=folder,
        env=variables,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(command)} failed. Does it work in {ROOT}?")
    unit = 1e6 if sys.platform == "darwin" else 1e3
    return Run(seconds, used.ru_maxrss / unit, used.ru_utime + used.ru_stime)


HEAD = (
    "| `python3 build.py`, 35 summaries | seconds, median | fewest–most | peak memory, MB |",
    "|---|---|---|---|",
)


def row(case: Case, runs: list[Run]) -> str:
    times = [run.seconds for run in runs]
    memory = statistics.median(run.megabytes for run in runs)
    middle, least, most = statistics.median(times), min(times), max(times)
    return f"| {case.name} | {middle:.2f} | {least:.2f}–{most:.2f} | {memory:.0f} |"


def report(table: str, count: int, date: str) -> str:
    return f"""# How fast it is

{table}

Measured {date} at commit {last_commit("%h")} with `.venv/bin/python benchmarks/run.py`, {count} runs of each case
after one that is not counted. {machine()}.

{content()}

The time is that of the whole process, from typing the command to its end. Setting up `.venv` is not
in it. Peak memory is that of the largest process, as the system counts it: a build with one leaflet
to lay out does so in its own process, and one with more starts a worker for each core, whose memory
is not in the first row.
"""


def content() -> str:
    """What was built: files of boroughs, translations among them, and leaflets."""
    editions = [path.parent for path in (ROOT / "content").glob("*/edition.yaml")]
    files = sum(1 for folder in editions for path in folder.glob("*.yaml")) - len(editions)
    leaflets = sum(1 for _ in (ROOT / "output" / "site").glob("*/*/**/*.pdf"))
    return f"The content: {files} files of boroughs in {len(editions)} editions, and {leaflets} leaflets."


def machine() -> str:
    processor = platform.processor() or platform.machine()
    listed = Path("/proc/cpuinfo")
    if listed.exists():
        lines = listed.read_text("utf-8").splitlines()
        names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
        processor = names[0] if names else processor
    return (
        f"Machine: {os.cpu_count()} cores ({processor}), {platform.system()}, "
        f"Python {platform.python_version()}"
    )


def last_commit(form: str) -> str:
    command = ["git", "-C", str(ROOT), "log", "-1", f"--format={form}"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def quote(table: str) -> None:
    """Put the table into the README, between its two marks."""
    before, rest = README.read_text("utf-8").split(BEGIN)
    _, after = rest.split(END)
    README.write_text(f"{before}{BEGIN}\n{table}\n{END}{after}", "utf-8")


if __name__ == "__main__":
    main()
