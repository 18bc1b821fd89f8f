"""An ordered list of rules that cross fields or files, each a function from a sheet to problems."""

from collections.abc import Callable, Iterator
from typing import TypeAlias, get_args

from pydantic import BaseModel

from policing_summary import prose
from policing_summary.content import Site
from policing_summary.errors import ContentError, Problem
from policing_summary.model.base import Markdown, Person
from policing_summary.sheet import Sheet, prepare
from policing_summary.source import Step

Rule: TypeAlias = Callable[[Sheet], Iterator[Problem]]


def run(site: Site) -> tuple[list[Sheet], list[Problem]]:
    """Every borough of every edition, worked out and checked, and the warnings.

    Raises:
        ContentError: every error of every borough.
    """
    sheets, problems = [], []
    for edition in site.editions:
        for borough in edition.boroughs:
            sheet, contradictions = prepare(site, edition, borough)
            problems += contradictions
            problems += [problem for rule in RULES for problem in rule(sheet)]
            sheets.append(sheet)
    if any(problem.severity == "error" for problem in problems):
        raise ContentError(problems)
    return sheets, problems


def outcomes_stand_in_the_right_list(sheet: Sheet) -> Iterator[Problem]:
    """A result listed as met was met, and one listed as missed was missed."""
    wanted = {"met": "achieved", "missed": "missed"}
    part = sheet.borough.part("achievements")
    for field, outcome in wanted.items():
        for index, figure in enumerate(sheet.table("achievements", field)):
            if not part or figure.outcome in (outcome, None):
                continue
            target = figure.target.shown() if figure.target else ""
            yield Problem(
                part.place(field, index, "measure"),
                f"`{figure.id}` is listed under `{field}:`, and its target of {target} was "
                f"{'missed' if outcome == 'achieved' else 'met'}",
                f"move it under `{'missed' if field == 'met' else 'met'}:`, or correct the figures",
            )


def achievements_have_targets(sheet: Sheet) -> Iterator[Problem]:
    """London's results are printed with what was aimed at."""
    part = sheet.borough.part("achievements")
    for field in ("met", "missed"):
        for index, figure in enumerate(sheet.table("achievements", field)):
            if part and figure.target is None:
                yield Problem(
                    part.place(field, index, "measure"),
                    f"`{figure.id}` has no target here",
                    "add `target: -2.5%`, so that readers see what was aimed at",
                )


def texts_refer_to_figures_and_safe_links(sheet: Sheet) -> Iterator[Problem]:
    """Each `{{ … }}` leads to a figure of this borough, and each link where one may go."""
    for part in sheet.borough.parts:
        for steps, text, is_markdown in _texts(part.section, ()):
            if not is_markdown:
                if match := prose.REFERENCE.search(text):
                    place = part.document.within((part.name, *steps), match[0])
                    way_out = "refer to figures in a `body:` or `intro:`"
                    yield Problem(place, "figures are not filled in here", way_out)
                continue
            for mistake in prose.mistakes(text, sheet.figures):
                place = part.document.within((part.name, *steps), mistake.words, mistake.occurrence)
                yield Problem(place, mistake.what, mistake.way_out)


def portraits_are_there(sheet: Sheet) -> Iterator[Problem]:
    """A picture that is named lies in the edition's folder."""
    for part in sheet.borough.parts:
        for steps, person in _people(part.section, ()):
            if person.photo and not (sheet.edition.folder / person.photo).is_file():
                yield Problem(
                    part.place(*steps, "photo"),
                    f"there is no file `{person.photo}` in the edition's folder",
                    "put it there, or delete the line: a stand-in is drawn instead",
                )


RULES: tuple[Rule, ...] = (
    outcomes_stand_in_the_right_list,
    achievements_have_targets,
    texts_refer_to_figures_and_safe_links,
    portraits_are_there,
)


def _texts(
    model: BaseModel, steps: tuple[Step, ...]
) -> Iterator[tuple[tuple[Step, ...], str, bool]]:
    """Every text in a section: where it stands, what it says, and whether it is Markdown."""
    for name, info in type(model).model_fields.items():
        key = info.alias or name
        is_markdown = any(_is_markdown(mark) for mark in (*info.metadata, info.annotation))
        yield from _texts_in(getattr(model, name), (*steps, key), is_markdown)


def _is_markdown(mark: object) -> bool:
    return isinstance(mark, Markdown) or any(_is_markdown(inner) for inner in get_args(mark))


def _texts_in(
    value: object,
    steps: tuple[Step, ...],
    is_markdown: bool,  # noqa: FBT001 - recursion
) -> Iterator[tuple[tuple[Step, ...], str, bool]]:
    if isinstance(value, str):
        yield steps, value, is_markdown
    elif isinstance(value, BaseModel):
        yield from _texts(value, steps)
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _texts_in(item, (*steps, index), is_markdown)


def _people(model: BaseModel, steps: tuple[Step, ...]) -> Iterator[tuple[tuple[Step, ...], Person]]:
    for name, info in type(model).model_fields.items():
        value = getattr(model, name)
        values = value if isinstance(value, tuple) else (value,)
        for index, item in enumerate(values):
            here = (*steps, info.alias or name)
            here = (*here, index) if isinstance(value, tuple) else here
            if isinstance(item, Person):
                yield here, item
            elif isinstance(item, BaseModel):
                yield from _people(item, here)
