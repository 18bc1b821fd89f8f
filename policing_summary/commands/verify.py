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
        "compare it file by file with output/site, with a folder that was published, or with the site that "
        "readers get.",
        examples=[
            "verify",
            "verify --published /srv/www/summaries",
            "verify --published https://summary.example.org/",
        ],
        more="Nothing is changed. The exit code is 1 if a file differs, is missing or is too many.",
    )
    made.add_argument(
        "--published",
        metavar="PLACE",
        help="compare with this folder or address instead of output/site",
    )
    made.offers["published"] = "folders"
    made.add_argument(
        "--all", action="store_true", help=f"list every file, not only the first {MOST_TOLD}"
    )
    return made


def run(typed: argparse.Namespace, at: Keyboard) -> int:
    shown = typed.published or "output/site"
    place = shown if "://" in shown or not typed.published else str(Path(shown).resolve())
    with at.progress() as say:
        verdict = verifying.verify(at.root, place, say)
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
