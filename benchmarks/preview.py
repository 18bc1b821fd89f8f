# ruff: noqa: INP001 - a script, not a package
"""From a save to the changed page in an open browser: this preview beside Hugo's and Eleventy's servers.

    .venv/bin/python benchmarks/preview.py --hugo hugo --eleventy node_modules/.bin/eleventy

One run, the same made-up boroughs for all, and one Chromium with one page open. Each save changes a sentence of
one borough. The time is from before the file is written until the words are in the open page, by the clock
that browser and script share. `served` is until the server gives the new words to somebody who keeps asking.
Whoever is not given is left out. Writes benchmarks/preview.md.
"""

import argparse
import json
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Page, sync_playwright
from sites import EDITION, Made, boroughs
from sites import write as write_site

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "benchmarks" / "preview.md"
PATIENCE, PAUSE = 30.0, 0.5
WATCH = """
setInterval(() => {
  const found = document.body?.textContent.match(/Save (\\d+)\\./);
  const leaf = document.querySelector('.spread img')?.getAttribute('src') ?? '';
  for (const [kind, now] of [['words', found?.[1] ?? ''], ['leaf', leaf]]) {
    if (!now || sessionStorage.getItem(`seen-${kind}`) === now) continue;
    sessionStorage.setItem(`seen-${kind}`, now);
    window.seen(kind, now, Date.now() / 1000);
  }
}, 2);
"""
HUGO_PAGE = """\
<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title></head><body><main>
<h1>{{ .Title }}</h1><p>{{ .Params.summary }}</p>{{ .Content }}
<table>{{ range .Params.rows }}<tr><th>{{ .measure }}</th><td>{{ .before }}</td><td>{{ .now }}</td></tr>{{ end }}</table>
</main></body></html>
"""
HUGO_HOME = """\
<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>All</title></head><body><ul>
{{ range .Site.RegularPages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul></body></html>
"""
ELEVENTY_PAGE = """\
<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{{ title }}</title></head><body><main>
<h1>{{ title }}</h1><p>{{ summary }}</p>{{ content | safe }}
<table>{% for row in rows %}<tr><th>{{ row.measure }}</th><td>{{ row.before }}</td><td>{{ row.now }}</td></tr>{% endfor %}</table>
</main></body></html>
"""


@dataclass(frozen=True)
class Server:
    """How one of them is started on a folder and a port, and what a save changes there."""

    name: str
    write: Callable[[Path, int], None]
    command: Callable[[int], list[str]]
    file: str
    page: str
    open: str
    words: str
    """The beginning of a sentence in the file, which each save changes."""


def program(folder: Path) -> None:
    for part in ("templates", "policing_summary"):
        shutil.copytree(ROOT / part, folder / part)
    shutil.copy(ROOT / "requirements.lock", folder)


def ours(folder: Path, count: int) -> None:
    program(folder)
    write_site(folder, count)


def real(folder: Path, _: int) -> None:
    """The content of the project: its booklets have exactly their pages, which made-up words have not."""
    program(folder)
    shutil.copytree(ROOT / "content", folder / "content")


def markdown(made: Made, more: dict[str, str]) -> str:
    """The same words and rows, as the others read them."""
    rows = [{"measure": name, "before": before, "now": now} for name, before, now in made.rows]
    head = {"title": made.name, "summary": made.summary, "rows": rows, **more}
    projects = "\n\n".join(f"## {title}\n\n{text}" for title, text in made.projects)
    words = "\n\n".join(made.message)
    return f"---json\n{json.dumps(head)}\n---\n{words}\n\n{projects}\n"


def hugo(folder: Path, count: int) -> None:
    (folder / "content").mkdir()
    (folder / "layouts").mkdir()
    (folder / "hugo.toml").write_text('baseURL = "http://localhost/"\ntitle = "All"\n', "utf-8")
    (folder / "layouts" / "single.html").write_text(HUGO_PAGE, "utf-8")
    (folder / "layouts" / "home.html").write_text(HUGO_HOME, "utf-8")
    for made in boroughs(count):
        text = markdown(made, {}).removeprefix("---json\n").replace("\n---\n", "\n\n", 1)
        (folder / "content" / f"{made.slug}.md").write_text(text, "utf-8")


def eleventy(folder: Path, count: int) -> None:
    (folder / "_includes").mkdir()
    (folder / "_includes" / "page.njk").write_text(ELEVENTY_PAGE, "utf-8")
    for made in boroughs(count):
        (folder / f"{made.slug}.md").write_text(markdown(made, {"layout": "page.njk"}), "utf-8")


