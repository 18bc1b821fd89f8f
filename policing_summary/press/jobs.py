"""What was asked for and what was made → the jobs and tickets that a print shop is told."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from policing_summary.errors import TypedError
from policing_summary.formats import Format
from policing_summary.language import english_name
from policing_summary.model.printing import Paper, PrintOrder
from policing_summary.press import imposing, pressing
from policing_summary.press.condition import Condition
from policing_summary.press.pressing import Pressed, Wanted
from policing_summary.press.ticket import (
    Copies,
    File,
    Job,
    Printing,
    Sheets,
    Stock,
    Ticket,
    all_inks,
    weight,
)
from policing_summary.sheet import Sheet


@dataclass(frozen=True)
class Task:
    """One format of one sheet, and how it is to be printed."""

    sheet: Sheet
    form: Format
    order: PrintOrder
    wanted: Wanted


def title(sheet: Sheet) -> str:
    """In the original's words, which people at the press can read, whatever language is printed."""
    named = sheet.original or sheet
    tongue = "" if sheet.language.is_english else f", {english_name(sheet.language)}"
    return f"{named.borough.entry.name} {named.edition.head.label}{tongue}"


def named(task: Task, made: Pressed) -> Iterator[tuple[str, str, bytes]]:
    """Each file with its name and what it is for."""
    name = task.form.name
    yield f"{name}.pdf", "single pages with bleed and marks", made.leaflet.pdf
    if made.sheets:
        yield f"{name}-sheets.pdf", "the same pages on sheets, ready to print and fold", made.sheets


def job(task: Task, made: Pressed, press: Condition) -> Job:
    form, paper, count = task.form, task.wanted.paper, made.leaflet.pages
    plan = pressing.plan(task.wanted, count)
    width = pressing.flat_width(form) / 2 if form.panels else form.width
    leaf_pages = 4 if form.panels else count  # a flat sheet counts as two pages, front and back
    copy = weight(width, form.height, leaf_pages, paper.grams)
    sheets = None
    if plan:
        stock = imposing.stock(pressing.flat_width(form), form.height)
        creep = imposing.creep(plan.sheets - 1, paper.thickness)
        sheets = Sheets.of(plan, stock, creep)
    fit = asdict(made.leaflet.fit)
    del fit["refusals"]  # a leaflet with refusals is not printed
    return Job(
        format=form.name,
        title=form.title,
        trim_mm=(form.width, form.height),
        bleed_mm=form.bleed,
        safe_mm=form.safe,
        pages=count,
        colours=all_inks(made.inks),
        printing=Printing.of(press),
        paper=Stock(paper.words, paper.grams, paper.surface, paper.thickness, copy),
        binding=BINDINGS[form.binding],
        folding=plan.words if plan else "not folded",
        panels_mm=form.panels,
        sheets=sheets,
        finishing=task.order.finishing,
        quantity=None if task.order.quantity is None else int(task.order.quantity),
        deliver_to=task.order.deliver_to,
        inks=made.inks,
        files=tuple(File.of(name, what, data) for name, what, data in named(task, made)),
        notes=(*made.notes, *of_paper(paper, press)),
        fit=fit,
    )


BINDINGS = {
    "saddle-stitch": "saddle-stitched, self cover",
    "single-fold": "none: one sheet, folded once",
    "roll-fold": "none: one sheet, folded twice",
    "none": "single leaves, stapled at the top left",
}


def of_paper(paper: Paper, press: Condition) -> Iterator[str]:
    if not paper.is_coated:
        yield (
            f"{press.identifier} is for coated paper, and {paper.words} is not coated: "
            "colours will look duller. Ask the print shop for a proof."
        )


def ticket(sheet: Sheet, jobs: tuple[Job, ...], mailed: tuple[Copies, ...]) -> Ticket:
    named = sheet.original or sheet
    publisher, entry = named.site.settings.publisher, named.borough.entry
    reach = [publisher.phone.shown if publisher.phone else "", publisher.email or ""]
    return Ticket(
        title=title(sheet),
        edition=named.edition.head.label,
        borough=entry.name,
        borough_code=entry.code or "",
        language=sheet.language.tag,
        language_name=english_name(sheet.language),
        publisher=named.edition.head.imprint.publisher or publisher.name,
        contact=", ".join(filter(None, reach)) or None,
        jobs=jobs,
        mailing=mailed,
    )


def mailed(summary: Path | None) -> tuple[Copies, ...]:
    """The counts of a mailing, from the `summary.json` that the command `mail` writes.

    Raises:
        TypedError: it is not such a file.
    """
    if summary is None:
        return ()
    try:
        rows = json.loads(summary.read_bytes())["counts_by_format_and_language"]
        return tuple(Copies(row["format"], row["language"], row["recipients"]) for row in rows)
    except (OSError, ValueError, KeyError, TypeError):
        raise TypedError(
            f"{summary} is not the `summary.json` of a mailing. The command `mail` writes one."
        ) from None
