"""What was typed → what the files say, ready to be written: one way for each source."""

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn, TypeVar

from policing_summary import content, periods
from policing_summary.content import Edition
from policing_summary.errors import ContentError, Place, Problem
from policing_summary.importers import (
    attitudes,
    met_crime,
    monthly,
    remarks,
    rows,
    series,
    spreadsheet,
    street,
    writing,
)
from policing_summary.importers.boroughs import Boroughs
from policing_summary.importers.filing import Change, Edit
from policing_summary.importers.found import Found, Origin, Publication, refuse
from policing_summary.importers.monthly import Choice, Download, Tally
from policing_summary.importers.series import Labels
from policing_summary.importers.years import Year, in_words
from policing_summary.model.imports import SheetImport
from policing_summary.validation import did_you_mean

T = TypeVar("T")


@dataclass(frozen=True)
class Job:
    """What was typed, and the content that it is about."""

    typed: argparse.Namespace
    root: Path
    edition: Edition
    boroughs: Boroughs

    def found(self, source: str) -> tuple[Found, list[Edit]]:
        """What the files say, and what is to be kept in the edition besides."""
        match source:
            case "met-crime":
                labels = series.read(met_crime.LABELS)
                downloads = _each(self.typed.files, met_crime.read)
                covered = rows.covered(self.boroughs, labels)
                return self._counted(downloads, labels, covered, [], self.typed.prefer), []
            case "street":
                download, covered, notes = self.street_download()
                return self._counted(
                    [download], series.read(street.LABELS), covered, notes, None
                ), []
            case "attitudes":
                return self._survey(), []
            case _:
                return self._spreadsheet()

    def _counted(
        self,
        downloads: Sequence[Download],
        labels: Labels,
        covered: list[str],
        notes: list[str],
        prefer: str | None,
    ) -> Found:
        """Monthly counts as rows of the performance section."""
        problems: list[Problem] = []
        measures, unfit = rows.wanted(self.edition, labels)
        tallies = [monthly.tally(one, labels, self.boroughs, problems) for one in downloads]
        refuse(self._another_period() + problems + unfit + _no_such_file(prefer, downloads))
        parts = sorted({part for those in measures.values() for part in those})
        choice, problems = monthly.choose(tallies, Year(self.typed.year), parts, prefer)
        refuse(problems or monthly.gaps(choice, parts, covered))
        refuse(monthly.breaks(choice, parts))
        return Found(
            "performance",
            (("period", str(choice.year)),),
            rows.rows(measures, choice, covered),
            tuple(self._origin(labels.publication, tally, choice) for tally in choice.tallies),
            (*notes, *remarks.told(choice, labels, parts, self.boroughs)),
        )

    def _another_period(self) -> list[Problem]:
        """The edition reports on other months than those that were asked for."""
        year = Year(self.typed.year)
        own = periods.read(self.edition.head.period)
        if own is None or own == (year.now[0], year.now[-1]):
            return []
        what = f"this edition is for {self.edition.head.period}, and `--year` asks for {year}"
        way_out = f"import with `--year {own[0].iso}`, or correct the period here"
        return [Problem(self.edition.document.place("period"), what, way_out)]

    def _origin(self, publication: Publication, tally: Tally, choice: Choice) -> Origin:
        months = choice.months_of(tally)
        one = tally.download
        period = in_words(months[0], months[-1])
        return Origin(publication, one.file, one.checksum, period, self.typed.extracted)

    def street_download(self) -> tuple[Download, list[str], list[str]]:
        """All files as one, the boroughs that they cover, and what was set aside."""
        files = street_files(self.typed.files, self.boroughs)
        download, problems = street.joined(files)
        covered, strangers = street.covered(files, self.boroughs)
        refuse(problems + strangers)
        return download, covered, list(street.told(files))

    def _survey(self) -> Found:
        labels = series.read(attitudes.LABELS)
        if len(self.typed.files) > 1:
            _stop(self.typed.files[1], "the survey is one file", "give one file")
        name = self.typed.files[0]
        survey = attitudes.read(Path(name), name, labels, self.boroughs)
        covered = rows.covered(self.boroughs, labels)
        quarter = self.typed.quarter
        found, notes, problems = attitudes.quarter_rows(survey, quarter, self.edition, covered)
        refuse(problems)
        period = f"the quarter to {quarter}"
        origin = Origin(
            labels.publication, survey.file, survey.checksum, period, self.typed.extracted
        )
        elsewhere = [f"{why}: its file is left as it is." for why in labels.elsewhere.values()]
        return Found(
            "confidence",
            (("quarter", quarter.iso),),
            found,
            (origin,),
            (*survey.strays, *notes, *elsewhere),
        )

    def _spreadsheet(self) -> tuple[Found, list[Edit]]:
        if len(self.typed.files) > 1:
            _stop(self.typed.files[1], "a spreadsheet is one file", "import one after the other")
        name = self.typed.files[0]
        mapping, kept = self._mapping()
        table = spreadsheet.read(Path(name), name, mapping)
        refuse(self._another_period())
        found, notes = spreadsheet.rows(table, mapping, self.edition, self.boroughs)
        year = Year(self.typed.year)
        publication = Publication(mapping.title, mapping.publisher, mapping.licence or "")
        origin = Origin(publication, table.file, table.checksum, str(year), self.typed.extracted)
        return Found("performance", (("period", str(year)),), found, (origin,), tuple(notes)), kept

    def _mapping(self) -> tuple[SheetImport, list[Edit]]:
        """How the spreadsheet is read: as it was confirmed, or as typed now and to be kept."""
        name, typed = self.typed.name, self.typed
        known = self.edition.head.imports.get(name)
        given = [typed.title, typed.publisher, typed.borough, *typed.column]
        path = f"content/{self.edition.slug}/{content.EDITION}"
        if known and any(given):
            place = self.edition.document.key_place("imports", name)
            way_out = "leave out how it is read; or change it there, or use another name"
            raise ContentError(
                [Problem(place, f"how `{name}` is read was confirmed already", way_out)]
            )
        if known:
            return known, []
        if not all((typed.title, typed.publisher, typed.borough, typed.column)):
            what = f"nobody has said yet how `{name}` is read"
            way_out = (
                "the first time, add `--title`, `--publisher`, `--borough HEADING` and a "
                "`--column HEADING=MEASURE:now` for each column"
            )
            raise ContentError([Problem(Place(path, 1, 1), what, way_out)])
        mapping = SheetImport.model_validate(
            {
                "title": typed.title,
                "publisher": typed.publisher,
                "licence": typed.licence,
                "sheet": typed.sheet,
                "header-row": str(typed.header_row),
                "borough": typed.borough,
                "columns": typed.column,
                "set-aside": typed.set_aside,
            }
        )
        return mapping, [self._kept(path, name, mapping)]

    def _kept(self, name: str, key: str, mapping: SheetImport) -> Edit:
        path = self.root / name
        old = path.read_bytes()
        lines = spreadsheet.as_yaml(key, mapping)
        new = writing.appended(old.decode("utf-8"), name, "imports", lines)
        change = Change(f"imports: {key}", "", "", "; ".join(line.strip() for line in lines[1:]))
        return Edit(path, name, old, new.encode(), (change,))


def street_files(names: Sequence[str], boroughs: Boroughs) -> list[street.File]:
    """Every file of street-level crime.

    Raises:
        ContentError: any of them cannot be read.
    """
    categories = sorted(series.read(street.LABELS).by_label)
    return _each(names, lambda path, name: street.read(path, name, boroughs, categories))


def _each(names: Sequence[str], read: Callable[[Path, str], T]) -> list[T]:
    """Every file read; the problems of all of them are told together.

    Raises:
        ContentError: any of them cannot be read.
    """
    found: list[T] = []
    problems: list[Problem] = []
    for name in names:
        try:
            found.append(read(Path(name), name))
        except ContentError as error:
            problems += error.problems
    refuse(problems)
    return found


def _no_such_file(prefer: str | None, downloads: Sequence[Download]) -> list[Problem]:
    names = [one.head.file for one in downloads]
    if prefer is None or prefer in names:
        return []
    place = Place(names[0], 1, 1)
    what = f"`--prefer {prefer}` is none of the files"
    return [
        Problem(place, what, did_you_mean(prefer, names, "write it as it stands among the files"))
    ]


def _stop(name: str, what: str, way_out: str) -> NoReturn:
    raise ContentError([Problem(Place(name, 1, 1), what, way_out)])
