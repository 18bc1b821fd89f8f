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

    text: Text
    link: WebField | None = None
    extracted_on: DayField | None = Field(None, alias="extracted-on")
    licence: Text | None = None
    breaks: Annotated[tuple[Text, ...], OneOrMore] = Field(
        (), description="Where a series was counted in another way from then on"
    )


class Sources(Section):
    name: ClassVar[str] = "sources"
    position: ClassVar[int] = 120
    heading: ClassVar[str] = "Where the figures come from"
    shorthand: ClassVar[str | None] = "items"

    intro: Prose | None = None
    items: Annotated[tuple[Annotated[Publication, TextAlone], ...], OneOrMore, Field(min_length=1)]


class Correction(Frozen):
    """What was wrong, and what is said now."""

    date: DayField
    was: Outdated
    now: Text
    why: Text | None = None


class Corrections(Section):
    name: ClassVar[str] = "corrections"
    position: ClassVar[int] = 122
    heading: ClassVar[str] = "Corrections"
    shorthand: ClassVar[str | None] = "items"

    items: Annotated[tuple[Correction, ...], OneOrMore, Field(min_length=1)]

    @property
    def latest_first(self) -> tuple[Correction, ...]:
        return tuple(sorted(self.items, key=lambda each: each.date, reverse=True))


class Link(Frozen):
    """A page to go to."""

    title: Text
    web: WebField
    publisher: Name | None = None


class Links(Section):
    name: ClassVar[str] = "links"
    position: ClassVar[int] = 116
    heading: ClassVar[str] = "Read more"
    shorthand: ClassVar[str | None] = "items"

    items: Annotated[tuple[Link, ...], OneOrMore, Field(min_length=1)]
