"""A request for a form → what is answered: the form, what is wrong beside its fields, or that it is saved.

Plain functions: the server knows nothing of files, and these know nothing of the server.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from policing_summary import model, rendering, source
from policing_summary.content import EDITION, SITE
from policing_summary.errors import ContentError, Place, Problem
from policing_summary.forms import entries, saving
from policing_summary.forms.entries import Field, Group
from policing_summary.importers import filing
from policing_summary.importers.filing import Change, Edit
from policing_summary.importers.roundtrip import load
from policing_summary.model.files import SiteFile
from policing_summary.nodes import Document
from policing_summary.starting import trial

NAME = re.compile(r"[a-z0-9-]+(?:/[a-z0-9-]+)?")
HASH, TOKEN, ANYWAY, REMOVE, ADD = "loaded", "token", "anyway", "remove", "add"
VALUE = "f:"


@dataclass(frozen=True)
class Answer:
    """`status` is HTTP's; 303 leads to `location`."""

    status: int
    html: str = ""
    location: str = ""


@dataclass(frozen=True)
class _File:
    """A content file as it was found, and what may stand in it."""

    name: str
    path: Path
    data: bytes
    model: type[BaseModel]

    @property
    def text(self) -> str:
        return self.data.decode("utf-8")

    @property
    def hash(self) -> str:
        return hashlib.sha256(self.data).hexdigest()

    @property
    def told(self) -> str:
        return f"content/{self.name}.yaml"


@dataclass(frozen=True)
class Told:
    """A problem as the form shows it; `field` is the name of the field that it stands beside."""

    what: str
    way_out: str
    line: int
    file: str
    field: str
    is_error: bool


def show(root: Path, name: str, token: str, *, add: str = "", is_saved: bool = False) -> Answer:
    """The form of a content file, with what `check` says of it."""
    file = _found(root, name)
    if file is None:
        return Answer(404)
    form = _form(root, file, add)
    if form is None:
        return _page(
            root,
            file,
            token,
            note="This file cannot be read as it stands. Mend it in a text editor first.",
            problems=_problems(root, ()),
        )
    return _page(root, file, token, form=form, problems=_problems(root, ()), is_saved=is_saved)


def save(root: Path, name: str, token: str, typed: Mapping[str, str]) -> Answer:
    """Write what was typed, unless somebody else has changed the file, or what is typed is wrong."""
    file = _found(root, name)
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
    gone = [_path(key.removeprefix(f"{REMOVE}:")) for key in typed if key.startswith(f"{REMOVE}:")]
    try:
        new = saving.changed(file.text, saving.wanted(entries.fields(form), values), gone)
    except saving.UnsafeError as error:
        note = f"The form cannot change this file without harm: {error}. Nothing was saved; use a text editor."
        return _page(root, file, token, form=_overlaid(form, values), note=note, status=409)
    edit = Edit(file.path, file.told, file.data, new.encode(), (Change(name, "", "", ""),))
    problems = _problems(root, (edit,))
    wrong = [each for each in problems if each.severity == "error" and each.place.file == file.told]
    if wrong and ANYWAY not in typed:
        shown = _beside(problems, form, new, file)
        return _page(
            root, file, token, form=_overlaid(form, values), told=shown, is_refused=True, status=422
        )
    if edit.new != edit.old:
        try:
            filing.store([edit])
        except ContentError:
            note = "Somebody else has changed this file just now. What you typed is still below."
            return _page(root, file, token, form=_overlaid(form, values), note=note, status=409)
    return Answer(303, location=f"/edit/{name}?saved=1")


def link(place: Place) -> str | None:
    """Where the form of a file is, for a place in it."""
    name = place.file.removeprefix("content/").removesuffix(".yaml")
    return f"/edit/{name}" if NAME.fullmatch(name) and place.file.endswith(".yaml") else None


def _found(root: Path, name: str) -> _File | None:
    if not NAME.fullmatch(name):
        return None
    path = root / "content" / f"{name}.yaml"
    kind: type[BaseModel] = model.borough_file()
    if name == SITE.removesuffix(".yaml"):
        kind = SiteFile
    elif "/" not in name:
        return None
    elif name.endswith(f"/{EDITION.removesuffix('.yaml')}"):
        kind = model.edition_file()
    if path.is_symlink() or not path.is_file():
        return None
    return _File(name, path, path.read_bytes(), kind)


def _form(root: Path, file: _File, add: str) -> Group | None:
    try:
        source.read(file.path, file.told)
    except ContentError:
        return None
    said = load(file.text.removeprefix("\ufeff").replace("\r\n", "\n"))
    if not isinstance(said, dict):
        return None
    return entries.of_file(file.model, said, _lists(root, file), add)


def _lists(root: Path, file: _File) -> dict[str, list[str]]:
    """The names that a file may refer to."""
    edition = root / "content" / file.name.partition("/")[0] / EDITION
    try:
        document = source.read(edition, EDITION)
    except (ContentError, OSError):
        return {}
    entry = document.root.get("measures")
    measures = [each.key.text for each in getattr(entry.value, "entries", ())] if entry else []
    return {"measures": measures, "sections": list(model.sections())}


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


def _beside(problems: Sequence[Problem], form: Group, text: str, file: _File) -> list[Told]:
    """Each problem of the file beside the last field that begins before it."""
    places: list[tuple[int, int, str]] = []
    document = _parsed(text, file.told)
    for field in entries.fields(form):
        place = document.place(*field.path) if document else None
        above = document.place(*field.path[:-1]) if document else None
        if place and place != above:
            places.append((place.line, place.column, field.name))
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


def _parsed(text: str, name: str) -> Document | None:
    try:
        return source.parse(text.removeprefix("\ufeff"), name)
    except ContentError:
        return None


def _nearest(place: Place, places: Sequence[tuple[int, int, str]]) -> str:
    on_the_line = [name for line, _, name in places if line == place.line]
    before = [name for line, column, name in places if (line, column) <= (place.line, place.column)]
    return (on_the_line or before or [""])[0 if on_the_line else -1]


def _page(  # noqa: PLR0913 - what a form shows besides its fields
    root: Path,
    file: _File,
    token: str,
    *,
    form: Group | None = None,
    problems: Sequence[Problem] = (),
    told: Sequence[Told] | None = None,
    note: str = "",
    is_saved: bool = False,
    is_refused: bool = False,
    status: int = 200,
) -> Answer:
    shown = told
    if shown is None:
        shown = _beside(problems, form or Group((), "", "", ()), file.text, file)
    own = [each for each in shown if each.file == file.told]
    html = (
        rendering.environment(
            root / "templates" if (root / "templates").is_dir() else rendering.TEMPLATES
        )
        .get_template("forms/form.html")
        .render(
            file=file,
            form=form,
            token=token,
            problems=own,
            elsewhere=len(shown) - len(own),
            note=note,
            is_saved=is_saved,
            is_refused=is_refused,
            sections=entries.sections_to_add(
                file.model, load(file.text.replace("\r\n", "\n")) or {}
            )
            if form
            else [],
            page=f"/{file.name}/"
            if "/" in file.name and not file.name.endswith("/edition")
            else "/",
            Field=Field,
        )
    )
    return Answer(status, html)
