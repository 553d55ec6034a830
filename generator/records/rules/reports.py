"""Rules about the reports of a study: which is primary, identifiers as printed, retractions."""

from collections.abc import Iterator

from generator.model.records import Records
from generator.model.report import DoiStatus, IntegrityStatus, Report
from generator.model.study import Study
from generator.problems import Level, Place, Problem
from generator.records.rules.files import assessed, reports

_STATED = frozenset(
    {IntegrityStatus.CORRECTED, IntegrityStatus.EXPRESSION_OF_CONCERN, IntegrityStatus.RETRACTED}
)  # statuses that rest on a published notice


def exactly_one_primary_report(records: Records) -> Iterator[Problem]:
    """A study has exactly one primary report, the one it is chiefly known by.

    The unit of a review is the study, not the report (Cochrane Handbook 5.1, section 7.2.1).
    """
    for path, study in assessed(records):
        n_primary = sum(report.primary for report in study.reports)
        if n_primary != 1:
            yield Problem(
                path,
                ("reports",),
                f"expected exactly one report with `primary: true`, found {n_primary or 'none'}",
                "Mark the report that the study is chiefly known by, and no other.",
            )


def retracted_studies_are_not_included(records: Records) -> Iterator[Problem]:
    """A study whose primary report is retracted is not included, or is marked as removed in its history.

    Cochrane's policy on potentially problematic studies: its data leave every analysis at once.
    """
    for path, study in assessed(records):
        if not isinstance(study, Study) or study.removal:
            continue
        for index, report in enumerate(study.reports):
            if report.primary and report.integrity.status is IntegrityStatus.RETRACTED:
                yield Problem(
                    path,
                    ("reports", index, "integrity", "status"),
                    "expected an included study that is not retracted, found 'retracted'",
                    "When it was retracted after it had been included, end its history with a line `kind: removed` "
                    "and write the decision to exclude it; else move the file to studies/excluded/ with a decision.",
                )


def integrity_checks_are_dated(records: Records) -> Iterator[Problem]:
    """What is said about retractions and corrections carries the date and the source that was asked, and the notice.

    A page can then say "not flagged as of a date in a source", which is all that a check can show.
    """
    for path, place, report in reports(records):
        yield from _integrity(path, (*place, "integrity"), report)


def _integrity(path: str, place: Place, report: Report) -> Iterator[Problem]:
    integrity = report.integrity
    if integrity.status is IntegrityStatus.NOT_CHECKED:
        if integrity.checked:
            yield Problem(
                path,
                (*place, "checked"),
                f"expected no date while the status is not-checked, found {integrity.checked}",
                "Write what was found on that day, such as `status: not-flagged`.",
            )
        return
    for field, value in (("checked", integrity.checked), ("source", integrity.source)):
        if not value:
            yield Problem(
                path,
                place,
                f"expected `{field}` beside the status {integrity.status}, found none",
                "Say when and where it was looked up, or write `status: not-checked`.",
            )
    if integrity.status in _STATED and not integrity.notices:
        yield Problem(
            path,
            place,
            f"expected the notice that says so beside the status {integrity.status}, found none",
            "Add it under `notices`.",
            Level.WARNING,
        )


def first_checks_said_the_same(records: Records) -> Iterator[Problem]:
    """`first_checked` is a check that said the status of today: not after the last one, nor before a notice of it.

    One notice of the kind that the status names must have been known on that day. Others may have come since.
    """
    for path, place, report in reports(records):
        status, first, last = report.integrity.status, report.integrity.first_checked, report.integrity.checked
        where = (*place, "integrity", "first_checked")
        rests_on = [one for one in report.integrity.notices if one.kind is status]
        if first is None:
            continue
        if status is IntegrityStatus.NOT_CHECKED:
            yield Problem(path, where, f"expected no date while the status is not-checked, found {first}")
        elif last and first > last:
            yield Problem(path, where, f"expected a day not after {last}, the last check, found {first}")
        elif rests_on and not any(notice.was_known(first) for notice in rests_on):
            earliest = min(str(notice.known_on or notice.on) for notice in rests_on)
            yield Problem(
                path,
                where,
                f"expected a day not before {earliest}, when the first notice of this status became known, "
                f"found {first}",
                f"What an earlier check said was another status; give the first check that said {status}.",
            )


def doubtful_dois_are_not_linked(records: Records) -> Iterator[Problem]:
    """A DOI that looks wrong stands in `doi_as_printed` with `doi_status: suspect`, never in `doi`, which is linked.

    A DOI in `doi` says by `doi_status` whether somebody has followed it.
    """
    for path, place, report in reports(records):
        status = report.doi_status
        if status is DoiStatus.SUSPECT and report.doi:
            hint = "Move it to `doi_as_printed`: what stands in `doi` becomes a link."
            yield Problem(
                path, (*place, "doi"), f"expected no DOI while its status is suspect, found {report.doi!r}", hint
            )
        elif status is DoiStatus.SUSPECT and not report.doi_as_printed:
            hint = "Write the DOI there as the document prints it."
            yield Problem(
                path, (*place, "doi_status"), "expected `doi_as_printed` beside the status suspect, found none", hint
            )
        elif status and not report.doi and not report.doi_as_printed:
            yield Problem(
                path, (*place, "doi_status"), f"expected a DOI beside its status, found only {status.value!r}"
            )
        elif status is DoiStatus.VERIFIED and not report.doi:
            hint = "Write the DOI that was followed in `doi`."
            yield Problem(path, (*place, "doi_status"), "expected `doi` beside the status verified, found none", hint)
        elif (report.doi or report.doi_as_printed) and status is None:
            field = "doi" if report.doi else "doi_as_printed"
            hint = (
                "Write verified when you have followed the DOI and found the report, unverified or suspect otherwise."
            )
            yield Problem(
                path, (*place, field), "expected `doi_status` beside the DOI, found none", hint, Level.WARNING
            )


RULES = (
    exactly_one_primary_report,
    retracted_studies_are_not_included,
    integrity_checks_are_dated,
    first_checks_said_the_same,
    doubtful_dois_are_not_linked,
)
