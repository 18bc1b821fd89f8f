"""Publishing into a folder: one link, replaced in one step; nothing of anybody else's is touched."""

import os
from pkgutil import resolve_name

import pytest
from publishing import website
from scratch import files_in

from policing_summary.publishing.faults import PublishError, RefusedError
from policing_summary.publishing.folder import Folder

OLD, NEW = website("old"), website("new", style="22")


@pytest.fixture
def target(tmp_path):
    (tmp_path / "www").mkdir()
    return tmp_path / "www" / "summaries"


@pytest.fixture
def host(target):
    return Folder(target, keep=2)


def test_readers_find_the_website_and_then_the_next(host, site, target):
    site.publish(host, OLD)
    assert files_in(target) == OLD
    new, work = site.publish(host, NEW)
    assert new.number == 2
    assert work.add == ("assets/site.22.css",)
    assert work.remove == ()
    assert work.same == 3
    assert host.is_whole(site.folder, new)


def test_what_an_open_page_may_still_ask_for_stays_for_one_publication(host, site, target):
    site.publish(host, OLD)
    site.publish(host, NEW)
    assert files_in(target) == NEW | {"assets/site.11.css": OLD["assets/site.11.css"]}
    site.publish(host, website("third", style="33"))
    assert not (target / "assets" / "site.11.css").exists()
    assert (target / "assets" / "site.22.css").exists()


def test_a_file_that_stays_the_same_takes_no_room_twice(host, site, target):
    site.publish(host, OLD)
    before = (target / "assets" / "same.00.svg").stat()
    site.publish(host, NEW)
    after = (target / "assets" / "same.00.svg").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_one_goes_back_step_by_step_and_forward_from_there(host, site, target):
    for word in ("first", "second", "third"):
        site.publish(host, website(word))
    assert [host.back().number, host.back().number] == [2, 1]
    assert (target / "feed.xml").read_text() == "<feed>first</feed>"
    with pytest.raises(RefusedError, match="nothing before publication 1"):
        host.back()
    new, _ = site.publish(host, website("fourth"))
    assert (new.number, new.before) == (4, 1)
    assert [each.number for each in host.history()] == [4, 1]


def test_no_more_is_kept_than_can_be_gone_back_to(host, site, target):
    for number in range(6):
        site.publish(host, website(str(number)))
    assert [each.number for each in host.history()] == [6, 5, 4]
    assert {path.name for path in host.store.iterdir()} == {
        *("0004", "0005", "0006", "0004.json", "0005.json", "0006.json")
    }


def test_an_empty_folder_is_replaced(host, site, target):
    target.mkdir()
    site.publish(host, OLD)
    assert files_in(target) == OLD


def foreign_file(target):
    target.mkdir()
    (target / "accounts.xls").write_text("mine")


def foreign_link(target):
    (target.parent / "elsewhere").mkdir()
    (target.parent / "elsewhere" / "mine").touch()
    target.symlink_to("elsewhere")


FOREIGN = {
    "a folder with files": foreign_file,
    "a link that leads elsewhere": foreign_link,
    "a file": lambda target: target.write_text("mine"),
    "a link that leads nowhere": lambda target: target.symlink_to("nowhere"),
}


@pytest.mark.parametrize("make", FOREIGN.values(), ids=FOREIGN)
def test_what_is_not_ours_is_refused_and_stays(host, site, target, make):
    make(target)
    before = files_in(target.parent)
    with pytest.raises(RefusedError):
        site.publish(host, OLD)
    assert files_in(target.parent) == before


def test_a_folder_that_is_nowhere_is_told(site, tmp_path):
    with pytest.raises(RefusedError, match="There is no folder"):
        site.publish(Folder(tmp_path / "no" / "such", 3), OLD)


def test_a_file_changed_by_hand_is_noticed_and_mended(host, site, target):
    shown, _ = site.publish(host, OLD)
    (target / "index.html").write_text("changed by hand")
    (target / "assets" / "site.11.css").write_text("changed by hand")
    assert not host.is_whole(site.folder, shown)
    site.publish(host, OLD)
    assert files_in(target) == OLD
    with pytest.raises(RefusedError, match="not as it was published"):
        host.back()
    assert files_in(target) == OLD


STEPS = {
    "copying": ("policing_summary.publishing.folder.shutil.copyfile", 3),
    "the record": ("policing_summary.publishing.folder.os.fsync", 1),
    "the link": ("pathlib.Path.symlink_to", 1),
    "the swap": ("pathlib.Path.replace", 2),
}


@pytest.mark.parametrize("step", STEPS.values(), ids=STEPS)
def test_a_failure_in_the_middle_leaves_the_old_website_and_the_next_run_mends(
    host, site, target, monkeypatch, step
):
    site.publish(host, OLD)
    with monkeypatch.context() as patch:
        fail_at(patch, *step)
        with pytest.raises(OSError, match="No space"):
            site.publish(host, NEW)
    assert files_in(target) == OLD
    site.publish(host, NEW)
    assert NEW.items() <= files_in(target).items()
    assert all(path.with_suffix(".json").is_file() for path in host.store.glob("[0-9]*"))


def fail_at(patch, name, number):
    module, _, attribute = name.rpartition(".")
    calls = []

    def fail(*arguments, **more):
        calls.append(1)
        if len(calls) == number:
            raise OSError(28, "No space left on device")
        return real(*arguments, **more)

    real = getattr(resolve_name(module), attribute)
    patch.setattr(name, fail)


def test_a_site_that_changes_while_it_is_copied_is_not_shown(host, site, target, monkeypatch):
    site.publish(host, OLD)
    monkeypatch.setattr(
        "policing_summary.publishing.folder.shutil.copyfile",
        lambda source, to: to.write_bytes(b"something else"),
    )
    with pytest.raises(PublishError, match="does not hold what was copied"):
        site.publish(host, NEW)
    assert files_in(target) == OLD


def test_a_web_server_may_read_all_of_it(host, site, target):
    mask = os.umask(0o077)
    try:
        site.publish(host, OLD)
    finally:
        os.umask(mask)
    folders = {
        path.stat().st_mode & 0o777
        for path in [host.store, *target.resolve().rglob("*")]
        if path.is_dir()
    }
    files = {path.stat().st_mode & 0o777 for path in target.resolve().rglob("*") if path.is_file()}
    assert (folders, files) == ({0o755}, {0o644})
