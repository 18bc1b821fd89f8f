"""The pages of the real content: golden files, and what has to hold of every page."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path, PurePosixPath
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element

import pytest
import tinyhtml5

from policing_summary import checks, content, environment, site, tracing
from policing_summary.document import Leaflet
from policing_summary.formats import DEFAULT

PDF = Leaflet(pdf=b"%PDF" * 60_000, pages=8)  # stands in for a leaflet of 240 kB
PAGES = {
    "index": "index.html",
    "edition": "2009-10/index.html",
    "havering": "2009-10/havering/index.html",
    "bromley": "2009-10/bromley/index.html",
    "havering-pl": "2009-10/havering/pl/index.html",
    "havering-ur": "2009-10/havering/ur/index.html",
    "havering-easy-read": "2009-10/havering/easy-read/index.html",
    "bromley-easy-read": "2009-10/bromley/easy-read/index.html",
    "search": "search/index.html",
    "data": "data/index.html",
    "postcodes": "postcodes/index.html",
    "accessibility": "accessibility/index.html",
    "about-the-figures": "about-the-figures/index.html",
    "privacy": "privacy/index.html",
    "edition-2023-24": "2023-24/index.html",
    "edition-2024-25": "2024-25/index.html",
    "havering-2023-24": "2023-24/havering/index.html",
    "bromley-2024-25": "2024-25/bromley/index.html",
    "compare-2024-25": "2024-25/compare/index.html",
    "measure-burglary": "2024-25/measures/burglary/index.html",
    "measure-trust": "2024-25/measures/trust/index.html",
}
LONG = "postcodes"  # a page of three hundred rows of one kind
LATER = [PAGES["havering-2023-24"], PAGES["bromley-2024-25"]]
MEASURES = [PAGES["measure-burglary"], PAGES["measure-trust"]]
BOROUGHS = [PAGES["havering"], PAGES["bromley"]]
TRANSLATED = {PAGES["havering-pl"]: "pl", PAGES["havering-ur"]: "ur"}
every_page = pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
borough_page = pytest.mark.parametrize("path", BOROUGHS, ids=["havering", "bromley"])


ICONS = {"favicon.ico": b"icon", "apple-touch-icon.png": b"icon"}  # in place of drawn ones


def printed(sheets) -> list[site.Printed]:
    return [site.Printed(sheet, ((DEFAULT, PDF),), tracing.trace(sheet)) for sheet in sheets]


def files_of(folder) -> dict[str, bytes]:
    read = content.load(folder)
    sheets, _ = checks.run(read)
    return site.pages(read, printed(sheets), drawn=ICONS)


@pytest.fixture(scope="module")
def files(pristine):
    """Every file of the site of the real content."""
    return files_of(pristine.root / "content")


@pytest.fixture
def page(files, path) -> Element:
    return parsed(files[path])


def parsed(html: bytes) -> Element:
    return tinyhtml5.parse(html, namespace_html_elements=False, override_encoding="utf-8")


def words(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def find(page: Element, *names: str) -> Iterator[Element]:
    return (element for element in page.iter() if element.tag in names)


# What it looks like


@pytest.mark.parametrize("name", [name for name in PAGES if name != LONG])
def test_a_page_is_as_it_was_when_somebody_looked_at_it(files, name, golden):
    html = files[PAGES[name]].decode()
    golden(f"{name}.html", re.sub(r"\.[0-9a-f]{10}\.", ".HASH.", html))


def test_there_is_a_page_for_everything_and_nothing_else(files):
    pages = {path for path in files if path.endswith(".html")}
    of_figures = {f"2024-25/{path.stem}/index.html" for path in pristine_boroughs("2024-25")}
    boroughs = {*BOROUGHS, *TRANSLATED, *LATER, *of_figures}
    letters = {path.replace("index.html", "newsletter.html") for path in boroughs}
    measures = {path for path in pages if path.startswith("2024-25/measures/")}
    assert pages == {*PAGES.values(), *of_figures, *measures, *letters, "404.html"}
    assert len(measures) == 18
    folders = {PurePosixPath(path).parent for path in files if path.endswith(".pdf")}
    assert folders == {PurePosixPath(path).parent for path in boroughs}
    assert len(of_figures) == 32


def pristine_boroughs(edition: str) -> list[Path]:
    """The files of an edition's boroughs."""
    folder = Path(environment.ROOT) / "content" / edition
    return [path for path in folder.glob("*.yaml") if path.stem != "edition"]


