"""The field reference: every field of every kind of record, made from the model that the checks use."""

from collections.abc import Iterator

from generator.records import schema
from generator.records.schema import FieldDescription, KindDescription
from generator.review import Review
from generator.site.page import Page
from generator.site.pieces import made_of
from generator.wording.markdown import with_code
from generator.wording.table import Cell, Cells, Column, Table, texts
from generator.wording.templates import render

PATH = "fields.md"
_COLUMNS = (
    Column("field", "Field", "Where it stands in the file."),
    Column("needed", "Needed", "required or optional.", facet=True),
    Column("value", "What may stand there", "Kind of value, or the words to choose from."),
    Column("meaning", "Meaning", "What the field says."),
)


def pages(review: Review) -> Iterator[Page]:
    """Yield the field reference; it is the same for every review."""
    body = made_of(review, (review.protocol.format,), PATH, lambda: _body(review.protocol.format))
    yield Page(PATH, "Fields of a record", body, "Every field of every kind of record, and what may stand there.")


def _body(version: str) -> str:
    kinds = [(kind, with_code(kind.description), anchor(kind), _table(kind)) for kind in schema.field_reference()]
    return render("site/pages/fields.md.j2", PATH, kinds=kinds, format=version)


def anchor(kind: KindDescription) -> str:
    """Return the anchor of a kind of record on the page."""
    return f"kind-{kind.name.replace(' ', '-')}"


def _table(kind: KindDescription) -> Table:
    rows = tuple(_row(field) for field in kind.fields)
    name = kind.name[:1].upper() + kind.name[1:]
    return Table(f"fields-{kind.name.replace(' ', '-')}", f"{name}: {kind.pattern}", _COLUMNS, rows)


def _row(field: FieldDescription) -> dict[str, Cells]:
    return {
        "field": Cell(field.path),
        "needed": Cell("required" if field.required else "optional"),
        "value": texts(field.allowed) if field.allowed else Cell(field.value),
        "meaning": Cell(field.description, markup=with_code(field.description)),
    }
