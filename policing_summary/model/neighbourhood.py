"""Sections about one's own street: ward teams, their priorities and sessions, and the map."""

from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator

from policing_summary.model.base import (
    DayField,
    Email,
    Frozen,
    MonthField,
    Name,
    OneOrMore,
    PhoneField,
    Picture,
    Prose,
    Section,
    Text,
    mistake,
)
from policing_summary.model.fields import Reference, TimeField, WardCode


class TeamMember(Frozen):
    """An officer of a ward's team; a post that is empty has no name."""

    rank: Text
    name: Name | None = None
    role: Text | None = None


class WardTeam(Frozen):
    """The officers of one ward, and how to reach them."""

    ward: Name
    code: WardCode | None = Field(None, description="ONS code such as E05013967")
    members: Annotated[tuple[TeamMember, ...], OneOrMore] = ()
    phone: PhoneField | None = None
    email: Email | None = None
    as_of: DayField | None = Field(None, alias="as-of")
    expires_on: DayField | None = Field(None, alias="expires-on")

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not (self.members or self.phone or self.email):
            what = f"nothing is said about the team of `{self.ward}`"
            raise mistake(what, "add `members:`, `phone:` or `email:`")
        return self


class WardTeams(Section):
    name: ClassVar[str] = "ward-teams"
    position: ClassVar[int] = 104
    heading: ClassVar[str] = "Your ward’s team"
    shorthand: ClassVar[str | None] = "items"

    intro: Prose | None = None
    items: Annotated[tuple[WardTeam, ...], OneOrMore, Field(min_length=1)]


class WardPriority(Frozen):
    """What people in a ward asked for, and what was done about it."""

    ward: Name
    issue: Text
    raised_on: DayField | None = Field(None, alias="raised-on")
    action: Text | None = None
    action_on: DayField | None = Field(None, alias="action-on")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.action_on and not self.action:
            raise mistake("`action-on:` has no action", "add `action:`, or delete the line")
        if self.raised_on and self.action_on and self.action_on < self.raised_on:
            what = f"the action, {self.action_on}, is earlier than the issue, {self.raised_on}"
            raise mistake(what, "correct the day that is wrong")
        return self


class WardPriorities(Section):
    name: ClassVar[str] = "ward-priorities"
    position: ClassVar[int] = 82
    heading: ClassVar[str] = "What your ward asked for"
    shorthand: ClassVar[str | None] = "items"

    intro: Prose | None = None
    items: Annotated[tuple[WardPriority, ...], OneOrMore, Field(min_length=1)]

    @property
    def by_ward(self) -> dict[str, tuple[WardPriority, ...]]:
        """The priorities of each ward, wards in the order in which they come first."""
        found: dict[str, tuple[WardPriority, ...]] = {}
        for item in self.items:
            found[item.ward] = (*found.get(item.ward, ()), item)
        return found


class ContactSession(Frozen):
    """A time and a place at which officers can be met."""

    title: Text
    place: Reference
    date: DayField
    start: TimeField
    end: TimeField | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.end and self.end <= self.start:
            what = f"this ends at {self.end}, and begins at {self.start}"
            raise mistake(what, "write the later time after `end:`; `18:30` is half past six")
        return self


class ContactSessions(Section):
    name: ClassVar[str] = "contact-sessions"
    position: ClassVar[int] = 102
    heading: ClassVar[str] = "Meet your team"
    shorthand: ClassVar[str | None] = "items"

    intro: Prose | None = None
    items: Annotated[tuple[ContactSession, ...], OneOrMore, Field(min_length=1)]

    @property
    def by_date(self) -> tuple[ContactSession, ...]:
        return tuple(sorted(self.items, key=lambda each: (each.date, each.start)))


class SaidAndDone(Frozen):
    """What people said, and what was done because of it."""

    said: Text
    did: Text
    when: MonthField | None = None


class YouSaidWeDid(Section):
    name: ClassVar[str] = "you-said-we-did"
    position: ClassVar[int] = 62
    heading: ClassVar[str] = "You said, we did"
    shorthand: ClassVar[str | None] = "items"

    items: Annotated[tuple[SaidAndDone, ...], OneOrMore, Field(min_length=1)]


class Map(Section):
    name: ClassVar[str] = "map"
    position: ClassVar[int] = 106
    heading: ClassVar[str] = "On the map"

    picture: Picture | None = Field(
        None, description="A map in the edition's images folder; London's boroughs if left out"
    )
    text: Prose = Field(description="Says in words what the map shows")
    credit: Text | None = Field(None, description="Whose map it is")
