"""The whole way from content/ to output/print, step by step: files for a print shop, with their job tickets."""

import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from policing_summary import (
    checks,
    content,
    copyfit,
    easyread,
    formats,
    leaflet,
    locking,
    store,
    workers,
)
from policing_summary.document import longest_first
from policing_summary.errors import BuildError, Problem, TypedError, in_order
from policing_summary.model.printing import Paper, PrintOrder
from policing_summary.press import condition, inks, jobs, photographs, pressing, ticketing
from policing_summary.press.arguments import Wish
from policing_summary.press.condition import Condition
from policing_summary.press.jobs import Task
from policing_summary.press.pressing import Pressed, Wanted
from policing_summary.press.ticket import Copies, Ticket
from policing_summary.press.ticketing import Pictured
from policing_summary.rendering import TEMPLATES
from policing_summary.sheet import Sheet
from policing_summary.validation import did_you_mean
from policing_summary.workers import OURS, Hands

Say = Callable[[str, int, int], None]
TREE = "print"
SLUG_FONT = "fonts/SourceSans3-Regular.woff2"
USUAL_PAPER = "115 g/m² silk"  # where neither content nor format name one
UNDATED = "2000"  # the year of a file whose edition has no year in its name


@dataclass(frozen=True)
class Summary:
    """What was done; `seconds` of wall time.

    `withheld` names the jobs that were not written, because of the `faults` of their files, or because
    the leaflet does not fit, which is among the `problems`.
    """

    jobs: int
    pressed: int
    written: int
    removed: int
    seconds: float
    faults: tuple[str, ...]
    withheld: tuple[str, ...]
    notes: tuple[str, ...]
    problems: tuple[Problem, ...]


def run(root: Path, wish: Wish, say: Say, hands: Hands = OURS) -> Summary:
    """Read, check, lay out, make the files and check them. A file with a fault is not written.

    Raises:
        ContentError: everything that is wrong with the content.
        BuildError: somebody else makes print files, or something else that the editor can mend.
        OSError: output/ cannot be written.
    """
    with locking.held(store.lock_of(root / "output", TREE), "a build of print files"):
        return _made(root, wish, say, hands)


def _made(root: Path, wish: Wish, say: Say, hands: Hands) -> Summary:
    began = time.perf_counter()
    say("Reading content/", 0, 0)
    sheets, problems = checks.run(content.load(root / "content"))
    press = condition.fogra39(TEMPLATES)
    todo = list(tasks(chosen(sheets, wish), wish, press))
    if not todo:
        raise BuildError(
            "There is nothing to print: no edition that you asked for has that borough in a format "
            "that goes to a print shop. Look at `formats:` in the edition's file."
        )
    cache = store.Cache(root / ".cache" / "print")
    made, fresh = _pressed([task.wanted for task in todo], cache, say, hands, keep=wish.is_for_all)
    done = list(zip(todo, made, strict=True))
    refused = [
        problem
        for task, result in done
        for problem in copyfit.problems(task.sheet, task.form, result.leaflet)
    ]
    faults = [f"{_called(task)}, {line}" for task, result in done for line in result.faults]
    good = [(task, result) for task, result in done if _is_good(result)]
    files = _files(good, press, jobs.mailed(wish.mailing), say, hands)
    say("Writing output/print", 0, 0)
    within = None if wish.is_for_all else {task.sheet.path for task in todo}
    change = store.commit(files, root / "output", TREE, within)
    return Summary(
        jobs=len(good),
        pressed=fresh,
        written=len(change.written),
        removed=len(change.removed),
        seconds=time.perf_counter() - began,
        faults=tuple(faults),
        withheld=tuple(_called(task) for task, result in done if not _is_good(result)),
        notes=tuple(_notes(good)),
        problems=in_order([*problems, *refused]),
    )


def _is_good(result: Pressed) -> bool:
    return not result.faults and not result.leaflet.fit.refusals


def chosen(sheets: Sequence[Sheet], wish: Wish) -> list[Sheet]:
    """The sheets that were asked for.

    Raises:
        TypedError: there are none of that name.
    """
    for what, asked, known in (
        ("edition", wish.edition, {sheet.edition.slug for sheet in sheets}),
        ("borough", wish.borough, {sheet.borough.slug for sheet in sheets}),
        ("format", wish.form, set(formats.FORMATS)),
    ):
        if asked and asked not in known:
            otherwise = f"there are {', '.join(f'`{name}`' for name in sorted(known))}"
            raise TypedError(
                f"There is no {what} `{asked}`: {did_you_mean(asked, known, otherwise)}"
            )
    return [
        sheet
        for sheet in sheets
        if wish.edition in {None, sheet.edition.slug} and wish.borough in {None, sheet.borough.slug}
    ]


