"""Street-level crime from data.police.uk: one line for each crime, a file for each force and month.

There is no borough in it. The name of the small area (LSOA) begins with it: `Havering 011C` lies in
Havering. Lines without a place, and places outside London, are set aside and said so.
"""

import hashlib
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from policing_summary import numerals
from policing_summary.errors import ContentError, Place, Problem
from policing_summary.importers import tables
from policing_summary.importers.boroughs import Boroughs
from policing_summary.importers.monthly import Download, Record
from policing_summary.importers.tables import Line, Table
from policing_summary.numerals import Month
from policing_summary.validation import did_you_mean

LABELS = Path(__file__).with_name("street.toml")
COLUMNS = ("Crime ID", "Month", "Falls within", "LSOA name", "Crime type")
LSOA = re.compile(r"(?P<borough>.+) \d{3}[A-Z]")
OTHERS = "every other borough"


@dataclass(frozen=True)
class File:
    """One file: how often each category stands in each borough and month."""

    head: Place
    file: str
    checksum: str
    parts: frozenset[tuple[str, Month]]
    """Forces and months that are in it."""
    counts: Mapping[tuple[Month, str, str], int]
    """By month, borough and category."""
    nowhere: Mapping[tuple[Month, str], int]
    """Lines without a place, by month and category."""
    outside: Mapping[str, int]
    repeated: int
    """Crime IDs that stand on several lines."""


def read(path: Path, name: str, boroughs: Boroughs, categories: Sequence[str]) -> File:
    """One file; `categories` are those that are known, folded.

    Raises:
        ContentError: everything in it that cannot be read.
    """
    table = tables.read_csv(path, name)
    at = _columns(table)
    parts: set[tuple[str, Month]] = set()
    counts: Counter[tuple[Month, str, str]] = Counter()
    outside: Counter[str] = Counter()
    ids: Counter[str] = Counter()
    nowhere: Counter[tuple[Month, str]] = Counter()
    problems: list[Problem] = []
    for line in table.lines:
        month = _month(line.cells[at["Month"]])
        category, area = line.cells[at["Crime type"]], line.cells[at["LSOA name"]].strip()
        match = LSOA.fullmatch(area)
        if month is None or tables.folded(category) not in categories or (area and not match):
            problems += _problems(table, at, line, categories)
            continue
        parts.add((line.cells[at["Falls within"]], month))
        ids[line.cells[at["Crime ID"]]] += 1
        slug = boroughs.slug(match["borough"]) if match else None
        if slug:
            counts[month, slug, category] += 1
        elif match:
            outside[match["borough"]] += 1
        else:
            nowhere[month, category] += 1
    if not table.lines:
        problems.append(
            table.problem(table.header, None, "there is no crime in this file", "is it complete?")
        )
    if problems:
        raise ContentError(problems)
    repeated = sum(1 for crime, times in ids.items() if crime and times > 1)
    head = table.place(table.header)
    return File(
        head, table.file, table.checksum, frozenset(parts), counts, nowhere, outside, repeated
    )


def _columns(table: Table) -> dict[str, int]:
    found = {name: table.column(name) for name in COLUMNS}
    absent = [f"`{name}`" for name, column in found.items() if column is None]
    if absent:
        what = f"the headings have no {', '.join(absent)}"
        way_out = "give street-level files of data.police.uk: their names end in `-street.csv`"
        raise ContentError([table.problem(table.header, None, what, way_out)])
    return {name: column for name, column in found.items() if column is not None}


def _month(text: str) -> Month | None:
    match = re.fullmatch(r"(20\d\d)-(0[1-9]|1[0-2])", text.strip())
    return Month(int(match[1]), int(match[2])) if match else None


