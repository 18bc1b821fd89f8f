"""Two files of the same name → in which place they first differ, in words."""

import io
from collections.abc import Iterator
from itertools import zip_longest

MOST_SHOWN = 60  # letters of a line
TEXT = (
    *(".html", ".css", ".js", ".json", ".csv", ".txt", ".xml", ".svg", ".ics", ".eml", ".md"),
    *(".sha256", "_headers", "_redirects", ".webmanifest", ".geojson", ".vcf", ".schema"),
)
PACKING = {"/Length", "/Filter", "/DecodeParms"}
END = "(the end of the file)"


def told(path: str, published: bytes, built: bytes) -> str:
    """Where two files that are not the same begin to differ: a line, an object of a PDF, or a byte."""
    if path.endswith(".pdf"):
        return _told_of_pdf(published, built)
    if path.endswith(TEXT):
        return _told_of_text(published, built)
    return _told_of_bytes(published, built)


def _told_of_text(published: bytes, built: bytes) -> str:
    both = zip_longest(_lines(published), _lines(built), fillvalue=END)
    number, (theirs, ours) = next(
        (number, pair) for number, pair in enumerate(both, 1) if pair[0] != pair[1]
    )
    at = next(
        (at for at, (a, b) in enumerate(zip(theirs, ours, strict=False)) if a != b),
        min(len(theirs), len(ours)),
    )
    return f"line {number}: {_near(theirs, at)} was published, and {_near(ours, at)} is built"


def _lines(data: bytes) -> list[str]:
    return data.decode("utf-8", "backslashreplace").split("\n")


def _near(line: str, at: int) -> str:
    """The part of a line around a place, between quotation marks."""
    if line == END:
        return line
    start = max(0, min(at - MOST_SHOWN // 3, len(line) - MOST_SHOWN))
    part = line[start : start + MOST_SHOWN]
    more = start + MOST_SHOWN < len(line)
    return f"“{'…' if start else ''}{part.strip()}{'…' if more else ''}”"


def _told_of_bytes(published: bytes, built: bytes) -> str:
    both = enumerate(zip(published, built, strict=False), 1)
    at = next((at for at, (a, b) in both if a != b), min(len(published), len(built)) + 1)
    return f"byte {at:,} of {len(published):,} published and {len(built):,} built"


def _told_of_pdf(published: bytes, built: bytes) -> str:
    import pikepdf  # noqa: PLC0415 - only where a leaflet differs

    try:
        theirs, ours = dict(_objects(published)), dict(_objects(built))
    except pikepdf.PdfError:
        return _told_of_bytes(published, built)
    names = sorted({*theirs, *ours})
    changed = [name for name in names if theirs.get(name) != ours.get(name)]
    if not changed:
        return f"the same objects, packed in another way; {_told_of_bytes(published, built)}"
    kind = (theirs.get(changed[0]) or ours.get(changed[0]) or ("", b""))[0]
    count = f"{len(changed)} of its {len(names)} objects differ"
    return f"{count}, the first is number {changed[0]}{kind}"


def _objects(data: bytes) -> Iterator[tuple[int, tuple[str, bytes]]]:
    """Each object by its number: what kind it says it is, and its content unpacked."""
    import pikepdf  # noqa: PLC0415

    with pikepdf.open(io.BytesIO(data)) as opened:
        for item in opened.objects:
            number = item.objgen[0] if hasattr(item, "objgen") else 0
            written = item.unparse() if hasattr(item, "unparse") else repr(item).encode()
            kind = ""
            if isinstance(item, pikepdf.Dictionary | pikepdf.Stream) and "/Type" in item:
                kind = f", a {item['/Type']}"
            if isinstance(item, pikepdf.Stream):
                said = {key: value for key, value in item.stream_dict.items() if key not in PACKING}
                written = pikepdf.Dictionary(said).unparse() + _unpacked(item)
            yield number, (kind, written)


def _unpacked(stream: object) -> bytes:
    import pikepdf  # noqa: PLC0415

    try:
        return bytes(stream.read_bytes())  # type: ignore[attr-defined]
    except pikepdf.PdfError:  # packed in a way that is not read here, as photographs are
        return bytes(stream.read_raw_bytes())  # type: ignore[attr-defined]
