"""`python -m policing_summary`, which build.py starts."""

import sys

from policing_summary.cli import main


def leave(code: int) -> None:
    """End the process, and let the system take its memory back at once: Python would go through all of it.

    Whatever was asked for at the end is done before, and other threads are waited for as usual.
    """
    import atexit  # noqa: PLC0415 - a start with nothing to do ends before it is wanted
    import os  # noqa: PLC0415
    import threading  # noqa: PLC0415

    if threading.active_count() > 1:
        sys.exit(code)
    atexit._run_exitfuncs()  # noqa: SLF001 - what the interpreter itself does at its end
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:  # whoever read it is gone, which the interpreter tells in its own way
        sys.exit(code)
    os._exit(code)


leave(main(sys.argv[1:]))
