# ruff: noqa: INP001 - a script, not a package
"""Builds that are killed, and readers that read meanwhile: what does either of them find?

    .venv/bin/python benchmarks/soak.py [--kills 200] [--rebuilds 100] [--write]

A small site without leaflets is built by turns from two contents, which differ in every page and in which
pages there are. A build is ended by SIGKILL at a random moment: half of the time at any moment, half of the
time while it writes. Then output/site must hold the one site or the other, file for file, before anything
was mended, and the next build must make the new one and leave nothing beside it.

Readers go over all pages and what they load, as files and through web servers, while the site is rebuilt.
Every answer must be there, and must be the page of one site or of the other, whole.

With `--write` the tables go into benchmarks/soak.md. Linux or macOS: Windows has no fork.
"""

import argparse
import contextlib
import functools
import hashlib
import http.client
import http.server
import os
import platform
import random
import re
import shutil
import signal
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))
from policing_summary import building, fingerprint, store

HERE = Path(__file__).parent
SITE = """\
title: {title}
description: What the police did.
address: https://summary.example.org/
publisher: {{name: Metropolitan Police Authority}}
boroughs:
  havering: {{name: Havering, code: E09000016}}
  bromley: {{name: Bromley, code: E09000006}}
  barnet: {{name: Barnet, code: E09000003}}
"""
EDITION = """\
title: {title} 2009/10
label: 2009/10
period: April 2009 to March 2010
formats: none
measures:
  robbery: {{name: Robbery}}
  gun-crime: {{name: Gun crime}}
"""
BOROUGH = """\
summary: What the police did in {name}, {title}.
performance:
  period: April 2009 to March 2010
  measures:
    - {{measure: robbery, before: {before}, now: 340}}
    - {{measure: gun-crime, before: 80, now: 95}}
"""
NAMES = ("Havering", "Bromley", "Barnet")
LOADED = re.compile(rb'(?:href|src)="((?:\.\./)*assets/[^"#]+)"')


@dataclass(frozen=True)
class Content:
    """One of the two contents, and the site that comes of it."""

    title: str
    boroughs: tuple[str, ...]
    before: int

    def write(self, root: Path) -> None:
        shutil.rmtree(root / "content", ignore_errors=True)
        folder = root / "content" / "2009-10"
        folder.mkdir(parents=True)
        (root / "content" / "site.yaml").write_text(SITE.format(title=self.title), "utf-8")
        (folder / "edition.yaml").write_text(EDITION.format(title=self.title), "utf-8")
        for name in self.boroughs:
            text = BOROUGH.format(name=name, title=self.title, before=self.before)
            (folder / f"{name.lower()}.yaml").write_text(text, "utf-8")


ONE = Content("The first summary", NAMES[:2], 334)
OTHER = Content("Another summary", NAMES[1:], 301)


def build(root: Path) -> None:
    """One build in this process, as the command makes it: it begins where the last one ended, and is noted."""
    last = fingerprint.last(str(root))
    inputs = fingerprint.take(str(root), last.inputs if last else None)
    summary = building.build(root, silent, record=last)
    fingerprint.record(str(root), "build", inputs, str(summary.pages))


def silent(what: str, done: int, total: int) -> None:
    """Nobody is there to be told."""


def files_of(root: Path) -> dict[str, bytes]:
    return store.gathered(root / "output" / "site")


def sites(root: Path) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """What each content comes to."""
    made = []
    for content in (ONE, OTHER):
        content.write(root)
        build(root)
        made.append(files_of(root))
    return made[0], made[1]


# Kills


@dataclass(frozen=True)
class Kill:
    """`when`: in which half; `left`: what lay there before anything was mended; `mended`: whether all is well."""

    when: str
    left: str
    mended: bool


def kills(root: Path, number: int, seed: int = 1) -> Iterator[Kill]:
    """Build by turns, kill, look, and build again."""
    dice = random.Random(seed)  # noqa: S311 - for moments, not for secrets
    both = sites(root)
    ONE.write(root)
    whole, writing = _durations(root)
    OTHER.write(root)
    build(root)
    at = 1
    for turn in range(number):
        content, new, old = ((OTHER, ONE)[at], both[1 - at], both[at])
        content.write(root)
        while_writing = turn % 2 == 1
        _killed(root, dice.uniform(0, 1.1 * (writing if while_writing else whole)), while_writing)
        left = _named(files_of(root), old, new)
        build(root)
        leftovers = [p for p in (root / "output").rglob("*") if ".new-" in p.name]
        twin = store.gathered(root / "output" / store.STAGING / store.TWIN)
        mended = files_of(root) == twin == new and not leftovers
        yield Kill("while writing" if while_writing else "at any moment", left, mended)
        at = 1 - at


def _named(found: Mapping[str, bytes], old: Mapping[str, bytes], new: Mapping[str, bytes]) -> str:
    return "the old site" if found == old else "the new site" if found == new else "torn"


def _durations(root: Path) -> tuple[float, float]:
    """Seconds of a whole build, and of its writing alone, in a process as those that are killed."""
    read, write = os.pipe()
    began = time.perf_counter()
    child = _forked(root, write)
    os.read(read, 1)
    writes = time.perf_counter()
    os.waitpid(child, 0)
    done = time.perf_counter()
    os.close(read)
    os.close(write)
    return done - began, done - writes


def _killed(root: Path, after: float, while_writing: bool) -> None:  # noqa: FBT001
    read, write = os.pipe()
    child = _forked(root, write)
    os.close(write)
    if while_writing:
        os.read(read, 1)  # ends at once if the child does
    time.sleep(after)
    with contextlib.suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(read)


