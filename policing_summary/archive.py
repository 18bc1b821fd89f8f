"""Editions that were replaced: what readers of an old one are told, and where they are led."""

from collections.abc import Iterator
from dataclasses import dataclass

from policing_summary.content import Edition, Site
from policing_summary.errors import Problem
from policing_summary.validation import did_you_mean

KEY = "superseded-by"


@dataclass(frozen=True)
class Newer:
    """The edition that counts now; `folder` is its page of the same borough, if it has one."""

    label: str
    folder: str


def newer(site: Site, edition: Edition, borough: str | None = None) -> Newer | None:
    """What replaced an edition, and what replaced that; `None` where this one still counts."""
    editions = {each.slug: each for each in site.editions}
    at = edition
    for _ in editions:
        at = editions.get(at.head.superseded_by or "", at)
    if at is edition:
        return None
    has_it = any(each.slug == borough for each in at.boroughs)
    return Newer(at.head.label, f"{at.slug}/{borough}" if has_it else at.slug)


def problems(site: Site) -> Iterator[Problem]:
    """Editions that say they were replaced by one that is not there, or by themselves."""
    whole = {edition.slug: edition for edition in (*site.drafts, *site.editions)}
    published = {edition.slug for edition in site.editions}
    for slug, edition in whole.items():
        by = edition.head.superseded_by
        if by is None:
            continue
        place = edition.document.place(KEY)
        if by not in whole:
            known = [each for each in whole if each != slug]
            way_out = did_you_mean(by, known, "write the name of the newer edition's folder")
            yield Problem(place, f"there is no edition `{by}`", way_out)
        elif slug in _after(slug, whole):
            what = "this edition would be replaced by itself in the end"
            yield Problem(place, what, "write the newest edition here, and nothing in that one")
        elif by not in published and slug in published:
            what = f"`{by}` is a draft, so readers could not be led to it"
            yield Problem(place, what, "publish that one first, or delete this line")


def _after(slug: str, editions: dict[str, Edition]) -> list[str]:
    found: list[str] = []
    at = editions[slug].head.superseded_by
    while at in editions and at not in found:
        found.append(at)
        at = editions[at].head.superseded_by
    return found
