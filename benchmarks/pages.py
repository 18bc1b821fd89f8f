# ruff: noqa: INP001 - a script, not a package
"""How long pages take at every size, beside Hugo on the same words → pages.md.

    .venv/bin/python benchmarks/pages.py --boroughs 33 1000 --runs 5

Every figure is a whole process. The sites lie in a temporary folder: a copy of the sources with content that
`sites` makes up, and a Hugo site with the same words, table and chart. Hugo is left out where it is missing.
"""

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import run as whole
import sites

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "benchmarks" / "pages.md"
HUGO = ("hugo", "--quiet")
WORDS = ("slow", "patient", "quiet", "hard", "careful")
OURS = (whole.PYTHON, "build.py")
LAYOUT = """\
<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>{{ .Title }}</title></head><body>
<h1>{{ .Title }}</h1><p>{{ .Params.summary }}</p>{{ .Content }}
<table>{{ range .Params.rows }}<tr><th>{{ .measure }}</th><td>{{ .before }}</td><td>{{ .now }}</td>
<td>{{ lang.FormatNumber 1 (mul 100.0 (div (float (sub .now .before)) .before)) }}%</td></tr>{{ end }}</table>
<svg viewBox="0 0 300 240">{{ range $i, $row := .Params.rows }}<rect y="{{ mul 20 $i }}" height="12"
width="{{ div $row.now 40 }}"/>{{ end }}</svg></body></html>
"""


@dataclass(frozen=True)
class Case:
    """`before` brings a site that was built into the state from which a process is timed."""

    name: str
    before: Callable[[Path, str, int], None]


def cold(folder: Path, _file: str, _number: int) -> None:
    for made in (".cache", "output", "public", "resources"):
        if (folder / made).exists():
            whole.put_away(folder / made)


def nothing(_folder: Path, _file: str, _number: int) -> None:
    pass


def one_word(folder: Path, file: str, number: int) -> None:
    path = folder / file
    before, mark, after = path.read_text("utf-8").partition("It was a year of ")
    path.write_text(f"{before}{mark}{WORDS[number % len(WORDS)]} and {after}", "utf-8")


CASES = (Case("cold", cold), Case("nothing changed", nothing), Case("one word changed", one_word))


def ours(folder: Path, count: int) -> str:
    """Our own site; the path of the file that is changed."""
    for name in whole.PARTS:
        if name == "content":
            continue
        if (ROOT / name).is_dir():
            shutil.copytree(
                ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__")
            )
        else:
            shutil.copy(ROOT / name, folder / name)
    (folder / ".venv").symlink_to(ROOT / ".venv")
    sites.write(folder, count)
    return f"content/{sites.EDITION}/{sites.borough(0).slug}.yaml"


def hugo(folder: Path, count: int) -> str:
    """The same words for Hugo; the path of the file that is changed."""
    (folder / "layouts" / "_default").mkdir(parents=True)
    (folder / "layouts" / "_default" / "single.html").write_text(LAYOUT, "utf-8")
    (folder / "layouts" / "_default" / "list.html").write_text(
        '{{ range .Site.RegularPages }}<a href="{{ .Permalink }}">{{ .Title }}</a>{{ end }}',
        "utf-8",
    )
    (folder / "config.toml").write_text(
        'baseURL = "https://example.org/"\ntitle = "Site"\n', "utf-8"
    )
    (folder / "content").mkdir()
    for made in sites.boroughs(count):
        rows = "\n".join(
            f"  - {{measure: {measure}, before: {before}, now: {now}}}"
            for measure, before, now in made.rows
        )
        projects = "\n\n".join(f"## {title}\n\n{text}" for title, text in made.projects)
        message = "\n\n".join(made.message)
        text = (
            f"---\ntitle: {made.name}\nsummary: {made.summary}\nrows:\n{rows}\n---\n\n"
            f"It was a year of steady work.\n\n{message}\n\n{projects}\n"
        )
        (folder / "content" / f"{made.slug}.md").write_text(text, "utf-8")
    return f"content/{sites.borough(0).slug}.md"


def measured(
    make: Callable[[Path, int], str], command: tuple[str, ...], count: int, runs: int
) -> dict[str, list[whole.Run]]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = make(folder, count)
        whole.timed(folder, command)
        found: dict[str, list[whole.Run]] = {}
        for case in CASES:
            for number in range(runs):
                case.before(folder, file, number)
                found.setdefault(case.name, []).append(whole.timed(folder, command))
        return found


def main() -> None:
    parser = argparse.ArgumentParser(description="Time pages at every size, beside Hugo.")
    parser.add_argument("--boroughs", type=int, nargs="+", default=[33, 1000])
    parser.add_argument("--runs", type=int, default=5)
    asked = parser.parse_args()
    lines = [
        "| boroughs | case | ours, s | Hugo, s | ours : Hugo | ours, MB | Hugo, MB |",
        "|---|---|---|---|---|---|---|",
    ]
    for count in asked.boroughs:
        mine = measured(ours, OURS, count, asked.runs)
        theirs = measured(hugo, HUGO, count, asked.runs) if shutil.which("hugo") else {}
        lines += [row(count, case.name, mine[case.name], theirs.get(case.name)) for case in CASES]
        sys.stdout.write("\n".join(lines) + "\n")
    RESULTS.write_text(report(lines, asked.runs), "utf-8")


def row(count: int, case: str, mine: list[whole.Run], theirs: list[whole.Run] | None) -> str:
    own, memory = middle(mine)
    if theirs is None:
        return f"| {count:,} | {case} | {own:.2f} | – | – | {memory:.0f} | – |"
    other, more = middle(theirs)
    return f"| {count:,} | {case} | {own:.2f} | {other:.2f} | {own / other:.2f} | {memory:.0f} | {more:.0f} |"


def middle(runs: list[whole.Run]) -> tuple[float, float]:
    """The medians of seconds and megabytes."""
    seconds = statistics.median(run.seconds for run in runs)
    return seconds, statistics.median(run.megabytes for run in runs)


def report(lines: list[str], runs: int) -> str:
    version = ""
    if shutil.which("hugo"):
        done = subprocess.run(["hugo", "version"], check=True, capture_output=True, text=True)
        version = f" Hugo: {' '.join(done.stdout.split()[:2])}."
    return (
        "# Pages at every size\n\n" + "\n".join(lines) + "\n\n"
        f"Medians of {runs} whole processes, at commit {whole.last_commit('%h')}, with "
        f"`.venv/bin/python benchmarks/pages.py`. {whole.machine()}.{version}\n\n"
        "Ours reads, validates and checks every figure, draws charts and cards, writes data, feeds, newsletters and a\n"
        "search index; Hugo makes one page of each borough. Read the ratios: both ran on the same machine at the same\n"
        "time as other work.\n"
    )


if __name__ == "__main__":
    main()
