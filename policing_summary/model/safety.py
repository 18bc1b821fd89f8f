"""Sections of what each side does: promises, advice, and appeals for help."""

from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator

from policing_summary.model.base import (
    DayField,
    Frozen,
    OneOrMore,
    PhoneField,
    Prose,
    Section,
    Text,
    WebField,
    mistake,
)
from policing_summary.model.fields import Reference


class Pledge(Frozen):
    """What people may expect, how it is measured, and what to do if it fails."""

    promise: Text = Field(description="What people may expect")
    standard: Text | None = Field(None, description="What it is measured by")
    if_not: Text | None = Field(
        None, alias="if-we-fall-short", description="What to do if it is not kept"
    )


class Promises(Section):
    """What people may expect of the police."""

    name: ClassVar[str] = "promises"
    position: ClassVar[int] = 84
    heading: ClassVar[str] = "What you can expect"
    shorthand: ClassVar[str | None] = "items"

    intro: Prose | None = Field(None, description="Text above the list")
    items: Annotated[tuple[Pledge, ...], OneOrMore, Field(min_length=1)] = Field(
        description="The promises"
    )
    if_not: Text | None = Field(
        None, alias="if-we-fall-short", description="What to do if any of them is not kept"
    )
    we_ask: Annotated[tuple[Text, ...], OneOrMore] = Field(
        (), alias="we-ask", description="What is asked of people in return, each a short line"
    )


class Advice(Frozen):
    """Tips on one subject."""

    title: Text = Field(description="What it is about")
    tips: Annotated[tuple[Text, ...], OneOrMore, Field(min_length=1)] = Field(
        description="The tips, each a short line"
    )


class Prevention(Section):
    """Advice on how to keep safe."""

    name: ClassVar[str] = "prevention"
    position: ClassVar[int] = 88
    heading: ClassVar[str] = "Keeping safe"
    shorthand: ClassVar[str | None] = "items"

    intro: Prose | None = Field(None, description="Text above the list")
    items: Annotated[tuple[Advice, ...], OneOrMore, Field(min_length=1)] = Field(
        description="The subjects, each with its tips"
    )


class Appeal(Frozen):
    """Something that happened, about which somebody may know more."""

    what: Text = Field(description="What happened, without the names of victims")
    where: Text | None = Field(None, description="The street and the place")
    when: DayField | None = Field(None, description="The day")
    reference: Reference | None = Field(None, description="The number to give when you call")


class Appeals(Section):
    """Crimes about which somebody may know more."""

    name: ClassVar[str] = "appeals"
    position: ClassVar[int] = 86
    heading: ClassVar[str] = "Can you help?"
    needs_one_of: ClassVar[tuple[str, ...]] = ("phone", "web", "anonymous-phone")

    intro: Prose | None = Field(None, description="Text above the list")
    items: Annotated[tuple[Appeal, ...], OneOrMore, Field(min_length=1)] = Field(
        description="What happened, one by one"
    )
    tell_us: Text | None = Field(
        None, alias="tell-us", description="The line above the numbers to call"
    )
    phone: PhoneField | None = Field(None, description="The number to call")
    web: WebField | None = Field(None, description="The page to answer on")
    anonymous_phone: PhoneField | None = Field(
        None,
        alias="anonymous-phone",
        description="The number for those who do not want to give their name",
    )

    @model_validator(mode="after")
    def _has_a_way(self) -> Self:
        if not (self.phone or self.web or self.anonymous_phone):
            what = "nothing says how to answer these appeals"
            raise mistake(what, "add `phone:`, `web:` or `anonymous-phone:` to the section")
        return self
