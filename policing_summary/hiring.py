"""What was typed about who does the work → the hands that do it."""

import argparse

from policing_summary import environment
from policing_summary.errors import BuildError
from policing_summary.keyboard import Keyboard
from policing_summary.workers import Hands


def hands(typed: argparse.Namespace, at: Keyboard) -> Hands:
    """Those of `--jobs` and `--cluster`; what a cluster needs is installed with the first.

    Raises:
        BuildError: it cannot be installed.
    """
    if typed.cluster:
        need_a_cluster()
    return Hands(typed.jobs, typed.cluster, told=lambda line: at.warn(f"warning: {line}"))


def need_a_cluster() -> None:
    """Make sure that Dask can be imported.

    Raises:
        BuildError: it is not there and cannot be installed.
    """
    try:
        environment.need("cluster")
    except environment.SetupError as trouble:
        raise BuildError(str(trouble)) from trouble
