"""The three kinds of content file around the sections: the site, an edition and a borough."""

from dataclasses import replace
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from policing_summary.language import ENGLISH, Language
from policing_summary.model.base import (
    Amount,
    Count,
    DayField,
    Email,
    Frozen,
    LanguageField,
    Name,
    OneOrMore,
    OnsCode,
    PhoneField,
    Text,
    WebField,
    YesNo,
)
from policing_summary.model.imports import SheetImport
from policing_summary.model.mailing import Mailing
from policing_summary.model.printing import PrintOrder


class Tile(Frozen):
    """A borough's place on the tile map: column and row, rows counted upwards, odd rows shifted."""

    column: Count
    row: Count


class BoroughEntry(Frozen):
    """A borough as the site lists it."""

    name: Text
    code: OnsCode | None = Field(None, description="ONS code such as E09000016, where there is one")
    tile: Tile | None = None


class Publisher(Frozen):
    name: Name
    web: WebField | None = None
    email: Email | None = None
    phone: PhoneField | None = None
    address: Name | None = None


class PostcodesFile(Frozen):
    """`content/postcodes.yaml`: in which boroughs each postcode district lies."""

    source: Text
    licence: Text
    districts: dict[str, tuple[Name, ...]] = Field(
        description="The slugs of a district's boroughs, the one with most addresses first"
    )
    partly_outside: tuple[Name, ...] = Field(
        (), alias="partly-outside", description="Districts that lie in other places too"
    )


class PageHead(Frozen):
    """What stands between the two lines of hyphens on top of a free page."""

    title: Text
    position: Count = Field(description="Where its link stands at the foot of every page: 10, 20")
    summary: Text | None = Field(None, description="One sentence for search engines")
    changed: DayField | None = Field(None, description="When its words were last changed")


class SmallNumbers(Frozen):
    """Below these a percentage says little, and counts alone are printed (ONS style)."""

    base: Count = Decimal(50)
    count: Count = Decimal(5)


class PlaceWords(Frozen):
    """What the site calls its boroughs, in English: one of them, and several."""

    one: Name = "borough"
    many: Name = "boroughs"


class SiteFile(Frozen):
    """`content/site.yaml`."""

    title: Text
    strapline: Text | None = None
    description: Text
    address: WebField
    area: Text = Field(
        "All boroughs", description="The whole that the boroughs are parts of, for example London"
    )
    called: PlaceWords = Field(
        PlaceWords(), description="What the boroughs are called: `{one: district, many: districts}`"
    )
    publisher: Publisher
    licence: Text | None = None
    languages: Annotated[tuple[LanguageField, ...], OneOrMore] = Field(
        (), description="Languages that summaries are translated into: `[pl, ur]`"
    )
    boroughs: dict[str, BoroughEntry]
    small_numbers: SmallNumbers = Field(SmallNumbers(), alias="small-numbers")
    credits: Annotated[tuple[Text, ...], OneOrMore] = ()
    redirects: dict[str, Name] = Field(
        default_factory=dict, description="Addresses that were given up, and where they lead now"
    )
    mailing: Mailing = Mailing()
    printing: PrintOrder = Field(PrintOrder(), alias="print")

    @property
    def english(self) -> Language:
        """The language of the originals, in which boroughs may have another name."""
        return replace(ENGLISH, places=(self.called.one, self.called.many))


class MeasureEntry(Frozen):
    """One measure of an edition's catalogue."""

    name: Text
    short: Text | None = Field(None, description="A shorter name for charts and narrow columns")
    unit: Literal["offences", "percent", "points"] = "offences"
    better: Literal["lower", "higher", "neither"] = Field(
        "lower", description="Which direction is good"
    )
    sum_of: Annotated[tuple[Name, ...], OneOrMore] = Field((), alias="sum-of")
    definition: Text | None = None


class DeclaredFigure(Frozen):
    """A number that stands in a text and in no table, with where it comes from."""

    value: Amount
    label: Name = Field(description="What it counts")
    source: Name = Field(description="Where it was published")
    period: Name | None = None


class Imprint(Frozen):
    """Small print at the end."""

    publisher: Name | None = Field(None, description="Of this edition, if not the site's")
    printer: Name | None = Field(None, description="Whose press it was printed on, for leaflets")
    published: DayField | None = None
    reference: Name | None = None
    licence: Text | None = None
    notes: Annotated[tuple[Text, ...], OneOrMore] = ()


class Corrected(Frozen):
    """Something that was wrong in a published edition, and was put right."""

    on: DayField
    what: Text = Field(description="What was wrong, and what it says now")


class EditionHead(Frozen):
    """What an edition file says besides its sections."""

    title: Text
    period: Text
    label: Text = Field(description="The edition's short name, for example 2009/10")
    draft: YesNo = False
    changed: DayField | None = Field(
        None, description="When words or figures last changed; goes into feeds and search engines"
    )
    superseded_by: Name | None = Field(
        None, alias="superseded-by", description="The folder of the edition that replaces this one"
    )
    corrected: Annotated[tuple[Corrected, ...], OneOrMore] = Field(
        (), description="What was put right after the edition was published"
    )
    order: Annotated[tuple[Name, ...], OneOrMore] = Field(
        (), description="Sections in the order to print them"
    )
    formats: Annotated[tuple[Name, ...], OneOrMore] = Field(
        (), description="Formats of the leaflet to make; an A5 booklet if left out"
    )
    optional: Annotated[tuple[Name, ...], OneOrMore] = Field(
        (), description="Sections that a leaflet without room may leave out, the first one first"
    )
    measures: dict[str, MeasureEntry] = Field(default_factory=dict)
    figures: dict[str, DeclaredFigure] = Field(default_factory=dict)
    source: Name | None = Field(None, description="Where figures come from unless a section says")
    imports: dict[str, SheetImport] = Field(
        default_factory=dict, description="How spreadsheets are read, as it was confirmed"
    )
    imprint: Imprint = Imprint()
    printing: PrintOrder = Field(PrintOrder(), alias="print")


class BoroughHead(Frozen):
    """What a borough file says besides its sections."""

    draft: YesNo = False
    published: DayField | None = Field(
        None, description="When it was published, if not with the edition"
    )
    changed: DayField | None = Field(
        None, description="When words or figures last changed, if not with the edition"
    )
    specimen: Text | None = Field(
        None, description="Says, on every part, that the figures are samples and not statistics"
    )
    summary: Text | None = Field(None, description="One sentence for the index and search engines")
    figures: dict[str, DeclaredFigure] = Field(default_factory=dict)
    printing: PrintOrder = Field(PrintOrder(), alias="print")
    leave_out: Annotated[tuple[Name, ...], OneOrMore] = Field(
        (), alias="leave-out", description="Shared sections to omit"
    )
