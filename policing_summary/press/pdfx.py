"""A PDF whose colours are inks → PDF/X-4: one page after the other, with bleed and marks, ready to be plated.

What a reader on screen needs goes out (tags, links, bookmarks). What a press needs comes in: the
printing condition, boxes, marks, and black letters that print over what lies below them.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field

import pikepdf
from pikepdf import Dictionary, Name, Object, Stream

from policing_summary.press import looking, marks, overprinting, photographs, slug
from policing_summary.press.condition import Condition
from policing_summary.press.declaring import declare, saved
from policing_summary.press.measures import Box, points

SCREEN_ONLY = (
    "/StructTreeRoot",
    "/MarkInfo",
    "/Outlines",
    "/Names",
    "/Dests",
    "/OpenAction",
    "/PageMode",
)


@dataclass(frozen=True)
class Make:
    """What a print file is made with.

    `bleed` in millimetres; `reach`: how far colour is painted beyond the trim, which is the bleed and
    what pages move on their sheets. `font` is for the words beside each page, and `dated` reads
    D:20100401000000Z.
    """

    title: str
    bleed: float
    reach: float
    font: bytes = field(repr=False)
    dated: str


def exchange(pdf_bytes: bytes, make: Make, condition: Condition) -> bytes:
    """The print file. The same bytes in give the same bytes out: date and identifier come from them."""
    with pikepdf.open(io.BytesIO(pdf_bytes)) as pdf:
        _leave_out_what_only_a_screen_shows(pdf)
        _paint_pictures_in_inks(pdf, condition)
        done: set[tuple[int, int]] = set()
        for page in pdf.pages:
            print_black_over(pdf, page.obj, done)
        count = len(pdf.pages)
        for number, page in enumerate(pdf.pages, 1):
            said = f"{make.title}, page {number} of {count}"
            _frame(pdf, page, make, slug.words(said, make.font, slug.SIZE))
        declare(pdf, condition, make.title, make.dated)
        return saved(pdf)


def _leave_out_what_only_a_screen_shows(pdf: pikepdf.Pdf) -> None:
    for key in SCREEN_ONLY:
        if key in pdf.Root:
            del pdf.Root[key]
    for page in pdf.pages:
        for key in ("/Annots", "/StructParents", "/Tabs", "/Group"):
            if key in page.obj:
                del page.obj[key]


def _paint_pictures_in_inks(pdf: pikepdf.Pdf, condition: Condition) -> None:
    """Each picture once, at the largest size at which it is printed."""
    largest: dict[tuple[int, int], tuple[Stream, tuple[float, float]]] = {}
    for seen in looking.pages(pdf):
        for each in seen.painted:
            if (
                each.kind == "picture"
                and each.colour.space == "RGB"
                and isinstance(each.picture, Stream)
            ):
                _, so_far = largest.get(each.picture.objgen, (None, (0.0, 0.0)))
                size = (max(so_far[0], each.across[0]), max(so_far[1], each.across[1]))
                largest[each.picture.objgen] = (each.picture, size)
    for picture, size in largest.values():
        photographs.in_inks(picture, size, condition)


# Black letters


def print_black_over(pdf: pikepdf.Pdf, holder: Object, done: set[tuple[int, int]]) -> None:
    """Rewrite a page or a form, and the forms in it: ink operators, no tags, overprinting black letters."""
    if holder.objgen in done:
        return
    done.add(holder.objgen)
    resources = holder.get("/Resources", Dictionary())
    for form in _forms(resources):
        print_black_over(pdf, form, done)
        _flatten_group(form)
    written = overprinting.rewritten(holder)
    if isinstance(holder, Stream):
        holder.write(written)
        for key in ("/StructParent", "/StructParents"):
            if key in holder:
                del holder[key]
    else:
        holder.Contents = pdf.make_stream(written)
    if "/ColorSpace" in resources:
        del resources["/ColorSpace"]
    states = resources.get("/ExtGState", Dictionary())
    for name, state in overprinting.STATES.items():
        states[name] = state
    resources.ExtGState = states


def _forms(resources: Object) -> Iterator[Object]:
    for item in resources.get("/XObject", Dictionary()).values():
        if str(item.get("/Subtype")) == "/Form":
            yield item
    for item in resources.get("/Pattern", Dictionary()).values():
        if isinstance(item, Stream):
            yield item


def _flatten_group(form: Object) -> None:
    """A group in which all is opaque looks the same without being one; another gets the press's colours."""
    if "/Group" not in form:
        return
    states = form.get("/Resources", Dictionary()).get("/ExtGState", Dictionary())
    is_opaque = all(
        float(state.get("/ca", 1)) == float(state.get("/CA", 1)) == 1
        and str(state.get("/SMask", "/None")) == "/None"
        and str(state.get("/BM", "/Normal")) == "/Normal"
        for state in states.values()
    )
    if is_opaque:
        del form["/Group"]
    else:
        form.Group.CS = Name.DeviceCMYK


# Boxes and marks


def _frame(pdf: pikepdf.Pdf, page: pikepdf.Page, make: Make, words: bytes) -> None:
    """Set the page into a larger one, with its left foot at nought, and draw the marks around it."""
    before = Box.of(page, "/TrimBox") or Box.of(page, "/MediaBox")
    if before is None:
        raise ValueError("the page has no size")
    margin = points(marks.MARGIN)
    trim = Box(margin, margin, margin + before.width, margin + before.height)
    shift = f"q 1 0 0 1 {margin - before.left:.6f} {margin - before.foot:.6f} cm\n".encode()
    painted = trim.grown(points(min(make.reach, marks.OFFSET - 0.1)))
    edge = (
        f"q {painted.left:.4f} {painted.foot:.4f} {painted.width:.4f} {painted.height:.4f} re W n\n"
    )
    below = marks.written(words, trim.left + points(8), points(marks.MARGIN - marks.OFFSET - 2.6))
    drawn = b"\nQ Q\n" + marks.crop(trim) + b"\n" + below
    page.contents_coalesce()
    content = edge.encode() + shift + page.obj.Contents.read_bytes() + drawn
    page.obj.Contents = pdf.make_stream(content)
    page.obj.MediaBox = trim.grown(margin).array
    page.obj.TrimBox = trim.array
    page.obj.BleedBox = trim.grown(points(make.bleed)).array
    for key in ("/CropBox", "/ArtBox"):
        if key in page.obj:
            del page.obj[key]
