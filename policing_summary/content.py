"""content/ → Site: every file read and validated, all problems of all files told at once.

A borough's sections are the edition's, with its own set over them.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from policing_summary import declarations, freepages, model, source
from policing_summary.errors import ContentError, Place, Problem
from policing_summary.freepages import FreePage
from policing_summary.language import ENGLISH, Language
from policing_summary.model import brand
from policing_summary.model.base import Section
from policing_summary.model.files import (
    BoroughEntry,
    BoroughHead,
    EditionHead,
    PostcodesFile,
    SiteFile,
)
from policing_summary.nodes import Document, Step
from policing_summary.validation import MOST_TOLD, Model, Reading, did_you_mean, read_as

SITE, EDITION = "site.yaml", "edition.yaml"
YAML = frozenset({".yaml", ".yml"})
COPY = re.compile(r"\bcopy\b|\(\d+\)$| \d+$", re.IGNORECASE)
"""How computers name the copy of a file."""
PAGES, POSTCODES, TEMPLATES = "pages", "postcodes.yaml", "templates"
NO_EDITIONS = frozenset({PAGES, TEMPLATES, brand.FOLDER})
MOST_TOGETHER = 1000
"""Boroughs whose figures stand in one file: of more it would be too large to open, or to put on a host."""


@dataclass(frozen=True)
class Part:
    """A section as it is printed for one borough, and the file it is written in."""

    section: Section
    document: Document
    language: Language = ENGLISH
    translation: Document | None = None
    """The file that its words are written in, if they are not the original's."""

    @property
    def name(self) -> str:
        return self.section.name

    @property
    def is_whole(self) -> bool:
        """Whether all of it could be read; if not, what is missing need not be missing."""
        return self.document.has_all_of(self.name)

    def place(self, *steps: Step) -> Place:
        return self.document.place(self.name, *steps)

    def within(self, steps: tuple[Step, ...], words: str, occurrence: int = 0) -> Place:
        """The place of the n-th `words` in the text at `steps`."""
        return (self.translation or self.document).within((self.name, *steps), words, occurrence)


@dataclass(frozen=True)
class Borough:
    """In the original's language; `translating` says it in others."""

    slug: str
    entry: BoroughEntry
    head: BoroughHead
    document: Document
    parts: tuple[Part, ...]

    def part(self, name: str) -> Part | None:
        return next((part for part in self.parts if part.name == name), None)


@dataclass(frozen=True)
class Edition:
    """`folder` holds the edition's files and its `images/`."""

    slug: str
    folder: Path
    head: EditionHead
    document: Document
    boroughs: tuple[Borough, ...]


@dataclass(frozen=True)
class TranslationFile:
    """A translation as it was typed: `havering.pl.yaml` is the one of `havering` into `pl`.

    `edition` is the slug of its folder; it is empty for the translation of site.yaml.
    """

    edition: str
    of: str
    tag: str
    document: Document


@dataclass(frozen=True)
class Beyond:
    """What a site that holds some of its boroughs has to know of the others."""

    editions: frozenset[str] = frozenset()
    """Editions with boroughs that are printed, whether they are held or not."""
    has_dates: bool = False
    """Whether one of them says when it was published or changed."""


@dataclass(frozen=True)
class Site:
    """`editions` come newest first; `drafts` were left out, and are there to be checked.

    `problems` were found on reading: `checks.run` tells them with its own, and stops at an error.
    """

    settings: SiteFile
    document: Document
    editions: tuple[Edition, ...]
    drafts: tuple[Edition, ...] = ()
    problems: tuple[Problem, ...] = ()
    translations: tuple[TranslationFile, ...] = ()
    pages: tuple[FreePage, ...] = ()
    """The free pages, in the order of their links."""
    postcodes: PostcodesFile | None = None
    area_id: str = ""
    """What stands before the edition's figures in a text: `london.gun-crime`, in every language."""
    beyond: Beyond = Beyond()
    folder: Path = Path("content")

    @property
    def is_large(self) -> bool:
        """Whether what is said of all boroughs together would be too much for one file."""
        return len(self.settings.boroughs) > MOST_TOGETHER


@dataclass(frozen=True)
class Shared:
    """An edition's own file, as far as it could be read."""

    slug: str
    folder: Path
    reading: Reading[EditionHead] | None


