"""Templates: a name that does not exist is an error, and what editors type is text, never HTML."""

import jinja2
import pytest

from policing_summary import leaflet, rendering, site, tracing
from policing_summary.document import Leaflet
from policing_summary.formats import DEFAULT, FORMATS

TYPED = '<b onclick=x>&"quoted"</b>'
FILE = f"""
commander:
  title: '{TYPED}'
  from: {{name: '{TYPED}', role: '{TYPED}'}}
  quote: '{TYPED}'
  body: |
    {TYPED}
initiatives:
  items:
    - {{title: '{TYPED}', partners: '{TYPED}', body: '{TYPED}'}}
contacts:
  - {{name: '{TYPED}', purpose: '{TYPED}', phone: 020 7202 0202}}
"""


def test_a_name_that_does_not_exist_is_an_error_and_never_an_empty_space():
    template = rendering.environment().from_string("{{ section.nmae }}")
    with pytest.raises(jinja2.UndefinedError):
        template.render(section=object())


def test_what_editors_type_is_printed_as_they_typed_it(sheets_of):
    read, sheets = sheets_of({"2009-10/havering.yaml": FILE})
    printed = [
        site.Printed(each, ((DEFAULT, Leaflet(b"", 8)),), tracing.trace(each))
        for each in sheets.values()
    ]
    pages = site.pages(read, printed)
    page = pages["2009-10/havering/index.html"].decode()
    for html in (page, leaflet.compose(sheets["havering"], DEFAULT).html):
        assert "<b onclick" not in html
        assert html.count("&lt;b onclick=x&gt;&amp;") >= 9


def test_templates_are_read_from_one_folder_once():
    assert rendering.environment() is rendering.environment()


CONTACTS = """
contacts:
  - {name: Long in one piece, web: www.nationaldomesticviolencehelpline.org.uk}
  - {name: Long and can be broken, web: www.met.police.uk/saferneighbourhoods}
  - {name: A long letter box, email: neighbourhood.officers@havering.example.org}
  - {name: Only a telephone, phone: 020 7202 0202}
"""


def test_a_contact_whose_address_cannot_be_broken_has_a_line_of_its_own_in_the_folded_sheet(
    sheets_of,
):
    _, sheets = sheets_of({"2009-10/havering.yaml": CONTACTS})
    html = leaflet.compose(sheets["havering"], FORMATS["a4-folded"]).html
    entries = html[html.index('<ul class="contact-list">') :].partition("</ul>")[0].split("<li ")
    wide = [entry.partition("<h3>")[2].partition("<")[0] for entry in entries if " wide" in entry]
    assert sorted(wide) == ["A long letter box", "Long in one piece"]


class Asked:
    def said(self, number, *, end=""):
        return f"{number}{end}"

    @jinja2.pass_context
    def known(self, context, name):
        return context[name]


def test_methods_are_called_with_what_the_template_hands_them_and_the_context_if_they_want_it():
    made = rendering.environment().from_string(
        "{% for n in [1, 2] %}{% set m = n + 5 %}{{ it.said(n, end='!') }}{{ it.known('word') }}{{ it.known('m') }}{% endfor %}"
    )
    assert made.render(it=Asked(), word="w") == "1!w62!w7"
