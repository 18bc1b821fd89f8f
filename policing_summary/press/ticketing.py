"""A job ticket → the page that goes with the job: PDF/UA, with each page and sheet drawn small.

The thumbnails are the pages themselves, as forms. They are laid out as empty drawings whose view box
has a width that no other has, and then each drawing's field gives way to its page.
"""

import base64
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pikepdf
from pikepdf import Dictionary, Name, Operator

from policing_summary import rendering, typesetting
from policing_summary.press.measures import Box, mm
from policing_summary.press.ticket import Job, Ticket, all_inks

FIRST = 1001  # the width of the first drawing's view box
STYLES = ("css/tokens.css", "css/ticket.css")
FAMILIES = ("Source Sans 3", "Source Serif 4 Display")
FONTS = (
    "SourceSans3-Regular.woff2",
    "SourceSans3-Semibold.woff2",
    "SourceSerif4Display-Regular.woff2",
    "SourceSerif4Display-Semibold.woff2",
)


@dataclass(frozen=True)
class Pictured:
    """The files of one job whose pages are drawn: the single pages, and the sheets if there are any."""

    pages: bytes = field(repr=False)
    sheets: bytes = field(repr=False)


@dataclass(frozen=True)
class Draft:
    """A ticket as HTML with empty drawings, and the files whose pages come into them, in their order."""

    html: str = field(repr=False)
    styles: str = field(repr=False)
    fonts: tuple[tuple[str, bytes], ...] = field(repr=False)
    files: tuple[bytes, ...] = field(repr=False)


@dataclass(frozen=True)
class Thumbnail:
    """An empty drawing: its address, and its shape as width and height in millimetres."""

    address: str
    width: float
    height: float
    number: int


def draft(ticket: Ticket, pictured: Sequence[Pictured], templates: Path) -> Draft:
    """The page of each job, one after the other."""
    files = [file for each in pictured for file in (each.pages, each.sheets) if file]
    numbers = iter(range(FIRST, FIRST + 10_000))
    drawn: list[tuple[Job, list[Thumbnail], list[Thumbnail]]] = []
    for job, each in zip(ticket.jobs, pictured, strict=True):
        pages = list(_thumbnails(each.pages, numbers))
        drawn.append((job, pages, list(_thumbnails(each.sheets, numbers)) if each.sheets else []))
    html = (
        rendering.environment(templates)
        .get_template("press/ticket.html")
        .render(ticket=ticket, drawn=drawn, all_inks=all_inks)
    )
    styles = "\n".join((templates / name).read_text("utf-8") for name in STYLES)
    fonts = tuple((name, (templates / "fonts" / name).read_bytes()) for name in FONTS)
    return Draft(html, styles, fonts, tuple(files))


def _thumbnails(pdf_bytes: bytes, numbers: Iterator[int]) -> Iterator[Thumbnail]:
    with pikepdf.open(io.BytesIO(pdf_bytes)) as pdf:
        for number, page in enumerate(pdf.pages, 1):
            trim = _trim(page)
            wide = next(numbers)
            high = wide * trim.height / trim.width
            drawing = (
                f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high:.4f}">'
                f'<rect width="{wide}" height="{high:.4f}" fill="#ffffff"/></svg>'
            )
            address = f"data:image/svg+xml;base64,{base64.b64encode(drawing.encode()).decode()}"
            yield Thumbnail(address, mm(trim.width), mm(trim.height), number)


def _trim(page: pikepdf.Page) -> Box:
    trim = Box.of(page, "/TrimBox")
    if trim is None:
        raise ValueError("a page has no TrimBox")
    return trim


def made(draft: Draft) -> bytes:
    """The finished ticket. Runs in a worker."""
    pdf_bytes = typesetting.typeset_sheet(draft.html, draft.styles, draft.fonts, FAMILIES)
    with pikepdf.open(io.BytesIO(pdf_bytes)) as pdf:
        pages = [page for file in draft.files for page in _forms(pdf, file)]
        found = sum(_filled(pdf, page, pages) for page in pdf.pages)
        if found != len(pages):
            raise ValueError(f"{found} of {len(pages)} thumbnails found their place")
        out = io.BytesIO()
        pdf.save(
            out,
            min_version="1.7",
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
        return out.getvalue()


def _forms(pdf: pikepdf.Pdf, file: bytes) -> Iterator[tuple[pikepdf.Stream, Box]]:
    """Each page of a file as a form of the ticket, with its trim."""
    with pikepdf.open(io.BytesIO(file)) as other:
        resources: dict[tuple[int, int], pikepdf.Object] = {}
        for page in other.pages:
            trim, held = _trim(page), page.obj.Resources
            page.contents_coalesce()
            if not held.is_indirect:
                held = other.make_indirect(held)
            key = held.objgen
            if key not in resources:
                resources[key] = pdf.copy_foreign(held)
            form = pdf.make_stream(page.obj.Contents.read_bytes())
            form.Type, form.Subtype = Name.XObject, Name.Form
            form.BBox, form.Resources = trim.array, resources[key]
            yield form, trim


def _filled(
    pdf: pikepdf.Pdf, ticket: pikepdf.Page, pages: Sequence[tuple[pikepdf.Stream, Box]]
) -> int:
    """Put pages in the place of the drawings' fields; how many there were."""
    done: list[pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage] = []
    held = ticket.obj.Resources.get("/XObject", Dictionary())
    count, fills = 0, False
    for instruction in pikepdf.parse_content_stream(ticket):
        if fills:  # the field is not painted: the page stands there
            fills = False
            continue
        index = _index(instruction)
        if index is None or index >= len(pages):
            done.append(instruction)
            continue
        form, trim = pages[index]
        wide, high = (float(side) for side in instruction.operands[2:4])
        across, up = wide / trim.width, -high / trim.height
        matrix = [across, 0, 0, up, -trim.left * across, high - trim.foot * up]
        name = Name(f"/Thumbnail{index}")
        held[name] = form
        done += [
            _instruction([], "q"),
            _instruction([round(number, 6) for number in matrix], "cm"),
            _instruction([name], "Do"),
            _instruction([], "Q"),
        ]
        count, fills = count + 1, True
    ticket.obj.Resources.XObject = held
    ticket.obj.Contents = pdf.make_stream(pikepdf.unparse_content_stream(done))
    return count


def _index(
    instruction: pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage,
) -> int | None:
    """Which drawing's field this is, if it is one."""
    if str(instruction.operator) != "re":
        return None
    wide = float(instruction.operands[2])
    return round(wide) - FIRST if wide == round(wide) and wide >= FIRST else None


def _instruction(operands: list[object], operator: str) -> pikepdf.ContentStreamInstruction:
    return pikepdf.ContentStreamInstruction(operands, Operator(operator))  # type: ignore[arg-type]
