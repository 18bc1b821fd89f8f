"""A print file → what a press would stumble over, told as a printer would, before anything is written.

A fault keeps the file from being written; a note is passed on. Rules for the whole file stand here (their
source is ISO 15930-7, PDF/X-4), and those for a page in `rules`.
"""

import io
from collections.abc import Callable, Iterable, Iterator

import pikepdf
from pikepdf import Stream

from policing_summary.press import looking, rules
from policing_summary.press.findings import Finding, Order, Seen
from policing_summary.press.measures import Box


def check(pdf_bytes: bytes, order: Order) -> tuple[Finding, ...]:
    """Everything that is wrong with the file, faults first, page by page."""
    try:
        pdf = pikepdf.open(io.BytesIO(pdf_bytes))
    except (pikepdf.PdfError, pikepdf.PasswordError) as error:
        return (Finding(0, f"the file cannot be opened ({error})", "Make it again."),)
    with pdf:
        found = [each for rule in FILE_RULES for each in rule(pdf, order)]
        for number, page in enumerate(pdf.pages, 1):
            try:
                look = looking.look(page)
            except (pikepdf.PdfError, ValueError, KeyError, AttributeError) as error:
                what = f"the content cannot be read ({error})"
                found.append(Finding(number, what, "Make the file again."))
                continue
            media = Box.of(page, "/MediaBox") or Box(0, 0, 0, 0)
            trim = Box.of(page, "/TrimBox") or media
            seen = Seen(number, page, look, order, trim, Box.of(page, "/BleedBox") or trim)
            found += [each for rule in rules.PAGE_RULES for each in rule(seen)]
    return tuple(sorted(dict.fromkeys(found), key=lambda each: (not each.is_fault, each.page)))


def declared(pdf: pikepdf.Pdf, order: Order) -> Iterator[Finding]:
    condition = order.condition
    intents = [each for each in pdf.Root.get("/OutputIntents", []) if each.get("/S") == "/GTS_PDFX"]
    if len(intents) != 1:
        yield Finding(0, "the printing condition is not named", "Add one output intent for PDF/X.")
    for intent in intents:
        named = str(intent.get("/OutputConditionIdentifier", ""))
        if named != condition.identifier:
            what = f"the printing condition is `{named}`, not {condition.identifier}"
            yield Finding(0, what, f"Make the file for {condition.identifier}.")
        profile = intent.get("/DestOutputProfile")
        data = profile.read_bytes() if isinstance(profile, Stream) else b""
        if data[16:20] != b"CMYK" or data[12:16] != b"prtr":
            yield Finding(
                0, "the output intent has no profile of a press in four inks", "Embed the profile."
            )
    xmp = pdf.Root.Metadata.read_bytes() if "/Metadata" in pdf.Root else b""
    if b"PDF/X-4" not in xmp:
        yield Finding(0, "the file does not say that it is PDF/X-4", "Name the version in its XMP.")
    if str(pdf.docinfo.get("/Trapped", "")) not in {"/True", "/False"}:
        yield Finding(0, "the file does not say whether it is trapped", "Set Trapped to False.")


def counted(pdf: pikepdf.Pdf, order: Order) -> Iterator[Finding]:
    if order.pages is not None and len(pdf.pages) != order.pages:
        what = f"the file has {len(pdf.pages)} pages, and the job has {order.pages}"
        yield Finding(0, what, "Shorten or lengthen the text, or choose another format.")


def closed(pdf: pikepdf.Pdf, order: Order) -> Iterator[Finding]:  # noqa: ARG001 - one shape for all rules
    if pdf.is_encrypted:
        yield Finding(0, "the file is protected by a password", "Save it without protection.")
    if "/OCProperties" in pdf.Root:
        yield Finding(0, "the file has layers, which may be shown or hidden", "Flatten them.")
    for key in ("/OpenAction", "/AA", "/AcroForm"):
        if key in pdf.Root:
            yield Finding(0, f"the file acts when it is opened ({key})", "Take the action out.")


FILE_RULES: tuple[Callable[[pikepdf.Pdf, Order], Iterable[Finding]], ...] = (
    declared,
    counted,
    closed,
)
