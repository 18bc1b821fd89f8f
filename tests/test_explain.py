"""`explain` and `list`: what is known of a place, and what there is in all."""

import io
import json
from contextlib import nullcontext

import pikepdf
import pytest
from conftest import SMALL_SITE

from policing_summary import fingerprint, model, source
from policing_summary.commands import explain
from policing_summary.commands import list as listing
from policing_summary.desk import places, printed
from policing_summary.errors import BuildError
from policing_summary.keyboard import Keyboard
from policing_summary.model.files import SiteFile

EDITION = SMALL_SITE["2009-10/edition.yaml"]
HAVERING = """\
draft: no
performance:
  period: April 2009 to March 2010
  measures:
    - measure: robbery
      before: 100
      now: 90
    - {measure: gun-crime, change: 3, outcome: missed}
commander:
  from: {name: A, role: B}
  body: |
    Robbery fell
    by {{ robbery.fewer }} offences.
contacts:
  - name: Police
    phone: 101
"""
BROMLEY = "leave-out: [mission]\ncontacts:\n  keep-shared: yes\n  list: {name: Us, phone: 101}\n"
SHARED = "mission:\n  body: One purpose.\ncontacts:\n  - {name: All, phone: 999}\n"
FILES = {
    "2009-10/edition.yaml": EDITION + SHARED,
    "2009-10/havering.yaml": HAVERING,
    "2009-10/bromley.yaml": BROMLEY,
}

STEPS = {
    "a key at the margin": ((1, None), ("draft",)),
    "a value after it": ((1, 8), ("draft",)),
    "an item, without a column": ((5, None), ("performance", "measures", 0)),
    "its first key": ((5, 7), ("performance", "measures", 0, "measure")),
    "a further key": ((7, None), ("performance", "measures", 0, "now")),
    "an item in braces": ((8, None), ("performance", "measures", 1)),
    "a key in braces": ((8, 30), ("performance", "measures", 1, "change")),
    "a text that goes on": ((13, None), ("commander", "body")),
    "a list in a section’s place": ((16, None), ("contacts", 0, "phone")),
}


@pytest.mark.parametrize(("place", "steps"), STEPS.values(), ids=STEPS)
def test_a_line_leads_to_what_stands_there(place, steps):
    assert places.steps_at(source.parse(HAVERING, "a"), *place) == steps


FIELDS = {
    "a key of a section": (("performance", "period"), "The time that the figures are of"),
    "a key of a row": (("performance", "measures", 0, "percent"), "Change in percent of before"),
    "an item of a section that is a list": (("contacts", 0, "charge-note"), "What a call costs"),
    "a foreword by one person": (("foreword", "from", "role"), "Rank or office"),
    "an id of the editor’s own": (("figures", "arrests"), None),
    "what is said of such an id": (("figures", "arrests", "label"), "What it counts"),
}


@pytest.mark.parametrize(("steps", "said"), FIELDS.values(), ids=FIELDS)
def test_a_key_has_its_description(steps, said):
    found = places.field_at(model.borough_file(), steps)
    assert (found is None) if said is None else found.description.startswith(said)


def test_a_borough_of_the_site_has_its_description():
    found = places.field_at(SiteFile, ("boroughs", "havering", "code"))
    assert found.description.startswith("ONS code")


@pytest.fixture
def asked(site_folder):
    """Runs a command on the small site, and gives what it said."""

    def run(command, *typed, files=FILES):
        said = []
        at = Keyboard(
            site_folder(files).parent, said.append, said.append, lambda _: None, nullcontext, str
        )
        assert command.run(command.parser().parse_args(typed), at) == 0
        return "\n".join(said)

    return run


