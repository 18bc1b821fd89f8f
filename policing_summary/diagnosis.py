"""Why a file cannot be read as YAML, told from the line where the parser stopped.

The parser gives places; what it says in words is for programmers and is not looked at. Each question
looks at the stop and answers with a problem, or leaves it to the next.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

import yaml

from policing_summary.errors import Place, Problem

OPENERS = {'"': "quotation mark", "'": "quotation mark", "[": "bracket", "{": "bracket"}
NAMES = {
    "`": "a backtick",
    "-": "a hyphen and a space",
    '"': 'a quotation mark (")',
    "'": "a quotation mark (')",
}
BEGINNING = re.compile(r"\s*(?:- +)*(?:[^\s:#'\"{\[][^:#]*:\s+)?")
QUOTE_ALL = "put quotation marks around the whole text, or write `|` and the text on the next line"


@dataclass(frozen=True)
class _Stop:
    """Where the parser gave up, and what it had begun to read."""

    name: str
    lines: tuple[str, ...]
    number: int
    column: int
    opened: yaml.Mark | None

    @property
    def line(self) -> str:
        return self.lines[self.number]

    @property
    def indent(self) -> int:
        return _indent(self.line)

    @property
    def value_at(self) -> int:
        """Where the text begins, after hyphens and a key."""
        match = BEGINNING.match(self.line)
        return match.end() if match else 0

    @property
    def value(self) -> str:
        return self.line[self.value_at :].rstrip()

    @property
    def before(self) -> int:
        return self.above(self.number)

    def above(self, number: int) -> int:
        """The nearest line above with something in it; the same one if there is none."""
        above = (n for n in range(number - 1, -1, -1) if self.lines[n].strip())
        return next(above, number)

    def tell(
        self, what: str, way_out: str, column: int, width: int = 1, number: int | None = None
    ) -> Problem:
        """A problem at a column of this line, or of another; both count from 0."""
        number = self.number if number is None else number
        return Problem(
            Place(self.name, number + 1, column + 1, width, self.lines[number]), what, way_out
        )


def diagnose(name: str, lines: tuple[str, ...], error: yaml.YAMLError) -> Problem:
    """The likeliest mistake behind a parser's error."""
    mark = getattr(error, "problem_mark", None)
    number = min(mark.line, len(lines) - 1) if mark else 0
    column = min(mark.column, len(lines[number])) if mark else 0
    stop = _Stop(name, lines, number, column, getattr(error, "context_mark", None))
    answers = (question(stop) for question in QUESTIONS)
    return next((answer for answer in answers if answer), _unknown(stop))


def _is_a_tab_used(stop: _Stop) -> Problem | None:
    for number in (stop.number, stop.before):
        line = stop.lines[number]
        indent = line[: len(line) - len(line.lstrip())]
        if "\t" in indent:
            way_out = "use two spaces for each level"
            at = indent.index("\t")
            return stop.tell("this line is indented with a tab", way_out, at, number=number)
    return None


def _is_something_left_open(stop: _Stop) -> Problem | None:
    """What was opened on an earlier line and not closed before the parser gave up."""
    if not stop.opened or stop.opened.line >= stop.number:
        return None
    line, column = stop.lines[stop.opened.line], stop.opened.column
    thing = OPENERS.get(line[column : column + 1])
    if not thing:
        return None
    way_out = (
        "close it, and put a comma between any two parts; each part is `name: value`"
        if thing == "bracket"
        else "close it; inside a text in quotation marks write an apostrophe as ’"
    )
    what = f"the {thing} that opens here is not closed where it should be"
    return stop.tell(what, way_out, column, number=stop.opened.line)


def _does_a_text_begin_with_a_sign(stop: _Stop) -> Problem | None:
    value = stop.value
    sign = value[:1]
    if stop.column < stop.value_at or not (
        sign in {"@", "`", "%", "&", "*", "!"}
        or (sign in {"|", ">"} and value.rstrip("+-0123456789") != sign)
        or value.startswith(("? ", "- "))
    ):
        return None
    what = f"a text may not begin with {NAMES.get(sign, f'`{sign}`')}"
    return stop.tell(what, "put quotation marks around the whole text", stop.value_at, len(value))


def _does_a_text_go_on_after_its_end(stop: _Stop) -> Problem | None:
    """After the quotation mark or bracket that closes it."""
    value, column = stop.value, stop.column
    sign = value[:1] if column >= stop.value_at else ""
    if sign in {'"', "'"}:
        if stop.line[column : column + 1] == "\\":
            what = "a backslash has a meaning of its own between these quotation marks"
            return stop.tell(what, "use single quotation marks (') around the text", column)
        what = f"the text begins with {NAMES[sign]} and goes on after the one that closes it"
        way_out = "write “ ” or ’ inside a text, or put the text on the next line, after `|`"
        return stop.tell(what, way_out, column)
    if sign not in {"[", "{"}:
        return None
    if value[-1:] in {"]", "}"}:
        what = "what stands between these brackets cannot be read"
        way_out = "put commas between the parts, and quotation marks around a text with `,` or `: `"
        return stop.tell(what, way_out, stop.value_at, len(value))
    return stop.tell(f"a text may not begin with `{sign}`", QUOTE_ALL, stop.value_at, len(value))


