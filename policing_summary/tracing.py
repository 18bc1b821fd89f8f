"""Every number that is printed for a borough, and what stands behind it.

Facts are the numbers that the content gives or that were worked out from it. A number typed in a
text must be one of them; otherwise it is told, with the nearest.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from policing_summary import explaining, peers, prose
from policing_summary.content import Part
from policing_summary.errors import Place, Problem
from policing_summary.figures import Figure
from policing_summary.mentions import Mention, mentions
from policing_summary.model.evidence import HeadlineFigures
from policing_summary.model.files import DeclaredFigure
from policing_summary.model.plans import Priorities
from policing_summary.model.provenance import citations
from policing_summary.model.results import Answer, Performance, Row
from policing_summary.nodes import Document, Step
from policing_summary.numerals import Month, Unit
from policing_summary.sheet import Sheet
from policing_summary.texts import FoundText, texts
from policing_summary.wording import Words


@dataclass(frozen=True)
class Fact:
    """A number with all that is known of it.

    `form` says which side of a measure it is (before, now, change, percent, target, group,
    comparator, goal, month, stated, declared, or lowest, middle and highest of the boroughs); `how` is its
    arithmetic if nobody typed it; `printed` are the places where it stands.
    """

    id: str
    name: str
    form: str
    value: Decimal
    unit: Unit
    shown: str
    period: str
    area: str
    source: str
    place: Place
    how: str = ""
    printed: tuple[str, ...] = ()

    def form_words(self, words: Words) -> str:
        """The form as a reader is told it, where it is said how the number was got."""
        match self.form:
            case "percent":
                return words.language.pgettext("figure", "change in percent")
            case "now":
                return words.language.pgettext("figure", "this year")
            case "before":
                return words.language.pgettext("figure", "the year before")
            case "change":
                return words.language.pgettext("figure", "change")
            case _:
                return self.form


@dataclass(frozen=True)
class Trace:
    """The facts behind a borough, and the numbers in its texts that none of them stands behind."""

    facts: tuple[Fact, ...]
    untraced: tuple[Problem, ...]


BEHIND_NO_TEXT = frozenset(  # so many that any number would be one; and other boroughs', which move
    {"month", "lowest", "middle", "highest"}
)


def trace(sheet: Sheet) -> Trace:
    facts = [
        *_from_tables(sheet),
        *_from_peers(sheet),
        *_from_goals(sheet),
        *_stated(sheet),
        *_declared(sheet),
    ]
    of_id, behind = _numbered(facts)
    printed: dict[int, list[str]] = {}
    for place, figure in _set_large(sheet):
        for index in of_id.get(figure, ()):
            printed.setdefault(index, []).append(place)
    untraced: list[Problem] = []
    for part in sheet.borough.parts:
        filled = replace(sheet.figures, words=replace(sheet.words, language=part.language))
        for text in (text for text in texts(part.section) if text.counts):
            for mention in mentions(prose.fill(text.words, filled), part.language):
                alike = behind.get((mention.unit, abs(mention.value)), ())
                found = [i for i in alike if _has_its_sign(mention, facts[i])]
                for index in found:
                    printed.setdefault(index, []).append(f"{part.name} text")
                if not found:
                    untraced.append(_problem(part, text, mention, facts))
    told = tuple(
        replace(fact, printed=(*fact.printed, *sorted(set(printed[i])))) if i in printed else fact
        for i, fact in enumerate(facts)
    )
    return Trace(told, tuple(untraced))


def _numbered(
    facts: Sequence[Fact],
) -> tuple[dict[str, list[int]], dict[tuple[Unit, Decimal], list[int]]]:
    """Where facts stand in their order: by their ids, and by unit and size those that may stand behind a text."""
    of_id: dict[str, list[int]] = {}
    behind: dict[tuple[Unit, Decimal], list[int]] = {}
    for number, fact in enumerate(facts):
        of_id.setdefault(fact.id, []).append(number)
        if fact.form not in BEHIND_NO_TEXT:
            behind.setdefault((fact.unit, abs(fact.value)), []).append(number)
    return of_id, behind


def _has_its_sign(mention: Mention, fact: Fact) -> bool:
    """Of numbers of the same size: a sign that was written must be the right one."""
    return mention.words[:1] not in "+-\N{MINUS SIGN}" or mention.value == fact.value


def _problem(part: Part, text: FoundText, mention: Mention, facts: list[Fact]) -> Problem:
    nearest = min(
        (f for f in facts if f.unit is mention.unit and f.form not in BEHIND_NO_TEXT),
        key=lambda fact: abs(abs(fact.value) - abs(mention.value)),
        default=None,
    )
    way_out = "give it under `figures:` with its source"
    if nearest:
        way_out = f"the nearest is {nearest.shown} ({nearest.name}, {nearest.form}); or {way_out}"
    return Problem(
        part.within(text.steps, mention.words),
        f"no figure stands behind `{mention.words}`",
        way_out,
        severity="warning",
    )


def _from_tables(sheet: Sheet) -> Iterator[Fact]:
    for part in sheet.borough.parts:
        for field in type(part.section).model_fields:
            figures = {figure.id: figure for figure in sheet.table(part.name, field)}
            if not figures:
                continue
            first_month = getattr(part.section, "from_month", None)
            origin, whole = _origin(sheet, part), sheet.site.settings.area
            table = _Table(part, field, figures, origin, first_month, whole, sheet.words)
            for index, row in enumerate(getattr(part.section, field)):
                yield from table.facts(index, row)


@dataclass(frozen=True)
class _Table:
    part: Part
    field: str
    figures: Mapping[str, Figure]
    origin: Mapping[str, str]
    first_month: Month | None
    whole: str
    words: Words

    def facts(self, index: int, row: Row) -> Iterator[Fact]:
        """What one row has printed: each form it has, and the groups of a gap."""
        figure = self.figures[row.measure]
        worked_out = dict(explaining.how(row, figure, self.figures, self.words))
        for form, value, unit, shown in _forms(figure, self.words):
            key = form if getattr(row, form) is not None else "measure"
            how = worked_out.get(form, "")
            yield self._fact(figure, form, (value, unit, shown), self._place(index, key), how)
        if self.first_month:
            yield from self._months(index, figure, self.first_month)
        for number, (group, value) in enumerate(figure.groups):
            place = self._place(index, "groups", number, "value")
            fact = self._fact(
                figure, "group", (value, Unit.PERCENT, self.words.group(value)), place
            )
            yield replace(
                fact, id=f"{figure.id}.group-{number + 1}", name=f"{figure.name}: {group}"
            )
        if isinstance(row, Answer) and row.comparator is not None:
            shown = self.words.language.percent(row.comparator)
            printed = (row.comparator, Unit.PERCENT, shown)
            fact = self._fact(figure, "comparator", printed, self._place(index, "comparator"))
            yield replace(fact, area=getattr(self.part.section, "comparator", None) or self.whole)

    def _months(self, index: int, figure: Figure, first: Month) -> Iterator[Fact]:
        for number, count in enumerate(figure.months):
            month = first.later(number)
            printed = (count, Unit.NONE, self.words.language.count(count))
            fact = self._fact(figure, "month", printed, self._place(index, "months", number))
            yield replace(
                fact,
                id=f"{figure.id}.{month.iso}",
                period=self.words.language.date(month),
                printed=(f"{self.part.name} months",),
            )

    def _place(self, index: int, *steps: Step) -> Place:
        return self.part.place(self.field, index, *steps)

    def _fact(
        self,
        figure: Figure,
        form: str,
        printed: tuple[Decimal, Unit, str],
        place: Place,
        how: str = "",
    ) -> Fact:
        value, unit, shown = printed
        return Fact(
            id=f"{figure.id}.{form}",
            name=figure.name,
            form=form,
            value=value,
            unit=unit,
            shown=shown,
            place=place,
            how=how,
            printed=(f"{self.part.name} table",),
            **self.origin,
        )


def _forms(figure: Figure, words: Words) -> Iterator[tuple[str, Decimal, Unit, str]]:
    """The forms that a figure has: name, value, unit, and how it is printed."""
    level = _level_unit(figure)
    change = Unit.POINTS if figure.is_level else Unit.NONE
    if figure.before is not None:
        yield "before", figure.before, level, words.before(figure)
    if figure.now is not None:
        yield "now", figure.now, level, words.latest(figure)
    if figure.change is not None:
        yield "change", figure.change, change, words.change(figure)
    if figure.percent is not None:
        yield "percent", figure.percent, Unit.PERCENT, words.percent(figure)
    if figure.target is not None:
        yield "target", figure.target.value, figure.target.unit, words.target(figure.target)


def _origin(sheet: Sheet, part: Part) -> dict[str, str]:
    """Period, area and source that all numbers of a section share."""
    own = part.document is sheet.borough.document
    sources = getattr(part.section, "sources", ())
    return {
        "period": getattr(part.section, "period", None) or sheet.edition.head.period,
        "area": sheet.borough.entry.name if own else sheet.site.settings.area,
        "source": "; ".join(citations(sources, sheet.language)) or sheet.edition.head.source or "",
    }


def _from_peers(sheet: Sheet) -> Iterator[Fact]:
    """What the page says of the other boroughs: the two ends and the middle of each measure."""
    part, words = sheet.borough.part(Performance.name), sheet.words
    origin = {**_origin(sheet, part), "area": sheet.site.settings.area} if part else {}
    for figure in sheet.table(Performance.name, "measures") if part else ():
        others = sheet.peers.get(figure.id)
        if part is None or others is None or getattr(figure, others.form) is None:
            continue
        for form, value, place, how in (
            ("lowest", others.lowest.value, others.lowest.place, others.name(others.lowest, words)),
            ("middle", others.middle, others.half, words.language.gettext("the median")),
            (
                "highest",
                others.highest.value,
                others.highest.place,
                others.name(others.highest, words),
            ),
        ):
            yield Fact(
                id=f"{figure.id}.{form}",
                name=figure.name,
                form=form,
                value=value,
                unit=_level_unit(figure) if figure.is_level else Unit.PERCENT,
                shown=peers.shown(figure, value, words),
                place=place,
                how=words.language.ngettext(
                    "%(which)s, of %(count)s borough",
                    "%(which)s, of %(count)s boroughs",
                    others.count,
                    which=how,
                    count=words.language.count(others.count),
                ),
                printed=(f"{part.name} boroughs",),
                **origin,
            )


def _level_unit(figure: Figure) -> Unit:
    return {"percent": Unit.PERCENT, "points": Unit.POINTS}.get(figure.measure.unit, Unit.NONE)


def _from_goals(sheet: Sheet) -> Iterator[Fact]:
    part = sheet.borough.part(Priorities.name)
    if part is None or not isinstance(part.section, Priorities):
        return
    for index, (item, goal) in enumerate(zip(part.section.items, sheet.goals, strict=True)):
        if goal.target:
            yield Fact(
                id=f"{item.measure}.goal",
                name=goal.text,
                form="goal",
                value=goal.target.value,
                unit=goal.target.unit,
                shown=sheet.words.target(goal.target),
                place=part.place("items", index, "target"),
                printed=("priorities",),
                **_origin(sheet, part),
            )


def _set_large(sheet: Sheet) -> Iterator[tuple[str, str]]:
    """The figures of tables that a section prints once more: the section, and their ids."""
    part = sheet.borough.part(HeadlineFigures.name)
    for item in part.section.items if part and isinstance(part.section, HeadlineFigures) else ():
        if figure := sheet.figures.by_id.get(item.measure or ""):
            yield HeadlineFigures.name, f"{figure.id}.{item.show or figure.most_telling}"


def _stated(sheet: Sheet) -> Iterator[Fact]:
    """The numbers that sections state besides their tables, each with its own source."""
    for part in sheet.borough.parts:
        origin = _origin(sheet, part)
        for number, stated in enumerate(part.section.stated(), 1):
            quantity = stated.quantity
            yield Fact(
                id=f"{part.name}-{number}",
                name=stated.label,
                form="stated",
                value=quantity.value,
                unit=quantity.unit,
                shown=sheet.words.quantity(quantity),
                place=part.place(*stated.steps),
                printed=(part.name,),
                period=stated.period or origin["period"],
                area=origin["area"],
                source=stated.source or origin["source"],
            )


def _declared(sheet: Sheet) -> Iterator[Fact]:
    edition, borough = sheet.edition, sheet.borough
    own = set(borough.head.figures)
    shared = {key: value for key, value in edition.head.figures.items() if key not in own}
    yield from _declared_in(borough.document, borough.head.figures, sheet, borough.entry.name)
    yield from _declared_in(edition.document, shared, sheet, sheet.site.settings.area)


def _declared_in(
    document: Document, figures: Mapping[str, DeclaredFigure], sheet: Sheet, area: str
) -> Iterator[Fact]:
    for name, figure in figures.items():
        yield Fact(
            id=name,
            name=figure.label,
            form="declared",
            value=figure.value.value,
            unit=figure.value.unit,
            shown=sheet.words.declared(figure),
            period=figure.period or sheet.edition.head.period,
            area=area,
            source=figure.source,
            place=document.place("figures", name, "value"),
        )
