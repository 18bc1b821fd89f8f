"""Monthly counts by label and area → counts by series and borough → two years of twelve months.

Nothing is guessed on the way: what does not fit together is a problem at its place, and what was
set aside, counted as none or joined is said.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from policing_summary import numerals
from policing_summary.errors import Place, Problem
from policing_summary.importers.boroughs import Boroughs
from policing_summary.importers.series import Labels
from policing_summary.importers.tables import folded
from policing_summary.importers.years import YEAR, Year, in_words
from policing_summary.numerals import Month
from policing_summary.validation import did_you_mean

SELDOM = 50  # offences a month in all boroughs; below it, a month without any is no surprise
LABELS_TOLD = "the table of labels beside the importer"
MOST_NAMED = 6  # boroughs in one sentence


@dataclass(frozen=True)
class Record:
    """One label in one area; `counts` go with the months of its download."""

    place: Place
    label: str
    area: str
    counts: tuple[int, ...]


@dataclass(frozen=True)
class Download:
    """What one file, or a set of files, says. `head` is the place of its headings."""

    head: Place
    file: str
    checksum: str
    months: tuple[Month, ...]
    records: tuple[Record, ...]


@dataclass
class Tally:
    """A download by series and borough. `labels` has the monthly total of each label in a series."""

    download: Download
    counts: dict[tuple[str, str], Counter[Month]] = field(default_factory=dict)
    places: dict[tuple[str, str], Place] = field(default_factory=dict)
    labels: dict[str, dict[str, Counter[Month]]] = field(default_factory=dict)
    aside: dict[str, Counter[Month]] = field(default_factory=dict)
    boroughs: set[str] = field(default_factory=set)
    seen: set[tuple[str, str]] = field(default_factory=set)

    def count(self, series: str, borough: str, months: Iterable[Month]) -> int:
        counted = self.counts.get((series, borough), Counter())
        return sum(counted[month] for month in months)


def tally(download: Download, labels: Labels, boroughs: Boroughs, problems: list[Problem]) -> Tally:
    """The download by series and borough; labels and areas that nobody knows go into `problems`."""
    made = Tally(download)
    for record in download.records:
        months = Counter(dict(zip(download.months, record.counts, strict=True)))
        label, area = folded(record.label), folded(record.area)
        if area in labels.areas:
            made.aside.setdefault(record.area, Counter()).update(months)
            continue
        slug = boroughs.slug(record.area)
        if slug is None:
            names = [entry.name for entry in boroughs.entries.values()]
            otherwise = "site.yaml lists no borough of this name"
            told = did_you_mean(record.area, names, otherwise)
            problems.append(Problem(record.place, f"unknown borough `{record.area}`", told))
            continue
        made.boroughs.add(slug)
        if (label, slug) in made.seen:
            what = f"`{record.label}` stands here already for {boroughs.name(slug)}"
            problems.append(Problem(record.place, what, "delete one of the two lines"))
            continue
        made.seen.add((label, slug))
        if label in labels.set_aside:
            made.aside.setdefault(record.label, Counter()).update(months)
            continue
        series = labels.by_label.get(label)
        if series is None:
            way_out = f"say which offence it is, in {LABELS_TOLD}; nothing is left out unnoticed"
            problems.append(Problem(record.place, f"unknown label `{record.label}`", way_out))
            continue
        made.counts.setdefault((series, slug), Counter()).update(months)
        made.places.setdefault((series, slug), record.place)
        of_series = made.labels.setdefault(series, {})
        of_series.setdefault(label, Counter()).update(months)
    return made


@dataclass(frozen=True)
class Choice:
    """Which download each month of the two years is taken from."""

    year: Year
    by_month: Mapping[Month, Tally]

    @property
    def tallies(self) -> list[Tally]:
        """Those in use, in the order of their months."""
        return list({id(t): t for t in self.by_month.values()}.values())

    def months_of(self, tally: Tally) -> list[Month]:
        return [month for month, chosen in self.by_month.items() if chosen is tally]

    def count(self, series: Iterable[str], borough: str, months: Sequence[Month]) -> int:
        return sum(self.by_month[m].count(s, borough, [m]) for s in series for m in months)

    def total(self, series: str, month: Month) -> int:
        totals = self.by_month[month].labels.get(series, {}).values()
        return sum(counted[month] for counted in totals)


def choose(
    tallies: Sequence[Tally], year: Year, wanted: Sequence[str], prefer: str | None
) -> tuple[Choice, list[Problem]]:
    """Each month from one download. `wanted` are the series that must agree where files overlap.

    `prefer` is the file to take where they do not.
    """
    problems = []
    by_month: dict[Month, Tally] = {}
    differing: dict[tuple[int, int], list[tuple[str, str, Month]]] = {}
    missing = []
    for month in year.months:
        holding = [t for t in tallies if month in t.download.months]
        holding.sort(key=lambda t: t.download.head.file != prefer)
        if not holding:
            missing.append(month)
            continue
        by_month[month] = first = holding[0]
        if first.download.head.file != prefer:
            for other in holding[1:]:
                pair = (tallies.index(first), tallies.index(other))
                differing.setdefault(pair, []).extend(_differences(first, other, wanted, month))
    if missing:
        problems.append(_missing(tallies, missing))
    for (one, two), cells in differing.items():
        if cells:
            problems.append(_overlap(tallies[one], tallies[two], cells))
    return Choice(year, by_month), problems


def _missing(tallies: Sequence[Tally], months: Sequence[Month]) -> Problem:
    held = "; ".join(
        f"{t.download.file} holds {in_words(t.download.months[0], t.download.months[-1])}"
        for t in tallies
    )
    spans = ", ".join(in_words(first, last) for first, last in _runs(months))
    return Problem(
        tallies[0].download.head,
        f"{'this month is' if len(months) == 1 else 'these months are'} in none of the files: {spans}",
        f"give a file that holds them too, or another `--year` ({held})",
    )


def _runs(months: Sequence[Month]) -> Iterator[tuple[Month, Month]]:
    """Months one after another as first and last."""
    index = {month: month.year * YEAR + month.number for month in months}
    start = months[0]
    for here, following in zip(months, [*months[1:], None], strict=True):
        if following is None or index[following] != index[here] + 1:
            yield start, here
            start = following or here


def _differences(
    first: Tally, other: Tally, wanted: Sequence[str], month: Month
) -> Iterator[tuple[str, str, Month]]:
    for series in wanted:
        for borough in sorted(first.boroughs | other.boroughs):
            if first.count(series, borough, [month]) != other.count(series, borough, [month]):
                yield series, borough, month


def _overlap(first: Tally, other: Tally, cells: Sequence[tuple[str, str, Month]]) -> Problem:
    series, borough, month = cells[0]
    places = [t.places.get((series, borough), t.download.head) for t in (first, other)]
    numbers = [numerals.count(t.count(series, borough, [month])) for t in (first, other)]
    months = sorted({month for *_, month in cells})
    spans = ", ".join(in_words(a, b) for a, b in _runs(months))
    return Problem(
        places[1],
        f"two files give different numbers for the same months ({spans}), {len(cells)} in all; "
        f"the first is `{series}` in {month}: {numbers[0]} in {places[0].file}:{places[0].line}, "
        f"{numbers[1]} here",
        f"give files that do not overlap, or say which is right: `--prefer {places[1].file}`",
    )


def listed(names: Sequence[str]) -> str:
    """The first few, and how many more there are."""
    shown = ", ".join(names[:MOST_NAMED])
    rest = len(names) - MOST_NAMED
    return f"{shown} and {rest} more" if rest > 0 else shown


def gaps(choice: Choice, wanted: Sequence[str], boroughs: Iterable[str]) -> list[Problem]:
    """Series that a file does not have at all, and boroughs that it does not have."""
    problems = []
    for tally in choice.tallies:
        for series in wanted:
            if series not in tally.labels:
                what = f"no line of this file is about `{series}`"
                way_out = "take the measure out of the edition's list, or give the complete file"
                problems.append(Problem(tally.download.head, what, way_out))
        absent = sorted(set(boroughs) - tally.boroughs)
        if absent:
            what = f"this file has no line for {listed(absent)}"
            way_out = "give the complete file; a borough without a line is not one without crime"
            problems.append(Problem(tally.download.head, what, way_out))
    return problems


def breaks(choice: Choice, wanted: Sequence[str]) -> list[Problem]:
    """Series that stop or fall to less than a tenth: a label that was renamed, not less crime."""
    problems = []
    for series in wanted:
        totals = {month: choice.total(series, month) for month in choice.year.months}
        usual = sorted(totals.values())[len(totals) * 3 // 4]
        low = [month for month, total in totals.items() if total * 10 < usual]
        if usual < SELDOM or not low:
            continue
        tally = choice.by_month[low[0]]
        ended = [
            f"`{label.upper()}` has {numerals.count(sum(counted[m] for m in low))}"
            for label, counted in sorted(tally.labels[series].items())
        ]
        spans = ", ".join(in_words(a, b) for a, b in _runs(low))
        problems.append(
            Problem(
                tally.download.head,
                f"`{series}` breaks off: {numerals.count(sum(totals[m] for m in low))} offences in "
                f"{spans}, and about {numerals.count(usual)} in other months ({', '.join(ended)})",
                f"look for the new name of the offence, and add it in {LABELS_TOLD}",
            )
        )
    return problems
