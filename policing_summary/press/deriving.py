"""A colour on screen → the inks that look most like it on coated paper.

The profile of the printing condition says how inks look. All mixtures of two colours and black are
tried in steps of 5%, and the nearest one by CIE76 is taken. Letters get one colour and black, or one
and yellow and black, because the edges of two that are not exactly on each other can be seen; and not so much
black that they are taken for black letters, which are printed in black alone.
"""

from functools import cache
from itertools import product
from pathlib import Path

from PIL import Image, ImageCms

from policing_summary.model.brand import MOST_INK

Inks = tuple[int, int, int, int]  # cyan, magenta, yellow, black, in percent
MOST_BLACK = 55  # percent beside a colour: with more, letters are meant to be black and are blurred
STEPS = tuple(range(0, 101, 5))
PROFILE = Path("profiles") / "FOGRA39L_coated.icc"


def css(inks: Inks) -> str:
    """`(95, 55, 0, 70)` → `device-cmyk(.95 .55 0 .7)`."""
    shown = (f"{part / 100:.2f}".rstrip("0").rstrip(".").removeprefix("0") or "0" for part in inks)
    return f"device-cmyk({' '.join(shown)})"


def of(colour: str, templates: Path, *, for_letters: bool) -> Inks:
    """The inks that come nearest to `#rrggbb`; a grey gets black alone."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    wanted = _lab_of_screen((red, green, blue))
    is_grey = max(red, green, blue) - min(red, green, blue) <= 6  # noqa: PLR2004 - of 255
    recipes, looks = _looks(templates)
    best = min(
        (index for index, inks in enumerate(recipes) if _fits(inks, is_grey, for_letters)),
        key=lambda index: (_distance(looks[index], wanted), recipes[index]),
    )
    return recipes[best]


def _fits(inks: Inks, is_grey: bool, for_letters: bool) -> bool:  # noqa: FBT001 - two questions
    cyan, magenta, yellow, _ = inks
    if is_grey:
        return cyan == magenta == yellow == 0
    return not for_letters or are_for_letters(inks)


def are_for_letters(inks: Inks) -> bool:
    """Whether small letters can be printed in them: not in two colours, nor in nearly black beside a colour."""
    cyan, magenta, yellow, black = inks
    has_colour = bool(cyan or magenta or yellow)
    return not (cyan and magenta) and not (has_colour and black > MOST_BLACK)


def _distance(one: tuple[int, int, int], other: tuple[int, int, int]) -> int:
    """The square of the distance, where one step of lightness counts as one of colour."""
    light = (one[0] - other[0]) * 100 / 255
    return round(1000 * (light**2 + (one[1] - other[1]) ** 2 + (one[2] - other[2]) ** 2))


@cache
def _looks(templates: Path) -> tuple[tuple[Inks, ...], tuple[tuple[int, int, int], ...]]:
    """Every mixture, and how it looks."""
    recipes = [
        (c, m, y, k)
        for c, m, y, k in product(STEPS, STEPS, STEPS, STEPS)
        if 0 in (c, m, y) and c + m + y + k <= MOST_INK
    ]
    image = Image.frombytes(
        "CMYK", (len(recipes), 1), bytes(round(part * 2.55) for inks in recipes for part in inks)
    )
    paper = ImageCms.getOpenProfile(str(templates / PROFILE))
    return tuple(recipes), _seen(image, paper)


def _lab_of_screen(colour: tuple[int, int, int]) -> tuple[int, int, int]:
    (seen,) = _seen(
        Image.new("RGB", (1, 1), colour), ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    )
    return seen


def _seen(
    image: Image.Image, profile: ImageCms.ImageCmsProfile
) -> tuple[tuple[int, int, int], ...]:
    """Each pixel as it looks: lightness from 0 to 255, and a and b, which Pillow gives as bytes."""
    lab = ImageCms.createProfile("LAB")
    turn = ImageCms.buildTransform(
        profile, lab, image.mode, "LAB", ImageCms.Intent.RELATIVE_COLORIMETRIC
    )
    data = turn.apply(image).tobytes()
    signed = [byte - 256 if byte > 127 else byte for byte in data]  # noqa: PLR2004 - two's complement
    return tuple(zip(data[::3], signed[1::3], signed[2::3], strict=True))
