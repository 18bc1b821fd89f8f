"""The folders of the project → sets of paths that were changed, each as soon as it is saved."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import watchfiles

PROGRAM = "policing_summary"
FOLDERS = ("content", "templates", PROGRAM)
QUIET = 15  # milliseconds without another change, after which a burst counts as over
LONGEST = 120  # milliseconds that a burst is waited for
UNFINISHED = (".swp", ".swx", ".tmp", ".part", ".crdownload", ".pyc", "~")


@dataclass(frozen=True)
class Saved:
    """What was changed, deleted or added, by path from the project's folder."""

    content: frozenset[str]
    program: frozenset[str]
    """Its modules, which a running program does not read again."""


def is_ours(path: Path) -> bool:
    """Whether a file can matter: editors leave others beside it while they save."""
    name = path.name
    hidden = name.startswith((".", "#")) or name == "4913"  # with which Vim tries a folder
    return not hidden and not name.endswith(UNFINISHED) and "__pycache__" not in path.parts


async def changes(root: Path) -> AsyncIterator[Saved]:
    """Every change from now on; those that come together are one."""
    there = [root / folder for folder in FOLDERS if (root / folder).is_dir()]
    async for batch in watchfiles.awatch(
        *there,
        watch_filter=lambda _, path: is_ours(Path(path).relative_to(root)),
        step=QUIET,
        debounce=LONGEST,
        rust_timeout=1000,
        yield_on_timeout=False,
        raise_interrupt=False,
    ):
        paths = {Path(path).relative_to(root).as_posix() for _, path in batch}
        program = {path for path in paths if path.startswith(f"{PROGRAM}/")}
        yield Saved(frozenset(paths - program), frozenset(program))
