"""Names of boroughs as publishers write them → the boroughs that the site lists."""

from collections.abc import Mapping

from policing_summary.importers.tables import folded
from policing_summary.model.files import BoroughEntry

TITLES = (
    "london borough of ",
    "royal borough of ",
    "the london borough of ",
    "the royal borough of ",
    "city of ",
    "the city of ",
)


class Boroughs:
    """Knows a borough by its name or its ONS code, in any capitals and with its title or without."""

    def __init__(self, entries: Mapping[str, BoroughEntry]) -> None:
        self.entries = entries
        self._known = {_plain(entry.name): slug for slug, entry in entries.items()}
        self._known |= {e.code.casefold(): slug for slug, e in entries.items() if e.code}

    def slug(self, typed: str) -> str | None:
        """The borough's key in site.yaml, or None. `City of London` is never taken for another."""
        name = _plain(typed)
        if name in self._known:
            return self._known[name]
        bare = (name.removeprefix(title) for title in TITLES if name.startswith(title))
        return next((self._known[short] for short in bare if short in self._known), None)

    def name(self, slug: str) -> str:
        return self.entries[slug].name


def _plain(name: str) -> str:
    return folded(name.replace("&", " and ").replace("-", " "))
