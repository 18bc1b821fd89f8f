"""A real Firefox, driven through WebDriver BiDi, the protocol that it speaks by itself.

Playwright drives only a Firefox of its own making, which no package registry has. This needs no more
than the browser: commands go over one websocket, one after the other.
"""

import json
import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from tornado.ioloop import IOLoop
from tornado.websocket import WebSocketClientConnection, websocket_connect

from policing_summary import environment, system

FIREFOX = system.find_program(system.read_table()["tool"]["Firefox"]["names"])
needs_firefox = pytest.mark.skipif(
    FIREFOX is None and not environment.in_ci(),
    reason="looking at pages in a second browser needs Firefox: python3 build.py test says how to get it",
)
LISTENING = re.compile(r"WebDriver BiDi listening on (ws://\S+)")
MOST = 64_000_000  # bytes of an answer: a page as PDF
PATIENCE = 30  # seconds for an answer, on a machine that is busy with other tests
QUIET = {
    "app.normandy.enabled": False,
    "app.update.disabledForTesting": True,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": "data:,",
    "toolkit.telemetry.enabled": False,
}
FLAGS = ("--headless", "--no-remote", "--remote-debugging-port", "0")
KEYS = {"Enter": "\ue007", "Tab": "\ue004", "Space": " "}


class Window:
    """A page of the site in a tab."""

    def __init__(self, browser: "Browser", context: str) -> None:
        self.browser, self.context = browser, context

    def open(self, url: str, width: int = 1280) -> None:
        size = {"width": width, "height": 800}
        self.browser.ask("browsingContext.setViewport", context=self.context, viewport=size)
        self.browser.ask("browsingContext.navigate", context=self.context, url=url, wait="complete")

    def js(self, expression: str):
        """What the expression gives, as JSON would say it."""
        told = self.browser.ask(
            "script.evaluate",
            expression=f"Promise.resolve({expression}).then(each => JSON.stringify(each ?? null))",
            target={"context": self.context},
            awaitPromise=True,
        )
        assert told["type"] == "success", told.get("exceptionDetails", {}).get("text")
        return json.loads(told["result"]["value"])

    def press(self, *keys: str) -> None:
        strokes = [
            {"type": kind, "value": KEYS.get(key, key)}
            for key in keys
            for kind in ("keyDown", "keyUp")
        ]
        self.browser.ask(
            "input.performActions",
            context=self.context,
            actions=[{"type": "key", "id": "keyboard", "actions": strokes}],
        )

    def type(self, selector: str, words: str) -> None:
        self.js(f"document.querySelector({json.dumps(selector)}).focus()")
        self.press(*words)

    def click(self, selector: str) -> None:
        """With the mouse, in the middle of it."""
        x, y = self.js(
            f"(e => {{ e.scrollIntoView({{block: 'center', behavior: 'instant'}});"
            "const r = e.getClientRects()[0] ?? e.getBoundingClientRect();"
            "return [r.x + r.width / 2, r.y + r.height / 2].map(Math.round) })"
            f"(document.querySelector({json.dumps(selector)}))"
        )
        moves = [
            {"type": "pointerMove", "x": x, "y": y},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
        ]
        self.browser.ask(
            "input.performActions",
            context=self.context,
            actions=[{"type": "pointer", "id": "mouse", "actions": moves}],
        )

    def until(self, expression: str, wanted) -> None:
        """Waits until the expression gives what is wanted."""
        limit = time.monotonic() + PATIENCE
        while (seen := self.js(expression)) != wanted:
            assert time.monotonic() < limit, f"{expression} is still {seen!r}"
            time.sleep(0.05)

    def printed(self) -> bytes:
        """The page as PDF, as it is printed on A4."""
        import base64  # noqa: PLC0415 - for this alone

        paper = {"width": 21.0, "height": 29.7}
        told = self.browser.ask("browsingContext.print", context=self.context, page=paper)
        return base64.b64decode(told["data"])


class Browser:
    """`settings` are preferences of a new and empty profile."""

    def __init__(self, settings: dict[str, object]) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="firefox-"))
        lines = [f"user_pref({json.dumps(k)}, {json.dumps(v)});" for k, v in settings.items()]
        (self.folder / "user.js").write_text("\n".join(lines), encoding="utf-8")
        self.process = subprocess.Popen(
            [FIREFOX, *FLAGS, "--profile", self.folder],
            stderr=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            text=True,
            env=os.environ | {"HOME": str(self.folder), "MOZ_CRASHREPORTER_DISABLE": "1"},
        )
        self.loop = IOLoop(make_current=False)
        self.number = 0
        self.socket = self._connected()
        self.ask("session.new", capabilities={})

    def _connected(self) -> WebSocketClientConnection:
        for line in self.process.stderr:
            if found := LISTENING.search(line):
                connect = partial(websocket_connect, f"{found[1]}/session", max_message_size=MOST)
                return self.loop.run_sync(connect, timeout=PATIENCE)
        raise AssertionError("Firefox ended before it listened")

    def ask(self, method: str, **parameters):
        self.number += 1
        words = json.dumps({"id": self.number, "method": method, "params": parameters})
        self.loop.run_sync(lambda: self._sent(words), timeout=PATIENCE)
        while True:
            told = json.loads(self.loop.run_sync(self.socket.read_message, timeout=PATIENCE))
            if told.get("id") == self.number:
                assert told["type"] == "success", told
                return told["result"]

    async def _sent(self, words: str) -> None:
        await self.socket.write_message(words)

    async def _closed(self) -> None:
        self.socket.close()
        await self.socket.read_message()  # None: the other end is gone

    def window(self) -> Window:
        return Window(self, self.ask("browsingContext.create", type="tab")["context"])

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        self.process.stderr.close()
        self.loop.run_sync(self._closed)
        self.loop.close()
        shutil.rmtree(self.folder, ignore_errors=True)


@pytest.fixture(scope="module")
def firefox(served) -> Iterator[Browser]:  # the site first: Pagefind wants its own event loop
    browser = Browser(QUIET)
    yield browser
    browser.close()
