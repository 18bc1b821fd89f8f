"""Boards → the pages that set boroughs side by side: one for each measure, and one over them all."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from markupsafe import Markup

from policing_summary import archive, boards, heads, peers, trends
from policing_summary.boards import Board, Entry
from policing_summary.model.provenance import citations
from policing_summary.shell import Shell
from policing_summary.wording import Words

FOLDER = "compare"
HUNDRED = Decimal(100)  # percent: all people


def pages(shell: Shell, all_boards: Sequence[Board]) -> Iterator[tuple[str, bytes]]:
    """Each of them by its path: one at a time, since each has a row for every borough."""
    words = Words(shell.site.settings.english)
    for own in boards.by_edition(all_boards).values():
        edition = own[0].edition
        whole = shell.page(
            "compare.html",
            f"{edition.slug}/{FOLDER}/",
            heads.of_page(shell.site, edition.head.title, f"{edition.slug}/{FOLDER}"),
            edition=edition.head,
            newer=archive.newer(shell.site, edition),
            groups=_groups([_Shown(board, words) for board in own]),
            specimens=boards.specimens(edition),
        )
        yield f"{edition.slug}/{FOLDER}/index.html", whole
        for board in own:
            page = shell.page(
                "measure.html",
                f"{board.path}/",
                heads.of_page(
                    shell.site, f"{board.measure.name}, {edition.head.label}", board.path
                ),
                edition=edition.head,
                newer=archive.newer(shell.site, edition),
                board=board,
                shown=_Shown(board, words),
                others=[each for each in own if each is not board],
                small=shell.site.settings.small_numbers,
                specimens=boards.specimens(edition),
                missing=boards.without(board),
            )
            yield f"{board.path}/index.html", page


@dataclass(frozen=True)
class _Shown:
    """What the templates ask of a board."""

    board: Board
    words: Words

    @property
    def is_level(self) -> bool:
        return self.board.measure.unit != "offences"

    @cached_property
    def has_counts(self) -> bool:
        return any(entry.figure.now is not None for entry in self.board.entries)

    @cached_property
    def has_targets(self) -> bool:
        return any(entry.figure.target or entry.figure.outcome for entry in self.board.entries)

    @property
    def ends(self) -> tuple[str, str, str, str, str] | None:
        """The lowest value and its borough, the middle one, the highest value and its borough."""
        among = self.board.peers
        if among is None:
            return None
        figure = self.board.entries[0].figure
        low, middle, high = (
            peers.shown(figure, value, self.words)
            for value in (among.lowest.value, among.middle, among.highest.value)
        )
        names = (among.name(end, self.words) for end in (among.lowest, among.highest))
        lowest, highest = names
        return low, lowest, middle, high, highest

    @property
    def citations(self) -> list[str]:
        return citations(self.board.sources, self.words.language)

    def bar(self, entry: Entry) -> Markup:
        """The bar of a row, if its figure can be compared."""
        known = peers.value(entry.figure)
        if known is None or self.board.measure.unit == "points":
            return Markup()
        most = HUNDRED if self.is_level else self._most
        return trends.bar(known[1], most, is_level=self.is_level)

    @cached_property
    def _most(self) -> Decimal:
        """The longest of all bars."""
        found = (peers.value(each.figure) for each in self.board.entries)
        return max(abs(known[1]) for known in found if known)

    def trends(self) -> list[Markup]:
        figure = self.board.entries[0].figure
        return [
            trends.small_chart(name, past, figure, self.words)
            for name, past in self.board.histories
        ]


def _groups(shown: Sequence[_Shown]) -> list[list[_Shown]]:
    """Offences first, then what is a percentage or a gap."""
    groups = [[each for each in shown if each.is_level is level] for level in (False, True)]
    return [group for group in groups if group]
