"""One borough among the others → a strip with a stroke for each, this one brought out."""

from functools import lru_cache

from markupsafe import Markup

from policing_summary import peers, svg
from policing_summary.figures import Figure
from policing_summary.peers import STEPS, Peers
from policing_summary.wording import Words

WIDTH, HEIGHT, TEXT = 300.0, 118.0, 13.0
EDGE = 4.0  # room at either end for half of the thickest stroke
LABEL, STRIP, BELOW, ENDS = 34.0, 52.0, 80.0, 97.0  # how far down each of them stands
LINE = 16.5
LETTER, BOLD = 0.64, 0.69  # of a letter's height, also where a reader has letters spaced by 0.12
MARK, HERE, DIAMOND = 6.0, 12.0, 5.5  # how far they reach above and below the strip


def small_chart(figure: Figure, others: Peers, here: str, words: Words) -> Markup:
    """All boroughs from the lowest to the highest, in a drawing with its own scale.

    Boroughs with the same value share a stroke. This one, `here`, is named above the strip, the
    middle one is a diamond and named below, and so are both ends.
    """
    own = getattr(figure, others.form)
    at, middle = _at(others.step(own)), _at(others.step(others.middle))
    told = f"{here} {peers.shown(figure, own, words)}"
    usual = words.language.gettext(
        "middle %(value)s", value=peers.shown(figure, others.middle, words)
    )
    above, above_anchor = svg.beside(at, WIDTH, len(told) * TEXT * BOLD)
    below, below_anchor = svg.beside(middle, WIDTH, len(usual) * TEXT * LETTER)
    span = (STRIP - HERE, STRIP + HERE)
    parts = [
        svg.words(figure.name, 0, TEXT, "name", bold=True),
        svg.level(STRIP, (0, WIDTH), "axis", svg.AXIS),
        svg.path(_strokes(others.steps), "peers", stroke=svg.QUIET, width=1.6),
        svg.upright(at, span, "halo", svg.PAPER, 7),
        svg.upright(at, span, "here", svg.OWN, 4),
        svg.path(_diamond(middle), "middle", fill=svg.PAPER, stroke=svg.INK, width=1.6),
        svg.words(told, above, LABEL, "own", fill=svg.OWN, anchor=above_anchor, bold=True),
        svg.words(usual, below, BELOW, "value", anchor=below_anchor),
    ]
    low, high = (peers.shown(figure, end.value, words) for end in (others.lowest, others.highest))
    least = words.language.gettext("lowest %(value)s", value=low)
    most = words.language.gettext("highest %(value)s", value=high)
    parts += _end(others.name(others.lowest, words), least, 0, "start")
    parts += _end(others.name(others.highest, words), most, WIDTH, "end")
    return svg.drawing(
        (WIDTH, HEIGHT),
        describe(figure, others, here, words),
        parts,
        TEXT,
        mirrored=words.language.is_mirrored,
    )


@lru_cache(maxsize=256)
def _strokes(steps: tuple[int, ...]) -> str:
    """One for each place, which are the same in the strips of all boroughs."""
    top, down = svg.number(STRIP - MARK), svg.number(2 * MARK)
    return "".join(f"M{svg.number(_at(step))} {top}v{down}" for step in steps)


def _end(name: str, value: str, x: float, anchor: svg.Anchor) -> list[Markup]:
    return [
        svg.words(name, x, ENDS, "scale", fill=svg.QUIET, anchor=anchor),
        svg.words(value, x, ENDS + LINE, "value", anchor=anchor),
    ]


def describe(figure: Figure, others: Peers, here: str, words: Words) -> str:
    """The drawing in words."""
    low, high = (peers.shown(figure, end.value, words) for end in (others.lowest, others.highest))
    names = {
        "measure": figure.name,
        "low": low,
        "lowest": others.name(others.lowest, words),
        "high": high,
        "highest": others.name(others.highest, words),
        "middle": peers.shown(figure, others.middle, words),
        "here": here,
        "own": peers.shown(figure, getattr(figure, others.form), words),
    }
    if figure.is_level:
        return words.language.gettext(
            "Strip of %(measure)s in the boroughs, from the lowest, %(low)s in %(lowest)s, to the "
            "highest, %(high)s in %(highest)s. In the middle: %(middle)s. %(here)s: %(own)s.",
            **names,
        )
    return words.language.gettext(
        "Strip of the change in percent of %(measure)s in the boroughs, from the lowest, %(low)s "
        "in %(lowest)s, to the highest, %(high)s in %(highest)s. In the middle: %(middle)s. "
        "%(here)s: %(own)s.",
        **names,
    )


def row(figure: Figure, others: Peers, words: Words) -> tuple[str, ...]:
    """The same numbers for a table: here, lowest, middle and highest."""
    lowest, highest = (
        f"{peers.shown(figure, end.value, words)} ({others.name(end, words)})"
        for end in (others.lowest, others.highest)
    )
    own = peers.shown(figure, getattr(figure, others.form), words)
    return own, lowest, peers.shown(figure, others.middle, words), highest


def _at(step: int) -> float:
    return EDGE + step / STEPS * (WIDTH - 2 * EDGE)


def _diamond(x: float) -> str:
    r = DIAMOND
    left, top = svg.number(x - r), svg.number(STRIP)
    return f"M{left} {top}l{r} {-r}l{r} {r}l{-r} {r}Z"
