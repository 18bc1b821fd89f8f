"""Sheets → the same sheets, each with what it may be compared with in the other boroughs."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from policing_summary import peers
from policing_summary.model.results import Performance
from policing_summary.peers import Form, Peer, Peers
from policing_summary.sheet import Sheet

Period: TypeAlias = tuple[str, str, str]
"""Edition, period and what it is compared with: only figures of the same are set side by side."""


def with_peers(sheets: Sequence[Sheet]) -> list[Sheet]:
    """Each borough's sheet with the values of all boroughs, worked out once for all of them.

    A specimen is no borough, so it has no peers and is nobody's.
    """
    groups: dict[Period, list[Sheet]] = {}
    for sheet in sheets:
        if period := _period(sheet):
            groups.setdefault(period, []).append(sheet)
    found = {period: _compared(group) for period, group in groups.items()}
    return [
        replace(sheet, peers=found[period]) if (period := _period(sheet)) else sheet
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


def _compared(group: Sequence[Sheet]) -> Mapping[str, Peers]:
    """By measure what at least a few boroughs have."""
    values: dict[tuple[str, Form], list[Peer]] = {}
    for sheet in group:
        part = sheet.borough.part(Performance.name)
        for index, figure in enumerate(sheet.table(Performance.name, "measures")):
            if part and (known := peers.value(figure)):
                form, value = known
                place = part.place("measures", index, form)
                peer = Peer(sheet.borough.entry.name, value, place)
                values.setdefault((figure.id, form), []).append(peer)
    compared = ((name, peers.compared(form, some)) for (name, form), some in values.items())
    return {name: all_of_it for name, all_of_it in compared if all_of_it}


def said_anew(sheet: Sheet, original: Sheet, *, is_checked: bool) -> Sheet:
    """A translated sheet with what the original is compared with, under names of its language."""
    names = {
        entry.name: sheet.site.settings.boroughs[slug].name
        for slug, entry in original.site.settings.boroughs.items()
    }
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
