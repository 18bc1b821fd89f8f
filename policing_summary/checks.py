"""An ordered list of rules that cross fields or files, each a function from a sheet to problems."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from typing import TypeAlias

from pydantic import BaseModel

from policing_summary import (
    archive,
    comparing,
    contrasts,
    identity,
    pageprose,
    periods,
    picturefiles,
    promises,
    prose,
    redirects,
    translating,
)
from policing_summary.comparing import Compared
from policing_summary.content import Site
from policing_summary.errors import ContentError, Place, Problem, in_order
from policing_summary.model.base import DRAWINGS, Person
from policing_summary.model.evidence import HeadlineFigures
from policing_summary.model.neighbourhood import Map
from policing_summary.nodes import Step
from policing_summary.sheet import Sheet, prepare
from policing_summary.texts import texts, values
from policing_summary.validation import did_you_mean
from policing_summary.wording import ENGLISH, Words

MOST_WORDS = 15
SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
Rule: TypeAlias = Callable[[Sheet], Iterator[Problem]]


def run(site: Site) -> tuple[list[Sheet], list[Problem]]:
    """Every borough of every edition, worked out and checked, and the warnings.

    Drafts that were left out are checked as well.

    Raises:
        ContentError: every error of every file, those that were found on reading among them.
    """
    problems = [*site.problems, *of_the_whole(site)]
    sheets, told = originals(site)
    compared = comparing.of(value for sheet in sheets for value in comparing.own(sheet))
    sheets, more = with_others(site, sheets, compared)
    problems += [*told, *more]
    stop_at_errors(problems)
    return sheets, list(in_order(problems))


def of_the_whole(site: Site) -> Iterator[Problem]:
    """What is wrong between editions, with redirects and with the free pages."""
    yield from archive.problems(site)
    yield from redirects.problems(site)
    yield from free_pages_lead_to_pages(site)
    yield from contrasts.problems(site)
    yield from identity.problems(site)


def originals(site: Site) -> tuple[list[Sheet], list[Problem]]:
    """The boroughs in the original's language, each checked by itself."""
    sheets: list[Sheet] = []
    problems: list[Problem] = []
    for edition, is_kept in [(e, True) for e in site.editions] + [(e, False) for e in site.drafts]:
        for borough in edition.boroughs:
            sheet, contradictions = prepare(site, edition, borough)
            problems += contradictions
            problems += [problem for rule in RULES for problem in rule(sheet)]
            if is_kept:
                sheets.append(sheet)
    return sheets, problems


def with_others(
    site: Site, sheets: Iterable[Sheet], compared: Compared
) -> tuple[list[Sheet], list[Problem]]:
    """The sheets beside earlier editions and other boroughs, and then those in other languages."""
    problems: list[Problem] = []
    found = comparing.with_peers(_with_promises(list(sheets), problems), compared)
    return [*found, *_translated(site, found, problems)], problems


def stop_at_errors(problems: Collection[Problem]) -> None:
    """Tell everything at once if one of them is an error.

    Raises:
        ContentError: one is.
    """
    if has_error(problems):
        raise ContentError(problems)


def has_error(problems: Iterable[Problem]) -> bool:
    return any(problem.severity == "error" for problem in problems)


def _with_promises(sheets: list[Sheet], problems: list[Problem]) -> list[Sheet]:
    """The sheets with what earlier editions promised to the same borough for their year."""
    of_borough: dict[str, list[Sheet]] = {}
    for sheet in sheets:
        of_borough.setdefault(sheet.borough.slug, []).append(sheet)
    found = []
    for sheet in sheets:
        others = of_borough[sheet.borough.slug]
        earlier = [each for each in others if each.edition.slug < sheet.edition.slug]
        problems += promises.problems(sheet, earlier)
        found.append(replace(sheet, promises=promises.kept(sheet, earlier)))
    return found


def _translated(site: Site, originals: list[Sheet], problems: list[Problem]) -> list[Sheet]:
    """The sheets in other languages. Of their figures the originals have told what is wrong."""
    by_path = {sheet.path: sheet for sheet in originals}
    versions, wrong = translating.versions(site)
    problems += wrong
    found = []
    for version in versions:
        words = Words(version.language)
        sheet, _ = prepare(version.site, version.edition, version.borough, words)
        problems += [problem for rule in RULES_OF_WORDS for problem in rule(sheet)]
        if original := by_path.get(sheet.path):
            found.append(comparing.said_anew(sheet, original, is_checked=version.is_checked))
    return found


