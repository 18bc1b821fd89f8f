"""HTML as plain text that reads aloud from top to bottom, in lines of 72 columns."""

from xml.etree.ElementTree import tostring

import pytest

from policing_summary import plain, wellformed
from policing_summary.filling import KEEP, filled, width

TABLE = """
<table>
  <caption>Each measure</caption>
  <thead><tr><th scope="col">Measure</th><th scope="col">Change</th><th scope="col">Result</th></tr></thead>
  <tbody>
    <tr><th scope="row">Burglary <span class="sum-note">sum of two</span></th><td>+382</td><td>Up, missed</td></tr>
    <tr><th scope="row">Robbery</th><td></td><td>Down, achieved</td></tr>
  </tbody>
</table>
"""
HEADING = """
<section><div class="section-head"><p class="kicker">London <span class="kicker-more">2010</span></p>
<h2>Looking
back</h2></div><p>It was a year.</p></section>
"""
CARDS = """
<ul>
  <li><p class="big">−3.5%</p><p class="card-name">Robbery</p><p>294 fewer offences</p></li>
  <li><p class="card-name">Detection</p></li>
</ul>
"""
CONTACT = """
<ul><li><h3>Victim Support</h3><p>Help after a crime</p>
<p><a class="tel" href="tel:+448453030900">0845 303 0900</a></p>
<p><a href="https://www.victimsupport.org.uk">www.victimsupport.org.uk</a></p></li></ul>
"""
SIGNATURE = """
<p class="who"><b>Kit Malthouse</b>
  <span class="role">Deputy Mayor</span>
  <span class="reach"><a href="mailto:kit@example.org">kit@example.org</a></span></p>
"""
TWICE = "<div><p class='pull'>It was hard.</p><div><p>It was hard. We go on.</p></div></div>"
CASES = {
    "a paragraph": ("<p>One\n  line &amp; <b>bold</b>.</p>", "One line & bold.\n"),
    "two paragraphs": ("<p>One.</p>\n<p>Two.</p>", "One.\n\nTwo.\n"),
    "words beside a block": ("<div>One <em>and</em> two<p>Three</p>four</div>", "One and two\n\nThree\n\nfour\n"),
    "a line that ends on purpose": ("<p>One<br>two</p>", "One\ntwo\n"),
    "a list": ("<ul><li>One</li><li>Two</li></ul>", "- One\n- Two\n"),
    "a numbered list": ("<ol><li>One</li><li>Two</li></ol>", "1. One\n2. Two\n"),
    "a list in a list": ("<ul><li>One<ul><li>A</li><li>B</li></ul></li></ul>", "- One.\n  - A\n  - B\n"),
    "a list of paragraphs": ("<ul><li><p>One</p></li><li><p>Two</p></li></ul>", "- One\n- Two\n"),
    "a quotation": ("<blockquote><p>One.</p></blockquote>", "  One.\n"),
    "a heading": (HEADING, "---\n\nLooking back\nLondon, 2010\n\nIt was a year.\n"),
    "a table": (TABLE, "Each measure:\n\n- Burglary (sum of two). Change: +382. Result: Up, missed.\n- Robbery. Result: Down, achieved.\n"),
    "a table without headings": ("<table><tr><td>A</td><td>B</td></tr></table>", "- A. B.\n"),
    "a table that only places things": ("<table role='presentation'><tr><td><p>A</p></td></tr></table>", "A\n"),
    "cards": (CARDS, "- Robbery: −3.5%.\n  294 fewer offences.\n\n- Detection\n"),
    "a contact": (CONTACT, "- Victim Support.\n  Help after a crime.\n  0845 303 0900\n  www.victimsupport.org.uk\n"),
    "a signature": (SIGNATURE, "Kit Malthouse\nDeputy Mayor\nkit@example.org\n"),
    "a sentence set large that stands in the text": (TWICE, "It was hard. We go on.\n"),
    "a sentence set large that stands nowhere else": ("<p class='pull'>Come.</p><p>Go.</p>", "Come.\n\nGo.\n"),
    "a link in words": ("<p><a href='https://a.org/b/'>our plan</a></p>", "our plan (https://a.org/b/)\n"),
    "a link as its address": ("<p><a href='https://a.org/b/'>a.org/b</a></p>", "a.org/b\n"),
    "an e-mail address in words": ("<p><a href='mailto:a@b.org'>Write</a></p>", "Write (a@b.org)\n"),
    "a link within the page": ("<p><a href='#end'>Below</a></p>", "Below\n"),
    "a label": ("<p><span class='by'>You said</span> It is dark.</p>", "You said: It is dark.\n"),
    "a day beside the words": ("<p>Stopped it <span class='when'>9 May</span></p>", "Stopped it (9 May)\n"),
    "a drawing": ("<figure><svg><title>Bars</title><text>5</text></svg></figure><p>A</p>", "A\n"),
    "a picture": ("<p>A <img src='x.png' alt='A car'> B <img src='y.png' alt=''></p>", "A (A car) B\n"),
    "what is hidden from a voice": ("<p>A<span aria-hidden='true'>B</span></p>", "A\n"),
    "letters that look like tags": ("<p>3 &lt; 4 &gt; 2</p>", "3 < 4 > 2\n"),
}  # fmt: skip


@pytest.mark.parametrize(("html", "expected"), CASES.values(), ids=CASES)
def test_each_thing_has_its_place_in_the_text(html, expected):
    assert plain.text(html) == expected


