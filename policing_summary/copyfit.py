"""What stood in the way of a leaflet's exact pages, told where an editor can change it."""

from collections.abc import Iterator

from policing_summary.document import Leaflet, Refusal
from policing_summary.errors import Place, Problem
from policing_summary.formats import Format
from policing_summary.sheet import Sheet


def problems(sheet: Sheet, form: Format, made: Leaflet) -> Iterator[Problem]:
    """Each refusal at the section to shorten or lengthen. The leaflet is not made, the page is."""
    for refusal in made.fit.refusals:
        told = _over(refusal, form) if refusal.is_over else _short(refusal, form)
        yield Problem(_place(sheet, refusal.section), *told, "warning")


def _place(sheet: Sheet, section: str) -> Place:
    if part := sheet.borough.part(section):
        return part.document.key_place(section)
    return Place(sheet.borough.document.name, 1, 1)


def _over(refusal: Refusal, form: Format) -> tuple[str, str]:
    much = f"{_count(refusal.lines, 'line')} too many, about {_count(refusal.words, 'word')}"
    what = f"the {form.title} is not made: {_pages(refusal)} {much}, even at the smallest type"
    cut = f"cut about {_count(refusal.words, 'word')} here{_or_in(refusal)}"
    leave_out = "name sections that may be left out in edition.yaml: `optional: [partnership]`"
    return what, f"{cut}; or {leave_out}"


def _short(refusal: Refusal, form: Format) -> tuple[str, str]:
    much = f"about {_count(refusal.lines, 'line')} too few, {_count(refusal.words, 'word')}"
    what = f"the {form.title} is not made: {_pages(refusal)} {much}, even at the largest type"
    return what, f"write more here{_or_in(refusal)}; or choose another format: `formats:`"


def _pages(refusal: Refusal) -> str:
    if refusal.first == refusal.last:
        return f"page {refusal.first} has"
    return f"pages {refusal.first} to {refusal.last} have"


def _or_in(refusal: Refusal) -> str:
    names = " or ".join(f"`{name}`" for name in refusal.others)
    return f", or in {names}" if names else ""


def _count(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
