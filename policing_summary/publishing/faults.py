"""What publishing says when it cannot go on, with every secret taken out of it."""

import os
import re
from collections.abc import Mapping
from pathlib import Path

from policing_summary.errors import BuildError

IN_ADDRESS = re.compile(r"(?<=://)[^/@\s]+@")
IN_WORDS = re.compile(
    r"\b(authorization|x-amz-[a-z-]*|password|passwd|secret\w*|token|signature|api[_-]?key)(\s*[:=]\s*)"
    r"(basic |bearer )?[^\s,;&]+",
    re.IGNORECASE,
)
SECRET_NAME = re.compile(
    r"SECRET|TOKEN|PASSWORD|PASSWD|PASSPHRASE|CREDENTIAL|KEY|AUTH", re.IGNORECASE
)
SHORTEST = 6  # letters: what is shorter is no secret, and would be found everywhere
HIDDEN = "…"


class RefusedError(BuildError):
    """Nothing was published, because something stands in the way that the editor can settle."""


class PublishError(Exception):
    """Publishing was cut short by the host or the way to it."""


class ProgramError(PublishError):
    """A program ended badly. `printed`: all that it said, as it stands, for whoever knows its words."""

    def __init__(self, told: str, printed: str) -> None:
        super().__init__(told)
        self.printed = printed


def without_secrets(text: str, environment: Mapping[str, str] = os.environ) -> str:
    """The text without anything that the environment keeps under a secret's name, and without passwords."""
    values = {
        value
        for name, value in environment.items()
        if SECRET_NAME.search(name) and len(value) >= SHORTEST and not Path(value).exists()
    }
    for value in sorted(values, key=len, reverse=True):
        text = text.replace(value, HIDDEN)
    return IN_WORDS.sub(rf"\1\2{HIDDEN}", IN_ADDRESS.sub(f"{HIDDEN}@", text))
