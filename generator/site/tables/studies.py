"""Characteristics of the included studies: one row per study (PRISMA 2020 item 17)."""

from functools import lru_cache

from generator.model.study import Study
from generator.review import Review
from generator.review.places import quotes_at
from generator.review.study_facts import badges, label_of, primary_report, year_of
from generator.site.pieces import STUDIES, blocks
from generator.wording.table import Cell, Cells, Column, Link, Table, cell, texts
from generator.wording.words import basis_label, design_label

_COMPARATOR = "comparator"
"""Key of the control groups, and of the facet in which a review may say the same: "none" is then said there alone."""


@lru_cache(maxsize=1)  # downloaded and shown
def table(review: Review) -> Table:
    """Return the characteristics of every included study."""
    facets = tuple(
        Column(f"facet_{key}", facet.label, f"Grouping of the review: {facet.label}.", facet=True)
        for key, facet in review.protocol.facets.items()
    )
    columns = (
        Column("study", "Study", "First author and year; the id of the record."),
        Column("title", "Title", "Title of the primary report.", shown=False),
        Column("year", "Year", "Year of the primary report.", number=True, shown=False),
        Column("doi", "DOI", "DOI of the primary report.", shown=False),
        Column("design", "Design", "Design as judged by the reviewers.", facet=True),
        Column("n_enrolled", "People", "How many people were enrolled.", number=True),
        *facets,
        Column("participants", "Who took part", "Eligibility of the study's participants as reported."),
        Column("intervention", "Intervention", "What was given, and how often."),
        Column(
            _COMPARATOR,
            "Compared with",
            "Control groups of the study; none where it has none.",
            shown=_COMPARATOR not in review.protocol.facets or any(map(_controls, review.studies.values())),
        ),
        Column("follow_up", "Follow-up", "Assessments after the intervention."),
        Column("outcomes", "Outcomes measured", "Instruments the study says it used, with or without results."),
        Column("funding", "Funding", "Who paid, as reported."),
        Column("conclusion", "Authors' conclusion", "The conclusion as worded by others, as a quotation."),
        Column(
            "basis",
            "Data taken from",
            "full-text, abstract, registry, or secondary for another review; and by how many people.",
        ),
    )
    rows = blocks(review, STUDIES, review.studies, "studies", lambda one, key: [_row(one, key, one.studies[key])])
    return Table(
        "studies",
        "Characteristics of included studies",
        columns,
        rows,
        note="The marks beside a value lead to the words it comes from, on the study's page.",
        empty="No study has been included yet.",
    )


def quote_links(study_id: str, keys: tuple[str, ...] | None) -> tuple[Link, ...]:
    """Return links to the quotes of a study."""
    return quotes_at(f"studies/{study_id}.md", keys)


def _row(review: Review, key: str, study: Study) -> dict[str, Cells]:
    people, follow_up = study.participants, study.follow_up
    instruments = review.instruments
    row: dict[str, Cells] = {
        "study": Cell(label_of(key), key, Link(f"studies/{key}.md")),
        "title": cell(study.title),
        "year": cell(year_of(study)),
        "doi": cell(primary_report(study).doi),
        "design": cell(design_label(study.design), quote_links(key, study.sources.get("design"))),
        "n_enrolled": cell(people.n_enrolled, quote_links(key, people.source)),
        "participants": cell(people.included, quote_links(key, people.source)),
        "intervention": tuple(
            Cell(one.label, sources=quote_links(key, one.source), note=_sessions(study, one.id))
            for one in study.interventions
        ),
        _COMPARATOR: _controls(study) or Cell("" if study.facets.get(_COMPARATOR) else "none", "none"),
        "follow_up": texts(follow_up.times, quote_links(key, follow_up.source)) if follow_up else cell(None),
        "outcomes": tuple(
            cell(
                instruments[one.instrument].short if one.instrument in instruments else one.instrument,
                quote_links(key, one.source),
            )
            for one in study.outcomes_measured
        ),
        "funding": cell(study.funding.text if study.funding else None),
        "conclusion": _conclusion(key, study),
        "basis": Cell(basis_label(study.extraction.basis), str(study.extraction.basis), badges=tuple(badges(study))),
    }
    for facet_key, facet in review.protocol.facets.items():
        values = study.facets.get(facet_key, ())
        sources = quote_links(key, study.sources.get("facets"))
        row[f"facet_{facet_key}"] = texts([facet.values.get(value, value) for value in values], sources)
    return row


def _controls(study: Study) -> tuple[Cell, ...]:
    return tuple(Cell(arm.label) for arm in study.arms if arm.role == "control")


def _sessions(study: Study, intervention: str) -> str:
    given = [arm for arm in study.arms if arm.intervention == intervention and isinstance(arm.sessions, int)]
    return "; ".join(f"{arm.label}: {arm.sessions} {'session' if arm.sessions == 1 else 'sessions'}" for arm in given)


def _conclusion(key: str, study: Study) -> Cell:
    said = study.authors_conclusion
    if said is None or not isinstance(said.text, str):
        return cell(None)
    return Cell(f"“{said.text}”", said.text, sources=quote_links(key, said.source), note=said.by or "")