# Where links lead


def addresses(page: Element) -> Iterator[tuple[str, str, str]]:
    """Tag, relation and address of everything that a page links to or loads."""
    for element in page.iter():
        for name in ("href", "src", "srcset", "poster", "data", "action"):
            if name in element.attrib:
                yield element.tag, element.get("rel", ""), element.attrib[name]


def is_loaded(tag: str, rel: str) -> bool:
    return tag not in {"a", "link", "form"} or (
        tag == "link" and rel not in {"canonical", "alternate"}
    )


@every_page
def test_everything_that_is_loaded_lies_in_the_site(files, page, path):
    loaded = [address for tag, rel, address in addresses(page) if is_loaded(tag, rel)]
    assert loaded
    assert [each for each in loaded if not leads_somewhere(files, path, each)] == []


@every_page
def test_every_link_inside_the_site_is_relative_and_leads_somewhere(files, page, path):
    links = [address for tag, _, address in addresses(page) if tag == "a"]
    inside = [each for each in links if not urlsplit(each).scheme]
    assert inside
    assert [each for each in inside if not leads_somewhere(files, path, each)] == []


def leads_somewhere(files, path: str, address: str) -> bool:
    """Whether a relative address on a page leads to a file of the site, wherever it is published."""
    there = urlsplit(urljoin(f"https://example.org/some/where/{path}", address))
    target = there.path.removeprefix("/some/where/")
    target += "index.html" if target == "" or target.endswith("/") else ""
    is_there = not address.startswith("/") and not urlsplit(address).scheme and target in files
    return is_there and (not there.fragment or f'id="{there.fragment}"'.encode() in files[target])


def ids(page: Element) -> list[str]:
    return [element.attrib["id"] for element in page.iter() if "id" in element.attrib]


@every_page
def test_links_out_of_the_site_are_of_safe_kinds(page):
    links = [address for tag, _, address in addresses(page) if tag == "a"]
    kinds = {urlsplit(each).scheme for each in links}
    assert kinds <= {"", "https", "http", "mailto", "tel"}
    telephones = [each for each in links if each.startswith("tel:")]
    assert [each for each in telephones if not re.fullmatch(r"tel:\+?[0-9]+", each)] == []


def test_the_stylesheet_loads_only_what_lies_in_the_site(files):
    sheets = {path.partition(".")[0]: files[path].decode() for path in files if ".css" in path}
    faces = {"assets/site": 5, "assets/arab": 2}
    assert set(sheets) == set(faces)
    for name, css in sheets.items():
        loaded = re.findall(r"url\(\s*[\"']?([^\"')]+)", css)
        assert len(loaded) == faces[name]
        assert [each for each in loaded if f"assets/{each}" not in files] == []
        assert "@import" not in css
        assert "!important" not in css


@every_page
def test_nothing_runs_on_a_page_but_modules_of_the_site(files, page, path):
    assert list(find(page, "iframe", "object", "embed", "base")) == []
    scripts = [each.attrib for each in find(page, "script")]
    modules = [each for each in scripts if each["type"] != "application/ld+json"]
    assert [each for each in modules if each["type"] != "module" or "src" not in each] == []
    assert len(modules) == (path in {PAGES["index"], PAGES["search"], *MEASURES})
    assert [each for each in page.iter() if "style" in each.attrib] == []
    assert list(find(page, "style")) == []
    forms = [(each.get("method"), each.get("action", "")) for each in find(page, "form")]
    assert [form for form in forms if form[0] != "get" or urlsplit(form[1]).scheme] == []
    handlers = [name for each in page.iter() for name in each.attrib if name.startswith("on")]
    assert handlers == []


SUB_PATHS = {
    "the root": ("https://summary.example.org/", "https://summary.example.org/"),
    "a folder": ("https://example.org/police/summary/", "https://example.org/police/summary/"),
    "no slash at the end": ("https://example.org/police", "https://example.org/police/"),
}


