"""`python3 build.py publish`: what is built, refused, shown beforehand and told afterwards."""

import http.server
import os
import shutil
import subprocess
import threading
from functools import partial

import pytest
from conftest import SMALL_SITE
from publishing import website
from scratch import SOURCES, Project, files_in

from policing_summary import manifest
from policing_summary.publishing import differences, fetching, guard, plan, publication
from policing_summary.publishing.faults import RefusedError, without_secrets
from policing_summary.publishing.publication import Publication

TABLE = """
performance:
  period: 2009/10
  measures:
    - {measure: gun-crime, before: 60, now: 63}
"""


@pytest.fixture(scope="module")
def small(pristine, tmp_path_factory):
    """A project with one borough, pages only, built and published once. To be copied."""
    project = pristine.copy(tmp_path_factory.mktemp("small") / "project", SOURCES[1:])
    for path, text in SMALL_SITE.items():
        project.write(f"content/{path}", text)
    project.write("content/2009-10/havering.yaml", "summary: What they did.\n" + TABLE)
    target(project, "  live: {folder: ../www/summaries}\n")
    edition = (project.root / "content/2009-10/edition.yaml").read_text("utf-8")
    project.write("content/2009-10/edition.yaml", edition + "formats: [easy-read]\n")
    (project.root.parent / "www").mkdir()
    done = project.run("publish", "live")
    assert done.returncode == 0, done.stderr
    return project


@pytest.fixture
def project(small, tmp_path):
    shutil.copytree(small.root.parent, tmp_path / "all", symlinks=True)
    return Project(tmp_path / "all" / "project")


def target(project, text):
    project.write("content/site.yaml", SMALL_SITE["site.yaml"] + f"publish:\n{text}")


def shown(project):
    return project.root.parent / "www" / "summaries"


def test_what_was_built_is_what_readers_find(project):
    assert files_in(shown(project)) == files_in(project.output / "site")


def test_a_second_time_nothing_is_done(project):
    done = project.run("publish", "live")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "Nothing has changed since publication 1 at live.\n"


def test_a_dry_run_shows_pages_and_figures_and_publishes_nothing(project):
    project.edit("content/2009-10/havering.yaml", "now: 63", "now: 66")
    before = files_in(shown(project))
    done = project.run("publish", "live", "--dry-run")
    assert done.returncode == 0, done.stderr
    assert "    2009-10/havering/index.html\n" in done.stdout
    assert "    2009-10 Havering gun-crime.now: 63 → 66\n" in done.stdout
    assert "    2009-10 Havering gun-crime.percent: +5.0% → +10.0%\n" in done.stdout
    assert done.stdout.endswith("\nNothing was published.\n")
    assert files_in(shown(project)) == before


def test_the_content_is_built_before_it_is_published_and_one_goes_back(project):
    project.edit("content/2009-10/havering.yaml", "now: 63", "now: 66")
    done = project.run("publish", "live")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Published at live as publication 2: ")
    assert b"+10.0%" in (shown(project) / "2009-10/havering/index.html").read_bytes()
    history = project.run("publish", "live", "--history").stdout
    assert "  (shown now)\npublication 1: " in history
    back = project.run("publish", "live", "--back")
    assert back.returncode == 0, back.stderr
    assert back.stdout.startswith("Went back to publication 1: ")
    assert b"+5.0%" in (shown(project) / "2009-10/havering/index.html").read_bytes()


def wrong_content(project):
    project.edit("content/2009-10/havering.yaml", "now: 63", "now: many")


def changed_by_hand(project):
    """With the time and size it had, so that only its checksum tells."""
    page = project.output / "site" / "index.html"
    stat = page.stat()
    page.write_bytes(page.read_bytes().replace(b"What the police did", b"What the folks did!"))
    os.utime(page, ns=(stat.st_atime_ns, stat.st_mtime_ns))


REFUSALS = {
    "problems in the content": (wrong_content, "`many` is not a number"),
    "a page that was changed by hand": (changed_by_hand, "Files were changed in"),
}


