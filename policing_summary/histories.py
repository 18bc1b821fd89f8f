"""One borough's figures of one measure in several editions → a line in time, with its breaks.

Two editions are joined only if they can be: the later one must give for the year before what the
earlier one gave for its year. A published figure that was revised, a year without an edition, or a
break that an editor told begins a new line.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from policing_summary import periods
from policing_summary.content import Part
from policing_summary.figures import Figure
from policing_summary.model.results import Confidence
from policing_summary.numerals import Month

YEAR = 12
FEWEST = 3  # points of a line that says more than one edition does by itself
FARTHEST = 18  # months between two answers of a survey that are still joined
Known = tuple[str, Figure, Part]
"""The label of an edition, its figure, and the section that it stands in."""


@dataclass(frozen=True)
class Point:
    """The value of the year that ended in the month `at`, and the edition that gives it."""

    at: Month
    value: Decimal
    edition: str


@dataclass(frozen=True)
class History:
    """Each of the `lines` is on one basis; between two of them something is different."""

    lines: tuple[tuple[Point, ...], ...]
    revised: tuple[str, ...] = ()
    """Editions whose figure for the year before is not the one that had been given."""

    @property
    def points(self) -> tuple[Point, ...]:
        return tuple(point for line in self.lines for point in line)


def end(part: Part) -> Month | None:
    """The last month that a section's figures count; nothing if it cannot be read."""
    if isinstance(part.section, Confidence):
        return part.section.quarter
    span = periods.read(str(getattr(part.section, "period", "")))
    return span[1] if span else None


def of(known: Iterable[Known], like: Figure, until: Month) -> History | None:
    """What is known of a figure up to a month; nothing if that is no more than one edition says."""
    dated = sorted(
        (
            (at, label, figure, part)
            for label, figure, part in known
            if (at := end(part)) and _number(at) <= _number(until) and _is_same(figure, like)
        ),
        key=lambda each: _number(each[0]),
    )
    if len({label for _, label, _, _ in dated}) < 2:  # noqa: PLR2004 - one edition tells it itself
        return None
    past = _of_levels(dated) if like.is_level else _of_counts(dated)
    return past if any(len(line) >= FEWEST for line in past.lines) else None


Dated = tuple[Month, str, Figure, Part]


def _of_counts(dated: Sequence[Dated]) -> History:
    lines: list[list[Point]] = []
    revised = []
    for at, label, figure, _ in dated:
        before, now = (
            Point(at.later(-YEAR), figure.before, label) if figure.before is not None else None,
            Point(at, figure.now, label) if figure.now is not None else None,
        )
        last = lines[-1][-1] if lines else None
        if before and not (last and (last.at, last.value) == (before.at, before.value)):
            revised += [label] if last and last.at == before.at else []
            lines.append([before])
        if now and (before is None or figure.series_break):
            lines.append([now])
        elif now:
            lines[-1].append(now)
    return History(tuple(tuple(line) for line in lines), tuple(revised))


def _of_levels(dated: Sequence[Dated]) -> History:
    """A survey asks the same all the time: its answers are joined if one publication gives them."""
    points = sorted(_answers(dated), key=lambda each: _number(each[0].at))
    lines: list[list[Point]] = []
    last: tuple[Point, object] | None = None
    for point, origin in points:
        if last and (last[0].at, last[0].value, last[1]) == (point.at, point.value, origin):
            continue
        is_near = last and 0 < _number(point.at) - _number(last[0].at) <= FARTHEST
        if last and is_near and origin and origin == last[1]:
            lines[-1].append(point)
        else:
            lines.append([point])
        last = point, origin
    return History(tuple(tuple(line) for line in lines))


def _answers(dated: Iterable[Dated]) -> Iterator[tuple[Point, object]]:
    """Each with the publications it is from, unless the editor says that it cannot be joined."""
    for at, label, figure, part in dated:
        sources = getattr(part.section, "sources", ())
        origin = frozenset((source.publisher, source.title) for source in sources)
        for month, value in ((at.later(-YEAR), figure.before), (at, figure.now)):
            if value is not None:
                yield Point(month, value, label), None if figure.series_break else origin


def _is_same(figure: Figure, other: Figure) -> bool:
    """Whether two editions mean the same by the name of a measure, as far as they say."""
    mine, theirs = figure.measure, other.measure
    return (mine.name, mine.unit, mine.sum_of) == (theirs.name, theirs.unit, theirs.sum_of)


def _number(month: Month) -> int:
    return month.year * YEAR + month.number
