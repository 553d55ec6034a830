"""What the review already knows, as records to compare new ones with. Decides nothing about the new ones."""

from collections.abc import Iterator
from dataclasses import replace

from generator.identifiers import from_file_name, registration_of_doi
from generator.model.decision import RecordIdentifiers, ScreenedRecord
from generator.model.records import Records
from generator.model.report import Report, ReportKind
from generator.model.source_record import RecordKind, SourceRecord
from generator.model.values import Missing


def known_records(records: Records) -> Iterator[tuple[str, SourceRecord]]:
    """Yield every record of the review with the id it goes by: reports, trials, candidates and the screened ledger."""
    for by_id in (records.included, records.excluded):
        for key, study in by_id.items():
            registrations = [registration.id for registration in study.registrations]
            for report in study.reports:
                record = _of_report(report, _text(study.title) if report.primary else "", registrations)
                yield key, record
                yield from ((key, replace(record, openalex=alias)) for alias in report.aliases)
    for key, trial in records.trials.items():
        for registration in (from_file_name(key) or "", *trial.secondary_ids):
            yield key, SourceRecord("", _text(trial.title), registration=registration, kind=RecordKind.REGISTRATION)
    for key, candidate in records.candidates.items():
        authors = tuple(_text(candidate.authors).split("; ")) if _text(candidate.authors) else ()
        year = candidate.year if isinstance(candidate.year, int) else None
        record = _identified(candidate.identifiers, _text(candidate.title), authors, year, candidate.venue or "")
        if candidate.is_registration:
            record = replace(record, kind=RecordKind.REGISTRATION)
        yield key, record
        yield from ((key, replace(record, openalex=alias)) for alias in candidate.identifiers.aliases)
    for ledger in records.screened.values():
        for line in ledger.records:
            name = line.doi or line.pmid or line.openalex or line.registration or _text(line.title)
            record = _of_line(line)
            yield name, record
            yield from ((name, replace(record, openalex=alias)) for alias in line.aliases)


def _text(value: str | Missing | None) -> str:
    return "" if value is None or isinstance(value, Missing) else value


def _of_report(report: Report, title: str, registrations: list[str]) -> SourceRecord:
    return SourceRecord(
        "",
        title,
        year=report.year,
        doi=report.doi or "",
        pmid=report.pmid or "",
        pmcid=report.pmcid or "",
        openalex=report.openalex or "",
        registration=report.registration or "",
        url=report.url or "",
        kind=RecordKind.REGISTRATION if report.kind is ReportKind.REGISTRATION else RecordKind.OTHER,
        linked=tuple(registrations),
    )


def _of_line(line: ScreenedRecord) -> SourceRecord:
    return SourceRecord(
        "",
        _text(line.title),
        year=line.year,
        doi=line.doi or "",
        pmid=line.pmid or "",
        pmcid=line.pmcid or "",
        openalex=line.openalex or "",
        registration=line.registration or "",
        url=line.url or "",
        kind=RecordKind.REGISTRATION if _is_registration(line) else RecordKind.OTHER,
    )


def _is_registration(line: ScreenedRecord) -> bool:
    """Return whether a screened record is a trial's registration, and no report that names one, as for candidates."""
    if line.registration is None or line.pmid or line.pmcid:
        return False
    return line.doi is None or registration_of_doi(line.doi) == line.registration


def _identified(
    known: RecordIdentifiers, title: str, authors: tuple[str, ...], year: int | None, venue: str
) -> SourceRecord:
    return SourceRecord(
        "",
        title,
        authors,
        year,
        venue=venue,
        doi=known.doi or "",
        pmid=known.pmid or "",
        pmcid=known.pmcid or "",
        openalex=known.openalex or "",
        registration=known.registration or "",
        url=known.url or "",
    )
