"""`python3 build.py print …`: content/ → output/print."""

import argparse

from policing_summary import arguments, hiring, printing
from policing_summary.keyboard import DONE, PROBLEMS, Keyboard, number
from policing_summary.press.arguments import parser as described
from policing_summary.press.arguments import wish_of


def parser() -> arguments.Parser:
    return described()


def run(typed: argparse.Namespace, at: Keyboard) -> int:
    hands = hiring.hands(typed, at)
    with at.progress() as say:
        summary = printing.run(at.root, wish_of(typed), say, hands)
    at.show(summary.problems)
    for note in summary.notes:
        at.warn(f"note: {note}")
    for fault in summary.faults:
        at.warn(f"error: {fault}")
    at.say(
        f"Made {number(summary.jobs, 'print job')} in {summary.seconds:.1f} s into output/print: "
        f"{summary.pressed} laid out anew, {number(summary.written, 'file')} written, "
        f"{summary.removed} removed."
    )
    if summary.withheld:
        at.warn(f"Not written: {', '.join(summary.withheld)}.")
    return PROBLEMS if summary.withheld else DONE