@pytest.mark.parametrize(("address", "base"), SUB_PATHS.values(), ids=SUB_PATHS)
def test_a_page_gives_its_address_where_the_site_is_published(sheets_of, address, base, pristine):
    typed = (pristine.root / "content" / "site.yaml").read_text("utf-8")
    changed = re.sub(r"(?m)^address: .*$", f"address: {address}", typed)
    read, sheets = sheets_of({"site.yaml": changed})
    found = site.pages(read, printed(sheets.values()))
    canonical = {
        path: next(a for tag, rel, a in addresses(parsed(html)) if rel == "canonical")
        for path, html in found.items()
        if path.endswith("index.html")
    }
    assert canonical == {path: base + path.removesuffix("index.html") for path in canonical}
    assert set(canonical) == {
        f"{each}index.html" for each in ("2009-10/havering/", "2009-10/", "", "search/", "data/")
    }


# What a page is built of


@every_page
def test_a_page_has_one_main_heading_and_skips_no_level(page):
    levels = [int(each.tag[1]) for each in find(page, *(f"h{n}" for n in range(1, 7)))]
    assert levels.count(1) == 1
    assert [(above, each) for above, each in pairwise(levels) if each > above + 1] == []
    assert all(words(each) for each in find(page, "h1", "h2", "h3"))


@every_page
def test_an_id_is_given_once_and_every_reference_leads_to_one(page):
    given = ids(page)
    assert sorted(given) == sorted(set(given))
    names = ("aria-labelledby", "aria-describedby", "aria-controls", "for", "headers")
    asked = [word for e in page.iter() for n in names for word in e.get(n, "").split()]
    assert set(asked) <= set(given)


@every_page
def test_a_page_has_its_landmarks_and_a_way_past_the_first(page):
    body = page.find("body")
    assert [each.tag for each in body if each.tag in {"header", "footer"}] == ["header", "footer"]
    (main,) = find(page, "main")
    first = next(find(page, "a"))
    assert first.get("href") == f"#{main.get('id')}"
    navigations = [each.attrib for each in find(page, "nav")]
    assert all("aria-label" in each or "aria-labelledby" in each for each in navigations)
    of_page = {"index.html": 1, PAGES["bromley"]: 4, PAGES["havering"]: 5, PAGES["postcodes"]: 3}
    of_page |= dict.fromkeys(LATER, 4) | dict.fromkeys(MEASURES, 3)
    expected = of_page | dict.fromkeys(
        TRANSLATED, 5
    )  # where one is, contents, languages, other editions, foot
    assert len(navigations) == expected.get(path_of(page), 2)


def path_of(page: Element) -> str:
    canonical = next(a for _, rel, a in addresses(page) if rel == "canonical")
    return urlsplit(canonical).path.lstrip("/") + "index.html"


def test_every_page_says_what_it_is(files):
    pages = [parsed(files[path]) for path in PAGES.values()]
    titles = [words(next(find(page, "title"))) for page in pages]
    assert len(set(titles)) == len(pages)
    assert all(titles)
    for page in pages:
        metas = {each.get("name"): each.get("content") for each in find(page, "meta")}
        assert page.get("lang") == TRANSLATED.get(path_of(page), "en-GB")
        assert metas["description"]
        assert metas["viewport"] == "width=device-width, initial-scale=1"


@borough_page
def test_a_page_has_a_section_for_each_part_of_the_summary_and_its_contents_list_them(page):
    sections = [each.get("id") for each in find(page, "section")]
    contents = next(each for each in find(page, "nav") if each.get("class") == "contents")
    assert [each.get("href") for each in find(contents, "a")] == [f"#{name}" for name in sections]
    assert len(sections) == 11


@borough_page
def test_the_table_says_what_it_is_and_what_its_headers_head(page):
    (table,) = find(page, "table")
    assert words(next(find(table, "caption")))
    head, body = next(find(table, "thead")), next(find(table, "tbody"))
    assert {each.get("scope") for each in find(head, "th")} == {"col"}
    assert {each.get("scope") for each in find(body, "th")} == {"row"}
    widths = {len(list(find(row, "th", "td"))) for row in find(table, "tr")}
    assert len(widths) == 1
    assert all(words(cell) for cell in find(table, "th", "td"))
    assert [next(find(row, "th", "td")).tag for row in find(body, "tr")] == ["th"] * len(
        list(find(body, "tr"))
    )


