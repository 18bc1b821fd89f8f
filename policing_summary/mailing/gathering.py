"""Rows → recipients in the order of the post, the faults of the rest, and what is worth knowing."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from policing_summary.mailing import postcodes, rules
from policing_summary.mailing.drafts import Draft, draft
from policing_summary.mailing.faults import Fault, ranges
from policing_summary.mailing.fitting import Measure
from policing_summary.mailing.headings import Columns
from policing_summary.mailing.offer import Offer
from policing_summary.mailing.reading import Listing
from policing_summary.mailing.recipients import Edition, Recipient

Measures: TypeAlias = Callable[[Edition], Sequence[Measure]]
"""The room that an address has on everything that is printed for an edition."""
MOST_TOLD = 12  # rows of a note


@dataclass(frozen=True)
class Gathered:
    """`recipients` are sorted by edition and postcode; `faults` by row; `notes` are whole sentences."""

    recipients: tuple[Recipient, ...] = field(repr=False)
    faults: tuple[Fault, ...]
    notes: tuple[str, ...]

    @property
    def bad_rows(self) -> frozenset[int]:
        return frozenset(fault.row for fault in self.faults)


def gather(listing: Listing, columns: Columns, offer: Offer, measures: Measures) -> Gathered:
    """Every row looked at; a row with a fault is no recipient."""
    found: list[Recipient] = []
    told: list[Fault] = []
    for row in listing.rows:
        one = draft(row, columns)
        reader = _Reader(one, columns, offer, measures)
        wrong = reader.faults()
        told += wrong
        if not wrong:
            found.append(reader.recipient())
    kept, doubles = _without_doubles(found, columns)
    order = sorted(kept, key=lambda one: (_place(one.edition, offer), one.postcode.order, one.row))
    notes = (*_about_the_list(listing, columns), *_about_households(kept))
    return Gathered(tuple(order), tuple(sorted([*told, *doubles])), notes)


def _place(edition: Edition, offer: Offer) -> tuple[bool, str, str]:
    return edition != offer.usual, edition.format, edition.language


@dataclass(frozen=True)
class _Reader:
    """One row: what is wrong with it, or who it is."""

    draft: Draft
    columns: Columns
    offer: Offer
    measures: Measures

    def faults(self) -> list[Fault]:
        told = list(rules.faults(self.draft, self.columns))
        told += self._editions()
        if not told:
            told += self._strange_letters()
        if not told:
            told += self._misfits()
        return [Fault(self.draft.row, *each) for each in dict.fromkeys(told)]

    def recipient(self) -> Recipient:
        one = self.draft
        return Recipient(
            row=one.row,
            edition=self._edition,
            postcode=postcodes.read(one.postcode),
            lines=tuple(text for _, text in self._lines()),
            reference=one.reference,
            person=one.person,
        )

    @property
    def _edition(self) -> Edition:
        return self.offer.edition(self.draft.format, self.draft.language)

    def _lines(self) -> Iterator[tuple[str, str]]:
        """What is printed above the postcode, with what the list calls its column."""
        for name, text in (("name", self.draft.name), ("organisation", self.draft.organisation)):
            if text:
                yield self.columns.called(name), text
        for line in self.draft.lines:
            yield self.columns.called(line.column), line.text

    def _editions(self) -> Iterator[rules.Told]:
        for name, typed, known in (
            ("format", self.draft.format, self.offer.formats),
            ("language", self.draft.language, self.offer.languages),
        ):
            usual = self.offer.usual
            asked = (typed, "") if name == "format" else ("", typed)
            try:
                self.offer.edition(*asked)
            except KeyError:
                listed = ", ".join(f"`{each}`" for each in dict.fromkeys(known.values()))
                what = f"this edition is not made in that {name}"
                said = usual.format if name == "format" else usual.language
                way_out = f"write one of {listed}, or leave it empty for `{said}`"
                yield self.columns.called(name), what, way_out

    def _strange_letters(self) -> Iterator[rules.Told]:
        face = self.measures(self._edition)[0].face
        for name, text in (
            *self._lines(),
            (self.columns.called("reference"), self.draft.reference),
        ):
            if lacking := face.lacks(text):
                what = f"the typeface has no sign for U+{ord(lacking[0]):04X}"
                yield name, what, "leave it out, or write it in Latin letters"

    def _misfits(self) -> Iterator[rules.Told]:
        lines = (*self._lines(), ("postcode", str(postcodes.read(self.draft.postcode))))
        for measure in self.measures(self._edition):
            if measure.fit(text for _, text in lines) is None:
                yield from measure.faults(lines)


def _without_doubles(
    found: Sequence[Recipient], columns: Columns
) -> tuple[list[Recipient], list[Fault]]:
    """The first of each person at an address, and each reference once."""
    people: dict[tuple[str, tuple[str, str]], int] = {}
    references: dict[str, int] = {}
    kept, told = [], []
    for one in found:
        who = (" ".join((one.person or one.lines[0]).casefold().split()), one.household)
        if first := people.get(who):
            what = f"the same person at the same address stands already in row {first}"
            told.append(Fault(one.row, "", what, "delete one of the two"))
            continue
        people[who] = one.row
        if first := references.get(one.reference):
            what = f"this reference stands already in row {first}"
            way_out = "give each its own, so that what comes back can be told apart"
            told.append(Fault(one.row, columns.called("reference"), what, way_out))
            continue
        references[one.reference] = one.row
        kept.append(one)
    return kept, told


def _about_the_list(listing: Listing, columns: Columns) -> Iterator[str]:
    if listing.encoding == "Windows-1252":
        yield (
            "The list was read as Windows-1252. Look at names with accents, "
            "or save it as `CSV UTF-8`."
        )
    if columns.unknown:
        listed = ", ".join(f"`{heading[:40]}`" for heading in columns.unknown)
        yield f"Nothing was read from these columns: {listed}."
    if "county" in columns.places:
        yield "The county is not printed: the post does not need it."
    if listing.empty:
        rows = "1 empty row was" if listing.empty == 1 else f"{listing.empty:,} empty rows were"
        yield f"{rows} passed over."


def _about_households(kept: Sequence[Recipient]) -> Iterator[str]:
    homes: dict[tuple[Edition, tuple[str, str]], list[int]] = {}
    for one in kept:
        homes.setdefault((one.edition, one.household), []).append(one.row)
    shared = [rows for rows in homes.values() if len(rows) > 1]
    if shared:
        first = "; ".join(ranges(rows) for rows in shared[:MOST_TOLD])
        more = " and others" if len(shared) > MOST_TOLD else ""
        homes_told = "1 address gets" if len(shared) == 1 else f"{len(shared):,} addresses get"
        yield (
            f"{homes_told} the same leaflet more than once, for different people: "
            f"rows {first}{more}. All are printed."
        )
