"""What the tests of print files share: a borough's files as they are made, and its plates by Ghostscript."""

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image

from policing_summary import checks, content, environment, formats, printing, rendering
from policing_summary.press import condition, pressing
from policing_summary.press.arguments import Wish
from policing_summary.press.pressing import Pressed, Wanted

CONDITION = condition.fogra39(rendering.TEMPLATES)
needs_gs = pytest.mark.skipif(
    shutil.which("gs") is None and not environment.in_ci(),
    reason="separations need Ghostscript: python3 build.py test says how to get it",
)
FULL = 255


@dataclass(frozen=True)
class Made:
    """A print job with what it was made from, and its files on the disk."""

    wanted: Wanted
    pressed: Pressed
    pages: Path
    sheets: Path


def wanted(borough: str, form: str = formats.DEFAULT.name) -> Wanted:
    """As the command makes it from the project's own content."""
    sheets, _ = checks.run(content.load(Path(environment.ROOT) / "content"))
    wish = Wish(edition="2009-10", borough=borough)
    tasks = printing.tasks(printing.chosen(sheets, wish), wish, CONDITION)
    return next(task.wanted for task in tasks if task.form.name == form)


def made(borough: str, folder: Path, form: str = formats.DEFAULT.name) -> Made:
    job = wanted(borough, form)
    pressed = pressing.press(job)
    pages, sheets = folder / f"{borough}-{form}.pdf", folder / f"{borough}-{form}-sheets.pdf"
    pages.write_bytes(pressed.leaflet.pdf)
    sheets.write_bytes(pressed.sheets)
    return Made(job, pressed, pages, sheets)


def plates(pdf: Path, dpi: int = 100) -> list[Image.Image]:
    """Each page in four inks, as a raster processor separates it, overprinting included."""
    out = pdf.with_suffix("")
    out.mkdir(exist_ok=True)
    command = ["gs", "-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", "-sDEVICE=tiff32nc", f"-r{dpi}"]
    subprocess.run([*command, f"-sOutputFile={out}/%02d.tif", pdf], check=True)
    return [_read(path) for path in sorted(out.glob("*.tif"))]


def _read(path: Path) -> Image.Image:
    with Image.open(path) as plate:
        return plate.copy()


def pixels(image: Image.Image) -> list[tuple[int, int, int, int]]:
    """Cyan, magenta, yellow and black of each, from 0 to 255."""
    data = image.tobytes()
    return list(zip(data[::4], data[1::4], data[2::4], data[3::4], strict=True))
