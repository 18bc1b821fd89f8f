"""Sections that report figures, and the row in which every figure is given."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from policing_summary.model.base import (
    Amount,
    Count,
    Frozen,
    Goal,
    MeasureName,
    MonthField,
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

    group: Text = Field(description="Who is in it")
    value: Percent = Field(description="The percentage in this group")


class Row(Frozen):
    """What is known of one measure in one place and period; what is left out is derived."""

    measure: MeasureName = Field(description="An id from the edition's catalogue of measures")
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
    note: Text | None = Field(None, description="A line below the table, marked at the figure")


class Achievements(Section):
    """Last year’s results against their targets, on cards."""

    name: ClassVar[str] = "achievements"
    position: ClassVar[int] = 40
    heading: ClassVar[str] = "Looking back"

    period: Text = Field(description="The time that the results are of")
    intro: Prose | None = Field(None, description="Text above the cards")
    met: Annotated[tuple[Row, ...], OneOrMore] = Field(
        (), description="Results that reached their target"
    )
    missed: Annotated[tuple[Row, ...], OneOrMore] = Field((), description="Results that missed it")


class Initiative(Frozen):
    """Something new that was begun."""

    title: Text = Field(description="What it is called")
    started: MonthField | None = Field(None, description="The month in which it began")
    partners: Text | None = Field(None, description="Who takes part")
    body: Prose = Field(description="What it does")


class Initiatives(Section):
    """What was begun."""

    name: ClassVar[str] = "initiatives"
    position: ClassVar[int] = 60
    heading: ClassVar[str] = "What we started"
    shorthand: ClassVar[str | None] = "items"

    items: Annotated[tuple[Initiative, ...], OneOrMore, Field(min_length=1)] = Field(
        description="What was begun, one by one"
    )


class Performance(Section):
    """A bar chart of the changes and a table of the figures."""

    name: ClassVar[str] = "performance"
    position: ClassVar[int] = 70
    heading: ClassVar[str] = "How we did"

    period: Text = Field(description="The time that the figures are of")
    compared_with: Text = Field(
        "the year before", alias="compared-with", description="What they are compared with"
    )
    from_month: MonthField | None = Field(
        None, alias="from-month", description="The month of the first number under `months:`"
    )
    intro: Prose | None = Field(None, description="Text above the chart")
    measures: Annotated[tuple[Row, ...], OneOrMore, Field(min_length=1)] = Field(
        description="The rows of the table"
    )
    chart: YesNo = Field(default=True, description="`no` leaves the chart out")
    note: Text | None = Field(None, description="A line below the table")
    sources: Sources = Field((), description="Where the figures come from; an import writes them")


class Answer(Row):
    """A percentage of people: a row of figures with a place to compare it with."""

    comparator: Percent | None = Field(None, description="The same percentage in the other place")


class Confidence(Section):
    """What people answered when they were asked about the police."""

    name: ClassVar[str] = "confidence"
    position: ClassVar[int] = 75
    heading: ClassVar[str] = "What people think of us"

    quarter: MonthField = Field(description="The last month of the quarter: `2023-12`")
    comparator: Text | None = Field(
        None, description="The place that is compared with; the site's `area:` if left out"
    )
    intro: Prose | None = Field(None, description="Text above the table")
    measures: Annotated[tuple[Answer, ...], OneOrMore, Field(min_length=1)] = Field(
        description="The rows of the table"
    )
    note: Text | None = Field(None, description="A line below the table")
    sources: Sources = Field((), description="Where the answers come from; an import writes them")

    @property
    def period(self) -> str:
        return f"up to {self.quarter}"
