"""Sheets + finished leaflets → the files of the site: {path: bytes}.

Every address inside the site is relative, so it works under any base path.
"""

from collections import ChainMap
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TypeAlias

from policing_summary import (
    archive,
    around,
    assets,
    boards,
    calendars,
    dating,
    drawings,
    easyread,
    feeds,
    finding,
    heads,
    hosting,
    identity,
    leaflet,
    lettering,
    newsletter,
    opendata,
    pictures,
    redirects,
    rendering,
    sidebyside,
    theme,
    transcript,
)
from policing_summary.boards import Board
from policing_summary.content import Site
from policing_summary.document import Leaflet
from policing_summary.export import Line
from policing_summary.formats import Format
from policing_summary.language import ENGLISH, Language
from policing_summary.model.base import Person
from policing_summary.model.voices import Contact, Contacts
from policing_summary.numerals import rounded
from policing_summary.pictures import Picture
from policing_summary.sheet import Sheet
from policing_summary.shell import LinkedVersion, Shell
from policing_summary.theme import Theme
from policing_summary.tracing import Trace


@dataclass(frozen=True)
class Printed:
    """All that a borough's page is made of."""

    sheet: Sheet
    leaflets: tuple[tuple[Format, Leaflet], ...]
    trace: Trace

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Its figures as they stand in files; a translation has those of its original."""
        return () if self.sheet.original else opendata.lines_of(self.sheet, self.trace)


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


def pages(
    site: Site,
    printed: Sequence[Printed],
    templates: Path = rendering.TEMPLATES,
    drawn: Mapping[str, bytes] = MappingProxyType({}),
) -> dict[str, bytes]:
    """Every file of the site by its path below the site's root, with those that were `drawn`."""
    sheets = [each.sheet for each in printed]
    languages = {sheet.language for sheet in sheets}
    brand = site.settings.brand
    dressed = theme.of(brand)
    made = assets.made(
        templates,
        languages,
        dressed,
        lettering.on_pages(brand, site.folder),
        identity.of(brand, site.folder),
    )
    shell = Shell(site, made, templates)
    compared = boards.of(sheets)
    measures = measures_of(compared)
    by_slug: dict[str, list[Printed]] = {}
    for each in printed:
        by_slug.setdefault(each.sheet.borough.slug, []).append(each)
    files = dict(drawn)
    for own in by_slug.values():
        files |= of_borough(shell, own, measures)
    lines = {each.sheet.path: each.lines for each in printed if not each.sheet.original}
    first = {each.sheet.path: each.leaflets[0][0].file for each in printed if each.leaflets}
    known = Known(sheets, compared, first, lines, frozenset(files), hosting.inline_styles(files))
    return {**files, **of_all(shell, known)}


Measures: TypeAlias = Mapping[str, frozenset[str]]
"""The measures of each edition that have a page of their own."""


def measures_of(compared: Iterable[Board]) -> Measures:
    found: dict[str, set[str]] = {}
    for board in compared:
        found.setdefault(board.edition.slug, set()).add(board.id)
    return {edition: frozenset(measures) for edition, measures in found.items()}


def of_borough(shell: Shell, printed: Sequence[Printed], measures: Measures) -> dict[str, bytes]:
    """The files of one borough, in all editions and languages. The shell's site need hold no other."""
    site, sheets = shell.site, [each.sheet for each in printed]
    view = _View(shell, sheets, {each.sheet.path: each for each in printed}, measures)
    files: dict[str, bytes] = {}
    for each in printed:
        for form, made in each.leaflets:
            files[f"{each.sheet.path}/{form.file}"] = made.pdf
        files |= view.borough(each)
        if not each.sheet.original:
            files |= opendata.of_borough(site, each.sheet, each.lines)
    return files | feeds.of_borough(site, sheets)


@dataclass(frozen=True)
class Known:
    """What the pages around the boroughs' own have to know of these.

    `leaflets` has the first one of each folder that has one, `lines` its figures as they stand in files,
    and `paths` are all files that there are so far.
    """

    sheets: Sequence[Sheet]
    boards: Sequence[Board]
    leaflets: Mapping[str, str]
    lines: Mapping[str, Sequence[Line]]
    paths: Collection[str]
    inline_styles: frozenset[str]


Put: TypeAlias = Callable[[Iterable[tuple[str, bytes]]], Mapping[str, bytes]]
"""Keeps files that come one after the other, in memory or where there is more room."""


