"""Translated boroughs: the same figures in other words, and English where there are none."""

import csv
import io

import pytest

from policing_summary import checks, content, site, tracing
from policing_summary.document import Leaflet
from policing_summary.formats import DEFAULT

SITE = """\
title: Local Policing Summary
description: What the police did.
address: https://summary.example.org/
area: London
languages: [pl, ur]
publisher: {name: Metropolitan Police Authority}
boroughs:
  havering: {name: Havering, code: E09000016}
  bromley: {name: Bromley, code: E09000006}
"""
EDITION = """\
title: Local Policing Summary 2009/10
label: 2009/10
period: April 2009 to March 2010
measures:
  robbery: {name: Robbery}
  gun-crime: {name: Gun crime}
mission:
  body: One purpose.
contacts:
  - {name: Crimestoppers, purpose: Say what you know, phone: 0800 555 111}
"""
HAVERING = """\
summary: What the police did in Havering.
figures:
  fewer: {value: 4555, label: Fewer crimes since 2005, source: The commander}
commander:
  from: {name: Michael Smith, role: Borough Commander, email: m.smith@example.org}
  body: |
    Robbery rose by {{ robbery.more }}, or {{ robbery.percent }}. There were 4,555 fewer crimes.
performance:
  period: April 2009 to March 2010
  measures:
    - {measure: robbery, before: 1000, now: 2255, note: Counted anew.}
    - {measure: gun-crime, before: 100, now: 90}
priorities:
  period: 2010/11
  items:
    - {measure: robbery, target: -2.5%}
    - A priority in words.
contacts:
  keep-shared: yes
  list: [{name: Police station, phone: 0300 123 1212}]
"""
TRANSLATED = {
    "site.yaml": SITE,
    "site.pl.yaml": "title: Podsumowanie\ndescription: Co zrobiła policja.\narea: Londyn\n",
    "2009-10/edition.yaml": EDITION,
    "2009-10/edition.pl.yaml": """\
title: Podsumowanie 2009/10
label: 2009/10
period: od kwietnia 2009 do marca 2010
measures: {robbery: {name: Rozboje}, gun-crime: {name: Broń palna}}
contacts:
  - {name: Crimestoppers, purpose: Powiedz, co wiesz}
""".replace("Powiedz, co wiesz", '"Powiedz, co wiesz"'),
    "2009-10/havering.yaml": HAVERING,
    "2009-10/havering.pl.yaml": """\
summary: Co zrobiła policja w Havering.
commander:
  from: {role: Komendant dzielnicy}
  body: |
    Rozbojów przybyło {{ robbery.more }}, czyli {{ robbery.percent }}. Przestępstw było o 4 555 mniej.
performance:
  period: od kwietnia 2009 do marca 2010
  measures:
    - {note: Policzono od nowa.}
    -
priorities:
  items:
    -
    - Priorytet słowami.
  period: 2010/11
contacts:
  list: [{name: Komisariat}]
""",
}


@pytest.fixture
def sheets(site_folder):
    def read(**changes):
        """The sheets by path, and what was told."""
        files = TRANSLATED | {f"2009-10/{name}.yaml": text for name, text in changes.items()}
        found, told = checks.run(content.load(site_folder(files)))
        return {sheet.path: sheet for sheet in found}, told

    return read


def test_a_translated_borough_is_another_sheet_in_a_folder_of_its_own(sheets):
    found, told = sheets()
    assert told == []
    assert list(found) == ["2009-10/havering", "2009-10/havering/pl"]
    polish = found["2009-10/havering/pl"]
    assert polish.original is found["2009-10/havering"]
    assert (polish.language.tag, polish.is_checked) == ("pl", False)


def test_it_says_the_same_figures_under_other_names(sheets):
    found, _ = sheets()
    english, polish = (
        found[path].table("performance", "measures")
        for path in ("2009-10/havering", "2009-10/havering/pl")
    )
    assert [(f.id, f.now, f.percent, f.target) for f in english] == [
        (f.id, f.now, f.percent, f.target) for f in polish
    ]
    assert [(f.name, f.note) for f in polish] == [
        ("Rozboje", "Policzono od nowa."),
        ("Broń palna", None),
    ]
    assert [goal.text for goal in found["2009-10/havering/pl"].goals] == [
        "Rozboje",
        "Priorytet słowami.",
    ]


def test_names_addresses_and_numbers_come_from_the_original(sheets):
    found, _ = sheets()
    polish = found["2009-10/havering/pl"].borough
    author = polish.part("commander").section.author
    assert (author.name, author.role, author.email) == (
        "Michael Smith",
        "Komendant dzielnicy",
        "m.smith@example.org",
    )
    station, crimestoppers = polish.part("contacts").section.entries
    assert (station.name, station.phone.shown) == ("Komisariat", "0300 123 1212")
    assert (crimestoppers.purpose, crimestoppers.phone.shown) == (
        "Powiedz, co wiesz",
        "0800 555 111",
    )


