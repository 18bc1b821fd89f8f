"""A browser that visits the site of the real content, for the tests in tests/browser."""

import functools
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from policing_summary import (
    checks,
    content,
    environment,
    searching,
    sharing,
    site,
    store,
    system,
    tracing,
)
from policing_summary.document import Leaflet
from policing_summary.formats import DEFAULT

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Response

CHROMIUM = system.find_program(system.read_table()["tool"]["Chromium"]["names"])
needs_chromium = pytest.mark.skipif(
    CHROMIUM is None and not environment.in_ci(),
    reason="looking at pages needs Chromium: python3 build.py test says how to get it",
)


class Host(SimpleHTTPRequestHandler):
    """A host of static files that sends what `_headers` asks for with every file."""

    def log_message(self, *_):
        """A log would be mixed with what the tests say."""

    def end_headers(self):
        everywhere = (Path(self.directory) / "police/summary/_headers").read_text("utf-8")
        for line in everywhere.partition("\n\n")[0].splitlines()[1:]:
            name, _, value = line.strip().partition(": ")
            self.send_header(name, value)
        super().end_headers()


@pytest.fixture(scope="module")
def served(pristine, tmp_path_factory) -> Path:
    """The folder of the site of the real content, as a build makes it; leaflets are stand-ins."""
    root = tmp_path_factory.mktemp("served")
    read = content.load(pristine.root / "content")
    sheets, _ = checks.run(read)
    leaflet = Leaflet(b"%PDF-1.7", 8)
    printed = [site.Printed(sheet, ((DEFAULT, leaflet),), tracing.trace(sheet)) for sheet in sheets]
    drawn = sharing.pictures(read, sheets, store.Cache(root / "cards"))
    made = site.pages(read, printed, drawn=drawn)
    made |= searching.index(made, store.Cache(root / "index"))
    for path, data in made.items():
        file = root / "police" / "summary" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    return root


@pytest.fixture(scope="module")
def address(served) -> Iterator[str]:
    """Where it is served: below a path, as on a shared host."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Host, directory=served))
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/police/summary/"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def browser(served) -> "Iterator[Browser]":  # Pagefind wants its own event loop, so it goes first
    from playwright.sync_api import expect, sync_playwright  # noqa: PLC0415 - other tests need none

    expect.set_options(timeout=20_000)  # for a machine that is busy with other tests

    with sync_playwright() as playwright:
        flags = ["--no-sandbox"] if system.is_root() else []
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield started
        started.close()


@dataclass
class Visit:
    """An open page, and what it asked for and complained of on the way."""

    page: "Page"
    asked: list[str] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)


def _is_good(response: "Response") -> bool:
    """A browser that was slow asks whether a file is still the same, and is told that it is."""
    return response.ok or response.status == HTTPStatus.NOT_MODIFIED


@pytest.fixture
def visit(browser, address, request):
    """Opens a page of the site in a window of its own."""

    def go(path: str, width: int = 1280, **settings) -> Visit:
        context = browser.new_context(viewport={"width": width, "height": 800}, **settings)
        request.addfinalizer(context.close)
        context.set_default_timeout(10_000)
        seen = Visit(context.new_page())
        seen.page.on("request", lambda each: seen.asked.append(each.url))
        seen.page.on("console", lambda each: seen.troubles.append(each.text))
        seen.page.on("pageerror", lambda each: seen.troubles.append(str(each)))
        seen.page.on("requestfailed", lambda each: seen.troubles.append(each.url))
        seen.page.on("response", lambda each: _is_good(each) or seen.troubles.append(each.url))
        seen.page.goto(address + path, wait_until="load")
        return seen

    return go


@pytest.fixture(scope="module")
def axe() -> str:
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
