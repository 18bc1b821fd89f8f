"""What a print file says of itself: version, printing condition, date and identifier, in both places."""

import hashlib
import io
import uuid
from html import escape

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from policing_summary.press.condition import Condition

VERSION = "PDF/X-4"
MAKER = "Local Policing Summary"
CMYK = 4  # channels


def declare(pdf: pikepdf.Pdf, condition: Condition, title: str, dated: str) -> None:
    """Make the file say that it is PDF/X-4 for the printing condition.

    `dated` reads D:20100401000000Z. The identifier follows from the pages, so it is the same for the
    same file, and another for another.
    """
    profile = pdf.make_stream(condition.profile)
    profile.N = CMYK
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFX,
        OutputConditionIdentifier=String(condition.identifier),
        OutputCondition=String(condition.words),
        RegistryName=String(condition.registry),
        Info=String(condition.words),
        DestOutputProfile=profile,
    )
    pdf.Root.OutputIntents = Array([pdf.make_indirect(intent)])
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    author = str(pdf.docinfo.get("/Author", ""))
    producer = str(pdf.docinfo.get("/Producer", MAKER))
    facts = {
        "/Title": title,
        "/Author": author,
        "/Creator": MAKER,
        "/Producer": producer,
        "/CreationDate": dated,
        "/ModDate": dated,
        "/GTS_PDFXVersion": VERSION,
    }
    pdf.docinfo = pdf.make_indirect(Dictionary())
    for key, value in facts.items():
        if value:
            pdf.docinfo[key] = String(value)
    pdf.docinfo.Trapped = Name("/False")
    xmp = _xmp(title, author, producer, dated, _identifier(pdf, title, dated))
    pdf.Root.Metadata = pdf.make_stream(xmp.encode())
    pdf.Root.Metadata.Type = Name.Metadata
    pdf.Root.Metadata.Subtype = Name.XML


def saved(pdf: pikepdf.Pdf) -> bytes:
    """The same bytes each time."""
    out = io.BytesIO()
    pdf.remove_unreferenced_resources()
    pdf.save(
        out,
        min_version="1.6",
        deterministic_id=True,
        fix_metadata_version=False,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
    )
    return out.getvalue()


def _identifier(pdf: pikepdf.Pdf, title: str, dated: str) -> uuid.UUID:
    marked = hashlib.sha256(f"{title}\n{dated}".encode())
    for page in pdf.pages:
        marked.update(page.obj.Contents.read_bytes())
    return uuid.UUID(bytes=marked.digest()[:16], version=4)


def _iso(dated: str) -> str:
    """`D:20100401000000Z` → `2010-04-01T00:00:00Z`."""
    d = dated.removeprefix("D:")
    return f"{d[:4]}-{d[4:6]}-{d[6:8]}T{d[8:10]}:{d[10:12]}:{d[12:14]}Z"


def _xmp(title: str, author: str, producer: str, dated: str, identifier: uuid.UUID) -> str:
    seq = f"<rdf:Seq><rdf:li>{escape(author)}</rdf:li></rdf:Seq>"
    day = _iso(dated)
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{escape(title)}</rdf:li></rdf:Alt></dc:title>
{f"<dc:creator>{seq}</dc:creator>" if author else ""}
<xmp:CreatorTool>{MAKER}</xmp:CreatorTool>
<xmp:CreateDate>{day}</xmp:CreateDate>
<xmp:ModifyDate>{day}</xmp:ModifyDate>
<xmp:MetadataDate>{day}</xmp:MetadataDate>
<xmpMM:DocumentID>uuid:{identifier}</xmpMM:DocumentID>
<xmpMM:RenditionClass>default</xmpMM:RenditionClass>
<xmpMM:VersionID>1</xmpMM:VersionID>
<pdf:Producer>{escape(producer)}</pdf:Producer>
<pdf:Trapped>False</pdf:Trapped>
<pdfxid:GTS_PDFXVersion>{VERSION}</pdfxid:GTS_PDFXVersion>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""
