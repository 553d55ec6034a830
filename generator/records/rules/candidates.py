"""Rules about records that were found: how they can be found again, and by what they were found."""

from collections.abc import Iterator

from generator.model import records as kinds
from generator.model.decision import RecordIdentifiers, ScreenedRecord
from generator.model.records import Records, path_of
from generator.problems import Problem
from generator.records.rules.files import found, ids
from generator.records.rules.names import unknown

_IDENTIFIERS = tuple(name for name in ScreenedRecord.model_fields if name in RecordIdentifiers.model_fields)


def candidates_have_an_identifier(records: Records) -> Iterator[Problem]:
    """A candidate has at least one identifier or address; a line of screened/ too, so that it is never found anew."""
    hint = (
        "Give its DOI, PubMed id, OpenAlex id or registration, the source's own number, or the address it was found at."
    )
    for identifier, candidate in records.candidates.items():
        if not any(candidate.identifiers.__dict__.values()):
            path = path_of(kinds.CANDIDATE, identifier)
            yield Problem(path, ("identifiers",), "expected at least one identifier, found none", hint)
    for year, ledger in records.screened.items():
        for index, line in enumerate(ledger.records):
            if not any(getattr(line, name) for name in _IDENTIFIERS):
                path = path_of(kinds.SCREENED, year)
                yield Problem(path, ("records", index), "expected at least one identifier, found none", hint)


def finders_are_known(records: Records) -> Iterator[Problem]:
    """Whatever found a record is a source of protocol.yml, or a person of it who named the record."""
    if not records.protocol:
        return
    known = {source.id for source in records.protocol.sources} | {person.id for person in records.protocol.people}
    expected = "a source or person of studies/protocol.yml"
    for path, finders in found(records):
        for index, finder in enumerate(finders):
            yield from unknown(path, ("found", index, "source"), expected, finder.source, known)
    for year, ledger in records.screened.items():
        for index, line in enumerate(ledger.records):
            if line.source and line.source not in known:
                path = path_of(kinds.SCREENED, year)
                yield from unknown(path, ("records", index, "source"), expected, line.source, known)


def search_runs_referred_to_exist(records: Records) -> Iterator[Problem]:
    """A search run that found a record has its file in searches/, so that every record leads back to its search."""
    known = ids(records, kinds.SEARCH)
    for path, finders in found(records):
        for index, finder in enumerate(finders):
            if finder.run:
                expected = "a file of studies/searches/ such as 2026/2026-01-31"
                yield from unknown(path, ("found", index, "run"), expected, finder.run, known)


RULES = (candidates_have_an_identifier, finders_are_known, search_runs_referred_to_exist)
