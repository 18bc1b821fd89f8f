"""A page of text, Markdown with a few lines of YAML on top ⇄ its form."""

from collections.abc import Mapping
from dataclasses import dataclass

from policing_summary import source
from policing_summary.errors import ContentError
from policing_summary.forms import entries, saving
from policing_summary.forms.entries import Field, Group
from policing_summary.forms.files import File
from policing_summary.forms.saving import UnsafeError
from policing_summary.freepages import FENCE
from policing_summary.importers.roundtrip import load
from policing_summary.nodes import Document

BODY = ("body",)
HINT = (
    "An empty line between paragraphs, ## before a heading, - before each item of a list, **bold**, "
    "[words](address) for a link"
)


@dataclass(frozen=True)
class Halves:
    """The lines between the two fences, and the text below them with the empty lines around it."""

    head: str
    body: str

    @property
    def words(self) -> str:
        return self.body.strip("\n")

    @property
    def first(self) -> int:
        """The line of the file that the words begin on."""
        above = len(self.body) - len(self.body.lstrip("\n"))
        return self.head.count("\n") + 3 + above


def halves(file: File) -> Halves | None:
    """None if the page has no lines of hyphens on top, or its head cannot be read."""
    lines = file.text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    fences = [number for number, line in enumerate(lines) if line.rstrip() == FENCE]
    if len(fences) < 2 or fences[0] != 0:  # noqa: PLR2004 - one before and one after
        return None
    found = Halves(
        "".join(f"{each}\n" for each in lines[1 : fences[1]]), "\n".join(lines[fences[1] + 1 :])
    )
    return found if document(file, found) else None


def document(file: File, found: Halves) -> Document | None:
    """The head, with the lines that it has in the file."""
    try:
        return source.parse(f"\n{found.head}", file.told)
    except ContentError:
        return None


def form(file: File) -> Group | None:
    """None if the page cannot be read."""
    found = halves(file)
    said = load(found.head) if found else None
    if found is None or not isinstance(said, dict):
        return None
    head = entries.of_file(file.model, said, {}, "")
    body = Field(BODY, "Text", HINT, found.words, is_long=True, is_needed=True)
    return Group((), "", "", (*head.parts, body))


def changed(file: File, shown: Group, typed: Mapping[str, str]) -> str:
    """The page with what was typed.

    Raises:
        UnsafeError: something else would change as well.
    """
    found = halves(file)
    if found is None:
        raise UnsafeError("it cannot be read as it stands")
    values = saving.wanted(entries.fields(shown), typed)
    head = saving.changed(found.head, [each for each in values if each.path != BODY], ())
    words = next((each.value for each in values if each.path == BODY), found.words)
    above = found.body[: len(found.body) - len(found.body.lstrip("\n"))] or "\n"
    bom = "\ufeff" if file.text.startswith("\ufeff") else ""
    end = "\r\n" if "\r\n" in file.text else "\n"
    new = f"{FENCE}\n{head}{FENCE}\n{above}{words.strip(chr(10))}\n"
    return bom + new.replace("\n", end)
