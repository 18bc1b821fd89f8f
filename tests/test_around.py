"""What stands around the boroughs' pages: feeds, redirects, notices, cards, what a host is told."""

import gzip
import hashlib
import json
import re
from xml.etree import ElementTree as ET

import pytest
from conftest import SMALL_SITE
from PIL import Image

from policing_summary import checks, content, finding, searching, sharing, site, store, tracing
from policing_summary.errors import BuildError, ContentError, show

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
OLD = SMALL_SITE["2009-10/edition.yaml"]
NEW = OLD.replace("2009/10", "2010/11")
PUBLISHED = "imprint: {published: 2010-06-30}\n"
CORRECTED = "corrected:\n  - {on: 2010-09-01, what: Robberies were 620 and not 600.}\n"
TWO = {
    "2009-10/edition.yaml": f"{OLD}superseded-by: 2010-11\n{CORRECTED}",
    "2009-10/bromley.yaml": "summary: What the police did in Bromley.\n",
    "2010-11/edition.yaml": NEW + PUBLISHED,
    "2010-11/havering.yaml": "summary: A year later.\npublished: 2011-07-01\n",
}
PLACES = """\
  havering: {name: Havering, code: E09000016, tile: {column: 14, row: 3}}
  bromley: {name: Bromley, code: E09000006, tile: {column: 11, row: 0}}
"""
ON_MAP = SMALL_SITE["site.yaml"].partition("boroughs:")[0] + f"boroughs:\n{PLACES}"


@pytest.fixture
def files_of(site_folder):
    """The files of the small site with some changes, without leaflets."""

    def make(changes, **options):
        read = content.load(site_folder(changes))
        sheets, _ = checks.run(read)
        printed = [site.Printed(sheet, (), tracing.trace(sheet)) for sheet in sheets]
        return site.pages(read, printed, **options)

    return make


# Feeds and sitemap


def entries(feed: bytes) -> list[tuple[str, str, str]]:
    return [
        tuple(entry.findtext(ATOM + name) for name in ("title", "published", "updated"))
        for entry in ET.fromstring(feed).iter(f"{ATOM}entry")
    ]


HAVERING_NEW = (
    "Havering: Local Policing Summary 2010/11",
    "2011-07-01T12:00:00Z",
    "2011-07-01T12:00:00Z",
)
HAVERING_OLD = ("Havering: Local Policing Summary 2009/10", None, "2010-09-01T12:00:00Z")
BROMLEY_OLD = ("Bromley: Local Policing Summary 2009/10", None, "2010-09-01T12:00:00Z")


def test_a_feed_tells_what_changed_the_latest_first(files_of):
    files = files_of(TWO)
    assert entries(files["feed.xml"]) == [HAVERING_NEW, BROMLEY_OLD, HAVERING_OLD]
    assert entries(files["feeds/havering.xml"]) == [HAVERING_NEW, HAVERING_OLD]
    assert entries(files["feeds/bromley.xml"]) == [BROMLEY_OLD]
    feed = ET.fromstring(files["feed.xml"])
    assert feed.findtext(f"{ATOM}updated") == HAVERING_NEW[2]
    own = "https://summary.example.org/feed.xml"
    assert [e.get("href") for e in feed.findall(f"{ATOM}link") if e.get("rel") == "self"] == [own]
    assert b"Robberies were 620 and not 600." in files["feeds/bromley.xml"]


def test_what_has_no_date_is_in_no_feed_and_no_feed_is_linked(files_of):
    files = files_of({})
    assert [path for path in files if path.startswith("feed")] == []
    assert b"atom+xml" not in files["2009-10/havering/index.html"]
    assert b"atom+xml" in files_of(TWO)["2009-10/havering/index.html"]


def test_the_sitemap_lists_every_page_that_may_be_found(files_of):
    found = ET.fromstring(files_of(TWO)["sitemap.xml"])
    base = "https://summary.example.org/"
    days = {
        url.findtext(f"{MAP}loc").removeprefix(base): url.findtext(f"{MAP}lastmod") for url in found
    }
    assert days == {
        "": None,
        "data/": None,
        "2009-10/": "2010-09-01",
        "2009-10/bromley/": "2010-09-01",
        "2009-10/havering/": "2010-09-01",
        "2010-11/": "2010-06-30",
        "2010-11/havering/": "2011-07-01",
    }


# Old editions


