"""Which numbers in a text state a figure, and which are ordinary."""

import pytest

from policing_summary.mentions import mentions

STATED = {
    "a count with a comma": ("there were 4,555 fewer crimes", ["4,555"]),
    "a small count": ("63 knives were recovered", ["63"]),
    "percent in any spelling": (
        "25.5%, 51.4 per cent, 7 percent",
        ["25.5%", "51.4 per cent", "7 percent"],
    ),
    "points": ("a gap of 4.9 percentage points", ["4.9 percentage points"]),
    "a true minus": ("a change of −294", ["−294"]),
    "a plus and a hyphen for minus": ("+382 and -3.5%", ["+382", "-3.5%"]),
    "a decimal count": ("about 1.4 robberies a day", ["1.4"]),
    "a year's size that counts something": ("2010 offences", ["2010"]),
    "a number after a bracket": ("(429 more)", ["429"]),
    "two in a range": ("between 10 and 15 arrests", ["10", "15"]),
    "at the end of a sentence": ("We made 555.", ["555"]),
    "an emergency number with a unit": ("999% of 101,000", ["999%", "101,000"]),
}
ORDINARY = [
    "since 2005, in 2009/10, from 2010 to 2013, the 1990s",
    "on 16 February 2024, on 1st April, on February 16, by 2024-02-16",
    "call 020 7202 0202, 0800 555 111, +44 20 7202 0202, 101, 999 or 18000",
    "open 24/7, from 9am to 5.30pm, at 19:30",
    "in 12 months, within 24 hours, a 3-year plan, 5 to 10 minutes",
    "a 16-year-old, under 18s, aged 10 to 17, over 65",
    "the 1st, 2nd and 21st",
    "12 High Street, 221b Baker Street, RM1 3AB",
    "www.example.org/2009/10/4555 and a4@example.org and https://example.org/?p=12",
    "Phase 2, Part 1, Section 44, page 5, the A12 and the M25",
]


@pytest.mark.parametrize(("text", "expected"), STATED.values(), ids=STATED)
def test_a_stated_number_is_found_as_it_is_written(text, expected):
    assert [mention.words for mention in mentions(text)] == expected


@pytest.mark.parametrize("text", ORDINARY)
def test_an_ordinary_number_needs_nothing_behind_it(text):
    assert [mention.words for mention in mentions(text)] == []
