"""A request for a form → what is answered: the form, what is wrong beside its fields, or that it is saved.

Plain functions: the server knows nothing of files, and these know nothing of the server.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from policing_summary import rendering, source
from policing_summary.content import PAGES
from policing_summary.desk import keeping, places, schemas
from policing_summary.errors import ContentError, Place, Problem
from policing_summary.forms import entries, files, saving, textpages, translations
from policing_summary.forms.entries import Field, Group
from policing_summary.forms.files import File
from policing_summary.importers import filing
from policing_summary.importers.filing import Change, Edit
from policing_summary.importers.roundtrip import load
from policing_summary.language import LANGUAGES
from policing_summary.nodes import Document
from policing_summary.starting import trial

HASH, TOKEN, ANYWAY, REMOVE, ADD, FITS = "loaded", "token", "anyway", "remove", "add", "fits"
VALUE = "f:"
DEPTH = 3  # how far a part that is to be added is unfolded: to the first entry of its list
EASY = "easy-read"


@dataclass(frozen=True)
class Answer:
    """`status` is HTTP's; 303 leads to `location`."""

    status: int
    html: str = ""
    location: str = ""


@dataclass(frozen=True)
class Told:
    """A problem as the form shows it; `field` is the name of the field that it stands beside."""

    what: str
    way_out: str
    line: int
    file: str
    field: str
    is_error: bool


@dataclass(frozen=True)
class Wish:
    """What of a form is to be seen: a part that is to be added, a line of the file, a part that is folded out."""

    add: str = ""
    line: int = 0
    part: str = ""
    is_saved: bool = False


AS_IT_IS = Wish()


def show(root: Path, name: str, token: str, wish: Wish = AS_IT_IS) -> Answer:
    """The form of a content file, with what `check` says of it; of a line, the way to where its form has it."""
    file = files.found(root, name)
    if file is None:
        return Answer(404)
    form = _form(root, file, wish.add)
    if form and wish.line and (anchor := _anchor(form, file, wish.line)):
        return Answer(303, location=f"/edit/{name}?part={anchor[2:]}#{anchor}")
    if form is None:
        return _page(
            root,
            file,
            token,
            note="This file cannot be read as it stands. Mend it in a text editor first.",
            problems=_problems(root, ()),
        )
    return _page(root, file, token, form=form, problems=_problems(root, ()), wish=wish)


def _anchor(form: Group, file: File, line: int) -> str:
    """What a line of the file is called in its form: its field, or the group that it is in."""
    document = _parsed(file.text, file) if file.kind != "page" else None
    if document is None or line > len(document.lines):
        return ""
    steps = places.steps_at(document, line)
    own = {field.name for field in entries.fields(form)}
    groups = {group.name for group in entries.groups(form)}
    for end in range(len(steps), 0, -1):
        name = entries.named(steps[:end])
        if name in own or name in groups:
            return f"{'f' if name in own else 'g'}-{name}"
    return ""


def save(root: Path, name: str, token: str, typed: Mapping[str, str]) -> Answer:
    """Write what was typed, unless somebody else has changed the file, or what is typed is wrong."""
    file = files.found(root, name)
    if file is None:
        return Answer(404)
    form = _form(root, file, typed.get(ADD, ""))
    if form is None:
        return Answer(409, "This file cannot be read as it stands.")
    values = {
        key.removeprefix(VALUE): value for key, value in typed.items() if key.startswith(VALUE)
    }
    if typed.get(HASH) != file.hash:
        note = "Somebody else has changed this file in the meantime. What you typed is still below: copy it, then load the form again."
        return _page(root, file, token, form=_overlaid(form, values), note=note, status=409)
    try:
        new = _changed(file, form, values, typed)
    except saving.UnsafeError as error:
        note = f"The form cannot change this file without harm: {error}. Nothing was saved; use a text editor."
        return _page(root, file, token, form=_overlaid(form, values), note=note, status=409)
    except saving.UnnamedError as error:
        shown = [Told(str(error), error.way_out, 0, file.told, error.field, is_error=True)]
        return _page(
            root, file, token, form=_overlaid(form, values), told=shown, is_refused=True, status=422
        )
    edit = Edit(file.path, file.told, file.data, new.encode(), (Change(name, "", "", ""),))
    if file.data is None and not any(values.values()):
        return Answer(303, location=f"/edit/{name}")
    problems = _problems(root, (edit,))
    wrong = [each for each in problems if each.severity == "error" and each.place.file == file.told]
    if wrong and ANYWAY not in typed:
        shown = _beside(problems, form, new, file, values)
        return _page(
            root, file, token, form=_overlaid(form, values), told=shown, is_refused=True, status=422
        )
    if edit.new != edit.old:
        try:
            filing.store([edit])
        except ContentError:
            note = "Somebody else has changed this file just now. What you typed is still below."
            return _page(root, file, token, form=_overlaid(form, values), note=note, status=409)
        keeping.follow(root)
    return Answer(303, location=f"/edit/{name}?saved=1")


