"""The site and its leaflets in a browser, as they are while they are written."""

import argparse
import asyncio
import os
import sys

from policing_summary import arguments
from policing_summary.keyboard import DONE, USAGE, Keyboard
from policing_summary.preview import editing

PORT = 8000
PORTS = range(1, 65_536)


def parser() -> arguments.Parser:
    made = arguments.parser(
        "preview",
        "Show page and leaflet in a browser, drafts included, and follow whatever is saved. It writes "
        "nothing to output/, and only this computer can open it. Ctrl-C ends it.",
        examples=["preview", "preview --no-browser --port 9000", "preview --editor sublime"],
        more=f"Editors that a link can open a file in: {', '.join((*editing.KNOWN, editing.NONE))}.\n"
        "For another one, give its own kind of link, with {file}, {line} and {column} in it. The\n"
        f"environment variable {editing.SETTING} saves typing the option each time.",
    )
    made.add_argument("--no-browser", action="store_true", help="do not open a browser")
    made.add_argument(
        "--port",
        type=int,
        default=PORT,
        metavar="NUMBER",
        help=f"the first port to try (default: {PORT})",
    )
    made.add_argument("--editor", metavar="NAME", help="what an edit link opens (default: vscode)")
    made.offers["editor"] = (*editing.KNOWN, editing.NONE)
    return made


def run(typed: argparse.Namespace, at: Keyboard) -> int:
    if typed.port not in PORTS:
        at.warn(f"--port {typed.port} is no port: give a number from 1 to {PORTS[-1]}.")
        return USAGE
    try:
        editor = editing.chosen(at.root, typed.editor, os.environ)
    except ValueError as error:
        at.warn(str(error))
        return USAGE
    from policing_summary.forms import answering, handlers  # noqa: PLC0415 - the same
    from policing_summary.preview import server  # noqa: PLC0415 - a second that --help saves

    wish = server.Wish(typed.port, not typed.no_browser, editor)

    def say(line: str) -> None:
        at.say(line)
        sys.stdout.flush()  # whoever reads along in a file or another program waits for it

    asyncio.run(server.serve(at.root, wish, say, handlers.rules(at.root), answering.link))
    return DONE
