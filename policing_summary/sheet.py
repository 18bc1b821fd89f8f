"""One borough, ready to be checked and printed: its sections with their figures worked out."""

import dataclasses
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from policing_summary import arithmetic, months
from policing_summary.content import Borough, Edition, Part, Site
from policing_summary.errors import Place, Problem
from policing_summary.figures import Contradiction, Figure, Promise, Target
from policing_summary.language import Language
from policing_summary.model.base import Section
from policing_summary.model.files import MeasureEntry, SmallNumbers
from policing_summary.model.plans import Priorities
from policing_summary.model.results import Performance, Row
from policing_summary.peers import Peers
from policing_summary.references import FigureSet
from policing_summary.validation import did_you_mean
from policing_summary.wording import Words


@dataclass(frozen=True)
class Goal:
    """A priority with its target, if it has one."""

    text: str
    target: Target | None
    note: str | None
    measure: str | None


@dataclass(frozen=True)
class Sheet:
    """What page and leaflet of one borough are printed from.

    `tables` holds the figures of every list of rows by section and field; `figures` those of the
    borough's own, for its texts to refer to; `peers` all boroughs' values by measure. Unless it `is_sound`, something about its
    figures was wrong, and one that is missing need not be missing.
    """

    site: Site
    edition: Edition
    borough: Borough
    tables: Mapping[tuple[str, str], tuple[Figure, ...]]
    goals: tuple[Goal, ...]
    figures: FigureSet
    is_sound: bool
    original: "Sheet | None" = None
    """The sheet in the original's words, if this one is a translation of it."""
    is_checked: bool = True
    """Unless it is, nobody who speaks the language has read the translation."""
    promises: tuple[Promise, ...] = ()
    peers: Mapping[str, Peers] = dataclasses.field(default_factory=dict)

    @property
    def path(self) -> str:
        """The borough's folder below the site's root; a translation lies in it."""
        folder = f"{self.edition.slug}/{self.borough.slug}"
        return f"{folder}/{self.language.tag}" if self.original else folder

    @property
    def language(self) -> Language:
        return self.words.language

    @property
    def words(self) -> Words:
        """How its figures are told."""
        return self.figures.words

    def title(self, part: Part) -> str:
        """The section's heading, in its own language."""
        is_ours = part.language == self.language
        words = self.words if is_ours else replace(self.words, language=part.language)
        return words.title(part.section)

    def beside_the_whole(self, figures: Iterable[Figure]) -> list[tuple[Figure, Figure]]:
        """Each figure that the edition gives for the whole area too, with that one."""
        area = self.site.area_id
        pairs = ((figure, self.figures.by_id.get(f"{area}.{figure.id}")) for figure in figures)
        return [
            (figure, whole)
            for figure, whole in pairs
            if whole and whole.percent is not None and figure.percent is not None
        ]

    def table(self, section: str, field: str) -> tuple[Figure, ...]:
        return self.tables.get((section, field), ())


def prepare(
    site: Site, edition: Edition, borough: Borough, words: Words | None = None
) -> tuple[Sheet, list[Problem]]:
    """The sheet, and every contradiction in its figures at the line that was typed."""
    problems: list[Problem] = []
    catalogue = _Catalogue(edition.head.measures, edition.document.has_all_of("measures"))
    small = site.settings.small_numbers
    tables = {
        (part.name, field): _Rows(part, field, rows, catalogue, small, problems).figures()
        for part in borough.parts
        for field, rows in _tables(part.section)
    }
    own = _own(borough, tables)
    goals = _goals(catalogue, borough.part(Priorities.name), problems)
    by_id = own | _shared(site, borough, tables)
    declared = {**edition.head.figures, **borough.head.figures}
    performance = borough.part(Performance.name)
    source = performance.document if performance else borough.document
    is_sound = catalogue.is_whole and source.has_all_of(Performance.name) and not problems
    known = FigureSet(by_id, declared, words or Words(site.settings.english))
    return Sheet(site, edition, borough, tables, goals, known, is_sound), problems


def _own(
    borough: Borough, tables: Mapping[tuple[str, str], tuple[Figure, ...]]
) -> dict[str, Figure]:
    """The figures of the borough's own tables; those of its performance go before all others."""
    own = {part.name for part in borough.parts if part.document is borough.document}
    names = sorted(own | {Performance.name}, key=lambda name: name == Performance.name)
    return {
        figure.id: figure
        for name in names
        for (section, _), figures in tables.items()
        if section == name
        for figure in figures
    }


def _shared(
    site: Site, borough: Borough, tables: Mapping[tuple[str, str], tuple[Figure, ...]]
) -> dict[str, Figure]:
    """The edition's figures under the name of their area: `london.gun-crime`."""
    return {
        f"{site.area_id}.{figure.id}": figure
        for (section, _), figures in tables.items()
        if (part := borough.part(section)) and part.document is not borough.document
        for figure in figures
    }


