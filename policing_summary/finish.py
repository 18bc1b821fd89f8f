"""A PDF from WeasyPrint → the same PDF, with what a screen reader still misses.

WeasyPrint 70 leaves seven gaps in the tags. Running heads and folios are content of no element, and
other scripts than Latin are told by their shapes alone: `logical` mends that while pages are drawn.
Table headers say no scope, their ids are in no index, figures say in pixels from the top where they are,
blocks stand in list items outside their bodies, and nothing tells in which language a part of the text
is: that is mended here, on the finished file, and the file says which standards it keeps.
"""

import io
from decimal import Decimal
from importlib.resources import files
from typing import NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from policing_summary import logical, metadata
from policing_summary.language import ENGLISH

ARCHIVE = "pdf/a-2a"
PROFILE = "sRGB2014.icc"  # comes with WeasyPrint
PRINTS = 4  # the third bit of an annotation's flags
POINTS_PER_PIXEL = Decimal("0.75")
LATIN = logical.Said()
COLUMNS = {"/Div", "/L"}  # what WeasyPrint calls a column of a list


def accessible(
    pdf_bytes: bytes, claims: tuple[str, ...] = ("pdf/ua-1",), said: logical.Said = LATIN
) -> bytes:
    """The mended file, which says that it keeps each standard in `claims`.

    `said` are its texts, if they are not in Latin letters. It has to come from `logical.written`,
    which marks what belongs to no element. The same bytes in give the same bytes out.
    """
    with pikepdf.open(io.BytesIO(pdf_bytes)) as pdf:
        tree = _Tree(pdf)
        if _gather_items(tree):
            tree = _Tree(pdf)
        _scope_headers(tree)
        _index_ids(pdf, tree)
        _place_figures(tree)
        _fill_item_bodies(pdf, tree)
        pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        logical.spell_out((each.element for each in tree.elements), pages, said)
        _name_languages(pdf, tree)
        if ARCHIVE in claims:
            _say_which_red(pdf)
            _let_links_print(pdf)
        _say_claims(pdf, claims)
        out = io.BytesIO()
        pdf.save(
            out,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            fix_metadata_version=False,  # it would write the packet anew in its own way
        )
        return out.getvalue()


def _say_which_red(pdf: pikepdf.Pdf) -> None:
    """Add the profile that says how its colours look (ISO 19005-2, 6.2.4.2): free, by the ICC."""
    data = (files("weasyprint") / "pdf" / PROFILE).read_bytes()
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier=String("sRGB IEC61966-2.1"),
        Info=String(PROFILE),
        DestOutputProfile=pdf.make_stream(data, N=3),
    )
    pdf.Root.OutputIntents = Array([pdf.make_indirect(intent)])


def _let_links_print(pdf: pikepdf.Pdf) -> None:
    """Give each annotation the flag that it prints, as archives want it (ISO 19005-2, 6.3.2)."""
    for page in pdf.pages:
        for annotation in page.get("/Annots", ()):
            annotation.F = PRINTS


def _say_claims(pdf: pikepdf.Pdf, claims: tuple[str, ...]) -> None:
    info = {name: str(pdf.docinfo.get(f"/{name}", "")) for name in ("Title", "Author", "Subject")}
    authors = (info["Author"],) if info["Author"] else ()
    producer = str(pdf.docinfo.get("/Producer", ""))
    told = metadata.Told(info["Title"], authors, info["Subject"], producer)
    packet = pdf.make_stream(metadata.packet(told, claims), Type=Name.Metadata, Subtype=Name.XML)
    pdf.Root.Metadata = packet


class _Tagged(NamedTuple):
    """A structure element, its type, and the types of those it stands in."""

    element: Dictionary
    kind: str
    parents: str


