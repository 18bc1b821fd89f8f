"""A site's own colours → which of them cannot be read on what is behind them, and the nearest that can."""

from collections.abc import Iterator
from dataclasses import dataclass

from policing_summary import theme
from policing_summary.content import Site
from policing_summary.errors import Problem


@dataclass(frozen=True)
class Pair:
    """Two colours that meet somewhere: one of letters, and the one behind them."""

    letters: str
    behind: str
    where: str


ON_PAPER = tuple(
    Pair(token, ground, where)
    for token, what in (
        ("deep", "headings and links"),
        ("own", "a borough’s own headings"),
        ("good", "targets that were reached"),
        ("bad", "targets that were missed"),
    )
    for ground, where in (("paper", f"{what} on white"), ("tint", f"{what} in boxes"))
)
ON_COVERS = (
    Pair("paper", "deep", "white letters on covers"),
    Pair("bright", "deep", "what is brought out on covers"),
    Pair("paper", "own", "white letters on a borough’s own colour"),
)
ON_TINT = (Pair("ink", "tint", "text in boxes"), Pair("quiet", "tint", "small text in boxes"))


def problems(site: Site) -> Iterator[Problem]:
    """Colours that cannot be read; of a pair the one is named that the site has chosen."""
    brand, document = site.settings.brand, site.document
    dressed = theme.of(brand)
    light = {**dressed.light, "paper": theme.WHITE, "ink": theme.INK, "quiet": theme.QUIET}
    dark = {**dressed.dark, "paper": theme.DARK_PAPER, "tint": theme.DARK_TINT}
    chosen = {name for name, colour in brand.colours if colour}
    chosen_dark = {name for name, colour in brand.dark if colour}
    printed = {**light, **{name: on_paper(inks) for name, inks in brand.ink if inks}}
    inked = {name for name, inks in brand.ink if inks}
    for key, pairs, colours, own in (
        ("colours", (*ON_PAPER, *ON_COVERS, *ON_TINT), light, chosen),
        ("dark", ON_PAPER, dark, chosen_dark),
        ("ink", (*ON_PAPER, *ON_COVERS, *ON_TINT), printed, inked),
    ):
        told = set[str]()
        for pair in pairs:
            token = _to_change(pair, own)
            if token and token not in told and (found := _problem(pair, colours, token, key)):
                told.add(token)
                yield Problem(document.place("brand", key, token), *found)


def _to_change(pair: Pair, own: set[str]) -> str | None:
    """The colour of the two that the site chose: the letters’, if it chose both."""
    return next((token for token in (pair.letters, pair.behind) if token in own), None)


def _problem(pair: Pair, colours: dict[str, str], token: str, key: str) -> tuple[str, str] | None:
    letters, behind = colours[pair.letters], colours[pair.behind]
    ratio = theme.contrast(letters, behind)
    if ratio >= theme.READABLE:
        return None
    where = {"colours": "", "dark": " on a dark screen", "ink": " in print"}[key]
    what = (
        f"{pair.where}{where} could not be read: the contrast is {_down(ratio)}, and has to be 4.5"
    )
    other = behind if token == pair.letters else letters
    near = theme.reaching(colours[token], other)
    if theme.contrast(near, other) < theme.READABLE:
        return what, "choose another colour for one of the two"
    if key == "ink":
        return what, f"use more ink, so that it looks like {near} or darker"
    return what, f'the nearest colour that can be read is "{near}"'


def _down(ratio: float) -> str:
    """Rounded down, so that 4.47 is not told as 4.5."""
    return f"{int(ratio * 10) / 10:.1f}"


def on_paper(inks: tuple[int, int, int, int]) -> str:
    """About how inks look: each takes its part of the light that the paper gives back."""
    *colours, black = (part / 100 for part in inks)
    return "#" + "".join(f"{round(255 * (1 - part) * (1 - black)):02x}" for part in colours)
