"""An XLSX file, which is an archive, before anything unpacks it: is it one, and is it of a size that can be read?

A file of 100 kB may say that it unpacks to a terabyte, or hold one cell in the last row of a sheet.
"""

import io
import re
import zipfile
import zlib
from typing import NoReturn

from policing_summary.errors import ContentError, Place, Problem

MOST_BYTES = 64_000_000  # of a table as it lies there
MOST_UNPACKED = 60_000_000
MOST_CELLS = 400_000  # with rows and shared texts counted as well
PARTS = re.compile(rb"<(?:\w+:)?(?:c|row|si)[ />]")
MARKUP = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
LESS = "divide it, or save the sheet as CSV"


def refuse_what_cannot_be_read(data: bytes, name: str) -> None:
    """Look through the archive once, a part at a time.

    Raises:
        ContentError: it is no XLSX file, or one that would take too much time or memory.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [
                part for part in archive.infolist() if part.filename.endswith((".xml", ".rels"))
            ]
            if sum(part.file_size for part in parts) > MOST_UNPACKED:
                _refuse(
                    name, f"this file unpacks to more than {MOST_UNPACKED // 1_000_000} MB", LESS
                )
            cells = 0
            for part in parts:
                unpacked = archive.read(part)
                if MARKUP.search(unpacked):
                    what = "this file refers to others, as no spreadsheet does"
                    _refuse(name, what, "open it in a spreadsheet program, and save it as CSV")
                cells += sum(1 for _ in PARTS.finditer(unpacked))
            if cells > MOST_CELLS:
                _refuse(name, f"this file has more than {MOST_CELLS:,} cells", LESS)
    except (
        zipfile.BadZipFile,
        zlib.error,
        OSError,
        ValueError,
        EOFError,
        NotImplementedError,
        RuntimeError,
    ):
        _refuse(name, "this is not an XLSX file", "save it as XLSX, or as CSV")


def _refuse(name: str, what: str, way_out: str) -> NoReturn:
    raise ContentError([Problem(Place(name, 1, 1), what, way_out)])
