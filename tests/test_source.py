"""Bytes → nodes with places: encodings, line ends, odd characters, and what stops the parser.

What an editor types wrong in visible characters is in cases/mistakes/yaml.md.
"""

import os
import pickle

import hypothesis
import pytest
import yaml
from hypothesis import strategies

from policing_summary import diagnosis, source
from policing_summary.errors import ContentError, Place
from policing_summary.nodes import Mapping, Scalar, Sequence, find, plain

ODD_BYTES = {
    "UTF-16 with its mark": ("summary: x\n".encode("utf-16"), "1:1", "saved as UTF-16"),
    "UTF-16 without its mark": ("summary: x\n".encode("utf-16-be"), "1:1", "saved as UTF-16"),
    "Windows-1252": (b"summary: x\nspecimen: caf\xe9s\n", "2:14", "letter that shows it is `é`"),
    "Windows-1252 after Windows line ends": (b"a: 1\r\nb: \x93x\x94\r\n", "2:4", "is `“`"),
    "Windows-1252 after old Macintosh line ends": (b"a: 1\rb: \x93x\x94\r", "2:4", "is `“`"),
    "a picture that is called .yaml": (b"\x89PNG\r\n\x1a\n\0\0", "1:1", "not saved as UTF-8"),
    "a control character": (b"a: 1\nb: x\x07y\n", "2:5", "control character (U+0007)"),
    "a control character beyond ASCII": ("a: x\x9by\n".encode(), "1:5", "(U+009B)"),
    "a delete character": (b"a: x\x7f\n", "1:5", "(U+007F)"),
    "a mark of byte order in the middle": ("a: x\ufeffy\n".encode(), "1:5", "(U+FEFF)"),
    "a character that is none": ("a: x\uffffy\n".encode(), "1:5", "(U+FFFF)"),
    "half of a character": (b"a: x\xe2\x82", "1:5", "not saved as UTF-8"),
    "half of a pair": (b"a: \xed\xa0\x80\n", "1:4", "not saved as UTF-8"),
    "a tab before a key": (b"a:\n\tb: 1\n", "2:1", "indented with a tab"),
    "a tab after blanks": (b"a:\n  b:\n  \tc: 1\n", "3:3", "indented with a tab"),
    "a bracket on a last line without an end": (b"a: [b", "1:4", "bracket that opens here"),
    "a quotation mark on a last line without an end": (b'a: "b', "1:4", "mark that opens here"),
    "no bytes": (b"", "1:1", "this file is empty"),
    "blank lines": (b"\n\r\n  \n", "1:1", "this file is empty"),
    "a mark of byte order alone": (b"\xef\xbb\xbf", "1:1", "this file is empty"),
    "too many bytes": (b"a: " + b"x" * 1_000_000, "1:1", "larger than 1 MB"),
    "brackets without end": (b"a: " + b"[" * 5_000, "1:24", "more than 20 levels"),
    "braces without end": (b"a: " + b"{a: " * 5_000, "1:84", "more than 20 levels"),
    "hyphens without end": (b"- " * 5_000 + b"x", "1:43", "more than 20 levels"),
    "a bomb of aliases": (
        b"a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
        "1:4",
        "names this part for use elsewhere",
    ),
}


def problems_of(data, tmp_path):
    path = tmp_path / "x.yaml"
    path.write_bytes(data)
    with pytest.raises(ContentError) as error:
        source.read(path, "x.yaml")
    return error.value.problems


@pytest.mark.parametrize(("data", "place", "what"), ODD_BYTES.values(), ids=ODD_BYTES)
def test_odd_bytes_are_told_at_their_place(data, place, what, tmp_path):
    first = problems_of(data, tmp_path)[0]
    assert str(first.place) == f"x.yaml:{place}"
    assert what in first.what
    assert first.way_out


UNDERSTOOD = {
    "UTF-8 with a mark": b"\xef\xbb\xbfa: x\nb: [y]\n",
    "Windows line ends": b"a: x\r\nb: [y]\r\n",
    "old Macintosh line ends": b"a: x\rb: [y]\r",
    "no end of the last line": b"a: x\nb: [y]",
    "comments and blank lines": b"# x\n\na: x # y\n\nb: [y]\n# z",
    "quotation marks": b"'a': \"x\"\n\"b\": ['y']\n",
}


@pytest.mark.parametrize("data", UNDERSTOOD.values(), ids=UNDERSTOOD)
def test_what_is_typed_arrives_however_it_was_saved(data, tmp_path):
    path = tmp_path / "x.yaml"
    path.write_bytes(data)
    assert plain(source.read(path, "x.yaml").root) == {"a": "x", "b": ["y"]}


