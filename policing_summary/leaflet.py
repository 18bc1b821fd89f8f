"""Sheet + format → a document that holds everything it needs, and what becomes of it: a leaflet.

`compose` runs in the parent; `typesetting` lays the document out in a worker, and returns a value.
"""

import hashlib
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import cache
from html import unescape
from itertools import groupby
from pathlib import Path

from markupsafe import Markup

from policing_summary import (
    drawings,
    easyread,
    headlines,
    mirroring,
    pictures,
    rendering,
    theme,
    typefaces,
)
from policing_summary.content import Part
from policing_summary.errors import BuildError
from policing_summary.formats import Format
from policing_summary.language import Language
from policing_summary.model.access import Languages
from policing_summary.sheet import Sheet

COVER_COLOURS = ("#1f4468", "#16324f", "#f2b544")
PALE_COVER_COLOURS = ("#c9d2da", "#ffffff", "#16324f")  # --line, --paper, --deep
ANYWHERE = "(any borough)"  # stands in running heads where a page is laid out for all boroughs
RECIPE = 7  # goes up whenever `typeset` makes other bytes from the same document


@dataclass(frozen=True)
class Piece:
    """One section as HTML."""

    name: str
    html: str = field(repr=False)

    @property
    def words(self) -> int:
        return len(re.sub(r"<[^>]*>", " ", self.html).split())

    @property
    def text_words(self) -> int:
        """Those of its paragraphs: what an editor can cut, as against tables and drawings."""
        bare = re.sub(r"<(table|svg|ul)\b.*?</\1>", " ", self.html, flags=re.DOTALL)
        paragraphs = re.findall(r"<p\b[^>]*>(.*?)</p>", bare, re.DOTALL)
        return sum(len(re.sub(r"<[^>]*>", " ", each).split()) for each in paragraphs)


@dataclass(frozen=True)
class Document:
    """All that a leaflet is made of.

    `optional` names the sections that may be left out where there is no room, the first one first.
    `styles` are those of every leaflet in the same edition, language and format; `own` come after them, and are
    this borough's. `files` are its fonts, by the name its stylesheet calls them, and `families` their names.
    """

    title: str
    language: str
    direction: str
    head: str = field(repr=False)
    body_class: str
    cover: str = field(repr=False)
    contents: str = field(repr=False)
    pieces: tuple[Piece, ...]
    imprint: str = field(repr=False)
    styles: str = field(repr=False)
    format: Format
    files: tuple[tuple[str, bytes], ...] = field(repr=False)
    families: tuple[str, ...]
    optional: tuple[str, ...] = ()
    own: str = field(default="", repr=False)

    @property
    def front(self) -> str:
        """What stands before the first section."""
        return f"{self.cover}\n{self.contents}" if self.contents else self.cover

    @property
    def html(self) -> str:
        """All that is printed, in reading order."""
        return "\n".join([self.front, *(piece.html for piece in self.pieces), self.imprint])

    def page(self, inner: str, classes: str = "") -> str:
        """A whole HTML document around some of it."""
        return (
            f'<!DOCTYPE html>\n<html lang="{self.language}" dir="{self.direction}"><head>{self.head}</head>\n'
            f'<body class="{self.body_class} {classes}">\n{inner}\n</body></html>'
        )

    @property
    def key(self) -> str:
        """A hash of everything that goes into the PDF, the versions of the tools included."""
        digest = hashlib.sha256(f"{RECIPE} {_versions()} {_settled(self.format)}".encode())
        parts = (self.page(self.html), self.styles, self.own, " ".join(self.optional))
        for name, data in (*(("", part.encode()) for part in parts), *self.files):
            digest.update(f"{name} {len(data)} ".encode())
            digest.update(data)
        return digest.hexdigest()


def _settled(form: Format) -> str:
    """The format in words that are the same in every process: a set has no order of its own."""
    return json.dumps(asdict(form), default=sorted)


@dataclass(frozen=True)
class FittedRun:
    """How one run of pages came to fit: factors of the natural type size and spacing."""

    sections: tuple[str, ...]
    first: int
    pages: int
    type_size: float
    spacing: float
    filled: float


@dataclass(frozen=True)
class Refusal:
    """Why a leaflet cannot be printed: too much or too little on some of its pages.

    `section` is the one to shorten or to lengthen by so many `lines`, or about so many `words`.
    """

    section: str
    first: int
    last: int
    lines: int
    words: int
    is_over: bool
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class Fit:
    """The record of what was done to give a leaflet exactly its pages."""

    runs: tuple[FittedRun, ...] = ()
    left_out: tuple[str, ...] = ()
    refusals: tuple[Refusal, ...] = ()

    @property
    def is_natural(self) -> bool:
        return not self.left_out and all((r.type_size, r.spacing) == (1, 1) for r in self.runs)


