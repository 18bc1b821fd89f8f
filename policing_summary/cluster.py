"""Jobs on other machines: handed to a Dask cluster that somebody keeps running, and asked for until they are there.

A job is sent as its own value. What many jobs have in common, fonts and stylesheets, goes by its hash and is
sent once. Whatever the cluster does, the result is that of this computer, or there is none: the program must
be the same on both sides, and what comes back has to match its checksum.
"""

import gc
import hashlib
import io
import logging
import pickle
import statistics
import threading
import time
import uuid
import warnings
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from policing_summary import crew, workshop
from policing_summary.crew import Failed, Told
from policing_summary.errors import BuildError, TypedError

Job = TypeVar("Job")
Result = TypeVar("Result")

SHARED = 20_000  # bytes or letters: what is longer is sent by its hash
ROOM = 30_000_000  # bytes of what jobs share that a worker keeps
AHEAD = 2  # jobs for each worker that lie ready there
TRIES = 4  # of a job that came to nothing on the cluster
PATIENCE = 60.0  # seconds without any result, and without a cluster that answers
SLOW = 4.0  # times as long as most jobs take, and seconds, without any result: then others get the rest as well
CONNECTING, WAITING, CLOSING = (
    10.0,
    30.0,
    2.0,
)  # seconds: for the scheduler, a worker, and for nothing
LOOK, PAUSE = 0.5, 0.02  # seconds
NO_ADDRESS = (
    "`{address}` is not the address of a cluster. It looks like `tcp://192.168.0.10:8786`, and the scheduler says "
    "it when it starts: docs/cluster.md."
)
NO_ANSWER = (
    "The cluster at {address} does not answer. See that its scheduler and at least one worker are running "
    "(docs/cluster.md says how), or build without `--cluster`."
)
LOST = (
    "The cluster at {address} was lost. What is not done is handed out again as soon as it answers."
)
TOO_SLOW = "One worker of the cluster takes very long. Its leaflet is given to another one as well."
IN_VAIN = (
    "A leaflet came to nothing {count} times on the cluster, perhaps because its workers have too little memory. "
    "Build without `--cluster`, or start fewer workers on each machine."
)
MEMORY = "500MB"  # a worker that needs more is started again
PACKAGES = (
    "weasyprint",
    "pydyf",
    "pikepdf",
    "fonttools",
    "pillow",
    "tinycss2",
    "tinyhtml5",
    "pyphen",
)


@dataclass(frozen=True)
class Parcel:
    """A job as it is sent: `shared` are the hashes of what it has in common with others."""

    data: bytes = field(repr=False)
    shared: tuple[str, ...]


@dataclass(frozen=True)
class Returned:
    """What came back: an outcome, pickled, with its checksum, after so many `seconds` of work.

    Or why there is none: the worker's `versions` are not ours, or it, at `place`, is `missing` something.
    """

    data: bytes = field(default=b"", repr=False)
    checksum: str = ""
    seconds: float = 0
    versions: Mapping[str, str] | None = None
    missing: tuple[str, ...] = ()
    place: str = ""


class _Packer(pickle.Pickler):
    """Takes out of a value what is long, and notes it by its hash."""

    def __init__(self, out: io.BytesIO, shelf: dict[str, bytes | str]) -> None:
        super().__init__(out, protocol=5)
        self.shelf = shelf
        self.used: dict[str, None] = {}

    def persistent_id(self, value: object) -> str | None:
        if not isinstance(value, bytes | str) or len(value) < SHARED:
            return None
        kind = "b" if isinstance(value, bytes) else "s"
        data = value if isinstance(value, bytes) else value.encode("utf-8", "surrogatepass")
        name = f"{kind}-{hashlib.sha256(data).hexdigest()}"
        self.shelf.setdefault(name, value)
        self.used[name] = None
        return name


class _Unpacker(pickle.Unpickler):
    def __init__(self, data: bytes, shelf: Mapping[str, bytes | str]) -> None:
        super().__init__(io.BytesIO(data))
        self.shelf = shelf

    def persistent_load(self, name: str) -> bytes | str:
        return self.shelf[name]


def packed(value: object, shelf: dict[str, bytes | str]) -> Parcel:
    """The value as it is sent; what it shares with others is put on the shelf."""
    out = io.BytesIO()
    packer = _Packer(out, shelf)
    packer.dump(value)
    return Parcel(out.getvalue(), tuple(packer.used))


def unpacked(parcel: Parcel, shelf: Mapping[str, bytes | str]) -> Any:  # noqa: ANN401 - whatever was packed
    return _Unpacker(parcel.data, shelf).load()


# On the worker

_ALONE = threading.Lock()  # a worker may have several threads; a leaflet is laid out by one


class _Shelf(dict[str, bytes | str]):
    """What jobs share, by its hash, as long as there is room."""

    def put(self, given: Mapping[str, bytes | str]) -> None:
        self.update(given)
        while sum(map(len, self.values())) > ROOM and len(self) > len(given):
            del self[next(name for name in self if name not in given)]


_SHELF = _Shelf()


