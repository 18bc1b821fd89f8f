"""`python3 build.py mail …`: what was typed → a list checked → a mailing written, or every bad row told.

It prints nothing itself: `say` is handed each line, `tell` what goes to those who look for mistakes.
"""

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

from policing_summary import checks, content, formats, locking, store, vault
from policing_summary.errors import BuildError, TypedError
from policing_summary.formats import Format
from policing_summary.language import english_name
from policing_summary.mailing import face, headings, offer, production, reading
from policing_summary.mailing.arguments import Wanted
from policing_summary.mailing.faults import ranges, show
from policing_summary.mailing.gathering import Gathered, gather
from policing_summary.mailing.production import Job
from policing_summary.mailing.stocks import Stationery
from policing_summary.rendering import TEMPLATES
from policing_summary.sheet import Sheet

Say = Callable[[str], None]
DONE, REFUSED = 0, 1
PUBLISHED = ("content", "docs", "templates", "output/site", "output/print")


def run(wanted: Wanted, root: Path, say: Say, tell: Say) -> int:
    """One mailing; the exit code is as in cli.py.

    Raises:
        ContentError: something in the content or in the list as a whole stands in the way.
        BuildError: the edition or the borough is not there, or the list lies where it would be published.
        OSError: output/mail cannot be written.
    """
    path = Path(wanted.file)
    _refuse_published(path, root)
    sheets = _sheets(root, wanted)
    listing = reading.read(path, wanted.file, wanted.sheet)
    columns = headings.columns(listing)
    forms = [form for form in formats.chosen(sheets[0].edition.head.formats) if form.is_printed]
    if not forms:
        raise BuildError("This edition has nothing to mail: look at `formats:` in its file.")
    stationery = Stationery(
        wanted.kinds,
        {sheet.language.tag: sheet for sheet in sheets},
        {form.name: form for form in forms},
        face.load(TEMPLATES),
        wanted.start,
    )
    gathered = gather(listing, columns, _offer(sheets, forms), cache(stationery.measures))
    for note in (*_about_its_place(path, root), *gathered.notes):
        tell(f"note: {note}")
    for fault in gathered.faults:
        tell(show(fault))
    if gathered.faults and not wanted.skip_bad:
        tell(_refusal(gathered, len(listing.rows)))
        return REFUSED
    if not gathered.recipients:
        tell("Nobody is left to write to. Nothing was written.")
        return REFUSED
    for line in _written(_job(sheets, stationery, gathered), gathered, listing, root):
        say(line)
    return DONE


def _refuse_published(path: Path, root: Path) -> None:
    for name in PUBLISHED:
        if path.resolve().is_relative_to((root / name).resolve()):
            raise BuildError(
                f"The list lies in {name}/, which is published or passed on. Move it out of the project."
            )


def _about_its_place(path: Path, root: Path) -> list[str]:
    is_inside = path.resolve().is_relative_to(root.resolve())
    told = "The list lies in the project's folder. Keep it elsewhere, so that nobody passes it on."
    return [told] if is_inside else []


def _sheets(root: Path, wanted: Wanted) -> list[Sheet]:
    """The borough of that edition, in each of its languages, the usual one first."""
    site = content.load(root / "content")
    sheets, _ = checks.run(site)
    drafts = {(e.slug, b.slug) for e in site.drafts for b in e.boroughs}
    if (wanted.edition, wanted.borough) in drafts:
        raise BuildError(
            f"{wanted.borough} of {wanted.edition} is a draft. Take out `draft: yes` to send it."
        )
    found = [
        sheet
        for sheet in sheets
        if (sheet.edition.slug, sheet.borough.slug) == (wanted.edition, wanted.borough)
    ]
    if not found:
        there = ", ".join(f"`{sheet.path}`" for sheet in sheets)
        raise TypedError(
            f"There is no borough `{wanted.borough}` in an edition `{wanted.edition}`. What there is: {there}."
        )
    return sorted(found, key=lambda sheet: not sheet.language.is_english)


def _offer(sheets: Sequence[Sheet], forms: Sequence[Format]) -> offer.Offer:
    spoken = [sheet.language for sheet in sheets]
    return offer.offer(
        [(form.name, form.title) for form in forms],
        [(each.tag, (each.name, english_name(each))) for each in spoken],
    )


def _job(sheets: Sequence[Sheet], stationery: Stationery, gathered: Gathered) -> Job:
    sheet = sheets[0]
    editions = list(dict.fromkeys(one.edition for one in gathered.recipients))
    return Job(
        title=f"{sheet.borough.entry.name} {sheet.edition.head.label}",
        path=f"{sheet.edition.slug}/{sheet.borough.slug}",
        stocks=stationery.stocks(editions),
        batch=int(sheet.site.settings.mailing.batch),
        face=face.cut(stationery.face, production.letters(gathered)),
    )


def _written(job: Job, gathered: Gathered, listing: reading.Listing, root: Path) -> list[str]:
    """Writes the mailing, and says what is where."""
    with locking.held(store.lock_of(root / "output", "mail"), "a mailing"):
        names = vault.commit(production.files(job, gathered, listing), root / "output", job.path)
    addresses = _number(len(gathered.recipients), "address", "addresses")
    told = [f"Wrote {addresses} into output/mail/{job.path}, which only you can read:"]
    told += [f"  {name}" for name in names]
    if gathered.faults:
        rows = _number(len(gathered.bad_rows), "row was", "rows were")
        told.append(f"{rows} left out: {ranges(gathered.bad_rows)}.")
    told.append("Delete the folder once the leaflets are posted.")
    return told


def _refusal(gathered: Gathered, count: int) -> str:
    bad = gathered.bad_rows
    return (
        f"{_number(len(bad), 'row', 'rows')} of {count:,} cannot be posted: {ranges(bad)}. "
        "Nothing was written. Mend them, or add `--skip-bad` to print the rest."
    )


def _number(count: int, one: str, more: str) -> str:
    return f"{count:,} {one if count == 1 else more}"
