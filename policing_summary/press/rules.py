"""The rules of preflight for a page. Each yields what is wrong, in a printer's words, with the way out.

Sources: ISO 15930-7 (PDF/X-4) for boxes, colours, fonts and annotations; the rest is what print shops ask
for on coated paper.
"""

from collections.abc import Callable, Iterable, Iterator

import pikepdf
from pikepdf import Stream

from policing_summary.press import photographs
from policing_summary.press.findings import Finding, Seen
from policing_summary.press.lettering import is_embedded
from policing_summary.press.measures import Box, mm, points
from policing_summary.press.painting import Painted

EXACT = 0.1  # mm: how exact a box has to be
HAIRLINE = 0.25  # points
SMALLEST = 5.9  # points
SMALL = 9  # points: below it, letters of several screened inks look blurred
DARK = 0.6  # of black: from here on letters are meant to be black
MANY = 3  # inks
TOUCH = 0.3  # mm from the trim: what comes so near is meant to run off
BARELY = 0.02  # of an ink, which is as good as none


def boxed(seen: Seen) -> Iterator[Finding]:
    order = seen.order
    media, trim = Box.of(seen.page, "/MediaBox"), Box.of(seen.page, "/TrimBox")
    bleed = Box.of(seen.page, "/BleedBox")
    if trim is None:
        yield seen.fault("no TrimBox says where to cut", "Set it to the finished size.")
        return
    size = (mm(trim.width), mm(trim.height))
    is_wide = any(abs(size[0] - width) <= EXACT for width in order.widths)
    if not is_wide or abs(size[1] - order.height) > EXACT:
        wide = " or ".join(f"{width:g}" for width in dict.fromkeys(order.widths))
        yield seen.fault(
            f"the trimmed size is {size[0]:.1f} × {size[1]:.1f} mm",
            f"It has to be {wide} × {order.height:g} mm.",
        )
    if bleed is None or not bleed.holds(trim.grown(points(order.bleed - EXACT))):
        least = 0.0 if bleed is None else _least(trim, bleed)
        yield seen.fault(
            f"the BleedBox is {least:.1f} mm outside the trim", f"{order.bleed:g} mm are needed."
        )
    if media is None or (bleed and not media.holds(bleed, 0.01)):
        yield seen.fault("the BleedBox is larger than the page", "Enlarge the MediaBox.")
    if seen.page.obj.get("/Rotate", 0):
        yield seen.fault("the page is rotated", "Turn its content, not the page.")
    if "/UserUnit" in seen.page.obj:
        yield seen.fault("the page has a unit of its own", "Use points.")


def _least(trim: Box, bleed: Box) -> float:
    sides = (trim.left - bleed.left, trim.foot - bleed.foot, bleed.right - trim.right)
    return mm(min(*sides, bleed.top - trim.top))


def in_four_inks(seen: Seen) -> Iterator[Finding]:
    for space in ("RGB", "Lab", "Spot", "?"):
        those = [each for each in seen.look.painted if each.colour.space == space]
        if those:
            called = {"RGB": "RGB", "Lab": "Lab", "Spot": "a spot colour"}.get(
                space, "an odd colour"
            )
            yield seen.fault(
                f"{len(those)} objects are in {called}, the first {_named(those[0], seen)}",
                "Only cyan, magenta, yellow and black go on this press: give inks for the colour.",
            )


def ink_limited(seen: Seen) -> Iterator[Finding]:
    limit = seen.order.condition.limit
    below: list[Painted] = []
    for each in seen.look.painted:
        total = each.colour.total
        if each.kind == "picture" and isinstance(each.picture, Stream):
            total = _inkiest(each.picture) if each.colour.space == "CMYK" else total
        elif each.overprints:
            under = [a for a in below if not a.box.meet(each.box).is_empty]
            total += max((100 * sum(a.colour.inks[:3]) for a in under), default=0)
        if total > limit + 0.5:
            yield seen.fault(
                f"{_named(each, seen)} has {total:.0f}% ink",
                f"The paper takes {limit}%: more would smear and set off.",
            )
        if each.kind in {"area", "picture"}:
            below.append(each)


