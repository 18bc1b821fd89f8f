"""However a build gets its leaflets laid out, and whatever it remembers, output/ has the same bytes.

Two boroughs with a booklet each, of which several pages are the same: Havering's, and the same words about
another. Every build is a process of its own.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from scratch import files_in

from policing_summary import differing, environment
from policing_summary.formats import DEFAULT

EDITION = "2009-10"
OTHER = ("camden", "Camden")
LEAFLETS = 2

# `build` with the options that were typed. Before it, what a case changes about who lays out what.
# Afterwards it tells how many pages of two boroughs were laid out once.
BUILD = """\
import contextlib, json, sys
from dataclasses import replace
from pathlib import Path
from policing_summary import building, hiring, runs, workshop
from policing_summary.commands import build
from policing_summary.keyboard import Keyboard

def silent(*_): pass
def failing(line): "takes very long" in line or sys.exit(line)
def asked(_): raise AssertionError
def forget():
    for kept in (runs._fitted, workshop.fonts, workshop.stylesheet, workshop._album):
        kept.cache_clear()

root, options, change = Path(sys.argv[1]), json.loads(sys.argv[2]), sys.argv[3]
summaries, whole, found = [], building.build, {"shared": 0}
def build_of(*given):
    summaries.append(whole(*given))
    return summaries[-1]
building.build = build_of
exec(change)
at = Keyboard(root, silent, failing, asked, lambda: contextlib.nullcontext(silent), str)
code = build.run(build.parser().parse_args(options), at)
print(json.dumps({"code": code, "typeset": summaries[-1].typeset, **found}))
"""
HERE = """
def here(work, jobs, order, hands):
    for number in ORDER:
        BEFORE
        yield number, work(jobs[number])
        found["shared"] = runs._fitted.cache_info().hits
building.workers.finished = here
"""
ANOTHER_PROCESS_EACH = """
hired = hiring.hands
hiring.hands = lambda *given: replace(hired(*given), largest=0)
"""


@dataclass(frozen=True)
class Way:
    """How a build is made; `begun` is what lies there before, and `typeset` the leaflets that it lays out."""

    options: tuple[str, ...] = ()
    change: str = ""
    begun: str = ""
    typeset: int = LEAFLETS
    shares: bool | None = None
    """Whether pages are shared between boroughs, if it can be told from this process."""


def here(order: str, before: str = "pass") -> str:
    return HERE.replace("ORDER", order).replace("BEFORE", before)


WAYS = {
    "two at a time": Way(("--jobs", "2")),
    "each leaflet by a process that has laid out nothing else": Way(
        ("--jobs", "1"), ANOTHER_PROCESS_EACH
    ),
    "in the process of the build, pages shared between boroughs": Way(
        change=here("order"), shares=True
    ),
    "the same, the other borough first": Way(change=here("order[::-1]"), shares=True),
    "the same, everything forgotten in between": Way(
        change=here("order", "forget()"), shares=False
    ),
    "with the leaflets of another build": Way(begun="leaflets", typeset=0),
    "with everything of another build but its output": Way(begun="cache", typeset=0),
    "onto another build": Way(begun="all", typeset=0),
    "on a cluster": Way(("--cluster",)),
}


@dataclass(frozen=True)
class Built:
    root: Path
    files: dict[str, bytes]


@pytest.fixture(scope="module")
def content(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("bytes") / "content"
    source = Path(environment.ROOT) / "content"
    shutil.copytree(source, folder, ignore=shutil.ignore_patterns("20*", "site.*.yaml"))
    (folder / EDITION).mkdir()
    edition = (source / EDITION / "edition.yaml").read_text("utf-8")
    one = re.sub(r"^formats:.*$", f"formats: [{DEFAULT.name}]", edition, flags=re.MULTILINE)
    (folder / EDITION / "edition.yaml").write_text(one, "utf-8")
    havering = (source / EDITION / "havering.yaml").read_text("utf-8")
    slug, name = OTHER
    (folder / EDITION / "havering.yaml").write_text(havering, "utf-8")
    (folder / EDITION / f"{slug}.yaml").write_text(havering.replace("Havering", name), "utf-8")
    return folder


def build(root: Path, content: Path, way: Way) -> Built:
    """A whole process; the files of output/, without what `store` keeps there for itself."""
    shutil.copytree(content, root / "content", dirs_exist_ok=True)
    done = subprocess.run(
        [sys.executable, "-c", BUILD, str(root), json.dumps(way.options), way.change],
        env=environment.variables(environment.ROOT, os.environ),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert (told["code"], told["typeset"]) == (0, way.typeset)
    if way.shares is not None:
        assert (told["shared"] > 0) is way.shares
    made = {k: v for k, v in files_in(root / "output").items() if not k.startswith(".")}
    return Built(root, made)


@pytest.fixture(scope="module")
def cold(content, tmp_path_factory) -> Built:
    """What all others are compared with: from nothing, one leaflet at a time."""
    made = build(tmp_path_factory.mktemp("cold"), content, Way(("--jobs", "1")))
    assert sum(path.endswith(".pdf") for path in made.files) == LEAFLETS
    assert "site/manifest.sha256" in made.files
    return made


@pytest.mark.parametrize("name", WAYS)
def test_output_is_the_same_byte_for_byte(name, cold, content, tmp_path, processes):
    way = WAYS[name]
    if "--cluster" in way.options:
        address = processes.scheduler()
        processes.worker(address)
        way = Way((*way.options, address))
    root = tmp_path / "another place"
    parts = {"leaflets": (".cache/leaflets",), "cache": (".cache",), "all": (".cache", "output")}
    for part in parts.get(way.begun, ()):
        shutil.copytree(cold.root / part, root / part, symlinks=True)
    files = build(root, content, way).files
    assert sorted(files) == sorted(cold.files)
    different = [path for path in files if files[path] != cold.files[path]]
    told = [differing.told(path, cold.files[path], files[path]) for path in different]
    assert told == []


def test_a_borough_that_comes_later_and_a_word_that_is_changed_back_leave_no_trace(
    cold, content, tmp_path
):
    slug, name = OTHER
    path = tmp_path / "content" / EDITION / f"{slug}.yaml"
    words = (content / EDITION / f"{slug}.yaml").read_text("utf-8")
    earlier = tmp_path / "earlier"
    shutil.copytree(content, earlier)
    (earlier / EDITION / f"{slug}.yaml").unlink()
    alone = build(tmp_path, earlier, Way(typeset=1))
    assert not any(slug in each for each in alone.files)
    (earlier / EDITION / f"{slug}.yaml").write_text(words.replace(name, "Elsewhere"), "utf-8")
    assert build(tmp_path, earlier, Way(typeset=1)).files != cold.files
    path.write_text(words, "utf-8")
    assert build(tmp_path, content, Way(typeset=1)).files == cold.files
