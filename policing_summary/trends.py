"""A borough's history of one measure → a small line chart, and one bar of a table's row."""

from decimal import Decimal

from markupsafe import Markup

from policing_summary import svg
from policing_summary.figures import Figure
from policing_summary.histories import History, Point
from policing_summary.wording import Words

WIDTH, HEIGHT, TEXT = 300.0, 124.0, 13.0
TOP, FOOT = 46.0, 98.0  # of the highest point, and of nought
EDGE, DOT = 6.0, 4.0
BAR_WIDTH, BAR_HEIGHT, MIDDLE = 120.0, 14.0, 60.0


def small_chart(name: str, history: History, figure: Figure, words: Words) -> Markup:
    """Dots at their months, from nought up; those on one basis are joined by a line."""
    points = history.points
    highest = max(point.value for point in points)
    first, last = (pick(points, key=_months) for pick in (min, max))

    def at(point: Point) -> tuple[float, float]:
        along = (_months(point) - _months(first)) / ((_months(last) - _months(first)) or 1)
        up = float(point.value / highest) if highest else 0.0
        return EDGE + along * (WIDTH - 2 * EDGE), FOOT - up * (FOOT - TOP)

    parts = [
        svg.words(name, 0, TEXT, "name", bold=True),
        svg.level(FOOT, (0, WIDTH), "axis", svg.AXIS),
    ]
    for line in history.lines:
        data = "L".join(" ".join(svg.number(n) for n in at(point)) for point in line)
        if len(line) > 1:
            parts.append(svg.path(f"M{data}", "trend", stroke=svg.DEEP, width=2))
        parts += [_dot(*at(point)) for point in line]
    ends: list[tuple[Point, svg.Anchor, float]] = [(first, "start", 0), (last, "end", WIDTH)]
    for point, anchor, x in ends:
        value = words.level(figure.measure, point.value)
        parts.append(svg.words(value, x, at(point)[1] - 9, "value", anchor=anchor, bold=True))
        month = words.language.date(point.at)
        parts.append(svg.words(month, x, FOOT + TEXT * 1.4, "scale", fill=svg.QUIET, anchor=anchor))
    return svg.drawing((WIDTH, HEIGHT), describe(name, history, figure, words), parts, TEXT)


def describe(name: str, history: History, figure: Figure, words: Words) -> str:
    """The drawing in words; every number of it is in the table behind it."""
    points = history.points
    first, last = (pick(points, key=_months) for pick in (min, max))
    return words.language.gettext(
        "Line chart of %(measure)s in %(place)s, from %(first)s in %(first_month)s to %(last)s in "
        "%(last_month)s.",
        measure=figure.name,
        place=name,
        first=words.level(figure.measure, first.value),
        first_month=words.language.date(first.at),
        last=words.level(figure.measure, last.value),
        last_month=words.language.date(last.at),
    )


def bar(value: Decimal, most: Decimal, *, is_level: bool) -> Markup:
    """A bar for one row of a table, to a scale that all its rows share.

    A change leaves the middle to the left or the right; a percentage of people starts at nought.
    It says nothing that the number beside it does not, so it is silent.
    """
    share = float(abs(value) / most) if most else 0.0
    length = share * (BAR_WIDTH if is_level else MIDDLE)
    left = 0.0 if is_level else MIDDLE - length if value < 0 else MIDDLE
    parts = [
        svg.box(left, 3, (length, BAR_HEIGHT - 6), "column", svg.DEEP),
        svg.upright(0 if is_level else MIDDLE, (0, BAR_HEIGHT), "axis", svg.AXIS),
    ]
    return Markup(
        '<svg class="chart row-bar" aria-hidden="true" viewBox="0 0 {w} {h}" width="{w}" height="{h}">{parts}</svg>'
    ).format(w=svg.number(BAR_WIDTH), h=svg.number(BAR_HEIGHT), parts=Markup().join(parts))


def _dot(x: float, y: float) -> Markup:
    r = svg.number(DOT)
    return svg.path(
        f"M{svg.number(x - DOT)} {svg.number(y)}a{r} {r} 0 1 0 {svg.number(2 * DOT)} 0"
        f"a{r} {r} 0 1 0 {svg.number(-2 * DOT)} 0Z",
        "dot",
        stroke=svg.PAPER,
        width=1.2,
        fill=svg.DEEP,
    )


def _months(point: Point) -> int:
    return point.at.year * 12 + point.at.number
