"""Marks outside what is cut: where to cut, where to fold, in which order to gather, what ink is on.

All are pure black, and a quarter point wide. Crosses that show whether the plates lie on one another
have cyan, magenta and black: yellow would not be seen, and would exceed the limit of ink.
"""

from collections.abc import Iterable

from policing_summary.press.measures import Box, points

OFFSET, LENGTH = 3.5, 4.0  # millimetres: beyond a bleed of 3, then the mark
MARGIN = 10.0  # mm around a single page: room for bleed, marks and a line of words
HAIR = 0.25  # points
BLACK = "0 0 0 1 K 0 0 0 1 k"
DASH = points(0.8)
PATCHES = ("1 0 0 0", "0 1 0 0", "0 0 1 0", "0 0 0 1", "0 0 0 .5", "1 1 0 0")


def crop(trim: Box) -> bytes:
    """Two marks at each corner."""
    near, far = points(OFFSET), points(OFFSET + LENGTH)
    across, upwards = ((trim.left, -1), (trim.right, 1)), ((trim.foot, -1), (trim.top, 1))
    level = [(x + a * near, y, x + a * far, y) for x, a in across for y, _ in upwards]
    upright = [(x, y + b * near, x, y + b * far) for x, _ in across for y, b in upwards]
    return _strokes([*level, *upright])


def fold(xs: Iterable[float], trim: Box) -> bytes:
    """A broken line above and below the sheet wherever it is folded."""
    near, far = points(OFFSET), points(OFFSET + LENGTH)
    lines = [
        line
        for x in xs
        for line in (
            (x, trim.foot - near, x, trim.foot - far),
            (x, trim.top + near, x, trim.top + far),
        )
    ]
    return _strokes(lines, f"[{DASH:.3f} {DASH:.3f}] 0 d")


def register(centres: Iterable[tuple[float, float]]) -> bytes:
    """A cross in a ring at each place, in three inks."""
    arm, ring = points(1.6), points(0.9)
    parts = [f"q {HAIR} w 1 1 0 1 K"]
    for x, y in centres:
        parts.append(f"{x - arm:.3f} {y:.3f} m {x + arm:.3f} {y:.3f} l S")
        parts.append(f"{x:.3f} {y - arm:.3f} m {x:.3f} {y + arm:.3f} l S")
        parts.append(f"{_ring(x, y, ring)} S")
    return "\n".join([*parts, "Q"]).encode()


def patches(x: float, y: float, side: float) -> bytes:
    """A square of each ink, of half black, and of cyan and magenta together, from the foot upwards."""
    parts = ["q"]
    for number, ink in enumerate(PATCHES):
        parts.append(f"{ink} k {x:.3f} {y + number * side:.3f} {side:.3f} {side:.3f} re f")
    return "\n".join([*parts, "Q"]).encode()


def collation(fold_at: float, trim: Box, sheet: int) -> bytes:
    """A bar beyond the head, a step further from the fold on each sheet: a sheet out of order is seen.

    `sheet` counts from 0, the outermost.
    """
    x, y = fold_at + points(3 + 5 * sheet), trim.top + points(OFFSET)
    return f"q {BLACK} {x:.3f} {y:.3f} {points(4):.3f} {points(1.5):.3f} re f Q".encode()


def written(strokes: bytes, x: float, y: float, *, upwards: bool = False) -> bytes:
    """Words from `slug`, at a place; `upwards` along the edge of a sheet."""
    turn = "0 1 -1 0" if upwards else "1 0 0 1"
    return f"q {BLACK} {turn} {x:.3f} {y:.3f} cm ".encode() + strokes + b" Q"


def _ring(x: float, y: float, radius: float) -> str:
    bow = radius * 0.5523
    return (
        f"{x + radius:.3f} {y:.3f} m "
        f"{x + radius:.3f} {y + bow:.3f} {x + bow:.3f} {y + radius:.3f} {x:.3f} {y + radius:.3f} c "
        f"{x - bow:.3f} {y + radius:.3f} {x - radius:.3f} {y + bow:.3f} {x - radius:.3f} {y:.3f} c "
        f"{x - radius:.3f} {y - bow:.3f} {x - bow:.3f} {y - radius:.3f} {x:.3f} {y - radius:.3f} c "
        f"{x + bow:.3f} {y - radius:.3f} {x + radius:.3f} {y - bow:.3f} {x + radius:.3f} {y:.3f} c h"
    )


def _strokes(lines: Iterable[tuple[float, float, float, float]], dash: str = "") -> bytes:
    drawn = " ".join(f"{a:.3f} {b:.3f} m {c:.3f} {d:.3f} l S" for a, b, c, d in lines)
    return f"q {HAIR} w {BLACK} {dash} {drawn} Q".encode()
