"""What a print shop is told about a job, as a value: for `job-ticket.json`, and for the page that is printed."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from policing_summary.press.condition import Condition
from policing_summary.press.imposing import Scheme

SCHEMA = "local-policing-summary/job-ticket/1"
SQUARE_METRE = 1_000_000  # mm²


@dataclass(frozen=True)
class File:
    """A file of the job: `what` it is for, its `size` in bytes, and its checksum."""

    name: str
    what: str
    size: int
    sha256: str

    @classmethod
    def of(cls, name: str, what: str, data: bytes) -> "File":
        return cls(name, what, len(data), hashlib.sha256(data).hexdigest())


@dataclass(frozen=True)
class Inked:
    """The inks of a page, as `CMYK` or `K`, and how much of it each covers, in percent (estimated)."""

    page: int
    inks: str
    cyan: float
    magenta: float
    yellow: float
    black: float


@dataclass(frozen=True)
class Stock:
    """The paper, and what a copy weighs on it, in grams."""

    words: str
    grams: int
    surface: str
    thickness_mm: float
    copy_weight_g: float


@dataclass(frozen=True)
class Printing:
    """The printing condition that the files are made for."""

    identifier: str
    registry: str
    profile: str
    ink_limit_percent: int

    @classmethod
    def of(cls, condition: Condition) -> "Printing":
        return cls(condition.identifier, condition.registry, condition.file, condition.limit)


@dataclass(frozen=True)
class Turned:
    """One side of a sheet: its pages from left to right, 0 for none."""

    sheet: int
    face: str
    pages: tuple[int, ...]


@dataclass(frozen=True)
class Sheets:
    """How the pages stand on sheets. `creep_mm`: how far the innermost sheet's pages move inwards."""

    stock: str
    width_mm: float
    height_mm: float
    count: int
    creep_mm: float
    sides: tuple[Turned, ...]

    @classmethod
    def of(cls, plan: Scheme, stock: tuple[str, float, float], creep: float) -> "Sheets":
        sides = tuple(Turned(side.sheet + 1, side.face, side.pages) for side in plan.sides)
        return cls(*stock, plan.sheets, round(creep, 3), sides)


@dataclass(frozen=True)
class Job:
    """One format of one leaflet. Lengths in millimetres."""

    format: str
    title: str
    trim_mm: tuple[float, float]
    bleed_mm: float
    safe_mm: float
    pages: int
    colours: str
    printing: Printing
    paper: Stock
    binding: str
    folding: str
    panels_mm: tuple[float, ...]
    sheets: Sheets | None
    finishing: str | None
    quantity: int | None
    deliver_to: str | None
    inks: tuple[Inked, ...]
    files: tuple[File, ...]
    notes: tuple[str, ...]
    fit: dict[str, Any] = field(default_factory=dict)

    @property
    def changed_runs(self) -> list[dict[str, Any]]:
        """Pages that do not have their natural type size and spaces."""
        runs = self.fit.get("runs", [])
        return [run for run in runs if (run["type_size"], run["spacing"]) != (1, 1)]


@dataclass(frozen=True)
class Copies:
    """How many copies of a format and a language are mailed."""

    format: str
    language: str
    copies: int


@dataclass(frozen=True)
class Ticket:
    """All jobs of one leaflet in one language."""

    title: str
    edition: str
    borough: str
    borough_code: str
    language: str
    language_name: str
    publisher: str
    contact: str | None
    jobs: tuple[Job, ...]
    mailing: tuple[Copies, ...] = ()

    @property
    def json(self) -> bytes:
        told = {"schema": SCHEMA, **asdict(self)}
        return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode()


def weight(width: float, height: float, pages: int, grams: int) -> float:
    """Of one copy, in grams; `width` and `height` of a page in mm, two pages to a leaf."""
    return round(width * height / SQUARE_METRE * grams * pages / 2, 1)


def all_inks(pages: Sequence[Inked]) -> str:
    """As a printer writes it: `4/4` if some page needs all four inks, else their names."""
    used = "".join(ink for ink in "CMYK" if any(ink in page.inks for page in pages))
    return "4/4, CMYK" if used == "CMYK" else used
