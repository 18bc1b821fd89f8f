"""Document → pages that fit → PDF bytes. Runs in a worker: it gets a value, and returns one."""

import io
import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Any

from policing_summary import fitting, measuring, paging
from policing_summary.errors import BuildError
from policing_summary.fitting import Attempt, Rung
from policing_summary.formats import Format
from policing_summary.leaflet import Document, Fit, FittedRun, Leaflet, Piece, Refusal
from policing_summary.measuring import COVER, IMPRINT
from policing_summary.paging import Run

END = "end-"  # the id of a marker begins so
LEADING = 1.38  # the height of a line of running text, in its size
POINTS_PER_MM = 72 / 25.4
LEAD_SHARE = 0.1  # of what is done to spaces is done to the lines of the text
REM = 10  # points: the natural size of a rem
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
    pdf, said = logical.written(laid.rendered)
    refuse_other_fonts(document, pdf)
    mended = accessible(pdf, document.format.claims, said)
    return Leaflet(mended, len(laid.rendered.pages), laid.fit, laid.warnings)


def lay_out(document: Document, styles: str = "") -> Laid:
    """The document on its pages. `styles` come after its own, and may not move anything."""
    told = _Listener()
    logging.getLogger("weasyprint").addHandler(told)
    try:
        return _Bench(document, styles).laid(told.lines)
    finally:
        logging.getLogger("weasyprint").removeHandler(told)


def typeset_sheet(
    html: str, styles: str, files: tuple[tuple[str, bytes], ...], families: tuple[str, ...]
) -> bytes:
    """Something that is no leaflet and is not fitted, such as a job ticket, as PDF/UA-1.

    `files` are its fonts, by the name that its styles call them: `leaflet:/…`.

    Raises:
        BuildError: it has letters that none of its families has.
    """
    import weasyprint  # noqa: PLC0415 - 0.6 s that a build without leaflets saves
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415

    from policing_summary.finish import accessible  # noqa: PLC0415

    fonts, fetcher = FontConfiguration(), _fetcher(files)
    sheet = weasyprint.CSS(
        string=styles, font_config=fonts, base_url="leaflet:/", url_fetcher=fetcher
    )
    made = weasyprint.HTML(string=html, base_url="leaflet:/", url_fetcher=fetcher)
    pdf = made.write_pdf(font_config=fonts, stylesheets=[sheet], pdf_variant="pdf/ua-1")
    ours = tuple(family.replace(" ", "-") for family in families)  # as a PDF spells them
    if any(not name.startswith(ours) for name in _font_names(pdf)):
        raise BuildError(
            "A job ticket has letters that its fonts do not contain. Write the names of publisher, "
            "borough and edition, and what stands under `print:`, in Latin letters."
        )
    return accessible(pdf)


def refuse_other_fonts(document: Document, pdf: bytes) -> None:
    """See that a PDF is set in the document's own fonts.

    Raises:
        BuildError: it is not.
    """
    ours = tuple(family.replace(" ", "-") for family in document.families)  # as a PDF spells them
    foreign = sorted({name for name in _font_names(pdf) if not name.startswith(ours)})
    if foreign:
        raise BuildError(
            f"The leaflet {document.title} was set in a font that is not its own: "
            f"{', '.join(foreign)}. Look for letters from another script."
        )


