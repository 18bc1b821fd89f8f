"""The Public Attitude Survey by borough: percentages of people, quarter by quarter.

One line for each quarter, borough and measure, with London's value beside it. The file has been
saved in other countries on its way: decimal commas, days before months, columns without a heading.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from policing_summary.content import Edition
from policing_summary.errors import ContentError, Place, Problem
from policing_summary.importers import tables
from policing_summary.importers.boroughs import Boroughs
from policing_summary.importers.found import Given
from policing_summary.importers.series import Labels
from policing_summary.importers.tables import Line, Table, folded
from policing_summary.importers.years import YEAR
from policing_summary.numerals import Day, Month, UnreadableError
from policing_summary.validation import did_you_mean

LABELS = Path(__file__).with_name("attitudes.toml")
COLUMNS = ("Date", "Borough", "Measure", "Proportion", "MPS")
PROPORTION = re.compile(r"0[.,]\d+|[01]([.,]0+)?")
QUARTERS = {3: 31, 6: 30, 9: 30, 12: 31}


@dataclass(frozen=True)
class Answer:
    """What one line says. `value` and `london` are percentages."""

    place: Place
    quarter: Month
    borough: str
    measure: str
    value: Decimal
    london: Decimal


@dataclass(frozen=True)
class Survey:
    head: Place
    file: str
    checksum: str
    answers: tuple[Answer, ...]
    strays: tuple[str, ...]
    """What stands in columns without a heading, as sentences."""


def read(path: Path, name: str, labels: Labels, boroughs: Boroughs) -> Survey:
    """The whole survey; `name` is the file's path as the editor typed it.

    Raises:
        ContentError: everything in it that cannot be read.
    """
    table = tables.read_csv(path, name)
    columns = _columns(table)
    problems: list[Problem] = []
    reading = _Reading(table, columns, labels, boroughs, problems)
    answers = tuple(answer for line in table.lines if (answer := reading.answer(line)))
    problems += _twice(answers) + _londons(answers)
    if problems:
        raise ContentError(problems)
    strays = tuple(_strays(table))
    return Survey(table.place(table.header), table.file, table.checksum, answers, strays)


def _columns(table: Table) -> dict[str, int]:
    found = {name: table.column(name) for name in COLUMNS}
    absent = [f"`{name}`" for name, column in found.items() if column is None]
    if absent:
        what = f"the headings have no {', '.join(absent)}"
        way_out = "give the file of the Public Attitude Survey by borough, as it was downloaded"
        raise ContentError([table.problem(table.header, None, what, way_out)])
    return {name: column for name, column in found.items() if column is not None}


@dataclass(frozen=True)
class _Reading:
    table: Table
    columns: Mapping[str, int]
    labels: Labels
    boroughs: Boroughs
    problems: list[Problem]

    def answer(self, line: Line) -> Answer | None:
        quarter = self._quarter(line)
        borough = self._borough(line)
        measure = self._measure(line)
        value, london = (self._percentage(line, name) for name in ("Proportion", "MPS"))
        if not (quarter and borough and measure) or value is None or london is None:
            return None
        place = self.table.place(line, self.columns["Proportion"])
        return Answer(place, quarter, borough, measure, value, london)

    def _cell(self, line: Line, name: str) -> str:
        return line.cells[self.columns[name]].strip()

    def _tell(self, line: Line, name: str, what: str, way_out: str) -> None:
        self.problems.append(self.table.problem(line, self.columns[name], what, way_out))

    def _quarter(self, line: Line) -> Month | None:
        typed = self._cell(line, "Date")
        day = read_day(typed)
        if day and QUARTERS.get(day.month) == day.number:
            return Month(day.year, day.month)
        what = f"`{typed}` is not the last day of a quarter"
        way_out = "it is written day/month/year, for example 31/3/2023"
        if day:
            way_out = "quarters end in March, June, September and December; look whether day and month changed places"
        self._tell(line, "Date", what, way_out)
        return None

    def _borough(self, line: Line) -> str | None:
        typed = self._cell(line, "Borough")
        slug = self.boroughs.slug(typed)
        if slug is None:
            names = [entry.name for entry in self.boroughs.entries.values()]
            told = did_you_mean(typed, names, "site.yaml lists no borough of this name")
            self._tell(line, "Borough", f"unknown borough `{typed}`", told)
        return slug

    def _measure(self, line: Line) -> str | None:
        typed = self._cell(line, "Measure")
        measure = self.labels.by_label.get(folded(typed))
        if measure is None:
            way_out = "say in attitudes.toml, beside the importer, which measure it is"
            self._tell(line, "Measure", f"unknown measure `{typed}`", way_out)
        return measure

    def _percentage(self, line: Line, name: str) -> Decimal | None:
        typed = self._cell(line, name)
        if PROPORTION.fullmatch(typed):
            return Decimal(typed.replace(",", ".")) * 100
        what = f"`{typed}` is not a part of one" if typed else "this cell is empty"
        self._tell(line, name, what, "a share of people is written 0,56 or 0.56 here")
        return None


def read_day(text: str) -> Day | None:
    """From `31/3/2023`, day before month, or `2023-03-31`."""
    match = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text.strip())
    iso = f"{match[3]}-{match[2]:0>2}-{match[1]:0>2}" if match else text.strip()
    try:
        return Day.read(iso)
    except UnreadableError:
        return None


def _twice(answers: tuple[Answer, ...]) -> list[Problem]:
    seen: dict[tuple[Month, str, str], Answer] = {}
    problems = []
    for answer in answers:
        key = (answer.quarter, answer.borough, answer.measure)
        first = seen.setdefault(key, answer)
        if first is not answer:
            what = (
                f"`{answer.measure}` of {answer.quarter} stands already on line {first.place.line}"
            )
            problems.append(Problem(answer.place, what, "delete one of the two lines"))
    return problems


def _londons(answers: tuple[Answer, ...]) -> list[Problem]:
    """London's value stands on each line, and must be the same in all of a quarter."""
    seen: dict[tuple[Month, str], Answer] = {}
    problems = []
    for answer in answers:
        first = seen.setdefault((answer.quarter, answer.measure), answer)
        if first.london != answer.london:
            what = (
                f"London’s `{answer.measure}` is {_percent(answer.london)} here, and {_percent(first.london)} "
                f"on line {first.place.line}"
            )
            problems.append(Problem(answer.place, what, "compare both with a fresh download"))
    return problems


