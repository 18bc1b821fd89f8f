"""Months → small column charts, one for each measure, and the table of the same numbers."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from markupsafe import Markup

from policing_summary import svg
from policing_summary.figures import Figure
from policing_summary.language import Language
from policing_summary.numerals import Month

YEAR = 12
WIDTH, HEIGHT, TEXT = 300.0, 122.0, 13.0
TOP, FOOT = 44.0, 100.0  # of the highest column, and of all
BETWEEN_YEARS = 10.0
SHARE = 0.7  # of its place that a column fills


def small_chart(figure: Figure, first: Month, language: Language) -> Markup:
    """A column for each month from the `first`, in a drawing with its own scale, from nought up.

    The columns of the year before are hollow. The first, the last and the highest are told.
    """
    counts = figure.months
    highest = max(counts)
    peak = counts.index(highest)
    parts = [svg.words(figure.name, 0, TEXT, "name", bold=True)]
    for index, (left, width) in enumerate(_places(len(counts))):
        height = (FOOT - TOP) * float(counts[index] / highest) if highest else 0.0
        is_before = index < len(counts) - YEAR
        line = 0.9 if is_before else 0.0
        at = (left + line / 2, FOOT - height + line / 2)
        size = (width - line, max(height - line, 0))
        look = ("column before", svg.PAPER) if is_before else ("column", svg.DEEP)
        parts.append(svg.box(*at, size, *look, line=line))
        if index == peak:
            label = language.gettext(
                "%(month)s: %(count)s, the highest", **_told(first.later(peak), highest, language)
            )
            at_x, anchor = svg.beside(left + width / 2, WIDTH, len(label) * TEXT * 0.5)
            parts.append(svg.words(label, at_x, TOP - 5, "value", anchor=anchor))
    parts.append(svg.level(FOOT, (0, WIDTH), "axis", svg.AXIS))
    y, last = FOOT + TEXT * 1.3, first.later(len(counts) - 1)
    parts += [
        svg.words(_label(first, counts[0], language), 0, y, "value"),
        svg.words(_label(last, counts[-1], language), WIDTH, y, "value", anchor="end"),
    ]
    return svg.drawing(
        (WIDTH, HEIGHT),
        describe(figure, first, language),
        parts,
        TEXT,
        mirrored=language.is_mirrored,
    )


def describe(figure: Figure, first: Month, language: Language) -> str:
    """The drawing in words; every month is in the table behind it."""
    counts = figure.months
    highest = max(counts)
    peak, last = first.later(counts.index(highest)), first.later(len(counts) - 1)
    return language.gettext(
        "Column chart of %(measure)s by month, from %(first_month)s to %(last_month)s. "
        "First %(first)s, last %(last)s, highest %(highest)s in %(peak)s.",
        measure=figure.name,
        first_month=language.date(first),
        last_month=language.date(last),
        first=language.count(counts[0]),
        last=language.count(counts[-1]),
        highest=language.count(highest),
        peak=language.date(peak),
    )


def table(
    figures: Sequence[Figure], first: Month, language: Language
) -> list[tuple[str, list[str]]]:
    """A row for each month: its name, and the count of each figure."""
    months = zip(*(figure.months for figure in figures), strict=True)
    return [
        (language.date(first.later(index)), [language.count(count) for count in counts])
        for index, counts in enumerate(months)
    ]


def _places(count: int) -> Iterator[tuple[float, float]]:
    """Left and width of each column; there is a gap between two years."""
    gap = BETWEEN_YEARS if count > YEAR else 0
    step = (WIDTH - gap) / count
    for index in range(count):
        moved = gap if index >= count - YEAR else 0
        yield step * (index + (1 - SHARE) / 2) + moved, step * SHARE


def _label(month: Month, count: Decimal, language: Language) -> str:
    return language.gettext("%(month)s: %(count)s", **_told(month, count, language))


def _told(month: Month, count: Decimal, language: Language) -> dict[str, str]:
    return {"month": language.short_month(month), "count": language.count(count)}
