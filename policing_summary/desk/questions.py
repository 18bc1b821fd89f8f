"""What somebody asks about a content file, and what is known of it before it is answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from policing_summary.content import EDITION
from policing_summary.desk.printed import Built
from policing_summary.nodes import Document, Scalar, Step, find
from policing_summary.nodes import Mapping as Entries
from policing_summary.sheet import Sheet

MOST_LISTED = 12


@dataclass(frozen=True)
class Question:
    """A place in a file: `file` is its path below content/, `sheets` are those of the originals."""

    file: str
    document: Document
    steps: tuple[Step, ...]
    sheets: Sequence[Sheet]
    built: Built

    @property
    def name(self) -> str:
        """The key at the margin."""
        return str(self.steps[0]) if self.steps else ""

    @property
    def is_of_site(self) -> bool:
        return self.file == "site.yaml"

    @property
    def near(self) -> list[Sheet]:
        """The boroughs that the file, or the place in the site's own, is about."""
        if self.is_of_site:
            its_own = self.steps[1:2] if self.name == "boroughs" else ()
            return [s for s in self.sheets if not its_own or s.borough.slug == its_own[0]]
        edition, _, name = self.file.rpartition("/")
        slug = name.removesuffix(".yaml")
        return [
            sheet
            for sheet in self.sheets
            if sheet.edition.slug == edition and (name == EDITION or sheet.borough.slug == slug)
        ]


def id_of(document: Document, steps: tuple[Step, ...]) -> str | None:
    """The measure of a row, or an id in the catalogue or among the declared figures."""
    if len(steps) > 1 and steps[0] in {"measures", "figures"}:
        return str(steps[1])
    for end in range(len(steps), 0, -1):
        node, left = find(document.root, steps[:end])
        if not left and isinstance(node, Entries) and (entry := node.get("measure")):
            return entry.value.text if isinstance(entry.value, Scalar) else None
    return None


def listed(words: Sequence[str] | Mapping[str, object], most: int = MOST_LISTED * 3) -> str:
    """The words in backticks, and how many more there are."""
    some = [f"`{word}`" for word in words][:most]
    more = len(words) - len(some)
    return ", ".join(some) + (f" and {more} more" if more > 0 else "")
