"""A row → a draft: its words in their places, tidied, not yet found fit to be posted."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from policing_summary.mailing import postcodes
from policing_summary.mailing.headings import LINES, Columns
from policing_summary.mailing.reading import Row

SPACES = re.compile(r"[^\S\n]+")
NUMBER_ALONE = re.compile(r"\d{1,5}[a-z]?(\s*[-/–]\s*\d{1,5}[a-z]?)?", re.IGNORECASE)
UNSEEN = {0xAD: None, 0x200B: None, 0xFEFF: None}  # soft hyphen, spaces without width
NOTHING = re.compile(
    r"[-–—.,*_/\s]*|n\.?/a\.?", re.IGNORECASE
)  # what people type into an empty cell
AT_HOME = re.compile(
    "uk|u k|gb|united kingdom|great britain|britain|england|scotland|wales|cymru|northern ireland",
    re.IGNORECASE,
)
ISLANDS = re.compile(
    "jersey|guernsey|alderney|sark|isle of man", re.IGNORECASE
)  # are post towns too


@dataclass(frozen=True)
class Line:
    """One line of an address, and which field it comes from."""

    column: str
    text: str = field(repr=False)


@dataclass(frozen=True)
class Draft:
    """`lines` are those between name and postcode; `town` is among them, as their last, in capitals.

    `reference` is the number of the row where the list gives none. `surplus` counts cells past the last heading that are not empty.
    """

    row: int
    name: str = field(repr=False)
    person: str = field(repr=False)  # the name without its title, for finding doubles
    organisation: str = field(repr=False)
    lines: tuple[Line, ...] = field(repr=False)
    postcode: str = field(repr=False)
    country: str = field(repr=False)
    language: str
    format: str
    reference: str = field(repr=False)
    surplus: int


def draft(row: Row, columns: Columns) -> Draft:
    """The row, tidied: spaces, commas at the ends, a postcode said twice, the name of the home country."""

    def said(name: str) -> str:
        return _tidy(columns.cell(row, name))

    person = " ".join(filter(None, (said("first"), said("last")))) or said("name")
    title = said("title")
    has_title = not title or person.casefold().startswith(f"{title.casefold()} ")
    lines = [line for line in _lines(row, columns) if line.text]
    postcode, country = said("postcode"), said("country").replace(".", "")
    if ISLANDS.fullmatch(country):
        lines.append(Line("country", country.upper()))
    if lines and len(lines) > 1 and AT_HOME.fullmatch(lines[-1].text):
        lines.pop()
    if len(lines) > 1 and lines[-1].column in {"town", "country"} and _is_same(*lines[-2:]):
        del lines[-2]
    if postcode:
        lines = [line for line in lines if not _same_postcode(line.text, postcode)]
    elif lines and "postcode" not in columns.places and (code := _as_postcode(lines[-1].text)):
        postcode = str(code)
        lines.pop()
    return Draft(
        row.number,
        person if has_title or not person else f"{title} {person}",
        person,
        said("organisation"),
        tuple(lines),
        postcode,
        "" if AT_HOME.fullmatch(country) or ISLANDS.fullmatch(country) else country,
        said("language"),
        said("format"),
        said("reference") or columns.number(row),
        sum(bool(cell.strip()) for cell in row.cells[len(columns.headings) :]),
    )


def _lines(row: Row, columns: Columns) -> Iterator[Line]:
    """Name or number of the house, street, lines, village and town, in the order of an envelope."""
    house, street = (_tidy(columns.cell(row, name)) for name in ("house", "street"))
    if house and street and re.match(r"\d", house):
        yield Line("street", f"{house} {street}")
    else:
        yield Line("house", house)
        yield Line("street", street)
    whole = columns.cell(row, "address")
    is_alone = not any(name in columns.places for name in LINES)
    for text in _split(whole, at_commas=is_alone):
        yield Line("address", text)
    for name in LINES:
        for text in _split(columns.cell(row, name), at_commas=False):
            yield Line(name, text)
    yield Line("locality", _tidy(columns.cell(row, "locality")))
    yield Line("town", _tidy(columns.cell(row, "town")).upper())


def _split(cell: str, *, at_commas: bool) -> Iterator[str]:
    """The lines of a cell. A whole address on one line is divided at its commas, but not after a number."""
    texts = [_tidy(text) for text in re.split(r"\r\n|[\n\r\v\f\x85\u2028\u2029]", cell)]
    texts = [text for text in texts if text]
    if at_commas and len(texts) == 1:
        texts = [text.strip() for text in texts[0].split(",") if text.strip()]
    before = ""
    for text in texts:
        if NUMBER_ALONE.fullmatch(text) and text is not texts[-1]:
            before = f"{text} "
        else:
            yield before + text
            before = ""


def _tidy(text: str) -> str:
    """One line without double spaces, marks that cannot be seen, and commas at its ends."""
    seen = unicodedata.normalize("NFC", text).translate(UNSEEN)
    tidy = SPACES.sub(" ", seen).strip(" ,;\t\n\r")
    return "" if NOTHING.fullmatch(tidy) else tidy


def _is_same(one: Line, other: Line) -> bool:
    return one.text.casefold() == other.text.casefold()


def _as_postcode(text: str) -> postcodes.Postcode | None:
    try:
        return postcodes.read(text)
    except postcodes.PostcodeError:
        return None


def _same_postcode(text: str, postcode: str) -> bool:
    code = _as_postcode(text)
    return code is not None and code == _as_postcode(postcode)
