"""What there is to type."""

import argparse

from policing_summary import arguments
from policing_summary.commands import COMMANDS
from policing_summary.keyboard import DONE, Keyboard

WIDTH = max(len(command.name) for command in COMMANDS)
TEXT = "\n".join(
    [
        f"usage: {arguments.PROGRAM} [command]",
        "",
        *(f"  {command.name:<{WIDTH}}  {command.summary}" for command in COMMANDS),
        "",
        "Each command says more after --help, and no command at all means build.",
        "After a build, open output/site/index.html in a browser.",
        "Exit codes: 0 done, 1 problems in the content, 2 typed wrongly, 3 a fault elsewhere.",
        "Editors find everything in docs/editors.md.",
    ]
)


def parser() -> arguments.Parser:
    return arguments.parser("help", "Show what there is to type.")


def run(typed: argparse.Namespace, at: Keyboard) -> int:  # noqa: ARG001 - it has no options
    at.say(TEXT)
    return DONE
