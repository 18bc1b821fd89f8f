"""What stands behind the numbers of a borough, and what is told of those with nothing behind them."""

import csv
import io
import json
import subprocess
from decimal import Decimal
from pathlib import Path

import pytest

from policing_summary import checks, content, export, tracing
from policing_summary.errors import show
from policing_summary.mentions import mentions

ROOT = Path(__file__).parent.parent
BOROUGH = """\
figures:
  arrests: {value: 555, label: Arrests by the town-centre team, source: Letter of 16 February}
commander:
  from: {name: A Smith, role: Borough Commander}
  body: |
    %s
performance:
  period: April 2009 to March 2010
  measures:
    - {measure: residential-burglary, before: 1498, now: 1880, target: -2.5%%}
    - {measure: robbery, change: +6, percent: +1.8, outcome: missed}
"""
BEHIND = {
    "a count": "There were 1,880 burglaries.",
    "a change without its sign": "There were 382 more.",
    "a change with its sign": "The change was +382.",
    "a percentage": "Burglary rose by 25.5 per cent.",
    "a target": "We aimed for 2.5% fewer.",
    "a declared figure": "We made 555 arrests.",
    "a reference": "Burglary: {{ residential-burglary.now }}.",
    "a reference to a declared figure": "We made {{ arrests }} arrests.",
    "ordinary numbers": "On 16 February 2010 we answered 999 calls 24/7.",
}
NOTHING_BEHIND = {
    "a slip of a digit": (
        "There were 1,808 burglaries.",
        "1,808",
        "1,880 (Residential burglary, now)",
    ),
    "the wrong unit": ("There were 382%.", "382%", "+25.5% (Residential burglary, percent)"),
    "the wrong sign": ("The change was −382.", "−382", "+382 (Residential burglary, change)"),
    "a number of its own": ("We seized 63 knives.", "63", "+6 (Robbery, change)"),
}


TERMS = export.Terms("Open", "Us", "https://example.org/data/", "https://example.org/schema.json")


def lines(facts) -> list[export.Line]:
    return [export.line(export.Record(fact, "2009-10")) for fact in facts]


@pytest.fixture
def traced(site_folder):
    def trace(words):
        site = content.load(site_folder({"2009-10/havering.yaml": BOROUGH % words}))
        sheets, _ = checks.run(site)
        return tracing.trace(sheets[0])

    return trace


@pytest.mark.parametrize("words", BEHIND.values(), ids=BEHIND)
def test_a_number_with_a_figure_behind_it_raises_no_alarm(words, traced):
    assert [show(problem) for problem in traced(words).untraced] == []


@pytest.mark.parametrize(
    ("words", "number", "nearest"), NOTHING_BEHIND.values(), ids=NOTHING_BEHIND
)
def test_a_number_with_nothing_behind_it_is_told_with_the_nearest(words, number, nearest, traced):
    (problem,) = traced(words).untraced
    assert problem.what == f"no figure stands behind `{number}`"
    assert nearest in (problem.way_out or "")
    assert problem.place.quote[problem.place.column - 1 :].startswith(number)


@pytest.fixture(scope="module")
def shipped():
    site = content.load(ROOT / "content")
    sheets, _ = checks.run(site)
    return {sheet.path: tracing.trace(sheet) for sheet in sheets}


def test_the_shipped_content_raises_no_alarm(shipped):
    assert [show(p) for trace in shipped.values() for p in trace.untraced] == []


def test_the_sum_says_how_it_was_got(shipped):
    facts = shipped["2009-10/havering"].facts
    total = next(
        f for f in facts if f.id == "serious-acquisitive-crime.change" and f.area == "Havering"
    )
    assert (total.value, total.how) == (Decimal(-294), "382 + 6 − 361 − 321 = −294")
    assert total.printed == ("performance table", "commander text")


