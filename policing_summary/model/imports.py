"""How a spreadsheet is read: what the editor confirmed once, kept in the edition."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from policing_summary.model.base import Count, Frozen, Name, OneOrMore


class SheetColumn(Frozen):
    """One column of figures."""

    column: Name = Field(description="The column's heading")
    measure: Name = Field(description="An id from the edition's catalogue of measures")
    gives: Literal["before", "now"]


class SheetImport(Frozen):
    """One kind of spreadsheet."""

    title: Name = Field(description="What the spreadsheet is called in print")
    publisher: Name
    licence: Name | None = None
    sheet: Name | None = Field(None, description="Needed only if there are several")
    header_row: Count = Field(Decimal(1), alias="header-row")
    borough: Name = Field(description="The heading of the column with the boroughs' names or codes")
    columns: Annotated[tuple[SheetColumn, ...], Field(min_length=1)]
    set_aside: Annotated[tuple[Name, ...], OneOrMore] = Field(
        (), alias="set-aside", description="Lines that are no borough, such as a total"
    )
