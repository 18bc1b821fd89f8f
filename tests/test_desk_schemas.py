"""How values are typed, and the schemas and lines that tell text editors."""

import json
import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from policing_summary import model
from policing_summary.commands import schema
from policing_summary.desk import keeping, schemas
from policing_summary.keyboard import Keyboard
from policing_summary.model import base, fields, files, mailing, printing
from policing_summary.model.base import Frozen
from policing_summary.model.forms import Form

KINDS = {
    name: kind
    for module in (base, fields, mailing, printing)
    for name, kind in vars(module).items()
    if any(isinstance(mark, Form) for mark in getattr(kind, "__metadata__", ()))
}


def form_of(kind):
    return next(mark for mark in kind.__metadata__ if isinstance(mark, Form))


@pytest.mark.parametrize("name", KINDS)
def test_every_example_is_understood_and_of_its_pattern(name):
    form = form_of(KINDS[name])
    for typed in form.examples:
        TypeAdapter(KINDS[name]).validate_python(typed)
        assert form.pattern is None or re.search(form.pattern, typed), typed


TYPED = st.one_of(
    st.from_regex(r"[-+−–]?[0-9]{1,4}(,[0-9]{3})?(\.[0-9])? ?(%|points|pp|million|mm|pt|g silk)?"),
    st.from_regex(r"(about|at most|£|)[ ]?[0-9]{1,3}[ ]?(m|bn|thousand|%)?", fullmatch=True),
    st.from_regex(r"[0-9]{1,4}[-/ .:][0-9]{1,2}([-/ ][0-9]{1,4})?( ?[ap]m)?", fullmatch=True),
    st.from_regex(r"[0-9]{1,2} (June|jan|Sept|MAY) [0-9]{4}", fullmatch=True),
    st.from_regex(r"(\+44|0|18001 )[ ()-]{0,2}[0-9]{2,4}[ .()-]{0,2}[0-9]{3,7}[ ]?[0-9]{0,4}"),
    st.from_regex(r"(https?://)?[a-z]{1,5}\.[a-z]{2,4}(:80)?([/?#][a-z=&%]{0,5})?", fullmatch=True),
    st.from_regex(r"[\w.]{1,5}@[a-z-]{1,5}\.[a-z]{2,3}", fullmatch=True),
    st.from_regex(r"(images/)?[\w-]{1,5}(\.[\w-]{1,3})?\.(jpg|PNG|webp|pdf)", fullmatch=True),
    st.from_regex(r"[EWew][0-9]{8}", fullmatch=True),
    st.sampled_from(
        ["yes", "No", "ON", "none", "None", "midday", "pl", "POLSKI", "cymraeg", "101", "999"]
    ),
    st.text(max_size=8),
)


@pytest.mark.parametrize("name", KINDS)
def test_no_pattern_refuses_what_its_reader_takes(name):
    adapter, pattern = TypeAdapter(KINDS[name]), form_of(KINDS[name]).pattern

    @settings(deadline=None, max_examples=60)
    @given(TYPED)
    @example("18001 101")
    @example("0 1 1 4 4 9 6 0 0 0 0")
    @example(" 4,555\n")
    @example("6.30 a.m.")
    def holds(typed):
        try:
            adapter.validate_python(typed)
        except ValidationError:
            return
        assert pattern is None or re.search(pattern, typed)

    holds()


def kinds_of_parts(kind=Frozen):
    for inner in kind.__subclasses__():
        yield inner
        yield from kinds_of_parts(inner)


def test_every_key_says_what_it_is_for():
    model.sections()
    missing = {
        f"{kind.__name__}.{name}"
        for kind in kinds_of_parts()
        if kind.__module__.startswith("policing_summary.model.") and kind is not base.Web
        for name, info in kind.model_fields.items()
        if not info.description
    }
    assert missing == set()
    assert {name for name, kind in model.sections().items() if not kind.__doc__} == set()


@pytest.mark.parametrize("name", ["site", "2009-10/edition", "2009-10/borough"])
def test_a_schema_offers_every_key_of_its_file(name, site_folder):
    kinds = {"site": files.SiteFile, "2009-10/edition": model.edition_file()}
    kind = kinds.get(name, model.borough_file())
    made = json.loads(schemas.made(site_folder())[f".schema/{name}.json"])
    keys = {info.alias or key for key, info in kind.model_fields.items()}
    assert set(made["properties"]) == keys
    needed = {info.alias or key for key, info in kind.model_fields.items() if info.is_required()}
    assert set(made.get("required", [])) == needed


