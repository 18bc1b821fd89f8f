"""What the program is made of: every locked package with its licence, and a bill that other programs can read."""

import http.server
import importlib.util
import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from cyclonedx import schema
from jsonschema import Draft7Validator
from referencing import Registry, Resource
from test_locks import EXTRAS, PIN, lock_text

from policing_summary import bill, environment
from policing_summary.environment import LOCK, ROOT, TEST_LOCK

RESOURCES = Path(schema.__file__).parent / "_res"
LICENCE_FILES = {
    "templates/fonts": {
        "SourceSans3": "source-sans",
        "SourceSerif4": "source-serif",
        "Summary": "source-sans",
        "Noto": "noto",
    },
    "templates/profiles": {"FOGRA39L": "fogra39"},
}


@pytest.fixture(scope="module")
def tool():
    spec = importlib.util.spec_from_file_location("licences", Path(ROOT) / "tools" / "licences.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["licences"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def made():
    return json.loads(bill.write([LOCK, *EXTRAS.values()]))


def test_the_licences_are_those_that_the_packages_state(tool):
    """After a change of the locks, `tools/licences.py` writes both files anew."""
    known = tool.licences()
    assert tool.table(known) == Path(bill.__file__).with_name("licences.toml").read_text("utf-8")
    assert tool.page(known) == (Path(ROOT) / "docs" / "licences.md").read_text("utf-8")


def test_every_licence_is_one_that_spdx_knows(tool):
    ids = set(json.loads((RESOURCES / "spdx.SNAPSHOT.schema.json").read_text("utf-8"))["enum"])
    used = {
        word
        for licence in tool.licences().values()
        for word in licence.replace("(", "").replace(")", "").split()
    }
    assert used - {"AND", "OR"} <= ids


@pytest.mark.parametrize("lock", [LOCK, TEST_LOCK, *EXTRAS.values()])
def test_a_lock_is_read_whole(lock):
    read = bill.locked(lock)
    assert {each.name: each.version for each in read} == {
        pin["name"]: pin["version"] for pin in PIN.finditer(lock_text(lock))
    }
    assert sum(len(each.hashes) for each in read) == lock_text(lock).count("--hash=")


def test_the_bill_keeps_to_its_schema(made):
    def resource(name):
        return Resource.from_contents(json.loads((RESOURCES / name).read_text("utf-8")))

    names = ["spdx.SNAPSHOT.schema.json", "jsf-0.82.SNAPSHOT.schema.json"]
    known = [(f"http://cyclonedx.org/schema/{name}", resource(name)) for name in names]
    whole = resource("bom-1.6.SNAPSHOT.schema.json").contents
    judge = Draft7Validator(whole, registry=Registry().with_resources(known))
    assert [error.message for error in judge.iter_errors(made)] == []
    assert list(judge.iter_errors({**made, "specVersion": 1.6}))
    assert list(judge.iter_errors({**made, "components": [{"name": "x", "type": "thing"}]}))


def test_the_bill_lists_every_package_font_and_profile(made):
    listed = {each["name"]: each for each in made["components"]}
    packages = {each.name for lock in (LOCK, *EXTRAS.values()) for each in bill.locked(lock)}
    files = {
        path.relative_to(ROOT).as_posix()
        for path in (Path(ROOT) / "templates").rglob("*")
        if path.suffix in {".woff2", ".icc"}
    }
    assert set(listed) == packages | files
    assert all(each["licenses"] for each in listed.values())
    assert made["dependencies"][0]["dependsOn"] == [each["bom-ref"] for each in made["components"]]


def test_every_font_and_profile_has_its_licence_beside_it():
    for folder, kinds in LICENCE_FILES.items():
        for path in (Path(ROOT) / folder).rglob("*"):
            if path.suffix in {".woff2", ".icc"}:
                (text,) = [text for start, text in kinds.items() if path.name.startswith(start)]
                assert (Path(ROOT) / folder / f"LICENCE-{text}.md").is_file()


def test_the_same_locks_give_the_same_bill():
    assert bill.write([LOCK]) == bill.write([LOCK])
    assert (
        json.loads(bill.write([LOCK]))["serialNumber"]
        != json.loads(bill.write([LOCK, environment.EXTRAS["s3"][1]]))["serialNumber"]
    )


# Known weaknesses


@pytest.fixture
def database():
    """A stand-in for the database, which knows a weakness of jinja2; gives its address."""

    class Answering(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["queries"]
            names = [each["package"]["name"] for each in asked]
            weak = [{"vulns": [{"id": "GHSA-1"}]} if name == "jinja2" else {} for name in names]
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps({"results": weak}).encode())

        def log_message(self, *_):
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Answering)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def audit(address):
    return subprocess.run(
        [sys.executable, Path(ROOT) / "tools" / "audit.py"],
        env={**os.environ, "OSV_DATABASE": address},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_a_known_weakness_of_a_locked_version_is_told(database):
    done = audit(database)
    version = next(each.version for each in bill.locked(LOCK) if each.name == "jinja2")
    assert done.returncode == 1
    assert done.stdout.startswith(f"jinja2 {version}: GHSA-1\n")
    assert done.stdout.endswith(" 1 known weaknesses.\n")


def test_no_answer_is_no_good_news():
    done = audit("http://127.0.0.1:9")
    assert done.returncode == 3
    assert done.stderr.startswith("Nothing is known: ")
