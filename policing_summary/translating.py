"""Site → each of its boroughs in each language that it has been translated into.

A translated borough is a borough like any other: its sections say the same figures in other words.
Sections that are not translated stay in English, and know it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel

from policing_summary import declarations, overlay
from policing_summary.content import Borough, Edition, Part, Site, TranslationFile, parts_of
from policing_summary.errors import Place, Problem
from policing_summary.language import Language
from policing_summary.model.files import BoroughHead, EditionHead, SiteFile
from policing_summary.nodes import Document, Scalar, Sequence
from policing_summary.overlay import Laid

if TYPE_CHECKING:
    from policing_summary.model.base import Section

Model = TypeVar("Model", bound=BaseModel)
SITE, EDITION = "site", "edition"
FORMATS = "formats"
"""What the translation of an edition may say for itself: the leaflets that are made in its language."""


@dataclass(frozen=True)
class Version:
    """A borough with all that is printed around it, in one language.

    Unless it `is_checked`, nobody who speaks the language has read it.
    """

    site: Site
    edition: Edition
    borough: Borough
    language: Language
    is_checked: bool


def versions(site: Site) -> tuple[list[Version], list[Problem]]:
    """Every translated borough, drafts too, and what is wrong with the files that translate it."""
    problems: list[Problem] = []
    found: list[Version] = []
    for language in site.settings.languages:
        files = {(f.edition, f.of): f for f in site.translations if f.tag == language.tag}
        found += _Tongue(site, language, files, problems).versions()
    return found, problems


@dataclass(frozen=True)
class _Files:
    """The three files that a borough's page is made of, in another language."""

    site: Laid[SiteFile]
    shared: Laid[EditionHead]
    own: Laid[BoroughHead]


@dataclass(frozen=True)
class _Tongue:
    """One language of the site; what is wrong with its files goes into `problems`."""

    site: Site
    language: Language
    files: Mapping[tuple[str, str], TranslationFile]
    problems: list[Problem]

    def versions(self) -> Iterator[Version]:
        settings = self._laid("", SITE, self.site.settings, self.site.document)
        for edition in (*self.site.editions, *self.site.drafts):
            wanted = [b for b in edition.boroughs if (edition.slug, b.slug) in self.files]
            shared = self._laid(edition.slug, EDITION, edition.head, edition.document)
            if file := self.files.get((edition.slug, EDITION)):
                asked = _listed(file.document, FORMATS)
                self.problems.extend(declarations.unknown_formats(file.document, asked))
            if wanted and shared is None:
                self._lacks(edition, wanted[0], EDITION)
            if wanted and settings is None:
                self._lacks(edition, wanted[0], SITE)
            for borough in wanted:
                own = self._laid(edition.slug, borough.slug, borough.head, borough.document)
                if own and shared and settings:
                    yield self._version(edition, borough, _Files(settings, shared, own))

    def _version(self, edition: Edition, borough: Borough, laid: _Files) -> Version:
        parts = parts_of(laid.shared.model, edition.document, laid.own.model, borough.document)
        said = replace(
            borough,
            entry=laid.site.model.boroughs[borough.slug],
            head=laid.own.model,
            parts=tuple(
                self._translated(part, edition, borough)
                if _is_translated(part.name, edition, borough, laid)
                else original
                for part, original in zip(parts, borough.parts, strict=True)
            ),
        )
        is_checked = all(each.checked_by for each in (laid.site, laid.shared, laid.own))
        site = replace(self.site, settings=laid.site.model)
        head = laid.shared.model.model_copy(
            update={"formats": self._formats(edition, said, borough)}
        )
        whole = replace(edition, head=head)
        return Version(site, whole, said, self.language, is_checked)

    def _formats(self, edition: Edition, said: Borough, original: Borough) -> tuple[str, ...]:
        """What the translation of the edition asks for; else all, if the borough is mostly translated."""
        file = self.files[edition.slug, EDITION]
        if own := _listed(file.document, FORMATS):
            return own
        all_of_them = edition.head.formats
        return all_of_them if _is_mostly_in(self.language, said, original) else all_of_them[:1]

    def _translated(self, part: Part, edition: Edition, borough: Borough) -> Part:
        is_own = part.document is borough.document
        file = self.files[edition.slug, borough.slug if is_own else EDITION]
        return replace(part, language=self.language, translation=file.document)

    def _laid(
        self,
        edition: str,
        of: str,
        original: Model,
        document: Document,
    ) -> Laid[Model] | None:
        file = self.files.get((edition, of))
        if file is None:
            return None
        laid = overlay.lay(
            original,
            document,
            file.document,
            spare=() if edition else ("boroughs",),
            apart=(FORMATS,) if of == EDITION else (),
        )
        self.problems.extend(laid.problems)
        return laid

    def _lacks(self, edition: Edition, borough: Borough, name: str) -> None:
        file = self.files[edition.slug, borough.slug].document.name
        what = f"the page needs the words of {name}.yaml in this language too"
        way_out = f"add {name}.{self.language.tag}.yaml beside {name}.yaml"
        self.problems.append(Problem(Place(file, 1, 1), what, way_out))


def _listed(document: Document, key: str) -> tuple[str, ...]:
    """The names at a key of the margin; one alone may stand without a list."""
    entry = document.root.get(key)
    if entry is None or (isinstance(entry.value, Scalar) and entry.value.is_empty):
        return ()
    items = entry.value.items if isinstance(entry.value, Sequence) else (entry.value,)
    return tuple(item.text if isinstance(item, Scalar) else "" for item in items)


def _is_translated(name: str, edition: Edition, borough: Borough, laid: _Files) -> bool:
    """A section that joins the borough's own with the edition's is, if both are."""
    mine: Section | None = getattr(borough.head, name)
    theirs: Section | None = getattr(edition.head, name)
    if mine is None:
        return name in laid.shared.sections
    joins = theirs is not None and mine.joined(theirs) is not mine
    return name in laid.own.sections and (not joins or name in laid.shared.sections)


def _is_mostly_in(language: Language, said: Borough, original: Borough) -> bool:
    """Whether most words are: what is translated here and there makes one leaflet, not all of them."""
    words = {part.name: overlay.words_in(part.section) for part in original.parts}
    inside = sum(words[part.name] for part in said.parts if part.language == language)
    return inside * 2 > sum(words.values())
