"""Languages: words, numbers and dates as each of them writes them, and catalogues that are whole."""

import re
from decimal import Decimal

import pytest
import words

from policing_summary import language as languages
from policing_summary.figures import Figure, Target
from policing_summary.language import LANGUAGES
from policing_summary.model.files import MeasureEntry
from policing_summary.numerals import Day, Month, Unit
from policing_summary.wording import Words

CATALOGUES = words.catalogues()
every_catalogue = pytest.mark.parametrize("tag", CATALOGUES)


# Catalogues


def test_welsh_polish_and_urdu_have_their_words_and_english_needs_none():
    assert set(CATALOGUES) == {"cy", "pl", "ur"}
    having = {tag for tag, language in LANGUAGES.items() if language.has_words}
    assert having == {*CATALOGUES, "en-GB"}


@every_catalogue
def test_a_catalogue_has_every_message_and_no_other(tag):
    """`.venv/bin/python tests/words.py` takes in what is new and out what is gone."""
    wanted, there = (
        words.messages(catalog) for catalog in (words.found(), words.read(CATALOGUES[tag]))
    )
    assert set(there) == set(wanted)
    assert [each for each, message in there.items() if not all(forms(message))] == []
    assert [each for each, message in there.items() if message.fuzzy] == []


@every_catalogue
def test_a_translation_fills_in_what_its_message_does(tag):
    for message in words.messages(words.read(CATALOGUES[tag])).values():
        texts = message.id if isinstance(message.id, tuple) else (message.id,)
        wanted = {name for text in texts for name in places(text)}
        assert [form for form in forms(message) if set(places(form)) != wanted] == []


@every_catalogue
def test_a_translation_has_the_marks_of_its_message_and_our_own_minus(tag):
    for message in words.messages(words.read(CATALOGUES[tag])).values():
        said = " ".join(forms(message))
        assert re.findall(r"</?[a-z]+>", str(message.id)) == re.findall(r"</?[a-z]+>", said)
        assert "'" not in said


@every_catalogue
def test_a_comment_says_what_nobody_has_read_yet_who_speaks_the_language(tag):
    for message in words.messages(words.read(CATALOGUES[tag])).values():
        assert set(message.user_comments) <= {words.TO_CHECK}


def forms(message) -> tuple[str, ...]:
    return message.string if isinstance(message.string, tuple) else (message.string,)


def places(text: str) -> list[str]:
    return re.findall(r"%\(\w+\)s", text)


def test_what_is_said_in_code_and_templates_is_found():
    found = words.messages(words.found())
    assert ("target", "missed") in found  # with a context
    assert (None, ("%(number)s more offence", "%(number)s more offences")) in found  # in code
    assert (None, ("sum of the %(num)s above",) * 2) in found  # in a template
    assert {(None, "Looking back"), (None, "the year before"), (None, "A5 booklet")} <= set(found)


# Numbers

NBSP, LRM = "\u00a0", "\u200e"
NUMBERS = {
    "en-GB": ("4,555", "−1,234.5", "+0.10", "25.5%", "−2.5%", "+1,250.0%"),
    "cy": ("4,555", "−1,234.5", "+0.10", "25.5%", "−2.5%", "+1,250.0%"),
    "pl": (f"4{NBSP}555", f"−1{NBSP}234,5", "+0,10", "25,5%", "−2,5%", f"+1{NBSP}250,0%"),
    "ur": (
        "4,555",
        f"{LRM}−1,234.5",
        f"{LRM}+0.10",
        f"{LRM}25.5%",
        f"{LRM}−2.5%",
        f"{LRM}+1,250.0%",
    ),
    "tr": ("4.555", "−1.234,5", "+0,10", "%25,5", "−%2,5", "+%1.250,0"),
    "bn": ("4,555", "−1,234.5", "+0.10", "25.5%", "−2.5%", "+1,250.0%"),
}


@pytest.mark.parametrize(("tag", "shown"), NUMBERS.items(), ids=NUMBERS)
def test_a_number_has_the_separators_of_its_language_and_a_true_minus(tag, shown):
    tongue = LANGUAGES[tag]
    assert shown == (
        tongue.count(4555),
        tongue.count(Decimal("-1234.5")),
        tongue.signed(Decimal("0.10")),
        tongue.percent(Decimal("25.46")),
        tongue.signed_percent(Decimal("-2.5")),
        tongue.signed_percent(Decimal(1250)),
    )