@pytest.mark.parametrize(("change", "told"), REFUSALS.values(), ids=REFUSALS)
def test_what_may_not_be_published_is_not(project, change, told):
    before = files_in(shown(project))
    change(project)
    done = project.run("publish", "live")
    assert done.returncode == 1
    assert told in done.stderr
    assert "what was published is as it was" in done.stderr
    assert files_in(shown(project)) == before


TARGETS = {
    "a name that there is not": ("liev", "There is no target `liev`", "did you mean `live`?"),
    "the project's own folder": ("own", "belongs to this project", ""),
    "a folder around the project": ("around", "belongs to this project", ""),
    "output/print": ("print", "belongs to this project", ""),
}


@pytest.mark.parametrize(("name", "told", "also"), TARGETS.values(), ids=TARGETS)
def test_a_target_that_cannot_be_is_refused(project, name, told, also):
    target(
        project,
        "  live: {folder: ../www/summaries}\n  own: {folder: content/x}\n"
        "  around: {folder: ../..}\n  print: {folder: output/print}\n",
    )
    done = project.run("publish", name, "--dry-run")
    assert done.returncode == (2 if name == "liev" else 1)
    assert told in done.stderr
    assert also in done.stderr


def test_without_a_name_all_targets_are_listed(project):
    assert project.run("publish").stdout == "live            folder ../www/summaries\n"


def test_no_secret_is_printed_whatever_fails(project, monkeypatch):
    """Git repeats the address with the password; the address comes from the git settings of the project."""
    canary = "c4n4ry-t0ken-0123456789"
    monkeypatch.setenv("DEPLOY_TOKEN", canary)
    target(project, "  live: {git: {repository: origin}}\n")
    subprocess.run(["git", "init", "-q"], cwd=project.root, check=True)
    address = f"http://editor:{canary}@127.0.0.1:9/police.git"
    subprocess.run(["git", "remote", "add", "origin", address], cwd=project.root, check=True)
    done = project.run("publish", "live", "--history")
    assert done.returncode == 3
    assert "git ended with 128" in done.stderr
    assert "127.0.0.1" in done.stderr
    assert canary not in done.stdout + done.stderr
    kept = [path for path in project.root.rglob("*") if path.is_file() and ".git" not in path.parts]
    assert not [path for path in kept if canary.encode() in path.read_bytes()]


# What readers get


@pytest.fixture
def web(tmp_path):
    """A web server that shows a folder, and its address."""
    quiet = type("Quiet", (http.server.SimpleHTTPRequestHandler,), {"log_message": lambda *_: None})
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), partial(quiet, directory=str(tmp_path / "all" / "www" / "summaries"))
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}/"
    server.shutdown()
    server.server_close()


def test_the_address_is_looked_at_after_publishing(project, web):
    target(project, f"  live: {{folder: ../www/summaries, address: '{web}'}}\n")
    project.edit("content/2009-10/havering.yaml", "now: 63", "now: 66")
    done = project.run("publish", "live")
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith(f"\nReaders get it at {web}.\n")


def test_an_address_that_shows_something_else_is_told(project, web):
    target(project, f"  live: {{folder: ../www/other, address: '{web}'}}\n")
    project.edit("content/2009-10/havering.yaml", "now: 63", "now: 66")
    done = project.run("publish", "live")
    assert done.returncode == 3
    assert "Readers do not get it yet at" in done.stderr
    assert "manifest.sha256" in done.stderr


def test_only_the_web_is_asked_for_what_readers_get():
    with pytest.raises(OSError, match="file:"):
        fetching.fetch("file:///etc/hostname")


# The folder that is published


def test_a_website_is_published_whole_or_not_at_all(site):
    files = site.build(website("old"))
    assert guard.files_of(site.folder, ()) == manifest.sums(files)


def without_manifest(folder):
    (folder / manifest.NAME).unlink()


def half_a_manifest(folder):
    path = folder / manifest.NAME
    path.write_bytes(path.read_bytes()[:-9])


def with_mail(folder):
    files = website("old", **{"mail/addresses.pdf": "somebody's address"})
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)


def with_link(folder):
    (folder / "feed.xml").unlink()
    (folder / "feed.xml").symlink_to("/etc/passwd")


