"""A scratch folder to import into, and the real files if they are there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import yaml
from scratch import files_in

from policing_summary import checks, content, environment
from policing_summary.errors import ContentError, Problem, TypedError, show
from policing_summary.importers import command
from policing_summary.importers.arguments import parse
from policing_summary.sheet import Sheet

CASES = Path(__file__).parent / "cases" / "import"
DATA = Path(environment.ROOT).parent / "shared" / "data"
HISTORICAL = DATA / "mps" / "historical_201004-202311.csv"
OLDER = DATA / "mps" / "historical_201004-202204.csv"
RECENT = DATA / "mps" / "recent24_202312-202511.csv"
ACROSS = DATA / "mps" / "recent24_202303-202502.csv"
SURVEY = DATA / "pas" / "PAS_Dashboard_Borough.csv"
STREET = DATA / "street" / "2024-01-city-of-london-street.csv"

real_files = pytest.mark.skipif(
    not DATA.is_dir(), reason=f"the published files are not in {DATA}: docs/importing.md says where"
)

SMALL_SITE = """\
title: Local Policing Summary
description: What the police did.
address: https://summary.example.org/
publisher: {name: Metropolitan Police Service}
boroughs:
  barnet: {name: Barnet, code: E09000003}
  city-of-london: {name: City of London, code: E09000001}
  havering: {name: Havering, code: E09000016}
  westminster: {name: Westminster, code: E09000033}
"""


@dataclass
class Desk:
    """A folder with content to import into; `said` is what the last import said."""

    root: Path
    said: str = ""
    asked: list[str] = field(default_factory=list)
    problems: tuple[Problem, ...] = ()

    def run(self, *arguments: str | Path, answer: bool | None = True) -> int | None:
        """An import. None if it was refused: `said` then has the problems as they are shown."""
        lines: list[str] = []

        def ask(question: str) -> bool | None:
            self.asked.append(question)
            return answer

        self.problems = ()
        try:
            code = command.run(
                parse([str(word) for word in arguments]), self.root, lines.append, ask
            )
        except ContentError as error:
            self.problems = error.problems
            self.said = "\n\n".join(show(problem) for problem in error.problems)
            return None
        except TypedError as error:
            self.said = str(error)
            return None
        self.said = "\n".join(lines)
        return code

    def write(self, name: str, text: str | bytes) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    def read(self, name: str) -> str:
        return (self.root / name).read_bytes().decode()

    @property
    def files(self) -> Mapping[str, bytes]:
        return files_in(self.root / "content")

    def rows(self, borough: str, section: str = "performance") -> dict[str, dict[str, str]]:
        """The rows of a borough as they were written, by measure."""
        document = yaml.load(self.read(f"content/2024-25/{borough}.yaml"), yaml.BaseLoader)
        return {row["measure"]: row for row in document[section]["measures"]}

    def reports_on(self, period: str) -> None:
        """Make the edition one for another period."""
        text = edition_file()
        assert text.count("April 2024 to March 2025") == 1
        changed = text.replace("April 2024 to March 2025", period)
        self.write("content/2024-25/edition.yaml", changed)

    def sheets(self) -> dict[str, Sheet]:
        sheets, _ = checks.run(content.load(self.root / "content", drafts=True))
        return {sheet.borough.slug: sheet for sheet in sheets if not sheet.original}


def edition_file() -> str:
    return (CASES / "edition-2024-25.yaml").read_text(encoding="utf-8")


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Three boroughs and the City; files are named from the folder that an editor is in."""
    made = Desk(tmp_path)
    made.write("content/site.yaml", SMALL_SITE)
    made.write("content/2024-25/edition.yaml", edition_file())
    monkeypatch.chdir(tmp_path)
    return made


@pytest.fixture
def london(tmp_path: Path) -> Desk:
    """All 33 boroughs of the site."""
    made = Desk(tmp_path)
    made.write("content/site.yaml", (Path(environment.ROOT) / "content" / "site.yaml").read_bytes())
    made.write("content/2024-25/edition.yaml", edition_file())
    return made


AREAS = ("Barnet", "Havering", "Westminster")
LABELS = {
    "Burglary": ("Burglary - Residential", "Burglary - Business and Community"),
    "Robbery": ("Robbery of Personal Property", "Robbery of Business Property"),
    "Vehicle Offences": ("Theft from a Vehicle", "Theft or Unauth Taking of a Motor Veh"),
    "Theft": ("Theft from the Person", "Shoplifting"),
    "Violence Against the Person": ("Violence with Injury", "Violence without Injury", "Homicide"),
}
# What is needed so that every measure of the edition has its label.
REST = {
    "Sexual Offences": ("Rape", "Other Sexual Offences"),
    "Arson and Criminal Damage": ("Arson", "Criminal Damage"),
    "Drug Offences": ("Possession of Drugs", "Trafficking of Drugs"),
    "Possession of Weapons": ("Possession of Weapons",),
    "Public Order Offences": ("Violent Disorder",),
    "Fraud and Forgery": ("Fraud and Forgery",),
    "Miscellaneous Crimes Against Society": ("Misc Crimes Against Society",),
    "More Theft": ("Bicycle Theft", "Other Theft"),
    "More Vehicle Offences": ("Aggravated Vehicle Taking", "Interfering with a Motor Vehicle"),
}


def months(first: int, last: int) -> list[str]:
    """From `202304` to `202503`."""
    return [
        f"{year}{month:02}"
        for year in range(first // 100, last // 100 + 1)
        for month in range(1, 13)
        if first <= year * 100 + month <= last
    ]


def met_lines(
    first: int = 202304,
    last: int = 202503,
    *,
    borough: str = "BoroughName",
    count: Callable[[str, str, str], int] = lambda label, area, month: 10,
) -> list[str]:
    """A file of the Met's with every label in every area; `count` says how many by label, area, month."""
    columns = months(first, last)
    lines = [",".join(["MajorText", "MinorText", borough, *columns])]
    for major, minors in (LABELS | REST).items():
        for minor in minors:
            for area in AREAS:
                numbers = [str(count(minor, area, month)) for month in columns]
                lines.append(",".join([major, minor, area, *numbers]))
    return lines


@pytest.fixture
def met(desk: Desk) -> Callable[..., str]:
    """Writes a small file of the Met's below the editor's folder, and gives its name."""

    def write(name: str = "met.csv", lines: list[str] | None = None, end: str = "\n", **how) -> str:
        text = end.join([*(lines if lines is not None else met_lines(**how)), ""])
        desk.write(name, text)
        return name

    return write
