"""Addresses on pages: artwork laid out once and shared, with a few lines of text on top for each recipient.

A page is a reference to the artwork and about 200 bytes of its own. The typeface is cut down once for the
whole mailing. A file holds one batch, so memory does not grow with the list.
"""

import hashlib
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import pikepdf
from pikepdf import Array, Dictionary, Name

from policing_summary.mailing.face import NAME, Subset
from policing_summary.mailing.fitting import LEADING
from policing_summary.mailing.zones import POINTS_PER_MM
from policing_summary.metadata import Told, packet

Item = TypeVar("Item")

PRODUCER = "Local Policing Summary"
INK = "0 0 0 1 k"  # black alone, never white on a colour
SYMBOLIC, STEM = 4, 80  # flags and stem width of the font's description, as PDF wants them


@dataclass(frozen=True)
class Block:
    """Lines of text, left aligned: the top left corner in mm from that of the page, the size in points."""

    left: float
    top: float
    size: float
    lines: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True)
class Page:
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Paper:
    """What all pages of a file share. `artwork` is one page of PDF. Sizes in mm; `bleed` lies outside them."""

    width: float
    height: float
    title: str
    face: Subset = field(repr=False)
    artwork: bytes | None = field(default=None, repr=False)
    bleed: float = 0


def write(paper: Paper, pages: Iterable[Page]) -> bytes:
    """One PDF. The same pages give the same bytes: nothing in it tells the time."""
    with pikepdf.new() as pdf:
        pdf.docinfo["/Title"] = paper.title
        pdf.docinfo["/Producer"] = PRODUCER
        pdf.Root.Metadata = _described(pdf, paper.title)
        pdf.Root.Lang = pikepdf.String("en-GB")
        pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        resources = Dictionary(Font=Dictionary(F=_font(pdf, paper.face)))
        shared = ""
        if paper.artwork:
            with pikepdf.open(io.BytesIO(paper.artwork)) as art:
                _keep_black(art)
                form = pdf.copy_foreign(art.pages[0].as_form_xobject())
                form.BBox = Array(list(art.pages[0].mediabox))  # with its bleed
            resources.XObject = Dictionary(Art=form)
            shared = "/Art Do "
        resources = pdf.make_indirect(resources)
        trim, sheet = _box(paper, 0), _box(paper, paper.bleed)
        for page in pages:
            text = " ".join(_shown(block, paper) for block in page.blocks)
            content = pdf.make_stream(f"q {shared}Q {text}".encode("ascii"))
            made = Dictionary(
                Type=Name.Page,
                MediaBox=sheet,
                BleedBox=sheet,
                TrimBox=trim,
                Resources=resources,
                Contents=content,
            )
            pdf.pages.append(pikepdf.Page(pdf.make_indirect(made)))
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return out.getvalue()


def _keep_black(art: pikepdf.Pdf) -> None:
    """Let no group of marks be mixed in RGB, which would make black of four inks."""
    for item in art.objects:
        if isinstance(item, Dictionary | pikepdf.Stream) and "/Group" in item:
            item.Group.CS = Name.DeviceCMYK


def _shown(block: Block, paper: Paper) -> str:
    """The operators that show the lines; the first one's capitals hang from the block's top."""
    left = block.left * POINTS_PER_MM
    cap = block.size * paper.face.cap_height / 1000
    base = (paper.height - block.top) * POINTS_PER_MM - cap
    lines = " T* ".join(f"<{_glyphs(line, paper.face)}> Tj" for line in block.lines)
    return (
        f"BT {INK} /F {block.size:g} Tf {block.size * LEADING:g} TL "
        f"1 0 0 1 {left:.3f} {base:.3f} Tm {lines} ET"
    )


def _glyphs(text: str, face: Subset) -> str:
    return "".join(f"{face.glyphs[letter]:04X}" for letter in text)


def _described(pdf: pikepdf.Pdf, title: str) -> pikepdf.Object:
    stream = pdf.make_stream(packet(Told(title, (), "", PRODUCER), ()))
    stream.Type, stream.Subtype = Name.Metadata, Name.XML
    return stream


def _box(paper: Paper, beyond: float) -> Array:
    """The trim, whose lower left corner is the origin, or more; WeasyPrint's pages are measured so too."""
    least, right, top = (
        _points(side) for side in (-beyond, paper.width + beyond, paper.height + beyond)
    )
    return Array([least, least, right, top])


def _points(millimetres: float) -> float:
    return round(millimetres * POINTS_PER_MM, 4)


def _font(pdf: pikepdf.Pdf, face: Subset) -> pikepdf.Object:
    """The typeface with its widths, and a table that leads from its signs back to letters."""
    tag = "".join(chr(65 + byte % 26) for byte in hashlib.sha256(face.data).digest()[:6])
    name = Name(f"/{tag}+{NAME}")
    described = Dictionary(
        Type=Name.FontDescriptor,
        FontName=name,
        Flags=SYMBOLIC,
        FontBBox=Array(face.box),
        ItalicAngle=0,
        Ascent=face.ascent,
        Descent=face.descent,
        CapHeight=face.cap_height,
        StemV=STEM,
        FontFile2=_stream(pdf, face.data, Length1=len(face.data)),
    )
    descendant = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=name,
        CIDSystemInfo=Dictionary(
            Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("Identity"), Supplement=0
        ),
        CIDToGIDMap=Name.Identity,
        DW=face.widths[0],
        W=Array([0, Array(face.widths)]),
        FontDescriptor=pdf.make_indirect(described),
    )
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type0,
            BaseFont=name,
            Encoding=Name("/Identity-H"),
            DescendantFonts=Array([pdf.make_indirect(descendant)]),
            ToUnicode=_stream(pdf, _to_unicode(face)),
        )
    )


def _stream(pdf: pikepdf.Pdf, data: bytes, **entries: int) -> pikepdf.Object:
    stream = pdf.make_stream(data)
    for key, value in entries.items():
        stream[f"/{key}"] = value
    return stream


MOST_IN_A_TABLE = 100  # entries of one part of a PDF's table of letters


def _to_unicode(face: Subset) -> bytes:
    pairs = sorted((glyph, letter) for letter, glyph in face.glyphs.items())
    parts = [
        f"{len(some)} beginbfchar\n"
        + "\n".join(
            f"<{glyph:04X}> <{letter.encode('utf-16-be').hex().upper()}>" for glyph, letter in some
        )
        + "\nendbfchar\n"
        for some in batches(pairs, MOST_IN_A_TABLE)
    ]
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
        + "".join(parts)
        + "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
    ).encode()


def batches(items: Sequence[Item], most: int) -> Iterator[Sequence[Item]]:
    """The items in order, at most so many at a time."""
    for first in range(0, len(items), most):
        yield items[first : first + most]
