"""What is shown → what a page is told, as JSON, and the terminal, as lines."""

import dataclasses
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from policing_summary.errors import Place, Problem, excerpt, show
from policing_summary.preview import paper
from policing_summary.preview.leaflets import Entry
from policing_summary.preview.showing import Shown, is_draft
from policing_summary.sheet import Sheet

Link = Callable[[Place], str | None]


@dataclass(frozen=True)
class Links:
    """The ways to change what stands at a place: in the editor's own program, and in the browser."""

    program: Link
    browser: Link = lambda _: None

    def of(self, place: Place) -> "Way":
        return Way(str(place), self.program(place), self.browser(place))


@dataclass(frozen=True)
class Way:
    """`place` in words, and the links to it."""

    place: str
    program: str | None
    browser: str | None


@dataclass(frozen=True)
class ToldProblem:
    """A problem with its line in three parts: before, at and after what is wrong."""

    severity: str
    what: str
    way_out: str | None
    line: int
    before: str
    marked: str
    after: str
    edit: Way


@dataclass(frozen=True)
class ToldForm:
    name: str
    title: str
    file: str


@dataclass(frozen=True)
class ToldPage:
    """The page that somebody looks at; `borough` is the folder of the summary it belongs to."""

    is_there: bool
    borough: str | None = None
    title: str = ""
    is_draft: bool = False
    sections: Mapping[str, Way] = dataclasses.field(default_factory=dict)
    forms: tuple[ToldForm, ...] = ()


@dataclass(frozen=True)
class State:
    """`is_good` unless the page is older than the files."""

    number: int
    is_good: bool
    said: str
    problems: tuple[ToldProblem, ...]
    restart: tuple[str, ...]
    drafts: tuple[str, ...]
    page: ToldPage


@dataclass(frozen=True)
class ToldLeaflet:
    """`is_fresh` unless a newer one is being laid out; `spreads` are page numbers side by side."""

    key: str
    is_fresh: bool
    failed: str
    is_draft: bool = False
    direction: str = "ltr"
    file: str = ""
    pages: tuple[paper.Size, ...] = ()
    spreads: tuple[tuple[int, ...], ...] = ()
    problems: tuple[ToldProblem, ...] = ()


def state(shown: Shown, path: str, links: Links) -> State:
    """Everything a page at `path` has to know."""
    trouble = shown.trouble
    drafts = tuple(f"{path}/" for path, each in shown.made.summaries.items() if is_draft(each))
    return State(
        shown.number,
        trouble is None,
        trouble.said if trouble else "",
        tuple(problem(each, links) for each in shown.problems),
        shown.restart,
        drafts,
        page(shown, path, links),
    )


def page(shown: Shown, path: str, links: Links) -> ToldPage:
    is_there = path in shown.made.files
    summary = shown.made.summary_at(path)
    if summary is None:
        return ToldPage(is_there)
    sheet = shown.made.sheet(summary.path)
    is_own = path == f"{summary.path}/index.html"
    forms = shown.made.forms(sheet) if sheet else ()
    return ToldPage(
        is_there,
        summary.path,
        f"{summary.borough.entry.name}, {summary.edition.head.label}",
        is_draft(summary),
        dict(sections(sheet, links)) if sheet and is_own else {},
        tuple(ToldForm(form.name, form.title, form.file) for form in forms),
    )


def sections(sheet: Sheet, links: Links) -> Iterator[tuple[str, Way]]:
    """Where each section is written: a translated one in its translation."""
    for part in sheet.borough.parts:
        document = part.translation or part.document
        yield part.name, links.of(document.key_place(part.name))


def problem(told: Problem, links: Links) -> ToldProblem:
    place = told.place
    before, marked, after = excerpt(place) if place.quote else ("", "", "")
    return ToldProblem(
        told.severity, told.what, told.way_out, place.line, before, marked, after, links.of(place)
    )


def leaflet(entry: Entry, links: Links, *, is_fresh: bool) -> ToldLeaflet:
    ready = entry.ready
    if ready is None:
        return ToldLeaflet("", is_fresh, entry.failed)
    return ToldLeaflet(
        ready.key,
        is_fresh,
        entry.failed,
        ready.is_draft,
        ready.direction,
        ready.form.file,
        ready.sizes,
        tuple(paper.spreads(ready.form, ready.leaflet.pages)),
        tuple(problem(each, links) for each in ready.problems),
    )


def as_json(told: State | ToldLeaflet) -> str:
    return json.dumps(dataclasses.asdict(told), ensure_ascii=False)


def in_terminal(before: Shown, after: Shown) -> Iterator[str]:
    """What is new since; nothing is told twice."""
    if after.restart != before.restart:
        yield f"The program itself has changed ({', '.join(after.restart)}): stop with Ctrl-C and start again."
    if after.trouble == before.trouble and after.problems == before.problems:
        return
    for each in after.problems:
        if each not in before.problems:
            yield show(each) + "\n"
    errors = sum(each.severity == "error" for each in after.problems)
    if after.trouble:
        yield after.trouble.said or f"{_number(errors, 'problem')}. The pages stay as they were."
    elif before.trouble:
        yield "Mended. The pages are up to date."


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
