"""Numbers as they were published, with the words around them: `about 120`, `£2 million`."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, get_args

from policing_summary.numerals import Unit, UnreadableError, read_number

Nearly = Literal["", "about", "more than", "fewer than", "at least", "at most", "almost"]
"""How far a published number is to be taken at its word."""


@dataclass(frozen=True)
class Quantity:
    """A number as it was published: `about 120`, `more than 500`, `-6.3%`, `£2 million`."""

    value: Decimal
    unit: Unit = Unit.NONE
    signed: bool = False
    nearly: Nearly = ""


NEARLY: dict[str, Nearly] = {word: word for word in get_args(Nearly)}
SCALES = {"thousand": 3, "million": 6, "m": 6, "billion": 9, "bn": 9}
QUANTITY = re.compile(
    rf"(?P<nearly>{'|'.join(filter(None, NEARLY))})?\s*(?P<pounds>£)?\s*"
    rf"(?P<number>.*?)\s*(?P<scale>{'|'.join(SCALES)})?",
    re.IGNORECASE,
)


def read_quantity(text: str) -> Quantity:
    """A number with the words that may stand around it where it is set large.

    Raises:
        UnreadableError: it is not a number, or could mean two.
    """
    match = QUANTITY.fullmatch(" ".join(text.split()))
    if match is None or not match["number"]:
        raise UnreadableError(
            f"`{text}` is not a number", "write it in digits, for example `77%` or `about 120`"
        )
    typed = read_number(match["number"])
    if match["pounds"] and typed.unit is not Unit.NONE:
        raise UnreadableError(f"`{text}` is in two units", "write it in pounds, or in percent")
    scale = SCALES[match["scale"].lower()] if match["scale"] else 0
    value = typed.value.scaleb(scale)
    whole = value.to_integral() if value == value.to_integral() and scale else value
    nearly = NEARLY[(match["nearly"] or "").lower()]
    unit = Unit.POUNDS if match["pounds"] else typed.unit
    return Quantity(Decimal(f"{whole:f}"), unit, typed.signed, nearly)
