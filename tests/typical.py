"""docs/mistakes.md: the mistakes that are made most, each with what is said to it.

What is said comes from tests/cases/mistakes, where the product is held to it. After a change there,
`.venv/bin/python tests/typical.py` writes the page anew. Read the difference before you commit it.
"""

import re
import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))

import test_mistakes

PAGE = Path(__file__).parents[1] / "docs" / "mistakes.md"
HEAD = """\
# Usual mistakes, and what is said to them

Every message names the file, the line and the column, quotes the line, says one thing, and gives a way out. These are the mistakes
that people make most; there are as many again in `tests/cases/mistakes`, where each stands with its whole message. What the
parts of a file are called is in [the glossary](editors.md#words).
"""
CHAPTERS = {
    "Signs, spaces and lines": {
        "yaml": (
            "A quotation mark that is not closed",
            "An apostrophe inside single quotation marks",
            "A word in quotation marks at the start of a text",
            "A bracket that is not closed",
            "A comma forgotten between braces",
            "A colon inside a text",
            "A colon at the end of a text",
            "A colon without a space after it",
            "A colon forgotten",
            "An item without a space after its hyphen",
            "A hyphen forgotten before an item",
            "A line that is indented too far",
            "A line that is not indented far enough",
            "A second line of text that begins at the margin",
            "A long text that is not indented",
            "A text that begins with @",
            "A text that begins with %",
            "A text that begins with *",
            "A text that begins with #",
            "A text that begins with a hyphen and a space",
            "A text that begins with a figure filled in",
            "A second document",
        ),
        "office": (
            "A tab",
            "A bullet from Word",
            "A dash from Word in place of a hyphen",
            "Curly quotation marks around a key",
            "An equals sign in place of the colon",
            "A semicolon in place of the colon",
            "A mark of a merge",
        ),
    },
    "Keys and names": {
        "keys": (
            "A key that is misspelt",
            "A section that is misspelt",
            "A key with an underscore instead of a hyphen",
            "A key that is here twice",
            "Something that is missing",
            "Something needed that is left empty",
            "A section with nothing in it",
            "Text where a section is meant",
            "A list where text is meant",
            "A list with no items",
        ),
        "office": ("A key in capitals", "A list without its key"),
    },
    "Numbers, days and addresses": {
        "values": (
            "A letter O for a nought",
            "A number with a space in it",
            "A number with a comma in the wrong place",
            "A number that begins with a nought",
            "A fraction of an offence",
            "A month that is none",
            "A day that does not exist",
            "A phone number with a digit too few",
            "An e-mail address with a comma",
            "A web address with a blank",
            "A picture that is not there",
            "A contact without a way to be reached",
        ),
        "office": (
            "A comma at the end of a number",
            "A number with its word",
            "A day as it is written in a letter",
            "A telephone number with its words",
        ),
    },
    "Figures": {
        "figures": (
            "A measure that is not in the catalogue",
            "A percentage that does not follow from the counts",
            "A fall typed as a rise",
            "A sum that its parts do not give",
            "The same measure twice",
            "A row without any figure",
            "A target without its sign",
            "A fall that misses its target",
            "An achievement in the wrong list",
        ),
        "prose": (
            "A reference to a measure that has no row",
            "Fewer of a rise, and more of a fall",
            "A reference that is not closed",
        ),
    },
    "Texts and links": {
        "prose": ("A link without https", "A picture in a text", "A heading in a text"),
        "site": ("An address that leads nowhere", "A page without its title"),
    },
    "Files": {
        "office": (
            "A borough's file with a capital letter",
            "A copy of a file",
            "A file that the editor saved as text",
            "A file that ends in yml",
            "A borough that is misspelt in its file's name",
            "A file in the wrong folder",
            "An edition without its file",
        ),
    },
    "A typeface and a logo": {
        "brand": (
            "The name of a typeface in place of its folder",
            "A folder with a licence and no typefaces",
            "A web page saved as a font, and no licence",
            "A logo that is not there",
            "A logo that nothing says to those who do not see it",
            "A logo as a JPEG",
            "A logo with letters that need a font, and one for dark grounds with a gradient",
            "A white logo where paper is white",
        ),
    },
}
FIRST = re.compile(r"(?:error|warning): (?P<what>.*)\n(?:.*\n)*? *╰─ (?P<way_out>.*)")


def rows(chapter: dict[str, tuple[str, ...]]) -> list[tuple[str, str, str]]:
    """What happened, what is said, and the way out, of the first message of each case."""
    found = []
    for file, names in chapter.items():
        for name in names:
            match = FIRST.match(test_mistakes.BY_NAME[f"{file}: {name}"].told)
            assert match, name
            found.append((name, match["what"], match["way_out"]))
    return found


def page() -> str:
    parts = [HEAD]
    for title, chapter in CHAPTERS.items():
        lines = [
            "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |"
            for row in rows(chapter)
        ]
        table = "\n".join(
            ["| what happened | what is said | what to do |", "|---|---|---|", *lines]
        )
        parts.append(f"## {title}\n\n{table}\n")
    return "\n".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
