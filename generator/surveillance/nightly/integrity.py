"""Whether anything the review rests on has been corrected or retracted since it was last looked at.

Crossref is asked for every report of an included study that has a DOI (it carries publishers' notices and those of
Retraction Watch). What the sources of tonight flag is a second opinion, also on candidates that wait. A flag is an
alarm for a person; no study is changed or removed by a program. Nothing rests on a study that people took out.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping

from generator.model.protocol import Protocol
from generator.model.records import Records
from generator.model.report import Integrity, IntegrityStatus, Report
from generator.model.source_record import RecordKind, SourceRecord
from generator.review.outcomes import in_review
from generator.surveillance.asking.crossref import Notice, look_up
from generator.surveillance.asking.web import BudgetSpentError, SourceError, Web
from generator.surveillance.nightly.turns import in_turn
from generator.surveillance.updating.found_again import is_news

MOST_A_NIGHT = 200
"""Reports looked up in one night; with more included ones each has its turn within a few nights."""


def check_integrity(records: Records, web: Web, today: dt.date) -> tuple[str, ...]:
    """Return a sentence for each notice that the records do not know yet, and one when Crossref did not answer."""
    reports = [
        (key, report) for key, study in sorted(in_review(records).items()) for report in study.reports if report.doi
    ]
    alarms: list[str] = []
    n_failed = 0
    for key, report in in_turn(reports, MOST_A_NIGHT, today):
        try:
            alarms += [_alarm(key, report, notice) for notice in _new_notices(report, web)]
        except BudgetSpentError as error:
            return (*alarms, f"Crossref was not asked about all included studies: {error}")
        except SourceError:
            n_failed += 1
    if n_failed:
        reports_of = "1 report of an included study" if n_failed == 1 else f"{n_failed} reports of included studies"
        alarms.append(f"Crossref did not answer about {reports_of}")
    return tuple(alarms)


def flagged(
    seen: Iterable[SourceRecord], known: Mapping[SourceRecord, tuple[str, ...]], records: Records, protocol: Protocol
) -> Iterator[str]:
    """Yield a sentence for each report or candidate that a source flags as retracted and whose file does not say so."""
    names = {source.id: source.name for source in protocol.sources}
    reports = {
        identifier: (key, report)
        for key, study in in_review(records).items()
        for report in study.reports
        for identifier in (report.doi, report.pmid, report.pmcid, report.openalex)
        if identifier
    }
    told: set[str] = set()
    for record in seen:
        if not record.retracted or record.kind is RecordKind.REGISTRATION:
            continue
        told |= {
            f"{names.get(record.source, record.source)} flags {identifier}, a report of the included study "
            f"{reports[identifier][0]}, as retracted"
            for identifier in (record.doi, record.pmid, record.pmcid, record.openalex)
            if identifier in reports and reports[identifier][1].integrity.status is not IntegrityStatus.RETRACTED
        }
        told |= {
            f"{names.get(record.source, record.source)} flags the candidate {key} as retracted"
            for key in known.get(record, ())
            if key in records.candidates and is_news(records.candidates[key], record)
        }
    yield from sorted(told)


def _new_notices(report: Report, web: Web) -> Iterator[Notice]:
    found = look_up(report.doi or "", web)
    for notice in found.notices if found else ():
        if not _is_known(notice, report.integrity):
            yield notice


def _is_known(notice: Notice, integrity: Integrity) -> bool:
    """Return whether the file says what a notice does. A status stands for a notice of which the file gives no DOI.

    One of a type that is not known here is on file when its DOI is.
    After a retraction nothing else about a report matters any more.
    """
    on_file = {one.doi: one.kind for one in integrity.notices if one.doi}
    if integrity.status is IntegrityStatus.RETRACTED or notice.doi in on_file:
        return True
    return notice.kind is integrity.status and not (notice.doi and notice.kind in on_file.values())


def _alarm(key: str, report: Report, notice: Notice) -> str:
    on = f" on {notice.on}" if notice.on else ""
    where = f" (notice {notice.doi})" if notice.doi else ""
    about = f"{report.doi}, a report of the included study {key}"
    if notice.kind is None:
        named = f"the type {notice.type!r}, which is not known here" if notice.type else "no stated type"
        return f"Crossref lists an update of {about}: of {named}{on}{where}. Look whether it is a notice"
    kinds = {
        IntegrityStatus.RETRACTED: "retracted",
        IntegrityStatus.EXPRESSION_OF_CONCERN: "under an expression of concern",
        IntegrityStatus.CORRECTED: "corrected",
    }
    return f"Crossref says that {about}, was {kinds[notice.kind]}{on}{where}"
