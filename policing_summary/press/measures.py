"""Boxes on paper. In a PDF lengths are points; in this program's own words they are millimetres."""

import math
from dataclasses import dataclass
from typing import Any, TypeAlias

import pikepdf

Point: TypeAlias = tuple[float, float]
Matrix: TypeAlias = tuple[float, float, float, float, float, float]
UNMOVED: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

POINTS_PER_MM = 72 / 25.4


@dataclass(frozen=True)
class Box:
    """A rectangle in points, from its left foot to its right top."""

    left: float
    foot: float
    right: float
    top: float

    @classmethod
    def of(cls, page: pikepdf.Page, name: str) -> "Box | None":
        """A box of the page by its name in the file, `/TrimBox` for example."""
        given = page.obj.get(name)
        return None if given is None else cls(*(float(side) for side in given))

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.top - self.foot

    @property
    def array(self) -> pikepdf.Array:
        sides = (self.left, self.foot, self.right, self.top)
        return pikepdf.Array([round(side, 4) for side in sides])

    @property
    def is_empty(self) -> bool:
        return self.right <= self.left or self.top <= self.foot

    def grown(self, by: float) -> "Box":
        return Box(self.left - by, self.foot - by, self.right + by, self.top + by)

    def moved(self, x: float, y: float) -> "Box":
        return Box(self.left + x, self.foot + y, self.right + x, self.top + y)

    def meet(self, other: "Box") -> "Box":
        return Box(
            max(self.left, other.left),
            max(self.foot, other.foot),
            min(self.right, other.right),
            min(self.top, other.top),
        )

    def holds(self, other: "Box", slack: float = 0) -> bool:
        return (
            other.left >= self.left - slack
            and other.foot >= self.foot - slack
            and other.right <= self.right + slack
            and other.top <= self.top + slack
        )


def mm(points: float) -> float:
    return points / POINTS_PER_MM


def points(millimetres: float) -> float:
    return millimetres * POINTS_PER_MM


def matrix(given: Any) -> Matrix:  # noqa: ANN401 - six numbers of a PDF, however they are held
    a, b, c, d, e, f = (float(number) for number in given)
    return a, b, c, d, e, f


def product(first: Matrix, then: Matrix) -> Matrix:
    """The matrix that does one thing and then the other."""
    a, b, c, d, e, f = first
    aa, bb, cc, dd, ee, ff = then
    return (
        a * aa + b * cc,
        a * bb + b * dd,
        c * aa + d * cc,
        c * bb + d * dd,
        e * aa + f * cc + ee,
        e * bb + f * dd + ff,
    )


def moved(x: float, y: float, by: Matrix) -> Point:
    a, b, c, d, e, f = by
    return a * x + c * y + e, b * x + d * y + f


def sides(by: Matrix) -> Point:
    """How long a length of 1 becomes, across and upwards."""
    a, b, c, d, *_ = by
    return math.hypot(a, b), math.hypot(c, d)


def scale(by: Matrix) -> float:
    """How much wider a line becomes, on average of all directions."""
    a, b, c, d, *_ = by
    return math.sqrt(abs(a * d - b * c))
