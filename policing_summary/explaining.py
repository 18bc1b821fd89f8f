"""How a figure was worked out, in a sentence, for readers who want to check it."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from policing_summary import numerals
from policing_summary.figures import Figure
from policing_summary.model.results import Row


def how(row: Row, figure: Figure, others: Mapping[str, Figure]) -> Iterator[tuple[str, str]]:
    """Each form of the figure that nobody typed, and its arithmetic.

    `others` are the figures of the same table by measure; a sum is made of them.
    """
    parts = [others[name] for name in figure.parts]
    for form in ("before", "now", "change") if parts else ():
        total, values = getattr(figure, form), [getattr(part, form) for part in parts]
        if getattr(row, form) is None and total is not None and None not in values:
            shown = numerals.signed(total) if form == "change" else numerals.count(total)
            yield form, f"{numerals.written_out(values)} = {shown}"
    if not parts and row.change is None and figure.change is not None and not figure.is_level:
        yield "change", _difference(figure.now, figure.before, figure.change)
    if row.percent is None and figure.percent is not None and figure.before:
        share = f"{numerals.signed(figure.change or Decimal(0))} ÷ {numerals.count(figure.before)}"
        yield "percent", f"{share} × 100 = {figure.percent_shown}"
    if figure.groups and row.now is None:
        values = sorted((value for _, value in figure.groups), reverse=True)
        gap = " \N{MINUS SIGN} ".join(f"{value}%" for value in values)
        yield "now", f"{gap} = {figure.now_shown}"
    if row.outcome is None and figure.outcome and figure.target and figure.reached is not None:
        yield "outcome", f"{figure.headline} against a target of {figure.target.shown()}"


def _difference(now: Decimal | None, before: Decimal | None, change: Decimal) -> str:
    if now is None or before is None:
        return f"counts that were not published differ by {numerals.signed(change)}"
    minus = f"{numerals.count(now)} {numerals.MINUS} {numerals.count(before)}"
    return f"{minus} = {numerals.signed(change)}"
