"""The category of a registered trial, computed from its registry status and from what is included."""

from enum import StrEnum

from generator.model.trial import OPEN_STATUSES, RegistryStatus, StatusSeen, Trial


class Category(StrEnum):
    """Where a registered trial stands in the review (Cochrane Handbook 5.1, section 7.2.1)."""

    ONGOING = "ongoing"
    AWAITING = "awaiting classification"
    INCLUDED = "report of an included study"
    LISTED = "withdrawn, listed only"


def category(trial: Trial) -> Category:
    """Return the category of a trial.

    A completed, terminated or unknown trial without included results awaits classification; it is not "ongoing".
    """
    if trial.study is not None:
        return Category.INCLUDED
    status = newest(trial).status
    if status is RegistryStatus.WITHDRAWN:
        return Category.LISTED
    return Category.ONGOING if status in OPEN_STATUSES else Category.AWAITING


def newest(trial: Trial) -> StatusSeen:
    """Return the latest look at the registry."""
    return max(enumerate(trial.status_history), key=lambda pair: (pair[1].seen, pair[0]))[1]
