# ruff: noqa: INP001 - a script, not a package
"""output/site → the pictures in README.md and docs/, made anew from the real page and leaflet.

    python3 build.py && .venv/bin/python docs/images/make.py

Needs what the tests need: pdftoppm, Chromium, and the test environment for playwright.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from PIL import Image, ImageOps
from playwright.sync_api import sync_playwright

HERE = Path(__file__).parent
SITE = HERE.parent.parent / "output" / "site"
PAGE = "2009-10/havering"
DOTS_PER_INCH = 160
MOST_BYTES = 150_000
BACKGROUND = {"light": "#e9eef2", "dark": "#0b141c"}
EDGE = {"light": "#c9d3db", "dark": "#33424f"}
GAP = 20


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *words: object) -> None:
        """Nobody needs a line for each request."""


def main() -> None:
    if not (SITE / PAGE / "leaflet.pdf").is_file():
        sys.exit("There is no site to take pictures of. First type:  python3 build.py")
    leaflet = leaflet_pages(SITE / PAGE / "leaflet.pdf")
    for scheme, page in screenshots().items():
        save(overview(page, leaflet, scheme), f"overview-{scheme}.webp")
    save(spreads(leaflet), "leaflet.webp")
    for scheme, picture in previews().items():
        save(picture, f"preview-{scheme}.webp")
    for name, picture in forms().items():
        save(picture, f"{name}-light.webp")


def leaflet_pages(pdf: Path) -> list[Image.Image]:
    with tempfile.TemporaryDirectory() as folder:
        command = ["pdftoppm", "-r", str(DOTS_PER_INCH), "-png", str(pdf), f"{folder}/page"]
        subprocess.run(command, check=True)
        return [Image.open(path).copy() for path in sorted(Path(folder).iterdir())]


def screenshots() -> dict[str, Image.Image]:
    """The top of the borough's page, 1280 pixels wide, in both colour schemes."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(SITE)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    taken = {}
    with sync_playwright() as play, tempfile.TemporaryDirectory() as folder:
        browser = play.chromium.launch(executable_path=program)
        for scheme in BACKGROUND:
            tab = browser.new_page(
                viewport={"width": 1280, "height": 1280},
                color_scheme="dark" if scheme == "dark" else "light",
            )
            for _ in "12":  # a font that comes late is used from the second look on
                tab.goto(f"http://127.0.0.1:{server.server_port}/{PAGE}/", wait_until="networkidle")
            picture = Path(folder) / f"{scheme}.png"
            tab.screenshot(path=picture)
            taken[scheme] = Image.open(picture).convert("RGB")
        browser.close()
    server.shutdown()
    return taken


def previews() -> dict[str, Image.Image]:
    """Page and leaflet side by side in the preview, under a mistake that was made a moment ago."""
    root, taken = HERE.parent.parent, {}
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        for part in ("content", "templates", "policing_summary", ".cache/leaflets"):
            shutil.copytree(root / part, Path(folder) / part)
        command = [sys.executable, "-P", "-m", "policing_summary", "preview", "--no-browser"]
        surroundings = {**os.environ, "PYTHONPATH": folder}
        running = subprocess.Popen(command, env=surroundings, stdout=subprocess.PIPE, text=True)
        program = shutil.which("chromium") or shutil.which("chromium-browser")
        browser = play.chromium.launch(executable_path=program)
        try:
            address = running.stdout.readline().split()[-1]
            tabs = {
                scheme: browser.new_page(
                    viewport={"width": 1440, "height": 900}, color_scheme=scheme
                )
                for scheme in BACKGROUND
            }
            for tab in tabs.values():
                tab.goto(f"{address}#/{PAGE}/")
                tab.get_by_text("Up to date").wait_for(timeout=60_000)
                tab.wait_for_timeout(2_000)
            written = Path(folder) / "content" / f"{PAGE}.yaml"
            written.write_text(
                written.read_text("utf-8").replace("percent: 25.5", "percent: 22.5"), "utf-8"
            )
            for scheme, tab in tabs.items():
                tab.get_by_role("region", name="Problems").wait_for()
                tab.wait_for_timeout(500)
                picture = Path(folder) / f"{scheme}.png"
                tab.screenshot(path=picture)
                shown = Image.open(picture).convert("RGB")
                taken[scheme] = shown.resize((1080, 675), Image.Resampling.LANCZOS)
        finally:
            browser.close()
            running.kill()
            running.wait()
    return taken


