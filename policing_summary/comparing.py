"""Sheets → the same sheets, each with what it may be compared with in the other boroughs."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TypeAlias

from policing_summary import peers
from policing_summary.errors import Place
from policing_summary.model.results import Performance
from policing_summary.peers import Form, Peer, Peers
from policing_summary.sheet import Sheet

Period: TypeAlias = tuple[str, str, str]
"""Edition, period and what it is compared with: only figures of the same are set side by side."""


Own: TypeAlias = tuple[Period, str, Form, Peer]
"""A borough's value of a measure, and with what it may be compared."""
Compared: TypeAlias = Mapping[Period, Mapping[str, Peers]]
"""What at least a few boroughs have, by measure."""


def own(sheet: Sheet) -> Iterator[Own]:
    """What a borough has for the others to be compared with. A specimen is no borough, and has nothing."""
    period = _period(sheet)
    part = sheet.borough.part(Performance.name)
    for index, figure in enumerate(sheet.table(Performance.name, "measures")):
        if period and part and (known := peers.value(figure)):
            form, value = known
            at = part.place("measures", index, form)
            place = Place(at.file, at.line, at.column)  # nobody reads the words there
            yield period, figure.id, form, Peer(sheet.borough.entry.name, value, place)


def of(values: Iterable[Own]) -> Compared:
    """All boroughs' values side by side, worked out once for all of them."""
    groups: dict[tuple[Period, str, Form], list[Peer]] = {}
    for period, measure, form, peer in values:
        groups.setdefault((period, measure, form), []).append(peer)
    found: dict[Period, dict[str, Peers]] = {}
    for (period, measure, form), some in groups.items():
        if all_of_it := peers.compared(form, some):
            found.setdefault(period, {})[measure] = all_of_it
    return found


def with_peers(sheets: Iterable[Sheet], compared: Compared) -> list[Sheet]:
    """Each borough's sheet with what is known of all boroughs."""
    return [
        replace(sheet, peers=compared.get(period, {})) if (period := _period(sheet)) else sheet
        for sheet in sheets
    ]


def _period(sheet: Sheet) -> Period | None:
    part = sheet.borough.part(Performance.name)
    if part is None or part.document is not sheet.borough.document or sheet.borough.head.specimen:
        return None
    section = part.section
    if not isinstance(section, Performance):
        return None
    return sheet.edition.slug, section.period, section.compared_with


def said_anew(sheet: Sheet, original: Sheet, *, is_checked: bool) -> Sheet:
    """A translated sheet with what the original is compared with, under names of its language."""
    said = sheet.site.settings.boroughs
    known = original.site.settings.boroughs
    names = {entry.name: said[slug].name for slug, entry in known.items()}
    measures = sheet.edition.head.measures
    return replace(
        sheet,
        original=original,
        is_checked=is_checked,
        promises=tuple(
            replace(promise, figure=replace(promise.figure, measure=measures[promise.figure.id]))
            for promise in original.promises
        ),
        peers={name: peers.renamed(all_of_it, names) for name, all_of_it in original.peers.items()},
    )
