"""The command `print`, the whole way: what is written, what is withheld, what is said."""

import hashlib
import json
import re
from dataclasses import asdict, fields, replace
from decimal import Decimal
from pathlib import Path

import pikepdf
import pytest
from pdf_judge import failed_rules, needs_a_jdk
from PIL import Image
from press import CONDITION, FULL, needs_gs, pixels, plates
from scratch import files_in

from policing_summary import (
    checks,
    cli,
    content,
    environment,
    formats,
    printing,
    store,
    workers,
)
from policing_summary.errors import BuildError
from policing_summary.model.printing import Paper, PrintOrder
from policing_summary.press import arguments, jobs, pressing, ticket
from policing_summary.press.arguments import Wish

DOCS = Path(environment.ROOT) / "docs" / "printers.md"
A5 = formats.DEFAULT
SILENT = lambda what, done, total: None  # noqa: E731 - progress that nobody watches
PHOTO = (120, 150)


@pytest.fixture(scope="module")
def in_this_process():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(workers, "run", lambda work, jobs, hands: map(work, jobs))
        patch.setattr(
            workers,
            "finished",
            lambda work, jobs, order, hands: ((n, work(jobs[n])) for n in order),
        )
        yield


@pytest.fixture(scope="module")
def project(pristine, tmp_path_factory, in_this_process):
    """The project's content with a coarse photo of Havering's commander, and an order to print it."""
    copy = pristine.copy(tmp_path_factory.mktemp("print") / "project", ("content",))
    copy.keep_edition("2009-10")
    for translation in (copy.root / "content").rglob("*.??.yaml"):
        translation.unlink()  # each would be a job of its own
    edition = copy.root / "content" / "2009-10" / "edition.yaml"
    booklet = re.sub(r"(?m)^formats:.*$", "formats: [a5-booklet]", edition.read_text("utf-8"))
    edition.write_text(booklet, encoding="utf-8")
    folder = copy.root / "content" / "2009-10" / "images"
    folder.mkdir()
    red = Image.linear_gradient("L").resize(PHOTO)
    Image.merge("RGB", (red, red.rotate(180), red)).save(folder / "commander.jpg", quality=95)
    copy.edit(
        "content/2009-10/havering.yaml",
        "    role: Borough Commander\n",
        "    role: Borough Commander\n    photo: images/commander.jpg\n",
    )
    for path, more in (
        ("site.yaml", "print:\n  paper: 100 g/m² uncoated\n  deliver-to: The town hall\n"),
        (
            "2009-10/edition.yaml",
            "print:\n  paper: 130 g/m² gloss\n  finishing: Boxed by the 250\n",
        ),
        ("2009-10/havering.yaml", "print:\n  quantity: 98,000\n"),
    ):
        full = copy.root / "content" / path
        full.write_text(full.read_text("utf-8") + "\n" + more, encoding="utf-8")
    store.commit({"index.html": b"the website"}, copy.output)
    return copy


@pytest.fixture(scope="module")
def summary(project):
    return printing.run(project.root, Wish(borough="havering"), SILENT)


@pytest.fixture(scope="module")
def folder(project, summary):
    return project.output / "print" / "2009-10" / "havering"


def told(folder):
    return json.loads((folder / "job-ticket.json").read_bytes())


def test_a_borough_has_its_files_and_the_website_is_as_it_was(project, summary, folder):
    assert sorted(files_in(folder)) == [
        "a5-booklet-sheets.pdf",
        "a5-booklet.pdf",
        "job-ticket.json",
        "job-ticket.pdf",
    ]
    assert (summary.jobs, summary.pressed, summary.written, summary.removed) == (1, 1, 4, 0)
    assert (summary.faults, summary.withheld, summary.problems) == ((), (), ())
    assert files_in(project.output / "site") == {"index.html": b"the website"}


def test_a_coarse_photo_is_noted_with_the_pixels_that_it_needs(summary):
    (note,) = summary.notes
    assert re.fullmatch(
        r"2009-10/havering, A5 booklet, single pages, page 4: commander\.jpg is printed "
        r"\d\d × \d\d mm with 120 × 150 pixels, which are \d+ to the inch\. "
        r"For 300 to the inch it needs \d+ × \d+ pixels\.",
        note,
    )