def free_pages_lead_to_pages(site: Site) -> Iterator[Problem]:
    """Links of a free page lead to pages of the site, and its text is such as can be printed."""
    drafts = {f"{edition.slug}/" for edition in site.drafts}
    known = {f"{path}/" for path in redirects.addresses(site)} | drafts | {"", "search/"}
    known |= {"postcodes/"} if site.postcodes else set()
    for page in site.pages:
        for mistake in pageprose.mistakes(page.body, known):
            place = page.place(mistake.words, mistake.occurrence)
            yield Problem(place, mistake.what, mistake.way_out)


def outcomes_stand_in_the_right_list(sheet: Sheet) -> Iterator[Problem]:
    """A result listed as met was met, and one listed as missed was missed."""
    wanted = {"met": "achieved", "missed": "missed"}
    part = sheet.borough.part("achievements")
    for field, outcome in wanted.items():
        for index, figure in enumerate(sheet.table("achievements", field)):
            if not part or figure.outcome in (outcome, None):
                continue
            target = ENGLISH.target(figure.target) if figure.target else ""
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
            if part and figure.target is None and sheet.is_sound and part.is_whole:
                yield Problem(
                    part.place(field, index, "measure"),
                    f"`{figure.id}` has no target here",
                    "add `target: -2.5%`, so that readers see what was aimed at",
                )


def texts_refer_to_figures_and_safe_links(sheet: Sheet) -> Iterator[Problem]:
    """Each `{{ … }}` leads to a figure of this borough, and each link where one may go."""
    for part in sheet.borough.parts:
        for text in (text for text in texts(part.section) if text.is_markdown):
            for mistake in prose.mistakes(text.words, sheet.figures):
                if mistake.measure and _may_follow(sheet, mistake.measure):
                    continue
                what = mistake.what
                if mistake.measure and part.document is not sheet.borough.document:
                    what = f"in {sheet.borough.entry.name}, {what}"
                place = part.within(text.steps, mistake.words, mistake.occurrence)
                yield Problem(place, what, mistake.way_out)


def _may_follow(sheet: Sheet, measure: str) -> bool:
    """Whether a figure is missing only because of another mistake, which has been told."""
    edition = sheet.edition
    return not sheet.is_sound and (
        measure in edition.head.measures or not edition.document.has_all_of("measures")
    )


def figures_are_filled_into_texts_only(sheet: Sheet) -> Iterator[Problem]:
    """A title or a name is printed as it stands."""
    borough, edition = sheet.borough, sheet.edition
    for document, head in ((borough.document, borough.head), (edition.document, edition.head)):
        for text in (text for text in texts(head) if not text.is_markdown):
            if match := prose.REFERENCE.search(text.words):
                place = document.within(text.steps, match[0])
                way_out = "write the number, or move the sentence into a `body:` or an `intro:`"
                yield Problem(place, "figures are not filled in here", way_out)


def pictures_are_there(sheet: Sheet) -> Iterator[Problem]:
    """A picture that is named lies in the edition's folder."""
    for part in sheet.borough.parts:
        for steps, model in _models(part.section, ()):
            field, name, drawn = "", None, ""
            if isinstance(model, Person):
                field, name, drawn = "photo", model.photo, "a stand-in"
            elif isinstance(model, Map):
                field, name, drawn = "picture", model.picture, "a map of the boroughs"
            if name:
                place = part.place(*steps, field)
                yield from _wrong_with(
                    sheet, name, place, f"delete the line: {drawn} is drawn instead"
                )


def nothing_expires_too_early(sheet: Sheet) -> Iterator[Problem]:
    """What is valid until a day was right on the day before it, and when it is published."""
    published = sheet.edition.head.imprint.published
    for part in sheet.borough.parts:
        for steps, model in _models(part.section, ()):
            end = getattr(model, "expires_on", None)
            if not end:
                continue
            start = getattr(model, "checked_on", None) or getattr(model, "as_of", None)
            place = part.place(*steps, "expires-on")
            if start and end < start:
                what = f"this expires on {end}, before the day that it was right on, {start}"
                yield Problem(place, what, "correct the day that is wrong")
            elif published and end < published:
                what = f"this had expired, on {end}, when the edition was published, on {published}"
                way_out = "find out what is right now, or delete it"
                yield Problem(place, what, way_out, severity="warning")


