"""Whether anything changed since the last build: told rightly, and before anything is imported."""

import json
import os
import shutil

import pytest
from scratch import Project, files_in

from policing_summary import fingerprint

HEAVY = {
    "pydantic", "pydantic_core", "jinja2", "markupsafe", "weasyprint", "yaml", "rich", "pikepdf",
    "fontTools", "markdown_it", "segno", "livereload", "multiprocessing", "concurrent.futures",
    "policing_summary.content", "policing_summary.building", "policing_summary.progress",
}  # fmt: skip
RECORD = ".cache/last-build.json"


def is_unchanged(project: Project, asked: str = "build") -> bool:
    return fingerprint.unchanged_since_last_build(str(project.root), asked) is not None


def test_nothing_changed_is_said_in_one_line_without_importing_anything_heavy(project):
    before = {path: path.stat().st_mtime_ns for path in project.root.rglob("*")}
    command = project.command()
    done = project.start([command[0], "-X", "importtime", *command[1:]])
    imported = {line.split("|")[-1].strip() for line in done.stderr.splitlines()}
    assert done.returncode == 0
    files = [path.name for path in (project.output / "site").rglob("*.*")]
    pages, leaflets = files.count("index.html"), sum(name.endswith(".pdf") for name in files)
    assert done.stdout == (
        "Nothing has changed since the last build: output/site holds "
        f"{pages} pages and {leaflets} leaflets.\n"
    )
    assert "policing_summary.fingerprint" in imported
    assert imported & HEAVY == set()
    assert {path: path.stat().st_mtime_ns for path in project.root.rglob("*")} == before


def test_a_warning_is_told_again_where_nothing_has_changed_without_importing_anything_heavy(
    project,
):
    words = "A commander’s own words go here."
    project.edit("content/2009-10/bromley.yaml", words, "We spoke with 98,765 people.")
    first = project.run()
    assert "warning: no figure stands behind `98,765`" in first.stderr, first.stderr
    command = project.command()
    again = project.start([command[0], "-X", "importtime", *command[1:]])
    imported = {line.split("|")[-1].strip() for line in again.stderr.splitlines()}
    assert imported & HEAVY == set()
    assert again.stdout.startswith("Nothing has changed")
    told = first.stderr[first.stderr.index("warning:") :]
    assert told in "".join(
        line
        for line in again.stderr.splitlines(keepends=True)
        if not line.startswith("import time:")
    )


def touch(project):
    for folder in ("content", "templates", "policing_summary"):
        for path in (project.root / folder).rglob("*"):
            os.utime(path, (1, 1))


def write_again(project):
    path = project.root / "content" / "site.yaml"
    path.write_bytes(path.read_bytes())


def compile_anew(project):
    cached = project.root / "policing_summary" / "__pycache__"
    shutil.rmtree(cached, ignore_errors=True)
    cached.mkdir()
    (cached / "cli.cpython-99.pyc").write_bytes(b"another Python's")


SAME = {
    "nothing at all": lambda project: None,
    "every file touched": touch,
    "a file written again with the same words": write_again,
    "compiled by another Python": compile_anew,
    "a note beside the site": lambda project: project.write("output/notes.txt", "mine"),
    "a file that no build reads": lambda project: project.write("README.md", "new"),
}


@pytest.mark.parametrize("change", SAME.values(), ids=SAME)
def test_what_makes_no_difference_makes_no_build(project, change):
    change(project)
    assert is_unchanged(project)


def append(path):
    def change(project):
        project.write(path, (project.root / path).read_text("utf-8") + "\n")

    return change


def same_size(project):
    project.edit(
        "content/site.yaml", "https://summary.example.org/", "https://summarx.example.org/"
    )


def same_size_in_the_output(project):
    path = project.output / "site" / "index.html"
    path.write_bytes(path.read_bytes().replace(b"Havering", b"Haverink"))


def delete(path):
    return lambda project: (project.root / path).unlink()


def cut_short(project):
    project.write("output/.staging/journal.json", "{")


