"""`python3 build.py mail`: what is written, who can read it, and that addresses are nowhere else."""

import csv
import io
import json
import os
import stat
from dataclasses import dataclass
from pathlib import Path

import pytest
from mailing_lists import GOOD, OTHER, as_csv
from scratch import SOURCES, Project, files_in

from policing_summary.press import jobs

WHERE = ("--edition", "2009-10", "--borough", "havering")
CANARIES = ("Kanarienvogel", "Zyxwvut", "ZE9 7QQ", "ZE97QQ", "ze9 7qq")
CANARY = GOOD | {"Surname": "Kanarienvogel", "Address 1": "3 Zyxwvut Street", "Postcode": "ZE9 7QQ"}
FOLDER = "output/mail/2009-10/havering"


@dataclass(frozen=True)
class Desk:
    """A copy of the project, and a list that lies outside it."""

    project: Project
    folder: Path

    def list(self, text: str) -> str:
        path = self.folder / "recipients.csv"
        path.write_text(text, encoding="utf-8", newline="")
        return str(path)

    def mail(self, *rows, more=(), where=WHERE):
        return self.project.run("mail", self.list(as_csv(*rows)), *where, *more)

    @property
    def mailing(self):
        return files_in(self.project.root / FOLDER)

    @property
    def elsewhere(self):
        """Every file of the project that is not a mailing, by its path."""
        found = files_in(self.project.root)
        return {p: d for p, d in found.items() if not p.startswith(FOLDER) and ".pyc" not in p}


@pytest.fixture
def desk(pristine, tmp_path):
    (tmp_path / "lists").mkdir()
    return Desk(pristine.copy(tmp_path / "project", SOURCES), tmp_path / "lists")


def no_canary(desk: Desk, *told: str) -> None:
    """No word of the address is outside the mailing: in no file, no file's name, and nothing that was said."""
    texts = [*told, *files_in(desk.project.root)]
    assert [word for word in CANARIES for text in texts if word in text] == []
    for path, data in desk.elsewhere.items():
        assert [word for word in CANARIES if word.encode() in data] == [], path


def test_a_good_list_is_printed_for_its_owner_alone(desk):
    before = desk.elsewhere
    done = desk.mail(CANARY, OTHER)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"Wrote 2 addresses into {FOLDER}, which only you can read:")
    assert set(desk.mailing) == {"carriers-a5-booklet-en-GB-001.pdf", "summary.json"}
    after = desk.elsewhere
    added = {
        path for path in after.keys() - before.keys() if not path.startswith(".cache/templates/")
    }
    assert added <= {"output/.staging-mail/lock"}  # which says who builds, and since when
    assert {path: after[path] for path in before} == before
    no_canary(desk, done.stdout, done.stderr)
    if os.name != "nt":
        for path in [
            desk.project.root / "output/mail",
            *(desk.project.root / "output/mail").rglob("*"),
        ]:
            assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600)


def test_the_summary_counts_and_names_nobody(desk):
    desk.mail(CANARY, OTHER, GOOD)
    summary = json.loads(desk.mailing["summary.json"])
    assert summary["counts_by_format_and_language"] == [
        {"format": "a5-booklet", "language": "en-GB", "recipients": 3}
    ]
    told = jobs.mailed(desk.project.root / FOLDER / "summary.json")  # as the job ticket reads it
    assert [(each.format, each.language, each.copies) for each in told] == [
        ("a5-booklet", "en-GB", 3)
    ]
    assert summary["counts_by_postcode_area"] == {"RM": 2, "ZE": 1}
    assert (summary["recipients"], summary["left_out"]) == (3, 0)
    assert [word for word in CANARIES if word.encode() in desk.mailing["summary.json"]] == []


def test_a_bad_row_stops_all_and_nothing_is_written(desk):
    before = desk.elsewhere
    done = desk.mail(CANARY | {"Postcode": "ZE9 7OO"}, OTHER, CANARY | {"Country": "Zyxwvut"})
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.splitlines() == [
        "error: row 2, `Postcode`: O is never among the last two letters of a postcode",
        "  ╰─ look the address up with Royal Mail's postcode finder",
        (
            "error: row 4, `Country`: this address is abroad, and only addresses of the United Kingdom and "
            "its islands are sorted here"
        ),
        "  ╰─ take the row out, and post it by itself; leave the country empty if it is at home",
        (
            "2 rows of 3 cannot be posted: 2 and 4. Nothing was written. Mend them, or add `--skip-bad` to "
            "print the rest."
        ),
    ]
    assert desk.elsewhere == before
    assert desk.mailing == {}
    no_canary(desk, done.stdout, done.stderr)


