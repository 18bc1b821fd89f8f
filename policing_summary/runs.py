"""One run of pages → laid out on the rung on which it fits, and given the running heads of its leaflet.

A run between the covers says nothing of its own but in its running heads. So its text is laid out
without them, and what is the same for every borough of an edition is laid out once in a process; the
heads are laid out by themselves, on empty pages, and set above the text.
"""

import copy
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from policing_summary import fitting, measuring, paging, workshop
from policing_summary.document import ANYWHERE, Document
from policing_summary.fitting import Attempt, Rung
from policing_summary.formats import Format
from policing_summary.measuring import COVER, IMPRINT
from policing_summary.paging import Run

END = "end-"  # the id of a marker begins so
LEADING = 1.38  # the height of a line of running text, in its size
POINTS_PER_MM = 72 / 25.4
LEAD_SHARE = 0.1  # of what is done to spaces is done to the lines of the text
REM = 10  # points: the natural size of a rem
BARE = '<meta charset="utf-8"><title>Pages</title>'
KEPT = 8  # runs, of some 1.4 MB each: those of one leaflet, of which some are in the next one, too


@dataclass(frozen=True)
class LaidRun:
    """A run as it came to fit or not to fit, and what WeasyPrint said about it."""

    run: Run
    attempt: Attempt[Any]
    warnings: tuple[str, ...]


def fitted(document: Document, run: Run, styles: str) -> LaidRun:
    """The run on its pages, without running heads if it is between the covers."""
    return _fitted(_part(document, run), run, styles)


def pages(document: Document, laid: LaidRun, styles: str) -> list[Any]:
    """The run's pages, with running heads."""
    bare = list(laid.attempt.result.pages)
    if not (_is_inner(laid.run) and any(map(_names_its_borough, bare))):
        return bare
    blank = "\n".join(
        f'<div style="page: {page._page_box.page_type.name or "auto"};'  # noqa: SLF001 - there is no other way to boxes
        f'{" break-before: page" if number else ""}"></div>'
        for number, page in enumerate(bare)
    )
    html = replace(document, head=BARE).page(blank, _classes(laid.run))
    settings = _settings(laid.run, laid.attempt.rung, document)
    heads = workshop.laid_out(html, _sheets(document, settings, styles), document.files)
    return [_headed(page, head) for page, head in zip(bare, heads.pages, strict=True)]


def _names_its_borough(page: Any) -> bool:  # noqa: ANN401 - WeasyPrint has no types
    """Whether a page that was laid out for all boroughs says which one it is of."""
    heads = (each for each in page._page_box.children if _is_head(each))  # noqa: SLF001
    texts = [getattr(box, "text", "") for head in heads for box in head.descendants()]
    return ANYWHERE.split()[0] in "".join(texts)


def _headed(page: Any, blank: Any) -> Any:  # noqa: ANN401 - WeasyPrint has no types
    """A page with the running heads of a blank one; what is linked and bookmarked stands in its text."""
    text = [each for each in page._page_box.children if not _is_head(each)]  # noqa: SLF001
    heads = [each for each in blank._page_box.children if _is_head(each)]  # noqa: SLF001
    made = copy.copy(page)
    made._page_box = page._page_box.copy()  # noqa: SLF001
    made._page_box.children = (*text, *heads)  # noqa: SLF001
    return made


def _is_head(box: Any) -> bool:  # noqa: ANN401
    return type(box).__name__ == "MarginBox"


def _is_inner(run: Run) -> bool:
    return run.pages is not None and not run.fixed


def _part(document: Document, run: Run) -> Document:
    """What of a document a run is made of: two runs with the same part are the same."""
    inner = _is_inner(run)
    front = COVER in run.sections
    return replace(
        document,
        title="",
        head=BARE if inner else document.head,
        cover=document.cover if front else "",
        contents=document.contents if front else "",
        pieces=tuple(piece for piece in document.pieces if piece.name in run.sections),
        imprint=document.imprint if run.ends else "",
        own="" if inner else document.own,
        optional=(),
    )


@lru_cache(KEPT)
def _fitted(part: Document, run: Run, styles: str) -> LaidRun:
    fit = fitting.fit_freely if run.pages is None else fitting.fit
    with workshop.listening() as told:
        done = fit(lambda rung: _attempt(part, run, styles, rung), part.format.limits)
    return LaidRun(run, done, tuple(told))


def _attempt(part: Document, run: Run, styles: str, rung: Rung) -> Attempt[Any]:
    html = part.page(_inner(part, run), _classes(run))
    settings = _settings(run, rung, part)
    rendered = workshop.laid_out(html, _sheets(part, settings, styles), part.files)
    sections = (*run.sections, COVER, IMPRINT)
    found = measuring.pages(rendered.pages, sections, part.format.columns)
    line = part.format.body * LEADING * rung.type_size / POINTS_PER_MM
    attempt = fitting.judge(rung, rendered, found, run.pages, line)
    return replace(attempt, verdict="over") if _lost(html, rendered.pages) else attempt


def _classes(run: Run) -> str:
    return f"from-{run.first}{' joined' if (run.pages or 1) > 1 else ''}"


def _sheets(part: Document, settings: str, styles: str) -> list[Any]:
    """From the general to the particular."""
    shared = workshop.stylesheet(f"{part.styles}\n{styles}", part.files)
    return [shared.css, workshop.read(f"{part.own}\n{settings}", part.files)]


def _inner(part: Document, run: Run) -> str:
    pieces = {piece.name: piece.html for piece in part.pieces}
    names = [name for name in run.sections if name in pieces]

    def row(columns: Sequence[Sequence[str]]) -> str:
        each = ["\n".join(pieces[name] for name in column) for column in columns]
        if len(each) > 1:
            inner = "\n".join(f'<div class="column">\n{column}\n</div>' for column in each)
            return f'<div class="row">\n{inner}\n</div>'
        has_lost_others = any(columns[0][0] in column for r in part.format.rows for column in r)
        return f'<div class="alone">\n{each[0]}\n</div>' if has_lost_others else each[0]

    rows = map(row, paging.side_by_side(names, part.format.rows))
    main = "<main>" + "\n".join(rows) + "</main>" if names else ""
    cover = part.front if COVER in run.sections else ""
    return "\n".join([cover, main, part.imprint if run.ends else ""])


def _settings(run: Run, rung: Rung, part: Document) -> str:
    """What differs from run to run and from rung to rung. Bound at the right, odd pages are left."""
    side = "left" if (run.first % 2 == 0) == (part.direction == "ltr") else "right"
    return (
        f":root {{ font-size: {REM * rung.type_size:g}pt; --air: {rung.spacing:g}; "
        f"--lead: {1 + (rung.spacing - 1) * LEAD_SHARE:g}; break-before: {side}; }}\n"
        f"@page :first {{ counter-reset: page {run.first}; }}{_widths(run, part.format)}"
    )


def _widths(run: Run, form: Format) -> str:
    return "".join(
        f"\n@page :nth({number}) {{ size: {form.width_of(run.first + number - 1):g}mm {form.height:g}mm; }}"
        for number in range(1, (run.pages or 1) + 1)
        if form.widths
    )


def _lost(html: str, found: Sequence[Any]) -> bool:
    """Whether the end of some box is nowhere: what is absolute or floats can vanish without a word."""
    wanted = set(re.findall(rf'id="({END}[^"]+)"', html))
    return not wanted <= {name for page in found for name in page.anchors}
