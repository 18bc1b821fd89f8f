"""A finished document's colours → inks.

A stylesheet for the press gives each colour token of `tokens.css` as inks, under the same name. Wherever
the document has the token's colour, in its styles, in a drawing or in a picture's address, it gets these
inks. A colour that is no token stops the build: on press it would be anything.
"""

import base64
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from PIL import ImageColor

from policing_summary import theme
from policing_summary.document import Document
from policing_summary.errors import BuildError
from policing_summary.model.brand import Brand
from policing_summary.press import deriving

TOKENS, INKS = "css/tokens.css", "css/press.css"
DECLARED = re.compile(r"--([a-z-]+):\s*([^;]+);")
HEX = re.compile(r"#(?:[0-9a-fA-F]{8}|[0-9a-fA-F]{6}|[0-9a-fA-F]{3,4})(?![\w-])")
DRAWING = re.compile(r"data:image/svg\+xml;base64,([A-Za-z0-9+/=]+)")
ADDRESS = re.compile(r"data:[\w/+.-]+;base64,[A-Za-z0-9+/=]+")
STYLE = re.compile(r"<style[^>]*>(.*?)</style>|\sstyle=\"([^\"]*)\"", re.DOTALL)
RULE = re.compile(r"([^{};]*?)(--[\w-]+|[a-z-]+)\s*:\s*([^;{}]+)(?=[;}]|$)")
ATTRIBUTE = re.compile(
    r"<([a-z]+)\b[^>]*?\s(fill|stroke|color|stop-color|flood-color|bgcolor)=\"([^\"]*)\"", re.DOTALL
)
COLOURED = re.compile(
    r"--|color$|colour$|^(background|border|outline|fill|stroke|column-rule|box-shadow|text-shadow|"
    r"text-decoration|text-emphasis|border-(top|right|bottom|left)|border-(inline|block)(-start|-end)?)$"
)
FUNCTION = re.compile(r"\b(rgba?|hsla?|hwb|lab|lch|oklab|oklch|color|color-mix)\(")
QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'|url\([^)]*\)|var\([^)]*\)|device-cmyk\([^)]*\)")
WORD = re.compile(r"[a-z]+(?![\w(-])")
NAMED = frozenset(ImageColor.colormap)
LETTERS = re.compile(r"(?<![\w-])color:\s*var\(--([a-z-]+)\)")
SETS_LETTERS = frozenset({"deep", "own", "good", "bad"})
LOGO = re.compile(r'<svg [^>]*class="logo"')  # whose colours are its own
RGB = re.compile(r"rgb\((\d+),(\d+),(\d+)\)")
UNFILLED = re.compile(r"<svg\b(?![^>]*\sfill=)")


@dataclass(frozen=True)
class Palette:
    """Inks by colour: `#16324f` → `device-cmyk(.95 .55 0 .7)`, and the press stylesheet itself."""

    inks: Mapping[str, str]
    stylesheet: str
    templates: Path

    @property
    def black(self) -> str:
        return "device-cmyk(0 0 0 1)"

    def letters(self, found: re.Match[str]) -> str:
        """The colour of letters: a token may have other inks for them, `--deep-letters` for `--deep`."""
        own = f"--{found[1]}-letters"
        return f"color: var({own})" if f"{own}:" in self.stylesheet else found[0]


def palette(templates: Path, brand: Brand = Brand()) -> Palette:  # noqa: B008 - it is frozen
    """The inks of every token.

    Raises:
        BuildError: a token has no inks, or two that look the same on screen have different ones.
    """
    tokens = theme.of(brand).dress((templates / TOKENS).read_text("utf-8"))
    screen = dict(DECLARED.findall(tokens))
    stylesheet = (templates / INKS).read_text("utf-8") + branded(brand, templates)
    press = dict(DECLARED.findall(stylesheet))
    inks: dict[str, str] = {}
    for name, colour in screen.items():
        if not HEX.fullmatch(colour):
            continue
        if name not in press:
            raise BuildError(f"templates/{INKS} has no inks for `--{name}` of templates/{TOKENS}.")
        if inks.setdefault(_long(colour), press[name]) != press[name]:
            raise BuildError(
                f"templates/{TOKENS} gives `--{name}` a colour that another token has too, and "
                f"templates/{INKS} gives them different inks. Make the colours differ."
            )
    return Palette(inks, stylesheet, templates)


def branded(brand: Brand, templates: Path) -> str:
    """The inks of a site's own colours, set over ours; nothing where it has none."""
    given = {name: inks for name, inks in brand.ink if inks}
    own = theme.own_colours(brand)
    rules = []
    for name in type(brand.colours).model_fields:
        looks = own.get(name, theme.LIGHT[name])
        if name not in own and name not in given:
            continue
        inks = given.get(name) or deriving.of(looks, templates, for_letters=False)
        rules.append(f"--{name}: {deriving.css(inks)};")
        if name in SETS_LETTERS:
            letters = inks
            if not deriving.are_for_letters(inks):
                letters = deriving.of(looks, templates, for_letters=True)
            rules.append(f"--{name}-letters: {deriving.css(letters)};")
    return f":root {{ {' '.join(rules)} }}\n" if rules else ""


