"""Records that came in -> new candidates, and which records the review knows already. Reads and writes no file.

Nothing is dropped: every record becomes part of a new candidate, or names what it is the same as.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from generator.model import records as kinds
from generator.model.records import Records, path_of
from generator.model.source_record import SourceRecord
from generator.records import form, yamlfile
from generator.surveillance.arriving.candidates import Why, candidate, identifier_for
from generator.surveillance.arriving.known import known_records
from generator.surveillance.arriving.search_log import Occasion
from generator.surveillance.dedupe import Group, find_known, group

TO_DECIDE = """\
# To decide: remove the "#" of the last line and fill it in. The outcome is include, awaiting, or exclude (then add
# `reason:` with an id of exclusion_reasons in studies/protocol.yml); the stage is title-abstract or full-text.
# decision: {outcome: include, stage: title-abstract, by: [your-id], on: 2026-01-31}
"""


_Name = tuple[str, bool]
"""A name, and whether it is one of this review rather than of another branch."""


class CandidateError(Exception):
    """A record that cannot be written as a candidate; nothing has changed."""


@dataclass(frozen=True)
class Arrivals:
    """What came of the records of one occasion."""

    new: Mapping[str, Group]
    """The records of every new candidate, by its id."""
    candidates: Mapping[str, Mapping[str, object]]
    """The fields of every new candidate, by its id."""
    known: Mapping[SourceRecord, tuple[str, ...]]
    """What the review has already, by the names `known_records` gives it; empty for a record that is new, and for one
    that only another branch has."""

    @property
    def files(self) -> dict[str, bytes]:
        """The files of the new candidates by their path below `studies/`, each sure to read back without a problem."""
        return {
            kinds.CANDIDATE.pattern.replace("{id}", key): _checked(key, fields)
            for key, fields in self.candidates.items()
        }


@dataclass(frozen=True)
class Held:
    """What records that arrive are compared with."""

    known: Sequence[tuple[str, SourceRecord]]
    """What the review has, each with its name."""
    taken: Collection[str]
    """Ids that a new candidate may not have."""
    elsewhere: Sequence[tuple[str, SourceRecord]] = ()
    """What other branches have: known as well. A name there may be that of another document here."""

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of what the review has."""
        return frozenset(name for name, _ in self.known)


def held_by(records: Records, others: Sequence[Records] = ()) -> Held:
    """Return what a review has, and what its other branches have."""
    return Held(
        known=list(known_records(records)),
        taken=set().union(*(ids_taken(one) for one in (records, *others))),
        elsewhere=[one for other in others for one in known_records(other)],
    )


def ids_taken(records: Records) -> set[str]:
    """Return the ids that a new candidate may not have."""
    return set(records.included) | set(records.excluded) | set(records.trials) | set(records.candidates)


def arrive(
    received: Sequence[SourceRecord],
    held: Held,
    occasion: Occasion,
    why: Callable[[Sequence[Group]], Sequence[Why]],
) -> Arrivals:
    """Put records about one document together, leave out what is known, and name and describe the others.

    `why` is asked once for all new groups: what matched, and how soon each is worth reading.
    """
    review = _Known(received, held)
    groups = group(record for record in dict.fromkeys(received) if not review.same[record])
    keys = _named(groups, held.taken)
    shared = _sharing(groups, keys, [*held.known, *(one for one in held.elsewhere if one[0] not in held.names)])
    candidates = {}
    for one, reason in zip(groups, why(groups), strict=True):
        linked = {name for record in one.records for name in review.linked[record]}
        possible = {name for record in one.records for name in review.possible[record]}
        linked |= {keys[match.second] for match in one.linked}
        possible |= {keys[match.second] for match in one.possible} | shared[keys[one.records[0]]]
        candidates[keys[one.records[0]]] = candidate(one, occasion, reason, linked, possible)
    return Arrivals(
        new={keys[one.records[0]]: one for one in groups},
        candidates=candidates,
        known={record: tuple(sorted(names)) for record, names in review.same_here.items()},
    )


class _Known:
    """What is known of each record received, by name: the same document, linked ones, perhaps the same."""

    def __init__(self, received: Sequence[SourceRecord], held: Held) -> None:
        self.same: dict[SourceRecord, set[_Name]] = {record: set() for record in received}
        self.linked: dict[SourceRecord, set[str]] = {record: set() for record in received}
        self.possible: dict[SourceRecord, set[str]] = {record: set() for record in received}
        names: dict[SourceRecord, set[_Name]] = {}
        for is_here, several in ((True, held.known), (False, held.elsewhere)):
            for name, record in several:
                names.setdefault(record, set()).add((name, is_here))
        left = list(self.same)
        while names and left:  # a record may be the same as one of tonight that the review has under another identifier
            for found in find_known(left, names):
                self.same[found.record] |= {name for match in found.same for name in names[match.second]}
                for matches, found_of in ((found.linked, self.linked), (found.possible, self.possible)):
                    met = (name for match in matches for name in names[match.second])
                    found_of[found.record] |= {name for name, is_here in met if is_here or name not in held.names}
            names = {record: self.same[record] for record in left if self.same[record]}
            left = [record for record in left if not self.same[record]]

    @property
    def same_here(self) -> dict[SourceRecord, set[str]]:
        """What the review itself has of each record, without what only another branch has."""
        return {record: {name for name, is_here in held if is_here} for record, held in self.same.items()}


def _named(groups: Iterable[Group], taken: Collection[str]) -> dict[SourceRecord, str]:
    """Return the id of the candidate that each new record becomes part of."""
    used = set(taken)
    keys: dict[SourceRecord, str] = {}
    for one in groups:
        key = identifier_for(one, used)
        used.add(key)
        keys |= dict.fromkeys(one.records, key)
    return keys


def _sharing(
    groups: Iterable[Group], keys: Mapping[SourceRecord, str], known: Iterable[tuple[str, SourceRecord]]
) -> dict[str, set[str]]:
    """Return for every new candidate what else has one of its identifiers and is not the same document.

    The abstracts of a conference may share one DOI. They are offered one by one, each naming the others.
    """
    holders: dict[tuple[str, str], set[str]] = {}
    for one in groups:
        for record in one.records:
            for identifier in _identifiers(record):
                holders.setdefault(identifier, set()).add(keys[record])
    wanted = {identifier: set(held) for identifier, held in holders.items()}
    for name, record in known:
        for identifier in _identifiers(record):
            if identifier in wanted:
                holders[identifier].add(name)
    shared: dict[str, set[str]] = {keys[one.records[0]]: set() for one in groups}
    for identifier, names in wanted.items():
        for key in names:
            shared[key] |= holders[identifier] - {key}
    return shared


def _identifiers(record: SourceRecord) -> Iterator[tuple[str, str]]:
    for name in ("doi", "pmid", "pmcid", "openalex", "registration"):
        value: str = getattr(record, name)
        if value:
            yield name, value


def _checked(key: str, fields: Mapping[str, object]) -> bytes:
    """Return a candidate as it is written, sure that it reads back without a problem."""
    head = f"# yaml-language-server: $schema=../schema/{kinds.CANDIDATE.name}.schema.json"
    text = f"{head}\n{yamlfile.dump(dict(fields))}{TO_DECIDE}"
    _, problems = form.validate(kinds.CANDIDATE.model, yamlfile.read(text.encode()), path_of(kinds.CANDIDATE, key))
    if problems:
        raise CandidateError(f"{path_of(kinds.CANDIDATE, key)}  {problems[0].field}: {problems[0].message}")
    return text.encode()
