"""The description of the CSV files: valid for Frictionless, and the tables read by it are those of the review."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from frictionless import Package

from generator.review import Review
from generator.site import exports, tables
from generator.site.csvtext import safe
from generator.site.exports import data_package
from generator.wording.table import Cell, Cells
from tests.evidence import read, with_protocol


@pytest.fixture(scope="module", params=["made_up_review", "real_review"])
def review(request: pytest.FixtureRequest) -> Review:
    folder: Path = request.getfixturevalue(request.param)
    return read(folder)


@pytest.fixture(scope="module")
def folder(review: Review, tmp_path_factory: pytest.TempPathFactory) -> Path:
    written = tmp_path_factory.mktemp("downloads")
    for path, content in exports.every(review):
        if path.endswith(".csv") or path == data_package.PATH:
            (written / path).parent.mkdir(exist_ok=True)
            (written / path).write_bytes(content)
    return written / "data"


@pytest.fixture(scope="module")
def package(folder: Path) -> Package:
    return Package(str(folder / "datapackage.json"))


def test_frictionless_finds_nothing_wrong(package: Package) -> None:
    report = package.validate()
    assert report.valid, report.flatten(["type", "note", "message"])
    assert len(report.tasks) == len(package.resources) > 20


def test_frictionless_would_find_a_wrong_value(folder: Path, tmp_path: Path) -> None:
    described = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    described["resources"] = [one for one in described["resources"] if one["name"] == "studies"]
    text = (folder / "studies.csv").read_text(encoding="utf-8")
    (tmp_path / "datapackage.json").write_text(json.dumps(described), encoding="utf-8")
    (tmp_path / "studies.csv").write_text(text + text.splitlines()[1] + "\n", encoding="utf-8")
    assert "primary-key" in str(Package(str(tmp_path / "datapackage.json")).validate().flatten(["type"]))


def test_every_csv_file_is_described_in_every_column(review: Review, folder: Path, package: Package) -> None:
    assert {one.path for one in package.resources} == {path.name for path in folder.glob("*.csv")}
    described = {one.name: one for one in package.resources}
    for table in tables.every(review):
        fields = described[table.id].schema.fields
        assert [one.name for one in fields] == [*(column.key for column in table.columns), "cell_notes", "cell_sources"]
        assert all(one.description for one in fields)


def said(cells: Cells) -> list[Any]:
    parts = (cells,) if isinstance(cells, Cell) else cells
    return [one.download for one in parts if one.download is not None]


def expected(cells: Cells, type_: str) -> object:
    """Return what a reader who follows the description must get for a cell."""
    values = said(cells)
    if type_ == "string":
        return safe("; ".join(safe(one) for one in values)) or None
    if not values or isinstance(values[0], str):
        return None
    return values[0] if type_ == "boolean" else Decimal(str(values[0]))


def test_tables_read_by_the_description_are_those_of_the_review(review: Review, package: Package) -> None:
    n_typed = 0
    for table in tables.every(review):
        resource = package.get_table_resource(table.id)
        types = {field.name: field.type for field in resource.schema.fields}
        for found, row in zip(resource.read_rows(), table.rows, strict=True):
            for column in table.columns:
                type_ = types[column.key]
                n_typed += type_ != "string"
                assert found[column.key] == expected(row[column.key], type_), f"{table.id} {column.key}"
    assert n_typed > 20


def test_nothing_kinds_of_text_stay_apart(made_up_review: Path) -> None:
    described = json.loads(dict(data_package.files(read(made_up_review)))[data_package.PATH])
    fields = {
        field["name"]: field
        for resource in described["resources"]
        if resource["name"] == "studies"
        for field in resource["schema"]["fields"]
    }
    assert (fields["n_enrolled"]["type"], fields["funding"]["type"]) == ("number", "string")
    assert "missingValues" not in fields["n_enrolled"]
    assert fields["funding"]["missingValues"] == [""]
    assert described["resources"][0]["schema"]["missingValues"] == ["", "NA", "NR"]


def test_ids_are_primary_keys(package: Package) -> None:
    keys = {one.name: one.schema.primary_key for one in package.resources if one.schema.primary_key}
    assert keys == {name: [column] for name, column in data_package.PRIMARY_KEYS.items()}


def test_a_title_without_latin_letters_gives_a_name_that_is_valid(made_up_review: Path) -> None:
    greek = with_protocol(read(made_up_review), short_title="Τσάι")
    described = json.loads(dict(data_package.files(greek))[data_package.PATH])
    assert described["name"] == "living-review"


def test_the_description_says_what_it_is(made_up_review: Path, real_review: Path) -> None:
    made_up, real = (
        json.loads(dict(data_package.files(read(root)))[data_package.PATH]) for root in (made_up_review, real_review)
    )
    assert (made_up["version"], made_up["as_of"], made_up["name"]) == (
        "1.1",
        "2025-02-01",
        "made-up-tea-for-made-up-hiccups",
    )
    assert made_up["licenses"][0]["name"] == "CC-BY-4.0"
    assert "sources" not in made_up
    assert real["sources"][0]["path"] == "https://doi.org/10.7759/cureus.57539"
    assert "version" not in real
