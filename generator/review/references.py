"""The references of a review: every report of an included or excluded study, and every document that quotes come from.

A record keeps a reference as one line of text. Authors, title and journal are taken from it only where the line has the
form of a Vancouver reference beyond doubt (ICMJE Recommendations, sample references); else the line stays whole.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from generator import identifiers
from generator.model.protocol import Protocol
from generator.model.records import Records
from generator.model.report import Document, IntegrityStatus, Report, ReportKind
from generator.model.study import Exclusion, Study
from generator.model.values import Missing
from generator.review.study_facts import is_removed

_AUTHOR = r"[^\W\d_][\w'’.\- ]*? [A-Z][A-Z-]{0,3}"
_AUTHORS = re.compile(rf"(?P<authors>{_AUTHOR}(?:, {_AUTHOR})*)(?P<others>,? et al)?\.:? ")
_JOURNAL_REFERENCE = re.compile(
    r"(?P<title>.+[.?!]) (?P<journal>[^.;:]+)\. (?P<year>\d{4})"
    r"(?:;(?P<volume>\w+)?(?:\((?P<issue>[^)]+)\))?:(?P<pages>[\w-]+))?\.?"
)


@dataclass(frozen=True)
class Author:
    """Family name and initials."""

    family: str
    initials: str


@dataclass(frozen=True)
class Reference:
    """One reference in parts; a part that is not known beyond doubt is empty."""

    key: str
    kind: ReportKind
    citation: str
    """The whole reference as the record has it."""
    group: str
    """included, excluded or document."""
    title: str = ""
    authors: tuple[Author, ...] = ()
    more_authors: bool = False
    journal: str = ""
    year: int | None = None
    volume: str = ""
    issue: str = ""
    pages: str = ""
    doi: str = ""
    pmid: str = ""
    url: str = ""
    flag: str = ""
    """What a retraction source said, when it said something."""
    doi_as_printed: str = ""
    """A DOI that looks wrong: told, never linked."""


def references(records: Records, protocol: Protocol) -> Iterator[Reference]:
    """Yield every reference by id: included studies, excluded studies, documents; a study's primary report first."""
    for group, key, study in studies_in_order(records):
        yield from study_references(group, key, study)
    yield from document_references(protocol)


def studies_in_order(records: Records) -> Iterator[tuple[str, str, Study | Exclusion]]:
    """Yield group (`included`, `excluded`), id and record of every study; one that was taken out is excluded."""
    out: dict[str, Study | Exclusion] = {key: one for key, one in records.included.items() if is_removed(one)}
    yield from (("included", key, study) for key, study in sorted(records.included.items()) if key not in out)
    yield from (("excluded", key, study) for key, study in sorted({**records.excluded, **out}.items()))


def ranked_reports(study: Study | Exclusion) -> list[Report]:
    """Return the reports of a study, the primary one first."""
    return sorted(study.reports, key=lambda report: not report.primary)


def study_references(group: str, key: str, study: Study | Exclusion) -> Iterator[Reference]:
    """Yield the references of the reports of one study."""
    for number, report in enumerate(ranked_reports(study), 1):
        title = "" if isinstance(study.title, Missing) or not report.primary else study.title
        yield _of_report(key if number == 1 else f"{key}.{number}", report, group, title)


def document_references(protocol: Protocol) -> Iterator[Reference]:
    """Yield the references of the documents that quotes come from."""
    return (_of_document(key, document) for key, document in sorted(protocol.documents.items()))


def _of_report(key: str, report: Report, group: str, title: str) -> Reference:
    authors, more, parts = _parts(report.citation)
    return Reference(
        key,
        report.kind,
        report.citation,
        group,
        title=title or parts.get("title", "") or report.citation,
        authors=authors,
        more_authors=more,
        journal=parts.get("journal", ""),
        year=report.year or _year(parts.get("year")),
        volume=parts.get("volume", ""),
        issue=parts.get("issue", ""),
        pages=parts.get("pages", ""),
        doi=report.doi or "",
        pmid=report.pmid or "",
        url=report.url or _registration_address(report),
        flag=_flag(report),
        doi_as_printed=report.doi_as_printed or "",
    )


def _of_document(key: str, document: Document) -> Reference:
    authors, more, parts = _parts(document.citation)
    return Reference(
        key,
        document.kind,
        document.citation,
        "document",
        title=parts.get("title", "") or document.citation,
        authors=authors,
        more_authors=more,
        journal=parts.get("journal", ""),
        year=int(document.published[:4]),
        volume=parts.get("volume", ""),
        issue=parts.get("issue", ""),
        pages=parts.get("pages", ""),
        doi=document.doi or "",
        url=document.url or "",
    )


def _parts(citation: str) -> tuple[tuple[Author, ...], bool, dict[str, str]]:
    """Return authors, whether there are more, and the parts of a journal reference; all empty where in doubt."""
    head = _AUTHORS.match(citation)
    if not head:
        return (), False, {}
    authors = tuple(Author(*name.rsplit(" ", 1)) for name in head["authors"].split(", "))
    rest = _JOURNAL_REFERENCE.fullmatch(citation[head.end() :].strip())
    parts = {name: text for name, text in rest.groupdict().items() if text} if rest else {}
    if "title" in parts:
        parts["title"] = parts["title"].removesuffix(".")
    return authors, bool(head["others"]), parts


def _year(text: str | None) -> int | None:
    return int(text) if text else None


def _registration_address(report: Report) -> str:
    return (identifiers.address("registry", report.registration) or "") if report.registration else ""


def _flag(report: Report) -> str:
    said = report.integrity.status
    silent = (IntegrityStatus.NOT_CHECKED, IntegrityStatus.NOT_FLAGGED)
    return "" if said in silent else said.replace("-", " ")
