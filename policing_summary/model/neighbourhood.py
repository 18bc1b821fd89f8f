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

    rank: Text = Field(description="`Sergeant`, `PCSO`")
    name: Name | None = Field(None, description="Left out where the post is empty")
    role: Text | None = Field(None, description="What they do in the ward")


class WardTeam(Frozen):
    """The officers of one ward, and how to reach them."""

    needs_one_of: ClassVar[tuple[str, ...]] = ("members", "phone", "email")

    ward: Name = Field(description="The name of the ward")
    code: WardCode | None = Field(None, description="ONS code such as E05013967")
    members: Annotated[tuple[TeamMember, ...], OneOrMore] = Field((), description="The officers")
    phone: PhoneField | None = Field(None, description="The team’s number")
    email: Email | None = Field(None, description="The team’s address")
    as_of: DayField | None = Field(
        None, alias="as-of", description="The day that this was right on"
    )
    expires_on: DayField | None = Field(
        None, alias="expires-on", description="The day until which it can be relied on"
    )

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not (self.members or self.phone or self.email):
            what = f"nothing is said about the team of `{self.ward}`"
            raise mistake(what, "add `members:`, `phone:` or `email:`")
        return self


class WardTeams(Section):
    """The officers of each ward."""

    name: ClassVar[str] = "ward-teams"
    position: ClassVar[int] = 104
    heading: ClassVar[str] = "Your ward’s team"
    shorthand: ClassVar[str | None] = "items"

    intro: Prose | None = Field(None, description="Text above the list")
    items: Annotated[tuple[WardTeam, ...], OneOrMore, Field(min_length=1)] = Field(
        description="The wards with their officers"
    )


class WardPriority(Frozen):
    """What people in a ward asked for, and what was done about it."""

    ward: Name = Field(description="The name of the ward")
    issue: Text = Field(description="What people asked for")
    raised_on: DayField | None = Field(None, alias="raised-on", description="The day they asked")
    action: Text | None = Field(None, description="What was done")
    action_on: DayField | None = Field(None, alias="action-on", description="The day it was done")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.action_on and not self.action:
            raise mistake("`action-on:` has no action", "add `action:`, or delete the line")
        if self.raised_on and self.action_on and self.action_on < self.raised_on:
            what = f"the action, {self.action_on}, is earlier than the issue, {self.raised_on}"
            raise mistake(what, "correct the day that is wrong")
        return self


class WardPriorities(Section):
    """What was asked for in each ward, and what was done."""

    name: ClassVar[str] = "ward-priorities"
    position: ClassVar[int] = 82
    heading: ClassVar[str] = "What your ward asked for"
    shorthand: ClassVar[str | None] = "items"

    intro: Prose | None = Field(None, description="Text above the list")
    items: Annotated[tuple[WardPriority, ...], OneOrMore, Field(min_length=1)] = Field(
        description="The requests, each with its ward"
    )

    @property
    def by_ward(self) -> dict[str, tuple[WardPriority, ...]]:
        """The priorities of each ward, wards in the order in which they come first."""
        found: dict[str, tuple[WardPriority, ...]] = {}
        for item in self.items:
            found[item.ward] = (*found.get(item.ward, ()), item)
        return found


class ContactSession(Frozen):
    """A time and a place at which officers can be met."""

    title: Text = Field(description="What it is called: `Street surgery`")
    place: Reference = Field(description="Where it is held")
    date: DayField = Field(description="The day")
    start: TimeField = Field(description="When it begins")
    end: TimeField | None = Field(None, description="When it ends")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.end and self.end <= self.start:
            what = f"this ends at {self.end}, and begins at {self.start}"
            raise mistake(what, "write the later time after `end:`; `18:30` is half past six")
        return self


class ContactSessions(Section):
    """When and where officers can be met."""

    name: ClassVar[str] = "contact-sessions"
    position: ClassVar[int] = 102
    heading: ClassVar[str] = "Meet your team"
    shorthand: ClassVar[str | None] = "items"

    intro: Prose | None = Field(None, description="Text above the list")
    items: Annotated[tuple[ContactSession, ...], OneOrMore, Field(min_length=1)] = Field(
        description="The sessions, in any order"
    )

    @property
    def by_date(self) -> tuple[ContactSession, ...]:
        return tuple(sorted(self.items, key=lambda each: (each.date, each.start)))


class SaidAndDone(Frozen):
    """What people said, and what was done because of it."""

    said: Text = Field(description="What people said")
    did: Text = Field(description="What was done because of it")
    when: MonthField | None = Field(None, description="The month in which it was done")


class YouSaidWeDid(Section):
    """What people said, and what was done because of it."""

    name: ClassVar[str] = "you-said-we-did"
    position: ClassVar[int] = 62
    heading: ClassVar[str] = "You said, we did"
    shorthand: ClassVar[str | None] = "items"

    items: Annotated[tuple[SaidAndDone, ...], OneOrMore, Field(min_length=1)] = Field(
        description="Pairs of what was said and what was done"
    )


class Map(Section):
    """A map, and a text that says the same."""

    name: ClassVar[str] = "map"
    position: ClassVar[int] = 106
    heading: ClassVar[str] = "On the map"

    picture: Picture | None = Field(
        None, description="A map in the edition's images folder; London's boroughs if left out"
    )
    text: Prose = Field(description="Says in words what the map shows")
    credit: Text | None = Field(None, description="Whose map it is")
