"""One borough, ready to be checked and printed: its sections with their figures worked out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from policing_summary import arithmetic
from policing_summary.arithmetic import Contradiction
from policing_summary.content import Borough, Edition, Part, Site
from policing_summary.errors import Problem
from policing_summary.figures import Figure, FigureSet, Target
from policing_summary.model.base import Section
from policing_summary.model.files import MeasureEntry, SmallNumbers
from policing_summary.model.plans import Priorities
from policing_summary.model.results import Performance, Row
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
        (part.name, field): _Rows(
            part, field, rows, edition.head.measures, site.settings.small_numbers, problems
        ).figures()
        for part in borough.parts
        for field, rows in _tables(part.section)
    }
    own = tables.get((Performance.name, "measures"), ())
    goals = _goals(edition, borough.part(Priorities.name), problems)
    by_id = {figure.id: figure for figure in own} | _shared(site, borough, tables)
    declared = {**edition.head.figures, **borough.head.figures}
    shown = {name: figure.shown for name, figure in declared.items()}
    return Sheet(site, edition, borough, tables, goals, FigureSet(by_id, shown)), problems


def _shared(
    site: Site, borough: Borough, tables: Mapping[tuple[str, str], tuple[Figure, ...]]
) -> dict[str, Figure]:
    """The edition's figures under the name of their area: `london.gun-crime`."""
    area = site.settings.area.lower().replace(" ", "-")
    return {
        f"{area}.{figure.id}": figure
        for (section, _), figures in tables.items()
        if (part := borough.part(section)) and part.document is not borough.document
        for figure in figures
    }


def _tables(section: Section) -> Iterator[tuple[str, tuple[Row, ...]]]:
    for field in type(section).model_fields:
        value = getattr(section, field)
        if isinstance(value, tuple) and value and all(isinstance(row, Row) for row in value):
            yield field, value


@dataclass(frozen=True)
class _Rows:
    """The rows of one list in one section; what is wrong with them goes into `problems`."""

    part: Part
    field: str
    rows: tuple[Row, ...]
    catalogue: Mapping[str, MeasureEntry]
    small: SmallNumbers
    problems: list[Problem]

    def figures(self) -> tuple[Figure, ...]:
        derived: dict[str, Figure] = {}
        indices: dict[str, int] = {}
        for index, row in enumerate(self.rows):
            if self._is_sound(index, row, derived):
                measure = self.catalogue[row.measure]
                derived[row.measure], wrong = arithmetic.derive(row, measure, self.small)
                indices[row.measure] = index
                for contradiction in wrong:
                    self._contradicts(index, contradiction)
        for name, index in indices.items():
            summed = self._added_up(index, derived)
            derived[name], mistake = arithmetic.judge(self.rows[index], summed)
            if mistake:
                self._contradicts(index, mistake)
        return tuple(derived.values())

    def _is_sound(self, index: int, row: Row, so_far: Mapping[str, Figure]) -> bool:
        if row.measure not in self.catalogue:
            what = f"unknown measure `{row.measure}`"
            otherwise = "add it to `measures:` in edition.yaml"
            self._tell(index, "measure", what, did_you_mean(row.measure, self.catalogue, otherwise))
            return False
        if row.measure in so_far:
            what = f"`{row.measure}` has two rows here"
            self._tell(index, "measure", what, "delete one of the two rows")
            return False
        return True

    def _added_up(self, index: int, derived: Mapping[str, Figure]) -> Figure:
        figure = derived[self.rows[index].measure]
        parts = [derived[name] for name in figure.measure.sum_of if name in derived]
        complete = len(parts) == len(figure.measure.sum_of) > 0
        if complete and all(part.change is not None for part in parts):
            given = self.rows[index].change is not None
            figure, wrong = arithmetic.add_up(figure, parts, self.small, given=given)
            if wrong:
                self._contradicts(index, wrong)
        elif figure.change is None and figure.now is None and not figure.is_level:
            given_rows = {row.measure for row in self.rows}
            absent = [f"`{name}`" for name in figure.measure.sum_of if name not in given_rows]
            way_out = "add `change:`, or `before:` and `now:`"
            if absent:
                way_out = f"give a row for {' and '.join(absent)} as well, or {way_out}"
            self._tell(index, "measure", f"there is no figure for `{figure.id}`", way_out)
        return figure

    def _contradicts(self, index: int, wrong: Contradiction) -> None:
        self._tell(index, wrong.field, wrong.what, wrong.way_out)

    def _tell(self, index: int, field: str, what: str, way_out: str) -> None:
        place = self.part.place(self.field, index, field)
        self.problems.append(Problem(place, what, way_out))


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
            target, wrong = arithmetic.read_target(priority.target, measure)
            if wrong:
                place = part.place("items", index, "target")
                problems.append(Problem(place, wrong.what, wrong.way_out))
        elif measure is None and not priority.text:
            place = part.place("items", index)
            problems.append(
                Problem(place, "this priority says nothing", "add `measure:` or `text:`")
            )
        name = measure.name if measure else priority.text or ""
        goals.append(Goal(name, target, priority.text if measure else None))
    return tuple(goals)
