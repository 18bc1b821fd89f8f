"""A logo's file → a drawing that can do no harm and can be printed, or what keeps it from being used.

Of an SVG only what is known is written anew: shapes, and how they are filled. What programs for drawing
write in style sheets becomes attributes, since a leaflet's styles do not reach into a picture. Colours are
written as `rgb(…)`, so that they stay the logo's own where the site's colours are changed or inked.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from policing_summary import picturefiles
from policing_summary.picturefiles import Fault

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

SVG = "{http://www.w3.org/2000/svg}"
XLINK = "{http://www.w3.org/1999/xlink}href"
MOST_BYTES = {".svg": 300_000, ".png": 2_000_000}
MOST_USES = 100  # of parts that are drawn again
DEEPEST = 40  # groups in groups
ROOM = 2.5  # a box for logos is so many times as wide as high: a crest fills its height, a name its width
LARGEST = 60  # mm: the width of the largest box, in large print
PER_INCH = 300  # pixels: what a press wants
WIDTH = 1000  # of the drawing: more than any box, so that it fills whatever it is given
KEPT = frozenset(
    {"svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon"}
    | {"defs", "clipPath", "use", "symbol"}
)
SHAPES = KEPT - {"svg", "g", "defs", "clipPath", "use", "symbol"}
PASSED_OVER = frozenset({"title", "desc", "metadata", "style"})
FLAT = "save a flat version, or export it as a PNG"
REFUSED: Mapping[str, tuple[str, str]] = {
    "script": ("a script", "export it again as a plain SVG"),
    "foreignObject": ("a part of a web page", "export it again as a plain SVG"),
    "image": ("a photograph or another picture", "export it as a PNG"),
    "feImage": ("another picture", "export it as a PNG"),
    "text": ("letters that need a font", "turn them into outlines, and save it again"),
    "a": ("a link", "export it again as a plain SVG"),
    "linearGradient": ("a gradient, which a press cannot print as it is", FLAT),
    "radialGradient": ("a gradient, which a press cannot print as it is", FLAT),
    "meshgradient": ("a gradient, which a press cannot print as it is", FLAT),
    "pattern": ("a pattern, which a press cannot print as it is", FLAT),
    "mask": ("a mask, which a press cannot print as it is", FLAT),
    "filter": ("an effect, which a press cannot print as it is", FLAT),
    "animate": ("movement", FLAT),
    "animateTransform": ("movement", FLAT),
    "animateMotion": ("movement", FLAT),
    "set": ("movement", FLAT),
}
GEOMETRY = frozenset(
    {
        "d",
        "points",
        "x",
        "y",
        "x1",
        "y1",
        "x2",
        "y2",
        "cx",
        "cy",
        "r",
        "rx",
        "ry",
        "width",
        "height",
    }
    | {"transform", "viewBox", "preserveAspectRatio", "clipPathUnits", "id"}
)
PAINT = frozenset({"fill", "stroke"})
LOOK = frozenset(
    {"fill-rule", "clip-rule", "clip-path", "stroke-width", "stroke-linecap", "stroke-linejoin"}
    | {"stroke-miterlimit", "stroke-dasharray", "stroke-dashoffset", "display", "visibility"}
)
VEILS = frozenset({"opacity", "fill-opacity", "stroke-opacity"})
HARMLESS = re.compile(r"[\w\s.,+\-#%()]*|url\(#[\w-]+\)")
INSIDE = re.compile(r"url\(\s*['\"]?#([\w-]+)['\"]?\s*\)")
DOCTYPE = re.compile(r"<!DOCTYPE[^\[>]*>")
NUMBER = re.compile(r"\s*([\d.]+)\s*(px|pt|mm|cm|in)?\s*")
SELECTOR = re.compile(r"([.#]?)([A-Za-z_][\w-]*)")


@dataclass(frozen=True)
class Logo:
    """`ratio` is its width divided by its height; `colours` are those of a drawing, as `#rrggbb`."""

    name: str
    media_type: str
    data: bytes = field(repr=False)
    ratio: float
    colours: frozenset[str] = frozenset()

    @property
    def wide(self) -> float:
        """Its width in a box that is as wide as 1."""
        return round(min(1.0, self.ratio / ROOM), 4)

    @property
    def high(self) -> float:
        return round(self.wide / self.ratio, 4)


class _UnusableError(Exception):
    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.what)
        self.fault = fault


def read(path: Path, content: Path) -> Logo | Fault:
    """The logo in a file of content/."""
    name, kind = path.relative_to(content).as_posix(), path.suffix.lower()
    if not path.exists():
        near = sorted(p.name for p in path.parent.glob("*")) if path.parent.is_dir() else []
        beside = f"; beside it lies `{'`, `'.join(near[:5])}`" if near else ""
        return Fault(
            f"there is no file `content/{name}`", f"put it there, or mend its name{beside}"
        )
    if not path.resolve().is_relative_to(content.resolve()):
        told = f"`{name}` is a link to a file outside content/"
        return Fault(told, "delete the link, and put the logo itself there")
    if not path.is_file():
        return Fault(f"`{name}` is no file", "put the logo itself there")
    if path.stat().st_size > MOST_BYTES[kind]:
        return Fault(
            f"`{name}` has {path.stat().st_size / 1000:,.0f} kB, and {MOST_BYTES[kind] // 1000:,} are the most",
            "save it again without what cannot be seen, or smaller",
        )
    try:
        return _png(path, content) if kind == ".png" else _svg(path)
    except _UnusableError as error:
        return error.fault
    except OSError as error:
        reason = (error.strerror or "no reason is given").lower()
        return Fault(f"`{name}` cannot be opened ({reason})", "may you read it?")


def _png(path: Path, content: Path) -> Logo | Fault:
    if fault := picturefiles.fault(path, content):
        return fault
    data = path.read_bytes()
    across, up = picturefiles.size_of(data, "PNG") or (1, 1)
    logo = Logo(path.name, "image/png", data, across / up)
    needed = round(logo.wide * LARGEST / 25.4 * PER_INCH)
    if across < needed:
        return Fault(
            f"this logo is {across} pixels wide, which print would show as blurred: it is printed up "
            f"to {logo.wide * LARGEST:.0f} mm wide",
            f"save it {needed} pixels wide or more, or as an SVG",
        )
    return logo


# Drawings


def _svg(path: Path) -> Logo:
    root = _parsed(path.read_bytes())
    rules = dict[str, dict[str, str]]()
    for sheet in root.iter(f"{SVG}style"):
        rules |= _rules_of("".join(sheet.itertext()), rules)
    left, top, width, height = _box_of(root)
    own = _attributes(root, rules)
    filled = own.get("fill", "rgb(0,0,0)")
    colours: set[str] = set()
    drawing = _Drawing(rules, colours)
    around = {"fill": filled, "stroke": own.get("stroke", "none")}
    inner = "".join(part for each in root for part in _written(each, drawing, around))
    _see_that_it_ends(root, rules)
    if not colours:
        _refuse("there is nothing to be seen in this logo", "export it again as a plain SVG")
    look = _listed({key: value for key, value in own.items() if key not in {*GEOMETRY, "fill"}})
    data = (
        '<svg xmlns="http://www.w3.org/2000/svg" class="logo" '
        f'viewBox="{left:g} {top:g} {width:g} {height:g}" '
        f'width="{WIDTH}" height="{WIDTH * height / width:.2f}" fill="{filled}"{look}>{inner}</svg>'
    )
    return Logo(path.name, "image/svg+xml", data.encode(), width / height, frozenset(colours))


@dataclass(frozen=True)
class _Drawing:
    """Its style sheets by selector, and the colours that were seen in it so far, as `#rrggbb`."""

    rules: Mapping[str, Mapping[str, str]]
    colours: set[str]


def _listed(attributes: Mapping[str, str]) -> str:
    return "".join(f' {key}="{escape(value)}"' for key, value in sorted(attributes.items()))


def _refuse(what: str, way_out: str) -> NoReturn:
    raise _UnusableError(Fault(what, way_out))


def _parsed(data: bytes) -> "Element":
    from xml.etree import ElementTree as ET  # noqa: PLC0415 - only for a logo

    try:
        text = DOCTYPE.sub("", data.decode("utf-8-sig"), count=1)
        text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
        if "<!DOCTYPE" in text or "<!ENTITY" in text:
            _refuse("this logo declares names of its own", "export it again as a plain SVG")
        root = ET.fromstring(text)  # noqa: S314 - without entities nothing grows
    except (UnicodeDecodeError, ET.ParseError):
        told = Fault(
            "this file is called SVG and is none that can be read", "export it again as SVG"
        )
        raise _UnusableError(told) from None
    if root.tag != f"{SVG}svg":
        _refuse("this file is called SVG and is none that can be read", "export it again as SVG")
    return root


def _see_that_it_ends(root: "Element", rules: Mapping[str, Mapping[str, str]]) -> None:
    """Parts that are used in each other would be drawn for ever, or more often than anybody can count."""

    def holding(found: Callable[["Element"], bool]) -> set[str]:
        """The ids of parts that are such, or have such parts."""
        return {part.get("id", "") for part in root.iter() if any(map(found, part.iter()))} - {""}

    def used(within: "Element") -> set[str]:
        each = (use.get("href") or use.get(XLINK) or "" for use in within.iter(f"{SVG}use"))
        return {href.removeprefix("#") for href in each}

    def is_clipped(part: "Element") -> bool:
        is_drawn = isinstance(part.tag, str) and part.tag.startswith(SVG)
        return is_drawn and "clip-path" in _attributes(part, rules)

    clips = list(root.iter(f"{SVG}clipPath"))
    clipped = holding(is_clipped)
    if (
        len(list(root.iter(f"{SVG}use"))) > MOST_USES
        or used(root) & holding(lambda part: part.tag == f"{SVG}use")
        or any(used(clip) & clipped or any(map(is_clipped, clip.iter())) for clip in clips)
    ):
        _refuse("parts of this logo are used in each other", "export it again as a plain SVG")


def _box_of(root: "Element") -> tuple[float, float, float, float]:
    numbers = re.findall(r"-?[\d.]+(?:e-?\d+)?", root.get("viewBox", ""))
    if len(numbers) != 4:  # noqa: PLR2004 - left, top, width and height
        sides = [NUMBER.fullmatch(root.get(side, "")) for side in ("width", "height")]
        numbers = ["0", "0", *(found[1] if found else "0" for found in sides)]
    try:
        left, top, width, height = map(float, numbers)
    except ValueError:
        left = top = width = height = 0.0
    if width <= 0 or height <= 0 or not 0.05 <= width / height <= 20:  # noqa: PLR2004
        _refuse("this logo does not say how wide and high it is", "export it with a `viewBox`")
    return left, top, width, height


def _written(
    element: "Element", drawing: _Drawing, around: Mapping[str, str], depth: int = 1
) -> Iterator[str]:
    """The element anew, with what is known of it. `around` is the paint that it gets without its own."""
    if not isinstance(element.tag, str) or not element.tag.startswith(SVG):
        return  # a remark, or what a drawing program keeps for itself
    tag = element.tag.removeprefix(SVG)
    if tag in PASSED_OVER:
        return
    if depth > DEEPEST:
        _refuse("its groups stand too deep in each other", "export it again as a plain SVG")
    if tag not in KEPT:
        what, way_out = REFUSED.get(tag, (f"`{tag}`, which is not drawn here", FLAT))
        _refuse(f"this logo holds {what}", way_out)
    own = _attributes(element, drawing.rules)
    if own.get("display") == "none" or own.get("visibility") == "hidden":
        return
    paint = {key: own.get(key, value) for key, value in around.items()}
    if tag in SHAPES:
        drawing.colours.update(_hex(each) for each in paint.values() if each != "none")
    inner = "".join(part for each in element for part in _written(each, drawing, paint, depth + 1))
    listed = _listed(own)
    if tag in {"svg", "g"} and not listed:
        yield inner
    elif inner or tag in {*SHAPES, "use"}:
        yield f"<{tag}{listed}>{inner}</{tag}>" if inner else f"<{tag}{listed}/>"


def _attributes(element: "Element", rules: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """An element's own attributes, with what style sheets and its style say set over them."""
    given = {key: value.strip() for key, value in element.attrib.items()}
    if any(key.lower().startswith("on") for key in given):
        _refuse("this logo holds a script", "export it again as a plain SVG")
    tag = str(element.tag).removeprefix(SVG)
    classes = (f".{each}" for each in given.get("class", "").split())
    styles = [rules.get(name, {}) for name in (tag, *classes, f"#{given.get('id', '')}")]
    told = dict(given)
    for style in (*styles, _declared(given.get("style", ""))):
        told |= style
    found = ((key, _attribute(key, value)) for key, value in told.items())
    return {("href" if key == XLINK else key): value for key, value in found if value}


