"""Which feeds a review offers: all changes, and narrower ones by kind, by facet value and by registered trial."""

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.model.protocol import Protocol
from generator.review import Review
from generator.review.changes import Change, ChangeKind, changes
from generator.site import messages
from generator.site.messages import Feed
from generator.wording.table import NOT_APPLICABLE, NOT_REPORTED

EVERYTHING, BY_KIND, BY_TRIAL = "Everything", "By kind of change", "By registered trial"
"""Headings of the feeds that every review has; the others are named after its facets."""


@dataclass(frozen=True)
class _Kind:
    """A feed of some kinds of change."""

    name: str
    label: str
    sends: str
    kinds: frozenset[ChangeKind]


_KINDS = (
    _Kind(
        "studies",
        "studies",
        "Studies that were included or removed, and data that were added to them",
        frozenset({ChangeKind.STUDY_INCLUDED, ChangeKind.STUDY_REMOVED, ChangeKind.DATA_ADDED}),
    ),
    _Kind(
        "trials",
        "trials",
        "Registered trials that became known or were taken out, and moves of their status",
        frozenset({ChangeKind.TRIAL_ADDED, ChangeKind.TRIAL_REMOVED, ChangeKind.TRIAL_STATUS}),
    ),
    _Kind(
        "corrections",
        "corrections and retractions",
        "Corrections of what the review says, and notices on reports, such as retractions",
        frozenset({ChangeKind.CORRECTION, ChangeKind.RETRACTION}),
    ),
    _Kind(
        "candidates",
        "candidates",
        "Records that the searches of a day found; whether they belong to the review is for people to decide",
        frozenset({ChangeKind.CANDIDATES_FOUND}),
    ),
    _Kind(
        "alarms",
        "search alarms",
        "Searches that began to fail, are answered again, no longer find all that is known, or find it again, and"
        " finds that a person had to look at first",
        frozenset({ChangeKind.SEARCH_ALARM}),
    ),
    _Kind("versions", "versions", "Published versions of the review", frozenset({ChangeKind.VERSION})),
)


@dataclass(frozen=True)
class _Subject:
    """What one feed is about."""

    stem: str
    group: str
    label: str
    sends: str
    changes: Sequence[Change]
    scope: str = ""


@functools.lru_cache(maxsize=1)  # each format and the page of feeds ask for all of them
def feeds(review: Review) -> tuple[Feed, ...]:
    """Return every feed: the widest first, then by kind, by facet in the order of the protocol, and by trial."""
    known, protocol = changes(review), review.protocol
    sends = "Every change of the review but of its wording"
    subjects = (
        _Subject("", EVERYTHING, "all changes", sends, known),
        *_by_kind(known),
        *_by_facet(protocol, known),
        *_by_trial(review, known),
    )
    return tuple(_feed(protocol, subject) for subject in subjects)


def _by_kind(known: Sequence[Change]) -> Iterator[_Subject]:
    for one in _KINDS:
        taken = [change for change in known if change.kind in one.kinds]
        yield _Subject(f"feeds/{one.name}", BY_KIND, one.label, one.sends, taken)


def _by_facet(protocol: Protocol, known: Sequence[Change]) -> Iterator[_Subject]:
    """Yield a feed for each facet value that a changed record has; what nobody reported is no subject of a feed."""
    for key, facet in protocol.facets.items():
        for value, label in facet.values.items():
            taken = [change for change in known if value in change.facets.get(key, ())]
            if taken and label.lower() not in (NOT_REPORTED, NOT_APPLICABLE):
                sends = f"Changes of studies and trials with {facet.label}: {label}"
                yield _Subject(f"feeds/{key}/{value}", facet.label, label, sends, taken, f"{key}/{value}")


def _by_trial(review: Review, known: Sequence[Change]) -> Iterator[_Subject]:
    """Yield a feed for each trial; it goes on with the changes of the study in which the trial is included."""
    by_record: dict[str, list[Change]] = {}
    for change in known:
        by_record.setdefault(change.record_id, []).append(change)
    for key, trial in sorted(review.records.trials.items()):
        taken = [change for name in (key, trial.study) if name for change in by_record.get(name, ())]
        sends = f"What becomes known about {key}, also once its results are in an included study"
        yield _Subject(trial_stem(key), BY_TRIAL, key, sends, taken, f"trials/{key}")


def trial_stem(key: str) -> str:
    """Return the path of a trial's feed without its ending."""
    return f"feeds/trials/{key}"


def _feed(protocol: Protocol, subject: _Subject) -> Feed:
    return Feed(
        id=messages.stable_id(protocol, "feed", subject.stem),
        stem=subject.stem,
        group=subject.group,
        label=messages.plain(subject.label),
        title=messages.plain(f"{protocol.short_title}: {subject.label}"),
        sends=messages.plain(f"{subject.sends}."),
        since=protocol.living.since,
        messages=messages.messages(protocol, subject.changes, subject.scope),
    )
