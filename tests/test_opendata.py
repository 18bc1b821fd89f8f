"""The open data: what is said of it in three places is one thing, and the files are as they say."""

import csv
import io
import json
import re
from decimal import Decimal

import pytest

from policing_summary import checks, content, opendata, schema, site, tracing
from policing_summary.document import Leaflet
from policing_summary.formats import DEFAULT

KINDS = {"string": str, "integer": int, "boolean": bool, "array": list, "object": dict}


@pytest.fixture(scope="module")
def files(pristine):
    read = content.load(pristine.root / "content")
    sheets, _ = checks.run(read)
    made = [
        site.Printed(each, ((DEFAULT, Leaflet(b"", 8)),), tracing.trace(each)) for each in sheets
    ]
    return site.pages(read, made)


def faults(value, rule, at="") -> list[str]:
    """What a value has that the schema does not allow: as much of JSON Schema as ours uses."""
    known = {"$schema", "$id", "title", "description", "type", "required", "properties", "items"}
    assert set(rule) <= {*known, "additionalProperties", "pattern", "enum"}, "teach this the rest"
    kind = KINDS[rule["type"]]
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        return [f"{at} is no {rule['type']}"]
    found = []
    if kind is dict:
        found += [f"{at} lacks {name}" for name in rule["required"] if name not in value]
        for name, each in value.items():
            if name in rule["properties"]:
                found += faults(each, rule["properties"][name], f"{at}/{name}")
            elif not rule.get("additionalProperties", True):
                found.append(f"{at} has {name}")
    if kind is list:
        found += [
            fault
            for n, each in enumerate(value)
            for fault in faults(each, rule["items"], f"{at}/{n}")
        ]
    if kind is str and "pattern" in rule and not re.search(rule["pattern"], value):
        found.append(f"{at} is not like {rule['pattern']}")
    if "enum" in rule and value not in rule["enum"]:
        found.append(f"{at} is none of those")
    return found


def rules(files) -> dict:
    return json.loads(files[opendata.SCHEMA])


def test_every_json_file_is_as_the_schema_says(files):
    data = {path: json.loads(text) for path, text in files.items() if path.endswith("figures.json")}
    assert len(data) == 1 + 3 + 35  # the site, its editions, and their boroughs
    assert [fault for each in data.values() for fault in faults(each, rules(files))] == []


BROKEN = {
    "a value that is no number": ("value", "about 5"),
    "a value that was rounded by a program": ("value", 5.0),
    "a unit that nobody knows": ("unit", "apples"),
    "a code that is none": ("area_code", "Havering"),
    "a line in words": ("line", "ten"),
    "a column that is not in the schema": ("rank", 1),
}


@pytest.mark.parametrize(("name", "value"), BROKEN.values(), ids=BROKEN)
def test_the_schema_would_tell(files, name, value):
    whole = json.loads(files["2024-25/havering/figures.json"])
    whole["figures"][0][name] = value
    assert len(faults(whole, rules(files))) == 1


def rows(files, path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files[path].decode("utf-8-sig"))))


@pytest.mark.parametrize("folder", ["data", "2024-25", "2024-25/havering", "2009-10/bromley"])
def test_table_and_json_say_the_same(files, folder):
    table = rows(files, f"{folder}/figures.csv")
    figures = json.loads(files[f"{folder}/figures.json"])["figures"]
    assert len(table) == len(figures) > 10
    for row, figure in zip(table, figures, strict=True):
        told = {**figure, "specimen": "yes" if figure["specimen"] else "no"}
        assert {name: cell.removeprefix("'") for name, cell in row.items()} == {
            name: str(cell).removeprefix("'") for name, cell in told.items()
        }


def test_a_borough_has_its_code_and_a_whole_area_none(files):
    codes = {(row["area"], row["area_code"]) for row in rows(files, "2024-25/havering/figures.csv")}
    assert codes == {("Havering", "E09000016"), ("London", "")}


def test_a_specimen_is_marked_and_what_it_shares_with_others_is_not(files):
    marked = {(r["area"], r["specimen"]) for r in rows(files, "2009-10/bromley/figures.csv")}
    assert ("Bromley", "yes") in marked
    assert ("London", "no") in marked
    assert {row["area"] for row in rows(files, "data/figures.csv") if row["specimen"] == "yes"} == {
        "Bromley"
    }


def test_the_file_of_an_edition_adds_up_its_boroughs(files):
    table = rows(files, "2024-25/figures.csv")
    ids = [(row["area"], row["id"]) for row in table]
    assert len(ids) == len(set(ids))
    burglary = [Decimal(row["value"]) for row in table if row["id"] == "burglary.now"]
    assert len(burglary) == 32


def test_the_data_package_lists_every_table_with_its_columns(files):
    package = json.loads(files[opendata.PACKAGE])
    base = "https://summary.example.org/"
    listed = {each["path"].removeprefix(base) for each in package["resources"]}
    assert listed == {path for path in files if path.endswith("figures.csv")}
    header = rows(files, "data/figures.csv")[0].keys()
    for each in package["resources"]:
        assert [field["name"] for field in each["schema"]["fields"]] == list(header)
        assert re.fullmatch("[a-z0-9._-]+", each["name"])


def test_of_very_many_tables_the_columns_stand_once(files, pristine, monkeypatch):
    monkeypatch.setattr(content, "MOST_TOGETHER", 1)
    read = content.load(pristine.root / "content")
    sheets, _ = checks.run(read)
    many = site.pages(read, [site.Printed(each, (), tracing.trace(each)) for each in sheets])
    package = json.loads(many[opendata.PACKAGE])
    told = {each["schema"] for each in package["resources"]}
    assert told == {f"https://summary.example.org/{opendata.COLUMNS}"}
    assert (
        json.loads(many[opendata.COLUMNS])
        == json.loads(files[opendata.PACKAGE])["resources"][0]["schema"]
    )
    listed = {
        each["path"].removeprefix("https://summary.example.org/") for each in package["resources"]
    }
    assert listed == {path for path in many if path.endswith("figures.csv")}
    assert opendata.COLUMNS not in files


def test_the_page_explains_every_column(files):
    page = files["data/index.html"].decode()
    assert re.findall(r'<th scope="row"><code>(\w+)</code>', page) == [c.name for c in schema.TABLE]
    for needed in ("Open Government Licence", "figures.schema.json", "datapackage.json", "cite"):
        assert needed in page
