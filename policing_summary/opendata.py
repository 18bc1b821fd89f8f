"""Sheets and their traces → the open data at its lasting addresses, and the page that explains it."""

import json
from collections.abc import Iterable, Sequence

from policing_summary import export, heads, schema
from policing_summary.content import Site
from policing_summary.export import Record, Terms
from policing_summary.heads import top
from policing_summary.sheet import Sheet
from policing_summary.shell import Shell
from policing_summary.tracing import Trace

FOLDER = "data"
SCHEMA, PACKAGE = f"{FOLDER}/figures.schema.json", f"{FOLDER}/datapackage.json"
Traced = tuple[Sheet, Trace]


def files(shell: Shell, traced: Sequence[Traced]) -> dict[str, bytes]:
    """For each borough, each edition and the whole site a table and the same as JSON.

    A translation has the figures of its original, so it has no data of its own.
    """
    site = shell.site
    terms = _terms(site)
    originals = [(sheet, trace) for sheet, trace in traced if not sheet.original]
    found: dict[str, bytes] = {}
    tables: list[tuple[str, str]] = []

    def keep(folder: str, name: str, title: str, records: Sequence[Record]) -> None:
        found[f"{folder}/figures.csv"] = export.to_csv(records)
        found[f"{folder}/figures.json"] = export.to_json(records, title, terms)
        tables.append((name, f"{top(site.settings)}{folder}/figures.csv"))

    everything: list[Record] = []
    for edition in site.editions:
        own = [(sheet, trace) for sheet, trace in originals if sheet.edition is edition]
        records = _each_once(record for each in own for record in records_of(*each))
        keep(edition.slug, edition.slug, edition.head.title, records)
        everything += records
        for sheet, trace in own:
            title = f"{sheet.borough.entry.name}: {edition.head.title}"
            keep(sheet.path, sheet.path.replace("/", "-"), title, list(records_of(sheet, trace)))
    keep(FOLDER, "all", site.settings.title, everything)
    found[SCHEMA] = _json(schema.of_json(terms.schema, site.settings.english.named))
    found[PACKAGE] = _json(
        schema.package(
            site.settings.title,
            terms.licence,
            terms.documentation,
            tables,
            site.settings.english.named,
        )
    )
    found[f"{FOLDER}/index.html"] = shell.page(
        "data.html",
        f"{FOLDER}/",
        heads.of_data(site, terms.licence),
        columns=schema.TABLE,
        cited=_cited(site),
        terms=terms,
        editions=site.editions,
        count=len(everything),
        example=originals[0][0] if originals else None,
    )
    return found


def records_of(sheet: Sheet, trace: Trace) -> Iterable[Record]:
    """The figures of one borough, with the edition's that it prints."""
    own, is_specimen = sheet.borough.entry, bool(sheet.borough.head.specimen)
    for fact in trace.facts:
        is_own = fact.area == own.name
        yield Record(
            fact, sheet.edition.slug, (own.code or "") if is_own else "", is_own and is_specimen
        )


def _each_once(records: Iterable[Record]) -> list[Record]:
    """Facts that every borough prints stand in the edition's file once."""
    return list({(each.fact.area, each.fact.id): each for each in records}.values())


def _cited(site: Site) -> str:
    """A source as it is named beside a figure: that of the newest edition."""
    sources = (edition.head.source for edition in site.editions)
    return next((each for each in sources if each), site.settings.publisher.name)


def _terms(site: Site) -> Terms:
    settings = site.settings
    licences = (edition.head.imprint.licence for edition in site.editions)
    licence = settings.licence or next((each for each in licences if each), None)
    base = top(settings)
    return Terms(
        licence or f"Ask the publisher, {settings.publisher.name}.",
        f"{settings.title}, {settings.publisher.name}",
        f"{base}{FOLDER}/",
        f"{base}{SCHEMA}",
    )


def _json(document: schema.Json) -> bytes:
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()