def test_an_old_edition_leads_to_the_new_page_of_the_same_borough_if_there_is_one(files_of):
    files = files_of(TWO)
    told = '<a href="{}">2010/11</a>'
    assert (
        told.format("../../2010-11/havering/index.html")
        in files["2009-10/havering/index.html"].decode()
    )
    assert told.format("../../2010-11/index.html") in files["2009-10/bromley/index.html"].decode()
    assert told.format("../2010-11/index.html") in files["2009-10/index.html"].decode()
    assert b"earlier summary" not in files["2010-11/havering/index.html"]
    assert b"followed by 2010/11" in files["index.html"]


def test_a_correction_stands_on_every_page_of_its_edition(files_of):
    files = files_of(TWO)
    for path in ("2009-10/index.html", "2009-10/havering/index.html", "2009-10/bromley/index.html"):
        said = (
            '<time datetime="2010-09-01">1 September 2010</time>: Robberies were 620 and not 600.'
        )
        assert said in files[path].decode()
    assert b"Robberies were" not in files["2010-11/havering/index.html"]
    assert b"corrected on 1 September 2010" in files["index.html"]


def test_a_draft_replaces_nothing(site_folder):
    changes = TWO | {"2010-11/edition.yaml": NEW + "draft: yes\n"}
    with pytest.raises(ContentError) as error:
        checks.run(content.load(site_folder(changes)))
    assert "`2010-11` is a draft" in show(error.value.problems[0])


# Addresses that were given up


def test_an_old_address_and_all_below_it_lead_to_the_new_one(files_of):
    typed = ON_MAP + "redirects:\n  summary-2010: once\n  once: 2009-10\n"
    files = files_of({"site.yaml": typed})
    page = files["summary-2010/havering/index.html"].decode()
    assert '<meta http-equiv="refresh" content="0; url=../../2009-10/havering/index.html">' in page
    assert '<link rel="canonical" href="https://summary.example.org/2009-10/havering/">' in page
    assert files["_redirects"].decode().splitlines() == [
        "/once /2009-10/ 301",
        "/once/* /2009-10/:splat 301",
        "/summary-2010 /2009-10/ 301",
        "/summary-2010/* /2009-10/:splat 301",
    ]
    assert b"summary-2010" not in files["sitemap.xml"]
    assert "_redirects" not in files_of({"site.yaml": ON_MAP})


# What a host is told


def test_the_policy_allows_the_styles_of_newsletters_and_no_others(files_of):
    files = files_of({})
    (policy,) = re.findall(r"Content-Security-Policy: (.*)", files["_headers"].decode())
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'none'"
    assert "unsafe-inline" not in policy
    assert "unsafe-eval" not in policy.replace("wasm-unsafe-eval", "")
    letter = files["2009-10/havering/newsletter.html"].decode()
    used = set(re.findall(r' style="([^"&]*)"', letter))
    assert len(used) > 10
    assert rules["style-src"].count("sha256-") == len(used) + letter.count("<style")
    assert " style=" not in files["2009-10/havering/index.html"].decode()


def test_below_a_folder_the_host_is_told_so(files_of):
    typed = ON_MAP.replace("summary.example.org/", "example.org/police")
    files = files_of({"site.yaml": typed + "redirects: {once: 2009-10}\n"})
    headers = files["_headers"].decode()
    assert headers.startswith("/police/*\n")
    assert "\n/police/assets/*\n  Cache-Control: public, max-age=31536000, immutable\n" in headers
    assert files["_redirects"].startswith(b"/police/once /police/2009-10/ 301\n")
    missing = files["404.html"].decode()
    assert 'href="/police/search/index.html"' in missing
    assert '<meta name="robots" content="noindex">' in missing


# For other programs


