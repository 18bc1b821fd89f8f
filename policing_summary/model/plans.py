"""Sections that say what is intended: the mission, the plan and next year's priorities."""

from typing import Annotated, ClassVar

from pydantic import Field

from policing_summary.model.base import (
    Email,
    Frozen,
    Goal,
    Name,
    OneOrMore,
    PhoneField,
    Prose,
    Section,
    Text,
    TextAlone,
    WebField,
)


class Mission(Section):
    name: ClassVar[str] = "mission"
    position: ClassVar[int] = 20
    heading: ClassVar[str] = "Our mission"

    subtitle: Text | None = None
    body: Prose
    outcomes: Annotated[tuple[Text, ...], OneOrMore] = ()
    outcomes_title: Text = Field("What success looks like", alias="outcomes-title")
    link: WebField | None = None


class PlanPriority(Frozen):
    """One of the plan's priorities, with a footnote if it needs one."""

    text: Text
    footnote: Text | None = None


class Engagement(Frozen):
    """The promise to involve people, and whom to ask about it."""

    body: Prose
    email: Email | None = None
    phone: PhoneField | None = None


class Plan(Section):
    name: ClassVar[str] = "plan"
    position: ClassVar[int] = 30
    heading: ClassVar[str] = "Our plan"

    period: Text | None = None
    body: Prose
    priorities: Annotated[tuple[Annotated[PlanPriority, TextAlone], ...], OneOrMore] = ()
    link: WebField | None = None
    engagement: Engagement | None = None


class Strand(Frozen):
    """A strand of a strategy, or one of its phases, and what it commits to."""

    title: Text
    period: Text | None = None
    text: Text | None = None
    commitments: Annotated[tuple[Text, ...], OneOrMore] = ()


class Strategy(Section):
    name: ClassVar[str] = "strategy"
    position: ClassVar[int] = 25
    heading: ClassVar[str] = "The strategy"

    period: Text | None = None
    subtitle: Text | None = None
    body: Prose | None = None
    strands: Annotated[tuple[Strand, ...], OneOrMore, Field(min_length=1)]
    link: WebField | None = None


class Priority(Frozen):
    """Something to reach in the coming year: a target for a measure, or a text alone."""

    measure: Name | None = None
    target: Goal | None = None
    text: Text | None = Field(None, description="Instead of a measure, or to say more about it")


class Priorities(Section):
    name: ClassVar[str] = "priorities"
    position: ClassVar[int] = 80
    heading: ClassVar[str] = "Looking forward"

    period: Text
    intro: Prose | None = None
    items: Annotated[tuple[Annotated[Priority, TextAlone], ...], OneOrMore, Field(min_length=1)]
