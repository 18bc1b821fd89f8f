"""The table of carriers: where on each sheet stands what is the same for all who get one, in millimetres.

Everything is black, in tints: a carrier goes through a press for addresses, which has one ink.
"""

from dataclasses import dataclass

from policing_summary.errors import ContentError, Place, Problem
from policing_summary.mailing.zones import Box, carrier_zone
from policing_summary.model.mailing import LEAST_MARGIN, SIZES, Mailing


@dataclass(frozen=True)
class Layout:
    """`postage` is missing where an envelope bears it. `reference` is where the number for returns begins.

    `title` says what is inside; `map` is its decoration.
    """

    sender: Box
    reference: Box
    title: Box
    map: Box
    postage: Box | None = None


LAYOUTS = {
    "a5": Layout(
        sender=Box(20, 15, 76, 25),
        reference=Box(20, 41, 76, 4),
        postage=Box(103, 15, 30, 24),
        title=Box(20, 150, 113, 46),
        map=Box(77, 154, 56, 42),
    ),
    "a5-landscape": Layout(
        sender=Box(20, 15, 76, 25),
        reference=Box(20, 41, 76, 4),
        title=Box(112, 85, 83, 48),
        map=Box(112, 15, 83, 62),
    ),
    "dl": Layout(
        sender=Box(22, 11, 74, 25),
        reference=Box(22, 37, 74, 4),
        title=Box(112, 49, 86, 40),
        map=Box(150, 10, 48, 35),
    ),
    "a4": Layout(
        sender=Box(22, 11, 74, 25),
        reference=Box(22, 37, 74, 4),
        title=Box(22, 117, 166, 60),
        map=Box(58, 185, 130, 97),
    ),
}


def layout(mailing: Mailing, place: Place) -> Layout:
    """The layout of the carrier that was chosen.

    Raises:
        ContentError: the zone for the address was moved over something else, told at `place`.
    """
    chosen = LAYOUTS[mailing.carrier]
    clear = carrier_zone(mailing).grown(LEAST_MARGIN)
    parts = {
        "the sender": chosen.sender,
        "the reference": chosen.reference,
        "the title": chosen.title,
        "the postage box": chosen.postage,
    }
    problems = [
        Problem(
            place,
            f"`carrier-zone` comes nearer than {LEAST_MARGIN} mm to {name} on the carrier `{mailing.carrier}`",
            f"that part stands {box.left:g} mm from the left and {box.top:g} mm from the top, "
            f"and is {box.width:g} × {box.height:g} mm",
        )
        for name, box in parts.items()
        if box and overlap(clear, box)
    ]
    if problems:
        raise ContentError(problems)
    return chosen


def overlap(one: Box, other: Box) -> bool:
    return (
        one.left < other.left + other.width
        and other.left < one.left + one.width
        and one.top < other.top + other.height
        and other.top < one.top + one.height
    )


def size(mailing: Mailing) -> tuple[float, float]:
    return SIZES[mailing.carrier]
