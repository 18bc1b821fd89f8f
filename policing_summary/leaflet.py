"""Sheet + format → a document that holds everything it needs → PDF bytes.

`compose` runs in the parent and `typeset` in a worker: it gets a value, and returns a value.
"""

import hashlib
import io
import json
import logging
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from html import unescape
from pathlib import Path
from typing import TypeAlias

from policing_summary import drawings, model, pictures, rendering
from policing_summary.errors import BuildError
from policing_summary.formats import Format
from policing_summary.sheet import Sheet

COVER_COLOURS = ("#1f4468", "#16324f", "#f2b544")
FONT_FILES = (
    ("Source Sans 3", 400, "normal", "SourceSans3-Regular.woff2"),
    ("Source Sans 3", 400, "italic", "SourceSans3-It.woff2"),
    ("Source Sans 3", 600, "normal", "SourceSans3-Semibold.woff2"),
    ("Source Serif 4 Display", 400, "normal", "SourceSerif4Display-Regular.woff2"),
    ("Source Serif 4 Display", 600, "normal", "SourceSerif4Display-Semibold.woff2"),
)
OUR_FONTS = tuple({family.replace(" ", "-") for family, *_ in FONT_FILES})  # as a PDF spells them
END = "end-"  # the id of a marker begins so
PIXELS_PER_MM = 96 / 25.4
Anchors: TypeAlias = Mapping[str, tuple[float, float, float, float]]
RECIPE = 2  # goes up whenever `typeset` makes other bytes from the same document


@dataclass(frozen=True)
class Document:
    """All that a leaflet is made of. `files` are its fonts, by the name its stylesheet calls them."""

    title: str
    html: str
    format: Format
    files: tuple[tuple[str, bytes], ...] = field(repr=False)

    @property
    def key(self) -> str:
        """A hash of everything that goes into the PDF, the versions of the tools included."""
        digest = hashlib.sha256(f"{RECIPE} {_versions()} {self.format}".encode())
        for name, data in (("html", self.html.encode()), *self.files):
            digest.update(f"{name} {len(data)} ".encode())
            digest.update(data)
        return digest.hexdigest()


@dataclass(frozen=True)
class Leaflet:
    """A finished leaflet; `warnings` are whole sentences."""

    pdf: bytes = field(repr=False)
    pages: int
    warnings: tuple[str, ...] = ()

    def packed(self) -> bytes:
        """As it is kept in the cache; `unpacked` reads it again."""
        head = json.dumps({"pages": self.pages, "warnings": self.warnings})
        return head.encode() + b"\n" + self.pdf

    @classmethod
    def unpacked(cls, data: bytes) -> "Leaflet":
        head, _, pdf = data.partition(b"\n")
        told = json.loads(head)
        return cls(pdf, told["pages"], tuple(told["warnings"]))


@cache
def _versions() -> str:
    from importlib.metadata import version  # noqa: PLC0415 - 20 ms that a build without leaflets saves

    return " ".join(f"{name} {version(name)}" for name in ("weasyprint", "pydyf", "pikepdf"))


def address(sheet: Sheet) -> str:
    """The address of the borough's page, which the leaflet prints."""
    base = sheet.site.settings.address.href.rstrip("/")
    return f"{base}/{sheet.path}/"


def compose(sheet: Sheet, form: Format, templates: Path = rendering.TEMPLATES) -> Document:
    """The leaflet, ready to be laid out.

    Raises:
        BuildError: it has letters that its fonts do not contain.
    """
    context = rendering.Context(
        sheet,
        "leaflet",
        lambda who: pictures.of(who, sheet.edition, templates).data_uri,
        templates=templates,
    )
    boroughs = sheet.site.settings.boroughs
    cover = pictures.Picture(
        "", "image/svg+xml", drawings.tile_map(boroughs, sheet.borough.slug, COVER_COLOURS).encode()
    )
    html = (
        rendering.environment(templates)
        .get_template("leaflet/booklet.html")
        .render(
            site=sheet.site.settings,
            edition=sheet.edition.head,
            borough=sheet.borough,
            sections=rendering.sections(context),
            form=form,
            font_files=FONT_FILES,
            styles=[(templates / name).read_text("utf-8") for name in _styles(form)],
            cover_art=cover.data_uri,
            address=address(sheet),
            qr=_qr_code(address(sheet)),
        )
    )
    files = tuple((name, (templates / "fonts" / name).read_bytes()) for *_, name in FONT_FILES)
    title = f"{sheet.borough.entry.name} {sheet.edition.head.label}"
    if foreign := _foreign_letters(html, [data for _, data in files]):
        raise BuildError(
            f"The leaflet {title} has letters that its fonts do not contain: "
            f"{', '.join(foreign)}. Write these words in Latin letters."
        )
    return Document(title, html, form, files)


