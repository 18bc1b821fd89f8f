"""Sections about the reader's own part: consultation, partnership and whom to call."""

from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator

from policing_summary.model.base import (
    DayField,
    Email,
    Frozen,
    OneOrMore,
    PhoneField,
    Prose,
    Section,
    Text,
    WebField,
    YesNo,
    mistake,
)

URGENT = {"999": 0, "112": 0, "18000": 0, "101": 1, "18001": 1}


class Way(Frozen):
    """One way to answer."""

    needs_one_of: ClassVar[tuple[str, ...]] = ("web", "phone", "email")

    who: Text = Field(alias="for", description="Whom this way is for: `Residents`")
    web: WebField | None = Field(None, description="The page to answer on")
    phone: PhoneField | None = Field(None, description="The number to call")
    email: Email | None = Field(None, description="Where to write to")
    note: Text | None = Field(None, description="A further line")

    @model_validator(mode="after")
    def _has_a_way(self) -> Self:
        if not (self.web or self.phone or self.email):
            raise mistake("this way to answer leads nowhere", "add `web:`, `phone:` or `email:`")
        return self


class Consultation(Section):
    """Asks readers for their view, and says how to give it."""

    name: ClassVar[str] = "consultation"
    position: ClassVar[int] = 90
    heading: ClassVar[str] = "Have your say"

    body: Prose = Field(description="What is asked of readers")
    ways: Annotated[tuple[Way, ...], OneOrMore, Field(min_length=1)] = Field(
        description="Ways to answer, each with those it is for"
    )


class Partnership(Section):
    """How the police work with others."""

    name: ClassVar[str] = "partnership"
    position: ClassVar[int] = 100
    heading: ClassVar[str] = "Working together"

    subtitle: Text | None = Field(None, description="A line below the heading")
    quote: Text | None = Field(None, description="A sentence of the text to set large beside it")
    body: Prose = Field(description="The text")
    link: WebField | None = Field(None, description="Where to read more")


class Contact(Frozen):
    """Whom to call, and for what."""

    needs_one_of: ClassVar[tuple[str, ...]] = ("phone", "textphone", "email", "web")

    name: Text = Field(description="Who answers")
    purpose: Text | None = Field(None, description="What for")
    phone: PhoneField | None = Field(None, description="The number")
    textphone: PhoneField | None = Field(
        None, description="The number for those who type instead of speaking"
    )
    email: Email | None = Field(None, description="Where to write to")
    web: WebField | None = Field(None, description="The page")
    charge_note: Text | None = Field(None, alias="charge-note", description="What a call costs")
    checked_on: DayField | None = Field(
        None, alias="checked-on", description="The day on which somebody made sure that it is right"
    )
    expires_on: DayField | None = Field(
        None, alias="expires-on", description="The day until which it can be relied on"
    )

    @property
    def urgency(self) -> int:
        """0 for 999 and 112, 1 for 101, 2 for whatever can wait until somebody answers."""
        numbers = [each.shown for each in (self.phone, self.textphone) if each]
        return min((URGENT.get(number, len(URGENT)) for number in numbers), default=len(URGENT))

    @property
    def is_urgent(self) -> bool:
        """Whether it is one of the numbers that everybody should know: 999, 112 or 101."""
        return self.urgency < len(URGENT)

    @model_validator(mode="after")
    def _can_be_reached(self) -> Self:
        if not (self.phone or self.textphone or self.email or self.web):
            raise mistake(
                f"`{self.name}` has no way to be reached",
                "add `phone:`, `textphone:`, `email:` or `web:`",
            )
        return self


class Contacts(Section):
    """Whom to call."""

    name: ClassVar[str] = "contacts"
    position: ClassVar[int] = 110
    heading: ClassVar[str] = "Whom to call"
    shorthand: ClassVar[str | None] = "list"

    entries: Annotated[tuple[Contact, ...], OneOrMore, Field(min_length=1, alias="list")] = Field(
        description="The contacts; 999 and 101 come first wherever they stand"
    )
    keep_shared: YesNo = Field(
        default=False,
        alias="keep-shared",
        description="`yes` puts these before the edition's contacts instead of in their place",
    )

    @property
    def urgent_first(self) -> tuple[Contact, ...]:
        """The entries with those for an emergency, and then the police's own number, before all others."""
        return tuple(sorted(self.entries, key=lambda entry: entry.urgency))

    def joined(self, shared: Self) -> Self:
        if not self.keep_shared:
            return self
        easy = self.easy_read or shared.easy_read
        return self.model_copy(update={"entries": self.entries + shared.entries, "easy_read": easy})
