"""A document in inks → its print file, its sheets, and what preflight found. Runs in a worker."""

import hashlib
import io
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace

import pikepdf

from policing_summary import typesetting
from policing_summary.document import Document, Leaflet
from policing_summary.formats import Format
from policing_summary.model.printing import Paper
from policing_summary.press import coverage, imposing, looking, pdfx, preflight
from policing_summary.press.condition import Condition
from policing_summary.press.findings import Finding, Order
from policing_summary.press.imposing import Scheme
from policing_summary.press.measures import Box
from policing_summary.press.ticket import Inked

RECIPE = 1  # goes up whenever `press` makes other bytes from the same value
PAGES, SHEETS = "single pages", "sheets"


@dataclass(frozen=True)
class Wanted:
    """All that a print file is made of. `pictures`: file name, width and height in pixels."""

    document: Document
    title: str
    dated: str
    paper: Paper
    font: bytes = field(repr=False)
    condition: Condition
    pictures: tuple[tuple[str, int, int], ...] = ()

    @property
    def key(self) -> str:
        """A hash of everything that goes into the files."""
        rest = (RECIPE, self.title, self.dated, self.paper, self.condition, self.pictures)
        digest = hashlib.sha256(f"{self.document.key} {rest}".encode())
        digest.update(self.condition.profile)
        digest.update(self.font)
        return digest.hexdigest()

    @property
    def is_right_bound(self) -> bool:
        return self.document.direction == "rtl"


@dataclass(frozen=True)
class Pressed:
    """The leaflet's print file (`leaflet.pdf`), its sheets if it is folded, and what is to be said.

    `findings` have the name of the file before them.
    """

    leaflet: Leaflet
    sheets: bytes = field(repr=False)
    inks: tuple[Inked, ...]
    findings: tuple[tuple[str, Finding], ...]

    @property
    def faults(self) -> list[str]:
        return [f"{file}, {each.said}" for file, each in self.findings if each.is_fault]

    @property
    def notes(self) -> list[str]:
        return [f"{file}, {each.said}" for file, each in self.findings if not each.is_fault]

    def packed(self) -> bytes:
        """As it is kept in the cache; `unpacked` reads it again."""
        told = {
            "inks": [asdict(each) for each in self.inks],
            "findings": [[file, asdict(each)] for file, each in self.findings],
            "sheets": len(self.sheets),
        }
        return json.dumps(told).encode() + b"\n" + self.sheets + self.leaflet.packed()

    @classmethod
    def unpacked(cls, data: bytes) -> "Pressed":
        head, _, rest = data.partition(b"\n")
        told = json.loads(head)
        return cls(
            Leaflet.unpacked(rest[told["sheets"] :]),
            rest[: told["sheets"]],
            tuple(Inked(**each) for each in told["inks"]),
            tuple((file, Finding(**each)) for file, each in told["findings"]),
        )


def plan(wanted: Wanted, pages: int) -> Scheme | None:
    """How the leaflet's pages stand on sheets, if they do."""
    form = wanted.document.format
    return imposing.scheme(form.binding, pages, right_bound=wanted.is_right_bound)


def press(wanted: Wanted) -> Pressed:
    """Lay the leaflet out with bleed, make its files, and check them.

    Raises:
        BuildError: a font came in that is not in the document.
    """
    form, thickness = wanted.document.format, wanted.paper.thickness
    supposed = plan(wanted, form.pages or 1)
    inner = imposing.creep(supposed.sheets - 1, thickness) if supposed else 0
    reach = form.bleed + inner
    laid = typesetting.lay_out(wanted.document, f"@page {{ bleed: {reach:.4f}mm }}")
    count = len(laid.rendered.pages)
    if laid.fit.refusals:
        return Pressed(Leaflet(b"", count, laid.fit, laid.warnings), b"", (), ())
    raw = laid.rendered.write_pdf()
    typesetting.refuse_other_fonts(wanted.document, typesetting.font_names(raw))
    make = pdfx.Make(wanted.title, form.bleed, reach, wanted.font, wanted.dated)
    singles = pdfx.exchange(raw, make, wanted.condition)
    order = Order(
        form.panels or (form.width,),
        form.height,
        form.bleed,
        form.safe,
        form.pages,
        wanted.condition,
        wanted.pictures,
    )
    found = [(PAGES, each) for each in preflight.check(singles, order)]
    sheets = b""
    if (sides := plan(wanted, count)) and not any(each.is_fault for _, each in found):
        run = imposing.Run(
            wanted.title, form.bleed, thickness, wanted.font, wanted.dated, form.panels
        )
        sheets = imposing.sheets(singles, sides, run, wanted.condition)
        flat = replace(order, widths=(flat_width(form),), pages=len(sides.sides), sheets=True)
        asked = preflight.check(sheets, flat)  # what a page asks for, its sheet would ask for again
        found += [(SHEETS, each) for each in asked if each.is_fault]
    leaflet = Leaflet(singles, count, laid.fit, laid.warnings)
    return Pressed(leaflet, sheets, tuple(_inked(singles)), tuple(found))


def flat_width(form: Format) -> float:
    """Of the unfolded sheet, in mm."""
    return sum(form.panels) if form.panels else 2 * form.width


def _inked(pdf_bytes: bytes) -> Iterator[Inked]:
    with pikepdf.open(io.BytesIO(pdf_bytes)) as pdf:
        for number, page in enumerate(pdf.pages, 1):
            look, trim = looking.look(page), Box.of(page, "/TrimBox")
            parts = coverage.of(look, trim) if trim else (0, 0, 0, 0)
            yield Inked(number, coverage.used(look), *(round(part, 1) for part in parts))