def of_all(shell: Shell, known: Known, put: Put = dict) -> Mapping[str, bytes]:
    """The files that are no borough's own. The shell's site holds all boroughs."""
    site = shell.site
    files = dict(shell.assets.files)
    files |= around.pages(shell, known.sheets, known.leaflets, set(measures_of(known.boards)))
    compared = put(sidebyside.pages(shell, known.boards))
    files |= opendata.of_all(shell, known.lines)
    paths = {*known.paths, *files, *compared}
    files |= feeds.files(site, known.sheets, _indexed(site, known.sheets, paths))
    whole = ChainMap(files, compared)  # type: ignore[arg-type]  # nothing is written into it
    styles = known.inline_styles | hosting.inline_styles(whole)
    files["_headers"] = hosting.headers(site.settings, styles)
    if moved := redirects.of(site):
        files["_redirects"] = hosting.redirections(site.settings, moved)
        files |= around.moved(shell, {*paths, *files})
    return whole


def _indexed(site: Site, sheets: Sequence[Sheet], files: Iterable[str]) -> Iterator[feeds.Listed]:
    """The pages that a search engine may show, each with the day of its last change."""
    days = {page.slug: page.head.changed for page in site.pages}
    days |= {edition.slug: dating.changed(edition) for edition in site.editions}
    for edition in site.editions:
        days[f"{edition.slug}/{sidebyside.FOLDER}"] = dating.changed(edition)
    days |= {each.path: dating.changed(each.edition, each.borough.head) for each in sheets}
    days |= {f"{each.path}/{easyread.FOLDER}": days[each.path] for each in sheets}
    for path in files:
        folder, _, name = path.rpartition("/")
        if name == "index.html" and folder != around.SEARCH:
            yield feeds.Listed(f"{folder}/" if folder else "", days.get(folder))


def other_forms(sheet: Sheet, templates: Path) -> dict[str, bytes]:
    """The summary as text and as a newsletter, by the names of their files."""
    address = leaflet.address(sheet)
    digest = newsletter.compose(sheet, address, templates)
    return {transcript.FILE: transcript.write(sheet, address, templates), **digest.files}


def _easy_offer(sheet: Sheet) -> Iterator[Offer]:
    if easyread.is_written(sheet):
        say = sheet.language.gettext
        yield Offer(f"{easyread.FOLDER}/index.html", say("Easy read"), say("with pictures"))


def _data_offers(sheet: Sheet, up: str) -> Iterator[Offer]:
    """The figures, and the dates if there are any; both lie with the original."""
    language = sheet.language
    if calendars.events(sheet):
        dates = language.gettext("Dates for your calendar")
        yield Offer(f"{up}{calendars.FILE}", dates, "iCalendar")
    yield Offer(f"{up}figures.csv", language.gettext("Figures as a table"), "CSV")
    yield Offer(f"{up}figures.json", language.gettext("Figures as data"), "JSON")


def _urgent(sheet: Sheet) -> tuple[Contact, ...]:
    """The emergency number and the police's own, which stand on top of the page as well."""
    part = sheet.borough.part(Contacts.name)
    if part is None or not isinstance(part.section, Contacts):
        return ()
    return tuple(each for each in part.section.urgent_first if each.is_urgent)


def _offers(forms: Mapping[str, bytes], language: Language) -> list[Offer]:
    titles = {
        newsletter.PAGE: language.gettext("Newsletter"),
        transcript.FILE: language.gettext("Plain text"),
    }
    return [Offer(name, title, size(len(forms[name]), language)) for name, title in titles.items()]


def size(count: int, language: Language = ENGLISH) -> str:
    """A file's size as readers know it: `73 kB`, `1.2 MB`."""
    if count < 999_500:  # noqa: PLR2004 - above it is rounded to a megabyte
        return language.left_to_right(f"{language.count(max(1, round(count / 1000)))} kB")
    return language.left_to_right(f"{language.count(rounded(Decimal(count) / 1_000_000))} MB")


