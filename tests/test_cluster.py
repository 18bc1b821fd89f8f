"""Leaflets laid out on other machines: here, on a scheduler and workers that are real processes of this one.

Whatever happens to them, every leaflet comes, and it is that of a build on this computer.
"""

import os
import pickle
import signal
import time
from dataclasses import replace

import pytest
from loopback import ENOUGH

from policing_summary import checks, cluster, content, leaflet, typesetting, workers
from policing_summary.errors import BuildError
from policing_summary.formats import DEFAULT, Limits
from policing_summary.workers import Hands

COUNT, FEW = 12, 8


@pytest.fixture(scope="module")
def documents(pristine):
    """Small leaflets: a cover and a foreword, each with another name."""
    sheets, _ = checks.run(content.load(pristine.root / "content"))
    (sheet,) = (each for each in sheets if each.path == "2009-10/havering")
    made = leaflet.compose(sheet, DEFAULT)
    small = replace(
        made,
        pieces=made.pieces[:1],
        format=replace(DEFAULT, pages=None, opens=(), limits=Limits((1, 1), (1, 1))),
    )
    return [replace(small, head=small.head.replace("Havering", f"No. {n}")) for n in range(COUNT)]


def test_a_value_is_sent_without_what_it_shares_and_comes_back_whole(documents):
    shelf: dict[str, bytes | str] = {}
    parcels = [cluster.packed((typesetting.typeset, each), shelf) for each in documents]
    assert {len(parcel.data) for parcel in parcels} < set(range(60_000))
    assert len(pickle.dumps(documents[0])) > 10 * len(parcels[0].data)
    fonts = {data for _, data in documents[0].files}
    assert fonts <= set(shelf.values())
    for parcel, document in zip(parcels, documents, strict=True):
        shared = {name: shelf[name] for name in parcel.shared}
        assert cluster.unpacked(parcel, shared) == (typesetting.typeset, document)


def test_a_worker_of_another_version_does_nothing():
    parcel = cluster.packed((pow, None), {})
    theirs = {**cluster.versions(), "Pango": "15005"}
    returned = cluster.carry_out(parcel, {}, theirs)
    assert (returned.data, returned.versions) == (b"", cluster.versions())
    told = cluster._other_version(theirs, cluster.versions())
    assert f"Pango ({cluster.versions()['Pango']} there, 15005 here)" in told


@pytest.mark.skipif(os.name == "nt", reason="there are no signals of this kind")
def test_a_worker_is_killed_and_another_one_hangs_and_no_leaflet_is_lost(processes, documents):
    address = processes.scheduler()
    killed, hanging, _ = [processes.worker(address) for _ in range(3)]
    told: list[str] = []
    found = {}
    hands = Hands(cluster=address, told=told.append)
    order = range(COUNT)[::-1]
    for number, made in workers.finished(typesetting.typeset, documents, order, hands):
        found[number] = made
        if len(found) == 2:
            killed.send_signal(signal.SIGKILL)
        if len(found) == COUNT - 4:
            hanging.send_signal(signal.SIGSTOP)
    assert killed.wait(ENOUGH) == -signal.SIGKILL
    assert [found[number] for number in range(COUNT)] == [
        typesetting.typeset(each) for each in documents
    ]


@pytest.mark.skipif(os.name == "nt", reason="there are no signals of this kind")
def test_a_scheduler_that_is_started_again_gets_what_is_not_done(processes):
    address = processes.scheduler()
    processes.worker(address)
    told: list[str] = []
    found = {}
    hands = Hands(cluster=address, told=told.append)
    takes = [0.4] * FEW  # seconds: long enough that some are not done when the scheduler goes
    for number, made in workers.finished(time.sleep, takes, range(FEW), hands):
        found[number] = made
        if len(found) == 2:
            processes.stop()
            processes.worker(processes.scheduler(address.rpartition(":")[2]))
    assert found == dict.fromkeys(range(FEW))
    # Nothing is told where Dask's own client is back before the loss is seen.
    assert set(told) <= {cluster.LOST.format(address=address)}


def test_an_address_where_nobody_is_is_told(documents, monkeypatch):
    monkeypatch.setattr(cluster, "CONNECTING", 0.5)
    for address, what in (
        ("tcp://127.0.0.1:9", "does not answer"),
        ("over there", "is not the address of a cluster"),
    ):
        with pytest.raises(BuildError, match=what):
            list(workers.run(typesetting.typeset, documents, Hands(cluster=address)))
