"""Addresses that were given up → where they lead now, and what is wrong with what site.yaml says."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from policing_summary.content import Site
from policing_summary.errors import Problem
from policing_summary.validation import did_you_mean

KEY = "redirects"
ADDRESS = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)*")
EXAMPLE = "write an address below the site's, for example `2009-10/havering`"


@dataclass(frozen=True)
class Redirect:
    """Two folders of the site, without slashes around; what lies below one lies below the other."""

    old: str
    new: str


def of(site: Site) -> tuple[Redirect, ...]:
    """Every redirect with its last stop: one that leads to another is led on."""
    known = {old.strip("/"): new.strip("/") for old, new in site.settings.redirects.items()}
    return tuple(Redirect(old, _end(old, known)) for old in sorted(known))


def addresses(site: Site) -> set[str]:
    """The folders of the site that an editor's content makes; drafts are not there."""
    found = {page.slug for page in site.pages}
    for edition in site.editions:
        found |= {edition.slug, *(f"{edition.slug}/{b.slug}" for b in edition.boroughs)}
    return found


def problems(site: Site) -> Iterator[Problem]:
    """Redirects that lead nowhere, in a circle or away from a page that is there."""
    typed = site.settings.redirects
    known = {old.strip("/"): new.strip("/") for old, new in typed.items()}
    there = addresses(site)
    drafts = {edition.slug for edition in site.drafts}
    for old, new in typed.items():
        place = site.document.place(KEY, old)
        key = site.document.key_place(KEY, old)
        here, target = old.strip("/"), new.strip("/")
        if not ADDRESS.fullmatch(here):
            yield Problem(key, f"`{old}` is not an address of this site", EXAMPLE)
        elif here in there:
            what = f"there is a page at `{here}`, so nobody can be led on from it"
            yield Problem(key, what, "delete this line, or rename the file")
        elif circle := _circle(here, known):
            if here != min(circle):
                continue  # told once, where it is met first by name
            what = f"this leads in a circle: {' → '.join(f'`{step}`' for step in circle)}"
            yield Problem(place, what, "write where the page is now")
        elif target not in there | known.keys() and target.partition("/")[0] not in drafts:
            way_out = did_you_mean(target, there, "write the address of a page that is there")
            yield Problem(place, f"there is no page `{target}`", way_out)


def pages_below(redirect: Redirect, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each page below the old address, and the one that takes its place, by path."""
    for path in sorted(paths):
        if path.startswith(f"{redirect.new}/") and path.endswith("index.html"):
            yield redirect.old + path.removeprefix(redirect.new), path


def _circle(start: str, known: Mapping[str, str]) -> list[str]:
    """The way round, if it never ends; told only where it begins and ends."""
    steps = [start]
    while (after := known.get(steps[-1])) is not None and len(steps) <= len(known):
        steps.append(after)
        if after == start:
            return steps
    return []


def _end(start: str, known: Mapping[str, str]) -> str:
    at = known[start]
    for _ in known:
        at = known.get(at, at)
    return at