AS_XML = {
    "empty elements": "<p>One<br>two<br/>three<img class='x' src='a.png' alt='b'> four<hr></p>",
    "references": "<p>&amp; &lt;b&gt; &quot;c&quot; &#39;d&#39; &#x2013;</p>",
    "words between": "one<p>two</p>three<p a=''>four</p>\n",
    "a remark": "<p>a<!-- <br> & what is not said -->b</p>",
}
NOT_XML = {
    "an attribute without quotation marks": ("<p class=role>One</p>", "One\n"),
    "an attribute without a value": ("<p hidden>One</p>", "One\n"),
    "a sign by itself": ("<p>One & two</p>", "One & two\n"),
    "a sign in an attribute": ("<p>One<img alt='a > b'>.</p>", "One (a > b).\n"),
    "a sign with a name": ("<p>One&nbsp;two&hellip;</p>", "One two…\n"),
    "a document type": ("<!doctype html><p>One</p>", "One\n"),
    "an entity": ("<!DOCTYPE a [<!ENTITY b 'c'>]><p>One</p>", None),
}


@pytest.mark.parametrize("html", AS_XML.values(), ids=AS_XML)
def test_what_is_read_as_xml_is_what_html_says(html):
    tree = wellformed.read("<body>", html, "</body>")
    assert tree is not None
    assert tostring(tree) == tostring(plain._parsed_as_html(html))


@pytest.mark.parametrize(("html", "expected"), NOT_XML.values(), ids=NOT_XML)
def test_what_is_no_xml_is_read_as_html(html, expected):
    assert wellformed.read("<body>", html, "</body>") is None
    assert expected is None or plain.text(html) == expected


MEANT_OTHERWISE = {
    "tags in capitals": ("<P>One</P><P>Two<BR/>three</P>", "One\n\nTwo\nthree\n"),
    "a list in capitals": ("<UL><LI>a</LI></UL>", "- a\n"),
    "an attribute in capitals": ("<p>A<span CLASS='role'>b</span></p>", "A\nb\n"),
    "a dash of an old Windows": ("<p>a &#150; b &#x96; c</p>", "a – b – c\n"),
}


@pytest.mark.parametrize(("html", "expected"), MEANT_OTHERWISE.values(), ids=MEANT_OTHERWISE)
def test_what_xml_would_take_otherwise_is_read_as_html(html, expected):
    assert plain.text(html) == expected


def test_main_headings_are_numbered_where_that_is_asked_for():
    text = plain.text("<h2>One</h2><h3>A</h3><h2>Two</h2>", number=7)
    assert text == "---\n\n7. One\n\nA\n\n---\n\n8. Two\n"


def test_marks_that_are_put_in_are_those_of_the_language():
    html = f"{TABLE}<p>A<span class='role'>B</span></p>{HEADING}"
    english = plain.text(html, language="en-GB")
    urdu = plain.text(html, language="ur")
    assert "Burglary (sum of two). Change: +382." in english
    assert "Burglary (sum of two)۔ Change: +382۔" in urdu
    assert "London، 2010" in urdu
    assert "It was a year." in urdu  # an editor's own mark


WIDTHS = [
    ("plain", 5),
    ("−3.5% – “Łódź”", 14),
    ("e\u0301", 1),
    ("東京", 4),
    ("ﬁ\u200d", 1),
    ("اردو", 4),
    ("বাংলা", 5),
]


@pytest.mark.parametrize(("text", "columns"), WIDTHS)
def test_letters_are_as_wide_as_a_terminal_shows_them(text, columns):
    assert width(text) == columns


LONG = "Every year Londoners help to set the priorities for policing in the place where they live. "
FILLED = {
    "English": LONG * 3,
    "combining marks": "cafe\u0301 re\u0301sume\u0301 " * 20,
    "Japanese": "東京の警察は、今年もよく働きました。犯罪は減りました。" * 4,
    "telephone numbers": f"ring 0800{KEEP}555{KEEP}111 and 020{KEEP}7202{KEEP}0202 " * 8,
    "no words at all": "",
}


@pytest.mark.parametrize("text", FILLED.values(), ids=FILLED)
@pytest.mark.parametrize("columns", [20, 40, 72])
def test_lines_are_full_and_no_fuller(text, columns):
    lines = filled(text, "- ", "  ", columns)
    assert [line for line in lines if width(line) > columns] == []
    assert [line for line in lines if line != line.rstrip()] == []
    assert lines[0][:2].rstrip() == "-"
    assert all(line.startswith("  ") for line in lines[1:])
    gathered = "".join(line[2:] for line in lines).replace(" ", "")
    assert gathered == text.replace(" ", "").replace(KEEP, "")
    pieces = text.split(" ") if " " in text else list(text)
    begun = [line[2:] for line in lines[1:]]
    firsts = [
        max((p for p in map(spaced, pieces) if line.startswith(p)), key=len) for line in begun
    ]
    assert all(
        width(f"{line} {first}") >= columns for line, first in zip(lines, firsts, strict=False)
    )


def spaced(piece: str) -> str:
    return piece.replace(KEEP, " ")


def test_a_telephone_number_stays_on_one_line():
    for columns in range(14, 40):
        lines = plain.text(
            "<p>Call <a href='tel:+44800555111'>0800 555 111</a> or come by and see us.</p>",
            columns=columns,
        ).splitlines()
        assert sum("0800 555 111" in line for line in lines) == 1


def test_a_long_address_stands_out_rather_than_being_cut():
    address = "https://www.example.org/" + "a" * 80
    assert (
        address
        in plain.text(f"<p>Read it at <a href='{address}'>{address}</a> soon.</p>").splitlines()
    )
