"""Changed texts → content files: all of them in one go, or none."""

import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from policing_summary.errors import ContentError, Place, Problem


@dataclass(frozen=True)
class Change:
    """One value: `what` is a measure or a line of the section; an empty `old` is not there yet."""

    what: str
    field: str
    old: str
    new: str


@dataclass(frozen=True)
class Edit:
    """A content file before and after; `old` is None for a new one."""

    path: Path
    name: str
    old: bytes | None
    new: bytes
    changes: tuple[Change, ...]


def store(edits: Sequence[Edit], left_over: Sequence[Path] = ()) -> None:
    """Write all files: first beside the old ones, then in their place. Any failure undoes all.

    What is `left_over` is deleted once all of them stand.

    Raises:
        ContentError: a file was changed by somebody else in the meantime.
        OSError: a file cannot be written.
    """
    changed = [e for e in edits if (e.path.read_bytes() if e.path.exists() else None) != e.old]
    if changed:
        what = "this file was changed while the import was being shown"
        raise ContentError(Problem(Place(e.name, 1, 1), what, "import again") for e in changed)
    staged: list[tuple[Path, Edit]] = []
    replaced: list[Edit] = []
    try:
        for one in edits:
            beside = one.path.with_name(f".{one.path.name}.importing")
            one.path.parent.mkdir(parents=True, exist_ok=True)
            staged.append((beside, one))
            _write(beside, one)
        for beside, one in staged:
            beside.replace(one.path)
            replaced.append(one)
    except BaseException:
        for one in replaced:
            _restore(one)
        raise
    finally:
        for beside, _ in staged:
            beside.unlink(missing_ok=True)
    for path in left_over:
        path.unlink(missing_ok=True)


def _write(beside: Path, one: Edit) -> None:
    with beside.open("wb") as file:
        file.write(one.new)
        file.flush()
        os.fsync(file.fileno())
    if one.old is not None:
        shutil.copymode(one.path, beside)


def _restore(one: Edit) -> None:
    if one.old is None:
        one.path.unlink(missing_ok=True)
    else:
        one.path.write_bytes(one.old)
