"""A force's own names and colours → a whole site in an empty folder, with the program beside it.

The folder holds all that it needs, so it can be cloned, moved and built anywhere by itself. Its
content is a specimen that says so, until somebody has changed it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from string import Template

from policing_summary.errors import TypedError
from policing_summary.importers.filing import Change, Edit
from policing_summary.starting import brand, scaffold
from policing_summary.starting.brand import Look, Taken
from policing_summary.starting.texts import SPAN, Step, slug

SKELETON = Path(__file__).parent / "skeleton"
PROGRAM = ("build.py", "LICENSE", "policing_summary", "templates", "docs")
LOCKS = "requirements*.lock"
NO_PART = frozenset({"__pycache__", ".mypy_cache", ".ruff_cache"})
MAY_BE_THERE = frozenset({".git", ".gitignore", ".DS_Store"})
NAMES: Mapping[str, str] = {"gitignore": ".gitignore", "settings.json": ".vscode/settings.json"}


@dataclass(frozen=True)
class Wish:
    """What a force is asked for. `one` and `many` are what it calls its boroughs."""

    force: str
    area: str
    boroughs: tuple[str, ...]
    edition: str
    one: str = "borough"
    many: str = "boroughs"
    address: str = "https://summary.example.org/"
    look: Look = field(default_factory=Look)


def begin(program: Path, folder: Path, wish: Wish) -> tuple[Edit, ...]:
    """Every file of the new site: its content, and the program that stands in `program`.

    Raises:
        TypedError: the folder is not empty, or a name is none.
    """
    there = [p.name for p in folder.iterdir()] if folder.is_dir() else []
    if more := sorted(set(there) - MAY_BE_THERE):
        raise TypedError(
            f"{folder} is not empty: it holds `{more[0]}`. Name a folder that is empty, or that is not there yet."
        )
    if folder.resolve().is_relative_to(program.resolve()):
        raise TypedError(
            f"{folder} lies inside the program’s own folder. Name one beside it: ../{slug(wish.area)}"
        )
    _sound(wish)
    taken = brand.take(wish.look, wish.force)
    own = {path: text.encode() for path, text in _content(wish, taken)}
    own |= {f"content/{path}": data for path, data in taken.files.items()}
    copied = {path: (program / path).read_bytes() for path in _program(program)}
    return tuple(
        Edit(folder / path, path, None, data, (Change(path, "", "", "new"),))
        for path, data in sorted({**copied, **own}.items())
        if not (path == ".gitignore" and path in there)
    )


def _sound(wish: Wish) -> None:
    if not wish.boroughs:
        raise TypedError(f'Name at least one {wish.one}: --boroughs "Ashford, Canterbury"')
    found: dict[str, str] = {}
    for name in wish.boroughs:
        key = slug(name)
        if not key:
            raise TypedError(
                f"`{name}` has no letters to make an address of. Write its name in Latin letters."
            )
        if key in found:
            raise TypedError(
                f"`{name}` and `{found[key]}` would have the same address. Name each of them once."
            )
        found[key] = name
    if not slug(wish.edition) or slug(wish.edition) != wish.edition:
        raise TypedError(
            f"`{wish.edition}` cannot be the name of an edition, which is a part of its address. "
            "Use small letters, digits and hyphens: 2025-26"
        )


def _program(root: Path) -> Iterator[str]:
    yield from (path.name for path in root.glob(LOCKS))
    for name in PROGRAM:
        path = root / name
        for each in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if each.is_file() and NO_PART.isdisjoint(each.parts) and each.suffix != ".pyc":
                yield each.relative_to(root).as_posix()


def _content(wish: Wish, taken: Taken) -> Iterator[tuple[str, str]]:
    names = {**_names(wish), "brand": taken.lines, "typefaces": scaffold.said(taken.credit)}
    for path in sorted(SKELETON.rglob("*")):
        if not path.is_file():
            continue
        where, text = path.relative_to(SKELETON).as_posix(), path.read_text("utf-8")
        where = NAMES.get(where, where)
        if where.endswith("edition/borough.yaml"):
            for place in wish.boroughs:
                own = {**names, "place": place}
                yield f"content/{wish.edition}/{slug(place)}.yaml", Template(text).substitute(own)
        else:
            to = where.replace("/edition/", f"/{wish.edition}/")
            yield to, Template(text).substitute(names)


def _names(wish: Wish) -> dict[str, str]:
    """What stands in the place of each `$name` of the skeleton."""
    step = Step(wish.edition, wish.edition)
    year = SPAN.fullmatch(wish.edition)
    first = int(year[1]) if year else 0
    listed = [f"  {slug(each)}: {{name: {scaffold.said(each)}}}" for each in wish.boroughs]
    return {
        "force": scaffold.said(wish.force),
        "area": scaffold.said(wish.area),
        "one": wish.one,
        "many": wish.many,
        "Commander": f"{wish.one.capitalize()} Commander",
        "address": wish.address,
        "boroughs": "\n".join(listed),
        "summary_title": f"Local Policing Summary {step.label}",
        "label": step.label,
        "period": f"April {first} to March {first + 1}" if year else step.label,
        "edition": wish.edition,
        "next": f"{first + 1}-{(first + 2) % 100:02}" if year else "NEXT-EDITION",
        "example": slug(wish.boroughs[0]),
    }