ADDRESS = "https://summary.example.org/2009-10"
EXPLAINED = {
    "a figure": (
        "content/2009-10/havering.yaml:7",
        """\
content/2009-10/havering.yaml:7  now: 90
performance › measures › 1 › now

what it is:
    Count or percentage in this period

what can stand here:
    a number: `1498`, `-361`, `51.4%`, `3.8 points`

what is made of it:
    robbery.before is 100
    robbery.now is 90
    robbery.change is −10 = 90 − 100 = −10
    robbery.percent is −10.0% = −10 ÷ 100 × 100 = −10.0%

where it is printed:
    https://summary.example.org/2009-10/havering/#performance
    A5 booklet: not built
    no leaflet is built yet: after `python3 build.py` its pages are told here

shared and own:
    edition.yaml has no such section: it is this borough’s own

who refers to it:
    content/2009-10/edition.yaml:7: sum-of: [residential-burglary, robbery, theft-from-vehicles, theft-of-vehicles]
    content/2009-10/havering.yaml:11: body: |""",
    ),
    "a word out of a few": ("2009-10/havering.yaml:8:42", "    `achieved`, `missed`\n"),
    "one of the site’s names": ("2009-10/havering.yaml:5:7", "    `serious-acquisitive-crime`, "),
    "what has to be there": (
        "2009-10/havering.yaml:11",
        "    The message\n    It has to be there.\n",
    ),
    "a section": (
        "2009-10/havering.yaml:9",
        "    Its heading is “From your borough commander” unless",
    ),
    "a shared section": (
        "2009-10/edition.yaml:15",
        "every borough has it as it is here\n    left out by `bromley`",
    ),
    "where a shared one is printed": (
        "2009-10/edition.yaml:15",
        f"    {ADDRESS}/havering/#mission\n    A5 booklet",
    ),
    "one that is set over": ("2009-10/edition.yaml:17", "    set over by `bromley`, `havering`"),
    "one in another’s place": ("2009-10/havering.yaml:15", "this one stands in its place"),
    "one beside another": ("2009-10/bromley.yaml:3", "both are printed, this one first"),
    "a measure of the catalogue": (
        "2009-10/edition.yaml:9",
        "content/2009-10/havering.yaml:5: - measure: robbery",
    ),
    "a borough": ("site.yaml:6", "    One of these: Each borough under the name of its file"),
}


@pytest.mark.parametrize(("place", "told"), EXPLAINED.values(), ids=EXPLAINED)
def test_a_place_is_explained(place, told, asked):
    assert told in asked(explain, place)


# On which pages of a leaflet

WORDS = {
    1: "Local Policing Summary",
    2: "Results Robbery fell by ten offences",
    3: "Gun crime rose. From your commander Robbery fell",
    4: "The last page",
}
NAMES = {
    "performance": 2,
    "performance-title": 2,
    "end-performance": 3,
    "commander": 3,
    "end-commander": 3,
    "end-commander-side": 3,
}


def leaflet(words=WORDS, names=NAMES):
    """A PDF that names where its sections begin and end, as ours do."""
    pdf = pikepdf.new()
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    for text in words.values():
        pdf.add_blank_page(page_size=(420, 595))
        page = pdf.pages[-1]
        page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
        page.contents_add(f"BT /F 9 Tf 20 500 Td ({text}) Tj ET".encode())
    tree = pikepdf.NameTree.new(pdf)
    for name, number in names.items():
        tree[name] = pikepdf.Array([pdf.pages[number - 1].obj, pikepdf.Name.XYZ, 0, 0, 0])
    pdf.Root.Names = pikepdf.Dictionary(Dests=tree.obj)
    file = io.BytesIO()
    pdf.save(file)
    return file.getvalue()


PLACES = {
    "a section on one page": ("commander", [], "page 3 of 4"),
    "a section on two": ("performance", [], "pages 2 to 3 of 4"),
    "words in it": ("performance", ["Gun crime"], "page 3 of 4"),
    "words that stand elsewhere too": ("performance", ["Robbery fell"], "pages 2 to 3 of 4"),
    "words with a figure and marks": (
        "performance",
        ["*Robbery* fell by {{ robbery.fewer }}"],
        "page 2 of 4",
    ),
    "words that cannot be found": ("performance", ["Burglary"], "pages 2 to 3 of 4"),
    "a number, which would be found anywhere": ("performance", ["90"], "pages 2 to 3 of 4"),
    "a section that is not there": ("mission", ["Robbery"], "not printed in it"),
    "words in no section": ("", ["Local Policing Summary"], "page 1 of 4"),
    "words in no section, nowhere": ("", ["Burglary"], "not printed in it"),
}


@pytest.mark.parametrize(("section", "words", "told"), PLACES.values(), ids=PLACES)
def test_the_page_of_a_built_leaflet_is_found(section, words, told):
    assert str(printed.pages(leaflet(), section, words)) == told


def test_pages_with_others_between_them_are_listed():
    assert str(printed.Pages((1, 2, 4), 8)) == "pages 1, 2 and 4 of 8"


@pytest.fixture
def with_leaflets(site_folder):
    """The small site as a build would have left it, with two leaflets that differ."""
    root = site_folder(FILES).parent
    for slug, words in (("havering", WORDS), ("bromley", {**WORDS, 5: "One more"})):
        folder = root / "output" / "site" / "2009-10" / slug
        folder.mkdir(parents=True)
        (folder / "leaflet.pdf").write_bytes(leaflet(words, {**NAMES, "mission": len(words)}))
        page = "<p>Local Policing Summary <b>2009/10</b></p>"
        (folder / "index.html").write_text(page, encoding="utf-8")
    taken = fingerprint.take(str(root))
    fingerprint.record(str(root), "build", taken, "")
    return root


