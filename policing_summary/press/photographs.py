"""A picture of a PDF → the same in four inks, at the size at which it is printed."""

import io
from dataclasses import dataclass
from math import ceil
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageCms
from PIL.Image import Resampling

from policing_summary import picturefiles
from policing_summary.press.condition import Condition

SUFFIXES = {".jpg", ".jpeg", ".png", ".webp"}
FINE, TOO_FINE = 300, 450  # pixels to an inch: what a press wants, and what it cannot show
INCH = 72  # points
QUALITY = 92
ROOM = 12  # percent of ink that a JPEG's rounding may add


@dataclass(frozen=True)
class Resolution:
    """How many pixels a picture has, how large it is printed (inches), and so how fine it is."""

    pixels: tuple[int, int]
    inches: tuple[float, float]

    @property
    def per_inch(self) -> int:
        pairs = zip(self.pixels, self.inches, strict=True)
        return int(min(count / size for count, size in pairs if size) + 0.5)

    @property
    def needed(self) -> tuple[int, int]:
        across, up = self.inches
        return ceil(across * FINE - 0.01), ceil(up * FINE - 0.01)


def sizes(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """Name, width and height in pixels of every picture in a folder, which need not be there."""
    found = []
    for path in sorted(folder.glob("*")) if folder.is_dir() else ():
        if path.suffix.lower() in SUFFIXES and not picturefiles.fault(path, folder):
            with Image.open(path) as image:
                found.append((path.name, image.width, image.height))
    return tuple(found)


def resolution(picture: pikepdf.Object, across: tuple[float, float]) -> Resolution:
    """`across`: width and height in points, as printed."""
    pixels = int(picture.Width), int(picture.Height)
    return Resolution(pixels, (across[0] / INCH, across[1] / INCH))


def in_inks(picture: pikepdf.Stream, across: tuple[float, float], condition: Condition) -> None:
    """Change the picture, which has three colours, into one of four inks within the limit of ink.

    Relative colorimetric with black-point compensation, as for photographs on coated paper. What is
    finer than a press can show is made smaller.
    """
    image = _opened(picture)
    shown = resolution(picture, across)
    if shown.per_inch > TOO_FINE:
        scale = FINE / shown.per_inch
        size = (ceil(image.width * scale), ceil(image.height * scale))
        image = image.resize(size, Resampling.LANCZOS)
    inks = _within(_converted(image, condition), condition.limit - ROOM)
    out = io.BytesIO()
    inks.save(out, "JPEG", quality=QUALITY, subsampling=0, optimize=True)
    mask = picture.get("/SMask")
    picture.write(out.getvalue(), filter=Name.DCTDecode)
    kept = Dictionary(
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=inks.width,
        Height=inks.height,
        BitsPerComponent=8,
        ColorSpace=Name.DeviceCMYK,
        Decode=Array([1, 0, 1, 0, 1, 0, 1, 0]),  # as Adobe's JPEG in four inks is written
    )
    if mask is not None:
        kept.SMask = mask
    for key in list(picture.keys()):
        if key not in {"/Length", "/Filter"} and key not in kept:
            del picture[key]
    for key, value in kept.items():
        picture[key] = value


def _opened(picture: pikepdf.Stream) -> Image.Image:
    image: Image.Image = pikepdf.PdfImage(picture).as_pil_image(apply_mask=False)
    return image.convert("RGB")


def _converted(image: Image.Image, condition: Condition) -> Image.Image:
    press = ImageCms.ImageCmsProfile(io.BytesIO(condition.profile))
    screen = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    changed = ImageCms.profileToProfile(
        image,
        screen,
        press,
        renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
        outputMode="CMYK",
        flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )
    if changed is None:
        raise ValueError("the picture could not be converted")
    return changed


def _within(image: Image.Image, limit: float) -> Image.Image:
    """The colours' share taken back wherever all inks together exceed `limit` percent."""
    most = round(limit * 2.55)
    cyan, magenta, yellow, black = (channel.tobytes() for channel in image.split())
    channels = [bytearray(cyan), bytearray(magenta), bytearray(yellow)]
    for at, (c, m, y, k) in enumerate(zip(cyan, magenta, yellow, black, strict=True)):
        colour = c + m + y
        if colour + k > most:
            room = most - k
            for channel, part in zip(channels, (c, m, y), strict=True):
                channel[at] = part * room // colour
    bands = [Image.frombytes("L", image.size, bytes(channel)) for channel in channels]
    return Image.merge("CMYK", (*bands, image.split()[3]))
