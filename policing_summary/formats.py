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
    shares the last page with the imprint. `order` is that of the sections on paper, and
    `leaves_out` those that this format has no room for. `rows` are sections that stand side by
    side, each row as its columns, each column as its sections.

    `widths` are those of the pages in reading order, where they differ; `panels` those of the flat
    sheet's outside, from the left. `measure` is how wide the text is, and what is drawn to its
    width, and `smallest` the smallest type in points, that of charts included. So many `columns`
    of a page are looked at for white space; without, only how far down a page reaches. So many
    `headlines`, the borough's largest changes, stand on the cover. `has_contents` adds a list of
    sections with their pages. `tables` in "blocks" have a block for each row, where columns would
    be squeezed. A `pale` one has no dark areas on its cover or anywhere, and charts in one ink.
    `claims` are the standards that the file for readers keeps, and says so.
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
    widths: tuple[float, ...] = ()
    measure: float = 121
    columns: int = 0
    rows: tuple[tuple[tuple[str, ...], ...], ...] = ()
    headlines: int = 0
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

    def width_of(self, page: int) -> float:
        """The trim width in millimetres of a page, the first of which is 1."""
        return self.widths[page - 1] if 0 < page <= len(self.widths) else self.width

    def arranged(self, sections: Iterable[str]) -> list[str]:
        """The sections that this format prints, in its order.

        Those that it does not know stand before its last page, which is composed as a whole.
        """
        kept = [name for name in sections if name not in self.leaves_out]
        known = [name for name in self.order if name in kept]
        others = [name for name in kept if name not in known]
        last = self.opens[-1] if self.opens else None
        at = known.index(last) if last in known else len(known)
        return [*known[:at], *others, *known[at:]]


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
        name="a4-folded",
        title="A4 leaflet of four pages",
        file="leaflet-a4.pdf",
        width=210,
        height=297,
        pages=4,
        foot=15,
        stylesheet="css/leaflet-a4-folded.css",
        body=9.2,
        limits=Limits(type_size=(0.9, 1.2), spacing=(0.5, 2.2)),
        opens=("commander", "performance", "achievements", "consultation"),
        has_cover=False,
        order=(
            "commander",
            "initiatives",
            "performance",
            "priorities",
            "achievements",
            "foreword",
            "mission",
            "consultation",
            "partnership",
            "plan",
            "contacts",
        ),
        rows=(
            (("foreword",), ("mission",)),
            (("consultation", "partnership"), ("plan", "contacts")),
        ),
        measure=182,
        columns=2,
        headlines=3,
        binding="single-fold",
        paper="135 g/m² silk",
    ),
    Format(
        name="dl-roll-fold",
        title="DL leaflet of six panels",
        file="leaflet-dl.pdf",
        width=100,
        height=210,
        pages=6,
        foot=12,
        stylesheet="css/leaflet-dl-roll-fold.css",
        body=8.7,
        limits=Limits(type_size=(0.92, 1.25), spacing=(0.5, 2.4)),
        opens=("commander", "performance", "initiatives", "achievements", "contacts"),
        order=(
            "commander",
            "performance",
            "initiatives",
            "priorities",
            "achievements",
            "consultation",
            "contacts",
        ),
        leaves_out=frozenset({"foreword", "mission", "plan", "partnership"}),
        widths=(100, 97, 100, 100, 97, 100),
        panels=(97, 100, 100),
        measure=84,
        columns=1,
        binding="roll-fold",
        paper="150 g/m² silk",
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
NONE = "none"
"""What an edition writes in place of formats if it is for the web alone."""
DEFAULT = FORMATS["a5-booklet"]


def chosen(names: Iterable[str]) -> list[Format]:
    """The formats that an edition names, in its order; unknown names have been told."""
    listed = list(names)
    if NONE in listed:
        return []
    return [FORMATS[name] for name in listed if name in FORMATS] or [DEFAULT]


def downloads(names: Iterable[str]) -> list[Format]:
    """Those of an edition's formats that readers get on its pages."""
    return [form for form in chosen(names) if form.is_download]
