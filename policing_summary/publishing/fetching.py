"""The published address → whether readers get what was published."""

import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from urllib.parse import quote

from policing_summary import manifest
from policing_summary.publishing.publication import Publication

TIMEOUT = 20.0  # seconds
MOST_FETCHED = 20  # files
AGENT = "policing-summary"


def fetch(url: str) -> bytes:
    """What a reader gets there.

    Raises:
        OSError: nobody answers, or not with the file.
    """
    if not url.startswith(("https://", "http://")):
        raise OSError(url)
    asked = urllib.request.Request(url, headers={"User-Agent": AGENT, "Cache-Control": "no-cache"})  # noqa: S310 - looked at above
    with urllib.request.urlopen(asked, timeout=TIMEOUT) as answer:  # noqa: S310 - the same
        return bytes(answer.read())


def differing(
    address: str,
    publication: Publication,
    changed: Sequence[str],
    get: Callable[[str], bytes] = fetch,
) -> tuple[str, ...]:
    """Of the list of checksums and some changed files those that readers do not get as they were published."""
    looked_at = (manifest.NAME, *(path for path in changed if path != manifest.NAME))[:MOST_FETCHED]
    return tuple(path for path in looked_at if not _arrives(address, path, publication, get))


def _arrives(
    address: str, path: str, publication: Publication, get: Callable[[str], bytes]
) -> bool:
    try:
        data = get(f"{address.rstrip('/')}/{quote(path)}")
    except (OSError, urllib.error.URLError):
        return False
    return manifest.checksum(data) == publication.files[path]
