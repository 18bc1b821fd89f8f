"""What was typed → the step that does it → what is printed. Only this module prints.

Exit codes: 0 done; 1 problems in the content; 2 a command that does not exist; 3 something is wrong
with the computer or the program; 130 stopped with Ctrl-C.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from policing_summary import environment, fingerprint

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policing_summary.building import Summary
    from policing_summary.errors import Problem

DONE, PROBLEMS, USAGE, FAULT, STOPPED = 0, 1, 2, 3, 130
ROOT = Path(environment.ROOT)
FAULT_FILE = Path(".cache") / "fault.txt"

HELP = """\
usage: python3 build.py [command]

  (no command)   build every page and leaflet into output/site
  check          look for problems in content/ and write nothing; with --strict a warning is an error
  import         fill in figures from published files (import --help says how)
  mail           print the addresses of a list into output/mail (mail --help says how)
  print          make files for a print shop in output/print (print --help says how)
  test           run the project's tests (what follows goes to pytest)
  lint           check the style and types of the program itself
  help           show this

After a build, open output/site/index.html in a browser.
Exit codes: 0 done, 1 problems in the content, 2 no such command, 3 a fault elsewhere.
Editors find everything in docs/editors.md.
"""


def main(arguments: Sequence[str]) -> int:
    command, *rest = arguments or ["build"]
    commands = {
        "build": build,
        "check": check,
        "help": show_help,
        "--help": show_help,
        "-h": show_help,
    }
    if command == "check" and rest == ["--strict"]:
        commands["check"], rest = check_strictly, []
    if command == "import":
        return import_figures(rest)
    if command == "mail":
        return mail(rest)
    if command == "print":
        return print_files(rest)
    if command not in commands or rest:
        told = f"There is no command `{' '.join(arguments)}`."
        print(f"{told} What there is:\n\n{HELP}", file=sys.stderr, end="")
        return USAGE
    try:
        return commands[command]()
    except KeyboardInterrupt:
        print("\nStopped. Run the command again to go on.", file=sys.stderr)
        return STOPPED
    except Exception as error:  # noqa: BLE001 - the last stop before a traceback
        return report_fault(error)


def show_help() -> int:
    print(HELP, end="")
    return DONE


def build() -> int:
    record = fingerprint.unchanged_since_last_build(str(ROOT), "build")
    if record:
        summary = record["summary"]
        print(f"Nothing has changed since the last build: output/site holds {summary}.")
        return DONE
    inputs = fingerprint.take(str(ROOT))
    from policing_summary import building
    from policing_summary.progress import Progress

    with Progress() as progress:
        summary = building.build(ROOT, progress.say)
    holds = f"{_number(summary.pages, 'page')} and {_number(summary.leaflets, 'leaflet')}"
    print_problems(summary.problems)
    for warning in summary.warnings:
        print(f"warning: {warning}", file=sys.stderr)
    print(told(summary, holds))
    if not summary.warnings and not summary.problems:
        fingerprint.record(str(ROOT), "build", inputs, holds)
    return DONE


def told(summary: Summary, holds: str) -> str:
    """The last line of a build."""
    warnings = len(summary.warnings) + len(summary.problems)
    return (
        f"Built {holds} in {summary.seconds:.1f} s into output/site: "
        f"{_number(summary.typeset, 'leaflet')} laid out anew, {_number(summary.written, 'file')} "
        f"written, {summary.removed} removed, {_number(warnings, 'warning') if warnings else 'no warnings'}."
    )


def check() -> int:
    print_warnings()
    return DONE


def check_strictly() -> int:
    """A warning is as good as an error."""
    return PROBLEMS if print_warnings() else DONE


def print_warnings() -> int:
    """Check everything and tell what was found; errors are raised, so what is left are warnings."""
    from policing_summary import checks, content, tracing
    from policing_summary.errors import in_order

    site = content.load(ROOT / "content", drafts=True)
    sheets, problems = checks.run(site)
    for sheet in sheets:
        problems += tracing.trace(sheet).untraced
    warnings = in_order(problems)
    print_problems(warnings)
    found = _number(len(warnings), "warning") if warnings else "no warnings"
    print(f"Checked {_number(len(sheets), 'borough file')}: no errors, {found}.")
    return len(warnings)


def import_figures(arguments: Sequence[str]) -> int:
    from policing_summary.errors import ContentError
    from policing_summary.importers import command

    try:
        return command.run(arguments, ROOT, print, ask)
    except ContentError as error:
        print_problems(error.problems)
        print("Nothing was written; content/ is as it was.", file=sys.stderr)
        return PROBLEMS
    except KeyboardInterrupt:
        print("\nStopped. Nothing was written.", file=sys.stderr)
        return STOPPED
    except Exception as error:  # noqa: BLE001 - the last stop before a traceback
        return report_fault(error)


def mail(arguments: Sequence[str]) -> int:
    """A fault here is told without its words, which may hold somebody's address."""
    from policing_summary.errors import BuildError, ContentError
    from policing_summary.mailing import command

    try:
        return command.run(arguments, ROOT, print, lambda line: print(line, file=sys.stderr))
    except KeyboardInterrupt:
        print("\nStopped. output/mail is as it was.", file=sys.stderr)
        return STOPPED
    except (ContentError, BuildError, OSError) as error:
        return report_fault(error)
    except Exception as error:  # noqa: BLE001 - the last stop before a traceback
        to_send = keep(trace_without_words(error))
        print(
            f"This is a fault in the program, not in your list: {type(error).__name__}.\n"
            f"Nothing was written to output/mail. Please send {to_send} to the people who look after this "
            "program. No address is in it; do not send them the list.",
            file=sys.stderr,
        )
        return FAULT