@dataclass(frozen=True)
class Leaflet:
    """A finished leaflet; `warnings` are whole sentences. With refusals it is not to be printed."""

    pdf: bytes = field(repr=False)
    pages: int
    fit: Fit = Fit()
    warnings: tuple[str, ...] = ()

    def packed(self) -> bytes:
        """As it is kept in the cache; `unpacked` reads it again."""
        told = {"pages": self.pages, "fit": asdict(self.fit), "warnings": self.warnings}
        return json.dumps(told).encode() + b"\n" + self.pdf

    @classmethod
    def unpacked(cls, data: bytes) -> "Leaflet":
        head, _, pdf = data.partition(b"\n")
        told = json.loads(head)
        return cls(pdf, told["pages"], _fit(told["fit"]), tuple(told["warnings"]))


def _fit(told: dict[str, list[dict[str, object]]]) -> Fit:
    def tuples(row: dict[str, object]) -> dict[str, object]:
        return {key: tuple(v) if isinstance(v, list) else v for key, v in row.items()}

    return Fit(
        tuple(FittedRun(**tuples(row)) for row in told["runs"]),  # type: ignore[arg-type]
        tuple(map(str, told["left_out"])),
        tuple(Refusal(**tuples(row)) for row in told["refusals"]),  # type: ignore[arg-type]
    )


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
        picture=lambda name: pictures.named(name, sheet.edition).data_uri,
        form=form,
    )
    title = f"{sheet.borough.entry.name} {sheet.edition.head.label}"
    faces = typefaces.in_leaflet(sheet.language, _tongues(sheet))
    pieces = tuple(_pieces(sheet, form, context))
    names = {piece.name for piece in pieces}
    dressed = theme.of(sheet.site.settings.brand)
    document = Document(
        title=title,
        language=sheet.language.tag,
        direction=sheet.language.direction,
        head=dressed.dress(_filled("head.html", sheet, form, templates)),
        body_class=f"{form.name}{' specimen' if sheet.borough.head.specimen else ''}",
        cover=dressed.dress(_filled("cover.html", sheet, form, templates)),
        contents=_filled("contents.html", sheet, form, templates) if form.has_contents else "",
        pieces=tuple(replace(piece, html=dressed.dress(piece.html)) for piece in pieces),
        imprint=dressed.dress(_filled("imprint.html", sheet, form, templates)),
        styles=dressed.dress("\n".join(_styles(sheet, form, templates))),
        own=dressed.dress(_own_styles(sheet, form)),
        format=form,
        files=tuple(
            (each.file, typefaces.for_print(templates / "fonts" / each.file, each.size))
            for each in faces
        ),
        families=tuple(sorted({each.family for each in faces})),
        optional=tuple(name for name in _optional(sheet) if name in names),
    )
    if foreign := _foreign_letters(document):
        raise BuildError(
            f"The leaflet {title} has letters that its fonts do not contain: "
            f"{', '.join(foreign)}. Write these words in {sheet.language.letters} letters."
        )
    return document


def _tongues(sheet: Sheet) -> tuple[Language, ...]:
    """The languages in which readers of other ones are addressed, each once."""
    part = sheet.borough.part(Languages.name)
    items = part.section.items if part and isinstance(part.section, Languages) else ()
    return tuple(dict.fromkeys(item.language for item in items))


def _optional(sheet: Sheet) -> list[str]:
    """What may be left out: in a translation first whatever is not translated."""
    foreign = [part.name for part in sheet.borough.parts if part.language != sheet.language]
    return [*foreign, *(name for name in sheet.edition.head.optional if name not in foreign)]


def _pieces(sheet: Sheet, form: Format, context: rendering.Context) -> Iterator[Piece]:
    """The sections; `finish` knows by an article what stands in English in a translation."""
    if form.content == "easy-read":
        told = easyread.chapters(sheet, "leaflet", lambda each: each.data_uri, context.templates)
        yield from (Piece(chapter.name, str(chapter.html)) for chapter in told)
        return
    for part in _printed(sheet, form):
        html = str(rendering.section(part, context))
        is_foreign = part.language != sheet.language
        yield Piece(part.name, f"<article>{html}</article>" if is_foreign else html)


def _printed(sheet: Sheet, form: Format) -> list[Part]:
    """The parts that the format prints, in its order."""
    parts = {part.name: part for part in sheet.borough.parts}
    return [parts[name] for name in form.arranged(parts)]


