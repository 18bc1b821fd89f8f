"""A few of the kills and rebuilds that benchmarks/soak.py makes by the hundred."""

import importlib.util
import os
import sys
from pathlib import Path

import pytest

from policing_summary import environment

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
