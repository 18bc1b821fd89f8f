"""Sheet → `summary.txt`: the whole summary as plain text, for e-mail and for screen readers."""

from pathlib import Path

from policing_summary import plain, rendering
from policing_summary.sheet import Sheet

FILE = "summary.txt"


def write(sheet: Sheet, address: str, templates: Path = rendering.TEMPLATES) -> bytes:
    """The same sections as the page at `address`, in UTF-8 and in lines of 72 columns."""
    context = rendering.Context(sheet, "text", lambda _: "", templates=templates)
    html = (
        rendering.environment(templates, sheet.language)
        .get_template("text/summary.html")
        .render(
            site=sheet.site.settings,
            edition=sheet.edition.head,
            borough=sheet.borough,
            contents=[sheet.words.title(part.section) for part in sheet.borough.parts],
            sections=rendering.sections(context),
            address=address,
        )
    )
    return plain.text(html, numbered=True).encode()
