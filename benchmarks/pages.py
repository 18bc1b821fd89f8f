# ruff: noqa: INP001 - a script, not a package
"""How long pages take, beside Hugo, Eleventy, Pelican and MkDocs on the same words, rows and charts → pages.md.

    .venv/bin/python benchmarks/pages.py --boroughs 33 1000 --runs 5 --hugo …/bin/hugo --eleventy …/.bin/eleventy

Every figure is a whole process. The sites lie in a temporary folder: a copy of the sources with content that
`sites` makes up, and what `peers` makes of it for the others. Whoever is not there is left out; `peers` says
how they can be had. The results of a size are kept when another one is measured.
"""

import argparse
import re
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import peers
import run as whole
import sites
from peers import Changes, Peer

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "benchmarks" / "pages.md"
WORDS = ("slow", "patient", "quiet", "hard", "careful")
OURS = (whole.PYTHON, "build.py")
OURSELVES = "ours"
SIZE = "## {count:,} boroughs"


@dataclass(frozen=True)
class Case:
    """`before` brings a site that was built into the state from which a process is timed.

    `bars` are what it may take, by the number of boroughs: seconds, or a share of Hugo's.
    """

    name: str
    before: Callable[[Path, Changes, int], None]
    seconds: dict[int, float]
    of_hugo: dict[int, float]


def cold(folder: Path, _changes: Changes, _number: int) -> None:
    for made in (".cache", "output", "public", "resources", "_site", "site"):
        if (folder / made).exists():
            whole.put_away(folder / made)


def nothing(_folder: Path, _changes: Changes, _number: int) -> None:
    pass


def one_file(folder: Path, changes: Changes, number: int) -> None:
    another_word(folder / changes.file, "It was a year of ", number)


def shared(folder: Path, changes: Changes, number: int) -> None:
    another_word(folder / changes.shared, "Three aims are the ", number)


def another_word(path: Path, mark: str, number: int) -> None:
    text = path.read_text("utf-8")
    changed = re.sub(rf"{mark}\w+", mark + WORDS[number % len(WORDS)], text)
    if changed == text:
        sys.exit(f"{path.name} no longer has the words that are to be changed: {mark}…")
    path.write_text(changed, "utf-8")


def style(folder: Path, changes: Changes, number: int) -> None:
    with (folder / changes.style).open("a", encoding="utf-8") as file:
        file.write(f".run-{number} {{ color: inherit }}\n")


CASES = (
    Case("cold", cold, {}, {33: 3, 1000: 2}),
    Case("nothing changed", nothing, {33: 0.1, 1000: 0.15, 10_000: 0.5}, {1000: 1 / 15}),
    Case(
        "one file changed", one_file, {33: 0.4, 1000: 0.5, 10_000: 1}, {1000: 1 / 5, 10_000: 1 / 25}
    ),
    Case("one shared thing changed", shared, {}, {}),
    Case("one stylesheet changed", style, {}, {}),
)


def ours(folder: Path, count: int) -> Changes:
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
    slug = sites.borough(0).slug
    return Changes(
        f"content/{sites.EDITION}/{slug}.yaml",
        f"content/{sites.EDITION}/edition.yaml",
        whole.STYLE,
        f"output/site/{sites.EDITION}/{slug}/index.html",
    )


@dataclass(frozen=True)
class Measured:
    """One of them at a size: the runs of each case, in their order, and how much of our page its own says."""

    name: str
    runs: tuple[tuple[whole.Run, ...], ...]
    page: Path
    held: float = 1


US = Peer(OURSELVES, ours, lambda _: OURS, "")


def measured(peer: Peer, folder: Path, count: int, runs: int) -> Measured:
    folder.mkdir()
    changes = peer.write(folder, count)
    whole.timed(folder, peer.command(peer.program))
    page = folder.with_suffix(".html")
    shutil.copy(folder / changes.page, page)
    found = []
    for case in CASES:
        done = []
        for number in range(runs):
            case.before(folder, changes, number)
            done.append(whole.timed(folder, peer.command(peer.program)))
        found.append(tuple(done))
    return Measured(peer.name, tuple(found), page)


