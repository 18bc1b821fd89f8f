"""content/ → Site: what lies where, what is shared, and what a draft is.

`test_any_change_gives_a_site_or_problems` changes the shipped files at random.
"""

import os
from pathlib import Path

import hypothesis
import pytest
from hypothesis import strategies

from policing_summary import checks, content, model
from policing_summary.errors import ContentError

SHIPPED = Path(__file__).parents[1] / "content"
EDITION = "title: T\nlabel: L\nperiod: P\n"
MISSION = "mission: {title: Shared, body: All of London.}\n"
CONTACTS = "contacts:\n  - {name: Shared, phone: 101}\n"


def home(text):
    return {"2009-10/edition.yaml": text}


MISPLACED = {
    "no content folder": (lambda f: f.rename(f.with_name("x")), "content/site.yaml", "is missing"),
    "no site.yaml": (lambda f: (f / "site.yaml").unlink(), "content/site.yaml", "is missing"),
    "a folder for site.yaml": (
        lambda f: [(f / "site.yaml").unlink(), (f / "site.yaml").mkdir()],
        "content/site.yaml",
        "is missing",
    ),
    "no edition.yaml": (
        lambda f: (f / "2009-10/edition.yaml").rename(f / "2009-10/edition.yml"),
        "content/2009-10",
        "has no edition.yaml",
    ),
    "no editions": (lambda f: (f / "2009-10").rename(f.parent / "x"), "content", "no edition here"),
    "an edition that cannot be an address": (
        lambda f: (f / "2009-10").rename(f / "2009 to 10"),
        "content/2009 to 10",
        "cannot be part of an address",
    ),
    "an edition without boroughs": (
        lambda f: (f / "2009-10/havering.yaml").unlink(),
        "content/2009-10/edition.yaml",
        "has no borough",
    ),
    "a borough that the site does not list": (
        lambda f: (f / "2009-10/haverin.yaml").write_text("draft: no\n"),
        "content/2009-10/haverin.yaml",
        "lists no borough `haverin`",
    ),
    "a borough's file that ends in .yml": (
        lambda f: (f / "2009-10/bromley.yml").write_text("draft: no\n"),
        "content/2009-10/bromley.yml",
        "would not be read",
    ),
    "a borough's file in capitals": (
        lambda f: (f / "2009-10/bromley.YAML").write_text("draft: no\n"),
        "content/2009-10/bromley.YAML",
        "would not be read",
    ),
    "a borough's file outside the edition": (
        lambda f: (f / "bromley.yaml").write_text("draft: no\n"),
        "content/bromley.yaml",
        "would not be read here",
    ),
    "a folder for a borough's file": (
        lambda f: (f / "2009-10/bromley.yaml").mkdir(),
        "content/2009-10/bromley.yaml",
        "a folder or a link to nothing",
    ),
    "a link to nothing for a borough's file": (
        lambda f: (f / "2009-10/bromley.yaml").symlink_to("nowhere"),
        "content/2009-10/bromley.yaml",
        "a folder or a link to nothing",
    ),
    "a link that goes round in a circle": (
        lambda f: (f / "2009-10/bromley.yaml").symlink_to("bromley.yaml"),
        "content/2009-10/bromley.yaml",
        "a folder or a link to nothing",
    ),
    "an empty borough's file": (
        lambda f: (f / "2009-10/bromley.yaml").touch(),
        "content/2009-10/bromley.yaml",
        "is empty",
    ),
}


@pytest.mark.parametrize(("change", "where", "what"), MISPLACED.values(), ids=MISPLACED)
@pytest.mark.skipif(os.name == "nt", reason="links need a right of their own on Windows")
def test_what_lies_in_the_wrong_place_is_told(change, where, what, site_folder):
    folder = site_folder()
    change(folder)
    with pytest.raises(ContentError) as error:
        checks.run(content.load(folder))
    told = [problem for problem in error.value.problems if what in problem.what]
    assert [(problem.place.file, problem.place.line) for problem in told] == [(where, 1)]
    assert told[0].way_out


