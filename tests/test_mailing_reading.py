"""Lists as spreadsheets save them: encodings, separators, headings, and numbers of rows."""

import csv
import io

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from mailing_lists import GOOD, OTHER, as_csv, gather

from policing_summary.errors import ContentError
from policing_summary.mailing import headings, reading

NAME = "Łucja Müller-Ó Briain"
NARROW = "Zoë Müller-Ó Briain"


def listing(tmp_path, data, sheet=None):
    path = tmp_path / "recipients.csv"
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return reading.read(path, "recipients.csv", sheet)


def refused(tmp_path, data) -> str:
    with pytest.raises(ContentError) as told:
        headings.columns(listing(tmp_path, data))
    return " ".join(f"{problem.what}; {problem.way_out}" for problem in told.value.problems)


WIDE = as_csv(GOOD | {"Title": "", "First name": "", "Surname": NAME})
IN_1252 = as_csv(GOOD | {"Title": "", "First name": "", "Surname": NARROW})
ENCODED = {
    "UTF-8": (WIDE.encode(), "UTF-8", NAME),
    "UTF-8 with its mark": (WIDE.encode("utf-8-sig"), "UTF-8", NAME),
    "UTF-16 with its mark": (WIDE.encode("utf-16"), "UTF-16", NAME),
    "UTF-16, large end first": (b"\xfe\xff" + WIDE.encode("utf-16-be"), "UTF-16", NAME),
    "UTF-16 without its mark": (WIDE.encode("utf-16-le"), "UTF-16", NAME),
    "Windows-1252": (IN_1252.encode("cp1252"), "Windows-1252", NARROW),
}


@pytest.mark.parametrize(("data", "encoding", "name"), ENCODED.values(), ids=ENCODED)
def test_a_list_is_read_as_it_was_saved(data, encoding, name, tmp_path):
    assert listing(tmp_path, data).encoding == encoding
    [one] = gather(data).recipients
    assert one.printed[0] == name


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_cells_may_be_separated_by_commas_semicolons_or_tabs(separator, end):
    text = as_csv(GOOD | {"Address 2": "Flat 1; rear, left"}, OTHER, separator=separator)
    found = gather(text.replace("\r\n", end)).recipients
    assert [one.printed[-1] for one in found] == ["RM1 2AB", "RM1 3BD"]
    assert "Flat 1; rear, left" in found[1].lines


def test_a_first_line_that_says_the_separator_is_obeyed_and_is_no_row():
    text = "sep=;\r\n" + as_csv(GOOD, OTHER | {"Postcode": "RM1"}, separator=";")
    gathered = gather(text)
    assert len(gathered.recipients) == 1
    assert gathered.bad_rows == {3}


def test_rows_are_numbered_as_the_spreadsheet_does():
    """Empty rows count, and lines within a cell do not."""
    head, first, second, third = as_csv(GOOD | {"Address 1": "A House\n1 B St"}, OTHER, OTHER | {"Postcode": ""}).split("\r\n")[:4]  # fmt: skip
    gathered = gather(f"{head}\n{first}\n\n{second}\n\n\n{third}")
    assert gathered.bad_rows == {7}
    assert [one.row for one in gathered.recipients] == [4, 2]