def test_bad_rows_are_left_out_into_a_list_that_can_be_mended_and_used(desk):
    bad = CANARY | {"Postcode": "ZE9"}
    done = desk.mail(
        bad, OTHER, CANARY | {"Surname": "", "First name": "", "Title": ""}, more=["--skip-bad"]
    )
    assert done.returncode == 0, done.stderr
    assert "2 rows were left out: 2 and 4." in done.stdout
    no_canary(desk, done.stdout, done.stderr)
    rows = list(csv.reader(io.StringIO(desk.mailing["left-out.csv"].decode("utf-8-sig"))))
    assert rows[0] == ["Row", "What is wrong", *GOOD]
    assert rows[1][:2] == ["2", "`Postcode`: only the first half of a postcode is here"]
    assert rows[1][2:] == list(bad.values())
    assert rows[2][:2] == ["4", "`Surname`: there is no name"]
    mended = desk.mailing["left-out.csv"].decode("utf-8-sig").replace("ZE9,", "ZE9 7QQ,", 1)
    done = desk.project.run("mail", desk.list(mended), *WHERE, "--skip-bad")
    assert "Wrote 1 address" in done.stdout
    assert "Nothing was read" not in done.stderr


CRASH = """
import sys
from policing_summary import cli
from policing_summary.mailing import production
def crash(paper, pages):
    try:
        {}[pages[0].blocks[0].lines]
    except KeyError as error:
        raise ValueError(f"cannot print {pages[0].blocks[0].lines}") from error
production.write = crash
sys.exit(cli.main(sys.argv[1:]))
"""


def test_a_fault_of_the_program_keeps_no_address(desk):
    """Its words may hold one: the trace that people are asked to send has none of them."""
    desk.mail(OTHER)
    former = desk.mailing
    path = desk.list(as_csv(CANARY, OTHER))
    command = [*desk.project.command()[:2], "-c", CRASH, "mail", path, *WHERE]
    done = desk.project.start(command)
    assert done.returncode == 3
    assert "ValueError" in done.stderr
    assert "Please send .cache/fault.txt" in done.stderr
    trace = (desk.project.root / ".cache/fault.txt").read_text("utf-8")
    assert "ValueError" in trace
    assert "KeyError" in trace
    assert "production.py" in trace
    no_canary(desk, done.stdout, done.stderr, trace)
    assert desk.mailing == former
    assert not (desk.project.root / "output/mail/.unfinished").exists()


def test_the_same_list_gives_the_same_bytes(desk):
    desk.mail(CANARY, OTHER, more=["--as", "all"])
    first = desk.mailing
    desk.mail(OTHER)
    desk.mail(CANARY, OTHER, more=["--as", "all"])
    assert desk.mailing == first


def test_a_mailing_is_divided_into_batches(desk):
    desk.project.edit("content/site.yaml", "mailing:\n", "mailing:\n  batch: 2\n")
    done = desk.mail(*(GOOD | {"Address 1": f"{n} Sample Street"} for n in range(1, 6)))
    assert done.returncode == 0, done.stderr
    names = [name for name in desk.mailing if name.endswith(".pdf")]
    assert names == [f"carriers-a5-booklet-en-GB-00{number}.pdf" for number in (1, 2, 3)]
    files = json.loads(desk.mailing["summary.json"])["files"]
    assert [(each["addresses"], each["pages"]) for each in files] == [(2, 2), (2, 2), (1, 1)]


REFUSED = {
    "no such edition": (("--edition", "2008-09", "--borough", "havering"), "There is no borough `havering` in an edition `2008-09`. What there is: `2024-25/barking-and-dagenham`, `2024-25/barnet`"),
    "no such borough": (("--edition", "2009-10", "--borough", "barnet"), "There is no borough `barnet` in an edition `2009-10`."),
    "a label that is not on the sheet": ((*WHERE, "--as", "labels", "--start", "22"), "The sheet `a4-21` has 21 labels."),
}  # fmt: skip


@pytest.mark.parametrize(("where", "told"), REFUSED.values(), ids=REFUSED)
def test_what_is_not_there_is_told(desk, where, told):
    done = desk.mail(CANARY, where=where)
    assert done.returncode == 2
    assert told in done.stderr
    assert desk.mailing == {}
    no_canary(desk, done.stdout, done.stderr)


def test_a_list_among_what_is_published_is_refused(desk):
    path = desk.project.root / "content" / "recipients.csv"
    path.write_text(as_csv(GOOD), encoding="utf-8")
    done = desk.project.run("mail", str(path), *WHERE)
    assert done.returncode == 1
    assert "The list lies in content/, which is published or passed on." in done.stderr


def test_a_list_in_the_projects_folder_is_noted(desk):
    (desk.project.root / "recipients.csv").write_text(as_csv(GOOD), encoding="utf-8")
    done = desk.project.run("mail", "recipients.csv", *WHERE)
    assert done.returncode == 0
    assert done.stderr == (
        "note: The list lies in the project's folder. Keep it elsewhere, so that nobody passes it on.\n"
    )


def test_a_draft_is_not_sent(desk):
    desk.project.edit("content/2009-10/havering.yaml", "summary:", "draft: yes\nsummary:")
    done = desk.mail(GOOD)
    assert "havering of 2009-10 is a draft. Take out `draft: yes` to send it." in done.stderr


def test_help_says_how(desk):
    done = desk.project.run("mail", "--help")
    assert done.returncode == 0
    assert "docs/mailing.md" in done.stdout
    assert desk.project.run("mail").returncode == 2