@contextmanager
def running(server: Server, folder: Path, port: int) -> Iterator[str]:
    started = subprocess.Popen(
        server.command(port),
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        until(lambda: fetched(f"{address}{server.page}"))
        yield address
    finally:
        os.killpg(started.pid, signal.SIGTERM)
        try:
            started.wait(5)
        except subprocess.TimeoutExpired:
            os.killpg(started.pid, signal.SIGKILL)
            started.wait()


def until(look: Callable[[], object]) -> float:
    """The time at which it is so."""
    end = time.time() + PATIENCE
    while not look():
        if time.time() > end:
            raise TimeoutError
        time.sleep(0.002)
    return time.time()


def fetched(address: str) -> str:
    try:
        with urlopen(address, timeout=PATIENCE) as answer:  # noqa: S310 - our own address
            return answer.read().decode()
    except (URLError, OSError):
        return ""


@dataclass(frozen=True)
class Times:
    """Seconds, one for each save."""

    served: tuple[float, ...]
    shown: tuple[float, ...]
    leaflet: tuple[float, ...] = ()


def measure(server: Server, folder: Path, page: Page, seen: dict, saves: int) -> Times:  # type: ignore[type-arg]
    file = folder / server.file
    words = file.read_text("utf-8")
    first = server.words
    if words.count(first) != 1:
        sys.exit(f"{server.file} no longer has the sentence that is to be changed: {first}")
    with running(server, folder, free_port()) as address:

        def save(number: int) -> float:
            changed = words.replace(first, f"Save {number}. {first}", 1)
            began = time.time()
            file.write_text(changed, "utf-8")
            return began

        served, shown, leaflet = [], [], []
        for number in range(1, saves + 1):
            began = save(number)
            served.append(
                until(lambda n=number: f"Save {n}." in fetched(f"{address}{server.page}")) - began
            )
            time.sleep(PAUSE)
        page.goto(f"{address}{server.open}")
        page.wait_for_timeout(2000)
        has_leaflet = server.open.startswith("/_preview/")
        if has_leaflet:
            wait(page, lambda: "leaf" in seen)
        for number in range(100, 100 + saves):
            before = seen.get("leaf")
            began = save(number)
            wait(page, lambda n=number: seen.get("words", ("",))[0] == str(n))
            shown.append(seen["words"][1] - began)
            if has_leaflet:
                wait(page, lambda b=before: seen.get("leaf") != b)
                leaflet.append(seen["leaf"][1] - began)
            page.wait_for_timeout(PAUSE * 1000)
    file.write_text(words, "utf-8")
    return Times(tuple(served), tuple(shown), tuple(leaflet))


def wait(page: Page, look: Callable[[], object]) -> None:
    end = time.time() + PATIENCE
    while not look():
        if time.time() > end:
            raise TimeoutError
        page.wait_for_timeout(5)


def free_port() -> int:
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])


def servers(wish: argparse.Namespace) -> Iterator[Server]:
    made = next(boroughs(1))
    slug, words = made.slug, made.message[0].split(". ")[0]
    preview = [sys.executable, "-P", "-m", "policing_summary", "preview", "--no-browser", "--port"]
    path, file = f"/{EDITION}/{slug}/", f"content/{EDITION}/{slug}.yaml"

    def start(port: int) -> list[str]:
        return [*preview, str(port)]

    yield Server("This preview", ours, start, file, path, path, words)
    page, file = "/2009-10/bromley/", "content/2009-10/bromley.yaml"
    shell = f"/_preview/#{page}"
    sentence = "A good message begins"
    yield Server(
        "The same, real content, with its booklet", real, start, file, page, shell, sentence
    )
    if wish.hugo:
        hugo_is = [str(Path(wish.hugo).resolve()), "server", "--port"]
        file, page = f"content/{slug}.md", f"/{slug}/"
        yield Server("Hugo", hugo, lambda port: [*hugo_is, str(port)], file, page, page, words)
    if wish.eleventy:
        program_is = [str(Path(wish.eleventy).resolve()), "--serve", "--incremental", "--quiet"]
        file, page = f"{slug}.md", f"/{slug}/"
        yield Server(
            "Eleventy",
            eleventy,
            lambda port: [*program_is, f"--port={port}"],
            file,
            page,
            page,
            words,
        )


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--boroughs", type=int, default=33)
    asked.add_argument("--saves", type=int, default=15)
    for peer in ("hugo", "eleventy"):
        asked.add_argument(f"--{peer}")
    wish = asked.parse_args()
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    told = []
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for server in servers(wish):
            seen: dict[str, tuple[str, float]] = {}
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            page.expose_function(
                "seen", lambda kind, what, at, seen=seen: seen.__setitem__(kind, (what, at))
            )
            page.add_init_script(WATCH)
            with tempfile.TemporaryDirectory() as folder:
                server.write(Path(folder), wish.boroughs)
                told.append((server, measure(server, Path(folder), page, seen, wish.saves)))
            page.close()
            sys.stdout.write(f"{row(*told[-1], told)}\n")
        browser.close()
    RESULTS.write_text(report(wish, told), "utf-8")


def row(server: Server, times: Times, told: list[tuple[Server, Times]]) -> str:
    ours_is = statistics.median(next(t for s, t in told if s.name.startswith("This")).shown)
    cells = [
        f"{statistics.median(some):.3f} ({min(some):.3f}–{max(some):.3f})" if some else "–"
        for some in (times.served, times.shown, times.leaflet)
    ]
    ratio = f"{statistics.median(times.shown) / ours_is:.1f}"
    return f"| {server.name} | {' | '.join(cells)} | {ratio} |"


def report(wish: argparse.Namespace, told: list[tuple[Server, Times]]) -> str:
    rows = "\n".join(row(server, times, told) for server, times in told)
    load = os.getloadavg()[0]
    return f"""\
# From a save to what is seen

Made by `benchmarks/preview.py`, which says how. Seconds: the median of {wish.saves} saves, and the fewest and the most.
{wish.boroughs} made-up boroughs of some 1,200 words, but for the second row, which is Bromley 2009/10 among the content of
this project; {os.cpu_count()} cores, shared with whatever else was running (load {load:.1f} at
the end): read the ratios, which are of what is seen in the browser, set against this preview's first row.
Hugo and Eleventy make one page for each borough of the same words and rows; this program checks all figures and
texts and makes the page, the newsletter, the plain text and the data.

| server | served | seen in the browser | leaflet seen | ratio |
|---|---|---|---|---|
{rows}
"""


if __name__ == "__main__":
    main()
