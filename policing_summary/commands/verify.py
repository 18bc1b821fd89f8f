"""Everything under content/ → built once more → compared with what was published."""

import argparse
from pathlib import Path

from policing_summary import arguments, verifying
from policing_summary.keyboard import DONE, PROBLEMS, Keyboard, number

MOST_TOLD = 20  # files


def parser() -> arguments.Parser:
    made = arguments.parser(
        "verify",
        "Build everything once more in a temporary folder, without what earlier builds have kept, and "
        "compare it file by file with output/site, or with a folder that was published.",
        examples=["verify", "verify --published /srv/www/summaries"],
        more="Nothing is changed. The exit code is 1 if a file differs, is missing or is too many.",
    )
    made.add_argument(
        "--published", metavar="FOLDER", help="compare with this folder instead of output/site"
    )
    made.add_argument(
        "--all", action="store_true", help=f"list every file, not only the first {MOST_TOLD}"
    )
    return made


def run(typed: argparse.Namespace, at: Keyboard) -> int:
    shown = typed.published or "output/site"
    folder = Path(typed.published) if typed.published else at.root / "output" / "site"
    with at.progress() as say:
        verdict = verifying.verify(at.root, folder, say)
    told = verdict.lines if typed.all else verdict.lines[:MOST_TOLD]
    for line in told:
        at.warn(line)
    if rest := len(verdict.lines) - len(told):
        at.warn(f"and {number(rest, 'file')} more; `verify --all` lists them")
    compared = f"{number(verdict.files, 'file')}, {number(verdict.leaflets, 'leaflet')} among them"
    if not verdict.lines:
        at.say(f"Built anew and compared: {shown} is the same byte for byte ({compared}).")
        return DONE
    at.say(
        f"Built anew and compared: {len(verdict.lines)} of {number(verdict.files, 'file')} in {shown} "
        "differ. If the content was changed since, build and publish; if not, somebody changed the files."
    )
    return PROBLEMS
