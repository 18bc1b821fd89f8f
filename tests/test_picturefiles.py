"""What is wrong with a picture's file, told from its first bytes."""

import io

import pytest
from hostile import png
from PIL import Image

from policing_summary import picturefiles


def picture(kind: str, size: tuple[int, int] = (300, 40), **how: object) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", size, "teal").save(made, kind, **how)
    return made.getvalue()


GOOD = {
    "a JPEG": ("a.jpg", picture("JPEG")),
    "a progressive JPEG": ("a.JPEG", picture("JPEG", progressive=True)),
    "a JPEG with much before its picture": ("a.jpg", picture("JPEG", icc_profile=b"x" * 200_000)),
    "a PNG": ("a.png", picture("PNG")),
    "a WebP": ("a.webp", picture("WEBP")),
    "a WebP without loss": ("a.webp", picture("WEBP", lossless=True)),
    "a WebP with more in it": ("a.webp", picture("WEBP", exif=b"Exif\0\0" + b"x" * 20)),
}


@pytest.mark.parametrize(("name", "data"), GOOD.values(), ids=GOOD)
def test_a_good_picture_is_taken_and_says_its_size(name, data, tmp_path):
    (tmp_path / name).write_bytes(data)
    assert picturefiles.fault(tmp_path / name, tmp_path) is None
    kind = picturefiles.kind_of(data)
    assert kind
    assert picturefiles.size_of(data, kind) == (300, 40)


BAD = {
    "a PNG that is called JPEG": ("a.jpg", picture("PNG"), "is called JPEG and is PNG"),
    "a JPEG that is called WebP": ("a.webp", picture("JPEG"), "is called WebP and is JPEG"),
    "a page": ("a.png", b"<html>", "is called PNG and is no picture"),
    "nothing": ("a.png", b"", "is called PNG and is no picture"),
    "too many pixels": ("a.png", png(65_000, 65_000, b"x"), "65,000 pixels wide and 65,000 high"),
    "no pixels": ("a.png", png(0, 3, b"x"), "does not say how large it is"),
    "the beginning of a PNG": ("a.png", picture("PNG")[:18], "does not say how large it is"),
    "the beginning of a JPEG": ("a.jpg", picture("JPEG")[:60], "does not say how large it is"),
    "a JPEG of nonsense": ("a.jpg", b"\xff\xd8\xff\xe0\0\x04xx" + b"x" * 90, "does not say how"),
    "the beginning of a WebP": ("a.webp", picture("WEBP")[:20], "does not say how large it is"),
    "a WebP of another kind": ("a.webp", b"RIFF____WEBPVP9 " + b"x" * 90, "does not say how"),
    "a PNG without its end": ("a.png", picture("PNG")[:-12], "the end of this picture is missing"),
    "too many bytes": ("a.jpg", b"\xff\xd8\xff" + b"\0" * 30_000_000, "has 30 MB, and 30 are the"),
}


@pytest.mark.parametrize(("name", "data", "told"), BAD.values(), ids=BAD)
def test_what_is_wrong_with_a_picture_is_told_with_a_way_out(name, data, told, tmp_path):
    (tmp_path / name).write_bytes(data)
    fault = picturefiles.fault(tmp_path / name, tmp_path)
    assert fault is not None
    assert told in fault.what
    assert fault.way_out


def test_a_picture_lies_in_its_folder_itself(tmp_path):
    folder = tmp_path / "edition"
    (folder / "images").mkdir(parents=True)
    (tmp_path / "x.png").write_bytes(picture("PNG"))
    (folder / "images/out.png").symlink_to(tmp_path / "x.png")
    (folder / "images/loop.png").symlink_to("loop.png")
    (folder / "images/x.png").write_bytes(picture("PNG"))
    (folder / "images/in.png").symlink_to("x.png")
    told = {path.name: picturefiles.fault(path, folder) for path in (folder / "images").iterdir()}
    assert "a link to a file outside the edition’s folder" in told["out.png"].what
    assert "cannot be opened" in told["loop.png"].what
    assert told["in.png"] is told["x.png"] is None