DIRTY = {
    "no list of checksums": (without_manifest, "is not a finished website"),
    "half a list": (half_a_manifest, "is not a finished website"),
    "a file is missing": (lambda f: (f / "feed.xml").unlink(), "Files are missing from"),
    "a file was changed": (lambda f: (f / "feed.xml").write_text("x"), "Files were changed in"),
    "a link leads elsewhere": (with_link, "Files were changed in"),
    "a file was added": (lambda f: (f / "print.pdf").touch(), "files that were not built in"),
    "an addressed leaflet": (with_mail, "not for readers"),
}


@pytest.mark.parametrize(("change", "told"), DIRTY.values(), ids=DIRTY)
def test_a_folder_that_is_not_as_it_was_built_is_refused(site, change, told):
    site.build(website("old"))
    change(site.folder)
    with pytest.raises(RefusedError, match=told):
        guard.files_of(site.folder, ())


def test_a_draft_is_refused(site):
    site.build(website("old"))
    with pytest.raises(RefusedError, match=r"holds drafts: 2009-10/havering/index\.html"):
        guard.files_of(site.folder, ["2009-10/havering"])


# Plans and records


def test_a_record_is_read_as_it_was_written():
    record = Publication(7, 6, "abc", {"index.html": "1"}, {"assets/a.1.css": "2"})
    assert publication.from_json(record.to_json()) == record


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b'{"version": 2}', b'{"version": 1, "x": 1}'])
def test_half_a_record_is_none(data):
    with pytest.raises(ValueError, match=r"."):
        publication.from_json(data)


def test_a_plan_says_what_becomes_of_each_file():
    old = Publication(1, 0, "", {"a.html": "1", "b.html": "1", "assets/x.1.css": "1", "c.txt": "1"})
    new = plan.following(
        old, {"a.html": "2", "d.html": "1", "assets/y.1.css": "1", "c.txt": "1"}, 2, ""
    )
    assert new.kept == {"assets/x.1.css": "1"}
    assert plan.compare(old, new) == plan.Plan(
        add=("assets/y.1.css", "d.html"), change=("a.html",), remove=("b.html",), same=2
    )
    third = plan.following(new, new.files, 3, "")
    assert plan.compare(new, third).remove == ("assets/x.1.css",)


FIGURES = {
    "another figure": ("robbery,Havering,2009-10,5\n", "robbery,Havering,2009-10,6\n", ["  2009-10 Havering robbery: 5 → 6"]),
    "a new one": ("", "robbery,Havering,2009-10,6\n", ["+ 2009-10 Havering robbery: 6"]),
    "one that is gone": ("robbery,,2009-10,5\n", "", ["- 2009-10 robbery: 5"]),
    "the same": ("robbery,Havering,2009-10,5\n", "robbery,Havering,2009-10,5\n", []),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "told"), FIGURES.values(), ids=FIGURES)
def test_figures_are_told_apart(old, new, told):
    head = "\ufeffid,area,edition,printed_as\n"
    assert list(differences.figures((head + old).encode(), (head + new).encode())) == told


def test_a_table_that_cannot_be_read_has_no_figures():
    new = b"id,area,edition,printed_as\nrobbery,Havering,2009-10,6\n"
    for nothing in (None, b"", b"\xff\xfe", b"<!DOCTYPE html>"):
        assert differences.figures(nothing, new) == ("+ 2009-10 Havering robbery: 6",)


SECRETS = {
    "in an address": ("fetch https://me:hunter2@host/x", "fetch https://…@host/x"),
    "a token as the user": ("https://ghp_abcdefghij@host", "https://…@host"),
    "a header": ("Authorization: Basic aGVsbG8=", "Authorization: …"),
    "a name with a value": ("password=hunter2, x", "password=…, x"),
    "the value of a variable": ("it said s3cr3t-value!", "it said …!"),
    "nothing secret": ("fatal: repository not found", "fatal: repository not found"),
}


@pytest.mark.parametrize(("text", "told"), SECRETS.values(), ids=SECRETS)
def test_a_secret_is_covered(text, told):
    variables = {"DEPLOY_TOKEN": "s3cr3t-value", "HOME": "repository", "API_KEY": "not"}
    assert without_secrets(text, variables) == told
