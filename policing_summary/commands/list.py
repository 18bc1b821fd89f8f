"""What there is in content/, in columns or as JSON."""

import argparse
import json

from policing_summary import arguments, checks, content
from policing_summary.desk import lists
from policing_summary.desk.dates import day, today
from policing_summary.keyboard import DONE, Keyboard
from policing_summary.validation import did_you_mean

MORE = """\
editions      with their titles, days and formats
boroughs      with how many sections are their own
states        what somebody has to see to: drafts, what is out of date, contacts to check, what is still to do
translations  how complete they are, and whether somebody who speaks the language has read them
words         how many there are in each section
pages         every page's address

Without a word, editions, boroughs and states are listed."""
USUAL = ("editions", "boroughs", "states")
NOTHING = {"states": "Nothing is left to be seen to.", "translations": "There are no translations."}


def parser() -> arguments.Parser:
    made = arguments.parser(
        "list",
        "List what there is in content/, drafts included.",
        examples=["list", "list states", "list words --json"],
        more=MORE,
    )
    made.add_argument("what", nargs="*", type=_known, help="what to list, see below")
    made.offers["what"] = tuple(lists.WHAT)
    made.add_argument("--json", action="store_true", help="for scripts: rows by what they list")
    made.add_argument("--today", type=day, help="the day to hold dates against: 2010-06-30")
    return made


def _known(word: str) -> str:
    if word in lists.WHAT:
        return word
    listed = ", ".join(lists.WHAT)
    way_out = did_you_mean(word, lists.WHAT, f"there are {listed}")
    raise argparse.ArgumentTypeError(f"there is no list of `{word}`; {way_out}")


def run(typed: argparse.Namespace, at: Keyboard) -> int:
    """Content with errors is not listed: what is wrong is told instead."""
    site = content.load(at.root / "content", drafts=True)
    checks.run(site)
    asked = lists.Asked(site, typed.today or today())
    rows = {what: list(lists.WHAT[what](asked)) for what in typed.what or USUAL}
    if typed.json:
        at.say(json.dumps(rows, indent=2, ensure_ascii=False))
        return DONE
    for what, found in rows.items():
        at.say(f"{what}:")
        for line in lists.table(found) or [NOTHING.get(what, "There is nothing here yet.")]:
            at.say(f"  {line}")
    return DONE
