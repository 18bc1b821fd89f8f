"""The headings of a list → which column holds what."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from policing_summary.errors import ContentError, Place, Problem
from policing_summary.mailing.reading import Listing, Row

LINES = tuple(f"line {number}" for number in range(1, 7))
NAMES = {
    "title": "title, salutation, prefix, honorific",
    "first": "first name, forename, forenames, first, given name, given names, initials",
    "last": "last name, surname, last, family name",
    "name": "name, full name, recipient, recipient name, addressee, resident, contact, contact name",
    "organisation": "organisation, organization, organisation name, company, company name, business, firm",
    "house": "house, house number, house no, house name, building, building name, building number, number, "
    "premises",
    "street": "street, street name, road, road name, thoroughfare",
    "address": "address, full address, postal address, mailing address, address lines",
    **{
        line: f"{line}, address {line[-1]}, address {line}, addr {line[-1]}, add {line[-1]}"
        for line in LINES
    },
    "locality": "locality, village, district, dependent locality",
    "town": "town, city, post town, town city, town or city, posttown",
    "county": "county, region",
    "postcode": "postcode, post code, postal code, pcode, zip, zip code",
    "country": "country, nation",
    "language": "language, lang, preferred language",
    "format": "format, leaflet, leaflet format, version",
    "reference": "reference, ref, reference number, id, urn, customer number, customer reference",
}
FIELDS = {heading: field for field, listed in NAMES.items() for heading in listed.split(", ")}
ROW, WRONG = "row", "what is wrong"  # the first two headings of a list of rows that were left out
OURS = (ROW, WRONG)
WHO = ("name", "last", "organisation")
WHERE = ("address", "line 1", "street", "house")


@dataclass(frozen=True)
class Columns:
    """Where each field stands, counted from 0; `unknown` are the headings that nothing is read from."""

    headings: tuple[str, ...]
    places: Mapping[str, int]
    unknown: tuple[str, ...]

    def number(self, row: Row) -> str:
        """The number by which a row is known: that of the first list, if this one is of what was left out."""
        is_left_out = tuple(_folded(heading) for heading in self.headings[:2]) == OURS
        return row.cells[0].strip() if is_left_out and row.cells else str(row.number)

    def cell(self, row: Row, field: str) -> str:
        """What a row says, or nothing if it ends before."""
        place = self.places.get(field)
        return row.cells[place] if place is not None and place < len(row.cells) else ""

    def called(self, field: str) -> str:
        """The column as the list calls it; as we do, if it has none."""
        known = (field, "last", "first") if field == "name" else (field,)
        place = next((self.places[name] for name in known if name in self.places), None)
        return f"`{self.headings[place]}`" if place is not None else field


def columns(listing: Listing) -> Columns:
    """Which column holds what.

    Raises:
        ContentError: what every list needs is missing, or two columns hold the same.
    """
    headings = tuple(" ".join(cell.split()) for cell in listing.headings.cells)
    places: dict[str, int] = {}
    unknown: list[str] = []
    problems: list[Problem] = []
    at = Place(listing.file, listing.headings.number, 1)
    for place, heading in enumerate(headings):
        field = FIELDS.get(_folded(heading))
        if field is None:
            if heading and _folded(heading) not in OURS:
                unknown.append(heading)
        elif field in places:
            what = f"the columns `{headings[places[field]]}` and `{heading}` both hold the {field}"
            problems.append(Problem(at, what, "delete one of the two, or change its heading"))
        else:
            places[field] = place
    problems += [
        Problem(at, what, f"{way_out}; the headings here are {_listed(headings)}")
        for what, way_out in _missing(places)
    ]
    if problems:
        raise ContentError(problems)
    return Columns(headings, places, tuple(unknown))


def _missing(places: Mapping[str, int]) -> list[tuple[str, str]]:
    told = []
    if not any(field in places for field in WHO):
        told.append(
            ("no column holds the name", "call it `Name`, or `Title`, `First name` and `Surname`")
        )
    if not any(field in places for field in WHERE):
        told.append(("no column holds the address", "call them `Address 1` to `Address 5`"))
    if "postcode" not in places and "address" not in places:
        told.append(("no column holds the postcode", "call it `Postcode`"))
    return told


def _listed(headings: tuple[str, ...]) -> str:
    """The headings for reading. Where the first row is a recipient, they are not told."""
    told = [heading for heading in headings if heading]
    if any(re.search(r"\d\w*\s|@|\d{3}", heading) for heading in told):
        return "missing: the first row looks like a recipient"
    return ", ".join(f"`{heading[:40]}`" for heading in told) or "empty"


def _folded(heading: str) -> str:
    """`Address_Line1` → `address line 1`."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", heading)
    return " ".join(re.findall(r"[^\W\d_]+|\d+", apart.casefold()))
