"""content/ → all that is wrong with it, and nothing written."""

import argparse

from policing_summary import arguments, checks, content, todo, tracing
from policing_summary.errors import in_order
from policing_summary.keyboard import DONE, PROBLEMS, Keyboard, number


def parser() -> arguments.Parser:
    made = arguments.parser(
        "check",
        "Look for problems in content/, drafts included, and write nothing.",
        examples=["check", "check --strict"],
    )
    made.add_argument("--strict", action="store_true", help="a warning is as bad as an error")
    return made


def run(typed: argparse.Namespace, at: Keyboard) -> int:
    """Errors are raised, so what is left are warnings."""
    site = content.load(at.root / "content", drafts=True)
    sheets, problems = checks.run(site)
    for sheet in sheets:
        problems += tracing.trace(sheet).untraced
    problems += todo.problems(site)
    warnings = in_order(problems)
    at.show(warnings)
    found = number(len(warnings), "warning") if warnings else "no warnings"
    at.say(f"Checked {number(len(sheets), 'borough file')}: no errors, {found}.")
    return PROBLEMS if warnings and typed.strict else DONE
