"""Site → what there is of it, as rows: editions, boroughs, states, translations, words and pages."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from policing_summary import abreast, dating, overlay, redirects, todo, translating
from policing_summary.content import Borough, Edition, Site
from policing_summary.desk import advice, stale
from policing_summary.errors import Problem
from policing_summary.numerals import Day
from policing_summary.translating import Version

Value: TypeAlias = str | int
Row: TypeAlias = Mapping[str, Value]


@dataclass(frozen=True)
class Asked:
    """The site with its drafts, and the day to hold dates against."""

    site: Site
    today: Day


def editions(asked: Asked) -> Iterator[Row]:
    for edition in asked.site.editions:
        head = edition.head
        yield {
            "edition": edition.slug,
            "title": head.title,
            "boroughs": len(edition.boroughs),
            "published": _day(dating.published(edition)),
            "changed": _day(dating.changed(edition)),
            "state": _state(edition),
            "formats": " ".join(head.formats),
        }


def boroughs(asked: Asked) -> Iterator[Row]:
    for edition, borough in _all(asked.site):
        own = sum(part.document is borough.document for part in borough.parts)
        yield {
            "edition": edition.slug,
            "borough": borough.slug,
            "name": borough.entry.name,
            "own sections": own,
            "shared sections": len(borough.parts) - own,
            "changed": _day(dating.changed(edition, borough.head)),
            "state": _state(edition, borough),
        }


def states(asked: Asked) -> Iterator[Row]:
    """What somebody has to see to, file by file."""
    for edition in asked.site.editions:
        if state := _state(edition):
            yield {
                "file": edition.document.name,
                "line": 1,
                "state": state,
                "what": edition.head.title,
            }
        for borough in edition.boroughs:
            if borough.head.draft and not edition.head.draft:
                what = f"{borough.entry.name} is not published"
                yield {"file": borough.document.name, "line": 1, "state": "draft", "what": what}
            if borough.head.specimen:
                what = borough.head.specimen
                yield {"file": borough.document.name, "line": 1, "state": "specimen", "what": what}
    yield from (_told("to do", problem) for problem in todo.problems(asked.site))
    for problem in advice.given(asked.site, asked.today):
        if problem.name == "old-contacts":
            yield _told("old contact", problem)


def translations(asked: Asked) -> Iterator[Row]:
    """How far each is: of the words that a borough's page has, those that are in the language."""
    originals = {(e.slug, b.slug): b for e, b in _all(asked.site)}
    for version in translating.versions(asked.site)[0]:
        parts = version.borough.parts
        original = originals[version.edition.slug, version.borough.slug]
        words = {part.name: overlay.words_in(part.section) for part in original.parts}
        done = [part.name for part in parts if part.language == version.language]
        whole = sum(words.values()) or 1
        yield {
            "edition": version.edition.slug,
            "borough": version.borough.slug,
            "language": version.language.tag,
            "sections": f"{len(done)} of {len(parts)}",
            "words": f"{round(100 * sum(words[name] for name in done) / whole)}%",
            "changed since": _changed_since(asked.site, version),
            "read by a speaker": "yes" if version.is_checked else "no",
        }


def _changed_since(site: Site, version: Version) -> str:
    """The parts of its three files whose originals have changed since they were translated."""
    wanted = {
        ("", "site"),
        (version.edition.slug, "edition"),
        (version.edition.slug, version.borough.slug),
    }
    found = []
    for file in site.translations:
        original = stale.original_of(site, file)
        if file.tag == version.language.tag and (file.edition, file.of) in wanted and original:
            if not abreast.noted(file.document):
                return "not recorded"
            found += [each.key for each in abreast.behind(original.model, file.document)]
    return ", ".join(found) or "nothing"


def words(asked: Asked) -> Iterator[Row]:
    """Of each section of each borough; figures count as words."""
    for edition, borough in _all(asked.site):
        for part in borough.parts:
            yield {
                "edition": edition.slug,
                "borough": borough.slug,
                "section": part.name,
                "from": "own" if part.document is borough.document else "edition.yaml",
                "words": overlay.words_in(part.section),
            }


def pages(asked: Asked) -> Iterator[Row]:
    home = asked.site.settings.address.href.rstrip("/")
    free = {page.slug: page.head.title for page in asked.site.pages}
    titles = {f"{e.slug}/{b.slug}": b.entry.name for e, b in _all(asked.site)}
    titles |= {edition.slug: edition.head.title for edition in asked.site.editions}
    for path in sorted({*redirects.addresses(asked.site), *free} - {""}):
        yield {"page": f"{home}/{path}/", "title": free.get(path) or titles.get(path, "")}


WHAT: Mapping[str, Callable[[Asked], Iterator[Row]]] = {
    "editions": editions,
    "boroughs": boroughs,
    "states": states,
    "translations": translations,
    "words": words,
    "pages": pages,
}


def table(rows: Sequence[Row]) -> list[str]:
    """The rows below their headings, in columns; numbers end below one another."""
    if not rows:
        return []
    columns = list(rows[0])
    cells = [columns, *([str(row[column]) for column in columns] for row in rows)]
    widths = [max(len(line[index]) for line in cells) for index in range(len(columns))]
    is_number = [isinstance(rows[0][column], int) for column in columns]
    return [
        "  ".join(
            cell.rjust(width) if right else cell.ljust(width)
            for cell, width, right in zip(line, widths, is_number, strict=True)
        ).rstrip()
        for line in cells
    ]


def _all(site: Site) -> Iterator[tuple[Edition, Borough]]:
    return ((edition, borough) for edition in site.editions for borough in edition.boroughs)


def _state(edition: Edition, borough: Borough | None = None) -> str:
    found = []
    if edition.head.draft or (borough and borough.head.draft):
        found.append("draft")
    if borough and borough.head.specimen:
        found.append("specimen")
    if edition.head.superseded_by:
        found.append(f"out of date: see {edition.head.superseded_by}")
    return ", ".join(found)


def _told(state: str, problem: Problem) -> Row:
    place = problem.place
    return {"file": place.file, "line": place.line, "state": state, "what": problem.what}


def _day(day: Day | None) -> str:
    return day.iso if day else ""
