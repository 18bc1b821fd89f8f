"""README.md and docs/*.md → their code blocks, tables and links, for the tests that hold them to the code.

When the words of a message change on purpose, `.venv/bin/python tests/documents.py` writes it anew
wherever it is quoted. Read the difference before you commit it.
"""

import re
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

ROOT = Path(__file__).parent.parent
if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))

from policing_summary import checks, content, errors  # noqa: E402 - found once the path is set

CONTENT = ROOT / "content"
PAGES = (ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md")))
FENCE = re.compile(
    r"(?:^(?P<before>[^\n]*)\n)?^```(?P<info>[^\n]*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL
)
BOROUGH = "content/2009-10/havering.yaml"
IN_PLACE_OF = "in place of "
QUOTED = re.compile(
    r"(?P<mark><!-- (?P<file>\S+): «(?P<old>.*)» becomes «(?P<new>.*)» -->\n```text\n)"
    r"(?P<said>(?:(?!```$).*\n)*)",
    re.MULTILINE,
)
LINK = re.compile(r"\]\((?P<plain>[^)\s]+)\)|(?:src|srcset|href)=\"(?P<quoted>[^\"]+)\"")


@dataclass(frozen=True)
class Block:
    """A fenced block: `info` is what stands after the fence, `before` the line above it."""

    info: str
    text: str
    before: str


@dataclass(frozen=True)
class Table:
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def blocks(page: Path) -> list[Block]:
    found = FENCE.finditer(page.read_text("utf-8"))
    return [Block(match["info"], match["text"], match["before"] or "") for match in found]


def tables(page: Path) -> list[Table]:
    """Every table; a `\\|` inside a cell is a bar."""
    found = re.findall(r"(?:^\|.*\|\n)+", FENCE.sub("", page.read_text("utf-8")), re.MULTILINE)
    return [_table(lines.splitlines()) for lines in found]


def _table(lines: list[str]) -> Table:
    header, _, *rows = map(_cells, lines)
    return Table(header, tuple(rows))


def _cells(line: str) -> tuple[str, ...]:
    """The cells of a line of a table; none if it is no such line."""
    return tuple(
        cell.replace("\\|", "|").strip() for cell in re.split(r"(?<!\\)\|", line.strip())[1:-1]
    )


def table(page: Path, *header: str) -> Table:
    """The one table whose header begins so."""
    [found] = [each for each in tables(page) if each.header[: len(header)] == header]
    return found


def code(cell: str) -> str:
    """The words in backticks with which a cell begins."""
    return cell.removeprefix("`").partition("`")[0]


def coded(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def links(page: Path) -> list[str]:
    text = FENCE.sub("", page.read_text("utf-8"))
    text = re.sub(r"`[^`\n]*`", "", text)
    return [match["plain"] or match["quoted"] for match in LINK.finditer(text)]


def anchors(page: Path) -> set[str]:
    """The places of a page that can be linked to, as GitHub names them."""
    titles = re.findall(r"^#+ (.*)$", FENCE.sub("", page.read_text("utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def content_with(folder: Path, file: str, old: str, new: str) -> Path:
    """A copy of content/, without its translations, in which `old` became `new` once in `file`."""
    copy = folder / "content"
    shutil.copytree(CONTENT, copy, ignore=shutil.ignore_patterns("*.*.yaml"))
    path = folder / file
    text = path.read_text("utf-8")
    assert old in text, f"{file} does not contain {old!r} any more"
    path.write_text(text.replace(old, new, 1), "utf-8")
    return copy


def problems(folder: Path) -> tuple[errors.Problem, ...]:
    """What the product says about a content folder."""
    try:
        _, found = checks.run(content.load(folder, drafts=True))
    except errors.ContentError as error:
        return error.problems
    return tuple(found)


def merged(text: str, changes: str) -> str:
    """A YAML file with some of its top-level keys set over by those of another."""

    def parts(yaml: str) -> dict[str, str]:
        found = re.findall(
            r"^(?P<key>[\w-]+):(?P<rest>.*?)(?=^[\w-]+:|\Z)", yaml, re.MULTILINE | re.DOTALL
        )
        return {key: f"{key}:{rest}" for key, rest in found}

    return "".join((parts(text) | parts(changes)).values())


@dataclass(frozen=True)
class Change:
    """An editor's mistake: `old` became `new` once in `file`."""

    file: str
    old: str
    new: str

    def problems(self) -> tuple[errors.Problem, ...]:
        with tempfile.TemporaryDirectory() as folder:
            return problems(content_with(Path(folder), self.file, self.old, self.new))

    def said(self) -> str:
        return "\n\n".join(errors.show(problem) for problem in self.problems()) + "\n"


def change(match: re.Match[str]) -> Change:
    """The change that stands in the mark above a quoted message."""
    old, new = (match[name].replace("\\n", "\n") for name in ("old", "new"))
    return Change(match["file"], old, new)


def row_change(header: str, typed: str) -> Change:
    """The change that a row of a table of mistakes means; ⇥ is a tab."""
    return Change(BOROUGH, code(header.removeprefix(IN_PLACE_OF)), code(typed).replace("⇥", "\t"))


def renewed(text: str) -> str:
    """A page with every quoted message as the product says it now."""
    text = QUOTED.sub(lambda match: match["mark"] + change(match).said(), text)
    lines, header = [], ""
    for line in text.splitlines(keepends=True):
        cells = _cells(line)
        header = cells[0] if cells and cells[0].startswith(IN_PLACE_OF) else header if cells else ""
        is_row = header and cells[0] != header and not cells[0].startswith("---")
        lines.append(_renewed_row(header, cells) if is_row else line)
    return "".join(lines)


def _renewed_row(header: str, cells: tuple[str, ...]) -> str:
    typed, what, _ = cells
    said = row_change(header, typed).problems()
    if not said:
        sys.exit(f"Nothing is said any more about {typed}: take the row out.")
    nearest = max(said, key=lambda problem: SequenceMatcher(None, problem.what, what).ratio())
    new = (typed, nearest.what, nearest.way_out or "")
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in new)} |\n"


def rewrite(pages: tuple[Path, ...], renew: Callable[[str], str]) -> None:
    for page in pages:
        before = page.read_text("utf-8")
        if (after := renew(before)) != before:
            page.write_text(after, "utf-8")
            sys.stdout.write(f"{page.relative_to(ROOT)} has changed\n")


if __name__ == "__main__":
    rewrite(PAGES, renewed)