def test_a_section_that_is_not_translated_stands_in_english_and_knows_it(sheets):
    found, _ = sheets()
    languages = {
        part.name: part.language.tag for part in found["2009-10/havering/pl"].borough.parts
    }
    assert languages.pop("mission") == "en-GB"
    assert set(languages.values()) == {"pl"}


def test_a_section_whose_translation_lacks_something_stands_in_english_whole(sheets):
    less = TRANSLATED["2009-10/havering.pl.yaml"].replace("    - Priorytet słowami.\n", "")
    found, told = sheets(**{"havering.pl": less})
    (warning,) = told
    assert warning.severity == "warning"
    part = found["2009-10/havering/pl"].borough.part("priorities")
    assert part.language.is_english
    assert part.section == found["2009-10/havering"].borough.part("priorities").section


FORMATS = EDITION + "formats: [a5-booklet, large-print, accessible]\n"


def test_a_translation_of_most_words_comes_in_every_format(sheets):
    found, _ = sheets(edition=FORMATS)
    assert found["2009-10/havering/pl"].edition.head.formats == (
        "a5-booklet",
        "large-print",
        "accessible",
    )


@pytest.mark.parametrize(
    ("formats", "kept"),
    [
        ("[large-print, a5-booklet]", ("large-print",)),
        ("[none]", ("none",)),
        (None, ()),
    ],
)
def test_a_translation_of_a_few_words_comes_in_the_first_format(formats, kept, sheets):
    less = TRANSLATED["2009-10/havering.pl.yaml"].partition("commander:")[0]
    edition = EDITION + (f"formats: {formats}\n" if formats else "")
    found, _ = sheets(**{"havering.pl": less, "edition": edition})
    assert found["2009-10/havering/pl"].edition.head.formats == kept


def test_two_translated_files_in_one_section_are_both_wanted(sheets):
    less = TRANSLATED["2009-10/edition.pl.yaml"].partition("contacts:")[0]
    found, _ = sheets(**{"edition.pl": less})
    assert found["2009-10/havering/pl"].borough.part("contacts").language.is_english


def test_figures_in_a_text_are_filled_in_as_the_language_writes_them_and_traced(sheets):
    found, _ = sheets()
    polish = found["2009-10/havering/pl"]
    assert polish.figures.printed("robbery.more") == "1\u00a0255"
    assert polish.figures.printed("robbery.percent") == "+125,5%"
    assert tracing.trace(polish).untraced == ()


def test_a_number_that_nothing_stands_behind_is_told_in_the_file_that_says_it(sheets):
    wrong = TRANSLATED["2009-10/havering.pl.yaml"].replace("4 555", "4 556")
    found, _ = sheets(**{"havering.pl": wrong})
    (told,) = tracing.trace(found["2009-10/havering/pl"]).untraced
    assert told.what == "no figure stands behind `4 556`"
    assert (told.place.file, told.place.line) == ("content/2009-10/havering.pl.yaml", 5)


@pytest.fixture
def files(site_folder):
    read = content.load(site_folder(TRANSLATED))
    found, _ = checks.run(read)
    printed = [
        site.Printed(sheet, ((DEFAULT, Leaflet(b"", 8)),), tracing.trace(sheet)) for sheet in found
    ]
    return site.pages(read, printed)


def test_a_part_in_english_is_marked_and_the_reader_is_told_so(files):
    page = files["2009-10/havering/pl/index.html"].decode()
    mission = page.partition('<section id="mission"')[2].partition("</section>")[0]
    assert 'lang="en-GB" dir="ltr"' in mission.partition(">")[0]
    assert '<p class="untranslated" lang="pl" dir="ltr">Tej części nie przetłumaczono.' in mission
    assert '<a href="#mission" lang="en-GB" dir="ltr">' in page
    commander = page.partition('<section id="commander"')[2].partition("</section>")[0]
    assert "lang=" not in commander
    assert "Rozbojów przybyło 1\u00a0255, czyli +125,5%." in commander
    assert "Tego tłumaczenia nie sprawdziła jeszcze" in page


def test_each_version_links_to_the_others_and_says_which_it_is(files):
    for path in ("2009-10/havering/index.html", "2009-10/havering/pl/index.html"):
        page = files[path].decode()
        assert page.count('rel="alternate" hreflang=') == 3
        current = page.partition('aria-current="page">')[2].partition("<")[0]
        assert current == ("Polski" if "/pl/" in path else "English")


def test_figures_are_given_as_data_once(files):
    data = [path for path in files if path.endswith("figures.csv")]
    assert sorted(data) == [
        "2009-10/figures.csv",
        "2009-10/havering/figures.csv",
        "data/figures.csv",
    ]
    rows = list(csv.DictReader(io.StringIO(files["2009-10/figures.csv"].decode("utf-8-sig"))))
    assert {row["measure"] for row in rows} == {"Robbery", "Gun crime", "Fewer crimes since 2005"}
    assert len({row["id"] for row in rows}) == len(rows)
    assert b'href="../figures.csv"' in files["2009-10/havering/pl/index.html"]


def test_no_borough_is_its_own_peer(sheets):
    found, _ = sheets()
    assert found["2009-10/havering"].peers == found["2009-10/havering/pl"].peers == {}