FORMS = {
    "form": (PAGE, "percent: 25.5", "percent: 22.5", "f-performance/measures/0/change", (780, 600)),
    "translation": (f"{PAGE}.pl", "a hard year", "a long year", "f-summary", (900, 640)),
}
"""Each form, what is changed in the original for it, the field that it is scrolled to, and its size."""


def forms() -> dict[str, Image.Image]:
    """A part of a borough's form with a wrong figure, and of a translation that is behind."""
    sys.path.insert(0, str(HERE.parent.parent))
    from policing_summary.forms import answering  # noqa: PLC0415 - the program is no package that is installed

    taken = {}
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        root = Path(folder)
        program = shutil.which("chromium") or shutil.which("chromium-browser")
        browser = play.chromium.launch(executable_path=program)
        for name, (file, old, new, field, (width, height)) in FORMS.items():
            shutil.copytree(HERE.parent.parent / "content", root / name / "content")
            written = root / name / "content" / f"{PAGE}.yaml"
            written.write_text(written.read_text("utf-8").replace(old, new), "utf-8")
            page = root / f"{name}.html"
            page.write_text(answering.show(root / name, file, "").html, "utf-8")
            tab = browser.new_page(viewport={"width": width, "height": height})
            tab.goto(page.as_uri())
            tab.locator(f"[id='{field}']").evaluate("e => e.scrollIntoView()")
            tab.screenshot(path=root / f"{name}.png")
            taken[name] = Image.open(root / f"{name}.png").convert("RGB")
        browser.close()
    return taken


def overview(page: Image.Image, leaflet: list[Image.Image], scheme: str) -> Image.Image:
    """The page on the left; on the right back and cover, and below them the spread in the middle."""
    height = 430
    pairs = [side_by_side(first, second, height) for first, second in _pairs(leaflet, (7, 0, 3, 4))]
    side = 2 * height + GAP
    shown = page.resize((side, side), Image.Resampling.LANCZOS)
    width = GAP + side + GAP + pairs[0].width + GAP
    canvas = Image.new("RGB", (width, side + 2 * GAP), BACKGROUND[scheme])
    canvas.paste(ImageOps.expand(ImageOps.crop(shown, 1), 1, EDGE[scheme]), (GAP, GAP))
    for row, pair in enumerate(pairs):
        canvas.paste(pair, (GAP + side + GAP, GAP + row * (height + GAP)))
    return canvas


def spreads(leaflet: list[Image.Image]) -> Image.Image:
    """All pages of the leaflet as it lies open: its outside, and three spreads."""
    height = 470
    rows = [(7, 0), (1, 2), (3, 4), (5, 6)]
    pairs = [side_by_side(leaflet[a], leaflet[b], height) for a, b in rows]
    width, step = 2 * pairs[0].width + 3 * GAP, height + GAP
    canvas = Image.new("RGB", (width, 2 * step + GAP), BACKGROUND["light"])
    for index, pair in enumerate(pairs):
        across, down = index % 2, index // 2
        canvas.paste(pair, (GAP + across * (pair.width + GAP), GAP + down * step))
    return canvas


def side_by_side(left: Image.Image, right: Image.Image, height: int) -> Image.Image:
    width = round(left.width * height / left.height)
    both = Image.new("RGB", (2 * width + 1, height), EDGE["light"])
    for place, page in ((0, left), (width + 1, right)):
        both.paste(page.resize((width, height), Image.Resampling.LANCZOS), (place, 0))
    return both


def _pairs(
    leaflet: list[Image.Image], numbers: tuple[int, ...]
) -> list[tuple[Image.Image, Image.Image]]:
    chosen = [leaflet[number] for number in numbers]
    return list(zip(chosen[::2], chosen[1::2], strict=True))


def save(picture: Image.Image, name: str) -> None:
    """As WebP, at the best quality that keeps the file small."""
    path = HERE / name
    for quality in range(84, 30, -6):
        picture.save(path, quality=quality, method=6)
        if path.stat().st_size <= MOST_BYTES:
            break
    sys.stdout.write(f"{name}: {picture.width} x {picture.height}, {path.stat().st_size} bytes\n")


if __name__ == "__main__":
    main()
