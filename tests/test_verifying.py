"""The same input gives the same bytes, and whoever changed a published site is found out."""

import contextlib
import functools
import http.server
import io
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pikepdf
import pytest
from scratch import files_in

from policing_summary import differing, environment, verifying
from policing_summary.commands import verify as command
from policing_summary.errors import BuildError
from policing_summary.keyboard import Keyboard

ANOTHER = """\
import os, sys
from pathlib import Path
os.cpu_count = lambda: int(sys.argv[2])
from policing_summary import building, printing
from policing_summary.press.arguments import parse
def silent(*_): pass
building.build(Path(sys.argv[1]), silent)
typed = parse(["--borough", "havering", "--format", "a4-folded"])
printing.run(Path(sys.argv[1]), typed, silent)
"""
ENVIRONMENTS = {
    "here": ("1", {"TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"}),
    "a far/longer way/ünd anders": (
        "2",
        {"TZ": "America/New_York", "LC_ALL": "C", "PYTHONHASHSEED": "4711", "PYTHONUTF8": "1"},
    ),
}


@pytest.fixture(scope="module")
def content(tmp_path_factory) -> Path:
    """Two boroughs of the real content, with one leaflet each, and one translation."""
    kept = ("edition.yaml", "havering.yaml", "bromley.yaml")
    source = Path(environment.ROOT) / "content"
    folder = tmp_path_factory.mktemp("same") / "content"
    shutil.copytree(source, folder, ignore=shutil.ignore_patterns("20*"))
    (folder / "2009-10").mkdir()
    for name in kept:
        shutil.copy(source / "2009-10" / name, folder / "2009-10" / name)
    edition = folder / "2009-10" / "edition.yaml"
    lines = edition.read_text("utf-8").splitlines(keepends=True)
    lines = ["formats: [a4-folded]\n" if x.startswith("formats:") else x for x in lines]
    edition.write_text("".join(lines), "utf-8")
    for path in folder.glob("site.*.yaml"):
        path.unlink()
    return folder


