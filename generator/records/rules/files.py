"""The records as rules walk over them: each with the path of its file. Holds no rule."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import chain

from generator.model import records as kinds
from generator.model.decision import Candidate, Decision, Found, ScreenedRecord
from generator.model.records import Kind, Records, kind_of, path_of, record_id
from generator.model.report import Report
from generator.model.search_run import SearchRun
from generator.model.study import Exclusion, Study
from generator.model.trial import Trial
from generator.problems import Place

PROTOCOL = path_of(kinds.PROTOCOL)
INSTRUMENTS = path_of(kinds.INSTRUMENTS)
VERSIONS = path_of(kinds.VERSIONS)


def included(records: Records) -> Iterator[tuple[str, Study]]:
    """Yield the included studies."""
    return iter(_included(records))


@lru_cache(maxsize=2)  # most rules ask
def _included(records: Records) -> tuple[tuple[str, Study], ...]:
    return tuple((path_of(kinds.STUDY, identifier), study) for identifier, study in records.included.items())


def assessed(records: Records) -> Iterator[tuple[str, Study | Exclusion]]:
    """Yield the studies assessed at full text: included and excluded."""
    excluded = ((path_of(kinds.EXCLUSION, identifier), study) for identifier, study in records.excluded.items())
    return chain(included(records), excluded)


def trials(records: Records) -> Iterator[tuple[str, Trial]]:
    """Yield the registered trials."""
    return ((path_of(kinds.TRIAL, identifier), trial) for identifier, trial in records.trials.items())


def reports(records: Records) -> Iterator[tuple[str, Place, Report]]:
    """Yield every report of every included and excluded study, with its place."""
    for path, study in assessed(records):
        for index, report in enumerate(study.reports):
            yield path, ("reports", index), report


def runs(records: Records) -> Iterator[tuple[str, Place, SearchRun]]:
    """Yield every search run, with its place."""
    for identifier, day in records.searches.items():
        for index, run in enumerate(day.runs):
            yield path_of(kinds.SEARCH, identifier), ("runs", index), run


def decisions(records: Records) -> Iterator[tuple[str, str, Place, Decision]]:
    """Yield every decision that holds or held, with its path, the id of its record and its place.

    What a line of a screened ledger itself decides stands apart.
    """
    holders: tuple[tuple[Kind, Mapping[str, Study | Exclusion | Trial] | Mapping[str, Candidate]], ...] = (
        (kinds.STUDY, records.included),
        (kinds.EXCLUSION, records.excluded),
        (kinds.TRIAL, records.trials),
        (kinds.CANDIDATE, records.candidates),
    )
    for kind, by_id in holders:
        for identifier, record in by_id.items():
            path = path_of(kind, identifier)
            for index, decision in enumerate(record.earlier_decisions):
                yield path, identifier, ("earlier_decisions", index), decision
            if record.decision:
                yield path, identifier, ("decision",), record.decision
    for path, place, line in screened(records):
        for index, decision in enumerate(line.earlier_decisions):
            yield path, line.doi or line.title, (*place, "earlier_decisions", index), decision


def found(records: Records) -> Iterator[tuple[str, Place, Found]]:
    """Yield every find of every record, with its place; those of the lines of the screened ledgers come last."""
    candidates = ((path_of(kinds.CANDIDATE, identifier), one) for identifier, one in records.candidates.items())
    for path, record in chain(assessed(records), trials(records), candidates):
        for index, find in enumerate(record.found):
            yield path, ("found", index), find
    for path, place, line in screened(records):
        for index, find in enumerate(line.found):
            yield path, (*place, "found", index), find


def screened(records: Records) -> Iterator[tuple[str, Place, ScreenedRecord]]:
    """Yield every line of the screened ledgers, with its place."""
    for identifier, ledger in records.screened.items():
        path = path_of(kinds.SCREENED, identifier)
        for index, line in enumerate(ledger.records):
            yield path, ("records", index), line


_BY_ID = {
    kinds.STUDY: "included",
    kinds.EXCLUSION: "excluded",
    kinds.TRIAL: "trials",
    kinds.CANDIDATE: "candidates",
    kinds.SEARCH: "searches",
    kinds.TOOL: "tools",
}


def ids(records: Records, *wanted: Kind) -> set[str]:
    """Return the ids of all files of the kinds `wanted`, also of those whose form is wrong.

    A reference to a file that could not be read is right; only the file itself needs mending.
    """
    known = {identifier for kind in wanted for identifier in getattr(records, _BY_ID[kind])}
    for path in records.unread:
        below = path.partition("/")[2]
        kind = kind_of(below)
        if kind in wanted:
            known.add(record_id(kind, below))
    return known
