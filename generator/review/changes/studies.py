"""What changed in the studies: in, out, data, corrections, and notices such as retractions.

What happened to one study on one day is one change for each kind, however many lines of its history tell of it. What a
history dates before the study was part of the records is told on that day by a single change, a digest. Notices about
its reports are told there too, each as its own kind: nobody who asked for retractions misses one.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.model.report import Event, EventKind, IntegrityStatus, Notice
from generator.model.study import Exclusion, Study
from generator.model.values import Missing
from generator.review import Review
from generator.review.changes.change import Change, ChangeKind, Weight, identify, place_text, sentences
from generator.review.living import plural
from generator.review.places import place_of
from generator.review.study_facts import label_of, learned_on, was_out

_KINDS = {
    EventKind.INCLUDED: ChangeKind.STUDY_INCLUDED,
    EventKind.DATA_ADDED: ChangeKind.DATA_ADDED,
    EventKind.CORRECTED: ChangeKind.CORRECTION,
    EventKind.INTEGRITY: ChangeKind.RETRACTION,
    EventKind.REMOVED: ChangeKind.STUDY_REMOVED,
}
_WEIGHTS = {
    ChangeKind.STUDY_INCLUDED: Weight.MAJOR,
    ChangeKind.STUDY_REMOVED: Weight.MAJOR,
    ChangeKind.RETRACTION: Weight.MAJOR,
    ChangeKind.CORRECTION: Weight.NOTABLE,
    ChangeKind.DATA_ADDED: Weight.NOTABLE,
}
_TITLES = {
    ChangeKind.STUDY_INCLUDED: "{study} was included",
    ChangeKind.STUDY_REMOVED: "{study} was removed from the included studies",
    ChangeKind.DATA_ADDED: "Data of {study} were added",
    ChangeKind.CORRECTION: "What the review says of {study} was corrected",
    ChangeKind.RETRACTION: "A notice about {study} became known",
}
_ENTERED = "{study} entered the records"
"""The title of a digest."""
_HAPPENED = {
    EventKind.INCLUDED: "was included",
    EventKind.DATA_ADDED: "got new data",
    EventKind.CORRECTED: "was corrected",
    EventKind.INTEGRITY: "got a notice on a report",
    EventKind.REMOVED: "was removed from the included studies",
}
_NOTICES = {
    IntegrityStatus.CORRECTED: "a published correction",
    IntegrityStatus.EXPRESSION_OF_CONCERN: "an expression of concern",
    IntegrityStatus.RETRACTED: "a retraction",
}


@dataclass(frozen=True)
class _Fact:
    """One line of a history, or one notice, in words."""

    on: dt.date
    kind: ChangeKind
    text: str
    status: IntegrityStatus | None = None
    """What a notice declares; None for a line of the history, which does not say it in a field."""
    is_digest: bool = False


def study_changes(review: Review) -> Iterator[Change]:
    """Yield what changed in every study that is or was included, and in those excluded at full text."""
    records = review.records
    for key, study in (records.excluded | records.included).items():
        by_day: dict[tuple[ChangeKind, dt.date], list[_Fact]] = {}
        for fact in _dated_facts(study):
            by_day.setdefault((fact.kind, fact.on), []).append(fact)
        for (kind, on), facts in by_day.items():
            yield Change(
                id=identify(kind, key, on),
                on=on,
                kind=kind,
                weight=_weight(study, kind, facts),
                title=_title(key, kind, facts),
                text=sentences(*(fact.text for fact in facts), _primary_title(study, kind)),
                place=place_text(place_of(key, records)),
                record_id=key,
                facets=_facets(study),
                is_digest=any(fact.is_digest for fact in facts),
            )


def _dated_facts(study: Study | Exclusion) -> Iterator[_Fact]:
    earlier = [event for event in study.history if learned_on(study, event.on) > event.on]
    if earlier:
        yield _digest(study, earlier)
    for event in study.history:
        if event not in earlier:
            yield _Fact(event.on, _KINDS[event.kind], _event_text(event))
    for report in study.reports:
        for notice in report.integrity.notices:
            on = _learned_on(notice, study)
            if on is not None and notice.kind in _NOTICES:
                text = sentences(f"{_sentence_case(_NOTICES[notice.kind])}, dated {notice.on}", notice.text or "")
                yield _Fact(on, ChangeKind.RETRACTION, text, notice.kind)


def _digest(study: Study | Exclusion, earlier: Sequence[Event]) -> _Fact:
    """Return what is told of everything that is dated before the study was part of the records.

    Its kind is that of the oldest line, because a history only grows: nothing that is added later can move it.
    """
    first = min(earlier, key=lambda one: one.on)
    removed = [event for event in earlier if event.kind is EventKind.REMOVED]
    told = [first, *(removed[-1:] if removed[-1:] != [first] else [])]
    n = len(earlier)
    text = sentences(
        *(f"It {_HAPPENED[event.kind]} on {event.on.isoformat()}" for event in told),
        f"{n} earlier {plural(n, 'event')} {'is' if n == 1 else 'are'} in its history",
    )
    return _Fact(learned_on(study, first.on), _KINDS[first.kind], text, is_digest=True)


def _event_text(event: Event) -> str:
    if event.field is None:
        return event.note
    before = f"; it said {event.was} before" if event.was is not None else ""
    return sentences(event.note, f"Corrected field: {event.field}{before}")


def _learned_on(notice: Notice, study: Study | Exclusion) -> dt.date | None:
    """Return the day on which the review learned of a notice; None when its history tells of it or nothing dates it.

    Without that day on record the notice counts on the later of two: its own (the first day that a partial date may
    stand for) and the first of the study's history. The day of the last check never counts, because it moves. No notice
    counts before the study was part of the records, and no line that only a digest tells keeps it silent.
    """
    if notice.known_on:
        return learned_on(study, notice.known_on)
    published = dt.date.fromisoformat(notice.on + "-01-01"[len(notice.on) - 4 :] if len(notice.on) < 10 else notice.on)
    since = learned_on(study, published)
    if any(event.kind is EventKind.INTEGRITY and event.on >= since for event in study.history):
        return None
    known = min((event.on for event in study.history), default=None)
    if known is None:
        known = study.decision.on if study.decision else None
    return max(since, known) if known else None


def _weight(study: Study | Exclusion, kind: ChangeKind, facts: Sequence[_Fact]) -> Weight:
    """Return how much it matters; what befalls a study that is not in the review changes nothing that is known."""
    if isinstance(study, Exclusion):
        return Weight.MINOR
    moves = (ChangeKind.STUDY_INCLUDED, ChangeKind.STUDY_REMOVED)
    if was_out(study, facts[0].on) and (kind not in moves or all(fact.is_digest for fact in facts)):
        return Weight.MINOR
    if kind is ChangeKind.RETRACTION and all(fact.status is IntegrityStatus.CORRECTED for fact in facts):
        return Weight.NOTABLE
    return _WEIGHTS[kind]


def _title(key: str, kind: ChangeKind, facts: Sequence[_Fact]) -> str:
    if any(fact.is_digest for fact in facts):
        return _ENTERED.format(study=label_of(key))
    statuses = {fact.status for fact in facts}
    if kind is ChangeKind.RETRACTION and len(statuses) == 1 and (status := statuses.pop()):
        return f"{_sentence_case(_NOTICES[status])} of a report of {label_of(key)} became known"
    return _TITLES[kind].format(study=label_of(key))


def _primary_title(study: Study | Exclusion, kind: ChangeKind) -> str:
    known = kind is ChangeKind.STUDY_INCLUDED and not isinstance(study.title, Missing)
    return f"Its title: {study.title}" if known else ""


def _facets(study: Study | Exclusion) -> Mapping[str, tuple[str, ...]]:
    """Return how a study is grouped, also one that was taken out; its groups of people count too."""
    if isinstance(study, Exclusion):
        return {}
    found: dict[str, dict[str, None]] = {}
    for grouped in (study.facets, *(one.facets for one in (*study.arms, *study.subgroups))):
        for facet, values in grouped.items():
            found.setdefault(facet, {}).update(dict.fromkeys(values))
    return {facet: tuple(values) for facet, values in found.items()}


def _sentence_case(text: str) -> str:
    return text[:1].upper() + text[1:]
