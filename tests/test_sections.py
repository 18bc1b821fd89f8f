"""Every section as it is printed: two specimens that have all of them between them."""

import csv
import io
import shutil
from pathlib import Path
from types import MappingProxyType

import pytest
import tinyhtml5

from policing_summary import checks, content, environment, leaflet, model, site, tracing
from policing_summary.formats import DEFAULT
from policing_summary.sheet import Sheet

CASES = Path(__file__).parent / "cases" / "every-section"
BOROUGHS = ("bromley", "havering")


@pytest.fixture(scope="module")
def sheets(tmp_path_factory) -> MappingProxyType[str, Sheet]:
    folder = tmp_path_factory.mktemp("every-section") / "content"
    shutil.copytree(CASES, folder)
    shutil.copy(Path(environment.ROOT) / "content" / "site.yaml", folder)
    found, warnings = checks.run(content.load(folder))
    assert warnings == []
    return MappingProxyType({sheet.borough.slug: sheet for sheet in found})


@pytest.fixture(scope="module")
def files(sheets) -> dict[str, str]:
    any_sheet = next(iter(sheets.values()))
    printed = [site.Printed(each, (), tracing.trace(each)) for each in sheets.values()]
    made = site.pages(any_sheet.site, printed)
    return {
        name: data.decode("utf-8-sig")
        for name, data in made.items()
        if name.endswith((".html", ".csv", ".txt"))
    }


def test_the_specimens_have_every_section_that_the_usual_editions_have_not(sheets):
    shown = {part.name for sheet in sheets.values() for part in sheet.borough.parts}
    assert set(model.sections()) - shown <= {
        *("mission", "plan", "achievements", "commander", "initiatives"),
        *("priorities", "partnership"),
    }


@pytest.mark.parametrize("borough", BOROUGHS)
@pytest.mark.parametrize("file", ["index.html", "summary.txt"])
def test_the_sections_are_as_they_were_looked_at(files, golden, borough, file):
    """What surrounds the sections is looked at elsewhere."""
    made = files[f"2024-25/{borough}/{file}"]
    suffix = file.rpartition(".")[2]
    main = "<main" + made.partition("<main")[2].partition("</main>")[0]
    golden(f"sections-{borough}.{suffix}", main if suffix == "html" else made)


@pytest.mark.parametrize("borough", BOROUGHS)
def test_every_number_in_them_has_something_behind_it(sheets, borough):
    assert tracing.trace(sheets[borough]).untraced == ()


def test_numbers_that_stand_in_no_table_are_data_with_their_period_and_source(files):
    rows = {
        row["id"]: row for row in csv.DictReader(io.StringIO(files["2024-25/havering/figures.csv"]))
    }
    told = rows["headline-figures-1"]
    assert (told["value"], told["printed_as"], told["unit"]) == ("120", "about 120", "count")
    assert (told["period"], told["source"]) == ("in a sample month", "A sample survey")
    assert told["printed_in"] == "headline-figures"
    assert rows["progress-1"]["value"] == "-6.3"
    assert rows["progress-1"]["period"] == "12 months to December 2024"
    assert rows["progress-3"]["source"] == "Another sample report"
    assert (rows["funding-1"]["value"], rows["funding-1"]["unit"]) == ("2000000", "pounds")
    assert rows["workforce-2"]["measure"] == "Police community support officers"
    assert rows["workforce-2"]["period"] == "on 31 March 2025"


def test_a_headline_takes_its_number_from_the_table_and_is_listed_there(files):
    rows = csv.DictReader(io.StringIO(files["2024-25/havering/figures.csv"]))
    large = [row["id"] for row in rows if "headline-figures" in row["printed_in"].split("; ")]
    assert large == ["robbery.percent", "trust.now", "headline-figures-1", "headline-figures-2"]


def test_a_number_that_was_wrong_or_a_reference_is_no_figure(files):
    page = files["2024-25/bromley/index.html"]
    assert "<del>The team has 14 constables.</del>" in page
    assert "Reference 4711/16FEB25." in files["2024-25/havering/index.html"]


def test_each_language_says_which_it_is_and_which_way_it_runs(files):
    tree = tinyhtml5.parse(files["2024-25/bromley/index.html"], namespace_html_elements=False)
    items = [each for each in tree.iter("li") if each.get("dir")]
    assert [(each.get("lang"), each.get("dir")) for each in items] == [
        *(("pl", "ltr"), ("cy", "ltr"), ("tr", "ltr"), ("so", "ltr"), ("ur", "rtl"))
    ]


def test_a_leaflet_has_the_typeface_of_each_language_that_it_speaks_in(sheets):
    document = leaflet.compose(sheets["bromley"], DEFAULT)
    assert "Noto Naskh Arabic" in document.families
    assert '[lang=ur] { font-family: "Source Sans 3", "Noto Naskh Arabic"; }' in document.styles
    assert "Noto Naskh Arabic" not in leaflet.compose(sheets["havering"], DEFAULT).families


def test_sessions_come_in_the_order_of_their_days_and_corrections_latest_first(files):
    page = files["2024-25/bromley/index.html"]
    days = ["Advice on bicycles", "Street stall", "Coffee with your team"]
    assert sorted(days, key=page.index) == days
    assert page.index("20 June 2025") < page.index("2 May 2025")


def test_a_map_is_drawn_with_its_words_beside_it(files):
    page = files["2024-25/bromley/index.html"]
    drawing = page.partition('<figure class="map-figure">')[2].partition("</figure>")[0]
    assert drawing.count('class="tile"') == 32
    assert drawing.count('class="here-tile"') == 1
    assert "<title>Map of the boroughs of London: Bromley is brought out</title>" in drawing
    assert "Its neighbours are Bexley" in drawing
