"""The whole way from content/ to output/site: what is laid out anew, what is kept, what is undone."""

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from scratch import Project, files_in

from policing_summary import building, crew, leaflet, making, piles, sharing, shifts, store, workers
from policing_summary.document import Document, Leaflet
from policing_summary.errors import BuildError, ContentError
from policing_summary.workers import Hands


@pytest.fixture
def typeset(monkeypatch) -> list[str]:
    """Leaflets are laid out by a stand-in, in this process; their titles are noted."""
    noted = []

    def stand_in(document: Document) -> Leaflet:
        noted.append(document.title)
        warnings = ("a warning",) if "Bromley" in document.title else ()
        return Leaflet(document.key.encode(), 8, warnings=warnings)

    def finished(work, jobs, order, hands):
        return ((number, stand_in(jobs[number])) for number in order)

    monkeypatch.setattr(workers, "finished", finished)
    return noted


@pytest.fixture
def project(pristine, tmp_path, typeset) -> Project:
    """A copy with a finished build by the stand-in."""
    copy = copied(pristine, tmp_path)
    build(copy)
    typeset.clear()
    return copy


def copied(pristine: Project, to: Path) -> Project:
    """The content of one edition, with one leaflet for each borough, whatever formats there are."""
    copy = pristine.copy(to / "project", ("content",))
    copy.keep_edition("2009-10")
    edition = copy.root / "content/2009-10/edition.yaml"
    text = re.sub(r"(?m)^formats: .*$", "formats: [a5-booklet]", edition.read_text("utf-8"))
    edition.write_text(text, "utf-8")
    return copy


def build(project: Project) -> building.Summary:
    return building.build(project.root, lambda what, done, total: None)


@pytest.mark.usefixtures("typeset")
@pytest.mark.parametrize("copies", [True, False])
@pytest.mark.parametrize("formats", ["none", "[a5-booklet]"])
def test_very_many_boroughs_are_made_by_all_hands_and_are_the_same_to_the_byte(
    pristine, tmp_path, monkeypatch, formats, copies
):
    """Read, made and drawn in other processes, copies of this one or not; their files wait on the disk."""
    project = copied(pristine, tmp_path)
    project.edit("content/2009-10/edition.yaml", "formats: [a5-booklet]", f"formats: {formats}")
    build(project)
    alone = files_in(project.output / "site")
    put = []
    monkeypatch.setattr(piles.Spool, "put", noting(piles.Spool.put, put))
    monkeypatch.setattr(crew, "can_be_copied", lambda: copies)
    monkeypatch.setattr(shifts, "FEW", 2)
    for module in (shifts, sharing):
        monkeypatch.setattr(module, "MANY", 2)
        monkeypatch.setattr(module, "SOME", 1)
    for made in (".cache", "output"):
        shutil.rmtree(project.root / made)
    building.build(project.root, lambda what, done, total: None, Hands(jobs=2))
    assert files_in(project.output / "site") == alone
    assert len(put) == 3, "two boroughs, and the pages that set them side by side"


def noting(work, calls):
    def noted(*given):
        calls.append(given)
        return work(*given)

    return noted


def test_a_first_build_writes_everything(pristine, tmp_path, typeset):
    project = copied(pristine, tmp_path)
    summary = build(project)
    assert sorted(typeset) == ["Bromley 2009/10", "Havering 2009/10"]
    assert (summary.pages, summary.leaflets, summary.typeset) == (12, 2, 2)
    assert (summary.written, summary.removed) == (len(files_in(project.output / "site")), 0)
    assert summary.warnings == ("a warning",)
    assert summary.problems == ()
    site = set(files_in(project.output / "site"))
    assert {"index.html", "2009-10/havering/index.html", "2009-10/havering/leaflet.pdf"} <= site


@dataclass(frozen=True)
class Change:
    """A word of the content that is another, what is then laid out anew, and how much is written.

    The list of checksums is among it.

    The index for searching has hashes in its names, so what it writes anew is removed as well.
    """

    file: str
    old: str
    new: str
    anew: list[str]
    written: int
    removed: int = 0