def record(words):
    return lambda project: project.write(RECORD, words)


def changed_record(**changes):
    def change(project):
        noted = json.loads((project.root / RECORD).read_text("utf-8"))
        project.write(RECORD, json.dumps(noted | changes))

    return change


DIFFERENT = {
    "a borough's file": append("content/2009-10/havering.yaml"),
    "the edition's file": append("content/2009-10/edition.yaml"),
    "the site's file": append("content/site.yaml"),
    "a word as long as before": same_size,
    "a new content file": lambda project: project.write("content/2009-10/barnet.yaml", "x"),
    "a new picture": lambda project: project.write("content/2009-10/images/a.png", "x"),
    "a content file less": delete("content/2009-10/bromley.yaml"),
    "a section's template": append("templates/sections/plan.html"),
    "a stylesheet": append("templates/css/print.css"),
    "a font": delete("templates/fonts/SourceSans3-It.woff2"),
    "the program": append("policing_summary/charts.py"),
    "the model": append("policing_summary/model/base.py"),
    "the lock": append("requirements.lock"),
    "a page deleted": delete("output/site/index.html"),
    "a leaflet deleted": delete("output/site/2009-10/havering/leaflet.pdf"),
    "a page changed by hand": same_size_in_the_output,
    "something put into the site": lambda project: project.write("output/site/x.html", ""),
    "the whole output deleted": lambda project: shutil.rmtree(project.output),
    "a build that was cut short": cut_short,
    "no record": delete(RECORD),
    "half a record": record('{"version": 1, "asked"'),
    "an empty record": record(""),
    "a record of nothing": record("null"),
    "a record that is a list": record("[]"),
    "a record of an older program": changed_record(version=0),
    "a record with odd inputs": changed_record(inputs=[]),
    "a record without its last word": changed_record(summary=None),
}


@pytest.mark.parametrize("change", DIFFERENT.values(), ids=DIFFERENT)
def test_whatever_makes_a_difference_makes_a_build(project, change):
    change(project)
    assert not is_unchanged(project)


def test_a_build_for_something_else_does_not_count(project):
    assert not is_unchanged(project, "preview")


def test_a_file_that_changes_during_the_build_is_built_the_next_time(project):
    inputs = fingerprint.take(str(project.root))
    append("content/2009-10/havering.yaml")(project)
    (project.root / RECORD).unlink()
    (project.root / "content/2009-10/bromley.yaml").unlink()
    changed = fingerprint.record(str(project.root), "build", inputs, "everything")
    assert changed == ("content/2009-10/bromley.yaml", "content/2009-10/havering.yaml")
    assert not (project.root / RECORD).exists()


def test_a_record_is_whole_or_not_there(project, monkeypatch):
    before = files_in(project.root / ".cache")

    def power_cut(*_):
        raise OSError("no power")

    monkeypatch.setattr(os, "replace", power_cut)
    inputs = fingerprint.take(str(project.root))
    with pytest.raises(OSError, match="no power"):
        fingerprint.record(str(project.root), "build", inputs, "everything")
    assert files_in(project.root / ".cache")[RECORD.partition("/")[2]] == before["last-build.json"]
    assert is_unchanged(project)


def test_what_a_build_left_is_known_by_looking_only_where_it_wrote(tmp_path):
    """The same hashes as of the whole site, also where files came, changed and went."""
    site = tmp_path / "output" / "site"
    for path in ("index.html", "a/index.html", "a/b/index.html", "c/index.html", "d/card.png"):
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_text(path, "utf-8")
    before = fingerprint.outputs_of(str(tmp_path))
    (site / "index.html").write_text("new", "utf-8")
    (site / "a" / "new.html").write_text("new", "utf-8")
    (site / "d" / "card.png").unlink()
    (site / "d").rmdir()
    after = fingerprint.outputs_after(str(tmp_path), before, ["", "a", "d"])
    assert after == fingerprint.outputs_of(str(tmp_path))
    assert after != before
