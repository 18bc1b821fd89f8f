"""Files that wait on the disk are the same when they are read again, and leave nothing behind."""

import pytest

from policing_summary.piles import Pile, Spool

FILES = {"a/index.html": b"a" * 1000, "b/empty.txt": b"", "c.bin": bytes(range(256))}


def test_files_that_wait_are_the_same_when_they_are_read_again(tmp_path):
    with Spool(tmp_path / "cache") as spool:
        first, second = spool.put(FILES.items()), spool.put([("d.txt", b"later")])
        assert dict(second) == {"d.txt": b"later"}
        assert dict(first) == FILES
        with pytest.raises(KeyError):
            first["d.txt"]
    assert list((tmp_path / "cache").iterdir()) == []


def test_a_spool_that_nothing_was_put_into_makes_no_folder(tmp_path):
    with Spool(tmp_path / "cache"):
        pass
    assert not (tmp_path / "cache").exists()


def test_a_pile_reads_from_the_last_that_has_a_file():
    pile = Pile([{"a": b"1", "b": b"2"}, {"b": b"3"}])
    pile.add({"c": b"4"})
    assert dict(pile) == {"a": b"1", "b": b"3", "c": b"4"}
    assert dict(pile.only(["b", "c"])) == {"b": b"3", "c": b"4"}
    assert len(pile) == 3
