"""`python3 build.py mail …`: what was typed → a list checked → a mailing written, or every bad row told.

It prints nothing itself: `say` is handed each line, `tell` what goes to those who look for mistakes.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

from policing_summary import checks, content, formats, vault
from policing_summary.errors import BuildError
from policing_summary.language import english_name
from policing_summary.mailing import artwork, carriers, face, headings, offer, production, reading
from policing_summary.mailing.arguments import Kind, Wanted, parse
from policing_summary.mailing.faults import ranges, show
from policing_summary.mailing.fitting import Measure, sizes
from policing_summary.mailing.gathering import Gathered, gather
from policing_summary.mailing.production import Job, Stock
from policing_summary.mailing.recipients import Edition
from policing_summary.mailing.zones import SHEETS, carrier_size, carrier_zone, label_zone
from policing_summary.rendering import TEMPLATES
from policing_summary.sheet import Sheet

Say = Callable[[str], None]
DONE, REFUSED = 0, 1
PUBLISHED = ("content", "docs", "templates", "output/site", "output/print")
A4 = (210.0, 297.0)


def run(arguments: Sequence[str], root: Path, say: Say, tell: Say) -> int:
    """One mailing; the exit code is as in cli.py.

    Raises:
        ContentError: something in the content or in the list as a whole stands in the way.
        BuildError: the edition or the borough is not there, or the list lies where it would be published.
        OSError: output/mail cannot be written.
        SystemExit: it was not typed as it should be.
    """
    wanted = parse(arguments)
    path = Path(wanted.file)
    _refuse_published(path, root)
    sheets = _sheets(root, wanted)
    listing = reading.read(path, wanted.file, wanted.sheet)
    columns = headings.columns(listing)
    offered = _offer(sheets)
    measures = [_measure(kind, sheets[0]) for kind in wanted.kinds]
    gathered = gather(listing, columns, offered, measures)
    for note in gathered.notes:
        tell(f"note: {note}")
    for fault in gathered.faults:
        tell(show(fault))
    if gathered.faults and not wanted.skip_bad:
        tell(_refusal(gathered, len(listing.rows)))
        return REFUSED
    if not gathered.recipients:
        tell("Nobody is left to write to. Nothing was written.")
        return REFUSED
    for line in _written(_job(wanted, sheets, measures, gathered), gathered, listing, root):
        say(line)
    return DONE


def _refuse_published(path: Path, root: Path) -> None:
    for name in PUBLISHED:
        if path.resolve().is_relative_to((root / name).resolve()):
            raise BuildError(
                f"The list lies in {name}/, which is published or passed on. Move it out of the project."
            )


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
        raise BuildError(
            f"There is no borough `{wanted.borough}` in an edition `{wanted.edition}`. What there is: {there}."
        )
    return found


def _offer(sheets: Sequence[Sheet]) -> offer.Offer:
    spoken = [sheet.language for sheet in sheets]
    made = formats.chosen(sheets[0].edition.head.formats)
    return offer.offer(
        [(form.name, form.title) for form in made if form.is_printed],
        [(each.tag, (each.name, english_name(each))) for each in spoken],
    )


def _measure(kind: Kind, sheet: Sheet) -> Measure:
    mailing = sheet.site.settings.mailing
    if kind == "labels":
        where, zone = "label", label_zone(SHEETS[mailing.labels])
    else:
        where, zone = "carrier", carrier_zone(mailing)
    return Measure(where, zone, sizes(mailing.type_size), face.load(TEMPLATES))


def _job(
    wanted: Wanted, sheets: Sequence[Sheet], measures: Sequence[Measure], gathered: Gathered
) -> Job:
    sheet = sheets[0]
    editions = sorted({one.edition for one in gathered.recipients}, key=str)
    stocks = [
        _stock(kind, sheet, measure, editions, wanted)
        for kind, measure in zip(wanted.kinds, measures, strict=True)
    ]
    return Job(
        title=f"{sheet.borough.entry.name} {sheet.edition.head.label}",
        path=f"{sheet.edition.slug}/{sheet.borough.slug}",
        stocks=tuple(stocks),
        batch=int(sheet.site.settings.mailing.batch),
        face=face.cut(measures[0].face, production.letters(gathered)),
    )


def _stock(
    kind: Kind, sheet: Sheet, measure: Measure, editions: Sequence[Edition], wanted: Wanted
) -> Stock:
    mailing = sheet.site.settings.mailing
    if kind == "labels":
        labels = SHEETS[mailing.labels]
        if wanted.start > labels.count:
            raise BuildError(f"The sheet `{mailing.labels}` has {labels.count} labels.")
        return Stock(kind, A4, measure, {}, labels=labels, start=wanted.start)
    layout = carriers.layout(mailing, sheet.site.document.place("mailing", "carrier-zone"))
    pdf = artwork.lay_out(artwork.carrier(sheet, layout))
    return Stock(
        kind,
        carrier_size(mailing),
        measure,
        dict.fromkeys(editions, pdf),
        reference=layout.reference,
    )


def _written(job: Job, gathered: Gathered, listing: reading.Listing, root: Path) -> list[str]:
    """Writes the mailing, and says what is where."""
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
