"""Sections that report figures, and the row in which every figure is given."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from policing_summary.model.base import (
    Amount,
    Count,
    Frozen,
    Goal,
    MonthField,
    Name,
    OneOrMore,
    Percent,
    Prose,
    Section,
    Text,
    YesNo,
)
from policing_summary.model.provenance import Sources

Outcome = Literal["achieved", "missed"]
Status = Literal["provisional", "revised"]


class Group(Frozen):
    """One side of a gap between two groups."""

    group: Text
    value: Percent


class Row(Frozen):
    """What is known of one measure in one place and period; what is left out is derived."""

    measure: Name = Field(description="An id from the edition's catalogue of measures")
    before: Amount | None = Field(None, description="Count or percentage in the period before")
    now: Amount | None = Field(None, description="Count or percentage in this period")
    counts: Literal["published", "worked out"] = Field(
        "published",
        description="`worked out`: before and now were reckoned from the published change and "
        "percentage; they check the row and are never printed",
    )
    change: Amount | None = Field(None, description="Now less before, as published")
    percent: Percent | None = Field(None, description="Change in percent of before, as published")
    groups: tuple[Group, ...] = Field((), description="For a gap: the two groups it lies between")
    target: Goal | None = Field(None, description="`-2.5%`, `+20`, `51.4%`, `3.8 points` or `none`")
    outcome: Outcome | None = Field(None, description="Needed only if no target was published")
    status: Status | None = Field(None, description="Marked in print; needs a note")
    series_break: Text | None = Field(
        None,
        alias="series-break",
        description="Why before and now were counted in different ways: no change is worked out",
    )
    months: tuple[Count, ...] = Field(
        (), description="Offences in each month, oldest first: 12, or 24 with the year before"
    )
    note: Text | None = None


class Achievements(Section):
    name: ClassVar[str] = "achievements"
    position: ClassVar[int] = 40
    heading: ClassVar[str] = "Looking back"

    period: Text
    intro: Prose | None = None
    met: Annotated[tuple[Row, ...], OneOrMore] = ()
    missed: Annotated[tuple[Row, ...], OneOrMore] = ()


class Initiative(Frozen):
    """Something new that was begun."""

    title: Text
    started: MonthField | None = None
    partners: Text | None = None
    body: Prose


class Initiatives(Section):
    name: ClassVar[str] = "initiatives"
    position: ClassVar[int] = 60
    heading: ClassVar[str] = "What we started"
    shorthand: ClassVar[str | None] = "items"

    items: Annotated[tuple[Initiative, ...], OneOrMore, Field(min_length=1)]


class Performance(Section):
    name: ClassVar[str] = "performance"
    position: ClassVar[int] = 70
    heading: ClassVar[str] = "How we did"

    period: Text
    compared_with: Text = Field("the year before", alias="compared-with")
    from_month: MonthField | None = Field(
        None, alias="from-month", description="The month of the first number under `months:`"
    )
    intro: Prose | None = None
    measures: Annotated[tuple[Row, ...], OneOrMore, Field(min_length=1)]
    chart: YesNo = True
    note: Text | None = None
    sources: Sources = ()


class Answer(Row):
    """A percentage of people: a row of figures with a place to compare it with."""

    comparator: Percent | None = Field(None, description="The same percentage in the other place")


class Confidence(Section):
    name: ClassVar[str] = "confidence"
    position: ClassVar[int] = 75
    heading: ClassVar[str] = "What people think of us"

    quarter: MonthField = Field(description="The last month of the quarter: `2023-12`")
    comparator: Text = Field("London", description="The place that the borough is compared with")
    intro: Prose | None = None
    measures: Annotated[tuple[Answer, ...], OneOrMore, Field(min_length=1)]
    note: Text | None = None
    sources: Sources = ()

    @property
    def period(self) -> str:
        return f"up to {self.quarter}"