def workbook(*sheets: tuple[str, list[dict[str, object]]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        sheet.append(list(GOOD))
        for row in rows:
            sheet.append([row[key] or None for key in GOOD])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_spreadsheet_is_read_with_its_rows(tmp_path):
    empty = dict.fromkeys(GOOD, "")
    data = workbook(
        ("List", [GOOD | {"Surname": NAME, "Reference": 17}, empty, OTHER | {"Postcode": "RM1"}])
    )
    gathered = gather(data)
    [one] = gathered.recipients
    assert (one.printed[0], one.reference) == (f"Ms Ada {NAME}", "17")
    assert gathered.bad_rows == {4}
    assert listing(tmp_path, data).encoding == "XLSX"


def test_a_sheet_is_named_where_there_are_several(tmp_path):
    data = workbook(("Old", [GOOD]), ("New", [OTHER]))
    with pytest.raises(ContentError) as told:
        listing(tmp_path, data)
    assert told.value.problems[0].way_out == "add `--sheet NAME`"
    assert listing(tmp_path, data, "New").rows[0].cells[1] == "Bo"


def test_a_house_number_that_a_spreadsheet_made_a_date_is_told():
    import datetime as dt  # noqa: PLC0415 - here only

    gathered = gather(workbook(("List", [GOOD | {"Address 1": dt.date(2026, 5, 3)}])))
    assert [fault.what for fault in gathered.faults] == [
        "a date stands here; spreadsheets turn a house number such as 3-5 into one"
    ]


REFUSED = {
    "nothing": (b"", "this list is empty"),
    "spaces": (b" \n , \n", "this list is empty"),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff\xd9", "neither"),
    "an old spreadsheet": (b"\xd0\xcf\x11\xe0 and more", "this is an XLS file"),
    "a packed file": (b"PK\x03\x04 and more", "this is not an XLSX file"),
    "a web page": (b"<!doctype html><p>", "this is a web page"),
    "a mark without its pair": (b'Name,Address,Postcode\na,"b,c\n', "row 2 cannot be read"),
    "no name": (b"Address 1,Town,Postcode\na,b,c\n", "no column holds the name; call it `Name`, or `Title`, `First name` and `Surname`; the headings here are `Address 1`, `Town`, `Postcode`"),
    "no address": (b"Name,Postcode\na,b\n", "no column holds the address"),
    "no postcode": (b"Name,Address 1\na,b\n", "no column holds the postcode"),
    "two columns for one thing": (b"Name,Address 1,Postcode,Post code\n", "the columns `Postcode` and `Post code` both hold the postcode"),
    "a recipient in place of headings": (b"Ada Example,12 Sample Street,RM1 3BD\n", "the first row looks like a recipient"),
}  # fmt: skip


@pytest.mark.parametrize(("data", "told"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_list_is_told(data, told, tmp_path):
    assert told in refused(tmp_path, data)


def test_a_recipient_in_place_of_headings_is_not_quoted(tmp_path):
    assert "Ada" not in refused(tmp_path, b"Ada Example,12 Sample Street,RM1 3BD\n")


def test_a_list_that_is_not_there_is_told(tmp_path):
    with pytest.raises(ContentError, match="1 problem"):
        reading.read(tmp_path / "none.csv", "none.csv")


SPELT = {
    "FULL_NAME;AddressLine1;Post Code": {"name", "line 1", "postcode"},
    "Forename;SURNAME;addr 1;Address 2;CITY;PostCode": {"first", "last", "line 1", "line 2", "town", "postcode"},
    "organisation name;premises;road;post town;postal code;lang;ref": {"organisation", "house", "street", "town", "postcode", "language", "reference"},
}  # fmt: skip


@pytest.mark.parametrize(("spelt", "fields"), SPELT.items(), ids=SPELT)
def test_a_heading_may_be_spelt_in_several_ways(spelt, fields, tmp_path):
    assert set(headings.columns(listing(tmp_path, spelt)).places) == fields


def test_no_two_fields_share_a_heading():
    spelt = [word for listed in headings.NAMES.values() for word in listed.split(", ")]
    assert sorted(spelt) == sorted(set(spelt))


CELLS = st.text(max_size=30)
ROWS = st.lists(st.lists(CELLS, min_size=5, max_size=6), max_size=8)


@given(ROWS, st.sampled_from([",", ";", "\t"]), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_whatever_a_row_holds_it_is_printed_or_told_by_its_number(rows, separator, encoding):
    rows = [
        [cell.encode("utf-8", "ignore").decode().replace("\0", "") for cell in row] for row in rows
    ]
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=separator, quoting=csv.QUOTE_ALL)
    writer.writerow(["Name", "Address 1", "Address 2", "Town", "Postcode"])
    writer.writerows(rows)
    gathered = gather(out.getvalue().encode(encoding))
    filled = {number for number, row in enumerate(rows, 2) if any(cell.strip() for cell in row)}
    printed = {one.row for one in gathered.recipients}
    assert printed | gathered.bad_rows == filled
    assert not printed & gathered.bad_rows
    assert all(line == line.strip() != "" for one in gathered.recipients for line in one.printed)


@given(st.binary(max_size=300))
def test_whatever_a_file_holds_it_is_a_list_or_refused(data):
    try:
        gather(data)
    except ContentError as error:
        assert error.problems  # noqa: PT017 - refused with a reason is as good as read


@given(
    st.lists(st.tuples(st.integers(1, 99), st.sampled_from("ABDEFGHJ")), min_size=1, unique=True)
)
def test_every_good_row_is_printed_once(homes):
    rows = [
        GOOD | {"Address 1": f"{number} Sample Street", "Postcode": f"RM{number} 1A{letter}"}
        for number, letter in homes
    ]
    found = gather(as_csv(*rows)).recipients
    assert sorted(one.row for one in found) == list(range(2, len(homes) + 2))
    assert [one.postcode.order for one in found] == sorted(one.postcode.order for one in found)
