"""A bucket of S3, or of storage that speaks like it. It knows no links and no folders, only objects one by one.

So the order matters: what pages refer to, then pages, then the list of checksums; what no longer belongs goes
last. Before an object is replaced, the storage itself copies it to where one can go back to it:

    .publications/current.json      which publication is shown, and the tag of each object
    .publications/0007.json         its record
    .publications/pending.json      the record of one that is under way, or was cut short
    .publications/objects/<SHA-256> what former publications had, and the present one has not

Keys come from boto3's own chain: the environment, a profile, or the role of the machine.
"""

import base64
import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from policing_summary import manifest
from policing_summary.model.publishing import S3Target
from policing_summary.publishing import releases
from policing_summary.publishing.faults import PublishError, RefusedError, without_secrets
from policing_summary.publishing.plan import Plan, caching, in_order, is_page, media_type
from policing_summary.publishing.publication import Publication, from_json

OWN = ".publications/"
CURRENT, PENDING, OBJECTS = f"{OWN}current.json", f"{OWN}pending.json", f"{OWN}objects/"
MOST_AT_ONCE = 1000  # objects that can be deleted in one request


class S3:
    """The bucket of a target; `keep` former publications can be gone back to."""

    def __init__(self, target: S3Target, keep: int) -> None:
        self.target, self.keep = target, keep
        self.live: dict[str, str] = {}
        """The tag of every object now, those of our own too, by its path."""
        self.noted: dict[str, str] = {}
        """The tag of every object as it was when it was published."""
        self.records: dict[int, Publication] = {}
        self.pending: Publication | None = None
        with told(self.target):
            import boto3  # noqa: PLC0415 - installed when a target asks for it

            session = boto3.Session(profile_name=target.profile, region_name=target.region)
            self.client: Any = session.client("s3", endpoint_url=target.endpoint)

    def former(self) -> Publication | None:
        with told(self.target):
            self.live = dict(self._listed())
            self.records = dict(self._read_records())
            self.pending = self._record(PENDING)
            current = json.loads(self._get(CURRENT) or b"{}")
        self.noted = current.get("tags", {})
        known = {path for each in self._known() for path in each.everything}
        foreign = [path for path in self.live if not path.startswith(OWN) and path not in known]
        if foreign:
            raise RefusedError(
                f"{self._name} holds files that this program did not put there: {', '.join(foreign[:3])}. Empty "
                "it, or name another folder in `prefix:`. Nothing of it is ever deleted."
            )
        return self.records.get(current.get("number", 0))

    def next_number(self) -> int:
        return releases.next_number(self.records)

    def read(self, path: str) -> bytes | None:
        with told(self.target):
            return self._get(path)

    def is_whole(self, site: Path, shown: Publication) -> bool:  # noqa: ARG002 - tags say all
        theirs = {path: tag for path, tag in self.live.items() if not path.startswith(OWN)}
        return (
            self.pending is None and theirs == self.noted and set(theirs) == set(shown.everything)
        )

    def put(self, site: Path, new: Publication, plan: Plan) -> None:  # noqa: ARG002 - tags tell it better
        former = self.former()
        files = {path: each for path, each in new.kept.items() if path in self.live}
        new = Publication(new.number, new.before, new.source, new.files, files)
        with told(self.target):
            self._put(PENDING, new.to_json())
            tags = {path: self.live[path] for path in new.kept}
            for path in in_order(new.files):
                tags[path] = self._bring(path, site, former, new)
            self._finish(new, tags, former)
            self._keep_only(releases.chain(new, self.records)[: self.keep + 1])
            self._delete([PENDING])

    def back(self) -> Publication:
        current = self.former()
        wanted = releases.before(current, self.records)
        assert current  # noqa: S101 - or there would be nothing before it
        stored = {path.removeprefix(OBJECTS) for path in self.live if path.startswith(OBJECTS)}
        stays = {
            path
            for path, each in wanted.everything.items()
            if current.everything.get(path) == each and self.live.get(path) == self.noted.get(path)
        }
        lost = [p for p, each in wanted.everything.items() if p not in stays and each not in stored]
        if lost:
            raise RefusedError(
                f"Of publication {wanted.number} some files are no longer kept: {', '.join(lost[:3])}."
            )
        with told(self.target):
            self._put(PENDING, wanted.to_json())
            tags = {path: self.live[path] for path in stays}
            for path in in_order(set(wanted.everything) - stays):
                each = wanted.everything[path]
                tags[path] = self._copy(f"{OBJECTS}{each}", path, each)
            self._finish(wanted, tags, current)
            self._delete([PENDING])
        return wanted

    def history(self) -> tuple[Publication, ...]:
        return releases.chain(self.former(), self.records)

    # One publication

    def _bring(self, path: str, site: Path, former: Publication | None, new: Publication) -> str:
        """The tag of the object once it holds the file of the site; nothing is sent if it did already."""
        live, before = self.live.get(path), former.everything.get(path) if former else None
        as_noted = live is not None and live == self.noted.get(path)
        if as_noted and before == new.files[path]:
            return str(live)
        data = (site / path).read_bytes()
        if live == hashlib.md5(data, usedforsecurity=False).hexdigest():
            return live  # sent before the last attempt was cut short
        if as_noted and before and f"{OBJECTS}{before}" not in self.live:
            self._copy(path, f"{OBJECTS}{before}", before)
        return self._put(path, data)

    def _finish(
        self, new: Publication, tags: Mapping[str, str], former: Publication | None
    ) -> None:
        """See that everything has arrived, say so, and only then delete what no longer belongs."""
        self.live = dict(self._listed())
        if wrong := [path for path in new.everything if self.live.get(path) != tags[path]]:
            raise PublishError(f"{self._name} does not hold what was sent: {', '.join(wrong[:3])}.")
        read_back = self._get(manifest.NAME)
        if read_back is None or manifest.checksum(read_back) != new.files[manifest.NAME]:
            raise PublishError(f"{self._name} does not give back what was sent: {manifest.NAME}.")
        known = {path for each in self._known() for path in each.everything}
        gone = (known & set(self.live)) - set(new.everything)
        for path in former.everything if former else {}:
            if path in gone and self.live[path] == self.noted.get(path) and former:
                object_path = f"{OBJECTS}{former.everything[path]}"
                if object_path not in self.live:
                    self._copy(path, object_path, former.everything[path])
        self._put(f"{OWN}{releases.folder_name(new.number)}.json", new.to_json())
        self._put(
            CURRENT, json.dumps({"number": new.number, "tags": tags}, sort_keys=True).encode()
        )
        self.records[new.number] = new
        self._delete(sorted(gone, key=lambda path: (not is_page(path), path)))

    def _keep_only(self, wanted: tuple[Publication, ...]) -> None:
        numbers = {each.number for each in wanted}
        sums = {each for publication in wanted for each in publication.everything.values()}
        now = dict(self._listed())
        objects = [
            path
            for path in now
            if path.startswith(OBJECTS) and path.removeprefix(OBJECTS) not in sums
        ]
        records = [
            f"{OWN}{releases.folder_name(each)}.json" for each in set(self.records) - numbers
        ]
        self._delete([*records, *objects])

    def _known(self) -> Iterator[Publication]:
        yield from self.records.values()
        if self.pending:
            yield self.pending

    # One object

    def _listed(self) -> Iterator[tuple[str, str]]:
        pages = self.client.get_paginator("list_objects_v2")
        for page in pages.paginate(Bucket=self.target.bucket, Prefix=self.target.prefix):
            for each in page.get("Contents", ()):
                yield each["Key"].removeprefix(self.target.prefix), each["ETag"].strip('"')

    def _read_records(self) -> Iterator[tuple[int, Publication]]:
        for path in self.live:
            match = releases.RECORD.fullmatch(path.removeprefix(OWN))
            if match and path.startswith(OWN) and (record := self._record(path)):
                yield int(match[1]), record

    def _record(self, path: str) -> Publication | None:
        data = self._get(path)
        try:
            return from_json(data) if data else None
        except ValueError:
            return None

    def _get(self, path: str) -> bytes | None:
        if path not in self.live:
            return None
        answer = self.client.get_object(**self._at(path))
        return bytes(answer["Body"].read())

    def _put(self, path: str, data: bytes) -> str:
        """The storage refuses what does not have the checksum that is sent with it."""
        digest = hashlib.md5(data, usedforsecurity=False).digest()
        checksum = base64.b64encode(digest).decode()
        answer = self.client.put_object(
            **self._at(path),
            Body=data,
            ContentMD5=checksum,
            **_told_readers(path, manifest.checksum(data)),
        )
        return str(answer["ETag"]).strip('"')

    def _copy(self, path: str, to: str, checksum: str) -> str:
        answer = self.client.copy_object(
            **self._at(to),
            CopySource=self._at(path),
            MetadataDirective="REPLACE",
            **_told_readers(to, checksum),
        )
        return str(answer["CopyObjectResult"]["ETag"]).strip('"')

    def _delete(self, paths: list[str]) -> None:
        for start in range(0, len(paths), MOST_AT_ONCE):
            keys = [{"Key": self._at(path)["Key"]} for path in paths[start : start + MOST_AT_ONCE]]
            answer = self.client.delete_objects(
                Bucket=self.target.bucket, Delete={"Objects": keys, "Quiet": True}
            )
            if answer.get("Errors"):
                raise PublishError(f"{self._name} does not let objects be deleted.")

    def _at(self, path: str) -> dict[str, str]:
        return {"Bucket": self.target.bucket, "Key": f"{self.target.prefix}{path}"}

    @property
    def _name(self) -> str:
        return f"{self.target.bucket}/{self.target.prefix}".removesuffix("/")


def _told_readers(path: str, checksum: str) -> dict[str, Any]:
    kept = "no-store" if path.startswith(OWN) else caching(path)
    return {"ContentType": media_type(path), "CacheControl": kept, "Metadata": {"sha256": checksum}}


@contextmanager
def told(target: S3Target) -> Iterator[None]:
    """What boto3 says, without secrets; its exceptions carry headers and addresses."""
    from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415 - as boto3

    try:
        yield
    except (BotoCoreError, ClientError) as error:
        raise PublishError(
            f"The storage of {target.bucket} answered: {without_secrets(str(error))}"
        ) from None
