"""A picture's file → what is wrong with it, told from its first bytes, before anything unpacks it.

A file of a few kB may say that it has milliards of pixels, which would take all memory to draw.
"""

import stat
import struct
from pathlib import Path
from typing import NamedTuple

MOST_BYTES = 30_000_000
MOST_PIXELS = 60_000_000  # what a good camera takes; drawn, each takes four bytes
BEGINNING = 1_000_000  # bytes in which a picture says its size: before it may stand a preview
WAYS_OUT = "save it again as JPEG or PNG from the program that it was made with"
SMALLER = "save it smaller: 2,000 pixels across are enough for any page and leaflet"
KINDS = {".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG", ".webp": "WebP"}
MARKER = 0xFF
STARTS_OF_FRAME = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}  # ITU-T T.81, table B.1
ALONE = {0x01, *range(0xD0, 0xD9)}  # markers of JPEG without a length


class Fault(NamedTuple):
    what: str
    way_out: str


def fault(path: Path, folder: Path) -> Fault | None:
    """What keeps a picture from being used; it has to lie in the folder, and not behind a link out of it."""
    try:
        if not path.resolve().is_relative_to(folder.resolve()):
            return Fault(
                "this picture is a link to a file outside the edition’s folder",
                "delete the link, and put the picture itself there",
            )
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            return Fault("this picture is no file", "put the picture itself there")
        if found.st_size > MOST_BYTES:
            told = f"this picture has {found.st_size / 1e6:.0f} MB, and {MOST_BYTES // 1_000_000} are the most"
            return Fault(told, SMALLER)
        with path.open("rb") as file:
            beginning = file.read(BEGINNING)
            file.seek(max(0, found.st_size - 16))
            end = file.read()
    except (OSError, RuntimeError) as error:
        reason = (getattr(error, "strerror", None) or "a link that leads to itself").lower()
        return Fault(
            f"this picture cannot be opened ({reason})", "is it there, and may you read it?"
        )
    return _fault_of(beginning, end, KINDS[path.suffix.lower()])


def _fault_of(beginning: bytes, end: bytes, kind: str) -> Fault | None:
    found = kind_of(beginning)
    if found != kind:
        told = f"is {found}" if found else "is no picture that can be read here"
        return Fault(f"this file is called {kind} and {told}", WAYS_OUT)
    size = size_of(beginning, kind)
    if size is None or not all(size):
        return Fault("this picture does not say how large it is", WAYS_OUT)
    across, up = size
    if across * up > MOST_PIXELS:
        told = f"this picture is {across:,} pixels wide and {up:,} high"
        return Fault(f"{told}, and {MOST_PIXELS // 1_000_000} million pixels are the most", SMALLER)
    if kind == "PNG" and b"IEND" not in end:
        return Fault("the end of this picture is missing", WAYS_OUT)
    return None


def kind_of(data: bytes) -> str | None:
    """What a file is by its first bytes."""
    if data.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WebP"
    return None


def size_of(data: bytes, kind: str) -> tuple[int, int] | None:
    """Pixels across and up, or None if the beginning of the file does not say so."""
    try:
        if kind == "PNG":
            across, up = struct.unpack_from(">II", data, 16)
            return across, up
        return _size_of_jpeg(data) if kind == "JPEG" else _size_of_webp(data)
    except (struct.error, IndexError):
        return None


def _size_of_jpeg(data: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 < len(data):
        if data[at] != MARKER:
            return None
        marker = data[at + 1]
        if marker == MARKER or marker in ALONE:
            at += 1 if marker == MARKER else 2
            continue
        if marker in STARTS_OF_FRAME:
            up, across = struct.unpack_from(">HH", data, at + 5)
            return across, up
        at += 2 + struct.unpack_from(">H", data, at + 2)[0]
    return None


def _size_of_webp(data: bytes) -> tuple[int, int] | None:
    """RFC 9649, sections 2.5 to 2.7."""
    match data[12:16]:
        case b"VP8 ":
            across, up = struct.unpack_from("<HH", data, 26)
            return across & 0x3FFF, up & 0x3FFF
        case b"VP8L":
            bits = struct.unpack_from("<I", data, 21)[0]
            return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        case b"VP8X":
            across = int.from_bytes(data[24:27], "little") + 1
            return across, int.from_bytes(data[27:30], "little") + 1
    return None
