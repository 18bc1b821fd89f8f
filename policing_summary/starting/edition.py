"""An edition → the files of a later one, from which an editor can go on.

What stays is carried over as it was typed, with its remarks. What was aimed at becomes what was
promised. Last year's figures and reports are left behind, and a reminder stands in their place.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from policing_summary import model
from policing_summary.content import EDITION, Borough, Edition, Site
from policing_summary.errors import ContentError, Place, Problem, TypedError
from policing_summary.importers.filing import Change, Edit
from policing_summary.importers.roundtrip import dumped
from policing_summary.model.plans import Priorities
from policing_summary.model.results import Performance
from policing_summary.starting import scaffold
from policing_summary.starting.borough import Beginning
from policing_summary.starting.texts import Piece, Step, behind, joined, pieces, reminder
from policing_summary.validation import did_you_mean

HELD = frozenset(
    {"order", "formats", "optional", "measures", "imports", "print", "specimen", "leave-out"}
)
"""Keys that say how an edition is made: they stay as they are."""

OF_THE_YEAR = frozenset({"draft", "changed", "published", "superseded-by", "corrected"})
WRITTEN_ANEW = frozenset({"title", "label", "period", "summary"})
TO_CHECK: Mapping[str, str] = {
    "contacts": "call each number and open each address; then set `checked-on:` to that day.",
    "ward-teams": "ask each team who is in it now, and set `as-of:` to that day.",
    "plan": "see that the plan still runs, and take the plan for {label} if there is a new one.",
    "mission": "see that the mission is still the same.",
    "strategy": "see that the strategy still runs.",
    "consultation": "see that these ways to answer are still open.",
    "promises": "keep the promises that you can be held to in {label}.",
    "source": "see that the figures of {label} come from the same source.",
}
STAYS = frozenset(
    {*TO_CHECK, "partnership", "prevention", "alternative-formats", "languages", "feedback"}
    | {"links", "map", "source"}
)
VOICES = frozenset({"commander", "foreword"})
FIGURE = "{{"
IMPRINT = frozenset({"publisher", "printer", "licence"})


def begin(root: Path, site: Site, name: str, source: str) -> Beginning:
    """Every file of the edition `name`, made from those of the edition `source`.

    Raises:
        ContentError: the edition is there already.
        TypedError: the one to start from is not.
    """
    found = {edition.slug: edition for edition in (*site.editions, *site.drafts)}
    folder = root / "content" / name
    told = f"content/{name}/{EDITION}"
    if folder.exists():
        what, way_out = "this edition is there already", "open it, or name another edition"
        raise ContentError([Problem(Place(told, 1, 1), what, way_out)])
    if source not in found:
        way_out = did_you_mean(source, found, f"what there is: {', '.join(sorted(found))}")
        raise TypedError(f"There is no edition `{source}` to start from: {way_out}")
    before, step = found[source], Step(source, name)
    texts = {EDITION: _edition(before, step)}
    everyone = {
        each.slug: each
        for at in (*site.editions, *site.drafts)
        if at is before
        for each in _all(site, at)
    }
    texts |= {f"{slug}.yaml": _borough(each, before, step) for slug, each in everyone.items()}
    edits = [
        Edit(
            folder / file,
            f"content/{name}/{file}",
            None,
            text.encode(),
            (Change(name, file, "", "new"),),
        )
        for file, text in texts.items()
    ]
    pictures = before.folder / "images"
    for path in sorted(pictures.iterdir()) if pictures.is_dir() else ():
        if any(path.name in text for text in texts.values()):
            change = Change(name, path.name, "", "the same picture")
            to = folder / "images" / path.name
            edits.append(
                Edit(to, f"content/{name}/images/{path.name}", None, path.read_bytes(), (change,))
            )
    return Beginning(tuple(edits), told)


def _all(site: Site, edition: Edition) -> Iterator[Borough]:
    """The boroughs of an edition, drafts among them."""
    for each in (*site.editions, *site.drafts):
        if each.slug == edition.slug:
            yield from each.boroughs


def _edition(before: Edition, step: Step) -> str:
    head = before.head
    parts = [
        [
            "# What every borough shares in this edition. A borough’s own file can set any of these sections",
            "# over, by naming it, or leave it out with `leave-out:`.",
            f"# It was begun from {step.before}. `python3 build.py check` repeats what is still to do.",
        ],
        [*_draft()],
        [
            *_head_remark(step),
            f"title: {scaffold.said(_title(head.title, head.label, step))}",
            f"label: {scaffold.said(step.label)}",
            f"period: {scaffold.said(step.later(head.period))}",
        ],
    ]
    parts += _carried(pieces("\n".join(before.document.lines), before.document.name), step)
    return joined(parts)


def _head_remark(step: Step) -> list[str]:
    return (
        [] if step.years is not None else reminder("write this edition’s title, label and period.")
    )


def _draft() -> Iterator[str]:
    yield "# A draft is checked and shown in the preview, and never published. Delete this line at the end."
    yield "draft: yes"


def _borough(before: Borough, edition: Edition, step: Step) -> str:
    name = before.entry.name
    parts = [
        [f"# {name}, {step.label}. What is not here comes from {EDITION}."],
        [*_draft()],
    ]
    if before.head.summary:
        was = scaffold.folded("summary", before.head.summary)
        parts.append(
            [*reminder(f"say in one sentence how the year went. In {step.before}:"), *behind(was)]
        )
    found = pieces("\n".join(before.document.lines), before.document.name)
    parts += _carried(found, step)
    typed = {piece.key: piece.value for piece in found}
    results, aims = typed.get(Performance.name), typed.get(Priorities.name)
    if results or aims:
        parts.append(_results(_Year.read(results, aims), step, edition))
    if aims:
        year = _Year.read(results, aims)
        parts += _promised(year, step, has_some=before.part("promises") is not None)
        parts.append(_aims(year, step))
    return joined(parts)


def _title(title: str, label: str, step: Step) -> str:
    return title.replace(label, step.label) if label in title else step.later(title)


def _carried(found: tuple[Piece, ...], step: Step) -> Iterator[list[str]]:
    for piece in found:
        if piece.key in OF_THE_YEAR | WRITTEN_ANEW | {Performance.name, Priorities.name}:
            continue
        yield _part(piece, step)


def _part(piece: Piece, step: Step) -> list[str]:
    """One key of the old file as it stands in the new one."""
    key = piece.key
    if key in HELD:
        return [*piece.above, *piece.lines]
    if key == "figures":
        return reminder("figures: declare this year’s numbers that stand in texts and in no table.")
    if key == "imprint":
        return _imprint(piece)
    if key in VOICES:
        return _voice(piece, step)
    if key in STAYS and FIGURE not in piece.text:
        task = TO_CHECK.get(key)
        told = reminder(f"{key}: {task.format(label=step.label)}") if task else []
        return [*told, *piece.above, *piece.lines]
    if key in STAYS:
        waits = f"{key}: it refers to figures of {step.before}. Write it for {step.label}, and delete the `# `."
        return [*reminder(waits), *behind(piece.lines)]
    known = model.sections().get(key)
    title = f" (“{known.heading}”)" if known else ""
    return reminder(
        f"{key}{title}: write what there is to report for {step.label}, or delete this line. "
        f"What was said then is in content/{step.before}/."
    )


def _imprint(piece: Piece) -> list[str]:
    """Who publishes it and on what terms; dates, references and notes were those of one edition."""
    said = dict(piece.value) if isinstance(piece.value, dict) else {}
    kept = {key: value for key, value in said.items() if key in IMPRINT}
    told = reminder("imprint: add `published:` with the day, and notes if this edition needs them.")
    return [*told, *(dumped({"imprint": kept}) if kept else [])]


def _voice(piece: Piece, step: Step) -> list[str]:
    """Who spoke last time, and the room for what is to be said now."""
    said = piece.value if isinstance(piece.value, dict) else {}
    told = f"{piece.key}: ask whether this is still the person, and for the words for {step.label}."
    if "from" not in said:
        return [*reminder(told), *behind(piece.lines)]
    lines = dumped({piece.key: {"from": said["from"]}})
    return [*reminder(told), *behind([*lines, "  body: |", "    The words for this year."])]


@dataclass(frozen=True)
class _Year:
    """What an edition reported and aimed at, as it was typed."""

    period: str
    rows: Mapping[str, Mapping[str, object]]
    aimed_at: str
    aims: tuple[Mapping[str, object], ...]

    @classmethod
    def read(cls, results: object, aims: object) -> "_Year":
        results = results if isinstance(results, dict) else {}
        aims = aims if isinstance(aims, dict) else {}
        items = aims.get("items", ())
        rows = results.get("measures", ())
        return cls(
            period=_words(results.get("period", "")),
            rows={str(row["measure"]): row for row in _several(rows) if "measure" in row},
            aimed_at=_words(aims.get("period", "")),
            aims=tuple(_several(items)),
        )

    @property
    def goals(self) -> dict[str, str]:
        """The targets, by their measures."""
        found = {str(a["measure"]): a.get("target") for a in self.aims if "measure" in a}
        return {measure: str(target) for measure, target in found.items() if target}

    @property
    def sentences(self) -> list[str]:
        return [_words(a["text"]) for a in self.aims if a.get("text") and not a.get("target")]


def _several(items: object) -> Iterator[Mapping[str, object]]:
    """A list of rows; a single one, and a text alone, are rows too."""
    for item in items if isinstance(items, list) else [items]:
        if item:
            yield item if isinstance(item, dict) else {"text": item}


def _words(text: object) -> str:
    return " ".join(str(text).split())


def _results(year: _Year, step: Step, edition: Edition) -> list[str]:
    """A table to fill in: last year’s figures as what was before, its aims as this year’s targets."""
    period, goals = year.period or edition.head.period, year.goals
    told = (
        "performance: fill in this year’s figure after each `now:`, and delete the `# `. `before:` is what "
        f"{step.before} published."
    )
    if goals:
        told += f" The targets are those that were promised for {year.aimed_at}."
    if goals and year.aimed_at != step.label:
        told += f" This edition is about {step.label}: see that they were meant for it."
    lines = [
        "performance:",
        f"  period: {scaffold.said(step.later(period))}",
        f"  compared-with: {scaffold.said(period)}",
        "  measures:",
    ]
    sums = {key for key, entry in edition.head.measures.items() if entry.sum_of}
    for measure in dict.fromkeys([*year.rows, *goals]):
        before = _before(year.rows.get(measure, {}))
        target = f", target: {goals[measure]}" if measure in goals else ""
        now = "" if measure in sums else ", now: "
        lines.append(f"    - {{measure: {measure}{before}{now}{target}}}")
    return [*reminder(told), *behind(lines)]


def _before(row: Mapping[str, object]) -> str:
    """Last year’s figure, if it was published: what was worked out backwards is nobody’s figure."""
    is_published = row.get("now") and row.get("counts", "published") == "published"
    return f", before: {scaffold.said(row['now'])}" if is_published else ""


def _promised(year: _Year, step: Step, *, has_some: bool) -> Iterator[list[str]]:
    """Aims without a figure, as promises: no table shows whether they were kept."""
    if year.sentences and not has_some:
        told = f"promises: these were aims of {step.before}. Keep those that you can be held to."
        items = [{"promise": text} for text in year.sentences]
        yield [*reminder(told), *dumped({"promises": {"items": items}})]


def _aims(year: _Year, step: Step) -> list[str]:
    told = f"priorities: say what you aim for after {step.label}, with a target for each measure, and delete the `# `."
    lines = ["priorities:", "  period: the year after", "  items:"]
    lines += [f"    - {{measure: {measure}, target: }}" for measure in year.goals]
    return [*reminder(told), *behind([*lines, "    - text: An aim that has no figure"])]
