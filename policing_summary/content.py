"""content/ → Site: every file read and validated, all problems of all files told at once.

A borough's sections are the edition's, with its own set over them.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from policing_summary import model, source
from policing_summary.errors import ContentError, Place, Problem
from policing_summary.model.base import Section
from policing_summary.model.files import BoroughEntry, BoroughHead, EditionHead, SiteFile
from policing_summary.source import Document
from policing_summary.validation import Model, did_you_mean, validate

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
EDITION = "edition.yaml"
T = TypeVar("T")


@dataclass(frozen=True)
class Part:
    """A section as it is printed for one borough, and the file it is written in."""

    section: Section
    document: Document

    @property
    def name(self) -> str:
        return self.section.name

    def place(self, *steps: source.Step) -> Place:
        return self.document.place(self.name, *steps)


@dataclass(frozen=True)
class Borough:
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
class Site:
    """`editions` come newest first."""

    settings: SiteFile
    document: Document
    editions: tuple[Edition, ...]


def load(folder: Path, *, drafts: bool = False) -> Site:
    """Everything under the content folder; drafts are checked, and left out unless asked for.

    Raises:
        ContentError: every problem of every file.
    """
    return _Loader(folder, drafts=drafts).site()


class _Loader:
    """Collects problems on the way, so that one bad file does not hide the next."""

    def __init__(self, folder: Path, *, drafts: bool) -> None:
        self.folder = folder
        self.drafts = drafts
        self.problems: list[Problem] = []

    def site(self) -> Site:
        path = self.folder / "site.yaml"
        if not path.is_file():
            place = Place(self._name(path), 1, 1)
            raise ContentError([Problem(place, "this file is missing", "see docs/editors.md")])
        document = self._try(lambda: source.read(path, self._name(path)))
        settings = self._model(document, SiteFile)
        names = frozenset(settings.boroughs) if settings else None
        folders = [f for f in sorted(self.folder.iterdir(), reverse=True) if self._is_edition(f)]
        read = [self._edition(f, settings, names) for f in folders]
        if not folders:
            self._tell(self.folder, "there is no edition here", f"add `2009-10/{EDITION}`")
        if self.problems or not document or not settings:
            raise ContentError(self.problems)
        kept = [e for e in read if e and (self.drafts or not e.head.draft)]
        return Site(settings, document, tuple(kept))

    def _is_edition(self, folder: Path) -> bool:
        return folder.is_dir() and (folder / EDITION).is_file()

    def _edition(
        self, folder: Path, settings: SiteFile | None, names: frozenset[str] | None
    ) -> Edition | None:
        if not SLUG.fullmatch(folder.name):
            self._tell(folder, "this folder's name cannot be an address", "write it like `2009-10`")
        path = folder / EDITION
        document = self._try(lambda: source.read(path, self._name(path)))
        head = self._model(document, model.edition_file())
        if document and head:
            self.problems += _unknown_sections(document, "order", head.order)
            self.problems += _catalogue_problems(document, head)
        boroughs = [
            self._borough(path, settings, names, head, document) for path in self._files(folder)
        ]
        if not (document and head):
            return None
        kept = [b for b in boroughs if b and (self.drafts or not b.head.draft)]
        return Edition(folder.name, folder, head, document, tuple(kept))

    def _files(self, folder: Path) -> Iterator[Path]:
        for path in sorted(folder.iterdir()):
            if path.suffix in {".yml", ".YAML", ".YML"}:
                self._tell(
                    path, "this file would not be read", "rename it so that it ends in .yaml"
                )
            elif path.suffix == ".yaml" and path.name != EDITION and path.is_file():
                yield path

    def _borough(
        self,
        path: Path,
        settings: SiteFile | None,
        names: frozenset[str] | None,
        edition: EditionHead | None,
        shared: Document | None,
    ) -> Borough | None:
        if names is not None and path.stem not in names:
            self._tell(
                path,
                f"site.yaml lists no borough `{path.stem}`",
                did_you_mean(path.stem, names, "add it under `boroughs:` in site.yaml"),
            )
        document = self._try(lambda: source.read(path, self._name(path)))
        head = self._model(document, model.borough_file())
        if document and head:
            self.problems += _unknown_sections(document, "leave-out", head.leave_out)
        entry = settings.boroughs.get(path.stem) if settings else None
        if not (document and head and edition and shared and entry):
            return None
        return Borough(path.stem, entry, head, document, _parts(edition, shared, head, document))

    def _model(self, document: Document | None, kind: type[Model]) -> Model | None:
        return self._try(lambda: validate(document, kind)) if document else None

    def _try(self, step: Callable[[], T]) -> T | None:
        try:
            return step()
        except ContentError as error:
            self.problems += error.problems
            return None

    def _tell(self, path: Path, what: str, way_out: str) -> None:
        self.problems.append(Problem(Place(self._name(path), 1, 1), what, way_out))

    def _name(self, path: Path) -> str:
        return path.relative_to(self.folder.parent).as_posix()


def _parts(
    edition: EditionHead, shared: Document, head: BoroughHead, own: Document
) -> tuple[Part, ...]:
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


def _unknown_sections(document: Document, key: str, names: tuple[str, ...]) -> Iterator[Problem]:
    for index, name in enumerate(names):
        if name not in model.sections():
            listed = ", ".join(f"`{known}`" for known in model.sections())
            yield Problem(
                document.place(key, index),
                f"there is no section `{name}`",
                did_you_mean(name, model.sections(), f"the sections are {listed}"),
            )


def _catalogue_problems(document: Document, head: EditionHead) -> Iterator[Problem]:
    for measure, entry in head.measures.items():
        if not SLUG.fullmatch(measure):
            yield Problem(
                document.key_place("measures", measure),
                f"`{measure}` cannot be the id of a measure",
                "use small letters, digits and hyphens, for example `residential-burglary`",
            )
        for index, part in enumerate(entry.sum_of):
            place = document.place("measures", measure, "sum-of", index)
            if part not in head.measures:
                yield Problem(
                    place,
                    f"unknown measure `{part}`",
                    did_you_mean(part, head.measures, "add it to this catalogue"),
                )
            elif head.measures[part].sum_of:
                yield Problem(
                    place,
                    f"`{part}` is a sum itself",
                    "list the measures that it is made of instead",
                )