def _inkiest(picture: Stream) -> float:
    """The most ink, in percent, on any spot of about 4 × 4 pixels."""
    image = pikepdf.PdfImage(picture).as_pil_image(apply_mask=False)
    if image.mode != "CMYK":
        return 0
    small = image.reduce(4) if min(image.size) > 16 else image  # noqa: PLR2004
    channels = [channel.tobytes() for channel in small.split()]
    return max(map(sum, zip(*channels, strict=True))) / 2.55


def letters_embedded(seen: Seen) -> Iterator[Finding]:
    for name, font in seen.look.fonts.items():
        if not is_embedded(font):
            shown = name.lstrip("/")
            yield seen.fault(
                f"the font {shown} is not embedded", "Embed it, or the press will set another."
            )


def black_letters(seen: Seen) -> Iterator[Finding]:
    """Dark letters in several inks get coloured edges; black ones that do not overprint, white ones."""
    texts = [each for each in seen.look.painted if each.kind == "text"]
    for each in texts:
        *colours, black = each.colour.inks
        dark = black >= DARK or min(colours) >= 0.5  # noqa: PLR2004
        if dark and max(colours) > BARELY / 4:
            yield seen.fault(
                f"{_named(each, seen)} is black made of several inks ({each.colour.said})",
                "Set black text in pure black (K), or it blurs.",
            )
        is_black = each.colour.inks == (0, 0, 0, 1)
        if is_black and not each.overprints:
            yield seen.fault(
                f"{_named(each, seen)} is black and does not overprint",
                "Let black text overprint, or white edges flash beside it.",
            )
        if each.overprints and each.colour.is_paper:
            yield seen.fault(
                f"{_named(each, seen)} is white and overprints, so it will vanish",
                "Let it knock out.",
            )


def small_letters(seen: Seen) -> Iterator[Finding]:
    for each in seen.look.painted:
        if each.kind != "text":
            continue
        c, m, _, k = each.colour.inks  # yellow's edges are not seen
        if each.size < SMALL and sum(ink > BARELY for ink in (c, m, k)) >= MANY:
            yield seen.fault(
                f"{_named(each, seen)}, {each.size:.1f} pt, is in three inks ({each.colour.said})",
                f"Below {SMALL} pt use two at most, and yellow, or it blurs.",
            )
        if each.size < SMALLEST:
            yield seen.fault(
                f"{_named(each, seen)} is {each.size:.1f} pt", "Letters need 6 pt to print well."
            )


def no_hairlines(seen: Seen) -> Iterator[Finding]:
    for each in seen.look.painted:
        thin = each.size if each.kind == "line" else min(each.box.width, each.box.height)
        is_thin = 0 <= thin < HAIRLINE - 0.005 and not each.colour.is_paper
        if is_thin and (each.kind == "line" or (each.kind == "area" and each.solid)):
            yield seen.fault(
                f"{_named(each, seen)} is {thin:.2f} pt thin",
                f"A line needs {HAIRLINE} pt, or it breaks up on the plate.",
            )


def fine_pictures(seen: Seen) -> Iterator[Finding]:
    for each in seen.look.painted:
        if each.kind == "picture" and isinstance(each.picture, Stream) and min(each.across) > 0:
            found = photographs.resolution(each.picture, each.across)
            if found.per_inch < photographs.FINE - 1:
                width, height = (mm(side) for side in each.across)
                across, up = found.needed
                yield seen.note(
                    f"{_picture_name(found, seen)} is printed {width:.0f} × {height:.0f} mm with "
                    f"{found.pixels[0]} × {found.pixels[1]} pixels, which are {found.per_inch} to the inch",
                    f"For {photographs.FINE} to the inch it needs {across} × {up} pixels.",
                )


def _picture_name(found: photographs.Resolution, seen: Seen) -> str:
    names = [name for name, *size in seen.order.pictures if tuple(size) == found.pixels]
    return " or ".join(names) or "a picture"


