"""A few of the kills that benchmarks/publish_kills.py makes by the hundred."""

import importlib.util
import os
import sys
from pathlib import Path

import pytest

from policing_summary import environment

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork")


@pytest.fixture(scope="module")
def soak():
    path = Path(environment.ROOT) / "benchmarks" / "publish_kills.py"
    spec = importlib.util.spec_from_file_location("publish_kills", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["publish_kills"] = module  # for its dataclasses
    spec.loader.exec_module(module)
    return module


def test_a_publication_that_is_killed_leaves_one_website_whole_and_the_next_mends(soak, tmp_path):
    found = list(soak.kills(tmp_path, 12))
    assert [kill.way for kill in found] == ["a folder"] * 6 + ["a branch"] * 6
    assert {kill.left for kill in found} <= {"the old site", "the new site"}
    assert all(kill.mended for kill in found)


def test_a_torn_website_would_be_seen(soak):
    old, new = soak.website("first"), soak.website("other")
    assert soak.named(old, old, new) == "the old site"
    assert soak.named(new | {"assets/first.css": b"first"}, old, new) == "the new site"
    assert soak.named(old | {"index.html": new["index.html"]}, old, new) == "torn"
    assert soak.named({**new, "first/index.html": b""}, old, new) == "torn"
    assert soak.named({}, old, new) == "torn"
