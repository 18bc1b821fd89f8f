# ruff: noqa: INP001 - a script, not a package
"""Publications that are killed at a random moment: what do readers find, and does the next run mend it?

    .venv/bin/python benchmarks/publish_kills.py [--kills 100] [--write]

Two small websites, which differ in every page and in which files there are, are published by turns: half of
the time into a folder, half of the time to a branch of a bare repository. Publishing is ended by SIGKILL,
git with it, even what git starts in the bare repository: the lock that this may leave there is removed, as the
message asks for (a host's own git is not killed, and leaves none). Then readers must find the one website or the
other, every file as its own list of checksums says, before anything is mended; and the next run must publish the
new one and leave nothing half-done behind.

With `--write` the table goes into benchmarks/publish_kills.md. Linux or macOS: Windows has no fork.
"""

import argparse
import contextlib
import os
import platform
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from policing_summary import manifest
from policing_summary.model.publishing import GitTarget
from policing_summary.publishing import plan
from policing_summary.publishing.folder import Folder
from policing_summary.publishing.git import Git
from policing_summary.publishing.host import Host

HERE = Path(__file__).parent
PAGES = 40
Files = Mapping[str, bytes]


def website(word: str) -> dict[str, bytes]:
    """A website of `PAGES` pages, all of which say `word` and ask for a stylesheet of its name."""
    files = {f"2009-10/{number}/index.html": f"{word} {number}".encode() for number in range(PAGES)}
    files |= {"index.html": f"assets/{word}.css".encode(), f"assets/{word}.css": word.encode()}
    files |= {f"{word}/index.html": b"a page that the other has not", "same.svg": b"<svg/>"}
    return {**files, manifest.NAME: manifest.write(manifest.sums(files))}


@dataclass(frozen=True)
class Way:
    """A kind of target: how it is opened, every file that readers find there, and what its own host clears away."""

    name: str
    open: Callable[[], Host]
    found: Callable[[], Files]
    is_tidy: Callable[[], bool]
    unlock: Callable[[], None]


@dataclass(frozen=True)
class Kill:
    """`left`: what readers found before anything was mended; `mended`: whether all is well after the next run."""

    way: str
    left: str
    mended: bool


def ways(root: Path) -> tuple[Way, Way]:
    www = root / "www"
    www.mkdir(parents=True)
    target, bare = www / "summaries", root / "bare.git"
    store = www / ".summaries.publications"
    subprocess.run(["git", "init", "-q", "--bare", "-b", "gh-pages", bare], check=True)
    branch = GitTarget(repository=str(bare))

    def in_folder() -> Files:
        files = (path for path in target.resolve().rglob("*") if path.is_file())
        return {path.relative_to(target.resolve()).as_posix(): path.read_bytes() for path in files}

    def on_branch() -> Files:
        clone = root / "clone"
        shutil.rmtree(clone, ignore_errors=True)
        asked = ["git", "clone", "-q", "--depth=1", "-b", branch.branch, f"file://{bare}", clone]
        subprocess.run(asked, check=True)
        subprocess.run(["git", "fsck", "--no-progress", "--no-dangling"], cwd=bare, check=True)
        shutil.rmtree(clone / ".git")
        return {
            p.relative_to(clone).as_posix(): p.read_bytes() for p in clone.rglob("*") if p.is_file()
        }

    def in_git() -> Git:
        return Git(branch, root, root / "cache", "Kills")

    def unlock() -> None:
        for lock in bare.rglob("*.lock"):
            lock.unlink()

    def tidy() -> bool:
        names = {path.name for path in store.iterdir()}
        return all(name.endswith(".json") or f"{name}.json" in names for name in names)

    return (
        Way("a folder", lambda: Folder(target, keep=2), in_folder, tidy, lambda: None),
        Way("a branch", in_git, on_branch, lambda: True, unlock),
    )


def publish(host: Host, site: Path) -> None:
    """As the command does it."""
    former = host.former()
    files = manifest.of_folder(site)
    if former and former.files == files and host.is_whole(site, former):
        return
    new = plan.following(former, files, host.next_number(), "")
    host.put(site, new, plan.compare(former, new))


def built(folder: Path, files: Files) -> Path:
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


def kills(root: Path, number: int, seed: int = 1) -> Iterator[Kill]:
    dice = random.Random(seed)  # noqa: S311 - for moments, not for secrets
    words = ("first", "other")
    sites = [(built(root / word, website(word)), website(word)) for word in words]
    for way in ways(root):
        for site, _ in (*sites, *sites):
            publish(way.open(), site)
        seconds = _duration(way, sites[0][0])
        for turn in range(number // 2):
            (_, old), (site, new) = sites[turn % 2], sites[1 - turn % 2]
            _killed(way, site, dice.uniform(0, 1.1 * seconds))
            left = named(way.found(), old, new)
            way.unlock()
            publish(way.open(), site)
            mended = named(way.found(), {}, new) == "the new site" and way.is_tidy()
            yield Kill(way.name, left, mended)


def named(found: Files, old: Files, new: Files) -> str:
    """Which site it is, if every file of it is there as its own list says."""
    for name, site in (("the old site", old), ("the new site", new)):
        if (
            site
            and site.items() <= found.items()
            and not ({*found} & {*old, *new}) - {*site} - KEPT
        ):
            return name
    return "torn"


KEPT = {f"assets/{word}.css" for word in ("first", "other")}  # stay for one publication longer


def _duration(way: Way, site: Path) -> float:
    """Seconds of publishing, in a process as those that are killed."""
    began = time.perf_counter()
    os.waitpid(_forked(way, site), 0)
    return time.perf_counter() - began


def _killed(way: Way, site: Path, after: float) -> None:
    child = _forked(way, site)
    time.sleep(after)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)


def _forked(way: Way, site: Path) -> int:
    """A process that leads a group of its own and publishes at once."""
    ready, tell = os.pipe()
    child = os.fork()
    if child:
        os.close(tell)
        os.read(ready, 1)
        os.close(ready)
        return child
    try:
        os.setpgid(0, 0)
        os.write(tell, b".")
        publish(way.open(), site)
        os._exit(0)
    finally:
        os._exit(1)


def table(found: list[Kill]) -> str:
    lines = [
        "| published to | killed | left the old site | left the new site | torn | not mended |"
    ]
    lines.append("|---|---:|---:|---:|---:|---:|")
    for way in ("a folder", "a branch"):
        some = [kill for kill in found if kill.way == way]
        counted = [sum(kill.left == left for kill in some) for left in LEFT]
        cells = (len(some), *counted, sum(not kill.mended for kill in some))
        lines.append(f"| {way} | {' | '.join(map(str, cells))} |")
    return "\n".join(lines)


LEFT = ("the old site", "the new site", "torn")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", action="store_true", help="into benchmarks/publish_kills.md")
    wish = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = list(kills(Path(folder), wish.kills, wish.seed))
    told = (
        "# Killed publications\n\n"
        f"Made by `benchmarks/publish_kills.py` on {platform.system()} with Python {platform.python_version()}.\n"
        f"It says how; the numbers in the last two columns are to be 0.\n\n{table(found)}\n"
    )
    sys.stdout.write(told)
    if wish.write:
        (HERE / "publish_kills.md").write_text(told, encoding="utf-8")
    return int(any(kill.left == "torn" or not kill.mended for kill in found))


if __name__ == "__main__":
    sys.exit(main())