def inked(document: Document, colours: Palette, templates: Path) -> Document:
    """The document with inks for colours.

    Raises:
        BuildError: colours are left that have no inks; each is told with where it stands.
    """
    styles, own = (
        LETTERS.sub(colours.letters, _swapped(css, colours))
        for css in (document.styles, document.own)
    )
    done = replace(
        document,
        head=_swapped(document.head, colours),
        cover=_swapped(document.cover, colours),
        pieces=tuple(
            replace(piece, html=_swapped(piece.html, colours)) for piece in document.pieces
        ),
        imprint=_swapped(document.imprint, colours),
        styles=f"{styles}\n{colours.stylesheet}",
        own=own,
    )
    left = list(_in_styles(f"{done.styles}\n{done.own}", templates))
    left += [line for html in (done.head, done.html) for line in _in_html(html, templates)]
    if left:
        raise BuildError(
            f"{document.title}, {document.format.title}, cannot go to print, because it has colours "
            "without inks:\n  "
            + "\n  ".join(dict.fromkeys(left))
            + f"\nUse the colours of templates/{TOKENS}, or give the colour a name there "
            f"and inks in templates/{INKS}."
        )
    return done


def _swapped(html: str, colours: Palette) -> str:
    """The same with inks, in drawings inside addresses too."""

    def drawing(found: re.Match[str]) -> str:
        drawn = base64.b64decode(found[1]).decode()
        if LOGO.match(drawn):
            drawn = RGB.sub(lambda m: _of_logo(m, colours), drawn)
        inner = _swapped(drawn, colours)
        return f"data:image/svg+xml;base64,{base64.b64encode(inner.encode()).decode()}"

    def ink(found: re.Match[str]) -> str:
        return colours.inks.get(_long(found[0]), found[0])

    swapped = HEX.sub(ink, DRAWING.sub(drawing, html))
    return UNFILLED.sub(f'<svg fill="{colours.black}"', swapped)  # else it would be RGB's black


def _of_logo(found: re.Match[str], colours: Palette) -> str:
    """The inks of one of a logo's colours: those of a token that looks the same, or the nearest."""
    colour = "#" + "".join(f"{int(part):02x}" for part in found.groups())
    if colour in colours.inks:
        return colours.inks[colour]
    return deriving.css(deriving.of(colour, colours.templates, for_letters=False))


def _long(colour: str) -> str:
    digits = colour.removeprefix("#").lower()
    return "#" + ("".join(2 * digit for digit in digits) if len(digits) <= 4 else digits)  # noqa: PLR2004


def _in_html(html: str, templates: Path) -> Iterator[str]:
    """Every colour without inks, in words that say where it stands."""
    for found in DRAWING.finditer(html):
        yield from _in_html(base64.b64decode(found[1]).decode(), templates)
    bare = ADDRESS.sub("", html)
    for style in STYLE.finditer(bare):
        yield from _in_styles(style[1] or style[2] or "", templates)
    for tag, key, value in ATTRIBUTE.findall(bare):
        for colour in _colours_in(value):
            yield f'`{colour}` in `<{tag} {key}="{value}">`, in a drawing'


def _in_styles(css: str, templates: Path) -> Iterator[str]:
    for found in DRAWING.finditer(css):
        yield from _in_html(base64.b64decode(found[1]).decode(), templates)
    bare = re.sub(r"/\*.*?\*/", "", ADDRESS.sub("", css), flags=re.DOTALL)
    for _, key, value in RULE.findall(bare):
        if COLOURED.search(key):
            for colour in _colours_in(value):
                declared = f"{key}: {value.strip()}"
                place = _line_of(declared, templates) or "in the document's own styles"
                yield f"`{colour}` in `{declared}`, {place}"


def _colours_in(value: str) -> Iterable[str]:
    bare = QUOTED.sub(" ", value)
    yield from HEX.findall(bare)
    yield from (f"{name}()" for name in FUNCTION.findall(bare))
    yield from (word for word in WORD.findall(bare.lower()) if word in NAMED)


def _line_of(declared: str, templates: Path) -> str:
    """The stylesheet and line where something is declared, as far as it stands there in one piece."""
    spaced = re.compile(re.escape(declared).replace(r"\ ", r"\s*"))
    for path in sorted((templates / "css").glob("*.css")):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if spaced.search(line):
                return f"templates/css/{path.name}:{number}"
    return ""