@dataclass(frozen=True)
class Frame:
    """All that boroughs share, read; and the files of each borough, still to be read.

    `files` has a borough's files of all editions under its slug, its translations among them.
    """

    folder: Path
    reading: Reading[SiteFile] | None
    editions: tuple[Shared, ...]
    files: Mapping[str, tuple[Path, ...]]
    translations: tuple[TranslationFile, ...]
    pages: tuple[FreePage, ...]
    postcodes: PostcodesFile | None
    problems: tuple[Problem, ...]

    @property
    def settings(self) -> SiteFile | None:
        return self.reading.model if self.reading else None

    @property
    def names(self) -> Collection[str] | None:
        """The boroughs that site.yaml lists, if all of them could be read."""
        if self.reading is None or not self.reading.document.has_all_of("boroughs"):
            return None
        return self.reading.model.boroughs if self.reading.model else None


@dataclass(frozen=True)
class Dossier:
    """Everything that is written about one borough: by edition, and in other languages."""

    slug: str
    boroughs: tuple[tuple[str, Borough], ...]
    translations: tuple[TranslationFile, ...]
    problems: tuple[Problem, ...]


def load(folder: Path, *, drafts: bool = False) -> Site:
    """Everything under the content folder that can be read; drafts are left out unless asked for.

    Raises:
        ContentError: every problem of every file, if there is too little left to check.
    """
    shared = frame(folder)
    return join(shared, [dossier(shared, slug) for slug in shared.files], drafts=drafts)


def frame(folder: Path) -> Frame:
    """What all boroughs share.

    Raises:
        ContentError: there is no site.yaml.
    """
    return _Loader(folder).frame()


def light(shared: Frame) -> Frame:
    """The same without the nodes of site.yaml, which of thousands of boroughs take most of its memory."""
    known = shared.reading
    if known is None or known.document.lost:
        return shared
    document = source.Reread(known.document.name, known.document.lines)
    return replace(shared, reading=replace(known, document=document))


def dossier(shared: Frame, slug: str) -> Dossier:
    """The files of one borough. What is wrong with them is in it."""
    loader = _Loader(shared.folder)
    boroughs = []
    for path in shared.files[slug]:
        if _is_translation(path):
            loader.translation(path)
        elif borough := loader.borough(path, shared):
            boroughs.append((path.parent.name, borough))
    return Dossier(slug, tuple(boroughs), tuple(loader.translations), tuple(loader.problems))


def join(
    shared: Frame,
    dossiers: Collection[Dossier],
    *,
    drafts: bool = False,
    beyond: Beyond = Beyond(),
) -> Site:
    """The site with these boroughs. Editions with others only are held if `beyond` knows of them.

    Raises:
        ContentError: every problem, if there is too little left to check.
    """
    problems = [*shared.problems, *(problem for each in dossiers for problem in each.problems)]
    if shared.reading is None or shared.settings is None:
        raise ContentError(problems)
    found: dict[str, list[Borough]] = {}
    for each in sorted(dossiers, key=lambda known: f"{known.slug}.yaml"):
        for edition, borough in each.boroughs:
            found.setdefault(edition, []).append(borough)
    whole = [
        Edition(e.slug, e.folder, e.reading.model, e.reading.document, tuple(found.get(e.slug, ())))
        for e in shared.editions
        if e.reading and e.reading.model
    ]
    split = [(e, _only(e, drafts=False), _only(e, drafts=True)) for e in whole]
    kept = whole if drafts else [published for _, published, _ in split]
    left_out = [] if drafts else [unpublished for _, _, unpublished in split]
    said = (file for each in dossiers for file in each.translations)
    return Site(
        shared.settings,
        shared.reading.document,
        tuple(each for each in kept if each.boroughs or each.slug in beyond.editions),
        tuple(each for each in left_out if each.boroughs),
        tuple(problems),
        (*shared.translations, *said),
        shared.pages,
        shared.postcodes,
        shared.settings.area.lower().replace(" ", "-"),
        beyond,
        shared.folder,
    )


