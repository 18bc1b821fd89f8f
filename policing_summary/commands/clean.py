"""`python3 build.py clean`: forgets what was kept from earlier builds; nothing that was made is touched."""

import argparse

from policing_summary import arguments, locking, store
from policing_summary.keyboard import DONE, Keyboard, number

MEGABYTE = 1_000_000


def parser() -> arguments.Parser:
    return arguments.parser(
        "clean",
        "Empty the cache in .cache/, so that the next build makes everything anew. output/ stays as it is.",
        examples=["clean"],
        more="A build never needs this: a damaged or outdated part of the cache is not believed.",
    )


def run(typed: argparse.Namespace, at: Keyboard) -> int:  # noqa: ARG001 - it has no options
    with locking.held(store.lock_of(at.root / "output"), "emptying the cache"):
        files, size = store.forget(at.root / ".cache")
    if not files:
        at.say("The cache was empty already.")
    else:
        at.say(
            f"Emptied .cache/: {number(files, 'file')}, {size / MEGABYTE:.1f} MB. "
            "The next `python3 build.py` makes everything anew."
        )
    return DONE
