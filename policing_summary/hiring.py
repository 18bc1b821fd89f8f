"""What was typed about who does the work → the hands that do it."""

import argparse
import re
from dataclasses import replace
from pathlib import Path

from policing_summary import crew, environment
from policing_summary.errors import BuildError
from policing_summary.keyboard import Keyboard
from policing_summary.workers import Hands

LEAFLETS = Path(".cache") / "leaflets"  # as in building
NO_LEAFLETS = re.compile(rb"^formats: *none\b", re.MULTILINE)


def hands(typed: argparse.Namespace, at: Keyboard) -> Hands:
    """Those of `--jobs` and `--cluster`; what a cluster needs is installed with the first.

    Raises:
        BuildError: it cannot be installed.
    """
    if typed.cluster:
        need_a_cluster()
    return Hands(typed.jobs, typed.cluster, told=lambda line: at.warn(f"warning: {line}"))


def called(hands: Hands, root: Path) -> Hands:
    """The same, who get ready already while it is still being found out what there is to do."""
    if hands.jobs == 1 or hands.cluster or not has_leaflets(root):
        return hands
    return replace(hands, called=crew.call())


def has_leaflets(root: Path) -> bool:
    """Whether the last build kept leaflets, or the first one is to be expected to make some."""
    try:
        return any((root / LEAFLETS).iterdir())
    except OSError:
        return not all(map(_makes_none, (root / "content").glob("*/edition.yaml")))


def _makes_none(edition: Path) -> bool:
    """Whether a file says so at first sight; what is wrong with it is told where it is read."""
    try:
        return NO_LEAFLETS.search(edition.read_bytes()) is not None
    except OSError:
        return False


def need_a_cluster() -> None:
    """Make sure that Dask can be imported.

    Raises:
        BuildError: it is not there and cannot be installed.
    """
    try:
        environment.need("cluster")
    except environment.SetupError as trouble:
        raise BuildError(str(trouble)) from trouble
