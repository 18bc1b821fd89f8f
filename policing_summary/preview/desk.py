"""What one preview holds while it runs: what is shown, who is told, and what is under way."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from livereload.handlers import LiveReloadHandler
from livereload.watcher import Watcher

from policing_summary import searching, store
from policing_summary.preview import making, telling
from policing_summary.preview.laying import Layer
from policing_summary.preview.leaflets import Leaflets
from policing_summary.preview.showing import Made, Shown, Trouble
from policing_summary.preview.turns import Turns, apart
from policing_summary.preview.watching import Saved, changes

Say = Callable[[str], None]


class FedFromOutside(Watcher):  # type: ignore[misc]  # livereload says no types
    """In place of livereload's own, which looks at every file each 0.8 s and drops what comes soon after."""

    def start(self, _: Callable[[], None]) -> bool:
        """Say that nobody needs to poll."""
        return True


class Desk:
    """`shown` is a value that is replaced as a whole, so whoever reads it sees one state of the site."""

    def __init__(self, root: Path, links: telling.Links, say: Say) -> None:
        self.root = root
        self.links = links
        self.say = say
        self.shown = Shown()
        self.begun = asyncio.Event()
        self.layer = Layer()
        self.leaflets = Leaflets(
            lambda: self.shown.made,
            self.layer.lay,
            store.Cache(root / ".cache" / "leaflets"),
            self._leaflet_done,
        )
        self.turns = Turns(self._build, self._show)
        self.index: tuple[Made, dict[str, bytes]] = (Made(), {})
        LiveReloadHandler.watcher = FedFromOutside()

    async def run(self) -> None:
        """Follow the files until it is cancelled."""
        self.turns.ask()
        await asyncio.gather(self.turns.run(), self._listen())

    async def _listen(self) -> None:
        async for saved in changes(self.root):
            self.heard(saved)

    def heard(self, saved: Saved) -> None:
        """Files were saved."""
        if saved.program:
            before, self.shown = self.shown, self.shown.after_change_of_program(saved.program)
            self._tell(before)
        if saved.content:
            self.turns.ask(saved.content)

    async def searched(self) -> dict[str, bytes]:
        """The index of the pages that are shown, made when somebody searches."""
        made = self.shown.made
        if self.index[0] is not made:
            cache = store.Cache(self.root / ".cache" / "preview-search")
            self.index = (made, await apart(lambda: searching.index(made.files, cache)))
        return self.index[1]

    def close(self) -> None:
        self.layer.stop()

    def _build(self, _: frozenset[str]) -> Made | Trouble:
        return making.make(self.root, self.shown.made, self.leaflets.known())

    def _show(self, outcome: Made | Trouble, _: frozenset[str]) -> None:
        before, self.shown = self.shown, self.shown.after(outcome)
        self.begun.set()
        self._tell(before)

    def _tell(self, before: Shown) -> None:
        for line in telling.in_terminal(before, self.shown):
            self.say(line)
        LiveReloadHandler.reload_waiters("site")

    def _leaflet_done(self) -> None:
        """Show it; its page says how large it is, so it may have to be made anew."""
        LiveReloadHandler.reload_waiters("leaflet")
        if making.offers(self.leaflets.known()) != self.shown.made.offered:
            self.turns.ask()
