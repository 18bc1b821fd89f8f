"""What an importer hands on: rows of figures for boroughs, where they come from, and what to say."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from policing_summary.errors import ContentError, Place, Problem
from policing_summary.numerals import Day

Lines: TypeAlias = tuple[tuple[str, str], ...]
"""Keys and values as they are written below one another."""

MOST_TOLD = 20  # problems of one kind of file; a file of the wrong kind has thousands
LICENCE = "Open Government Licence v3.0"


@dataclass(frozen=True)
class Publication:
    """What a kind of file is called in print."""

    title: str
    publisher: str
    licence: str = LICENCE


@dataclass(frozen=True)
class Origin:
    """One file that figures come from, and what was taken from it."""

    publication: Publication
    file: str
    checksum: str
    period: str
    extracted: Day | None = None

    @property
    def lines(self) -> Lines:
        day = (("extracted", self.extracted.iso),) if self.extracted else ()
        licence = self.publication.licence
        return (
            ("title", self.publication.title),
            ("publisher", self.publication.publisher),
            ("file", self.file),
            ("period", self.period),
            *day,
            *((("licence", licence),) if licence else ()),
            ("checksum", self.checksum),
        )


@dataclass(frozen=True)
class Given:
    """A row: its measure, and the fields that the file gives."""

    measure: str
    fields: Lines


@dataclass(frozen=True)
class Found:
    """All that one import gives. `head` are the section's own lines; `rows` go by borough.

    `notes` are whole sentences about what was set aside, counted as none, or joined.
    """

    section: str
    head: Lines
    rows: Mapping[str, tuple[Given, ...]]
    origins: tuple[Origin, ...]
    notes: tuple[str, ...]


def refuse(problems: list[Problem]) -> None:
    """Stop with the first problems of each file, and the number of the others.

    Raises:
        ContentError: there is any problem.
    """
    if not problems:
        return
    by_file: dict[str, list[Problem]] = {}
    for problem in sorted(set(problems), key=lambda p: (p.place, p.what)):
        by_file.setdefault(problem.place.file, []).append(problem)
    told = []
    for file, those in by_file.items():
        told += those[:MOST_TOLD]
        if rest := those[MOST_TOLD:]:
            last = Place(file, rest[-1].place.line, rest[-1].place.column + 1)
            told.append(Problem(last, f"there are {len(rest)} more problems in this file"))
    raise ContentError(told)
