# ruff: noqa: INP001 - a script, not a package
"""How time and memory grow with the number of boroughs → growth.csv, growth.md, growth.svg.

    .venv/bin/python benchmarks/growth.py --sizes 33 100 330 1000 3300 10000 --runs 5

Pages only, of boroughs that `sites` makes up; each figure is a whole process. What is measured is written down after each
size, and other sizes are kept, so a run may be interrupted and the rest done another time. The memory of the
parent is that of the process which was started, by the kernel's own mark of the highest; its workers
are read apart from it. Wants Linux, and an idle machine.
"""

import argparse
import csv
import math
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path

import pages
import run as whole

HERE = Path(__file__).resolve().parent
TABLE, RESULTS, PICTURE = HERE / "growth.csv", HERE / "growth.md", HERE / "growth.svg"
SIZES = (33, 100, 330, 1000, 3300, 10_000)
CASES = {case.name: case for case in pages.CASES}
COLD, NOTHING, WORD = "cold", "nothing changed", "one file changed"
MOST_PARENT = 500  # megabytes: what issue "Fast at every size" allows
EVERY = 0.01  # seconds between two looks at the memory


@dataclass(frozen=True)
class Point:
    """A case at a size: medians of seconds, of seconds of all processors, and of megabytes."""

    boroughs: int
    case: str
    runs: int
    seconds: float
    fewest: float
    most: float
    busy: float
    parent: float
    worker: float
    """The largest of them; 0 if there were none."""
    commit: str


@dataclass(frozen=True)
class Watched:
    """One process from start to end."""

    seconds: float
    busy: float
    parent: float
    worker: float


def main() -> None:
    parser = argparse.ArgumentParser(description="Time and memory against the number of boroughs.")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--runs", type=int, default=5)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for size in sorted(asked.sizes):
            found = measured(Path(folder) / str(size), size, asked.runs)
            kept = [point for point in read() if point.boroughs != size]
            write(sorted([*kept, *found], key=lambda point: point.boroughs))
            for point in found:
                sys.stdout.write(f"{row(point)}\n")
                sys.stdout.flush()


# Measuring


def measured(folder: Path, size: int, runs: int) -> list[Point]:
    folder.mkdir()
    changes = pages.ours(folder, size)
    first = watched(folder)
    points = []
    for name in (COLD, NOTHING, WORD):
        # Where it is measured once, the first build counts: that it compiles its templates is lost in minutes.
        done = [first] if runs == 1 and name == COLD else []
        for number in range(len(done), runs):
            CASES[name].before(folder, changes, number)
            done.append(watched(folder))
        points.append(point(size, name, done))
    return points


def point(size: int, case: str, done: Sequence[Watched]) -> Point:
    def middle(values: Iterable[float]) -> float:
        return round(statistics.median(values), 3)

    seconds = [each.seconds for each in done]
    return Point(
        boroughs=size,
        case=case,
        runs=len(done),
        seconds=middle(seconds),
        fewest=round(min(seconds), 3),
        most=round(max(seconds), 3),
        busy=middle(each.busy for each in done),
        parent=middle(each.parent for each in done),
        worker=middle(each.worker for each in done),
        commit=whole.last_commit("%h"),
    )


def watched(folder: Path) -> Watched:
    """`python3 build.py`, and the memory of each of its processes."""
    variables = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    highest: dict[int, float] = {}
    ended = threading.Event()
    began = time.perf_counter()
    with (
        tempfile.TemporaryFile("w+", encoding="utf-8") as said,
        subprocess.Popen(
            pages.OURS, cwd=folder, env=variables, stdout=subprocess.DEVNULL, stderr=said
        ) as process,
    ):
        looking = threading.Thread(target=look, args=(process.pid, highest, ended))
        looking.start()
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
        ended.set()
        looking.join()
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            sys.exit(f"The build failed:\n{said.read()}")
    parent = highest.pop(process.pid, 0.0)
    return Watched(
        seconds, used.ru_utime + used.ru_stime, parent, max(highest.values(), default=0.0)
    )


def look(parent: int, highest: dict[int, float], ended: threading.Event) -> None:
    """The highest memory of a process and of all below it, by their numbers, until it has ended.

    The kernel's mark only rises, but for the moment when a process becomes another program.
    """
    while not ended.wait(EVERY):
        waiting = [parent]
        while waiting:
            number = waiting.pop()
            try:
                told = Path(f"/proc/{number}/status").read_text("ascii", "replace")
                tasks = list(Path(f"/proc/{number}/task").iterdir())
                below = [(task / "children").read_text("ascii").split() for task in tasks]
            except OSError:  # it has ended meanwhile
                continue
            waiting += [int(child) for some in below for child in some]
            mark = told.partition("VmHWM:")[2].split()[:1]
            if mark:
                highest[number] = int(mark[0]) / 1e3


# What is kept


