"""What only its owner may read: from the first byte, whatever happens in between."""

import os
import stat
from pathlib import Path

import pytest
from scratch import files_in

from policing_summary import swapping, vault

FOLDER = "2009-10/havering"
OLD = {"carriers-001.pdf": b"old", "summary.json": b"{}"}
NEW = {"carriers-001.pdf": b"new", "carriers-002.pdf": b"more", "summary.json": b"{1}"}
posix = pytest.mark.skipif(os.name == "nt", reason="Windows knows no such permissions")


@pytest.fixture
def output(tmp_path):
    return tmp_path / "output"


@pytest.fixture(params=[0o000, 0o022, 0o077])
def umask(request):
    before = os.umask(request.param)
    yield
    os.umask(before)


def modes(output) -> dict[str, int]:
    return {
        path.relative_to(output).as_posix(): stat.S_IMODE(path.lstat().st_mode)
        for path in [output / "mail", *(output / "mail").rglob("*")]
    }


@posix
def test_folders_and_files_are_their_owners_alone_from_the_first_byte(output, umask):
    seen = []

    def files():
        for name, data in NEW.items():
            seen.append(modes(output))
            yield name, data
        seen.append(modes(output))

    vault.commit(files(), output, FOLDER)
    seen.append(modes(output))
    assert {name for modes in seen for name in modes} >= {
        "mail/.unfinished/new/carriers-001.pdf",
        f"mail/{FOLDER}/summary.json",
    }
    for each in seen:
        for name, mode in each.items():
            assert mode == (0o600 if name.endswith((".pdf", ".json")) else 0o700), name


@posix
def test_a_folder_that_was_open_to_others_is_closed(output):
    (output / "mail" / "2009-10").mkdir(parents=True)
    for path in (output / "mail", output / "mail" / "2009-10"):
        path.chmod(0o755)
    vault.commit(OLD.items(), output, FOLDER)
    assert set(modes(output).values()) == {0o600, 0o700}


def test_a_mailing_takes_the_place_of_the_one_before(output):
    assert vault.commit(OLD.items(), output, FOLDER) == tuple(OLD)
    assert vault.commit(NEW.items(), output, FOLDER) == tuple(NEW)
    assert files_in(output / "mail") == {f"{FOLDER}/{name}": data for name, data in NEW.items()}


def test_other_mailings_stay(output):
    vault.commit(OLD.items(), output, "2009-10/bromley")
    vault.commit(NEW.items(), output, FOLDER)
    assert set(files_in(output / "mail")) == {
        *(f"2009-10/bromley/{name}" for name in OLD),
        *(f"{FOLDER}/{name}" for name in NEW),
    }


class Stop(BaseException):
    """As Ctrl-C is."""


@pytest.mark.parametrize("failure", [OSError(28, "No space left on device"), Stop(), ValueError()])
def test_a_run_that_fails_leaves_the_former_mailing(output, failure):
    vault.commit(OLD.items(), output, FOLDER)

    def files():
        yield "carriers-001.pdf", b"new"
        raise failure

    with pytest.raises(type(failure)):
        vault.commit(files(), output, FOLDER)
    assert files_in(output / "mail") == {f"{FOLDER}/{name}": data for name, data in OLD.items()}
    assert not (output / "mail" / vault.UNFINISHED).exists()


def test_no_moment_is_without_a_mailing(output, monkeypatch):
    vault.commit(OLD.items(), output, FOLDER)
    exchange, seen = swapping.exchange, []

    def watched(one, other):
        seen.append(files_in(output / "mail" / FOLDER))
        done = exchange(one, other)
        seen.append(files_in(output / "mail" / FOLDER))
        return done

    monkeypatch.setattr(swapping, "exchange", watched)
    monkeypatch.delattr(Path, "rename")
    vault.commit(NEW.items(), output, FOLDER)
    assert seen == [OLD, NEW]


@pytest.mark.parametrize("step", range(1, 3))
def test_a_run_that_is_cut_short_between_two_moves_loses_nothing(output, monkeypatch, step):
    """The power fails: nothing more is done, until the next run finds what is there."""
    monkeypatch.setattr(swapping, "exchange", lambda one, other: False)
    vault.commit(OLD.items(), output, FOLDER)
    rename, moved = type(output).rename, []

    def until_then(path, target):
        if len(moved) == step - 1:
            raise Stop
        moved.append(path)
        return rename(path, target)

    monkeypatch.setattr(type(output), "rename", until_then)
    monkeypatch.setattr(vault, "recover", lambda output: None)
    with pytest.raises(Stop):
        vault.commit(NEW.items(), output, FOLDER)
    assert (output / "mail" / vault.UNFINISHED).exists()
    monkeypatch.undo()
    vault.recover(output)
    assert files_in(output / "mail") == {f"{FOLDER}/{name}": data for name, data in OLD.items()}


@posix
def test_addresses_are_not_written_through_a_link(output, tmp_path):
    (output).mkdir()
    (tmp_path / "site").mkdir()
    (output / "mail").symlink_to(tmp_path / "site")
    with pytest.raises(OSError, match="not written through links"):
        vault.commit(NEW.items(), output, FOLDER)
    assert files_in(tmp_path / "site") == {}


def test_one_file_at_a_time_is_asked_for(output):
    written = []

    def files():
        for number in range(5):
            new = output / "mail" / vault.UNFINISHED / vault.NEW
            written.append(len(list(new.iterdir())))
            yield f"{number}", b"x"

    vault.commit(files(), output, FOLDER)
    assert written == [0, 1, 2, 3, 4]
