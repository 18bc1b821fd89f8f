"""Copies of the project to break things in: its sources, its output and its caches, no environment.

`environment.ROOT` follows the package, so a copied package works on the content beside it.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from policing_summary import environment

SOURCES = ("content", "templates", "policing_summary", "requirements.lock")
MADE = ("output", ".cache")
LEFT_OUT = shutil.ignore_patterns("*.*.yaml", ".staging*")
"""Translations would double every build, and have tests of their own; a twin of the output is made anew."""


@dataclass(frozen=True)
class Project:
    root: Path

    @property
    def output(self) -> Path:
        return self.root / "output"

    def copy(self, to: Path, parts: Sequence[str] = (*SOURCES, *MADE)) -> "Project":
        """With the times of change, so that a finished build stays one; without translations."""
        for name in parts:
            source = self.root / name
            if source.is_dir():
                shutil.copytree(source, to / name, symlinks=True, ignore=LEFT_OUT)
            elif source.is_file():
                to.mkdir(parents=True, exist_ok=True)
                shutil.copy2(source, to / name)
        return Project(to)

    def keep_edition(self, wanted: str) -> None:
        """Delete the content of all other editions."""
        for file in (self.root / "content").glob("*/edition.yaml"):
            if file.parent.name != wanted:
                shutil.rmtree(file.parent)

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-P", "-m", "policing_summary", *arguments]

    @property
    def variables(self) -> dict[str, str]:
        return environment.variables(str(self.root), os.environ)

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """What `python3 build.py` with these arguments does in this copy."""
        return self.start(self.command(*arguments))

    def start(self, command: list[str]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command,
            cwd=self.root,
            env=self.variables,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    def write(self, path: str, text: str) -> None:
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(text, encoding="utf-8")

    def edit(self, path: str, old: str, new: str) -> None:
        text = (self.root / path).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} is {text.count(old)} times in {path}"
        self.write(path, text.replace(old, new))


def take_leaflets(copy: Path) -> None:
    """Spare a copy the laying out of what the project itself has laid out: the key tells what is the same.

    The tests of leaflets lay them out themselves, whatever lies in the cache.
    """
    kept = Path(environment.ROOT) / ".cache" / "leaflets"
    if kept.is_dir():
        shutil.copytree(kept, copy / ".cache" / "leaflets", dirs_exist_ok=True)


def files_in(folder: Path) -> Mapping[str, bytes]:
    """Every file below the folder, hidden ones too, by its path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="session")
def pristine() -> Project:
    """The project itself: to be copied, never to be changed."""
    return Project(Path(environment.ROOT))


@pytest.fixture(scope="session")
def built(pristine: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A copy with a finished build of every page and leaflet. Not to be changed: copy it."""
    made = pristine.copy(tmp_path_factory.mktemp("built") / "project", SOURCES)
    take_leaflets(made.root)
    done = made.run()
    assert done.returncode == 0, done.stderr
    assert (made.root / ".cache" / "last-build.json").is_file(), done.stderr
    return made


@pytest.fixture
def project(built: Project, tmp_path: Path) -> Project:
    """A finished build to change at will."""
    return built.copy(tmp_path / "project")
