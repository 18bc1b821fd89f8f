"""Words → lines of at most so many columns, as a terminal or a mail program shows them."""

import re
import unicodedata
from collections.abc import Iterator

WIDTH = 72  # what e-mail has room for when it is quoted (RFC 5322 asks for at most 78)
KEEP = "\N{NO-BREAK SPACE}"
"""Holds what must stay on one line together; a plain space is written in its place."""

ZERO = frozenset({"Mn", "Me", "Cf"})
WIDE = frozenset({"W", "F"})
STICKING = ZERO | {"Po", "Pe", "Pf"}
BREAKS = re.compile(r"[^\S\u00a0\u202f]+")
UNEVEN = re.compile("[^\0-\u02ff\u2000-\u200a\u2010-\u2029\u202f-\u205f\u2070-\u2e7f\ue000-\ue00f]")
"""Where letters without a column of their own, or with two, are found: all else has one."""


def width(text: str) -> int:
    """The columns that a text takes: two for a wide East Asian letter, none for a combining mark."""
    if not UNEVEN.search(text):
        return len(text)
    return sum(
        0
        if unicodedata.category(letter) in ZERO
        else 1 + (unicodedata.east_asian_width(letter) in WIDE)
        for letter in text
    )


def filled(text: str, first: str = "", rest: str = "", columns: int = WIDTH) -> list[str]:
    """The text in lines, the first begun with `first` and the others with `rest`.

    Only a single word that is wider than a line, such as a web address, stands out of it.
    """
    lines = _even if not UNEVEN.search(text) else _uneven
    return [each.replace(KEEP, " ").rstrip() for each in lines(text, first, rest, columns)]


def _even(text: str, first: str, rest: str, columns: int) -> Iterator[str]:
    """Lines of letters that all have one column: a line is cut out at a time, not put together of words."""
    words = BREAKS.sub(" ", text.strip())
    start, begun, room = 0, first, columns - width(first)
    while len(words) - start > room:
        end = words.rfind(" ", start, start + room + 1)
        if end < 0 and (end := words.find(" ", start)) < 0:
            break  # a last word that is wider than the line
        yield begun + words[start:end]
        start, begun, room = end + 1, rest, columns - width(rest)
    yield begun + words[start:]


def _uneven(text: str, first: str, rest: str, columns: int) -> Iterator[str]:
    line, used, is_empty = first, width(first), True
    for gap, word in _words(text):
        size = width(word)
        if not is_empty and used + len(gap) + size > columns:
            yield line
            line, used, is_empty, gap = rest, width(rest), True, ""  # noqa: PLW2901 - a line begins
        line, used, is_empty = line + gap + word, used + len(gap) + size, False
    yield line


def _words(text: str) -> Iterator[tuple[str, str]]:
    """Each word, and the space before it: none between the letters of a script that has no spaces."""
    gap = ""
    for word in BREAKS.split(text.strip()):
        for piece in _pieces(word):
            yield gap, piece
            gap = ""
        gap = " "


def _pieces(word: str) -> Iterator[str]:
    """Where a line may end inside a word: between wide letters, and not before a full stop."""
    piece, was_wide = "", False
    for letter in word:
        kind = unicodedata.category(letter)
        is_wide = unicodedata.east_asian_width(letter) in WIDE
        sticks = kind in STICKING
        if piece and not sticks and (is_wide or was_wide):
            yield piece
            piece = ""
        piece += letter
        was_wide = is_wide or (was_wide and sticks)
    yield piece
