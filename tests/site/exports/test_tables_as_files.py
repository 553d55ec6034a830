"""Every table as CSV and JSON, read back and compared with the table it was made from."""

import csv
import io
import json
import re
from decimal import Decimal
from pathlib import Path

import pytest

from generator.model.values import Missing
from generator.review import Review
from generator.site import exports, tables
from generator.site.csvtext import csv_text, safe
from generator.site.exports import csv_tables, json_tables
from generator.site.jsontext import json_text
from generator.site.table_values import Type, plain
from generator.wording.table import Cell, Cells, Column, Link, Table, cell, texts
from tests.evidence import HOSTILE, read

COLUMNS = (
    Column("id", "Made-up id", "Id of the made-up row."),
    Column("n", "Number", "A made-up number.", number=True),
    Column("words", "Words", "Several made-up words.", shown=False),
)


@pytest.fixture(scope="module")
def review(made_up_review: Path) -> Review:
    return read(made_up_review)


@pytest.fixture(scope="module")
def files(review: Review) -> dict[str, str]:
    found = {path: content for path, content in exports.every(review) if path.endswith((".csv", ".json"))}
    return {path: content.decode() for path, content in found.items()}


def made_up_table(*rows: dict[str, Cells]) -> Table:
    return Table("made-up", "A made-up table", COLUMNS, rows)


def lines_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}"), newline="")))


def as_read(value: object) -> object:
    """Return a value as a reader of JSON gets it who takes numbers with a point as decimal numbers."""
    return Decimal(str(value)) if isinstance(value, float) else value


def content_of(table: Table) -> dict[str, list[dict[str, object]]]:
    found: dict[str, list[dict[str, object]]] = json.loads(
        json_text(json_tables.content(plain(table))), parse_float=Decimal
    )
    return found


def test_texts_and_bytes_are_both_files(review: Review) -> None:
    found = dict(exports.every(review))
    assert len(found) == len(exports.every(review)), "two files have one path"
    assert found["data/review.sqlite"].startswith(b"SQLite format 3\0")
    assert found["data/PRISMA.csv"].startswith(b"data,node,box")


def test_every_table_has_both_files(review: Review, files: dict[str, str]) -> None:
    ids = [table.id for table in tables.every(review)]
    assert len(ids) == len(set(ids)) > 15
    assert [one for one in ids if not re.fullmatch(r"[a-z]+(-[a-z]+)*", one)] == [], "names of files have hyphens only"
    assert {f"data/{one}.{kind}" for one in ids for kind in ("csv", "json")} <= set(files)


def test_each_csv_file_says_what_its_table_says(review: Review, files: dict[str, str]) -> None:
    for table in tables.every(review):
        lines = lines_of(files[f"data/{table.id}.csv"])
        assert len(lines) == len(table.rows), table.id
        for line, row in zip(lines, table.rows, strict=True):
            assert list(line) == [*(column.key for column in table.columns), "cell_notes", "cell_sources"]
            for column in table.columns:
                cells = row[column.key]
                parts = (cells,) if isinstance(cells, Cell) else cells
                said = [safe(one.download) for one in parts if one.download is not None]
                assert line[column.key] == safe("; ".join(said)), f"{table.id} {column.key}"


def test_each_json_file_says_what_its_table_says(review: Review, files: dict[str, str]) -> None:
    for table in tables.every(review):
        content = json.loads(files[f"data/{table.id}.json"], parse_float=Decimal)
        assert [(one["key"], one["description"]) for one in content["columns"]] == [
            (column.key, column.description) for column in table.columns
        ]
        assert len(content["rows"]) == len(content["notes"]) == len(content["sources"]) == len(table.rows)
        several = {one["key"] for one in content["columns"] if one["list"]}
        for found, row in zip(content["rows"], table.rows, strict=True):
            assert list(found) == [column.key for column in table.columns]
            for key, cells in row.items():
                if key in found:
                    parts = (cells,) if isinstance(cells, Cell) else cells
                    said = [as_read(one.download) for one in parts if one.download is not None]
                    assert found[key] == (said if key in several else next(iter(said), None)), f"{table.id} {key}"


def test_the_results_of_the_made_up_review_are_typed_and_sourced(files: dict[str, str]) -> None:
    content = json.loads(files["data/results.json"], parse_float=str)
    position = next(n for n, row in enumerate(content["rows"]) if row["value"] == "41.50")
    row = content["rows"][position]
    assert (row["study"], row["unit"], row["n"], row["dispersion"]) == ("solo-2020", "%", None, None)
    assert content["sources"][position]["value"] == ["studies/solo-2020.html#quote-a2"]
    assert {row["value"] for row in content["rows"]} >= {"-2.3", "6.1", 15}


def test_a_download_says_what_it_is(files: dict[str, str]) -> None:
    head = json.loads(files["data/studies.json"])
    assert head["review"] == "Made-up tea for made-up hiccups: a made-up living systematic review"
    assert (head["version"], head["as_of"], head["licence"]) == ("1.1", "2025-02-01", "CC-BY-4.0")
    assert (head["last_searched"], head["last_evidence_change"]) == ("2025-01-11", "2024-09-15")
    assert head["based_on"] is None


def test_the_base_review_is_credited(real_review: Path) -> None:
    head = json.loads(dict(json_tables.files(read(real_review)))["data/studies.json"])
    assert "10.7759/cureus.57539" in head["based_on"]
    assert "CC-BY-4.0" in head["based_on"]


