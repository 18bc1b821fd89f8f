"""Files that are to be written → what `check` would say of them, before anything is written."""

import tempfile
from collections.abc import Sequence
from pathlib import Path
from shutil import copytree

from policing_summary import checks, content
from policing_summary.errors import Problem
from policing_summary.importers.filing import Edit


def proved(root: Path, edits: Sequence[Edit]) -> list[Problem]:
    """The warnings about the content as it would be.

    Raises:
        ContentError: it would have errors; these, or those that it has already.
    """
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        copytree(root / "content", copy / "content")
        for edit in edits:
            to = copy / edit.path.relative_to(root)
            to.parent.mkdir(parents=True, exist_ok=True)
            to.write_bytes(edit.new)
        _, warnings = checks.run(content.load(copy / "content", drafts=True))
        return warnings
