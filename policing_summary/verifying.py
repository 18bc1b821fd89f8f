"""content/ → the same site once more, in another folder and without the cache → compared with what was published."""

import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias
from urllib.parse import quote

from policing_summary import building, differing, hosting, manifest, store
from policing_summary.errors import BuildError
from policing_summary.publishing import fetching

Say = Callable[[str, int, int], None]
Found: TypeAlias = Mapping[str, bytes | None]
"""What lies there of a site that was built, by path; None for what is no file of its own."""
FOR_HOSTS = frozenset({"_headers", "_redirects"})  # told to hosts, who may keep them to themselves


@dataclass(frozen=True)
class Verdict:
    """`files` were compared; each of the `lines` is a file that is not as it should be."""

    files: int
    leaflets: int
    lines: tuple[str, ...]


def verify(root: Path, published: str, say: Say) -> Verdict:
    """Build everything anew, and compare it with what was published: a folder, or an address on the web.

    Raises:
        ContentError: everything that is wrong with the content.
        BuildError: there is nothing to compare with, or no build is possible.
        OSError: something cannot be read, or there is no room for a second site.
    """
    on_the_web = published.startswith(("https://", "http://"))
    folder = root / published  # which is the other if that begins at the root of the disk
    if not on_the_web and not folder.is_dir():
        raise BuildError(
            f"There is no folder {published} to compare with. Build first, or write a folder or an address "
            "that was published: `verify --published FOLDER`."
        )
    with tempfile.TemporaryDirectory(prefix="summary-") as name:
        elsewhere = Path(name).resolve()
        shutil.copytree(root / "content", elsewhere / "content", symlinks=True)
        summary = building.build(elsewhere, say)
        built = store.gathered(elsewhere / "output" / "site")
    if on_the_web:
        found = _on_the_web(published.rstrip("/"), built, say)
    else:
        say("Comparing", 0, 0)
        found = _in_folder(folder)
        if folder.resolve() != (root / "output" / "site").resolve():
            found = {path: each for path, each in found.items() if not _is_kept(path, built)}
    paths = sorted({*built, *found})
    lines = (f"{path}: {line}" for path in paths if (line := _line(path, built, found)))
    return Verdict(len(paths), summary.leaflets, tuple(lines))


def _is_kept(path: str, built: Mapping[str, bytes]) -> bool:
    """Whether it was published before, and stays for readers whose page is from before."""
    return path not in built and hosting.is_immutable(path)


def _in_folder(folder: Path) -> Found:
    listed = manifest.of_folder(folder)
    return {path: (folder / path).read_bytes() if listed[path] else None for path in listed}


def _on_the_web(address: str, built: Mapping[str, bytes], say: Say) -> Found:
    """What readers get at the address of every file that was built, or that is listed as published there."""
    try:
        listed = manifest.read(fetching.fetch(f"{address}/{manifest.NAME}"))
    except (OSError, ValueError):
        raise BuildError(
            f"There is no list of files at {address}/{manifest.NAME}. Is the address that of the start "
            "page, and was the site published with this program?"
        ) from None
    paths = sorted({*listed, *built} - FOR_HOSTS)
    found: dict[str, bytes | None] = {path: built[path] for path in FOR_HOSTS & built.keys()}
    for number, path in enumerate(paths, 1):
        say("Fetching what was published", number, len(paths))
        try:
            found[path] = fetching.fetch(f"{address}/{quote(path)}")
        except OSError:
            continue
    return found


def _line(path: str, built: Mapping[str, bytes], found: Found) -> str:
    """What is to be told of a file; nothing if it is the same."""
    if path not in found:
        return "was not published, and is built"
    if path not in built:
        return "was published, and is not built"
    theirs, ours = found[path], built[path]
    if theirs is None:
        return "is a link where a file was published"
    return "" if theirs == ours else differing.told(path, theirs, ours)
