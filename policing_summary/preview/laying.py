"""Documents → leaflets in one process beside this one, which is kept warm between them."""

import multiprocessing
import signal
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext

from policing_summary import typesetting
from policing_summary.document import Document, Leaflet
from policing_summary.errors import BuildError


def _context() -> BaseContext:
    kind = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    return multiprocessing.get_context(kind)


def work(end: Connection) -> None:
    """Lay out whatever comes, until nobody is there any more. Ctrl-C is the parent's business."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        try:
            document = end.recv()
        except (EOFError, OSError):
            return
        try:
            done: Leaflet | BuildError = typesetting.typeset(document)
        except BuildError as error:
            done = error
        except Exception as error:  # noqa: BLE001 - told where the leaflet would be
            done = BuildError(f"This is a fault in the program: {type(error).__name__}: {error}")
        end.send(done)


class Layer:
    """A process that lays out one leaflet after the other; begun with the first of them."""

    def __init__(self) -> None:
        self.process: multiprocessing.process.BaseProcess | None = None
        self.end: Connection | None = None

    def lay(self, document: Document) -> Leaflet:
        """The leaflet, once it is done.

        Raises:
            BuildError: it cannot be made, or the process was ended from outside.
        """
        end = self._started()
        try:
            end.send(document)
            done: Leaflet | BuildError = end.recv()
        except (EOFError, OSError):
            self.stop()
            raise BuildError(
                "The process that lays out leaflets was ended from outside, perhaps because memory "
                "ran out. It is started again with the next change."
            ) from None
        if isinstance(done, BuildError):
            raise done
        return done

    def stop(self) -> None:
        """End the process at once, whatever it is doing."""
        if self.process:
            self.process.kill()
            self.process.join()
        self.process = self.end = None

    def _started(self) -> Connection:
        if self.end is None or self.process is None or not self.process.is_alive():
            context = _context()
            ours, theirs = context.Pipe()
            self.process = context.Process(target=work, args=(theirs,), daemon=True)  # type: ignore[attr-defined]
            self.process.start()
            theirs.close()
            self.end = ours
        return self.end
