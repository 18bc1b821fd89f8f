"""The table of leaflet formats. A new format is a new row, and a stylesheet if it looks different."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Format:
    """Trim size in millimetres; `pages` is the number a leaflet of this format has.

    `foot` is the margin below the text; `whole_sections`: each section is composed to stand on one page.
    """

    name: str
    title: str
    width: float
    height: float
    pages: int
    foot: float
    stylesheet: str
    whole_sections: bool

    @property
    def trim(self) -> str:
        return f"{self.width:g} × {self.height:g} mm"


ROWS = (
    Format(
        name="a5-booklet",
        title="A5 booklet",
        width=148,
        height=210,
        pages=8,
        foot=16,
        stylesheet="css/leaflet-a5-booklet.css",
        whole_sections=True,
    ),
)
FORMATS = {row.name: row for row in ROWS}
DEFAULT = FORMATS["a5-booklet"]
