"""A file and what was typed into its form → the file's new text, with all else as it was.

ruamel.yaml keeps order, quotes and remarks. A file that it would write otherwise than it stands is not
changed, and neither is one that would lose a remark: both are told, and are for a text editor.
"""

import itertools
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from policing_summary.forms.entries import UNNAMED, Field, Path, named
from policing_summary.importers.roundtrip import (
    Lengthened,
    dumped,
    load,
    lower,
    raised,
    remarks,
    replace,
    rewritten,
)

NAMELESS = (UNNAMED, UNNAMED)
HELD = "held-open"
"""A key that stands for a moment in a file that has none yet."""
WIDTH = 96  # letters of a line, where a text is told in several


class UnsafeError(Exception):
    """The file is written in a way that a form would change where nobody asked it to."""


class UnnamedError(Exception):
    """An entry was begun without a name, or with one that another has; `field` is that of the name."""

    def __init__(self, what: str, way_out: str, field: str) -> None:
        super().__init__(what)
        self.way_out, self.field = way_out, field


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


def with_names(values: Sequence[Wanted], fields: Iterable[Field]) -> list[Wanted]:
    """The values, and in the paths of an entry that is begun the name that was typed for it.

    Raises:
        UnnamedError: it has none, or one that is taken.
    """
    names = {each.path[:-1]: each.value.strip() for each in values if each.path[-2:] == NAMELESS}
    taken = {field.path[:length] for field in fields for length in range(1, len(field.path) + 1)}
    for entry, name in names.items():
        if (*entry[:-1], name) in taken:
            what = f"`{name}` stands in this list already"
            raise UnnamedError(what, "give it another name", named((*entry, UNNAMED)))
    found = []
    for each in values:
        if UNNAMED not in each.path or each.path[-2:] == NAMELESS:
            found += [each] if UNNAMED not in each.path else []
            continue
        at = each.path.index(UNNAMED)
        entry = each.path[: at + 1]
        if not names.get(entry):
            what = "this entry has no name"
            raise UnnamedError(what, "write one: `fewer-victims`", named((*entry, UNNAMED)))
        found.append(Wanted((*entry[:-1], names[entry], *each.path[at + 1 :]), each.value))
    return found


def changed(
    text: str,
    values: Iterable[Wanted],
    gone: Iterable[Path],
    lengths: Mapping[Path, int] | None = None,
) -> str:
    """The text with values set, and with parts taken out.

    With `lengths`, items keep their places: one that is emptied stays, and a list in which something is set
    is filled up with empty items to its length.

    Raises:
        UnsafeError: something else would change as well.
    """
    bom = "\ufeff" if text.startswith("\ufeff") else ""
    end = "\r\n" if "\r\n" in text else "\n"
    plain = text.removeprefix(bom).replace("\r\n", "\n")
    root = load(plain)
    if root is None:  # nothing, or remarks alone
        root = load(f"{plain}{HELD}: x\n")
    if "\n".join(_lines(root)).removesuffix(f"{HELD}: x").rstrip("\n") != plain.rstrip("\n"):
        raise UnsafeError("it is written in a way that the form would tidy up")
    for each in values:
        if not each.value.strip() and _keeps_its_place(each.path, lengths or {}):
            _empty(root, each.path)
        else:
            _set(root, each.path, each.value)
        _fill_up(root, each.path, lengths or {})
    for path in sorted(gone, key=lambda path: (len(path), tuple(map(str, path))), reverse=True):
        _take(root, path)
    if HELD in root:
        lower(root, HELD)
    new = "\n".join(_lines(root)) + "\n"
    for key in set(root) - set(load(plain) or ()):
        new = new.replace(f"\n{key}:", f"\n\n{key}:", 1).replace(f"\n\n\n{key}:", f"\n\n{key}:", 1)
    if Counter(remarks(plain)) - Counter(remarks(new)):
        raise UnsafeError("a remark stands there that would be lost")
    return bom + new.replace("\n", end)


def _lines(root: Any) -> list[str]:  # noqa: ANN401 - any YAML
    """As people write them: a hyphen alone for an item with nothing in it."""
    return [line[:-1] if line.lstrip() == "- " else line for line in dumped(root)]


def _set(root: Any, path: Path, value: str) -> None:  # noqa: ANN401 - any YAML
    if not value.strip():
        _take(root, path)
        return
    last, at, left = path[-1], root, list(path)
    while len(left) > 1 and _has(at, left[0]) and at[left[0]] != "":
        at = at[left.pop(0)]
    if len(left) == 1 and _has(at, last):
        replace(at, last, rewritten(at[last], value, WIDTH))
        return
    with Lengthened(at):
        for step, following in itertools.pairwise(left):
            at = _below(at, step, is_list=isinstance(following, int))
        new = rewritten(None, value, WIDTH)
        _reach(at, last)
        at.append(new) if isinstance(last, int) else at.__setitem__(last, new)


def _keeps_its_place(path: Path, lengths: Mapping[Path, int]) -> bool:
    return any(path[:index] in lengths for index in range(len(path)))


def _empty(root: Any, path: Path) -> None:  # noqa: ANN401 - any YAML
    """Leave nothing where something stands, so that what follows keeps its place."""
    at = root
    for step in path[:-1]:
        if not _has(at, step):
            return
        at = at[step]
    if _has(at, path[-1]):
        at[path[-1]] = ""


def _fill_up(root: Any, path: Path, lengths: Mapping[Path, int]) -> None:  # noqa: ANN401 - any YAML
    """Empty items at the end of each list on the way, as many as it lacks."""
    at = root
    for index, step in enumerate(path):
        if isinstance(step, int) and len(at) < lengths.get(path[:index], 0):
            with Lengthened(at):
                at.extend([""] * (lengths[path[:index]] - len(at)))
        if isinstance(at, str) or not _has(at, step):
            return
        at = at[step]


def _below(at: Any, step: str | int, *, is_list: bool) -> Any:  # noqa: ANN401 - any YAML
    """What is made at the step, where nothing stands yet."""
    new = raised(at, is_list=is_list)
    if _has(at, step):
        at[step] = new
    else:
        _reach(at, step)
        at.append(new) if isinstance(step, int) else at.__setitem__(step, new)
    return new


def _reach(at: Any, step: str | int) -> None:  # noqa: ANN401 - any YAML
    """Empty items before the one that is to come, so that it comes at its place."""
    if isinstance(step, int):
        at.extend([""] * (step - len(at)))


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
