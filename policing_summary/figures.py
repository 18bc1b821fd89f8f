"""Figures: one measure in one place and period, as a value; `wording` says it in a language."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from policing_summary import numerals
from policing_summary.model.files import MeasureEntry
from policing_summary.model.results import Outcome, Status
from policing_summary.numerals import Unit

Direction = Literal["up", "down", "level"]


@dataclass(frozen=True)
class Target:
    """What was to be reached: a `level`, a change in `percent`, or a change in `count` or points."""

    value: Decimal
    kind: Literal["level", "percent", "change"]
    unit: Unit


@dataclass(frozen=True, slots=True)  # a dozen for each borough
class Figure:
    """One measure in one place and period. Counts that were only worked out are not kept."""

    id: str
    measure: MeasureEntry
    before: Decimal | None = None
    now: Decimal | None = None
    change: Decimal | None = None
    percent: Decimal | None = None
    groups: tuple[tuple[str, Decimal], ...] = ()
    target: Target | None = None
    outcome: Outcome | None = None
    note: str | None = None
    small_base: bool = False
    status: Status | None = None
    series_break: str | None = None
    parts: tuple[str, ...] = ()
    months: tuple[Decimal, ...] = ()

    @property
    def name(self) -> str:
        return self.measure.name

    @property
    def short(self) -> str:
        return self.measure.short or self.measure.name

    @property
    def is_level(self) -> bool:
        """A percentage or a gap, as against a number of offences."""
        return self.measure.unit != "offences"

    @property
    def reached(self) -> Decimal | None:
        """What is to be compared with the target: the level, the percentage or the change."""
        if self.target is None:
            return None
        percent = self.percent
        if percent is None and self.before and self.change is not None:
            percent = numerals.rounded(self.change / self.before * 100)  # too few to print it
        return {"level": self.now, "percent": percent, "change": self.change}[self.target.kind]

    @property
    def most_telling(self) -> Literal["percent", "now", "change"]:
        """The change in percent, else the level, else the change."""
        if self.percent is not None:
            return "percent"
        return "change" if self.now is None else "now"

    @property
    def direction(self) -> Direction | None:
        moved = self.percent if self.change is None else self.change
        if moved is None:
            return None
        return "level" if moved == 0 else "up" if moved > 0 else "down"


@dataclass(frozen=True)
class Contradiction:
    """A field of a row that cannot stand, with the arithmetic that says so."""

    field: str
    what: str
    way_out: str


@dataclass(frozen=True)
class Promise:
    """A target set for this edition's year in the `label` of an earlier one, and its result."""

    label: str
    target: Target
    figure: Figure
