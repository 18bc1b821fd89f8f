"""What stands in the head of a page for other programs: search engines, feed readers, and places
where the page is shared. All of it as data; a page has no script of its own.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from markupsafe import Markup

from policing_summary import dating
from policing_summary.content import Edition, Site
from policing_summary.formats import Format
from policing_summary.language import ENGLISH, Language
from policing_summary.model.files import SiteFile
from policing_summary.sheet import Sheet

CARD = "card.png"
SITE_FEED = "feed.xml"
Data = Mapping[str, object]

# What a page may do, said in the page for hosts that read no `_headers`. WebAssembly is what searches.
# Styles are not limited here: readers who change spacing with a bookmarklet put one into the page.
POLICY = (
    "script-src 'self' 'wasm-unsafe-eval'; object-src 'none'; frame-src 'none'; media-src 'none'; "
    "img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'"
)


@dataclass(frozen=True)
class Feed:
    title: str
    href: str


@dataclass(frozen=True)
class Head:
    """`card` is the whole address of the picture; pages that are not `indexed` ask not to be found."""

    card: str
    card_says: str
    data: Markup
    kind: str = "website"
    feeds: tuple[Feed, ...] = ()
    indexed: bool = True
    policy: str = field(default=POLICY)


def top(settings: SiteFile) -> str:
    """The site's address with a slash at its end."""
    return settings.address.href.rstrip("/") + "/"


def feed_of(slug: str) -> str:
    """The path of a borough's feed."""
    return f"feeds/{slug}.xml"


def of_borough(site: Site, sheet: Sheet, path: str, forms: Iterable[Format]) -> Head:
    """The page of a borough at `path`, which offers the `forms` of its leaflet."""
    original = sheet.original or sheet
    settings, edition = site.settings, original.edition
    name = original.borough.entry.name
    address = f"{top(settings)}{path}"
    days = {
        "datePublished": dating.published(edition, original.borough.head),
        "dateModified": dating.changed(edition, original.borough.head),
    }
    report: Data = {
        "@type": "Report",
        "@id": address,
        "url": address,
        "name": f"{sheet.edition.head.title}: {sheet.borough.entry.name}",
        "inLanguage": sheet.language.tag,
        "temporalCoverage": edition.head.period,
        "about": {
            "@type": "AdministrativeArea",
            "name": name,
            **({"identifier": code} if (code := original.borough.entry.code) else {}),
            "containedInPlace": {"@type": "Place", "name": settings.area},
        },
        "publisher": _publisher(settings),
        "isPartOf": {"@type": "WebSite", "@id": top(settings), "name": settings.title},
        "encoding": [
            {
                "@type": "MediaObject",
                "encodingFormat": "application/pdf",
                "contentUrl": f"{address}{form.file}",
                "name": form.title,
            }
            for form in forms
        ],
        **{key: day.iso for key, day in days.items() if day},
    }
    crumbs = _crumbs(
        settings,
        sheet.language,
        (edition.head.label, f"{edition.slug}/"),
        (sheet.borough.entry.name, f"{sheet.path}/"),
    )
    return Head(
        f"{top(settings)}{original.path}/{CARD}",
        f"{name}, {edition.head.title}",
        _data(report, crumbs),
        "article",
        feeds=_feeds(site, original.borough.slug, name),
    )


def of_edition(site: Site, edition: Edition) -> Head:
    settings = site.settings
    address = f"{top(settings)}{edition.slug}/"
    collection: Data = {
        "@type": "CollectionPage",
        "@id": address,
        "url": address,
        "name": edition.head.title,
        "temporalCoverage": edition.head.period,
        "inLanguage": "en-GB",
        "publisher": _publisher(settings),
    }
    crumbs = _crumbs(settings, ENGLISH, (edition.head.label, f"{edition.slug}/"))
    return _usual(site, collection, crumbs)


def of_start(site: Site) -> Head:
    settings = site.settings
    website: Data = {
        "@type": "WebSite",
        "@id": top(settings),
        "url": top(settings),
        "name": settings.title,
        "description": settings.description,
        "inLanguage": "en-GB",
        "publisher": _publisher(settings),
        "potentialAction": {
            "@type": "SearchAction",
            "target": f"{top(settings)}search/?q={{search_term_string}}",
            "query-input": "required name=search_term_string",
        },
    }
    return _usual(site, website)


def of_page(site: Site, title: str, slug: str, *, indexed: bool = True) -> Head:
    """Any other page."""
    address = f"{top(site.settings)}{slug}/"
    page: Data = {
        "@type": "WebPage",
        "@id": address,
        "url": address,
        "name": title,
        "inLanguage": "en-GB",
        "publisher": _publisher(site.settings),
    }
    return _usual(site, page, indexed=indexed)


def of_data(site: Site, licence: str) -> Head:
    """The page of data, told as a data set too, so that searches for data find it."""
    settings = site.settings
    address = f"{top(settings)}data/"
    kinds = (("text/csv", "figures.csv"), ("application/json", "figures.json"))
    dataset: Data = {
        "@type": "Dataset",
        "@id": address,
        "url": address,
        "name": f"{settings.title}: figures",
        "description": settings.description,
        "license": licence,
        "isAccessibleForFree": True,
        "spatialCoverage": {"@type": "Place", "name": settings.area},
        "creator": _publisher(settings),
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": kind, "contentUrl": f"{address}{name}"}
            for kind, name in kinds
        ],
    }
    return _usual(site, dataset)


def _usual(site: Site, *data: Data, indexed: bool = True) -> Head:
    return Head(
        f"{top(site.settings)}{CARD}",
        site.settings.title,
        _data(*data),
        feeds=_feeds(site),
        indexed=indexed,
    )


def _feeds(site: Site, slug: str = "", name: str = "") -> tuple[Feed, ...]:
    """Those that have something in them: what has no date cannot stand in a feed."""
    dated = {
        borough.slug
        for edition in site.editions
        for borough in edition.boroughs
        if dating.changed(edition, borough.head)
    }
    found = [Feed(site.settings.title, SITE_FEED)] if dated or site.beyond.has_dates else []
    if slug in dated:
        found.insert(0, Feed(f"{site.settings.title}: {name}", feed_of(slug)))
    return tuple(found)


def _publisher(settings: SiteFile) -> Data:
    web = settings.publisher.web
    found: dict[str, object] = {"@type": "Organization", "name": settings.publisher.name}
    return {**found, "url": web.href} if web else found


def _crumbs(settings: SiteFile, language: Language, *steps: tuple[str, str]) -> Data:
    whole = ((language.gettext("All summaries"), ""), *steps)
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": number,
                "name": name,
                "item": f"{top(settings)}{path}",
            }
            for number, (name, path) in enumerate(whole, 1)
        ],
    }


def _data(*things: Data) -> Markup:
    """JSON that cannot end the element it stands in."""
    whole = {"@context": "https://schema.org", "@graph": list(things)}
    text = json.dumps(whole, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c"))  # noqa: S704 - no tag can begin in it