def carry_out(
    parcel: Parcel, given: Mapping[str, bytes | str], wanted: Mapping[str, str]
) -> Returned:
    """Do a job, if everything here is of the `wanted` versions and nothing is missing that it shares."""
    with _ALONE:
        if (own := versions()) != wanted:
            return Returned(versions=own)
        _SHELF.put(given)
        if missing := tuple(name for name in parcel.shared if name not in _SHELF):
            return Returned(missing=missing, place=_place())
        began = time.monotonic()
        work, job = unpacked(parcel, _SHELF)
        data = pickle.dumps(crew.done(work, job), protocol=5)
        if crew.megabytes() > crew.LARGEST - crew.TIDY:
            gc.collect()
        return Returned(data, hashlib.sha256(data).hexdigest(), time.monotonic() - began)


def _place() -> str:
    """The address of this worker; nothing where there is none."""
    from distributed import get_worker  # noqa: PLC0415 - an extra

    try:
        return str(get_worker().address)
    except ValueError:
        return ""


@cache
def versions() -> dict[str, str]:
    """Everything that a leaflet's bytes depend on besides its document, by names that people know."""
    import platform  # noqa: PLC0415 - only where there is a cluster
    import zlib  # noqa: PLC0415
    from importlib.metadata import version  # noqa: PLC0415

    digest = hashlib.sha256()
    package = Path(__file__).parent
    for path in sorted(package.rglob("*.py")):
        digest.update(f"{path.relative_to(package).as_posix()}\0".encode())
        digest.update(path.read_bytes())
    return {
        "this program": digest.hexdigest()[:12],
        "Python": ".".join(platform.python_version_tuple()[:2]),
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
        "Pango": workshop.pango(),
        **{name: version(name) for name in PACKAGES},
    }


# Here


def outcomes(
    work: Callable[[Job], Result],
    jobs: Sequence[Job],
    order: Sequence[int],
    address: str,
    told: Told,
) -> Iterator[tuple[int, Result | Failed]]:
    """Every outcome as it comes, until the first failure.

    Raises:
        BuildError: there is no such cluster, its workers have another version, or it does not answer any more.
    """
    left = dict.fromkeys(order)
    tries = Counter[int]()
    last = time.monotonic()
    has_answered = False
    while left:
        try:
            with _connected(address) as client:
                for number, outcome in _Visit(client, work, jobs, told).outcomes(list(left), tries):
                    has_answered, last = True, time.monotonic()
                    del left[number]
                    yield number, outcome
                    if isinstance(outcome, Failed):
                        return
        except OSError as error:
            if not has_answered or time.monotonic() - last > PATIENCE:
                raise BuildError(NO_ANSWER.format(address=address)) from error
            told(LOST.format(address=address))
            time.sleep(LOOK)


@contextmanager
def _connected(address: str) -> Iterator[Any]:
    """A client of the cluster that says nothing by itself, and takes back what it asked for when it leaves."""
    import dask  # noqa: PLC0415 - an extra, and slow to import
    import distributed  # noqa: PLC0415

    logger = logging.getLogger("distributed")
    before = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        with (
            warnings.catch_warnings(),
            dask.config.set({"distributed.admin.large-graph-warning-threshold": "1GB"}),
        ):
            warnings.simplefilter("ignore")
            client: Any = distributed.Client(  # type: ignore[no-untyped-call]
                address, timeout=CONNECTING, set_as_default=False, direct_to_workers=False
            )
            try:
                client.wait_for_workers(1, timeout=WAITING)
                yield client
            finally:
                client.close(timeout=CLOSING)
    except (ValueError, TypeError) as error:  # no address at all
        raise TypedError(NO_ADDRESS.format(address=address)) from error
    finally:
        logger.setLevel(before)


class _InVainError(Exception):
    """A job came to nothing: its worker was lost, or what came back was damaged."""


@dataclass(eq=False)
class _Sent:
    """A job that is under way, since when, and at how many places."""

    number: int
    parcel: Parcel
    since: float
    copies: list[Any]