class _Tree:
    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.elements: list[_Tagged] = []
        self._walk(pdf.Root.StructTreeRoot.K, "")

    def of(self, kind: str) -> list[_Tagged]:
        return [each for each in self.elements if each.kind == kind]

    def _walk(self, kids: object, parents: str) -> None:
        for kid in kids if isinstance(kids, Array) else [kids]:
            if isinstance(kid, Dictionary) and (kind := str(kid.get("/S", ""))):
                self.elements.append(_Tagged(kid, kind, parents))
                self._walk(kid.get("/K"), f"{parents}{kind}")


def _scope_headers(tree: _Tree) -> None:
    for element, _, parents in tree.of("/TH"):
        if "/A" not in element:
            element.A = Dictionary(O=Name.Table)
        element.A.Scope = Name.Column if "/THead" in parents else Name.Row


def _index_ids(pdf: pikepdf.Pdf, tree: _Tree) -> None:
    headers = (each.element for each in tree.of("/TH"))
    named = sorted((bytes(each.ID), each) for each in headers if "/ID" in each)
    if not named:
        return
    names = Array([item for key, element in named for item in (String(key), element)])
    limits = Array([String(named[0][0]), String(named[-1][0])])
    leaf = pdf.make_indirect(Dictionary(Names=names, Limits=limits))
    pdf.Root.StructTreeRoot.IDTree = pdf.make_indirect(Dictionary(Kids=Array([leaf])))


def _place_figures(tree: _Tree) -> None:
    """Say in points from the foot of the page where each figure is, as a PDF has to."""
    for element, _, _ in tree.of("/Figure"):
        if "/BBox" in element.get("/A", Dictionary()):
            left, top, right, bottom = (side * POINTS_PER_PIXEL for side in element.A.BBox)
            height = element.Pg.MediaBox[3]
            element.A.BBox = Array([left, height - bottom, right, height - top])


def _name_languages(pdf: pikepdf.Pdf, tree: _Tree) -> None:
    """An article stands in the original's language, but for the note that says so below its head."""
    for element, _, parents in tree.of("/Sect"):
        if parents.endswith("/Art"):
            element.Lang = String(ENGLISH.tag)
            kids = [kid for kid in element.K if isinstance(kid, Dictionary)]
            if [str(kid.get("/S", "")) for kid in kids[:2]] == ["/Div", "/P"]:
                kids[1].Lang = pdf.Root.Lang


def _gather_items(tree: _Tree) -> bool:
    """Put the items of a list that is set in columns into the list itself (ISO 32000-1, table 336).

    Returns:
        Whether there was such a list.
    """
    found = False
    for element, _, _ in tree.of("/L"):
        kids = list(element.K) if isinstance(element.get("/K"), Array) else []
        if not COLUMNS & {_kind(kid) for kid in kids}:
            continue
        found = True
        flat = [item for kid in kids for item in (kid.K if _kind(kid) in COLUMNS else [kid])]
        for item in flat:
            item.P = element
        element.K = Array(flat)
    return found


def _fill_item_bodies(pdf: pikepdf.Pdf, tree: _Tree) -> None:
    """Put what stands in a list item beside its label and its body into the body (PDF/UA-1, 7.2)."""
    for item, _, _ in tree.of("/LI"):
        if not isinstance(item.get("/K"), Array):
            continue
        kids = list(item.K)
        stray = [kid for kid in kids if _kind(kid) not in {"/Lbl", "/LBody"}]
        if not stray:
            continue
        bodies = [kid for kid in kids if _kind(kid) == "/LBody"]
        body = bodies[0] if bodies else pdf.make_indirect(_element("/LBody", item))
        for kid in stray:
            kid.P = body
            body.K.append(kid)
        labels = [kid for kid in kids if _kind(kid) == "/Lbl"]
        item.K = Array([*labels, *(bodies or [body])])


def _kind(element: object) -> str:
    return str(element.get("/S", "")) if isinstance(element, Dictionary) else ""


def _element(kind: str, parent: Dictionary) -> Dictionary:
    return Dictionary(Type=Name.StructElem, S=Name(kind), P=parent, Pg=parent.Pg, K=Array())