def _foreign_letters(html: str, fonts: Iterable[bytes]) -> list[str]:
    """What every font would have to contain, and one does not."""
    known = frozenset.intersection(*map(_letters, fonts))
    text = unescape(re.sub(r"<style.*?</style>|<[^>]*>", "", html, flags=re.DOTALL))
    return sorted(letter for letter in set(text) - known if letter.isprintable())


@cache
def _letters(font: bytes) -> frozenset[str]:
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - 30 ms that a build without leaflets saves

    return frozenset(map(chr, TTFont(io.BytesIO(font), lazy=True).getBestCmap()))


def _styles(form: Format) -> Iterator[str]:
    yield "css/tokens.css"
    yield "css/leaflet.css"
    yield form.stylesheet


def _qr_code(text: str) -> str:
    """The address as an inline SVG, as large as its box."""
    import segno  # noqa: PLC0415 - only where a leaflet is composed

    code = segno.make(text, error="m", micro=False)
    width, _ = code.symbol_size(border=0)
    path = "".join(
        f"M{x} {y}h1v1h-1z"
        for y, row in enumerate(code.matrix_iter(border=0))
        for x, dark in enumerate(row)
        if dark
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="qr" viewBox="0 0 {width} {width}">'
        f"<title>QR code that opens {text}</title>"
        f'<path fill="#000" d="{path}"/></svg>'
    )


def typeset(document: Document) -> Leaflet:
    """Lay the document out and write it as PDF/UA-1.

    Raises:
        BuildError: a font came in that is not in the document, so letters would be another's.
    """
    import weasyprint  # noqa: PLC0415 - 0.6 s that a build without leaflets saves
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415

    from policing_summary.finish import accessible  # noqa: PLC0415

    told = _Listener()
    logging.getLogger("weasyprint").addHandler(told)
    try:
        html = weasyprint.HTML(
            string=document.html, base_url="leaflet:/", url_fetcher=_fetcher(document)
        )
        rendered = html.render(
            font_config=FontConfiguration(), pdf_variant="pdf/ua-1", optimize_images=True
        )
        pdf = rendered.write_pdf(pdf_variant="pdf/ua-1")
    finally:
        logging.getLogger("weasyprint").removeHandler(told)
    foreign = sorted({name for name in _font_names(pdf) if not name.startswith(OUR_FONTS)})
    if foreign:
        raise BuildError(
            f"The leaflet {document.title} was set in a font that is not its own: "
            f"{', '.join(foreign)}. Look for letters from another script."
        )
    warnings = [f"The leaflet {document.title}: {line}" for line in told.lines]
    warnings += _misfits(document, [dict(page.anchors) for page in rendered.pages])
    return Leaflet(accessible(pdf), len(rendered.pages), tuple(warnings))


def _misfits(document: Document, pages: Sequence[Anchors]) -> Iterator[str]:
    """What does not fit its place, in words that say which section to shorten or lengthen.

    Floats and absolute boxes run off a page without a word. So each box that may has a marker at
    its end, and a marker that is lost, past the foot of its page or on another one, tells.
    """
    form, told = document.format, f"The leaflet {document.title}"
    foot = (form.height - form.foot) * PIXELS_PER_MM + 1
    ends: dict[str, int] = {}
    sections: dict[str, list[int]] = {}
    for number, anchors in enumerate(pages, 1):
        floor = min(foot, anchors["imprint"][1] if "imprint" in anchors else foot)
        for name, (_, _, _, bottom) in anchors.items():
            if name in model.sections():
                sections.setdefault(name, []).append(number)
            elif name.startswith(END) and bottom <= floor:
                ends[name.removeprefix(END)] = number
    wanted = [name.removeprefix(END) for name in re.findall(rf'id="({END}[^"]+)"', document.html)]
    strayed = {
        section
        for end in wanted
        if ends.get(end) not in sections.get(section := end.partition("-")[0], ())
    }
    for name, on in sections.items():
        if form.whole_sections and (len(on) > 1 or name in strayed):
            yield f"{told}: `{name}` does not fit on page {on[0]}. Shorten it."
    if len(pages) != form.pages:
        begin = ", ".join(f"{name} on {on[0]}" for name, on in sections.items())
        yield (
            f"{told} has {len(pages)} pages, and an {form.title} has {form.pages}. "
            f"The sections begin so: {begin}."
        )


class _Listener(logging.Handler):
    """Collects what WeasyPrint would only log."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


def _fetcher(document: Document) -> object:
    """Knows the document's own files and data addresses, and no other."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: PLC0415

    files = dict(document.files)

    class OwnFiles(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: object = None) -> object:
            name = url.removeprefix("leaflet:/")
            if name in files:
                return URLFetcherResponse(url, files[name], {"Content-Type": "font/woff2"})
            return super().fetch(url, headers)

    return OwnFiles(allowed_protocols={"data"})


def _font_names(pdf: bytes) -> Iterator[str]:
    """The names of the embedded fonts, without the tag of their subset."""
    import pikepdf  # noqa: PLC0415

    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for item in opened.objects:
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor":
                yield str(item.FontName).lstrip("/").partition("+")[2] or str(item.FontName)
