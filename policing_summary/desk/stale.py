"""Translations whose original has changed since → advice, and the record that says they are in step."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from policing_summary import abreast
from policing_summary.content import Site, TranslationFile
from policing_summary.errors import Place, Problem
from policing_summary.model.files import BoroughHead, EditionHead, SiteFile
from policing_summary.nodes import Document
from policing_summary.validation import did_you_mean

NAME = "stale-translations"


@dataclass(frozen=True)
class Original:
    """What a translation is of; `heads` are the edition and the borough that it belongs to."""

    model: SiteFile | EditionHead | BoroughHead
    document: Document
    heads: tuple[EditionHead | BoroughHead, ...] = ()


def original_of(site: Site, file: TranslationFile) -> Original | None:
    """None if the original is not there, or was left out as a draft."""
    if not file.edition:
        return Original(site.settings, site.document)
    for edition in (*site.editions, *site.drafts):
        if edition.slug == file.edition:
            if file.of == "edition":
                return Original(edition.head, edition.document, (edition.head,))
            for each in edition.boroughs:
                if each.slug == file.of:
                    return Original(each.head, each.document, (edition.head, each.head))
    return None


def problems(file: TranslationFile, original: Original) -> Iterator[Problem]:
    """Each part that has changed; once for the file if nothing is recorded of it at all."""
    found = list(abreast.behind(original.model, file.document))
    name = file.document.name
    if found and not abreast.noted(file.document):
        what = "this translation does not record which words it was made from"
        way_out = f"once it is in step, `python3 build.py translated {name}` records it"
        yield Problem(Place(name, 1, 1), what, way_out, "advice", NAME)
        return
    for each in found:
        if each.state == "changed":
            what = f"the original of `{each.key}` has changed since it was translated"
        else:
            what = f"nothing records which words `{each.key}` was translated from"
        at = original.document.key_place(each.key)
        way_out = f"compare it with {at.file}:{at.line}, then `python3 build.py translated {name} {each.key}`"
        yield Problem(each.place, what, way_out, "advice", NAME)


def in_step(file: TranslationFile, original: Original, keys: Collection[str], text: str) -> str:
    """The text of a translation with a record that these parts, or all if none is named, are in step.

    Raises:
        UnknownPartError: it has no such part.
    """
    there = abreast.translated(original.model, file.document)
    for key in keys:
        if key not in there:
            raise UnknownPartError(key, did_you_mean(key, there, "it translates no such part"))
    now = abreast.marks(original.model)
    return abreast.written(text, {key: now[key] for key in (keys or there)})


class UnknownPartError(Exception):
    """A part was named that the translation does not have; says what was meant."""

    def __init__(self, key: str, way_out: str) -> None:
        super().__init__(f"`{key}` is not in the translation: {way_out}")


def parts(file: TranslationFile, original: Original) -> list[str]:
    """The keys of what it translates."""
    return list(abreast.translated(original.model, file.document))
