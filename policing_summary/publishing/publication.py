"""What was published: a number, the one before it, and the checksum of every file."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

VERSION = 1


@dataclass(frozen=True)
class Publication:
    """`files` are those of the site; `kept` those of the former one that a page may still ask for.

    Both give the SHA-256 of each path. `before` is the number of the former publication, 0 if there is none;
    `source` the commit of the content, if that is known.
    """

    number: int
    before: int
    source: str
    files: Mapping[str, str]
    kept: Mapping[str, str] = field(default_factory=dict)

    @property
    def everything(self) -> dict[str, str]:
        return {**self.kept, **self.files}

    def to_json(self) -> bytes:
        known = {"version": VERSION, **asdict(self)}
        return (json.dumps(known, indent=0, sort_keys=True, ensure_ascii=False) + "\n").encode()


def from_json(data: bytes) -> Publication:
    """A record as it was written.

    Raises:
        ValueError: it is none, or it was cut off, or a later version of this program wrote it.
    """
    known = json.loads(data)
    if not isinstance(known, dict) or known.pop("version", None) != VERSION:
        told = "not a record of a publication"
        raise ValueError(told)
    try:
        return Publication(**known)
    except TypeError as error:
        raise ValueError(*error.args) from error
