"""`python3 build.py import …`: what was typed → what was found → what would change → written or not.

It prints nothing itself: `say` is handed each line, `ask` the question.
"""

import argparse
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from shutil import copytree

from policing_summary import checks, content, source
from policing_summary.content import Edition
from policing_summary.desk import keeping
from policing_summary.errors import ContentError, Problem
from policing_summary.importers import filing, shelf, street, writing
from policing_summary.importers.boroughs import Boroughs
from policing_summary.importers.filing import Change, Edit
from policing_summary.importers.found import Found, refuse
from policing_summary.importers.jobs import Job, street_files
from policing_summary.importers.writing import Wanted

Say = Callable[[str], None]
Ask = Callable[[str], bool | None]
"""The answer to a yes-or-no question; None if nobody is there to answer."""

DONE, REFUSED = 0, 1


def run(typed: argparse.Namespace, root: Path, say: Say, ask: Ask) -> int:
    """One import; the exit code is as in cli.py.

    Raises:
        ContentError: something in the files or in the content stands in the way.
        OSError: a content file cannot be written.
    """
    boroughs = Boroughs(shelf.site_of(root).boroughs)
    if typed.source == "street" and typed.report:
        for line in street.report(street_files(typed.files, boroughs), boroughs):
            say(line)
        return DONE
    job = Job(typed, root, shelf.edition_of(root, typed.edition), boroughs)
    found, kept = job.found(typed.source)
    edits = _edits(job, found) + kept
    for note in found.notes:
        say(f"note: {note}")
    if not edits:
        say("Nothing to change: the content says all of this already.")
        return DONE
    for line in _shown(edits, job.boroughs):
        say(line)
    _check(root, job.edition, edits)
    return _decided(root, edits, say, ask, yes=typed.yes)


def _decided(root: Path, edits: Sequence[Edit], say: Say, ask: Ask, *, yes: bool) -> int:
    values = sum(len(edit.changes) for edit in edits)
    would = f"{_number(values, 'value')} in {_number(len(edits), 'file')}"
    answer = True if yes else ask(f"Write {would}?")
    if answer is None:
        say(f"Nothing was written: nobody is there to agree to {would}. Add `--yes` to do it.")
        return REFUSED
    if not answer:
        say("Nothing was written.")
        return DONE
    filing.store(edits)
    keeping.follow(root)
    say(f"Wrote {would}. Now run `python3 build.py check`.")
    return DONE


def _edits(job: Job, found: Found) -> list[Edit]:
    """The files that would change.

    Raises:
        ContentError: a section is written in a way that cannot be changed without harm.
    """
    edits = []
    problems: list[Problem] = []
    sources = tuple(origin.lines for origin in found.origins)
    for slug, given in found.rows.items():
        wanted = Wanted(found.section, found.head, given, sources)
        name = f"content/{job.edition.slug}/{slug}.yaml"
        borough, label = job.boroughs.name(slug), job.edition.head.label
        remark = f"{borough}, {label}. What is not here comes from {content.EDITION}."
        try:
            if (job.root / name).exists():
                source.read(job.root / name, name)  # tells what is wrong with it as YAML
            edits.append(writing.edit(job.root / name, name, remark, wanted))
        except ContentError as error:
            problems += error.problems
    refuse(problems)
    return [edit for edit in edits if edit.changes]


def _shown(edits: Sequence[Edit], boroughs: Boroughs) -> list[str]:
    """Each file with its changes, one line for a measure."""
    lines = []
    for edit in edits:
        slug = edit.path.stem
        title = boroughs.name(slug) if slug in boroughs.entries else "The whole edition"
        lines.append(f"\n{title} ({edit.name}{'' if edit.old is not None else ', new'})")
        by_what: dict[str, list[Change]] = {}
        for change in edit.changes:
            by_what.setdefault(change.what, []).append(change)
        width = max(len(what) for what in by_what)
        for what, changes in by_what.items():
            told = "   ".join(_told(change) for change in changes)
            lines.append(f"  {what:<{width}}  {told}")
    return [*lines, ""]


def _told(change: Change) -> str:
    field = f"{change.field}: " if change.field else ""
    return f"{field}{change.old or 'nothing'} → {change.new}"


def _check(root: Path, edition: Edition, edits: Sequence[Edit]) -> None:
    """Read and check the edition as it would be.

    Raises:
        ContentError: what would stand there contradicts itself.
    """
    with tempfile.TemporaryDirectory() as folder:
        trial = Path(folder) / "content"
        copytree(edition.folder, trial / edition.slug)
        for words in (root / "content").glob("site*.yaml"):  # its translations too
            (trial / words.name).write_bytes(words.read_bytes())
        for edit in edits:
            (trial / edition.slug / edit.path.name).write_bytes(edit.new)
        checks.run(content.load(trial, drafts=True))


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
