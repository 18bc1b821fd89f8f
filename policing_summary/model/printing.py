"""What an editor says about printing: paper, quantity, finishing, and where the boxes go."""

import re
from dataclasses import dataclass
from typing import Annotated, Self

from pydantic import Field, PlainValidator

from policing_summary.model import forms
from policing_summary.model.base import Count, Frozen, Name, reader
from policing_summary.numerals import UnreadableError

# How thick paper is for its weight, in cm³/g: usual figures for the surfaces that print shops offer.
BULK = {"gloss": 0.8, "silk": 0.88, "matt": 0.95, "uncoated": 1.25, "recycled": 1.25}
COATED = {"gloss", "silk", "matt"}
PAPER = re.compile(r"(\d{2,3})\s*(?:g/m²|g/m2|gsm|g)\.?\s+([a-z]+)", re.IGNORECASE)
LIGHTEST, HEAVIEST = 60, 350  # g/m² that a press takes


@dataclass(frozen=True)
class Paper:
    """A paper by its weight in g/m² and its surface."""

    grams: int
    surface: str

    @classmethod
    def read(cls, text: str) -> Self:
        """From `115 g/m² silk` or `115gsm Silk`.

        Raises:
            UnreadableError: weight or surface are missing, or unknown.
        """
        found = PAPER.fullmatch(text.strip())
        example = "write weight and surface, for example `115 g/m² silk`"
        if found is None:
            raise UnreadableError(f"`{text}` is not a paper", example)
        grams, surface = int(found[1]), found[2].lower()
        if surface not in BULK:
            known = ", ".join(f"`{name}`" for name in BULK)
            raise UnreadableError(f"`{surface}` is not a surface of paper", f"write one of {known}")
        if not LIGHTEST <= grams <= HEAVIEST:
            raise UnreadableError(
                f"paper of {grams} g/m² does not go through a press",
                f"write a weight from {LIGHTEST} to {HEAVIEST} g/m²",
            )
        return cls(grams, surface)

    @property
    def words(self) -> str:
        return f"{self.grams} g/m² {self.surface}"

    @property
    def thickness(self) -> float:
        """Of one sheet, in millimetres."""
        return round(self.grams * BULK[self.surface] / 1000, 3)

    @property
    def is_coated(self) -> bool:
        return self.surface in COATED


PaperField = Annotated[Paper, PlainValidator(reader(Paper.read)), forms.PAPER]


class PrintOrder(Frozen):
    """`print:` in `site.yaml`, an edition or a borough; the nearest says what the others leave out."""

    paper: PaperField | None = Field(None, description="Weight and surface: 115 g/m² silk")
    quantity: Count | None = Field(None, description="How many copies")
    finishing: Name | None = Field(None, description="Anything else to be done to the leaflet")
    deliver_to: Name | None = Field(None, alias="deliver-to", description="Where the boxes go")

    def over(self, wider: "PrintOrder") -> "PrintOrder":
        """This order, and what it leaves out from a wider one."""
        given = {**dict(wider), **{key: value for key, value in self if value is not None}}
        return PrintOrder.model_construct(**given)
