"""What has grown old, leads nowhere or was not finished: contacts, links, headings, pictures, messages."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import urlsplit

from PIL import Image, UnidentifiedImageError
from pydantic import BaseModel

from policing_summary import redirects
from policing_summary.content import Edition, Site
from policing_summary.desk.passages import Passage
from policing_summary.errors import Place, Problem
from policing_summary.freepages import TAKEN, FreePage
from policing_summary.model.base import Person, Section, Web
from policing_summary.model.messages import Commander, Foreword
from policing_summary.model.neighbourhood import Map
from policing_summary.model.results import Achievements
from policing_summary.nodes import Document, Step
from policing_summary.numerals import Day
from policing_summary.texts import values

A_YEAR = dt.timedelta(days=365)
MESSAGES = {Commander.name: 190, Foreword.name: 260}  # words that fit beside the rest
FAR_OVER = 1.5
LEAST_WORDS = 8  # that say what a map shows
DOTS_PER_MM = 200 / 25.4  # below these the eye sees them in print
PRINTED = {"photo": 45, "picture": 120}  # mm wide, where it is largest
HEADINGS = re.compile(r"^(?P<level>#{2,3})(?P<words>.*)$", re.MULTILINE)
ADDRESS = re.compile(r"https?://[^\s)>\]]+")


@dataclass(frozen=True)
class Part:
    """Something with keys of its own in a section, and where it stands."""

    value: BaseModel
    document: Document
    steps: tuple[Step, ...]

    def place(self, *steps: Step) -> Place:
        return self.document.place(*self.steps, *steps)


def parts_of(document: Document, name: str, section: Section) -> Iterator[Part]:
    """The section, and every part in it."""

    def within(value: BaseModel, steps: tuple[Step, ...]) -> Iterator[Part]:
        yield Part(value, document, steps)
        for field, info in type(value).model_fields.items():
            for inner, each in values(getattr(value, field), (*steps, info.alias or field)):
                if isinstance(each, BaseModel):
                    yield from within(each, inner)

    yield from within(section, (name,))


def old_contacts(part: Part, edition: Edition, today: Day) -> Iterator[Problem]:
    """Of an edition that none replaces: who reads an old one expects old numbers."""
    if edition.head.superseded_by:
        return
    checked, expires = (getattr(part.value, f"{key}_on", None) for key in ("checked", "expires"))
    if expires and expires < today:
        what = f"this could be relied on until {expires}"
        way_out = "find out what is right now, and write the new day"
        place = part.place("expires-on")
        yield Problem(place, what, way_out, "advice", "old-contacts")
    elif checked and _date(today) - _date(checked) > A_YEAR:
        what = f"nobody has made sure since {checked} that this is right"
        place = part.place("checked-on")
        yield Problem(place, what, "call or write, and put the new day", "advice", "old-contacts")


def dead_links(part: Part, site: Site) -> Iterator[Problem]:
    for field, info in type(part.value).model_fields.items():
        value = getattr(part.value, field)
        if isinstance(value, Web) and _is_dead(value.href, site):
            yield _dead(part.place(info.alias or field), value.shown)


def dead_links_in(passage: Passage, site: Site) -> Iterator[Problem]:
    for match in ADDRESS.finditer(passage.words):
        if _is_dead(match[0], site):
            yield _dead(passage.place(match[0]), match[0])


def _dead(place: Place, shown: str) -> Problem:
    what = f"this site has no page at `{shown}`"
    return Problem(place, what, "write the address of a page that is there", "advice", "dead-links")


def _is_dead(address: str, site: Site) -> bool:
    to, home = urlsplit(address), urlsplit(site.settings.address.href)
    base = home.path.strip("/")
    path = to.path.strip("/").removesuffix("index.html").strip("/")
    if to.netloc.lower() != home.netloc.lower() or not path.startswith(base):
        return False
    path = path.removeprefix(base).strip("/")
    drafts = {edition.slug for edition in site.drafts}
    first = path.partition("/")[0]
    return path not in {"", *redirects.addresses(site)} and first not in TAKEN | drafts


def empty_headings(part: Part) -> Iterator[Problem]:
    """Headings of lists that are not there."""
    value, empty = part.value, []
    if isinstance(value, Achievements) and not (value.met or value.missed or value.intro):
        empty.append("period")
    for field in ("outcomes", "actions"):
        title = f"{field}_title"
        if title in value.model_fields_set and not getattr(value, field):
            empty.append(f"{field}-title")
    for key in empty:
        place = part.place(key)
        yield _empty(place)


def empty_headings_in(passage: Passage) -> Iterator[Problem]:
    """Headings of a free page with another one, or the end, right below."""
    found = list(HEADINGS.finditer(passage.words)) if isinstance(passage.document, FreePage) else []
    for match, after in pairwise([*found, None]):
        if match is None:
            return
        below = passage.words[match.end() : after.start() if after else None].strip()
        is_above_a_lower = after is not None and len(after["level"]) > len(match["level"])
        if not match["words"].strip() or not (below or is_above_a_lower):
            yield _empty(passage.place(match[0].strip()))


def _empty(place: Place) -> Problem:
    what, way_out = "nothing stands below this heading", "write what belongs there, or delete it"
    return Problem(place, what, way_out, "advice", "empty-headings")


def alternative_text(part: Part) -> Iterator[Problem]:
    if isinstance(part.value, Map) and len(part.value.text.split()) < LEAST_WORDS:
        what = "this does not say what the map shows"
        way_out = "say in words what there is to see: which places, and what is different where"
        yield Problem(part.place("text"), what, way_out, "advice", "alternative-text")


def long_messages(part: Part) -> Iterator[Problem]:
    name, body = str(part.steps[0]), getattr(part.value, "body", None)
    most = MESSAGES.get(name, 0)
    if most and body and (count := len(body.split())) > most * FAR_OVER:
        what = f"this message has {count} words, and about {most} fit"
        yield Problem(part.place("body"), what, "say what matters most", "advice", "long-messages")


def small_images(part: Part, edition: Edition) -> Iterator[Problem]:
    for field, width in PRINTED.items():
        is_printed = isinstance(part.value, Person | Map)
        name = getattr(part.value, field, None) if is_printed else None
        dots = _dots(edition, name) if name else None
        if dots is not None and dots < (wanted := round(width * DOTS_PER_MM)):
            what = f"`{name}` is {dots} dots wide, and is printed {width} mm wide"
            way_out = f"take one that is {wanted} dots wide at least"
            yield Problem(part.place(field), what, way_out, "advice", "small-images")


def _dots(edition: Edition, name: str) -> int | None:
    """How many dots a picture has from left to right; that it is missing is told elsewhere."""
    try:
        with Image.open(edition.folder / name) as image:
            return image.width
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError):
        return None


def _date(day: Day) -> dt.date:
    return dt.date(day.year, day.month, day.number)
