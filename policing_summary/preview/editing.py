"""A place in a file → a link that opens it in the editor's own program."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from policing_summary.errors import Place

SETTING = "SUMMARY_EDITOR"
NONE = "none"
KNOWN = {
    "vscode": "vscode://file{path}:{line}:{column}",
    "vscode-insiders": "vscode-insiders://file{path}:{line}:{column}",
    "vscodium": "vscodium://file{path}:{line}:{column}",
    "cursor": "cursor://file{path}:{line}:{column}",
    "windsurf": "windsurf://file{path}:{line}:{column}",
    "zed": "zed://file{path}:{line}:{column}",
    "idea": "idea://open?file={file}&line={line}&column={column}",
    "pycharm": "pycharm://open?file={file}&line={line}&column={column}",
    "sublime": "subl://open?url=file://{path}&line={line}&column={column}",
    "textmate": "txmt://open?url=file://{path}&line={line}&column={column}",
    "bbedit": "x-bbedit://open?url=file://{path}&line={line}&column={column}",
    "nova": "nova://open?path={file}&line={line}&column={column}",
}
"""What each program calls a link into a file, in its own documentation."""
UNSAFE = ("javascript:", "data:", "vbscript:")


@dataclass(frozen=True)
class Editor:
    """How links are made; an empty template makes none."""

    root: Path
    template: str

    def link(self, place: Place) -> str | None:
        """The link to a place in a file of the project."""
        if not self.template:
            return None
        file = (self.root / place.file).resolve().as_posix()
        filled = {
            "path": quote(f"/{file.lstrip('/')}"),  # as in an address, where a drive is a folder
            "file": quote(file),
            "line": str(place.line),
            "column": str(place.column),
        }
        link = self.template
        for name, value in filled.items():
            link = link.replace(f"{{{name}}}", value)
        return link


def chosen(root: Path, asked: str | None, variables: Mapping[str, str]) -> Editor:
    """The editor that was asked for, else the one that the person at this computer has set.

    Raises:
        ValueError: it is neither known nor a link with `{path}` in it; says what there is.
    """
    name = asked or variables.get(SETTING) or "vscode"
    if name == NONE:
        return Editor(root, "")
    template = KNOWN.get(name, name)
    if not any(each in template for each in ("{path}", "{file}")) or template.lower().startswith(
        UNSAFE
    ):
        known = ", ".join((*KNOWN, NONE))
        raise ValueError(
            f"There is no editor `{name}`. Known are: {known}. For another one, give its own kind of "
            "link, such as  myeditor://open?file={file}&line={line}"
        )
    return Editor(root, template)
