"""content/ → all that is wrong with it, and what a reader would stumble over; nothing is written."""

import argparse
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from policing_summary import (
    arguments,
    building,
    checks,
    content,
    copyfit,
    easyread,
    formats,
    overriding,
    rendering,
    store,
    todo,
    tracing,
)
from policing_summary.building import Wanted
from policing_summary.content import Site
from policing_summary.desk import advice, keeping, reports, schemas
from policing_summary.desk.dates import day, today
from policing_summary.errors import ContentError, Place, Problem, TypedError, in_order
from policing_summary.keyboard import DONE, PROBLEMS, Keyboard, number
from policing_summary.numerals import Day
from policing_summary.sheet import Sheet
from policing_summary.workers import OURS

MORE = """\
Advice is for people who write: it has a name, and is switched off by it in site.yaml, in an edition or in
one file: `advice: {long-sentences: no}`. docs/checking.md lists every kind."""


def parser() -> arguments.Parser:
    made = arguments.parser(
        "check",
        "Look for problems in content/, drafts included, and write nothing.",
        examples=[
            "check",
            "check content/2009-10/havering.yaml",
            "check --strict",
            "check --leaflets",
            "check --format sarif",
        ],
        more=MORE,
    )
    made.add_argument("path", nargs="*", help="tell only of these files or folders")
    made.offers["path"] = "files"
    made.add_argument(
        "--strict", action="store_true", help="a warning or an advice is as bad as an error"
    )
    made.add_argument(
        "--leaflets",
        action="store_true",
        help="lay the leaflets out too, and tell what does not fit",
    )
    made.add_argument(
        "--format",
        choices=["text", *reports.FORMATS],
        help="for whom: people, or another program (in GitHub Actions: github)",
    )
    made.add_argument("--today", type=day, help="the day to hold dates against: 2010-06-30")
    return made


def run(typed: argparse.Namespace, at: Keyboard) -> int:
    """Another program hears of errors in its own form.

    Raises:
        ContentError: there are errors, and people are to be told.
    """
    paths = [_path(each, at.root) for each in typed.path]
    form = typed.format or reports.usual(os.environ)
    now = typed.today or today()
    checked = 0
    try:
        site = content.load(at.root / "content", drafts=True)
        sheets, problems = checks.run(site)
        checked = len(sheets)
        overriding.prove(site, rendering.TEMPLATES)
        problems += _found(site, sheets)
        problems += _too_long(sheets, at) if typed.leaflets else ()
        problems += _advised(site, at.root, now)
    except ContentError as error:
        problems = list(error.problems)
    wanted = in_order(problems)
    if paths:
        wanted = tuple(p for p in wanted if any(reports.is_within(p, path) for path in paths))
    is_broken = any(problem.severity == "error" for problem in wanted)
    if form == "text" and is_broken:
        raise ContentError(wanted)
    if form == "text":
        at.show(wanted)
        at.say(_told(wanted, checked))
    else:
        at.say(reports.FORMATS[form](wanted))
    return PROBLEMS if is_broken or (typed.strict and wanted) else DONE


def _found(site: Site, sheets: Sequence[Sheet]) -> Iterator[Problem]:
    for sheet in sheets:
        yield from tracing.trace(sheet).untraced
    yield from todo.problems(site)


def _too_long(sheets: Sequence[Sheet], at: Keyboard) -> Iterator[Problem]:
    """What does not fit into which leaflet. They are kept in .cache, for the next build."""
    wanted = [
        Wanted(sheet, form)
        for sheet in sheets
        for form in formats.downloads(sheet.edition.head.formats)
        if form.content == "sections" or easyread.is_written(sheet)
    ]
    with at.progress() as say:
        cache = store.Cache(at.root / ".cache" / "leaflets")
        done, _ = building.leaflets(wanted, cache, say, OURS)
    for each in done:
        yield from copyfit.problems(each.want.sheet, each.want.form, each.leaflet)


def _advised(site: Site, root: Path, now: Day) -> Iterator[Problem]:
    yield from advice.given(site, now)
    is_wanted = site.settings.advice.has("editor-schema")
    if is_wanted and (root / "content" / schemas.FOLDER).is_dir() and keeping.edits(root):
        what = "text editors do not know all that may stand here now"
        way_out = "type `python3 build.py schema`"
        place = Place(f"content/{content.SITE}", 1, 1)
        yield Problem(place, what, way_out, "advice", "editor-schema")


def _told(problems: Sequence[Problem], checked: int) -> str:
    """The last line: how many of each there are."""
    kinds = [each.severity for each in problems]
    counts = [
        "no errors",
        number(kinds.count("warning"), "warning") if "warning" in kinds else "no warnings",
    ]
    if advised := kinds.count("advice"):
        counts.append(f"{number(advised, 'piece')} of advice")
    if "error" in kinds:
        return (
            f"Checked content/: {', '.join(counts)}. Until the errors are mended nothing is built."
        )
    return f"Checked {number(checked, 'borough file')}: {', '.join(counts)}."


def _path(typed: str, root: Path) -> str:
    """As problems name it: from the folder of the project.

    Raises:
        BuildError: nothing is there.
    """
    for start in (Path.cwd(), root, root / "content"):
        path = (start / typed).resolve()
        if path.exists() and path.is_relative_to(root.resolve()):
            return path.relative_to(root.resolve()).as_posix()
    raise TypedError(f"there is no file or folder `{typed}` in content/")
