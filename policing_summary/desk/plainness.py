"""How easily a passage is read: its sentences, its words, its letters and its numbers."""

import re
from collections.abc import Callable, Iterator
from typing import TypeAlias

from policing_summary.desk.jargon import FOUND, INSTEAD, KNOWN
from policing_summary.desk.passages import Passage
from policing_summary.errors import Problem
from policing_summary.numerals import MONTHS, Phone, UnreadableError

MOST_WORDS = 35  # of a sentence
LEAST_WORDS = 100  # below these a reading age says little
OLDEST = 14  # years
GRADUATE = 21  # years of age: beyond it the index counts years that nobody spends at school
SHORTENED = re.compile(r"(?<![\w./-])(?P<letters>[A-Z]{2,6})s?(?![\w./-]|\.[a-z])")
NOW = re.compile(
    r"\b(?:at present|at the moment|currently|in recent (?:days|weeks|months|years)|lately|"
    r"(?:last|next|this) (?:week|month|spring|summer|autumn|winter)|nowadays|recently|shortly|soon|"
    r"these days|today|tomorrow|yesterday)\b",
    re.IGNORECASE,
)
DATED = re.compile(rf"\b(?:(?:19|20)\d\d|{'|'.join(MONTHS)})\b|\d{{1,2}}(?::|\.)\d\d")
NUMBER = re.compile(r"(?<![\w.,£/+-])(?:\+44|0)[\d\s().–-]{8,17}\d(?![\w,])")
TAG = re.compile(
    r"</?(?:a|b|br|div|em|font|h[1-6]|i|li|p|span|strong|u|ul)\b[^<>]*>", re.IGNORECASE
)
Advice: TypeAlias = Callable[[Passage], Iterator[Problem]]


def long_sentences(passage: Passage) -> Iterator[Problem]:
    for sentence in passage.sentences:
        if (count := len(sentence.split())) > MOST_WORDS:
            what = f"this sentence has {count} words"
            yield told(
                passage, sentence, what, "make two of it, each with one idea", "long-sentences"
            )


def jargon(passage: Passage) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for match in FOUND.finditer(passage.words):
        word = match[0]
        place = passage.place(word, seen.setdefault(word, 0))
        seen[word] += 1
        instead = INSTEAD[word.lower()]
        what = f"`{word}` is a word of offices"
        yield Problem(place, what, f"say it as people do: “{instead}”", "advice", "jargon")


def pasted_html(passage: Passage) -> Iterator[Problem]:
    for match in TAG.finditer(passage.words):
        what = f"`{match[0]}` would be printed as it stands here"
        way_out = "delete it; `**words**` are bold, and an empty line begins a paragraph"
        yield told(passage, match[0], what, way_out, "pasted-html")
        return


def reading_age(passage: Passage) -> Iterator[Problem]:
    if passage.is_prose and (age := years(passage)) and age > OLDEST:
        more = " or more" if age > GRADUATE else ""
        what = f"this text asks for a reader of {min(age, GRADUATE)} years{more}"
        way_out = "make the sentences shorter, and put short words for long ones"
        yield Problem(passage.place(), what, way_out, "advice", "reading-age")


def years(passage: Passage) -> int | None:
    """The age at which a text is understood at school, if there is enough of it.

    The Automated Readability Index, which counts letters, words and sentences (R. J. Senter and E. A. Smith,
    1967, AMRL-TR-66-220), gives a school year of the United States; that begins at the age of five.
    """
    words = passage.plain.split()
    if len(words) < LEAST_WORDS:
        return None
    letters = sum(letter.isalnum() for word in words for letter in word)
    grade = 4.71 * letters / len(words) + 0.5 * len(words) / len(passage.sentences) - 21.43
    return round(grade + 5)


def undated_claims(passage: Passage) -> Iterator[Problem]:
    for sentence in passage.sentences:
        if (match := NOW.search(sentence)) and not DATED.search(sentence):
            what = f"“{match[0]}” says nothing to somebody who reads this in a year"
            yield told(
                passage, sentence, what, "name the day, the month or the year", "undated-claims"
            )


def phone_form(passage: Passage) -> Iterator[Problem]:
    for match in NUMBER.finditer(passage.words):
        try:
            usual = Phone.read(match[0]).shown
        except UnreadableError:
            continue
        if match[0] != usual:
            what = f"`{match[0]}` is not grouped as telephone numbers are"
            yield told(passage, match[0], what, f"write {usual}", "phone-form")


def abbreviations(passages: list[Passage]) -> Iterator[Problem]:
    """Letters that no text of the same file explains, each told once in a file: `… officers (PCSOs)`."""
    explained = {
        match["letters"]
        for passage in passages
        for match in re.finditer(r"\((?P<letters>[A-Z]{2,6})s?\)", passage.words)
    }
    for passage in passages:
        for match in SHORTENED.finditer(passage.plain):
            letters = match["letters"]
            if letters in explained | KNOWN or passage.plain.isupper():
                continue
            explained.add(letters)
            what = f"nothing says what {match[0]} stands for"
            way_out = f"write it in full where it comes first, and then `({match[0]})`"
            yield told(passage, match[0], what, way_out, "abbreviations")


def told(passage: Passage, words: str, what: str, way_out: str, name: str) -> Problem:
    return Problem(passage.place(words), what, way_out, "advice", name)


OF_A_PASSAGE: dict[str, Advice] = {
    "long-sentences": long_sentences,
    "jargon": jargon,
    "pasted-html": pasted_html,
    "reading-age": reading_age,
    "undated-claims": undated_claims,
    "phone-form": phone_form,
}
