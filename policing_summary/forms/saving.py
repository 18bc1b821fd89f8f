"""A file and what was typed into its form → the file's new text, with all else as it was.

ruamel.yaml keeps order, quotes and remarks. A file that it would write otherwise than it stands is not
changed, and neither is one that would lose a remark: both are told, and are for a text editor.
"""

import itertools
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from policing_summary.forms.entries import Field, Path
from policing_summary.importers.roundtrip import Lengthened, dumped, load, lower, raised, rewritten

WIDTH = 96  # letters of a line, where a text is told in several


class UnsafeError(Exception):
    """The file is written in a way that a form would change where nobody asked it to."""


@dataclass(frozen=True)
class Wanted:
    """One value as it is to be; an empty one is to be left out."""

    path: Path
    value: str


def wanted(fields: Iterable[Field], typed: Mapping[str, str]) -> list[Wanted]:
    """Where something else was typed than stands in the file."""
    found = []
    for field in fields:
        if field.name in typed:
            new = typed[field.name].replace("\r\n", "\n").rstrip()
            if new.strip() != field.value.strip():
                found.append(Wanted(field.path, new))
    return found


def changed(text: str, values: Iterable[Wanted], gone: Iterable[Path]) -> str:
    """The text with values set, and with parts taken out.

    Raises:
        UnsafeError: something else would change as well.
    """
    bom = "\ufeff" if text.startswith("\ufeff") else ""
    end = "\r\n" if "\r\n" in text else "\n"
    plain = text.removeprefix(bom).replace("\r\n", "\n")
    root = load(plain)
    if "\n".join(dumped(root)) != plain.rstrip("\n"):
        raise UnsafeError("it is written in a way that the form would tidy up")
    for each in values:
        _set(root, each.path, each.value)
    for path in sorted(gone, key=lambda path: (len(path), tuple(map(str, path))), reverse=True):
        _take(root, path)
    new = "\n".join(dumped(root)) + "\n"
    for key in set(root) - set(load(plain) or ()):
        new = new.replace(f"\n{key}:", f"\n\n{key}:", 1).replace(f"\n\n\n{key}:", f"\n\n{key}:", 1)
    if _remarks(plain) - _remarks(new):
        raise UnsafeError("a remark stands there that would be lost")
    return bom + new.replace("\n", end)


def _remarks(text: str) -> Counter[str]:
    return Counter(line.partition("#")[2].strip() for line in text.split("\n") if "#" in line)


def _set(root: Any, path: Path, value: str) -> None:  # noqa: ANN401 - any YAML
    last, at = path[-1], root
    for step, following in itertools.pairwise(path):
        at = _below(at, step, is_list=isinstance(following, int))
    if not value.strip():
        _take(root, path)
    elif _has(at, last):
        at[last] = rewritten(at[last], value, WIDTH)
    else:
        with Lengthened(at):
            new = rewritten(None, value, WIDTH)
            at.append(new) if isinstance(last, int) else at.__setitem__(last, new)


def _below(at: Any, step: str | int, *, is_list: bool) -> Any:  # noqa: ANN401 - any YAML
    """What stands at the step, made if it is not there."""
    if not _has(at, step):
        with Lengthened(at):
            new = raised(at, is_list=is_list)
            at.append(new) if isinstance(step, int) else at.__setitem__(step, new)
        return at[-1] if isinstance(step, int) else at[step]
    return at[step]


def _has(at: Any, step: str | int) -> bool:  # noqa: ANN401 - any YAML
    return step < len(at) if isinstance(step, int) else step in at


def _take(root: Any, path: Path) -> None:  # noqa: ANN401 - any YAML
    """Take a value out, and what holds nothing any more after that."""
    holders = [root]
    for step in path[:-1]:
        if not _has(holders[-1], step):
            return
        holders.append(holders[-1][step])
    for at, step in zip(reversed(holders), reversed(path), strict=True):
        if _has(at, step):
            lower(at, step)
        if len(at):
            return