AS_TYPED = [
    "NO",
    "yes",
    "on",
    "12:30",
    "0300",
    "0o17",
    "0x1F",
    "1e3",
    "1_000",
    ".5",
    ".nan",
    "Null",
]
AS_TYPED += ["2009-06-01", "1,498", "-361", "−361", "True", "=", "51.4 %", "警察", "مرحبا", "👮🏽"]


@pytest.mark.parametrize("typed", AS_TYPED)
def test_a_value_stays_what_was_typed(typed):
    assert plain(source.parse(f"a: {typed}\n", "x").root) == {"a": typed}


@pytest.mark.parametrize("typed", ["", " ", "~", "null", " # a remark"])
def test_nothing_is_nothing(typed):
    assert plain(source.parse(f"a: {typed}\n", "x").root) == {"a": None}


PLACES = {
    "a key's value": (("a",), Place("x", 1, 4, 3, "a: one")),
    "after Windows line ends": (("b", "c"), Place("x", 3, 6, 3, "  c: two")),
    "after letters beyond ASCII": (("d", 1), Place("x", 4, 12, 2, "d: [Zoë 👮, é!]")),
    "in quotation marks": (("e",), Place("x", 5, 4, 5, 'e: "six"')),
    "what is not there is at its parent": (("b", "z"), Place("x", 3, 3, 6, "  c: two")),
    "past an item that is not there": (("d", 7), Place("x", 4, 4, 11, "d: [Zoë 👮, é!]")),
}


@pytest.mark.parametrize(("steps", "expected"), PLACES.values(), ids=PLACES)
def test_a_place_counts_characters_as_an_editor_does(steps, expected):
    text = 'a: one\r\nb:\r\n  c: two\r\nd: [Zoë 👮, é!]\r\ne: "six"\r\n'
    assert source.parse(text, "x").place(*steps) == expected


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x85", "\u2028"])
def test_every_line_end_counts_as_one(end):
    document = source.parse(end.join(["a: 1", "b: 2", "c: 3"]), "x")
    assert (document.place("c").line, document.place("c").quote) == (3, "c: 3")


def test_words_are_found_where_they_stand_the_second_time():
    document = source.parse("a: x\nb: |\n  x and x\n  then x\n", "x")
    found = [document.within(("b",), "x", n) for n in range(4)]
    assert [(place.line, place.column) for place in found] == [(3, 3), (3, 9), (4, 8), (2, 4)]


def test_a_document_without_some_of_its_nodes_keeps_the_places_of_the_rest():
    document = source.parse("a: [1, 2, 3]\nb: {c: 4, d: 5}\ne: 6\n", "x")
    less = document.without([find(document.root, steps)[0] for steps in [("a", 0), ("b", "c")]])
    assert less
    assert plain(less.root) == {"a": ["2", "3"], "b": {"d": "5"}, "e": "6"}
    assert (less.place("a", 0).column, less.place("b", "d").column) == (8, 14)
    assert document.has_all_of("a")
    assert [less.has_all_of(key) for key in ("a", "b", "e", "z")] == [False, False, True, False]
    assert document.without([document.root]) is None


GONE = {
    "a file that has vanished": lambda path: path,
    "a folder": lambda path: path.mkdir(),
    "a link to nothing": lambda path: path.symlink_to("nowhere"),
    "a link to itself": lambda path: path.symlink_to(path),
}


@pytest.mark.parametrize("make", GONE.values(), ids=GONE)
@pytest.mark.skipif(os.name == "nt", reason="links need a right of their own on Windows")
def test_a_file_that_cannot_be_opened_is_told(make, tmp_path):
    path = tmp_path / "x.yaml"
    make(path)
    with pytest.raises(ContentError, match="1 problem") as error:
        source.read(path, "content/x.yaml")
    assert "cannot be opened" in error.value.problems[0].what
    assert str(error.value.problems[0].place) == "content/x.yaml:1:1"


SIGNS = [
    r"a",
    r"é",
    r":",
    r"-",
    r"[",
    r"]",
    r"{",
    r"}",
    r",",
    r'"',
    r"'",
    r"|",
    r">",
    r"#",
    r"&",
    r"*",
    r"!",
    r"@",
    r"`",
    r"%",
    r"?",
    r"---",
    r"...",
    r"{{",
    r"}}",
    r"&a",
    r"*a",
    r"!x",
    r"b:",
    r"#x",
]
BLANKS = [" ", "  ", "\n", "\n  ", "\n    ", "\t", ": ", "- ", ", ", " #x", "? "]
SNIPPETS = strategies.sampled_from([*SIGNS, *BLANKS])


@hypothesis.settings(deadline=None, max_examples=400)
@hypothesis.given(strategies.lists(SNIPPETS, max_size=14).map("".join))
def test_any_text_gives_nodes_or_problems_that_stand_in_it(text):
    try:
        document = source.parse(text, "x")
    except ContentError as error:
        lines = [*source.LINE_BREAK.split(text), ""]
        for problem in error.problems:
            place = problem.place
            assert 1 <= place.line <= len(lines)
            assert place.quote in ("", lines[place.line - 1])
            assert 1 <= place.column <= len(lines[place.line - 1]) + 1
            assert problem.way_out
    else:
        assert nodes_in(document.root)


