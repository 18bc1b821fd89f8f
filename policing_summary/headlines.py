"""Sheet → the few results that a front page shows large."""

from decimal import Decimal

from policing_summary.figures import Figure
from policing_summary.model.results import Performance
from policing_summary.sheet import Sheet


def largest(sheet: Sheet, count: int) -> list[Figure]:
    """The borough's largest changes in the number of offences, rises and falls alike.

    They stand in the order of their table. Sums are left out, because their parts are there, and
    so is what may not be compared with the period before.
    """
    changed = [
        figure
        for figure in sheet.table(Performance.name, "measures")
        if figure.change and not (figure.parts or figure.is_level or figure.series_break)
    ]
    chosen = sorted(changed, key=_size, reverse=True)[:count]
    return [figure for figure in changed if figure in chosen]


def _size(figure: Figure) -> Decimal:
    return abs(figure.change or Decimal(0))
