"""Portraits, and the initials that stand where there is none."""

import base64
from pathlib import Path
from types import SimpleNamespace
from xml.etree import ElementTree as ET

import pytest

from policing_summary import pictures, store
from policing_summary.model.base import Person
from policing_summary.rendering import TEMPLATES


@pytest.fixture
def edition(tmp_path):
    (tmp_path / "images").mkdir()
    return SimpleNamespace(folder=tmp_path)


PHOTOS = {
    "images/commander.jpg": "image/jpeg",
    "images/Commander.JPEG": "image/jpeg",
    "images/commander.png": "image/png",
    "images/commander.webp": "image/webp",
}


@pytest.mark.parametrize(("photo", "media_type"), PHOTOS.items())
def test_a_portrait_keeps_its_name_and_its_bytes(edition, photo, media_type):
    (edition.folder / photo).write_bytes(b"a picture")
    person = Person(name="Michael Smith", role="Borough Commander", photo=photo)
    picture = pictures.of(person, edition, TEMPLATES)
    assert (picture.name, picture.media_type, picture.data) == (
        Path(photo).name,
        media_type,
        b"a picture",
    )
    head, _, data = picture.data_uri.partition(",")
    assert head == f"data:{media_type};base64"
    assert base64.b64decode(data) == b"a picture"


NAMES = {
    "Michael Smith": "monogram-ms.svg",
    "Michael van der Smith": "monogram-ms.svg",
    "Name to be announced": "monogram-n.svg",
    "Łucja Żak": "monogram-łż.svg",
    "madonna": "monogram-m.svg",
}


@pytest.mark.parametrize(("name", "file"), NAMES.items())
def test_where_there_is_no_portrait_initials_stand_in(edition, name, file):
    picture = pictures.of(Person(name=name, role="x"), edition, TEMPLATES)
    assert (picture.name, picture.media_type) == (file, "image/svg+xml")
    svg = ET.fromstring(picture.data)
    paths = [path.get("d") for path in svg.iter("{http://www.w3.org/2000/svg}path")]
    assert len(paths) == 1
    assert paths[0].startswith("M")
    assert b"<text" not in picture.data  # it needs no font of its reader


def test_the_same_person_has_the_same_drawing_twice(edition):
    person = Person(name="Kit Malthouse", role="x")
    first = pictures.of(person, edition, TEMPLATES)
    pictures._kept_outline.cache_clear()
    assert pictures.of(person, edition, TEMPLATES) == first


def test_an_outline_that_was_kept_is_the_one_that_was_drawn_and_a_damaged_one_is_not_believed(
    tmp_path,
):
    font, kept = TEMPLATES / pictures.INITIALS_FONT, store.Cache(tmp_path / "kept")
    drawn = pictures._outline("KM", font)
    asked = pictures._kept_outline.__wrapped__
    assert asked("KM", font, kept) == drawn
    (entry,) = kept.folder.iterdir()
    assert asked("KM", font, kept) == drawn
    entry.write_bytes(entry.read_bytes()[:-1] + b"9")
    assert asked("KM", font, kept) == drawn
    asked("KM", font.read_bytes(), kept)
    assert len(list(kept.folder.iterdir())) == 1, "the same font is asked for twice"
    asked("MK", font, kept)
    assert len(list(kept.folder.iterdir())) == 2


def test_other_letters_are_another_drawing(edition):
    drawn = [
        pictures.of(Person(name=n, role="x"), edition, TEMPLATES).data for n in ("Al Bo", "Al Co")
    ]
    assert drawn[0] != drawn[1]


def test_initials_stand_side_by_side():
    font = TEMPLATES / pictures.INITIALS_FONT
    one, two = (pictures._outline(letters, font).bounds for letters in ("M", "MM"))
    assert two[0] == one[0]
    assert two[2] - two[0] > 2 * (one[2] - one[0])
    assert two[1::2] == one[1::2]
