"""How addresses are set: the part `mailing:` of content/site.yaml."""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, PlainValidator, model_validator

from policing_summary.model import forms
from policing_summary.model.base import Frozen, Name, OneOrMore, mistake, reader
from policing_summary.numerals import UnreadableError

Carrier = Literal["a5", "a5-landscape", "dl", "a4"]
Labels = Literal["a4-8", "a4-14", "a4-16", "a4-18", "a4-21", "a4-24"]
SIZES: dict[str, tuple[int, int]] = {  # of each carrier: width and height in mm
    "a5": (148, 210),
    "a5-landscape": (210, 148),
    "dl": (210, 99),
    "a4": (210, 297),
}
LEAST_MARGIN = 5  # mm of empty paper that sorting machines ask for on all sides of an address
LEAST_WIDTH, LEAST_HEIGHT = 50, 20  # mm: below these hardly an address fits
MOST_LINES = 3  # of the postage box
MOST_IN_A_FILE = 5000


def _measured(unit: str, least: int, most: int, example: int) -> Callable[[str], Decimal]:
    def read(text: str) -> Decimal:
        match = re.fullmatch(rf"([0-9]{{1,4}}(\.[0-9]{{1,2}})?)\s*({unit})?", text.strip())
        if not match:
            what = f"`{text}` is not a length in {unit}"
            raise UnreadableError(what, f"write it like `{example}` or `{example} {unit}`")
        value = Decimal(match[1])
        if not least <= value <= most:
            what = f"`{text}` is not between {least} and {most} {unit}"
            raise UnreadableError(what, f"write a number from {least} to {most}")
        return value

    return read


def _number_in_a_file(text: str) -> Decimal:
    typed = text.strip().replace(",", "")
    if not re.fullmatch("[0-9]{1,9}", typed) or not 1 <= int(typed) <= MOST_IN_A_FILE:
        what = f"`{text}` is not a number of addresses from 1 to {MOST_IN_A_FILE:,}"
        raise UnreadableError(what, "write `1000`, for example")
    return Decimal(typed)


def _few_lines(lines: tuple[str, ...]) -> tuple[str, ...]:
    if len(lines) > MOST_LINES:
        what = f"the postage box has room for {MOST_LINES} lines, and here are {len(lines)}"
        raise mistake(what, "join some of them, or leave some out")
    return lines


Millimetres = Annotated[
    Decimal, PlainValidator(reader(_measured("mm", 0, 300, 20))), forms.MILLIMETRES
]
TypeSize = Annotated[Decimal, PlainValidator(reader(_measured("pt", 10, 12, 11))), forms.TYPE_SIZE]
Batch = Annotated[Decimal, PlainValidator(reader(_number_in_a_file)), forms.BATCH]


class Zone(Frozen):
    """Where an address stands: millimetres from the left and the top of the page, and its size."""

    left: Millimetres = Field(description="From the left edge of the page")
    top: Millimetres = Field(description="From the top edge of the page")
    width: Millimetres = Field(description="How wide it is")
    height: Millimetres = Field(description="How high it is")

    @model_validator(mode="after")
    def _large_enough(self) -> Self:
        if self.width < LEAST_WIDTH or self.height < LEAST_HEIGHT:
            what = f"an address does not fit into {self.width:f} × {self.height:f} mm"
            raise mistake(what, f"give it at least {LEAST_WIDTH} × {LEAST_HEIGHT} mm")
        return self

    def within(self, size: tuple[float, float]) -> bool:
        """Whether it lies on a page of this size with the empty paper around it."""
        right, bottom = self.left + self.width, self.top + self.height
        return (
            min(self.left, self.top) >= LEAST_MARGIN
            and float(right) <= size[0] - LEAST_MARGIN
            and float(bottom) <= size[1] - LEAST_MARGIN
        )


class TypeSizes(Frozen):
    """The largest is tried first, smaller ones where a line is too long. Sorting machines read 10 to 12 pt."""

    largest: TypeSize = Field(Decimal(12), description="Tried first")
    smallest: TypeSize = Field(Decimal(10), description="Where a line is too long")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.smallest > self.largest:
            what = f"the smallest type, {self.smallest:f} pt, is larger than the largest, {self.largest:f} pt"
            raise mistake(what, "exchange the two")
        return self


class Mailing(Frozen):
    """What is printed with an address, and where the address stands."""

    sender: Name | None = Field(None, description="Who sends it; the publisher if left out")
    return_address: Annotated[tuple[Name, ...], OneOrMore] = Field(
        (), alias="return-address", description="Where post comes back to, line by line"
    )
    postage: Annotated[tuple[Name, ...], OneOrMore, AfterValidator(_few_lines)] = Field(
        ("Postage", "paid"), description="Words in the box at the top right, up to three lines"
    )
    carrier: Carrier = Field("a5", description="The sheet that carries the address")
    carrier_zone: Zone | None = Field(
        None,
        alias="carrier-zone",
        description="Where the address stands on the carrier, if not where a window is",
    )
    cover_zone: Zone | None = Field(
        None, alias="cover-zone", description="Where the address stands on the cover of the leaflet"
    )
    labels: Labels = Field("a4-21", description="The sheet of labels, by how many are on it")
    type_size: TypeSizes = Field(
        default_factory=TypeSizes,
        alias="type-size",
        description="The sizes that an address may be set in",
    )
    batch: Batch = Field(Decimal(1000), description="How many addresses go into one file")

    @model_validator(mode="after")
    def _on_the_carrier(self) -> Self:
        size = SIZES[self.carrier]
        if self.carrier_zone and not self.carrier_zone.within(size):
            what = (
                f"`carrier-zone` comes nearer than {LEAST_MARGIN} mm to the edge of the carrier, "
                f"which is {size[0]} × {size[1]} mm"
            )
            raise mistake(what, "make the zone smaller, or move it")
        return self