@dataclass(frozen=True)
class _View:
    shell: Shell
    sheets: Sequence[Sheet]
    printed: Mapping[str, Printed]
    measures: Measures

    @property
    def site(self) -> Site:
        return self.shell.site

    @property
    def templates(self) -> Path:
        return self.shell.templates

    @property
    def theme(self) -> Theme:
        return theme.of(self.site.settings.brand)

    def borough(self, printed: Printed) -> dict[str, bytes]:
        sheet, trace = printed.sheet, printed.trace
        found: dict[str, bytes] = {}
        original = sheet.original or sheet
        folder, up = sheet.path, "../" if sheet.original else ""

        def portrait(person: Person) -> str:
            return kept(
                pictures.of(person, sheet.edition, self.templates, self.shell.assets.initials)
            )

        def kept(picture: pictures.Picture) -> str:
            data = self.theme.dressed(picture.name, picture.data)
            found[f"{original.path}/{picture.name}"] = data
            return up + picture.name

        sections = rendering.sections(
            rendering.Context(
                sheet,
                "page",
                portrait,
                trace.facts,
                self.templates,
                lambda name: kept(pictures.named(name, sheet.edition)),
                original_facts=self.printed[original.path].trace.facts,
                up=up,
                compared=self.measures.get(original.edition.slug, frozenset()),
            )
        )
        forms = other_forms(sheet, self.templates)
        found |= {f"{folder}/{name}": data for name, data in forms.items()}
        downloads = [
            Download(form.file, made.pages, size(len(made.pdf), sheet.language), form.title)
            for form, made in printed.leaflets
        ]
        if sheet is original:
            found |= self._beside(sheet)
        found[f"{folder}/index.html"] = self.shell.page(
            "borough.html",
            f"{folder}/",
            heads.of_borough(
                self.site, sheet, f"{folder}/", [form for form, _ in printed.leaflets]
            ),
            sheet.language,
            site=sheet.site.settings,
            up=up,
            newer=archive.newer(self.site, original.edition, original.borough.slug),
            versions=self._versions(sheet),
            is_checked=sheet.is_checked,
            edition=sheet.edition.head,
            borough=sheet.borough,
            contents=[
                (p.name, sheet.title(p), p.language if p.language != sheet.language else None)
                for p in sheet.borough.parts
            ],
            sections=sections,
            download=downloads[0] if downloads else None,
            offers=[
                *_easy_offer(sheet),
                *(_offer(each, sheet.language) for each in downloads[1:]),
                *_offers(forms, sheet.language),
                *_data_offers(sheet, up),
            ],
            urgent=_urgent(sheet),
            others=self._other_editions(original),
            changed=dating.changed(original.edition, original.borough.head),
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
            data = self.theme.dressed(picture.name, picture.data)
            name = f"assets/pictures/{assets.hashed(picture.name, data)}"
            found[name] = data
            return f"{root}{name}"

        if chapters := easyread.chapters(sheet, "page", show, self.templates):
            found[f"{folder}/index.html"] = self.shell.page(
                "easy-read.html",
                f"{folder}/",
                heads.of_borough(self.site, sheet, f"{folder}/", ()),
                sheet.language,
                site=sheet.site.settings,
                up="../" if sheet.original else "",
                edition=sheet.edition.head,
                borough=sheet.borough,
                chapters=chapters,
                download=download,
            )
        return found

    def _beside(self, sheet: Sheet) -> dict[str, bytes]:
        """What every language shares: the map and the dates for a calendar, if there are any."""
        boroughs, slug = self.site.settings.boroughs, sheet.borough.slug
        found: dict[str, bytes] = {}
        if boroughs[slug].tile:
            drawing = drawings.tile_map(boroughs, slug, self.theme.hero)
            found[f"{sheet.path}/map.svg"] = drawing.encode()
        if dates := calendars.of(sheet):
            found[f"{sheet.path}/{calendars.FILE}"] = dates
        return found

    def _other_editions(self, sheet: Sheet) -> list[finding.Published]:
        """The same borough's other summaries, newest first."""
        own = finding.summaries(self.site, sheet.borough.slug)
        return [each for each in own if each.folder != sheet.path]

    def _versions(self, sheet: Sheet) -> list[LinkedVersion]:
        """The same summary in every language it is in, the original first; none if it is alone."""
        original = sheet.original or sheet
        all_of_them = [each for each in self.sheets if (each.original or each) is original]
        up = "../" if sheet.original else ""
        return [
            LinkedVersion(
                each.language,
                leaflet.address(each),
                f"{up}{each.language.tag}/index.html" if each.original else f"{up}index.html",
            )
            for each in all_of_them
            if len(all_of_them) > 1
        ]


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
