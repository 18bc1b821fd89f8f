"""The Noto fonts of other scripts, as Debian has them → complete WOFF2 files without hinting.

Run it after `apt-get install fonts-noto-core`: .venv/bin/python templates/fonts/scripts.py [folder]

Page and leaflet use the same files: each has all letters of its script and all their forms, because
a letter without its forms is printed wrong. Latin letters, digits and signs come from the Source fonts.
"""

import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

HERE = Path(__file__).parent
DEBIAN = Path("/usr/share/fonts/truetype/noto")
FACES = (
    *("NotoNaskhArabic-Regular", "NotoNaskhArabic-Bold"),
    *("NotoSansBengali-Regular", "NotoSansBengali-Bold"),
    *("NotoSansGurmukhi-Regular", "NotoSansGurmukhi-Bold"),
    *("NotoSansTamil-Regular", "NotoSansTamil-Bold"),
)


def complete(source: Path) -> TTFont:
    """Every letter and every feature; hinting is for screens of old."""
    font = TTFont(source, recalcTimestamp=False)
    options = Options(
        layout_features=["*"],
        glyph_names=False,
        hinting=False,
        name_IDs=["*"],
        name_languages=["*"],
        notdef_outline=True,
    )
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=font.getBestCmap())
    subsetter.subset(font)
    font.flavor = "woff2"
    return font


def main(folder: Path = DEBIAN) -> None:
    for face in FACES:
        complete(folder / f"{face}.ttf").save(HERE / f"{face}.woff2")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
