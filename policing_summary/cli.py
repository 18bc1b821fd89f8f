"""What was typed → the step that does it → what is printed. Only this module prints.

Exit codes: 0 done; 1 problems in the content; 2 a command or option that does not exist; 3 something is
wrong with the computer or the program; 130 stopped with Ctrl-C.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from policing_summary import environment, fingerprint
from policing_summary.commands import COMMANDS, Command

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policing_summary.keyboard import Keyboard, Step

DONE, PROBLEMS, USAGE, FAULT, STOPPED = 0, 1, 2, 3, 130
ROOT = Path(environment.ROOT)
FAULT_FILE = Path(".cache") / "fault.txt"
NAMES = {command.name: command for command in COMMANDS if command.module}


def main(arguments: Sequence[str]) -> int:
    if list(arguments) in ([], ["build"]) and says_nothing_has_changed():
        return DONE
    name, *rest = arguments or ["build"]
    name = "help" if name in ("--help", "-h") else name
    if name not in NAMES:
        return unknown(arguments)
    command = NAMES[name]
    try:
        return run(command, rest)
    except KeyboardInterrupt:
        print(f"\nStopped. {command.again}", file=sys.stderr)
        return STOPPED
    except Exception as error:  # noqa: BLE001 - the last stop before a traceback
        return report_fault(error, command)


def says_nothing_has_changed() -> bool:
    record = fingerprint.unchanged_since_last_build(str(ROOT), "build")
    if record:
        for warning in record.warnings:
            warn(warning)
        print(f"Nothing has changed since the last build: output/site holds {record.summary}.")
    return bool(record)


def unknown(arguments: Sequence[str]) -> int:
    from policing_summary.arguments import nearest
    from policing_summary.commands import help as helping

    told = f"There is no command `{' '.join(arguments)}`."
    near = nearest(arguments[0], [command.name for command in COMMANDS])
    asked = f" Did you mean `{near}`?" if near else ""
    print(f"{told}{asked} What there is:\n\n{helping.TEXT}", file=sys.stderr)
    return USAGE


def run(command: Command, rest: Sequence[str]) -> int:
    """The exit code of the command.

    Raises:
        SystemExit: it was not typed as it should be, or help was asked for; argparse has said how.
    """
    import gc
    import os
    from importlib import import_module

    # Pydantic has no plugins here: to look for some is a tenth of the first file's reading.
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"
    gc.disable()  # modules are no waste: to look for some among them costs a tenth of the start
    module = import_module(f"policing_summary.commands.{command.module}")
    gc.freeze()
    gc.enable()
    typed = module.parser().parse_args(rest)
    code: int = module.run(typed, keyboard())
    return code


def keyboard() -> Keyboard:
    from contextlib import contextmanager

    from policing_summary.keyboard import Keyboard

    @contextmanager
    def progress() -> Iterator[Step]:
        from policing_summary.progress import Progress

        with Progress() as shown:
            yield shown.say

    return Keyboard(ROOT, print, warn, ask, progress, keep, answer)


def warn(line: str) -> None:
    print(line, file=sys.stderr)


def ask(question: str) -> bool | None:
    """The answer, or None if nobody sits there."""
    if not sys.stdin.isatty():
        return None
    try:
        return input(f"{question} [y/N] ").strip().lower() in {"y", "yes"}
    except EOFError:
        return False


def answer(question: str) -> str | None:
    """What was typed, or None if nobody sits there."""
    if not sys.stdin.isatty():
        return None
    try:
        return input(f"{question} ").strip()
    except EOFError:
        return None


def report_fault(error: Exception, command: Command) -> int:
    """Say what stopped the command: problems in the content, the computer, or a bug of ours."""
    from policing_summary.errors import BuildError, ContentError, TypedError
    from policing_summary.keyboard import number

    untouched = f"Nothing was written; {command.untouched} is as it was."
    if isinstance(error, ContentError):
        keyboard().show(error.problems)
        warn(f"{number(len(error.problems), 'problem')} in the content. {untouched}")
        return PROBLEMS
    if isinstance(error, BuildError):
        warn(f"error: {error}\n{untouched}")
        return USAGE if isinstance(error, TypedError) else PROBLEMS
    if isinstance(error, OSError):
        warn(missing_library(error) or told(error))
        return FAULT
    import traceback

    to_send = keep("".join(traceback.format_exception(error)))
    warn(
        f"This is a fault in the program, not in your content: {type(error).__name__}: {error}\n"
        f"Nothing was written to {command.untouched}. Please send {to_send} to the people who look after "
        "this program, with the content that led to it."
    )
    return FAULT


def told(error: OSError) -> str:
    where = f" ({error.filename})" if error.filename else ""
    way_out = (
        "Make room or mend the folder's permissions, then try again."
        if error.errno in errno_of_places()
        else "Try again. If it says so once more, send this line to the people who look after this program."
    )
    return f"error: {error.strerror or error}{where}\n{way_out}"


def errno_of_places() -> frozenset[int]:
    """The errors of a disk that is full, and of a place that may not be written to."""
    import errno

    return frozenset({errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EPERM, errno.EROFS})


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
