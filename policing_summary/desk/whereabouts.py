"""A place in a content file → the pages, on the web and on paper, that it is printed on."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from policing_summary import formats, model
from policing_summary.desk import printed
from policing_summary.desk.printed import Pages
from policing_summary.desk.questions import MOST_LISTED, Question, id_of, listed
from policing_summary.formats import Format
from policing_summary.nodes import Scalar, find
from policing_summary.sheet import Sheet

EASY = "easy-read"
LAID_OUT_WITH = ("templates/sections", "templates/leaflet", "templates/css", "templates/fonts")


def told(asked: Question) -> Iterator[str]:
    """Addresses of pages, and the pages of each leaflet that has been built."""
    if asked.name in model.sections():
        yield from _section(asked)
    elif asked.is_of_site and asked.name == "boroughs" and len(asked.steps) == len(("its", "id")):
        yield from (
            _addresses(asked.near) if asked.near else ["nowhere: no edition has its file yet"]
        )
    else:
        yield from _words_alone(asked)


def _section(asked: Question) -> Iterator[str]:
    found = [
        sheet
        for sheet in asked.near
        if (part := sheet.borough.part(asked.name)) and part.document.name == asked.document.name
    ]
    if not found:
        yield "nowhere: every borough sets it over, or leaves it out"
        return
    yield from _addresses(found, f"#{asked.name}")
    forms = [form for form in formats.chosen(found[0].edition.head.formats) if _is_of(form, asked)]
    for form in forms:
        yield from _lines(form, _in_leaflets(asked, form, found))
    if forms:
        yield from _how_old(asked, found)
    else:
        yield "no leaflet"


def _is_of(form: Format, asked: Question) -> bool:
    """Whether it prints such a field at all: easy words stand in the Easy read alone, and others not there."""
    is_easy = EASY in asked.steps
    return len(asked.steps) == 1 or is_easy == (form.content == EASY)


def _words_alone(asked: Question) -> Iterator[str]:
    """Where something that is in no section is printed, as its words are found in what is built."""
    node, left = find(asked.document.root, asked.steps)
    near = asked.near
    if not near or left or not isinstance(node, Scalar) or not printed.passages(node.text):
        return
    if asked.is_of_site and _is_on(asked.built.site / "index.html", node.text):
        yield f"{_home(near[0])}/"
    yield from _addresses([s for s in near if _is_on(_page(asked, s), node.text)])
    by_edition: dict[str, list[Sheet]] = {}
    for sheet in near:
        by_edition.setdefault(sheet.edition.slug, []).append(sheet)
    for slug, sheets in by_edition.items():
        lines = list(_in_words(asked, sheets))
        yield from (f"{slug}, {line}" if asked.is_of_site else line for line in lines)
    if any(formats.chosen(sheet.edition.head.formats) for sheet in near):
        yield from _how_old(asked, near)


def _in_words(asked: Question, sheets: Sequence[Sheet]) -> Iterator[str]:
    """The leaflets of one edition that the words are found in."""
    for form in formats.chosen(sheets[0].edition.head.formats):
        found = _in_leaflets(asked, form, sheets).items()
        yield from _lines(form, {at: slugs for at, slugs in found if at and at.numbers})


def _page(asked: Question, sheet: Sheet) -> Path:
    return asked.built.site / sheet.path / "index.html"


def _is_on(page: Path, words: str) -> bool:
    return page.is_file() and printed.is_on(page.read_text("utf-8"), words)


def _addresses(sheets: Sequence[Sheet], fragment: str = "") -> Iterator[str]:
    for sheet in sheets[:MOST_LISTED]:
        yield f"{_address(sheet)}{fragment}"
    if (more := len(sheets) - MOST_LISTED) > 0:
        yield f"and in {more} more borough{'s' if more > 1 else ''}"


def _address(sheet: Sheet) -> str:
    return f"{_home(sheet)}/{sheet.path}/"


def _home(sheet: Sheet) -> str:
    return sheet.site.settings.address.href.rstrip("/")


def _in_leaflets(
    asked: Question, form: Format, sheets: Sequence[Sheet]
) -> Mapping[Pages | None, list[str]]:
    """The boroughs by the pages in their leaflets; none where it is not printed, or nothing is built."""
    section = asked.name if asked.name in model.sections() else ""
    found: dict[Pages | None, list[str]] = {}
    for sheet in sheets:
        path = asked.built.site / sheet.path / form.file
        pages = (
            printed.pages(path.read_bytes(), section, _words(asked, sheet))
            if path.is_file()
            else None
        )
        found.setdefault(pages, []).append(sheet.borough.slug)
    return found


def _words(asked: Question, sheet: Sheet) -> list[str]:
    """What the place is known by on paper: its own words, or the measure's name in its row."""
    node, left = find(asked.document.root, asked.steps)
    own = node.text if isinstance(node, Scalar) and not left else ""
    measure = sheet.edition.head.measures.get(id_of(asked.document, asked.steps) or "")
    is_telling = len(printed.letters(own)) >= printed.TELLING and asked.steps[-1] != "measure"
    return [measure.name] if measure and not is_telling else [own]


def _lines(form: Format, found: Mapping[Pages | None, list[str]]) -> Iterator[str]:
    for pages, slugs in found.items():
        where = f" ({listed(slugs)})" if len(found) > 1 else ""
        yield f"{form.title}: {pages or 'not built'}{where}"


def _how_old(asked: Question, sheets: Sequence[Sheet]) -> Iterator[str]:
    """Whether what is built is what the files say."""
    built = [s for s in sheets if any((asked.built.site / s.path).glob("*.pdf"))]
    if not built:
        yield "no leaflet is built yet: after `python3 build.py` its pages are told here"
    elif asked.built.changed is None:
        yield "these pages are those of what lies in output/; `python3 build.py` brings it up to date"
    elif newer := asked.built.newer(_read_for(built)):
        yield (
            f"these pages are those of the last build, and {listed(newer, 3)} "
            f"{'has' if len(newer) == 1 else 'have'} changed since: `python3 build.py` makes them anew"
        )


def _read_for(sheets: Sequence[Sheet]) -> set[str]:
    """The files and folders that leaflets are made of."""
    own = {each.name for s in sheets for each in (s.edition.document, s.borough.document)}
    images = {f"content/{s.edition.slug}/images" for s in sheets}
    return own | images | {"content/site.yaml", *LAID_OUT_WITH}
