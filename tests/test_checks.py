"""Rules across fields and files, tried on the shipped content with a word or two changed."""

import shutil
from pathlib import Path

import pytest
from conftest import found_in

SHIPPED = Path(__file__).parents[1] / "content"
HAVERING, SHARED = "2009-10/havering.yaml", "2009-10/edition.yaml"

CHANGED = {
    # what is changed: the words with the carets, what is said, the way out
    "a wrong percentage": (
        (HAVERING, "percent: 25.5", "percent: 22.5"),
        "22.5",
        "the percentage does not follow from the counts: 382 ÷ 1,498 = 25.5%, not 22.5%",
        "write `percent: +25.5`, or correct the counts",
    ),
    "a misspelt key": (
        (HAVERING, "- measure: residential-burglary", "- mesure: residential-burglary"),
        "mesure",
        "unknown key `mesure`",
        "did you mean `measure`?",
    ),
    "a misspelt measure, and nothing of the sum that misses it": (
        (HAVERING, "- measure: residential-burglary", "- measure: residential-burglery"),
        "residential-burglery",
        "unknown measure `residential-burglery`",
        "did you mean `residential-burglary`?",
    ),
    "a count that is none, and nothing of the sum that misses it": (
        (HAVERING, "before: 1498", "before: 1498.5"),
        "1498.5",
        "offences are counted: a whole number belongs here, and not less than 0",
        "write the number of offences, for example `1498`",
    ),
    "a forgotten minus sign": (
        (HAVERING, "change: -361", "change: 361"),
        "361",
        "the counts say something else: 1,215 − 1,576 = −361, not 361",
        "write `change: -361`, or correct the counts",
    ),
    "a result in the wrong list": (
        (SHARED, "public-confidence\n      now: 53.1%", "public-confidence\n      now: 50.1%"),
        "public-confidence",
        "`public-confidence` is listed under `met:`, and its target of 51.4% was missed",
        "move it under `missed:`, or correct the figures",
    ),
    "a figure that nobody gave": (
        (
            HAVERING,
            "{{ serious-acquisitive-crime.fewer }}",
            "{{ serious-acquisitive-crime.percent }}",
        ),
        "{{ serious-acquisitive-crime.percent }}",
        "`serious-acquisitive-crime` has no `percent` to fill in",
        "add it to its row, or write the sentence without it",
    ),
    "a figure that would say the opposite": (
        (HAVERING, "{{ serious-acquisitive-crime.fewer }}", "{{ serious-acquisitive-crime.more }}"),
        "{{ serious-acquisitive-crime.more }}",
        "`more` would say the opposite: the change of `serious-acquisitive-crime` is −294",
        "write `{{ serious-acquisitive-crime.fewer }}` and the sentence anew",
    ),
}


@pytest.fixture
def shipped(tmp_path):
    """A copy of the shipped content, in which words can be changed."""
    folder = tmp_path / "content"
    shutil.copytree(SHIPPED, folder)

    def change(*changes):
        for name, old, new in changes:
            path = folder / name
            text = path.read_text(encoding="utf-8")
            assert text.count(old) == 1
            path.write_text(text.replace(old, new), encoding="utf-8")
        return folder, found_in(folder)

    return change


@pytest.mark.parametrize(("change", "marked", "what", "way_out"), CHANGED.values(), ids=CHANGED)
def test_a_change_to_the_shipped_content_is_told_once_and_at_its_line(
    change, marked, what, way_out, shipped
):
    folder, (problem,) = shipped(change)
    place = problem.place
    assert (problem.what, problem.way_out) == (what, way_out)
    assert place.quote[place.column - 1 :][: place.width] == marked
    text = (folder / change[0]).read_text(encoding="utf-8")
    assert place.line == text[: text.index(change[2])].count("\n") + 1
    assert (place.file, place.quote) == (
        f"content/{change[0]}",
        text.splitlines()[place.line - 1],
    )


def test_nothing_is_told_about_the_shipped_content(shipped):
    assert shipped()[1] == ()


def test_the_mistakes_of_all_files_are_told_in_one_run(shipped):
    _, told = shipped(
        ("site.yaml", "title: Local", "titel: Local"),
        (SHARED, "footnote:", "footnot:"),
        (HAVERING, "started: 2009-06", "started: 2009-13"),
        (HAVERING, "percent: 25.5", "percent: 22.5"),
        (
            "2009-10/bromley.yaml",
            "{measure: robbery, before: 100, now: 100",
            "{measure: robery, before: 100, now: 100",
        ),
        ("2009-10/bromley.yaml", "now: 900,", "now: 900, percent: +10,"),
    )
    assert [problem.what for problem in told] == [
        "one goes up and the other goes down: change −100, percent +10.0%",
        "unknown measure `robery`",
        "unknown key `footnot`",
        "`2009-13` is not a month",
        "the percentage does not follow from the counts: 382 ÷ 1,498 = 25.5%, not 22.5%",
        "unknown key `titel`",
    ]


PERSON = "commander:\n  from: {name: A, role: B, photo: images/a.jpg}\n  body: x\n"


PHOTOS = [
    (b"\xff\xd8\xff\xc0\0\x11\x08\0\x40\0\x30\x03", ""),
    (b"x", "this file is called JPEG and is no picture that can be read here"),
    (None, "there is no file `images/a.jpg`"),
]


@pytest.mark.parametrize(("photo", "told"), PHOTOS)
def test_a_portrait_that_is_named_has_to_be_there(photo, told, problems_in):
    files = {HAVERING: PERSON, "2009-10/images/a.jpg": photo}
    assert told in problems_in(files)
    assert bool(problems_in(files)) == bool(told)


def test_the_same_mistake_in_a_shared_section_is_told_once(problems_in):
    told = problems_in(
        {
            SHARED: "title: T\nlabel: L\nperiod: P\nmission: {body: '[x](y)'}\n",
            "2009-10/bromley.yaml": "draft: no\n",
        }
    )
    assert told.count("error:") == 1