def _attribute(key: str, value: str) -> str:
    """The attribute as it may stand; nothing if it is of no use."""
    if key in PAINT:
        return _paint(value)
    if key in VEILS and not _is_opaque(value):
        _refuse("a part of this logo is transparent, which a press cannot print as it is", FLAT)
    if key in {"filter", "mask"} and value != "none":
        _refuse(f"this logo holds {REFUSED[key][0]}", FLAT)
    if key in {"href", XLINK}:
        if not re.fullmatch(r"#[\w-]+", value):
            _refuse("this logo fetches another file", "export it as a plain SVG")
        return value
    if key not in GEOMETRY and key not in LOOK:
        return ""
    within = INSIDE.sub(r"url(#\1)", value)
    if not HARMLESS.fullmatch(within):
        _refuse("this logo fetches another file", "export it as a plain SVG")
    return within


def _is_opaque(value: str) -> bool:
    try:
        share = float(value.removesuffix("%")) / (100 if value.endswith("%") else 1)
    except ValueError:
        return False
    return share in {0.0, 1.0}


def _paint(value: str) -> str:
    """A colour as `rgb(…)`; nothing if it is that of what is around."""
    import tinycss2.color4  # noqa: PLC0415 - only for a logo

    if value in {"none", "transparent"}:
        return "none"
    if value in {"inherit", ""}:
        return ""
    if "url(" in value:
        _refuse("this logo holds a gradient, which a press cannot print as it is", FLAT)
    colour = tinycss2.color4.parse_color("#000000" if value.lower() == "currentcolor" else value)
    if colour is None:
        _refuse(f"this logo has a colour that is not read here: `{value}`", FLAT)
    if colour.alpha not in {0, 1}:
        _refuse("a part of this logo is transparent, which a press cannot print as it is", FLAT)
    parts = colour.to("srgb").coordinates
    red, green, blue = (round(255 * min(1.0, max(0.0, part))) for part in parts)
    return f"rgb({red},{green},{blue})" if colour.alpha else "none"


