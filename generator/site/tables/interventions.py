"""What was given: one row per intervention, with every fact that the protocol asks for in the words of the report."""

from collections.abc import Iterator

from generator.model.study import Intervention, Study
from generator.review import Review
from generator.review.interventions import Stated, Statedness, stated
from generator.review.study_facts import badges, label_of
from generator.site.pieces import STUDIES, blocks
from generator.site.tables.studies import quote_links
from generator.wording.table import NOT_APPLICABLE, Cell, Cells, Column, Link, Row, Table, cell


def table(review: Review) -> Table:
    """Return every intervention of every included study."""
    columns = (
        Column("study", "Study", "The study; the id of its record."),
        Column("intervention", "Intervention", "What was given, as named in the record."),
        Column("n_stated", "Facts stated", "How many of the counted facts the source states.", number=True),
        Column("n_items", "Facts asked for", "How many of the counted facts can apply.", number=True, shown=False),
        *(
            Column(f"field_{field.id}", field.label, field.note or f"{field.label}, in the words of the source.")
            for field in review.protocol.intervention_fields
        ),
        Column("badges", "How far checked", "What a reader must know about how the facts were extracted.", shown=False),
    )
    return Table(
        "interventions",
        "What was given, in the words of the sources",
        columns,
        blocks(review, STUDIES, review.studies, "interventions", _rows),
        empty="No intervention has been described yet.",
    )


def count_cell(found: Stated) -> Cell:
    """Return how many facts are stated of how many; the heading of the column says of what."""
    if not found.n_items:
        return Cell(NOT_APPLICABLE, "", missing=True)
    return Cell(f"{found.n_stated} of {found.n_items}", found.n_stated, sort_key=found.n_stated)


def stated_cell(study_id: str, one: Intervention, field_id: str, what: Statedness) -> Cell:
    """Return what a report says on one field, with its quotes, or which kind of nothing it is."""
    if what is Statedness.STATED:
        return cell(one.details[field_id], quote_links(study_id, one.source))
    if what is Statedness.NOT_LOOKED_FOR:
        return Cell(str(what), missing=True)
    return cell(one.details[field_id])


def _rows(review: Review, key: str) -> Iterator[Row]:
    study = review.studies[key]
    return (_row(review, key, study, one) for one in study.interventions)


def _row(review: Review, key: str, study: Study, one: Intervention) -> dict[str, Cells]:
    found = stated(one, review.protocol)
    row: dict[str, Cells] = {
        "study": Cell(label_of(key), key, Link(f"studies/{key}.md"), badges=badges(study)),
        "intervention": cell(one.label, quote_links(key, one.source)),
        "n_stated": count_cell(found),
        "n_items": Cell(str(found.n_items), found.n_items),
        "badges": tuple(Cell("", str(mark), badges=(mark,)) for mark in badges(study)) or Cell("", ""),
    }
    for field, what in found.fields:
        row[f"field_{field.id}"] = stated_cell(key, one, field.id, what)
    return row
