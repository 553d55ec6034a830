"""Our own sentences that a change of the records leaves behind: what they rest on moved, and nobody read them again."""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.model import records as kinds
from generator.model.records import path_of
from generator.model.summary import Summary, SummaryKind
from generator.review import Review
from generator.review.study_facts import label_of


@dataclass(frozen=True)
class StaleSentence:
    """Sentences of ours that somebody has to read again."""

    path: str
    title: str
    reasons: tuple[str, ...]


def stale_sentences(base: Review, head: Review, moved: Mapping[str, Sequence[str]]) -> tuple[StaleSentence, ...]:
    """Return the summaries that would be out of date after the merge, in the order of their ids.

    `moved` names, for each record whose values differ, the tables in which they do. A summary whose `written` or
    `reviewed` is renewed has been read again and is left out, and so is a new one.
    """
    found, standing = [], (_standing(base), _standing(head))
    for key, summary in sorted(head.records.summaries.items()):
        before = base.records.summaries.get(key)
        if before is None or (before.written, before.reviewed) != (summary.written, summary.reviewed):
            continue
        reasons = [*_moved_away(summary, *standing, moved), *_unread(base, head, summary)]
        if reasons and summary.rating and summary.rating == before.rating:
            reasons.append(f"its certainty ({summary.rating.level.replace('-', ' ')}) was rated before this change")
        if reasons:
            found.append(StaleSentence(path_of(kinds.SUMMARY, key), summary.title, tuple(reasons)))
    return tuple(found)


def _moved_away(
    summary: Summary, before: Container[str], after: Container[str], moved: Mapping[str, Sequence[str]]
) -> Iterator[str]:
    for name in summary.rests_on:
        if name in before and name not in after:
            yield f"{label_of(name)}, which it rests on, leaves the review"
        elif name in moved:
            yield f"{label_of(name)}, which it rests on, changes in: {', '.join(moved[name])}"


def _unread(base: Review, head: Review, summary: Summary) -> Iterator[str]:
    for name in sorted(_reporting(head, summary) - _reporting(base, summary) - set(summary.rests_on)):
        yield f"{label_of(name)} now has data on it and is not among what it rests on"


def _standing(review: Review) -> set[str]:
    """Return what sentences may rest on: studies and trials that were not taken out again."""
    return {*review.studies, *review.trials}


def _reporting(review: Review, summary: Summary) -> set[str]:
    """Return the studies that a summary is about: all of them, or those that report its outcome."""
    if summary.kind is SummaryKind.PLAIN_LANGUAGE:
        return set(review.studies)
    if summary.kind is not SummaryKind.BOTTOM_LINE:
        return set()
    found: set[str] = set()
    for one in review.outcomes:
        if one.domain.id == summary.outcome:
            found |= {result.study_id for result in one.results}
            if one.domain.harms:
                found |= set(review.harms.reporting)
    return found
