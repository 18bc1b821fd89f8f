"""What the edition before promised, and what came of it."""

from collections.abc import Iterable, Iterator

from policing_summary import arithmetic
from policing_summary.errors import Problem
from policing_summary.figures import Promise
from policing_summary.model.plans import Priorities
from policing_summary.model.results import Performance
from policing_summary.sheet import Sheet
from policing_summary.wording import ENGLISH


def kept(sheet: Sheet, earlier: Iterable[Sheet]) -> tuple[Promise, ...]:
    """The promises that earlier editions made to the same borough for this edition's year."""
    return tuple(promise for promise, _, _ in _matched(sheet, earlier))


def problems(sheet: Sheet, earlier: Iterable[Sheet]) -> Iterator[Problem]:
    """A target that is not the one that was promised."""
    performance = sheet.borough.part(Performance.name)
    for promise, before, index in _matched(sheet, earlier):
        target = sheet.table(Performance.name, "measures")[index].target
        if performance and target and target != promise.target:
            yield Problem(
                performance.place("measures", _typed_at(performance.section, promise), "target"),
                f"the target here is {ENGLISH.target(target)}, and {ENGLISH.target(promise.target)} was promised "
                f"in {before.edition.slug}/{before.borough.slug}.yaml",
                "correct the target, or say in a `note:` why it was changed",
                severity="warning",
            )


def _typed_at(section: object, promise: Promise) -> int:
    rows = section.measures if isinstance(section, Performance) else ()
    return next(i for i, row in enumerate(rows) if row.measure == promise.figure.id)


def _matched(sheet: Sheet, earlier: Iterable[Sheet]) -> Iterator[tuple[Promise, Sheet, int]]:
    figures = sheet.table(Performance.name, "measures")
    for before in earlier:
        part = before.borough.part(Priorities.name)
        if before.borough.slug != sheet.borough.slug or part is None:
            continue
        if getattr(part.section, "period", None) != sheet.edition.head.label:
            continue
        goals = {goal.measure: goal for goal in before.goals if goal.target}
        for index, figure in enumerate(figures):
            goal = goals.get(figure.id)
            if goal and goal.target:
                judged = arithmetic.against(figure, goal.target)
                yield Promise(before.edition.head.label, goal.target, judged), before, index
