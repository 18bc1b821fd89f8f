"""The promises of the house: one direction, no circle, three files for a new section."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from scratch import SOURCES, Project, files_in

from policing_summary import environment, model
from policing_summary.commands import COMMANDS

PACKAGE = Path(environment.ROOT) / "policing_summary"

# The rooms in the order in which data flows through them: each may know only those above it.
ROOMS = [
    "errors",
    "arguments",
    "nodes",
    "diagnosis",
    "source",
    "numerals",
    "quantities",
    "localising",
    "language",
    "mentions",
    "model.forms",
    "model.base",
    "model.fields",
    "model.provenance",
    "model.imports",
    "model.mailing",
    "model.printing",
    "model.brand",
    "model.publishing",
    "model.advised",
    "model.files",
    "model.*",  # the sections, which do not know one another
    "model",
    "texts",
    "validation",
    "formats",
    "declarations",
    "freepages",
    "overlay",
    "abreast",
    "figures",
    "wording",
    "references",
    "explaining",
    "peers",
    "counts",
    "levels",
    "months",
    "arithmetic",
    "content",
    "translating",
    "sheet",
    "prose",
    "pageprose",
    "redirects",
    "archive",
    "dating",
    "periods",
    "promises",
    "headlines",
    "comparing",
    "histories",
    "boards",
    "theme",
    "contrasts",
    "tracing",
    "schema",
    "desk.jargon",
    "desk.shapes",
    "desk.schemas",
    "export",
    "picturefiles",
    "fontfiles",
    "logofiles",
    "identity",
    "checks",
    "todo",
    "gists",
    "importers.years",
    "importers.unpacking",
    "importers.tables",
    "importers.found",
    "importers.series",
    "importers.boroughs",
    "importers.shelf",
    "importers.monthly",
    "importers.remarks",
    "importers.rows",
    "importers.roundtrip",
    "importers.met_crime",
    "importers.street",
    "importers.attitudes",
    "importers.spreadsheet",
    "importers.filing",
    "desk.keeping",
    "desk.places",
    "desk.printed",
    "desk.questions",
    "desk.whereabouts",
    "desk.answers",
    "desk.passages",
    "desk.plainness",
    "desk.upkeep",
    "desk.stale",
    "desk.advice",
    "desk.reports",
    "desk.lists",
    "desk.dates",
    "importers.writing",
    "importers.jobs",
    "importers.arguments",
    "importers.command",
    "starting.texts",
    "starting.scaffold",
    "starting.borough",
    "starting.edition",
    "starting.brand",
    "starting.site",
    "starting.trial",
    "typefaces",
    "mirroring",
    "svg",
    "drawings",
    "finding",
    "charts",
    "bars",
    "columns",
    "strips",
    "trends",
    "overriding",
    "swapping",
    "trees",
    "store",
    "pictures",
    "compiled",
    "lettering",
    "assets",
    "rendering",
    "filling",
    "wellformed",
    "plain",
    "transcript",
    "newsletter",
    "easyread",
    "document",
    "leaflet",
    "measuring",
    "fitting",
    "paging",
    "workshop",
    "runs",
    "metadata",
    "logical",
    "finish",
    "watch",
    "typesetting",
    "readied",
    "copyfit",
    "heads",
    "feeds",
    "hosting",
    "shell",
    "around",
    "sidebyside",
    "opendata",
    "calendars",
    "site",
    "making",
    "fingerprint",
    "inputs",
    "crew",
    "cluster",
    "workers",
    "locking",
    "piles",
    "cards",
    "sharing",
    "searching",
    "manifest",
    "press.measures",
    "press.lettering",
    "press.painting",
    "press.state",
    "press.outlines",
    "press.looking",
    "press.condition",
    "press.slug",
    "press.marks",
    "press.deriving",
    "press.inks",
    "press.photographs",
    "press.overprinting",
    "press.declaring",
    "press.pdfx",
    "press.imposing",
    "press.findings",
    "press.rules",
    "press.preflight",
    "press.coverage",
    "press.ticket",
    "press.pressing",
    "press.ticketing",
    "press.jobs",
    "press.arguments",
    "printing",
    "vault",
    "mailing.postcodes",
    "mailing.faults",
    "mailing.reading",
    "mailing.headings",
    "mailing.drafts",
    "mailing.rules",
    "mailing.zones",
    "mailing.face",
    "mailing.fitting",
    "mailing.recipients",
    "mailing.offer",
    "mailing.gathering",
    "mailing.carriers",
    "mailing.artwork",
    "mailing.covers",
    "mailing.stamping",
    "mailing.arguments",
    "mailing.production",
    "mailing.stocks",
    "mailing.command",
    "rebuilding",
    "remembering",
    "shifts",
    "building",
    "differing",
    "preview.editing",
    "preview.showing",
    "preview.making",
    "preview.watching",
    "preview.turns",
    "preview.paper",
    "preview.laying",
    "preview.leaflets",
    "preview.telling",
    "preview.desk",
    "preview.guarding",
    "preview.handlers",
    "preview.server",
    "forms.entries",
    "forms.saving",
    "forms.files",
    "forms.translations",
    "forms.textpages",
    "forms.answering",
    "forms.handlers",
    "progress",
    "keyboard",
    "bill",
    "publishing.faults",
    "publishing.publication",
    "publishing.plan",
    "publishing.host",
    "publishing.releases",
    "publishing.programs",
    "publishing.folder",
    "publishing.git",
    "publishing.ssh",
    "publishing.s3",
    "publishing.opening",
    "publishing.guard",
    "publishing.differences",
    "publishing.fetching",
    "verifying",
    "publishing.telling",
    "hiring",
    "commands",
    "commands.*",  # which do not know one another
    "cli",
]
APART = {
    "system": set(),  # what a computer lacks: known to whoever sets it up, and knows nobody
    "environment": {"system"},
    "__init__": set(),
    "desk": set(),
    "importers": set(),
    "starting": set(),
    "mailing": set(),
    "press": set(),
    "preview": set(),
    "forms": set(),
    "publishing": set(),
    "__main__": {"cli"},
}
KNOW_THE_COMPUTER = {"environment", "cli", "hiring", "commands.publish", "commands.sbom"}


def names_of(folder: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(folder.rglob("*.py")):
        name = ".".join(path.relative_to(folder).with_suffix("").parts)
        yield name.removesuffix(".__init__"), path


MODULES = dict(names_of(PACKAGE))


def imports(name: str) -> set[str]:
    """The modules of the package that a module imports anywhere, in functions too."""
    found = set()
    for node in ast.walk(ast.parse(MODULES[name].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name} imports relatively"
            whole = [f"{node.module}.{alias.name}" for alias in node.names]
            found |= {each if own(each) in MODULES else str(node.module) for each in whole}
    return {own(each) for each in found if each.split(".")[0] == "policing_summary"}


def own(name: str) -> str:
    return name.removeprefix("policing_summary").lstrip(".") or "__init__"


def room(name: str) -> str:
    shelf = name.partition(".")[0]
    is_on_it = shelf in ("model", "commands") and name not in ROOMS
    return f"{shelf}.*" if is_on_it else name


def test_every_module_has_its_room_and_every_room_its_module():
    rooms = {room(name) for name in MODULES}
    assert rooms == {*ROOMS, *APART}


@pytest.mark.parametrize("name", [name for name in MODULES if name not in APART])
def test_a_module_knows_only_what_comes_before_it(name):
    assert room(name) in ROOMS, "give it a place in the list at the top of this file"
    before = ROOMS[: ROOMS.index(room(name))]
    known = {each for each in imports(name) if each not in APART}
    assert {each for each in known if room(each) not in before} == set()


@pytest.mark.parametrize("name", MODULES)
def test_what_stands_apart_is_known_only_to_those_who_need_it(name):
    apart = imports(name) & set(APART)
    allowed = APART.get(name, set(APART) if name in KNOW_THE_COMPUTER else {"__init__"})
    assert apart - {"__init__"} <= allowed


def test_no_module_is_forgotten_by_the_rest():
    """All but those that are started from outside, and sections, which are found by looking."""
    known = set().union(*(imports(name) for name in MODULES))
    started = {
        "__main__",
        "__init__",
        "desk",
        "importers",
        "starting",
        "mailing",
        "press",
        "preview",
        "forms",
        "publishing",
        "environment",
        "readied",  # by crew, in another process
    }
    found_by_looking = {"model.*", "commands.*"}
    assert {
        name
        for name in MODULES
        if name not in known | started and room(name) not in found_by_looking
    } == set()


def test_every_command_has_its_module_and_every_module_its_command():
    modules = {name.removeprefix("commands.") for name in MODULES if room(name) == "commands.*"}
    assert {command.module for command in COMMANDS if command.module} == modules


# Who may do what

READ_OR_WRITE_PRINT_FILES = {
    *("press.measures", "press.lettering", "press.painting", "press.state", "press.looking"),
    *("press.photographs", "press.overprinting", "press.declaring", "press.pdfx"),
    *("press.imposing", "press.findings", "press.rules", "press.preflight", "press.coverage"),
    *("press.pressing", "press.ticketing"),
}
ONLY = {
    "babel": {"localising"},
    "gettext": {"language", "localising"},
    "weasyprint": {"workshop", "mailing.artwork"},
    "pikepdf": {
        "desk.printed",
        "differing",
        "preview.paper",
        "finish",
        "logical",
        "readied",
        "typesetting",
        "mailing.stamping",
        *READ_OR_WRITE_PRINT_FILES,
    },
    "PIL": {
        *("cards", "desk.upkeep"),
        *("press.deriving", "press.inks", "press.photographs", "press.coverage"),
    },
    "jinja2": {"compiled", "overriding", "rendering"},
    "yaml": {"source", "diagnosis"},
    "ruamel": {"importers.roundtrip", "importers.writing"},
    "openpyxl": {"importers.tables"},
    "markdown_it": {"prose", "pageprose"},
    "rich": {"progress"},
    "css_inline": {"newsletter"},
    "email": {"newsletter"},
    "pagefind_bin": {"searching"},
    "asyncio": {
        "forms.handlers",
        "preview.turns",
        "preview.leaflets",
        "preview.desk",
        "commands.preview",
    },
    "livereload": {"preview.desk", "preview.handlers"},
    "pypdfium2": {"desk.printed", "preview.paper"},
    "tornado": {"forms.handlers", "preview.guarding", "preview.handlers", "preview.server"},
    "watchfiles": {"preview.watching"},
    "segno": {"leaflet"},
    "fontTools": {
        *("fontfiles", "lettering", "pictures", "typefaces"),
        *("leaflet", "mailing.face", "press.slug"),
    },
    "tinycss2": {"logofiles"},
    "ctypes": {"swapping", "system", "workshop"},
    "distributed": {"cluster"},
    "dask": {"cluster"},
    "multiprocessing": {"crew", "preview.laying"},
    "subprocess": {"environment", "searching", "system", "publishing.programs"},
    "boto3": {"publishing.s3"},
}


@pytest.mark.parametrize(("library", "rooms"), ONLY.items(), ids=ONLY)
def test_a_library_is_known_to_one_room(library, rooms):
    assert {name for name in MODULES if library in libraries(name)} == rooms


def libraries(name: str) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(MODULES[name].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(str(node.module).split(".")[0])
    return found


CALLS = {
    "print": {"cli", "environment", "progress"},
    "write_text": {"cli"},  # the trace of a fault
    "write_bytes": {
        "store",
        "importers.filing",
        "importers.command",
        "starting.trial",  # these two into a trial folder
        "publishing.ssh",
    },
    "unlink": {
        *("store", "trees", "importers.filing"),
        *("publishing.folder", "publishing.git", "publishing.ssh"),
    },
    "rmtree": {"trees", "vault", "environment", "publishing.folder", "publishing.ssh"},
    "time": {"locking"},  # since when somebody builds; what is made never depends on the clock
    "now": set(),
    "today": {
        "commands.check",
        "commands.list",
        "desk.dates",
    },  # contacts grow old; what is made does not depend on it
}


@pytest.mark.parametrize(("call", "rooms"), CALLS.items(), ids=CALLS)
def test_only_some_rooms_print_write_or_look_at_the_clock(call, rooms):
    assert {name for name in MODULES if call in calls(name)} == rooms


def calls(name: str) -> set[str]:
    tree = ast.parse(MODULES[name].read_text(encoding="utf-8"))
    called = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    names = {each.id for each in called if isinstance(each, ast.Name)}
    return names | {each.attr for each in called if isinstance(each, ast.Attribute)}


# Sections


def test_every_section_has_its_template_and_every_template_its_section():
    templates = Path(environment.ROOT) / "templates" / "sections"
    assert {path.stem for path in templates.iterdir()} == set(model.sections())


def test_every_section_has_its_row_in_the_docs_for_editors():
    docs = (Path(environment.ROOT) / "docs" / "editors.md").read_text(encoding="utf-8")
    part = docs.partition("\n## The sections\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| `([a-z-]+)` \|", part, re.MULTILINE)
    assert rows == list(model.sections())


def test_every_section_has_a_place_of_its_own():
    places = [kind.position for kind in model.sections().values()]
    assert len(set(places)) == len(places)


def test_no_part_of_the_site_is_called_like_a_section():
    """A section's name is its class, so a rule for the other would be one for it too."""
    shells = Path(environment.ROOT) / "templates" / "site"
    classes = {
        name
        for path in shells.glob("*.html")
        for found in re.findall(r'class="([^"{]*)', path.read_text(encoding="utf-8"))
        for name in found.split()
    }
    assert classes & set(model.sections()) == set()


