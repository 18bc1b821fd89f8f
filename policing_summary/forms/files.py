"""The name of a form → the content file that it shows, and what may stand in it."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel

from policing_summary import model, source
from policing_summary.content import EDITION, PAGES, SITE
from policing_summary.errors import ContentError
from policing_summary.language import LANGUAGES, Language
from policing_summary.model.files import PageHead, SiteFile
from policing_summary.nodes import Scalar, Sequence

NAME = re.compile(r"[a-z0-9-]+(?:/[a-z0-9-]+)?(?:\.[A-Za-z-]+)?")
Kind = Literal["original", "translation", "page"]


@dataclass(frozen=True)
class File:
    """A content file as it was found; `data` is None for a translation that is not begun yet.

    `name` is its path below content/ without its ending. Of a translation, `of` is the original.
    """

    name: str
    path: Path
    data: bytes | None
    model: type[BaseModel]
    kind: Kind = "original"
    of: Path | None = None
    language: Language | None = None

    @property
    def text(self) -> str:
        return (self.data or b"").decode("utf-8")

    @property
    def hash(self) -> str:
        return hashlib.sha256(self.data or b"").hexdigest()

    @property
    def told(self) -> str:
        return f"content/{self.name}{self.path.suffix}"

    @property
    def page(self) -> str:
        """The address of what is made of it, in the preview."""
        folder, _, name = self.name.rpartition("/")
        if self.kind == "page":
            return f"/{name}/"
        slug, _, tag = name.partition(".")
        if not folder or slug == EDITION.removesuffix(".yaml"):
            return "/"
        return f"/{folder}/{slug}/{tag}/" if tag else f"/{folder}/{slug}/"


def found(root: Path, name: str) -> File | None:
    """The file of a form's name; None if there is no such form."""
    if not NAME.fullmatch(name):
        return None
    folder, _, rest = name.rpartition("/")
    stem, _, tag = rest.partition(".")
    content = root / "content"
    if folder == PAGES:
        return None if tag else _there(File(name, content / f"{name}.md", b"", PageHead, "page"))
    kind: type[BaseModel] = model.borough_file()
    if not folder:
        if stem != SITE.removesuffix(".yaml"):
            return None
        kind = SiteFile
    elif stem == EDITION.removesuffix(".yaml"):
        kind = model.edition_file()
    original = content / folder / f"{stem}.yaml"
    if not tag:
        return _there(File(name, original, b"", kind))
    if tag not in languages(root) or _is_no_file(original):
        return None
    path = content / folder / f"{stem}.{tag}.yaml"
    file = File(name, path, None, kind, "translation", original, LANGUAGES[tag])
    return file if not path.exists() and not path.is_symlink() else _there(file)


def languages(root: Path) -> list[str]:
    """The tags of the languages that the site is translated into."""
    try:
        entry = source.read(root / "content" / SITE, SITE).root.get("languages")
    except (ContentError, OSError):
        return []
    if entry is None:
        return []
    items = entry.value.items if isinstance(entry.value, Sequence) else (entry.value,)
    tags = [item.text for item in items if isinstance(item, Scalar)]
    return [tag for tag in tags if tag in LANGUAGES]


def listed(root: Path) -> list[list[str]]:
    """The names of all forms: of the site, of each edition from the newest on, of the text pages."""
    content = root / "content"
    editions = sorted((each.parent for each in content.glob(f"*/{EDITION}")), reverse=True)
    groups = [[SITE.removesuffix(".yaml")]]
    for edition in editions:
        stems = sorted(each.stem for each in edition.glob("*.yaml") if "." not in each.stem)
        first = EDITION.removesuffix(".yaml")
        names = [first, *(stem for stem in stems if stem != first)]
        groups.append([f"{edition.name}/{stem}" for stem in names])
    groups.append([f"{PAGES}/{each.stem}" for each in sorted((content / PAGES).glob("*.md"))])
    return [kept for group in groups if (kept := [name for name in group if found(root, name)])]


def _there(file: File) -> File | None:
    if _is_no_file(file.path):
        return None
    return File(
        file.name, file.path, file.path.read_bytes(), file.model, file.kind, file.of, file.language
    )


def _is_no_file(path: Path) -> bool:
    return path.is_symlink() or not path.is_file()
