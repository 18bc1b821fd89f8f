"""What every host can do, whatever it is."""

from pathlib import Path
from typing import Protocol

from policing_summary.publishing.plan import Plan
from policing_summary.publishing.publication import Publication


class Host(Protocol):
    """One target. All of it may raise RefusedError and PublishError."""

    def former(self) -> Publication | None:
        """What readers see now; None if nothing was published there. Refuses a place that holds other things."""

    def next_number(self) -> int:
        """A number that no publication there has had."""

    def read(self, path: str) -> bytes | None:
        """A file as readers get it now, or None."""

    def is_whole(self, site: Path, shown: Publication) -> bool:
        """Whether the target holds what it should; what a run that was cut short left besides is cleared away."""

    def put(self, site: Path, new: Publication, plan: Plan) -> None:
        """Publish the files of the folder `site`, and see that they have arrived."""

    def back(self) -> Publication:
        """Show the publication before the one that is shown now."""

    def history(self) -> tuple[Publication, ...]:
        """What is shown, then what can be gone back to, step by step."""
