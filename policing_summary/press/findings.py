"""What preflight goes by, and what it finds: the order, a page as it is seen, and a printer's words."""

from dataclasses import dataclass

import pikepdf

from policing_summary.press.condition import Condition
from policing_summary.press.measures import Box
from policing_summary.press.painting import Look


@dataclass(frozen=True)
class Order:
    """What the file has to be. Lengths in millimetres; `pages` is None where any number will do.

    `widths`: one, or those of the panels that a sheet is folded into.
    """

    widths: tuple[float, ...]
    height: float
    bleed: float
    safe: float
    pages: int | None
    condition: Condition
    pictures: tuple[tuple[str, int, int], ...] = ()  # file name, width and height in pixels
    sheets: bool = False


@dataclass(frozen=True)
class Finding:
    """Something a printer would say, with the way out; `page` counts from 1, or is 0 for the file."""

    page: int
    what: str
    way_out: str
    is_fault: bool = True

    @property
    def said(self) -> str:
        where = f"page {self.page}: " if self.page else ""
        return f"{where}{self.what}. {self.way_out}"


@dataclass(frozen=True)
class Seen:
    number: int
    page: pikepdf.Page
    look: Look
    order: Order
    trim: Box
    bleed: Box

    def fault(self, what: str, way_out: str) -> Finding:
        return Finding(self.number, what, way_out)

    def note(self, what: str, way_out: str) -> Finding:
        return Finding(self.number, what, way_out, is_fault=False)
