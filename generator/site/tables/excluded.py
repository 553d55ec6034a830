"""Studies and trials excluded at full text, each with its reason and who decided (PRISMA 2020 item 16b)."""

from collections.abc import Iterator

from generator.identifiers import address
from generator.model.decision import Decision, RecordIdentifiers
from generator.model.records import EXCLUSION
from generator.model.report import IntegrityStatus, Quote, Report
from generator.model.study import Exclusion, Study
from generator.model.trial import Trial
from generator.review import Review
from generator.review.exclusions import Excluded, ReasonGroup
from generator.review.study_facts import included_on, label_of
from generator.review.trials import registration_of
from generator.site.cells import identifier_cells
from generator.wording.markdown import escape, html
from generator.wording.table import Cell, Cells, Column, Link, Table, cell
from generator.wording.words import verdict_label

_COLUMNS = (
    Column("study", "Study", "First author and year, or registration; the id of the record."),
    Column("title", "Title", "Title of the primary report or of the trial.", shown=False),
    Column("reports", "Reports", "The documents about the study, with what is known of retraction and correction."),
    Column("identifiers", "Identifiers", "What the reports can be found by."),
    Column("registrations", "Registrations", "Registrations that a report states, or of the trial.", shown=False),
    Column("reason", "Reason", "The first reason of the protocol that applies.", facet=True, shown=False),
    Column("note", "Why", "Why the reason applies, and the words that show it."),
    Column("by", "Decided by", "Who decided."),
    Column("on", "Decided on", "When.", shown=False),
    Column("included", "Included on", "Since when it had been in the review, where it was taken out.", shown=False),
)


def table(review: Review) -> Table:
    """Return every study and trial excluded at full text, in the order of the protocol's reasons."""
    rows = tuple(
        _row(review, key, one, group.label) for group in review.excluded_by_reason for key, one in group.studies.items()
    )
    return Table("excluded", "Excluded at full text", _COLUMNS, rows, empty="No study has been excluded at full text.")


def reason_table(review: Review, group: ReasonGroup) -> Table:
    """Return the studies and trials excluded for one reason."""
    rows = tuple(_row(review, key, one, group.label) for key, one in group.studies.items())
    return Table(
        f"excluded-{group.id}", f"Excluded: {group.label}", _COLUMNS, rows, empty="No study has been excluded for this."
    )


def _row(review: Review, key: str, one: Excluded, reason: str) -> dict[str, Cells]:
    record, decision = one.record, one.decision
    is_trial = isinstance(record, Trial)
    label = registration_of(key) if is_trial else label_of(key)
    return {
        "study": Cell(
            label,
            key,
            None if isinstance(record, Exclusion) else Link(f"trials/{key}.md" if is_trial else f"studies/{key}.md"),
            note="" if cell(record.title).missing else record.title,
            markup=html(f'<span id="excluded-{escape(key)}">{escape(label)}</span>'),
        ),
        "title": cell(record.title),
        **(_registered(key, record) if isinstance(record, Trial) else _reported(record)),
        "reason": Cell(reason, decision.reason) if decision else cell(None),
        "note": tuple(_why(review, key, one)) or cell(None),
        "by": tuple(_deciders(review, decision)) if decision else cell(None),
        "on": Cell(decision.on.isoformat()) if decision else cell(None),
        "included": _included(record),
    }


def _reported(study: Study | Exclusion) -> dict[str, Cells]:
    return {
        "reports": tuple(report for each in study.reports for report in _report(each)),
        "identifiers": tuple(shown for report in study.reports for shown in identifier_cells(report)) or cell(None),
        "registrations": tuple(Cell(registration.id) for registration in study.registrations) or cell(None),
    }


def _registered(key: str, trial: Trial) -> dict[str, Cells]:
    """Return how a trial is known: by its registrations, which are its reports here."""
    held = (registration_of(key), *trial.secondary_ids)
    found = (identifier_cells(RecordIdentifiers(registration=one)) for one in held)
    return {
        "reports": Cell(f"Registration in {trial.registry}"),
        "identifiers": tuple(shown for cells in found for shown in cells),
        "registrations": tuple(Cell(one) for one in held),
    }


def _included(record: Study | Exclusion | Trial) -> Cell:
    if isinstance(record, Exclusion):
        return Cell("never", "")
    return Cell((record.known_on if isinstance(record, Trial) else included_on(record)).isoformat())


def _why(review: Review, key: str, one: Excluded) -> Iterator[Cell]:
    record, decision = one.record, one.decision
    if decision and decision.note:
        yield Cell(decision.note)
    if isinstance(record, Study):
        if record.removal:
            note = f"included on {included_on(record)}, taken out on {record.removal.on}"
            yield Cell(record.removal.note, note=note)
    elif isinstance(record, Trial):
        taken_out = f", taken out on {decision.on}" if decision else ""
        yield Cell("A registered trial", note=f"part of the review from {record.known_on} on{taken_out}")
    else:
        yield from (_words(review, key, name, quote) for name, quote in record.quotes.items())


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
