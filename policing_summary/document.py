"""What a leaflet is made of, and what becomes of it: values that go to a worker and come back."""

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from functools import cache

from policing_summary.formats import Format

ANYWHERE = "(any borough)"  # stands in running heads where a page is laid out for all boroughs
RECIPE = 9  # goes up whenever `typeset` makes other bytes from the same document


@dataclass(frozen=True)
class Piece:
    """One section as HTML."""

    name: str
    html: str = field(repr=False)

    @property
    def words(self) -> int:
        return len(re.sub(r"<[^>]*>", " ", self.html).split())

    @property
    def text_words(self) -> int:
        """Those of its paragraphs: what an editor can cut, as against tables and drawings."""
        bare = re.sub(r"<(table|svg|ul)\b.*?</\1>", " ", self.html, flags=re.DOTALL)
        paragraphs = re.findall(r"<p\b[^>]*>(.*?)</p>", bare, re.DOTALL)
        return sum(len(re.sub(r"<[^>]*>", " ", each).split()) for each in paragraphs)


@dataclass(frozen=True)
class Document:
    """All that a leaflet is made of.

    `optional` names the sections that may be left out where there is no room, the first one first.
    `styles` are those of every leaflet in the same edition, language and format; `own` come after them, and are
    this borough's. `files` are its fonts, by the name its stylesheet calls them, and `families` their names.
    """

    title: str
    language: str
    direction: str
    head: str = field(repr=False)
    body_class: str
    cover: str = field(repr=False)
    contents: str = field(repr=False)
    pieces: tuple[Piece, ...]
    imprint: str = field(repr=False)
    styles: str = field(repr=False)
    format: Format
    files: tuple[tuple[str, bytes], ...] = field(repr=False)
    families: tuple[str, ...]
    optional: tuple[str, ...] = ()
    own: str = field(default="", repr=False)

    @property
    def front(self) -> str:
        """What stands before the first section."""
        return f"{self.cover}\n{self.contents}" if self.contents else self.cover

    @property
    def html(self) -> str:
        """All that is printed, in reading order."""
        return "\n".join([self.front, *(piece.html for piece in self.pieces), self.imprint])

    def page(self, inner: str, classes: str = "") -> str:
        """A whole HTML document around some of it."""
        return (
            f'<!DOCTYPE html>\n<html lang="{self.language}" dir="{self.direction}"><head>{self.head}</head>\n'
            f'<body class="{self.body_class} {classes}">\n{inner}\n</body></html>'
        )

    @property
    def key(self) -> str:
        """A hash of everything that goes into the PDF, the versions of the tools included."""
        digest = hashlib.sha256(f"{RECIPE} {_versions()} {_settled(self.format)}".encode())
        parts = (self.page(self.html), self.styles, self.own, " ".join(self.optional))
        for name, data in (*(("", part.encode()) for part in parts), *self.files):
            digest.update(f"{name} {len(data)} ".encode())
            digest.update(data)
        return digest.hexdigest()


def _settled(form: Format) -> str:
    """The format in words that are the same in every process: a set has no order of its own."""
    return json.dumps(asdict(form), default=sorted)


def longest_first(documents: Sequence[Document]) -> list[int]:
    """The order in which they are best laid out: those of a kind together, and the longest before the others.

    A worker lays out once what leaflets of a kind have in common, and nobody waits at the end for a long one.
    """
    length = [len(each.html) for each in documents]
    kinds = [(each.format.name, each.language) for each in documents]
    longest = {
        kind: max(long for long, k in zip(length, kinds, strict=True) if k == kind)
        for kind in set(kinds)
    }
    return sorted(
        range(len(documents)), key=lambda n: (-longest[kinds[n]], kinds[n], -length[n], n)
    )


@dataclass(frozen=True)
class FittedRun:
    """How one run of pages came to fit: factors of the natural type size and spacing."""

    sections: tuple[str, ...]
    first: int
    pages: int
    type_size: float
    spacing: float
    filled: float


@dataclass(frozen=True)
class Refusal:
    """Why a leaflet cannot be printed: too much or too little on some of its pages.

    `section` is the one to shorten or to lengthen by so many `lines`, or about so many `words`.
    """

    section: str
    first: int
    last: int
    lines: int
    words: int
    is_over: bool
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class Fit:
    """The record of what was done to give a leaflet exactly its pages."""

    runs: tuple[FittedRun, ...] = ()
    left_out: tuple[str, ...] = ()
    refusals: tuple[Refusal, ...] = ()

    @property
    def is_natural(self) -> bool:
        return not self.left_out and all((r.type_size, r.spacing) == (1, 1) for r in self.runs)


@dataclass(frozen=True)
class Leaflet:
    """A finished leaflet; `warnings` are whole sentences. With refusals it is not to be printed."""

    pdf: bytes = field(repr=False)
    pages: int
    fit: Fit = Fit()
    warnings: tuple[str, ...] = ()

    def packed(self) -> bytes:
        """As it is kept in the cache; `unpacked` reads it again."""
        told = {"pages": self.pages, "fit": asdict(self.fit), "warnings": self.warnings}
        return json.dumps(told).encode() + b"\n" + self.pdf

    @classmethod
    def unpacked(cls, data: bytes) -> "Leaflet":
        head, _, pdf = data.partition(b"\n")
        told = json.loads(head)
        return cls(pdf, told["pages"], _fit(told["fit"]), tuple(told["warnings"]))


def _fit(told: dict[str, list[dict[str, object]]]) -> Fit:
    def tuples(row: dict[str, object]) -> dict[str, object]:
        return {key: tuple(v) if isinstance(v, list) else v for key, v in row.items()}

    return Fit(
        tuple(FittedRun(**tuples(row)) for row in told["runs"]),  # type: ignore[arg-type]
        tuple(map(str, told["left_out"])),
        tuple(Refusal(**tuples(row)) for row in told["refusals"]),  # type: ignore[arg-type]
    )


@cache
def _versions() -> str:
    from importlib.metadata import version  # noqa: PLC0415 - 20 ms that a build without leaflets saves

    return " ".join(f"{name} {version(name)}" for name in ("weasyprint", "pydyf", "pikepdf"))
