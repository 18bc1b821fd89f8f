"""What is typed after `python3 build.py import` → a source, its files and what is wanted of them."""

import argparse
from collections.abc import Sequence

from policing_summary import arguments
from policing_summary.importers import spreadsheet
from policing_summary.numerals import Day, Month, UnreadableError

EXAMPLES = {
    "met-crime": ["import met-crime --edition 2024-25 --year 2024-04 historical.csv recent24.csv"],
    "street": [
        "import street --edition 2024-25 --year 2024-04 latest.zip",
        "import street --report latest.zip > counts.csv",
    ],
    "attitudes": ["import attitudes --edition 2024-25 --quarter 2023-12 PAS_Dashboard_Borough.csv"],
    "spreadsheet": [
        (
            "import spreadsheet council.xlsx --edition 2024-25 --year 2024-04 --as council "
            '--title "Knife crime" --publisher "The council" --borough Area --column 2024/25=knife-crime:now'
        ),
        "import spreadsheet council.xlsx --edition 2024-25 --year 2024-04 --as council",
    ],
}


def parse(words: Sequence[str]) -> argparse.Namespace:
    """What was typed after `import`.

    Raises:
        SystemExit: it was not typed as it should be; argparse has said how.
    """
    return complete(parser().parse_args(words))


def complete(typed: argparse.Namespace) -> argparse.Namespace:
    """The same, if it has all that is needed together.

    Raises:
        SystemExit: something is missing; argparse has said what.
    """
    reports = typed.source == "street" and typed.report
    if not reports and (typed.edition is None or ("year" in typed and typed.year is None)):
        parser().error("say which edition and which year: --edition 2024-25 --year 2024-04")
    return typed


def parser() -> arguments.Parser:
    described = arguments.parser(
        "import",
        "Fill the figures of an edition from files that others publish.",
        examples=[EXAMPLES["met-crime"][0], EXAMPLES["attitudes"][0]],
        more="docs/importing.md says where the files are found and what is checked.",
    )
    kinds = described.add_subparsers(dest="source", required=True, metavar="SOURCE")
    met = kinds.add_parser("met-crime", help="the Met's crime by borough and month")
    _common(met, year=True)
    met.add_argument("--prefer", metavar="FILE", help="the file that is right where files overlap")
    told = kinds.add_parser("street", help="street-level crime from data.police.uk")
    _common(told, year=True)
    told.add_argument(
        "--report", action="store_true", help="print the counts as CSV, write nothing"
    )
    survey = kinds.add_parser("attitudes", help="the Public Attitude Survey by borough")
    _common(survey, year=False)
    survey.add_argument(
        "--quarter", metavar="2023-12", type=_month, required=True, help="its last month"
    )
    sheet = kinds.add_parser(
        "spreadsheet", help="any CSV or XLSX file with a line for each borough"
    )
    _common(sheet, year=True)
    sheet.add_argument(
        "--as", dest="name", metavar="NAME", required=True, help="what it is kept as"
    )
    first = sheet.add_argument_group("the first time, to say how it is read")
    first.add_argument("--title", help="what the spreadsheet is called in print")
    first.add_argument("--publisher")
    first.add_argument("--licence")
    first.add_argument("--sheet")
    first.add_argument("--header-row", type=int, default=1, metavar="3")
    first.add_argument("--borough", metavar="HEADING", help="the column with the boroughs")
    first.add_argument(
        "--column", action="append", default=[], type=_column, metavar="HEADING=MEASURE:now"
    )
    first.add_argument("--set-aside", action="append", default=[], metavar="LINE")
    for kind, examples in EXAMPLES.items():
        arguments.show(kinds.choices[kind], examples)
    return described


def _common(parser: arguments.Parser, *, year: bool) -> None:
    parser.add_argument("files", nargs="+", metavar="FILE")
    parser.add_argument("--edition", metavar="2024-25")
    if year:
        told = "its first month: twelve months from then, against the twelve before"
        parser.add_argument("--year", metavar="2024-04", type=_month, help=told)
    parser.add_argument(
        "--extracted", metavar="2025-12-08", type=_day, help="the day of the download"
    )
    parser.add_argument("--yes", action="store_true", help="write without asking")
    parser.offers.update(files="files", prefer="files")


def _month(text: str) -> Month:
    try:
        return Month.read(text)
    except UnreadableError as error:
        raise argparse.ArgumentTypeError(f"{error.what}: {error.way_out}") from None


def _day(text: str) -> Day:
    try:
        return Day.read(text)
    except UnreadableError as error:
        raise argparse.ArgumentTypeError(f"{error.what}: {error.way_out}") from None


def _column(text: str) -> object:
    try:
        return spreadsheet.typed_column(text)
    except ValueError:
        told = f"`{text}` is not written like `2024/25=knife-crime:now`"
        raise argparse.ArgumentTypeError(told) from None