def test_a_page_says_what_it_is_as_data_that_cannot_end_its_element(files_of):
    typed = ON_MAP.replace("Metropolitan Police Authority", "</script><b>Us")
    html = files_of(TWO | {"site.yaml": typed})["2010-11/havering/index.html"].decode()
    (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    report, crumbs = json.loads(text)["@graph"]
    assert report["@type"] == "Report"
    assert report["datePublished"] == "2011-07-01"
    assert report["about"]["identifier"] == "E09000016"
    assert report["publisher"]["name"] == "</script><b>Us"
    assert [each["name"] for each in crumbs["itemListElement"]] == [
        "All summaries",
        "2010/11",
        "Havering",
    ]


def test_a_card_is_drawn_once_and_always_the_same(site_folder, tmp_path):
    read = content.load(site_folder({"site.yaml": ON_MAP} | TWO))
    sheets, _ = checks.run(read)
    once = sharing.pictures(read, sheets, store.Cache(tmp_path / "cards"))
    again = sharing.pictures(read, sheets, store.Cache(tmp_path / "others"))
    kept = sharing.pictures(read, sheets, store.Cache(tmp_path / "cards"))
    assert once == again == kept
    cards = {path: data for path, data in once.items() if path.endswith("card.png")}
    assert len({hashlib.sha256(data).digest() for data in cards.values()}) == len(cards) == 4
    assert max(map(len, cards.values())) < 30_000
    (tmp_path / "card.png").write_bytes(cards["2010-11/havering/card.png"])
    with Image.open(tmp_path / "card.png") as picture:
        assert picture.size == (1200, 630)
    with Image.open(tmp_path / "card.png") as picture:
        colours = {colour for _, colour in picture.convert("RGB").getcolors(256)}
    assert {(22, 50, 79), (242, 181, 68), (255, 255, 255)} <= colours


# Searching


def test_the_same_pages_make_the_same_index(files_of, tmp_path):
    files = files_of(TWO)
    once = searching.index(files, store.Cache(tmp_path / "one"))
    assert once == searching.index(files, store.Cache(tmp_path / "two"))
    assert once == searching.index(files, store.Cache(tmp_path / "one"))
    assert "pagefind/pagefind.js" in once
    fragments = [path for path in once if path.endswith(".pf_fragment")]
    assert len(fragments) == 4  # three summaries, and the page of data
    assert [path for path in once if "-ui" in path] == []


def test_the_index_names_its_languages_in_one_order(tmp_path):
    tags = ["cy", "de", "en-gb", "es", "fr", "pl", "ur"]
    pages = {
        f"{tag}/index.html": f"<html lang={tag}><main data-pagefind-body>words</main></html>".encode()
        for tag in reversed(tags)
    }
    made = searching.index(pages, store.Cache(tmp_path / "cache"))
    assert list(json.loads(made["pagefind/pagefind-entry.json"])["languages"]) == tags


def test_without_pagefind_there_is_no_index_and_no_fault(files_of, tmp_path, monkeypatch):
    def missing(name):
        raise searching.PackageNotFoundError(name)

    monkeypatch.setattr(searching, "version", missing)
    assert searching.index(files_of({}), store.Cache(tmp_path / "one")) == {}


UNFINISHED = {
    "nothing yet": b"",
    "packed and cut short": gzip.compress(b"words" * 100)[:-5],
    "packed and cut to its beginning": gzip.compress(b"words" * 100)[:12],
}


@pytest.mark.parametrize("data", UNFINISHED.values(), ids=UNFINISHED)
def test_an_index_is_waited_for_until_it_is_on_the_disk(tmp_path, monkeypatch, data):
    (tmp_path / "whole").write_bytes(gzip.compress(b"words"))
    assert searching._is_all_there(tmp_path)
    (tmp_path / "file").write_bytes(data)
    assert not searching._is_all_there(tmp_path)
    monkeypatch.setattr(searching, "TRIES", 0)
    pages = {"index.html": b"<html lang=en><main data-pagefind-body>words</main></html>"}
    with pytest.raises(BuildError, match="search index could not be written"):
        searching.index(pages, store.Cache(tmp_path / "cache"))
    assert not (tmp_path / "cache").exists()


# Names on tiles

SHORT = {
    "Havering": "Have",
    "Barking and Dagenham": "B&D",
    "Kingston upon Thames": "KuT",
    "City of London": "CoL",
}


@pytest.mark.parametrize(("name", "letters"), SHORT.items(), ids=list(SHORT))
def test_a_name_is_short_enough_for_its_tile(name, letters):
    assert finding.short(name) == letters


def test_the_short_names_of_london_tell_boroughs_apart(pristine):
    read = content.load(pristine.root / "content")
    names = [found.short for found in finding.boroughs(read)]
    assert len(set(names)) == len(names) == 33
    assert max(map(len, names)) <= 4


def test_every_postcode_district_leads_to_boroughs_of_the_site(pristine):
    read = content.load(pristine.root / "content")
    districts = read.postcodes.districts
    assert districts["RM1"] == ("havering",)
    assert set(districts["RM6"]) == {"barking-and-dagenham", "redbridge"}
    assert {slug for slugs in districts.values() for slug in slugs} == set(read.settings.boroughs)
    assert set(read.postcodes.partly_outside) <= set(districts)