def _filled(template: str, sheet: Sheet, form: Format, templates: Path) -> str:
    is_easy = form.content == "easy-read"
    folder = "easy-read" if is_easy else "leaflet"
    made = rendering.environment(templates, sheet.language).get_template(f"{folder}/{template}")
    page = f"{address(sheet)}{easyread.FOLDER}/" if is_easy else address(sheet)
    return made.render(
        site=sheet.site.settings,
        edition=sheet.edition.head,
        borough=sheet.borough,
        form=form,
        contents=[(part.name, sheet.words.title(part.section)) for part in _printed(sheet, form)],
        headlines=headlines.largest(sheet, form.headlines),
        address=page,
        qr=_qr_code(page, sheet.language) if template == "imprint.html" else "",
        drawing=lambda name: pictures.drawing(name, templates).data_uri,
    )


def _foreign_letters(document: Document) -> list[str]:
    """What every font of some script would have to contain, and one does not."""
    latin = len(typefaces.LATIN)
    fonts = [_letters(data) for _, data in document.files]
    known = frozenset.intersection(*fonts[:latin])
    others = zip(document.files[latin:], fonts[latin:], strict=True)
    for _, family in groupby(others, key=lambda each: each[0][0].partition("-")[0]):
        known |= frozenset.intersection(*(letters for _, letters in family))
    text = unescape(re.sub(r"<[^>]*>", "", document.html))
    return sorted(letter for letter in set(text) - known if letter.isprintable())


@cache
def _letters(font: bytes) -> frozenset[str]:
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - 30 ms that a build without leaflets saves

    return frozenset(map(chr, TTFont(io.BytesIO(font), lazy=True).getBestCmap()))


def _styles(sheet: Sheet, form: Format, templates: Path) -> Iterator[str]:
    """Fonts, the stylesheets from the general to the particular, and the words that pages repeat."""
    language = sheet.language
    faces = typefaces.in_leaflet(language, _tongues(sheet))
    yield from (each.rule(f"leaflet:/{each.file}") for each in faces)
    for name in ("css/tokens.css", "css/leaflet.css", form.stylesheet):
        css = typefaces.spaced((templates / name).read_text("utf-8"), language.script)
        yield mirroring.mirrored(css) if language.is_mirrored else css
    if language.script != "Latn":
        yield typefaces.stacks(language.script, typefaces.SANS, typefaces.SERIF)
        yield (templates / "css" / "leaflet-scripts.css").read_text("utf-8")
    yield from typefaces.beside(language, _tongues(sheet))
    yield (
        f":root {{ --site: {_css_text(sheet.site.settings.title)}; "
        f"--edition: {_css_text(sheet.edition.head.label)}; --borough: {_css_text(ANYWHERE)}; "
        f"--folio: {_folio(sheet.language)}; --on-page: {_on_page(sheet.language)}; }}"
    )


def _own_styles(sheet: Sheet, form: Format) -> str:
    """What the styles say of this borough alone: its name in running heads, and the drawing on its cover."""
    name, language = sheet.borough.entry.name, sheet.language
    is_specimen = sheet.borough.head.specimen
    running = language.gettext("%(place)s (specimen)", place=name) if is_specimen else name
    colours = PALE_COVER_COLOURS if form.pale else COVER_COLOURS
    art = drawings.tile_map(sheet.site.settings.boroughs, sheet.borough.slug, colours)
    cover = pictures.Picture("", "image/svg+xml", art.encode())
    return (
        f":root {{ --borough: {_css_text(running)}; }}\n"
        f'.cover {{ background-image: url("{cover.data_uri}"); }}'
    )


def _folio(language: Language) -> str:
    """What stands at the foot of each page, as CSS: the numbers are known when it is laid out."""
    words = language.gettext("Page %(number)s of %(total)s", number="\0n", total="\0t")
    return _with_counters(words, {"n": "counter(page)", "t": "counter(pages)"})


def _on_page(language: Language) -> str:
    """The page that a link in the contents leads to, as CSS."""
    words = language.gettext("page %(number)s", number="\0n")
    return _with_counters(words, {"n": "target-counter(attr(href), page)"})


def _with_counters(words: str, counters: Mapping[str, str]) -> str:
    first, *rest = words.split("\0")
    said = [f"{counters[each[0]]} {_css_text(each[1:])}" for each in rest]
    return " ".join([_css_text(first), *said])


def _css_text(words: str) -> str:
    """Words as a string of CSS, whatever stands in them."""
    return '"' + re.sub(r'["\\\n<]', lambda m: f"\\{ord(m[0]):x} ", words) + '"'


def _qr_code(text: str, language: Language) -> Markup:
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
    title = language.gettext("QR code that opens %(address)s", address=text)
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" class="qr" viewBox="0 0 {width} {width}">'
        "<title>{title}</title>"
        '<path fill="#000000" d="{path}"/></svg>'
    ).format(width=width, title=title, path=path)
