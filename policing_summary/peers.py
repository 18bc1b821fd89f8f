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
MANY, COARSE = 150, 7  # of more boroughs, marks stand on every seventh place only
Form = Literal["percent", "now"]


@dataclass(frozen=True, slots=True)  # a dozen for each borough
class Peer:
    """A borough's value of one measure, and where it is typed."""

    borough: str
    value: Decimal
    place: Place


@dataclass(frozen=True)
class Peers:
    """`count` boroughs in order of their values: both ends, and what lies in the middle.

    However many there are, a page knows no more of them than it prints. `steps` are the places of
    their marks, each once; `ends_alone` says of the lowest and of the highest whether no other borough
    has the same value.
    """

    form: Form
    count: int
    lowest: Peer
    highest: Peer
    ends_alone: tuple[bool, bool]
    middle: Decimal
    """The value of the borough in the middle; between two, half-way."""
    half: Place
    """Where the value in the middle is typed, or the upper one of two."""
    steps: tuple[int, ...]

    def step(self, value: Decimal) -> int:
        """The place of a value between the lowest, 0, and the highest, `STEPS`."""
        return _step(value, self.lowest.value, self.highest.value)

    def name(self, end: Peer, words: Words) -> str:
        """The borough at one end, if it is alone there."""
        if self.ends_alone[end is not self.lowest]:
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
    lowest, highest = (
        replace(end, borough=names.get(end.borough, end.borough))
        for end in (peers.lowest, peers.highest)
    )
    return replace(peers, lowest=lowest, highest=highest)


def compared(form: Form, values: Iterable[Peer]) -> Peers | None:
    """The boroughs in order, or nothing if there are too few."""
    ordered = tuple(sorted(values, key=lambda peer: (peer.value, peer.borough)))
    if len(ordered) < FEWEST:
        return None
    low, high = ordered[0].value, ordered[-1].value
    coarse = COARSE if len(ordered) > MANY else 1
    steps = sorted({_step(peer.value, low, high) // coarse * coarse for peer in ordered})
    half = len(ordered) // 2
    middle = ordered[half].value
    if len(ordered) % 2 == 0:
        middle = numerals.rounded((ordered[half - 1].value + middle) / 2)
    alone = (ordered[1].value != low, ordered[-2].value != high)
    place = ordered[half].place
    ends = ordered[0], ordered[-1]
    return Peers(form, len(ordered), *ends, alone, middle, place, tuple(steps))


def _step(number: Decimal, low: Decimal, high: Decimal) -> int:
    return round((number - low) / (high - low) * STEPS) if high > low else STEPS // 2
