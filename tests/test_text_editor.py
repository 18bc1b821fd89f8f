"""What the real language server of text editors makes of our schemas: keys, words, and what it underlines."""

import hashlib
import re
from pathlib import Path

import pytest
import test_mistakes
from conftest import SMALL_SITE
from text_editor import TextEditor, install, needs_node

from policing_summary import environment
from policing_summary.desk import keeping, schemas

ROOT = Path(environment.ROOT)
pytestmark = needs_node
KINDS = {
    "2009-10/havering.yaml": "borough",
    "2009-10/edition.yaml": "edition",
    "site.yaml": "site",
}
PLACE = re.compile(r"^(?:error|warning): (.*)\n +╭─ content/(\S+?):(\d+):(\d+)", re.MULTILINE)


@pytest.fixture(scope="module")
def editor(tmp_path_factory):
    """A server that knows the schemas of the small site, for files by how their names begin."""
    install()
    root = tmp_path_factory.mktemp("desk")
    folder = root / "content"
    for name, words in SMALL_SITE.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(words, "utf-8")
    for name, data in schemas.made(folder).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    known = {kind: f"2009-10/{kind}" if kind != "site" else kind for kind in KINDS.values()}
    mapped = {
        (folder / schemas.FOLDER / f"{schema}.json").as_uri(): [f"{kind}-*.yaml"]
        for kind, schema in known.items()
    }
    with TextEditor(root, mapped) as running:
        yield running


def opened(editor, text, kind="borough"):
    """The name under which the server knows a text now, and the place of the `|` in it, the cursor."""
    before, _, after = text.partition("|")
    file = named(kind, text)
    editor.open(file, before + after)
    editor.diagnostics(file)  # by then it has read the schema
    return file, before.count("\n") + 1, len(before) - before.rfind("\n")


def named(kind, text):
    return f"{kind}-{hashlib.sha256(text.encode()).hexdigest()[:12]}.yaml"


OFFERED = {
    "sections at the margin": ("borough", "draft: no\n|\n", {"commander", "contacts", "leave-out"}),
    "keys of a section": ("borough", "mission:\n  |\n", {"body", "subtitle", "outcomes-title"}),
    "keys of an item": ("borough", "contacts:\n  - name: Police\n    |\n", {"phone", "checked-on"}),
    "keys of a person": ("borough", "commander:\n  from:\n    |\n", {"name", "role", "photo"}),
    "measures": (
        "borough",
        "performance:\n  period: a year\n  measures:\n    - measure: |\n",
        {"robbery", "gun-crime", "public-confidence"},
    ),
    "measures that add up": (
        "edition",
        "measures:\n  all:\n    name: All\n    sum-of:\n      - |\n",
        {"robbery", "gun-crime"},
    ),
    "outcomes": (
        "borough",
        "performance:\n  period: a year\n  measures:\n    - measure: robbery\n      outcome: |\n",
        {"achieved", "missed"},
    ),
    "sections to leave out": ("borough", "leave-out:\n  - |\n", {"foreword", "mission"}),
    "sections in their order": ("edition", "order:\n  - |\n", {"foreword", "mission"}),
    "formats": ("edition", "formats:\n  - |\n", {"a5-booklet", "large-print", "none"}),
    "languages": ("site", "languages:\n  - |\n", {"cy", "pl", "ur"}),
    "drawings": (
        "borough",
        "mission:\n  body: One.\n  easy-read:\n    - text: One.\n      picture: |\n",
        {"phone", "house"},
    ),
    "yes and no": ("borough", "draft: |\n", {'"yes"', '"no"'}),
    "how a day is written": ("borough", "published: |\n", {"2010-06-30", "30 June 2010"}),
}


@pytest.mark.parametrize(("kind", "text", "wanted"), OFFERED.values(), ids=OFFERED)
def test_what_can_stand_here_is_offered(editor, kind, text, wanted):
    assert wanted <= set(editor.offered(*opened(editor, text, kind)))


def test_boroughs_are_offered_where_one_is_named(tmp_path):
    install()
    folder = ROOT / "content"
    schema = (folder / schemas.FOLDER / "postcodes.json").as_uri()
    with TextEditor(ROOT, {schema: ["lookup-*.yaml"]}) as running:
        place = opened(running, "districts:\n  RM1:\n    - |\n", "lookup")
        assert {"havering", "barking-and-dagenham"} <= set(running.offered(*place))


HOVERED = {
    "a key": ("borough", "mission:\n  outcomes-|title: Results\n", "The heading of the results"),
    "a section": ("borough", "miss|ion:\n  body: One.\n", "What the police are there to do"),
    "a row": (
        "borough",
        "performance:\n  period: a year\n  measures:\n    - {measure: robbery, coun|ts: published}\n",
        "reckoned from the published change",
    ),
    "a measure": ("edition", "measures:\n  robbery:\n    bett|er: lower\n", "direction is good"),
}


@pytest.mark.parametrize(("kind", "text", "said"), HOVERED.values(), ids=HOVERED)
def test_what_a_key_is_for_is_told(editor, kind, text, said):
    assert said in editor.hover(*opened(editor, text, kind))


# Mistakes


