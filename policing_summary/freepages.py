"""Markdown files with a few lines of YAML on top → the site's free pages."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from policing_summary import source
from policing_summary.declarations import SLUG
from policing_summary.errors import ContentError, Place, Problem
from policing_summary.model.files import PageHead
from policing_summary.validation import read_as

FENCE = "---"
EXAMPLE = "begin with a line `---`, then `title:` and `position:`, then a line `---`"
TAKEN = frozenset({"assets", "boroughs", "data", "feeds", "pagefind", "postcodes", "search"})
"""Folders of the site that hold something else."""


@dataclass(frozen=True)
class FreePage:
    """`slug` is its folder on the site; the body is Markdown and begins on line `first` of `file`."""

    slug: str
    head: PageHead
    body: str
    file: str
    first: int

    def place(self, words: str, occurrence: int = 0) -> Place:
        """Where the n-th `words` stand."""
        before = -1
        for _ in range(occurrence + 1):
            before = self.body.find(words, before + 1)
        above = self.body[: max(before, 0)].split("\n")
        lines = self.body.split("\n")
        line, column = len(above), len(above[-1]) + 1
        return Place(self.file, self.first + line - 1, column, len(words), lines[line - 1])


def read(name: str, text: str) -> tuple[FreePage | None, list[Problem]]:
    """The page of the file `name`, a path as the editor knows it, and what is wrong with it."""
    slug = name.rpartition("/")[2].removesuffix(".md")
    lines = text.split("\n")
    fences = [number for number, line in enumerate(lines) if line.rstrip() == FENCE]
    if len(fences) < 2 or fences[0] != 0:  # noqa: PLR2004 - one before and one after
        return None, [Problem(Place(name, 1, 1), "this page does not say its title", EXAMPLE)]
    end = fences[1]
    try:
        document = source.parse("\n".join(["", *lines[1:end]]), name)
    except ContentError as error:
        return None, list(error.problems)
    reading = read_as(document, PageHead)
    problems = [*reading.problems, *_name_problems(name, slug)]
    if reading.model is None:
        return None, problems
    body = "\n".join(lines[end + 1 :])
    if len(body) > source.MOST_LETTERS:
        what = f"this page has {len(body):,} letters, and {source.MOST_LETTERS:,} are the most"
        return None, [*problems, Problem(Place(name, end + 2, 1), what, "make two pages of it")]
    return FreePage(slug, reading.model, body, name, end + 2), problems


def _name_problems(name: str, slug: str) -> Iterable[Problem]:
    if not SLUG.fullmatch(slug):
        way_out = "use small letters, digits and hyphens, for example `privacy.md`"
        yield Problem(Place(name, 1, 1), "this file's name cannot be part of an address", way_out)
    if slug in TAKEN or re.fullmatch(r"\d{4}(-\d{2,4})?", slug):
        yield Problem(
            Place(name, 1, 1), f"the address `{slug}/` is taken by the site itself", "rename it"
        )
