"""A suggestion that the review does not know yet -> a candidate that credits whoever suggested it. Writes no file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from generator.model import records as kinds
from generator.model.decision import Candidate
from generator.model.protocol import Protocol, SourceKind
from generator.model.records import Records, path_of
from generator.model.source_record import RecordKind, SourceRecord
from generator.surveillance.arriving.arrivals import Arrivals, Held, arrive, ids_taken
from generator.surveillance.arriving.known import known_records
from generator.surveillance.arriving.search_log import Occasion
from generator.surveillance.asking.web import Web
from generator.surveillance.priority.reasons import Reasons
from generator.surveillance.suggesting.looking_up import Answered, look_up, record_of
from generator.surveillance.suggesting.standing import SCHEMES, Index, Known
from generator.surveillance.suggesting.suggestion import Identifier, Suggestion, name_of

HOW = "Suggested by a reader."
_BY_HAND = (SourceKind.WEBSITE, SourceKind.ORGANISATION)
_LISTED = 3


@dataclass(frozen=True)
class Accepted:
    """What came of a suggestion that a person accepted."""

    arrivals: Arrivals = field(default_factory=lambda: Arrivals({}, {}, {}))
    known_as: Mapping[Identifier, tuple[Known, ...]] = field(default_factory=dict)
    """What the review has already under another identifier, as looking up has shown."""
    failures: tuple[str, ...] = ()
    """What could not be asked for, in sentences; the candidate then holds only what the suggestion says."""

    @property
    def files(self) -> dict[str, bytes]:
        """The files of the new candidates by their path below `studies/`."""
        return self.arrivals.files

    @property
    def candidates(self) -> dict[str, str]:
        """The title of each new candidate by the path of its file."""
        return {path_of(kinds.CANDIDATE, key): str(one["title"]) for key, one in self.arrivals.candidates.items()}


def source_for_suggestions(protocol: Protocol) -> str:
    """Return the source that suggestions are counted under: the first website or organisation that nothing is asked of.

    In the flow diagram such records stand under other methods (PRISMA 2020). Empty where the protocol has none.
    """
    by_hand = (
        source.id
        for source in protocol.sources
        if source.kind in _BY_HAND and not (source.module or source.feeds or source.strategies)
    )
    return next(by_hand, "")


@dataclass(frozen=True)
class Accepting:
    """A suggestion that a person accepted, and what it meets."""

    suggestion: Suggestion
    records: Records
    source: str
    """Source of the protocol under which suggestions are counted."""
    occasion: Occasion
    credit: str = ""
    """Whom to credit; as the suggestion says where this is empty."""
    also_known: tuple[Records, ...] = ()
    """Records of open pull requests: known, and not offered again."""


def accept(accepting: Accepting, web: Web) -> Accepted:
    """Look up the identifiers that nobody here has seen, and return the candidates that they become.

    Raises:
        CandidateError: A candidate could not be written so that it reads back.
    """
    suggestion, source, occasion = accepting.suggestion, accepting.source, accepting.occasion
    index = Index(accepting.records, accepting.also_known)
    answered = [look_up(one, source, web) for one in suggestion.identifiers if not index.find(one)]
    of = _received(suggestion.identifiers, answered, source)
    known_as = {one: found for one, record in of.items() if (found := _held_as(record, index))}
    received = dict.fromkeys(record for one, record in of.items() if one not in known_as)
    held = (accepting.records, *accepting.also_known)
    by_link = all(one.scheme == "url" for one in of)  # such records look alike; the index has told them apart
    known = [one for each in held for one in known_records(each) if not by_link]
    taken = set().union(*(ids_taken(each) for each in held))
    arrivals = arrive(list(received), Held(known, taken), occasion, Reasons(accepting.records))
    known_as |= {one: found for one, record in of.items() if (found := _named(arrivals.known.get(record, ()), index))}
    note = _note(suggestion, [one.identifier for one in answered if one.record is None])
    name = name_of(accepting.credit) or suggestion.credit
    fields = {key: _credited(one, source, occasion, note, name) for key, one in arrivals.candidates.items()}
    return Accepted(
        replace(arrivals, candidates=fields),
        known_as,
        tuple(failure for one in answered for failure in one.failures),
    )


def branch_of(accepted: Accepted) -> str:
    """Return a name for the branch and the pull request, of letters, digits and hyphens; empty without candidates."""
    keys = sorted(accepted.arrivals.candidates)
    more = f"-and-{len(keys) - _LISTED}-more" if len(keys) > _LISTED else ""
    return f"suggested-{'-'.join(keys[:_LISTED])}{more}" if keys else ""


def _received(given: Sequence[Identifier], answered: Sequence[Answered], source: str) -> dict[Identifier, SourceRecord]:
    """Return the record that each identifier led to, of those that the review does not know.

    What no source holds still stands for a trial, or for a document when nothing else given does. Somebody who gives
    one DOI, one PubMed id and a link means one document; what is then left out of the record is named in the note.
    """
    of = {one.identifier: one.record for one in answered if one.record}
    bare = [one.identifier for one in answered if one.record is None]
    of |= {one: record_of([one], source) for one in bare if one.scheme == "registration"}
    documents = [one for one in bare if one.scheme not in ("registration", "url")]
    links = [one for one in bare if one.scheme == "url"]
    schemes = [one.scheme for one in given if one.scheme not in ("registration", "url")]
    if len(set(schemes)) < len(schemes):
        of |= {one: record_of([one], source) for one in documents}
    elif len(documents) == len(schemes) > 0:
        of |= dict.fromkeys(documents, record_of([*documents, *links[:1]], source))
    is_links_only = all(one.scheme == "url" for one in given)
    return {one: record_of([one], source) for one in links} if is_links_only else of


def _held_as(record: SourceRecord, index: Index) -> tuple[Known, ...]:
    """Return what the review has with an identifier of a record, whatever the titles: one leads to one record."""
    is_trial = record.kind is RecordKind.REGISTRATION
    own = (Identifier(scheme, getattr(record, scheme)) for scheme in SCHEMES if is_trial or scheme != "registration")
    found = (index.find(one) for one in own if one.value)
    return tuple(dict.fromkeys(known for each in found for known in each))


def _named(names: Sequence[str], index: Index) -> tuple[Known, ...]:
    return tuple(found for name in names if (found := index.named(name)))


def _credited(fields: Mapping[str, object], source: str, occasion: Occasion, note: str, name: str) -> dict[str, object]:
    """Return a candidate as suggested: found by a reader and not by a search run, in the order of the model."""
    identifiers = fields["identifiers"]
    known = identifiers.items() if isinstance(identifiers, dict) else ()
    told = dict(fields) | {
        "identifiers": {scheme: value for scheme, value in known if value},  # a link alone has no number in a source
        "found": [{"source": source, "on": occasion.on.isoformat(), "note": HOW}],
        "note": " ".join(filter(None, (str(fields.get("note", "")), note))),
    }
    told |= {"suggested_by": name} if name else {}
    return {field: told[field] for field in Candidate.model_fields if field in told}


def _note(suggestion: Suggestion, unverified: Sequence[Identifier]) -> str:
    parts = [
        f"Reason given by the reader: “{suggestion.why}”." if suggestion.why else "The reader gave no reason.",
        f"Conflict of interest stated: “{suggestion.interests}”." if suggestion.interests else "",
        f"Heading of the suggestion: “{suggestion.title}”." if suggestion.title else "",
    ]
    if unverified:
        named = ", ".join(one.value for one in unverified)
        parts.append(f"As suggested, and not confirmed by any source: {named}.")
    return " ".join(part for part in parts if part)
