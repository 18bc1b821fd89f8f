"""Every locked package → the known weaknesses of its version, asked of the public database OSV.

    .venv/bin/python tools/audit.py

It sends names and versions, and nothing else. Exit codes: 0 none is known; 1 at least one is; 3 the database
cannot be reached, which says nothing about the packages.
"""

import json
import os
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from policing_summary import bill, environment

DATABASE = os.environ.get("OSV_DATABASE", "https://api.osv.dev")
TIMEOUT = 60  # seconds
CLEAN, WEAK, UNKNOWN = 0, 1, 3


def asked(packages: list[bill.Package]) -> bytes:
    """The request about all packages at once."""
    queries = [
        {"version": each.version, "package": {"name": each.name, "ecosystem": "PyPI"}}
        for each in packages
    ]
    return json.dumps({"queries": queries}).encode()


def weaknesses(packages: list[bill.Package]) -> Iterator[str]:
    """A line for every known weakness.

    Raises:
        OSError: the database does not answer.
        ValueError: it answers something else.
    """
    request = urllib.request.Request(  # noqa: S310 - https, or what a test sets
        f"{DATABASE}/v1/querybatch", asked(packages), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:  # noqa: S310
        found = json.load(answer).get("results", [])
    for package, result in zip(packages, found, strict=True):
        for each in result.get("vulns", ()):
            yield f"{package.name} {package.version}: {each['id']}"


def main() -> int:
    packages = list(bill.locked(environment.TEST_LOCK))
    try:
        found = list(weaknesses(packages))
    except (OSError, ValueError) as error:
        sys.stderr.write(f"Nothing is known: the database gave no answer ({error}).\n")
        return UNKNOWN
    sys.stdout.writelines(f"{line}\n" for line in found)
    sys.stdout.write(f"{len(packages)} packages, {len(found)} known weaknesses.\n")
    return WEAK if found else CLEAN


if __name__ == "__main__":
    sys.exit(main())