@needs_gs
def test_the_photo_is_printed_in_inks_within_the_limit(folder, tmp_path):
    with pikepdf.open(folder / "a5-booklet.pdf") as pdf:
        pictures = [each for each in pdf.objects if _is_picture(each)]
        assert [str(each.ColorSpace) for each in pictures] == ["/DeviceCMYK"]
    (tmp_path / "a5.pdf").write_bytes((folder / "a5-booklet.pdf").read_bytes())
    page = plates(tmp_path / "a5.pdf", 72)[3]
    most = max(map(sum, pixels(page))) / FULL * 100
    assert 100 < most <= CONDITION.limit + 1


def _is_picture(each):
    return isinstance(each, pikepdf.Stream) and each.get("/Subtype") == pikepdf.Name.Image


def test_what_nothing_changed_in_is_not_made_again(project, summary):
    again = printing.run(project.root, Wish(borough="havering"), SILENT)
    assert (again.pressed, again.written, again.removed) == (0, 0, 0)


def test_another_borough_leaves_the_first_alone(project, folder):
    before = files_in(folder)
    done = printing.run(project.root, Wish(borough="bromley"), SILENT)
    assert (done.jobs, done.removed) == (1, 0)
    assert files_in(folder) == before
    assert (folder.parent / "bromley" / "job-ticket.pdf").is_file()


# The job ticket


def test_the_nearest_order_counts_and_what_it_leaves_out_comes_from_further_away(folder):
    (job,) = told(folder)["jobs"]
    assert job["quantity"] == 98_000
    assert job["paper"]["words"] == "130 g/m² gloss"
    assert (job["finishing"], job["deliver_to"]) == ("Boxed by the 250", "The town hall")


def test_the_ticket_knows_the_files_by_their_checksums(folder):
    (job,) = told(folder)["jobs"]
    assert [file["name"] for file in job["files"]] == ["a5-booklet.pdf", "a5-booklet-sheets.pdf"]
    for file in job["files"]:
        data = (folder / file["name"]).read_bytes()
        assert (file["size"], file["sha256"]) == (len(data), hashlib.sha256(data).hexdigest())


def test_the_ticket_tells_how_the_job_is_made(folder):
    (job,) = told(folder)["jobs"]
    assert (job["trim_mm"], job["bleed_mm"], job["pages"]) == ([148, 210], 3, 8)
    assert job["printing"]["identifier"] == "FOGRA39"
    sheets = job["sheets"]
    assert (sheets["stock"], sheets["count"], sheets["creep_mm"]) == ("SRA4", 2, 0.104)
    assert [side["pages"] for side in sheets["sides"]] == [[8, 1], [2, 7], [6, 3], [4, 5]]
    assert [run["first"] for run in job["fit"]["runs"]] == sorted(
        run["first"] for run in job["fit"]["runs"]
    )
    assert job["paper"]["copy_weight_g"] == pytest.approx(0.148 * 0.210 * 130 * 4, abs=0.05)


def test_the_ticket_shows_every_page_and_sheet(folder):
    with pikepdf.open(folder / "job-ticket.pdf") as pdf:
        (page,) = pdf.pages
        shown = [name for name in page.obj.Resources.XObject.keys() if "Thumbnail" in name]  # noqa: SIM118
        assert len(shown) == 8 + 4
        drawn = re.findall(rb"/Thumbnail\d+ Do", page.obj.Contents.read_bytes())
        assert len(set(drawn)) == 8 + 4


@needs_a_jdk
def test_the_ticket_is_tagged_for_screen_readers(folder):
    assert failed_rules(folder / "job-ticket.pdf") == []


def keys_in(section):
    part = DOCS.read_text("utf-8").partition(section)[2]
    rows = re.findall(r"^\| ((?:`[a-z_]+`(?:, )?)+) \|", part.partition("\n\n|")[0], re.MULTILINE)
    return [key for row in rows for key in re.findall(r"`([a-z_]+)`", row)]


