"""How each kind of value is typed: in words, by examples, and as a pattern.

The reader of a kind decides what is understood. A `Form` says the same to programs that help with
typing, so it refuses nothing that the reader takes; what it cannot tell (the 31st of June) is left to
the reader. Patterns are such as both Python and JavaScript understand.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from policing_summary.language import LANGUAGES
from policing_summary.numerals import MONTHS, UNITS, Unit
from policing_summary.quantities import NEARLY, SCALES

Kind = Literal[
    "measures", "boroughs", "sections", "formats", "editions", "languages", "drawings", "pictures"
]


@dataclass(frozen=True)
class Form:
    """`words` say what belongs here: "a whole number".

    `as_number` and `as_yes_no` tell that YAML may take what is typed for a number, or for true;
    `least` and `most` are its limits then.
    """

    words: str
    examples: tuple[str, ...] = ()
    pattern: str | None = None
    as_number: Literal["integer", "number"] | None = None
    as_yes_no: bool = False
    least: int | None = None
    most: int | None = None


@dataclass(frozen=True)
class Refers:
    """Marks a name that is one of the site's own: what it names has to be there."""

    to: Kind


def _any_case(word: str) -> str:
    """The word in small and capital letters, with any room between its parts."""
    both = ((a.lower(), a.upper()) for a in word)
    letters = (a if a == b else f"[{b}{a}]" for a, b in both)
    return "".join(letters).replace(" ", r"\s+")


def _one_of(words: Iterable[str]) -> str:
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return f"(?:{'|'.join(map(_any_case, longest_first))})"


def _beginning(word: str, least: int) -> str:
    """The word, or a beginning of it with so many letters."""
    tail = ""
    for letter in reversed(word[least:]):
        tail = f"(?:{_any_case(letter.lower())}{tail})?"
    return _any_case(word[:least].lower()) + tail


def _whole(pattern: str) -> str:
    return rf"^\s*(?:{pattern})\s*$"


def _units(*wanted: Unit) -> str:
    return _one_of(word for word, unit in UNITS.items() if unit in wanted and word)


SIGN = "[-+\u2212\u2013\u2010]"
DIGITS = r"(?:[1-9][0-9]{0,2}(?:,[0-9]{3})+|[1-9][0-9]*|0)"
NUMBER = rf"{DIGITS}(?:\.[0-9]+)?"
PERCENT = rf"(?:{SIGN}\s*)?{NUMBER}(?:\s*{_units(Unit.PERCENT)})?"
AMOUNT = rf"(?:{SIGN}\s*)?{NUMBER}(?:\s*{_units(Unit.PERCENT, Unit.POINTS)})?"
SCALE = rf"(?:\s*{_one_of(SCALES)})?"
ROUGHLY = rf"(?:{_one_of(filter(None, NEARLY))}\s*)?"
MONTH_NAME = f"(?:{'|'.join(_beginning(name, 3) for name in MONTHS)})"
DAY_NUMBER = "(?:0?[1-9]|[12][0-9]|3[01])"
MONTH_NUMBER = "(?:0?[1-9]|1[0-2])"
DATE_NAME = _one_of([*(name.lower() for name in MONTHS), *(name[:3].lower() for name in MONTHS)])
BETWEEN = r"[\s/-]+"
GAP = "[\\s().\u00a0\u2013-]*"


def _dialled(*rows: tuple[str, int, int]) -> str:
    """Numbers by how they begin, and how many digits follow, with gaps anywhere."""

    def spread(start: str) -> str:
        parts = [start] if start.startswith("[") else list(start)
        return GAP.join(parts)

    return "|".join(f"{spread(a)}(?:{GAP}[0-9]){{{b},{c}}}" for a, b, c in rows)


UK = rf"(?:0|[+]{GAP}4{GAP}4(?:{GAP}0)?){GAP}(?:{_dialled(('[237]', 9, 9), ('[1589]', 8, 9))})"
SHORT = _dialled(("999", 0, 0), ("116", 3, 3), ("118", 3, 3), ("18", 3, 3), ("1", 2, 2))
ABROAD = rf"[+]{GAP}[1-9](?:{GAP}[0-9]){{7,14}}"
RELAYED = rf"1{GAP}8{GAP}0{GAP}0{GAP}1"
PHONE = rf"{GAP}(?:{RELAYED}{GAP})*(?:{UK}|{SHORT}|{ABROAD}){GAP}"

HOST = r"(?:[Ll][Oo][Cc][Aa][Ll][Hh][Oo][Ss][Tt]|[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)"
ADDRESS = rf"(?:[Hh][Tt][Tt][Pp][Ss]?://)?{HOST}(?::[0-9]{{1,5}})?(?:[/?#][^\s<>\"`{{}}|\\^]*)?"
FILE = r"images/[^\s/]+\.(?:[Jj][Pp][Ee]?[Gg]|[Pp][Nn][Gg]|[Ww][Ee][Bb][Pp])"
HALF = r"(?:\s*[AaPp]\s*\.?\s*[Mm]\s*\.?)"
HOUR = r"[0-9]\s*[0-9]?"
CLOCK = rf"{HOUR}\s*[:.]\s*[0-9]\s*[0-9]{HALF}?|{HOUR}{HALF}"
NOON = _one_of(["midday", "noon", "midnight"])


