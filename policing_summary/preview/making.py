"""The site as it was and the files as they are → the site in memory, drafts included, or what is in its way."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from policing_summary import formats, rebuilding, rendering, site
from policing_summary.document import Leaflet
from policing_summary.errors import BuildError, ContentError
from policing_summary.formats import Format
from policing_summary.making import Laid, Worked
from policing_summary.preview.showing import Made, Offers, Trouble
from policing_summary.rebuilding import Built
from policing_summary.sheet import Sheet

Known = Mapping[tuple[str, str], Leaflet]
"""Leaflets that have been laid out, by the borough's folder and the format's name."""
KEPT = 100
"""Boroughs held with everything, so that a large site stays small in memory."""


def make(root: Path, before: Made, leaflets: Known) -> Made | Trouble:
    """What has changed anew; pages offer the leaflets that are known. Nothing is written."""
    try:
        return _made(root, before, leaflets)
    except ContentError as error:
        return Trouble(error.problems)
    except BuildError as error:
        return Trouble(said=str(error))
    except Exception as error:  # noqa: BLE001 - whatever it is, the preview goes on with the next save
        if broken := rendering.broken_template(error, root / "templates"):
            return Trouble((broken,))
        if isinstance(error, OSError):
            where = f" ({error.filename})" if error.filename else ""
            return Trouble(said=f"A file cannot be read: {error.strerror or error}{where}")
        said = (
            f"This is a fault in the program, not in your content: {type(error).__name__}: {error}"
        )
        return Trouble(said=said)


def _made(root: Path, before: Made, leaflets: Known) -> Made:
    offered = offers(leaflets)
    fresh: dict[str, tuple[Sheet, ...]] = {}

    def press(some: Sequence[Worked]) -> list[Laid]:
        for each in some[-KEPT:]:
            sheets = tuple(sheet for sheet, _ in each.sheets)
            fresh.update({sheet.borough.slug: sheets for sheet in sheets[:1]})
        return [_laid(each, leaflets) for each in some]

    if before.built is None:
        built = rebuilding.first(root, press, drafts=True, templates=root / "templates")
        files = built.files
    else:
        built, change = rebuilding.again(before.built, press, _offered_anew(before, offered))
        files = {**before.files, **change.written}
        for path in change.removed:
            files.pop(path, None)
    summaries = {sheet.path: sheet for sheet in built.whole.sheets}
    whole = _latest(before, fresh, built)
    return Made(built, files, summaries, whole, offered, built.problems)


def _laid(worked: Worked, leaflets: Known) -> Laid:
    return Laid({sheet.path: tuple(_known(sheet, leaflets)) for sheet, _ in worked.sheets})


def _known(sheet: Sheet, leaflets: Known) -> Iterator[tuple[Format, Leaflet]]:
    for form in formats.downloads(sheet.edition.head.formats):
        if found := leaflets.get((sheet.path, form.name)):
            yield form, found


def _latest(
    before: Made, fresh: Mapping[str, tuple[Sheet, ...]], built: Built
) -> dict[str, tuple[Sheet, ...]]:
    """The boroughs that were made last, with everything; one that has gone is let go."""
    older = {slug: sheets for slug, sheets in before.whole.items() if slug not in fresh}
    held = {slug: sheets for slug, sheets in {**older, **fresh}.items() if slug in built.boroughs}
    return dict(list(held.items())[-KEPT:])


def _offered_anew(before: Made, offered: Offers) -> set[str]:
    """The boroughs whose pages say something else of a leaflet than what is known of it now."""
    differing = {
        folder
        for folder, form in before.offered.keys() | offered.keys()
        if before.offered.get((folder, form)) != offered.get((folder, form))
    }
    found = (before.summaries.get(folder) for folder in differing)
    return {summary.borough.slug for summary in found if summary}


def offers(leaflets: Known) -> Offers:
    return {key: (each.pages, site.size(len(each.pdf))) for key, each in leaflets.items()}
