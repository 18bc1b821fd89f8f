"""The locks and licences.toml → a bill of materials (CycloneDX 1.6), which says all that the program is made of.

The same locks give the same bytes: it has no date, and its number is made of what it lists.
"""

import json
import re
import tomllib
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from policing_summary.manifest import checksum

ROOT = Path(__file__).parents[1]
PIN = re.compile(
    r"^(?P<name>[a-z0-9-]+)==(?P<version>[^\s;]+)(?: ; (?P<marker>[^\\\n]+?))? \\\n"
    r"(?P<hashes>(?: {4}--hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)",
    re.MULTILINE,
)
SHIPPED = (  # files that come with the program: folder, pattern, licence
    ("templates/fonts", "*.woff2", {"license": {"id": "OFL-1.1"}}),
    ("templates/fonts/web", "*.woff2", {"license": {"id": "OFL-1.1"}}),
    (
        "templates/profiles",
        "*.icc",
        {"license": {"name": "Free of known copyright restrictions"}},
    ),
)


@dataclass(frozen=True)
class Package:
    """A locked package; `marker` says on which systems it is installed, if not on all."""

    name: str
    version: str
    marker: str
    hashes: tuple[str, ...]

    @property
    def reference(self) -> str:
        return f"pkg:pypi/{self.name}@{self.version}"


def locked(lock: str) -> tuple[Package, ...]:
    """Every package of a lock, in its order."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    return tuple(
        Package(
            pin["name"],
            pin["version"],
            pin["marker"] or "",
            tuple(re.findall("[0-9a-f]{64}", pin["hashes"])),
        )
        for pin in PIN.finditer(text)
    )


def write(locks: Iterable[str]) -> bytes:
    """The bill of the program with the packages of these locks, as JSON."""
    known = tomllib.loads(Path(__file__).with_name("licences.toml").read_text(encoding="utf-8"))
    packages = {each.name: each for lock in locks for each in locked(lock)}
    components = [
        *(_package(each, known["packages"][each.name]) for _, each in sorted(packages.items())),
        *_files(),
    ]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    listed = json.dumps(components, sort_keys=True)
    bill = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, listed)}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": project["name"],
                "name": project["name"],
                "version": project["version"],
                "description": project["description"],
                "licenses": [{"license": {"id": "MIT"}}],
            }
        },
        "components": components,
        "dependencies": [
            {"ref": project["name"], "dependsOn": [each["bom-ref"] for each in components]}
        ],
    }
    return (json.dumps(bill, indent=2, ensure_ascii=False) + "\n").encode()


def _package(package: Package, licence: str) -> dict[str, Any]:
    """The hashes of a package are those of its files for all systems, each of which may be installed."""
    properties = [{"name": f"pip:hash:{number}", "value": f"sha256:{each}"} for number, each in enumerate(package.hashes, 1)]  # fmt: skip
    if package.marker:
        properties.insert(0, {"name": "pip:marker", "value": package.marker})
    return {
        "type": "library",
        "bom-ref": package.reference,
        "name": package.name,
        "version": package.version,
        "scope": "optional" if package.marker else "required",
        "licenses": [{"expression": licence}],
        "purl": package.reference,
        "properties": properties,
    }


def _files() -> Iterable[dict[str, Any]]:
    for folder, pattern, licence in SHIPPED:
        for path in sorted((ROOT / folder).glob(pattern)):
            yield {
                "type": "file",
                "bom-ref": f"{folder}/{path.name}",
                "name": f"{folder}/{path.name}",
                "hashes": [{"alg": "SHA-256", "content": checksum(path.read_bytes())}],
                "licenses": [licence],
            }
