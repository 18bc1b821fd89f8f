"""Edit links, each as its program wants it."""

from pathlib import Path

import pytest

from policing_summary.errors import Place
from policing_summary.preview.editing import KNOWN, SETTING, chosen

ROOT = Path("/work/my site")
PLACE = Place("content/2009-10/havering.yaml", 41, 7)
LINKS = {
    "vscode": "vscode://file/work/my%20site/content/2009-10/havering.yaml:41:7",
    "idea": "idea://open?file=/work/my%20site/content/2009-10/havering.yaml&line=41&column=7",
    "sublime": "subl://open?url=file:///work/my%20site/content/2009-10/havering.yaml&line=41&column=7",
    "myeditor://open?{file}#{line}": "myeditor://open?/work/my%20site/content/2009-10/havering.yaml#41",
    "none": None,
}


@pytest.mark.parametrize(("name", "link"), LINKS.items(), ids=LINKS)
def test_a_link_opens_the_file_at_its_line(name, link):
    assert chosen(ROOT, name, {}).link(PLACE) == link


@pytest.mark.parametrize("name", KNOWN)
def test_every_known_editor_is_told_file_and_line(name):
    link = chosen(ROOT, name, {}).link(PLACE)
    assert "havering.yaml" in link
    assert "41" in link
    assert "{" not in link


def test_what_is_typed_goes_before_what_is_set_and_vs_code_is_the_last_resort():
    assert chosen(ROOT, "zed", {SETTING: "sublime"}).template == KNOWN["zed"]
    assert chosen(ROOT, None, {SETTING: "sublime"}).template == KNOWN["sublime"]
    assert chosen(ROOT, None, {}).template == KNOWN["vscode"]


@pytest.mark.parametrize("name", ["notepad", "javascript:alert('{file}')", "DATA:{file}"])
def test_an_unknown_editor_is_refused_and_the_known_ones_are_named(name):
    with pytest.raises(ValueError, match="Known are: vscode, "):
        chosen(ROOT, name, {})
