"""Rules about records that were found: how they can be found again, by what they were found, and when."""

import datetime as dt
from collections.abc import Iterator, Sequence

from generator.model import records as kinds
from generator.model.decision import Found, RecordIdentifiers, ScreenedRecord, decisions_on
from generator.model.records import Records, path_of
from generator.problems import Place, Problem
from generator.records.rules.files import found, ids, screened
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
    for path, place, line in screened(records):
        if not any(getattr(line, name) for name in _IDENTIFIERS):
            yield Problem(path, place, "expected at least one identifier, found none", hint)


def finders_are_known(records: Records) -> Iterator[Problem]:
    """Whatever found a record is a source of protocol.yml, or a person of it who named the record."""
    if not records.protocol:
        return
    known = {source.id for source in records.protocol.sources} | {person.id for person in records.protocol.people}
    expected = "a source or person of studies/protocol.yml"
    for path, place, find in found(records):
        yield from unknown(path, (*place, "source"), expected, find.source, known)
    for path, place, line in screened(records):
        if line.source:
            yield from unknown(path, (*place, "source"), expected, line.source, known)


def search_runs_referred_to_exist(records: Records) -> Iterator[Problem]:
    """A search run that found a record has its file in searches/, so that every record leads back to its search."""
    known = ids(records, kinds.SEARCH)
    expected = "a file of studies/searches/ such as 2026/2026-01-31"
    for path, place, find in found(records):
        if find.run:
            yield from unknown(path, (*place, "run"), expected, find.run, known)


def first_sources_are_among_the_finds(records: Records) -> Iterator[Problem]:
    """Where a line of screened/ has its finds and names the source that returned it first, that is one of them."""
    for path, place, line in screened(records):
        sources = [find.source for find in line.found]
        if line.source and sources and line.source not in sources:
            yield Problem(
                path,
                (*place, "source"),
                f"expected one of the sources under `found` ({', '.join(sources)}), found {line.source!r}",
                "Leave `source` out: `found` says it.",
            )


def nobody_decides_before_a_record_is_found(records: Records) -> Iterator[Problem]:
    """A decision on a candidate or a line of screened/ is not older than the first find of the record.

    Else no day could show it as found and not yet decided.
    """
    for identifier, candidate in records.candidates.items():
        for decision in decisions_on(candidate)[:1]:
            yield from _decided_before(path_of(kinds.CANDIDATE, identifier), (), candidate.found, decision.on)
    for path, place, line in screened(records):
        if line.found:
            first = line.earlier_decisions[0].on if line.earlier_decisions else line.on
            yield from _decided_before(path, place, line.found, first)


def _decided_before(path: str, place: Place, finds: Sequence[Found], on: dt.date) -> Iterator[Problem]:
    index, first = min(enumerate(finds), key=lambda one: one[1].on)
    if first.on > on:
        yield Problem(
            path,
            (*place, "found", index, "on"),
            f"expected a first find up to {on}, the day of the decision, found {first.on}",
            "Mend the day of the find (that of its search run, in UTC) or that of the decision.",
        )


def nothing_is_found_after_it_was_screened_out(records: Records) -> Iterator[Problem]:
    """No find of a line of screened/ is younger than the line: what stands there is not offered anew."""
    for path, place, line in screened(records):
        for index, find in enumerate(line.found):
            if find.learned_on > line.learned_on and min(one.on for one in line.found) <= line.on:
                yield Problem(
                    path,
                    (*place, "found", index),
                    f"expected a find known by {line.learned_on}, when the record was excluded, "
                    f"found one of {find.learned_on}",
                    f"Mend its day, or write `known_on: {find.learned_on}` beside the `on` of the decision, "
                    "if the line was entered then.",
                )


RULES = (
    candidates_have_an_identifier,
    finders_are_known,
    search_runs_referred_to_exist,
    first_sources_are_among_the_finds,
    nobody_decides_before_a_record_is_found,
    nothing_is_found_after_it_was_screened_out,
)
