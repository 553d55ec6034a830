"""Direction of results by study and outcome: the effect direction plot as a table."""

from collections.abc import Iterable, Iterator

from generator.model.protocol import OutcomeDomain
from generator.review import Review
from generator.review.effect_directions import DirectionRow
from generator.review.outcomes import StudyDirection
from generator.review.study_facts import badges, label_of
from generator.site.pieces import STUDIES, blocks
from generator.wording.table import Cell, Column, Link, Row, Table, cell
from generator.wording.words import design_label, direction_label

NO_RESULT = "no result"
COMPARED, NOT_COMPARED = "comparison between groups", "within one group, no comparison"


def table(review: Review) -> Table:
    """Return the rows of the plot, in its order: the direction of every study in every outcome of the protocol."""
    plot = review.direction_plot

    def rows(alone: Review, _: str) -> Iterator[Row]:
        return (_row(row, plot.domains) for row in alone.direction_plot.rows)

    columns = (
        Column("study", "Study", "The study; the id of its record."),
        Column("design", "Design", "Design as judged by the reviewers.", facet=True),
        Column("risk_of_bias", "Risk of bias", "Least favourable overall judgement of the study."),
        Column("n_enrolled", "People", "How many people were enrolled.", number=True),
        *(
            Column(
                f"direction_{domain.id}",
                domain.label,
                f"Direction of the study's results on this outcome ({domain.label}).",
                facet=True,
            )
            for domain in plot.domains
        ),
    )
    name = " ".join(["effect-direction", *(domain.id for domain in plot.domains)])
    return Table(
        "effect-direction",
        "Direction of results by study and outcome",
        columns,
        blocks(review, STUDIES, (row.study_id for row in plot.rows), name, rows),
        note=(
            "Rows are ordered by design, then risk of bias, then number of people. A change within one group says"
            " nothing about what caused it."
        ),
        empty="No study has been included yet.",
    )


def _row(row: DirectionRow, domains: Iterable[OutcomeDomain]) -> Row:
    cells: Row = {
        "study": Cell(
            label_of(row.study_id), row.study_id, Link(f"studies/{row.study_id}.md"), badges=badges(row.study)
        ),
        "design": Cell(design_label(row.study.design), str(row.study.design)),
        "risk_of_bias": Cell(row.risk_of_bias.label) if row.risk_of_bias else Cell("not assessed", "", missing=True),
        "n_enrolled": cell(row.n_people),
    }
    for domain in domains:
        cells[f"direction_{domain.id}"] = _direction(row.directions.get(domain.id))
    return cells


def _direction(one: StudyDirection | None) -> Cell:
    if one is None:
        return Cell(NO_RESULT, "", missing=True)
    return Cell(direction_label(one.direction), str(one.direction), note=COMPARED if one.compared else NOT_COMPARED)
