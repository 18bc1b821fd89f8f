"""`python3 build.py import …`: published files → figures in content/."""

import argparse

from policing_summary import arguments
from policing_summary.importers import command
from policing_summary.importers.arguments import complete
from policing_summary.importers.arguments import parser as described
from policing_summary.keyboard import Keyboard


def parser() -> arguments.Parser:
    return described()


def run(typed: argparse.Namespace, at: Keyboard) -> int:
    return command.run(complete(typed), at.root, at.say, at.ask)
