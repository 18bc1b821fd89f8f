"""Sections that say what is intended: the mission, the plan and next year's priorities."""

from typing import Annotated, ClassVar

from pydantic import Field

from policing_summary.model.base import (
    Email,
    Frozen,
    Goal,
    MeasureName,
    OneOrMore,
    PhoneField,
    Prose,
    Section,
    Text,
    TextAlone,
    WebField,
)


class Mission(Section):
    """What the police are there to do, and by which results it is judged."""

    name: ClassVar[str] = "mission"
    position: ClassVar[int] = 20
    heading: ClassVar[str] = "Our mission"

    subtitle: Text | None = Field(None, description="A line below the heading")
    body: Prose = Field(description="The mission in a few paragraphs")
    outcomes: Annotated[tuple[Text, ...], OneOrMore] = Field(
        (), description="The results by which it is to be judged, each a short line"
    )
    outcomes_title: Text = Field(
        "What success looks like", alias="outcomes-title", description="The heading of the results"
    )
    link: WebField | None = Field(None, description="Where to read more")


class PlanPriority(Frozen):
    """One of the plan's priorities, with a footnote if it needs one."""

    text: Text = Field(description="The priority")
    footnote: Text | None = Field(None, description="A note on it, below the list")


class Engagement(Frozen):
    """The promise to involve people, and whom to ask about it."""

    body: Prose = Field(description="How people are involved")
    email: Email | None = Field(None, description="Where to write to")
    phone: PhoneField | None = Field(None, description="The number to call")


class Plan(Section):
    """The plan of the year, with its priorities."""

    name: ClassVar[str] = "plan"
    position: ClassVar[int] = 30
    heading: ClassVar[str] = "Our plan"

    period: Text | None = Field(None, description="The time that the plan is for")
    body: Prose = Field(description="The plan in a few paragraphs")
    priorities: Annotated[tuple[Annotated[PlanPriority, TextAlone], ...], OneOrMore] = Field(
        (), description="A numbered list"
    )
    link: WebField | None = Field(None, description="Where to read the whole plan")
    engagement: Engagement | None = Field(
        None, description="How people are involved, and whom to ask about it"
    )


class Strand(Frozen):
    """A strand of a strategy, or one of its phases, and what it commits to."""

    title: Text = Field(description="The name of the strand or phase")
    period: Text | None = Field(None, description="The time that it is for")
    text: Text | None = Field(None, description="What it is about")
    commitments: Annotated[tuple[Text, ...], OneOrMore] = Field(
        (), description="What is promised, each a short line"
    )


class Strategy(Section):
    """What is intended, strand by strand or phase by phase."""

    name: ClassVar[str] = "strategy"
    position: ClassVar[int] = 25
    heading: ClassVar[str] = "The strategy"

    period: Text | None = Field(None, description="The time that the strategy is for")
    subtitle: Text | None = Field(None, description="A line below the heading")
    body: Prose | None = Field(None, description="Text above the strands")
    strands: Annotated[tuple[Strand, ...], OneOrMore, Field(min_length=1)] = Field(
        description="The strands or phases"
    )
    link: WebField | None = Field(None, description="Where to read the whole strategy")


class Priority(Frozen):
    """Something to reach in the coming year: a target for a measure, or a text alone."""

    measure: MeasureName | None = Field(
        None, description="What is to change: a measure of the edition"
    )
    target: Goal | None = Field(None, description="How far it is to change")
    text: Text | None = Field(None, description="Instead of a measure, or to say more about it")


class Priorities(Section):
    """Next year’s targets, set large."""

    name: ClassVar[str] = "priorities"
    position: ClassVar[int] = 80
    heading: ClassVar[str] = "Looking forward"

    period: Text = Field(description="The year that they are for")
    intro: Prose | None = Field(None, description="Text above the targets")
    items: Annotated[tuple[Annotated[Priority, TextAlone], ...], OneOrMore, Field(min_length=1)] = (
        Field(description="Each a measure with its target, or a text")
    )
