"""The locks say all of what is installed, with hashes, and name no place to get it from."""

import re
import tomllib
from pathlib import Path

import pytest

from policing_summary import environment
from policing_summary.environment import LOCK, ROOT, TEST_LOCK

PIN = re.compile(
    r"""^ (?P<name>[a-z0-9-]+) == (?P<version>\S+) (\ ;\ [^\\]+)? \ \\\n
        ( \ {4}--hash=sha256:[0-9a-f]{64} (\ \\)? \n )+""",
    re.MULTILINE | re.VERBOSE,
)


def lock_text(name):
    return Path(ROOT, name).read_text(encoding="utf-8")


def pins(name):
    return {pin["name"]: pin["version"] for pin in PIN.finditer(lock_text(name))}


EXTRAS = {name: lock for name, (_, lock, _) in environment.EXTRAS.items()}


@pytest.mark.parametrize("name", [LOCK, TEST_LOCK, *EXTRAS.values()])
def test_a_lock_is_pins_with_hashes_and_nothing_else(name):
    rest = PIN.sub("", re.sub(r"(?m)^#.*\n", "", lock_text(name)))
    assert rest == ""
    assert "://" not in lock_text(name)


@pytest.mark.parametrize("name", EXTRAS.values())
def test_a_lock_holds_those_it_builds_on_at_the_same_versions(name):
    assert pins(LOCK).items() < pins(name).items() < pins(TEST_LOCK).items()


def test_everything_asked_for_is_locked():
    project = tomllib.loads(Path(ROOT, "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = {re.match(r"[a-z0-9-]+", line)[0] for line in project["dependencies"]}
    extras = {
        extra: {re.match(r"[a-z0-9-]+", line)[0] for line in lines}
        for extra, lines in project["optional-dependencies"].items()
    }
    tested = extras.pop("test")
    assert len(wanted) == len(project["dependencies"])
    assert wanted <= pins(LOCK).keys()
    assert tested <= pins(TEST_LOCK).keys() - pins(LOCK).keys()
    assert extras.keys() == EXTRAS.keys()
    for extra, packages in extras.items():
        assert environment.EXTRAS[extra][0] in packages
        assert packages <= pins(EXTRAS[extra]).keys() - pins(LOCK).keys()
