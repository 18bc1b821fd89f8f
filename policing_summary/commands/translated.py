"""A translation that somebody has compared with its original → a record that it is in step."""

import argparse
from pathlib import Path

from policing_summary import arguments, content, model
from policing_summary.content import Site, TranslationFile
from policing_summary.desk import stale
from policing_summary.desk.stale import Original, UnknownPartError
from policing_summary.errors import TypedError
from policing_summary.importers import filing
from policing_summary.importers.filing import Edit
from policing_summary.keyboard import DONE, Keyboard, number

MORE = """\
The record stands at the end of the translation, under `translated-from:`. When words of the original change later,
`check` says which parts of the translation are behind. The form in the preview records what it saves by itself."""


def parser() -> arguments.Parser:
    made = arguments.parser(
        "translated",
        "Record that a translation is in step with its original, as it is now.",
        examples=[
            "translated content/2009-10/havering.pl.yaml",
            "translated content/2009-10/havering.pl.yaml commander performance",
        ],
        more=MORE,
    )
    made.add_argument("file", help="a translation: content/2009-10/havering.pl.yaml")
    made.add_argument(
        "parts", nargs="*", metavar="PART", help="its keys at the margin; all of them if left out"
    )
    made.offers.update(file="files", parts=tuple(model.sections()))
    return made


def run(typed: argparse.Namespace, at: Keyboard) -> int:
    site = content.load(at.root / "content", drafts=True)
    file, original = _translation(site, typed.file)
    path = at.root / file.document.name
    old = path.read_bytes()
    try:
        new = stale.in_step(file, original, typed.parts, old.decode("utf-8")).encode()
    except UnknownPartError as error:
        raise TypedError(f"{error}.") from None
    if new == old:
        at.say("That is recorded already: the original has not changed since.")
        return DONE
    filing.store([Edit(path, file.document.name, old, new, ())])
    parts = len(typed.parts) or len(stale.parts(file, original))
    at.say(
        f"Recorded {number(parts, 'part')} of {file.document.name} as in step with {original.document.name}."
    )
    return DONE


def _translation(site: Site, typed: str) -> tuple[TranslationFile, Original]:
    wanted = Path(typed).as_posix().removeprefix("./").removeprefix("content/")
    for file in site.translations:
        if file.document.name == f"content/{wanted}" and (found := stale.original_of(site, file)):
            return file, found
    known = ", ".join(file.document.name for file in site.translations) or "there are none yet"
    raise TypedError(f"There is no translation `{typed}` that can be read. Known are: {known}.")
