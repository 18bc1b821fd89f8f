"""Sheets → the files that other programs read: Atom feeds, a sitemap and robots.txt.

Every date is one that the content names. What has none is in no feed.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from policing_summary import dating
from policing_summary.content import Site
from policing_summary.heads import SITE_FEED, feed_of, top
from policing_summary.numerals import Day
from policing_summary.sheet import Sheet

ATOM = "http://www.w3.org/2005/Atom"
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
MOST_ENTRIES = 100  # of the site's feed


@dataclass(frozen=True)
class Listed:
    """A page for the sitemap: its address below the site's, and when it changed."""

    path: str
    changed: Day | None = None


def files(site: Site, sheets: Sequence[Sheet], pages: Iterable[Listed]) -> dict[str, bytes]:
    """All of them by path."""
    originals = [sheet for sheet in sheets if not sheet.original]
    found = {
        "sitemap.xml": _sitemap(site, pages),
        "robots.txt": f"User-agent: *\nAllow: /\nSitemap: {top(site.settings)}sitemap.xml\n".encode(),
    }
    title = site.settings.title
    if entries := list(_dated(originals)):
        found[SITE_FEED] = _feed(site, SITE_FEED, title, "", entries[:MOST_ENTRIES])
    return found


def of_borough(site: Site, sheets: Iterable[Sheet]) -> dict[str, bytes]:
    """The feed of one borough, with its summaries of all editions; nothing if none has a date."""
    entries = list(_dated(sheet for sheet in sheets if not sheet.original))
    if not entries:
        return {}
    borough = entries[0].sheet.borough
    path, home = feed_of(borough.slug), f"{entries[0].sheet.path}/"
    title = f"{site.settings.title}: {borough.entry.name}"
    return {path: _feed(site, path, title, home, entries)}


@dataclass(frozen=True)
class _Entry:
    sheet: Sheet
    published: Day | None
    changed: Day


def _dated(sheets: Iterable[Sheet]) -> Iterator[_Entry]:
    """What has a date, the latest first."""
    found = []
    for sheet in sheets:
        edition, head = sheet.edition, sheet.borough.head
        if day := dating.changed(edition, head):
            found.append(_Entry(sheet, dating.published(edition, head), day))
    names = sorted(found, key=lambda entry: (entry.sheet.edition.slug, entry.sheet.borough.slug))
    yield from sorted(names, key=lambda entry: entry.changed.iso, reverse=True)


def _feed(site: Site, path: str, title: str, home: str, entries: Sequence[_Entry]) -> bytes:
    base = top(site.settings)
    root = ET.Element("feed", {"xmlns": ATOM, "xml:lang": "en-GB"})
    _add(root, "title", title)
    _add(root, "id", f"{base}{path}")
    _add(root, "updated", _moment(entries[0].changed))
    ET.SubElement(root, "link", {"rel": "self", "href": f"{base}{path}"})
    ET.SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": f"{base}{home}"})
    _add(root, "icon", f"{base}favicon.ico")
    _add(ET.SubElement(root, "author"), "name", site.settings.publisher.name)
    for each in entries:
        sheet = each.sheet
        address = f"{base}{sheet.path}/"
        entry = ET.SubElement(root, "entry")
        _add(entry, "title", f"{sheet.borough.entry.name}: {sheet.edition.head.title}")
        _add(entry, "id", address)
        _add(entry, "updated", _moment(each.changed))
        if each.published:
            _add(entry, "published", _moment(each.published))
        link = {"rel": "alternate", "type": "text/html", "href": address}
        ET.SubElement(entry, "link", link)
        _add(entry, "summary", _summary(site, sheet))
    return _written(root)


def _summary(site: Site, sheet: Sheet) -> str:
    corrected = [f"Corrected on {each.on}: {each.what}" for each in sheet.edition.head.corrected]
    return " ".join([sheet.borough.head.summary or site.settings.description, *corrected])


def _sitemap(site: Site, pages: Iterable[Listed]) -> bytes:
    root = ET.Element("urlset", {"xmlns": SITEMAP})
    for page in sorted(pages, key=lambda page: page.path):
        url = ET.SubElement(root, "url")
        _add(url, "loc", f"{top(site.settings)}{page.path}")
        if page.changed:
            _add(url, "lastmod", page.changed.iso)
    return _written(root)


def _add(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = text


def _moment(day: Day) -> str:
    """Days have no time of their own; noon is the same day nearly everywhere."""
    return f"{day.iso}T12:00:00Z"


def _written(root: ET.Element) -> bytes:
    ET.indent(root)
    text = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'.encode()