NEW_MODEL = '''\
"""Lost and found: what was handed in."""

from typing import ClassVar

from policing_summary.model.base import Prose, Section, Text


class LostProperty(Section):
    name: ClassVar[str] = "lost-property"
    position: ClassVar[int] = 75
    heading: ClassVar[str] = "Lost and found"

    umbrellas: Text
    body: Prose
'''
NEW_TEMPLATE = """\
{% import "macros.html" as m %}
{{ m.open(section, own, place) }}
{{ m.heading(section, place) }}
<p class="standfirst">{{ section.umbrellas }}</p>
{{ page.prose(section.body) }}
{{ m.end(section.name, medium) }}
</section>
"""
NEW_CONTENT = """
lost-property:
  umbrellas: A black one & a red one
  body: |
    Gun crime changed by **{{ gun-crime.change }}**.
"""
COMPOSE = """\
from pathlib import Path
from policing_summary import checks, content, environment, leaflet, site, tracing, transcript
from policing_summary.formats import DEFAULT
from policing_summary.document import Leaflet
root = Path(environment.ROOT)
read = content.load(root / "content")
sheets, _ = checks.run(read)
(sheet,) = (sheet for sheet in sheets if sheet.path == "2009-10/havering")
made = [site.Printed(each, ((DEFAULT, Leaflet(b"", 8)),), tracing.trace(each)) for each in sheets]
page = site.pages(read, made)["2009-10/havering/index.html"]
text = transcript.write(sheet, "https://example.org/").decode()
print(page.decode(), leaflet.compose(sheet, DEFAULT).html, text, sep="\\f")
"""