def _is_there_a_colon_in_the_text(stop: _Stop) -> Problem | None:
    value, at = stop.value, stop.value_at
    if at < stop.column and (": " in value or value.endswith(":")):
        return stop.tell("a colon inside the text is read as a new key", QUOTE_ALL, at, len(value))
    return None


OTHER_BULLET = re.compile(r"(?P<bullet>[•·▪●◦‣∙]|[–—](?=\s[^\W\d]))\s+\S")
"""What Word puts before an item; a dash before a number is a minus."""
NO_BULLET = "an item of a list does not begin with `{}`"
BULLET = "begin it with a hyphen and a space: `- `"
OTHER_COLON = re.compile(r"(?P<key>[a-z][a-z-]*)\s*(?P<sign>[=;：])\s")


def no_colon(match: re.Match[str]) -> tuple[str, str]:
    """What is wrong with a key that is followed by another sign, and the way out."""
    what = f"`{match['sign']}` stands after `{match['key']}`, and a colon belongs there"
    return what, f"write `{match['key']}: ` and then the text"


def _is_a_space_or_colon_missing(stop: _Stop) -> Problem | None:
    for number in (stop.number, stop.before):
        words = stop.lines[number].strip()
        column = _indent(stop.lines[number])
        if match := re.match(r"-?\s*[\w-]+(?P<colon>:)[^\s/]", words):
            way_out = "put a space between the colon and what follows it"
            at = column + match.start("colon")
            return stop.tell("there is no space after this colon", way_out, at, number=number)
        if words in {"...", "---"}:
            what = f"`{words}` ends the file here, and something stands after it"
            return stop.tell(what, "delete this line", column, 3, number)
        if match := OTHER_BULLET.match(words):
            return stop.tell(NO_BULLET.format(match["bullet"]), BULLET, column, 1, number)
        if match := OTHER_COLON.match(words):
            what, way_out = no_colon(match)
            return stop.tell(what, way_out, column + match.start("sign"), 1, number)
        if not words or ":" in words or words.startswith(("-", "#")):
            continue
        if stop.lines[stop.above(number)].rstrip().endswith(("|", ">")):
            what = "this text is not indented"
            way_out = "begin it two spaces further in than the key above it"
        else:
            what = "this line is neither `key: value`, nor an item that begins with `- `"
            way_out = (
                "is a colon missing? A text that goes on from the line above is indented further"
            )
        return stop.tell(what, way_out, column, len(words), number)
    return None


def _is_a_hyphen_missing(stop: _Stop) -> Problem | None:
    for number in range(stop.number - 1, -1, -1):
        line = stop.lines[number]
        if line.strip() and _indent(line) <= stop.indent:
            if not line.lstrip().startswith("- ") or _indent(line) < stop.indent:
                return None
            return stop.tell(
                "a new item begins here without its hyphen",
                "begin it with `- `, or indent it as far as the rest of the item above",
                stop.indent,
                len(stop.line.strip()),
            )
    return None


def _is_the_indentation_off(stop: _Stop) -> Problem | None:
    if not stop.line.strip():
        return None
    above = stop.lines[stop.before]
    if stop.number != stop.before and stop.indent > _indent(above):
        return stop.tell(
            "this line is indented as if it belonged to the line above, which has its value already",
            "begin it exactly below the line it belongs with",
            stop.indent,
            len(stop.line.strip()),
        )
    levels = {_indent(line) for line in stop.lines[: stop.number] if line.strip()}
    if levels and stop.indent not in levels:
        return stop.tell(
            f"this line begins after {stop.indent} {'space' if stop.indent == 1 else 'spaces'}, "
            "and no line above it does",
            "begin it exactly below the line it belongs with",
            stop.indent,
            len(stop.line.strip()),
        )
    return None


QUESTIONS: tuple[Callable[[_Stop], Problem | None], ...] = (
    _is_a_tab_used,
    _is_something_left_open,
    _does_a_text_begin_with_a_sign,
    _does_a_text_go_on_after_its_end,
    _is_there_a_colon_in_the_text,
    _is_a_space_or_colon_missing,
    _is_a_hyphen_missing,
    _is_the_indentation_off,
)


def _unknown(stop: _Stop) -> Problem:
    return stop.tell(
        "the file cannot be read from here on",
        "compare the indentation with the lines above, and look for a bracket or quotation "
        "mark that is not closed",
        stop.column,
    )


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
