"""Files that are made → one mapping of them all, whether they lie in memory or wait on the disk.

A site may be larger than memory. So what was made first waits in a file without a name, which is gone when
this process is, and is read again when its turn comes to be written.
"""

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import IO, Self


class Spool:
    """A file in which files wait."""

    def __init__(self, folder: Path) -> None:
        """`folder`: where there is room; /tmp may lie in memory."""
        self._folder = folder
        self._file: IO[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._file:
            self._file.close()

    def put(self, files: Iterable[tuple[str, bytes]]) -> Mapping[str, bytes]:
        """The same files by their paths, which take no memory any more."""
        if not self._file:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._file = tempfile.TemporaryFile(dir=self._folder)  # noqa: SIM115 - closed by `with`
        places = {}
        at = self._file.seek(0, 2)
        for path, data in files:
            self._file.write(data)
            places[path] = (at, len(data))
            at += len(data)
        return _Waiting(self._file, places)


class _Waiting(Mapping[str, bytes]):
    def __init__(self, file: IO[bytes], places: Mapping[str, tuple[int, int]]) -> None:
        self._file, self._places = file, places

    def __getitem__(self, path: str) -> bytes:
        at, size = self._places[path]
        self._file.seek(at)
        return self._file.read(size)

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


class Pile(Mapping[str, bytes]):
    """Several mappings as one, without reading from any; a later one stands over those before."""

    def __init__(self, mappings: Iterable[Mapping[str, bytes]] = ()) -> None:
        self._of: dict[str, Mapping[str, bytes]] = {}
        for each in mappings:
            self.add(each)

    def add(self, files: Mapping[str, bytes]) -> None:
        self._of |= dict.fromkeys(files, files)

    def only(self, paths: Iterable[str]) -> "Pile":
        """The same files as far as they are among these."""
        chosen = Pile()
        chosen._of = {path: self._of[path] for path in paths}
        return chosen

    def __getitem__(self, path: str) -> bytes:
        return self._of[path][path]

    def __iter__(self) -> Iterator[str]:
        return iter(self._of)

    def __len__(self) -> int:
        return len(self._of)
