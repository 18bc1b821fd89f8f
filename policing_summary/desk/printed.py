"""A leaflet as it was built → on which of its pages a section, or some words of it, are printed.

A leaflet names where each section begins and ends, and its text is read only to find words in a section
that takes several pages. Nothing is laid out.
"""

import html
import io
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pypdfium2

LEAST = 4  # letters: fewer are on every page
ENOUGH = 40  # letters by which a passage is known
TELLING = 12  # letters: with so many, a passage is not met by chance
_BREAKS = re.compile(r"\{\{.*?\}\}|\]\([^)]*\)|\n\s*\n")
"""What stands in a text and is not printed as it is typed, or begins a paragraph."""


@dataclass(frozen=True)
class Built:
    """What the last build left in `site`, a folder.

    `changed` are the files that are no longer as it read them; `None` if nobody knows what it read.
    """

    site: Path
    changed: frozenset[str] | None

    def newer(self, read: Collection[str]) -> list[str]:
        """Which of the files that a leaflet is made of, or of the folders, have changed since."""
        found = self.changed or frozenset()
        return sorted(
            path for path in found if path in read or any(path.startswith(f"{f}/") for f in read)
        )


@dataclass(frozen=True)
class Pages:
    """The numbers of pages, the first of which is 1, and how many there are in all."""

    numbers: tuple[int, ...]
    of: int

    def __str__(self) -> str:
        if not self.numbers:
            return "not printed in it"
        first, last = self.numbers[0], self.numbers[-1]
        if first == last:
            return f"page {first} of {self.of}"
        if len(self.numbers) == last - first + 1:
            return f"pages {first} to {last} of {self.of}"
        *most, end = map(str, self.numbers)
        return f"pages {', '.join(most)} and {end} of {self.of}"


def pages(pdf: bytes, section: str, words: Sequence[str]) -> Pages:
    """Where the words stand; where that cannot be told, the section's pages; none if it is not printed.

    Without a section the words alone are looked for, on all pages.
    """
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        count = len(opened.pages)
        among = _of_section(opened, section) if section else range(1, count + 1)
    if section and len(among) <= 1:
        return Pages(tuple(among), count)
    found = _with_words(pdf, among, [part for each in words for part in passages(each)])
    return Pages(tuple(found or (among if section else ())), count)


def passages(text: str) -> list[str]:
    """The letters by which each passage is known on paper: its first and its last ones."""
    runs = [letters(part) for part in _BREAKS.split(text)]
    ends = [end for run in runs for end in (run[:ENOUGH], run[-ENOUGH:])]
    found = [each for each in dict.fromkeys(ends) if len(each) >= LEAST]
    return [each for each in found if len(each) >= TELLING] or found


def is_on(page: str, text: str) -> bool:
    """Whether a web page, as HTML, has a passage of the text."""
    shown = letters(html.unescape(re.sub(r"<[^>]*>", " ", page)))
    return any(each in shown for each in passages(text))


def letters(text: str) -> str:
    """Letters alone, for hyphens, spaces and figures are set in ways of their own."""
    return re.sub(r"[\W\d_]+", "", text.casefold())


def _of_section(opened: pikepdf.Pdf, section: str) -> Sequence[int]:
    if "/Names" not in opened.Root or "/Dests" not in opened.Root.Names:
        return ()
    number = {page.obj.objgen: at for at, page in enumerate(opened.pages, 1)}
    own = (section, f"{section}-title", f"end-{section}", f"end-{section}-side")
    there = pikepdf.NameTree(opened.Root.Names.Dests)
    found = [number[there[name][0].objgen] for name in own if name in there]
    return range(min(found), max(found) + 1) if found else ()


def _with_words(pdf: bytes, among: Sequence[int], wanted: Sequence[str]) -> list[int]:
    if not wanted:
        return []
    document = pypdfium2.PdfDocument(pdf)
    try:
        texts = {at: letters(document[at - 1].get_textpage().get_text_range()) for at in among}
    finally:
        document.close()
    return [at for at, text in texts.items() if any(each in text for each in wanted)]
