"""A folder of font files → the family in it, or what keeps it from being used, in an editor's words.

Whatever is in the folder besides is left alone: families come with more weights than are needed.
"""

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias

from policing_summary.picturefiles import Fault

SUFFIXES = frozenset({".woff2", ".ttf", ".otf"})
OTHERS = frozenset({".woff", ".eot", ".ttc", ".pfb", ".dfont"})
MOST_BYTES = 5_000_000
MOST_UNPACKED = 30_000_000
KEPT_OPEN = 32  # files whose facts are remembered: two families with all that lies beside them
LICENCE = re.compile(r"licen[cs]e|ofl|copying|eula", re.IGNORECASE)
WORDS = frozenset({"", ".txt", ".md", ".html", ".pdf", ".rtf"})
REGULAR, BOLD = 400, 600
"""The two weights of the stylesheets. A family without a semibold has its bold in that place."""
BOLDS = (600, 700, 800, 500)
Role = tuple[int, str]
TEXT: tuple[Role, ...] = ((REGULAR, "normal"), (REGULAR, "italic"), (BOLD, "normal"))
HEADINGS: tuple[Role, ...] = ((REGULAR, "normal"), (BOLD, "normal"))
CALLED: dict[Role, str] = {
    (REGULAR, "normal"): "regular",
    (REGULAR, "italic"): "italic",
    (BOLD, "normal"): "bold",
}
PROBES = "aezAEZ019"
"""Letters of the alphabet itself: a piece that a family was split into lacks them, or is the one that has no others."""
RESTRICTED, NO_SUBSETS, BITMAPS_ONLY = 0x0002, 0x0100, 0x0200  # OpenType, OS/2, fsType


@dataclass(frozen=True)
class Facts:
    """What a font says of itself. `weights` are the ends of its axis; both are the same if it has none."""

    family: str
    weights: tuple[int, int]
    style: str
    axes: tuple[tuple[str, float], ...]
    """Its other axes, each with where it stands by itself."""
    is_normal_width: bool
    embedding: int
    letters: frozenset[str] = field(repr=False)


@dataclass(frozen=True)
class Cut:
    """The font that sets one of the roles: a file, and the point on its axes if it has any."""

    role: Role
    file: str
    data: bytes = field(repr=False)
    facts: Facts

    @property
    def is_variable(self) -> bool:
        return bool(self.facts.axes) or self.facts.weights[0] != self.facts.weights[1]

    @property
    def location(self) -> dict[str, float]:
        """Where it stands on every axis."""
        lowest, highest = self.facts.weights
        has_weights = lowest != highest
        weight = {"wght": float(min(self.role[0], highest))} if has_weights else {}
        return {**dict(self.facts.axes), **weight}


@dataclass(frozen=True)
class Family:
    name: str
    cuts: tuple[Cut, ...]

    @property
    def letters(self) -> frozenset[str]:
        """What all its fonts have."""
        return frozenset.intersection(*(cut.facts.letters for cut in self.cuts))


Opened: TypeAlias = tuple[Path, bytes, Facts]


def read(folder: Path, content: Path, roles: Iterable[Role]) -> tuple[Family | None, list[Fault]]:
    """The family that lies in a folder of content/, with a font for every role."""
    name = folder.relative_to(content).as_posix()
    if fault := _no_folder(folder, content, name):
        return None, [fault]
    faults = [] if licences_in(folder) else [_no_licence(name)]
    found = [_opened(path, content) for path in _fonts_in(folder)]
    if wrong := [each for each in found if isinstance(each, Fault)]:
        return None, [*faults, *wrong]
    family, more = _family(name, [each for each in found if not isinstance(each, Fault)], roles)
    return (None if faults else family), [*faults, *more]


