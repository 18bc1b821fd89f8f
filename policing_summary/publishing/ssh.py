"""A folder of a server: the same publications and the same link as in a folder here, brought by rsync over SSH.

Only files that are new travel: rsync finds the others in the former publication on the server. Nothing else is
asked of the server than rsync, so a key that may do nothing but rsync is enough.
"""

import os
import shutil
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path, PurePosixPath

from policing_summary.model.publishing import SshTarget
from policing_summary.publishing import programs, releases
from policing_summary.publishing.faults import PublishError, RefusedError
from policing_summary.publishing.folder import read_records
from policing_summary.publishing.plan import Plan
from policing_summary.publishing.publication import Publication

SAME = ("--recursive", "--links", "--checksum", "--perms", "--chmod=D755,F644")
TIMEOUT = 60  # seconds in which nothing at all arrives
SOME_MISSING = 23  # the exit code of rsync when what was asked for is not all there


class Ssh:
    """The folder of a target. `here` is a folder of this computer for what is prepared and fetched."""

    def __init__(self, target: SshTarget, here: Path, keep: int) -> None:
        folder = PurePosixPath(target.folder)
        if folder.name in ("", "..") or folder.parent == folder:
            raise RefusedError(
                f"`{target.folder}` cannot be replaced by a link. Name a folder in it."
            )
        self.target, self.here, self.keep = target, here, keep
        self.name = folder.name
        self.store = releases.store_name(self.name)
        self.parent = f"{target.server}:{folder.parent}/"
        self.there = here / "there"

    def former(self) -> Publication | None:
        """Fetch the link and all records: a few kilobytes."""
        _empty(self.there)
        wanted = (f"/{self.name}", f"/{self.store}/", f"/{self.store}/*.json")
        self._rsync("--recursive", "--links", *_only(wanted), self.parent, f"{self.there}/")
        link = self.there / self.name
        if link.is_symlink():
            return releases.shown(str(link.readlink()), self.name, self._records())
        if link.exists() and self._holds_something():
            raise RefusedError(
                f"{self.target.folder} on {self.target.server} holds files that this program did not put "
                "there. Move them away, or name another folder in `folder:`. Nothing of it is ever deleted."
            )
        return None

    def next_number(self) -> int:
        return releases.next_number(self._records())

    def read(self, path: str) -> bytes | None:
        file = self.here / "file"
        file.unlink(missing_ok=True)
        asked = f"{self.parent}{self.name}/{path}"
        self._rsync("--copy-links", asked, str(file), good=(0, SOME_MISSING))
        return file.read_bytes() if file.is_file() else None

    def is_whole(self, site: Path, shown: Publication) -> bool:
        folder = f"{self.parent}{self.store}/{releases.folder_name(shown.number)}/"
        return not self._rsync(*SAME, "--dry-run", "--itemize-changes", f"{site}/", folder)

    def put(self, site: Path, new: Publication, plan: Plan) -> None:  # noqa: ARG002 - rsync compares itself
        former = self.former()
        self._bring_kept(former, new)
        kept = {
            path: each for path, each in new.kept.items() if (self.here / "kept" / path).is_file()
        }
        new = replace(new, kept=kept)
        folder = releases.folder_name(new.number)
        _empty(self.here / "new" / self.store)
        self._rsync("--dirs", "--chmod=D755", f"{self.here / 'new'}/", self.parent)
        self._rsync("--dirs", "--chmod=D755", f"{self.here / 'new' / self.store}", self.parent)
        beside = (f"--link-dest=../{releases.folder_name(former.number)}",) if former else ()
        sources = (f"{site}/", f"{self.here / 'kept'}/")
        to = f"{self.parent}{self.store}/{folder}/"
        self._rsync(*SAME, "--delete", *beside, *sources, to)
        if found := self._rsync(*SAME, "--delete", "--dry-run", "--itemize-changes", *sources, to):
            told = found.decode(errors="replace").splitlines()[0]
            raise PublishError(f"What arrived at {self.target.server} is not what was sent: {told}")
        record = self.here / "new" / f"{folder}.json"
        record.write_bytes(new.to_json())
        self._rsync("--chmod=F644", str(record), f"{self.parent}{self.store}/")
        self._show(new)
        records = {**self._records(), new.number: new}
        self._keep_only(releases.chain(new, records)[: self.keep + 1])

    def back(self) -> Publication:
        current = self.former()
        wanted = releases.before(current, self._records())
        self._show(wanted)
        return wanted

    def history(self) -> tuple[Publication, ...]:
        return releases.chain(self.former(), self._records())

    def _records(self) -> dict[int, Publication]:
        return read_records(self.there / self.store)

    def _bring_kept(self, former: Publication | None, new: Publication) -> None:
        """Fetch what the former publication alone has, since rsync sends only what lies here."""
        _empty(self.here / "kept")
        if former and new.kept:
            names = self.here / "names"
            names.write_bytes("".join(f"{path}\n" for path in new.kept).encode())
            folder = f"{self.parent}{self.store}/{releases.folder_name(former.number)}/"
            asked = (f"--files-from={names}", folder, f"{self.here / 'kept'}/")
            self._rsync(*asked, good=(0, SOME_MISSING))

    def _show(self, publication: Publication) -> None:
        """Rsync makes a link beside the one that is there, and renames it."""
        link = self.here / "new" / self.name
        link.unlink(missing_ok=True)
        link.symlink_to(f"{self.store}/{releases.folder_name(publication.number)}")
        self._rsync("--links", str(link), self.parent)
        shown = self.former()
        if shown is None or shown.number != publication.number:
            raise PublishError(
                f"{self.target.folder} on {self.target.server} did not become a link."
            )

    def _keep_only(self, wanted: tuple[Publication, ...]) -> None:
        """Delete on the server the folders and records of ours that are not wanted any more."""
        kept = [releases.folder_name(each.number) for each in wanted]
        _empty(self.here / "nothing")
        protected = [f"--exclude=/{name}{end}" for name in kept for end in ("/", ".json")]
        ours = ("--include=/[0-9]*/***", "--include=/[0-9]*.json", "--exclude=*")
        where = f"{self.parent}{self.store}/"
        self._rsync(
            "--recursive", "--delete", *protected, *ours, f"{self.here / 'nothing'}/", where
        )

    def _holds_something(self) -> bool:
        listed = self._rsync("--list-only", f"{self.parent}{self.name}/")
        return len(listed.splitlines()) > 1  # the first is the folder itself

    def _rsync(self, *words: str, good: Iterable[int] = (0,)) -> bytes:
        shell = os.environ.get("RSYNC_RSH") or f"ssh -o BatchMode=yes -o ConnectTimeout={TIMEOUT}"
        asked = [
            "rsync",
            "--protect-args",
            f"--timeout={TIMEOUT}",
            f"--rsh={shell} -p {self.target.port}",
            *words,
        ]
        return programs.run(asked, at=self.here, good=good)[1]


def _only(paths: Iterable[str]) -> list[str]:
    return [*(f"--include={path}" for path in paths), "--exclude=*"]


def _empty(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
