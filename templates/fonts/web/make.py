"""The complete fonts → small ones for the web page: Latin letters, the features in use, a new name.

Run it after a font was changed: .venv/bin/python templates/fonts/web/make.py

The SIL Open Font Licence reserves the name "Source" for the complete fonts, so the small ones are
called Summary Sans and Summary Serif. Leaflets are set from the complete files.
"""

from pathlib import Path

from fontTools.subset import Options, Subsetter, parse_unicodes
from fontTools.ttLib import TTFont

HERE = Path(__file__).parent
FACES = {
    "SourceSans3-Regular": ("Summary Sans", "Regular"),
    "SourceSans3-It": ("Summary Sans", "Italic"),
    "SourceSans3-Semibold": ("Summary Sans", "Semibold"),
    "SourceSerif4Display-Regular": ("Summary Serif", "Regular"),
    "SourceSerif4Display-Semibold": ("Summary Serif", "Semibold"),
}
# Western and Central European letters, Welsh, and the punctuation and signs of running text.
LETTERS = (
    "20-7E,A0-17F,192,218-21B,1E80-1E85,1EF2-1EF3,2010-2015,2018-201E,2020-2022,2026,"
    "2030,2032-2033,2039-203A,2044,20AC,2122,2190-2193,2212,2248,2260,2264-2265"
)
FEATURES = ["kern", "liga", "mark", "mkmk", "ccmp", "locl", "lnum", "tnum", "pnum"]
COPYRIGHT, FAMILY, STYLE, FULL_NAME, POSTSCRIPT_NAME, LICENCE = 0, 1, 2, 4, 6, 13


def small(source: Path, family: str, style: str) -> TTFont:
    options = Options(layout_features=FEATURES, hinting=False, flavor="woff2", notdef_outline=True)
    font = TTFont(source, recalcTimestamp=False)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=parse_unicodes(LETTERS))
    subsetter.subset(font)
    names = font["name"]
    kept = {number: names.getDebugName(number) for number in (COPYRIGHT, LICENCE)}
    names.names = []
    named = {
        FAMILY: family,
        STYLE: style,
        FULL_NAME: f"{family} {style}",
        POSTSCRIPT_NAME: f"{family}-{style}".replace(" ", ""),
    }
    for number, text in {**kept, **named}.items():
        names.setName(text or "", number, 3, 1, 0x409)
    font.flavor = "woff2"
    return font


def main() -> None:
    for file, (family, style) in FACES.items():
        font = small(HERE.parent / f"{file}.woff2", family, style)
        font.save(HERE / f"{family}-{style}.woff2".replace(" ", ""))


if __name__ == "__main__":
    main()
