"""What every part of a content file is built from: frozen models and the types of their fields.

A type that refuses what was typed raises `mistake(...)`; nothing else in the model speaks to editors.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Self, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from policing_summary.language import LANGUAGES, Language
from policing_summary.model import forms
from policing_summary.model.forms import Refers
from policing_summary.nodes import Step
from policing_summary.numerals import Day, Month, Phone, Typed, Unit, UnreadableError, read_number
from policing_summary.quantities import Quantity

MISTAKE = "mistake"  # the type of every error that already speaks to editors
SECRET = "secret"  # noqa: S105 - its type; the same, but its line is not quoted
T = TypeVar("T")


def mistake(what: str, way_out: str) -> PydanticCustomError:
    """An error whose words are shown to the editor as they are."""
    context = {"what": what, "way_out": way_out}
    return PydanticCustomError(MISTAKE, "{what}", context)


def secret(what: str, way_out: str) -> PydanticCustomError:
    """The same about something that is not to be shown again, not even to the editor who typed it."""
    return PydanticCustomError(SECRET, "{what}", {"what": what, "way_out": way_out})


class Frozen(BaseModel):
    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        arbitrary_types_allowed=True,
        defer_build=True,  # a borough has a third of the sections that there are
    )

    needs_one_of: ClassVar[tuple[str, ...]] = ()
    """Keys of which one at least has to be there; a validator says so in an editor's words."""

    @model_validator(mode="before")
    @classmethod
    def _without_empty(cls, typed: Any) -> Any:  # noqa: ANN401 - anything an editor may type
        """A known key with nothing after it is as good as left out."""
        if not isinstance(typed, dict):
            return typed
        empty = {key for key, value in typed.items() if value is None}
        if not empty:
            return typed
        dropped = empty & {info.alias or name for name, info in cls.model_fields.items()}
        return {key: value for key, value in typed.items() if key not in dropped}


def _words(text: str) -> str:
    cleaned = text.strip()
    if not cleaned:
        raise mistake("there is no text here", "write the text, or delete the line")
    return cleaned


def one_line(text: str) -> str:
    return " ".join(_words(text).split())


class Worded:
    """Marks words that a translation says anew."""


Text = Annotated[str, AfterValidator(one_line), Worded()]
"""Words on one line, without Markdown."""

Name = Annotated[str, AfterValidator(one_line)]
"""Words on one line that are the same in every language: a name, an id, a reference."""

MeasureName = Annotated[Name, Refers("measures")]
"""An id from the edition's catalogue of measures."""

BoroughName = Annotated[Name, Refers("boroughs")]
SectionName = Annotated[Name, Refers("sections")]
FormatName = Annotated[Name, Refers("formats")]
EditionName = Annotated[Name, Refers("editions")]


class Markdown:
    """Marks a field whose text is Markdown and may refer to figures."""


class MayStayOut:
    """Marks words that a translation may leave out; they are then not printed in it at all."""


class NoFigure:
    """Marks words whose digits count nothing that is true now."""


class Kept:
    """Marks a field that is kept for the record and is not printed."""


Prose = Annotated[str, AfterValidator(_words), Worded(), Markdown()]
"""Paragraphs in Markdown, with `{{ measure.form }}` for figures."""

Sentence = Annotated[str, AfterValidator(one_line), Worded(), Markdown()]
"""The same on one line."""


def reader(read: Callable[[str], T]) -> Callable[[Any], T]:
    """A validator from a function that reads typed text or raises `UnreadableError`."""

    def validate(value: Any) -> T:  # noqa: ANN401 - anything an editor may type
        if not isinstance(value, str):
            raise PydanticCustomError("single_value", "")
        try:
            return read(value)
        except UnreadableError as error:
            raise mistake(error.what, error.way_out) from None

    return validate


def _whole(text: str) -> Decimal:
    typed = read_number(text)
    if typed.unit is not Unit.NONE:
        raise UnreadableError(f"`{text}` is not a plain number", "write the number alone")
    if typed.value != typed.value.to_integral():
        raise UnreadableError(f"`{text}` is not a whole number", "write it without decimals")
    return typed.value


def _percent(text: str) -> Decimal:
    typed = read_number(text)
    if typed.unit is Unit.POINTS:
        raise UnreadableError(
            f"`{text}` is in points, and a percentage belongs here", "write it with `%`"
        )
    return typed.value