class _Visit:
    """One connection to the cluster: from the first job to the last, or until it is lost."""

    def __init__(
        self,
        client: Any,  # noqa: ANN401 - Dask has no types
        work: Callable[[Any], object],
        jobs: Sequence[object],
        told: Told,
    ) -> None:
        self.client, self.work, self.jobs, self.told = client, work, jobs, told
        self.shelf: dict[str, bytes | str] = {}
        self.uses = Counter[str]()
        self.threads: dict[str, int] = {}
        self.counted = float("-inf")
        self.took: deque[float] = deque(maxlen=99)
        self.last = time.monotonic()

    def outcomes(self, numbers: Sequence[int], tries: Counter[int]) -> Iterator[tuple[int, Any]]:
        """Each outcome as it comes.

        Raises:
            OSError: the connection is lost.
            BuildError: the workers have another version, or a job came to nothing again and again.
        """
        waiting, under_way = deque(numbers), list[_Sent]()
        while waiting or under_way:
            while waiting and len(under_way) < self._room():
                under_way.append(self._sent(waiting.popleft()))
            done = [sent for sent in under_way if any(c.status != "pending" for c in sent.copies)]
            for sent in done:
                try:
                    came = self._outcome(sent)
                except _InVainError:
                    under_way.remove(sent)
                    tries[sent.number] += 1
                    if tries[sent.number] >= TRIES:
                        raise BuildError(IN_VAIN.format(count=TRIES)) from None
                    under_way.append(self._sent(sent.number))
                    continue
                if came is not None:
                    under_way.remove(sent)
                    self._forget(sent, came[1])
                    yield sent.number, came[0]
            if not done:
                self._look(under_way, nothing_waits=not waiting)

    def _room(self) -> int:
        """How many jobs may be under way: a few for each thread, and one where nobody is there yet."""
        return max(1, AHEAD * sum(self._threads().values()))

    def _threads(self) -> dict[str, int]:
        """How many each worker has, looked at now and then: some come, and some go."""
        if time.monotonic() - self.counted > LOOK:
            told = self.client.scheduler_info(n_workers=-1)["workers"]
            self.threads = {name: each["nthreads"] for name, each in told.items()}
            self.counted = time.monotonic()
        return self.threads

    def _sent(self, number: int) -> _Sent:
        """What was in no job before goes with it; the rest a worker has, or asks for."""
        parcel = packed((self.work, self.jobs[number]), self.shelf)
        new = [name for name in parcel.shared if name not in self.uses]
        self.uses.update(parcel.shared)
        sent = _Sent(number, parcel, time.monotonic(), [])
        self._submitted(sent, new)
        return sent

    def _submitted(self, sent: _Sent, names: Iterable[str], where: Sequence[str] = ()) -> None:
        copy = self.client.submit(
            carry_out,
            sent.parcel,
            {name: self.shelf[name] for name in names},
            versions(),
            key=f"leaflet-{sent.number}-{uuid.uuid4().hex}",
            workers=list(where) or None,
            allow_other_workers=bool(where),
            pure=False,
        )
        sent.copies.append(copy)

    def _outcome(self, sent: _Sent) -> tuple[Any, float] | None:
        """What became of it, and how long that took; None if it is under way again."""
        (first, *_) = [each for each in sent.copies if each.status != "pending"]
        if first.status != "finished":
            raise _InVainError
        returned: Returned = first.result(timeout=CONNECTING)
        if returned.versions is not None:
            raise BuildError(_other_version(versions(), returned.versions))
        if returned.missing:
            sent.copies.remove(first)
            self._submitted(sent, returned.missing, [returned.place])
            return None
        if hashlib.sha256(returned.data).hexdigest() != returned.checksum:
            raise _InVainError
        return pickle.loads(returned.data), returned.seconds  # noqa: S301 - our own, on both sides

    def _forget(self, sent: _Sent, seconds: float) -> None:
        """Let go of what only this job needed."""
        self.last = time.monotonic()
        self.took.append(seconds)
        self.client.cancel(sent.copies[1:])
        for name in sent.parcel.shared:
            if self.uses[name] == 1:
                del self.uses[name], self.shelf[name]

    def _look(self, under_way: Sequence[_Sent], *, nothing_waits: bool) -> None:
        """While nothing comes: is anybody there, and is somebody too slow?"""
        time.sleep(PAUSE)
        if self.client.status != "running" or time.monotonic() - self.last > PATIENCE:
            raise OSError
        if nothing_waits:
            for sent in under_way:
                self._given_to_another(sent)

    def _given_to_another(self, sent: _Sent) -> None:
        """Have a job that takes far too long done at a second place as well; the first result counts."""
        usual = statistics.median(self.took) if self.took else 1.0
        quiet = time.monotonic() - max(self.last, sent.since)
        if len(sent.copies) > 1 or quiet < SLOW * max(1.0, usual):
            return
        busy = self.client.processing()
        others = [name for name in self._threads() if sent.copies[0].key not in busy.get(name, ())]
        if others:
            self.told(TOO_SLOW)
            self._submitted(sent, sent.parcel.shared, others)


def _other_version(ours: Mapping[str, str], theirs: Mapping[str, str]) -> str:
    what = ", ".join(
        f"{name} ({theirs.get(name, 'none')} there, {ours[name]} here)"
        for name in ours
        if ours[name] != theirs.get(name)
    )
    return (
        f"A worker of the cluster has another version of {what}, so its leaflets would be others. Give every "
        "machine the same copy of this program and the same packages, and start the workers again: "
        "docs/cluster.md says how."
    )


# Taking part


def schedule(host: str, port: str) -> None:
    """Be the scheduler, until Ctrl-C."""
    from distributed.cli.dask_scheduler import main  # noqa: PLC0415 - an extra

    main(["--host", host, "--port", port, "--no-dashboard"], standalone_mode=False)


def work(address: str, processes: int) -> None:
    """Be so many workers, each in a process with one thread, until Ctrl-C or until the scheduler is gone."""
    from distributed.cli.dask_worker import main  # noqa: PLC0415 - an extra

    each = ["--nthreads", "1", "--nworkers", str(processes), "--memory-limit", MEMORY]
    main([address, *each, "--no-dashboard"], standalone_mode=False)
