"""What docs/ and README.md say about the content is what the code does."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from documents import (
    BOROUGH,
    CONTENT,
    IN_PLACE_OF,
    PAGES,
    QUOTED,
    ROOT,
    Block,
    anchors,
    blocks,
    change,
    code,
    coded,
    content_with,
    links,
    merged,
    problems,
    row_change,
    table,
    tables,
)
from pydantic import BaseModel

from policing_summary import checks, content, model, numerals, prose, source
from policing_summary.figures import Figure
from policing_summary.model.base import DRAWINGS, Web
from policing_summary.model.files import MeasureEntry
from policing_summary.model.results import Row
from policing_summary.quantities import read_quantity
from policing_summary.references import FORMS
from policing_summary.wording import ENGLISH

DEVELOPERS = ROOT / "docs" / "developers.md"
EDITORS = ROOT / "docs" / "editors.md"
FILES = {
    "yaml borough": BOROUGH,
    "yaml edition": "content/2009-10/edition.yaml",
    "yaml site": "content/site.yaml",
}
# They move whenever a line is added above the mistake, and nobody is misled by that.
NUMBERS_OF_LINES = re.compile(
    r"(?<=:)\d+(?=:\d+$)|^ *\d+(?=│)|(?<=on line )\d+|^ +(?=[╭│╰])", re.MULTILINE
)


def named(found: Iterator[tuple[Path, Block]]) -> dict[str, Block]:
    return {f"{page.name} {number}": block for number, (page, block) in enumerate(found, 1)}


def all_blocks(wanted: str) -> Iterator[tuple[Path, Block]]:
    for page in PAGES:
        for block in blocks(page):
            if re.fullmatch(wanted, block.info):
                yield page, block


def sheet_of(borough: str, folder: Path = CONTENT) -> Any:
    sheets, _ = checks.run(content.load(folder))
    return next(sheet for sheet in sheets if sheet.path == f"2009-10/{borough}")


# Links and pictures


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_each_link_leads_somewhere(page):
    for link in links(page):
        if not link.startswith(("http://", "https://")):
            path, _, anchor = link.partition("#")
            target = page.parent / path if path else page
            assert target.exists(), f"{link} is not there"
            assert not anchor or anchor in anchors(target), f"{link} leads to no heading"


def test_the_pictures_are_small():
    sizes = {path.name: path.stat().st_size for path in (ROOT / "docs" / "images").glob("*.webp")}
    assert sizes
    assert all(size < 150_000 for size in sizes.values()), sizes
    assert sum(sizes.values()) < 550_000


# Examples


YAML = named(all_blocks("yaml( .*)?"))


@pytest.mark.parametrize("block", YAML.values(), ids=YAML)
def test_each_yaml_example_can_be_read(block):
    read = source.parse if not block.text.startswith("- ") else rows_as_document
    assert read(block.text, "example")


def rows_as_document(text: str, name: str) -> source.Document:
    return source.parse("rows:\n" + text, name)


EXAMPLES = named(all_blocks("|".join(FILES)))


@pytest.mark.parametrize("block", EXAMPLES.values(), ids=EXAMPLES)
def test_each_complete_example_is_accepted_in_its_file(block, tmp_path):
    file = FILES[block.info]
    text = (ROOT / file).read_text("utf-8")
    folder = content_with(tmp_path, file, text, merged(text, block.text))
    assert problems(folder) == ()


ROWS = named(all_blocks("yaml row"))


@pytest.mark.parametrize("block", ROWS.values(), ids=ROWS)
def test_a_row_is_printed_as_its_example_says(block, tmp_path):
    rows = "".join(f"    {line}\n" for line in block.text.splitlines())
    text = f"performance:\n  period: a year\n  measures:\n{rows}"
    folder = content_with(tmp_path, BOROUGH, (ROOT / BOROUGH).read_text("utf-8"), text)
    figures = sheet_of("havering", folder).table("performance", "measures")
    comments = re.findall(r"^  # (.*)$", block.text, re.MULTILINE)
    assert comments
    assert comments == [printed(figure) for figure in figures][-len(comments) :]


def printed(figure: Figure) -> str:
    """The cells of the figure's row in the table that have something to ENGLISH."""
    target = ENGLISH.target(figure.target) if figure.target else ""
    cells = (
        form(figure) for form in (ENGLISH.before, ENGLISH.latest, ENGLISH.change, ENGLISH.percent)
    )
    return " | ".join(filter(None, (*cells, target, ENGLISH.told(figure))))


# Messages


MESSAGES = {
    f"{page.name}: {match['new']}": match
    for page in PAGES
    for match in QUOTED.finditer(page.read_text("utf-8"))
}


@pytest.mark.parametrize("match", MESSAGES.values(), ids=MESSAGES)
def test_a_message_that_is_quoted_is_what_the_product_says(match):
    said = change(match).said()
    assert NUMBERS_OF_LINES.sub("", match["said"]) == NUMBERS_OF_LINES.sub("", said)


MISTAKES = {
    f"{header} {row[0]}": (row_change(header, row[0]), *row[1:])
    for page in PAGES
    for each in tables(page)
    if (header := each.header[0]).startswith(IN_PLACE_OF)
    for row in each.rows
}


