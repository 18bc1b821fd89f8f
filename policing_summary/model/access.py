"""Sections for readers whom the standard edition does not reach, and for what they think of it."""

from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator

from policing_summary.model.base import (
    Email,
    Frozen,
    Name,
    OneOrMore,
    PhoneField,
    Prose,
    Section,
    Text,
    WebField,
    mistake,
)
from policing_summary.model.fields import Reference, SpokenField


class AlternativeFormats(Section):
    name: ClassVar[str] = "alternative-formats"
    position: ClassVar[int] = 112
    heading: ClassVar[str] = "In another form"

    intro: Prose | None = None
    formats: Annotated[tuple[Text, ...], OneOrMore, Field(min_length=1)]
    phone: PhoneField | None = None
    textphone: PhoneField | None = None
    email: Email | None = None

    @model_validator(mode="after")
    def _can_be_asked_for(self) -> Self:
        if not (self.phone or self.textphone or self.email):
            what = "nothing says how to ask for these"
            raise mistake(what, "add `phone:`, `textphone:` or `email:`")
        return self


class Invitation(Frozen):
    """A few words to those who read another language, in that language."""

    language: SpokenField
    text: Name


class Languages(Section):
    name: ClassVar[str] = "languages"
    position: ClassVar[int] = 114
    heading: ClassVar[str] = "In your language"
    shorthand: ClassVar[str | None] = "items"

    items: Annotated[tuple[Invitation, ...], OneOrMore, Field(min_length=1)]
    phone: PhoneField | None = None


class Feedback(Section):
    name: ClassVar[str] = "feedback"
    position: ClassVar[int] = 92
    heading: ClassVar[str] = "What do you think of this summary?"

    body: Prose | None = None
    questions: Annotated[tuple[Text, ...], OneOrMore] = ()
    web: WebField | None = None
    email: Email | None = None
    freepost: Reference | None = None

    @model_validator(mode="after")
    def _has_a_way(self) -> Self:
        if not (self.web or self.email or self.freepost):
            raise mistake("this feedback leads nowhere", "add `web:`, `email:` or `freepost:`")
        return self
