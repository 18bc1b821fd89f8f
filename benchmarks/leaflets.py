# ruff: noqa: INP001 - a script, not a package
"""How long leaflets take, and how much memory, beside WeasyPrint's own command and Chromium → leaflets.md.

    .venv/bin/python benchmarks/leaflets.py

33 booklets of eight A5 pages: Havering's of 2009/10 with other names and numbers, so that about half of
the pages are the same in all, as they are in that edition. The peers get the same words, styles and
fonts, and do not fit them to eight pages. Typst is not among them: it reads no CSS. Wants an idle machine.
"""

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from policing_summary import checks, content, crew, environment, leaflet, typesetting, workers  # noqa: E402
from policing_summary.document import Document  # noqa: E402
from policing_summary.formats import DEFAULT  # noqa: E402

RESULTS = ROOT / "benchmarks" / "leaflets.md"
EDITION = "2009-10"
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
BAR_COLD, BAR_WARM, BAR_FRESH, BAR_MEMORY = 0.15, 0.6, 1.5, 120


def main() -> None:
    parser = argparse.ArgumentParser(description="Time leaflets.")
    parser.add_argument("--runs", type=int, default=5, help="counted runs of each case")
    parser.add_argument("--leaflets", type=int, default=1000, help="how many for the memory")
    parser.add_argument("--boroughs", type=int, default=33, help="how many booklets")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        site(Path(name), asked.boroughs)
        documents = composed(Path(name))
        rows = [
            *ours(documents, asked.runs, asked.leaflets),
            (
                "one borough's text changed, a fresh `build`, s",
                fresh(Path(name), asked.runs),
                BAR_FRESH,
            ),
            *peers(documents, Path(name), asked.runs),
        ]
    table = "\n".join(
        ["| case | median | fewest–most | bar |", "|---|---|---|---|", *map(row, rows)]
    )
    RESULTS.write_text(report(table, asked.runs, asked.leaflets), "utf-8")
    sys.stdout.write(f"{table}\n")


Row = tuple[str, list[float], float | None]


def row(told: Row) -> str:
    what, figures, bar = told
    middle, least, most = statistics.median(figures), min(figures), max(figures)
    return f"| {what} | {middle:.2f} | {least:.2f}–{most:.2f} | {f'{bar:g}' if bar else ''} |"


def report(table: str, runs: int, many: int) -> str:
    busy = os.getloadavg()[0]
    return f"""# How fast leaflets are

{table}

Measured with `.venv/bin/python benchmarks/leaflets.py`: {runs} runs of each case, memory over {many} leaflets,
on {crew.cores()} cores with a load of {busy:.0f} from other work. The bars are those of an idle machine: read
ratios. The peers lay the same words out once, and fit nothing.
"""


def site(root: Path, boroughs: int) -> None:
    """Havering's summary for so many boroughs of London, each with its own name and numbers."""
    for part in ("content", "templates", "policing_summary"):
        shutil.copytree(
            ROOT / part, root / part, ignore=shutil.ignore_patterns("__pycache__", "*.??.yaml")
        )
    for lock in ROOT.glob("requirements*.lock"):
        shutil.copy(lock, root)
    for folder in (each.parent for each in (root / "content").glob("*/edition.yaml")):
        if folder.name != EDITION:
            shutil.rmtree(folder)
    edition = root / "content" / EDITION
    text = (edition / "edition.yaml").read_text("utf-8")
    formats = re.sub(r"^formats:.*$", f"formats: [{DEFAULT.name}]", text, flags=re.MULTILINE)
    (edition / "edition.yaml").write_text(formats, "utf-8")
    settings = (root / "content" / "site.yaml").read_text("utf-8")
    settings = re.sub(r"^languages:.*\n", "", settings, flags=re.MULTILINE)
    (root / "content" / "site.yaml").write_text(settings, "utf-8")
    havering = (edition / "havering.yaml").read_text("utf-8")
    for path in edition.glob("*.yaml"):
        if path.name != "edition.yaml":
            path.unlink()
    named = re.findall(r"^  ([a-z-]+): \{name: ([^,]+),", settings, re.MULTILINE)
    for number, (slug, name) in enumerate(named[:boroughs]):
        (edition / f"{slug}.yaml").write_text(about(havering, name, number), "utf-8")


def about(havering: str, name: str, number: int) -> str:
    text = havering.replace("Havering", name).replace("878", str(600 + 7 * number))
    text = text.replace("4,555", f"4,{100 + number}")
    text = re.sub(
        r"^      (before|now): (\d+)$",
        lambda m: f"      {m[1]}: {int(m[2]) + (5 if m[1] == 'now' else 3) * number}",
        text,
        flags=re.MULTILINE,
    )
    text = re.sub(r"^      (counts|change|percent|outcome): .*\n", "", text, flags=re.MULTILINE)
    return text.replace("Safer Neighbourhoods events,", f"Safer Neighbourhoods events in {name},")


