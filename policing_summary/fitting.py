"""Copyfit: a run of pages → the type size and the spacing at which it has exactly its pages.

The means are tried in order, and each that was used is recorded: type size and spacing together,
step by step, between the limits of the format; then pages that were composed one by one are joined,
so that a full page can lend from an emptier one; then sections that the edition calls optional are
left out. Past them the leaflet is refused, with the number of lines.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Generic, Literal, TypeVar

from policing_summary import measuring
from policing_summary.formats import Limits
from policing_summary.measuring import MeasuredPage, Surplus

STEPS = 6  # from the natural look to each limit
LEAST = 0.6  # a page that is filled less is half empty to the eye
WANTED = 0.8  # below it a page is loosened, as long as it stays in its limits
FEW = 2  # lines over, as a sentence brings them that was put in: mostly one of the next rungs has room
NEXT = 2  # rungs that are tried first then
ENDING = 0.25  # of the last page, where there are as many as it takes: less looks like a mistake

Result = TypeVar("Result")
Verdict = Literal["fits", "over", "short"]


@dataclass(frozen=True)
class Rung:
    """Factors of every size of type and of every space."""

    type_size: float = 1.0
    spacing: float = 1.0


NATURAL = Rung()


@dataclass(frozen=True)
class Attempt(Generic[Result]):
    """A run as it was laid out on one rung, and how it stands on its pages."""

    rung: Rung
    result: Result
    verdict: Verdict
    surplus: Surplus
    missing: int
    """Lines that the emptiest page, or pages that are missing, would need."""
    filled: float
    """How full the emptiest page is, from 0 to 1; the last one where any number is allowed."""

    @property
    def looks_full(self) -> bool:
        return self.verdict == "fits" and self.filled >= WANTED


def judge(
    rung: Rung, result: Result, pages: Sequence[MeasuredPage], allowed: int | None, line: float
) -> Attempt[Result]:
    """How pages that were laid out stand to the number of pages that are `allowed`.

    `line` is the height of a line of running text, in millimetres.
    """
    surplus = measuring.surplus(pages, allowed)
    heads = measuring.stranded(pages[:allowed])
    counted = pages[-1:] if allowed is None else pages[:allowed]
    filled = min((page.filled for page in counted), default=0.0)
    if allowed is None and heads:
        heads, filled = (
            [],
            0.0,
        )  # as bad as a last page that is nearly empty, but no reason to refuse
    area = max((page.foot - page.top for page in pages), default=0.0)
    absent = (allowed or 0) - len(pages)
    if surplus or heads or absent < 0 < (allowed or 0):
        return Attempt(rung, result, "over", surplus, 0, filled)
    if allowed is not None and (filled < LEAST or absent > 0):
        missing = (LEAST - filled if filled < LEAST else 0) * area + max(0, absent) * LEAST * area
        return Attempt(rung, result, "short", surplus, ceil(missing / line), filled)
    return Attempt(rung, result, "fits", surplus, 0, filled)


def ladder(limits: Limits) -> list[Rung]:
    """From the tightest to the widest, the natural look in the middle; spacing goes first."""

    def rung(step: int) -> Rung:
        side = 0 if step < 0 else 1
        share = abs(step) / STEPS
        spacing, size = min(1.0, share * 1.5), max(0.0, share * 1.25 - 0.25)
        return Rung(
            round(1 + (limits.type_size[side] - 1) * size, 4),
            round(1 + (limits.spacing[side] - 1) * spacing, 4),
        )

    return [rung(step) for step in range(-STEPS, STEPS + 1)]


def fit(attempt: Callable[[Rung], Attempt[Result]], limits: Limits) -> Attempt[Result]:
    """The attempt nearest to the natural look that fits; else the one that comes nearest to fitting.

    A page that is not full looks better when it is loosened, so that is tried as well.
    """
    rungs = ladder(limits)
    middle = STEPS
    natural = attempt(rungs[middle])
    if natural.looks_full:
        return natural
    if natural.verdict == "over":
        return _tightened(attempt, rungs[:middle], natural)
    return _loosened(attempt, rungs[middle + 1 :], natural)


def fit_freely(attempt: Callable[[Rung], Attempt[Result]], limits: Limits) -> Attempt[Result]:
    """The attempt nearest to the natural look whose last page is not nearly empty, on any number.

    No heading is stranded in it either. Without such a rung, the natural look.
    """
    rungs = sorted(ladder(limits), key=lambda rung: abs(rung.spacing - 1))
    natural = attempt(rungs[0])
    if _ends_well(natural):
        return natural
    tried = map(attempt, dict.fromkeys(rungs[1:]))
    return next(filter(_ends_well, tried), natural)


def _ends_well(tried: Attempt[Result]) -> bool:
    return tried.verdict == "fits" and tried.filled >= ENDING


def _tightened(
    attempt: Callable[[Rung], Attempt[Result]], rungs: Sequence[Rung], natural: Attempt[Result]
) -> Attempt[Result]:
    """The widest of the rungs on which nothing is over: one of the next, where hardly anything is."""
    high = len(rungs)
    for _ in range(NEXT if natural.surplus.total <= FEW else 0):
        high -= 1
        tried = attempt(rungs[high])
        if tried.verdict != "over":
            return tried
    best = attempt(rungs[0])
    if best.verdict == "over":
        return best
    low = 1
    while low < high:
        middle = (low + high) // 2
        tried = attempt(rungs[middle])
        if tried.verdict == "over":
            high = middle
        else:
            best, low = tried, middle + 1
    return best


def _loosened(
    attempt: Callable[[Rung], Attempt[Result]], rungs: Sequence[Rung], natural: Attempt[Result]
) -> Attempt[Result]:
    """The first of the rungs on which the pages look full, or the last before something is over."""
    best = natural
    low, high = 0, len(rungs)
    while low < high:
        middle = (low + high) // 2
        tried = attempt(rungs[middle])
        if tried.verdict == "over":
            high = middle
        elif tried.looks_full:
            best, high = tried, middle
        else:
            best, low = max(best, tried, key=lambda each: each.filled), middle + 1
    return best