COUNT = Form(
    "a whole number", ("1498", "4,555"), _whole(rf"(?:{SIGN}\s*)?{DIGITS}(?:\.0+)?"), "integer"
)
SHARE = Form("a percentage", ("-22.9", "51.4%"), _whole(PERCENT), "number")
FIGURE = Form("a number", ("1498", "-361", "51.4%", "3.8 points"), _whole(AMOUNT), "number")
GOAL = Form(
    "a target: a change, a value to reach, or `none`",
    ("-2.5%", "+20", "51.4%", "3.8 points", "none"),
    _whole(rf"{AMOUNT}|{_any_case('none')}"),
    "number",
)
QUANTITY = Form(
    "a number as it was published",
    ("77%", "about 120", "£2 million", "more than 500"),
    _whole(rf"{ROUGHLY}(?:£\s*(?:{SIGN}\s*)?{NUMBER}|{AMOUNT}){SCALE}"),
    "number",
)
MONEY = Form(
    "an amount of money",
    ("£2 million", "£450,000"),
    _whole(rf"{ROUGHLY}(?:£\s*)?{NUMBER}{SCALE}"),
    "number",
)
PEOPLE = Form(
    "a number of people, or of full-time posts",
    ("412", "36.5", "about 120"),
    _whole(rf"{ROUGHLY}{NUMBER}{SCALE}"),
    "number",
)
YES_NO = Form(
    "yes or no",
    ("yes", "no"),
    _whole(_one_of(["yes", "true", "on", "no", "false", "off"])),
    as_yes_no=True,
)
MONTH = Form(
    "a month",
    ("2009-06", "June 2009"),
    _whole(
        rf"[0-9]{{4}}{BETWEEN}(?:{MONTH_NUMBER}|{MONTH_NAME})|"
        rf"(?:{MONTH_NUMBER}|{MONTH_NAME}){BETWEEN}[0-9]{{4}}"
    ),
)
DAY = Form(
    "a day",
    ("2010-06-30", "30 June 2010"),
    _whole(
        rf"[0-9]{{4}}-{MONTH_NUMBER}-{DAY_NUMBER}|{DAY_NUMBER}\s+{DATE_NAME}\s+[0-9]{{4}}",
    ),
)
TIME = Form("a time of day", ("18:30", "6pm", "midday"), _whole(f"{CLOCK}|{NOON}"), "number")
PHONE_NUMBER = Form("a telephone number", ("101", "020 7202 0202"), _whole(PHONE), "number")
EMAIL = Form(
    "an e-mail address",
    ("name@example.org",),
    _whole(r"(?:mailto:)?[\w.+'-]{1,64}@[\w-]+(?:\.[\w-]+)+"),
)
WEB_ADDRESS = Form(
    "a web address, as it stands in a browser", ("www.example.org/page",), _whole(ADDRESS)
)
PICTURE = Form("a picture in the edition’s images folder", ("images/map.png",), _whole(FILE))
DRAWING = Form(
    "a drawing by its name, or a picture in the edition’s images folder",
    ("phone", "images/station.jpg"),
    _whole(rf"[a-z]+(?:-[a-z]+)*|{FILE}"),
)
COLOUR = Form(
    "a colour, in six digits from 0 to f",
    ("#1d3f2b",),
    _whole("#?(?:[0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})"),
    "number",  # digits alone
)
INKS = Form(
    "cyan, magenta, yellow and black in percent",
    ("95 55 0 70",),
    _whole(r"[^0-9]*(?:[0-9]+[\s%,/]+){3}[0-9]+[\s%,/]*"),
)
FONT_FOLDER = Form(
    "a folder of typefaces in content/brand",
    ("brand/lato",),
    _whole(r"(?:content/)?brand(?:/[^/]+)+/?"),
)
LOGO_FILE = Form(
    "an SVG or a PNG in content/brand",
    ("brand/logo.svg",),
    _whole(r"(?:content/)?brand/.+\.(?:[Ss][Vv][Gg]|[Pp][Nn][Gg])"),
)
ONS_CODE = Form(
    "a code of the Office for National Statistics",
    ("E09000016",),
    _whole("[EWSNKewsnk][0-9]{8}"),
)
WARD_CODE = Form("the ONS code of a ward", ("E05013967",), _whole("[EWew]05[0-9]{6}"))
CHECKSUM = Form(
    "a SHA-256 checksum", ("0" * 64,), _whole("[0-9A-Fa-f]{64}"), "integer"
)  # digits alone
PAPER = Form(
    "a paper: its weight and its surface",
    ("115 g/m² silk", "90gsm uncoated"),
    _whole(r"[0-9]{2,3}\s*(?:[Gg]/[Mm][²2]|[Gg][Ss][Mm]|[Gg])\.?\s+[A-Za-z]+"),
)
LENGTH = r"[0-9]{1,4}(?:\.[0-9]{1,2})?"
MILLIMETRES = Form(
    "a length in millimetres",
    ("20", "12.5 mm"),
    _whole(rf"{LENGTH}\s*(?:mm)?"),
    "number",
    least=0,
    most=300,
)
TYPE_SIZE = Form(
    "a size of type from 10 to 12 pt",
    ("11", "10.5 pt"),
    _whole(rf"{LENGTH}\s*(?:pt)?"),
    "number",
    least=10,
    most=12,
)
BATCH = Form(
    "a number of addresses, up to 5,000",
    ("1000",),
    _whole("[0-9,]+"),
    "integer",
    least=1,
    most=5000,
)
SPOKEN = Form(
    "a language, by its code or its own name",
    ("pl", "Polski"),
    _whole(_one_of(word for tag, each in LANGUAGES.items() for word in (tag, each.name))),
)
