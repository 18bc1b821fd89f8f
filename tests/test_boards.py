"""Boroughs side by side: who stands on a board, what can be joined in time, and what its page says."""

import re
from decimal import Decimal

import pytest
from conftest import SMALL_SITE

from policing_summary import boards, checks, content, site, tracing, trends
from policing_summary.document import Leaflet
from policing_summary.formats import DEFAULT
from policing_summary.language import ENGLISH
from policing_summary.numerals import Month

CODES = {"a": "Alton", "b": "Barford", "c": "Corby", "d": "Dunmow", "e": "Elmley", "f": "Fordham"}
SITE = SMALL_SITE["site.yaml"].partition("boroughs:")[0] + "boroughs:\n"
SITE += "".join(
    f"  {slug}: {{name: {name}, code: E0900000{number}}}\n"
    for number, (slug, name) in enumerate(CODES.items(), 1)
)
NEXT = (
    SMALL_SITE["2009-10/edition.yaml"]
    .replace("2009/10", "2010/11")
    .replace("April 2009 to March 2010", "April 2010 to March 2011")
)


def borough(now=80, *, before=100, period="April 2009 to March 2010", head="", row="") -> str:
    return f"""\
{head}performance:
  period: {period}
  measures:
    - {{measure: robbery, before: {before}, now: {now}{row}}}
    - {{measure: public-confidence, now: 60%}}
"""


@pytest.fixture
def read(site_folder):
    def load(changes=()):
        files = {f"2009-10/{slug}.yaml": borough(80 + 10 * n) for n, slug in enumerate(CODES)}
        whole = {"site.yaml": SITE, "2009-10/havering.yaml": None, **files, **dict(changes)}
        return content.load(site_folder(whole))

    return load


@pytest.fixture
def boards_of(read):
    def work_out(changes=()):
        sheets, _ = checks.run(read(changes))
        return {board.path: board for board in boards.of(sheets)}

    return work_out


@pytest.fixture
def page_of(read):
    def render(path, changes=()):
        loaded = read(changes)
        sheets, _ = checks.run(loaded)
        printed = [
            site.Printed(each, ((DEFAULT, Leaflet(b"", 8)),), tracing.trace(each))
            for each in sheets
        ]
        return site.pages(loaded, printed)[path].decode()

    return render


def names(board) -> list[str]:
    return [entry.borough.entry.name for entry in board.entries]


def test_boroughs_stand_by_name_and_not_in_order_of_their_figures(boards_of):
    changes = {"2009-10/f.yaml": borough(10), "2009-10/a.yaml": borough(500)}
    board = boards_of(changes)["2009-10/measures/robbery"]
    assert names(board) == list(CODES.values())


def test_a_specimen_stands_on_no_board_and_its_page_says_so(boards_of, page_of):
    changes = {"2009-10/b.yaml": borough(head="specimen: Made up.\n")}
    assert "Barford" not in names(boards_of(changes)["2009-10/measures/robbery"])
    page = page_of("2009-10/measures/robbery/index.html", changes)
    assert "because their figures are samples: Barford." in page


def test_one_borough_alone_is_set_beside_nobody(boards_of):
    changes = {f"2009-10/{slug}.yaml": None for slug in "bcdef"}
    assert boards_of(changes) == {}


def test_a_borough_without_the_figure_is_named(page_of):
    alone = borough().replace("    - {measure: robbery, before: 100, now: 80}\n", "")
    page = page_of("2009-10/measures/robbery/index.html", {"2009-10/d.yaml": alone})
    assert "Without this figure: Dunmow." in page


NOTES = {
    "a break": (borough(row=", series-break: Counted anew"), "no change is worked out", "not comp"),
    "few offences": (borough(12, before=10), "fewer than 50 offences", "too few for a percentage"),
    "another period": (borough(period="a sample year"), "for another period", "a sample year"),
    "provisional": (
        borough(row=", status: provisional, note: Awaiting a check"),
        "Some figures are provisional",
        "Provisional: Awaiting a check",
    ),
}


@pytest.mark.parametrize(("text", "told", "in_row"), NOTES.values(), ids=NOTES)
def test_what_cannot_be_compared_is_told_below_the_table_and_in_its_row(
    page_of, text, told, in_row
):
    path = "2009-10/measures/robbery/index.html"
    assert told not in page_of(path)
    page = page_of(path, {"2009-10/c.yaml": text})
    assert told in page.partition("What to know before comparing")[2]
    row = next(row for row in page.split("<tr>") if ">Corby</a>" in row)
    assert in_row in row


