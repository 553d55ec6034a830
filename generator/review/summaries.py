"""Our own sentences and the ratings beside them: as they stood on an earlier day, and whether they are out of date."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from generator.model.study import Study
from generator.model.summary import CertaintyRating, Summary
from generator.review.study_facts import label_of


@dataclass(frozen=True)
class TakenOut:
    """A study that was taken out, and that sentences of ours still rest on."""

    id: str
    label: str
    on: dt.date
    """When it was taken out."""


def rests_on_taken_out(summary: Summary, studies: Mapping[str, Study]) -> tuple[TakenOut, ...]:
    """Return the studies that were taken out and that the words of today still rest on.

    `studies` are those that were ever included. Nothing but new words, which rest on other studies, ends it.
    """
    held = ((name, studies[name].removal) for name in summary.rests_on if name in studies)
    return tuple(TakenOut(name, label_of(name), removal.on) for name, removal in held if removal)


def was_written(summary: Summary, day: dt.date) -> bool:
    """Return whether a summary had words by the end of `day`."""
    return summary.wordings[0].written <= day


def summary_as_of(summary: Summary, day: dt.date) -> Summary:
    """Return a summary with the words and the rating that stood at the end of `day`, by which it was written.

    A rating without a day counts as older than every dated one. `kind`, `outcome` and `order` are those of today.
    """
    *earlier, wording = (one for one in summary.wordings if one.written <= day)
    ratings = [one for one in summary.ratings if not _after(one.on, day)]
    return summary.model_copy(
        update={
            **dict(wording),
            "reviewed": None if _after(wording.reviewed, day) else wording.reviewed,
            "rating": ratings[-1] if ratings else None,
            "earlier_wordings": tuple(earlier),
            "earlier_ratings": tuple(ratings[:-1]),
        }
    )


def rating_not_kept(summary: Summary, day: dt.date) -> CertaintyRating | None:
    """Return the oldest rating that is kept when another one, of which only the level is kept, stood on `day`."""
    oldest = next(iter(summary.ratings), None)
    return oldest if oldest and oldest.was and _after(oldest.on, day) and was_written(summary, day) else None


def _after(on: dt.date | None, day: dt.date) -> bool:
    return on is not None and on > day
