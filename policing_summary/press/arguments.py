"""What is typed after `python3 build.py print` → what is to be printed."""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from policing_summary import arguments
from policing_summary.model.printing import Paper, PrintOrder
from policing_summary.numerals import UnreadableError


@dataclass(frozen=True)
class Wish:
    """What was asked for; nothing means all there is."""

    edition: str | None = None
    borough: str | None = None
    form: str | None = None
    order: PrintOrder = field(default_factory=PrintOrder)
    mailing: Path | None = None

    @property
    def is_for_all(self) -> bool:
        return not (self.edition or self.borough or self.form)


def parse(words: Sequence[str]) -> Wish:
    """What was typed after `print`.

    Raises:
        SystemExit: it was not typed as it should be, or help was asked for; argparse has said how.
    """
    return wish_of(parser().parse_args(words))


def wish_of(typed: argparse.Namespace) -> Wish:
    order = PrintOrder.model_construct(paper=typed.paper, quantity=typed.quantity)
    return Wish(typed.edition, typed.borough, typed.format, order, typed.mailing)


def parser() -> arguments.Parser:
    described = arguments.parser(
        "print",
        "Make the files that a print shop needs, with a job ticket, in output/print.",
        examples=[
            "print",
            "print --edition 2009-10 --borough havering --quantity 95,000",
            'print --format a5-booklet --paper "115 g/m² silk"',
        ],
        more="docs/printers.md says what is in them. A file with a fault is not written.",
    )
    described.add_argument("--edition", metavar="2009-10", help="this edition alone")
    described.add_argument("--borough", metavar="havering", help="this borough alone")
    described.add_argument("--format", metavar="a5-booklet", help="this format alone")
    described.add_argument("--quantity", metavar="95000", type=_copies, help="how many copies")
    described.add_argument(
        "--paper", metavar='"115 g/m² silk"', type=_paper, help="weight and surface of the paper"
    )
    described.add_argument(
        "--mailing",
        metavar="summary.json",
        type=Path,
        help="the counts that the command mail wrote, for the job ticket",
    )
    described.offers["mailing"] = "files"
    arguments.add_hands(described)
    return described


def _copies(text: str) -> Decimal:
    digits = text.replace(",", "").strip()
    if not digits.isdecimal() or int(digits) == 0:
        raise argparse.ArgumentTypeError(f"`{text}` is not a number of copies")
    return Decimal(digits)


def _paper(text: str) -> Paper:
    try:
        return Paper.read(text)
    except UnreadableError as error:
        raise argparse.ArgumentTypeError(f"{error.what}: {error.way_out}") from None