def _family(
    name: str, opened: list[Opened], roles: Iterable[Role]
) -> tuple[Family | None, list[Fault]]:
    faults = list[Fault]()
    usable = [each for each in opened if each[2].is_normal_width] or opened
    chosen: dict[Role, Opened] = {}
    for role in roles:
        fitting = _fitting(role, usable)
        if not fitting:
            faults.append(_missing(role, name))
        elif fault := _of_several(fitting, name) or _split(fitting[0], name):
            faults.append(fault)
        else:
            chosen[role] = fitting[0]
    faults += _forbidden(chosen.values())
    families = sorted({facts.family for _, _, facts in chosen.values()})
    if len(families) > 1:
        listed = " and ".join(f"`{each}`" for each in families)
        told = f"`{name}` holds several families: {listed}"
        faults.append(Fault(told, "give each family a folder of its own"))
    if faults:
        return None, list(dict.fromkeys(faults))
    cuts = tuple(Cut(role, path.name, data, facts) for role, (path, data, facts) in chosen.items())
    return Family(families[0], cuts), []


def _no_folder(folder: Path, content: Path, name: str) -> Fault | None:
    if not folder.is_dir():
        return _not_there(folder, content, name)
    if not folder.resolve().is_relative_to(content.resolve()):
        told = f"`{name}` is a link to a folder outside content/"
        return Fault(told, "delete the link, and put the fonts themselves there")
    return None if _fonts_in(folder) else _no_fonts(folder, name)


def _fonts_in(folder: Path) -> list[Path]:
    return sorted(each for each in folder.iterdir() if each.suffix.lower() in SUFFIXES)


def _not_there(folder: Path, content: Path, name: str) -> Fault:
    if folder.exists():
        return Fault(f"`{name}` is a file, and not a folder", "name the folder that it lies in")
    near = folder.parent if folder.parent.is_dir() else content / "brand"
    known = sorted(
        each.relative_to(content).as_posix()
        for each in (near.iterdir() if near.is_dir() else ())
        if each.is_dir()
    )
    there = f"; there is `{'`, `'.join(known)}`" if known else ""
    return Fault(
        f"there is no folder `content/{name}`", f"put the fonts there, with their licence{there}"
    )


def _no_fonts(folder: Path, name: str) -> Fault:
    others = sorted(each.name for each in folder.iterdir() if each.suffix.lower() in OTHERS)
    beside = f", and `{others[0]}` is of a kind that is not used here" if others else ""
    return Fault(
        f"there is no font in `{name}`{beside}",
        "put WOFF2, TTF or OTF files into it, as whoever made the typeface gives them away",
    )


def licences_in(folder: Path) -> list[Path]:
    """The licences that lie in a folder."""
    return sorted(
        each
        for each in folder.iterdir()
        if LICENCE.search(each.name)
        and each.suffix.lower() in WORDS
        and each.is_file()
        and each.stat().st_size
    )


def _no_licence(name: str) -> Fault:
    return Fault(
        f"no licence lies beside the fonts in `{name}`",
        "put the text that came with them there, as `OFL.txt` or `LICENCE.txt`: it says "
        "whether they may be on a website and in a printed leaflet",
    )


def _opened(path: Path, content: Path) -> Opened | Fault:
    try:
        if not path.resolve().is_relative_to(content.resolve()):
            told = f"`{path.name}` is a link to a file outside content/"
            return Fault(told, "delete the link, and put the font itself there")
        if not path.is_file():
            return Fault(f"`{path.name}` is no file", "put the font itself there")
        if path.stat().st_size > MOST_BYTES:
            return Fault(
                f"`{path.name}` has {path.stat().st_size / 1e6:.0f} MB, and "
                f"{MOST_BYTES // 1_000_000} are the most",
                "take the WOFF2 file, or one with fewer scripts",
            )
        data = path.read_bytes()
    except OSError as error:
        reason = (error.strerror or "no reason is given").lower()
        return Fault(f"`{path.name}` cannot be opened ({reason})", "may you read it?")
    facts = facts_of(data)
    if facts is None:
        return Fault(
            f"`{path.name}` is not a font, or a damaged one",
            "copy it again from where it came from; a web page saved under that name is none",
        )
    return path, data, facts


