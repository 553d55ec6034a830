"""What changed, from the dated facts of the records alone: each fact gives one change, with an id and a day for ever.

A record that is added, edited elsewhere or read in another order moves no other change. What a record does not date is
no change; a fact older than the day on which the review learned of it counts on that day.
"""

from functools import lru_cache

from generator.review import Review
from generator.review.changes.alarms import alarm_changes
from generator.review.changes.change import Change, ChangeKind, Weight
from generator.review.changes.searches import search_changes
from generator.review.changes.statements import statement_changes
from generator.review.changes.studies import study_changes
from generator.review.changes.trials import trial_changes

__all__ = ["Change", "ChangeKind", "Weight", "changes"]

_WEIGHTS = tuple(Weight)


@lru_cache(maxsize=1)  # pages, tables and feeds ask for the same ones
def changes(review: Review) -> tuple[Change, ...]:
    """Return every change up to the day of the review: newest first, within a day those that matter most first."""
    found = (
        *study_changes(review),
        *trial_changes(review),
        *search_changes(review),
        *alarm_changes(review),
        *statement_changes(review),
    )
    known = [one for one in found if one.on <= review.today]
    return tuple(sorted(known, key=lambda one: (-one.on.toordinal(), _WEIGHTS.index(one.weight), one.id)))
