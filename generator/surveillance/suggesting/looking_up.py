"""What sources hold under the identifier of a suggested document or trial. Searches nothing and follows no link."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from generator.model.report import IntegrityStatus
from generator.model.source_record import RecordKind, SourceRecord
from generator.surveillance import sources
from generator.surveillance.asking import crossref
from generator.surveillance.asking.answers import Query, ask
from generator.surveillance.asking.crossref import CrossrefRecord
from generator.surveillance.asking.web import SourceError, Web
from generator.surveillance.sources import openalex
from generator.surveillance.suggesting.suggestion import Identifier

_MODULES = {"pmid": ("pubmed",), "pmcid": ("europepmc",), "registration": ("clinicaltrials", "isrctn", "ctis")}
"""Modules of `generator.surveillance.sources` that hold such an identifier; one without its registry is passed over."""
_KINDS = {"journal-article": RecordKind.ARTICLE, "posted-content": RecordKind.PREPRINT}


@dataclass(frozen=True)
class Answered:
    """What came of looking up one identifier."""

    identifier: Identifier
    record: SourceRecord | None = None
    """None when no source holds it, or none could be asked."""
    failures: tuple[str, ...] = ()
    """What went wrong while asking, in sentences."""


def look_up(identifier: Identifier, source: str, web: Web) -> Answered:
    """Return what the sources hold under an identifier; `source` is the one that the record is said to come from.

    A DOI is asked for at OpenAlex, which names authors and year, and at Crossref, which knows of retractions.
    """
    if identifier.scheme in ("doi", "openalex"):
        return _work(identifier, source, web)
    named = record_of([identifier], source)
    failures = []
    for name in _MODULES.get(identifier.scheme, ()):
        module = sources.module(name)
        key = module.key_of(named)
        if key:
            answer = ask(module, Query(source, "", only=(key,)), web)
            exact = [one for one in answer.records if getattr(one, identifier.scheme) == identifier.value]
            found = exact or (list(answer.records) if len(answer.records) == 1 else [])
            if found:
                return Answered(identifier, found[0])
            failures += [f"{name}: {answer.error}"] if answer.error else []
    return Answered(identifier, None, tuple(failures))


def record_of(known: Sequence[Identifier], source: str) -> SourceRecord:
    """Return what is known of one document, or of one trial, without any source: its identifiers."""
    by_scheme = {one.scheme: one.value for one in known}
    return SourceRecord(
        source,
        "",
        doi=by_scheme.get("doi", ""),
        pmid=by_scheme.get("pmid", ""),
        pmcid=by_scheme.get("pmcid", ""),
        openalex=by_scheme.get("openalex", ""),
        registration=by_scheme.get("registration", ""),
        url=by_scheme.get("url", ""),
        kind=RecordKind.REGISTRATION if "registration" in by_scheme else RecordKind.OTHER,
    )


def _work(identifier: Identifier, source: str, web: Web) -> Answered:
    failures = []
    work: SourceRecord | None = None
    registered: CrossrefRecord | None = None
    try:
        if identifier.scheme == "doi":
            work = openalex.find_again(identifier.value, web, source)
        else:
            answer = ask(openalex, Query(source, "", only=(identifier.value,)), web)
            work = next(iter(answer.records), None)
            failures += [f"OpenAlex: {answer.error}"] if answer.error else []
    except SourceError as error:
        failures.append(f"OpenAlex: {error}")
    doi = identifier.value if identifier.scheme == "doi" else work.doi if work else ""
    try:
        registered = crossref.look_up(doi, web) if doi else None
    except SourceError as error:
        failures.append(f"Crossref: {error}")
    if work is None and registered is None:
        return Answered(identifier, None, tuple(failures))
    return Answered(identifier, _together(work or record_of([identifier], source), registered, doi), tuple(failures))


def _together(work: SourceRecord, registered: CrossrefRecord | None, doi: str) -> SourceRecord:
    """Return a work with what Crossref adds: a title where there is none, a retraction, and other versions."""
    work = work if work.doi else replace(work, doi=doi)
    if registered is None:
        return work
    retracted = any(notice.kind is IntegrityStatus.RETRACTED for notice in registered.notices)
    versions = (*registered.preprint_of, *registered.preprints)
    return replace(
        work,
        title=work.title or registered.title,
        kind=_KINDS.get(registered.type, work.kind) if work.kind is RecordKind.OTHER else work.kind,
        retracted=True if retracted else work.retracted,
        linked=tuple(dict.fromkeys((*work.linked, *versions))),
    )
