"""A site as it was made ⇄ .cache/pages, so that the next build begins where the last one ended.

What lies there is pickled, and so is only believed if it is ours: each entry has a checksum, and is called by
the hash of all that it was made of, of the program and of Python. What is damaged, missing or of another
version is made again.
"""

import hashlib
import pickle
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from policing_summary import inputs, store
from policing_summary.content import Frame
from policing_summary.errors import Problem
from policing_summary.gists import Among, Gist, Whole
from policing_summary.inputs import Inputs
from policing_summary.making import Made
from policing_summary.rebuilding import Built, Finished

FOLDER = Path(".cache") / "pages"


class NotThereError(Exception):
    """Something that was made before is not in the cache, or cannot be believed."""


@dataclass(frozen=True)
class Remark:
    """What a build has to tell of a borough again, though it makes nothing of it."""

    problems: tuple[Problem, ...]
    warnings: tuple[str, ...]
    keys: frozenset[str]


@dataclass(frozen=True)
class _Index:
    """What is known of all boroughs before one of them is read. `manifest` is the hash of what was written."""

    inputs: Inputs
    asked: Mapping[str, str]
    among: Among
    told: tuple[Problem, ...]
    around: Mapping[str, bytes]
    """The paths of the pages around; their bytes lie in output/."""
    remarks: Mapping[str, Remark]
    shared: str
    manifest: str


class Remembered:
    """The site of the last build, read from the cache as far as it is asked for."""

    def __init__(self, cache: store.Cache, index: _Index) -> None:
        self._cache, self._index = cache, index
        self.boroughs: Mapping[str, Finished] = _Boroughs(cache, index.asked)

    @property
    def inputs(self) -> Inputs:
        return self._index.inputs

    @property
    def among(self) -> Among:
        return self._index.among

    @property
    def told(self) -> tuple[Problem, ...]:
        return self._index.told

    @property
    def around(self) -> Mapping[str, bytes]:
        return self._index.around

    @property
    def remarks(self) -> Mapping[str, Remark]:
        return self._index.remarks

    @property
    def known_whole(self) -> Whole | None:
        """It would take too long to read."""
        return None

    @cached_property
    def shared(self) -> Frame:
        frame: Frame = _unpickled(self._cache, self._index.shared)
        return frame


class _OnDisk:
    """A borough as it was made, without its files, which lie in output/."""

    def __init__(self, cache: store.Cache, asked: str) -> None:
        self._cache, self.asked = cache, asked

    @cached_property
    def _kept(self) -> tuple[Gist, Made]:
        kept: tuple[Gist, Made] = _unpickled(self._cache, self.asked)
        return kept

    @property
    def gist(self) -> Gist:
        return self._kept[0]

    @property
    def made(self) -> Made:
        return self._kept[1]


class _Boroughs(Mapping[str, Finished]):
    def __init__(self, cache: store.Cache, asked: Mapping[str, str]) -> None:
        self._cache, self._asked = cache, asked

    def __getitem__(self, slug: str) -> Finished:
        return _OnDisk(self._cache, self._asked[slug])

    def __iter__(self) -> Iterator[str]:
        return iter(self._asked)

    def __len__(self) -> int:
        return len(self._asked)


def last(root: Path, taken: Inputs, manifest: bytes) -> Remembered | None:
    """The site of the last build by the same program, if it wrote this manifest."""
    cache = store.Cache(root / FOLDER)
    try:
        index: _Index = _unpickled(cache, _newest(root, taken))
    except NotThereError:
        return None
    is_its = index.manifest == hashlib.sha256(manifest).hexdigest()
    return Remembered(cache, index) if is_its else None


def remarks(built: Built, before: Remembered | None) -> dict[str, Remark]:
    """What is to be told of each borough, where there is something."""
    found: dict[str, Remark] = {}
    for slug, kept in built.boroughs.items():
        if before and isinstance(kept, _OnDisk):
            found |= {slug: before.remarks[slug]} if slug in before.remarks else {}
        elif kept.made.problems or kept.made.warnings or kept.made.keys:
            found[slug] = Remark(kept.made.problems, kept.made.warnings, kept.made.keys)
    return found


def remember(root: Path, built: Built, remarks: Mapping[str, Remark], manifest: bytes) -> None:
    """Keep what the next build may need of this one, and nothing else."""
    cache = store.Cache(root / FOLDER)
    for kept in built.boroughs.values():
        if not isinstance(kept, _OnDisk):
            cache.put(kept.asked, _pickled((kept.gist, replace(kept.made, files={}))))
    told = (built.inputs.shared, *built.inputs.boroughs, str(built.wish.drafts))
    shared = hashlib.sha256("\0".join(told).encode()).hexdigest()
    if cache.get(shared) is None:
        cache.put(shared, _pickled(built.shared))
    index = _Index(
        built.inputs,
        {slug: kept.asked for slug, kept in built.boroughs.items()},
        built.among,
        built.told,
        dict.fromkeys(built.around, b""),
        remarks,
        shared,
        hashlib.sha256(manifest).hexdigest(),
    )
    newest = _newest(root, built.inputs)
    cache.put(newest, _pickled(index))
    cache.keep_only((newest, shared, *index.asked.values()))


def _newest(root: Path, taken: Inputs) -> str:
    """What is kept says where its files are: in a project that was moved or copied it is not believed."""
    told = f"{inputs.of_program(taken)}\0{sys.version}\0{root.resolve()}"
    return f"newest-{hashlib.sha256(told.encode()).hexdigest()}"


def _pickled(value: object) -> bytes:
    return pickle.dumps(value, pickle.HIGHEST_PROTOCOL)


def _unpickled(cache: store.Cache, key: str) -> Any:  # noqa: ANN401 - whatever was kept under the key
    data = cache.get(key)
    if data is None:
        raise NotThereError(key)
    return pickle.loads(data)  # noqa: S301 - ours, by its checksum and by its name