def headlines_have_their_figures(sheet: Sheet) -> Iterator[Problem]:
    """A headline that names a measure finds it among the borough's own figures."""
    part = sheet.borough.part(HeadlineFigures.name)
    items = part.section.items if part and isinstance(part.section, HeadlineFigures) else ()
    for index, item in enumerate(items):
        if part is None or item.measure is None or _may_follow(sheet, item.measure):
            continue
        found, step = sheet.figures.by_id.get(item.measure), "measure"
        what = f"there is no figure for `{item.measure}` to set large"
        way_out = did_you_mean(item.measure, sheet.figures.by_id, "add a row for it, or delete it")
        if found and item.show and getattr(found, item.show) is None:
            step = "show"
            what = f"`{item.measure}` has no `{item.show}` to set large"
            way_out = "add it to its row, or delete this line"
        elif found:
            continue
        place = part.place("items", index, step)
        if part.document is sheet.borough.document:
            yield Problem(place, what, way_out)
        else:  # the edition's headlines are for boroughs that have the figure
            what = f"in {sheet.borough.entry.name}, {what}"
            yield Problem(place, what, f"{way_out}; it is left out there", severity="warning")


def easy_sentences_are_short(sheet: Sheet) -> Iterator[Problem]:
    """Easy-read has one idea in a sentence, and a reader's breath for it."""
    for part in sheet.borough.parts:
        for index, easy in enumerate(part.section.easy_read):
            for sentence in SENTENCE_END.split(prose.REFERENCE.sub("1", easy.text)):
                if (count := len(sentence.split())) > MOST_WORDS:
                    yield Problem(
                        part.place("easy-read", index, "text"),
                        f"a sentence has {count} words here, and in easy-read {MOST_WORDS} are the most",
                        "make two of it, with one idea in each",
                        severity="warning",
                    )


def easy_pictures_are_there(sheet: Sheet) -> Iterator[Problem]:
    """Each sentence has a drawing that we have, or a file in the edition's folder."""
    for part in sheet.borough.parts:
        for index, easy in enumerate(part.section.easy_read):
            place = part.place("easy-read", index, "picture")
            if "/" not in easy.picture and easy.picture not in DRAWINGS:
                listed = f"the drawings are {', '.join(sorted(DRAWINGS))}"
                way_out = did_you_mean(easy.picture, DRAWINGS, listed)
                yield Problem(place, f"there is no drawing `{easy.picture}`", way_out)
            elif "/" in easy.picture:
                otherwise = "name one of the drawings, for example `phone`"
                yield from _wrong_with(sheet, easy.picture, place, otherwise)


def _wrong_with(sheet: Sheet, name: str, place: Place, otherwise: str) -> Iterator[Problem]:
    """What keeps a file of the edition's `images` folder from being used."""
    path = sheet.edition.folder / name
    if not path.exists() and not path.is_symlink():
        what = f"there is no file `{name}` in the edition's folder"
        yield Problem(place, what, f"put it there, or {otherwise}")
    elif fault := picturefiles.fault(path, sheet.edition.folder):
        yield Problem(place, fault.what, fault.way_out)


RULES: tuple[Rule, ...] = (
    periods.problems,
    periods.first_months,
    outcomes_stand_in_the_right_list,
    achievements_have_targets,
    texts_refer_to_figures_and_safe_links,
    figures_are_filled_into_texts_only,
    pictures_are_there,
    nothing_expires_too_early,
    headlines_have_their_figures,
    easy_sentences_are_short,
    easy_pictures_are_there,
    identity.letters_are_in_the_fonts,
)
RULES_OF_WORDS: tuple[Rule, ...] = (
    texts_refer_to_figures_and_safe_links,
    identity.letters_are_in_the_fonts,
)
"""What has to hold in every language; the rest is looked at once."""


def _models(
    model: BaseModel, steps: tuple[Step, ...]
) -> Iterator[tuple[tuple[Step, ...], BaseModel]]:
    """A section and everything in it that has parts, with the steps that lead there."""
    yield steps, model
    for name, info in type(model).model_fields.items():
        there = getattr(model, name)
        if not isinstance(there, BaseModel | tuple | dict):
            continue
        for inner, value in values(there, (*steps, info.alias or name)):
            if isinstance(value, BaseModel):
                yield from _models(value, inner)
