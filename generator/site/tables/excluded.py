"""Studies excluded at full text, each with its reason and who decided (PRISMA 2020 item 16b)."""

from collections.abc import Iterator

from generator.identifiers import address
from generator.model.records import EXCLUSION
from generator.model.report import IntegrityStatus, Quote, Report
from generator.model.study import Exclusion
from generator.review import Review
from generator.review.exclusions import ReasonGroup
from generator.review.study_facts import label_of
from generator.site.cells import identifier_cells
from generator.wording.markdown import escape, html
from generator.wording.table import Cell, Cells, Column, Link, Table, cell
from generator.wording.words import verdict_label

_COLUMNS = (
    Column("study", "Study", "First author and year; the id of the record."),
    Column("title", "Title", "Title of the primary report.", shown=False),
    Column("reports", "Reports", "The documents about the study, with what is known of retraction and correction."),
    Column("identifiers", "Identifiers", "What the reports can be found by."),
    Column("registrations", "Registrations", "Registrations that a report states.", shown=False),
    Column("reason", "Reason", "The first reason of the protocol that applies.", facet=True, shown=False),
    Column("note", "Why", "Why the reason applies, and the words that show it."),
    Column("by", "Decided by", "Who decided."),
    Column("on", "Decided on", "When.", shown=False),
)


def table(review: Review) -> Table:
    """Return every study excluded at full text, in the order of the protocol's reasons."""
    rows = tuple(
        _row(review, key, study, group.label)
        for group in review.excluded_by_reason
        for key, study in group.studies.items()
    )
    return Table("excluded", "Excluded at full text", _COLUMNS, rows, empty="No study has been excluded at full text.")


def reason_table(review: Review, group: ReasonGroup) -> Table:
    """Return the studies excluded for one reason."""
    rows = tuple(_row(review, key, study, group.label) for key, study in group.studies.items())
    return Table(
        f"excluded-{group.id}", f"Excluded: {group.label}", _COLUMNS, rows, empty="No study has been excluded for this."
    )


def _row(review: Review, key: str, study: Exclusion, reason: str) -> dict[str, Cells]:
    decision = study.decision
    return {
        "study": Cell(
            label_of(key),
            key,
            note="" if cell(study.title).missing else study.title,
            markup=html(f'<span id="excluded-{escape(key)}">{escape(label_of(key))}</span>'),
        ),
        "title": cell(study.title),
        "reports": tuple(one for report in study.reports for one in _report(report)),
        "identifiers": tuple(one for report in study.reports for one in identifier_cells(report)) or cell(None),
        "registrations": tuple(Cell(one.id) for one in study.registrations) or cell(None),
        "reason": Cell(reason, decision.reason),
        "note": (cell(decision.note), *(_words(review, key, name, quote) for name, quote in study.quotes.items())),
        "by": (*(Cell(review.name_of(person), person) for person in decision.by[:-1]), _last_decider(review, study)),
        "on": Cell(decision.on.isoformat()),
    }


def _last_decider(review: Review, study: Exclusion) -> Cell:
    """Return the last of the deciders, with the day below."""
    last = study.decision.by[-1]
    return Cell(review.name_of(last), last, note=f"on {study.decision.on}")


def _report(report: Report) -> Iterator[Cell]:
    """Yield a report with its retraction status, then the notices about it; the wording stays neutral."""
    integrity = report.integrity
    checked = f" ({integrity.source}, asked on {integrity.checked})" if integrity.checked else ""
    known = integrity.status is not IntegrityStatus.NOT_CHECKED
    yield Cell(report.citation, note=f"{integrity.status.replace('-', ' ')}{checked}" if known else "")
    for notice in integrity.notices:
        url = address("doi", notice.doi) if notice.doi else notice.url
        text = f"Notice of {notice.on}: {notice.text or notice.kind.replace('-', ' ')}"
        yield Cell(text, text, Link(url=url) if url else None)


def _words(review: Review, key: str, name: str, quote: Quote) -> Cell:
    verdict = verdict_label(review.verdict(EXCLUSION, key, name))
    return Cell(f"“{quote.text}”", note=f"{quote.report}, {quote.at}. {verdict}")