def link(place: Place) -> str | None:
    """Where the form of a file is, for a place in it."""
    stem, dot, ending = place.file.removeprefix("content/").rpartition(".")
    is_page = stem.startswith(f"{PAGES}/")
    fits = dot and ending == ("md" if is_page else "yaml") and files.NAME.fullmatch(stem)
    return f"/edit/{stem}?line={place.line}" if fits else None


def index(root: Path) -> Answer:
    """Every file that has a form, with its translations."""
    tags = files.languages(root)
    groups = [
        [(name, _translations(root, name, tags)) for name in group] for group in files.listed(root)
    ]
    html = _template(root, "index").render(groups=groups, languages=LANGUAGES)
    return Answer(200, html)


def _translations(root: Path, name: str, tags: Sequence[str]) -> list[tuple[str, bool]]:
    """The languages that a file can be translated into, and whether it has been begun."""
    made = [(tag, files.found(root, f"{name}.{tag}")) for tag in tags if "." not in name]
    return [(tag, file.data is not None) for tag, file in made if file]


def _form(root: Path, file: File, add: str) -> Group | None:
    if file.kind == "translation":
        return translations.form(file, _lists(root, file))
    if file.kind == "page":
        return textpages.form(file)
    try:
        source.read(file.path, file.told)
    except ContentError:
        return None
    said = load(file.text.removeprefix("\ufeff").replace("\r\n", "\n"))
    if not isinstance(said, dict):
        return None
    return entries.of_file(file.model, said, _lists(root, file), add)


def _changed(file: File, form: Group, values: Mapping[str, str], typed: Mapping[str, str]) -> str:
    """The file as it is to be.

    Raises:
        UnsafeError: a form cannot write it without changing something else.
        UnnamedError: an entry was begun without a name of its own.
    """
    if file.kind == "translation":
        fits = [key.removeprefix(f"{FITS}:") for key in typed if key.startswith(f"{FITS}:")]
        return translations.changed(file, form, values, fits)
    if file.kind == "page":
        return textpages.changed(file, form, values)
    gone = [_path(key.removeprefix(f"{REMOVE}:")) for key in typed if key.startswith(f"{REMOVE}:")]
    wanted = saving.with_names(
        saving.wanted(entries.fields(form), values), list(entries.fields(form))
    )
    return saving.changed(file.text, wanted, gone)


def _lists(root: Path, file: File) -> entries.Lists:
    """The names that a file may refer to."""
    known = schemas.ids_of(root / "content", file.name.rpartition("/")[0])
    return {str(kind): names for kind, names in known.items()}


def _problems(root: Path, edits: Sequence[Edit]) -> list[Problem]:
    try:
        return trial.proved(root, edits)
    except ContentError as error:
        return list(error.problems)


def _path(name: str) -> entries.Path:
    return tuple(int(step) if step.isdecimal() else step for step in name.split("/"))


def _overlaid(part: Any, values: Mapping[str, str]) -> Any:  # noqa: ANN401 - a field or a group
    """The form with what was typed."""
    if isinstance(part, Field):
        return replace(part, value=values.get(part.name, part.value))
    return replace(part, parts=tuple(_overlaid(each, values) for each in part.parts))


def _beside(
    problems: Sequence[Problem],
    form: Group,
    text: str,
    file: File,
    typed: Mapping[str, str] = MappingProxyType({}),
) -> list[Told]:
    """Each problem of the file beside the last field that begins before it."""
    places: list[tuple[int, int, str]] = []
    document = _parsed(text, file)
    for field in entries.fields(form):
        path = _named(field.path, typed)
        place = document.place(*path) if document else None
        above = document.place(*path[:-1]) if document else None
        if place and place != above:
            places.append((place.line, place.column, field.name))
    if file.kind == "page" and (found := textpages.halves(file)):
        places.append((found.first, 1, entries.named(textpages.BODY)))
    places.sort()
    return [
        Told(
            each.what,
            each.way_out or "",
            each.place.line,
            each.place.file,
            _nearest(each.place, places) if each.place.file == file.told else "",
            each.severity == "error",
        )
        for each in problems
    ]


