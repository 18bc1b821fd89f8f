"""content/ → the same site once more, in another folder and without the cache → compared with what was published."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from policing_summary import building, differing, manifest, store
from policing_summary.errors import BuildError

Say = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Verdict:
    """`files` were compared; each of the `lines` is a file that is not as it should be."""

    files: int
    leaflets: int
    lines: tuple[str, ...]


def verify(root: Path, published: Path, say: Say) -> Verdict:
    """Build everything anew, and compare it with a folder that holds a site.

    Raises:
        ContentError: everything that is wrong with the content.
        BuildError: there is nothing to compare with, or no build is possible.
        OSError: something cannot be read, or there is no room for a second site.
    """
    if not published.is_dir():
        raise BuildError(
            f"There is no folder {published} to compare with. Build first, or write the path of a folder "
            "that was published: `verify --published FOLDER`."
        )
    with tempfile.TemporaryDirectory(prefix="summary-") as name:
        elsewhere = Path(name).resolve()
        shutil.copytree(root / "content", elsewhere / "content", symlinks=True)
        summary = building.build(elsewhere, say)
        say("Comparing", 0, 0)
        built = store.gathered(elsewhere / "output" / "site")
        listed = manifest.sums(built)
        found = manifest.of_folder(published)
        lines = tuple(_lines(published, built, listed, found))
    return Verdict(len({*listed, *found}), summary.leaflets, lines)


def _lines(
    published: Path, built: dict[str, bytes], listed: dict[str, str], found: dict[str, str]
) -> Iterator[str]:
    for path in sorted({*listed, *found}):
        if path not in found:
            yield f"{path}: was not published, and is built"
        elif path not in listed:
            yield f"{path}: was published, and is not built"
        elif not found[path]:
            yield f"{path}: is a link where a file was published"
        elif found[path] != listed[path]:
            theirs = (published / path).read_bytes()
            yield f"{path}: {differing.told(path, theirs, built[path])}"
