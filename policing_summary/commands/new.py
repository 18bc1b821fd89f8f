"""A name → the first files of a borough, an edition or a whole site."""

import argparse
from pathlib import Path

from policing_summary import arguments, content
from policing_summary.desk import keeping
from policing_summary.importers import filing
from policing_summary.keyboard import DONE, USAGE, Keyboard, number
from policing_summary.starting import borough, edition, site, trial
from policing_summary.starting.brand import Look
from policing_summary.starting.site import Wish

PROGRAM = arguments.PROGRAM
CODES = "ONS code, as geoportal.statistics.gov.uk lists it: E09000016"


def parser() -> arguments.Parser:
    made = arguments.parser(
        "new",
        "Begin something: the files are written with remarks that say what to do, and nothing is ever overwritten.",
        examples=[
            "new borough Camden --edition 2009-10",
            "new edition 2010-11 --from 2009-10",
            (
                'new site ../kent --force "Kent Police" --area Kent --boroughs "Ashford, Dover" '
                '--called "district, districts" --edition 2025-26'
            ),
        ],
        more="Each of the three has a --help of its own.",
    )
    kinds = made.add_subparsers(dest="kind", metavar="borough|edition|site", required=True)
    one = kinds.add_parser("borough", help="a file for one more borough", allow_abbrev=False)
    one.add_argument(
        "name", metavar="NAME", nargs="+", help="as it is printed: Kingston upon Thames"
    )
    one.add_argument("--edition", metavar="EDITION", help="the newest one if left out: 2009-10")
    one.add_argument("--code", help=f"{CODES}; only for a borough that site.yaml does not list yet")
    arguments.show(
        one,
        ["new borough Camden", 'new borough "Isle of Thanet" --edition 2009-10 --code E07000114'],
    )
    year = kinds.add_parser(
        "edition", help="an edition that goes on from an earlier one", allow_abbrev=False
    )
    year.add_argument(
        "name", metavar="EDITION", help="its folder, and a part of its address: 2024-25"
    )
    year.add_argument("--from", dest="source", metavar="EDITION", help="the newest one if left out")
    arguments.show(year, ["new edition 2010-11 --from 2009-10"])
    whole = kinds.add_parser(
        "site", help="a site of another force, in a folder of its own", allow_abbrev=False
    )
    whole.add_argument("folder", metavar="FOLDER", type=Path, help="empty, or not there yet")
    whole.add_argument("--force", metavar="NAME", help="who publishes it: Kent Police")
    whole.add_argument("--area", metavar="NAME", help="the whole that it is about: Kent")
    whole.add_argument(
        "--boroughs", metavar="NAMES", help="the parts of it: Ashford, Canterbury, Dover"
    )
    whole.add_argument(
        "--called",
        metavar="WORDS",
        help="what one of them is called, and several: district, districts",
    )
    whole.add_argument("--edition", metavar="EDITION", help="the first one: 2025-26")
    whole.add_argument(
        "--address", metavar="URL", default=Wish.address, help="where it will be published"
    )
    whole.add_argument(
        "--colours", metavar="COLOURS", help="yours instead of ours: deep=#1d3f2b, bright=#ffd24d"
    )
    whole.add_argument(
        "--fonts", metavar="FOLDER", type=Path, help="your typeface, with its licence beside it"
    )
    whole.add_argument("--logo", metavar="FILE", type=Path, help="yours, as an SVG or a PNG")
    arguments.show(
        whole,
        [
            "new site ../kent",
            'new site ../kent --colours "deep=#1d3f2b" --fonts ~/fonts/lato --logo ~/kent.svg',
        ],
        "What is not said is asked for.",
    )
    whole.offers.update(folder="folders", fonts="folders", logo="files")
    return made


def run(typed: argparse.Namespace, at: Keyboard) -> int:
    """Exit code 2 if something has to be named and nobody can be asked."""
    if typed.kind == "site":
        return _site(typed, at)
    read = content.load(at.root / "content", drafts=True)
    if typed.kind == "edition":
        known = sorted(each.slug for each in (*read.editions, *read.drafts))
        begun = edition.begin(at.root, read, typed.name, typed.source or known[-1])
    else:
        begun = borough.begin(at.root, read, " ".join(typed.name), typed.edition, typed.code)
    trial.proved(at.root, begun.edits)
    filing.store(begun.edits)
    keeping.follow(at.root)
    for edit in begun.edits:
        at.say(f"{'Wrote' if edit.old is None else 'Changed'} {edit.name}")
    at.say(f"It is a draft. Open {begun.path}; `{PROGRAM} check` says what is still to do.")
    return DONE


def _site(typed: argparse.Namespace, at: Keyboard) -> int:
    wish = _asked(typed, at)
    if wish is None:
        return USAGE
    edits = site.begin(at.root, typed.folder, wish)
    filing.store(edits)
    keeping.renew(typed.folder)
    at.say(
        f"Wrote {number(len(edits), 'file')} to {typed.folder}: the site of {wish.force}, with "
        f"{len(wish.boroughs)} {wish.many if len(wish.boroughs) > 1 else wish.one}, and the program."
    )
    at.say("Everything in it is a specimen until you change it. Build it, and see:")
    at.say(f"  cd {typed.folder}\n  {PROGRAM}\n  {PROGRAM} check")
    if not (wish.look.fonts and wish.look.logo):
        at.say(
            "Your typeface and logo go into content/brand: docs/editors.md, "
            "“A typeface and a logo of your own”."
        )
    return DONE


QUESTIONS = {
    "force": "Who publishes the summaries? For example Kent Police:",
    "area": "What is the whole area called? For example Kent:",
    "boroughs": "Which parts has it, each with a summary of its own? For example Ashford, Canterbury, Dover:",
    "called": "What is one of them called, and what are several? Press Enter for `borough, boroughs`:",
    "edition": "What is the first edition called? For example 2025-26:",
}


def _asked(typed: argparse.Namespace, at: Keyboard) -> Wish | None:
    """What was typed after the command, and what is answered to questions about the rest."""
    told = {name: getattr(typed, name) or at.answer(QUESTIONS[name]) for name in QUESTIONS}
    if missing := [name for name in QUESTIONS if not told[name] and name != "called"]:
        listed = ", ".join(f"`--{name}`" for name in missing)
        at.warn(f"This is not said yet: {listed}. `{PROGRAM} new site --help` shows an example.")
        return None
    one, *more = _listed(told["called"] or "borough, boroughs")
    return Wish(
        force=str(told["force"]),
        area=str(told["area"]),
        boroughs=tuple(_listed(str(told["boroughs"]))),
        edition=str(told["edition"]),
        one=one,
        many=more[0] if more else f"{one}s",
        address=typed.address,
        look=Look(tuple(_colours(typed.colours or "")), typed.fonts, typed.logo),
    )


def _listed(text: str) -> list[str]:
    return [each.strip() for each in text.split(",") if each.strip()]


def _colours(text: str) -> list[tuple[str, str]]:
    """`deep=#1d3f2b, bright=#ffd24d`; what is wrong with one is told when it is read in site.yaml."""
    pairs = [each.partition("=") for each in _listed(text)]
    return [(token.strip(), colour.strip()) for token, _, colour in pairs]
