"""A running preview of a small site, in a copy of the project, for the tests of the preview."""

import http.client
import json
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
from conftest import SMALL_SITE
from scratch import Project

PATIENCE = 20.0
"""Seconds until something that never comes is given up."""
HAVERING = """\
summary: What the police did in Havering.
performance:
  period: April 2009 to March 2010
  measures:
    - measure: robbery
      before: 326
      now: 332
      target: -2%
commander:
  from: {name: Michael Smith, role: Borough Commander}
  body: |
    Robbery rose by {{ robbery.change }} offences.
links:
  items:
    - {title: More about us, web: www.example.org}
"""
BROMLEY = "summary: What the police did in Bromley.\ncommander:\n  from: {name: Ann Jones, role: Borough Commander}\n  body: |\n    It was a hard year.\n"
EDITION = SMALL_SITE["2009-10/edition.yaml"] + "formats: [accessible, a5-booklet]\n"
SITE = SMALL_SITE | {
    "2009-10/edition.yaml": EDITION,
    "2009-10/havering.yaml": HAVERING,
    "2009-10/bromley.yaml": BROMLEY,
}


def eventually(look: Callable[[], object]) -> object:
    """What `look` gives, as soon as it is anything."""
    until = time.monotonic() + PATIENCE
    while not (found := look()):
        assert time.monotonic() < until, "it never came"
        time.sleep(0.02)
    return found


def free_port() -> int:
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])


@dataclass
class Previewed:
    project: Project
    process: subprocess.Popen[str]
    lines: list[str] = field(default_factory=list)
    """What it has said so far."""

    @property
    def address(self) -> str:
        told = eventually(lambda: [each for each in self.lines if "http://" in each])
        assert isinstance(told, list)
        return f"http://{urlsplit(told[0].split()[-1]).netloc}"

    @property
    def port(self) -> int:
        return int(self.address.rpartition(":")[2])

    @property
    def said(self) -> str:
        return "".join(self.lines)

    def ask(
        self, path: str, headers: Mapping[str, str] | None = None, method: str = "GET"
    ) -> tuple[int, str]:
        """The status and the words of an answer; redirections are not followed."""
        status, data, _ = self.ask_whole(path, headers, method)
        return status, data.decode("utf-8", "replace")

    def ask_whole(
        self, path: str, headers: Mapping[str, str] | None = None, method: str = "GET"
    ) -> tuple[int, bytes, Mapping[str, str]]:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        line.request(method, path, headers=dict(headers or {}))
        answer = line.getresponse()
        data = answer.read()
        line.close()
        return answer.status, data, dict(answer.getheaders())

    def state(self, path: str = "/") -> dict:
        return json.loads(self.ask(f"/_preview/state?{urlencode({'path': path})}")[1])

    def leaflet(self, borough: str, form: str = "a5-booklet") -> dict:
        query = urlencode({"borough": borough, "format": form})
        return json.loads(self.ask(f"/_preview/leaflet?{query}")[1])

    def write(self, path: str, text: str) -> None:
        self.project.write(f"content/{path}", text)

    def edit(self, path: str, old: str, new: str) -> None:
        self.project.edit(path, old, new)

    def stop(self) -> int:
        """As Ctrl-C does."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        return self.process.wait(PATIENCE)


@contextmanager
def previewed(
    project: Project, *arguments: str, files: Mapping[str, str] = SITE
) -> Iterator[Previewed]:
    """A preview of `files` in place of the project's own content."""
    for path, text in files.items():
        project.write(f"content/{path}", text)
    process = subprocess.Popen(
        project.command("preview", "--no-browser", "--port", str(free_port()), *arguments),
        cwd=project.root,
        env=project.variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    started = Previewed(project, process)
    reading = threading.Thread(target=lambda: started.lines.extend(process.stdout))
    reading.start()
    try:
        yield started
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()
        reading.join()
        process.stdout.close()


@pytest.fixture(scope="module")
def bench(pristine: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The program without its content. Not to be changed: copy it."""
    parts = ("templates", "policing_summary", "requirements.lock")
    return pristine.copy(tmp_path_factory.mktemp("bench") / "project", parts)


@pytest.fixture
def small(bench: Project, tmp_path: Path) -> Project:
    """The program for one test, to be changed at will."""
    return bench.copy(tmp_path / "small", ("templates", "policing_summary", "requirements.lock"))