def main() -> None:
    parser = argparse.ArgumentParser(description="Time pages at every size, beside other programs.")
    parser.add_argument("--boroughs", type=int, nargs="+", default=[33, 1000])
    parser.add_argument("--runs", type=int, default=5)
    for peer in ("hugo", "eleventy", "pelican", "mkdocs"):
        parser.add_argument(f"--{peer}", help=f"the program, if it is not the `{peer}` on the path")
    asked = parser.parse_args()
    others = peers.found_peers(vars(asked))
    with tempfile.TemporaryDirectory() as name:
        for count in asked.boroughs:
            done = []
            for peer in (US, *others):
                made = measured(peer, Path(name) / f"{peer.name}-{count}", count, asked.runs)
                done.append(checked(made, done))
            text = section(count, done)
            sys.stdout.write(f"{text}\n")
            sys.stdout.flush()
            keep(count, f"{text}\n\n{condition(asked.runs, others, done)}")


def checked(made: Measured, before: Sequence[Measured]) -> Measured:
    """With how much of our words it says; it has to be nearly all."""
    if not before:
        return made
    share = peers.held(peers.words(before[0].page), peers.words(made.page))
    if share < peers.LEAST:
        sys.exit(
            f"The page of {made.name} has only {share:.0%} of the words of ours. Mend `peers.PAGE`."
        )
    return Measured(made.name, made.runs, made.page, share)


def section(count: int, done: Sequence[Measured]) -> str:
    names = [each.name for each in done]
    head = f"| {count:,} boroughs, pages | " + " | ".join(f"{name}, s" for name in names)
    ratios = [f"{OURSELVES} : {name}" for name in names[1:]]
    lines = [" | ".join([head, *ratios, "bar", "holds"]) + " |"]
    lines.append("|---" * lines[0].count(" | ") + "|---|")
    lines += [row(count, case, number, done) for number, case in enumerate(CASES)]
    memory = [max(r.megabytes for r in each.runs[0]) for each in done]
    cells = [f"{value:.0f} MB" for value in memory]
    cells += [f"{memory[0] / value:.2f}" for value in memory[1:]]
    lines.append(f"| largest process, cold | {' | '.join(cells)} | – | – |")
    return "\n".join(lines)


def row(count: int, case: Case, number: int, done: Sequence[Measured]) -> str:
    times = {each.name: statistics.median(r.seconds for r in each.runs[number]) for each in done}
    own = times[OURSELVES]
    others = [value for name, value in times.items() if name != OURSELVES]
    cells = [f"{value:.2f}" for value in times.values()]
    cells += [f"{own / value:.2f}" for value in others]
    bars, held = [], []
    if (most := case.seconds.get(count)) is not None:
        bars.append(f"≤ {most:g} s")
        held.append(own <= most)
    if (share := case.of_hugo.get(count)) is not None and "Hugo" in times:
        bars.append(f"≤ {share:.2g} × Hugo")
        held.append(own <= share * times["Hugo"])
    told = ("yes" if all(held) else "no") if held else "–"
    return f"| {case.name} | {' | '.join(cells)} | {', '.join(bars) or '–'} | {told} |"


def condition(runs: int, others: Sequence[Peer], done: Sequence[Measured]) -> str:
    """When and on what it was measured."""
    versions = ", ".join(map(peers.version, others)) or "no others were there"
    said = ", ".join(f"{each.name} {each.held:.1%}" for each in done[1:])
    same = f"Of the words of our page the others print: {said}. " if said else ""
    return (
        f"Medians of {runs} whole processes, at commit {whole.last_commit('%h')}. {whole.machine()}. "
        f"Measured beside: {versions}. {same}"
    ).strip()


HEAD = """\
# Pages, beside others

Made by `benchmarks/pages.py`, one after the other on one machine. The others get the same boroughs with every figure worked
out, and print the same words, rows and charts on one page each, with a list of all. Ours reads and checks every figure,
and makes pictures for shared links, data, feeds, newsletters, plain text and a search index besides.
They build the whole again whatever was changed: Eleventy 3.1 has a way to name one file (`--incremental=FILE`), and fails
with it on this site. What the figures do not say: a template that somebody else writes may be faster or slower.
"""


def keep(count: int, told: str) -> None:
    """Put the results of a size into the file, in place of those of the same size."""
    old = RESULTS.read_text("utf-8") if RESULTS.exists() else ""
    found = {
        int(size.replace(",", "")): text.strip()
        for size, text in re.findall(
            r"^## ([\d,]+) boroughs\n(.*?)(?=^## |\Z)", old, re.MULTILINE | re.DOTALL
        )
    }
    found[count] = told
    parts = (f"{SIZE.format(count=size)}\n\n{found[size]}\n" for size in sorted(found))
    RESULTS.write_text("\n".join([HEAD, *parts]), "utf-8")


if __name__ == "__main__":
    main()
