"""How a figure was worked out, in a sentence, for readers who want to check it."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from policing_summary.figures import Figure
from policing_summary.model.results import Row
from policing_summary.numerals import MINUS
from policing_summary.wording import Words


def how(
    row: Row, figure: Figure, others: Mapping[str, Figure], words: Words
) -> Iterator[tuple[str, str]]:
    """Each form of the figure that nobody typed, and its arithmetic.

    `others` are the figures of the same table by measure; a sum is made of them.
    """
    tongue = words.language
    parts = [others[name] for name in figure.parts]
    for form in ("before", "now", "change") if parts else ():
        total, values = getattr(figure, form), [getattr(part, form) for part in parts]
        if getattr(row, form) is None and total is not None and None not in values:
            shown = tongue.signed(total) if form == "change" else tongue.count(total)
            yield form, tongue.sum(f"{tongue.written_out(values)} = {shown}")
    if not parts and row.change is None and figure.change is not None and not figure.is_level:
        yield "change", _difference(figure.now, figure.before, figure.change, words)
    if figure.is_level and row.change is None and figure.change is not None and figure.before:
        levels = tongue.sum(f"{words.latest(figure)} {MINUS} {words.before(figure)}")
        yield "change", f"{levels} = {words.change(figure)}"
    if row.percent is None and figure.percent is not None and figure.before:
        share = f"{tongue.signed(figure.change or Decimal(0))} ÷ {tongue.count(figure.before)}"
        yield "percent", tongue.sum(f"{share} × {tongue.count(100)} = {words.percent(figure)}")
    if figure.groups and row.now is None:
        values = sorted((value for _, value in figure.groups), reverse=True)
        gap = tongue.sum(f" {MINUS} ".join(words.group(value) for value in values))
        yield "now", f"{gap} = {words.latest(figure)}"
    if row.outcome is None and figure.outcome and figure.target and figure.reached is not None:
        yield (
            "outcome",
            tongue.gettext(
                "%(result)s against a target of %(target)s",
                result=words.headline(figure),
                target=words.target(figure.target),
            ),
        )


def _difference(now: Decimal | None, before: Decimal | None, change: Decimal, words: Words) -> str:
    tongue = words.language
    if now is None or before is None:
        return tongue.gettext(
            "counts that were not published differ by %(change)s", change=tongue.signed(change)
        )
    minus = f"{tongue.count(now)} {MINUS} {tongue.count(before)}"
    return tongue.sum(f"{minus} = {tongue.signed(change)}")
