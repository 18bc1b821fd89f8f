"""How the words after a command are described; argparse reads them, and a shell completes from the same."""

import argparse
from collections.abc import Sequence

PROGRAM = "python3 build.py"
Parser = argparse.ArgumentParser


def parser(command: str, what: str, *, examples: Sequence[str] = (), more: str = "") -> Parser:
    """The options of a command; `examples` are what may be typed after the program, `more` a last word."""
    shown = [f"  {PROGRAM} {example}" for example in examples]
    told = [*(["examples:", *shown] if shown else []), *([more] if more else [])]
    return Parser(
        prog=f"{PROGRAM} {command}",
        description=what,
        epilog="\n".join(told) or None,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )


def add_hands(described: Parser) -> None:
    """The options that say who does the work."""
    described.add_argument(
        "--jobs",
        metavar="4",
        type=_count,
        help="how many leaflets to lay out at a time (one for each core, if you do not say)",
    )


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"`{text}` is not a number of leaflets, such as 2")
    return int(text)
