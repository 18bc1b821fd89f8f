"""Sections of what was said: meetings, letters and quotations."""

from typing import Annotated, ClassVar

from pydantic import Field

from policing_summary.model.base import (
    DayField,
    Frozen,
    OneOrMore,
    Person,
    Prose,
    Section,
    Text,
    TextAlone,
    YesNo,
)


class Speaker(Frozen):
    """Who answered, in one line: name and office, or the office alone."""

    text: Text = Field(description="Name and office, or the office alone")


class Asked(Frozen):
    """One thing that was asked, and what was answered."""

    question: Text = Field(description="What was asked")
    answer: Prose = Field(description="What was answered")
    by: Text | None = Field(None, description="Who answered, where that matters")


class Meeting(Frozen):
    """A meeting at which the public asked and the police answered."""

    title: Text = Field(description="What kind of meeting it was")
    date: DayField = Field(description="The day of the meeting")
    place: Text | None = Field(None, description="Where it was held")
    answered_by: Annotated[tuple[Annotated[Speaker, TextAlone], ...], OneOrMore] = Field(
        (), alias="answered-by", description="Who answered, each in one line"
    )
    intro: Prose | None = Field(None, description="Text above the questions")
    asked: Annotated[tuple[Asked, ...], OneOrMore] = Field(
        (), description="What was asked, and what was answered"
    )


class Meetings(Section):
    """Meetings at which the public asked and the police answered."""

    name: ClassVar[str] = "meetings"
    position: ClassVar[int] = 64
    heading: ClassVar[str] = "Asked and answered"
    shorthand: ClassVar[str | None] = "items"

    items: Annotated[tuple[Meeting, ...], OneOrMore, Field(min_length=1)] = Field(
        description="The meetings"
    )


class Letter(Frozen):
    """A letter that was sent to many."""

    title: Text = Field(description="What the letter is about")
    date: DayField = Field(description="The day of the letter")
    author: Person = Field(alias="from", description="Who signed it")
    to: Text = Field(description="Whom it was sent to")
    body: Prose = Field(description="The letter")
    actions_title: Text | None = Field(
        None, alias="actions-title", description="The heading of the actions"
    )
    actions: Annotated[tuple[Text, ...], OneOrMore] = Field(
        (), description="What is being done, each a short line"
    )


class Letters(Section):
    """Letters that were sent to many."""

    name: ClassVar[str] = "letters"
    position: ClassVar[int] = 66
    heading: ClassVar[str] = "Letters"
    shorthand: ClassVar[str | None] = "items"

    items: Annotated[tuple[Letter, ...], OneOrMore, Field(min_length=1)] = Field(
        description="The letters"
    )


class Quote(Frozen):
    """What somebody said, in their words or, if that is said, in ours."""

    text: Text = Field(description="What was said")
    name: Text = Field(description="Who said it")
    role: Text | None = Field(None, description="Their office, or who they are")
    paraphrased: YesNo = Field(
        default=False, description="`yes` if the words are ours, which is then said"
    )


class Quotes(Section):
    """What others say."""

    name: ClassVar[str] = "quotes"
    position: ClassVar[int] = 45
    heading: ClassVar[str] = "What they say"
    shorthand: ClassVar[str | None] = "items"

    items: Annotated[tuple[Quote, ...], OneOrMore, Field(min_length=1)] = Field(
        description="The quotations"
    )
