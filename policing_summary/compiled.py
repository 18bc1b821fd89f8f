"""Templates as Jinja compiled them, kept between two starts: compiling takes longer than rendering a page."""

import hashlib
import sys
from contextlib import suppress

import jinja2
from jinja2.bccache import Bucket

from policing_summary import store


class Compiled(jinja2.BytecodeCache):
    """Keeps compiled templates in a cache that believes nothing damaged.

    Jinja itself does not take what was compiled from another text; `like` says what else it depends on.
    """

    def __init__(self, cache: store.Cache, like: str) -> None:
        self.cache = cache
        self.like = f"{like}\0{jinja2.__version__}\0{sys.version}"

    def load_bytecode(self, bucket: Bucket) -> None:
        if data := self.cache.get(self._key(bucket)):
            bucket.bytecode_from_string(data)

    def dump_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):  # it will be compiled again the next time
            self.cache.put(self._key(bucket), bucket.bytecode_to_string())

    def _key(self, bucket: Bucket) -> str:
        return hashlib.sha256(f"{self.like}\0{bucket.key}".encode()).hexdigest()
