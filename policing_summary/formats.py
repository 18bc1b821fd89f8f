"""The table of leaflet formats. A new format is a new row, and a stylesheet if it looks different."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Format:
    """Trim size in millimetres; `pages` is the number a leaflet of this format has.

    `whole_sections`: each section is composed to stand on one page.
    """

    name: str
    title: str
    width: float
    height: float
    pages: int
    stylesheet: str
    whole_sections: bool

    @property
    def trim(self) -> str:
        return f"{self.width:g} × {self.height:g} mm"


FORMATS = {
    row.name: row
    for row in (
        Format(
            "a5-booklet",
            "A5 booklet",
            148,
            210,
            8,
            "css/leaflet-a5-booklet.css",
            whole_sections=True,
        ),
    )
}
DEFAULT = FORMATS["a5-booklet"]
