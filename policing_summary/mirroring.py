"""A stylesheet for left-to-right → the same for right-to-left.

Stylesheets of leaflets say left and right, because WeasyPrint knows no logical properties. In a
leaflet that runs the other way the two are exchanged: margins, floats, running heads, and which of
the pages is the right one. WeasyPrint fills grids from the left whatever the direction (tables,
columns and flex boxes it fills as it should), so each item of a grid is told its column.
"""

import re

OTHER = {"left": "right", "right": "left"}
FOUR_SIDES = re.compile(
    r"(?P<name>\b(?:margin|padding|inset|border-width)\s*:\s*)(?P<values>[^;}]+?)(?=\s*[;}])"
)
SIDE = re.compile(r"(?<![\w.-])(?:left|right)(?![\w-])|(?<=-)(?:left|right)\b")
RULE = re.compile(r"(?P<selector>[^{}@]+)\{(?P<inner>[^{}]*)\}")
COLUMNS = re.compile(r"grid-template-columns\s*:\s*(?P<tracks>[^;}]+)")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
TOP, RIGHT, BOTTOM, LEFT = range(4)


def mirrored(css: str) -> str:
    """Without comments, and with a rule for every column of a grid added."""
    bare = COMMENT.sub("", css)
    turned = SIDE.sub(_exchanged, bare)
    turned = FOUR_SIDES.sub(_sides_exchanged, turned)
    return turned + "\n" + "\n".join(_grids(turned))


def _exchanged(side: re.Match[str]) -> str:
    return OTHER[side[0]]


def _sides_exchanged(found: re.Match[str]) -> str:
    """`top right bottom left` with the two sides changed places; fewer values are symmetrical."""
    values = _split(found["values"])
    if len(values) != LEFT + 1:
        return found[0]
    values[RIGHT], values[LEFT] = values[LEFT], values[RIGHT]
    return f"{found['name']}{' '.join(values)}"


def _split(values: str) -> list[str]:
    """Values between spaces, but not between those inside brackets."""
    return re.findall(r"(?:[^\s(]|\((?:[^()]|\([^()]*\))*\))+", values.strip())


def _grids(css: str) -> list[str]:
    rules = []
    for rule in RULE.finditer(css):
        if tracks := COLUMNS.search(rule["inner"]):
            columns = _split(_repeated(tracks["tracks"]))
            selectors = [each.strip() for each in rule["selector"].split(",")]
            rules += [line for each in selectors for line in _placed(each, columns)]
    return rules


def _repeated(tracks: str) -> str:
    return re.sub(
        r"repeat\(\s*(\d+)\s*,\s*((?:[^()]|\([^()]*\))+)\)",
        lambda found: " ".join([found[2].strip()] * int(found[1])),
        tracks,
    )


def _placed(selector: str, columns: list[str]) -> list[str]:
    """The columns in the other order, and each item in its own: the first at the right."""
    count = len(columns)
    turned = " ".join(reversed(columns))
    return [
        f"{selector} {{ grid-template-columns: {turned}; grid-auto-flow: row dense; }}",
        *(
            f"{selector} > :nth-child({count}n+{index}) {{ grid-column: {count + 1 - index}; }}"
            for index in range(1, count + 1)
        ),
    ]
