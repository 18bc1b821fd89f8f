"""The three kinds of content file around the sections: the site, an edition and a borough."""

from dataclasses import replace
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from policing_summary.language import ENGLISH, Language
from policing_summary.model.advised import Advised
from policing_summary.model.base import (
    Amount,
    BoroughName,
    Count,
    DayField,
    EditionName,
    Email,
    FormatName,
    Frozen,
    LanguageField,
    MeasureName,
    Name,
    OneOrMore,
    OnsCode,
    PhoneField,
    SectionName,
    Text,
    WebField,
    YesNo,
)
from policing_summary.model.brand import Brand
from policing_summary.model.imports import SheetImport
from policing_summary.model.mailing import Mailing
from policing_summary.model.printing import PrintOrder
from policing_summary.model.publishing import Target, by_name


class Tile(Frozen):
    """A borough's place on the tile map: column and row, rows counted upwards, odd rows shifted."""

    column: Count = Field(description="Counted from the left")
    row: Count = Field(description="Counted from the bottom")


class BoroughEntry(Frozen):
    """A borough as the site lists it."""

    name: Text = Field(description="The borough as it is printed")
    code: OnsCode | None = Field(None, description="ONS code such as E09000016, where there is one")
    tile: Tile | None = Field(None, description="Its place on the tile map")


class Publisher(Frozen):
    """Who publishes the summary."""

    name: Name = Field(description="The body that is answerable for it")
    web: WebField | None = Field(None, description="Its website")
    email: Email | None = Field(None, description="Where to write to it")
    phone: PhoneField | None = Field(None, description="Its number")
    address: Name | None = Field(None, description="Its postal address, on one line")


class PostcodesFile(Frozen):
    """`content/postcodes.yaml`: in which boroughs each postcode district lies."""

    source: Text = Field(description="What the list was made from")
    licence: Text = Field(description="On which terms it may be used")
    districts: dict[str, tuple[BoroughName, ...]] = Field(
        description="The slugs of a district's boroughs, the one with most addresses first"
    )
    partly_outside: tuple[Name, ...] = Field(
        (), alias="partly-outside", description="Districts that lie in other places too"
    )


class PageHead(Frozen):
    """What stands between the two lines of hyphens on top of a free page."""

    title: Text = Field(description="The heading of the page")
    position: Count = Field(description="Where its link stands at the foot of every page: 10, 20")
    summary: Text | None = Field(None, description="One sentence for search engines")
    changed: DayField | None = Field(None, description="When its words were last changed")
    advice: Advised = Field(
        default_factory=Advised, description="Which advice `check` gives: `{long-sentences: no}`"
    )


class SmallNumbers(Frozen):
    """Below these a percentage says little, and counts alone are printed (ONS style)."""

    base: Count = Field(
        Decimal(50), description="Below so many in the year before, no percentage is printed"
    )
    count: Count = Field(
        Decimal(5), description="Below so many this year, no percentage is printed"
    )


class PlaceWords(Frozen):
    """What the site calls its boroughs, in English: one of them, and several."""

    one: Name = Field("borough", description="One of them: `borough`, `district`")
    many: Name = Field("boroughs", description="Several of them: `boroughs`, `districts`")


class SiteFile(Frozen):
    """`content/site.yaml`."""

    title: Text = Field(description="The name of the site")
    strapline: Text | None = Field(None, description="A line below the name on the start page")
    description: Text = Field(description="One sentence for search engines")
    address: WebField = Field(description="Where the site is on the web: https://www.example.org/")
    area: Text = Field(
        "All boroughs", description="The whole that the boroughs are parts of, for example London"
    )
    called: PlaceWords = Field(
        default_factory=PlaceWords,
        description="What the boroughs are called: `{one: district, many: districts}`",
    )
    brand: Brand = Field(
        default_factory=Brand, description="The site's own colours, fonts and logo"
    )
    publisher: Publisher = Field(description="Who publishes it")
    licence: Text | None = Field(None, description="On which terms the texts may be used")
    languages: Annotated[tuple[LanguageField, ...], OneOrMore] = Field(
        (), description="Languages that summaries are translated into: `[pl, ur]`"
    )
    boroughs: dict[str, BoroughEntry] = Field(description="Each borough under the name of its file")
    small_numbers: SmallNumbers = Field(
        default_factory=SmallNumbers,
        alias="small-numbers",
        description="Below these, counts are printed without a percentage",
    )
    credits: Annotated[tuple[Text, ...], OneOrMore] = Field(
        (), description="Thanks and rights, each a line of the small print"
    )
    redirects: dict[str, Name] = Field(
        default_factory=dict, description="Addresses that were given up, and where they lead now"
    )
    mailing: Mailing = Field(default_factory=Mailing, description="What is printed with an address")
    advice: Advised = Field(
        default_factory=Advised, description="Which advice `check` gives: `{long-sentences: no}`"
    )
    printing: PrintOrder = Field(
        default_factory=PrintOrder,
        alias="print",
        description="What a print shop is told, unless an edition says otherwise",
    )
    publish: Annotated[dict[str, Target], AfterValidator(by_name)] = Field(
        default_factory=dict, description="Where the website is published, each place by a name"
    )

    @property
    def english(self) -> Language:
        """The language of the originals, in which boroughs may have another name."""
        return replace(ENGLISH, places=(self.called.one, self.called.many))