class _Bench:
    """Lays runs of pages out, with fonts and stylesheets read once for all of them."""

    def __init__(self, document: Document, styles: str) -> None:
        import weasyprint  # noqa: PLC0415 - 0.6 s that a build without leaflets saves
        from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415

        self.weasyprint = weasyprint
        self.document = document
        self.form = document.format
        self.fonts = FontConfiguration()
        self.fetcher = _fetcher(document.files)
        self.styles = self._stylesheet(f"{document.styles}\n{styles}")
        self.pieces = {piece.name: piece for piece in document.pieces}
        self.images: dict[str, Any] = {}

    def _stylesheet(self, text: str) -> Any:  # noqa: ANN401 - WeasyPrint has no types
        return self.weasyprint.CSS(
            string=text, font_config=self.fonts, base_url="leaflet:/", url_fetcher=self.fetcher
        )

    def laid(self, told: list[str]) -> Laid:
        pieces = list(self.document.pieces)
        optional = list(self.document.optional) if self.form.pages else []
        left_out: list[str] = []
        while True:
            runs = self._fitted(paging.composed(pieces, self.form))
            failed = [(run, done) for run, done in runs if done.verdict != "fits"]
            if not any(done.verdict == "over" for _, done in failed) or not optional:
                break
            left_out.append(optional.pop(0))
            pieces = [piece for piece in pieces if piece.name not in left_out]
        refusals = tuple(_refusal(run, done, self.pieces) for run, done in failed)
        pages = [page for _, done in runs for page in done.result.pages]
        fit = Fit(tuple(_record(run, done) for run, done in runs), tuple(left_out), refusals)
        rendered = runs[0][1].result.copy(pages)
        titled = f"The leaflet {self.document.title}, {self.form.title}"
        lines = tuple(dict.fromkeys(f"{titled}: {line}" for line in told))
        return Laid(rendered, fit, lines)

    def _fitted(self, runs: list[Run]) -> list[tuple[Run, Attempt[Any]]]:
        """Each run fitted by itself; one that cannot be is joined with a neighbour."""
        done: list[tuple[Run, Attempt[Any]]] = []
        first = 1
        for each in runs:
            run = replace(each, first=first)
            done.append((run, self._fit(run)))
            first += run.pages or len(done[-1][1].result.pages)
        while (at := paging.to_join(done)) is not None:
            joined = done[at][0].joined(done[at + 1][0])
            done[at : at + 2] = [(joined, self._fit(joined))]
        return done

    def _fit(self, run: Run) -> Attempt[Any]:
        fit = fitting.fit_freely if run.pages is None else fitting.fit
        return fit(lambda rung: self._attempt(run, rung), self.form.limits)

    def _attempt(self, run: Run, rung: Rung) -> Attempt[Any]:
        classes = f"from-{run.first}{' joined' if (run.pages or 1) > 1 else ''}"
        html = self.document.page(self._inner(run), classes)
        rendered = self.weasyprint.HTML(
            string=html, base_url="leaflet:/", url_fetcher=self.fetcher
        ).render(
            font_config=self.fonts,
            stylesheets=[
                self.styles,
                self._stylesheet(_settings(run, rung, self.form, self.document.direction)),
            ],
            cache=self.images,
            pdf_variant="pdf/ua-1",
            optimize_images=True,
        )
        sections = (*run.sections, COVER, IMPRINT)
        pages = measuring.pages(rendered.pages, sections, self.form.columns)
        line = self.form.body * LEADING * rung.type_size / POINTS_PER_MM
        attempt = fitting.judge(rung, rendered, pages, run.pages, line)
        lost = _lost(html, rendered.pages)
        return replace(attempt, verdict="over") if lost else attempt

    def _inner(self, run: Run) -> str:
        names = [name for name in run.sections if name in self.pieces]
        rows = paging.side_by_side(names, self.form.rows)
        main = "<main>" + "\n".join(map(self._row, rows)) + "</main>" if names else ""
        cover = self.document.front if COVER in run.sections else ""
        return "\n".join([cover, main, self.document.imprint if run.ends else ""])

    def _row(self, row: Sequence[Sequence[str]]) -> str:
        columns = ["\n".join(self.pieces[name].html for name in column) for column in row]
        if len(columns) == 1:
            has_lost_others = any(row[0][0] in column for each in self.form.rows for column in each)
            return f'<div class="alone">\n{columns[0]}\n</div>' if has_lost_others else columns[0]
        each = "\n".join(f'<div class="column">\n{column}\n</div>' for column in columns)
        return f'<div class="row">\n{each}\n</div>'


def _settings(run: Run, rung: Rung, form: Format, direction: str) -> str:
    """What differs from run to run and from rung to rung. Bound at the right, odd pages are left."""
    side = "left" if (run.first % 2 == 0) == (direction == "ltr") else "right"
    sizes = "".join(
        f"\n@page :nth({number}) {{ size: {form.width_of(run.first + number - 1):g}mm {form.height:g}mm; }}"
        for number in range(1, (run.pages or 1) + 1)
        if form.widths
    )
    return (
        f":root {{ font-size: {REM * rung.type_size:g}pt; --air: {rung.spacing:g}; "
        f"--lead: {1 + (rung.spacing - 1) * LEAD_SHARE:g}; break-before: {side}; }}\n"
        f"@page :first {{ counter-reset: page {run.first}; }}{sizes}"
    )


def _lost(html: str, pages: Sequence[Any]) -> bool:
    """Whether the end of some box is nowhere: what is absolute or floats can vanish without a word."""
    wanted = set(re.findall(rf'id="({END}[^"]+)"', html))
    return not wanted <= {name for page in pages for name in page.anchors}


def _record(run: Run, done: Attempt[Any]) -> FittedRun:
    factors = done.rung
    return FittedRun(
        run.sections,
        run.first,
        len(done.result.pages),
        factors.type_size,
        factors.spacing,
        round(done.filled, 3),
    )


def _refusal(run: Run, done: Attempt[Any], pieces: Mapping[str, Piece]) -> Refusal:
    """The section with the longest text is the one to change: there it hurts least."""
    last = run.first + (run.pages or 1) - 1
    by_length = sorted(
        (name for name in run.sections if name in pieces), key=lambda n: -pieces[n].text_words
    )
    told = by_length or [*run.sections, IMPRINT]
    is_over = done.verdict == "over"
    lines = (done.surplus.total or measuring.STRANDED) if is_over else max(1, done.missing)
    words = done.surplus.words or ceil(lines * WORDS_IN_A_LINE)
    return Refusal(told[0], run.first, last, lines, words, is_over, tuple(told[1:3]))


class _Listener(logging.Handler):
    """Collects what WeasyPrint would only log."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


def _fetcher(own: tuple[tuple[str, bytes], ...]) -> object:
    """Knows a document's own files and data addresses, and no other."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: PLC0415

    files = dict(own)

    class OwnFiles(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: object = None) -> object:
            name = url.removeprefix("leaflet:/")
            if name in files:
                return URLFetcherResponse(url, files[name], {"Content-Type": "font/woff2"})
            return super().fetch(url, headers)

    return OwnFiles(allowed_protocols={"data"})


def _font_names(pdf: bytes) -> Iterator[str]:
    """The names of the embedded fonts, without the tag of their subset."""
    import pikepdf  # noqa: PLC0415

    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for item in opened.objects:
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor":
                yield str(item.FontName).lstrip("/").partition("+")[2] or str(item.FontName)
