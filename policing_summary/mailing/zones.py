"""Where an address stands on each sheet: the tables of carriers and of labels, in millimetres.

A zone is what the letters may fill; 5 mm of empty paper belong around it. A carrier for an envelope with a
window has its zone where the usual window shows it (90 × 35 mm, 20 mm from the left and 18 mm from the
foot of a DL, 60 mm from the foot of a C5) wherever the sheet lies in the middle half of its play.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from policing_summary.model.mailing import SIZES, Mailing, Zone

POINTS_PER_MM = 72 / 25.4


@dataclass(frozen=True)
class Box:
    """A rectangle on a page: from its left and its top, in mm."""

    left: float
    top: float
    width: float
    height: float

    def grown(self, by: float) -> "Box":
        return Box(self.left - by, self.top - by, self.width + 2 * by, self.height + 2 * by)


CARRIER_ZONES = {
    "a5": Box(20, 92, 100, 40),
    "a5-landscape": Box(20, 63.5, 71, 28),
    "dl": Box(22, 55, 75, 28),
    "a4": Box(22, 55, 75, 28),
}


@dataclass(frozen=True)
class Sheet:
    """Labels on A4, named by how many there are: their size, the first one's corner and their pitch, in mm."""

    title: str
    across: int
    down: int
    width: float
    height: float
    left: float
    top: float
    pitch_x: float
    pitch_y: float

    @property
    def count(self) -> int:
        return self.across * self.down

    def boxes(self) -> Iterator[Box]:
        """The labels, row by row."""
        for row in range(self.down):
            for column in range(self.across):
                left, top = self.left + column * self.pitch_x, self.top + row * self.pitch_y
                yield Box(left, top, self.width, self.height)


def _sheet(across: int, down: int, width: float, height: float, number: str) -> Sheet:
    """Labels that touch one another in a column, 2.5 mm apart in a row, in the middle of A4."""
    gap = 2.5
    left = (210 - across * width - (across - 1) * gap) / 2
    top = (297 - down * height) / 2
    title = f"A4 with {across * down} labels of {width:g} × {height:g} mm, as {number}"
    return Sheet(title, across, down, width, height, left, top, width + gap, height)


SHEETS = {
    "a4-8": _sheet(2, 4, 99.1, 67.7, "L7165"),
    "a4-14": _sheet(2, 7, 99.1, 38.1, "L7163"),
    "a4-16": _sheet(2, 8, 99.1, 33.9, "L7162"),
    "a4-18": _sheet(3, 6, 63.5, 46.6, "L7161"),
    "a4-21": _sheet(3, 7, 63.5, 38.1, "L7160"),
    "a4-24": _sheet(3, 8, 63.5, 33.9, "L7159"),
}
PADDING = 4.0  # mm inside a label: printers and dies are both a little off


def label_zone(sheet: Sheet) -> Box:
    """The zone of a label, from its own corner."""
    return Box(PADDING, PADDING, sheet.width - 2 * PADDING, sheet.height - 2 * PADDING)


def carrier_zone(mailing: Mailing) -> Box:
    return typed(mailing.carrier_zone) or CARRIER_ZONES[mailing.carrier]


def carrier_size(mailing: Mailing) -> tuple[float, float]:
    return SIZES[mailing.carrier]


def typed(zone: Zone | None) -> Box | None:
    if zone is None:
        return None
    return Box(float(zone.left), float(zone.top), float(zone.width), float(zone.height))
