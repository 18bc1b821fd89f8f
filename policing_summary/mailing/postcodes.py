"""A postcode as somebody typed it → a postcode, or what is wrong with it.

The six patterns and the letters that each position leaves out are those of BS 7666 and of Royal Mail's
programmers' guide; the areas are the 121 of the United Kingdom, three of the Crown Dependencies, and BF,
BX and GIR, which belong to no place. No message repeats the postcode: it goes into logs.
"""

import re
from dataclasses import dataclass

AREAS = re.compile(
    "AB|AL|B|BA|BB|BD|BF|BH|BL|BN|BR|BS|BT|BX|CA|CB|CF|CH|CM|CO|CR|CT|CV|CW|DA|DD|DE|DG|DH|DL|DN|DT|DY|"
    "E|EC|EH|EN|EX|FK|FY|G|GIR|GL|GU|GY|HA|HD|HG|HP|HR|HS|HU|HX|IG|IM|IP|IV|JE|KA|KT|KW|KY|L|LA|LD|LE|"
    "LL|LN|LS|LU|M|ME|MK|ML|N|NE|NG|NN|NP|NR|NW|OL|OX|PA|PE|PH|PL|PO|PR|RG|RH|RM|S|SA|SE|SG|SK|SL|SM|"
    "SN|SO|SP|SR|SS|ST|SW|SY|TA|TD|TF|TN|TQ|TR|TS|TW|UB|W|WA|WC|WD|WF|WN|WR|WS|WV|YO|ZE"
)
OVERSEAS = re.compile(
    r"(AI-?2640|ASCN1ZZ|BBND1ZZ|BIQQ1ZZ|FIQQ1ZZ|GX111AA|PCRN1ZZ|SIQQ1ZZ|STHL1ZZ|TDCU1ZZ|TKCA1ZZ)"
)
BFPO = re.compile(r"BFPO(?:C/O)?([1-9][0-9]{0,3})")
SHAPES = {  # of the outward code: A a letter, 9 a digit
    "A9": "",
    "A99": "",
    "AA9": "",
    "AA99": "",
    "A9A": "ABCDEFGHJKPSTUW",
    "AA9A": "ABEHMNPRVWXY",
}
NEVER_FIRST, NEVER_SECOND, NEVER_INWARD = "QVX", "IJZ", "CIKMOV"
SWAPPED = {"0": "O", "O": "0", "1": "I", "I": "1"}
LOOKS_LIKE = re.compile(r"\b[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}\b|\bBFPO [1-9][0-9]{0,3}\b")


@dataclass(frozen=True)
class Postcode:
    """`area` RM, `district` 1, `letter` of the district if it has one, `sector` 3, `unit` AA."""

    area: str
    district: int
    letter: str = ""
    sector: int = 0
    unit: str = ""

    def __str__(self) -> str:
        if self.area == "BFPO":
            return f"BFPO {self.district}"
        if self.area == "GIR":
            return "GIR 0AA"
        return f"{self.area}{self.district}{self.letter} {self.sector}{self.unit}"

    @property
    def order(self) -> tuple[str, int, str, int, str]:
        """For sorting as the post does: N2 before N10, W1A after W1."""
        return self.area, self.district, self.letter, self.sector, self.unit


class PostcodeError(ValueError):
    """What is wrong and the way out, without a letter of the postcode that could give away whose it is."""

    def __init__(self, what: str, way_out: str) -> None:
        super().__init__(what)
        self.what, self.way_out = what, way_out


LOOK_IT_UP = "look the address up with Royal Mail's postcode finder"


def read(typed: str) -> Postcode:
    """The postcode; small letters, missing spaces and stops are mended.

    Raises:
        PostcodeError: no postcode can be written so.
    """
    code = re.sub(r"[\s.,\N{NO-BREAK SPACE}]", "", typed).upper()
    if match := BFPO.fullmatch(code):
        return Postcode("BFPO", int(match[1]))
    if code == "GIR0AA":
        return Postcode("GIR", 0, "", 0, "AA")
    if OVERSEAS.fullmatch(code):
        raise PostcodeError(
            "this is a code of an overseas territory, which is posted as mail abroad",
            "take the row out, and post it by itself",
        )
    outward, inward = code[:-3], code[-3:]
    shape = _shape(outward)
    if shape in SHAPES and _shape(inward) == "9AA":
        return _letters_allowed(outward, inward, shape)
    if mended := _unswapped(outward, inward):
        raise PostcodeError(*mended)
    if _shape(code) in SHAPES:
        raise PostcodeError("only the first half of a postcode is here", LOOK_IT_UP)
    raise PostcodeError(
        "this is not the form of a postcode",
        "write it like `RM1 3BD`: one or two letters, the district, a space, a digit and two letters",
    )


def found_in(text: str) -> Postcode | None:
    """The postcode that stands in a text, such as a line of an address."""
    for match in LOOKS_LIKE.finditer(text.upper()):
        try:
            return read(match[0])
        except PostcodeError:
            continue
    return None


def _shape(code: str) -> str:
    return "".join(
        "9" if letter in "0123456789" else "A" if "A" <= letter <= "Z" else "?" for letter in code
    )


def _letters_allowed(outward: str, inward: str, shape: str) -> Postcode:
    letters = re.split("[0-9]", outward)[0]
    rules = (
        (letters[0], NEVER_FIRST, "no postcode begins with {}"),
        (letters[1:], NEVER_SECOND, "the second letter of a postcode is never {}"),
        (inward[1], NEVER_INWARD, "{} is never among the last two letters of a postcode"),
        (inward[2], NEVER_INWARD, "{} is never among the last two letters of a postcode"),
    )
    for letter, never, what in rules:
        if letter and letter in never:
            way_out = _or_a_digit(letter) if never != NEVER_INWARD else LOOK_IT_UP
            raise PostcodeError(what.format(letter), way_out)
    last = outward[-1] if SHAPES[shape] else ""
    if last and last not in SHAPES[shape]:
        raise PostcodeError(f"no district of this form ends in {last}", _or_a_digit(last))
    if not AREAS.fullmatch(letters):
        raise PostcodeError(f"there is no postcode area {letters}", LOOK_IT_UP)
    district = outward[len(letters) :].rstrip(last or " ")
    if len(district) > 1 and district.startswith("0"):
        raise PostcodeError("the district begins with a nought", "write the district without it")
    return Postcode(letters, int(district), last, int(inward[0]), inward[1:])


def _or_a_digit(letter: str) -> str:
    return (
        f"{LOOK_IT_UP}; or is it the digit {SWAPPED[letter]}?" if letter in SWAPPED else LOOK_IT_UP
    )


def _unswapped(outward: str, inward: str) -> tuple[str, str] | None:
    """What to write if a letter and a digit that look alike were exchanged."""
    for shape in sorted(SHAPES, key=len, reverse=True):
        wanted = shape + "9AA"
        if len(wanted) != len(outward + inward):
            continue
        swaps = []
        for position, (letter, kind) in enumerate(zip(outward + inward, wanted, strict=True), 1):
            if _shape(letter) == kind:
                continue
            if _shape(SWAPPED.get(letter, "?")) != kind:
                break
            swaps.append((position, letter))
        else:
            position, letter = swaps[0]
            kind, other = ("digit", "letter") if letter.isdigit() else ("letter", "digit")
            is_never = position > len(wanted) - 2 and SWAPPED[letter] in NEVER_INWARD
            return (
                f"the {kind} {letter} stands where a {other} belongs, as number {position} of the postcode",
                LOOK_IT_UP if is_never else f"write the {other} {SWAPPED[letter]}",
            )
    return None
