"""What the preview shows: the last site that could be made, and what has been wrong since."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from policing_summary import easyread, formats
from policing_summary.errors import ContentError, Problem
from policing_summary.formats import Format
from policing_summary.rebuilding import Built
from policing_summary.sheet import Sheet

Offers = Mapping[tuple[str, str], tuple[int, str]]
"""What pages say of leaflets: how many pages, and how large; by the borough's folder and the format."""


@dataclass(frozen=True, eq=False)
class Made:
    """A site as it was made, drafts included.

    `files` are all of it by path. `summaries` are its boroughs by folder, with their heads but without what
    only their own pages print; `whole` has some of them with everything, those made last.
    """

    built: Built | None = field(default=None, repr=False)
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    summaries: Mapping[str, Sheet] = field(default_factory=dict, repr=False)
    whole: Mapping[str, tuple[Sheet, ...]] = field(default_factory=dict, repr=False)
    offered: Offers = field(default_factory=dict, repr=False)
    warnings: tuple[Problem, ...] = ()

    def summary_at(self, path: str) -> Sheet | None:
        """The borough that a page belongs to: its own page, or one in a folder below."""
        folder = path.rpartition("/")[0]
        while folder:
            if found := self.summaries.get(folder):
                return found
            folder = folder.rpartition("/")[0]
        return None

    def sheet(self, folder: str) -> Sheet | None:
        """A borough with everything, if there is one and its files can be read."""
        summary = self.summaries.get(folder)
        if summary is None or self.built is None:
            return None
        slug = summary.borough.slug
        try:
            sheets = self.whole.get(slug) or self.built.sheets(slug)
        except (ContentError, OSError):
            return None
        return next((sheet for sheet in sheets if sheet.path == folder), None)

    def forms(self, sheet: Sheet) -> list[Format]:
        """The leaflets that there are of a borough, which has to have everything."""
        listed = formats.downloads(sheet.edition.head.formats)
        return [form for form in listed if form.content == "sections" or easyread.is_written(sheet)]


@dataclass(frozen=True)
class Trouble:
    """Why the newest state of the files cannot be shown: problems in the content, or a sentence."""

    problems: tuple[Problem, ...] = ()
    said: str = ""


@dataclass(frozen=True)
class Shown:
    """`number` goes up with every change of what is shown or told.

    With `trouble`, `made` is older than the files. `restart` names the files of the program that
    have changed since it was started.
    """

    number: int = 0
    made: Made = field(default_factory=Made)
    trouble: Trouble | None = None
    restart: tuple[str, ...] = ()

    def after(self, outcome: Made | Trouble) -> "Shown":
        """With a finished site, or with what was in its way; the last good site stays."""
        if isinstance(outcome, Made):
            return replace(self, number=self.number + 1, made=outcome, trouble=None)
        return replace(self, number=self.number + 1, trouble=outcome)

    def after_change_of_program(self, files: Iterable[str]) -> "Shown":
        found = tuple(sorted({*self.restart, *files}))
        return replace(self, number=self.number + 1, restart=found)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything to be told, errors first."""
        return self.trouble.problems if self.trouble else self.made.warnings


def is_draft(sheet: Sheet) -> bool:
    """Whether a build would leave it out."""
    original = sheet.original or sheet
    return original.edition.head.draft or original.borough.head.draft