def read() -> list[Point]:
    if not TABLE.exists():
        return []
    kinds = {field.name: field.type for field in fields(Point)}
    with TABLE.open(encoding="utf-8", newline="") as file:
        return [
            Point(**{name: kinds[name](value) for name, value in line.items()})  # type: ignore[operator]
            for line in csv.DictReader(file)
        ]


def write(points: Sequence[Point]) -> None:
    for path, text in (
        (TABLE, as_csv(points)),
        (PICTURE, picture(points)),
        (RESULTS, report(points)),
    ):
        new = path.with_suffix(f"{path.suffix}.new")
        new.write_text(text, "utf-8")
        new.replace(path)


def as_csv(points: Sequence[Point]) -> str:
    names = [field.name for field in fields(Point)]
    lines = [",".join(str(value) for value in asdict(point).values()) for point in points]
    return "\n".join([",".join(names), *lines]) + "\n"


# Telling


def row(point: Point) -> str:
    worker = f"{point.worker:.0f}" if point.worker else "–"
    return (
        f"| {point.boroughs:,} | {point.case} | {point.seconds:.2f} | {point.fewest:.2f}–{point.most:.2f} "
        f"| {point.busy:.2f} | {1000 * point.seconds / point.boroughs:.2f} | {point.parent:.0f} | {worker} |"
    )


def report(points: Sequence[Point]) -> str:
    head = (
        "| boroughs | case | seconds, median | fewest–most | of all processors | ms for each borough "
        "| parent, MB | largest worker, MB |\n|---|---|---|---|---|---|---|---|\n"
    )
    commits = ", ".join(dict.fromkeys(point.commit for point in points))
    counts = sorted({point.runs for point in points})
    runs = " to ".join(dict.fromkeys([str(counts[0]), str(counts[-1])]))
    return (
        "# Growth with size\n\n"
        "![Two drawings with both axes logarithmic: seconds, and megabytes, against the number of boroughs. "
        "The table has the same figures.](growth.svg)\n\n"
        f"{head}" + "\n".join(map(row, points)) + f"\n\n{growth(points)}\n\n"
        f"Medians of {runs} whole processes, pages only, at commit {commits}, with "
        f"`.venv/bin/python benchmarks/growth.py`. {whole.machine()}.\n\n"
        "The parent's memory is the highest that the kernel noted for that process itself; workers are apart.\n"
    )


def growth(points: Sequence[Point]) -> str:
    """How much longer the largest takes than a straight line through a tenth of it would say."""
    cold = {point.boroughs: point for point in points if point.case == COLD}
    largest = max(cold)
    small = max((size for size in cold if size <= largest / 10), default=min(cold))
    times = largest / small
    longer = cold[largest].seconds / cold[small].seconds
    highest = max(points, key=lambda point: point.parent)
    return (
        f"From {small:,} to {largest:,} boroughs, {times:.1f} times as many, a cold build takes {longer:.1f} times as "
        f"long: {longer / times:.2f} of what a straight line through both would say. The parent never had more "
        f"than {highest.parent:.0f} MB; {MOST_PARENT} are allowed."
    )


# The picture

WIDE, HIGH, LEFT, TOP, PANEL, FOOT = 760, 344, 58, 46, 288, 62
STYLE = """\
text { font: 12px system-ui, sans-serif; fill: #1b2733 }
.title { font-weight: 600; font-size: 13px }
.grid { stroke: #8a97a5; stroke-opacity: .3 }
.line { fill: none; stroke-width: 2.25 }
.guide { fill: none; stroke: #5b6875; stroke-dasharray: 5 4 }
.quiet { fill: #4a5763 }
.a { stroke: #0b5cad } .b { stroke: #b34700 } .c { stroke: #14733c }
text.a { fill: #0b5cad; stroke: none } text.b { fill: #b34700; stroke: none } text.c { fill: #14733c; stroke: none }
circle.a { fill: #0b5cad } circle.b { fill: #b34700 } circle.c { fill: #14733c }
@media (prefers-color-scheme: dark) {
  text { fill: #e7edf3 } .quiet { fill: #b6c2cd } .guide { stroke: #a9b5c0 }
  .a { stroke: #6db3ff } .b { stroke: #ff9a52 } .c { stroke: #62d391 }
  text.a, circle.a { fill: #6db3ff } text.b, circle.b { fill: #ff9a52 } text.c, circle.c { fill: #62d391 }
}"""


@dataclass(frozen=True)
class Panel:
    """A drawing with both axes logarithmic, its left edge at `x`."""

    x: float
    sizes: tuple[float, float]
    values: tuple[float, float]

    def across(self, size: float) -> float:
        return self.x + PANEL * _share(size, self.sizes)

    def up(self, value: float) -> float:
        return HIGH - FOOT - (HIGH - FOOT - TOP) * _share(value, self.values)

    def inside(self, size: float, value: float) -> bool:
        low, high = self.values
        return low <= value <= high and self.sizes[0] <= size <= self.sizes[1]


def _share(value: float, ends: tuple[float, float]) -> float:
    low, high = map(math.log, ends)
    return (math.log(value) - low) / (high - low)


