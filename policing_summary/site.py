"""Sheets + finished leaflets → the files of the site: {path: bytes}.

Every address inside the site is relative, so it works under any base path.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from policing_summary import (
    drawings,
    easyread,
    export,
    leaflet,
    newsletter,
    pictures,
    rendering,
    transcript,
)
from policing_summary.content import Borough, Edition, Site
from policing_summary.formats import Format
from policing_summary.language import Language
from policing_summary.leaflet import Leaflet
from policing_summary.model.base import Person
from policing_summary.pictures import Picture
from policing_summary.sheet import Sheet
from policing_summary.tracing import Fact, Trace

LAYERS = ("tokens", "base", "screen", "print")
WEB_FONTS = (  # family, weight, style, file, whether the top of a page is set in it
    ("Summary Sans", 400, "normal", "SummarySans-Regular.woff2", True),
    ("Summary Sans", 400, "italic", "SummarySans-Italic.woff2", False),
    ("Summary Sans", 600, "normal", "SummarySans-Semibold.woff2", True),
    ("Summary Serif", 400, "normal", "SummarySerif-Regular.woff2", True),
    ("Summary Serif", 600, "normal", "SummarySerif-Semibold.woff2", True),
)
HERO_COLOURS = ("#1f4468", "#16324f", "#f2b544")


@dataclass(frozen=True)
class Printed:
    """All that a borough's page is made of."""

    sheet: Sheet
    leaflets: tuple[tuple[Format, Leaflet], ...]
    trace: Trace


@dataclass(frozen=True)
class Download:
    """A leaflet as its page offers it."""

    file: str
    pages: int
    size: str
    format: str


@dataclass(frozen=True)
class Offer:
    """The same summary in another form, as its page offers it."""

    file: str
    title: str
    note: str


@dataclass(frozen=True)
class Assets:
    """The site's own stylesheet, fonts and icon, by path; `first_seen` fonts set the first words."""

    stylesheet: str
    first_seen: tuple[str, ...]
    files: Mapping[str, bytes]


def pages(
    site: Site,
    printed: Sequence[Printed],
    templates: Path = rendering.TEMPLATES,
) -> dict[str, bytes]:
    """Every file of the site by its path below the site's root."""
    assets = _assets(templates)
    files = dict(assets.files)
    shown = _View(site, assets, templates)
    for each in printed:
        for form, made in each.leaflets:
            files[f"{each.sheet.path}/{form.file}"] = made.pdf
        files |= shown.borough(each)
    for edition in site.editions:
        files[f"{edition.slug}/index.html"] = shown.edition(edition)
        facts = _each_once(
            fact for each in printed if each.sheet.edition is edition for fact in each.trace.facts
        )
        files[f"{edition.slug}/figures.csv"] = export.to_csv(facts)
        files[f"{edition.slug}/figures.json"] = export.to_json(facts, edition.head.title)
    files["index.html"] = shown.index()
    return files


def other_forms(sheet: Sheet, templates: Path) -> dict[str, bytes]:
    """The summary as text and as a newsletter, by the names of their files."""
    address = leaflet.address(sheet)
    digest = newsletter.compose(sheet, address, templates)
    return {transcript.FILE: transcript.write(sheet, address, templates), **digest.files}


def _easy_offer(sheet: Sheet) -> Iterator[Offer]:
    if easyread.is_written(sheet):
        say = sheet.language.gettext
        yield Offer(f"{easyread.FOLDER}/index.html", say("Easy read"), say("with pictures"))


def _offers(forms: Mapping[str, bytes], language: Language) -> list[Offer]:
    titles = {
        newsletter.PAGE: language.gettext("Newsletter"),
        transcript.FILE: language.gettext("Plain text"),
    }
    return [Offer(name, title, size(len(forms[name]))) for name, title in titles.items()]


def size(count: int) -> str:
    """A file's size as readers know it: `73 kB`, `1.2 MB`."""
    if count < 999_500:  # noqa: PLR2004 - above it is rounded to a megabyte
        return f"{max(1, round(count / 1000))} kB"
    return f"{count / 1_000_000:.1f} MB"


