"""The page on the static API: what its files hold, where they are, and what will not change about them."""

from collections.abc import Iterator

from generator.review import Review
from generator.site.exports import api
from generator.site.page import Page
from generator.site.provenance import LICENCE, LICENCE_ADDRESS
from generator.wording.markdown import file_name
from generator.wording.table import Cell, Cells, Column, Link, Table
from generator.wording.templates import render

PATH = "api.md"
_COLUMNS = (
    Column("file", "File", "Address below the folder of the API."),
    Column("holds", "What it holds", "What the file holds."),
    Column("schema", "JSON Schema", "What the file looks like, for programs."),
)


def pages(review: Review) -> Iterator[Page]:
    """Yield the page on the static API."""
    body = render(
        "site/pages/api.md.j2",
        PATH,
        folder=api.FOLDER,
        version=api.API_VERSION,
        index=api.INDEX,
        table=_files(),
        example=next(iter(review.studies), None),
        licence=LICENCE,
        licence_address=LICENCE_ADDRESS,
    )
    yield Page(PATH, "API", body, "The static API: records as JSON files at addresses that stay, with their schemas.")


def _files() -> Table:
    described = {api.INDEX: "what the API holds, with its version, the dates of the review and the licence"} | api.FILES
    return Table("api", "Files of the API", _COLUMNS, tuple(_row(file, holds) for file, holds in described.items()))


def _row(file: str, holds: str) -> dict[str, Cells]:
    link = None if "{" in file else Link(f"{api.FOLDER}/{file}")
    schema = api.schema_of(file)
    name = schema.rpartition("/")[2]
    return {
        "file": Cell(file, link=link, markup=file_name(file)),
        "holds": Cell(holds),
        "schema": Cell(name, link=Link(f"{api.FOLDER}/{schema}"), markup=file_name(name)),
    }
