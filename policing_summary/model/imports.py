"""How a spreadsheet is read: what the editor confirmed once, kept in the edition."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from policing_summary.model.base import Count, Frozen, MeasureName, Name, OneOrMore


class SheetColumn(Frozen):
    """One column of figures."""

    column: Name = Field(description="The column's heading")
    measure: MeasureName = Field(description="An id from the edition's catalogue of measures")
    gives: Literal["before", "now"] = Field(description="Whether it is the year before or this one")


class SheetImport(Frozen):
    """One kind of spreadsheet."""

    title: Name = Field(description="What the spreadsheet is called in print")
    publisher: Name = Field(description="Who publishes it")
    licence: Name | None = Field(None, description="On which terms it may be used")
    sheet: Name | None = Field(None, description="Needed only if there are several")
    header_row: Count = Field(
        Decimal(1), alias="header-row", description="The row with the headings"
    )
    borough: Name = Field(description="The heading of the column with the boroughs' names or codes")
    columns: Annotated[tuple[SheetColumn, ...], Field(min_length=1)] = Field(
        description="The columns of figures"
    )
    set_aside: Annotated[tuple[Name, ...], OneOrMore] = Field(
        (), alias="set-aside", description="Lines that are no borough, such as a total"
    )
