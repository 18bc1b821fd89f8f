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
    """The other forms in which the summary can be had."""

    name: ClassVar[str] = "alternative-formats"
    position: ClassVar[int] = 112
    heading: ClassVar[str] = "In another form"
    needs_one_of: ClassVar[tuple[str, ...]] = ("phone", "textphone", "email")

    intro: Prose | None = Field(None, description="Text above the list")
    formats: Annotated[tuple[Text, ...], OneOrMore, Field(min_length=1)] = Field(
        description="The forms, each a short line: `Large print`"
    )
    phone: PhoneField | None = Field(None, description="Whom to call for one")
    textphone: PhoneField | None = Field(
        None, description="The number for those who type instead of speaking"
    )
    email: Email | None = Field(None, description="Where to write for one")

    @model_validator(mode="after")
    def _can_be_asked_for(self) -> Self:
        if not (self.phone or self.textphone or self.email):
            what = "nothing says how to ask for these"
            raise mistake(what, "add `phone:`, `textphone:` or `email:`")
        return self


class Invitation(Frozen):
    """A few words to those who read another language, in that language."""

    language: SpokenField = Field(description="By its code or its own name: `pl` or `Polski`")
    text: Name = Field(description="A few words in that language")


class Languages(Section):
    """A line for those who read another language."""

    name: ClassVar[str] = "languages"
    position: ClassVar[int] = 114
    heading: ClassVar[str] = "In your language"
    shorthand: ClassVar[str | None] = "items"

    items: Annotated[tuple[Invitation, ...], OneOrMore, Field(min_length=1)] = Field(
        description="The languages, each with a line in it"
    )
    phone: PhoneField | None = Field(None, description="Whom to call for a translation")


class Feedback(Section):
    """Asks readers what they think of the summary."""

    name: ClassVar[str] = "feedback"
    position: ClassVar[int] = 92
    heading: ClassVar[str] = "What do you think of this summary?"
    needs_one_of: ClassVar[tuple[str, ...]] = ("web", "email", "freepost")

    body: Prose | None = Field(None, description="What is asked of readers")
    questions: Annotated[tuple[Text, ...], OneOrMore] = Field(
        (), description="Questions to answer, each a short line"
    )
    web: WebField | None = Field(None, description="The page with the questions")
    email: Email | None = Field(None, description="Where to write to")
    freepost: Reference | None = Field(None, description="The postal address that needs no stamp")

    @model_validator(mode="after")
    def _has_a_way(self) -> Self:
        if not (self.web or self.email or self.freepost):
            raise mistake("this feedback leads nowhere", "add `web:`, `email:` or `freepost:`")
        return self
