"""What is asked for → what is shown, with the preview's own script in every page."""

import difflib
import mimetypes

from livereload.handlers import LiveReloadHandler, LiveReloadJSHandler
from tornado import web

from policing_summary import rendering, searching
from policing_summary.preview import guarding, paper, telling
from policing_summary.preview.desk import Desk
from policing_summary.preview.guarding import Guarded
from policing_summary.preview.leaflets import Wish, found
from policing_summary.preview.showing import Made, is_draft
from policing_summary.preview.turns import apart

OWN = "/_preview"  # no edition can have this name
SHELL_POLICY = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'"
INJECTED = (
    f'<link rel="stylesheet" href="{OWN}/files/page.css" data-preview>'
    f'<script type="module" src="{OWN}/files/page.js" data-preview></script>'
)
DRAFT = (
    '<p class="preview-draft" data-preview lang="en-GB" dir="ltr"><strong>Draft.</strong> Only this '
    "preview shows it: it is marked <code>draft: yes</code>, and a build leaves it out.</p>"
)
LEAST, MOST = 40, paper.WIDEST


class Ours(Guarded):
    """Knows the desk."""

    def initialize(self, desk: Desk) -> None:
        self.desk = desk

    def template(self, name: str, **names: object) -> str:
        folder = self.desk.root / "templates"
        return rendering.environment(folder).get_template(f"preview/{name}").render(**names)


class Reloading(LiveReloadHandler):  # type: ignore[misc]  # livereload says no types
    """livereload's own handler, for pages of ours alone."""

    def prepare(self) -> None:
        """Look at the origin always, which tornado does only where it differs from the host."""
        if not guarding.names_us(self.request, int(self.settings["port"])):
            raise web.HTTPError(421)
        if not self.check_origin(self.request.headers.get("Origin", "")):
            raise web.HTTPError(403)

    def check_origin(self, origin: str) -> bool:
        return guarding.is_our_origin(origin, int(self.settings["port"]))

    def on_message(self, message: str | bytes) -> None:
        """What is not livereload's protocol is not answered."""
        try:
            super().on_message(message)
        except (ValueError, TypeError, AttributeError, KeyError):
            self.close()


class Script(Guarded, LiveReloadJSHandler):  # type: ignore[misc]
    """livereload's script."""


class Shell(Ours):
    """The page and its leaflet side by side."""

    def get(self) -> None:
        self.set_header("Content-Security-Policy", SHELL_POLICY)
        self.finish(self.template("shell.html"))


class File(Ours):
    """The preview's own scripts and stylesheets."""

    def get(self, name: str) -> None:
        path = self.desk.root / "templates" / "preview" / name
        if path.suffix not in (".js", ".css") or not path.is_file():
            raise web.HTTPError(404)
        self.set_header("Content-Type", _type(name))
        self.finish(path.read_bytes())


class State(Ours):
    """What a page has to know about itself, and everything that is wrong."""

    async def get(self) -> None:
        await self.desk.begun.wait()
        path = page_at(self.get_query_argument("path"))
        told = telling.state(self.desk.shown, path, self.desk.links)
        self.set_header("Content-Type", "application/json; charset=utf-8")
        self.finish(telling.as_json(told))


class LeafletState(Ours):
    """How far a leaflet is; asking for it has it laid out."""

    async def get(self) -> None:
        await self.desk.begun.wait()
        wish = (self.get_query_argument("borough"), self.get_query_argument("format"))
        check(self.desk.shown.made, wish)
        entry = self.desk.leaflets.look(wish)
        is_fresh = self.desk.leaflets.is_fresh(wish)
        told = telling.leaflet(entry, self.desk.links, is_fresh=is_fresh)
        self.set_header("Content-Type", "application/json; charset=utf-8")
        self.finish(telling.as_json(told))


class PageOfLeaflet(Ours):
    """A picture of one page."""

    async def get(self, key: str, number: str) -> None:
        ready = self.desk.leaflets.by_key(key)
        if ready is None or not 1 <= int(number) <= len(ready.sizes):
            raise web.HTTPError(404)
        asked = self.get_query_argument("width", "800")
        width = min(MOST, max(LEAST, int(asked) if asked.isdecimal() else LEAST))
        drawn = await apart(lambda: paper.picture(ready.leaflet.pdf, int(number), width))
        self.set_header("Content-Type", "image/png")
        self.set_header("Cache-Control", "private, max-age=3600, immutable")
        self.finish(drawn)


class Page(Ours):
    """A file of the site."""

    async def get(self, asked: str) -> None:
        await self.desk.begun.wait()
        made = self.desk.shown.made
        if asked.startswith(f"{searching.FOLDER}/"):
            self.send(asked, (await self.desk.searched()).get(asked))
            return
        if (wish := leaflet_at(made, asked)) is not None:
            entry = await self.desk.leaflets.wait_for(wish)
            self.send(asked, entry.ready.leaflet.pdf if entry.ready else None)
            return
        path = page_at(asked)
        if asked and path != asked and not asked.endswith("/") and path in made.files:
            self.redirect(f"/{asked}/")
            return
        self.send(path, made.files.get(path), made)

    def send(self, path: str, data: bytes | None, made: Made | None = None) -> None:
        if data is None:
            self.set_status(404)
            page = "missing.html" if self.desk.shown.made.files else "waiting.html"
            near = difflib.get_close_matches(
                path.rpartition("/")[0], self.desk.shown.made.summaries, 5, 0.5
            )
            data = self.template(page, path=path, near=near).encode()
            path = "missing.html"
        kind = _type(path)
        self.set_header("Content-Type", kind)
        if kind.startswith("text/html"):
            sheet = made.summary_at(path) if made else None
            data = injected(data, draft=sheet is not None and is_draft(sheet))
        self.finish(data)


def injected(page: bytes, *, draft: bool) -> bytes:
    """The page with what the preview adds to it; the files of the site are left alone."""
    head, at, rest = page.partition(b"</head>")
    page = head + INJECTED.encode() + at + rest if at else INJECTED.encode() + page
    if not draft:
        return page
    start = page.find(b"<body")
    end = page.find(b">", start) + 1 if start >= 0 else 0
    return page[:end] + DRAFT.encode() + page[end:]


def page_at(path: str) -> str:
    """The file that a path leads to, as on any host of static files."""
    path = path.lstrip("/")
    name = path.rpartition("/")[2]
    if not name:
        return f"{path}index.html"
    return path if "." in name else f"{path}/index.html"


def leaflet_at(made: Made, path: str) -> Wish | None:
    """The leaflet that a path leads to, if it is one."""
    folder, _, name = path.rpartition("/")
    if not name.endswith(".pdf"):
        return None
    sheet = made.sheet(folder)
    forms = made.forms(sheet) if sheet else ()
    return next(((folder, form.name) for form in forms if form.file == name), None)


def check(made: Made, wish: Wish) -> None:
    """See that there is such a leaflet.

    Raises:
        HTTPError: there is none.
    """
    try:
        found(made, wish)
    except KeyError:
        raise web.HTTPError(404) from None


TYPES: dict[str, str] = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".json": "application/json",
    ".xml": "application/xml",
    ".ics": "text/calendar; charset=utf-8",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
    ".wasm": "application/wasm",
}
"""What a system's own table may have wrong; Windows' registry, above all."""


def _type(name: str) -> str:
    suffix = name[name.rfind(".") :] if "." in name else ""
    return TYPES.get(suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
