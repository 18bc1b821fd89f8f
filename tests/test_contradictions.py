"""Contradictions planted in the shipped content: each is told at the line where it was typed."""

import re
import shutil
from pathlib import Path

import pytest

from policing_summary import checks, content, tracing
from policing_summary.errors import ContentError

ROOT = Path(__file__).parent.parent
HAVERING, EDITION, BROMLEY = "havering.yaml", "edition.yaml", "bromley.yaml"

# What is planted: the file, what stands there, what is put in its place, and what is told of it.
PLANTED = {
    "percent against counts": (
        *(HAVERING, "percent: 25.5", "percent: 22.5"),
        "382 ÷ 1,498 = 25.5%, not 22.5%",
    ),
    "change against counts": (
        *(HAVERING, "change: 382", "change: 381"),
        "1,880 − 1,498 = 382, not 381",
    ),
    "sign of a change": (HAVERING, "change: -361", "change: 361", "1,215 − 1,576 = −361, not 361"),
    "sign of a percentage": (
        *(HAVERING, "percent: -28.2", "percent: 28.2"),
        "one goes up and the other goes down",
    ),
    "counts against everything": (HAVERING, "now: 339", "now: 393", "393 − 333 = 60, not 6"),
    "sum against its parts": (
        *(
            HAVERING,
            "serious-acquisitive-crime     #",
            "serious-acquisitive-crime\n      change: -249  #",
        ),
        "382 + 6 − 361 − 321 = −294, not −249",
    ),
    "sum of counts against its parts": (
        *(
            BROMLEY,
            "{measure: serious-acquisitive-crime, ",
            "{measure: serious-acquisitive-crime, now: 2501, ",
        ),
        "= 2,500, not 2,501",
    ),
    "outcome against target": (
        *(BROMLEY, "now: 900, target: -5%", "now: 900, target: -5%, outcome: missed"),
        "is `achieved`, not `missed`",
    ),
    "met in the list of what was missed": (
        *(EDITION, "target: -4.7%", "target: +4.7%"),
        "is listed under `missed:`",
    ),
    "missed in the list of what was met": (
        *(EDITION, "target: 51.4%", "target: 54.1%"),
        "is listed under `met:`",
    ),
    "a percentage that no count can have": (
        *(EDITION, "percent: +14.2", "percent: +1420"),
        "cannot be 1,420% of any number of offences",
    ),
    "change against percentage without counts": (
        *(EDITION, "change: -6195", "change: 6195"),
        "one goes up and the other goes down",
    ),
    "points for offences": (EDITION, "target: -4.2%", "target: -4.2 points", "percentage points"),
    "percent for a count": (HAVERING, "before: 1576", "before: 15.76%", "offences are counted"),
    "half an offence": (HAVERING, "now: 1215", "now: 1215.5", "offences are counted"),
    "a target without a direction": (
        *(HAVERING, "target: -1.6%", "target: 1.6%"),
        "does not say whether a fall or a rise is aimed at",
    ),
    "a number in a text": (
        HAVERING,
        "there were 878 fewer",
        "there were 887 fewer",
        "behind `887`",
    ),
    "a number in a shared text": (
        EDITION,
        "by 100,000 offences",
        "by 10,000 offences",
        "behind `10,000`",
    ),
    "a word that says the opposite": (
        *(
            HAVERING,
            "{{ serious-acquisitive-crime.fewer }}",
            "{{ serious-acquisitive-crime.more }}",
        ),
        "the opposite",
    ),
    "figures of another year": (
        *(HAVERING, "period: April 2009 to March 2010", "period: April 2008 to March 2009"),
        "and the edition is for April 2009 to March 2010",
    ),
    "a period that runs backwards": (
        *(
            EDITION,
            "period: April 2009 to March 2010\n  met",
            "period: March 2010 to April 2009\n  met",
        ),
        "ends before it begins",
    ),
    "priorities for the year that is over": (
        *(HAVERING, "period: 2010/11", "period: 2009/10"),
        "the year that this edition reports on",
    ),
    "a revised figure without a word": (
        *(HAVERING, "percent: 7.3", "percent: 7.3\n      status: revised"),
        "a figure that is revised needs a word of explanation",
    ),
    "a change across a break": (
        *(HAVERING, "percent: 7.3", "percent: 7.3\n      series-break: Counted anew from 2009."),
        "counted in different ways",
    ),
    "the same measure twice": (
        *(HAVERING, "measure: gun-crime\n", "measure: knife-crime\n"),
        "`knife-crime` has a row already",
    ),
}


@pytest.mark.parametrize(("file", "old", "new", "told"), PLANTED.values(), ids=PLANTED)
def test_a_planted_contradiction_is_told_at_its_line(file, old, new, told, tmp_path):
    folder = tmp_path / "content"
    shutil.copytree(ROOT / "content", folder)
    path = folder / "2009-10" / file
    before = path.read_text("utf-8")
    assert before.count(old) >= 1
    path.write_text(before.replace(old, new, 1), "utf-8")
    at = before.index(old)
    first = before.count("\n", 0, at) + 1
    row = range(first - 3, first + new.count("\n") + 3)  # the lines of the row it is part of
    found = [p for p in problems_in(folder) if told in p.what and p.place.file.endswith(file)]
    assert [p.place.line for p in found if p.place.line in row], [
        (str(p.place), p.what) for p in problems_in(folder)
    ]


def problems_in(folder):
    try:
        sheets, warnings = checks.run(content.load(folder))
    except ContentError as error:
        return error.problems
    return [*warnings, *(p for sheet in sheets for p in tracing.trace(sheet).untraced)]


def test_the_shipped_content_contradicts_nothing():
    assert [(str(p.place), p.what) for p in problems_in(ROOT / "content")] == []


def test_every_kind_of_contradiction_is_planted():
    kinds = ("sum", "percent", "sign", "outcome", "text", "points", "period")
    assert [kind for kind in kinds if not any(re.search(kind, name) for name in PLANTED)] == []
