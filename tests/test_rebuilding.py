"""Again and again from what was made before: the same as all at once, and no more of it than has changed."""

import pytest
from conftest import SMALL_SITE
from test_around import ON_MAP, TWO

from policing_summary import rebuilding
from policing_summary.errors import ContentError

HAVERING = SMALL_SITE["2009-10/havering.yaml"]
BROMLEY = TWO["2009-10/bromley.yaml"]
START = {"site.yaml": ON_MAP} | TWO


@pytest.fixture
def changed(site_folder, tmp_path):
    """Changes the files of a small site; gives the folder that it lies in."""

    def change(changes):
        folder = site_folder({"site.yaml": ON_MAP} | changes)
        for name, words in changes.items():
            if words is None:
                (folder / name).unlink(missing_ok=True)
        return tmp_path

    return change


OWN = "2009-10/bromley/"
CHANGES = {
    "a word": ({"2009-10/bromley.yaml": BROMLEY.replace("What", "All that")}, {"bromley"}),
    "a remark": ({"2009-10/bromley.yaml": f"# A remark\n{BROMLEY}"}, {"bromley"}),
    "an edition": (
        {"2009-10/edition.yaml": TWO["2009-10/edition.yaml"].replace("600", "601")},
        {"bromley", "havering"},
    ),
    "a borough less": ({"2009-10/bromley.yaml": None}, set()),
    "a draft": ({"2009-10/bromley.yaml": f"draft: yes\n{BROMLEY}"}, {"bromley"}),
    "nothing": ({}, set()),
}


@pytest.mark.parametrize(("change", "made"), CHANGES.values(), ids=CHANGES)
def test_what_is_made_again_is_what_would_be_made_from_nothing(changed, change, made):
    before = rebuilding.first(changed(START))
    after, difference = rebuilding.again(before)
    assert (after.files, difference.made) == (before.files, ())
    changed(START | change)
    after, difference = rebuilding.again(before)
    whole = rebuilding.first(before.wish.root)
    assert after.files == whole.files
    assert after.problems == whole.problems
    kept = {path: data for path, data in before.files.items() if path not in difference.removed}
    assert {**kept, **difference.written} == whole.files
    assert set(difference.made) == made


def test_a_mistake_leaves_what_there_was_and_is_told_until_it_is_mended(changed):
    before = rebuilding.first(changed(START))
    changed(START | {"2009-10/bromley.yaml": "sumary: A mistake.\n"})
    for _ in range(2):
        with pytest.raises(ContentError) as told:
            rebuilding.again(before)
        assert [problem.what for problem in told.value.problems] == ["unknown key `sumary`"]
    changed(START)
    after, difference = rebuilding.again(before)
    assert (after.files, difference.written) == (before.files, {})


FIGURED = """\
performance:
  period: April 2009 to March 2010
  measures:
    - {measure: robbery, before: 100, now: 120}
commander:
  from: {name: Ann Jones, role: Borough Commander}
  body: Robbery rose by {{ robbery.change }}.
"""


def test_a_figure_that_is_wrong_is_told_where_it_stands_though_a_text_asks_for_it(changed):
    before = rebuilding.first(changed(START | {"2009-10/bromley.yaml": FIGURED}))
    changed(START | {"2009-10/bromley.yaml": FIGURED.replace("before: 100", "before: many")})
    for build in (lambda: rebuilding.again(before), lambda: rebuilding.first(before.wish.root)):
        with pytest.raises(ContentError) as told:
            build()
        assert [problem.place.line for problem in told.value.problems] == [4]
