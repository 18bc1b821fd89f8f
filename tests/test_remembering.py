"""One build after the other: each begins where the last one ended, and ends where one from nothing would."""

import shutil

import pytest
from scratch import files_in
from test_around import ON_MAP, TWO

from policing_summary import building, fingerprint, making, remembering

EDITION = TWO["2009-10/edition.yaml"]
FIGURES = """\
summary: What the police did in Havering.
performance:
  period: a year
  measures:
    - {measure: robbery, before: 100, now: 110}
"""
START = {
    "site.yaml": ON_MAP,
    **TWO,
    "2009-10/havering.yaml": FIGURES,
    "2009-10/bromley.yaml": FIGURES.replace("Havering", "Bromley"),
    "2009-10/edition.yaml": EDITION,
}
BROMLEY = START["2009-10/bromley.yaml"]
CHANGES = {
    "nothing": ({}, 0),
    "a word": ({"2009-10/bromley.yaml": BROMLEY.replace("did", "have done")}, 1),
    "a figure": ({"2009-10/bromley.yaml": BROMLEY.replace("110", "120")}, 1),
    "what boroughs share": (
        {"2009-10/edition.yaml": f"# A remark\n{START['2009-10/edition.yaml']}"},
        2,
    ),
    "a borough less": ({"2009-10/bromley.yaml": None}, 1),  # the other stands beside nobody
    "an edition less": ({"2010-11/edition.yaml": None, "2010-11/havering.yaml": None}, 2),
}


@pytest.fixture
def project(site_folder, tmp_path, monkeypatch):
    """A small site to change and build again and again, without leaflets."""
    return Project(site_folder, tmp_path, monkeypatch)


class Project:
    def __init__(self, site_folder, root, monkeypatch):
        self.site_folder, self.root, self.made = site_folder, root, 0
        make = making.make

        def counted(*given):
            self.made += 1
            return make(*given)

        monkeypatch.setattr(making, "make", counted)

    def change(self, changes):
        without = {
            "2009-10/edition.yaml": START["2009-10/edition.yaml"].replace(
                "superseded-by: 2010-11\n", ""
            )
        }
        gone = {name for name, words in changes.items() if words is None}
        more = without if "2010-11/edition.yaml" in gone else {}
        folder = self.site_folder(START | more | changes)
        for name in gone:
            (folder / name).unlink(missing_ok=True)
        if "2010-11/edition.yaml" in gone:
            shutil.rmtree(folder / "2010-11", ignore_errors=True)

    def build(self):
        """The files of the site, and how many boroughs were made."""
        self.made = 0
        last = fingerprint.last(str(self.root))
        taken = fingerprint.take(str(self.root), last.inputs if last else None)
        summary = building.build(self.root, lambda *_: None, record=last)
        fingerprint.record(str(self.root), "build", taken, "everything")
        return files_in(self.root / "output" / "site"), self.made, summary

    def forget(self):
        shutil.rmtree(self.root / ".cache")
        shutil.rmtree(self.root / "output")


@pytest.mark.parametrize(("change", "made"), CHANGES.values(), ids=CHANGES)
def test_a_build_after_a_change_makes_what_has_changed_and_ends_as_one_from_nothing(
    project, change, made
):
    project.change({})
    project.build()
    project.change(change)
    after, count, summary = project.build()
    project.forget()
    whole, _, other = project.build()
    assert after == whole
    assert count == made
    assert (summary.problems, summary.warnings) == (other.problems, other.warnings)
    assert (summary.pages, summary.leaflets) == (other.pages, other.leaflets)


def cut_short(path):
    path.write_bytes(path.read_bytes()[:-9])


def turn_a_bit(path):
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(bytes(data))


HARM = {
    "every entry is cut short": cut_short,
    "a bit of every entry is turned": turn_a_bit,
}


@pytest.mark.parametrize("harm", HARM.values(), ids=HARM)
def test_a_damaged_cache_is_not_believed(project, harm):
    project.change({})
    project.build()
    for path in (project.root / remembering.FOLDER).iterdir():
        harm(path)
    project.change({"2009-10/bromley.yaml": BROMLEY.replace("did", "have done")})
    after, count, _ = project.build()
    assert count == 2
    project.forget()
    assert project.build()[0] == after


def test_what_another_version_of_the_program_made_is_not_believed(project, monkeypatch):
    project.change({})
    project.build()
    monkeypatch.setattr("sys.version", "another Python")
    assert project.build()[1] == 2


def test_an_output_that_somebody_changed_is_made_again(project):
    project.change({})
    before, _, _ = project.build()
    page = project.root / "output" / "site" / "2009-10" / "bromley" / "index.html"
    page.write_text("mine", "utf-8")
    project.change({"2009-10/havering.yaml": f"# A remark\n{FIGURES}"})
    after, count, _ = project.build()
    assert count == 2
    assert after["2009-10/bromley/index.html"] == before["2009-10/bromley/index.html"]


def test_the_cache_does_not_grow(project):
    project.change({})
    project.build()
    folder = project.root / remembering.FOLDER
    before = len(list(folder.iterdir()))
    for number in range(3):
        project.change({"2009-10/bromley.yaml": f"# {number}\n{BROMLEY}"})
        project.build()
    assert len(list(folder.iterdir())) == before
