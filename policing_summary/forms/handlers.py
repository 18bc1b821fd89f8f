"""The forms at `/edit/…` of the preview's address. Who may ask is the preview's to judge; a form that
is sent must also bring the secret that only our own pages hold.
"""

import asyncio
import hmac
import secrets
from pathlib import Path

from tornado import web

from policing_summary.forms import answering
from policing_summary.preview.guarding import Guarded

MOST = 2_000_000  # bytes of a form
MOST_DIGITS = 10  # of the number of a line
POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'self'; base-uri 'none'"


class Form(Guarded):
    """The form of one content file."""

    def initialize(self, root: Path, token: str) -> None:
        self.root, self.token = root, token

    async def get(self, name: str) -> None:
        if not name:
            self._send(await asyncio.to_thread(answering.index, self.root))
            return
        line = self.get_query_argument("line", "")
        wish = answering.Wish(
            add=self.get_query_argument("add", ""),
            line=int(line)
            if line.isascii() and line.isdecimal() and len(line) < MOST_DIGITS
            else 0,
            part=self.get_query_argument("part", ""),
            is_saved=bool(self.get_query_argument("saved", "")),
        )
        self._send(await asyncio.to_thread(answering.show, self.root, name, self.token, wish))

    async def post(self, name: str) -> None:
        if len(self.request.body) > MOST:
            raise web.HTTPError(413)
        typed = {
            key: values[-1].decode("utf-8", "replace")
            for key, values in self.request.body_arguments.items()
        }
        if not hmac.compare_digest(typed.get(answering.TOKEN, "").encode(), self.token.encode()):
            raise web.HTTPError(403)
        self._send(await asyncio.to_thread(answering.save, self.root, name, self.token, typed))

    def _send(self, answer: answering.Answer) -> None:
        if answer.status == 404:  # noqa: PLR2004 - HTTP's
            raise web.HTTPError(404)
        self.set_status(answer.status)
        if answer.location:
            self.set_header("Location", answer.location)
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Content-Security-Policy", POLICY)
        self.finish(answer.html)


def rules(root: Path) -> list[tuple[str, type[web.RequestHandler], dict[str, object]]]:
    """What the preview mounts. Each start has a secret of its own."""
    return [(r"/edit/(.*)", Form, {"root": root, "token": secrets.token_urlsafe(32)})]
