"""Site → editorial advice: what a reader would stumble over, each kind with a name to switch it off by."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TypeAlias

from policing_summary import model
from policing_summary.content import Edition, Site
from policing_summary.desk import passages, plainness, stale, upkeep
from policing_summary.desk.passages import Passage
from policing_summary.desk.upkeep import Part
from policing_summary.errors import Problem
from policing_summary.model.advised import Advised
from policing_summary.model.base import Section
from policing_summary.model.files import BoroughHead, EditionHead
from policing_summary.nodes import Document
from policing_summary.numerals import Day

File: TypeAlias = tuple[EditionHead | BoroughHead, Document, tuple[Advised, ...]]


@dataclass(frozen=True)
class Kind:
    """One kind of advice, as docs/checking.md lists it."""

    name: str
    why: str


def kinds() -> tuple[Kind, ...]:
    fields = Advised.model_fields.items()
    return tuple(Kind(info.alias or name, info.description or "") for name, info in fields)


def given(site: Site, today: Day) -> Iterator[Problem]:
    """All that is wanted, file by file; of texts only those in the language of the originals."""
    for _, group in groupby(passages.of(site), key=lambda each: id(each.document)):
        texts = list(group)
        yield from _of_texts(texts, site)
    yield from _of_translations(site)
    for edition in site.editions:
        shared = (site.settings.advice, edition.head.advice)
        files: list[File] = [(edition.head, edition.document, shared)]
        files += [(b.head, b.document, (*shared, b.head.advice)) for b in edition.boroughs]
        for head, document, wanted in files:
            for part in _parts(head, document):
                for problem in _of_a_part(part, edition, site, today):
                    if all(advised.has(problem.name) for advised in wanted):
                        yield problem


def _of_translations(site: Site) -> Iterator[Problem]:
    """What has changed in the originals; a draft's are looked at when it is published."""
    whole = site.settings.advice
    for file in site.translations:
        if found := stale.original_of(site, file):
            wanted = (whole, *(head.advice for head in found.heads))
            if all(advised.has("stale-translations") for advised in wanted):
                yield from stale.problems(file, found)


def _parts(head: EditionHead | BoroughHead, document: Document) -> Iterator[Part]:
    for name in model.sections():
        section = getattr(head, name)
        if isinstance(section, Section):
            yield from upkeep.parts_of(document, name, section)


def _of_a_part(part: Part, edition: Edition, site: Site, today: Day) -> Iterator[Problem]:
    yield from upkeep.old_contacts(part, edition, today)
    yield from upkeep.dead_links(part, site)
    yield from upkeep.empty_headings(part)
    yield from upkeep.alternative_text(part)
    yield from upkeep.long_messages(part)
    yield from upkeep.small_images(part, edition)


def _of_texts(texts: list[Passage], site: Site) -> Iterator[Problem]:
    for passage in texts:
        for name, advise in plainness.OF_A_PASSAGE.items():
            if passage.advised.has(name):
                yield from advise(passage)
        if passage.advised.has("dead-links"):
            yield from upkeep.dead_links_in(passage, site)
        if passage.advised.has("empty-headings"):
            yield from upkeep.empty_headings_in(passage)
    if texts and texts[0].advised.has("abbreviations"):
        yield from plainness.abbreviations(texts)