@dataclass(frozen=True)
class _Catalogue:
    """The edition's measures; unless it `is_whole`, none counts as unknown."""

    measures: Mapping[str, MeasureEntry]
    is_whole: bool

    def unknown(self, measure: str, place: Place) -> list[Problem]:
        if measure in self.measures or not self.is_whole:
            return []
        otherwise = "add it to `measures:` in edition.yaml"
        way_out = did_you_mean(measure, self.measures, otherwise)
        return [Problem(place, f"unknown measure `{measure}`", way_out)]


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
    catalogue: _Catalogue
    small: SmallNumbers
    problems: list[Problem]

    def figures(self) -> tuple[Figure, ...]:
        derived: dict[str, Figure] = {}
        indices: dict[str, int] = {}
        doubtful: set[str] = set()
        for index, row in enumerate(self.rows):
            if self._is_sound(index, row, derived):
                measure = self.catalogue.measures[row.measure]
                derived[row.measure], wrong = arithmetic.derive(row, measure, self.small)
                indices[row.measure] = index
                for contradiction in wrong:
                    self._contradicts(index, contradiction)
                    doubtful.add(row.measure)
        for name, index in indices.items():
            summed = self._added_up(index, derived, doubtful)
            derived[name], mistake = arithmetic.judge(self.rows[index], summed)
            if mistake:
                self._contradicts(index, mistake)
            if name not in doubtful:
                derived[name], wrong = months.spread(
                    self.rows[index], derived[name], is_whole=self.part.is_whole
                )
                for contradiction in wrong:
                    self._contradicts(index, contradiction)
        return tuple(derived.values())

    def _is_sound(self, index: int, row: Row, so_far: Mapping[str, Figure]) -> bool:
        place = self.part.place(self.field, index, "measure")
        if row.measure not in self.catalogue.measures:
            self.problems.extend(self.catalogue.unknown(row.measure, place))
            return False
        if row.measure in so_far:
            what = f"`{row.measure}` has a row already, further up"
            self._tell(index, "measure", what, "delete one of the two rows")
            return False
        return True

    def _added_up(
        self, index: int, derived: Mapping[str, Figure], doubtful: Collection[str]
    ) -> Figure:
        row = self.rows[index]
        figure = derived[row.measure]
        parts = [derived[name] for name in figure.measure.sum_of if name in derived]
        complete = len(parts) == len(figure.measure.sum_of) > 0
        if complete and all(part.change is not None for part in parts):
            figure, wrong = arithmetic.add_up(row, figure, parts, self.small)
            for contradiction in wrong:
                self._contradicts(index, contradiction)
        elif not (figure.is_level or _says_anything(row) or self._may_follow(figure, doubtful)):
            self._has_no_figure(index, figure)
        return figure

    def _may_follow(self, figure: Figure, doubtful: Collection[str]) -> bool:
        """Whether a sum is missing only because of another mistake, which has been told."""
        if not (self.catalogue.is_whole and self.part.is_whole):
            return True
        names = {row.measure for row in self.rows}
        unknown = names - self.catalogue.measures.keys()
        return bool(figure.measure.sum_of and (unknown or names & set(doubtful)))

    def _has_no_figure(self, index: int, figure: Figure) -> None:
        given = {row.measure for row in self.rows}
        absent = [f"`{name}`" for name in figure.measure.sum_of if name not in given]
        way_out = "add `before:` and `now:`, or `change:`, or `percent:`"
        if absent:
            way_out = f"{way_out}; or a row for {' and '.join(absent)}, to add them up"
        self._tell(index, "measure", f"this row has no figure for `{figure.id}`", way_out)

    def _contradicts(self, index: int, wrong: Contradiction) -> None:
        self._tell(index, wrong.field, wrong.what, wrong.way_out)

    def _tell(self, index: int, field: str, what: str, way_out: str) -> None:
        place = self.part.place(self.field, index, field)
        self.problems.append(Problem(place, what, way_out))


def _says_anything(row: Row) -> bool:
    return bool(row.now or row.change or row.percent is not None)


def _goals(catalogue: _Catalogue, part: Part | None, problems: list[Problem]) -> tuple[Goal, ...]:
    if part is None or not isinstance(part.section, Priorities):
        return ()
    goals = []
    for index, priority in enumerate(part.section.items):
        measure = catalogue.measures.get(priority.measure or "")
        target = None
        if priority.measure and measure is None:
            problems += catalogue.unknown(priority.measure, part.place("items", index, "measure"))
        elif priority.target and measure is None:
            place = part.place("items", index, "target")
            problems.append(Problem(place, "this target has no measure", "add `measure:` to it"))
        elif priority.target and measure:
            target, wrong = arithmetic.read_target(priority.target, measure)
            if wrong:
                place = part.place("items", index, "target")
                problems.append(Problem(place, wrong.what, wrong.way_out))
        elif measure is None and not priority.text and part.is_whole:
            place = part.place("items", index)
            problems.append(
                Problem(place, "this priority says nothing", "add `measure:` or `text:`")
            )
        name = measure.name if measure else priority.text or ""
        goals.append(Goal(name, target, priority.text if measure else None, priority.measure))
    return tuple(goals)
