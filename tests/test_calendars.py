"""calendar.ics: as RFC 5545 wants it, the same for the same content, and with every date of a page."""

import re

import pytest

from policing_summary import calendars

BOROUGH = """\
meetings:
  items:
    - title: Questions, answers; and tea
      date: 2010-02-28
      place: Town Hall, Main Road
    - title: {long}
      date: 2010-02-28
contact-sessions:
  items:
    - {{title: Street corner, place: Romford, date: 2010-03-28, start: "18:30", end: "19:15"}}
    - {{title: Library, place: Upminster, date: 2010-01-05, start: "9:00"}}
"""
LONG = "Caffè, señor and Żółw " * 8
WHOLE = BOROUGH.format(long=LONG)


@pytest.fixture
def calendar(sheets_of):
    def make(text=WHOLE):
        return calendars.of(sheets_of({"2009-10/havering.yaml": text})[1]["havering"])

    return make


def unfolded(data: bytes) -> list[str]:
    return data.decode().replace("\r\n ", "").split("\r\n")[:-1]


def test_lines_end_as_the_standard_says_and_none_is_longer_than_75_bytes(calendar):
    data = calendar()
    assert data.endswith(b"END:VCALENDAR\r\n")
    assert data.count(b"\n") == data.count(b"\r\n")
    lengths = [len(line) for line in data.split(b"\r\n")]
    assert max(lengths) == 75
    assert f"SUMMARY:{LONG.strip().replace(',', chr(92) + ',')}" in unfolded(data)


def test_what_would_end_a_value_is_escaped(calendar):
    lines = unfolded(calendar())
    assert r"SUMMARY:Questions\, answers\; and tea" in lines
    assert r"LOCATION:Town Hall\, Main Road" in lines


def test_every_part_that_begins_ends_and_each_event_has_what_it_needs(calendar):
    lines = unfolded(calendar())
    opened = []
    for line in lines:
        if line.startswith("BEGIN:"):
            opened.append(line[6:])
        elif line.startswith("END:"):
            assert opened.pop() == line[4:]
    assert opened == []
    events = "\n".join(lines).split("BEGIN:VEVENT\n")[1:]
    assert len(events) == 4
    for event in events:
        names = [re.split("[:;]", line)[0] for line in event.split("END:VEVENT")[0].splitlines()]
        assert names[:3] == ["UID", "DTSTAMP", "DTSTART"]
        assert {"SUMMARY", "URL"} <= set(names)


def test_events_are_in_the_order_of_their_days_with_names_of_their_own(calendar):
    lines = unfolded(calendar())
    assert [line for line in lines if line.startswith("UID:")] == [
        "UID:2009-10-havering-contact-sessions-20100105T0900-1@summary.example.org",
        "UID:2009-10-havering-meetings-20100228-1@summary.example.org",
        "UID:2009-10-havering-meetings-20100228-2@summary.example.org",
        "UID:2009-10-havering-contact-sessions-20100328T1830-1@summary.example.org",
    ]


def test_a_whole_day_ends_with_the_next_and_a_time_is_that_of_london(calendar):
    lines = unfolded(calendar())
    assert "DTSTART;VALUE=DATE:20100228" in lines
    assert "DTEND;VALUE=DATE:20100301" in lines
    assert "DTSTART;TZID=Europe/London:20100328T183000" in lines
    assert "DTEND;TZID=Europe/London:20100328T191500" in lines
    assert "TZID:Europe/London" in lines


def test_the_moment_of_writing_is_that_of_the_content(calendar):
    stamps = {line for line in unfolded(calendar()) if line.startswith("DTSTAMP")}
    assert stamps == {  # nothing says when it changed, so each event stands for itself
        *("DTSTAMP:20100105T120000Z", "DTSTAMP:20100228T120000Z", "DTSTAMP:20100328T120000Z"),
    }
    changed = calendar("changed: 2010-01-01\n" + WHOLE)
    assert {line for line in unfolded(changed) if line.startswith("DTSTAMP")} == {
        "DTSTAMP:20100101T120000Z"
    }


def test_without_dates_there_is_no_calendar(sheets_of):
    assert calendars.of(sheets_of({})[1]["havering"]) is None