def tasks(sheets: Iterable[Sheet], wish: Wish, press: Condition) -> Iterator[Task]:
    sheets = list(sheets)
    brands = {sheet.site.settings.brand for sheet in sheets}
    colours = inks.palette(TEMPLATES, *brands)
    font = (TEMPLATES / SLUG_FONT).read_bytes()
    for sheet in sheets:
        photos = photographs.sizes(sheet.edition.folder / "images")
        for form in formats.chosen(sheet.edition.head.formats):
            has_words = form.content == "sections" or easyread.is_written(sheet)
            if not (form.is_printed and has_words) or wish.form not in {None, form.name}:
                continue
            order = wish.order.over(_order(sheet))
            wanted = Wanted(
                document=inks.inked(leaflet.compose(sheet, form), colours, TEMPLATES),
                title=f"{jobs.title(sheet)}, {form.title}",
                dated=dated(sheet),
                paper=order.paper or Paper.read(form.paper or USUAL_PAPER),
                font=font,
                condition=press,
                pictures=photos,
            )
            yield Task(sheet, form, order, wanted)


def _order(sheet: Sheet) -> PrintOrder:
    wider = sheet.edition.head.printing.over(sheet.site.settings.printing)
    return sheet.borough.head.printing.over(wider)


def dated(sheet: Sheet) -> str:
    """The date that the files bear, as PDF writes it: the imprint's, else the edition's year."""
    if day := sheet.edition.head.imprint.published:
        return f"D:{day.year:04}{day.month:02}{day.number:02}120000Z"
    year = re.match(r"[0-9]{4}", sheet.edition.slug)
    return f"D:{year[0] if year else UNDATED}0101120000Z"


def _called(task: Task) -> str:
    return f"{task.sheet.path}, {task.form.title}"


def _pressed(
    wanted: Sequence[Wanted], cache: store.Cache, say: Say, hands: Hands, *, keep: bool
) -> tuple[list[Pressed], int]:
    """Every print file, and how many were made anew; `keep` drops from the cache what is not wanted."""
    keys = [each.key for each in wanted]
    done = {key: Pressed.unpacked(stored) for key in keys if (stored := cache.get(key))}
    waiting = {key: each for key, each in zip(keys, wanted, strict=True) if key not in done}
    say("Making print files", 0, len(waiting))
    jobs, names = list(waiting.values()), list(waiting)
    order = longest_first([each.document for each in jobs])
    for number, (job, result) in enumerate(workers.finished(pressing.press, jobs, order, hands), 1):
        cache.put(names[job], result.packed())
        done[names[job]] = result
        say("Making print files", number, len(waiting))
    if keep:
        cache.keep_only(keys)
    return [done[key] for key in keys], len(waiting)


def _files(
    good: Sequence[tuple[Task, Pressed]],
    press: Condition,
    mailed: tuple[Copies, ...],
    say: Say,
    hands: Hands,
) -> dict[str, bytes]:
    """All files by their path below output/print."""
    files: dict[str, bytes] = {}
    tickets: dict[str, Ticket] = {}
    drafts = []
    for path in dict.fromkeys(task.sheet.path for task, _ in good):
        pairs = [(task, result) for task, result in good if task.sheet.path == path]
        for task, result in pairs:
            files |= {f"{path}/{name}": data for name, _, data in jobs.named(task, result)}
        sheet = pairs[0][0].sheet
        told = tuple(jobs.job(task, result, press) for task, result in pairs)
        tickets[path] = ticket = jobs.ticket(sheet, told, mailed)
        files[f"{path}/job-ticket.json"] = ticket.json
        pictured = [Pictured(result.leaflet.pdf, result.sheets) for _, result in pairs]
        drafts.append(ticketing.draft(ticket, pictured, TEMPLATES))
    say("Writing job tickets", 0, len(drafts))
    for number, (path, made) in enumerate(
        zip(tickets, workers.run(ticketing.made, drafts, hands), strict=True), 1
    ):
        files[f"{path}/job-ticket.pdf"] = made
        say("Writing job tickets", number, len(drafts))
    return files


def _notes(good: Iterable[tuple[Task, Pressed]]) -> Iterator[str]:
    for task, result in good:
        yield from result.leaflet.warnings
        yield from (f"{_called(task)}, {line}" for line in result.notes)
        press = task.wanted.condition
        yield from (f"{_called(task)}: {line}" for line in jobs.of_paper(task.wanted.paper, press))
