# ruff: noqa: INP001 - a script, not a package
"""A made-up site of any size, always the same: content/ for this program, and its words for others.

    .venv/bin/python benchmarks/sites.py /tmp/site --boroughs 1000
    .venv/bin/python benchmarks/sites.py /tmp/site --boroughs 33 --formats a5-booklet

Each borough has a file of its own of some 1,200 words, with a table of twelve measures, a chart of it, and
figures that its texts refer to. One in eight shared sections comes from the edition. Nothing is random:
the same number gives the same bytes.
"""

import argparse
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

EDITION = "2024-25"
NONE = "none"
FIRST = (
    *("Ash", "Beck", "Cold", "Dun", "East", "Fair", "Green", "Hart", "Iver", "King", "Lang"),
    *("Mill", "North", "Oak", "Pen", "Rad", "Stan", "Thorn", "Wal", "West"),
)
SECOND = (
    *(
        "borough",
        "bourne",
        "bridge",
        "brook",
        "bury",
        "by",
        "combe",
        "dale",
        "den",
        "field",
        "ford",
    ),
    *("ham", "hurst", "ley", "mere", "minster", "ness", "stead", "ton", "well", "wick", "worth"),
)
BEFORE = ("", "Great ", "Little ", "Upper ", "Nether ")
THIRD = ("", " Green", " Heath", " Park", " Vale", " Marsh", " Cross", " Hill", " St Mary")
MEASURES = (
    ("burglary", "Burglary"),
    ("robbery", "Robbery"),
    ("theft-from-vehicles", "Theft from vehicles"),
    ("theft-of-vehicles", "Theft of vehicles"),
    ("theft-from-person", "Theft from the person"),
    ("shoplifting", "Shoplifting"),
    ("violence-with-injury", "Violence with injury"),
    ("violence-without-injury", "Violence without injury"),
    ("criminal-damage", "Criminal damage"),
    ("public-order", "Public order offences"),
    ("drug-offences", "Drug offences"),
    ("possession-of-weapons", "Possession of weapons"),
)
WHO = (
    *(
        "Our neighbourhood officers",
        "The town centre team",
        "Detectives",
        "Community support officers",
    ),
    *("The response teams", "Special constables", "Licensing officers", "The schools team"),
)
DID = (
    *("worked with", "listened to", "walked the streets with", "planned the winter with"),
    *("shared what they knew with", "met every month with", "set up a watch together with"),
)
WHOM = (
    *("shopkeepers in the high street", "residents of the estates by the river", "young people"),
    *("the council’s wardens", "people who wait for late buses", "the housing associations"),
    *("head teachers and parents", "the managers of pubs and clubs", "victims and their families"),
)
SO_THAT = (
    "so that fewer people are afraid to walk home after dark",
    "so that stolen goods find no buyer here",
    "because those who live in a street know best what is wrong with it",
    "and told them afterwards what had come of it",
    "so that the same few doors are not broken again and again",
    "and made sure that a name and a number stand behind every promise",
    "which is slow work, and work that lasts",
)
ALSO = (
    "Much remains to be done, and we say so openly.",
    "A patrol can be seen more often where it was asked for.",
    "What we learnt in one ward we have carried to the next.",
    "Lights were mended, hedges were cut and empty shops were put to use.",
    "Those who were hurt were called back within the week.",
    "A crime that is not reported cannot be solved, so please tell us.",
    "Our thanks go to everybody who gave an evening to come and speak to us.",
)
PROJECTS = (
    "Safer streets",
    "Doors and windows",
    "Night bus watch",
    "Fair trade",
    "Second chance",
    "Open doors",
)
EDITION_TEXT = """\
title: Local Policing Summary 2024/25
label: 2024/25
period: April 2024 to March 2025
changed: 2025-06-02
source: Made up for measuring
formats: {formats}

measures:
{measures}

strategy:
  title: What we mean to do
  period: 2025 to 2028
  body: |
    Three aims are the same in every place. Crimes that hurt people most come first. Neighbourhoods
    know their officers by name. And those who were harmed hear from us until the end.
  strands:
    - title: In every neighbourhood
      commitments: [Officers who stay, Meetings that anybody can come to, Answers to every question]
    - title: For those who were harmed
      commitments: [One person to ask, A call within the week]

contacts:
  title: Whom to call
  list:
    - {{name: The police if nobody is in danger, phone: "101"}}
    - {{name: Crimestoppers, purpose: Say what you know, phone: 0800 555 111}}

imprint:
  publisher: A made-up authority
  notes: [All of this was made up to measure how fast a site is built.]
"""


