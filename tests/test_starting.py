"""What `new` writes: a borough, an edition, and the site of another force."""

import html
import io
import re
import shutil
from contextlib import nullcontext
from pathlib import Path

import pytest
from scratch import files_in

from policing_summary import checks, content, environment, leaflet, site, todo, tracing, typesetting
from policing_summary.commands import new
from policing_summary.errors import ContentError, TypedError
from policing_summary.formats import FORMATS
from policing_summary.importers import filing
from policing_summary.keyboard import Keyboard
from policing_summary.starting import edition, texts
from policing_summary.starting import site as sites
from policing_summary.starting.site import Wish

PROGRAM = Path(environment.ROOT)


@pytest.fixture
def root(tmp_path):
    """A copy of the content of 2009/10, without its translations."""
    shutil.copytree(
        PROGRAM / "content", tmp_path / "content", ignore=shutil.ignore_patterns("*.*.yaml")
    )
    for folder in ("2023-24", "2024-25"):
        shutil.rmtree(tmp_path / "content" / folder)
    return tmp_path


def read(root):
    return content.load(root / "content", drafts=True)


def typed(root, *words):
    """The exit code of `new`, and everything it said."""
    said = io.StringIO()

    def say(line):
        said.write(f"{line}\n")

    at = Keyboard(root, say, say, lambda _: None, nullcontext, str)
    return new.run(new.parser().parse_args(words), at), said.getvalue()


# A borough

SLUGS = {
    "a name of one word": ("Havering", "havering"),
    "a name of several words": ("Kingston upon Thames", "kingston-upon-thames"),
    "an apostrophe": ("King’s Lynn", "kings-lynn"),
    "accents": ("Ynys Môn", "ynys-mon"),
    "an ampersand": ("Tonbridge & Malling", "tonbridge-and-malling"),
    "no letters that an address can have": ("東京", ""),
}


@pytest.mark.parametrize(("name", "expected"), SLUGS.values(), ids=SLUGS)
def test_a_name_becomes_a_part_of_an_address(name, expected):
    assert texts.slug(name) == expected


def test_a_new_borough_is_a_draft_that_passes_the_check(root):
    code, said = typed(root, "borough", "Camden", "--edition", "2009-10")
    assert code == 0
    assert "Wrote content/2009-10/camden.yaml" in said
    assert "python3 build.py check" in said
    sheets, problems = checks.run(read(root))
    (camden,) = (sheet for sheet in sheets if sheet.borough.slug == "camden")
    assert camden.borough.head.draft
    assert [problem for problem in problems if "camden" in problem.place.file] == []


def test_what_waits_behind_a_hash_is_right_when_it_is_taken_away(root):
    typed(root, "borough", "Camden")
    path = root / "content/2009-10/camden.yaml"
    lines = path.read_text("utf-8").split("\n")
    woken = [
        line.removeprefix("# ") if re.match(r"# (?:(?!yaml-)[a-z-]+:|  )", line) else line
        for line in lines
    ]
    woken = [line for line in woken if not re.match(r"  [a-z].*\.$", line) or "What the" in line]
    path.write_text("\n".join(woken), "utf-8")
    sheets, _ = checks.run(read(root))
    (camden,) = (sheet for sheet in sheets if sheet.borough.slug == "camden")
    own = {part.name for part in camden.borough.parts if part.document is camden.borough.document}
    assert own == {"commander", "initiatives", "performance", "priorities", "contacts"}


def test_a_borough_that_is_not_listed_yet_gets_its_line_and_no_other_changes(root):
    before = (root / "content/site.yaml").read_text("utf-8")
    typed(root, "borough", "King’s", "Lynn", "--code", "E07000146")
    after = (root / "content/site.yaml").read_text("utf-8").split("\n")
    line = "  kings-lynn: {name: King’s Lynn, code: E07000146}"
    assert line in after
    after.remove(line)
    assert "\n".join(after) == before
    assert read(root).settings.boroughs["kings-lynn"].code == "E07000146"


REFUSED = {
    "a borough that is there already": (["borough", "Havering"], "this file is there already"),
    "a name without letters": (["borough", "東京"], "no letters to make an address of"),
    "an edition that is there already": (["edition", "2009-10"], "this edition is there already"),
}
NOT_THERE = {
    "an edition": (
        ["borough", "Camden", "--edition", "2009-11"],
        "There is no edition `2009-11`: did you mean `2009-10`?",
    ),
    "an edition to start from": (
        ["edition", "2010-11", "--from", "2009-20"],
        "There is no edition `2009-20` to start from: did you mean `2009-10`?",
    ),
}


