"""Which typefaces set a language, in the leaflet and on the page.

Latin letters, digits and signs come from the Source fonts in every language, so that a figure looks
the same everywhere; letters of another script come from a font of that script.
"""

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from policing_summary.language import Language, Script

LINE_HEIGHT = re.compile(
    r"(line-height: (?:calc\(var\(--lead\) \* )?|font: [^;{}/]+/(?:calc\(var\(--lead\) \* )?)"
    r"([\d.]+)(rem|pt)"
)


@dataclass(frozen=True)
class Face:
    """One file of a family; `is_seen_first` says whether the top of a page is set in it."""

    family: str
    weight: int
    style: str
    file: str
    is_seen_first: bool = False
    size: float = 1
    """How much larger its letters are set than Latin ones, to look as large."""

    def rule(self, address: str) -> str:
        """The CSS that makes the file at this address known under the family's name."""
        return (
            f'@font-face {{ font-family: "{self.family}"; font-weight: {self.weight}; '
            f'font-style: {self.style}; font-display: swap; src: url("{address}") format("woff2"); }}'
        )


SANS, SERIF = "Source Sans 3", "Source Serif 4 Display"
LATIN = (
    Face(SANS, 400, "normal", "SourceSans3-Regular.woff2"),
    Face(SANS, 400, "italic", "SourceSans3-It.woff2"),
    Face(SANS, 600, "normal", "SourceSans3-Semibold.woff2"),
    Face(SERIF, 400, "normal", "SourceSerif4Display-Regular.woff2"),
    Face(SERIF, 600, "normal", "SourceSerif4Display-Semibold.woff2"),
)
LATIN_ON_PAGES = (
    Face("Summary Sans", 400, "normal", "web/SummarySans-Regular.woff2", is_seen_first=True),
    Face("Summary Sans", 400, "italic", "web/SummarySans-Italic.woff2"),
    Face("Summary Sans", 600, "normal", "web/SummarySans-Semibold.woff2", is_seen_first=True),
    Face("Summary Serif", 400, "normal", "web/SummarySerif-Regular.woff2", is_seen_first=True),
    Face("Summary Serif", 600, "normal", "web/SummarySerif-Semibold.woff2", is_seen_first=True),
)
FAMILIES: dict[Script, str] = {
    "Arab": "Noto Naskh Arabic",
    "Beng": "Noto Sans Bengali",
    "Guru": "Noto Sans Gurmukhi",
    "Taml": "Noto Sans Tamil",
}
"""One family for each other script: it sets headings and running text alike."""

LINES: dict[Script, float] = {"Arab": 1.2, "Beng": 1.15, "Guru": 1.15, "Taml": 1.15}
"""How much further apart lines stand than Latin ones, where letters reach higher and deeper."""


SIZES: dict[Script, float] = {"Arab": 1.06}
"""Letters without a stem are a quarter lower than a Latin x; those with one are as high as capitals.

More would look better still, but would be paid for by smaller type where a leaflet is full.
"""


def of_script(script: Script) -> tuple[Face, ...]:
    """The files of a script besides the Latin ones: complete, for page and leaflet alike."""
    if script not in FAMILIES:
        return ()
    family, size = FAMILIES[script], SIZES.get(script, 1)
    name = family.replace(" ", "")
    return (
        Face(family, 400, "normal", f"{name}-Regular.woff2", is_seen_first=True, size=size),
        Face(family, 600, "normal", f"{name}-Bold.woff2", is_seen_first=True, size=size),
    )


def for_print(path: Path, size: float) -> bytes:
    """A face's file; with letters of another size it is written anew, for WeasyPrint knows no `size-adjust`."""
    data = path.read_bytes()
    return data if size == 1 else _resized(data, size)


@cache
def _resized(data: bytes, size: float) -> bytes:
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - only where a leaflet is composed

    font, out = TTFont(io.BytesIO(data), recalcTimestamp=False), io.BytesIO()
    font["head"].unitsPerEm = round(font["head"].unitsPerEm / size)
    font.flavor = None
    font.save(out, reorderTables=False)
    return out.getvalue()


def in_leaflet(
    language: Language, besides: Iterable[Language] = (), latin: Iterable[Face] = LATIN
) -> tuple[Face, ...]:
    """The faces of a leaflet, in which some words may stand in other languages besides."""
    scripts = dict.fromkeys(each.script for each in (language, *besides))
    return (*latin, *(face for script in scripts for face in of_script(script)))


def beside(
    language: Language, besides: Iterable[Language], sans: Sequence[str] = (SANS,)
) -> Iterator[str]:
    """The CSS that sets words of other languages in faces of their own."""
    for each in besides:
        if each.script in FAMILIES and each.script != language.script:
            yield f"[lang={each.tag}] {{ font-family: {stack(each.script, sans)}; }}"


def stacks(script: Script, sans: Sequence[str], serif: Sequence[str]) -> str:
    """The CSS that puts a script's family, if it has one, behind the Latin ones."""
    return f":root {{ --sans: {stack(script, sans)}; --serif: {stack(script, serif)}; }}"


def stack(script: Script, families: Sequence[str]) -> str:
    """Families in the order in which a letter is looked for."""
    own = [FAMILIES[script]] if script in FAMILIES else []
    return ", ".join(f'"{family}"' for family in (*families, *own))


def spaced(css: str, script: Script) -> str:
    """A leaflet's stylesheet with its lines as far apart as the script needs them."""
    factor = LINES.get(script)
    return (
        LINE_HEIGHT.sub(lambda m: f"{m[1]}{float(m[2]) * factor:.3g}{m[3]}", css) if factor else css
    )
