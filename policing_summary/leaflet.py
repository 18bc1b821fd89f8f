"""Sheet + format → a document that holds everything it needs.

`compose` runs in the parent; `typesetting` lays the document out in a worker, and returns a value.
"""

import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from html import unescape
from itertools import groupby
from pathlib import Path

from markupsafe import Markup

from policing_summary import (
    drawings,
    easyread,
    headlines,
    identity,
    lettering,
    mirroring,
    overriding,
    pictures,
    rendering,
    svg,
    theme,
    typefaces,
)
from policing_summary.content import Part
from policing_summary.document import ANYWHERE, Document, Piece
from policing_summary.errors import BuildError
from policing_summary.formats import Format
from policing_summary.language import Language
from policing_summary.lettering import Lettering
from policing_summary.logofiles import Logo
from policing_summary.model.access import Languages
from policing_summary.sheet import Sheet

COVER_COLOURS = ("#1f4468", "#16324f", "#f2b544")
PALE_COVER_COLOURS = ("#c9d2da", "#ffffff", "#16324f")  # --line, --paper, --deep


SIGNS_OF_STYLES = "-–·"
"""What stylesheets themselves print."""


@dataclass(frozen=True)
class Mark:
    """The logo as it stands in a leaflet: its address, and its size in a box that is as wide as 1.

    `says` is nothing if it is decoration there. A plated one stands on a white field.
    """

    address: str
    says: str
    wide: float
    high: float
    is_plated: bool = False

    @classmethod
    def of(cls, logo: Logo, says: str, *, is_plated: bool = False) -> "Mark":
        picture = pictures.Picture(logo.name, logo.media_type, logo.data)
        return cls(picture.data_uri, says, logo.wide, logo.high, is_plated)


def address(sheet: Sheet) -> str:
    """The address of the borough's page, which the leaflet prints."""
    base = sheet.site.settings.address.href.rstrip("/")
    return f"{base}/{sheet.path}/"


def compose(sheet: Sheet, form: Format, templates: Path = rendering.TEMPLATES) -> Document:
    """The leaflet, ready to be laid out.

    Raises:
        BuildError: it has letters that its fonts do not contain.
    """
    brand, content = sheet.site.settings.brand, sheet.site.folder
    own = lettering.in_leaflets(brand, content)
    context = rendering.Context(
        sheet,
        "leaflet",
        lambda who: pictures.of(who, sheet.edition, templates, own.bold_headings).data_uri,
        templates=templates,
        picture=lambda name: pictures.named(name, sheet.edition).data_uri,
        form=form,
    )
    title = f"{sheet.borough.entry.name} {sheet.edition.head.label}"
    drawn_in = svg.in_faces(own.sans)
    pieces = tuple(
        replace(piece, html=piece.html.replace(svg.FONT, drawn_in))
        for piece in _pieces(sheet, form, context)
    )
    names = {piece.name for piece in pieces}
    dressed = theme.of(brand)
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
        styles="",
        own=dressed.dress(_own_styles(sheet, form)),
        format=form,
        files=(),
        families=(),
        optional=tuple(name for name in _optional(sheet) if name in names),
    )
    faces = _faces(sheet, own, document.html, templates)
    document = replace(
        document,
        styles=dressed.dress("\n".join(_styles(sheet, form, templates, own, faces))),
        files=tuple((each.file, _file(each, own, templates)) for each in faces),
        families=tuple(sorted({each.family for each in faces})),
    )
    if foreign := _foreign_letters(document, faces, own):
        raise BuildError(
            f"The leaflet {title} has letters that its fonts do not contain: "
            f"{', '.join(foreign)}. Write these words in {sheet.language.letters} letters."
        )
    return document


def _faces(sheet: Sheet, own: Lettering, html: str, templates: Path) -> tuple[typefaces.Face, ...]:
    """The site's own first, and ours where it has none, or where signs are printed that its own lack."""
    latin = (*own.faces, *typefaces.LATIN)
    if own.is_own and not _lacking(own, html, templates):
        wanted = {*own.sans[:1], *own.serif[:1]}
        latin = tuple(each for each in latin if each.family in wanted)
    return typefaces.in_leaflet(sheet.language, _tongues(sheet), latin)


def _lacking(own: Lettering, html: str, templates: Path) -> frozenset[str]:
    """Letters and signs of a leaflet that are in our typefaces, and not in the site's own."""
    ours = (_letters((templates / "fonts" / each.file).read_bytes()) for each in typefaces.LATIN)
    text = frozenset(unescape(re.sub(r"<[^>]*>", "", html)) + SIGNS_OF_STYLES)
    return (text & frozenset.intersection(*ours)) - own.letters