def _problems(
    table: Table, at: Mapping[str, int], line: Line, categories: Sequence[str]
) -> Iterator[Problem]:
    month, category, area = (line.cells[at[name]] for name in ("Month", "Crime type", "LSOA name"))
    if _month(month) is None:
        yield table.problem(line, at["Month"], f"`{month}` is not a month", "it is written 2024-01")
    if tables.folded(category) not in categories:
        way_out = did_you_mean(
            category, categories, "say in street.toml, beside the importer, what it is"
        )
        yield table.problem(line, at["Crime type"], f"unknown category `{category}`", way_out)
    if area and not LSOA.fullmatch(area):
        way_out = "it ends in three digits and a letter: `Havering 011C`"
        yield table.problem(
            line, at["LSOA name"], f"`{area}` is not the name of a small area", way_out
        )


def joined(files: Sequence[File]) -> tuple[Download, list[Problem]]:
    """All files as one download; a force and month may stand in one of them only.

    A month counts as held if every force has it. The checksum is that of all files in the order
    of their names, one after the other's checksum.
    """
    holder: dict[tuple[str, Month], File] = {}
    problems = []
    for file in files:
        for force, month in sorted(file.parts):
            first = holder.setdefault((force, month), file)
            if first is not file:
                what = f"{month} of {force} stands in {first.head.file} already"
                problems.append(Problem(file.head, what, "give each month and force once"))
    forces = {force for force, _ in holder}
    months = sorted({m for _, m in holder if all((force, m) in holder for force in forces)})
    counts: Counter[tuple[Month, str, str]] = Counter()
    for file in files:
        counts.update(file.counts)
    records = tuple(
        Record(files[0].head, category, slug, tuple(counts[m, slug, category] for m in months))
        for slug, category in sorted({(slug, category) for _, slug, category in counts})
    )
    ordered = sorted(files, key=lambda file: file.file)
    name = ordered[0].file
    if len(ordered) > 1:
        name = f"{name} to {ordered[-1].file} ({len(ordered)} files)"
    checksums = [file.checksum for file in ordered]
    checksum = checksums[0]
    if len(checksums) > 1:
        checksum = hashlib.sha256("".join(checksums).encode()).hexdigest()
    return Download(files[0].head, name, checksum, tuple(months), records), problems


def covered(
    files: Sequence[File], boroughs: Boroughs, labels: Path = LABELS
) -> tuple[list[str], list[Problem]]:
    """The boroughs whose own force's files are given."""
    forces: dict[str, str] = tomllib.loads(labels.read_text(encoding="utf-8"))["forces"]
    single = {slug for slug in forces.values() if slug != OTHERS}
    found: list[str] = []
    problems = []
    seen = {force: file for file in files for force, _ in file.parts}
    for force, file in sorted(seen.items()):
        whose = forces.get(force)
        if whose is None:
            what = f"`{force}` is not a police force of a London borough"
            way_out = did_you_mean(force, forces, "leave this file out")
            problems.append(Problem(file.head, what, way_out))
        elif whose == OTHERS:
            found += [slug for slug in boroughs.entries if slug not in single]
        else:
            found.append(whose)
    return sorted(found), problems


def told(files: Sequence[File]) -> Iterator[str]:
    """What was set aside, in whole sentences."""
    for file in files:
        if file.nowhere:
            lines = numerals.count(sum(file.nowhere.values()))
            yield f"Set aside from {file.file}: {lines} lines without a place."
        if file.outside:
            names = ", ".join(f"{name} ({count})" for name, count in sorted(file.outside.items()))
            yield f"Set aside from {file.file}, because site.yaml lists no such borough: {names}."
        if file.repeated:
            yield (
                f"{file.file} has {numerals.count(file.repeated)} crime IDs on several lines: each line "
                "is counted, as the publisher does."
            )


def report(files: Sequence[File], boroughs: Boroughs) -> Iterator[str]:
    """The counts as CSV by borough, month and category; where there is none there is no line."""
    counts: Counter[tuple[str, Month, str]] = Counter()
    for file in files:
        for (month, slug, category), count in file.counts.items():
            counts[boroughs.name(slug), month, category] += count
        for (month, category), count in file.nowhere.items():
            counts["(no place)", month, category] += count
    yield "borough,month,category,crimes"
    for (name, month, category), count in sorted(counts.items()):
        yield f"{name},{month.iso},{category},{count}"
