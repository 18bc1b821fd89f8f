"""A few of the kills and rebuilds that benchmarks/soak.py makes by the hundred."""

import contextlib
import functools
import importlib.util
import os
import sys
from pathlib import Path

import pytest

from policing_summary import building, environment, locking, store, trees
from policing_summary.commands import build as command
from policing_summary.keyboard import Keyboard

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork")


@pytest.fixture(scope="module")
def soak():
    path = Path(environment.ROOT) / "benchmarks" / "soak.py"
    spec = importlib.util.spec_from_file_location("soak", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["soak"] = module  # for its dataclasses
    spec.loader.exec_module(module)
    return module


def test_a_build_that_is_killed_leaves_the_old_site_or_the_new_and_the_next_mends(soak, tmp_path):
    found = list(soak.kills(tmp_path, 8))
    assert {kill.left for kill in found} <= {"the old site", "the new site"}
    assert all(kill.mended for kill in found)


def test_readers_meanwhile_find_every_page_whole(soak, tmp_path):
    answers = soak.readers(tmp_path, 3)
    assert len(answers) == 4
    for answer in answers:
        assert answer.right > 0
        assert answer.wrong == {}


def test_builds_at_once_come_one_after_the_other(soak, tmp_path, monkeypatch):
    monkeypatch.setattr(locking, "held", functools.partial(locking.held, wait=120))
    soak.OTHER.write(tmp_path)
    children = [soak._forked(tmp_path, os.open(os.devnull, os.O_WRONLY)) for _ in range(3)]
    ended = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    assert ended == [0, 0, 0]
    found = soak.files_of(tmp_path)
    soak.build(tmp_path)
    assert found == soak.files_of(tmp_path)
    assert found == store.gathered(tmp_path / "output" / store.STAGING / store.TWIN)


def test_ctrl_c_while_it_is_written_leaves_the_old_site(soak, tmp_path, monkeypatch):
    one, _ = soak.sites(tmp_path)
    soak.ONE.write(tmp_path)
    soak.build(tmp_path)
    soak.OTHER.write(tmp_path)

    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(trees, "settle", stop)
    with pytest.raises(KeyboardInterrupt):
        soak.build(tmp_path)
    assert soak.files_of(tmp_path) == one


def test_a_content_file_that_changes_meanwhile_is_told(soak, tmp_path, monkeypatch):
    soak.ONE.write(tmp_path)
    made, warned = building.build, []

    def changing(*what, **how):
        summary = made(*what, **how)
        soak.OTHER.write(tmp_path)
        return summary

    monkeypatch.setattr(building, "build", changing)
    at = Keyboard(
        tmp_path, str, warned.append, bool, lambda: contextlib.nullcontext(soak.silent), str
    )
    assert command.run(command.parser().parse_args([]), at) == 0
    assert len(warned) == 1
    assert "content/2009-10/barnet.yaml and 4 other files were changed" in warned[0]
    assert "Run the command again" in warned[0]