def _named(path: entries.Path, typed: Mapping[str, str]) -> entries.Path:
    """Where something of an entry that was begun stands in the file."""
    if entries.UNNAMED not in path:
        return path
    at = path.index(entries.UNNAMED)
    name = typed.get(entries.named((*path[: at + 1], entries.UNNAMED)), "").strip()
    return (*path[:at], name, *path[at + 1 :]) if name else path


def _parsed(text: str, file: File) -> Document | None:
    if file.kind == "page":
        found = textpages.halves(replace(file, data=text.encode()))
        return textpages.document(file, found) if found else None
    try:
        return source.parse(text.removeprefix("\ufeff"), file.told)
    except ContentError:
        return None


def _nearest(place: Place, places: Sequence[tuple[int, int, str]]) -> str:
    on_the_line = [name for line, _, name in places if line == place.line]
    before = [name for line, column, name in places if (line, column) <= (place.line, place.column)]
    return (on_the_line or before or [""])[0 if on_the_line else -1]


def _page(  # noqa: PLR0913 - what a form shows besides its fields
    root: Path,
    file: File,
    token: str,
    *,
    form: Group | None = None,
    problems: Sequence[Problem] = (),
    told: Sequence[Told] | None = None,
    note: str = "",
    wish: Wish = AS_IT_IS,
    is_refused: bool = False,
    status: int = 200,
) -> Answer:
    shown = told
    if shown is None:
        shown = _beside(problems, form or Group((), "", "", ()), file.text, file)
    own = [each for each in shown if each.file == file.told]
    is_original = form is not None and file.kind == "original"
    lists = _lists(root, file) if form else {}
    suggested = {field.suggested for field in entries.fields(form)} if form else set()
    html = _template(root, "form").render(
        lists={kind: lists[kind] for kind in sorted(suggested - {""})},
        opened=_opened(form, [wish.part, *(each.field for each in own)], wish.add),
        file=file,
        form=form,
        token=token,
        problems=own,
        elsewhere=len(shown) - len(own),
        note=note,
        is_saved=wish.is_saved,
        is_refused=is_refused,
        sections=entries.to_add(file.model, load(file.text.replace("\r\n", "\n")) or {})
        if is_original
        else [],
        languages=LANGUAGES,
        translated=_translations(root, file.name, files.languages(root)),
        lacking=_lacking(root, file),
        progress=translations.progress(form) if form and file.kind == "translation" else None,
        Field=Field,
    )
    return Answer(status, html)


def _opened(form: Group | None, wanted: Sequence[str], add: str) -> set[str]:
    """The groups that are not folded away: what is wanted is in them, something new was typed there, or they
    are the first entry of a part that is to be added.
    """
    if form is None:
        return set()
    typed = [group for group in entries.groups(form) if group.is_new and group.gist]
    begun = [
        group.name
        for group in entries.groups(form)
        if group.path[:1] == (add,) and len(group.path) <= DEPTH and EASY not in group.path
    ]
    names = [*wanted, *begun, *(f"{group.name}/" for group in typed)]
    return {group.name for group in entries.groups(form) if _is_in(group.name, names)}


def _is_in(group: str, names: Sequence[str]) -> bool:
    return any(name == group or name.startswith(f"{group}/") for name in names)


def _lacking(root: Path, file: File) -> list[str]:
    """The other translations that a page needs besides this one, and that are not begun yet."""
    if file.kind != "translation" or not (folder := file.name.rpartition("/")[0]):
        return []
    tag = file.path.stem.partition(".")[2]
    needed = (f"site.{tag}", f"{folder}/edition.{tag}")
    there = ((name, files.found(root, name)) for name in needed if name != file.name)
    return [name for name, found in there if found and found.data is None]


def _template(root: Path, name: str) -> Any:  # noqa: ANN401 - a template of jinja
    folder = root / "templates"
    where = folder if folder.is_dir() else rendering.TEMPLATES
    return rendering.environment(where).get_template(f"forms/{name}.html")