@borough_page
def test_every_drawing_has_a_text_alternative(page):
    drawings = [each for each in page.iter() if each.tag.endswith("svg")]
    assert [each.get("role") for each in drawings] == ["img"]
    assert "Bar chart" in words(drawings[0][0])
    assert all("alt" in each.attrib for each in find(page, "img"))


@borough_page
def test_every_outcome_is_said_in_words(page):
    said = [words(e) for e in page.iter() if "outcome" in (e.get("class") or "").split()]
    assert len(said) > 6
    assert all(re.search("achieved|exceeded|missed|not published", each) for each in said)


def test_the_rows_that_were_published_are_all_in_the_table(files):
    (table,) = find(parsed(files[PAGES["havering"]]), "table")
    rows = [[words(cell) for cell in find(row, "th", "td")] for row in find(table, "tr")]
    assert rows[1][:3] == ["Residential burglary", "+382", "+25.5%"]
    assert [row[1] for row in rows[1:]] == ["+382", "+6", "−361", "−321", "−294", "−2", "+2", "+3"]


@borough_page
def test_the_leaflet_is_offered_with_its_format_length_and_size(page):
    (link,) = (a for a in find(page, "a") if a.get("href") == "leaflet.pdf")
    offer = next(p for p in find(page, "p") if link in list(p.iter()))
    assert words(offer) == "Leaflet to print A5 booklet, PDF, 8 pages, 240 kB"


@borough_page
def test_the_summary_is_offered_in_other_forms(files, page, path):
    (offers,) = (ul for ul in find(page, "ul") if ul.get("class") == "offers")
    folder = path.removesuffix("index.html")
    told = {a.get("href"): words(li) for li in find(offers, "li") for a in find(li, "a")}
    letter = site.size(len(files[folder + "newsletter.html"]))
    assert told["easy-read/index.html"] == "Easy read with pictures"
    assert told["newsletter.html"] == f"Newsletter {letter}"
    assert told["summary.txt"] == f"Plain text {site.size(len(files[folder + 'summary.txt']))}"


SIZES = [
    (0, "1 kB"),
    (73_400, "73 kB"),
    (999_400, "999 kB"),
    (999_999, "1.0 MB"),
    (1_249_000, "1.2 MB"),
]


@pytest.mark.parametrize(("count", "shown"), SIZES)
def test_a_size_is_told_as_readers_know_it(count, shown):
    assert site.size(count) == shown


def test_a_specimen_says_so_on_its_page_and_wherever_it_is_listed(files):
    (note,) = (
        e
        for e in parsed(files[PAGES["bromley"]]).iter()
        if "specimen-note" in (e.get("class") or "")
    )
    assert words(note).startswith("Specimen. The figures and the message for Bromley are samples")
    assert b"pecimen" not in files[PAGES["havering"]]
    for path in (PAGES["index"], PAGES["edition"]):
        cards = [
            (words(link), "Specimen" in words(li))
            for li in find(parsed(files[path]), "li")
            if (link := next(find(li, "a"), None)) is not None
        ]
        assert ("Bromley", True) in cards
        assert ("Havering", False) in cards
        assert ("Havering", True) not in cards


def test_a_site_that_gives_no_places_has_no_map(sheets_of):
    read, sheets = sheets_of({})
    found = site.pages(read, printed(sheets.values()))
    assert [path for path in found if path.endswith("map.svg")] == []
    assert b"map.svg" not in found[PAGES["havering"]]


def test_the_same_content_makes_the_same_bytes(files, pristine):
    assert files_of(pristine.root / "content") == files


def test_what_a_browser_may_keep_for_good_has_its_hash_in_its_name(files):
    kept = [path for path in files if path.startswith("assets/")]
    kinds = Counter(path.rpartition(".")[2] for path in kept if "/pictures/" not in path)
    assert kinds == {"css": 2, "woff2": 5 + 2, "js": 3, "json": 1}
    hashed = r"\.[0-9a-f]{10}\.(css|woff2|js|json|svg)$"
    assert [path for path in kept if not re.search(hashed, path)] == []
