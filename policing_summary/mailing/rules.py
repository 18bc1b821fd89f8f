"""What makes a row unfit to be posted: an ordered list of rules, each a function from a draft to faults.

No message quotes a name or an address. A single letter or a heading is as much as it tells.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import TypeAlias

from policing_summary.mailing import postcodes
from policing_summary.mailing.drafts import Draft, Line
from policing_summary.mailing.headings import Columns

Told: TypeAlias = tuple[str, str, str]
"""The field, what is wrong with it, and the way out."""
Rule: TypeAlias = Callable[[Draft], Iterator[Told]]

DITTO = re.compile(
    r"""["'″〃”“‘’`\s]+|\W*(ditto|do\.?|as above|same as above|see above|as before|idem|same)\W*""",
    re.IGNORECASE,
)
EMAIL = re.compile(r"\S+@\S+\.\w+|\bwww\.|https?:")
PHONE = re.compile(r"(\+44|\b0)[\d\s()]{9,13}(?!\d)")
MONTH = "(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"  # as spreadsheets show them
DATE = re.compile(rf"\d{{4}}-\d\d-\d\d|\d{{1,2}}-{MONTH}|{MONTH}-\d{{2}}", re.IGNORECASE)
SHEET_FAULT = re.compile(r"#(N/A|REF!|VALUE!|NAME\?|NUM!|NULL!|DIV/0!)|#{3,}", re.IGNORECASE)
DAMAGED = re.compile(
    "\N{REPLACEMENT CHARACTER}|[ÃÂ][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€|ï¿½|ï»¿"
)
NOBODY = re.compile(r"(unknown|not known|no name|tbc|tba|test|xx+|\?+|\d+)", re.IGNORECASE)
GONE = re.compile(
    r"\b(deceased|gone away|no longer at|moved away|do not mail|do not send)\b", re.IGNORECASE
)
MOST_REFERENCE = 20
LEAST_LINES = 2


def faults(draft: Draft, columns: Columns) -> Iterator[Told]:
    """Everything that is wrong with the words of a row, in the order of the rules.

    Where cells have moved, no other rule would make sense of them.
    """
    if _is_heading(draft, columns):
        yield "", "the headings stand here once more", "delete the row"
        return
    moved = list(_shifted(draft))
    for rule in RULES if not moved else (_shifted,):
        for field, what, way_out in rule(draft):
            yield columns.called(field) if field else "", what, way_out


def _is_heading(draft: Draft, columns: Columns) -> bool:
    place = columns.places.get("postcode")
    return place is not None and draft.postcode.casefold() == columns.headings[place].casefold()


def every_text(draft: Draft) -> Iterator[Line]:
    """What would be printed, with the fields it comes from."""
    yield Line("name", draft.name)
    yield Line("organisation", draft.organisation)
    yield from draft.lines
    yield Line("postcode", draft.postcode)
    yield Line("reference", draft.reference)


def _shifted(draft: Draft) -> Iterator[Told]:
    if draft.surplus:
        yield (
            "",
            f"this row has more cells than there are headings: {draft.surplus} too many",
            "look for a comma that is not inside quotation marks, or a cell that moved to the right",
        )
    if re.match(r"\d+[a-z]?\s+\w+", draft.name, re.IGNORECASE) and draft.name.split()[0].isdigit():
        way_out = "the cells of this row may have moved to the left; move them back"
        yield "name", "the name begins with the number of a house", way_out

    is_word = draft.postcode and not re.search(r"\d", draft.postcode)
    if is_word and any(postcodes.found_in(line.text) for line in _others(draft)):
        yield (
            "",
            "the cells of this row have moved: the postcode stands in another column",
            "move them back below their headings",
        )


def _nobody(draft: Draft) -> Iterator[Told]:
    who = draft.name or draft.organisation
    if not who:
        yield "name", "there is no name", "write whom it is for, or `The Occupier`"
    elif NOBODY.fullmatch(who):
        what = "this is a word that stands in for a name"
        yield "name", what, "write whom it is for, or `The Occupier`"
    if GONE.search(f"{draft.name} {' '.join(line.text for line in draft.lines)}"):
        what = "a remark says that nobody is to be written to here"
        yield "name", what, "delete the row, or the remark if it is not true"


