"""What editors were asked to do, and have not done yet: the reminders in content files.

A reminder is a remark that begins with `# To do:`. `new` writes some, and anybody may write more.
"""

import re
from collections.abc import Iterator

from policing_summary.content import Site
from policing_summary.errors import Place, Problem
from policing_summary.nodes import Document

REMINDER = "To do:"
LINE = re.compile(rf"^(\s*)#\s*({REMINDER}.*)$")
CONTINUED = re.compile(r"^\s*#  +(\S.*)$")


def problems(site: Site) -> Iterator[Problem]:
    """Every reminder in the files of the site, of its editions and of their boroughs."""
    yield from _in(site.document)
    for edition in (*site.editions, *site.drafts):
        yield from _in(edition.document)
        for borough in edition.boroughs:
            yield from _in(borough.document)


def _in(document: Document) -> Iterator[Problem]:
    for number, line in enumerate(document.lines, 1):
        if found := LINE.match(line):
            text = " ".join([found[2], *_continued(document.lines[number:])])
            place = Place(document.name, number, found.start(2) + 1, len(found[2]), line)
            what = f"still to do: {text.removeprefix(REMINDER).strip()}"
            yield Problem(place, what, "when it is done, delete this line", severity="warning")


def _continued(lines: tuple[str, ...]) -> Iterator[str]:
    for line in lines:
        more = CONTINUED.match(line)
        if not more:
            return
        yield more[1]
