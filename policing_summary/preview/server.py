"""The preview as a whole: one desk, one address, until Ctrl-C."""

import socket
import webbrowser
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tornado import web
from tornado.httpserver import HTTPServer

from policing_summary.preview import handlers
from policing_summary.preview.desk import Desk, Say
from policing_summary.preview.editing import Editor
from policing_summary.preview.telling import Link, Links

HOST = "127.0.0.1"
TRIED = 100  # ports from the first on
Rule = tuple[str, type[web.RequestHandler], dict[str, object]]


@dataclass(frozen=True)
class Wish:
    """What was asked for on the command line."""

    port: int
    opens_browser: bool
    editor: Editor


def application(desk: Desk, port: int, extra_handlers: Sequence[Rule] = ()) -> web.Application:
    """All that answers at the address. `extra_handlers` come first, and are made of `Guarded`."""
    ours = {"desk": desk}
    own = handlers.OWN
    rules: list[Any] = [
        *extra_handlers,
        (r"/livereload", handlers.Reloading),
        (r"/livereload\.js", handlers.Script),
        (rf"{own}/", handlers.Shell, ours),
        (rf"{own}/files/([a-z-]+\.(?:js|css))", handlers.File, ours),
        (rf"{own}/state", handlers.State, ours),
        (rf"{own}/leaflet", handlers.LeafletState, ours),
        (rf"{own}/page/([0-9a-f]+)/([0-9]{{1,3}})\.png", handlers.PageOfLeaflet, ours),
        (r"/(.*)", handlers.Page, ours),
    ]
    return web.Application(rules, port=port, log_function=lambda _: None)


def listening(first: int) -> socket.socket:
    """A socket of this computer alone, at the first port from `first` on that is free.

    Raises:
        OSError: none of them is.
    """
    for port in range(first, min(first + TRIED, 65_536)):
        found = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        try:
            found.bind((HOST, port))
            found.listen(128)
        except OSError:
            found.close()
            continue
        found.setblocking(False)  # noqa: FBT003 - sockets know no names
        return found
    raise OSError(f"No port from {first} to {first + TRIED - 1} is free on this computer")


async def serve(
    root: Path,
    wish: Wish,
    say: Say,
    extra_handlers: Sequence[Rule] = (),
    browser_link: Link = lambda _: None,
) -> None:
    """Show the site and follow its files until it is cancelled.

    `extra_handlers` are mounted beside ours, and `browser_link` leads to them from a place in a file.
    """
    desk = Desk(root, Links(wish.editor.link, browser_link), say)
    with listening(wish.port) as at:
        port = at.getsockname()[1]
        server = HTTPServer(application(desk, port, extra_handlers))
        server.add_socket(at)
        address = f"http://{HOST}:{port}{handlers.OWN}/"
        say(f"The preview is at {address}")
        say("It follows what you save. Stop it with Ctrl-C.\n")
        if wish.opens_browser:
            webbrowser.open(address)
        try:
            await desk.run()
        finally:
            server.stop()
            desk.close()