def _file(face: typefaces.Face, own: Lettering, templates: Path) -> bytes:
    if face.file in own.files:
        return own.files[face.file]
    return typefaces.for_print(templates / "fonts" / face.file, face.size)


def _tongues(sheet: Sheet) -> tuple[Language, ...]:
    """The languages in which readers of other ones are addressed, each once."""
    part = sheet.borough.part(Languages.name)
    items = part.section.items if part and isinstance(part.section, Languages) else ()
    return tuple(dict.fromkeys(item.language for item in items))


def _logos(sheet: Sheet, form: Format) -> dict[str, Mark | None]:
    """The logo for the cover, which is dark unless the format is pale, and for a page without colour."""
    found = identity.of(sheet.site.settings.brand, sheet.site.folder)
    if found.logo is None:
        return {"cover_logo": None, "small_logo": None}
    light = Mark.of(found.logo, found.says, is_plated=not form.pale)
    dark = Mark.of(found.dark, found.says) if found.dark and not form.pale else light
    return {"cover_logo": dark, "small_logo": Mark.of(found.logo, "")}


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
    made = rendering.environment(
        templates, sheet.language, own=overriding.folder_of(sheet.site)
    ).get_template(f"{folder}/{template}")
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
        **_logos(sheet, form),
    )


def _foreign_letters(
    document: Document, faces: Sequence[typefaces.Face], own: Lettering
) -> list[str]:
    """What every font of some script would have to contain, and one does not."""

    def group(found: tuple[typefaces.Face, frozenset[str]]) -> str:
        face = found[0]
        if face in own.faces:
            return "own"
        return "Latin" if face in typefaces.LATIN else face.family

    known = frozenset[str]()
    fonts = [_letters(data) for _, data in document.files]
    for _, family in groupby(zip(faces, fonts, strict=True), key=group):
        known |= frozenset.intersection(*(letters for _, letters in family))
    text = unescape(re.sub(r"<[^>]*>", "", document.html))
    return sorted(letter for letter in set(text) - known if letter.isprintable())


@cache
def _letters(font: bytes) -> frozenset[str]:
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - 30 ms that a build without leaflets saves

    return frozenset(map(chr, TTFont(io.BytesIO(font), lazy=True).getBestCmap()))


def _styles(
    sheet: Sheet,
    form: Format,
    templates: Path,
    own: Lettering,
    faces: Sequence[typefaces.Face],
) -> Iterator[str]:
    """Fonts, the stylesheets from the general to the particular, and the words that pages repeat."""
    language = sheet.language
    sheets = ["css/tokens.css", "css/leaflet.css", form.stylesheet]
    sheets += ["css/leaflet-logo.css"] if sheet.site.settings.brand.logo else []
    yield from (each.rule(f"leaflet:/{each.file}") for each in faces)
    for name in sheets:
        css = typefaces.spaced((templates / name).read_text("utf-8"), language.script)
        yield mirroring.mirrored(css) if language.is_mirrored else css
    there = {each.family for each in faces}
    sans, serif = ([each for each in names if each in there] for names in (own.sans, own.serif))
    if own.is_own or language.script != "Latn":
        yield typefaces.stacks(language.script, sans, serif)
    if language.script != "Latn":
        yield (templates / "css" / "leaflet-scripts.css").read_text("utf-8")
    yield from typefaces.beside(language, _tongues(sheet), sans)
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
        f"M{left} {top}h{right - left}v{bottom - top}H{left}z"
        for left, top, right, bottom in _dark(code.matrix_iter(border=0))
    )
    title = language.gettext("QR code that opens %(address)s", address=text)
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" class="qr" viewBox="0 0 {width} {width}">'
        "<title>{title}</title>"
        '<path fill="#000000" d="{path}"/></svg>'
    ).format(width=width, title=title, path=path)


def _dark(rows: Iterable[Iterable[int]]) -> Iterator[tuple[int, int, int, int]]:
    """The dark modules of a QR code as rectangles: left, top, right, bottom.

    Neighbours are drawn as one, so that no printer leaves hairlines between them, and quickly.
    """
    begun: dict[tuple[int, int], int] = {}
    for y, row in enumerate([*rows, ()]):
        found = set(_strips(row))
        for left, right in sorted(begun.keys() - found):
            yield left, begun.pop((left, right)), right, y
        begun = {strip: begun.get(strip, y) for strip in found}


def _strips(row: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Where dark modules begin and end in a row."""
    at = 0
    for dark, modules in groupby(row):
        begin, at = at, at + len(list(modules))
        if dark:
            yield begin, at
