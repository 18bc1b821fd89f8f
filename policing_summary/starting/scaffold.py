"""Sections that boroughs usually write, as they stand behind a `#` in a new file.

Each is right as it is when the `# ` is taken away, so that an editor changes words and not forms.
"""

from collections.abc import Iterable, Mapping

from policing_summary.importers.roundtrip import dumped

SECTIONS: Mapping[str, tuple[str, str]] = {
    "commander": (
        "write the commander’s message, some two hundred words. Begin with what changed for people here.",
        """\
commander:
  from:
    name: Name of the commander
    role: Commander
    organisation: {place}
  body: |
    The commander’s own words.
""",
    ),
    "initiatives": (
        "say what was begun this year, in two or three sentences each.",
        """\
initiatives:
  items:
    - title: What it is called
      body: |
        What it is, why it was begun, who takes part and what has come of it.
""",
    ),
    "performance": (
        (
            "fill in the figures: the year before, this year, and the target if there was one. "
            "`python3 build.py import --help` says how published files do it for you."
        ),
        """\
performance:
  period: {period}
  measures:
{rows}
""",
    ),
    "confidence": (
        "fill in what people said, as the survey gives it.",
        """\
confidence:
  quarter: {quarter}
  comparator: {area}
  measures:
{answers}
""",
    ),
    "priorities": (
        "say what you aim for next year. Each aim has a measure and its target, or is a sentence.",
        """\
priorities:
  period: next year
  items:
    - text: What you want to reach
""",
    ),
    "contacts": (
        "name whom to call here, besides those that everybody has.",
        """\
contacts:
  keep-shared: yes
  list:
    - name: Police station
      phone: 101
""",
    ),
}
OTHERWISE = (
    "write this part if there is something to say; docs/editors.md shows what belongs in it."
)


def lines(section: str, names: Mapping[str, str]) -> tuple[str, list[str]]:
    """What is to be done about a section, and the lines of it."""
    if section not in SECTIONS:
        return OTHERWISE, [f"{section}:"]
    task, text = SECTIONS[section]
    return task, text.format_map(names).rstrip("\n").split("\n")


def rows(measures: Iterable[str]) -> str:
    """A row for each measure, with figures to be typed over."""
    return "\n".join(f"    - {{measure: {each}, before: 100, now: 100}}" for each in measures)


def answers(measures: Iterable[str]) -> str:
    return "\n".join(f"    - {{measure: {each}, before: 50%, now: 50%}}" for each in measures)


def folded(key: str, text: str) -> list[str]:
    """A sentence under its key, as it can be typed on."""
    return [f"{key}: >", f"  {text}"]


def said(value: object) -> str:
    """A value on one line, in quotes where YAML needs them."""
    return dumped({"key": value})[0].removeprefix("key: ")