def trace_without_words(error: BaseException) -> str:
    """Where it came about, line by line of the program, without what the exceptions say."""
    import traceback

    told, seen = [], set[int]()
    at: BaseException | None = error
    while at is not None and id(at) not in seen:
        seen.add(id(at))
        told += [f"{type(at).__name__}\n", *traceback.format_tb(at.__traceback__)]
        at = at.__cause__ or at.__context__
    return "".join(told)


def print_files(arguments: Sequence[str]) -> int:
    from policing_summary import printing
    from policing_summary.press.arguments import parse
    from policing_summary.progress import Progress

    wish = parse(arguments)
    try:
        with Progress() as progress:
            summary = printing.run(ROOT, wish, progress.say)
    except KeyboardInterrupt:
        print("\nStopped. Nothing was written.", file=sys.stderr)
        return STOPPED
    except Exception as error:  # noqa: BLE001 - the last stop before a traceback
        return report_fault(error)
    print_problems(summary.problems)
    for note in summary.notes:
        print(f"note: {note}", file=sys.stderr)
    for fault in summary.faults:
        print(f"error: {fault}", file=sys.stderr)
    print(
        f"Made {_number(summary.jobs, 'print job')} in {summary.seconds:.1f} s into output/print: "
        f"{summary.pressed} laid out anew, {_number(summary.written, 'file')} written, "
        f"{summary.removed} removed."
    )
    if summary.withheld:
        print(f"Not written: {', '.join(summary.withheld)}.", file=sys.stderr)
    return PROBLEMS if summary.withheld else DONE


def ask(question: str) -> bool | None:
    """The answer, or None if nobody sits there."""
    if not sys.stdin.isatty():
        return None
    try:
        return input(f"{question} [y/N] ").strip().lower() in {"y", "yes"}
    except EOFError:
        return False


def print_problems(problems: tuple[Problem, ...]) -> None:
    from policing_summary.errors import show

    for problem in problems:
        print(show(problem) + "\n", file=sys.stderr)


def report_fault(error: Exception) -> int:
    """Say what stopped the command: problems in the content, the computer, or a bug of ours."""
    from policing_summary.errors import BuildError, ContentError

    if isinstance(error, ContentError):
        print_problems(error.problems)
        count = _number(len(error.problems), "problem")
        print(
            f"{count} in the content. Nothing was written; output/ is as it was.", file=sys.stderr
        )
        return PROBLEMS
    if isinstance(error, BuildError):
        print(f"error: {error}\nNothing was written; output/ is as it was.", file=sys.stderr)
        return PROBLEMS
    if isinstance(error, OSError):
        if missing := missing_library(error):
            print(missing, file=sys.stderr)
        else:
            where = f" ({error.filename})" if error.filename else ""
            print(f"error: {error.strerror or error}{where}", file=sys.stderr)
            print("Make room or mend the folder's permissions, then try again.", file=sys.stderr)
        return FAULT
    import traceback

    to_send = keep("".join(traceback.format_exception(error)))
    print(
        f"This is a fault in the program, not in your content: {type(error).__name__}: {error}\n"
        f"Nothing was written to output/. Please send {to_send} to the people who look after "
        "this program, with the content that led to it.",
        file=sys.stderr,
    )
    return FAULT


def keep(trace: str) -> str:
    """What the person at the keyboard has to send: the name of a file, or what was printed."""
    path = ROOT / FAULT_FILE
    try:
        path.parent.mkdir(exist_ok=True)
        path.write_text(trace, encoding="utf-8")
    except OSError:  # the disk is full, or may not be written to
        print(trace, file=sys.stderr)
        return "all of this"
    return str(FAULT_FILE)


def missing_library(error: OSError) -> str:
    """What to install, if the error came from a system library that is not there."""
    if error.errno is not None:
        return ""
    from policing_summary import system

    return system.provide(["library"], environment.MACOS_FOLDERS, print)


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
