"""Why a file cannot be read as YAML, told from the line where the parser stopped.

The parser gives places; what it says in words is for programmers and is not looked at.
"""

import yaml

from policing_summary.errors import Place, Problem

OPENERS = {'"': "quotation mark", "'": "quotation mark", "[": "bracket", "{": "bracket"}


def diagnose(name: str, lines: tuple[str, ...], error: yaml.MarkedYAMLError) -> Problem:
    """The likeliest mistake behind a parser's error."""
    return _unclosed(name, lines, error) or _read_line(name, lines, error.problem_mark)


def _unclosed(name: str, lines: tuple[str, ...], error: yaml.MarkedYAMLError) -> Problem | None:
    """What was opened on an earlier line and not closed before the parser gave up."""
    opened, stopped = error.context_mark, error.problem_mark
    if not opened or not stopped or opened.line == stopped.line:
        return None
    line = lines[opened.line]
    thing = OPENERS.get(line[opened.column : opened.column + 1])
    if not thing:
        return None
    place = Place(name, opened.line + 1, opened.column + 1, 1, line)
    return Problem(
        place,
        f"the {thing} that opens here is never closed",
        "close it; inside a quoted text use ’ for an apostrophe, or write `|` and a new line",
    )


def _read_line(name: str, lines: tuple[str, ...], mark: yaml.Mark | None) -> Problem:
    """Why the parser could not go on, told from the line it stopped at."""
    number = min(mark.line, len(lines) - 1) if mark else 0
    line = lines[number] if lines else ""
    column = min(mark.column, len(line)) if mark else 0
    place = Place(name, number + 1, column + 1, 1, line)
    indent = line[: len(line) - len(line.lstrip())]
    if "\t" in indent:
        at = Place(name, number + 1, indent.index("\t") + 1, 1, line)
        return Problem(at, "this line is indented with a tab", "use two spaces for each level")
    value = line.partition(":")[2].strip()
    if value[:1] in {"@", "`", "%", "|", ">", "&", "*", "!", "?"} and value[1:2] not in {
        "",
        "-",
        "+",
    }:
        at = Place(name, number + 1, line.index(value) + 1, len(value), line)
        return Problem(
            at, f"a text may not begin with `{value[0]}`", "put quotation marks around it"
        )
    if value[:1] in {'"', "'"}:
        return Problem(
            place,
            f"the text in quotation marks does not end where it should ({value[0]})",
            "close it at its end; inside the text use ’ for an apostrophe, or `|` and a new line",
        )
    if ": " in value or value.endswith(":"):
        at = Place(name, number + 1, line.index(value) + 1, len(value), line)
        return Problem(
            at,
            "a colon inside the text is read as a new key",
            "put quotation marks around the text, or write `|` and the text on the next line",
        )
    before = next((n for n in range(number - 1, -1, -1) if lines[n].strip()), number)
    for suspect in (number, before):
        words = lines[suspect].strip() if lines else ""
        if not words or ":" in words or words.startswith(("-", "#")):
            continue
        at = Place(name, suspect + 1, lines[suspect].index(words) + 1, len(words), lines[suspect])
        return Problem(
            at,
            "this line is neither `key: value`, nor an item that begins with `- `",
            "is a colon and a space missing, or does the line belong to the text above?",
        )
    levels = {len(li) - len(li.lstrip()) for li in lines[:number] if li.strip()}
    if line.strip() and len(indent) not in levels:
        return Problem(
            place,
            f"this line is indented by {len(indent)}, which fits no line above it",
            "begin it exactly below the line it belongs with",
        )
    return Problem(
        place,
        "the file cannot be read from here on",
        "compare the indentation with the lines above, and look for a bracket or quotation "
        "mark that is not closed",
    )