def test_a_file_that_vanishes_while_it_is_read_is_told(site_folder, monkeypatch):
    folder = site_folder({"2009-10/bromley.yaml": "draft: no\n"})
    opened = Path.open

    def vanish(path, *arguments, **options):
        if path.name == "bromley.yaml":
            path.unlink()
        return opened(path, *arguments, **options)

    monkeypatch.setattr(Path, "open", vanish)
    with pytest.raises(ContentError) as error:
        checks.run(content.load(folder))
    (problem,) = error.value.problems
    assert problem.place.file == "content/2009-10/bromley.yaml"
    assert "cannot be opened" in problem.what


IGNORED = ["2009-10/._havering.yaml", "2009-10/.havering.yaml.swp", ".git/config", ".x.yaml"]
IGNORED += ["2009-10/images/x.jpg", "2009-10/notes.txt", "README.md", "pages/.privacy.md.swp"]


@pytest.mark.parametrize("name", IGNORED)
def test_what_belongs_to_other_programs_is_passed_over(name, site_folder):
    site = content.load(site_folder({name: b"\0\xff"}))
    assert site.problems == ()
    assert [borough.slug for borough in site.editions[0].boroughs] == ["havering"]


def test_editions_come_newest_first_and_boroughs_by_name(sheets_of):
    site, _ = sheets_of(
        {
            "2023-24/edition.yaml": EDITION,
            "2023-24/havering.yaml": "summary: x\n",
            "2023-24/bromley.yaml": "summary: x\n",
        }
    )
    assert [edition.slug for edition in site.editions] == ["2023-24", "2009-10"]
    assert [borough.slug for borough in site.editions[0].boroughs] == ["bromley", "havering"]


SHARED = {
    "what the edition says is printed": (MISSION, "summary: x\n", ["mission"], "Shared"),
    "a borough's own section stands in its place": (
        MISSION,
        "mission: {title: Own, body: Havering.}\n",
        ["mission"],
        "Own",
    ),
    "a borough leaves a section out": (MISSION, "leave-out: [mission]\n", [], None),
    "a borough's own section needs no shared one": (
        "",
        "mission: {title: Own, body: Havering.}\n",
        ["mission"],
        "Own",
    ),
    "sections come in the usual order": (
        CONTACTS + MISSION,
        "plan: {body: x}\n",
        ["mission", "plan", "contacts"],
        "Shared",
    ),
    "sections come in the edition's order, the rest after them": (
        "order: [contacts, plan]\n" + MISSION + CONTACTS,
        "plan: {body: x}\n",
        ["contacts", "plan", "mission"],
        "Shared",
    ),
}


@pytest.mark.parametrize(("shared", "own", "names", "title"), SHARED.values(), ids=SHARED)
def test_a_borough_is_the_edition_with_its_own_over_it(shared, own, names, title, sheets_of):
    _, sheets = sheets_of(home(EDITION + shared) | {"2009-10/havering.yaml": own})
    parts = sheets["havering"].borough.parts
    assert [part.name for part in parts] == names
    mission = sheets["havering"].borough.part("mission")
    assert (mission.section.title if mission else None) == title


def test_a_section_knows_the_file_it_is_written_in(sheets_of):
    files = home(EDITION + MISSION) | {"2009-10/havering.yaml": "plan: {body: x}\n"}
    _, sheets = sheets_of(files)
    mission, plan = sheets["havering"].borough.parts
    assert str(mission.place("title")) == "content/2009-10/edition.yaml:4:18"
    assert str(plan.place("body")) == "content/2009-10/havering.yaml:1:14"


@pytest.mark.parametrize(
    ("keep", "names"), [("yes", ["Own", "Shared"]), ("no", ["Own"]), ("", ["Own"])]
)
def test_own_contacts_come_first_if_the_shared_ones_are_kept(keep, names, sheets_of):
    own = f"contacts:\n  keep-shared: {keep}\n  list: [{{name: Own, phone: 999}}]\n"
    _, sheets = sheets_of(home(EDITION + CONTACTS) | {"2009-10/havering.yaml": own})
    contacts = sheets["havering"].borough.part("contacts").section
    assert [entry.name for entry in contacts.entries] == names


def test_a_borough_does_not_change_what_another_shares(sheets_of):
    own = "contacts:\n  keep-shared: yes\n  list: [{name: Own, phone: 999}]\n"
    files = {"2009-10/havering.yaml": own, "2009-10/bromley.yaml": "summary: x\n"}
    _, sheets = sheets_of(home(EDITION + CONTACTS) | files)
    contacts = sheets["bromley"].borough.part("contacts").section
    assert [entry.name for entry in contacts.entries] == ["Shared"]


