"""What an import of counts does that nobody typed, said in whole sentences."""

from collections import Counter
from collections.abc import Iterator, Sequence

from policing_summary import numerals
from policing_summary.importers.boroughs import Boroughs
from policing_summary.importers.monthly import SELDOM, Choice, Tally, listed
from policing_summary.importers.series import Labels
from policing_summary.importers.tables import folded
from policing_summary.importers.years import YEAR, in_words
from policing_summary.numerals import Month


def told(choice: Choice, labels: Labels, wanted: Sequence[str], boroughs: Boroughs) -> list[str]:
    """What was set aside, counted as none, and joined, in whole sentences."""
    said = list(_set_aside(choice, labels))
    for tally in choice.tallies:
        said += _counted_as_none(tally, wanted, boroughs)
    said += [
        f"{reason}: its file is left as it is."
        for slug, reason in labels.elsewhere.items()
        if slug in boroughs.entries
    ]
    return said + list(_joined(choice, labels, wanted))


def _set_aside(choice: Choice, labels: Labels) -> Iterator[str]:
    """Both years side by side: a year in which more is set aside looks better than it was."""
    things = {thing for tally in choice.tallies for thing in tally.aside}
    for thing in sorted(things):
        before, now = (
            sum(choice.by_month[month].aside.get(thing, Counter())[month] for month in months)
            for months in (choice.year.before, choice.year.now)
        )
        reason = labels.areas.get(folded(thing)) or labels.set_aside[folded(thing)]
        moved = ""
        if abs(now - before) >= SELDOM * YEAR:
            more, size = ("fewer", before - now) if now < before else ("more", now - before)
            moved = (
                f" These are {numerals.count(size)} {more}: as many may only have moved "
                f"{'to' if now < before else 'from'} the boroughs, whose change is then not real."
            )
        yield (
            f"Set aside: `{thing}`, {numerals.count(before)} offences in the year before, "
            f"{numerals.count(now)} in this one. {' '.join(reason.split())}{moved}"
        )


def _counted_as_none(tally: Tally, wanted: Sequence[str], boroughs: Boroughs) -> Iterator[str]:
    """A label that other boroughs have, and one has not: it never had such an offence."""
    for series in wanted:
        for label in sorted(tally.labels.get(series, {})):
            without = sorted(b for b in tally.boroughs if (label, b) not in tally.seen)
            if without:
                names = listed([boroughs.name(slug) for slug in without])
                yield (
                    f"{tally.download.file} has no line `{label.upper()}` for {names}: counted as "
                    f"none, because {len(tally.boroughs) - len(without)} other boroughs have one."
                )


def _joined(choice: Choice, labels: Labels, wanted: Sequence[str]) -> Iterator[str]:
    """Series that have a label in one of the two years only, with what their labels mean."""
    years = (choice.year.before, choice.year.now)
    for series in wanted:
        months_of = _months_of(choice, series)
        if any(set(year).isdisjoint(months) for months in months_of.values() for year in years):
            parts = [
                f"`{label.upper()}` ({in_words(months[0], months[-1])})"
                for label, months in sorted(months_of.items(), key=lambda item: item[1][0])
            ]
            reason = " ".join(labels.series[series].reason.split())
            yield f"`{series}` is one series under several labels: {', '.join(parts)}. {reason}"


def _months_of(choice: Choice, series: str) -> dict[str, list[Month]]:
    """The months in which each label of a series was used; one that was hardly used is left out."""
    counted: dict[str, Counter[Month]] = {}
    for month, tally in choice.by_month.items():
        for label, totals in tally.labels.get(series, {}).items():
            if totals[month]:
                counted.setdefault(label, Counter())[month] = totals[month]
    return {label: list(totals) for label, totals in counted.items() if totals.total() >= SELDOM}
