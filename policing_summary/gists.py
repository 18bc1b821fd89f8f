"""Boroughs → what all the others and the pages around them have to know of each, and no more.

A gist is small, so that those of ten thousand boroughs fit into memory where their summaries would not.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING

from policing_summary import boards, comparing, dating, model
from policing_summary.boards import Board
from policing_summary.comparing import Compared, Own
from policing_summary.content import Beyond, Borough, Edition, Frame, Part, Site, join
from policing_summary.errors import Place
from policing_summary.figures import Figure
from policing_summary.language import Language
from policing_summary.model.advised import Advised
from policing_summary.model.printing import PrintOrder
from policing_summary.model.record import Sources
from policing_summary.model.results import Confidence, Performance
from policing_summary.nodes import Document
from policing_summary.nodes import Mapping as Nodes
from policing_summary.references import FigureSet
from policing_summary.sheet import Sheet, prepare
from policing_summary.wording import Words

if TYPE_CHECKING:
    from policing_summary.model.base import Section

SIDE_BY_SIDE = (Performance.name, Confidence.name)


@dataclass(frozen=True)
class Glimpse:
    """One summary: its borough without what only its own page prints, and the figures of its tables.

    `tags` are the languages that it was translated into.
    """

    edition: str
    borough: Borough
    tables: Mapping[tuple[str, str], tuple[Figure, ...]]
    tags: frozenset[str]
    is_draft: bool


@dataclass(frozen=True)
class Gist:
    """A borough as others know it, in all editions."""

    slug: str
    glimpses: tuple[Glimpse, ...]
    own: tuple[Own, ...]
    """What it has for the others to be compared with."""


def of(site: Site, slug: str) -> Gist:
    """The gist of one borough of a site, which need hold no other."""
    glimpses, own = [], list[Own]()
    for edition, is_draft in [(e, False) for e in site.editions] + [(e, True) for e in site.drafts]:
        for borough in (each for each in edition.boroughs if each.slug == slug):
            said = (f for f in site.translations if (f.edition, f.of) == (edition.slug, slug))
            tags = frozenset(file.tag for file in said)
            sheet, _ = prepare(site, edition, borough)
            tables = {key: table for key, table in sheet.tables.items() if key[0] in SIDE_BY_SIDE}
            glimpses.append(Glimpse(edition.slug, _thin(borough), tables, tags, is_draft))
            if not is_draft:
                own += comparing.own(sheet)
    return Gist(slug, tuple(glimpses), tuple(own))


def _thin(borough: Borough) -> Borough:
    """With its head, and with the parts that boards ask for, which need not know where they stand.

    What it shares with all others of its edition is added again by `whole`.
    """
    document = borough.document
    nowhere = Document(document.name, (), Nodes(Place(document.name, 1, 1), ()))
    parts = []
    for part in borough.parts:
        if part.document is not document:
            continue
        if isinstance(part.section, Performance):
            section = part.section.model_copy(update={"measures": ()})
            parts.append(replace(part, section=section, document=nowhere))
        elif isinstance(part.section, Confidence | Sources):
            parts.append(Part(part.section, nowhere))
    head = type(borough.head).model_construct(set(), **(borough.head.__dict__ | _bare()))
    return replace(borough, head=head, document=nowhere, parts=tuple(parts))


@cache
def _bare() -> dict[str, object]:
    """What no other borough asks for, by its field."""
    own = {"figures": {}, "advice": Advised(), "printing": PrintOrder()}
    return dict.fromkeys(model.sections()) | own


@dataclass(frozen=True)
class Among:
    """What a borough's pages say of all the others."""

    compared: Compared
    measures: Mapping[str, frozenset[str]]
    """The measures of each edition that have a page of their own."""
    beyond: Beyond
    languages: tuple[Language, ...]

    def asked_by(self, gist: Gist) -> str:
        """As far as this borough's pages print it: where this is the same, so are they."""
        periods = {period for period, *_ in gist.own}
        given = {measure for _, measure, *_ in gist.own}
        peers = [
            (period, measure, found[measure])
            for period in sorted(periods)
            for found in [self.compared.get(period, {})]
            for measure in sorted(given & found.keys())
        ]
        measures = [(edition, sorted(names)) for edition, names in sorted(self.measures.items())]
        beyond = sorted(self.beyond.editions), self.beyond.has_dates
        return repr((peers, measures, beyond, [each.tag for each in self.languages]))


