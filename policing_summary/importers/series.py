"""Labels as a publisher writes them → series that stay the same when a label is renamed or split.

The tables are TOML files beside the importers. Every label stands in exactly one series, or is set
aside with a reason; so a label that nobody knows is told, and none is counted twice.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from policing_summary.importers.found import Publication
from policing_summary.importers.tables import folded

EVERYTHING = "everything"


@dataclass(frozen=True)
class Series:
    """One kind of offence over the years. `labels` are all that it was ever called, folded."""

    id: str
    labels: frozenset[str]
    reason: str


@dataclass(frozen=True)
class Labels:
    """What a publisher's labels and areas mean.

    `sums` are the ids that stand for several series, `areas` what is set aside because it is no
    borough, with the reason, and `elsewhere` the boroughs that its files never have, with the reason.
    """

    publication: Publication
    series: Mapping[str, Series]
    sums: Mapping[str, tuple[str, ...]]
    set_aside: Mapping[str, str]
    areas: Mapping[str, str]
    elsewhere: Mapping[str, str]
    by_label: Mapping[str, str]

    def parts(self, measure: str) -> tuple[str, ...]:
        """The series that make up a measure; none if these files say nothing about it."""
        return self.sums.get(measure) or ((measure,) if measure in self.series else ())

    @property
    def measures(self) -> tuple[str, ...]:
        return (*self.sums, *self.series)


def read(path: Path) -> Labels:
    """The table of one publisher. What is wrong with it is a fault of this program.

    Raises:
        ValueError: a label stands in two places, or a sum names a series that is not there.
    """
    typed: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    series = {
        name: Series(name, frozenset(folded(label) for label in entry["labels"]), entry["reason"])
        for name, entry in typed["series"].items()
    }
    set_aside = {folded(k): v for k, v in typed.get("set-aside", {}).get("labels", {}).items()}
    labels = [(label, one.id) for one in series.values() for label in one.labels]
    labels += [(label, "") for label in set_aside]
    _refuse_twice(path, [label for label, _ in labels])
    sums = {
        name: tuple(series) if entry["of"] == EVERYTHING else tuple(entry["of"])
        for name, entry in typed.get("sums", {}).items()
    }
    strangers = {part for parts in sums.values() for part in parts} - series.keys()
    if strangers or sums.keys() & series.keys():
        raise ValueError(f"{path.name}: {strangers or sums.keys() & series.keys()}")
    return Labels(
        Publication(**typed["publication"]),
        series,
        sums,
        set_aside,
        {folded(k): v for k, v in typed.get("set-aside", {}).get("areas", {}).items()},
        typed.get("not-covered", {}),
        dict(labels),
    )


def _refuse_twice(path: Path, labels: Iterable[str]) -> None:
    seen: set[str] = set()
    for label in labels:
        if label in seen:
            raise ValueError(f"{path.name}: `{label}` stands there twice")
        seen.add(label)
