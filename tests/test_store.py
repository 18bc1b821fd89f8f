"""Writing output/: the old site or the new one, whatever happens in between."""

import errno
import io
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest
from scratch import files_in

from policing_summary import store, swapping
from policing_summary.store import Cache, Change, commit, recover

OLD = {
    "index.html": b"old index",
    "same.css": b"the same in both",
    "2009-10/havering/index.html": b"old page",
    "2009-10/gone/index.html": b"a page that no longer belongs",
    "a file": b"becomes a folder",
    "a folder/page.html": b"becomes a file",
}
NEW = {
    "index.html": b"new index, and longer",
    "same.css": b"the same in both",
    "2009-10/havering/index.html": b"new page",
    "2009-10/havering/leaflet.pdf": b"new leaflet",
    "a file/page.html": b"was a file",
    "a folder": b"was a folder",
}


def trees_of(output):
    """What readers of output/ see: every file that does not lie beside its tree."""
    return {path: data for path, data in files_in(output).items() if not path.startswith(".")}


@pytest.fixture
def output(tmp_path):
    return tmp_path / "output"


@pytest.fixture
def old(output):
    """An output folder that holds the old site."""
    commit(OLD, output)
    return output


CHANGES = {
    "nothing": (OLD, Change((), 6, ())),
    "a word": (OLD | {"index.html": b"new index"}, Change(("index.html",), 5, ())),
    "a new file": (OLD | {"x/y/z": b"1"}, Change(("x/y/z",), 6, ())),
    "a file less": (
        {path: data for path, data in OLD.items() if "gone" not in path},
        Change((), 5, ("2009-10/gone/index.html",)),
    ),
    "everything": (
        NEW,
        Change(
            tuple(sorted(set(NEW) - {"same.css"})),
            1,
            ("2009-10/gone/index.html", "a file", "a folder/page.html"),
        ),
    ),
    "nothing left": ({}, Change((), 0, tuple(sorted(OLD)))),
}


@pytest.mark.parametrize(("files", "change"), CHANGES.values(), ids=CHANGES)
def test_the_site_holds_exactly_what_was_built(old, files, change):
    assert commit(files, old) == change
    assert trees_of(old) == {f"site/{path}": data for path, data in files.items()}


def test_a_file_becomes_a_folder_and_a_file_again(old):
    commit(NEW, old)
    commit(OLD, old)
    assert files_in(old / "site") == OLD


def test_a_file_that_stays_the_same_is_not_touched(old):
    untouched = old / "site" / "same.css"
    os.utime(untouched, (1, 1))
    commit(NEW, old)
    assert untouched.stat().st_mtime == 1


def test_folders_that_become_empty_go(old):
    commit(NEW, old)
    assert not (old / "site" / "2009-10" / "gone").exists()


def test_whatever_lies_in_the_site_and_was_not_built_goes(old):
    (old / "site" / "by hand.html").write_text("left here")
    (old / "site" / "link").symlink_to("index.html")
    commit(OLD, old)
    assert files_in(old / "site") == OLD


def test_what_lies_beside_the_site_stays(old):
    (old / "my notes.txt").write_text("mine")
    commit(NEW, old)
    assert (old / "my notes.txt").read_text() == "mine"


def test_where_files_move_one_by_one_pages_come_after_what_they_refer_to_and_removals_last(
    old, monkeypatch
):
    cannot_exchange(monkeypatch)
    done = []
    follow(monkeypatch, "replace", lambda source, target: done.append(("move", target)))
    follow(monkeypatch, "unlink", lambda path, **_: done.append(("remove", path)))
    new = {"a/index.html": b"<link href=z.css>", "index.html": b"", "z.css": b"", "z.pdf": b""}
    commit(new, old)
    seen = [
        (what, str(path).rpartition("/site/")[2])
        for what, path in done
        if "/site/" in str(path) and ".new-" not in str(path)
    ]
    assert seen[:4] == [
        ("move", "z.css"),
        ("move", "z.pdf"),
        ("move", "a/index.html"),
        ("move", "index.html"),
    ]
    assert {what for what, _ in seen[4:]} == {"remove"}


def follow(monkeypatch, name, watch):
    real = getattr(os, name)

    def watched(*args, **named):
        watch(*args, **named)
        return real(*args, **named)

    monkeypatch.setattr(os, name, watched)