@dataclass(frozen=True)
class Whole:
    """The whole site in glimpses: what the pages around the boroughs' own are made of."""

    site: Site
    sheets: tuple[Sheet, ...]
    boards: tuple[Board, ...]
    among: Among


def whole(shared: Frame, gists: Iterable[Gist]) -> Whole:
    """All boroughs side by side.

    Raises:
        ContentError: there is too little to make a site of.
    """
    gists = sorted(gists, key=lambda each: f"{each.slug}.yaml")
    bare = join(shared, ())
    found: dict[tuple[str, bool], list[Glimpse]] = {}
    for glimpse in chain.from_iterable(gist.glimpses for gist in gists):
        found.setdefault((glimpse.edition, glimpse.is_draft), []).append(glimpse)
    every = [
        Edition(each.slug, each.folder, each.reading.model, each.reading.document, ())
        for each in shared.editions
        if each.reading and each.reading.model
    ]
    site = replace(
        bare,
        editions=_with(every, found, is_draft=False),
        drafts=_with(every, found, is_draft=True),
    )
    sheets = [
        _sheet(site, edition, glimpse)
        for edition in site.editions
        for glimpse in found[edition.slug, False]
    ]
    said = [
        replace(_sheet(site, sheet.edition, glimpse, language), original=sheet)
        for language in site.settings.languages
        for sheet, glimpse in zip(sheets, _in_order(site, found), strict=True)
        if language.tag in glimpse.tags
    ]
    compared = tuple(boards.of(sheets))
    by_edition: dict[str, set[str]] = {}
    for board in compared:
        by_edition.setdefault(board.edition.slug, set()).add(board.id)
    dates = (dating.changed(sheet.edition, sheet.borough.head) for sheet in sheets)
    among = Among(
        comparing.of(value for gist in gists for value in gist.own),
        {edition: frozenset(ids) for edition, ids in by_edition.items()},
        Beyond(frozenset(each.slug for each in site.editions), any(dates)),
        tuple(dict.fromkeys(sheet.language for sheet in (*sheets, *said))),
    )
    return Whole(site, (*sheets, *said), compared, among)


def _with(
    editions: Collection[Edition],
    found: Mapping[tuple[str, bool], list[Glimpse]],
    *,
    is_draft: bool,
) -> tuple[Edition, ...]:
    """The editions that have boroughs of the kind."""
    return tuple(
        replace(edition, boroughs=tuple(_with_sources(each.borough, edition) for each in own))
        for edition in editions
        if (own := found.get((edition.slug, is_draft)))
    )


def _with_sources(borough: Borough, edition: Edition) -> Borough:
    """With the sources that all boroughs of an edition share, unless it has its own or leaves them out."""
    shared: Section | None = getattr(edition.head, Sources.name)
    if shared is None or Sources.name in borough.head.leave_out or borough.part(Sources.name):
        return borough
    return replace(borough, parts=(*borough.parts, Part(shared, edition.document)))


def _in_order(site: Site, found: Mapping[tuple[str, bool], list[Glimpse]]) -> list[Glimpse]:
    return [glimpse for edition in site.editions for glimpse in found[edition.slug, False]]


def _sheet(
    site: Site, edition: Edition, glimpse: Glimpse, language: Language | None = None
) -> Sheet:
    known = FigureSet({}, {}, Words(language or site.settings.english))
    return Sheet(site, edition, glimpse.borough, glimpse.tables, (), known, is_sound=True)