def alone():
    """The mistakes in one file that the small site's schemas are for."""
    for name, case in test_mistakes.BY_NAME.items():
        [(file, text), *more] = case.files.items()
        if not more and file in KINDS:
            told = PLACE.findall(case.told)
            wanted = {(int(line), int(at)): said for said, f, line, at in told if f == file}
            yield name, KINDS[file], text, wanted


ALONE = {name: case for name, *case in alone()}
FROM_OFFICES = ("merge", "bullet", "Bullets", "equals sign", "semicolon", "A tab")
SYNTAX = {
    name
    for name in ALONE
    if name.startswith("yaml: ")
    or (name.startswith("office: ") and any(w in name for w in FROM_OFFICES))
}
"""What is no YAML: the server's own parser stumbles over it, often a little further on."""
ONLY_CHECK = {
    "several figures are held against one another": r"÷|%|percent|offences|add(ed)? up|say something else|other goes down"
    r"|months|counted|target|outcome|has no|has a row|listed under|would say the opposite|groups?\b"
    r"|no figure|something else|worked out|short of|sum itself|does not say|which month|of 0\b",
    "several keys are held against one another": r"two numbers|needs a measure|what this figure counts"
    r"|where the figure for|expire|is earlier|ends at|has no action|twice|part of itself|left out and"
    r"|larger than the largest|does not fit|comes nearer|says nothing|to set large|room for 3",
    "what is in the text of a paragraph": r"fill(ed)? in|brace|address that readers|not complete"
    r"|leads nowhere|link are|inside a text|in a text|a sentence has",
    "what is elsewhere": r"there is no (file|page|folder)|there is a page|in a circle|address of this site",
    "YAML takes it for a number": r"`(?:0300|1e3|0x5A|\.nan|\.inf|\.5|10|0?800)`|more digits",
    "no pattern can tell": r"2010-02-30|31/12/2010|25:00|13pm|shiny|g/m²|10,000|153\.1|is empty$"
    r"|nothing in the section",
    "there is nothing to underline": r"this file is empty",
}


@pytest.fixture(scope="module")
def underlined(editor):
    """Every mistake opened at once: the places that are underlined, and what is said there."""
    for kind, text, _ in ALONE.values():
        editor.open(named(kind, text), text)
    return {name: list(marks(editor, kind, text)) for name, (kind, text, _) in ALONE.items()}


def marks(editor, kind, text):
    """From where to where, and what is said there; neighbours that say the same are one."""
    for each in editor.diagnostics(named(kind, text)):
        ends = (each["range"][end] for end in ("start", "end"))
        first, last = ((at["line"] + 1, at["character"] + 1) for at in ends)
        yield first, last, each["message"]


@pytest.mark.parametrize("name", [name for name in ALONE if name not in SYNTAX])
def test_the_same_places_are_underlined_as_check_names(name, underlined):
    """Or fewer, where only `check` can tell. Beside a misspelt key the server misses the right one
    too; and where nothing follows a key it marks the nothing, and `check` the key.
    """
    _, _, wanted = ALONE[name]
    found, told = underlined[name], wanted.values()
    is_misspelt = any(said.endswith("is not allowed.") for _, _, said in found)
    for first, _, said in found:
        is_missed_too = is_misspelt and said.startswith("Missing property")
        is_empty = any(
            said.endswith("is empty") or "nothing in the section" in said for said in told
        )
        assert is_missed_too or is_empty or first in wanted, said
    if name.startswith("publishing: "):
        return  # what hosts call things has no pattern here
    reasons = re.compile("|".join(ONLY_CHECK.values()))
    for place, said in wanted.items():
        assert reasons.search(said) or any(a <= place <= z for a, z, _ in found), said


@pytest.mark.parametrize("name", sorted(SYNTAX))
def test_what_is_no_yaml_is_underlined_near_its_line(name, underlined):
    _, text, wanted = ALONE[name]
    lines = {first[0] for first, _, _ in underlined[name]}
    if lines and wanted:
        assert min(line for line, _ in wanted) - 1 <= max(lines) <= text.count("\n") + 1


def test_most_mistakes_are_underlined_while_they_are_typed(underlined):
    told = {(name, place) for name, (_, _, wanted) in ALONE.items() for place in wanted}
    seen = {(n, p) for n, p in told if any(a <= p <= z for a, z, _ in underlined[n])}
    assert len(seen) / len(told) > 0.5


@pytest.mark.parametrize("reason", ONLY_CHECK)
def test_a_reason_is_still_needed(reason, underlined):
    missed = [
        said
        for name, (_, _, wanted) in ALONE.items()
        for place, said in wanted.items()
        if not any(a <= place <= z for a, z, _ in underlined[name])
    ]
    assert [said for said in missed if re.search(ONLY_CHECK[reason], said)]


def test_the_repositorys_own_schemas_are_in_step():
    assert [edit.name for edit in keeping.edits(ROOT)] == []
    assert keeping.left_over(ROOT) == []


def test_nothing_is_underlined_in_our_own_content():
    """Each file names its schema itself, as in an editor."""
    install()
    files = [f"content/{each.file}" for each in schemas.named(ROOT / "content")]
    with TextEditor(ROOT, {}) as running:
        for file in files:
            running.open(file, (ROOT / file).read_text("utf-8"))
        told = {file: running.diagnostics(file) for file in files}
    assert {file: found for file, found in told.items() if found} == {}
    assert len(files) >= 40
