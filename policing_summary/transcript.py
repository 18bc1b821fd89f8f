"""Sheet → `summary.txt`: the whole summary as plain text, for e-mail and for screen readers."""

from pathlib import Path

from policing_summary import overriding, plain, rendering
from policing_summary.sheet import Sheet

FILE = "summary.txt"


def write(sheet: Sheet, address: str, templates: Path = rendering.TEMPLATES) -> bytes:
    """The same sections as the page at `address`, in UTF-8 and in lines of 72 columns."""
    context = rendering.Context(sheet, "text", lambda _: "", templates=templates)
    parts = sheet.borough.parts
    sections = [
        plain.text(str(rendering.section(part, context)), number=number, language=part.language.tag)
        for number, part in enumerate(parts, 1)
    ]
    tag = sheet.language.tag
    head = plain.text(_around("head.html", sheet, address, templates), language=tag)
    around = _around("end.html", sheet, address, templates)
    end = plain.text(around, number=len(parts) + 1, language=tag)
    return "\n".join([head, *sections, end]).encode()


def _around(template: str, sheet: Sheet, address: str, templates: Path) -> str:
    """What stands before the sections, or after them."""
    made = rendering.environment(
        templates, sheet.language, own=overriding.folder_of(sheet.site)
    ).get_template(f"text/{template}")
    return made.render(
        site=sheet.site.settings,
        edition=sheet.edition.head,
        borough=sheet.borough,
        contents=[sheet.title(part) for part in sheet.borough.parts],
        address=address,
    )
