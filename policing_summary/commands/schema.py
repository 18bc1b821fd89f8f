"""content/ → the schemas that text editors read while somebody types."""

import argparse

from policing_summary import arguments
from policing_summary.desk import keeping
from policing_summary.keyboard import DONE, Keyboard, number

MORE = """\
A text editor that knows YAML (VS Code with its YAML extension, and many others) then offers the keys,
the measures and the boroughs of this site, says what each is for, and underlines what cannot be right.
Run it again when a measure, a borough, an edition or a picture is new; `check` says when that is due."""


def parser() -> arguments.Parser:
    return arguments.parser(
        "schema",
        "Tell text editors what may stand in the files of content/.",
        examples=["schema"],
        more=MORE,
    )


def run(typed: argparse.Namespace, at: Keyboard) -> int:  # noqa: ARG001 - it has no options
    left_over = keeping.left_over(at.root)
    edits = keeping.renew(at.root)
    if not edits and not left_over:
        at.say("Nothing to change: text editors know all of this already.")
        return DONE
    for edit in edits:
        at.say(f"{'changed' if edit.old is not None else 'new    '}  {edit.name}")
    for path in left_over:
        at.say(f"deleted  {path.relative_to(at.root).as_posix()}")
    at.say(
        f"Wrote {number(len(edits), 'file')}. Text editors see it the next time a file is opened."
    )
    return DONE