def written_by_hand(project: Project) -> dict[str, bytes]:
    """The files of a project without what was compiled."""
    made = (".pyc", ".cache/")
    files = files_in(project.root).items()
    return {path: data for path, data in files if not any(mark in path for mark in made)}


def test_adding_a_section_takes_three_files(pristine, tmp_path):
    project = pristine.copy(tmp_path / "project", SOURCES)
    before = written_by_hand(project)
    project.write("policing_summary/model/lost_property.py", NEW_MODEL)
    project.write("templates/sections/lost-property.html", NEW_TEMPLATE)
    havering = before["content/2009-10/havering.yaml"].decode()
    project.write("content/2009-10/havering.yaml", havering + NEW_CONTENT)
    composed = project.start([sys.executable, "-P", "-c", COMPOSE])
    assert composed.stderr == ""
    page, leaflet, text = composed.stdout.split("\f")
    for html in (page, leaflet):
        part = html.partition('<section id="lost-property"')[2].partition("</section>")[0]
        assert '<h2 id="lost-property-title">Lost and found</h2>' in part
        assert "A black one &amp; a red one" in part
        assert "Gun crime changed by <strong>+3</strong>." in part
        assert html.index('id="initiatives"') < html.index('id="lost-property"')
        assert html.index('id="lost-property"') < html.index('id="priorities"')
    assert (
        "---\n\n8. Lost and found\nHavering\n\nA black one & a red one\n\nGun crime changed by +3.\n\n---"
        in text
    )
    assert '<li><a href="#lost-property">Lost and found</a></li>' in page
    after = written_by_hand(project)
    assert sorted(path for path in after if after[path] != before.get(path)) == [
        "content/2009-10/havering.yaml",
        "policing_summary/model/lost_property.py",
        "templates/sections/lost-property.html",
    ]


def test_a_mistake_in_a_new_section_is_told_like_any_other(pristine, tmp_path):
    project = pristine.copy(tmp_path / "project", SOURCES)
    project.write("policing_summary/model/lost_property.py", NEW_MODEL)
    project.write("templates/sections/lost-property.html", NEW_TEMPLATE)
    path = "content/2009-10/havering.yaml"
    havering = (project.root / path).read_text("utf-8")
    project.write(path, havering + NEW_CONTENT.replace("umbrellas", "umbrella"))
    done = project.run("check")
    assert done.returncode == 1
    assert "unknown key `umbrella`" in done.stderr
    assert "did you mean `umbrellas`?" in done.stderr
