"""Stylesheets and typefaces → the files that every page of the site asks for.

Each but the icon has a hash of its content in its name, so that browsers may keep it for good.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from policing_summary import drawings, typefaces
from policing_summary.language import Language, Script
from policing_summary.theme import Theme
from policing_summary.typefaces import Face

LAYERS = ("tokens", "base", "screen", "finding", "compare", "print")
SCRIPTS = ("find.js", "search.js", "sort.js")
SANS, SERIF = "Summary Sans", "Summary Serif"


@dataclass(frozen=True)
class Look:
    """What pages in one script load, by path; `first_seen` fonts set the first words."""

    stylesheets: tuple[str, ...]
    first_seen: tuple[str, ...]


@dataclass(frozen=True)
class Assets:
    """The site's own stylesheets, fonts, scripts and icon, by path."""

    looks: Mapping[Script, Look]
    scripts: Mapping[str, str]
    """The path of each script by its name."""
    files: Mapping[str, bytes]


def made(templates: Path, languages: Iterable[Language], dressed: Theme) -> Assets:
    """What pages in these languages need. Latin pages load no letters of another script."""
    latin, files = _look(
        templates, typefaces.LATIN_ON_PAGES, "site", map(dressed.dress, _rules(templates))
    )
    files["icon.svg"] = drawings.icon(dressed.hero).encode()
    looks: dict[Script, Look] = {"Latn": latin}
    for script in sorted({language.script for language in languages} - {"Latn"}):
        stack = typefaces.stacks(script, SANS, SERIF)
        rules = [stack, (templates / "css" / f"script-{script.lower()}.css").read_text("utf-8")]
        own, more = _look(templates, typefaces.of_script(script), script.lower(), rules)
        looks[script] = Look(
            (*latin.stylesheets, *own.stylesheets), (*latin.first_seen[:1], *own.first_seen)
        )
        files |= more
    scripts = {}
    for name in SCRIPTS:
        data = (templates / "js" / name).read_bytes()
        scripts[name] = f"assets/{hashed(name, data)}"
        files[scripts[name]] = data
    return Assets(looks, scripts, files)


def _look(
    templates: Path, faces: Iterable[Face], name: str, rules: Iterable[str]
) -> tuple[Look, dict[str, bytes]]:
    files: dict[str, bytes] = {}
    known, first_seen = [], []
    for face in faces:
        data = (templates / "fonts" / face.file).read_bytes()
        path = f"fonts/{hashed(Path(face.file).name, data)}"
        files[f"assets/{path}"] = data
        first_seen += [f"assets/{path}"] if face.is_seen_first else []
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
