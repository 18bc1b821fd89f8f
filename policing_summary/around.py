"""The pages around the boroughs' own: start, editions, postcode districts, search and free pages."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from policing_summary import archive, assets, finding, heads, hosting, pageprose, redirects
from policing_summary.archive import Newer
from policing_summary.content import Borough, Edition
from policing_summary.finding import Found
from policing_summary.language import Language
from policing_summary.model.files import EditionHead
from policing_summary.sheet import Sheet
from policing_summary.shell import Shell

POSTCODES, SEARCH, MISSING = "postcodes", "search", "404.html"


@dataclass(frozen=True)
class Listed:
    """A summary on the search page: its folder, and its first leaflet if it has one."""

    name: str
    folder: str
    leaflet: str | None


Editions = list[tuple[str, EditionHead, int, Newer | None]]


def pages(
    shell: Shell, sheets: Sequence[Sheet], leaflets: Mapping[str, str], compared: Collection[str]
) -> dict[str, bytes]:
    """All of them by path. `leaflets` is the first leaflet of each folder that has one.

    Editions that are `compared` have a page that sets their boroughs side by side.
    """
    site = shell.site
    found = finding.boroughs(site)
    editions = [
        (each.slug, each.head, len(each.boroughs), archive.newer(site, each))
        for each in site.editions
    ]
    files = {
        f"{each.slug}/index.html": _edition(shell, each, sheets, is_compared=each.slug in compared)
        for each in site.editions
    }
    districts = _postcodes(shell, found)
    files |= districts
    lookup = next((path for path in districts if path.endswith(".json")), None)
    files["index.html"] = _start(shell, found, editions, lookup)
    files[f"{SEARCH}/index.html"] = _search(shell, sheets, leaflets)
    for page in site.pages:
        files[f"{page.slug}/index.html"] = shell.page(
            "page.html",
            f"{page.slug}/",
            heads.of_page(site, page.head.title, page.slug),
            page=page,
            body=pageprose.render(page.body, "../"),
        )
    files[MISSING] = shell.page(
        "missing.html",
        "",
        heads.of_page(site, "404", "404", indexed=False),
        root=hosting.base_path(site.settings),
        editions=editions,
    )
    return files


def moved(shell: Shell, files: Collection[str]) -> dict[str, bytes]:
    """A page at each address that was given up, for hosts that know no redirects."""
    found = {}
    for each in redirects.of(shell.site):
        for old, new in redirects.pages_below(each, files):
            up = "../" * old.count("/")
            path = new.removesuffix("index.html")
            found[old] = shell.page("moved.html", path, None, to=f"{up}{new}")
    return found


def _start(shell: Shell, found: Sequence[Found], editions: Editions, lookup: str | None) -> bytes:
    return shell.page(
        "index.html",
        "",
        heads.of_start(shell.site),
        found=found,
        drawing=finding.drawn(found, shell.site.settings.boroughs),
        editions=editions,
        example=next((f.districts.split()[0] for f in found if f.districts and f.summaries), None),
        postcodes_file=lookup,
    )


def _edition(
    shell: Shell, edition: Edition, sheets: Sequence[Sheet], *, is_compared: bool
) -> bytes:
    return shell.page(
        "edition.html",
        f"{edition.slug}/",
        heads.of_edition(shell.site, edition),
        edition=edition.head,
        is_compared=is_compared,
        newer=archive.newer(shell.site, edition),
        boroughs=sorted(edition.boroughs, key=lambda borough: borough.entry.name),
        translations={each.slug: _languages(each, edition, sheets) for each in edition.boroughs},
    )


def _languages(borough: Borough, edition: Edition, sheets: Sequence[Sheet]) -> list[Language]:
    """Those that a borough's summary is in besides its own."""
    return [
        each.language
        for each in sheets
        if each.original and each.edition.slug == edition.slug and each.borough.slug == borough.slug
    ]


def _postcodes(shell: Shell, found: Sequence[Found]) -> dict[str, bytes]:
    """The page of districts, and the file for the script that looks one up."""
    postcodes = shell.site.postcodes
    if postcodes is None:
        return {}
    data = finding.lookup(postcodes)
    page = shell.page(
        "postcodes.html",
        f"{POSTCODES}/",
        heads.of_page(shell.site, "Postcode districts", POSTCODES),
        postcodes=postcodes,
        areas=list(finding.areas(postcodes, found)),
    )
    return {
        f"assets/{assets.hashed('postcodes.json', data)}": data,
        f"{POSTCODES}/index.html": page,
    }


def _search(shell: Shell, sheets: Sequence[Sheet], leaflets: Mapping[str, str]) -> bytes:
    by_edition = {
        edition.slug: [
            Listed(each.entry.name, folder, leaflets.get(folder))
            for each in sorted(edition.boroughs, key=lambda borough: borough.entry.name)
            for folder in [f"{edition.slug}/{each.slug}"]
        ]
        for edition in shell.site.editions
    }
    return shell.page(
        "search.html",
        f"{SEARCH}/",
        heads.of_page(shell.site, "Search", SEARCH, indexed=False),
        listed=[(each.head, by_edition[each.slug]) for each in shell.site.editions],
        languages=" ".join(sorted({each.language.tag for each in sheets if each.original})),
    )
