"""content/ → the JSON Schemas in content/.schema, and the line of each file that names its own.

A text editor reads them while somebody types. They list the site's own ids, so they are made from
what the files say just now, right or wrong: a file that cannot be read lists none.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from policing_summary import formats, model, source
from policing_summary.content import EDITION, POSTCODES, SITE
from policing_summary.desk.shapes import Ids, Json, Shaper, WordShaper
from policing_summary.errors import ContentError
from policing_summary.language import LANGUAGES
from policing_summary.model.base import DRAWINGS
from policing_summary.model.files import PostcodesFile, SiteFile
from policing_summary.nodes import Document
from policing_summary.nodes import Mapping as Entries

FOLDER = ".schema"
NAMES_ITS_SCHEMA = "# yaml-language-server: $schema="
PICTURES = frozenset({".jpg", ".jpeg", ".png", ".webp"})


@dataclass(frozen=True)
class Named:
    """A content file and its schema, both below the content folder."""

    file: str
    schema: str

    @property
    def line(self) -> str:
        """What stands at the top of the file."""
        up = "../" * self.file.count("/")
        return f"{NAMES_ITS_SCHEMA}{up}{self.schema}"


def made(folder: Path) -> dict[str, bytes]:
    """Every schema of a content folder, by its path below it."""
    editions = _editions(folder)
    site = ids_of(folder)
    found = {
        "site": Shaper(site).document("The whole site", SiteFile),
        "postcodes": Shaper(site).document("Postcode districts", PostcodesFile),
    }
    if any(folder.glob("site.*.yaml")):
        found["site.translation"] = WordShaper(site).document("Words of the site", SiteFile)
    for edition in editions:
        ids = ids_of(folder, edition.name)
        for kind, form in (("edition", model.edition_file()), ("borough", model.borough_file())):
            title = f"{'An' if kind == 'edition' else 'A'} {kind}, {edition.name}"
            found[f"{edition.name}/{kind}"] = Shaper(ids).document(title, form)
            if any(edition.glob("*.*.yaml")):
                words = WordShaper(ids).document(f"Words of {title.lower()}", form)
                found[f"{edition.name}/{kind}.translation"] = words
    return {f"{FOLDER}/{name}.json": _written(schema) for name, schema in found.items()}


def ids_of(folder: Path, edition: str = "") -> Ids:
    """What the site has names for; with an edition, its measures and pictures too."""
    settings = _read(folder / SITE)
    site: Ids = {
        "boroughs": _keys(settings, "boroughs"),
        "sections": list(model.sections()),
        "formats": [*formats.FORMATS, formats.NONE],
        "editions": [each.name for each in _editions(folder)],
        "languages": [t for t, each in LANGUAGES.items() if each.has_words and not each.is_english],
    }
    if not edition:
        return site
    pictures = [f"images/{path.name}" for path in _pictures(folder / edition)]
    return {
        **site,
        "measures": _keys(_read(folder / edition / EDITION), "measures"),
        "pictures": pictures,
        "drawings": [*sorted(DRAWINGS), *pictures],
    }


def named(folder: Path) -> Iterator[Named]:
    """Every YAML file of a content folder with its schema."""
    for path in sorted(folder.glob("*.yaml")):
        kind = "site" if path.name.startswith("site.") else "postcodes"
        if path.name in {SITE, POSTCODES} or kind == "site":
            yield Named(path.name, f"{FOLDER}/{_kind(path, kind)}.json")
    for edition in _editions(folder):
        for path in sorted(edition.glob("*.yaml")):
            kind = "edition" if path.name.startswith("edition.") else "borough"
            file = f"{edition.name}/{path.name}"
            yield Named(file, f"{FOLDER}/{edition.name}/{_kind(path, kind)}.json")


def with_line(text: str, line: str) -> str:
    """The text of a file with the line that names its schema on top, in place of another such line."""
    kept = [
        each for each in text.splitlines(keepends=True) if not each.startswith(NAMES_ITS_SCHEMA)
    ]
    end = "\r\n" if kept and kept[0].endswith("\r\n") else "\n"
    mark = "\ufeff" if kept and kept[0].startswith("\ufeff") else ""
    return f"{mark}{line}{end}{''.join(kept).removeprefix(mark)}"


def settings_of_vscode(folder: Path) -> Json:
    """Which schema a file has that does not name its own yet, for `.vscode/settings.json`."""
    name = folder.name
    found: dict[str, list[str]] = {
        f"{name}/{FOLDER}/site.json": [f"{name}/{SITE}"],
        f"{name}/{FOLDER}/postcodes.json": [f"{name}/{POSTCODES}"],
    }
    for each in _editions(folder):
        schemas, files = f"{name}/{FOLDER}/{each.name}", f"{name}/{each.name}"
        found[f"{schemas}/edition.json"] = [f"{files}/{EDITION}"]
        others = [f"!{files}/{EDITION}", f"!{files}/*.*.yaml"]
        found[f"{schemas}/borough.json"] = [f"{files}/*.yaml", *others]
    return found


def _kind(path: Path, kind: str) -> str:
    return f"{kind}.translation" if "." in path.stem else kind


def _editions(folder: Path) -> list[Path]:
    return sorted(path.parent for path in folder.glob(f"*/{EDITION}") if path.parent.name[0] != ".")


def _pictures(edition: Path) -> list[Path]:
    files = sorted((edition / "images").glob("*"))
    return [path for path in files if path.suffix.lower() in PICTURES]


def _read(path: Path) -> Document | None:
    try:
        return source.read(path, path.name)
    except ContentError:
        return None


def _keys(document: Document | None, key: str) -> list[str]:
    entry = document.root.get(key) if document else None
    if entry is None or not isinstance(entry.value, Entries):
        return []
    return [each.key.text for each in entry.value.entries]


def _written(schema: Mapping[str, object]) -> bytes:
    """One definition and one key to a line, so that a change is seen where it is."""

    def compact(value: object) -> str:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    def lines(parts: Mapping[str, object], indent: str) -> str:
        inner = ",\n".join(
            f"{indent} {compact(key)}: {compact(value)}" for key, value in parts.items()
        )
        return f"{{\n{inner}\n{indent}}}" if parts else "{}"

    whole = [
        f" {compact(key)}: {lines(value, ' ') if isinstance(value, dict) else compact(value)}"
        for key, value in schema.items()
    ]
    return ("{\n" + ",\n".join(whole) + "\n}\n").encode()
