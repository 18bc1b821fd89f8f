"""One measure in the boroughs of an edition: their values in order, the lowest, middle and highest.

Worked out once for an edition, and shared by all its boroughs.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from policing_summary import numerals
from policing_summary.errors import Place
from policing_summary.figures import Figure
from policing_summary.wording import Words

FEWEST = 5  # among fewer there is no telling what is usual
STEPS = 560  # a mark stands on one of so many places: more could not be told apart
Form = Literal["percent", "now"]


@dataclass(frozen=True)
class Peer:
    """A borough's value of one measure, and where it is typed."""

    borough: str
    value: Decimal
    place: Place


@dataclass(frozen=True)
class Peers:
    """`all` are in order of their values; `steps` are the places of their marks, each once."""

    form: Form
    all: tuple[Peer, ...]
    steps: tuple[int, ...]

    @property
    def lowest(self) -> Peer:
        return self.all[0]

    @property
    def highest(self) -> Peer:
        return self.all[-1]

    @property
    def middle(self) -> Decimal:
        """The value of the borough in the middle; between two, half-way."""
        half = len(self.all) // 2
        if len(self.all) % 2:
            return self.all[half].value
        return numerals.rounded((self.all[half - 1].value + self.all[half].value) / 2)

    def step(self, value: Decimal) -> int:
        """The place of a value between the lowest, 0, and the highest, `STEPS`."""
        return _step(value, self.lowest.value, self.highest.value)

    def name(self, end: Peer, words: Words) -> str:
        """The borough at one end, if it is alone there."""
        beside = self.all[1] if end is self.lowest else self.all[-2]
        if beside.value != end.value:
            return end.borough
        return words.language.gettext("several boroughs")


def value(figure: Figure) -> tuple[Form, Decimal] | None:
    """What of a figure can be compared between boroughs: the change in percent, or the level.

    Numbers of offences cannot: boroughs are of different size.
    """
    if figure.is_level:
        return ("now", figure.now) if figure.now is not None else None
    return ("percent", figure.percent) if figure.percent is not None else None


def shown(figure: Figure, number: Decimal, words: Words) -> str:
    """A value as the figure's own is printed."""
    if not figure.is_level:
        return words.language.signed_percent(number)
    return words.level(figure.measure, number)


def renamed(peers: Peers, names: Mapping[str, str]) -> Peers:
    """The same boroughs under the names that they have in another language."""
    return replace(peers, all=tuple(replace(p, borough=names[p.borough]) for p in peers.all))


def compared(form: Form, values: Iterable[Peer]) -> Peers | None:
    """The boroughs in order, or nothing if there are too few."""
    ordered = tuple(sorted(values, key=lambda peer: (peer.value, peer.borough)))
    if len(ordered) < FEWEST:
        return None
    low, high = ordered[0].value, ordered[-1].value
    steps = sorted({_step(peer.value, low, high) for peer in ordered})
    return Peers(form, ordered, tuple(steps))


def _step(number: Decimal, low: Decimal, high: Decimal) -> int:
    return round((number - low) / (high - low) * STEPS) if high > low else STEPS // 2
