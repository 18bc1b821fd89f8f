"""A force's own colours, fonts and logo → what stands under `brand:`, and the files in content/brand."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from policing_summary import fontfiles, logofiles
from policing_summary.errors import TypedError
from policing_summary.model.brand import FOLDER
from policing_summary.picturefiles import Fault
from policing_summary.starting import scaffold
from policing_summary.starting.texts import slug

REMARK = (
    "# Colours, a typeface and a logo of your own stand under `brand:`; docs/editors.md says how.\n"
)
OURS = "Source Sans 3 and Source Serif 4 by Adobe (SIL Open Font Licence)."


@dataclass(frozen=True)
class Look:
    """What a force brings: colours by their tokens, a folder of fonts with their licence, and its logo."""

    colours: tuple[tuple[str, str], ...] = ()
    fonts: Path | None = None
    logo: Path | None = None


@dataclass(frozen=True)
class Taken:
    """The lines of site.yaml, and the files that they name, by their path in content/."""

    lines: str
    files: Mapping[str, bytes] = field(default_factory=dict)
    family: str = ""

    @property
    def credit(self) -> str:
        """Whose typefaces these are, as far as it is known."""
        if self.family:
            return f"Typeface: {self.family}. What it lacks: {OURS}"
        return f"Typefaces: {OURS}"


def take(look: Look, force: str) -> Taken:
    """What is written of it.

    Raises:
        TypedError: fonts or logo cannot be used.
    """
    lines, files, family = list[str](), dict[str, bytes](), ""
    if look.colours:
        lines += ["  colours:", *(f'    {token}: "{colour}"' for token, colour in look.colours)]
    if look.fonts:
        family, folder, more = _fonts(look.fonts.resolve())
        lines += ["  fonts:", f"    text: {folder}"]
        files |= more
    if look.logo:
        path = look.logo.resolve()
        name = f"{FOLDER}/logo{path.suffix.lower()}"
        if path.suffix.lower() not in logofiles.MOST_BYTES:
            raise TypedError(f"{look.logo} is neither an SVG nor a PNG. Export the logo as one.")
        if isinstance(found := logofiles.read(path, path.parent), Fault):
            raise TypedError(f"{look.logo} cannot be the logo: {found.what}. {_sentence(found)}")
        lines += ["  logo:", f"    file: {name}", f"    text: {scaffold.said(force)}"]
        files[name] = path.read_bytes()
    if not lines:
        return Taken(f"\n{REMARK}")
    return Taken("\n".join(["", f"{REMARK}brand:", *lines, ""]), files, family)


def _fonts(folder: Path) -> tuple[str, str, dict[str, bytes]]:
    """The family’s name, the name of the new folder, and what is needed of the old one: the fonts in use, and the licences."""
    family, faults = fontfiles.read(folder, folder.parent, fontfiles.TEXT)
    if family is None:
        told = " ".join(
            f"{fault.what[:1].upper()}{fault.what[1:]}. {_sentence(fault)}" for fault in faults
        )
        raise TypedError(f"{folder} cannot be the typeface. {told}")
    name = f"{FOLDER}/{slug(family.name) or 'fonts'}"
    files = {f"{name}/{cut.file}": cut.data for cut in family.cuts}
    files |= {f"{name}/{each.name}": each.read_bytes() for each in fontfiles.licences_in(folder)}
    return family.name, name, files


def _sentence(fault: Fault) -> str:
    return f"{fault.way_out[:1].upper()}{fault.way_out[1:]}."