def _yes_no(text: str) -> bool:
    answers = {"yes": True, "true": True, "on": True, "no": False, "false": False, "off": False}
    if text.strip().lower() in answers:
        return answers[text.strip().lower()]
    raise UnreadableError(f"`{text}` is neither yes nor no", "write `yes` or `no`")


def _email(text: str) -> str:
    address = text.strip().removeprefix("mailto:")
    if not re.fullmatch(r"[\w.+'-]{1,64}@[\w-]+(\.[\w-]+)+", address, re.ASCII):
        raise UnreadableError(
            f"`{text}` is not an e-mail address", "write it as `name@example.org`"
        )
    return address


class Web(Frozen):
    """A web address: as it is printed, and as it is followed."""

    shown: str
    href: str


WEB = re.compile(
    r"(localhost|[a-z0-9-]+(\.[a-z0-9-]+)+)(:[0-9]{1,5})?([/?#][^\s<>\"`{}|\\^]*)?", re.IGNORECASE
)


def _web(text: str) -> Web:
    address = text.strip()
    if re.match(r"(javascript|data|vbscript|file|ftp|tel|mailto):", address, re.IGNORECASE):
        raise UnreadableError(
            f"`{address.partition(':')[0]}:` is not how the address of a page begins",
            "write the address as it stands in a browser, for example `www.example.org/page`",
        )
    bare = re.sub(r"^https?://", "", address, flags=re.IGNORECASE)
    if not WEB.fullmatch(bare):
        raise UnreadableError(
            f"`{text}` is not a web address",
            "write it as it stands in a browser, for example `www.example.org/page`",
        )
    return Web(shown=bare.removesuffix("/"), href=f"https://{bare}" if bare == address else address)


def _picture(text: str) -> str:
    name = text.strip()
    if not re.fullmatch(r"images/[\w-]+(\.[\w-]+)*\.(jpe?g|png|webp)", name, re.IGNORECASE):
        raise UnreadableError(
            f"`{text}` is not a picture of this edition",
            "put a JPEG, PNG or WebP into the edition's `images` folder: `images/commander.jpg`",
        )
    return name


def _drawing(text: str) -> str:
    """A drawing of ours by its name, or a picture of the edition's."""
    name = text.strip()
    return name if re.fullmatch(r"[a-z]+(-[a-z]+)*", name) else _picture(name)


def _target(text: str) -> Typed | None:
    return None if text.strip().lower() == "none" else read_number(text)


def ons_code(text: str) -> str:
    code = text.strip().upper()
    if not re.fullmatch(r"[EWSNK][0-9]{8}", code):
        raise UnreadableError(
            f"`{text}` is not a code of the Office for National Statistics",
            "it has a letter and eight digits: `E09000016`",
        )
    return code


def _checksum(text: str) -> str:
    digits = text.strip().lower()
    if not re.fullmatch(r"[0-9a-f]{64}", digits):
        raise UnreadableError(
            f"`{text}` is not a SHA-256 checksum",
            "copy all of its 64 digits and letters, or leave the line out",
        )
    return digits


def _language(text: str) -> Language:
    """A language that we have the words for."""
    tag = text.strip()
    known = {tag: language for tag, language in LANGUAGES.items() if language.has_words}
    if tag in known and not known[tag].is_english:
        return known[tag]
    if tag in known:
        raise UnreadableError(f"`{tag}` is the language of the originals", "delete it here")
    listed = ", ".join(
        f"`{tag}` for {each.name}" for tag, each in known.items() if not each.is_english
    )
    raise UnreadableError(f"there are no words for a language `{tag}`", f"write {listed}")


