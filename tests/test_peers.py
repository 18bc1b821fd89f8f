"""A borough among the others: whose figures are set side by side, and how the strip shows it."""

import re
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest
from conftest import SMALL_SITE

from policing_summary import peers, strips, tracing
from policing_summary.errors import Place
from policing_summary.figures import Figure
from policing_summary.model.files import MeasureEntry
from policing_summary.peers import Peer
from policing_summary.wording import ENGLISH

SVG = "{http://www.w3.org/2000/svg}"
NAMES = ["Alton", "Barford", "Corby", "Dunmow", "Elmley", "Fordham", "Garford"]


def compared(values):
    names = [NAMES[i % len(NAMES)] for i in range(len(values))]
    made = [Peer(n, Decimal(v), Place("x.yaml", 1, 1)) for n, v in zip(names, values, strict=True)]
    return peers.compared("percent", made)


MIDDLES = {
    "an odd number": (["-20", "10", "0", "5", "-1"], "0"),
    "an even number": (["-20", "10", "0", "5", "-1", "3"], "1.5"),
    "half-way, rounded": (["-20", "10", "0.1", "0.2", "-1", "3"], "0.2"),
    "all the same": (["4"] * 5, "4"),
}


@pytest.mark.parametrize(("values", "middle"), MIDDLES.values(), ids=MIDDLES)
def test_the_middle_is_the_median(values, middle):
    assert compared(values).middle == Decimal(middle)


def test_lowest_and_highest_are_named_where_they_are_alone():
    alone = compared(["-20", "10", "0", "5", "-1"])
    assert (alone.name(alone.lowest, ENGLISH), alone.name(alone.highest, ENGLISH)) == (
        "Alton",
        "Barford",
    )
    shared = compared(["-20", "10", "-20", "10", "-1"])
    assert {shared.name(shared.lowest, ENGLISH), shared.name(shared.highest, ENGLISH)} == {
        "several boroughs"
    }


def test_among_four_there_is_no_comparison():
    assert compared(["1", "2", "3", "4"]) is None


# Whose figures are compared


CODES = {"a": "Alton", "b": "Barford", "c": "Corby", "d": "Dunmow", "e": "Elmley", "f": "Fordham"}
SITE = SMALL_SITE["site.yaml"].partition("boroughs:")[0] + "boroughs:\n"
SITE += "".join(
    f"  {slug}: {{name: {name}, code: E0900000{number}}}\n"
    for number, (slug, name) in enumerate(CODES.items(), 1)
)


def borough(now: int, more="", period="April 2009 to March 2010") -> str:
    return f"""\
{more}performance:
  period: {period}
  measures:
    - {{measure: robbery, before: 100, now: {now}}}
    - {{measure: gun-crime, before: 10, now: 9}}
    - {{measure: public-confidence, now: {now // 2}%}}
"""


@pytest.fixture
def sheets(sheets_of):
    def read(changes=()):
        files = {f"2009-10/{slug}.yaml": borough(80 + 10 * n) for n, slug in enumerate(CODES)}
        changed = {f"2009-10/{slug}.yaml": text for slug, text in dict(changes).items()}
        whole = {"site.yaml": SITE, "2009-10/havering.yaml": None, **files, **changed}
        return sheets_of(whole)[1]

    return read


def test_changes_in_percent_and_percentages_of_people_are_compared(sheets):
    found = sheets()["a"].peers
    assert set(found) == {"robbery", "public-confidence"}  # of gun crime there were too few
    lowest = found["robbery"].lowest
    assert (lowest.borough, lowest.value) == ("Alton", Decimal(-20))
    assert found["robbery"].count == 6
    assert found["public-confidence"].highest.value == 65


def test_it_is_worked_out_once_for_all_boroughs(sheets):
    assert len({id(sheet.peers) for sheet in sheets().values()}) == 1


LEFT_OUT = {
    "a specimen": {"specimen": borough(190, "specimen: A sample.\n")},
    "another period": {"period": borough(190, period="a sample year")},
}