def _forked(root: Path, told: int) -> int:
    """A process with everything imported that builds at once, and tells when it begins to write."""
    child = os.fork()
    if child:
        return child
    try:
        for name in ("commit", "change"):
            setattr(store, name, _telling(getattr(store, name), told))  # in this process alone
        build(root)
        os._exit(0)
    finally:
        os._exit(1)


def _telling(work: Callable[..., Any], told: int) -> Callable[..., Any]:
    def telling(*files: Any, **named: Any) -> Any:  # noqa: ANN401
        os.write(told, b".")
        return work(*files, **named)

    return telling


# Readers


@dataclass
class Answers:
    """What one reader got: `right` answers, and whatever was wrong with others."""

    way: str
    right: int
    wrong: Counter[str]


Get = Callable[[str], bytes]


def readers(root: Path, rebuilds: int) -> list[Answers]:
    """Rebuild by turns while four readers go over all pages that both sites have."""
    one, other = sites(root)
    known = {
        path: {hashlib.sha256(site[path]).digest() for site in (one, other)}
        for path in one.keys() & other.keys()
    }
    site = root / "output" / "site"
    done = threading.Event()
    with _served_from_inside(site) as inside, _served(site) as port:
        ways: dict[str, Get] = {
            "files": lambda path: (site / path).read_bytes(),
            "a web server": functools.partial(_got, port),
            "a second client of it": functools.partial(_got, port),
            "a web server started inside the folder": functools.partial(_got, inside),
        }
        answers = [Answers(way, 0, Counter()) for way in ways]
        threads = [
            threading.Thread(target=_read, args=(get, known, answer, done))
            for get, answer in zip(ways.values(), answers, strict=True)
        ]
        for thread in threads:
            thread.start()
        for turn in range(rebuilds):
            (ONE, OTHER)[turn % 2].write(root)
            build(root)
        done.set()
        for thread in threads:
            thread.join()
    return answers


def _read(
    get: Get, known: Mapping[str, set[bytes]], answer: Answers, done: threading.Event
) -> None:
    while not done.is_set():
        for path, right in sorted(known.items()):
            try:
                data = get(path)
                loaded = {name.decode().replace("../", "") for name in LOADED.findall(data)}
                for asset in loaded:
                    get(asset)
            except (OSError, http.client.HTTPException) as error:
                answer.wrong[f"{path}: {type(error).__name__}"] += 1
                continue
            if hashlib.sha256(data).digest() in right:
                answer.right += 1
            else:
                answer.wrong[f"{path}: mixed"] += 1


def _got(port: int, path: str) -> bytes:
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        client.request("GET", f"/{path}")
        answer = client.getresponse()
        data = answer.read()
        if answer.status != http.HTTPStatus.OK:
            raise OSError(answer.status)
        return data
    finally:
        client.close()


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


@contextlib.contextmanager
def _served(folder: Path) -> Iterator[int]:
    handler = functools.partial(Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
            thread.join()


@contextlib.contextmanager
def _served_from_inside(folder: Path) -> Iterator[int]:
    """A process whose working folder is the site, as of `cd output/site; python3 -m http.server`."""
    read, write = os.pipe()
    child = os.fork()
    if not child:
        try:
            os.chdir(folder)
            server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Quiet)
            os.write(write, f"{server.server_address[1]}\n".encode())
            server.serve_forever()
        finally:
            os._exit(1)
    os.close(write)
    with os.fdopen(read) as told:
        port = int(told.readline())
    try:
        yield port
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


# What is told


def table_of_kills(found: list[Kill]) -> str:
    lines = ["| killed | builds | left the old site | left the new site | torn | not mended |"]
    lines.append("|---|---:|---:|---:|---:|---:|")
    for when in ("at any moment", "while writing"):
        some = [kill for kill in found if kill.when == when]
        left = Counter(kill.left for kill in some)
        lines.append(
            f"| {when} | {len(some)} | {left['the old site']} | {left['the new site']} "
            f"| {left['torn']} | {sum(not kill.mended for kill in some)} |"
        )
    return "\n".join(lines)


def table_of_readers(answers: list[Answers]) -> str:
    lines = ["| read through | right answers | failed or mixed |", "|---|---:|---:|"]
    lines += [f"| {each.way} | {each.right:,} | {each.wrong.total()} |" for each in answers]
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--rebuilds", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", action="store_true", help="into benchmarks/soak.md")
    wish = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        killed = list(kills(Path(folder) / "kills", wish.kills, wish.seed))
        answers = readers(Path(folder) / "readers", wish.rebuilds)
    told = (
        "# Killed builds, and readers meanwhile\n\n"
        f"Made by `benchmarks/soak.py` on {platform.system()} with Python {platform.python_version()}. It says\n"
        "how; every number in the last columns is to be 0.\n\n"
        f"{table_of_kills(killed)}\n\nWhile the site was rebuilt {wish.rebuilds} times:\n\n"
        f"{table_of_readers(answers)}\n"
    )
    sys.stdout.write(told)
    for answer in answers:
        for what, count in answer.wrong.most_common(5):
            sys.stdout.write(f"{answer.way}: {count} × {what}\n")
    if wish.write:
        (HERE / "soak.md").write_text(told, encoding="utf-8")
    is_whole = all(kill.left != "torn" and kill.mended for kill in killed)
    return 0 if is_whole and not any(answer.wrong for answer in answers) else 1


if __name__ == "__main__":
    sys.exit(main())