def test_nothing_kinds_stay_apart() -> None:
    table = made_up_table(
        {"id": Cell("a"), "n": cell(None), "words": ()},
        {"id": Cell("b"), "n": cell(Missing.NOT_REPORTED), "words": ()},
        {"id": Cell("c"), "n": cell(0), "words": texts(["one"])},
    )
    assert [line["n"] for line in lines_of(csv_tables.text(plain(table)))] == ["", "NR", "0"]
    assert [row["n"] for row in content_of(table)["rows"]] == [None, "NR", 0]


def test_lists_stay_lists_in_every_row_of_their_column() -> None:
    table = made_up_table(
        {"id": Cell("a"), "n": Cell("1", 1), "words": texts(["x", "y; z"])},
        {"id": Cell("b"), "n": Cell("2", 2), "words": Cell("none")},
        {"id": Cell("c"), "n": Cell("3", 3), "words": ()},
    )
    assert [row["words"] for row in content_of(table)["rows"]] == [["x", "y; z"], ["none"], []]
    assert [line["words"] for line in lines_of(csv_tables.text(plain(table)))] == ["x; y; z", "none", ""]


def test_notes_badges_and_sources_are_not_lost() -> None:
    noted = Cell("1", 1, note="made-up note", badges=("unchecked",), sources=(Link("studies/a.md", "quote-q1"),))
    table = made_up_table({"id": Cell("a"), "n": noted, "words": ()})
    (line,) = lines_of(csv_tables.text(plain(table)))
    assert line["cell_notes"] == "n: made-up note; n: unchecked"
    assert line["cell_sources"] == "n: studies/a.html#quote-q1"
    content = content_of(table)
    assert content["notes"] == [{"n": ["made-up note", "unchecked"]}]
    assert content["sources"] == [{"n": ["studies/a.html#quote-q1"]}]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1+1", "@SUM(A1)", "\tx", "\rx", "-", "=cmd|'/c calc'!A1", "＝1"])
def test_what_a_spreadsheet_would_run_is_defused(text: str) -> None:
    assert safe(text) == f"'{text}"
    ((found,),) = csv.reader(io.StringIO(csv_text([[text]]), newline=""))
    assert found == f"'{text}"


@pytest.mark.parametrize(
    ("value", "expected"),
    [("-2.3", "-2.3"), (Decimal("-2.30"), "-2.30"), (-5, "-5"), (True, "true"), (None, ""), ("", ""), ("a=b", "a=b")],
)
def test_numbers_and_plain_text_stay_as_they_are(value: object, expected: str) -> None:
    assert safe(value) == expected


def test_a_formula_in_the_middle_of_several_values_is_defused_too() -> None:
    table = made_up_table({"id": Cell("a"), "n": cell(1), "words": texts(["fine", "=1+1"])})
    (line,) = lines_of(csv_tables.text(plain(table)))
    assert line["words"] == "fine; '=1+1"


def test_no_cell_of_any_file_starts_a_formula(files: dict[str, str]) -> None:
    for path, text in files.items():
        if path.endswith(".csv"):
            cells = [one for line in lines_of(text) for one in line.values()]
            assert not [one for one in cells if one[:1] in "=+@\t\r" and one], path


def test_hostile_text_survives_unchanged() -> None:
    hostile = f'{HOSTILE}\n"quoted", second line; \N{RIGHT-TO-LEFT OVERRIDE}x'
    table = made_up_table({"id": Cell(hostile), "n": cell(None), "words": ()})
    assert lines_of(csv_tables.text(plain(table)))[0]["id"] == hostile
    assert content_of(table)["rows"][0]["id"] == hostile


def test_a_column_is_of_the_type_that_all_its_values_have() -> None:
    columns = [Column(key, key, "A made-up column.", number=key in "nxs") for key in "nxsbt"]
    missing = [cell(None), cell(Missing.NOT_REPORTED), Cell("failed", "")]
    rows: list[dict[str, Cells]] = [dict.fromkeys("nxsbt", one) for one in missing]
    rows.append({"n": cell(1), "x": cell(1), "s": texts(["1"]), "b": cell(False), "t": cell(True)})
    rows.append({"n": cell(Decimal("0.5")), "x": Cell("about 1"), "s": (), "b": cell(True), "t": Cell("perhaps")})
    string = Type.STRING
    found = plain(Table("made-up", "A made-up table", tuple(columns), tuple(rows)))
    assert found.types == {"n": Type.NUMBER, "x": string, "s": string, "b": Type.BOOLEAN, "t": string}
    assert plain(Table("made-up", "", tuple(columns), tuple(rows[:3]))).types["b"] is string


def test_a_spreadsheet_is_told_the_encoding(files: dict[str, str]) -> None:
    assert files["data/studies.csv"].encode().startswith(b"\xef\xbb\xbf")
    assert files["data/studies.csv"].count("\r\n") > 4


def test_a_table_without_rows_still_names_its_columns() -> None:
    assert csv_tables.text(plain(made_up_table())) == "id,n,words,cell_notes,cell_sources\r\n"
    assert content_of(made_up_table())["rows"] == []


def test_json_numbers_keep_their_digits() -> None:
    text = json_text({"a": [Decimal("55.20"), Decimal("-0.5"), 7, "\\u00001\\u0000"]})
    assert "[\n55.20,\n-0.5,\n7," in text
    assert json.loads(text)["a"][3] == "\\u00001\\u0000"


def test_json_refuses_what_it_cannot_say() -> None:
    with pytest.raises(TypeError, match="has no place in JSON"):
        json_text({"a": object()})
