"""Candidates whose number a source may have given up: looked for by that number, and else found again by their DOI.

OpenAlex merges works, and numbers vanish (about 5 % of those of one year within six months). A new number is kept as an
alias, so that the record is known under both. What is found besides, such as a retraction, is told of as well.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from generator.model.decision import Candidate
from generator.model.records import Records
from generator.model.source_record import SourceRecord
from generator.surveillance.asking.answers import FindsAgain, Query, ask
from generator.surveillance.asking.web import SourceError, Web
from generator.surveillance.nightly.asked import Asked
from generator.surveillance.nightly.turns import in_turn

MOST_A_NIGHT = 50
"""Candidates looked for in one night: one request for all of them, and one more for each that is not held."""


@dataclass(frozen=True)
class LookedAgain:
    """What came of it."""

    known: Mapping[SourceRecord, tuple[str, ...]] = field(default_factory=dict)
    """The records found, each with the candidate it is."""
    alarms: tuple[str, ...] = ()


def look_again(asked: Sequence[Asked], records: Records, today: dt.date, web: Web) -> LookedAgain:
    """Look for candidates that no source returned tonight, in each source that renumbers and answered in full."""
    known: dict[SourceRecord, tuple[str, ...]] = {}
    alarms: list[str] = []
    by_source = {one.due.source.id: one for one in asked if isinstance(one.due.module, FindsAgain)}
    for source, one in by_source.items():
        of_source = [other for other in asked if other.due.source.id == source]
        if any(other.failed for other in of_source):
            continue
        returned = {record.openalex for other in of_source for record in other.answer.records}
        try:
            known |= _found(one, in_turn(_missing(records, source, returned), MOST_A_NIGHT, today), web)
        except SourceError as error:
            alarms.append(f"{one.due.source.name}: candidates were not looked for under their numbers: {error}")
    return LookedAgain(known, tuple(alarms))


def _missing(records: Records, source: str, returned: set[str]) -> list[tuple[str, Candidate]]:
    """Return the candidates of a source that have a number and a DOI and did not come anyway."""
    return [
        (key, one)
        for key, one in sorted(records.candidates.items())
        if one.identifiers.openalex
        and one.identifiers.doi
        and not returned & set(_numbers(one))
        and any(found.source == source for found in one.found)
    ]


def _numbers(candidate: Candidate) -> Iterator[str]:
    yield from filter(None, (candidate.identifiers.openalex, *candidate.identifiers.aliases))


def _found(asked: Asked, missing: Sequence[tuple[str, Candidate]], web: Web) -> dict[SourceRecord, tuple[str, ...]]:
    """Return what the source holds of the candidates; a record whose DOI is another one is another document."""
    module, source = asked.due.module, asked.due.source.id
    if not missing:
        return {}
    answer = ask(module, Query(source, "", only=tuple(number for _, one in missing for number in _numbers(one))), web)
    if answer.error:
        raise SourceError(answer.error)
    held = {record.openalex: record for record in answer.records}
    found: dict[SourceRecord, tuple[str, ...]] = {}
    for key, one in missing:
        record = next((held[number] for number in _numbers(one) if number in held), None)
        if record is None and isinstance(module, FindsAgain):
            record = module.find_again(one.identifiers.doi or "", web, source)
        if record and record.doi == one.identifiers.doi:
            found[record] = (*found.get(record, ()), key)
    return found
