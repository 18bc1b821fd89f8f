"""The list of checksums: what `sha256sum` reads, and what differs from it."""

import shutil
import subprocess

import pytest
from scratch import files_in

from policing_summary import manifest

FILES = {
    "index.html": b"start",
    "2009-10/havering/index.html": b"page",
    "assets/a file.css": b"style",
    "assets/\N{LATIN SMALL LETTER L WITH STROKE}.svg": b"",
}


@pytest.fixture
def folder(tmp_path):
    for path, data in FILES.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(data)
    (tmp_path / manifest.NAME).write_bytes(manifest.write(manifest.sums(FILES)))
    return tmp_path


def test_what_is_written_is_read_again():
    assert manifest.read(manifest.write(manifest.sums(FILES))) == manifest.sums(FILES)


def test_the_list_is_in_order_and_does_not_hold_itself():
    backwards = dict(reversed(manifest.sums({**FILES, manifest.NAME: b"old"}).items()))
    assert manifest.write(backwards) == manifest.write(manifest.sums(FILES))


GOOD = manifest.write(manifest.sums(FILES))
NO_MANIFESTS = {
    "a line is cut off": GOOD[:-3],
    "a line is missing its checksum": GOOD + b"index.html\n",
    "out of order": GOOD[GOOD.index(b"\n") + 1 :] + GOOD[: GOOD.index(b"\n") + 1],
    "something else": b"<!DOCTYPE html>",
    "out of the folder": manifest.write({"a/../../b": "0" * 64}),
    "an absolute path": manifest.write({"/etc/passwd": "0" * 64}),
}


@pytest.mark.parametrize("data", NO_MANIFESTS.values(), ids=NO_MANIFESTS)
def test_half_a_manifest_is_none(data):
    with pytest.raises(ValueError, match="not a manifest"):
        manifest.read(data)


def link(folder):
    (folder / "index.html").unlink()
    (folder / "index.html").symlink_to("/etc/hostname")


CHANGES = {
    "nothing": (lambda folder: None, ((), (), ())),
    "a file is gone": (lambda f: (f / "index.html").unlink(), (("index.html",), (), ())),
    "a file says something else": (
        lambda f: (f / "index.html").write_bytes(b"START"),
        ((), ("index.html",), ()),
    ),
    "a link stands for a file": (link, ((), ("index.html",), ())),
    "a file was added": (lambda f: (f / ".hidden").touch(), ((), (), (".hidden",))),
}


@pytest.mark.parametrize(("change", "told"), CHANGES.values(), ids=CHANGES)
def test_what_differs_is_told_path_by_path(folder, change, told):
    change(folder)
    difference = manifest.compare(folder, manifest.sums(FILES))
    assert difference == manifest.Difference(*told)
    assert bool(difference) is any(told)


@pytest.mark.skipif(not shutil.which("sha256sum"), reason="has no sha256sum")
def test_a_built_site_carries_a_list_that_sha256sum_agrees_with(built):
    site = built.output / "site"
    listed = manifest.read((site / manifest.NAME).read_bytes())
    assert set(listed) == set(files_in(site)) - {manifest.NAME}
    asked = ["sha256sum", "--check", "--quiet", "--strict", manifest.NAME]
    done = subprocess.run(asked, cwd=site, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
