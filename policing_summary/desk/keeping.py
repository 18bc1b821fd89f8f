"""What text editors are to know → the files that are not in step with it."""

import json
from collections.abc import Iterator
from pathlib import Path

from policing_summary.desk import schemas
from policing_summary.importers import filing
from policing_summary.importers.filing import Edit

SETTINGS = ".vscode/settings.json"
KEY = "yaml.schemas"


def edits(root: Path) -> list[Edit]:
    """The schemas, the lines that name them, and VS Code's settings, as far as they would change."""
    found = (*_schemas(root), *_lines(root), *_settings(root))
    return [each for each in found if each.old != each.new]


def renew(root: Path) -> list[Edit]:
    """Write what is not in step, and delete the schemas of what is no longer there."""
    found, gone = edits(root), left_over(root)
    for edit in found:
        edit.path.parent.mkdir(parents=True, exist_ok=True)
    filing.store(found, gone)
    return found


def follow(root: Path) -> None:
    """The same after files were written by a command, where text editors were told before."""
    if (root / "content" / schemas.FOLDER).is_dir():
        renew(root)


def left_over(root: Path) -> list[Path]:
    """Schemas of what is no longer there."""
    folder = root / "content"
    wanted = {folder / path for path in schemas.made(folder)}
    return sorted(set((folder / schemas.FOLDER).rglob("*.json")) - wanted)


def _schemas(root: Path) -> Iterator[Edit]:
    for path, data in schemas.made(root / "content").items():
        yield _edit(root, f"content/{path}", data)


def _lines(root: Path) -> Iterator[Edit]:
    for each in schemas.named(root / "content"):
        path = root / "content" / each.file
        try:
            text = path.read_bytes().decode("utf-8")
        except (OSError, UnicodeDecodeError):  # `check` says what is wrong with it
            continue
        if each.line not in text.splitlines():
            yield _edit(root, f"content/{each.file}", schemas.with_line(text, each.line).encode())


def _settings(root: Path) -> Iterator[Edit]:
    """Other settings stay; a file with remarks in it is somebody's own, and is left alone."""
    path = root / SETTINGS
    try:
        known = json.loads(path.read_text("utf-8")) if path.exists() else {}
    except ValueError:
        return
    known[KEY] = schemas.settings_of_vscode(root / "content")
    text = json.dumps(known, indent=2, ensure_ascii=False) + "\n"
    yield _edit(root, SETTINGS, text.encode())


def _edit(root: Path, name: str, new: bytes) -> Edit:
    path = root / name
    return Edit(path, name, path.read_bytes() if path.exists() else None, new, ())