@dataclass(frozen=True)
class Made:
    """One borough in words and numbers, for whatever is to be fed with it."""

    slug: str
    name: str
    summary: str
    message: tuple[str, ...]
    projects: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, int, int], ...]
    """Measure, offences in the year before, offences in this year."""


def borough(number: int) -> Made:
    """The `number`-th of all boroughs, of at most 19,800: the same whatever the size of the site.

    Names have no numbers in them: each would be taken for a figure that nothing stands behind.
    """
    chance = random.Random(number)  # noqa: S311 - words, not secrets
    turn, rest = divmod(number, len(FIRST) * len(SECOND))
    place = FIRST[rest % len(FIRST)] + SECOND[rest // len(FIRST)]
    name = BEFORE[turn // len(THIRD)] + place + THIRD[turn % len(THIRD)]
    rows = tuple(
        (measure, n := chance.randint(60, 9000), round(n * chance.uniform(0.7, 1.4)))
        for measure, _ in MEASURES
    )
    message = tuple(_paragraph(chance, 3) for _ in range(5))
    projects = tuple((title, _paragraph(chance, 3)) for title in PROJECTS)
    summary = f"What the police did in {name} from April 2024 to March 2025, and what comes next."
    return Made(name.lower().replace(" ", "-"), name, summary, message, projects, rows)


def boroughs(count: int) -> Iterator[Made]:
    return (borough(number) for number in range(count))


def write(folder: Path, count: int, formats: str = NONE) -> None:
    """content/ of a site with so many boroughs, in one edition with these leaflets."""
    content = folder / "content"
    (content / EDITION).mkdir(parents=True)
    (content / "site.yaml").write_text(_site(count), "utf-8")
    measures = "\n".join(f"  {key}: {{name: {name}}}" for key, name in MEASURES)
    edition = EDITION_TEXT.format(formats=formats, measures=measures)
    (content / EDITION / "edition.yaml").write_text(edition, "utf-8")
    for made in boroughs(count):
        (content / EDITION / f"{made.slug}.yaml").write_text(as_yaml(made), "utf-8")


def as_yaml(made: Made) -> str:
    """The borough's file as an editor would type it."""
    rows = "\n".join(
        f"    - {{measure: {measure}, before: {before}, now: {now}}}"
        for measure, before, now in made.rows
    )
    projects = "\n".join(
        f"    - title: {title}\n      started: 2024-06\n      body: |\n        {text}"
        for title, text in made.projects
    )
    message = "\n\n".join(f"    {text}" for text in made.message)
    return f"""\
summary: {made.summary}

commander:
  from: {{name: Sam Example, role: Borough Commander, organisation: {made.name}}}
  quote: It was a year of steady work, and there is more to do.
  body: |
    Burglary changed by {{{{ burglary.change }}}} and robbery by {{{{ robbery.change }}}}.

{message}

initiatives:
  title: What we began
  items:
{projects}

performance:
  title: How {made.name} did
  period: April 2024 to March 2025
  measures:
{rows}

priorities:
  title: What comes next
  period: 2025/26
  items:
    - {{measure: burglary, target: -3.0%}}
    - {{measure: robbery, target: -2.5%}}
    - text: Answer every call within the time that we promise
"""


def _site(count: int) -> str:
    wide = max(1, round(count**0.5))
    listed = "\n".join(
        f"  {made.slug}: {{name: {made.name}, code: E{number + 1:08}, "
        f"tile: {{column: {number % wide}, row: {number // wide}}}}}"
        for number, made in enumerate(boroughs(count))
    )
    return f"""\
title: Local Policing Summary
strapline: What your police did this year
description: A made-up site to measure with.
address: https://summary.example.org/
area: Everywhere
publisher: {{name: A made-up authority, web: www.example.org}}
boroughs:
{listed}
"""


def _paragraph(chance: random.Random, sentences: int) -> str:
    told = []
    for _ in range(sentences):
        who, did, whom = chance.choice(WHO), chance.choice(DID), chance.choice(WHOM)
        told += [f"{who} {did} {whom}, {chance.choice(SO_THAT)}.", chance.choice(ALSO)]
    return " ".join(told)


def main() -> None:
    parser = argparse.ArgumentParser(description="Write content/ of a made-up site.")
    parser.add_argument("folder", type=Path, help="an empty or new folder")
    parser.add_argument("--boroughs", type=int, default=33)
    parser.add_argument(
        "--formats", default=NONE, help="for example a5-booklet or [a5-booklet, a4-folded]"
    )
    asked = parser.parse_args()
    write(asked.folder, asked.boroughs, asked.formats)


if __name__ == "__main__":
    main()
