"""Document → pages that fit → PDF bytes. Runs in a worker: it gets a value, and returns one."""

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Any

from policing_summary import measuring, paging, runs, watch, workshop
from policing_summary.document import Document, Fit, FittedRun, Leaflet, Piece, Refusal
from policing_summary.errors import BuildError
from policing_summary.measuring import IMPRINT
from policing_summary.paging import Run
from policing_summary.runs import LaidRun

MOST_SECONDS = 180  # of computing for one leaflet: the longest that is meant takes ten
WORDS_IN_A_LINE = 9  # of running text, where lines are missing and none can be counted


@dataclass(frozen=True)
class Laid:
    """A document on its pages, as WeasyPrint's own value, and how it came to fit them."""

    rendered: Any
    fit: Fit
    warnings: tuple[str, ...]


def typeset(document: Document) -> Leaflet:
    """The leaflet for screens, with everything that its format claims: PDF/A-2a and PDF/UA-1.

    Raises:
        BuildError: a font came in that is not in the document, so letters would be another's.
    """
    from policing_summary import logical  # noqa: PLC0415 - only where there is a PDF
    from policing_summary.finish import accessible  # noqa: PLC0415

    laid = lay_out(document)
    made = logical.written(laid.rendered)
    refuse_other_fonts(document, made.fonts)
    mended = accessible(made.pdf, document.format.claims, made.said)
    return Leaflet(mended, len(laid.rendered.pages), laid.fit, laid.warnings)


def lay_out(document: Document, styles: str = "") -> Laid:
    """The document on its pages. `styles` come after its own, and may not move anything.

    Raises:
        BuildError: it takes so long that something in it must be wrong, or WeasyPrint fails on it.
    """
    titled = f"The leaflet {document.title}, {document.format.title}"
    told = (
        f"{titled}, was not laid out within {MOST_SECONDS // 60} minutes. Look for a text that is far too "
        "long, or choose another format."
    )
    with watch.within(MOST_SECONDS, told):
        try:
            return _laid_out(document, styles)
        except (BuildError, OSError, MemoryError):
            raise
        except Exception as error:
            raise BuildError(
                f"{titled}, could not be laid out: WeasyPrint, which lays out leaflets, failed on something in "
                f"it ({type(error).__name__}: {error}). Look at what was changed last, first of all for a quote "
                "or a table cell that is longer than a page; or choose another format. If that does not help, "
                "send the content to the people who look after this program."
            ) from error


def _laid_out(document: Document, styles: str) -> Laid:
    document = replace(document, files=workshop.same(document.files))
    read = workshop.stylesheet(f"{document.styles}\n{styles}", document.files)
    laid, left_out = _complete(document, styles)
    pieces = {piece.name: piece for piece in document.pieces}
    fit = Fit(
        tuple(map(_record, laid)),
        left_out,
        tuple(_refusal(each, pieces) for each in laid if each.attempt.verdict != "fits"),
    )
    pages = [page for each in laid for page in runs.pages(document, each, styles)]
    rendered = laid[0].attempt.result.copy(pages)
    titled = f"The leaflet {document.title}, {document.format.title}"
    told = (*read.warnings, *(line for each in laid for line in each.warnings))
    return Laid(rendered, fit, tuple(dict.fromkeys(f"{titled}: {line}" for line in told)))


def _complete(document: Document, styles: str) -> tuple[list[LaidRun], tuple[str, ...]]:
    """Every run, and the optional sections that were left out so that all fit."""
    optional = document.optional if document.format.pages else ()
    for gone in range(len(optional) + 1):
        pieces = [piece for piece in document.pieces if piece.name not in optional[:gone]]
        laid = _fitted(document, paging.composed(pieces, document.format), styles)
        if all(each.attempt.verdict != "over" for each in laid):
            break
    return laid, optional[:gone]


def _fitted(document: Document, composed: list[Run], styles: str) -> list[LaidRun]:
    """Each run fitted by itself; one that cannot be is joined with a neighbour."""
    done: list[LaidRun] = []
    first = 1
    for each in composed:
        done.append(runs.fitted(document, replace(each, first=first), styles))
        first += each.pages or len(done[-1].attempt.result.pages)
    while (at := paging.to_join([(each.run, each.attempt) for each in done])) is not None:
        joined = done[at].run.joined(done[at + 1].run)
        done[at : at + 2] = [runs.fitted(document, joined, styles)]
    return done


def typeset_sheet(
    html: str, styles: str, files: tuple[tuple[str, bytes], ...], families: tuple[str, ...]
) -> bytes:
    """Something that is no leaflet and is not fitted, such as a job ticket, as PDF/UA-1.

    `files` are its fonts, by the name that its styles call them: `leaflet:/…`.

    Raises:
        BuildError: it has letters that none of its families has.
    """
    from policing_summary import logical  # noqa: PLC0415 - only where there is a PDF
    from policing_summary.finish import accessible  # noqa: PLC0415

    sheet = workshop.stylesheet(styles, files)
    made = logical.written(workshop.laid_out(html, [sheet.css], files))
    if _foreign(families, made.fonts):
        raise BuildError(
            "A job ticket has letters that its fonts do not contain. Write the names of publisher, "
            "borough and edition, and what stands under `print:`, in Latin letters."
        )
    return accessible(made.pdf)


def refuse_other_fonts(document: Document, fonts: Iterable[str]) -> None:
    """See that a PDF with such `fonts` is set in the document's own.

    Raises:
        BuildError: it is not.
    """
    if foreign := _foreign(document.families, fonts):
        raise BuildError(
            f"The leaflet {document.title} was set in a font that is not its own: "
            f"{', '.join(foreign)}. Look for letters from another script."
        )


def _record(laid: LaidRun) -> FittedRun:
    run, done, factors = laid.run, laid.attempt, laid.attempt.rung
    return FittedRun(
        run.sections,
        run.first,
        len(done.result.pages),
        factors.type_size,
        factors.spacing,
        round(done.filled, 3),
    )


def _refusal(laid: LaidRun, pieces: Mapping[str, Piece]) -> Refusal:
    """The section with the longest text is the one to change: there it hurts least."""
    run, done = laid.run, laid.attempt
    last = run.first + (run.pages or 1) - 1
    by_length = sorted(
        (name for name in run.sections if name in pieces), key=lambda n: -pieces[n].text_words
    )
    told = by_length or [*run.sections, IMPRINT]
    is_over = done.verdict == "over"
    lines = (done.surplus.total or measuring.STRANDED) if is_over else max(1, done.missing)
    words = done.surplus.words or ceil(lines * WORDS_IN_A_LINE)
    return Refusal(told[0], run.first, last, lines, words, is_over, tuple(told[1:3]))


def _foreign(families: Sequence[str], fonts: Iterable[str]) -> list[str]:
    ours = tuple(family.replace(" ", "-") for family in families)  # as a PDF spells them
    return sorted({name for name in fonts if not name.startswith(ours)})


def font_names(pdf: bytes) -> Iterator[str]:
    """The names of the embedded fonts, without the tag of their subset."""
    import pikepdf  # noqa: PLC0415

    from policing_summary import logical  # noqa: PLC0415

    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for item in opened.objects:
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor":
                yield logical.without_subset(str(item.FontName))