@lru_cache(KEPT_OPEN)
def facts_of(data: bytes) -> Facts | None:
    """What a font says of itself; nothing if it is none."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - only where a site has fonts of its own

    if data[:4] == b"wOF2" and int.from_bytes(data[16:20], "big") > MOST_UNPACKED:
        return None
    try:
        with TTFont(io.BytesIO(data), lazy=True) as font:
            system, names = font["OS/2"], font["name"]
            axes = {each.axisTag: each for each in font["fvar"].axes} if "fvar" in font else {}
            weight = axes.pop("wght", None)
            ends = (weight.minValue, weight.maxValue) if weight else (system.usWeightClass,) * 2
            is_italic = bool(system.fsSelection & 1) or font["post"].italicAngle != 0
            is_drawn = "glyf" in font or "CFF " in font or "CFF2" in font
            return Facts(
                family=" ".join((names.getBestFamilyName() or "").split()),
                weights=(round(ends[0]), round(ends[1])),
                style="italic" if is_italic else "normal",
                axes=tuple((tag, float(each.defaultValue)) for tag, each in axes.items()),
                is_normal_width=system.usWidthClass == 5,  # noqa: PLR2004 - OpenType: medium
                embedding=system.fsType,
                letters=frozenset(map(chr, font.getBestCmap() or ())) if is_drawn else frozenset(),
            )
    except Exception:  # noqa: BLE001 - a damaged font fails in any of a hundred ways
        return None


def _fitting(role: Role, opened: Iterable[Opened]) -> list[Opened]:
    """The fonts for a role, all of one weight: a font that has the very weight before one on an axis."""
    weight, style = role
    of_style = [each for each in opened if each[2].style == style]
    for wanted in BOLDS if weight == BOLD else (weight, 350, 450):
        fixed = [each for each in of_style if each[2].weights == (wanted, wanted)]
        ranged = [
            each
            for each in of_style
            if each[2].weights[0] < each[2].weights[1] and _covers(each[2], wanted)
        ]
        if fixed or ranged:
            return fixed or ranged
    return []


def _covers(facts: Facts, weight: int) -> bool:
    return facts.weights[0] <= weight <= facts.weights[1]


def _missing(role: Role, name: str) -> Fault:
    called = CALLED[role]
    weight = "600 or 700" if role[0] == BOLD else str(role[0])
    return Fault(
        f"`{name}` has no {called} font: none of weight {weight}"
        + (", slanted" if role[1] == "italic" else ""),
        f"put the family’s {called} beside the others, or a variable font that reaches that weight",
    )


def _of_several(fitting: list[Opened], name: str) -> Fault | None:
    """Two fonts for one place: the same one in two kinds of file, or a family in pieces."""
    if len(fitting) == 1:
        return None
    files = " and ".join(f"`{path.name}`" for path, _, _ in fitting[:2])
    if any(not set(PROBES) <= facts.letters for _, _, facts in fitting):
        return _pieces(name, files)
    return Fault(
        f"{files} in `{name}` are the same weight of one family",
        "keep one of the two",
    )


def _split(found: Opened, name: str) -> Fault | None:
    path, _, facts = found
    return None if set(PROBES) <= facts.letters else _pieces(name, f"`{path.name}`")


def _pieces(name: str, files: str) -> Fault:
    return Fault(
        f"{files} in `{name}` {'are pieces' if ' and ' in files else 'is a piece'} of a family that was split "
        "by scripts, and in print wrong letters would come out of it",
        "take the complete fonts, as whoever made the typeface gives them away",
    )


def _forbidden(chosen: Iterable[Opened]) -> Iterator[Fault]:
    for path, _, facts in chosen:
        bits = facts.embedding
        if bits & 0xF == RESTRICTED or bits & (NO_SUBSETS | BITMAPS_ONLY):
            yield Fault(
                f"`{path.name}` says that it may not be embedded in documents (its `fsType` is {bits})",
                "ask whoever sells it for a font that may, or take one under an open licence",
            )
