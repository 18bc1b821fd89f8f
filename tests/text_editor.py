"""The real yaml-language-server, as a text editor talks to it: what it offers, says and underlines.

It is installed once, from tests/text-editor/package-lock.json, into .cache/text-editor.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

import pytest

from policing_summary import environment

HERE = Path(__file__).parent / "text-editor"
INSTALLED = Path(environment.ROOT) / ".cache" / "text-editor"
SERVER = INSTALLED / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"
LOCK = "package-lock.json"

needs_node = pytest.mark.skipif(
    not os.environ.get("CI") and not (shutil.which("node") and shutil.which("npm")),
    reason="node and npm are not on this computer",
)


def install() -> None:
    """The server that the lock names, unless it is there already."""
    wanted = (HERE / LOCK).read_bytes()
    kept = INSTALLED / LOCK
    if SERVER.is_file() and kept.is_file() and kept.read_bytes() == wanted:
        return
    INSTALLED.mkdir(parents=True, exist_ok=True)
    shutil.copy(HERE / "package.json", INSTALLED)
    shutil.copy(HERE / LOCK, INSTALLED)
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    done = subprocess.run(
        command, cwd=INSTALLED, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@dataclass
class TextEditor:
    """One running server. `mapped` is the setting `yaml.schemas`: schema to file patterns."""

    folder: Path
    mapped: Mapping[str, list[str]]
    told: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    asked: int = 0

    def __enter__(self) -> Self:
        self.server = subprocess.Popen(
            ["node", str(SERVER), "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        can = {
            "workspace": {"configuration": True},
            "textDocument": {
                "completion": {"completionItem": {"snippetSupport": True}},
                "hover": {"contentFormat": ["plaintext"]},
            },
        }
        root = self.folder.as_uri()
        folders = [{"uri": root, "name": "project"}]
        wishes = {"processId": None, "rootUri": root, "capabilities": can}
        self.request("initialize", {**wishes, "workspaceFolders": folders})
        self.send("initialized", {})
        return self

    def __exit__(self, *_: object) -> None:
        self.request("shutdown", None)
        self.send("exit", None)
        self.server.communicate(timeout=10)

    def open(self, file: str, text: str) -> None:
        document = {"uri": self.address(file), "languageId": "yaml", "version": 1, "text": text}
        self.send("textDocument/didOpen", {"textDocument": document})

    def diagnostics(self, file: str) -> list[dict[str, Any]]:
        """What is underlined, once it has been looked at."""
        while self.address(file) not in self.told:
            self.receive()
        return self.told[self.address(file)]

    def offered(self, file: str, line: int, column: int) -> list[str]:
        """What may be typed at a place; lines and columns count from 1."""
        found = self.request("textDocument/completion", self.at(file, line, column))
        items = found["items"] if isinstance(found, dict) else found
        return [item["label"] for item in items]

    def hover(self, file: str, line: int, column: int) -> str:
        found = self.request("textDocument/hover", self.at(file, line, column))
        contents = found["contents"]
        return contents["value"] if isinstance(contents, dict) else str(contents)

    def at(self, file: str, line: int, column: int) -> dict[str, Any]:
        place = {"line": line - 1, "character": column - 1}
        return {"textDocument": {"uri": self.address(file)}, "position": place}

    def address(self, file: str) -> str:
        return (self.folder / file).as_uri()

    # The protocol: JSON-RPC, each message behind a header with its length

    def request(self, method: str, wishes: Any) -> Any:
        self.asked += 1
        wanted = self.asked
        self.write({"id": wanted, "method": method, "params": wishes})
        while True:
            answer = self.receive()
            if answer.get("id") == wanted and "method" not in answer:
                assert "error" not in answer, answer
                return answer.get("result")

    def send(self, method: str, wishes: Any) -> None:
        self.write({"method": method, "params": wishes})

    def receive(self) -> dict[str, Any]:
        """The next message; what the server wants to know is answered on the way."""
        length = 0
        while line := self.server.stdout.readline().strip():
            name, _, value = line.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        assert length, "the language server has stopped"
        message: dict[str, Any] = json.loads(self.server.stdout.read(length))
        if message.get("method") == "textDocument/publishDiagnostics":
            self.told[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif message.get("method") == "workspace/configuration":
            wanted = message["params"]["items"]
            self.write(
                {"id": message["id"], "result": [self.setting(i["section"]) for i in wanted]}
            )
        elif "id" in message and "method" in message:
            self.write({"id": message["id"], "result": None})
        return message

    def setting(self, section: str) -> dict[str, Any]:
        if section != "yaml":
            return {}
        store = {"enable": False}
        does = {"validate": True, "hover": True, "completion": True, "schemaStore": store}
        return {**does, "schemas": self.mapped}

    def write(self, message: dict[str, Any]) -> None:
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.server.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(data), data))
        self.server.stdin.flush()
