"""One borough, ready to be checked and printed: its sections with their figures worked out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from policing_summary import figures
from policing_summary.content import Borough, Edition, Part, Site
from policing_summary.errors import Problem
from policing_summary.figures import Contradiction, Figure, FigureSet, Target
from policing_summary.model.base import Section
from policing_summary.model.files import SmallNumbers
from policing_summary.model.plans import Priorities
from policing_summary.model.results import Performance, Row
from policing_summary.source import Step
from policing_summary.validation import did_you_mean


@dataclass(frozen=True)
class Goal:
    """A priority with its target, if it has one."""

    text: str
    target: Target | None
    note: str | None


@dataclass(frozen=True)
class Sheet:
    """What page and leaflet of one borough are printed from.

    `tables` holds the figures of every list of rows by section and field; `figures` those of the
    borough's own performance, for its texts to refer to.
    """

    site: Site
    edition: Edition
    borough: Borough
    tables: Mapping[tuple[str, str], tuple[Figure, ...]]
    goals: tuple[Goal, ...]
    figures: FigureSet

    @property
    def path(self) -> str:
        """The borough's folder below the site's root."""
        return f"{self.edition.slug}/{self.borough.slug}"

    def table(self, section: str, field: str) -> tuple[Figure, ...]:
        return self.tables.get((section, field), ())


def prepare(site: Site, edition: Edition, borough: Borough) -> tuple[Sheet, list[Problem]]:
    """The sheet, and every contradiction in its figures at the line that was typed."""
    problems: list[Problem] = []
    tables = {
        (part.name, field): _figures(site, edition, part, field, rows, problems)
        for part in borough.parts
        for field, rows in _tables(part.section)
    }
    own = tables.get((Performance.name, "measures"), ())
    goals = _goals(edition, borough.part(Priorities.name), problems)
    by_id = {figure.id: figure for figure in own}
    return Sheet(site, edition, borough, tables, goals, FigureSet(by_id)), problems


def _tables(section: Section) -> Iterator[tuple[str, tuple[Row, ...]]]:
    for field in type(section).model_fields:
        value = getattr(section, field)
        if isinstance(value, tuple) and value and all(isinstance(row, Row) for row in value):
            yield field, value


def _figures(
    site: Site,
    edition: Edition,
    part: Part,
    field: str,
    rows: tuple[Row, ...],
    problems: list[Problem],
) -> tuple[Figure, ...]:
    catalogue = edition.head.measures
    derived: dict[str, Figure] = {}
    for index, row in enumerate(rows):
        place = part.place(field, index, "measure")
        measure = catalogue.get(row.measure)
        if measure is None:
            way_out = did_you_mean(row.measure, catalogue, "add it to `measures:` in edition.yaml")
            problems.append(Problem(place, f"unknown measure `{row.measure}`", way_out))
        elif row.measure in derived:
            way_out = "delete one of the two rows"
            problems.append(Problem(place, f"`{row.measure}` has two rows here", way_out))
        else:
            derived[row.measure], wrong = figures.derive(row, measure, site.settings.small_numbers)
            problems += [_problem(part, (field, index, c.field), c) for c in wrong]
    known = {row.measure for row in rows}
    for index, row in enumerate(rows):
        if row.measure in derived:
            steps = (field, index)
            small = site.settings.small_numbers
            figure = _summed(part, steps, row, derived, known, small, problems)
            derived[row.measure], wrong = figures.judge(row, figure)
            if wrong:
                problems.append(_problem(part, (*steps, wrong.field), wrong))
    return tuple(derived.values())


def _problem(part: Part, steps: tuple[Step, ...], wrong: Contradiction) -> Problem:
    return Problem(part.place(*steps), wrong.what, wrong.way_out)


def _summed(
    part: Part,
    steps: tuple[Step, ...],
    row: Row,
    derived: Mapping[str, Figure],
    known: set[str],
    small: SmallNumbers,
    problems: list[Problem],
) -> Figure:
    figure = derived[row.measure]
    parts = [derived[name] for name in figure.measure.sum_of if name in derived]
    complete = len(parts) == len(figure.measure.sum_of) and all(p.change is not None for p in parts)
    if parts and complete:
        figure, wrong = figures.add_up(figure, parts, small, given=row.change is not None)
        if wrong:
            problems.append(_problem(part, (*steps, wrong.field), wrong))
    elif figure.change is None and figure.now is None:
        missing = [name for name in figure.measure.sum_of if name not in known]
        way_out = "add `change:`, or `before:` and `now:`"
        if missing:
            way_out = f"give a row for {' and '.join(f'`{name}`' for name in missing)} as well"
        what = f"there is no figure for `{row.measure}`"
        problems.append(Problem(part.place(*steps, "measure"), what, way_out))
    return figure


def _goals(edition: Edition, part: Part | None, problems: list[Problem]) -> tuple[Goal, ...]:
    if part is None or not isinstance(part.section, Priorities):
        return ()
    goals = []
    for index, priority in enumerate(part.section.items):
        measure = edition.head.measures.get(priority.measure or "")
        target = None
        if priority.measure and measure is None:
            place = part.place("items", index, "measure")
            way_out = did_you_mean(
                priority.measure, edition.head.measures, "add it to `measures:` in edition.yaml"
            )
            problems.append(Problem(place, f"unknown measure `{priority.measure}`", way_out))
        elif priority.target and measure is None:
            place = part.place("items", index, "target")
            problems.append(Problem(place, "this target has no measure", "add `measure:` to it"))
        elif priority.target and measure:
            target, wrong = figures.read_target(priority.target, measure)
            if wrong:
                place = part.place("items", index, "target")
                problems.append(Problem(place, wrong.what, wrong.way_out))
        elif measure is None and not priority.text:
            place = part.place("items", index)
            problems.append(Problem(place, "this priority says nothing", "add `measure:` or `text:`"))
        name = measure.name if measure else priority.text or ""
        goals.append(Goal(name, target, priority.text if measure else None))
    return tuple(goals)