class _Loader:
    """Collects problems on the way, so that one bad file does not hide the next."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: list[Problem] = []
        self.translations: list[TranslationFile] = []
        self.files: dict[str, list[Path]] = {}

    def frame(self) -> Frame:
        path = self.folder / SITE
        if not path.is_file():
            self._tell(path, "this file is missing", "docs/editors.md says what belongs in it")
            raise ContentError(self.problems)
        reading = self._read(path, SiteFile)
        settings = reading.model if reading else None
        folders = list(self._edition_folders(settings))
        if not folders:
            self._tell(self.folder, "there is no edition here", f"add `2009-10/{EDITION}`")
        editions = tuple(self._edition(folder, settings) for folder in folders)
        pages: tuple[FreePage, ...] = ()
        postcodes = None
        if reading and settings:
            self.problems += islice(declarations.wrong_names(reading.document, settings), MOST_TOLD)
            whole = reading.document.has_all_of("boroughs")
            pages = self._pages()
            postcodes = self._postcodes(settings.boroughs if whole else None)
        return Frame(
            self.folder,
            reading,
            editions,
            {slug: tuple(paths) for slug, paths in self.files.items()},
            tuple(self.translations),
            pages,
            postcodes,
            tuple(self.problems),
        )

    def _edition_folders(self, settings: SiteFile | None) -> Iterator[Path]:
        """The folders with an edition, newest first; what else lies there would not be read."""
        listed = self._listed(self.folder)
        originals = _originals(listed)
        for path in reversed(listed):
            if path.is_dir() and (path / EDITION).is_file():
                if not declarations.SLUG.fullmatch(path.name):
                    way_out = "use small letters, digits and hyphens, for example `2009-10`"
                    self._tell(path, "this folder's name cannot be part of an address", way_out)
                yield path
            elif path.is_dir() and path.name not in NO_EDITIONS:
                way_out = f"add `{EDITION}` to it, or move the folder out of content/"
                self._tell(path, f"this folder has no {EDITION}, so nothing in it is read", way_out)
            elif path.name.startswith("site.") and _is_translation(path) and path.is_file():
                if self._may_translate(path, settings, originals):
                    self.translation(path)
            elif path.suffix.lower() in YAML and path.name not in (SITE, POSTCODES):
                way_out = "move it into the folder of its edition"
                self._tell(path, "this file would not be read here", way_out)

    def _pages(self) -> tuple[FreePage, ...]:
        found = []
        folder = self.folder / PAGES
        for path in self._listed(folder) if folder.is_dir() else ():
            if path.suffix != ".md":
                way_out = "rename it so that it ends in .md, or move it out of this folder"
                self._tell(path, "this file would not be read here", way_out)
                continue
            try:
                text = source.text(path, self._name(path))
            except ContentError as error:
                self.problems += error.problems
                continue
            page, problems = freepages.read(self._name(path), text)
            self.problems += problems
            found += [page] if page else []
        return tuple(sorted(found, key=lambda page: (page.head.position, page.slug)))

    def _postcodes(self, names: Collection[str] | None) -> PostcodesFile | None:
        path = self.folder / POSTCODES
        reading = self._read(path, PostcodesFile) if path.is_file() else None
        if reading is None or reading.model is None:
            return None
        if names is not None:
            found = declarations.lost_districts(reading.document, reading.model, names)
            self.problems += islice(found, MOST_TOLD)
        return reading.model

    def _edition(self, folder: Path, settings: SiteFile | None) -> Shared:
        shared = self._read(folder / EDITION, model.edition_file())
        if shared and shared.model:
            self.problems += declarations.unknown_sections(
                shared.document, "order", shared.model.order
            )
            self.problems += declarations.unknown_sections(
                shared.document, "optional", shared.model.optional
            )
            self.problems += declarations.unknown_formats(shared.document, shared.model.formats)
            self.problems += declarations.catalogue_problems(shared.document, shared.model)
        if not self._sort_files(folder, settings):
            way_out = "add a file for each borough beside it, for example `havering.yaml`"
            self._tell(folder / EDITION, "this edition has no borough", way_out)
        return Shared(folder.name, folder, shared)

    def _sort_files(self, folder: Path, settings: SiteFile | None) -> bool:
        """Put each file of an edition to those of its borough; whether there is a borough at all."""
        listed = self._listed(folder)
        originals = _originals(listed)
        has_borough = False
        for path in listed:
            if path.name == EDITION or not _is_meant(path):
                continue
            if _is_translation(path) and path.is_file():
                if self._may_translate(path, settings, originals):
                    slug = path.stem.partition(".")[0]
                    if slug == Path(EDITION).stem:
                        self.translation(path)
                    else:
                        self.files.setdefault(slug, []).append(path)
            elif path.suffix != ".yaml":
                way_out = "rename it so that it ends in .yaml"
                self._tell(path, "this file would not be read", way_out)
            elif not path.is_file():
                what = "this is a folder or a link to nothing, and would not be read"
                self._tell(path, what, "put the borough's file in its place")
            else:
                has_borough = True
                self.files.setdefault(path.stem, []).append(path)
        return has_borough

    def borough(self, path: Path, shared: Frame) -> Borough | None:
        names, settings = shared.names, shared.settings
        edition = next(each.reading for each in shared.editions if each.folder == path.parent)
        if names is not None and path.stem not in names:
            way_out = did_you_mean(path.stem, names, "add it under `boroughs:` in site.yaml")
            if COPY.search(path.stem):
                way_out = "is it a copy? Then delete it, or move it out of content/"
            self._tell(path, f"site.yaml lists no borough `{path.stem}`", way_out)
        own = self._read(path, model.borough_file())
        if own and own.model:
            self.problems += declarations.unknown_sections(
                own.document, "leave-out", own.model.leave_out
            )
            self.problems += declarations.unclear_sections(own.document, own.model)
        entry = settings.boroughs.get(path.stem) if settings else None
        if not (own and own.model and edition and edition.model and entry):
            return None
        parts = parts_of(edition.model, edition.document, own.model, own.document)
        return Borough(path.stem, entry, own.model, own.document, parts)

    def _may_translate(
        self, path: Path, settings: SiteFile | None, originals: Collection[str]
    ) -> bool:
        name, _, tag = path.stem.partition(".")
        listed = [language.tag for language in settings.languages] if settings else [tag]
        if name not in originals:
            way_out = did_you_mean(name, originals, f"add {name}.yaml, or rename this file")
            self._tell(
                path, f"there is no {name}.yaml that this could be a translation of", way_out
            )
        elif tag not in listed:
            way_out = did_you_mean(tag, listed, f"add it to `languages:` in {SITE}")
            self._tell(path, f"{SITE} lists no language `{tag}`", way_out)
        else:
            return True
        return False

    def translation(self, path: Path) -> None:
        """Keep it for `translating`, which lays it over its original."""
        name, _, tag = path.stem.partition(".")
        if document := self._parsed(path):
            edition = path.parent.name if path.parent != self.folder else ""
            self.translations.append(TranslationFile(edition, name, tag, document))

    def _parsed(self, path: Path) -> Document | None:
        try:
            return source.read(path, self._name(path))
        except ContentError as error:
            self.problems += error.problems
            return None

    def _read(self, path: Path, kind: type[Model]) -> Reading[Model] | None:
        document = self._parsed(path)
        if document is None:
            return None
        reading = read_as(document, kind)
        self.problems += reading.problems
        return reading

    def _listed(self, folder: Path) -> list[Path]:
        """What lies in a folder by name; hidden files are the business of other programs."""
        try:
            return sorted(path for path in folder.iterdir() if not path.name.startswith("."))
        except OSError:
            self._tell(folder, "this folder cannot be opened", "may you read it?")
            return []

    def _tell(self, path: Path, what: str, way_out: str) -> None:
        self.problems.append(Problem(Place(self._name(path), 1, 1), what, way_out))

    def _name(self, path: Path) -> str:
        return path.relative_to(self.folder.parent).as_posix()


def _is_meant(path: Path) -> bool:
    """Whether somebody wants it to be read; some editors hide that they add `.txt` to a name."""
    name = path.name.lower()
    return path.suffix.lower() in YAML or name.endswith((".yaml.txt", ".yml.txt"))


def _is_translation(path: Path) -> bool:
    """`havering.pl.yaml`: what stands between the dots is a language."""
    return path.suffix == ".yaml" and path.stem.count(".") == 1


def _originals(listed: Collection[Path]) -> set[str]:
    """What files of a folder may be translations of."""
    return {path.stem for path in listed if path.suffix == ".yaml" and "." not in path.stem}


def _only(edition: Edition, *, drafts: bool) -> Edition:
    """The edition with only its draft boroughs, or without them; a draft edition is all draft."""
    boroughs = edition.boroughs
    kept = tuple(b for b in boroughs if (edition.head.draft or b.head.draft) == drafts)
    return replace(edition, boroughs=kept)


def parts_of(
    edition: EditionHead, shared: Document, head: BoroughHead, own: Document
) -> tuple[Part, ...]:
    """A borough's sections: the edition's, with its own set over them, in the edition's order."""
    parts = []
    for name in _order(edition):
        theirs: Section | None = getattr(edition, name)
        ours: Section | None = getattr(head, name)
        if ours:
            parts.append(Part(ours.joined(theirs) if theirs else ours, own))
        elif theirs and name not in head.leave_out:
            parts.append(Part(theirs, shared))
    return tuple(parts)


def _order(edition: EditionHead) -> list[str]:
    """The edition's order, and after it whatever it does not name, in the usual order."""
    named = [name for name in edition.order if name in model.sections()]
    return [*named, *(name for name in model.sections() if name not in named)]