def composed(root: Path) -> list[Document]:
    sheets, _ = checks.run(content.load(root / "content"))
    return [leaflet.compose(sheet, DEFAULT) for sheet in sheets]


def noted(document: Document) -> tuple[float, float, int]:
    """Seconds of this process for a leaflet, its megabytes afterwards, and the pages."""
    began = time.process_time()
    made = typesetting.typeset(document)
    return time.process_time() - began, crew.megabytes(), made.pages


def ours(documents: list[Document], runs: int, many: int) -> Iterator[Row]:
    walls, busy = [], []
    for _ in range(runs):
        began = time.perf_counter()
        done = [each for _, each in workers.finished(noted, documents, range(len(documents)))]
        walls.append((time.perf_counter() - began) / len(documents))
        busy.append(sum(seconds for seconds, _, _ in done) / len(documents))
        if any(pages != DEFAULT.pages for _, _, pages in done):
            sys.exit("A booklet does not have its eight pages.")
    yield f"{len(documents)} booklets, cold, s each", walls, BAR_COLD
    yield "the same, s of processor each", busy, None
    with crew.undisturbed():
        typesetting.typeset(documents[0])
        warm = [
            timed(lambda n=n: typesetting.typeset(changed(documents[0], n))) for n in range(runs)
        ]
    yield "one borough's text changed, warm, s", warm, BAR_WARM
    jobs = [documents[n % len(documents)] for n in range(many)]
    held = [each for _, (_, each, _) in workers.finished(noted, jobs, range(many))]
    tenth = max(1, many // 10)
    yield f"memory of a worker, MB, the first {tenth} of {many} leaflets", held[:tenth], BAR_MEMORY
    yield f"the same, the last {tenth}", held[-tenth:], BAR_MEMORY


def changed(document: Document, number: int) -> Document:
    """The commander's message with another number."""
    pieces = [
        replace(piece, html=piece.html.replace("hard year", f"hard year no. {number}"))
        for piece in document.pieces
    ]
    return replace(document, pieces=tuple(pieces))


def timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def fresh(root: Path, runs: int) -> list[float]:
    """Whole processes, each after one borough's file was changed."""
    command = [sys.executable, "-P", "-m", "policing_summary", "build"]
    variables = environment.variables(str(root), os.environ)
    path = next((root / "content" / EDITION).glob("b*.yaml"))

    def build() -> None:
        subprocess.run(command, cwd=root, env=variables, check=True, capture_output=True)

    build()
    times = []
    for number in range(runs):
        text = path.read_text("utf-8")
        path.write_text(re.sub(r"hard year( no\. \d+)?", f"hard year no. {number}", text), "utf-8")
        times.append(timed(build))
    return times


def peers(documents: list[Document], root: Path, runs: int) -> Iterator[Row]:
    """The same documents as plain HTML files, with fonts beside them."""
    files = []
    for name, data in documents[0].files:
        (root / name).write_bytes(data)
    for number, document in enumerate(documents[: runs + 1]):
        styles = (
            f"{document.styles}\n{document.own}\n:root {{ --air: 1; --lead: 1; font-size: 10pt }}"
        )
        inner = f"{document.front}<main>{''.join(p.html for p in document.pieces)}</main>{document.imprint}"
        page = document.page(inner).replace("</head>", f"<style>{styles}</style></head>")
        path = root / f"peer-{number}.html"
        path.write_text(page.replace("leaflet:/", ""), "utf-8")
        files.append(path)
    weasyprint = [sys.executable, "-m", "weasyprint"]
    alone = [
        timed(
            lambda p=path: subprocess.run(
                [*weasyprint, p, p.with_suffix(".pdf")], check=True, capture_output=True
            )
        )
        for path in files[1:]
    ]
    yield "WeasyPrint's own command for each file, s", alone, None
    if CHROMIUM:
        yield "Chromium, headless and warm, s", list(chromium(files)), None


def chromium(files: list[Path]) -> Iterator[float]:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - with the tools of the tests

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page()

        def printed(path: Path) -> None:
            page.goto(path.as_uri())
            page.evaluate("document.fonts.ready")
            page.pdf(prefer_css_page_size=True, tagged=True)

        printed(files[0])
        yield from (timed(lambda p=path: printed(p)) for path in files[1:])
        browser.close()


if __name__ == "__main__":
    main()
