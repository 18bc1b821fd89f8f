"""What a page paints → how much of it each ink covers, which tells a printer what the job will drink.

Areas, lines and pictures are drawn small, ink by ink. Letters are not drawn: of the room they take,
as much is ink as in a text face of a usual weight. So the figures are estimates, good to a few percent.
"""

from collections.abc import Sequence

import pikepdf
from PIL import Image, ImageDraw

from policing_summary.press.measures import Box
from policing_summary.press.painting import Inks, Look, Painted

FINE = 2  # pixels to a point
LETTERS = 0.25  # of the box around letters is ink
FULL = 255


def of(look: Look, trim: Box) -> Inks:
    """Percent of the trimmed page under cyan, magenta, yellow and black."""
    size = (round(trim.width * FINE), round(trim.height * FINE))
    plates = [Image.new("L", size, 0) for _ in range(4)]
    for each in look.painted:
        if each.colour.space in {"CMYK", "Gray"}:
            _print(each, plates, trim)
    c, m, y, k = (_mean(plate) for plate in plates)
    return c, m, y, k


def used(look: Look) -> str:
    """The inks of a page, as `CMYK` or `K`; empty if it is blank."""
    found = {
        ink
        for each in look.painted
        for ink, part in zip("CMYK", each.colour.inks, strict=True)
        if part > 0
    }
    if any(each.kind == "picture" and each.colour.space == "CMYK" for each in look.painted):
        found = set("CMYK")
    return "".join(ink for ink in "CMYK" if ink in found)


def _mean(plate: Image.Image) -> float:
    counts = plate.histogram()
    return 100 * sum(value * count for value, count in enumerate(counts)) / (FULL * sum(counts))


def _print(each: Painted, plates: Sequence[Image.Image], trim: Box) -> None:
    """Set what is painted on every plate; it takes away what lies below unless it overprints."""
    inks = each.colour.inks
    if each.kind == "picture" and each.colour.space == "CMYK":
        inks = _of_picture(each) or inks
    room = _pixels(each.box, trim, plates[0].size)
    if room is None:
        return
    mask = _mask(each, room, trim)
    for plate, ink in zip(plates, inks, strict=True):
        if ink or not each.overprints:
            plate.paste(round(ink * FULL), room, mask)


def _pixels(box: Box, trim: Box, size: tuple[int, int]) -> tuple[int, int, int, int] | None:
    """The pixels that a box covers, at least one each way; nothing if it lies off the page."""
    left, right = round((box.left - trim.left) * FINE), round((box.right - trim.left) * FINE)
    top, foot = round((trim.top - box.top) * FINE), round((trim.top - box.foot) * FINE)
    room = (max(0, left), max(0, top), min(size[0], max(right, left + 1)))
    low = min(size[1], max(foot, top + 1))
    return (*room, low) if room[2] > room[0] and low > room[1] else None


def _mask(each: Painted, room: tuple[int, int, int, int], trim: Box) -> Image.Image:
    """Where in its room it is painted, and how densely."""
    size = (room[2] - room[0], room[3] - room[1])
    if each.kind == "text":
        return Image.new("L", size, round(FULL * LETTERS))
    if each.kind == "line" and min(each.box.width, each.box.height) > each.size * 1.01:
        mask = Image.new(
            "L", size, 0
        )  # of a line that is not straight, the edge of its box is as long
        width = max(1, round(each.size * FINE))
        ImageDraw.Draw(mask).rectangle((0, 0, size[0] - 1, size[1] - 1), outline=FULL, width=width)
        return mask
    if each.solid or not each.shapes:
        return Image.new("L", size, FULL)
    mask = Image.new("L", size, 0)
    for shape in each.shapes:
        corners = [
            ((x - trim.left) * FINE - room[0], (trim.top - y) * FINE - room[1]) for x, y in shape
        ]
        ImageDraw.Draw(mask).polygon(corners, fill=FULL)
    return mask


def _of_picture(each: Painted) -> Inks | None:
    if not isinstance(each.picture, pikepdf.Stream):
        return None
    image = pikepdf.PdfImage(each.picture).as_pil_image(apply_mask=False)
    if image.mode != "CMYK":
        return None
    c, m, y, k = image.resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))  # type: ignore[misc]
    return c / FULL, m / FULL, y / FULL, k / FULL
