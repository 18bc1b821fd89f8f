"""Writing output/: the old site or the new one, whatever happens in between."""

import errno
import io
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from scratch import files_in

from policing_summary import store
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
    assert files_in(old) == {f"site/{path}": data for path, data in files.items()}


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


def test_pages_come_after_what_they_refer_to_and_removals_last(old, monkeypatch):
    done = []
    follow(monkeypatch, "replace", lambda source, target: done.append(("move", target)))
    follow(monkeypatch, "unlink", lambda path, **_: done.append(("remove", path)))
    new = {"a/index.html": b"<link href=z.css>", "index.html": b"", "z.css": b"", "z.pdf": b""}
    commit(new, old)
    in_the_site = [(what, str(path)) for what, path in done if "site" in str(path)]
    seen = [(what, path.rpartition("/site/")[2]) for what, path in in_the_site]
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

    STEPS = ("mkdir", "rename", "replace", "unlink", "rmdir", "fsync")

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


def test_a_power_cut_at_any_step_leaves_the_old_or_the_new_site_after_the_next_start(tmp_path):
    outcomes = []
    while not outcomes or outcomes[-1] != "finished":
        output = tmp_path / f"cut {len(outcomes)}"
        commit(OLD, output)
        disk = Disk(last=len(outcomes))
        try:
            with disk.plugged_in():
                commit(NEW, output)
            outcomes.append("finished")
        except PowerCut:
            recover(output)
            found = files_in(output)
            whole = {"old": site_of(OLD), "new": site_of(NEW)}
            outcomes.append(next((name for name, site in whole.items() if site == found), "torn"))
        commit(NEW, output)
        assert files_in(output) == site_of(NEW)
    assert "torn" not in outcomes
    cut_short = outcomes[:-1]
    assert cut_short == sorted(cut_short, key=["old", "new"].index)  # one moment decides
    assert cut_short.count("old") > len(NEW)
    assert cut_short.count("new") > len(NEW)


def site_of(files):
    return {f"site/{path}": data for path, data in files.items()}


def test_a_second_power_cut_while_recovering_does_no_harm(tmp_path):
    for first in range(20):
        output = tmp_path / f"cut {first}"
        commit(OLD, output)
        decide(NEW, output)
        for last in (first, first // 2):
            with suppress(PowerCut), Disk(last).plugged_in():
                recover(output)
        recover(output)
        assert files_in(output) == site_of(NEW)


def decide(files, output):
    """Leaves a build that is decided and of which nothing is carried out."""

    def stop_at_the_first_move(source, target):
        if "site" in Path(source).relative_to(output).parts:
            raise PowerCut

    with pytest.MonkeyPatch.context() as patch:
        follow(patch, "replace", stop_at_the_first_move)
        with pytest.raises(PowerCut):
            commit(files, output)


def test_an_undecided_build_is_rubbish(old):
    (old / ".staging" / "site").mkdir(parents=True)
    (old / ".staging" / "site" / "index.html").write_text("half of a build")
    assert recover(old) is False
    assert files_in(old / "site") == OLD
    assert not (old / ".staging").exists()


def test_a_decided_build_is_carried_out_and_then_forgotten(old):
    decide(NEW, old)
    assert files_in(old / "site") == OLD
    assert json.loads((old / ".staging" / "journal.json").read_bytes())["move"]
    assert recover(old) is True
    assert files_in(old) == site_of(NEW)
    assert recover(old) is False


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
    assert files_in(old) == site_of(OLD)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_to_is_left_alone(old):
    old.chmod(0o555)
    try:
        with pytest.raises(PermissionError):
            commit(NEW, old)
    finally:
        old.chmod(0o755)
    assert files_in(old) == site_of(OLD)


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


def test_a_decided_build_of_one_tree_is_carried_out_by_the_next_of_that_tree(output, monkeypatch):
    monkeypatch.setattr(store, "recover", lambda *_: False)  # as if the power failed once decided
    commit({"a.pdf": b"1"}, output, "print")
    monkeypatch.undo()
    assert recover(output) is False
    assert not (output / "print").exists()
    assert recover(output, "print") is True
    assert files_in(output) == {"print/a.pdf": b"1"}
