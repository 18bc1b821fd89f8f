"""How and on what a leaflet is printed: the printing condition whose profile every print file names."""

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Condition:
    """A printing condition that the International Color Consortium registers, and its profile.

    `limit`: the most ink, in percent of all four together, for which the profile was made.
    """

    identifier: str
    registry: str
    words: str
    file: str
    limit: int
    profile: bytes = field(repr=False, default=b"")


def fogra39(templates: Path) -> Condition:
    """Offset on coated paper, the usual condition in Europe: the ink limit is the profile's own."""
    name = "FOGRA39L_coated.icc"
    return Condition(
        identifier="FOGRA39",
        registry="http://www.color.org",
        words="Offset printing on coated paper, ISO 12647-2:2004/Amd 1, paper types 1 and 2",
        file=name,
        limit=300,
        profile=(templates / "profiles" / name).read_bytes(),
    )