class MeasureEntry(Frozen):
    """One measure of an edition's catalogue."""

    name: Text = Field(description="The measure as it is printed")
    short: Text | None = Field(None, description="A shorter name for charts and narrow columns")
    unit: Literal["offences", "percent", "points"] = Field(
        "offences", description="What is counted"
    )
    better: Literal["lower", "higher", "neither"] = Field(
        "lower", description="Which direction is good"
    )
    sum_of: Annotated[tuple[MeasureName, ...], OneOrMore] = Field(
        (), alias="sum-of", description="The measures that it is the sum of"
    )
    definition: Text | None = Field(
        None, description="What counts as one, in a line below the table"
    )


class DeclaredFigure(Frozen):
    """A number that stands in a text and in no table, with where it comes from."""

    value: Amount = Field(description="The number as it stands in the text")
    label: Name = Field(description="What it counts")
    source: Name = Field(description="Where it was published")
    period: Name | None = Field(None, description="The time that it is of")


class Imprint(Frozen):
    """Small print at the end."""

    publisher: Name | None = Field(None, description="Of this edition, if not the site's")
    printer: Name | None = Field(None, description="Whose press it was printed on, for leaflets")
    published: DayField | None = Field(
        None, description="The day on which the edition is published"
    )
    reference: Name | None = Field(None, description="The printed matter’s number")
    licence: Text | None = Field(None, description="On which terms the texts may be used")
    notes: Annotated[tuple[Text, ...], OneOrMore] = Field(
        (), description="Further lines of the small print"
    )


class Corrected(Frozen):
    """Something that was wrong in a published edition, and was put right."""

    on: DayField = Field(description="The day on which it was put right")
    what: Text = Field(description="What was wrong, and what it says now")


class EditionHead(Frozen):
    """What an edition file says besides its sections."""

    title: Text = Field(description="The title of the page and of the leaflet")
    period: Text = Field(description="The time that it is about: `April 2009 to March 2010`")
    label: Text = Field(description="The edition's short name, for example 2009/10")
    draft: YesNo = Field(
        default=False, description="`yes` keeps the whole edition from being published"
    )
    changed: DayField | None = Field(
        None, description="When words or figures last changed; goes into feeds and search engines"
    )
    superseded_by: EditionName | None = Field(
        None, alias="superseded-by", description="The folder of the edition that replaces this one"
    )
    corrected: Annotated[tuple[Corrected, ...], OneOrMore] = Field(
        (), description="What was put right after the edition was published"
    )
    order: Annotated[tuple[SectionName, ...], OneOrMore] = Field(
        (), description="Sections in the order to print them"
    )
    formats: Annotated[tuple[FormatName, ...], OneOrMore] = Field(
        (), description="Formats of the leaflet to make; an A5 booklet if left out"
    )
    optional: Annotated[tuple[SectionName, ...], OneOrMore] = Field(
        (), description="Sections that a leaflet without room may leave out, the first one first"
    )
    measures: dict[str, MeasureEntry] = Field(
        default_factory=dict, description="The catalogue of measures, each under an id of your own"
    )
    figures: dict[str, DeclaredFigure] = Field(
        default_factory=dict,
        description="Numbers in the texts that stand in no table, each under an id of your own",
    )
    source: Name | None = Field(None, description="Where figures come from unless a section says")
    imports: dict[str, SheetImport] = Field(
        default_factory=dict, description="How spreadsheets are read, as it was confirmed"
    )
    imprint: Imprint = Field(default_factory=Imprint, description="The small print")
    advice: Advised = Field(
        default_factory=Advised, description="Which advice `check` gives: `{long-sentences: no}`"
    )
    printing: PrintOrder = Field(
        default_factory=PrintOrder,
        alias="print",
        description="What a print shop is told about this edition",
    )


class BoroughHead(Frozen):
    """What a borough file says besides its sections."""

    draft: YesNo = Field(default=False, description="`yes` keeps the borough from being published")
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
    figures: dict[str, DeclaredFigure] = Field(
        default_factory=dict,
        description="Numbers in the texts that stand in no table, each under an id of your own",
    )
    advice: Advised = Field(
        default_factory=Advised, description="Which advice `check` gives: `{long-sentences: no}`"
    )
    printing: PrintOrder = Field(
        default_factory=PrintOrder,
        alias="print",
        description="What a print shop is told about this borough",
    )
    leave_out: Annotated[tuple[SectionName, ...], OneOrMore] = Field(
        (), alias="leave-out", description="Shared sections to omit"
    )
