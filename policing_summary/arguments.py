"""How the words after a command are described; argparse reads them, and a shell completes from the same."""

import argparse
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import Any, Literal, NoReturn, TypeAlias

PROGRAM = "python3 build.py"
USAGE = 2
Offer: TypeAlias = Sequence[str] | Literal["files", "folders"]
"""What a shell offers in an argument's place: words, or what lies on the disk."""


class Parser(argparse.ArgumentParser):
    """What argparse reads, and what it says where something was typed wrongly: the nearest, and where help is."""

    def __init__(self, **settings: Any) -> None:  # noqa: ANN401 - argparse's own
        self.kinds: argparse._SubParsersAction[Parser] | None = None
        self.examples: tuple[str, ...] = ()
        self.offers: dict[str, Offer] = {}  # by the names that arguments have once they are parsed
        super().__init__(**settings)

    def add_subparsers(self, **settings: Any) -> Any:  # noqa: ANN401 - argparse's own
        self.kinds = super().add_subparsers(**settings)
        return self.kinds

    def parse_args(  # type: ignore[override]
        self, arguments: Sequence[str] | None = None, namespace: argparse.Namespace | None = None
    ) -> argparse.Namespace:
        typed, more = self.parse_known_args(arguments, namespace)
        if more:
            self.error(unknown(more[0], list(self._all_options())))
        return typed

    def _all_options(self) -> Iterator[str]:
        yield from self._option_string_actions
        for kind in self.kinds.choices.values() if self.kinds else ():
            yield from kind._all_options()  # noqa: SLF001 - one of its own kind

    def _check_value(self, action: argparse.Action, value: Any) -> None:  # noqa: ANN401 - argparse's own
        """One of several words was asked for, and this is none of them."""
        known = [str(each) for each in action.choices or ()]
        if known and str(value) not in known:
            near = nearest(str(value), known)
            asked = f"Did you mean `{near}`?" if near else f"There is: {', '.join(known)}."
            self.error(f"There is no `{value}` here. {asked}")

    def error(self, message: str) -> NoReturn:
        self.exit(
            USAGE,
            f"{message}\n{self.format_usage()}`{self.prog} --help` shows what may be typed.\n",
        )


def unknown(word: str, known: Sequence[str]) -> str:
    """What is said of an option that there is not, or of a word too many."""
    if not word.startswith("-"):
        return f"`{word}` is one word too many."
    near = nearest(word.partition("=")[0], known)
    return f"There is no option `{word}`." + (f" Did you mean `{near}`?" if near else "")


def nearest(word: str, known: Sequence[str]) -> str | None:
    near = get_close_matches(word, known, n=1, cutoff=0.6)
    return near[0] if near else None


def parser(command: str, what: str, *, examples: Sequence[str] = (), more: str = "") -> Parser:
    """The options of a command; `examples` are what may be typed after the program, `more` a last word."""
    made = Parser(prog=f"{PROGRAM} {command}", description=what, allow_abbrev=False)
    show(made, examples, more)
    return made


def show(parser: Parser, examples: Sequence[str], more: str = "") -> None:
    """End the help of a command, or of one of its kinds, with examples."""
    shown = [f"  {PROGRAM} {example}".rstrip() for example in examples]
    told = [*(["examples:", *shown] if shown else []), *([more] if more else [])]
    parser.epilog = "\n".join(told) or None
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.examples = tuple(examples)


def add_hands(described: Parser) -> None:
    """The options that say who does the work."""
    add_jobs(described)
    described.add_argument(
        "--cluster",
        metavar="tcp://192.168.0.10:8786",
        help="have leaflets laid out by the Dask cluster whose scheduler is there",
    )


def add_jobs(described: Parser) -> None:
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