def test_indian_languages_group_by_twos_above_a_thousand():
    assert LANGUAGES["pa"].count(1234567) == "12,34,567"


@pytest.mark.parametrize("tag", LANGUAGES)
def test_nought_has_no_sign_and_halves_go_away_from_it(tag):
    tongue = LANGUAGES[tag]
    assert tongue.signed(0) == tongue.count(0)
    assert tongue.signed_percent(Decimal("0.04")) == tongue.percent(Decimal(0))
    assert tongue.percent(Decimal("0.05")) == tongue.percent(Decimal("0.1"))


def test_a_sum_runs_from_left_to_right_in_a_text_that_does_not():
    sums = [Decimal(382), Decimal(6), Decimal(-361), None]
    assert LANGUAGES["en-GB"].written_out(sums) == "382 + 6 − 361"
    assert LANGUAGES["ur"].sum("1 − 2") == "\u20661 − 2\u2069"
    assert LANGUAGES["pl"].sum("1 − 2") == "1 − 2"


POINTS = {
    ("en-GB", "1"): "1 percentage point",
    ("en-GB", "1.0"): "1 percentage point",
    ("en-GB", "-1"): "−1 percentage point",
    ("en-GB", "4.9"): "4.9 percentage points",
    ("en-GB", "20.0"): "20 percentage points",
    ("en-GB", "0"): "0 percentage points",
    ("pl", "1"): "1 punkt procentowy",
    ("pl", "22"): "22 punkty procentowe",
    ("pl", "12"): "12 punktów procentowych",
    ("pl", "4.9"): "4,9 punktu procentowego",
    ("cy", "2"): "2 bwynt canran",
    ("ur", "4.9"): "4.9 فیصد پوائنٹ",
}


@pytest.mark.parametrize(("given", "expected"), POINTS.items())
def test_percentage_points_have_the_form_that_their_number_asks_for(given, expected):
    tag, value = given
    assert LANGUAGES[tag].points(Decimal(value)) == expected


# Dates

DATES = {
    "en-GB": ("16 February 2024", "September 2024", "Sep 2024"),
    "cy": ("16 Chwefror 2024", "Medi 2024", "Medi 2024"),
    "pl": ("16 lutego 2024", "wrzesień 2024", "wrz 2024"),
    "ur": ("16 فروری، 2024", "ستمبر 2024", "ستمبر 2024"),
}


@pytest.mark.parametrize(("tag", "shown"), DATES.items(), ids=DATES)
def test_a_day_and_a_month_are_written_as_the_language_does(tag, shown):
    tongue, september = LANGUAGES[tag], Month(2024, 9)
    days = tongue.date(Day(2024, 2, 16)), tongue.date(september), tongue.short_month(september)
    assert days == shown
    assert tongue.date("in the spring") == "in the spring"


# Figures

FALL = Figure(
    "x",
    MeasureEntry(name="Robbery"),
    change=Decimal(-22),
    percent=Decimal("-2.5"),
    target=Target(Decimal(-5), "percent", Unit.PERCENT),
    outcome="missed",
)
TOLD = {
    "en-GB": ("22 fewer offences", "Down, target missed", "a fall of 5.0%"),
    "cy": ("22 o droseddau yn llai", "I lawr, targed wedi’i fethu", "gostyngiad o 5.0%"),
    "pl": ("o 22 przestępstwa mniej", "Spadek, cel nieosiągnięty", "spadek o 5,0%"),
    "ur": ("22 جرائم کم", "کمی، ہدف حاصل نہ ہوا", f"{LRM}5.0% کی کمی"),
}


@pytest.mark.parametrize(("tag", "told"), TOLD.items(), ids=TOLD)
def test_a_figure_is_told_in_each_language(tag, told):
    say = Words(LANGUAGES[tag])
    assert (say.change_words(FALL), say.told(FALL), say.target_in_words(FALL.target)) == told


def test_a_language_is_its_own_name_and_direction():
    assert LANGUAGES["ur"].is_mirrored
    assert not LANGUAGES["pl"].is_mirrored
    assert languages.ENGLISH.is_english
    assert LANGUAGES["cy"].name == "Cymraeg"