BUILT = {
    "a section": ("2009-10/havering.yaml:2", "#performance\n    A5 booklet: pages 2 to 3 of 4\n\n"),
    "a row, by the name of its measure": (
        "2009-10/havering.yaml:8:42",
        "#performance\n    A5 booklet: page 3 of 4\n\n",
    ),
    "what the edition shares": (
        "2009-10/edition.yaml:16",
        "#mission\n    A5 booklet: page 4 of 4\n\n",
    ),
    "words in no section": (
        "2009-10/edition.yaml:1",
        f"{ADDRESS}/havering/\n    A5 booklet: page 1 of 5 (`bromley`)\n    A5 booklet: page 1 of 4 (`havering`)\n",
    ),
}


@pytest.mark.parametrize(("place", "told"), BUILT.values(), ids=BUILT)
def test_a_built_leaflet_tells_its_pages(place, told, with_leaflets, asked):
    said = f"{asked(explain, place)}\n\n"
    assert told in said
    assert "has changed since" not in said


def test_a_leaflet_that_is_older_than_a_file_says_so(with_leaflets, asked):
    files = {**FILES, "2009-10/havering.yaml": HAVERING.replace("fell", "rose")}
    said = asked(explain, "2009-10/havering.yaml:2", files=files)
    assert (
        "A5 booklet: pages 2 to 3 of 4\n    these pages are those of the last build, and " in said
    )
    assert "`content/2009-10/havering.yaml` has changed since: `python3 build.py` makes" in said
    other = asked(explain, "2009-10/bromley.yaml:3", files=files)
    assert "has changed since" not in other


def test_a_leaflet_of_unknown_age_says_so(with_leaflets, asked):
    (with_leaflets / ".cache" / "last-build.json").unlink()
    said = asked(explain, "2009-10/havering.yaml:2")
    assert "these pages are those of what lies in output/; `python3 build.py` brings it up" in said


# On a site of many boroughs, none is left out

MANY = [f"borough-{number:02}" for number in range(1, 15)]
LAST = MANY[-1]
OTHERS = ", ".join(f"`{slug}`" for slug in MANY[:-1])
MANY_FILES = {
    "site.yaml": SMALL_SITE["site.yaml"].partition("boroughs:")[0]
    + "boroughs:\n"
    + "".join(
        f"  {slug}: {{name: {slug.title()}, code: E090000{at:02}}}\n"
        for at, slug in enumerate((*MANY, "far-away"), 1)
    ),
    "2009-10/edition.yaml": EDITION + SHARED,
    **dict.fromkeys(
        (f"2009-10/{slug}.yaml" for slug in MANY), "contacts: [{name: Us, phone: 101}]\n"
    ),
    f"2009-10/{LAST}.yaml": "draft: no\n",
    **dict.fromkeys(("2009-10/havering.yaml", "2009-10/bromley.yaml")),
}
LINES_OF = {
    each.split(":")[0].strip(): at
    for at, each in enumerate(MANY_FILES["site.yaml"].splitlines(), 1)
}


@pytest.fixture
def many_leaflets(site_folder):
    root = site_folder(MANY_FILES).parent
    for slug in MANY:
        folder = root / "output" / "site" / "2009-10" / slug
        folder.mkdir(parents=True)
        words = {**WORDS, 5: "One more"} if slug == LAST else WORDS
        (folder / "leaflet.pdf").write_bytes(leaflet(words, {**NAMES, "mission": len(words)}))
        (folder / "index.html").write_text("<p>Local Policing Summary 2009/10</p>", "utf-8")
    (root / "output" / "site" / "index.html").write_text("<h1>Local Policing Summary</h1>", "utf-8")
    fingerprint.record(str(root), "build", fingerprint.take(str(root)), "")
    return root


OF_MANY = {
    "what all share, which differs in the last": (
        "2009-10/edition.yaml:16",
        f"    A5 booklet: page 4 of 4 ({OTHERS})\n    A5 booklet: page 5 of 5 (`{LAST}`)\n",
    ),
    "where all have it": (
        "2009-10/edition.yaml:16",
        f"{ADDRESS}/borough-12/#mission\n    and in 2 more boroughs\n    A5",
    ),
    "what only the last has": (
        "2009-10/edition.yaml:17",
        f"printed:\n    {ADDRESS}/{LAST}/#contacts\n    A5 booklet: not printed in it\n",
    ),
    "words in no section": (
        "2009-10/edition.yaml:1",
        f"    A5 booklet: page 1 of 4 ({OTHERS})\n    A5 booklet: page 1 of 5 (`{LAST}`)\n",
    ),
    "words of the whole site": (
        f"site.yaml:{LINES_OF['title']}",
        f"    https://summary.example.org/\n    {ADDRESS}/borough-01/\n",
    ),
    "words of the whole site on paper": (
        f"site.yaml:{LINES_OF['title']}",
        f"    2009-10, A5 booklet: page 1 of 5 (`{LAST}`)\n",
    ),
    "a borough of the site": (
        f"site.yaml:{LINES_OF[LAST]}",
        f"printed:\n    {ADDRESS}/{LAST}/\n\n",
    ),
    "a borough without a file": (
        f"site.yaml:{LINES_OF['far-away']}",
        "    nowhere: no edition has its file yet\n",
    ),
}