def test_every_fact_says_where_it_is_typed_and_where_it_is_from(shipped):
    lines = {
        name: (ROOT / name).read_text("utf-8").splitlines()
        for name in {f.place.file for trace in shipped.values() for f in trace.facts}
    }
    for trace in shipped.values():
        for fact in trace.facts:
            assert fact.source, fact.id
            assert fact.printed, fact.id
            digits = str(abs(fact.value)).removesuffix(".0")
            typed = lines[fact.place.file][fact.place.line - 1].replace(",", "")
            millions = f"{fact.value / 1_000_000:f}".rstrip("0").rstrip(".")
            assert fact.how or digits in typed or f"{millions} million" in typed, fact


def test_the_table_for_spreadsheets_has_every_fact_and_no_formula(shipped):
    facts = shipped["2009-10/havering"].facts
    rows = list(csv.DictReader(io.StringIO(export.to_csv(lines(facts)).decode("utf-8-sig"))))
    assert [row["id"] for row in rows] == [fact.id for fact in facts]
    assert [Decimal(row["value"]) for row in rows] == [fact.value for fact in facts]
    texts = [cell for row in rows for name, cell in row.items() if name not in export.NUMBERS]
    assert [cell for cell in texts if cell.startswith(export.FORMULA)] == []


def test_a_label_that_looks_like_a_formula_stays_a_text(traced):
    (fact, *_) = traced("Nothing.").facts
    changed = [
        f
        for f in export.to_csv(lines([_renamed(fact, "=1+1")])).decode().splitlines()
        if "1+1" in f
    ]
    assert all("'=1+1" in line for line in changed)
    assert changed


def _renamed(fact, name):
    from dataclasses import replace  # noqa: PLC0415 - used here alone

    return replace(fact, name=name)


def test_the_json_says_the_same_as_the_table(shipped):
    facts = shipped["2009-10/havering"].facts
    figures = json.loads(export.to_json(lines(facts), "Havering", TERMS))["figures"]
    assert [(f["id"], f["value"]) for f in figures] == [(f.id, str(f.value)) for f in facts]


@pytest.mark.parametrize("path", ["2009-10/havering", "2009-10/bromley"])
def test_every_number_in_the_leaflet_is_traced(shipped, built, path):
    leaflet = built.root / "output" / "site" / path / "leaflet.pdf"
    text = subprocess.run(
        ["pdftotext", "-raw", leaflet, "-"], capture_output=True, check=True, text=True
    ).stdout
    known = {abs(fact.value) for fact in shipped[path].facts}
    folios_and_numbered_lists = {Decimal(number) for number in range(1, 9)}
    lost = [
        mention.words
        for mention in mentions(text)
        if abs(mention.value) not in known | folios_and_numbered_lists
    ]
    assert lost == []
    assert sum(abs(m.value) in known for m in mentions(text)) > 40


# Months


MONTHLY = (
    BOROUGH
    + """\
    - measure: gun-crime
      now: 120
      months: [5, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 15]
"""
)


@pytest.fixture
def months_traced(site_folder):
    def trace(words):
        text = (MONTHLY % words).replace("March 2010\n", "March 2010\n  from-month: 2009-04\n")
        site = content.load(site_folder({"2009-10/havering.yaml": text}))
        sheets, _ = checks.run(site)
        return tracing.trace(sheets[0])

    return trace


def test_each_month_is_a_fact_with_its_place(months_traced):
    facts = [fact for fact in months_traced("Nothing.").facts if fact.form == "month"]
    assert len(facts) == 12
    last = facts[-1]
    assert (last.id, last.shown, last.period) == ("gun-crime.2010-03", "15", "March 2010")
    assert last.place.quote[last.place.column - 1 :][:2] == "15"
    assert last.printed == ("performance months",)


def test_a_month_stands_behind_no_number_in_a_text(months_traced):
    (problem,) = months_traced("We seized 15 knives.").untraced
    assert "nearest is +6 (Robbery, change)" in problem.way_out
