"""A folder of this computer: publications beside one another, and a link that is replaced in one step."""

import os
import shutil
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from policing_summary import manifest
from policing_summary.publishing import releases
from policing_summary.publishing.faults import PublishError, RefusedError
from policing_summary.publishing.plan import Plan
from policing_summary.publishing.publication import Publication, from_json

FILE_MODE, FOLDER_MODE = 0o644, 0o755
NEXT, UNFINISHED = "next", "unfinished"  # a link and a record on their way


class Folder:
    """`target` becomes a link. `keep` former publications stay beside it."""

    def __init__(self, target: Path, keep: int) -> None:
        self.target = target
        self.store = target.parent / releases.store_name(target.name)
        self.keep = keep

    def former(self) -> Publication | None:
        if not self.target.parent.is_dir():
            raise RefusedError(
                f"There is no folder {self.target.parent}. Make it first, or mend `folder:`."
            )
        if self.target.is_symlink():
            return releases.shown(str(self.target.readlink()), self.target.name, self._records())
        if self.target.exists() and not (self.target.is_dir() and not any(self.target.iterdir())):
            raise RefusedError(
                f"{self.target} holds files that this program did not put there. Move them away, or name "
                "another folder in `folder:`. Nothing of it is ever deleted."
            )
        return None

    def next_number(self) -> int:
        return releases.next_number(self._records())

    def read(self, path: str) -> bytes | None:
        try:
            return (self.target / path).read_bytes()
        except OSError:
            return None

    def is_whole(self, site: Path, shown: Publication) -> bool:  # noqa: ARG002 - its record says all
        self._keep_only(releases.chain(shown, self._records())[: self.keep + 1])
        return manifest.of_folder(self._folder(shown)) == shown.everything

    def put(self, site: Path, new: Publication, plan: Plan) -> None:  # noqa: ARG002 - a copy is whole
        former = self.former()
        self.store.mkdir(exist_ok=True)
        self._clear_unfinished()
        beside = self._intact(former) if former else {}
        new = replace(new, kept={path: each for path, each in new.kept.items() if path in beside})
        release = self._folder(new)
        for path, checksum in new.everything.items():
            there = self._folder(former) / path if former and beside.get(path) == checksum else None
            _bring(release / path, site / path, there)
        if manifest.of_folder(release) != new.everything:
            raise PublishError(f"{release} does not hold what was copied there.")
        for folder in (
            self.store,
            release,
            *(path for path in release.rglob("*") if path.is_dir()),
        ):
            folder.chmod(FOLDER_MODE)  # a web server is somebody else
        _write(self._record(new), new.to_json())
        self._show(new)
        self._keep_only(releases.chain(new, self._records())[: self.keep + 1])

    def back(self) -> Publication:
        current = self.former()
        records = self._records()
        wanted = releases.before(current, records)
        if manifest.of_folder(self._folder(wanted)) != wanted.everything:
            raise RefusedError(
                f"Publication {wanted.number} is not as it was published: {self._folder(wanted)}."
            )
        self._show(wanted)
        return wanted

    def history(self) -> tuple[Publication, ...]:
        return releases.chain(self.former(), self._records())

    def _records(self) -> dict[int, Publication]:
        return read_records(self.store)

    def _folder(self, publication: Publication) -> Path:
        return self.store / releases.folder_name(publication.number)

    def _record(self, publication: Publication) -> Path:
        return self.store / f"{releases.folder_name(publication.number)}.json"

    def _intact(self, publication: Publication) -> dict[str, str]:
        """Its files that nobody has changed by hand, with their checksums."""
        found = manifest.of_folder(self._folder(publication))
        listed = publication.everything
        return {path: each for path, each in found.items() if listed.get(path) == each}

    def _show(self, publication: Publication) -> None:
        link = self.store / NEXT
        link.unlink(missing_ok=True)
        link.symlink_to(f"{self.store.name}/{self._folder(publication).name}")
        if self.target.is_dir() and not self.target.is_symlink():
            self.target.rmdir()  # an empty one, or else this fails
        link.replace(self.target)

    def _keep_only(self, wanted: tuple[Publication, ...]) -> None:
        numbers = {each.number for each in wanted}
        for number, publication in self._records().items():
            if number not in numbers:
                self._record(publication).unlink()
        self._clear_unfinished()

    def _clear_unfinished(self) -> None:
        """Delete the folders of ours that have no record: what was cut short, and what is not kept."""
        for name in (NEXT, UNFINISHED):
            (self.store / name).unlink(missing_ok=True)
        known = {self._folder(each) for each in self._records().values()}
        for folder in self.store.iterdir():
            if folder.is_dir() and folder.name.isdecimal() and folder not in known:
                shutil.rmtree(folder)


def read_records(store: Path) -> dict[int, Publication]:
    """The publications that were finished."""
    found = {}
    for path in sorted(store.glob("*.json")):
        if match := releases.RECORD.fullmatch(path.name):
            with suppress(ValueError):  # cut off, so it does not count
                found[int(match[1])] = from_json(path.read_bytes())
    return found


def _bring(target: Path, site: Path, beside: Path | None) -> None:
    """A file of the former publication that is the same takes no room twice; others are copied."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if beside:
        try:
            target.hardlink_to(beside)
        except OSError:  # not every disk can
            shutil.copyfile(beside, target)
        return
    shutil.copyfile(site, target)
    target.chmod(FILE_MODE)


def _write(path: Path, data: bytes) -> None:
    """All of it or nothing."""
    unfinished = path.with_name(UNFINISHED)
    with unfinished.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)
