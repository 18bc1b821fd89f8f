"""Sections that let a reader check: sources, corrections, and where to read more."""

from typing import Annotated, ClassVar

from pydantic import Field

from policing_summary.model.base import (
    DayField,
    Frozen,
    Name,
    OneOrMore,
    Prose,
    Section,
    Text,
    TextAlone,
    WebField,
)
from policing_summary.model.fields import Outdated


class Publication(Frozen):
    """Something that the summary was made from."""

    text: Text = Field(description="What it is called")
    link: WebField | None = Field(None, description="Where it can be read")
    extracted_on: DayField | None = Field(
        None, alias="extracted-on", description="The day on which the figures were taken from it"
    )
    licence: Text | None = Field(None, description="On which terms it may be used")
    breaks: Annotated[tuple[Text, ...], OneOrMore] = Field(
        (), description="Where a series was counted in another way from then on"
    )


class Sources(Section):
    """What the summary was made from."""

    name: ClassVar[str] = "sources"
    position: ClassVar[int] = 120
    heading: ClassVar[str] = "Where the figures come from"
    shorthand: ClassVar[str | None] = "items"

    intro: Prose | None = Field(None, description="Text above the list")
    items: Annotated[
        tuple[Annotated[Publication, TextAlone], ...], OneOrMore, Field(min_length=1)
    ] = Field(description="The publications")


class Correction(Frozen):
    """What was wrong, and what is said now."""

    date: DayField = Field(description="The day of the correction")
    was: Outdated = Field(description="What the summary said")
    now: Text = Field(description="What it says now")
    why: Text | None = Field(None, description="How the mistake came about")


class Corrections(Section):
    """What was wrong in print."""

    name: ClassVar[str] = "corrections"
    position: ClassVar[int] = 122
    heading: ClassVar[str] = "Corrections"
    shorthand: ClassVar[str | None] = "items"

    items: Annotated[tuple[Correction, ...], OneOrMore, Field(min_length=1)] = Field(
        description="The corrections, in any order"
    )

    @property
    def latest_first(self) -> tuple[Correction, ...]:
        return tuple(sorted(self.items, key=lambda each: each.date, reverse=True))


class Link(Frozen):
    """A page to go to."""

    title: Text = Field(description="What the page is called")
    web: WebField = Field(description="Its address")
    publisher: Name | None = Field(None, description="Whose page it is")


class Links(Section):
    """Where to read more."""

    name: ClassVar[str] = "links"
    position: ClassVar[int] = 116
    heading: ClassVar[str] = "Read more"
    shorthand: ClassVar[str | None] = "items"

    items: Annotated[tuple[Link, ...], OneOrMore, Field(min_length=1)] = Field(
        description="The pages"
    )