@pytest.mark.parametrize(("words", "expected"), NOT_THERE.values(), ids=NOT_THERE)
def test_what_is_not_there_is_asked_for(root, words, expected):
    before = files_in(root)
    with pytest.raises(TypedError) as caught:
        typed(root, *words)
    assert str(caught.value) == expected
    assert files_in(root) == before


@pytest.mark.parametrize(("words", "expected"), REFUSED.values(), ids=REFUSED)
def test_nothing_is_overwritten_and_nothing_made_up(root, words, expected):
    before = files_in(root)
    with pytest.raises(ContentError) as caught:
        typed(root, *words)
    (problem,) = caught.value.problems
    assert expected in problem.what
    assert problem.way_out
    assert files_in(root) == before


def test_content_with_an_error_gets_no_borough_until_it_is_mended(root):
    path = root / "content/2009-10/havering.yaml"
    path.write_text(path.read_text("utf-8").replace("change: 382", "change: 381"), "utf-8")
    before = files_in(root)
    with pytest.raises(ContentError):
        typed(root, "borough", "Camden")
    assert files_in(root) == before


# An edition


@pytest.fixture
def later(root):
    """2010/11, begun from 2009/10."""
    code, _ = typed(root, "edition", "2010-11", "--from", "2009-10")
    assert code == 0
    return root / "content" / "2010-11"


def test_a_new_edition_is_all_draft_and_passes_the_check(root, later):
    sheets, _ = checks.run(read(root))
    own = [sheet for sheet in sheets if sheet.edition.slug == "2010-11"]
    assert {sheet.borough.slug for sheet in own} == {"bromley", "havering"}
    assert all(sheet.edition.head.draft and sheet.borough.head.draft for sheet in own)
    assert own[0].edition.head.label == "2010/11"
    assert own[0].edition.head.title == "Local Policing Summary 2010/11"
    assert own[0].edition.head.period == "April 2010 to March 2011"


def test_an_edition_carries_over_what_stays_as_it_was_typed(root, later):
    old = (root / "content/2009-10/edition.yaml").read_text("utf-8")
    new_text = (later / "edition.yaml").read_text("utf-8")
    for key in ("measures", "contacts", "partnership", "plan", "formats"):
        (was,) = (p for p in texts.pieces(old, "old") if p.key == key)
        (now,) = (p for p in texts.pieces(new_text, "new") if p.key == key)
        assert now.lines == was.lines
    assert "# The catalogue of measures: what a figure is called" in new_text


LEFT_BEHIND = ["878", "4,555", "1880", "-6919", "achievements:\n", "Street a Week", "53.1%"]


@pytest.mark.parametrize("words", LEFT_BEHIND)
def test_last_years_figures_and_reports_are_left_behind(later, words):
    assert [name for name, data in files_in(later).items() if words in data.decode()] == []


def test_last_years_targets_are_this_years_promises(root, later):
    """Filled in and woken, the table is judged against what was promised."""
    path = later / "havering.yaml"
    text = path.read_text("utf-8")
    start = text.index("# performance:")
    table = text[start : text.index("\n\n", start)]
    numbers = iter(range(100, 200))
    woken = re.sub(r"^# ", "", table, flags=re.MULTILINE)
    woken = re.sub(r"now: ", lambda _: f"before: 120, now: {next(numbers)}", woken)
    path.write_text(text.replace(table, woken), "utf-8")
    sheets, _ = checks.run(read(root))
    (now,) = (sheet for sheet in sheets if sheet.path == "2010-11/havering")
    promised = {promise.figure.id for promise in now.promises}
    assert promised == {
        *("serious-acquisitive-crime", "most-serious-violence", "serious-youth-violence"),
        *("gun-crime", "knife-crime"),
    }


def test_an_aim_without_a_figure_becomes_a_promise(root, later):
    (havering,) = (
        b
        for e in read(root).editions
        if e.slug == "2010-11"
        for b in e.boroughs
        if b.slug == "havering"
    )
    part = havering.part("promises")
    assert [item.promise for item in part.section.items] == [
        "Challenging sanction detection rates for certain types of crime"
    ]


STILL_TO_DO = {
    "who commands": ("havering.yaml", "commander: ask whether this is still the person"),
    "the table": ("havering.yaml", "performance: fill in this year’s figure after each `now:`"),
    "the next aims": ("havering.yaml", "priorities: say what you aim for after 2010/11"),
    "the contacts": ("edition.yaml", "contacts: call each number and open each address"),
    "the achievements": (
        "edition.yaml",
        "achievements (“Looking back”): write what there is to report",
    ),
}


