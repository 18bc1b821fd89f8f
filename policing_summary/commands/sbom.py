"""What the program is made of, as a bill of materials for other programs."""

import argparse

from policing_summary import arguments, bill, environment
from policing_summary.keyboard import DONE, Keyboard


def parser() -> arguments.Parser:
    made = arguments.parser(
        "sbom",
        "Print the bill of materials (CycloneDX 1.6, JSON): every locked package, font and profile with its "
        "version, checksums and licence.",
        examples=["sbom > sbom.json", "sbom --with s3"],
        more="docs/licences.md lists the same for people.",
    )
    made.add_argument(
        "--with",
        dest="extras",
        action="append",
        default=[],
        choices=sorted(environment.EXTRAS),
        help="the packages of an extra too; may be given twice",
    )
    return made


def run(typed: argparse.Namespace, at: Keyboard) -> int:
    locks = [environment.LOCK, *(environment.EXTRAS[extra][1] for extra in typed.extras)]
    at.say(bill.write(locks).decode().removesuffix("\n"))
    return DONE