def test_two_builds_on_other_paths_time_zones_locales_seeds_and_cores_are_the_same(
    content, tmp_path
):
    made = []
    for folder, (cores, variables) in ENVIRONMENTS.items():
        root = tmp_path / folder
        shutil.copytree(content, root / "content")
        done = subprocess.run(
            [sys.executable, "-c", ANOTHER, str(root), cores],
            env=os.environ | {"PYTHONPATH": environment.ROOT} | variables,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        made.append({**files_in(root / "output/site"), **files_in(root / "output/print")})
    one, other = made
    assert sum(path.endswith(".pdf") for path in one) >= 4
    assert sorted(one) == sorted(other)
    different = [path for path in one if one[path] != other[path]]
    assert [differing.told(path, one[path], other[path]) for path in different] == []


# verify

SITE = {
    "site.yaml": """\
title: Local Policing Summary
description: What the police did.
address: https://summary.example.org/
publisher: {name: Metropolitan Police Authority}
boroughs:
  havering: {name: Havering, code: E09000016}
""",
    "2009-10/edition.yaml": """\
title: Local Policing Summary 2009/10
label: 2009/10
period: April 2009 to March 2010
formats: none
measures: {robbery: {name: Robbery}}
""",
    "2009-10/havering.yaml": "summary: What the police did in Havering.\n",
}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    root = tmp_path_factory.mktemp("verify")
    for name, text in SITE.items():
        (root / "content" / name).parent.mkdir(parents=True, exist_ok=True)
        (root / "content" / name).write_text(text, "utf-8")
    verifying.building.build(root, silent)
    return root


def silent(what, done, total):
    """Nobody is there to be told."""


def run(root, *arguments):
    """The exit code, what was said and what was warned of."""
    said, warned = [], []
    at = Keyboard(
        root, said.append, warned.append, ask, lambda: contextlib.nullcontext(silent), str
    )
    code = command.run(command.parser().parse_args(arguments), at)
    return code, said, warned


def ask(question):
    raise AssertionError(question)


def test_what_was_just_built_is_the_same(built):
    code, said, warned = run(built)
    assert (code, warned) == (0, [])
    assert said[0].startswith("Built anew and compared: output/site is the same byte for byte (")


def test_each_file_that_is_not_as_it_was_built_is_told(built, tmp_path):
    published = tmp_path / "published"
    shutil.copytree(built / "output/site", published)
    page = published / "2009-10/havering/index.html"
    page.write_text(page.read_text("utf-8").replace("What the police did", "What they did"))
    (published / "robots.txt").unlink()
    (published / "added.html").write_text("by hand")
    (published / "sitemap.xml").unlink()
    (published / "sitemap.xml").symlink_to("added.html")
    before = files_in(published)
    code, said, warned = run(built, "--published", str(published))
    assert code == 1
    assert [line.partition(": ")[0] for line in warned] == [
        "2009-10/havering/index.html",
        "added.html",
        "robots.txt",
        "sitemap.xml",
    ]
    assert "What they did" in warned[0]
    assert "What the police did" in warned[0]
    assert warned[1] == "added.html: was published, and is not built"
    assert warned[2] == "robots.txt: was not published, and is built"
    assert "4 of" in said[0]
    assert files_in(published) == before


def test_what_stays_for_an_open_page_is_no_difference_where_it_was_published(built, tmp_path):
    published = tmp_path / "published"
    shutil.copytree(built / "output/site", published)
    (published / "assets" / "site.0123456789.css").write_text("of the publication before")
    assert run(built, "--published", str(published))[0] == 0


def test_of_many_files_the_first_are_told(built, tmp_path):
    published = tmp_path / "published"
    shutil.copytree(built / "output/site", published)
    for number in range(30):
        (published / f"x{number}").write_text("x")
    assert len(run(built, "--published", str(published))[2]) == 21
    assert run(built, "--published", str(published))[2][-1].startswith("and 10 files more")
    assert len(run(built, "--published", str(published), "--all")[2]) == 30


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture
def served(built, tmp_path):
    """The site on a web server, and the folder that it is served from."""
    folder = tmp_path / "published"
    shutil.copytree(built / "output/site", folder)
    handler = functools.partial(Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/", folder
        server.shutdown()
        thread.join()


def test_what_readers_get_is_compared_file_by_file(built, served):
    address, folder = served
    assert run(built, "--published", address)[::2] == (0, [])
    page = folder / "2009-10/havering/index.html"
    page.write_text(page.read_text("utf-8").replace("What the police did", "What they did"))
    (folder / "robots.txt").unlink()
    code, said, warned = run(built, "--published", address)
    assert code == 1
    assert [line.partition(": ")[0] for line in warned] == [
        "2009-10/havering/index.html",
        "robots.txt",
    ]
    assert "2 of" in said[0]
    assert f"in {address} differ" in said[0]


def test_an_address_without_a_site_is_told(built, served):
    address, _ = served
    with pytest.raises(BuildError, match=r"There is no list of files at .*/x/manifest\.sha256"):
        run(built, "--published", f"{address}x/")


def test_nothing_to_compare_with_is_told(tmp_path):
    with pytest.raises(BuildError, match=r"There is no folder .*Build first"):
        run(tmp_path)


DIFFERENCES = {
    "a word": ("a.html", b"one\ntwo\n", b"one\ntoo\n", "line 2: “two” was published, and “too”"),
    "a line more": ("a.css", b"x\n", b"x\ny\n", "line 2: “” was published, and “y” is built"),
    "an end": ("a.txt", b"x", b"x\ny", "line 2: (the end of the file) was published, and “y”"),
    "bytes that are no text": ("a.csv", b"\xff", b"\xfe", r"“\xff” was published, and “\xfe”"),
    "a far place": ("a.js", b"x" * 500 + b"y", b"x" * 501, "line 1: “…xxxxx"),
    "a byte": ("a.png", b"\x89PNG", b"\x89PnG", "byte 3 of 4 published and 4 built"),
    "a byte more": ("a.png", b"12", b"123", "byte 3 of 2 published and 3 built"),
    "a PDF that is none": ("a.pdf", b"12", b"13", "byte 2 of 2 published and 2 built"),
}


@pytest.mark.parametrize(("path", "one", "other", "told"), DIFFERENCES.values(), ids=DIFFERENCES)
def test_the_first_place_that_differs_is_told(path, one, other, told):
    assert told in differing.told(path, one, other)


def pdf(title: str, **packed: object) -> bytes:
    made = pikepdf.new()
    made.add_blank_page()
    made.docinfo["/Title"] = title
    made.make_stream(title.encode() * 9)
    made.Root.Extra = made.make_indirect(pikepdf.Stream(made, title.encode() * 9))
    written = io.BytesIO()
    made.save(written, deterministic_id=True, **packed)
    return written.getvalue()


def test_of_a_pdf_the_objects_that_differ_are_told():
    told = differing.told("x.pdf", pdf("one"), pdf("two"))
    assert "objects differ, the first is number" in told


def test_a_pdf_that_is_only_packed_in_another_way_is_told():
    told = differing.told(
        "x.pdf", pdf("one"), pdf("one", compress_streams=False, stream_decode_level=None)
    )
    assert told.startswith("the same objects, packed in another way; byte ")