@dataclass(frozen=True)
class _View:
    site: Site
    assets: Assets
    templates: Path

    def borough(self, printed: Printed) -> dict[str, bytes]:
        sheet, trace = printed.sheet, printed.trace
        found: dict[str, bytes] = {}
        folder = sheet.path

        def portrait(person: Person) -> str:
            return kept(pictures.of(person, sheet.edition, self.templates))

        def kept(picture: pictures.Picture) -> str:
            found[f"{folder}/{picture.name}"] = picture.data
            return picture.name

        sections = rendering.sections(
            rendering.Context(
                sheet,
                "page",
                portrait,
                trace.facts,
                self.templates,
                lambda name: kept(pictures.named(name, sheet.edition)),
            )
        )
        forms = other_forms(sheet, self.templates)
        found |= {f"{folder}/{name}": data for name, data in forms.items()}
        downloads = [
            Download(form.file, made.pages, size(len(made.pdf)), form.title)
            for form, made in printed.leaflets
        ]
        title = f"{sheet.borough.entry.name}: {sheet.edition.head.title}"
        found[f"{folder}/figures.csv"] = export.to_csv(trace.facts)
        found[f"{folder}/figures.json"] = export.to_json(trace.facts, title)
        slug = sheet.borough.slug
        drawing = drawings.tile_map(self.site.settings.boroughs, slug, HERO_COLOURS)
        found[f"{folder}/map.svg"] = drawing.encode()
        found[f"{folder}/index.html"] = self._page(
            "borough.html",
            root="../../",
            path=f"{folder}/",
            edition=sheet.edition.head,
            edition_slug=sheet.edition.slug,
            borough=sheet.borough,
            contents=[(part.name, sheet.words.title(part.section)) for part in sheet.borough.parts],
            sections=sections,
            download=downloads[0] if downloads else None,
            offers=[
                *_easy_offer(sheet),
                *(_offer(each, sheet.language) for each in downloads[1:]),
                *_offers(forms, sheet.language),
            ],
        )
        easy = [form.file for form, _ in printed.leaflets if form.content == "easy-read"]
        to_print = next((each for each in downloads if each.file in easy), None)
        return found | self._easy_read(sheet, to_print)

    def _easy_read(self, sheet: Sheet, download: Download | None) -> dict[str, bytes]:
        """The easy-read page and its pictures; nothing where no section has easy sentences."""
        found: dict[str, bytes] = {}
        folder = f"{sheet.path}/{easyread.FOLDER}"
        root = "../" * (folder.count("/") + 1)

        def show(picture: Picture) -> str:
            name = f"assets/pictures/{_hashed(picture.name, picture.data)}"
            found[name] = picture.data
            return f"{root}{name}"

        if chapters := easyread.chapters(sheet, "page", show, self.templates):
            found[f"{folder}/index.html"] = self._page(
                "easy-read.html",
                root=root,
                path=f"{folder}/",
                edition=sheet.edition.head,
                borough=sheet.borough,
                chapters=chapters,
                download=download,
            )
        return found

    def edition(self, edition: Edition) -> bytes:
        return self._page(
            "edition.html",
            root="../",
            path=f"{edition.slug}/",
            edition=edition.head,
            boroughs=_listed(edition.boroughs),
        )

    def index(self) -> bytes:
        editions = [(e.slug, e.head, _listed(e.boroughs)) for e in self.site.editions]
        return self._page("index.html", root="", path="", editions=editions)

    def _page(self, template: str, **names: object) -> bytes:
        base = self.site.settings.address.href.rstrip("/")
        html = (
            rendering.environment(self.templates)
            .get_template(f"site/{template}")
            .render(
                site=self.site.settings,
                stylesheet=self.assets.stylesheet,
                first_seen=self.assets.first_seen,
                canonical=f"{base}/{names['path']}",
                **names,
            )
        )
        return str(Markup(html)).encode()  # noqa: S704 - Jinja escaped it


def _offer(download: Download, language: Language) -> Offer:
    """A leaflet that is not the first of its borough's."""
    note = language.ngettext(
        "PDF, %(num)s page, %(size)s",
        "PDF, %(num)s pages, %(size)s",
        download.pages,
        num=download.pages,
        size=download.size,
    )
    return Offer(download.file, language.gettext(download.format), note)


def _each_once(facts: Iterable[Fact]) -> list[Fact]:
    """Facts that every borough prints stand in the edition's file once."""
    return list({(fact.area, fact.id): fact for fact in facts}.values())


def _listed(boroughs: Sequence[Borough]) -> list[Borough]:
    return sorted(boroughs, key=lambda borough: borough.entry.name)


def _assets(templates: Path) -> Assets:
    files = {"assets/icon.svg": drawings.icon(HERO_COLOURS).encode()}
    faces, first_seen = [], []
    for family, weight, style, name, is_seen_first in WEB_FONTS:
        data = (templates / "fonts" / "web" / name).read_bytes()
        path = f"fonts/{_hashed(name, data)}"
        files[f"assets/{path}"] = data
        first_seen += [f"assets/{path}"] if is_seen_first else []
        faces.append(
            f'@font-face {{ font-family: "{family}"; font-weight: {weight}; font-style: {style}; '
            f'font-display: swap; src: url("{path}") format("woff2"); }}'
        )
    layers = [f"@layer {', '.join(LAYERS)};", *faces]
    for layer in LAYERS:
        rules = (templates / "css" / f"{layer}.css").read_text("utf-8")
        layers.append(f"@layer {layer} {{\n{rules}}}")
    css = "\n".join(layers).encode()
    stylesheet = f"assets/{_hashed('site.css', css)}"
    return Assets(stylesheet, tuple(first_seen), {**files, stylesheet: css})


def _hashed(name: str, data: bytes) -> str:
    """The name with a hash of the content, so that browsers may keep the file for good."""
    stem, _, suffix = name.rpartition(".")
    return f"{stem}.{hashlib.sha256(data).hexdigest()[:10]}.{suffix}"
