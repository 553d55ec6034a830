"""What the review held at each published version, in numbers, and what changed from one version to the next.

The studies are those that the version lists; everything else is what the records say was known on its day.
"""

import datetime as dt
from dataclasses import dataclass

from generator.model.version import Version
from generator.review import Review
from generator.review.as_of import records_as_of
from generator.review.changes import Change, ChangeKind, changes
from generator.review.study_facts import n_participants
from generator.review.trials import Category


@dataclass(frozen=True)
class Numbers:
    """The review in numbers on the day of a version; None where the records cannot tell any more."""

    n_studies: int
    n_reports: int | None
    n_people: int | None
    """People enrolled; None also when a study does not report it."""
    n_results: int | None
    """Printed numbers that the review holds."""
    n_trials: int
    n_ongoing: int
    n_awaiting: int
    """Trials that await classification."""
    n_waiting: int
    """Candidates without a decision."""


def numbers_of(review: Review, version: Version) -> Numbers:
    """Return the numbers of a published version."""
    then = Review(records_as_of(review.records, version.on), review.protocol, version.on)
    held = {key: then.records.included.get(key) for key in version.included}
    studies = [study for study in held.values() if study]
    is_whole = len(studies) == len(held)  # else a study has left included/ since, and its data with it
    people = [n_participants(study) for study in studies]
    return Numbers(
        n_studies=len(held),
        n_reports=sum(len(study.reports) for study in studies) if is_whole else None,
        n_people=sum(n or 0 for n in people) if is_whole and None not in people else None,
        n_results=sum(len(study.results) for study in studies) if is_whole else None,
        n_trials=len(then.trials),
        n_ongoing=len(then.trials_by_category[Category.ONGOING]),
        n_awaiting=len(then.trials_by_category[Category.AWAITING]),
        n_waiting=len(then.waiting),
    )


def changes_between(review: Review, version: Version, before: Version | None) -> tuple[Change, ...]:
    """Return what changed after the day of the version `before`, up to the day of `version`, newest first.

    Searches, candidates and the versions themselves are left out: they change nothing that a version holds.
    """
    since = before.on if before else dt.date.min
    aside = {ChangeKind.CANDIDATES_FOUND, ChangeKind.SEARCH_ALARM, ChangeKind.VERSION}
    return tuple(one for one in changes(review) if since < one.on <= version.on and one.kind not in aside)
