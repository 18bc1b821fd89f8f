"""The lines of an address → the type size at which they fit their zone, or how they do not."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from math import ceil, floor

from policing_summary.mailing.face import Face
from policing_summary.mailing.zones import POINTS_PER_MM, Box
from policing_summary.model.mailing import TypeSizes

LEADING = 1.25  # of the type size, from line to line; sorting machines want 1.2 or more
STEP = Decimal("0.5")


@dataclass(frozen=True)
class Measure:
    """A zone, the sizes that may be tried in it, in points, and the typeface."""

    where: str
    zone: Box
    sizes: tuple[float, ...]
    face: Face

    def fit(self, lines: Iterable[str]) -> float | None:
        """The largest size at which all lines fit; none if they do at no size."""
        texts = tuple(lines)
        widest = max((self.face.width(text, 1) for text in texts), default=0)
        for size in self.sizes:
            is_narrow = widest * size <= self.zone.width * POINTS_PER_MM
            if is_narrow and len(texts) <= self.room(size):
                return size
        return None

    def room(self, size: float) -> int:
        """How many lines of this size the zone is high enough for."""
        height = self.zone.height * POINTS_PER_MM
        return 1 + floor((height - size + 1e-6) / (size * LEADING))

    def faults(self, lines: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str, str]]:
        """What does not fit at the smallest size: each line with its field."""
        smallest, texts = self.sizes[-1], tuple(lines)
        most = self.zone.width * POINTS_PER_MM
        for field, text in texts:
            over = self.face.width(text, smallest) - most
            if over > 0:
                what = (
                    f"this line is {ceil(over / POINTS_PER_MM)} mm too long for the {self.where}, "
                    f"where {self.zone.width:g} mm are free, even at {smallest:g} pt"
                )
                yield field, what, "shorten it, or divide it between two columns"
        if len(texts) > self.room(smallest):
            yield (
                "",
                f"the address has {len(texts)} lines, and the {self.where} has room for {self.room(smallest)}",
                "join two lines, or leave out what the post does not need",
            )


def sizes(given: TypeSizes) -> tuple[float, ...]:
    """From the largest down to the smallest, by half points."""
    tried = [given.largest]
    while tried[-1] - STEP >= given.smallest:
        tried.append(tried[-1] - STEP)
    if tried[-1] != given.smallest:
        tried.append(given.smallest)
    return tuple(map(float, tried))
