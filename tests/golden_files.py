"""Golden files: what was looked at once and found right. `--update-goldens` writes them anew.

    python3 build.py test --update-goldens

Read the difference before you commit it.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent / "golden"
NOTED = "golden file"


def pytest_addoption(parser):
    parser.addoption(
        "--update-goldens", action="store_true", help="write the golden files anew and say which"
    )


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compares a text with the golden file of that name, or writes the file anew."""

    def compare(name: str, text: str) -> None:
        path = FOLDER / name
        before = path.read_text(encoding="utf-8") if path.is_file() else None
        if request.config.getoption("update_goldens") and text != before:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
            request.node.user_properties.append((NOTED, name))
            return
        assert before is not None, f"there is no {path}: run the tests with --update-goldens"
        assert text.splitlines() == before.splitlines()

    return compare


def pytest_terminal_summary(terminalreporter):
    if not terminalreporter.config.getoption("update_goldens"):
        return
    reports = [report for each in terminalreporter.stats.values() for report in each]
    noted = [note for each in reports for note in getattr(each, "user_properties", ())]
    written = sorted({value for key, value in noted if key == NOTED})
    terminalreporter.section("golden files")
    for name in written:
        terminalreporter.line(f"written anew: tests/golden/{name}")
    if not written:
        terminalreporter.line("All of them are as they were.")
