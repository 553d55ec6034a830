"""Whether anything the review rests on has been corrected or retracted since it was last looked at.

Crossref is asked for every report of an included study that has a DOI (it carries publishers' notices and those of
Retraction Watch). A flag is an alarm for a person; no study is changed or removed by a program.
"""

import datetime as dt
from collections.abc import Iterator

from generator.crossref import Notice, look_up
from generator.model.records import Records
from generator.model.report import IntegrityStatus, Report
from generator.web import BudgetSpentError, SourceError, Web

MOST_A_NIGHT = 200
"""Reports looked up in one night; with more included ones each has its turn within a few nights."""


def check_integrity(records: Records, web: Web, today: dt.date) -> tuple[str, ...]:
    """Return a sentence for each notice that the records do not know yet, and one when Crossref did not answer."""
    reports = [
        (key, report) for key, study in sorted(records.included.items()) for report in study.reports if report.doi
    ]
    alarms: list[str] = []
    n_failed = 0
    for key, report in _tonight(reports, today):
        try:
            alarms += [_alarm(key, report, notice) for notice in _new_notices(report, web)]
        except BudgetSpentError as error:
            return (*alarms, f"Crossref was not asked about all included studies: {error}")
        except SourceError:
            n_failed += 1
    if n_failed:
        alarms.append(f"Crossref did not answer about {n_failed} reports of included studies")
    return tuple(alarms)


def _tonight(reports: list[tuple[str, Report]], today: dt.date) -> list[tuple[str, Report]]:
    n_turns = -(-len(reports) // MOST_A_NIGHT) or 1
    return reports[today.toordinal() % n_turns :: n_turns]


def _new_notices(report: Report, web: Web) -> Iterator[Notice]:
    found = look_up(report.doi or "", web)
    known = {notice.doi for notice in report.integrity.notices if notice.doi}
    for notice in found.notices if found else ():
        stated = notice.kind is report.integrity.status or report.integrity.status is IntegrityStatus.RETRACTED
        if not stated and notice.doi not in known:
            yield notice


def _alarm(key: str, report: Report, notice: Notice) -> str:
    kinds = {
        IntegrityStatus.RETRACTED: "retracted",
        IntegrityStatus.EXPRESSION_OF_CONCERN: "under an expression of concern",
        IntegrityStatus.CORRECTED: "corrected",
    }
    on = f" on {notice.on}" if notice.on else ""
    where = f" (notice {notice.doi})" if notice.doi else ""
    return f"Crossref says that {report.doi}, a report of the included study {key}, was {kinds[notice.kind]}{on}{where}"
