"""Templates that a site sets over ours: what is wrong with them is told like a mistake in the content.

They are the site's own words in our program's language, so they run in Jinja's sandbox: they may show
what they are given, and change and reach nothing.
"""

import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import jinja2
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from policing_summary.content import TEMPLATES as FOLDER
from policing_summary.content import Site
from policing_summary.errors import ContentError, Place, Problem
from policing_summary.validation import did_you_mean

HARMLESS = frozenset({"builtins", "decimal", "jinja2", "markupsafe", "policing_summary"})
"""Modules whose functions and methods a site's own template may call."""


class OfTheSite(ImmutableSandboxedEnvironment):
    """With templates of the site's own: they may show what they are given, and do nothing else.

    What is wrong in one of them is told to whoever wrote it, like a mistake in the content.
    """

    own: Path

    def is_safe_callable(self, obj: object) -> bool:
        """Ours, Jinja's and those of texts, numbers and lists; no path can be opened, and no model read."""
        home = getattr(obj, "__module__", None) or type(getattr(obj, "__self__", None)).__module__
        return home.partition(".")[0] in HARMLESS and super().is_safe_callable(obj)

    def handle_exception(self, source: str | None = None) -> NoReturn:
        try:
            super().handle_exception(source)  # which says lines as they are in the template
        except ContentError:
            raise
        except jinja2.TemplateSyntaxError as error:
            self._tell(error, [(error.filename, error.lineno)])
            raise
        except Exception as error:
            frames = reversed(traceback.extract_tb(error.__traceback__))
            self._tell(error, [(frame.filename, frame.lineno) for frame in frames])
            raise

    def _tell(self, error: Exception, places: Sequence[tuple[str | None, int | None]]) -> None:
        """Raise what an editor is told, if it came about in a template of the site's own."""
        for name, line in places:
            if name and line and Path(name).is_relative_to(self.own):
                raise ContentError([_told(Path(name), self.own, line, error)]) from error


def _told(path: Path, own: Path, line: int, error: BaseException | None) -> Problem:
    lines = path.read_text("utf-8").split("\n")
    quote = lines[line - 1] if 0 < line <= len(lines) else ""
    name = f"content/{FOLDER}/{path.relative_to(own).as_posix()}"
    column = len(quote) - len(quote.lstrip()) + 1
    place = Place(name, line, column, max(1, len(quote.strip())), quote)
    is_forbidden = isinstance(error, SecurityError)
    what = (
        "this template does something that a site's own may not do"
        if is_forbidden
        else f"this template cannot be used: {error}"
    )
    return Problem(
        place,
        what,
        f"compare it with templates/{path.relative_to(own).as_posix()}, or delete it to use that one",
    )


def folder_of(site: Site) -> Path | None:
    """The folder of the templates that a site sets over ours, if it has one."""
    folders = (edition.folder.parent / FOLDER for edition in site.editions)
    return next((folder for folder in folders if folder.is_dir()), None)


def prove(site: Site, folder: Path) -> None:
    """See that the site's own templates can be used.

    Raises:
        ContentError: what is wrong with them, as far as can be seen without anything to show.
    """
    own = folder_of(site)
    if own and (wrong := mistakes(own, folder)):
        raise ContentError(wrong)


def mistakes(own: Path, folder: Path) -> list[Problem]:
    """Templates of a site that stand for none of ours, or that cannot be read."""
    found = []
    for path in sorted(each for each in own.rglob("*") if each.is_file()):
        name = path.relative_to(own).as_posix()
        if not (folder / name).is_file() or path.suffix != ".html":
            known = [each.relative_to(folder).as_posix() for each in folder.rglob("*.html")]
            way_out = did_you_mean(name, known, "docs/editors.md says which templates there are")
            what = "this template stands for none of ours, and would not be used"
            found.append(Problem(Place(f"content/{FOLDER}/{name}", 1, 1), what, way_out))
            continue
        if not path.resolve().is_relative_to(own.resolve()):
            place = Place(f"content/{FOLDER}/{name}", 1, 1)
            what = "this is a link to a file outside content/, and is not followed"
            found.append(Problem(place, what, "delete the link, and put the template itself here"))
            continue
        try:
            jinja2.Environment(extensions=["jinja2.ext.i18n"], autoescape=True).parse(
                path.read_text("utf-8")
            )
        except jinja2.TemplateSyntaxError as error:
            found.append(_told(path, own, error.lineno, error))
        except (UnicodeDecodeError, OSError):
            place = Place(f"content/{FOLDER}/{name}", 1, 1)
            found.append(Problem(place, "this template is no text in UTF-8", "save it as UTF-8"))
    return found
