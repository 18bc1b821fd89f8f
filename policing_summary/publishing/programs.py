"""Git, rsync and ssh: started without a shell and without questions, and quoted without secrets."""

import os
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from policing_summary.publishing.faults import ProgramError, PublishError, without_secrets

MOST_QUOTED = 8  # lines
OF_A_HOOK = {  # what git tells its hooks, and would take for the repository to work in
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_DIR",
    "GIT_INDEX_FILE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_PREFIX",
    "GIT_WORK_TREE",
}


def run(
    command: Sequence[str],
    *,
    at: Path,
    data: bytes = b"",
    variables: Mapping[str, str] | None = None,
    good: Iterable[int] = (0,),
) -> tuple[int, bytes]:
    """The exit code of a program, which is one of `good`, and what it printed.

    Raises:
        PublishError: it is not installed, or it failed.
    """
    inherited = {name: value for name, value in os.environ.items() if name not in OF_A_HOOK}
    try:
        done = subprocess.run(
            command,
            cwd=at,
            env={**inherited, "LC_ALL": "C.UTF-8", **(variables or {})},
            input=data,
            capture_output=True,
            check=False,
        )
    except FileNotFoundError as error:
        raise PublishError(
            f"The program {command[0]} is not on this computer. Install it first."
        ) from error
    if done.returncode not in set(good):
        printed = done.stderr or done.stdout
        told = failed(command[0], done.returncode, printed)
        raise ProgramError(told, printed.decode(errors="replace"))
    return done.returncode, done.stdout


def failed(program: str, code: int, printed: bytes) -> str:
    words = without_secrets(printed.decode(errors="replace")).strip().splitlines()[-MOST_QUOTED:]
    quoted = "".join(f"\n    {line[:200]}" for line in words)
    return f"{program} ended with {code}. Its last words:{quoted}"