@pytest.mark.parametrize(("file", "expected"), STILL_TO_DO.values(), ids=STILL_TO_DO)
def test_the_check_says_what_is_still_to_do(root, later, file, expected):
    told = [p for p in todo.problems(read(root)) if p.place.file == f"content/2010-11/{file}"]
    (found,) = (p for p in told if p.what.startswith(f"still to do: {expected}"))
    line = (later / file).read_text("utf-8").split("\n")[found.place.line - 1]
    assert line[found.place.column - 1 :].startswith("To do:")


def test_a_text_that_refers_to_last_years_figures_waits_behind_a_hash(root):
    path = root / "content/2009-10/havering.yaml"
    with path.open("a", encoding="utf-8") as file:
        file.write(
            '\nprevention:\n  items:\n    - title: Locks\n      tips: ["{{ robbery.more }} more"]\n'
        )
    try:
        begun = edition.begin(root, read(root), "2010-11", "2009-10")
    except ContentError as error:  # pragma: no cover - says why
        pytest.fail(str(error.problems))
    (text,) = (e.new.decode() for e in begun.edits if e.name.endswith("havering.yaml"))
    assert "# prevention:\n" in text
    assert "\nprevention:" not in text


# A site


KENT = Wish(
    force="Kent Police",
    area="Kent",
    boroughs=("Ashford", "Canterbury", "Tonbridge & Malling"),
    edition="2025-26",
    one="district",
    many="districts",
)
LEFTOVER = re.compile(
    r"\b(?:london\w*|met|mpa|mayor|metropolitan|boroughs?|havering)\b", re.IGNORECASE
)


@pytest.fixture(scope="module")
def kent(tmp_path_factory):
    folder = tmp_path_factory.mktemp("kent") / "site"
    filing.store(sites.begin(PROGRAM, folder, KENT))
    return folder


@pytest.fixture(scope="module")
def sheets(kent):
    found, problems = checks.run(content.load(kent / "content"))
    assert problems == []
    return found


def test_a_new_site_holds_all_that_it_needs(kent):
    files = files_in(kent)
    program = {
        path: data
        for path, data in files.items()
        if path.startswith(("policing_summary/", "templates/"))
    }
    ours = {
        f"{part}/{path}": data
        for part in ("policing_summary", "templates")
        for path, data in files_in(PROGRAM / part).items()
        if "__pycache__" not in path
    }
    assert program == ours
    assert {
        "build.py",
        "requirements.lock",
        "README.md",
        ".vscode/settings.json",
        ".gitignore",
    } <= set(files)
    assert "content/2025-26/tonbridge-and-malling.yaml" in files


def test_a_new_sites_pages_say_nothing_of_ours(kent, sheets):
    read_site = content.load(kent / "content")
    made = [site.Printed(sheet, (), tracing.trace(sheet)) for sheet in sheets]
    pages = site.pages(read_site, made)
    assert len(pages) > 30
    found = {
        path: words
        for path, data in pages.items()
        if (words := LEFTOVER.findall(readable(path, data)))
    }
    assert found == {}
    start = readable("index.html", pages["index.html"])
    assert "Find your district" in start
    assert "All districts" in start


def readable(path, data):
    """What a file says to people: of a page its text, titles and labels."""
    if path.endswith(".html"):
        text = re.sub(r"<(script|style)\b.*?</\1>", " ", data.decode(), flags=re.DOTALL)
        said = re.findall(r'\s(?:alt|title|content|aria-label|data-[a-z]+)="([^"]*)"', text)
        text = " ".join([re.sub(r"<[^>]*>", " ", text), *said])
        return re.sub(r"\S+\.(?:yaml|html|csv)\S*", " ", html.unescape(text))
    return data.decode() if path.endswith((".txt", ".csv", ".json", ".xml")) else ""


@pytest.mark.parametrize("form", ["a4-folded", "accessible", "large-print"])
def test_a_new_sites_leaflets_say_nothing_of_ours(sheets, form):
    document = leaflet.compose(sheets[0], FORMATS[form])
    text = readable("leaflet.html", document.html.encode())
    assert "From your district commander" in text
    assert LEFTOVER.findall(text) == []


OURS_TO_THEIRS = {
    "the southern edge of London. Its neighbours are Bexley, Greenwich, Lewisham and Croydon": "the sea",
    "boroughs": "districts",
    "borough": "district",
    "Borough": "District",
    "Bromley": "Ashford",
    "Havering": "Canterbury",
}


