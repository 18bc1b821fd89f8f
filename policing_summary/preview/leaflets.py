"""The leaflets that somebody looks at: laid out when they are asked for, and again after a change."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from policing_summary import copyfit, leaflet, store
from policing_summary.document import Document, Leaflet
from policing_summary.errors import BuildError, Problem
from policing_summary.formats import Format
from policing_summary.preview import paper
from policing_summary.preview.making import Known
from policing_summary.preview.showing import Made, is_draft
from policing_summary.preview.turns import apart
from policing_summary.sheet import Sheet

Wish = tuple[str, str]
"""The borough's folder and the format's name."""


@dataclass(frozen=True)
class Ready:
    """A leaflet that is laid out, a draft with its mark. `problems` are why it would not be printed."""

    key: str
    leaflet: Leaflet
    form: Format
    is_draft: bool
    direction: str
    problems: tuple[Problem, ...]
    sizes: tuple[paper.Size, ...]


@dataclass(frozen=True)
class Entry:
    """What is known of a leaflet: the last one, of which site, and why there is no newer one."""

    ready: Ready | None = None
    of: Made | None = field(default=None, repr=False)
    failed: str = ""


class Leaflets:
    """`lay` is slow and is called for one leaflet at a time; `told` whenever one has changed."""

    def __init__(
        self,
        shown: Callable[[], Made],
        lay: Callable[[Document], Leaflet],
        cache: store.Cache,
        told: Callable[[], None],
    ) -> None:
        self.shown = shown
        self.lay = lay
        self.cache = cache
        self.told = told
        self.entries: dict[Wish, Entry] = {}
        self.running: set[asyncio.Task[None]] = set()
        self.at_work = asyncio.Lock()
        self.latest: Wish | None = None

    def is_fresh(self, wish: Wish) -> bool:
        return self.entries.get(wish, Entry()).of is self.shown()

    def look(self, wish: Wish) -> Entry:
        """What is there now; if that is not the newest, it is being laid out from here on."""
        self.latest = wish
        if not self.is_fresh(wish):
            task = asyncio.create_task(self._renewed(wish))
            self.running.add(task)
            task.add_done_callback(self.running.discard)
        return self.entries.get(wish, Entry())

    async def wait_for(self, wish: Wish) -> Entry:
        """The newest, as soon as it is there."""
        while not self.is_fresh(wish):
            self.latest = wish
            await self._renewed(wish)
        return self.entries[wish]

    def known(self) -> Known:
        """Those that can be offered on their page."""
        return {
            wish: entry.ready.leaflet
            for wish, entry in self.entries.items()
            if entry.ready and not entry.ready.problems
        }

    def by_key(self, key: str) -> Ready | None:
        found = (entry.ready for entry in self.entries.values() if entry.ready)
        return next((ready for ready in found if ready.key == key), None)

    async def _renewed(self, wish: Wish) -> None:
        """Lay it out, unless somebody has meanwhile turned to another one."""
        async with self.at_work:
            made = self.shown()
            if self.is_fresh(wish) or (self.latest != wish and wish in self.entries):
                return
            before = self.entries.get(wish, Entry())
            try:
                ready = await apart(lambda: self._laid(*found(made, wish), before.ready))
                after = Entry(ready, made)
            except KeyError:
                after = Entry(of=made, failed="There is no such leaflet any more.")
            except BuildError as error:
                after = replace(before, of=made, failed=str(error))
            self.entries[wish] = after
        self.told()

    def _laid(self, sheet: Sheet, form: Format, before: Ready | None) -> Ready:
        document = leaflet.compose(sheet, form)
        draft = is_draft(sheet)
        key = f"{document.key}{'d' if draft else ''}"
        if before and before.key == key:
            problems = tuple(copyfit.problems(sheet, form, before.leaflet))
            return replace(before, problems=problems)
        stored = self.cache.get(document.key)
        done = Leaflet.unpacked(stored) if stored else self.lay(document)
        if not stored:
            self.cache.put(document.key, done.packed())
        problems = tuple(copyfit.problems(sheet, form, done))
        if draft:
            done = replace(done, pdf=paper.marked(done.pdf))
        return Ready(key, done, form, draft, document.direction, problems, paper.sizes(done.pdf))


def found(made: Made, wish: Wish) -> tuple[Sheet, Format]:
    """The borough and the format.

    Raises:
        KeyError: there is no such borough, or its edition has no such format.
    """
    sheet = made.sheet(wish[0])
    if sheet is None:
        raise KeyError(wish[0])
    return sheet, {form.name: form for form in made.forms(sheet)}[wish[1]]
