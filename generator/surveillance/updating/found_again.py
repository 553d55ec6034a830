"""A candidate that a search returned again -> its file with that source, and with identifiers that it lacked.

Changes nothing else: the words of a candidate stay those under which it was found first. Writes no file.
"""

from collections.abc import Collection, Iterator

from generator.model.decision import Candidate, Found, RecordIdentifiers
from generator.model.source_record import RecordKind, SourceRecord
from generator.problems import Place
from generator.records import form, yamlfile
from generator.records.yamledit import EditError, append, put
from generator.surveillance.arriving.search_log import Occasion

_IDENTIFIERS = ("doi", "pmid", "pmcid", "openalex")
"""What is filled in; an address or a number of the source's own says nothing beside these."""
_ORDERS: dict[Place, tuple[str, ...]] = {
    (): tuple(Candidate.model_fields),
    ("identifiers",): tuple(RecordIdentifiers.model_fields),
}


def add_found(
    text: str, candidate: Candidate, record: SourceRecord, occasion: Occasion, taken: Collection[str] = ()
) -> str:
    """Return the text of a candidate's file with what `record`, the same document, adds to it.

    `candidate` is the file as it was read; `text` may have changed since, by another record of the same search.
    A source that is named already is not named again. An identifier on file stays; another OpenAlex id is kept beside
    it, since OpenAlex merges works and forgets ids. `taken` are identifiers of other records, which are not filled in:
    each leads to one record of the review.

    A retraction that the source flags is written down where the file says nothing of one.

    Raises `EditError` when the file is written so that nothing can be added to it alone, and when what is brought
    would make it a file that cannot be read again.
    """
    if _is_found(candidate, record) and not is_news(candidate, record) and not any(lacking(candidate, record, taken)):
        return text  # the usual case, for which the file need not be read again
    now, problems = form.validate(Candidate, yamlfile.read(text.encode()), "")
    if now is None:
        raise EditError(f"the file is no candidate: {problems[0].message}")
    if not _is_found(now, record):
        found = Found(source=record.source, on=occasion.on, run=occasion.run)
        text = append(text, ("found",), found.model_dump(mode="json", exclude_none=True), _ORDERS)
    for name, identifier in lacking(now, record, taken):
        text = (append if name == "aliases" else put)(text, ("identifiers", name), identifier, _ORDERS)
    if is_news(now, record):
        text = put(text, ("retracted",), "true", _ORDERS)
    problems = form.validate(Candidate, yamlfile.read(text.encode()), "")[1]
    if problems:
        raise EditError(f"{problems[0].field}: {problems[0].message}")
    return text


def is_news(candidate: Candidate, record: SourceRecord) -> bool:
    """Return whether the source flags a retraction of which the candidate's file says nothing, neither yes nor no.

    The title of a registration that was withdrawn says so too; that is no retraction of a report.
    """
    return record.retracted is True and record.kind is not RecordKind.REGISTRATION and candidate.retracted is None


def _is_found(candidate: Candidate, record: SourceRecord) -> bool:
    return any(found.source == record.source for found in candidate.found)


def lacking(candidate: Candidate, record: SourceRecord, taken: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield the identifiers that a record adds to those of a candidate, each with the name of its field."""
    held = candidate.identifiers
    brought = {name: getattr(record, name) for name in _IDENTIFIERS}
    if record.kind is RecordKind.REGISTRATION:  # elsewhere it is the registration of the trial that is reported
        brought["registration"] = record.registration
    for name, identifier in brought.items():
        if identifier and identifier not in taken and not getattr(held, name):
            yield name, identifier
    if held.openalex and record.openalex not in ("", held.openalex, *held.aliases) and record.openalex not in taken:
        yield "aliases", record.openalex
