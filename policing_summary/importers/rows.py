"""An edition's list of measures + two years of counts → the rows of every borough."""

from collections.abc import Iterator, Mapping

from policing_summary.content import Edition
from policing_summary.errors import Problem
from policing_summary.importers.boroughs import Boroughs
from policing_summary.importers.found import Given
from policing_summary.importers.monthly import Choice
from policing_summary.importers.series import Labels
from policing_summary.validation import did_you_mean


def wanted(edition: Edition, labels: Labels) -> tuple[dict[str, tuple[str, ...]], list[Problem]]:
    """The measures of the edition that these files speak of, each with its series.

    A measure that the edition adds up from others in these files has none: it is worked out. Sums
    come after their parts, because the table says "the sum of those above".
    """
    measures = edition.head.measures
    found = {name: labels.parts(name) for name in measures if labels.parts(name)}
    for name, entry in measures.items():
        if entry.sum_of and all(labels.parts(part) for part in entry.sum_of):
            found[name] = ()
    problems = [
        Problem(
            edition.document.place("measures", name, "unit"),
            f"`{name}` is counted in these files, and its unit here is {measures[name].unit}",
            "write `unit: offences`, or give the measure another id",
        )
        for name in found
        if measures[name].unit != "offences"
    ]
    if not found:
        ids = ", ".join(f"`{name}`" for name in sorted(labels.measures))
        near = (did_you_mean(name, labels.measures, "") for name in measures)
        what = "these files speak of none of the measures in this edition"
        way_out = next((told for told in near if told), f"add some under `measures:`: {ids}")
        problems.append(Problem(edition.document.key_place("measures"), what, way_out))
    return dict(_in_order(found, edition)), problems


def _in_order(
    found: Mapping[str, tuple[str, ...]], edition: Edition
) -> Iterator[tuple[str, tuple[str, ...]]]:
    sums = {name: set(edition.head.measures[name].sum_of) for name in found if not found[name]}
    done: set[str] = set()
    for name, parts in found.items():
        if parts:
            yield name, parts
            done.add(name)
        for summed in [s for s, of in sums.items() if of <= done and s not in done]:
            yield summed, ()
            done.add(summed)


def rows(
    measures: Mapping[str, tuple[str, ...]], choice: Choice, covered: list[str]
) -> dict[str, tuple[Given, ...]]:
    """For every borough `covered`, each measure before and now."""
    return {
        borough: tuple(_given(name, parts, choice, borough) for name, parts in measures.items())
        for borough in covered
    }


def _given(name: str, parts: tuple[str, ...], choice: Choice, borough: str) -> Given:
    if not parts:
        return Given(name, ())
    before, now = (choice.count(parts, borough, m) for m in (choice.year.before, choice.year.now))
    return Given(name, (("before", str(before)), ("now", str(now))))


def covered(boroughs: Boroughs, labels: Labels) -> list[str]:
    """The boroughs that these files should have."""
    return [slug for slug in boroughs.entries if slug not in labels.elsewhere]
