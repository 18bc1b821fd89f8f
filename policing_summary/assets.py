"""Stylesheets and typefaces → the files that every page of the site asks for.

Each but the icon has a hash of its content in its name, so that browsers may keep it for good.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from policing_summary import drawings, svg, typefaces
from policing_summary.identity import Identity
from policing_summary.language import Language, Script
from policing_summary.lettering import Lettering
from policing_summary.logofiles import Logo
from policing_summary.theme import Theme
from policing_summary.typefaces import Face

LAYERS = ("tokens", "base", "screen", "finding", "compare", "print")
SCRIPTS = ("find.js", "search.js", "sort.js")
SANS, SERIF = ("Summary Sans",), ("Summary Serif",)
OURS = Lettering((), {}, SANS, SERIF)
SYSTEM = {"--sans": "system-ui, sans-serif", "--serif": "Georgia, serif"}
LOGO_ROOM = 168  # CSS pixels: the width of the box that a logo fills on a page


@dataclass(frozen=True)
class Look:
    """What pages in one script load, by path; `first_seen` fonts set the first words."""

    stylesheets: tuple[str, ...]
    first_seen: tuple[str, ...]


@dataclass(frozen=True)
class Mark:
    """The logo as pages show it: where it lies, on light and on dark screens, and its size in CSS pixels.

    `says` is nothing if it is decoration. Without a version for dark screens it stands on white there.
    """

    path: str
    dark: str | None
    says: str
    width: int
    height: int


@dataclass(frozen=True)
class Assets:
    """The site's own stylesheets, fonts, scripts and icon, by path."""

    looks: Mapping[Script, Look]
    scripts: Mapping[str, str]
    """The path of each script by its name."""
    files: Mapping[str, bytes]
    mark: Mark | None = None
    drawn_in: str = svg.FONT
    """The typefaces of words in drawings."""
    initials: bytes | None = field(default=None, repr=False)
    """The font of monograms, if the site has one of its own."""


def made(
    templates: Path,
    languages: Iterable[Language],
    dressed: Theme,
    own: Lettering = OURS,
    identity: Identity = Identity(),  # noqa: B008 - it is frozen
) -> Assets:
    """What pages in these languages need. Latin pages load no letters of another script."""
    mark, files = _mark(identity)
    rules = [*map(dressed.dress, _rules(templates)), *_own_rules(templates, own, mark)]
    latin, more = _look(templates, typefaces.LATIN_ON_PAGES, "site", rules, own)
    files |= more
    files["icon.svg"] = drawings.icon(dressed.hero).encode()
    looks: dict[Script, Look] = {"Latn": latin}
    for script in sorted({language.script for language in languages} - {"Latn"}):
        stack = typefaces.stacks(script, own.sans, own.serif)
        rules = [stack, (templates / "css" / f"script-{script.lower()}.css").read_text("utf-8")]
        look, more = _look(templates, typefaces.of_script(script), script.lower(), rules)
        looks[script] = Look(
            (*latin.stylesheets, *look.stylesheets), (*latin.first_seen[:1], *look.first_seen)
        )
        files |= more
    scripts = {}
    for name in SCRIPTS:
        data = (templates / "js" / name).read_bytes()
        scripts[name] = f"assets/{hashed(name, data)}"
        files[scripts[name]] = data
    return Assets(looks, scripts, files, mark, svg.in_faces(own.sans), own.bold_headings)


def _mark(identity: Identity) -> tuple[Mark | None, dict[str, bytes]]:
    logo, dark = identity.logo, identity.dark
    if logo is None:
        return None, {}
    files = {_path(each): each.data for each in (logo, dark) if each}
    width, height = round(logo.wide * LOGO_ROOM), round(logo.high * LOGO_ROOM)
    return Mark(_path(logo), _path(dark) if dark else None, identity.says, width, height), files


def _path(logo: Logo) -> str:
    suffix = "svg" if logo.media_type == "image/svg+xml" else "png"
    return f"assets/{hashed(f'logo.{suffix}', logo.data)}"


def _own_rules(templates: Path, own: Lettering, mark: Mark | None) -> Iterable[str]:
    """What is there only for typefaces and a logo of the site's own."""
    if own.is_own:
        families = {"--sans": own.sans, "--serif": own.serif}
        told = (
            f"{key}: {typefaces.stack('Latn', names)}, {SYSTEM[key]};"
            for key, names in families.items()
        )
        yield f":root {{ {' '.join(told)} }}"
    if mark:
        yield f"@layer screen {{\n{(templates / 'css' / 'logo.css').read_text('utf-8')}}}"


def _look(
    templates: Path,
    faces: Iterable[Face],
    name: str,
    rules: Iterable[str],
    own: Lettering = OURS,
) -> tuple[Look, dict[str, bytes]]:
    """The site's own faces are fetched first; those that only step in for them when they are needed."""
    files: dict[str, bytes] = {}
    known, first_seen = [], []
    for face in (*own.faces, *faces):
        data = own.files.get(face.file) or (templates / "fonts" / face.file).read_bytes()
        path = f"fonts/{hashed(Path(face.file).name, data)}"
        files[f"assets/{path}"] = data
        steps_in = face.family in {*own.sans[1:], *own.serif[1:]}
        first_seen += [f"assets/{path}"] if face.is_seen_first and not steps_in else []
        known.append(face.rule(path))
    css = "\n".join([f"@layer {', '.join(LAYERS)};", *known, *rules]).encode()
    stylesheet = f"assets/{hashed(f'{name}.css', css)}"
    return Look((stylesheet,), tuple(first_seen)), {**files, stylesheet: css}


def _rules(templates: Path) -> Iterable[str]:
    for layer in LAYERS:
        rules = (templates / "css" / f"{layer}.css").read_text("utf-8")
        yield f"@layer {layer} {{\n{rules}}}"


def hashed(name: str, data: bytes) -> str:
    """The name with a hash of the content."""
    stem, _, suffix = name.rpartition(".")
    return f"{stem}.{hashlib.sha256(data).hexdigest()[:10]}.{suffix}"
