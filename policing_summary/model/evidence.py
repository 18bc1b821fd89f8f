"""Sections of single figures: headlines, progress, money, people and grades."""

from collections.abc import Iterable, Iterator
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from policing_summary.model.base import (
    DayField,
    Frozen,
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

    figure: QuantityField | None = Field(None, description="`77%`, `about 120`, `£2 million`")
    measure: Name | None = Field(None, description="Instead: a measure of the borough's own table")
    show: Literal["change", "percent", "now"] | None = Field(
        None, description="Which side of the measure; the most telling one if left out"
    )
    label: Text | None = Field(None, description="What it counts")
    period: Text | None = None
    source: Name | None = None
    note: Text | None = None

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
    name: ClassVar[str] = "headline-figures"
    position: ClassVar[int] = 5
    heading: ClassVar[str] = "The year in figures"
    shorthand: ClassVar[str | None] = "items"

    intro: Prose | None = None
    period: Text | None = Field(None, description="Of every figure that has none of its own")
    source: Name | None = Field(None, description="Of every figure that has none of its own")
    items: Annotated[tuple[HeadlineFigure, ...], OneOrMore, Field(min_length=1)]

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

    figure: QuantityField | None = None
    text: Text
    period: Text | None = None
    source: Name | None = None


class Progress(Section):
    name: ClassVar[str] = "progress"
    position: ClassVar[int] = 35
    heading: ClassVar[str] = "Progress so far"
    shorthand: ClassVar[str | None] = "items"

    intro: Prose | None = None
    period: Text | None = Field(None, description="Of every claim that has none of its own")
    source: Name | None = Field(None, description="Of every claim that has none of its own")
    items: Annotated[tuple[Annotated[Claim, TextAlone], ...], OneOrMore, Field(min_length=1)]

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

    amount: Money
    purpose: Text
    year: Text | None = None


class Funding(Section):
    name: ClassVar[str] = "funding"
    position: ClassVar[int] = 78
    heading: ClassVar[str] = "Where the money goes"
    shorthand: ClassVar[str | None] = "items"

    intro: Prose | None = None
    source: Name | None = None
    items: Annotated[tuple[Grant, ...], OneOrMore, Field(min_length=1)]

    def stated(self) -> Iterator[Stated]:
        for index, item in enumerate(self.items):
            steps = ("items", index, "amount")
            yield Stated(steps, item.amount, item.purpose, item.year, self.source)


class Workforce(Section):
    name: ClassVar[str] = "workforce"
    position: ClassVar[int] = 76
    heading: ClassVar[str] = "Who works for you"

    as_of: DayField = Field(alias="as-of")
    officers: People
    pcsos: People | None = Field(None, description="Police community support officers")
    staff: People | None = None
    specials: People | None = Field(None, description="Special constables, who are volunteers")
    intro: Prose | None = None
    note: Text | None = None
    source: Name | None = None

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

    area: Text
    grade: Grade


class Inspection(Section):
    name: ClassVar[str] = "inspection"
    position: ClassVar[int] = 77
    heading: ClassVar[str] = "What the inspectors found"

    by: Text = Field(description="Who inspected")
    published: MonthField
    intro: Prose | None = None
    grades: Annotated[tuple[Judgement, ...], OneOrMore, Field(min_length=1)]
    link: WebField | None = None