def picture(points: Sequence[Point]) -> str:
    """Seconds on the left, with the line of linear growth; megabytes on the right, with what is allowed."""
    sizes = sorted({point.boroughs for point in points})
    ends = (sizes[0] * 0.85, max(sizes[-1], sizes[0] * 2) * 1.15)
    seconds = {
        name: [(p.boroughs, p.seconds) for p in points if p.case == name]
        for name in (COLD, NOTHING, WORD)
    }
    cold = [point for point in points if point.case == COLD]
    memory = {
        "parent": [(p.boroughs, p.parent) for p in cold],
        "largest worker": [(p.boroughs, p.worker) for p in cold if p.worker],
    }
    left = Panel(LEFT, ends, _decades(v for some in seconds.values() for _, v in some))
    right = Panel(LEFT + PANEL + 94, ends, (10, 1000))
    middle = min(cold, key=lambda point: abs(math.log(point.boroughs / 1000)))
    drawn = [
        *_axes(left, "Seconds of a whole build", sizes),
        _straight(left, middle),
        *_lines(left, seconds),
        *_axes(right, "Megabytes of a cold build, at the highest", sizes),
        f'<path class="guide" d="M{right.x} {right.up(MOST_PARENT):.1f}h{PANEL}"/>',
        (
            f'<text class="quiet" x="{right.x + 6}" y="{right.up(MOST_PARENT) - 6:.1f}">'
            f"{MOST_PARENT} MB: what the parent may have</text>"
        ),
        *_lines(right, memory),
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {HIGH}" role="img" '
        f'aria-label="Time and memory of a build against the number of boroughs">\n<style>\n{STYLE}\n</style>\n'
        + "\n".join(drawn)
        + "\n</svg>\n"
    )


def _decades(values: Iterable[float]) -> tuple[float, float]:
    known = list(values)
    low, high = math.floor(math.log10(min(known))), math.ceil(math.log10(max(known)))
    return 10.0**low, 10.0 ** max(high, low + 1)


def _axes(panel: Panel, title: str, sizes: Sequence[int]) -> Iterable[str]:
    low, high = panel.values
    yield f'<text class="title" x="{panel.x}" y="{TOP - 22}">{title}</text>'
    value = low
    while value <= high * 1.01:
        y = panel.up(value)
        yield f'<path class="grid" d="M{panel.x} {y:.1f}h{PANEL}"/>'
        yield f'<text class="quiet" x="{panel.x - 8}" y="{y + 4:.1f}" text-anchor="end">{value:,g}</text>'
        value *= 10
    for size in sizes:
        x = panel.across(size)
        yield f'<path class="grid" d="M{x:.1f} {TOP}V{HIGH - FOOT}"/>'
        yield f'<text class="quiet" x="{x:.1f}" y="{HIGH - FOOT + 18}" text-anchor="middle">{size:,}</text>'
    yield f'<text class="quiet" x="{panel.x + PANEL / 2}" y="{HIGH - FOOT + 36}" text-anchor="middle">boroughs</text>'


def _straight(panel: Panel, through: Point) -> str:
    """The line on which twice as many boroughs take twice as long."""
    each = through.seconds / through.boroughs
    ends = [size for size in panel.sizes if panel.inside(size, size * each)]
    ends += [v / each for v in panel.values if panel.inside(v / each, v)]
    a, b = min(ends), max(ends)
    return (
        f'<path class="guide" d="M{panel.across(a):.1f} {panel.up(a * each):.1f}'
        f'L{panel.across(b):.1f} {panel.up(b * each):.1f}"/>'
    )


def _lines(panel: Panel, series: dict[str, list[tuple[int, float]]]) -> Iterable[str]:
    """Each with its name beside it, in its colour and with a sign, so that colour is not all that tells them."""
    x = panel.x
    for (name, values), letter in zip(series.items(), "abc", strict=False):
        at = [(panel.across(size), panel.up(value)) for size, value in values]
        path = "L".join(f"{x:.1f} {y:.1f}" for x, y in at)
        # The second line runs close to another one at its end, so its name stands at its second point.
        is_second = letter == "b" and len(at) > 1
        anchor = "middle" if is_second else "end"
        aside = 20 if is_second and len(series) == 2 else -9  # noqa: PLR2004 - below the line above it
        if at:
            yield f'<path class="line {letter}" d="M{path}"/>'
        yield from (f'<circle class="{letter}" cx="{x:.1f}" cy="{y:.1f}" r="3.5"/>' for x, y in at)
        if at:
            named = at[1] if is_second else at[-1]
            yield (
                f'<text class="{letter}" x="{named[0]:.1f}" y="{named[1] + aside:.1f}" text-anchor="{anchor}">{name}</text>'
            )
    if len(series) > 2:  # noqa: PLR2004 - only the times have a line of growth
        yield f'<text class="quiet" x="{x}" y="{HIGH - 8}">dashed: linear growth, through the cold build near 1,000</text>'


if __name__ == "__main__":
    main()
