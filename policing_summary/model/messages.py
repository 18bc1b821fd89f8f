"""Sections in which somebody speaks: the foreword and the borough commander's message."""

from typing import Annotated, Any, ClassVar

from pydantic import Field, model_validator

from policing_summary.model.base import Frozen, OneOrMore, Person, Prose, Section, Text


class Message(Frozen):
    """A signed message."""

    author: Person = Field(alias="from", description="Who signs it")
    quote: Text | None = Field(None, description="A sentence of the message to set large beside it")
    body: Prose = Field(description="The message")


class Foreword(Section):
    """A signed message at the beginning, by one person or by several."""

    name: ClassVar[str] = "foreword"
    position: ClassVar[int] = 10
    heading: ClassVar[str] = "Foreword"
    shorthand: ClassVar[str | None] = "messages"
    alone: ClassVar[bool] = True

    messages: Annotated[tuple[Message, ...], OneOrMore, Field(min_length=1)] = Field(
        description="For more than one person: their messages"
    )

    @model_validator(mode="before")
    @classmethod
    def _single(cls, typed: Any) -> Any:  # noqa: ANN401 - anything an editor may type
        """A foreword by one person needs no list."""
        if not isinstance(typed, dict) or "messages" in typed:
            return typed
        own = {key: value for key, value in typed.items() if key in {"title", "easy-read"}}
        return {**own, "messages": [{k: v for k, v in typed.items() if k not in own}]}


class Commander(Section):
    """The borough commander’s signed message."""

    name: ClassVar[str] = "commander"
    position: ClassVar[int] = 50
    heading: ClassVar[str] = "From your borough commander"

    author: Person = Field(alias="from", description="Who signs it")
    quote: Text | None = Field(None, description="A sentence of the message to set large beside it")
    body: Prose = Field(description="The message")
