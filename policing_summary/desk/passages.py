"""What an editor has written, text by text, in the language of the originals, with its place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from policing_summary import model
from policing_summary.content import Site
from policing_summary.errors import Place
from policing_summary.freepages import FreePage
from policing_summary.model.advised import Advised
from policing_summary.model.base import Section
from policing_summary.nodes import Document, Step
from policing_summary.texts import texts

MOST_WORDS_SOUGHT = 8  # of a text, to find where it stands
OF_AN_ADDRESS = {"shown", "href"}  # which is no sentence
REFERENCE = re.compile(r"\{\{.*?\}\}")
LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)|<(?:https?://|mailto:)[^>]*>")
MARKS = re.compile(r"^\s*(?:[-*>#]+|\d+\.)\s+|[*_`]", re.MULTILINE)
BLOCK = re.compile(r"\n\s*\n|\n(?=\s*(?:[-*]|\d+\.)\s)")
SENTENCE_END = re.compile(r"(?<=[.!?])[”’\"')]*\s+(?=[“‘\"'(]?[A-Z0-9])")


@dataclass(frozen=True)
class Passage:
    """One text of a file. `section` is where it stands, empty above the sections; `advised` is what
    its file wants to be told.
    """

    words: str
    section: str
    steps: tuple[Step, ...]
    is_prose: bool
    advised: Advised
    document: Document | FreePage = field(repr=False)

    @property
    def plain(self) -> str:
        """Without Markdown, and with a number in place of each figure that is filled in."""
        words = REFERENCE.sub("1", self.words)
        return MARKS.sub("", LINK.sub(lambda match: match[1] or "", words))

    @property
    def sentences(self) -> list[str]:
        """Sentence by sentence; items of lists and headings are sentences too."""
        blocks = BLOCK.split(LINK.sub(lambda m: m[1] or "", REFERENCE.sub("1", self.words)))
        found = (s for block in blocks for s in SENTENCE_END.split(MARKS.sub("", block)))
        return [" ".join(sentence.split()) for sentence in found if sentence.strip()]

    def place(self, words: str = "", occurrence: int = 0) -> Place:
        """Where words of it stand, over the end of a line too; or where all of it begins."""
        if isinstance(self.document, FreePage):
            start, lines, column = self.document.first, self.document.body.split("\n"), 0
            file = self.document.file
        else:
            at = self.document.place(*self.steps)
            start, column, file = at.line, at.column - 1, at.file
            lines = list(self.document.lines[start - 1 :])
        sought = words.split()[:MOST_WORDS_SOUGHT]
        text = "\n".join(lines)
        found = re.compile(r"[\s*_`]+".join(map(re.escape, sought))).finditer(text, column)
        match = next((each for n, each in enumerate(found) if n == occurrence), None)
        begin, end = match.span() if match and sought else (column, column + 1)
        line = text.count("\n", 0, begin)
        before = text.rfind("\n", 0, begin) + 1
        width = min(end, before + len(lines[line])) - begin
        return Place(file, start + line, begin - before + 1, max(1, width), lines[line])


def of(site: Site) -> Iterator[Passage]:
    """Each text once, though several boroughs share it; of drafts, where they were loaded as well."""
    whole = site.settings.advice
    yield from _head(site.settings, site.document, (whole,))
    for edition in site.editions:
        shared = (whole, edition.head.advice)
        yield from _head(edition.head, edition.document, shared)
        for borough in edition.boroughs:
            yield from _head(borough.head, borough.document, (*shared, borough.head.advice))
    for page in site.pages:
        advised = _all((whole, page.head.advice))
        yield Passage(page.body, "body", (), is_prose=True, advised=advised, document=page)


def _head(head: object, document: Document, wanted: tuple[Advised, ...]) -> Iterator[Passage]:
    advised = _all(wanted)
    for name in model.sections():
        section = getattr(head, name, None)
        if isinstance(section, Section):
            for text in texts(section):
                if text.steps[0] != "easy-read" and text.steps[-1] not in OF_AN_ADDRESS:
                    steps = (name, *text.steps)
                    yield Passage(text.words, name, steps, text.is_markdown, advised, document)
    summary = getattr(head, "summary", None)
    if summary:
        yield Passage(summary, "", ("summary",), is_prose=True, advised=advised, document=document)


def _all(wanted: tuple[Advised, ...]) -> Advised:
    """What every one of them wants to hear."""
    off = {name: False for each in wanted for name, is_wanted in each if not is_wanted}
    return Advised().model_copy(update=off)
