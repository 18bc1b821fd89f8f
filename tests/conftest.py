"""What several test files share: a small content folder, and what is said about it."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pytest

from policing_summary import checks, content
from policing_summary.content import Site
from policing_summary.errors import ContentError, Problem, show
from policing_summary.sheet import Sheet

pytest_plugins = (
    "golden_files",
    "scratch",
    "importing",
    "visiting",
    "firefox",
    "previewing",
    "publishing",
    "loopback",
)  # fixtures that need more room than here

SMALL_SITE = {
    "site.yaml": """\
title: Local Policing Summary
description: What the police did.
address: https://summary.example.org/
publisher: {name: Metropolitan Police Authority}
boroughs:
  havering: {name: Havering, code: E09000016}
  bromley: {name: Bromley, code: E09000006}
""",
    "2009-10/edition.yaml": """\
title: Local Policing Summary 2009/10
label: 2009/10
period: April 2009 to March 2010
measures:
  serious-acquisitive-crime:
    name: Serious acquisitive crime
    sum-of: [residential-burglary, robbery, theft-from-vehicles, theft-of-vehicles]
  residential-burglary: {name: Residential burglary}
  robbery: {name: Robbery}
  theft-from-vehicles: {name: Theft from vehicles}
  theft-of-vehicles: {name: Theft of vehicles}
  gun-crime: {name: Gun crime}
  public-confidence: {name: Public confidence, unit: percent, better: higher}
  satisfaction-gap: {name: Gap in satisfaction, unit: points}
""",
    "2009-10/havering.yaml": """\
summary: What the police did in Havering.
""",
}


@pytest.fixture
def site_folder(tmp_path: Path) -> Callable[..., Path]:
    """Writes a small, complete content folder with some of its files changed or added.

    A file is text or bytes by its path; `None` leaves it out.
    """

    def write(changes: Mapping[str, str | bytes | None] = SMALL_SITE) -> Path:
        folder = tmp_path / "content"
        for name, words in (SMALL_SITE | dict(changes)).items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(words, str):
                path.write_text(words, encoding="utf-8", newline="")
            elif words is not None:
                path.write_bytes(words)
        return folder

    return write


def found_in(folder: Path) -> tuple[Problem, ...]:
    """Every problem of a content folder, drafts too."""
    try:
        _, warnings = checks.run(content.load(folder, drafts=True))
    except ContentError as error:
        return error.problems
    return tuple(warnings)


def said(problems: Iterable[Problem]) -> str:
    """All of them as an editor sees them."""
    return "\n\n".join(show(problem) for problem in problems)


@pytest.fixture
def problems_in(site_folder) -> Callable[..., str]:
    """What an editor is told about a borough's file, or about the changed files of the small site."""

    def tell(changes: str | bytes | Mapping[str, str | bytes | None]) -> str:
        files = {"2009-10/havering.yaml": changes} if isinstance(changes, str | bytes) else changes
        return said(found_in(site_folder(files)))

    return tell


@pytest.fixture
def sheets_of(site_folder) -> Callable[..., tuple[Site, dict[str, Sheet]]]:
    """The small site with changed files, and its sheets by borough."""

    def read(changes: Mapping[str, str | bytes | None], *, drafts: bool = False):
        site = content.load(site_folder(changes), drafts=drafts)
        sheets, _ = checks.run(site)
        return site, {sheet.borough.slug: sheet for sheet in sheets}

    return read