def test_the_documentation_names_every_key_of_the_ticket(folder):
    data = told(folder)
    assert sorted(keys_in("| key | what it holds |")) == sorted(data)
    assert sorted(keys_in("| key of a job | what it holds |")) == sorted(data["jobs"][0])
    documented = DOCS.read_text("utf-8").partition("## The job ticket as data")[2]
    for kind in (ticket.Printing, ticket.Stock, ticket.Sheets, ticket.Turned, ticket.Inked):
        for field in fields(kind):
            assert f"`{field.name}`" in documented
    for key in ("runs", "left_out", *data["jobs"][0]["fit"]["runs"][0]):
        assert f"`{key}`" in documented


def test_the_counts_of_a_mailing_come_into_the_ticket(tmp_path):
    rows = [{"format": "a5-booklet", "language": "en-GB", "recipients": 7}]
    (tmp_path / "summary.json").write_text(json.dumps({"counts_by_format_and_language": rows}))
    (copies,) = jobs.mailed(tmp_path / "summary.json")
    assert asdict(copies) == {"format": "a5-booklet", "language": "en-GB", "copies": 7}


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"counts_by_format_and_language": [1]}'])
def test_what_is_no_summary_of_a_mailing_is_told(tmp_path, text):
    (tmp_path / "summary.json").write_text(text)
    with pytest.raises(BuildError, match=r"is not the `summary\.json` of a mailing"):
        jobs.mailed(tmp_path / "summary.json")


# What is withheld


def test_a_file_with_a_fault_is_not_written_and_the_one_before_does_not_stay(
    project, folder, summary, monkeypatch
):
    monkeypatch.setitem(formats.FORMATS, A5.name, replace(A5, safe=14))
    done = printing.run(project.root, Wish(borough="havering"), SILENT)
    assert done.withheld == ("2009-10/havering, A5 booklet",)
    assert done.jobs == 0
    assert len(done.faults) > 3
    assert all("Keep text 14 mm away" in fault for fault in done.faults)
    assert done.faults[0].startswith("2009-10/havering, A5 booklet, single pages, page ")
    assert not folder.exists()
    monkeypatch.undo()
    printing.run(project.root, Wish(borough="havering"), SILENT)
    assert (folder / "a5-booklet.pdf").is_file()


def test_a_leaflet_that_does_not_fit_is_not_printed(project, folder, monkeypatch):
    monkeypatch.setitem(formats.FORMATS, A5.name, replace(A5, pages=6))
    done = printing.run(project.root, Wish(borough="havering"), SILENT)
    assert done.withheld == ("2009-10/havering, A5 booklet",)
    assert ["the A5 booklet is not made" in problem.what for problem in done.problems]
    assert not folder.exists()


UNKNOWN = {
    "a borough": (Wish(borough="haverin"), "There is no borough `haverin`: did you mean `havering`?"),
    "an edition": (Wish(edition="1999"), "There is no edition `1999`: there are `2009-10`"),
    "a format": (Wish(form="a5-boklet"), "There is no format `a5-boklet`: did you mean `a5-booklet`?"),
}  # fmt: skip


@pytest.mark.parametrize(("wish", "said"), UNKNOWN.values(), ids=UNKNOWN)
def test_a_name_that_nobody_knows_is_told(project, wish, said):
    with pytest.raises(BuildError) as caught:
        printing.run(project.root, wish, SILENT)
    assert str(caught.value) == said


# Papers and dates

PAPERS = {
    "115 g/m² silk": (115, "silk", 0.101),
    "115gsm Silk": (115, "silk", 0.101),
    "90 g uncoated": (90, "uncoated", 0.113),
    "150 g/m2 GLOSS": (150, "gloss", 0.12),
}


@pytest.mark.parametrize(("text", "read"), PAPERS.items(), ids=PAPERS)
def test_a_paper_is_read_and_its_thickness_worked_out(text, read):
    paper = Paper.read(text)
    assert (paper.grams, paper.surface, paper.thickness) == read


def test_uncoated_paper_is_noted():
    (said,) = jobs.of_paper(Paper(90, "uncoated"), CONDITION)
    assert "FOGRA39 is for coated paper, and 90 g/m² uncoated is not coated" in said
    assert list(jobs.of_paper(Paper(115, "silk"), CONDITION)) == []


