"""Problems → the forms in which other programs want to hear of them.

Text is for people; `lines` for text editors, one line each; `json` for scripts; `github` for the notes beside
a change there; `gitlab` its report on code quality; `sarif` the standard of OASIS (SARIF 2.1.0).
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from policing_summary.desk.advice import kinds
from policing_summary.errors import Problem

Json: TypeAlias = dict[str, Any]
SARIF = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
PLAIN = {"error": "Nothing is built while this is wrong", "warning": "This may be wrong"}
LEVELS = {"error": "error", "warning": "warning", "advice": "note"}
ANNOTATIONS = {"error": "error", "warning": "warning", "advice": "notice"}
GRAVITY = {"error": "major", "warning": "minor", "advice": "info"}


def as_lines(problems: Sequence[Problem]) -> str:
    return "\n".join(f"{p.place}: {p.severity}: {_sentence(p)}" for p in problems)


def as_json(problems: Sequence[Problem]) -> str:
    return _dumped([_described(problem) for problem in problems])


def as_github(problems: Sequence[Problem]) -> str:
    """Workflow commands: https://docs.github.com/actions/reference/workflow-commands-for-github-actions"""
    return "\n".join(map(_annotation, problems))


def as_gitlab(problems: Sequence[Problem]) -> str:
    """Code Climate's issues, as far as GitLab reads them: https://docs.gitlab.com/ci/testing/code_quality/"""
    found = [
        {
            "description": _sentence(problem),
            "check_name": _rule(problem),
            "fingerprint": _fingerprint(problem),
            "severity": GRAVITY[problem.severity],
            "location": {"path": problem.place.file, "lines": {"begin": problem.place.line}},
        }
        for problem in problems
    ]
    return _dumped(found)


def as_sarif(problems: Sequence[Problem]) -> str:
    rules = PLAIN | {kind.name: kind.why for kind in kinds()}
    driver = {
        "name": "Local Policing Summary",
        "rules": [{"id": name, "shortDescription": {"text": why}} for name, why in rules.items()],
    }
    order = list(rules)
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(problem, order) for problem in problems],
    }
    return _dumped({"$schema": SARIF, "version": "2.1.0", "runs": [run]})


FORMATS: Mapping[str, Callable[[Sequence[Problem]], str]] = {
    "lines": as_lines,
    "json": as_json,
    "github": as_github,
    "gitlab": as_gitlab,
    "sarif": as_sarif,
}


def usual(environment: Mapping[str, str]) -> str:
    """The form that is wanted where a command runs, unless somebody asks for another."""
    return "github" if environment.get("GITHUB_ACTIONS") == "true" else "text"


def _described(problem: Problem) -> Json:
    place = problem.place
    return {
        "severity": problem.severity,
        "name": problem.name,
        "what": problem.what,
        "way_out": problem.way_out or "",
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "end_column": place.column + place.width,
        "quote": place.quote,
    }


def _result(problem: Problem, rules: list[str]) -> Json:
    place, rule = problem.place, _rule(problem)
    region: Json = {
        "startLine": place.line,
        "startColumn": place.column,
        "endColumn": place.column + place.width,
    }
    if place.quote:
        region["snippet"] = {"text": place.quote}
    where = {"artifactLocation": {"uri": place.file}, "region": region}
    return {
        "ruleId": rule,
        "ruleIndex": rules.index(rule),
        "level": LEVELS[problem.severity],
        "message": {"text": _sentence(problem)},
        "locations": [{"physicalLocation": where}],
        "partialFingerprints": {"placeAndWords/v1": _fingerprint(problem)},
    }


def _annotation(problem: Problem) -> str:
    place = problem.place
    values = {
        "file": place.file,
        "line": place.line,
        "col": place.column,
        "endColumn": place.column + place.width,
        "title": problem.what,
    }
    told = ",".join(f"{key}={_escaped(str(value), ':,')}" for key, value in values.items())
    return f"::{ANNOTATIONS[problem.severity]} {told}::{_escaped(problem.way_out or problem.what)}"


def _escaped(text: str, more: str = "") -> str:
    for letter in f"%\r\n{more}":
        text = text.replace(letter, f"%{ord(letter):02X}")
    return text


def _sentence(problem: Problem) -> str:
    return f"{problem.what}; {problem.way_out}" if problem.way_out else problem.what


def _rule(problem: Problem) -> str:
    return problem.name or problem.severity


def _fingerprint(problem: Problem) -> str:
    """The same while the line and what is said of it are, wherever the line has gone."""
    words = (problem.place.file, problem.place.quote.strip(), problem.what)
    return hashlib.sha256("\0".join(words).encode()).hexdigest()[:32]


def _dumped(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False)


def is_within(problem: Problem, path: str) -> bool:
    """Whether it is of this file or folder, told from the folder of the project; `.` is all of it."""
    file = problem.place.file
    return path in {".", file} or file.startswith(f"{path}/")