def _hex(painted: str) -> str:
    return "#" + "".join(f"{int(part):02x}" for part in re.findall(r"\d+", painted))


def _rules_of(css: str, before: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    """`.cls-1,.cls-2{fill:#123}` by each of its names."""
    import tinycss2  # noqa: PLC0415 - only for a logo

    found: dict[str, dict[str, str]] = {}
    for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
        if rule.type == "at-rule" and rule.lower_at_keyword in {
            "font-face",
            "charset",
            "namespace",
        }:
            continue
        if rule.type != "qualified-rule":
            _refuse("the styles in this logo lead to another file", "export it as a plain SVG")
        declared = _declared(tinycss2.serialize(rule.content))
        for name in tinycss2.serialize(rule.prelude).split(","):
            if not SELECTOR.fullmatch(name.strip()):
                _refuse(
                    f"the styles in this logo are not read here: `{name.strip()}`",
                    "export it with `presentation attributes`, as a plain SVG",
                )
            key = name.strip()
            found[key] = {**before.get(key, {}), **found.get(key, {}), **declared}
    return found


def _declared(style: str) -> dict[str, str]:
    import tinycss2  # noqa: PLC0415 - only for a logo

    return {
        each.lower_name: tinycss2.serialize(each.value).strip()
        for each in tinycss2.parse_blocks_contents(style, skip_comments=True, skip_whitespace=True)
        if each.type == "declaration"
    }
