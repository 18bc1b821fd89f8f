"""`python3 build.py mail …`: a list of addresses → output/mail."""

import argparse
import traceback

from policing_summary import arguments
from policing_summary.errors import BuildError, ContentError
from policing_summary.keyboard import FAULT, Keyboard
from policing_summary.mailing import command
from policing_summary.mailing.arguments import parser as described
from policing_summary.mailing.arguments import wanted


def parser() -> arguments.Parser:
    return described()


def run(typed: argparse.Namespace, at: Keyboard) -> int:
    """A fault here is told without its words, which may hold somebody's address."""
    try:
        return command.run(wanted(typed), at.root, at.say, at.warn)
    except (ContentError, BuildError, OSError):
        raise
    except Exception as error:  # noqa: BLE001 - the last stop before its words are printed
        to_send = at.keep(trace_without_words(error))
        at.warn(
            f"This is a fault in the program, not in your list: {type(error).__name__}.\n"
            f"Nothing was written to output/mail. Please send {to_send} to the people who look after this "
            "program. No address is in it; do not send them the list."
        )
        return FAULT


def trace_without_words(error: BaseException) -> str:
    """Where it came about, line by line of the program, without what the exceptions say."""
    told, seen = [], set[int]()
    at: BaseException | None = error
    while at is not None and id(at) not in seen:
        seen.add(id(at))
        told += [f"{type(at).__name__}\n", *traceback.format_tb(at.__traceback__)]
        at = at.__cause__ or at.__context__
    return "".join(told)
