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

    text: Text


class Asked(Frozen):
    """One thing that was asked, and what was answered."""

    question: Text
    answer: Prose
    by: Text | None = None


class Meeting(Frozen):
    """A meeting at which the public asked and the police answered."""

    title: Text
    date: DayField
    place: Text | None = None
    answered_by: Annotated[tuple[Annotated[Speaker, TextAlone], ...], OneOrMore] = Field(
        (), alias="answered-by"
    )
    intro: Prose | None = None
    asked: Annotated[tuple[Asked, ...], OneOrMore] = ()


class Meetings(Section):
    name: ClassVar[str] = "meetings"
    position: ClassVar[int] = 64
    heading: ClassVar[str] = "Asked and answered"
    shorthand: ClassVar[str | None] = "items"

    items: Annotated[tuple[Meeting, ...], OneOrMore, Field(min_length=1)]


class Letter(Frozen):
    """A letter that was sent to many."""

    title: Text
    date: DayField
    author: Person = Field(alias="from")
    to: Text
    body: Prose
    actions_title: Text | None = Field(None, alias="actions-title")
    actions: Annotated[tuple[Text, ...], OneOrMore] = ()


class Letters(Section):
    name: ClassVar[str] = "letters"
    position: ClassVar[int] = 66
    heading: ClassVar[str] = "Letters"
    shorthand: ClassVar[str | None] = "items"

    items: Annotated[tuple[Letter, ...], OneOrMore, Field(min_length=1)]


class Quote(Frozen):
    """What somebody said, in their words or, if that is said, in ours."""

    text: Text
    name: Text
    role: Text | None = None
    paraphrased: YesNo = False


class Quotes(Section):
    name: ClassVar[str] = "quotes"
    position: ClassVar[int] = 45
    heading: ClassVar[str] = "What they say"
    shorthand: ClassVar[str | None] = "items"

    items: Annotated[tuple[Quote, ...], OneOrMore, Field(min_length=1)]