def _too_little(draft: Draft) -> Iterator[Told]:
    if not draft.lines:
        yield "line 1", "there is no address", "write the house and the street, and the town"
    elif len(draft.lines) < LEAST_LINES and not draft.postcode.upper().startswith(("BF", "GIR")):
        yield (
            draft.lines[0].column,
            "there is a single line of address: either the street or the town is missing",
            "write the house and the street on one line, the town on another",
        )


def _stand_ins(draft: Draft) -> Iterator[Told]:
    for line in every_text(draft):
        if line.text and DITTO.fullmatch(line.text):
            yield (
                line.column,
                "a mark or a word stands for what is in the row above",
                "write it out: the rows are sorted, and another one will be above",
            )
        elif SHEET_FAULT.search(line.text):
            what = "the spreadsheet shows a fault here instead of a text"
            yield line.column, what, "mend its formula, or type the text"
        elif DATE.fullmatch(line.text.split(" ")[0]):
            yield (
                line.column,
                "a date stands here; spreadsheets turn a house number such as 3-5 into one",
                "set the cells to text, and type the number again",
            )


def _strays(draft: Draft) -> Iterator[Told]:
    for line in (Line("name", draft.name), *draft.lines):
        if EMAIL.search(line.text):
            yield line.column, "an e-mail or web address stands here", "move it to another column"
        elif PHONE.search(line.text):
            yield line.column, "a telephone number stands here", "move it to another column"


def _letters(draft: Draft) -> Iterator[Told]:
    for line in every_text(draft):
        if hidden := [c for c in line.text if unicodedata.category(c) in {"Cc", "Cf", "Co", "Cs"}]:
            what = f"a control character that cannot be seen is in it (U+{ord(hidden[0]):04X})"
            yield line.column, what, "delete the cell, and type it again"
        elif DAMAGED.search(line.text):
            yield (
                line.column,
                "letters were damaged when the list was saved",
                "save it again as `CSV UTF-8` or XLSX from where it is still right",
            )
        elif foreign := [c for c in line.text if c.isalpha() and not _is_latin(c)]:
            script = unicodedata.name(foreign[0], "UNKNOWN").split()[0].title()
            what = f"there are letters that are not Latin ({script}), which the post cannot sort"
            yield line.column, what, "write the address in Latin letters"


def _is_latin(letter: str) -> bool:
    name = unicodedata.name(letter, "")
    is_mark = unicodedata.category(letter) == "Lm"  # such as an apostrophe of its own
    return is_mark or name.startswith("LATIN ") or letter in "ªº"


def _postcode(draft: Draft) -> Iterator[Told]:
    if draft.country:
        return  # what stands there is told as abroad, or as having moved
    elsewhere = next(
        (line for line in _others(draft) if postcodes.found_in(line.text)),
        None,
    )
    if not draft.postcode:
        if elsewhere:
            yield (
                elsewhere.column,
                "the postcode stands here",
                "move it to the column for postcodes",
            )
        else:
            yield "postcode", "there is no postcode", postcodes.LOOK_IT_UP
        return
    try:
        own = postcodes.read(draft.postcode)
    except postcodes.PostcodeError as error:
        yield "postcode", error.what, error.way_out
        return
    if elsewhere and postcodes.found_in(elsewhere.text) != own:
        what = "another postcode stands here than in the column for postcodes"
        yield elsewhere.column, what, "find out which is right, and delete the other"


def _others(draft: Draft) -> Iterator[Line]:
    yield Line("name", draft.name)
    yield Line("organisation", draft.organisation)
    yield from draft.lines
    yield Line("country", draft.country)


def _abroad(draft: Draft) -> Iterator[Told]:
    if draft.country and not postcodes.found_in(draft.country):
        yield (
            "country",
            "this address is abroad, and only addresses of the United Kingdom and its islands are sorted here",
            "take the row out, and post it by itself; leave the country empty if it is at home",
        )


def _reference(draft: Draft) -> Iterator[Told]:
    if len(draft.reference) > MOST_REFERENCE:
        what = f"the reference is longer than {MOST_REFERENCE} letters"
        yield (
            "reference",
            what,
            "shorten it, or leave it out: the number of the row is printed then",
        )


RULES: tuple[Rule, ...] = (
    _nobody,
    _too_little,
    _stand_ins,
    _strays,
    _letters,
    _postcode,
    _abroad,
    _reference,
)