def test_a_cell_without_a_value_has_none_to_sort_by(page_of):
    text = borough(row=", series-break: Counted anew")
    page = page_of("2009-10/measures/robbery/index.html", {"2009-10/c.yaml": text})
    rows = {row: re.findall(r'data-value="([^"]+)"', row) for row in page.split("<tr>")[2:]}
    by_name = {re.search(r">(\w+)</a>", row)[1]: values for row, values in rows.items()}
    assert by_name["Alton"] == ["100", "80", "-20", "-20.0"]
    assert by_name["Corby"] == ["100", "80"]


def test_no_row_has_a_number_of_its_place(page_of):
    page = page_of("2009-10/measures/robbery/index.html")
    table = page.partition("<tbody>")[2].partition("</tbody>")[0]
    first_cells = re.findall(r"<tr>\s*<th[^>]*>(.*?)</th>", table, re.DOTALL)
    assert [re.sub("<[^>]+>", "", cell).strip() for cell in first_cells] == list(CODES.values())


def test_page_and_board_lead_to_each_other(page_of):
    there = page_of("2009-10/a/index.html")
    assert 'href="../measures/robbery/index.html"' in there
    assert 'href="../compare/index.html"' in there
    back = page_of("2009-10/measures/robbery/index.html")
    assert 'href="../../a/index.html#performance"' in back


# Over several editions


def later(now=90, before=80, row="") -> str:
    return borough(now, before=before, period="April 2010 to March 2011", row=row)


def editions(text) -> dict[str, str]:
    return {"2010-11/edition.yaml": NEXT, "2010-11/a.yaml": text}


def lines(board) -> list[list[tuple[str, int]]]:
    ((name, past),) = board.histories
    assert name == "Alton"
    return [[(point.at.iso, int(point.value)) for point in line] for line in past.lines]


def test_an_edition_that_gives_what_was_given_before_is_joined(boards_of):
    found = boards_of(editions(later()))
    assert lines(found["2010-11/measures/robbery"]) == [
        [("2009-03", 100), ("2010-03", 80), ("2011-03", 90)]
    ]
    assert found["2009-10/measures/robbery"].histories == ()  # it knows nothing of what came later


@pytest.mark.parametrize(
    "text", [later(before=81), later(row=", series-break: Counted anew")], ids=["revised", "break"]
)
def test_what_is_on_another_basis_makes_no_line(boards_of, text):
    assert "2010-11/measures/robbery" not in boards_of(editions(text))


def test_a_revision_begins_a_new_line_and_is_told(boards_of, page_of):
    third = NEXT.replace("2010/11", "2011/12").replace("2010 to March 2011", "2011 to March 2012")
    changes = {
        **editions(later(before=81)),
        "2011-12/edition.yaml": third,
        "2011-12/a.yaml": borough(95, before=90, period="April 2011 to March 2012"),
    }
    found = boards_of(changes)["2011-12/measures/robbery"]
    assert lines(found) == [
        [("2009-03", 100), ("2010-03", 80)],
        [("2010-03", 81), ("2011-03", 90), ("2012-03", 95)],
    ]
    page = page_of("2011-12/measures/robbery/index.html", changes)
    assert "Alton: 2010/11 gives another figure for the year before" in page


def test_a_measure_that_is_another_thing_by_now_is_not_joined(boards_of):
    other = NEXT.replace("name: Robbery", "name: Robbery of shops")
    assert other != NEXT
    found = boards_of({**editions(later()), "2010-11/edition.yaml": other})
    assert "2010-11/measures/robbery" not in found


def test_the_drawing_tells_both_ends_and_draws_from_nought(boards_of):
    board = boards_of(editions(later()))["2010-11/measures/robbery"]
    ((name, past),) = board.histories
    drawing = trends.small_chart(name, past, board.entries[0].figure, trends.Words(ENGLISH))
    assert "from 100 in March 2009 to 90 in March 2011" in drawing
    (path,) = re.findall(r'class="trend" d="([^"]+)"', drawing)
    heights = [trends.FOOT - float(point.split()[1]) for point in path[1:].split("L")]
    assert heights == pytest.approx(
        [(trends.FOOT - trends.TOP) * share for share in (1, 0.8, 0.9)], abs=0.02
    )
    assert past.points[0].at == Month(2009, 3)


def test_bars_of_one_table_share_a_scale():
    long, short = (
        float(
            re.search(
                r'width="([\d.]+)" height="8"', trends.bar(Decimal(v), Decimal(20), is_level=False)
            )[1]
        )
        for v in (-20, 5)
    )
    assert (long, short) == (trends.MIDDLE, trends.MIDDLE / 4)
