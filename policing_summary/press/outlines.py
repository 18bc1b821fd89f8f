"""A path of a PDF as it is drawn: its corners, its bounds, and whether it is a plain rectangle."""

from collections.abc import Sequence

from policing_summary.press.measures import Box, Matrix, Point, moved

STEPS = {"m", "l", "c", "v", "y", "re"}


class Path:
    """A curve counts as large as its control points: bounds may be a little wide, and are never narrow."""

    def __init__(self) -> None:
        self.clips = False
        self.shapes: list[list[Point]] = []
        self._xs: list[float] = []
        self._ys: list[float] = []
        self._steps: list[str] = []
        self._begin: list[Point] = []
        self._is_upright = True

    @property
    def box(self) -> Box | None:
        if not self._xs:
            return None
        return Box(min(self._xs), min(self._ys), max(self._xs), max(self._ys))

    @property
    def is_rectangle(self) -> bool:
        return self._steps == ["re"] and self._is_upright

    def draw(self, name: str, given: Sequence[float], by: Matrix) -> None:
        if name == "re":
            x, y, width, height = given
            given = (x, y, x + width, y, x + width, y + height, x, y + height)
            self._is_upright = (by[1] == by[2] == 0) or (by[0] == by[3] == 0)
        self._steps.append(name)
        points = [moved(x, y, by) for x, y in zip(given[::2], given[1::2], strict=True)]
        if name == "m":
            self._begin = points  # counts only once something is drawn from there
            return
        if self._begin or name == "re" or not self.shapes:
            self.shapes.append(list(self._begin))
        shape = self.shapes[-1]
        shape += _along(shape[-1], points) if name == "c" and shape else points
        for across, up in [*self._begin, *points]:
            self._xs.append(across)
            self._ys.append(up)
        self._begin = []


def of_box(box: Sequence[float], by: Matrix) -> Path:
    """The path around a box of left, foot, right and top."""
    left, foot, right, top = box
    path = Path()
    path.draw("re", [left, foot, right - left, top - foot], by)
    return path


def _along(start: Point, points: Sequence[Point]) -> list[Point]:
    """A curve as four short lines."""
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = start, *points
    found = []
    for t in (0.25, 0.5, 0.75, 1.0):
        a, b, c, d = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3
        found.append((a * x0 + b * x1 + c * x2 + d * x3, a * y0 + b * y1 + c * y2 + d * y3))
    return found
