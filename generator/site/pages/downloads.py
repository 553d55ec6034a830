"""The downloads page: every file that can be taken away, with what is in it and how large it is."""

from collections.abc import Iterator

from generator.review import Review
from generator.site import exports, tables
from generator.site.exports import robvis
from generator.site.page import Page
from generator.site.provenance import LICENCE_ADDRESS
from generator.wording.table import Cell, Cells, Column, Link, Table
from generator.wording.templates import render

PATH = "downloads.md"
_COLUMNS = (
    Column("table", "Table", "What the table holds, with a link to what its columns mean."),
    Column("rows", "Rows", "How many rows it has.", number=True),
    Column("csv", "For a spreadsheet", "CSV file."),
    Column("json", "For a program", "JSON file."),
)


def pages(review: Review) -> Iterator[Page]:
    """Yield the page of downloads."""
    sizes = {path: size_in_words(len(content)) for path, content in exports.every(review)}
    body = render(
        "site/pages/downloads.md.j2",
        PATH,
        review=review,
        base=review.base_document,
        sizes=sizes,
        table=_files_of_tables(review, sizes),
        robvis=[_robvis(sheet) for sheet in robvis.sheets(review)],
        licence_address=LICENCE_ADDRESS,
    )
    yield Page(
        PATH, "Downloads", body, "Every table of the review as CSV, JSON and SQLite, its records and its references."
    )


def _robvis(sheet: robvis.Sheet) -> dict[str, str]:
    tool = f"{sheet.tool.name}, version {sheet.tool.version}"
    return {"path": sheet.path, "file": sheet.path.rpartition("/")[2], "tool": tool}


def _files_of_tables(review: Review, sizes: dict[str, str]) -> Table:
    rows = tuple(_row(table, sizes) for table in tables.every(review))
    return Table("downloads", "Tables of the review", _COLUMNS, rows)


def _row(table: Table, sizes: dict[str, str]) -> dict[str, Cells]:
    csv_file, json_file = f"data/{table.id}.csv", f"data/{table.id}.json"
    return {
        "table": Cell(table.caption, link=Link("dictionary.md", f"dictionary-{table.id}")),
        "rows": Cell(str(len(table.rows)), sort_key=len(table.rows)),
        "csv": Cell(f"{table.id}.csv", link=Link(csv_file), note=sizes[csv_file]),
        "json": Cell(f"{table.id}.json", link=Link(json_file), note=sizes[json_file]),
    }


def size_in_words(n_bytes: int) -> str:
    """Return a size as readers know it: bytes, kB (1,000 bytes) or MB."""
    if n_bytes < 1_000:
        return f"{n_bytes} bytes"
    if n_bytes < 999_500:
        return f"{n_bytes / 1_000:.0f} kB"
    return f"{n_bytes / 1_000_000:.1f} MB"
