"""What docs/mailing.md says is what the command does."""

import re

import pytest
from documents import ROOT, code, coded, table
from mailing_lists import GOOD, OTHER, as_csv, gather

from policing_summary.mailing import arguments, gathering, headings, zones
from policing_summary.model.mailing import SIZES, Mailing

MAILING = ROOT / "docs" / "mailing.md"
BAD = table(MAILING, "a row with", "what is told").rows


@pytest.mark.parametrize(("row", "what", "way_out"), BAD, ids=[row[0] for row in BAD])
def test_a_bad_row_is_told_as_its_line_says(row, what, way_out):
    cells = dict(re.findall(r"`([^`:]+): ?([^`]*)`", row))
    assert set(cells) <= {*GOOD, "surplus"}
    faults = gather(as_csv(GOOD | cells, OTHER)).faults
    assert [(fault.what, fault.way_out) for fault in faults] == [(what, way_out)]


def test_there_are_many_kinds_of_bad_row():
    assert len({row[1] for row in BAD}) >= 20


def test_each_heading_in_the_list_is_understood():
    rows = table(MAILING, "what", "a heading may be").rows
    spelt = [word for row in rows for word in coded(row[1]) if word in GOOD or word[0].isupper()]
    assert len(spelt) > 15
    for word in spelt:
        if word not in {"Polish", "A5 booklet"}:
            assert headings._folded(word) in headings.FIELDS, word


def test_each_option_is_there():
    helped = arguments.parser().format_help()
    options = [code(row[0]) for row in table(MAILING, "you add").rows]
    assert {option.split()[0] for option in options} == set(re.findall(r"--[a-z-]+", helped)) - {
        "--edition",
        "--borough",
    }
    kinds = {option.split()[1] for option in options if option.startswith("--as")}
    assert kinds == {*arguments.KINDS, "all"}


def test_each_setting_is_there():
    fields = {info.alias or name for name, info in Mailing.model_fields.items()}
    assert {code(row[0]) for row in table(MAILING, "setting").rows} == fields


def test_the_table_of_carriers_is_that_of_the_program():
    rows = {code(row[0]): row for row in table(MAILING, "carrier", "size in mm").rows}
    assert set(rows) == set(SIZES)
    for name, row in rows.items():
        zone = zones.CARRIER_ZONES[name]
        assert row[1] == "{} × {}".format(*SIZES[name])
        assert row[3] == f"{zone.left:g}, {zone.top:g}, {zone.width:g}, {zone.height:g}"


def test_the_table_of_labels_is_that_of_the_program():
    rows = {code(row[0]): row for row in table(MAILING, "labels", "on a sheet").rows}
    assert set(rows) == set(zones.SHEETS)
    for name, row in rows.items():
        sheet = zones.SHEETS[name]
        assert row[1] == f"{sheet.across} × {sheet.down}"
        assert row[2] == f"{sheet.width:g} × {sheet.height:g}"
        assert sheet.title.endswith(row[3])


def test_what_is_said_of_households_is_what_is_done():
    assert "An address of several people is no mistake" in MAILING.read_text("utf-8")
    gathered = gather(as_csv(GOOD, GOOD | {"First name": "Bo"}))
    assert isinstance(gathered, gathering.Gathered)
    assert len(gathered.recipients) == 2


def test_the_times_are_those_of_the_benchmark():
    times = "`python3 build.py mail`"
    assert table(MAILING, times) == table(ROOT / "benchmarks" / "mail.md", times)