# The power fails


class PowerCut(BaseException):
    """From here on nothing is done: not even what stands in `except` and `finally`."""


class Disk:
    """Counts what is done to the disk, and stops for good before or in the middle of one step."""

    STEPS = ("mkdir", "link", "rename", "replace", "unlink", "rmdir", "fsync")

    def __init__(self, last: float) -> None:
        self.left = last
        self.steps = 0

    def step(self) -> None:
        self.steps += 1
        self.left -= 1
        if self.left < 0:
            raise PowerCut

    @contextmanager
    def plugged_in(self) -> Iterator[None]:
        with pytest.MonkeyPatch.context() as patch:
            for name in self.STEPS:
                follow(patch, name, lambda *_, **__: self.step())
            exchange = swapping.exchange
            patch.setattr(swapping, "exchange", lambda *both: [self.step(), exchange(*both)][1])
            opened = io.open
            patch.setattr(io, "open", lambda *args, **named: self.open(opened, *args, **named))
            yield

    def open(self, opened, file, mode="r", *args, **named):
        if "w" not in mode:
            return opened(file, mode, *args, **named)
        self.step()
        made = opened(file, mode, *args, **named)
        return HalfWritten(made, self)


class HalfWritten:
    """A file of which the first half is on the disk when the power fails."""

    def __init__(self, file, disk: Disk) -> None:
        self.file, self.disk = file, disk

    def write(self, data):
        self.file.write(data[: len(data) // 2])
        self.file.flush()
        self.disk.step()
        return self.file.write(data[len(data) // 2 :])

    def __getattr__(self, name):
        return getattr(self.file, name)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.file.close()


def cannot_exchange(patch):
    patch.setattr(swapping, "exchange", lambda one, other: False)


def cannot_link(patch):
    def refuse(*_, **__):
        raise OSError(errno.EPERM, "Operation not permitted")

    patch.setattr(os, "link", refuse)


def can_neither(patch):
    cannot_exchange(patch)
    cannot_link(patch)


COMPUTERS = {
    "folders change places": lambda patch: None,
    "no folder changes places": cannot_exchange,
    "no file has two names": cannot_link,
    "neither": can_neither,
}
AT_ONCE = [COMPUTERS["folders change places"], COMPUTERS["no file has two names"]]
computers = pytest.mark.parametrize("computer", COMPUTERS.values(), ids=COMPUTERS)


@computers
def test_a_power_cut_at_any_step_leaves_the_old_or_the_new_site(tmp_path, monkeypatch, computer):
    """Where folders change places it does at that moment, and elsewhere once the next build begins."""
    outcomes = []
    while not outcomes or outcomes[-1] != "finished":
        output = tmp_path / f"cut {len(outcomes)}"
        commit(OLD, output)
        disk = Disk(last=len(outcomes))
        with monkeypatch.context() as patch:
            computer(patch)
            try:
                with disk.plugged_in():
                    commit(NEW, output)
                outcomes.append("finished")
            except PowerCut:
                found = trees_of(output)
                recover(output)
                if computer in AT_ONCE:
                    assert trees_of(output) == found
                outcomes.append(whole(trees_of(output)))
            assert files_in(output / ".staging/twin") == files_in(output / "site")
            commit(NEW, output)
        assert trees_of(output) == site_of(NEW)
        assert [path.name for path in (output / ".staging").iterdir()] == ["twin"]
    assert "torn" not in outcomes
    cut_short = outcomes[:-1]
    assert cut_short == sorted(cut_short, key=["old", "new"].index)  # one moment decides
    assert cut_short.count("old") > len(NEW)
    assert cut_short.count("new") > len(NEW)


def whole(found):
    sites = {"old": site_of(OLD), "new": site_of(NEW)}
    return next((name for name, site in sites.items() if site == found), "torn")


def site_of(files):
    return {f"site/{path}": data for path, data in files.items()}


def test_a_power_cut_in_a_first_build_leaves_no_site_or_the_whole(tmp_path):
    outcomes = set()
    for last in range(60):
        output = tmp_path / f"cut {last}"
        with suppress(PowerCut), Disk(last).plugged_in():
            commit(NEW, output)
        outcomes.add(json.dumps(sorted(trees_of(output))))
        store.change({"index.html": b"third"}, (), output)
        there = dict(NEW) if (output / "site/a folder").exists() else {}
        assert trees_of(output) == site_of({**there, "index.html": b"third"})
    assert outcomes == {json.dumps([]), json.dumps(sorted(site_of(NEW)))}


@computers
def test_a_second_power_cut_while_recovering_does_no_harm(tmp_path, monkeypatch, computer):
    computer(monkeypatch)
    for first in range(30):
        output = tmp_path / f"cut {first}"
        commit(OLD, output)
        with suppress(PowerCut), Disk(first + 20).plugged_in():
            commit(NEW, output)
        for last in (first, first // 2):
            with suppress(PowerCut), Disk(last).plugged_in():
                recover(output)
        recover(output)
        assert whole(trees_of(output)) != "torn"
        assert files_in(output / ".staging/twin") == files_in(output / "site")


def test_a_journal_that_is_cut_short_decides_nothing(old):
    (old / ".staging/journal.json").write_text('{"decided": tr')
    assert recover(old) is True
    assert trees_of(old) == site_of(OLD)
    assert recover(old) is False


# Readers


PAGES = {f"{number}/index.html": b"%d " % number * 3000 for number in range(40)}


@computers
def test_whoever_reads_meanwhile_finds_every_page_as_it_was_or_as_it_will_be(
    output, monkeypatch, computer
):
    """Read before each step, from outside and as a server that was started inside the folder."""
    computer(monkeypatch)
    new = {path: data.replace(b" ", b"+") for path, data in PAGES.items()}
    commit(PAGES, output)
    inside = os.open(output / "site", os.O_RDONLY)
    seen = set()

    def read(*_, **__):
        for path, data in PAGES.items():
            assert (output / "site" / path).read_bytes() in {data, new[path]}
            handle = os.open(path, os.O_RDONLY, dir_fd=inside)
            with os.fdopen(handle, "rb") as file:
                assert file.read() in {data, new[path]}
        seen.add((output / "site" / "7/index.html").read_bytes())

    for name in ("replace", "link", "fsync"):
        follow(monkeypatch, name, read)
    try:
        commit(new, output)
    finally:
        os.close(inside)
    assert seen == {PAGES["7/index.html"], new["7/index.html"]}


# What somebody else did to the tree or to its twin


def rewrite(path):
    path.unlink()
    path.write_bytes(b"by hand")


def link(path):
    path.rename(path.with_name("elsewhere"))
    path.symlink_to("elsewhere")


def copied(output):
    shutil.copytree(output, output.with_name("copy"))
    shutil.rmtree(output)
    output.with_name("copy").rename(output)


MEDDLING = {
    "a page was edited": lambda out: (out / "site/index.html").write_bytes(b"by hand"),
    "a page was put in the place of another": lambda out: rewrite(out / "site/index.html"),
    "the twin of a page is another": lambda out: rewrite(out / ".staging/twin/index.html"),
    "the twin of a page is missing": lambda out: (out / ".staging/twin/same.css").unlink(),
    "a page is missing": lambda out: (out / "site/index.html").unlink(),
    "the twin has a page more": lambda out: (out / ".staging/twin/x.html").write_text("x"),
    "the twin is gone": lambda out: shutil.rmtree(out / ".staging"),
    "the site is gone": lambda out: shutil.rmtree(out / "site"),
    "a link stands for a page": lambda out: link(out / "site/same.css"),
    "a link stands for a folder": lambda out: link(out / "site/2009-10/havering"),
    "it was copied": copied,
}


@computers
@pytest.mark.parametrize("meddle", MEDDLING.values(), ids=MEDDLING)
def test_whatever_was_done_by_hand_is_undone(old, monkeypatch, computer, meddle):
    computer(monkeypatch)
    meddle(old)
    commit({**OLD, "z": b"z"}, old)
    assert trees_of(old) == site_of({**OLD, "z": b"z"})
    assert not any(path.is_symlink() for path in old.rglob("*"))


def test_a_change_touches_nothing_else(old):
    before = {p: p.stat().st_ino for p in (old / "site").rglob("*") if p.is_file()}
    store.change({"index.html": b"new", "x/y.html": b"y"}, ["2009-10/gone/index.html"], old)
    rest = {path: data for path, data in OLD.items() if "gone" not in path}
    assert trees_of(old) == site_of({**rest, "index.html": b"new", "x/y.html": b"y"})
    after = {p: p.stat().st_ino for p in (old / "site").rglob("*") if p.is_file()}
    assert sorted(p.name for p in after if after[p] != before.get(p)) == ["index.html", "y.html"]


def test_a_site_that_is_a_link_stays_one(tmp_path, old):
    (old / "site").rename(tmp_path / "served")
    (old / "site").symlink_to(tmp_path / "served")
    commit(NEW, old)
    assert (old / "site").is_symlink()
    assert files_in(tmp_path / "served") == NEW


# The disk is full, or may not be written to


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES, errno.EROFS])
@pytest.mark.parametrize("after", [0, 2, 4])
def test_a_disk_that_refuses_leaves_the_old_site_and_nothing_else(old, monkeypatch, number, after):
    left = iter(range(after))
    write = store._write

    def refuse(path, data):
        if next(left, None) is None:
            raise OSError(number, os.strerror(number), str(path))
        write(path, data)

    monkeypatch.setattr(store, "_write", refuse)
    with pytest.raises(OSError, match=os.strerror(number)):
        commit(NEW, old)
    assert trees_of(old) == site_of(OLD)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_to_is_left_alone(old):
    old.chmod(0o555)
    try:
        with pytest.raises(PermissionError):
            commit(NEW, old)
    finally:
        old.chmod(0o755)
    assert trees_of(old) == site_of(OLD)


# The cache


@pytest.fixture
def cache(tmp_path):
    return Cache(tmp_path / "cache")


def test_what_was_put_in_comes_out(cache):
    assert cache.get("key") is None
    cache.put("key", b"leaflet")
    cache.put("key", b"another")
    assert cache.get("key") == b"another"
    assert set(files_in(cache.folder)) == {"key"}


DAMAGES = {
    "a byte is another": lambda data: data[:-1] + b"?",
    "a byte of the checksum": lambda data: b"?" + data[1:],
    "cut short": lambda data: data[:-1],
    "cut into the checksum": lambda data: data[:20],
    "longer": lambda data: data + b" ",
    "empty": lambda data: b"",
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_entry_is_not_believed(cache, damage):
    cache.put("key", b"leaflet")
    (cache.folder / "key").write_bytes(damage((cache.folder / "key").read_bytes()))
    assert cache.get("key") is None


def test_what_has_no_use_goes_from_the_cache_and_so_does_what_was_cut_short(cache):
    for key in "abc":
        cache.put(key, b"leaflet")
    (cache.folder / "b.4711").write_text("half")
    cache.keep_only(["b", "d"])
    assert set(files_in(cache.folder)) == {"b"}


# Trees beside the site


def test_a_tree_of_its_own_and_the_site_leave_each_other_alone(old):
    commit({"2009-10/havering/a5-booklet.pdf": b"for print"}, old, "print")
    commit({"index.html": b"another site"}, old)
    assert files_in(old / "print") == {"2009-10/havering/a5-booklet.pdf": b"for print"}
    assert files_in(old / "site") == {"index.html": b"another site"}
    commit({"x.pdf": b"1"}, old, "print")
    assert files_in(old / "site") == {"index.html": b"another site"}
    assert files_in(old / "print") == {"x.pdf": b"1"}


def test_only_the_folders_that_were_made_anew_lose_what_no_longer_belongs(output):
    commit({"a/1": b"1", "a/2": b"2", "ab/3": b"3", "b/4": b"4"}, output, "print")
    change = commit({"a/1": b"new"}, output, "print", within=["a"])
    assert change == Change(("a/1",), 0, ("a/2",))
    assert files_in(output / "print") == {"a/1": b"new", "ab/3": b"3", "b/4": b"4"}


def test_a_build_of_one_tree_that_was_cut_short_is_carried_out_by_the_next_of_that_tree(output):
    commit({"a.pdf": b"0"}, output, "print")
    with pytest.MonkeyPatch.context() as patch:
        cannot_exchange(patch)
        patch.setattr(store, "recover", lambda *_: False)  # as if the power failed once decided
        commit({"a.pdf": b"1"}, output, "print")
    assert recover(output) is False
    assert trees_of(output) == {"print/a.pdf": b"0"}
    assert recover(output, "print") is True
    assert trees_of(output) == {"print/a.pdf": b"1"}