@pytest.mark.parametrize("form", formats.ROWS, ids=lambda form: form.name)
def test_the_usual_paper_of_every_printed_format_is_one(form):
    assert not form.is_printed or Paper.read(form.paper)


# What is typed, and what is said


def test_options_become_a_wish():
    typed = ["--borough", "havering", "--quantity", "95,000", "--paper", "115 g/m² silk"]
    wish = arguments.parse([*typed, "--format", "a5-booklet", "--mailing", "s.json"])
    order = PrintOrder.model_construct(paper=Paper(115, "silk"), quantity=Decimal(95_000))
    assert wish == Wish(None, "havering", "a5-booklet", order, Path("s.json"))
    assert arguments.parse([]).is_for_all


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["--quantity", "many"], "`many` is not a number of copies"),
        (["--quantity", "0"], "`0` is not a number of copies"),
        (["--paper", "silk"], "`silk` is not a paper: write weight and surface"),
        (["--boro", "havering"], "There is no option `--boro`. Did you mean `--borough`?"),
    ],
)
def test_what_is_typed_wrong_is_told(typed, said, capsys):
    with pytest.raises(SystemExit) as stopped:
        arguments.parse(typed)
    assert stopped.value.code == cli.USAGE
    assert said in capsys.readouterr().err


DONE = printing.Summary(2, 1, 8, 0, 3.21, (), (), ("a note",), ())


def test_the_command_says_what_it_made(monkeypatch, capsys):
    monkeypatch.setattr(printing, "run", lambda root, wish, say, hands: DONE)
    assert cli.main(["print"]) == cli.DONE
    said = capsys.readouterr()
    assert said.out == (
        "Made 2 print jobs in 3.2 s into output/print: 1 laid out anew, 8 files written, 0 removed.\n"
    )
    assert said.err == "note: a note\n"


def test_the_exit_code_says_that_a_file_was_withheld(monkeypatch, capsys):
    found = replace(DONE, faults=("one", "two"), withheld=("2009-10/havering, A5 booklet",))
    monkeypatch.setattr(printing, "run", lambda root, wish, say, hands: found)
    assert cli.main(["print"]) == cli.PROBLEMS
    told = capsys.readouterr().err
    assert "error: one\nerror: two\n" in told
    assert told.endswith("Not written: 2009-10/havering, A5 booklet.\n")


def test_a_mistake_in_the_content_is_told_as_ever(monkeypatch, capsys):
    def refuse(root, wish, say, hands):
        raise BuildError("There is no borough `x`.")

    monkeypatch.setattr(printing, "run", refuse)
    assert cli.main(["print"]) == cli.PROBLEMS
    assert "error: There is no borough `x`." in capsys.readouterr().err


# Other languages


def test_a_job_in_another_language_is_named_in_the_original_for_the_people_at_the_press():
    """The press knows the job by its English name, and no letter of the ticket needs another font."""
    sheets, _ = checks.run(content.load(Path(environment.ROOT) / "content"))
    english, urdu = (
        next(sheet for sheet in sheets if sheet.path == path)
        for path in ("2009-10/havering", "2009-10/havering/ur")
    )
    assert urdu.borough.entry.name != "Havering"
    assert jobs.title(english) == "Havering 2009/10"
    assert jobs.title(urdu) == "Havering 2009/10, Urdu"
    made = jobs.ticket(urdu, (), ())
    assert (made.borough, made.language, made.language_name) == ("Havering", "ur", "Urdu")
    assert made.title == "Havering 2009/10, Urdu"


def test_a_language_that_is_read_from_the_right_is_bound_at_the_right():
    sheets, _ = checks.run(content.load(Path(environment.ROOT) / "content"))
    wish = Wish(borough="havering")
    tasks = printing.tasks(printing.chosen(sheets, wish), wish, CONDITION)
    first = {
        task.sheet.path: pressing.plan(task.wanted, 8).sides[0].pages
        for task in tasks
        if task.form.binding == "saddle-stitch"
    }
    assert first == {
        "2023-24/havering": (8, 1),
        "2009-10/havering": (8, 1),
        "2009-10/havering/pl": (8, 1),
        "2009-10/havering/ur": (1, 8),
    }
