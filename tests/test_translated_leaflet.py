"""The leaflet in Urdu: everything runs from right to left, and reads aloud in order.

Its pages were looked at in each language; these tests hold what can be measured.
"""

import io
import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pikepdf
import pytest
from fontTools.ttLib import TTFont
from pdf_judge import failed_rules, needs_a_jdk
from pdf_reading import copied, elements, needs_poppler, spoken, words_by_page

from policing_summary import checks, content, leaflet, typefaces, typesetting
from policing_summary.errors import BuildError
from policing_summary.formats import DEFAULT
from policing_summary.language import LANGUAGES

MIDDLE, FOOT = 74, 190  # millimetres
MARGIN, ROUNDING = 12, 0.4  # the outer one
URDU = re.compile("[\u0600-\u06ff]")
MARKS = dict.fromkeys(map(ord, "\u200e\u202a\u202b\u202c\u2066\u2069"))


@pytest.fixture(scope="module")
def sheet(pristine):
    sheets, _ = checks.run(content.load(pristine.root / "content"))
    return next(each for each in sheets if each.path == "2009-10/havering/ur")


@pytest.fixture(scope="module")
def made(sheet):
    return typesetting.typeset(leaflet.compose(sheet, DEFAULT))


@pytest.fixture(scope="module")
def file(made, tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("urdu") / "leaflet.pdf"
    path.write_bytes(made.pdf)
    return path


def test_it_has_its_pages_and_nothing_to_be_warned_of(made):
    assert (made.pages, made.warnings, made.fit.refusals) == (8, (), ())


def test_it_is_set_in_our_fonts_and_in_those_of_its_script(made):
    names = set(typesetting.font_names(made.pdf))
    assert any(name.startswith("Noto-Naskh-Arabic") for name in names)
    assert any(name.startswith("Source-Sans-3") for name in names)


@needs_poppler
def test_its_words_come_in_the_order_in_which_they_are_read(file):
    read = bare(copied(file))
    for words in (
        "مقامی پولیسنگ کا خلاصہ",
        "آپ کے بورو کمانڈر کی جانب سے",
        "گھروں میں نقب زنی",
        "پولیس اور ان اداروں کے ساتھ جن کے ساتھ ہم کام",
        "ہیورنگ کے پولیس اسٹیشن",
        "گھروں میں نقب زنی +382",
        "گاڑیوں سے چوری −361",
        "0300 123 1212",
        "www.met.police.uk/havering",
    ):
        assert bare(words) in read


@needs_poppler
def test_every_sentence_is_spoken_as_it_was_written(sheet, made, file):
    pieces = leaflet.compose(sheet, DEFAULT).pieces
    html = "".join(piece.html for piece in pieces if piece.name not in made.fit.left_out)
    paragraphs = re.findall(r"<p\b[^>]*>(.*?)</p>", html, re.DOTALL)
    said = (unescape(re.sub(r"<[^>]*>", "", each)) for each in paragraphs)
    sentences = [bare(each) for text in said for each in text.split("۔") if URDU.search(each)]
    whole = bare(spoken(file))
    assert len(sentences) > 100
    assert [each for each in sentences if each not in whole] == []


def bare(said: str) -> str:
    """Words alone, between single spaces."""
    return " ".join(said.translate(MARKS).replace("،", " ").replace("۔", " ").split())


@needs_poppler
def test_pages_are_turned_from_the_left_and_grids_filled_from_the_right(file):
    pages = words_by_page(file)
    for number in range(2, 8):
        (folio,) = [w for w in pages[number - 1] if w.text == str(number) and w.top > FOOT]
        assert (folio.left > MIDDLE) == (number % 2 == 0), number
    numbers = {word.text.translate(MARKS): word.left for word in pages[5]}
    assert numbers["−2.3%"] > MIDDLE > numbers["−4.0%"]
    assert next(word.left for word in pages[0] if "2009/10" in word.text) < MIDDLE


@needs_poppler
def test_nothing_stands_outside_the_margins(file):
    pages = words_by_page(file)
    body = [word for page in pages[1:-1] for word in page if 20 < word.top < FOOT]
    left, right = min(word.left for word in body), max(word.right for word in body)
    assert left > MARGIN - ROUNDING
    assert right < 2 * MIDDLE - MARGIN + ROUNDING


def test_letters_are_larger_than_in_their_file_and_latin_ones_are_not(sheet, pristine):
    for name, data in leaflet.compose(sheet, DEFAULT).files:
        original = (pristine.root / "templates" / "fonts" / name).read_bytes()
        factor = _units(original) / _units(data)
        assert factor == pytest.approx(1.06 if "Arabic" in name else 1, abs=0.01), name


def _units(font: bytes) -> int:
    return int(TTFont(io.BytesIO(font))["head"].unitsPerEm)


def test_what_stands_in_english_says_so_to_a_screen_reader(made, file):
    with pikepdf.open(file) as pdf:
        assert str(pdf.Root.Lang) == "ur"
        spoken = {str(each.tag.Lang) for each in elements(pdf) if "/Lang" in each.tag}
    assert ("en-GB" in spoken) == ("foreword" not in made.fit.left_out)


@needs_a_jdk
def test_it_is_as_accessible_as_the_english_one(file):
    assert failed_rules(file) == []


SCRIPTS = {
    "ar": "الشرطة المحلية",
    "bn": "স্থানীয় পুলিশের সারসংক্ষেপ",
    "pa": "ਸਥਾਨਕ ਪੁਲਿਸ ਦਾ ਸਾਰ",
    "ta": "உள்ளூர் காவல் சுருக்கம்",
    "tr": "Yerel polis özeti: ğışİ",
    "so": "Kooban booliska degaanka",
    "cy": "Crynodeb plismona lleol: ŵŷ",
    "pl": "Zażółć gęślą jaźń",
    "ur": "مقامی پولیسنگ کا خلاصہ",
}


@pytest.mark.parametrize("tag", sorted(LANGUAGES.keys() - {"en-GB"}))
def test_page_and_leaflet_have_a_letter_for_everything_in_the_languages_we_list(tag, pristine):
    fonts = pristine.root / "templates" / "fonts"
    language = LANGUAGES[tag]
    for latin in (typefaces.LATIN, typefaces.LATIN_ON_PAGES):
        known = frozenset.intersection(*_letters(fonts, latin))
        if others := typefaces.of_script(language.script):
            known |= frozenset.intersection(*_letters(fonts, others))
        said = SCRIPTS[tag] + language.name + "".join(language.months)
        assert {letter for letter in said if letter.isprintable()} - known == set()


def _letters(fonts: Path, faces) -> list[frozenset[str]]:
    return [leaflet._letters((fonts / face.file).read_bytes()) for face in faces]


def test_letters_of_a_third_script_are_refused(sheet):
    entry = sheet.borough.entry.model_copy(update={"name": "हैवरिंग"})
    other = replace(sheet, borough=replace(sheet.borough, entry=entry))
    with pytest.raises(BuildError, match="Arabic or Latin letters"):
        leaflet.compose(other, DEFAULT)
