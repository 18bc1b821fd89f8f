"""Every message that the program says in a reader's language, found where it is said.

After words were changed, run `.venv/bin/python tests/words.py`: it takes new messages into each
catalogue, empty, and out of it what is said no more. tests/test_language.py tells what is missing.
"""

import io
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from babel.messages.catalog import Catalog, Message  # noqa: E402 - found once the path is set
from babel.messages.extract import extract  # noqa: E402
from babel.messages.pofile import read_po, write_po  # noqa: E402
from jinja2.ext import babel_extract  # noqa: E402

from policing_summary import language, model  # noqa: E402
from policing_summary.formats import ROWS  # noqa: E402

KEYWORDS = {"gettext": None, "_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
TEMPLATES = {"extensions": "jinja2.ext.i18n", "trim_blocks": "true", "lstrip_blocks": "true"}
TO_CHECK = "wants a native reader's check"
"""What a translator's comment says of a message that nobody has read who speaks the language."""


def found() -> Catalog:
    """All messages with the files that say them."""
    catalog = Catalog(project="Local Policing Summary", fuzzy=False)
    for name, (message, context) in _said():
        catalog.add(message, context=context, locations=[(name, None)], flags=_flags(message))
    return catalog


def _said() -> Iterator[tuple[str, tuple[object, str | None]]]:
    for path in sorted((ROOT / "policing_summary").rglob("*.py")):
        with path.open("rb") as file:
            for _, message, _, context in extract("python", file, KEYWORDS):
                yield path.relative_to(ROOT).as_posix(), (message, context)
    for path in sorted((ROOT / "templates").rglob("*.html")):
        text = io.BytesIO(path.read_bytes())
        for _, name, message, _ in babel_extract(text, list(KEYWORDS), [], TEMPLATES):
            if message:  # what is no text is a format's title, and found with the formats
                yield path.relative_to(ROOT).as_posix(), _of_template(name, message)
    for words in usual():
        yield "policing_summary/model", (words, None)
    for form in ROWS:
        yield "policing_summary/formats.py", (form.title, None)


def _of_template(name: str, message) -> tuple[object, str | None]:
    """Jinja gives all texts of a call: a message, its plural, or a context before it."""
    texts = message if isinstance(message, tuple) else (message,)
    said = tuple(text for text in texts if isinstance(text, str))
    if name == "pgettext":
        return said[1], said[0]
    return (said if len(said) > 1 else said[0]), None


def usual() -> Iterator[str]:
    """What stands where an editor wrote nothing: headings, and texts that fields begin with."""
    for kind in model.sections().values():
        yield kind.heading
        for info in kind.model_fields.values():
            if isinstance(info.default, str):
                yield info.default


def _flags(message: object) -> set[str]:
    text = message[0] if isinstance(message, tuple) else str(message)
    return {"python-format"} if "%(" in text else set()


def catalogues() -> dict[str, Path]:
    return {path.parent.name: path for path in sorted(language.CATALOGUES.glob("*/messages.po"))}


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=path.parent.name)


def messages(catalog: Catalog) -> dict[tuple[str | None, object], Message]:
    """By context and message; the header left out."""
    return {(each.context, each.id): each for each in catalog if each.id}


def renew(path: Path) -> None:
    """Only its messages: the head of the file stays as its translators wrote it."""
    head = path.read_bytes().partition(b"\n\n")[0]
    catalog = read(path)
    catalog.update(found(), no_fuzzy_matching=True, update_header_comment=False)
    catalog.obsolete.clear()
    out = io.BytesIO()
    write_po(out, catalog, width=100, sort_output=True, omit_header=True, include_lineno=False)
    path.write_bytes(head + b"\n\n" + out.getvalue().lstrip())


if __name__ == "__main__":
    for each in catalogues().values():
        renew(each)
