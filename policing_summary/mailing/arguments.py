"""What is typed after `python3 build.py mail` → a list, a borough and what is wanted."""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from policing_summary import arguments
from policing_summary.mailing.zones import SHEETS

Kind = Literal["carrier", "cover", "labels"]
KINDS: tuple[Kind, ...] = ("carrier", "cover", "labels")


@dataclass(frozen=True)
class Wanted:
    """`start` is the label that the first address goes on, counted from 1; `sheet` is one of an XLSX file."""

    file: str
    edition: str
    borough: str
    kinds: tuple[Kind, ...]
    skip_bad: bool
    start: int
    sheet: str | None


def parse(words: Sequence[str]) -> Wanted:
    """What was typed after `mail`.

    Raises:
        SystemExit: it was not typed as it should be, or help was asked for; argparse has said how.
    """
    return wanted(parser().parse_args(words))


def wanted(typed: argparse.Namespace) -> Wanted:
    kinds = KINDS if typed.kind == "all" else (typed.kind,)
    return Wanted(
        typed.file, typed.edition, typed.borough, kinds, typed.skip_bad, typed.start, typed.sheet
    )


def parser() -> arguments.Parser:
    described = arguments.parser(
        "mail",
        "Print the addresses of a list, for one borough, into output/mail.",
        examples=[
            "mail recipients.csv --edition 2009-10 --borough havering",
            "mail recipients.xlsx --edition 2009-10 --borough havering --as labels --start 5",
        ],
        more="docs/mailing.md says how a list looks, what is checked, and who can read what is written.",
    )
    described.add_argument(
        "file", metavar="recipients.csv", help="CSV or XLSX, with a row of headings"
    )
    described.add_argument("--edition", metavar="2009-10", required=True)
    described.add_argument("--borough", metavar="havering", required=True)
    described.add_argument(
        "--as",
        dest="kind",
        choices=(*KINDS, "all"),
        default="carrier",
        help="a sheet that carries the address, the leaflet's cover with it, or labels (default: carrier)",
    )
    described.add_argument(
        "--skip-bad",
        action="store_true",
        help="print the rest where rows are wrong, and put those into left-out.csv",
    )
    described.add_argument(
        "--start",
        type=_label,
        default=1,
        metavar="5",
        help="the first label that is still on the sheet",
    )
    described.add_argument("--sheet", metavar="NAME", help="the sheet of an XLSX file with several")
    described.offers["file"] = "files"
    return described


def _label(text: str) -> int:
    most = max(sheet.count for sheet in SHEETS.values())
    if not text.isdecimal() or not 1 <= int(text) <= most:
        told = f"`{text}` is not the number of a label from 1 to {most}"
        raise argparse.ArgumentTypeError(told)
    return int(text)
