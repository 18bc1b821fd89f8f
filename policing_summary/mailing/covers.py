"""The leaflet's own cover with room for an address: its artwork above, a band of white paper below.

The band has the width of the page. What stands on it is placed by the page's size, so that every format
with a cover can be addressed. The address is black on white paper, never on a colour.
"""

from dataclasses import replace
from pathlib import Path

from policing_summary import rendering
from policing_summary.errors import BuildError, ContentError, Place, Problem
from policing_summary.formats import Format
from policing_summary.leaflet import compose
from policing_summary.mailing.artwork import Artwork, words
from policing_summary.mailing.carriers import Layout, overlap
from policing_summary.mailing.zones import Box, typed
from policing_summary.model.mailing import LEAST_MARGIN, Mailing
from policing_summary.press import inks
from policing_summary.sheet import Sheet

BAND = 98.0  # mm: the height of the white band at the foot
MARGINS = ((200.0, 25.0, 20.0), (140.0, 15.0, 13.0), (0.0, 8.0, 8.0))
"""From which width of a page on, the margins at its left and right, in mm: those of the covers themselves."""
REM = 10  # points: the natural size of the leaflet's type


def zone(form: Format, mailing: Mailing) -> Box:
    """Where the address stands: as it was set, or in the lower half of the band."""
    left, right = _margins(form)
    usual = Box(left, form.height - 54, min(100, form.width - left - right), 34)
    return typed(mailing.cover_zone) or usual


def layout(form: Format, mailing: Mailing, place: Place) -> Layout:
    """What stands on the band beside the address.

    Raises:
        BuildError: the format has no cover that fills its first page.
        ContentError: the zone for the address was moved off the band, or over something on it, told at `place`.
    """
    if not form.has_cover:
        raise BuildError(no_room(form))
    (margin, right), top = _margins(form), form.height - BAND + 7
    width, height = (30, 24) if form.width >= MARGINS[1][0] else (26, 22)
    box = Box(form.width - right - width, top, width, height)
    sender = Box(margin, top, box.left - 4 - margin, 25)
    made = Layout(
        sender=sender,
        reference=Box(margin, top + 26, sender.width, 4),
        title=Box(0, 0, form.width, form.height - BAND),
        map=Box(0, 0, form.width, form.height - BAND),
        postage=box,
    )
    clear = zone(form, mailing).grown(LEAST_MARGIN)
    parts = {
        "the artwork": made.title,
        "the sender": sender,
        "the reference": made.reference,
        "the postage box": box,
    }
    problems = [
        Problem(
            place,
            f"`cover-zone` comes nearer than {LEAST_MARGIN} mm to {name} on the cover of the {form.title}",
            f"the white band begins {form.height - BAND:g} mm from the top, and the address belongs into its lower half",
        )
        for name, part in parts.items()
        if overlap(clear, part)
    ]
    if clear.left + clear.width > form.width or clear.top + clear.height > form.height:
        what = f"`cover-zone` comes nearer than {LEAST_MARGIN} mm to the edge of the {form.title}"
        problems.append(Problem(place, what, "make the zone smaller, or move it"))
    if problems:
        raise ContentError(problems)
    return made


def cover(sheet: Sheet, form: Format, on: Layout, templates: Path = rendering.TEMPLATES) -> Artwork:
    """The first page of the leaflet in inks, with bleed, and with a band for the address.

    Raises:
        BuildError: it has colours without inks, or letters that its fonts do not contain.
    """
    mailing, publisher = sheet.site.settings.mailing, sheet.site.settings.publisher
    whole = compose(sheet, form, templates)
    band = rendering.environment(templates, sheet.language).get_template("mailing/band.html")
    shown = band.render(
        layout=on,
        width=form.width,
        height=form.height,
        band=BAND,
        bleed=form.bleed,
        **words(mailing, publisher),
    )
    document = replace(whole, pieces=(), imprint="", cover=f"{whole.cover}\n{shown}")
    inked = inks.inked(document, inks.palette(templates), templates)
    styles = "\n".join(
        [
            inked.styles,
            inked.own,
            (templates / "css" / "mailing.css").read_text("utf-8"),
            f":root {{ font-size: {REM}pt; --air: 1; --lead: 1; }}\n@page {{ bleed: {form.bleed:g}mm; }}",
            f".addressed .cover {{ height: {form.height - BAND:g}mm; }}",
        ]
    )
    boxes = {"sender": on.sender}
    if on.postage:
        boxes["postage box"] = on.postage
    html = inked.page(inked.cover, "addressed")
    return Artwork(
        html.replace("</head>", f"<style>{styles}</style></head>"),
        boxes,
        dict(inked.files),
        on.title,
        no_room(form),
    )


def no_room(form: Format) -> str:
    return (
        f"The {form.title} has no cover that can make room for an address. "
        "Print carriers or labels for it."
    )


def _margins(form: Format) -> tuple[float, float]:
    return next((left, right) for least, left, right in MARGINS if form.width >= least)
