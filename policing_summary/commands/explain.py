"""A line of a content file → what it is for, what is made of it, and where it is printed."""

import argparse
import re
from pathlib import Path

from policing_summary import arguments, checks, content, fingerprint, source
from policing_summary.desk import answers, places
from policing_summary.desk.answers import Answer
from policing_summary.desk.printed import Built
from policing_summary.desk.questions import Question
from policing_summary.errors import TypedError
from policing_summary.keyboard import DONE, Keyboard

PLACE = re.compile(r"(?P<file>.+?):(?P<line>[0-9]+)(?::(?P<column>[0-9]+))?")


def parser() -> arguments.Parser:
    made = arguments.parser(
        "explain",
        "Say what a line of a content file is for, what is made of it, and where it is printed.",
        examples=["explain content/2009-10/havering.yaml:41", "explain content/site.yaml:12:5"],
    )
    made.add_argument("place", help="a file of content/, a colon, and the line; perhaps the column")
    made.offers["place"] = "files"
    return made


def run(typed: argparse.Namespace, at: Keyboard) -> int:
    """Of content with errors nothing is explained: what is wrong is told instead."""
    match = PLACE.fullmatch(typed.place)
    if match is None:
        raise TypedError(f"`{typed.place}` has no line: write `content/2009-10/havering.yaml:41`")
    path = _path(match["file"], at.root)
    file = path.relative_to(at.root / "content").as_posix()
    if "." in path.stem:
        original = path.with_name(f"{path.stem.partition('.')[0]}.yaml").name
        raise TypedError(f"this is a translation: ask about the same part of {original}")
    document = source.read(path, f"content/{file}")
    line, column = int(match["line"]), match["column"]
    if not 1 <= line <= len(document.lines):
        raise TypedError(f"content/{file} has {len(document.lines)} lines")
    site = content.load(at.root / "content", drafts=True)
    sheets, _ = checks.run(site)
    originals = [sheet for sheet in sheets if sheet.original is None]
    steps = places.steps_at(document, line, int(column) if column else None)
    told = answers.about(
        Question(file, document, steps, originals, _built(at.root)), at.root / "content"
    )
    at.say(f"content/{typed.place.removeprefix('content/')}  {document.lines[line - 1].strip()}")
    for text in shown(told):
        at.say(text)
    return DONE


def shown(answer: Answer) -> list[str]:
    lines = [answer.trail]
    for word, parts in answer.parts:
        lines += ["", f"{word}:", *(f"    {part}" for part in parts)]
    return lines


def _built(root: Path) -> Built:
    """What the last build left, and what has changed since it was made."""
    site = root / "output" / "site"
    record = fingerprint.last(str(root))
    if record is None:
        return Built(site, None)
    now = fingerprint.take(str(root), record.inputs)
    hashes = {path: seen[2] for path, seen in record.inputs.items()}
    changed = {
        path for path in {*hashes, *now} if path not in now or now[path][2] != hashes.get(path)
    }
    return Built(site, frozenset(changed))


def _path(typed: str, root: Path) -> Path:
    home = (root / "content").resolve()
    for start in (Path.cwd(), root, root / "content"):
        path = (start / typed).resolve()
        if path.is_file() and path.is_relative_to(home) and path.suffix == ".yaml":
            return path
    raise TypedError(f"there is no content file `{typed}`")