def inside_safe_area(seen: Seen) -> Iterator[Finding]:
    if seen.order.sheets:
        return
    safe = seen.trim.grown(-points(seen.order.safe))
    for each in seen.look.painted:
        if each.kind == "text" and not safe.holds(each.box, 0.3):
            near = mm(_nearest(each.box, seen.trim))
            yield seen.fault(
                f"{_named(each, seen)} is {near:.1f} mm from where the page is cut",
                f"Keep text {seen.order.safe:g} mm away: the knife is not exact.",
            )


def _nearest(box: Box, trim: Box) -> float:
    sides = (box.left - trim.left, box.foot - trim.foot, trim.right - box.right)
    return min(*sides, trim.top - box.top)


def runs_off(seen: Seen) -> Iterator[Finding]:
    """Colour that reaches the trim has to go on to the bleed, or a white edge shows."""
    near = points(TOUCH)
    areas = [
        each
        for each in seen.look.painted
        if each.kind in {"area", "picture"} and not each.colour.is_paper
    ]
    for each in areas:
        for edge, touching, strip in _edges(each.box, seen, near):
            others = (a for a in areas if a is each or a.colour == each.colour)
            if touching and not any(a.box.holds(strip, points(EXACT)) for a in others):
                yield seen.fault(
                    f"{_named(each, seen)} stops at the trim on the {edge}",
                    f"Let it run {seen.order.bleed:g} mm beyond, or keep it off the edge.",
                )


def _edges(box: Box, seen: Seen, near: float) -> Iterator[tuple[str, bool, Box]]:
    """For each edge: its name, whether the box touches it, and the bleed that it has to cover there."""
    trim, bleed = seen.trim, seen.bleed
    inner = box.meet(trim)
    if inner.is_empty or box.width < 1 or box.height < 1:
        return
    yield "left", box.left <= trim.left + near, Box(bleed.left, inner.foot, trim.left, inner.top)
    yield (
        "right",
        box.right >= trim.right - near,
        Box(trim.right, inner.foot, bleed.right, inner.top),
    )
    yield "foot", box.foot <= trim.foot + near, Box(inner.left, bleed.foot, inner.right, trim.foot)
    yield "head", box.top >= trim.top - near, Box(inner.left, trim.top, inner.right, bleed.top)


def opaque(seen: Seen) -> Iterator[Finding]:
    for space in dict.fromkeys(seen.look.groups):
        if space not in {"CMYK", ""}:
            yield seen.fault(
                f"a transparency group is worked out in {space}", "It has to be in CMYK."
            )
    for what in dict.fromkeys(seen.look.transparency):
        yield seen.note(
            f"there is transparency ({what})", "The print shop's software has to work it out."
        )


def nothing_on_top(seen: Seen) -> Iterator[Finding]:
    for each in seen.page.obj.get("/Annots", []):
        kind = str(each.get("/Subtype", "")).lstrip("/") or "annotation"
        if kind not in {"TrapNet", "PrinterMark"}:
            yield seen.fault(
                f"a {kind.lower()} lies on the page", "Print files have no annotations."
            )


def plain_content(seen: Seen) -> Iterator[Finding]:
    for what in dict.fromkeys(seen.look.strange):
        yield seen.fault(f"the content is odd: {what}", "Make the file again.")


def _named(each: Painted, seen: Seen) -> str:
    """What a printer can find on the page: the words, or what and where, in mm from the left and the foot."""
    if each.kind == "text":
        words = " ".join(each.text.split())
        return f"the text “{words[:40]}{'…' if len(words) > 40 else ''}”"  # noqa: PLR2004
    x = round(mm(each.box.left - seen.trim.left))
    y = round(mm(each.box.foot - seen.trim.foot))
    kinds = {"area": "an area", "line": "a line", "picture": "a picture", "shading": "a shading"}
    return f"{kinds[each.kind]} {x} mm from the left and {y} mm from the foot"


PAGE_RULES: tuple[Callable[[Seen], Iterable[Finding]], ...] = (
    boxed,
    in_four_inks,
    ink_limited,
    letters_embedded,
    black_letters,
    small_letters,
    no_hairlines,
    fine_pictures,
    inside_safe_area,
    runs_off,
    opaque,
    nothing_on_top,
    plain_content,
)