DRAFTS = {
    "none": ("", "", ["bromley", "havering"], ["bromley", "havering"]),
    "a borough": ("", "draft: yes\n", ["havering"], ["bromley", "havering"]),
    "an edition": ("draft: yes\n", "", [], ["bromley", "havering"]),
    "both": ("draft: yes\n", "draft: yes\n", [], ["bromley", "havering"]),
}


@pytest.mark.parametrize(("edition", "bromley", "built", "seen"), DRAFTS.values(), ids=DRAFTS)
def test_a_draft_is_left_out_unless_it_is_asked_for(edition, bromley, built, seen, sheets_of):
    files = home(EDITION + edition) | {"2009-10/bromley.yaml": f"summary: x\n{bromley}"}
    assert sorted(sheets_of(files)[1]) == built
    assert sorted(sheets_of(files, drafts=True)[1]) == seen


@pytest.mark.parametrize("draft", ["an edition", "a borough"])
@pytest.mark.parametrize("drafts", [True, False])
def test_a_draft_is_checked_all_the_same(draft, drafts, site_folder):
    wrong = "mission: {body: '{{ robery.change }}'}\n"
    files = (
        home(f"{EDITION}draft: yes\n") | {"2009-10/havering.yaml": wrong}
        if draft == "an edition"
        else {"2009-10/bromley.yaml": f"draft: yes\n{wrong}"}
    )
    with pytest.raises(ContentError) as error:
        checks.run(content.load(site_folder(files), drafts=drafts))
    assert ["robery" in problem.what for problem in error.value.problems] == [True]


def test_a_new_edition_starts_from_the_usual_sections_once_each():
    names = list(model.sections())
    positions = [kind.position for kind in model.sections().values()]
    assert positions == sorted(positions)
    assert len(set(positions)) == len(names)


@pytest.fixture(scope="module")
def shipped():
    return {path: path.read_text(encoding="utf-8") for path in sorted(SHIPPED.rglob("*.yaml"))}


SCRAPS = [
    "",
    " ",
    "\n",
    "  ",
    "\t",
    ":",
    ": ",
    "- ",
    "[",
    "]",
    "{",
    "}",
    ",",
    "'",
    '"',
    "|",
    ">",
    "#",
]
SCRAPS += [
    " #x",
    "&a ",
    "*a",
    "!x ",
    "@",
    "%",
    "---\n",
    "{{ x }}",
    "{{ robbery.more }}",
    "0",
    "-",
    "9" * 9,
]
SCRAPS += [
    "%",
    " points",
    "none",
    "~",
    "é",
    "\ufeff",
    "\x00",
    "\u2028",
    "\r",
    "draft: yes\n",
    "title: x\n",
]


@hypothesis.settings(
    deadline=None,
    max_examples=150,
    suppress_health_check=[
        hypothesis.HealthCheck.function_scoped_fixture,  # the folder is written anew each time
        hypothesis.HealthCheck.too_slow,
    ],
)
@hypothesis.given(data=strategies.data())
def test_any_change_gives_a_site_or_problems(data, shipped, tmp_path):
    folder = tmp_path / "content"
    touched = data.draw(strategies.sampled_from(sorted(shipped)))
    for path, text in shipped.items():
        words = text
        for _ in range(data.draw(strategies.integers(1, 3)) if path == touched else 0):
            start = data.draw(strategies.integers(0, len(words)))
            end = min(len(words), start + data.draw(strategies.sampled_from([0, 0, 1, 2, 5, 40])))
            words = words[:start] + data.draw(strategies.sampled_from(SCRAPS)) + words[end:]
        to = folder / path.relative_to(SHIPPED)
        to.parent.mkdir(parents=True, exist_ok=True)
        to.write_text(words, encoding="utf-8", newline="")
    try:
        _, problems = checks.run(content.load(folder))
    except ContentError as error:
        problems = error.problems
        assert any(problem.severity == "error" for problem in problems)
    assert all(
        problem.way_out and problem.place.file.startswith("content/") for problem in problems
    )
