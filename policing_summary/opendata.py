"""Sheets and their traces → the open data at its lasting addresses, and the page that explains it."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

from policing_summary import export, heads, schema
from policing_summary.content import Site
from policing_summary.export import Line, Record, Terms
from policing_summary.heads import top
from policing_summary.sheet import Sheet
from policing_summary.shell import Shell
from policing_summary.tracing import Trace

FOLDER = "data"
SCHEMA, PACKAGE = f"{FOLDER}/figures.schema.json", f"{FOLDER}/datapackage.json"
COLUMNS = f"{FOLDER}/figures.table.json"


def of_borough(site: Site, sheet: Sheet, lines: Sequence[Line]) -> dict[str, bytes]:
    """The figures of one summary as a table and as JSON; a translation has those of its original."""
    title = f"{sheet.borough.entry.name}: {sheet.edition.head.title}"
    return dict(_both(sheet.path, title, lines, _terms(site)))


def lines_of(sheet: Sheet, trace: Trace) -> tuple[Line, ...]:
    """Its figures as they stand in files."""
    return tuple(export.line(record) for record in records_of(sheet, trace))


def of_all(shell: Shell, lines: Mapping[str, Sequence[Line]]) -> dict[str, bytes]:
    """The same for each edition and the whole site, what describes them, and the page of them all.

    `lines` has those of each summary by its folder. Where they do not fit together, each borough's
    own are all there is.
    """
    site = shell.site
    terms = _terms(site)
    together = not site.is_large
    found: dict[str, bytes] = {}
    tables: list[tuple[str, str]] = []
    everything: list[Line] = []
    for edition in site.editions:
        own = [f"{edition.slug}/{borough.slug}" for borough in edition.boroughs]
        if together:
            each_once = _each_once(line for folder in own for line in lines[folder])
            found |= _both(edition.slug, edition.head.title, each_once, terms)
            everything += each_once
            tables.append((edition.slug, edition.slug))
        tables += [(folder.replace("/", "-"), folder) for folder in own]
    if together:
        found |= _both(FOLDER, site.settings.title, everything, terms)
        tables.append(("all", FOLDER))
    base = top(site.settings)
    files = [(name, f"{base}{folder}/figures.csv") for name, folder in tables]
    found[SCHEMA] = _json(schema.of_json(terms.schema, site.settings.english.named))
    columns = schema.of_table(site.settings.english.named)
    if not together:
        found[COLUMNS] = _json(columns)
    found[PACKAGE] = _json(
        schema.package(
            site.settings.title,
            terms.licence,
            terms.documentation,
            files,
            columns if together else f"{base}{COLUMNS}",
        )
    )
    first = next((f"{e.slug}/{b.slug}" for e in site.editions for b in e.boroughs), None)
    found[f"{FOLDER}/index.html"] = shell.page(
        "data.html",
        f"{FOLDER}/",
        heads.of_data(site, terms.licence),
        columns=schema.TABLE,
        cited=_cited(site),
        terms=terms,
        editions=site.editions if together else (),
        count=len(everything) if together else None,
        example=first,
    )
    return found


def _both(
    folder: str, title: str, lines: Sequence[Line], terms: Terms
) -> Iterator[tuple[str, bytes]]:
    yield f"{folder}/figures.csv", export.to_csv(lines)
    yield f"{folder}/figures.json", export.to_json(lines, title, terms)


def records_of(sheet: Sheet, trace: Trace) -> Iterable[Record]:
    """The figures of one borough, with the edition's that it prints."""
    own, is_specimen = sheet.borough.entry, bool(sheet.borough.head.specimen)
    for fact in trace.facts:
        is_own = fact.area == own.name
        yield Record(
            fact, sheet.edition.slug, (own.code or "") if is_own else "", is_own and is_specimen
        )


def _each_once(lines: Iterable[Line]) -> list[Line]:
    """Facts that every borough prints stand in the edition's file once."""
    return list({(each.area, each.id): each for each in lines}.values())


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
