"""Our own sentences and the ratings beside them as they stood on an earlier day, from the wordings that are kept."""

import datetime as dt

from generator.model.summary import CertaintyRating, Summary


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