def _strays(table: Table) -> Iterator[str]:
    nameless = [i for i, heading in enumerate(table.header.cells) if not heading.strip()]
    for line in table.lines:
        found = [line.cells[i].strip() for i in nameless if line.cells[i].strip()]
        if found:
            words = ", ".join(f"`{text}`" for text in found)
            yield f"{table.path}:{line.number} has {words} in columns without a heading: not read."


def quarter_rows(
    survey: Survey, quarter: Month, edition: Edition, covered: list[str]
) -> tuple[dict[str, tuple[Given, ...]], list[str], list[Problem]]:
    """Rows by borough for one quarter, set against the same quarter a year before, and what to say."""
    known = {(a.quarter, a.borough, a.measure): a for a in survey.answers}
    measures = [
        name for name in edition.head.measures if any(a.measure == name for a in survey.answers)
    ]
    problems = list(_unfit(survey, quarter, edition, measures))
    asked = [m for m in measures if any((quarter, b, m) in known for b in covered)]
    for borough in covered:
        problems += [
            Problem(
                survey.head,
                f"`{measure}` of {quarter} is missing for `{borough}`",
                "download the file again",
            )
            for measure in asked
            if (quarter, borough, measure) not in known
        ]
    if problems:
        return {}, [], problems
    before = quarter.later(-YEAR)
    notes = [
        f"`{measure}` was not asked in {when}: no row gives it."
        for when, wanted in ((quarter, measures), (before, asked))
        for measure in wanted
        if not any((when, borough, measure) in known for borough in covered)
    ]
    rows = {
        borough: tuple(
            _given(known[quarter, borough, m], known.get((before, borough, m))) for m in asked
        )
        for borough in covered
    }
    return rows, notes, []


def _unfit(
    survey: Survey, quarter: Month, edition: Edition, measures: list[str]
) -> Iterator[Problem]:
    quarters = sorted({answer.quarter for answer in survey.answers})
    if quarter not in quarters:
        way_out = f"it has quarters from {quarters[0]} to {quarters[-1]}" if quarters else None
        yield Problem(survey.head, f"this file has no quarter that ends in {quarter}", way_out)
    if not measures:
        ids = ", ".join(f"`{name}`" for name in sorted({a.measure for a in survey.answers}))
        place = edition.document.key_place("measures")
        what = "the survey has none of the measures in this edition"
        yield Problem(place, what, f"add some under `measures:`, with `unit: percent`: {ids}")
    for name in measures:
        if edition.head.measures[name].unit != "percent":
            place = edition.document.place("measures", name, "unit")
            what = f"`{name}` is a percentage of people in the survey"
            yield Problem(place, what, "write `unit: percent` and `better: higher`")


def _given(now: Answer, before: Answer | None) -> Given:
    fields = [("now", now.value), ("comparator", now.london)]
    if before:
        fields.insert(0, ("before", before.value))
    return Given(now.measure, tuple((name, _percent(value)) for name, value in fields))


def _percent(value: Decimal) -> str:
    return f"{value.normalize():f}%"