def nodes_in(node):
    match node:
        case Scalar():
            return 1
        case Sequence():
            return 1 + sum(nodes_in(item) for item in node.items)
        case Mapping():
            return 1 + sum(nodes_in(entry.value) for entry in node.entries)


def test_a_stop_of_the_parser_without_a_place_is_told_all_the_same():
    problem = diagnosis.diagnose("x", ("a: b",), yaml.YAMLError())
    assert str(problem.place) == "x:1:1"
    assert "cannot be read" in problem.what


# Files that are not what they seem


def in_content(tmp_path, name="2009-10/havering.yaml"):
    path = tmp_path / "content" / name
    path.parent.mkdir(parents=True)
    return path


@pytest.mark.skipif(os.name == "nt", reason="links need a right of their own on Windows")
def test_a_link_out_of_the_content_is_not_followed(tmp_path):
    (tmp_path / "secret.yaml").write_text("a: secret")
    path = in_content(tmp_path)
    path.symlink_to(tmp_path / "secret.yaml")
    with pytest.raises(ContentError) as error:
        source.read(path, "content/2009-10/havering.yaml")
    assert error.value.problems[0].what == (
        "this is a link to a file outside content/, and is not followed"
    )
    path.unlink()
    path.symlink_to("bromley.yaml")
    path.with_name("bromley.yaml").write_text("a: ours")
    read = source.read(path, "content/2009-10/havering.yaml")
    assert plain(read.root) == {"a": "ours"}


@pytest.mark.skipif(os.name == "nt", reason="links need a right of their own on Windows")
def test_a_folder_that_is_a_link_out_is_not_followed(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/havering.yaml").write_text("a: secret")
    (tmp_path / "content").mkdir()
    (tmp_path / "content/2009-10").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ContentError) as error:
        source.read(tmp_path / "content/2009-10/havering.yaml", "content/2009-10/havering.yaml")
    assert "outside content/" in error.value.problems[0].what


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes")
def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "x.yaml")
    with pytest.raises(ContentError) as error:
        source.read(tmp_path / "x.yaml", "x.yaml")
    assert error.value.problems[0].what == "this is not a file that can be read"


def changing(monkeypatch, path, times):
    """The file is written to in the moment between two looks at it, so many times."""
    stamp, left = source._stamp, iter(range(times * 3))

    def look(found):
        if next(left, None) is not None:
            path.write_text(f"a: {found.st_mtime_ns}x")
        return (*stamp(found), next(left, None))

    monkeypatch.setattr(source, "_stamp", look)
    monkeypatch.setattr(source, "PAUSE", 0)


def test_a_file_that_is_being_changed_is_read_again(tmp_path, monkeypatch):
    path = in_content(tmp_path)
    path.write_text("a: old")
    changing(monkeypatch, path, 2)
    found = plain(source.read(path, "content/2009-10/havering.yaml").root)
    assert found == plain(source.parse(path.read_text(), "x").root)


def test_a_file_that_does_not_stop_changing_is_told(tmp_path, monkeypatch):
    path = in_content(tmp_path)
    path.write_text("a: old")
    changing(monkeypatch, path, 100)
    with pytest.raises(ContentError) as error:
        source.read(path, "content/2009-10/havering.yaml")
    assert error.value.problems[0].what == "this file is being changed while it is read"
    assert error.value.problems[0].way_out


def test_a_text_has_an_end():
    with pytest.raises(ContentError) as error:
        source.parse(f"a: 1\nb: {'x' * 100_001}\nc: {'y ' * 60_000}\n", "x")
    assert [problem.place.line for problem in error.value.problems] == [2, 3]
    assert error.value.problems[0].what == (
        "this text has 100,001 letters, and 100,000 are the most"
    )


def test_of_very_many_mistakes_the_first_thousand_are_told():
    with pytest.raises(ContentError) as error:
        source.parse("a: 1\n" * 3000, "x")
    assert len(error.value.problems) == 1000


def test_a_file_of_which_only_the_text_is_kept_knows_the_same_places():
    document = source.parse("a: 1\nb:\n  c: [x, y]\n", "content/site.yaml")
    kept = source.Reread(document.name, document.lines)
    assert kept.has_all_of("b")
    packed = pickle.dumps(kept)
    again = pickle.loads(packed)
    for each in (kept, again):
        assert each.place("b", "c", 1) == document.place("b", "c", 1)
        assert each.key_place("b", "c") == document.key_place("b", "c")
        assert each.within(("b",), "y") == document.within(("b",), "y")
        assert each.root == document.root
    assert pickle.dumps(again) == packed, "its nodes are packed too, once they were asked for"