@pytest.mark.parametrize(("place", "told"), OF_MANY.values(), ids=OF_MANY)
def test_every_borough_is_looked_at(place, told, many_leaflets, asked):
    assert told in f"{asked(explain, place, files=MANY_FILES)}\n\n"


REFUSED = {
    "no line": ("2009-10/havering.yaml", "has no line"),
    "no such file": ("2009-10/barnet.yaml:1", "there is no content file"),
    "a file elsewhere": ("../../etc/passwd:1", "there is no content file"),
    "a line below the last": ("2009-10/bromley.yaml:99", "has 5 lines"),
    "a translation": ("2009-10/havering.pl.yaml:1", "ask about the same part of havering.yaml"),
}


@pytest.mark.parametrize(("place", "told"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_explained_is_told(place, told, asked):
    languages = SMALL_SITE["site.yaml"] + "languages: [pl]\n"
    files = {**FILES, "site.yaml": languages, "2009-10/havering.pl.yaml": "summary: Co.\n"}
    with pytest.raises(BuildError, match=told):
        asked(explain, place, files=files)


TODAY = ("--today", "2012-01-01")
STATES = {
    **FILES,
    "2009-10/havering.yaml": HAVERING.replace("draft: no", "draft: yes")
    + "    checked-on: 2010-06-01\n",
    "2009-10/bromley.yaml": BROMLEY + "specimen: A sample.\n",
}
LISTED = {
    "editions": ("editions", "  2009-10  Local Policing Summary 2009/10         2"),
    "boroughs": ("boroughs", "  2009-10  bromley   Bromley              1                0"),
    "a draft": (
        "states",
        "  content/2009-10/havering.yaml     1  draft        Havering is not published",
    ),
    "a specimen": ("states", "  content/2009-10/bromley.yaml      1  specimen     A sample."),
    "an old contact": (
        "states",
        "  content/2009-10/havering.yaml    17  old contact  nobody has made sure since 1 June 2010",
    ),
    "words": ("words", "  2009-10  havering  commander    own               8"),
    "pages": ("pages", f"  {ADDRESS}/havering/  Havering"),
    "no translation": ("translations", "  There are no translations."),
}


@pytest.mark.parametrize(("what", "told"), LISTED.values(), ids=LISTED)
def test_what_there_is_is_listed(what, told, asked):
    assert told in asked(listing, what, *TODAY, files=STATES)


def test_a_translation_is_listed_with_how_far_it_is(asked):
    words = "title: A\ndescription: B\narea: C\n"
    measures = "".join(f"  {name}: {{name: X}}\n" for name in EDITION_MEASURES)
    files = {
        **FILES,
        "site.yaml": SMALL_SITE["site.yaml"] + "area: London\nlanguages: [pl]\n",
        "site.pl.yaml": words,
        "2009-10/edition.pl.yaml": f"title: A\nlabel: B\nperiod: C\nmeasures:\n{measures}",
        "2009-10/havering.pl.yaml": "commander:\n  from: {role: C}\n  body: Jeden dwa.\n",
    }
    [row] = json.loads(asked(listing, "translations", "--json", files=files))["translations"]
    assert (row["borough"], row["language"], row["read by a speaker"]) == ("havering", "pl", "no")
    assert row["sections"] == "1 of 4"


EDITION_MEASURES = [
    line.split(":")[0].strip()
    for line in EDITION.partition("measures:\n")[2].splitlines()
    if line.startswith("  ") and not line.startswith("    ")
]


def test_scripts_get_the_same_rows(asked):
    rows = json.loads(asked(listing, "--json", *TODAY))
    assert set(rows) == {"editions", "boroughs", "states"}
    assert rows["editions"][0]["boroughs"] == 2
    assert rows["states"] == []


def test_without_a_word_the_usual_is_listed(asked):
    said = asked(listing, *TODAY)
    assert said.startswith("editions:\n")
    assert said.endswith("states:\n  Nothing is left to be seen to.")


def test_a_list_that_there_is_not_is_told(capsys):
    with pytest.raises(SystemExit):
        listing.parser().parse_args(["word"])
    assert "there is no list of `word`; did you mean `words`?" in capsys.readouterr().err