@pytest.mark.parametrize("other", LEFT_OUT.values(), ids=LEFT_OUT)
def test_what_is_no_equal_is_left_out(sheets, other):
    (text,) = other.values()
    found = sheets({"f": text})
    assert found["f"].peers == {}
    assert found["a"].peers["robbery"].count == 5
    assert found["a"].peers["robbery"].highest.borough == "Elmley"


def test_what_the_page_says_of_the_others_is_among_its_facts(sheets):
    facts = {fact.id: fact for fact in tracing.trace(sheets()["c"]).facts}
    said = {form: facts[f"robbery.{form}"] for form in ("lowest", "middle", "highest")}
    assert {form: fact.shown for form, fact in said.items()} == {
        "lowest": "−20.0%",
        "middle": "+5.0%",
        "highest": "+30.0%",
    }
    assert said["lowest"].place.file == "content/2009-10/a.yaml"
    assert said["lowest"].how == "Alton, of 6 boroughs"
    assert said["highest"].printed == ("performance boroughs",)


# The strip


def drawn(values, own, name="Knives & guns") -> ET.Element:
    figure = Figure("x", MeasureEntry(name=name), percent=Decimal(own))
    return ET.fromstring(strips.small_chart(figure, compared(values), "Alton", ENGLISH))


STRIPS = {
    "the lowest": (["-20", "10", "0", "5", "-1"], "-20"),
    "the highest": (["-20", "10", "0", "5", "-1"], "10"),
    "the middle": (["-20", "10", "0", "5", "-1"], "0"),
    "all the same": (["4"] * 5, "4"),
    "very many": ([str(n) for n in range(1000)], "17"),
}
every_strip = pytest.mark.parametrize(("values", "own"), STRIPS.values(), ids=STRIPS)


def by_class(svg, kind):
    (found,) = (each for each in svg.iter() if each.get("class") == kind)
    return found


@every_strip
def test_each_borough_has_a_mark_to_scale(values, own):
    svg = drawn(values, own)
    marks = [float(x) for x in re.findall(r"M([\d.]+) ", by_class(svg, "peers").get("d"))]
    numbers = sorted({float(value) for value in values})
    if len(numbers) == len(marks):
        unit = (marks[-1] - marks[0]) / ((numbers[-1] - numbers[0]) or 1)
        wanted = [marks[0] + (number - numbers[0]) * unit for number in numbers]
        assert marks == pytest.approx(wanted, abs=0.6)
    places = peers.STEPS // peers.COARSE if len(values) > peers.MANY else peers.STEPS
    assert len(marks) == min(len(numbers), places + 1)
    at = float(by_class(svg, "here").get("x1"))
    apart = peers.COARSE * 292 / peers.STEPS if len(values) > peers.MANY else 0
    assert min(abs(at - mark) for mark in marks) < apart + 0.01


@every_strip
def test_everything_stays_inside_the_strip(values, own):
    svg = drawn(values, own)
    _, _, width, height = map(float, svg.get("viewBox").split())
    here = float(by_class(svg, "here").get("x1"))
    assert 2 <= here <= width - 2
    for text in svg.iter(f"{SVG}text"):
        length, at = len(text.text) * strips.TEXT * 0.5, float(text.get("x"))
        before = {"start": 0, "middle": length / 2, "end": length}[text.get("text-anchor", "start")]
        assert -0.1 <= at - before <= width - length + 0.1
        assert float(text.get("y")) < height


def test_the_strip_says_in_words_what_it_shows():
    svg = drawn(["-20", "10", "0", "5", "-1"], "-20")
    (title,) = svg.iter(f"{SVG}title")
    assert title.text == (
        "Strip of the change in percent of Knives & guns in the boroughs, from the lowest, −20.0% "
        "in Alton, to the highest, +10.0% in Barford. In the middle: 0.0%. Alton: −20.0%."
    )
    texts = [text.text for text in svg.iter(f"{SVG}text")]
    assert texts == [
        "Knives & guns",
        *("Alton −20.0%", "middle 0.0%", "Alton", "lowest −20.0%", "Barford", "highest +10.0%"),
    ]