LanguageField = Annotated[Language, PlainValidator(reader(_language)), Refers("languages")]
Count = Annotated[Decimal, PlainValidator(reader(_whole)), forms.COUNT]
Percent = Annotated[Decimal, PlainValidator(reader(_percent)), forms.SHARE]
Amount = Annotated[Typed, PlainValidator(reader(read_number)), forms.FIGURE]
Goal = Annotated[Typed | None, PlainValidator(reader(_target)), forms.GOAL]
OnsCode = Annotated[str, PlainValidator(reader(ons_code)), forms.ONS_CODE]
YesNo = Annotated[bool, PlainValidator(reader(_yes_no)), forms.YES_NO]
MonthField = Annotated[Month, PlainValidator(reader(Month.read)), forms.MONTH]
DayField = Annotated[Day, PlainValidator(reader(Day.read)), forms.DAY]
PhoneField = Annotated[Phone, PlainValidator(reader(Phone.read)), forms.PHONE_NUMBER]
Email = Annotated[str, PlainValidator(reader(_email)), forms.EMAIL]
WebField = Annotated[Web, PlainValidator(reader(_web)), forms.WEB_ADDRESS]
Picture = Annotated[str, PlainValidator(reader(_picture)), forms.PICTURE, Refers("pictures")]
Drawing = Annotated[str, PlainValidator(reader(_drawing)), forms.DRAWING, Refers("drawings")]
Checksum = Annotated[str, PlainValidator(reader(_checksum)), forms.CHECKSUM]


def _listed(value: Any) -> Any:  # noqa: ANN401 - anything an editor may type
    return [value] if isinstance(value, dict | str) else value


OneOrMore = BeforeValidator(_listed)
"""Lets an editor write a single item where a list is meant."""


def _as_text(value: Any) -> Any:  # noqa: ANN401 - anything an editor may type
    return {"text": value} if isinstance(value, str) else value


TextAlone = BeforeValidator(_as_text)
"""Lets an editor write the text alone where an item needs nothing else."""


class Person(Frozen):
    """Who speaks."""

    name: Name = Field(description="First name and surname")
    role: Text = Field(description="Rank or office: `Borough Commander`")
    organisation: Text | None = Field(None, description="The borough or the body")
    email: Email | None = Field(None, description="Printed below the name")
    photo: Picture | None = Field(None, description="A portrait in the edition's images folder")

    @property
    def initials(self) -> str:
        words = [word for word in self.name.split() if word[:1].isupper()]
        return (words[0][0] + words[-1][0]) if len(words) > 1 else self.name[:1].upper()


DRAWINGS = frozenset(
    {
        "bad",
        "burglary",
        "bus",
        "business",
        "calendar",
        "car",
        "clock",
        "computer",
        "down",
        "good",
        "happy",
        "help",
        "house",
        "knife-gun",
        "letter",
        "list",
        "listen",
        "lock",
        "map",
        "money",
        "paper",
        "people",
        "phone",
        "police-officer",
        "question",
        "read",
        "robbery",
        "sad",
        "same",
        "shield",
        "stop",
        "street",
        "talk",
        "target",
        "up",
        "warning",
        "young-people",
    }
)
"""The drawings in `templates/pictures/`, by the names under which easy-read sentences ask for them."""


class EasySentence(Frozen):
    """One idea in everyday words, and the picture that says it as well."""

    text: Sentence = Field(description="One idea, in 15 words at most")
    picture: Drawing = Field(
        description="A drawing by its name, such as `phone`, or a file in `images`"
    )


@dataclass(frozen=True)
class Stated:
    """A number that a section states outside a table, at `steps` below the section."""

    steps: tuple[Step, ...]
    quantity: Quantity
    label: str
    period: str | None = None
    source: str | None = None


class Section(Frozen):
    """One section of a page and a leaflet.

    The class attributes say how editors name it, where it stands unless the edition orders it
    otherwise (by tens, so that a new one fits between), and its heading unless it has a title.
    """

    name: ClassVar[str]
    position: ClassVar[int]
    heading: ClassVar[str]
    shorthand: ClassVar[str | None] = None
    """The key that a plain list in place of the section stands for."""
    alone: ClassVar[bool] = False
    """Whether a single item may stand in the section's place, with the section's own keys beside it."""

    title: Text | None = Field(None, description="Heading; a usual one is used if left out")
    easy_read: Annotated[tuple[EasySentence, ...], OneOrMore, MayStayOut()] = Field(
        (), alias="easy-read", description="The section in short sentences, each with a picture"
    )

    @model_validator(mode="before")
    @classmethod
    def _shorthand(cls, typed: Any) -> Any:  # noqa: ANN401 - anything an editor may type
        return {cls.shorthand: typed} if cls.shorthand and isinstance(typed, list) else typed

    def joined(self, shared: Self) -> Self:  # noqa: ARG002 - the shared one matters to sections that can join it
        """This borough's section set over the edition's: it stands in its place."""
        return self

    def stated(self) -> Iterator[Stated]:
        """The numbers that it states besides its tables, each of which is traced."""
        yield from ()
