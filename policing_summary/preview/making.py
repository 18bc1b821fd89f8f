"""The files of the project → a site in memory, drafts included, or what is in its way."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from policing_summary import checks, content, formats, rendering, site, tracing
from policing_summary.errors import BuildError, ContentError, in_order
from policing_summary.formats import Format
from policing_summary.leaflet import Leaflet
from policing_summary.preview.showing import Made, Trouble
from policing_summary.sheet import Sheet

Known = Mapping[tuple[str, str], Leaflet]
"""Leaflets that have been laid out, by the borough's folder and the format's name."""


def make(root: Path, leaflets: Known) -> Made | Trouble:
    """All pages anew, which offer the leaflets as far as they are known. Nothing is written."""
    try:
        return _made(root, leaflets)
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


def _made(root: Path, leaflets: Known) -> Made:
    read = content.load(root / "content", drafts=True)
    sheets, problems = checks.run(read)
    traces = {sheet.path: tracing.trace(sheet) for sheet in sheets}
    problems += [problem for trace in traces.values() for problem in trace.untraced]
    printed = [
        site.Printed(sheet, tuple(_known(sheet, leaflets)), traces[sheet.path]) for sheet in sheets
    ]
    files = site.pages(read, printed, root / "templates")
    return Made(files, {sheet.path: sheet for sheet in sheets}, in_order(problems))


def _known(sheet: Sheet, leaflets: Known) -> Iterator[tuple[Format, Leaflet]]:
    for form in formats.downloads(sheet.edition.head.formats):
        if found := leaflets.get((sheet.path, form.name)):
            yield form, found


def offers(leaflets: Known) -> Mapping[tuple[str, str], tuple[int, str]]:
    """What pages say of the leaflets: how many pages, and how large."""
    return {key: (each.pages, site.size(len(each.pdf))) for key, each in leaflets.items()}


def published(root: Path, made: Made) -> Iterator[tuple[tuple[str, str], Leaflet]]:
    """The leaflets of the last build: how large one is can be told before it is laid out anew."""
    for path, sheet in made.sheets.items():
        for form in formats.downloads(sheet.edition.head.formats):
            file = root / "output" / "site" / path / form.file
            if file.is_file():
                yield (path, form.name), Leaflet(file.read_bytes(), form.pages or 1)
