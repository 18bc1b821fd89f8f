"""A Dask cluster of real processes on this computer, which end with the test."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from policing_summary import environment

ENOUGH = 60  # seconds, on a machine that is busy with other things


class Processes:
    """A scheduler and its workers on the loopback."""

    def __init__(self, folder: Path) -> None:
        self.address_file = folder / "scheduler.json"
        self.running: list[subprocess.Popen[bytes]] = []

    def start(self, what: str, *options: str) -> subprocess.Popen[bytes]:
        begun = subprocess.Popen(
            [sys.executable, "-P", "-m", f"distributed.cli.dask_{what}", *options],
            env=environment.variables(environment.ROOT, os.environ),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.running.append(begun)
        return begun

    def scheduler(self, port: str = "0") -> str:
        self.address_file.unlink(missing_ok=True)
        where = ("--host", "127.0.0.1", "--port", port, "--no-dashboard")
        self.start("scheduler", *where, "--scheduler-file", str(self.address_file))
        for _ in range(ENOUGH * 10):
            if self.address_file.exists() and (text := self.address_file.read_text("utf-8")):
                return str(json.loads(text)["address"])
            time.sleep(0.1)
        raise TimeoutError

    def worker(self, address: str) -> subprocess.Popen[bytes]:
        return self.start("worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard")

    def stop(self) -> None:
        for process in self.running:
            process.kill()
            process.wait()
        self.running.clear()


@pytest.fixture
def processes(tmp_path) -> Iterator[Processes]:
    begun = Processes(tmp_path)
    with ExitStack() as stack:
        stack.callback(begun.stop)
        yield begun
