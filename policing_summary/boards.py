"""Sheets → a board for each measure of an edition: its figure in every borough, side by side.

A specimen is no borough, so it stands on no board. Nothing here puts boroughs in order of merit:
they stand by name.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from policing_summary import histories, peers
from policing_summary.content import Borough, Edition, Part
from policing_summary.figures import Figure
from policing_summary.histories import History
from policing_summary.model.files import MeasureEntry
from policing_summary.model.provenance import Source
from policing_summary.model.record import Publication, Sources
from policing_summary.model.results import Confidence, Performance
from policing_summary.peers import Peer, Peers
from policing_summary.sheet import Sheet

FOLDER = "measures"
FEWEST = 2  # boroughs to set side by side


@dataclass(frozen=True)
class Entry:
    """A borough's figure, and the section that it stands in."""

    borough: Borough
    figure: Figure
    part: Part

    @property
    def period(self) -> str:
        return str(getattr(self.part.section, "period", ""))

    @property
    def comparator(self) -> Decimal | None:
        """The same percentage in the place that the section compares with."""
        if not isinstance(self.part.section, Confidence):
            return None
        rows = self.part.section.measures
        return next(row.comparator for row in rows if row.measure == self.figure.id)


@dataclass(frozen=True)
class Board:
    """One measure of an edition. `entries` stand by name, and have the `period` unless they say."""

    edition: Edition
    id: str
    measure: MeasureEntry
    entries: tuple[Entry, ...]
    histories: tuple[tuple[str, History], ...] = ()
    """By the borough's name, where more than one edition has the figure on the same basis."""

    @property
    def path(self) -> str:
        """Its folder below the site's root."""
        return f"{self.edition.slug}/{FOLDER}/{self.id}"

    @property
    def section(self) -> str:
        return self.entries[0].part.name

    @cached_property
    def period(self) -> str:
        """The one that most boroughs have."""
        periods = Counter(entry.period for entry in self.entries)
        return max(sorted(periods), key=periods.__getitem__)

    @property
    def compared_with(self) -> str:
        """What the figures before are of."""
        at = next(entry for entry in self.entries if entry.period == self.period)
        return getattr(at.part.section, "compared_with", "a year before")

    @property
    def comparator(self) -> tuple[str | None, Decimal] | None:
        """The whole that boroughs are compared with and its value, if all say the same.

        Without a name it is the area of the site.
        """
        told = {
            (entry.part.section.comparator, entry.comparator)
            for entry in self.entries
            if isinstance(entry.part.section, Confidence)
        }
        ((place, value), *others) = told or {(None, None)}
        return None if others or value is None else (place, value)

    @cached_property
    def peers(self) -> Peers | None:
        """The boroughs in order of what can be compared, if there are enough."""
        found = [
            (known[0], Peer(entry.borough.entry.name, known[1], entry.part.place("measures")))
            for entry in self.entries
            if (known := peers.value(entry.figure)) and entry.period == self.period
        ]
        return peers.compared(found[0][0], [peer for _, peer in found]) if found else None

    @property
    def sources(self) -> tuple[Source, ...]:
        """Each once, in the order in which boroughs cite them."""
        cited = (getattr(entry.part.section, "sources", ()) for entry in self.entries)
        return tuple(dict.fromkeys(source for sources in cited for source in sources))

    @property
    def breaks(self) -> tuple[str, ...]:
        """What the edition says of breaks in the publications that these figures come from."""
        publishers = {source.publisher for source in self.sources}
        return tuple(
            each
            for publication in _publications(self.edition)
            if any(publication.text.startswith(name) for name in publishers)
            for each in publication.breaks
        )

    @property
    def note(self) -> str | None:
        """What every borough's section says of its figures, if all say the same."""
        notes = {getattr(entry.part.section, "note", None) for entry in self.entries}
        return notes.pop() if len(notes) == 1 else None


def of(sheets: Sequence[Sheet]) -> list[Board]:
    """Every board, by edition as the sheets come, then in the order of the edition's measures."""
    originals = [sheet for sheet in sheets if not sheet.original]
    true = [sheet for sheet in originals if not sheet.borough.head.specimen]
    editions = {sheet.edition.slug: sheet.edition for sheet in true}
    of_borough: dict[str, list[Sheet]] = {}
    for sheet in true:
        of_borough.setdefault(sheet.borough.slug, []).append(sheet)
    found = []
    for edition in editions.values():
        own = sorted(
            (sheet for sheet in true if sheet.edition is edition),
            key=lambda sheet: sheet.borough.entry.name,
        )
        for name, measure in edition.head.measures.items():
            entries = tuple(entry for sheet in own for entry in _entries(sheet, name))
            past = _histories(of_borough, entries)
            if len(entries) >= FEWEST or past:
                found.append(Board(edition, name, measure, entries, past))
    return found


def specimens(edition: Edition) -> list[str]:
    """The boroughs of an edition that stand on no board, because their figures are samples."""
    return [each.entry.name for each in edition.boroughs if each.head.specimen]


def without(board: Board) -> list[str]:
    """The other boroughs of the edition that do not give the figure."""
    given = {entry.borough.slug for entry in board.entries}
    return sorted(
        each.entry.name
        for each in board.edition.boroughs
        if each.slug not in given and not each.head.specimen
    )


def by_edition(boards: Sequence[Board]) -> Mapping[str, list[Board]]:
    found: dict[str, list[Board]] = {}
    for board in boards:
        found.setdefault(board.edition.slug, []).append(board)
    return found


def _entries(sheet: Sheet, measure: str) -> Iterator[Entry]:
    """The figure of the borough's own sections; if two give it, that of its performance."""
    for name in (Performance.name, Confidence.name):
        part = sheet.borough.part(name)
        if part is None or part.document is not sheet.borough.document:
            continue
        for figure in sheet.table(name, "measures"):
            if figure.id == measure:
                yield Entry(sheet.borough, figure, part)
                return


def _histories(
    of_borough: Mapping[str, Sequence[Sheet]], entries: Sequence[Entry]
) -> tuple[tuple[str, History], ...]:
    found = []
    for entry in entries:
        known = [
            (sheet.edition.head.label, each.figure, each.part)
            for sheet in of_borough[entry.borough.slug]
            for each in _entries(sheet, entry.figure.id)
        ]
        until = histories.end(entry.part)
        if until and (past := histories.of(known, entry.figure, until)):
            found.append((entry.borough.entry.name, past))
    return tuple(found)


def _publications(edition: Edition) -> Iterator[Publication]:
    """Those of the section that all boroughs of the edition share."""
    for borough in edition.boroughs:
        part = borough.part(Sources.name)
        if part and part.document is edition.document and isinstance(part.section, Sources):
            yield from part.section.items
            return