@pytest.mark.parametrize(("mistake", "what", "way_out"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_in_a_table_is_told_as_it_says_there(mistake, what, way_out):
    assert (what, way_out) in [(told.what, told.way_out) for told in mistake.problems()]


def test_there_are_mistakes_to_look_at():
    assert len(MESSAGES) >= 3
    assert len(MISTAKES) >= 20


# The section that docs/developers.md adds


def test_a_section_takes_the_three_files_that_the_page_for_developers_shows(project):
    added = [block for block in blocks(DEVELOPERS) if "/" in block.info]
    assert [block.info.partition(" ")[0] for block in added] == ["python", "html", "yaml"]
    for block in added:
        path = project.root / block.info.partition(" ")[2]
        before = path.read_text("utf-8") if path.exists() else ""
        path.write_text(before + "\n" + block.text, "utf-8")
    done = project.run()
    assert done.returncode == 0, done.stderr
    page = (project.root / "output/site/2009-10/havering/index.html").read_text("utf-8")
    assert "The front counter is closed for repairs. Until 30 September 2010." in page
    assert 'href="#noticeboard"' in page
    assert "warning" not in done.stderr


# Tables of what may be written


SECTIONS = {code(row[0]): row for row in table(EDITORS, "section", "must have").rows}


def test_each_section_has_its_row_in_the_usual_order():
    assert list(SECTIONS) == list(model.sections())


@pytest.mark.parametrize("name", model.sections())
def test_the_fields_of_a_section_stand_where_they_belong(name):
    kind = model.sections()[name]
    _, must, may, looks = SECTIONS[name]
    fields = {info.alias or key: info for key, info in kind.model_fields.items()}
    del fields["easy-read"]  # has a chapter of its own
    if name == "foreword":  # a foreword by one person is written as if it were the message
        assert {"from", "body"} <= set(coded(must))
        assert {"title", "quote", "messages"} <= set(coded(may))
        return
    assert set(coded(must)) == {key for key, info in fields.items() if info.is_required()}
    assert set(coded(may)) == {key for key, info in fields.items() if not info.is_required()}
    inner = {key for info in fields.values() for key in fields_within(info.annotation)}
    described = set(coded(looks)) | set(coded(must)) | set(coded(may)) | ROW_FIELDS | TOLD_BESIDE
    told_with_the_foreword = {"name", "role", "organisation", "email", "photo"}
    assert inner <= described | told_with_the_foreword


def fields_within(annotation: Any) -> Iterator[str]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel) and annotation != Web:
        for key, info in annotation.model_fields.items():
            yield info.alias or key
            yield from fields_within(info.annotation)
    for inner in get_args(annotation):
        yield from fields_within(inner)


ROW_FIELDS = {name for row in table(EDITORS, "field of a row").rows for name in coded(row[0])}
MEASURE_FIELDS = {
    name for row in table(EDITORS, "field of a measure").rows for name in coded(row[0])
}
TOLD_BESIDE = {"group", "value"}  # in the row of `groups`


@pytest.mark.parametrize(
    ("kind", "listed"),
    [(Row, ROW_FIELDS | TOLD_BESIDE), (MeasureEntry, MEASURE_FIELDS)],
    ids=["row", "measure"],
)
def test_a_table_of_fields_is_complete(kind, listed):
    assert set(fields_within(kind)) == listed


def test_every_drawing_is_listed():
    listed = [name for row in table(EDITORS, "drawings", "names").rows for name in coded(row[1])]
    assert sorted(listed) == sorted(DRAWINGS)


REFERENCES = {code(row[0]): row[1] for row in table(EDITORS, "you refer to", "it prints").rows}


@pytest.mark.parametrize(("typed", "shown"), REFERENCES.items(), ids=REFERENCES)
def test_a_reference_prints_what_its_row_says(typed, shown):
    assert prose.fill(typed, sheet_of("bromley").figures) == shown


def test_every_form_of_a_reference_is_listed():
    listed = {typed.strip("{} ").partition(".")[2] for typed in REFERENCES}
    assert listed == {*FORMS, ""}


SINGLE = {code(row[0]): row[1] for row in table(EDITORS, "you type", "it prints").rows}


@pytest.mark.parametrize(("typed", "shown"), SINGLE.items(), ids=SINGLE)
def test_a_single_figure_is_printed_as_its_row_says(typed, shown):
    assert ENGLISH.quantity(read_quantity(typed.removeprefix("figure: "))) == shown


MARKDOWN = {
    "`**bold**`": "<strong>bold</strong>",
    "`*italic*`": "<em>italic</em>",
    "`[our plan](https://www.example.org/plan)`": '<a href="https://www.example.org/plan">our plan</a>',
    "`<https://www.example.org/>`": '<a href="https://www.example.org/">https://www.example.org/</a>',
    "`- `": "<ul>",
    "`1. `": "<ol>",
    "`> `": "<blockquote>",
    '`"quoted"`': "“quoted”",
    "`it's`": "it’s",
    "`--`": "–",
    "`...`": "…",
}


@pytest.mark.parametrize(("shown", "html"), MARKDOWN.items(), ids=MARKDOWN)
def test_markdown_works_as_the_page_says(shown, html):
    typed = shown.strip("`")
    assert shown in EDITORS.read_text("utf-8")
    words = f"{typed}word" if typed.endswith(" ") else f"a {typed} b"
    assert html in prose.render(words, sheet_of("bromley").figures)


READERS = {
    "number": lambda text: numerals.count(numerals.read_number(text).value),
    "change": lambda text: numerals.signed(numerals.read_number(text).value),
    "percent": lambda text: numerals.signed_percent(numerals.read_number(text).value),
    "month": lambda text: str(numerals.Month.read(text)),
    "day": lambda text: str(numerals.Day.read(text)),
    "phone": lambda text: numerals.Phone.read(text).shown,
    "time": lambda text: str(numerals.Time.read(text)),
}
TYPED = table(EDITORS, "kind", "you type").rows


@pytest.mark.parametrize(("kind", "typed", "shown"), TYPED, ids=[row[1] for row in TYPED])
def test_what_is_typed_is_printed_in_one_way(kind, typed, shown):
    assert READERS[kind](code(typed)) == shown
