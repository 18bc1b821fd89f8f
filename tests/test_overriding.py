"""A site's own templates: they stand over ours, may do no harm, and are told of like content."""

import pytest
from scratch import SOURCES

from policing_summary import checks, content, leaflet, overriding, rendering, site, tracing
from policing_summary.errors import ContentError
from policing_summary.formats import FORMATS

GOOD = """\
{% import "macros.html" as m %}
{{ m.open(section, own, place) }}
{{ m.heading(section, place) }}
<p class="standfirst">Our own words for {{ borough.entry.name }}: {{ section.title }}</p>
{{ m.end(section.name, medium) }}
</section>
"""
FILE = "content/templates/sections/initiatives.html"


@pytest.fixture
def project(pristine, tmp_path):
    made = pristine.copy(tmp_path / "project", SOURCES[:1])
    made.keep_edition("2009-10")
    return made


def sheets(project):
    return checks.run(content.load(project.root / "content"))[0]


def page(project):
    read = content.load(project.root / "content")
    made = [site.Printed(sheet, (), tracing.trace(sheet)) for sheet in sheets(project)]
    return site.pages(read, made)["2009-10/havering/index.html"].decode()


def test_a_sites_own_template_stands_over_ours_on_page_and_leaflet(project):
    project.write(FILE, GOOD)
    words = "Our own words for Havering: Something new"
    assert words in page(project)
    (havering,) = (sheet for sheet in sheets(project) if sheet.path == "2009-10/havering")
    assert words in leaflet.compose(havering, FORMATS["accessible"]).html


def test_without_one_nothing_is_different(project):
    assert overriding.folder_of(content.load(project.root / "content")) is None


WRONG = {
    "a bracket that is not closed": (GOOD.replace("{{ section.title }}", "{{ section.title"), 4),
    "a name that is not there": (GOOD.replace("section.title", "section.titel"), 4),
    "a reach into the program": (GOOD.replace("section.title", "section.__class__.__mro__"), 4),
    "a change of what it is given": (
        GOOD.replace("section.title", "borough.parts.__setattr__('a', 1)"),
        4,
    ),
    "a file that is read": (
        GOOD.replace("section.title", "page.sheet.edition.folder.joinpath('x').read_text()"),
        4,
    ),
    "a model that reads a file": (GOOD.replace("section.title", "section.parse_file('x')"), 4),
    "a tag that there is not": (
        GOOD.replace("{{ m.heading(section, place) }}", "{% include_all %}"),
        3,
    ),
    "a template that is not there": (GOOD.replace("macros.html", "../../etc/passwd"), 1),
}


@pytest.mark.parametrize(("text", "line"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_in_it_is_told_at_its_line(project, text, line):
    project.write(FILE, text)
    with pytest.raises(ContentError) as caught:
        page(project)
    (problem,) = caught.value.problems
    assert problem.place.file == FILE
    assert problem.place.line == line
    assert problem.place.quote == text.split("\n")[line - 1]
    assert "delete it to use that one" in problem.way_out


def test_one_that_stands_for_none_of_ours_is_told(project):
    project.write("content/templates/sections/initiative.html", GOOD)
    with pytest.raises(ContentError) as caught:
        page(project)
    (problem,) = caught.value.problems
    assert "stands for none of ours" in problem.what
    assert problem.way_out == "did you mean `sections/initiatives.html`?"


def test_what_cannot_be_read_is_told_before_anything_is_made(project):
    project.write(FILE, "{% if %}")
    own = overriding.folder_of(content.load(project.root / "content"))
    (problem,) = overriding.mistakes(own, rendering.TEMPLATES)
    assert (problem.place.file, problem.place.line) == (FILE, 1)


def test_a_link_to_a_file_outside_is_not_followed(project, tmp_path):
    (tmp_path / "secret.html").write_text("secret")
    path = project.root / FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(tmp_path / "secret.html")
    own = overriding.folder_of(content.load(project.root / "content"))
    (problem,) = overriding.mistakes(own, rendering.TEMPLATES)
    assert problem.what == "this is a link to a file outside content/, and is not followed"
