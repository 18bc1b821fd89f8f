"""A borough's meetings and times to meet its officers → calendar.ics (iCalendar, RFC 5545).

All of it comes from the content: the moment of writing that the standard asks for is noon of the
day on which the content last changed, or else of the event itself.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlsplit

from policing_summary import dating
from policing_summary.heads import top
from policing_summary.model.meetings import Meetings
from policing_summary.model.neighbourhood import ContactSessions
from policing_summary.numerals import Day, Time
from policing_summary.sheet import Sheet

FILE = "calendar.ics"
LINE = 75  # bytes, without the end of the line
ZONE = (  # Greenwich time, and summer time from the last Sunday of March to that of October
    "BEGIN:VTIMEZONE",
    "TZID:Europe/London",
    *("BEGIN:DAYLIGHT", "TZOFFSETFROM:+0000", "TZOFFSETTO:+0100", "TZNAME:BST"),
    *("DTSTART:19810329T010000", "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", "END:DAYLIGHT"),
    *("BEGIN:STANDARD", "TZOFFSETFROM:+0100", "TZOFFSETTO:+0000", "TZNAME:GMT"),
    *("DTSTART:19961027T020000", "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU", "END:STANDARD"),
    "END:VTIMEZONE",
)


@dataclass(frozen=True)
class Event:
    """Something on a day: all day long unless it says when it starts. It lies in a `section`."""

    section: str
    title: str
    place: str | None
    day: Day
    start: Time | None = None
    end: Time | None = None


def events(sheet: Sheet) -> list[Event]:
    """In the order of their days; those of one day as they are typed."""
    return sorted(_events(sheet), key=lambda event: (event.day.iso, event.start or Time(0, 0)))


def of(sheet: Sheet) -> bytes | None:
    """The calendar, if there is anything in it."""
    found = events(sheet)
    if not found:
        return None
    title = f"{sheet.borough.entry.name}: {sheet.edition.head.title}"
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Local Policing Summary//EN",
        f"NAME:{_text(title)}",
        f"X-WR-CALNAME:{_text(title)}",
        *(ZONE if any(event.start for event in found) else ()),
    ]
    used: dict[str, int] = {}
    for event in found:
        name = (
            f"{sheet.path.replace('/', '-')}-{event.section}-{_day(event.day)}{_time(event.start)}"
        )
        used[name] = used.get(name, 0) + 1
        lines += _lines(event, sheet, f"{name}-{used[name]}")
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode()


def _events(sheet: Sheet) -> Iterator[Event]:
    for part in sheet.borough.parts:
        match part.section:
            case Meetings(items=meetings):
                for each in meetings:
                    yield Event(part.name, each.title, each.place, each.date)
            case ContactSessions(items=sessions):
                for session in sessions:
                    times = session.start, session.end
                    yield Event(part.name, session.title, session.place, session.date, *times)


def _lines(event: Event, sheet: Sheet, name: str) -> Iterator[str]:
    base = top(sheet.site.settings)
    day = _day(event.day)
    changed = dating.changed(sheet.edition, sheet.borough.head) or event.day
    yield from ("BEGIN:VEVENT", f"UID:{name}@{urlsplit(base).hostname}")
    yield f"DTSTAMP:{_day(changed)}T120000Z"
    if event.start:
        yield f"DTSTART;TZID=Europe/London:{day}{_time(event.start)}00"
        if event.end:
            yield f"DTEND;TZID=Europe/London:{day}{_time(event.end)}00"
    else:
        after = date(event.day.year, event.day.month, event.day.number) + timedelta(days=1)
        yield f"DTSTART;VALUE=DATE:{day}"
        yield f"DTEND;VALUE=DATE:{after:%Y%m%d}"
    yield f"SUMMARY:{_text(event.title)}"
    if event.place:
        yield f"LOCATION:{_text(event.place)}"
    yield f"URL:{base}{sheet.path}/#{event.section}"
    yield "END:VEVENT"


def _day(day: Day) -> str:
    return day.iso.replace("-", "")


def _time(time: Time | None) -> str:
    return f"T{time.hour:02}{time.minute:02}" if time else ""


def _text(words: str) -> str:
    """Words as a value: what would end or part it is escaped."""
    for sign in "\\;,":
        words = words.replace(sign, f"\\{sign}")
    return words.replace("\n", "\\n")


def _folded(line: str) -> str:
    """A line of more bytes than allowed goes on in the next, after a space; no letter is cut."""
    found, rest = [], line
    room = LINE
    while len(rest.encode()) > room:
        at = room
        while len(rest[:at].encode()) > room:
            at -= 1
        found.append(rest[:at])
        rest, room = rest[at:], LINE - 1
    return "\r\n ".join([*found, rest])