def test_a_file_that_cannot_be_read_lists_nothing(site_folder):
    folder = site_folder({"2009-10/edition.yaml": "title: [\n"})
    made = json.loads(schemas.made(folder)[".schema/2009-10/borough.json"])
    assert "measures" not in made["$defs"]


LINES = {
    "a file without one": ("title: A\n", "# S\ntitle: A\n"),
    "an old one": ("# yaml-language-server: $schema=old.json\ntitle: A\n", "# S\ntitle: A\n"),
    "one further down": ("title: A\n# yaml-language-server: $schema=old.json\n", "# S\ntitle: A\n"),
    "a file from Windows": ("title: A\r\n", "# S\r\ntitle: A\r\n"),
    "a mark at the beginning": ("\ufefftitle: A\n", "\ufeff# S\ntitle: A\n"),
    "remarks": ("# Havering\n\ntitle: A\n", "# S\n# Havering\n\ntitle: A\n"),
    "nothing": ("", "# S\n"),
}


@pytest.mark.parametrize(("before", "after"), LINES.values(), ids=LINES)
def test_a_file_is_given_the_line_and_nothing_else(before, after):
    assert schemas.with_line(before, "# S") == after


@pytest.fixture
def desk(site_folder):
    """A project with the small site, and what the command says there."""
    root = site_folder({"2009-10/havering.pl.yaml": "summary: Co.\n"}).parent

    def run():
        said = []
        at = Keyboard(root, said.append, said.append, lambda _: None, lambda: None, str)
        assert schema.run(schema.parser().parse_args([]), at) == 0
        return said

    return root, run


def test_the_command_writes_once_what_editors_are_to_know(desk):
    root, run = desk
    assert run()[-1].startswith("Wrote ")
    assert keeping.edits(root) == []
    text = (root / "content/2009-10/havering.yaml").read_text("utf-8")
    assert text.startswith("# yaml-language-server: $schema=../.schema/2009-10/borough.json\n")
    assert (root / "content/.schema/2009-10/borough.translation.json").is_file()
    settings = json.loads((root / ".vscode/settings.json").read_text("utf-8"))
    assert settings["yaml.schemas"]["content/.schema/site.json"] == ["content/site.yaml"]
    assert run() == ["Nothing to change: text editors know all of this already."]


def test_a_new_measure_makes_one_schema_old_and_one_that_went_is_deleted(desk):
    root, run = desk
    run()
    edition = root / "content/2009-10/edition.yaml"
    edition.write_text(edition.read_text("utf-8") + "  arson: {name: Arson}\n", "utf-8")
    (root / "content/2009-10/havering.pl.yaml").unlink()
    assert set(run()[:-1]) == {
        "changed  content/.schema/2009-10/edition.json",
        "changed  content/.schema/2009-10/borough.json",
        "deleted  content/.schema/2009-10/edition.translation.json",
        "deleted  content/.schema/2009-10/borough.translation.json",
    }


def test_other_settings_stay_and_a_file_with_remarks_is_left_alone(desk):
    root, run = desk
    path = root / ".vscode/settings.json"
    path.parent.mkdir()
    path.write_text('{"editor.fontSize": 14}', "utf-8")
    run()
    assert json.loads(path.read_text("utf-8"))["editor.fontSize"] == 14
    path.write_text('{"editor.fontSize": 14} // mine', "utf-8")
    assert run() == ["Nothing to change: text editors know all of this already."]


def test_a_command_that_writes_files_tells_text_editors_of_them_where_they_were_told(desk):
    root, run = desk
    new = root / "content/2009-10/bromley.yaml"
    new.write_text("summary: A.\n", "utf-8")
    keeping.follow(root)
    assert not (root / "content/.schema").exists()
    run()
    new.write_text("summary: A.\n", "utf-8")
    keeping.follow(root)
    assert new.read_text("utf-8").startswith("# yaml-language-server: $schema=")
    assert keeping.edits(root) == []
