"""Studies excluded at full text, each with its reason and who decided (PRISMA 2020 item 16b)."""

from collections.abc import Iterator

from generator.identifiers import address
from generator.model.decision import Decision
from generator.model.records import EXCLUSION
from generator.model.report import IntegrityStatus, Quote, Report
from generator.model.study import Study
from generator.review import Review
from generator.review.exclusions import Excluded, ReasonGroup
from generator.review.study_facts import included_on, label_of
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
    Column("included", "Included on", "When it had been included, for a study that was taken out again.", shown=False),
)


def table(review: Review) -> Table:
    """Return every study excluded at full text, in the order of the protocol's reasons."""
    rows = tuple(
        _row(review, key, one, group.label) for group in review.excluded_by_reason for key, one in group.studies.items()
    )
    return Table("excluded", "Excluded at full text", _COLUMNS, rows, empty="No study has been excluded at full text.")


def reason_table(review: Review, group: ReasonGroup) -> Table:
    """Return the studies excluded for one reason."""
    rows = tuple(_row(review, key, one, group.label) for key, one in group.studies.items())
    return Table(
        f"excluded-{group.id}", f"Excluded: {group.label}", _COLUMNS, rows, empty="No study has been excluded for this."
    )


def _row(review: Review, key: str, one: Excluded, reason: str) -> dict[str, Cells]:
    study, decision = one.study, one.decision
    return {
        "study": Cell(
            label_of(key),
            key,
            Link(f"studies/{key}.md") if one.removed else None,
            note="" if cell(study.title).missing else study.title,
            markup=html(f'<span id="excluded-{escape(key)}">{escape(label_of(key))}</span>'),
        ),
        "title": cell(study.title),
        "reports": tuple(report for each in study.reports for report in _report(each)),
        "identifiers": tuple(shown for report in study.reports for shown in identifier_cells(report)) or cell(None),
        "registrations": tuple(Cell(registration.id) for registration in study.registrations) or cell(None),
        "reason": Cell(reason, decision.reason) if decision else cell(None),
        "note": tuple(_why(review, key, one)) or cell(None),
        "by": tuple(_deciders(review, decision)) if decision else cell(None),
        "on": Cell(decision.on.isoformat()) if decision else cell(None),
        "included": Cell(included_on(study).isoformat()) if isinstance(study, Study) else Cell("never", ""),
    }


def _why(review: Review, key: str, one: Excluded) -> Iterator[Cell]:
    if one.decision and one.decision.note:
        yield Cell(one.decision.note)
    if isinstance(one.study, Study):
        if one.removed:
            note = f"included on {included_on(one.study)}, taken out on {one.removed.on}"
            yield Cell(one.removed.note, note=note)
    else:
        yield from (_words(review, key, name, quote) for name, quote in one.study.quotes.items())


def _deciders(review: Review, decision: Decision) -> Iterator[Cell]:
    """Yield who decided, with the day below the last of them."""
    *others, last = decision.by
    yield from (Cell(review.name_of(person), person) for person in others)
    yield Cell(review.name_of(last), last, note=f"on {decision.on}")


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