BOTH = ["Bromley 2009/10", "Havering 2009/10"]
CHANGES = {
    "nothing": Change("havering.yaml", "Residential burglary", "Residential burglary", [], 0),
    "one borough": Change("havering.yaml", "rose, and so", "grew, and so", BOTH[1:], 11, 3),
    "what the index says of it": Change("havering.yaml", "it went against", "went", BOTH[1:], 10),
    "the edition": Change(
        "edition.yaml", "Money will be tight", "Money will be scarce", BOTH, 12, 4
    ),
    "what no reader sees": Change("edition.yaml", "in this edition.", "in this year.", [], 0),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_only_what_changed_is_made_anew(project, typeset, change):
    project.edit(f"content/2009-10/{change.file}", change.old, change.new)
    summary = build(project)
    assert sorted(typeset) == change.anew
    assert summary.typeset == len(change.anew)
    assert (summary.written, summary.removed) == (change.written, change.removed)


def test_a_warning_of_a_leaflet_is_told_again_when_it_comes_from_the_cache(project, typeset):
    assert build(project).warnings == ("a warning",)
    assert typeset == []


def test_a_borough_that_is_taken_out_leaves_nothing_behind(project):
    (project.root / "content/2009-10/bromley.yaml").unlink()
    summary = build(project)
    assert summary.removed == 19
    assert [path for path in files_in(project.output / "site") if "bromley" in path] == []
    assert len(files_in(project.root / ".cache/leaflets")) == 1


def test_a_damaged_leaflet_in_the_cache_is_laid_out_again(project, typeset):
    for path in (project.root / ".cache/leaflets").iterdir():
        path.write_bytes(path.read_bytes()[:-1])
    before = files_in(project.output / "site")
    assert build(project).typeset == 2
    assert files_in(project.output / "site") == before


def test_a_deleted_output_is_written_from_the_cache(project, typeset):
    before = files_in(project.output / "site")
    for path in before:
        (project.output / "site" / path).unlink()
    build(project)
    assert typeset == []
    assert files_in(project.output / "site") == before


def fail(error):
    def work(*args, **named):
        raise error

    return work


FAILURES = {
    "bad content": (None, "x: 1", ContentError),
    "a leaflet that cannot be made": ((workers, "finished"), BuildError("letters"), BuildError),
    "letters that are not ours": ((leaflet, "compose"), BuildError("letters"), BuildError),
    "a fault in a template": ((making.site, "of_all"), ZeroDivisionError(), ZeroDivisionError),
    "a full disk": ((store, "_write"), OSError(28, "No space left on device"), OSError),
    "a cache that cannot be written": ((store.Cache, "put"), OSError(13, "No"), OSError),
    "ctrl-c": ((workers, "finished"), KeyboardInterrupt(), KeyboardInterrupt),
}


@pytest.mark.parametrize(("place", "what", "raised"), FAILURES.values(), ids=FAILURES)
def test_whatever_fails_leaves_the_output_as_it_was(project, monkeypatch, place, what, raised):
    before = files_in(project.output / "site")
    times = {path: path.stat().st_mtime_ns for path in (project.output / "site").rglob("*")}
    project.edit("content/2009-10/edition.yaml", "Money will be tight", "Money will be scarce")
    if place:
        monkeypatch.setattr(*place, fail(what))
    else:
        project.write("content/2009-10/havering.yaml", what)
    with pytest.raises(raised):
        build(project)
    assert files_in(project.output / "site") == before
    assert {path: path.stat().st_mtime_ns for path in (project.output / "site").rglob("*")} == times


def test_what_is_being_done_is_told_in_order(pristine, tmp_path, typeset):
    project = copied(pristine, tmp_path)
    told = []
    building.build(project.root, lambda *what: told.append(what))
    assert told == [
        ("Reading content/", 0, 0),
        ("Typesetting leaflets", 0, 2),
        ("Typesetting leaflets", 1, 2),
        ("Typesetting leaflets", 2, 2),
        ("Writing output/site", 0, 0),
    ]
