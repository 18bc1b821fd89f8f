"""The table of leaflet formats. A new format is a new row, and a stylesheet if it looks different."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Content = Literal["sections", "easy-read"]
Binding = Literal["saddle-stitch", "single-fold", "roll-fold", "none"]
Tables = Literal["columns", "blocks"]


@dataclass(frozen=True)
class Limits:
    """How far a leaflet may depart from its natural look to have exactly its pages.

    `type_size` is a factor of every size of type, `spacing` of the space between paragraphs'
    groups, headings and boxes: each from the tightest to the widest that still looks right.
    """

    type_size: tuple[float, float]
    spacing: tuple[float, float]


@dataclass(frozen=True)
class Format:
    """Sizes in millimetres. A page is one panel where a sheet is folded into panels.

    `content` says whether it prints the sections or what is easy to read of them. `file` is the
    leaflet's name beside its page. `body` is the natural size of the running text in points.
    `pages` is how many the leaflet has; `None` as many as it takes, in one run from the cover to
    the imprint. `opens` are the sections that begin a page of their own as it is
    composed; `has_cover` says whether the cover is a page of its own. The last section in `opens`
    shares the last page with the imprint. `order` are the sections to be printed first, and
    `leaves_out` those that this format has no room for. `measure` is how wide the text is, and
    `smallest` the smallest type in points, that of charts included. `has_contents` adds a list of
    sections with their pages. `tables` in "blocks" have a block for each row, where columns would be
    squeezed. A `pale` one has no dark areas on its cover or anywhere, and charts in one ink.
    `claims` are the standards that the
    file for readers keeps, and says so.
    """

    name: str
    title: str
    file: str
    width: float
    height: float
    pages: int | None
    foot: float
    stylesheet: str
    body: float
    limits: Limits
    opens: tuple[str, ...]
    content: Content = "sections"
    binding: Binding = "none"
    panels: tuple[float, ...] = ()
    measure: float = 121
    smallest: float = 6.5
    has_contents: bool = False
    tables: Tables = "columns"
    pale: bool = False
    has_cover: bool = True
    order: tuple[str, ...] = ()
    leaves_out: frozenset[str] = frozenset()
    bleed: float = 3
    safe: float = 5
    paper: str = ""
    is_printed: bool = True
    is_download: bool = True
    claims: tuple[str, ...] = ("pdf/a-2a", "pdf/ua-1")

    @property
    def trim(self) -> str:
        return f"{self.width:g} × {self.height:g} mm"

    def arranged(self, sections: Iterable[str]) -> list[str]:
        """The sections that this format prints, in its order."""
        kept = [name for name in sections if name not in self.leaves_out]
        first = [name for name in self.order if name in kept]
        return [*first, *(name for name in kept if name not in first)]


ROWS = (
    Format(
        name="a5-booklet",
        title="A5 booklet",
        file="leaflet.pdf",
        width=148,
        height=210,
        pages=8,
        foot=16,
        stylesheet="css/leaflet-a5-booklet.css",
        body=9,
        limits=Limits(type_size=(0.9, 1.2), spacing=(0.55, 2.2)),
        opens=(
            "foreword",
            "mission",
            "achievements",
            "initiatives",
            "priorities",
            "consultation",
            "contacts",
        ),
        binding="saddle-stitch",
        paper="115 g/m² silk",
    ),
    Format(
        name="large-print",
        title="Large print",
        file="leaflet-large-print.pdf",
        width=210,
        height=297,
        pages=None,
        foot=24,
        stylesheet="css/leaflet-large-print.css",
        body=18,
        limits=Limits(type_size=(1.0, 1.0), spacing=(0.7, 1.4)),
        opens=(),
        measure=165,
        smallest=18,
        has_contents=True,
        tables="blocks",
        pale=True,
        paper="120 g/m² matt",
    ),
    Format(
        name="accessible",
        title="Accessible PDF",
        file="leaflet-accessible.pdf",
        width=210,
        height=297,
        pages=None,
        foot=24,
        stylesheet="css/leaflet-accessible.css",
        body=13,
        limits=Limits(type_size=(1.0, 1.0), spacing=(0.75, 1.35)),
        opens=(),
        has_cover=False,
        measure=160,
        smallest=12,
        has_contents=True,
        pale=True,
        is_printed=False,
    ),
    Format(
        name="easy-read",
        title="Easy read, A4",
        file="easy-read.pdf",
        width=210,
        height=297,
        pages=None,
        foot=26,
        stylesheet="css/leaflet-easy-read.css",
        body=18,
        limits=Limits(type_size=(1, 1), spacing=(1, 1)),
        opens=(),
        content="easy-read",
        is_printed=False,
    ),
)
FORMATS = {row.name: row for row in ROWS}
DEFAULT = FORMATS["a5-booklet"]


def chosen(names: Iterable[str]) -> list[Format]:
    """The formats that an edition names, in its order; unknown names have been told."""
    return [FORMATS[name] for name in names if name in FORMATS] or [DEFAULT]


def downloads(names: Iterable[str]) -> list[Format]:
    """Those of an edition's formats that readers get on its pages."""
    return [form for form in chosen(names) if form.is_download]
