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

    promise: Text
    standard: Text | None = None
    if_not: Text | None = Field(None, alias="if-we-fall-short")


class Promises(Section):
    name: ClassVar[str] = "promises"
    position: ClassVar[int] = 84
    heading: ClassVar[str] = "What you can expect"
    shorthand: ClassVar[str | None] = "items"

    intro: Prose | None = None
    items: Annotated[tuple[Pledge, ...], OneOrMore, Field(min_length=1)]
    if_not: Text | None = Field(None, alias="if-we-fall-short")
    we_ask: Annotated[tuple[Text, ...], OneOrMore] = Field((), alias="we-ask")


class Advice(Frozen):
    """Tips on one subject."""

    title: Text
    tips: Annotated[tuple[Text, ...], OneOrMore, Field(min_length=1)]


class Prevention(Section):
    name: ClassVar[str] = "prevention"
    position: ClassVar[int] = 88
    heading: ClassVar[str] = "Keeping safe"
    shorthand: ClassVar[str | None] = "items"

    intro: Prose | None = None
    items: Annotated[tuple[Advice, ...], OneOrMore, Field(min_length=1)]


class Appeal(Frozen):
    """Something that happened, about which somebody may know more."""

    what: Text
    where: Text | None = None
    when: DayField | None = None
    reference: Reference | None = None


class Appeals(Section):
    name: ClassVar[str] = "appeals"
    position: ClassVar[int] = 86
    heading: ClassVar[str] = "Can you help?"

    intro: Prose | None = None
    items: Annotated[tuple[Appeal, ...], OneOrMore, Field(min_length=1)]
    tell_us: Text | None = Field(None, alias="tell-us")
    phone: PhoneField | None = None
    web: WebField | None = None
    anonymous_phone: PhoneField | None = Field(None, alias="anonymous-phone")

    @model_validator(mode="after")
    def _has_a_way(self) -> Self:
        if not (self.phone or self.web or self.anonymous_phone):
            what = "nothing says how to answer these appeals"
            raise mistake(what, "add `phone:`, `web:` or `anonymous-phone:` to the section")
        return self
