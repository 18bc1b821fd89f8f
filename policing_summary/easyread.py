"""Sheet → its easy-read edition: short sentences with a picture each, section by section.

Sections without such sentences are left out of it, and where no section has any there is none.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from policing_summary import overriding, pictures, rendering
from policing_summary.content import Part
from policing_summary.model.base import EasySentence
from policing_summary.pictures import Picture
from policing_summary.rendering import Medium
from policing_summary.sheet import Sheet

START, CONTACTS = "start", "contacts"
FOLDER = "easy-read"
"""Where its page stands, below the borough's."""


@dataclass(frozen=True)
class Chapter:
    """A part of the easy-read edition as HTML; `name` is its section's."""

    name: str
    title: str
    html: Markup


def is_written(sheet: Sheet) -> bool:
    return any(part.section.easy_read for part in _parts(sheet))


def _parts(sheet: Sheet) -> list[Part]:
    """The sections that stand in the sheet's own language."""
    return [part for part in sheet.borough.parts if part.language == sheet.language]


def chapters(
    sheet: Sheet, medium: Medium, show: Callable[[Picture], str], templates: Path
) -> list[Chapter]:
    """What it is about, each section that has easy sentences, and at the end whom to call.

    `show` gives the address of a picture, as this medium can follow it.
    """
    if not is_written(sheet):
        return []
    teller = _Teller(sheet, medium, show, templates)
    told = [part for part in _parts(sheet) if part.section.easy_read and not _is_last(part)]
    last = [part for part in _parts(sheet) if _is_last(part)]
    return [teller.start(), *map(teller.section, told), *map(teller.section, last)]


def _is_last(part: Part) -> bool:
    return part.name == CONTACTS


@dataclass(frozen=True)
class _Teller:
    sheet: Sheet
    medium: Medium
    show: Callable[[Picture], str]
    templates: Path

    def start(self) -> Chapter:
        title = self.sheet.language.gettext("What this is about")
        return self._chapter(START, title, "start.html")

    def section(self, part: Part) -> Chapter:
        title = self.sheet.words.title(part.section)
        template = "contacts.html" if _is_last(part) else "section.html"
        return self._chapter(part.name, title, template, part)

    def _chapter(self, name: str, title: str, template: str, part: Part | None = None) -> Chapter:
        context = rendering.Context(self.sheet, self.medium, lambda _: "", templates=self.templates)
        html = (
            rendering.environment(
                self.templates, self.sheet.language, own=overriding.folder_of(self.sheet.site)
            )
            .get_template(f"easy-read/{template}")
            .render(
                name=name,
                title=title,
                section=part.section if part else None,
                page=context,
                picture=self._picture,
                drawing=lambda drawn: self.show(pictures.drawing(drawn, self.templates)),
                sheet=self.sheet,
                edition=self.sheet.edition.head,
                borough=self.sheet.borough,
                medium=self.medium,
            )
        )
        return Chapter(name, title, Markup(html))  # noqa: S704 - Jinja escaped it

    def _picture(self, sentence: EasySentence) -> str:
        return self.show(pictures.beside(sentence, self.sheet.edition, self.templates))
