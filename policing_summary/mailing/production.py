"""Recipients → the files of a mailing, one after the other: pages by edition and batch, counts, rows left out."""

import csv
import hashlib
import io
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from policing_summary.mailing.arguments import Kind
from policing_summary.mailing.face import Subset
from policing_summary.mailing.faults import Fault
from policing_summary.mailing.fitting import LEADING, Measure
from policing_summary.mailing.gathering import Gathered
from policing_summary.mailing.reading import Listing
from policing_summary.mailing.recipients import Edition, Recipient
from policing_summary.mailing.stamping import Block, Page, Paper, batches, write
from policing_summary.mailing.zones import Box, Sheet

REFERENCE_SIZE = 8.0  # points: smaller than any address, so that no machine takes it for one
PLURAL: Mapping[Kind, str] = {"carrier": "carriers", "cover": "covers", "labels": "labels"}
LEFT_OUT = "left-out.csv"
SUMMARY = "summary.json"


@dataclass(frozen=True)
class Stock:
    """What addresses of one kind are printed on. `artwork` is one page of PDF for each edition that it is for.

    `reference` is where the number for returns stands. `labels` is the sheet of labels, if it is one: that is
    for all editions. `size` and `bleed` in mm.
    """

    kind: Kind
    size: tuple[float, float]
    measure: Measure
    artwork: Mapping[Edition, bytes] = field(repr=False)
    reference: Box | None = None
    labels: Sheet | None = None
    start: int = 1
    bleed: float = 0

    def is_for(self, edition: Edition) -> bool:
        return self.labels is not None or edition in self.artwork


@dataclass(frozen=True)
class Job:
    """All of a mailing. `title` names the borough and the edition; `batch` is how many go into a file."""

    title: str
    path: str
    stocks: tuple[Stock, ...]
    batch: int
    face: Subset = field(repr=False)


def files(job: Job, gathered: Gathered, listing: Listing) -> Iterator[tuple[str, bytes]]:
    """Every file by its name, as it is made."""
    made: list[dict[str, object]] = []
    for stock in job.stocks:
        for edition, some in groupby(gathered.recipients, key=lambda one: one.edition):
            if not stock.is_for(edition):
                continue
            for number, batch in enumerate(batches(list(some), job.batch), 1):
                name = f"{PLURAL[stock.kind]}-{edition.format}-{edition.language}-{number:03}.pdf"
                pages = _pages(stock, batch, stock.start if number == 1 else 1)
                title = f"{PLURAL[stock.kind].capitalize()}, {job.title}, part {number}"
                paper = Paper(*stock.size, title, job.face, stock.artwork.get(edition), stock.bleed)
                data = write(paper, pages)
                made.append(
                    {
                        "file": name,
                        "addresses": len(batch),
                        "pages": len(pages),
                        "first_postcode_area": batch[0].postcode.area,
                        "last_postcode_area": batch[-1].postcode.area,
                        "sha256": hashlib.sha256(data).hexdigest(),
                    }
                )
                yield name, data
    if gathered.faults:
        yield LEFT_OUT, _left_out(listing, gathered.faults)
    yield SUMMARY, json.dumps(_summary(job, gathered, made), indent=2).encode() + b"\n"


def _pages(stock: Stock, batch: Sequence[Recipient], start: int) -> list[Page]:
    if stock.labels is None:
        return [
            Page((_address(stock, one, Box(0, 0, 0, 0)), *_reference(stock, one))) for one in batch
        ]
    boxes = list(stock.labels.boxes())
    placed: list[Recipient | None] = [None] * (start - 1)
    placed += batch
    return [
        Page(tuple(_address(stock, one, box) for one, box in zip(some, boxes, strict=False) if one))
        for some in batches(placed, stock.labels.count)
    ]


def _address(stock: Stock, one: Recipient, on: Box) -> Block:
    """The address in its zone. On a label it stands in the middle of its height, else it hangs from the top."""
    zone, lines = stock.measure.zone, one.printed
    size = stock.measure.fit(lines) or stock.measure.sizes[-1]
    top = zone.top
    if stock.labels:
        height = ((len(lines) - 1) * LEADING + 0.66) * size * 25.4 / 72
        top += max(0.0, (zone.height - height) / 2)
    return Block(on.left + zone.left, on.top + top, size, lines)


def _reference(stock: Stock, one: Recipient) -> Iterator[Block]:
    if stock.reference:
        words = (f"Reference {one.reference}",)
        yield Block(stock.reference.left, stock.reference.top, REFERENCE_SIZE, words)


def letters(gathered: Gathered) -> frozenset[str]:
    """Every letter that will be printed."""
    found = set("Reference ")
    for one in gathered.recipients:
        found.update(*one.printed, one.reference)
    return frozenset(found)


def _summary(job: Job, gathered: Gathered, made: list[dict[str, object]]) -> dict[str, object]:
    """Counts for the job ticket and the post. No names, no addresses, and no more of a postcode than its area."""
    editions = Counter(one.edition for one in gathered.recipients)
    areas = Counter(one.postcode.area for one in gathered.recipients)
    return {
        "mailing": job.path,
        "recipients": len(gathered.recipients),
        "left_out": len(gathered.bad_rows),
        "counts_by_format_and_language": [
            {"format": edition.format, "language": edition.language, "recipients": count}
            for edition, count in sorted(
                editions.items(), key=lambda item: (item[0].format, item[0].language)
            )
        ],
        "counts_by_postcode_area": dict(sorted(areas.items())),
        "files": made,
    }


def _left_out(listing: Listing, faults: Sequence[Fault]) -> bytes:
    """The bad rows as they were, each with what is wrong. It can be mended, and read like the list itself."""
    by_row: dict[int, list[Fault]] = {}
    for fault in faults:
        by_row.setdefault(fault.row, []).append(fault)
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    width = len(listing.headings.cells)
    writer.writerow(["Row", "What is wrong", *listing.headings.cells])
    for row in listing.rows:
        if row.number in by_row:
            told = "; ".join(
                f"{fault.field}: {fault.what}" if fault.field else fault.what
                for fault in by_row[row.number]
            )
            cells = (*row.cells, *[""] * (width - len(row.cells)))
            writer.writerow([row.number, told, *cells])
    return out.getvalue().encode("utf-8-sig")
