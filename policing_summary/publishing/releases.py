"""Publications beside one another, and a link that says which of them is shown.

    /srv/www/summaries                      → .summaries.publications/0007, a link
    /srv/www/.summaries.publications/0007/  all files of one publication
    /srv/www/.summaries.publications/0007.json

A publication counts once its record lies beside it: what has none was cut short. The link is
replaced in one step, so a reader sees all of one publication or all of the next.
"""

import re
from collections.abc import Mapping

from policing_summary.publishing.faults import RefusedError
from policing_summary.publishing.publication import Publication

RECORD = re.compile(r"([0-9]{4,})\.json")


def store_name(name: str) -> str:
    """The folder of all publications, beside a target of this name."""
    return f".{name}.publications"


def folder_name(number: int) -> str:
    return f"{number:04}"


def shown(link: str, name: str, records: Mapping[int, Publication]) -> Publication:
    """The publication that a link at the target leads to.

    Raises:
        RefusedError: it leads elsewhere.
    """
    store, _, folder = link.replace("\\", "/").removesuffix("/").rpartition("/")
    found = records.get(int(folder)) if folder.isdecimal() else None
    if store.rpartition("/")[2] != store_name(name) or found is None:
        raise RefusedError(
            f"{name} is a link to {link}, which this program did not make. Remove the link, or name another folder."
        )
    return found


def chain(
    current: Publication | None, records: Mapping[int, Publication]
) -> tuple[Publication, ...]:
    """The current publication, the one before it, and so on, as far as they are there."""
    found: list[Publication] = []
    while current and current not in found:
        found.append(current)
        current = records.get(current.before)
    return tuple(found)


def next_number(records: Mapping[int, Publication]) -> int:
    return max(records, default=0) + 1


def before(current: Publication | None, records: Mapping[int, Publication]) -> Publication:
    """The one to go back to.

    Raises:
        RefusedError: there is none.
    """
    if current is None:
        raise RefusedError("Nothing has been published there yet.")
    if current.before not in records:
        raise RefusedError(f"There is nothing before publication {current.number} to go back to.")
    return records[current.before]
