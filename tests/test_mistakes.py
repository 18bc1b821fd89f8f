"""Every typical mistake of an editor, and the whole message that answers it.

The cases are in tests/cases/mistakes, to be read like a book: what was typed, then what is said. When
words change on purpose, `.venv/bin/python tests/test_mistakes.py` writes the messages anew: read the
difference before you commit it.
"""

import re
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

CASES = Path(__file__).parent / "cases" / "mistakes"
CASE = re.compile(
    r"^## (?P<name>.+)\n+(?P<files>(?:```yaml.*\n(?:(?!```).*\n)*```\n+)+)"
    r"```text\n(?P<told>(?:(?!```$).*\n)*?)```$",
    re.MULTILINE,
)
FILE = re.compile(r"^```yaml ?(?P<path>.*)\n(?P<words>(?:(?!```).*\n)*)```$", re.MULTILINE)
NOTHING = "nothing: this is understood\n"


@dataclass(frozen=True)
class Case:
    name: str
    files: dict[str, str]
    told: str


def cases(path: Path) -> Iterator[Case]:
    for match in CASE.finditer(path.read_text(encoding="utf-8")):
        files = {
            file["path"] or "2009-10/havering.yaml": file["words"]
            for file in FILE.finditer(match["files"])
        }
        yield Case(match["name"], files, match["told"])


BY_NAME = {
    f"{path.stem}: {case.name}": case for path in sorted(CASES.glob("*.md")) for case in cases(path)
}


@pytest.mark.parametrize("case", BY_NAME.values(), ids=BY_NAME)
def test_a_mistake_is_told_with_its_place_and_the_way_out(case, problems_in):
    assert (problems_in(case.files) or NOTHING.strip()) + "\n" == case.told


@pytest.mark.parametrize("path", sorted(CASES.glob("*.md")), ids=lambda path: path.stem)
def test_no_case_is_passed_over(path):
    headings = re.findall(r"^## (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    assert [case.name for case in cases(path)] == headings


def test_the_page_of_usual_mistakes_says_what_is_said():
    import typical  # noqa: PLC0415 - it reads the cases of this file

    assert typical.PAGE.read_text("utf-8") == typical.page()
    assert sum(len(typical.rows(chapter)) for chapter in typical.CHAPTERS.values()) >= 60


def rewrite(path: Path) -> None:
    """Writes the messages of a file of cases anew."""
    from conftest import SMALL_SITE, found_in, said  # noqa: PLC0415 - pytest loads it by itself

    def anew(match: re.Match[str]) -> str:
        files = {
            file["path"] or "2009-10/havering.yaml": file["words"]
            for file in FILE.finditer(match["files"])
        }
        with tempfile.TemporaryDirectory() as scratch:
            folder = Path(scratch) / "content"
            for name, words in (SMALL_SITE | files).items():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                (folder / name).write_text(words, encoding="utf-8", newline="")
            told = said(found_in(folder))
        return f"## {match['name']}\n\n{match['files']}```text\n{told or NOTHING.strip()}\n```"

    path.write_text(CASE.sub(anew, path.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))
    for file in CASES.glob("*.md"):
        rewrite(file)