@pytest.fixture(scope="module")
def every_section(kent, tmp_path_factory):
    """Kent, with a year in which there is every section that its usual one does not have."""
    folder = tmp_path_factory.mktemp("kent") / "content"
    shutil.copytree(kent / "content", folder)
    cases = Path(__file__).parent / "cases" / "every-section" / "2024-25"
    for source, name in {
        "edition": "edition",
        "bromley": "ashford",
        "havering": "canterbury",
    }.items():
        text = (cases / f"{source}.yaml").read_text("utf-8")
        for ours, theirs in OURS_TO_THEIRS.items():
            text = text.replace(ours, theirs)
        text = re.sub(r"^specimen: .*\n", "", text, flags=re.MULTILINE)  # or no measure has a page
        (folder / "2024-25").mkdir(exist_ok=True)
        (folder / "2024-25" / f"{name}.yaml").write_text(text, "utf-8")
    (asked,) = (
        piece
        for piece in texts.pieces((folder / "2024-25/canterbury.yaml").read_text("utf-8"), "theirs")
        if piece.key == "confidence"
    )
    answers = "\n".join(asked.lines).replace("now: 72%", "now: 71%")
    with (folder / "2024-25/ashford.yaml").open("a", encoding="utf-8") as file:
        file.write(f"\n{answers}\n")
    more = ("Dover", "Swale", "Thanet")  # so many that their measures are compared
    theirs = (folder / "2024-25/canterbury.yaml").read_text("utf-8")
    for now, place in enumerate(more, 73):
        copied = theirs.replace("Canterbury", place).replace("now: 72%", f"now: {now}%")
        (folder / "2024-25" / f"{texts.slug(place)}.yaml").write_text(copied, "utf-8")
    settings = (folder / "site.yaml").read_text("utf-8")
    listed = "".join(f"  {texts.slug(place)}: {{name: {place}}}\n" for place in more)
    settings = settings.replace("boroughs:\n", f"boroughs:\n{listed}", 1)
    (folder / "site.yaml").write_text(settings, "utf-8")
    read_site = content.load(folder)
    found, problems = checks.run(read_site)
    assert [problem.what for problem in problems] == []
    return read_site, found


def test_no_section_of_another_force_says_anything_of_ours(every_section):
    read_site, sheets_of_all = every_section
    made = [site.Printed(sheet, (), tracing.trace(sheet)) for sheet in sheets_of_all]
    pages = site.pages(read_site, made)
    found = {
        path: words
        for path, data in pages.items()
        if (words := LEFTOVER.findall(readable(path, data)))
    }
    assert found == {}
    canterbury = readable("index.html", pages["2024-25/canterbury/index.html"])
    assert re.search(r"Canterbury\s+Change\s+Kent", canterbury)
    assert '"area": "Kent"' in pages["2024-25/figures.json"].decode()
    measure = readable("index.html", pages["2024-25/measures/trust/index.html"])
    assert "In Kent as a whole it is 69.0%." in measure


@pytest.mark.parametrize("form", FORMATS)
def test_no_leaflet_of_another_force_says_anything_of_ours(every_section, form):
    for sheet in every_section[1][:2]:
        text = readable("leaflet.html", leaflet.compose(sheet, FORMATS[form]).html.encode())
        assert LEFTOVER.findall(text) == []


def test_a_new_sites_folded_leaflet_fits(sheets):
    """It has as much text as four pages of A4 need, so that it is made at once."""
    made = typesetting.typeset(leaflet.compose(sheets[0], FORMATS["a4-folded"]))
    assert made.fit.refusals == ()
    assert made.pages == 4


def test_a_new_site_says_what_is_still_to_do(kent):
    told = list(todo.problems(content.load(kent / "content", drafts=True)))
    assert len(told) > 10


NOT_STARTED = {
    "a folder with something in it": (
        lambda tmp: (tmp, KENT),
        "is not empty: it holds `taken.txt`",
    ),
    "a folder inside the program": (
        lambda _: (PROGRAM / "kent", KENT),
        "lies inside the program’s own folder",
    ),
    "two districts with one address": (
        lambda tmp: (tmp / "new", Wish("A", "B", ("Dover", "dover"), "2025-26")),
        "would have the same address",
    ),
    "an edition that cannot be an address": (
        lambda tmp: (tmp / "new", Wish("A", "B", ("Dover",), "2025/26")),
        "cannot be the name of an edition",
    ),
}


@pytest.mark.parametrize(("make", "expected"), NOT_STARTED.values(), ids=NOT_STARTED)
def test_a_site_is_not_started(tmp_path, make, expected):
    (tmp_path / "taken.txt").touch()
    folder, wish = make(tmp_path)
    with pytest.raises(TypedError, match=re.escape(expected)):
        sites.begin(PROGRAM, folder, wish)


def test_what_nobody_can_be_asked_is_told(tmp_path):
    code, said = typed(tmp_path, "site", str(tmp_path / "kent"), "--area", "Kent")
    assert code == 2
    assert "`--force`, `--boroughs`, `--edition`" in said
    assert "new site --help" in said
    assert not (tmp_path / "kent").exists()
