"""Sections of single figures: headlines, progress, money, people and grades."""

from collections.abc import Iterable, Iterator
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from policing_summary.model.base import (
    DayField,
    Frozen,
    MeasureName,
    MonthField,
    Name,
    OneOrMore,
    Prose,
    Section,
    Stated,
    Text,
    TextAlone,
    WebField,
    mistake,
)
from policing_summary.model.fields import Money, People, QuantityField

Grade = Literal["outstanding", "good", "adequate", "requires improvement", "inadequate"]


class HeadlineFigure(Frozen):
    """A number to set large: typed with where it comes from, or taken from the borough's table."""

    needs_one_of: ClassVar[tuple[str, ...]] = ("figure", "measure")

    figure: QuantityField | None = Field(None, description="`77%`, `about 120`, `£2 million`")
    measure: MeasureName | None = Field(
        None, description="Instead: a measure of the borough's own table"
    )
    show: Literal["change", "percent", "now"] | None = Field(
        None, description="Which side of the measure; the most telling one if left out"
    )
    label: Text | None = Field(None, description="What it counts")
    period: Text | None = Field(None, description="The time that it is of")
    source: Name | None = Field(None, description="Where it was published")
    note: Text | None = Field(None, description="A line below it")

    @model_validator(mode="after")
    def _one_number(self) -> Self:
        if (self.figure is None) == (self.measure is None):
            what = "this has two numbers" if self.figure else "this has no number"
            raise mistake(what, "write either `figure:` or `measure:`")
        if self.figure and not self.label:
            raise mistake("nothing says what this figure counts", "add `label:`")
        if self.show and not self.measure:
            raise mistake("`show:` needs a measure", "write `measure:` in place of `figure:`")
        return self


class HeadlineFigures(Section):
    """A few numbers set large, at the top."""

    name: ClassVar[str] = "headline-figures"
    position: ClassVar[int] = 5
    heading: ClassVar[str] = "The year in figures"
    shorthand: ClassVar[str | None] = "items"

    intro: Prose | None = Field(None, description="Text above the list")
    period: Text | None = Field(None, description="Of every figure that has none of its own")
    source: Name | None = Field(None, description="Of every figure that has none of its own")
    items: Annotated[tuple[HeadlineFigure, ...], OneOrMore, Field(min_length=1)] = Field(
        description="The numbers, each with its label and its source"
    )

    @model_validator(mode="after")
    def _say_where_from(self) -> Self:
        _need_sources(self.stated())
        return self

    def stated(self) -> Iterator[Stated]:
        for index, item in enumerate(self.items):
            if item.figure:
                yield Stated(
                    ("items", index, "figure"),
                    item.figure,
                    item.label or "",
                    item.period or self.period,
                    item.source or self.source,
                )


class Claim(Frozen):
    """Something that has come of the plans, with its figure if one was published."""

    figure: QuantityField | None = Field(None, description="The number that shows it")
    text: Text = Field(description="What has come of the plan")
    period: Text | None = Field(None, description="The time that the figure is of")
    source: Name | None = Field(None, description="Where the figure was published")


class Progress(Section):
    """What has come of the plans, claim by claim."""

    name: ClassVar[str] = "progress"
    position: ClassVar[int] = 35
    heading: ClassVar[str] = "Progress so far"
    shorthand: ClassVar[str | None] = "items"

    intro: Prose | None = Field(None, description="Text above the list")
    period: Text | None = Field(None, description="Of every claim that has none of its own")
    source: Name | None = Field(None, description="Of every claim that has none of its own")
    items: Annotated[tuple[Annotated[Claim, TextAlone], ...], OneOrMore, Field(min_length=1)] = (
        Field(description="The claims, each with its figure if one was published")
    )

    @model_validator(mode="after")
    def _say_where_from(self) -> Self:
        _need_sources(self.stated())
        return self

    def stated(self) -> Iterator[Stated]:
        for index, item in enumerate(self.items):
            if item.figure:
                yield Stated(
                    ("items", index, "figure"),
                    item.figure,
                    item.text,
                    item.period or self.period,
                    item.source or self.source,
                )


def _need_sources(figures: Iterable[Stated]) -> None:
    """A figure without a source is hearsay."""
    for figure in figures:
        if not figure.source:
            what = f"nothing says where the figure for “{figure.label}” comes from"
            raise mistake(what, "add `source:` to it, or once for all of them")


class Grant(Frozen):
    """An amount of money and what it is for."""

    amount: Money = Field(description="How much it is")
    purpose: Text = Field(description="What it is for")
    year: Text | None = Field(None, description="The year that it is for")


class Funding(Section):
    """Where the money comes from and what it is for."""

    name: ClassVar[str] = "funding"
    position: ClassVar[int] = 78
    heading: ClassVar[str] = "Where the money goes"
    shorthand: ClassVar[str | None] = "items"

    intro: Prose | None = Field(None, description="Text above the list")
    source: Name | None = Field(None, description="Where the amounts were published")
    items: Annotated[tuple[Grant, ...], OneOrMore, Field(min_length=1)] = Field(
        description="The amounts, each with its purpose"
    )

    def stated(self) -> Iterator[Stated]:
        for index, item in enumerate(self.items):
            steps = ("items", index, "amount")
            yield Stated(steps, item.amount, item.purpose, item.year, self.source)


class Workforce(Section):
    """How many people work in the borough, on one day."""

    name: ClassVar[str] = "workforce"
    position: ClassVar[int] = 76
    heading: ClassVar[str] = "Who works for you"

    as_of: DayField = Field(alias="as-of", description="The day that the numbers are of")
    officers: People = Field(description="Police officers")
    pcsos: People | None = Field(None, description="Police community support officers")
    staff: People | None = Field(None, description="Police staff")
    specials: People | None = Field(None, description="Special constables, who are volunteers")
    intro: Prose | None = Field(None, description="Text above the numbers")
    note: Text | None = Field(None, description="A line below the numbers")
    source: Name | None = Field(None, description="Where the numbers were published")

    def stated(self) -> Iterator[Stated]:
        groups = (
            ("officers", self.officers, "Police officers"),
            ("pcsos", self.pcsos, "Police community support officers"),
            ("specials", self.specials, "Special constables"),
            ("staff", self.staff, "Police staff"),
        )
        for field, people, label in groups:
            if people:
                yield Stated((field,), people, label, f"on {self.as_of}", self.source)


class Judgement(Frozen):
    """How well one thing is done."""

    area: Text = Field(description="What was looked at")
    grade: Grade = Field(description="The grade that it was given")


class Inspection(Section):
    """The grades of an inspection."""

    name: ClassVar[str] = "inspection"
    position: ClassVar[int] = 77
    heading: ClassVar[str] = "What the inspectors found"

    by: Text = Field(description="Who inspected")
    published: MonthField = Field(description="The month in which the report was published")
    intro: Prose | None = Field(None, description="Text above the grades")
    grades: Annotated[tuple[Judgement, ...], OneOrMore, Field(min_length=1)] = Field(
        description="Each area with its grade"
    )
    link: WebField | None = Field(None, description="The page of the report")
