"""Our own sentences and the ratings beside them: as they stood on an earlier day, and whether they are out of date."""

import datetime as dt
from dataclasses import dataclass

from generator.model.records import Records
from generator.model.summary import CertaintyRating, Summary
from generator.review.study_facts import label_of
from generator.review.trials import is_excluded, registration_of


@dataclass(frozen=True)
class TakenOut:
    """A study or registered trial that was taken out, and that sentences of ours still rest on."""

    label: str
    page: str
    on: dt.date
    """When it was taken out."""


def rests_on_taken_out(summary: Summary, records: Records) -> tuple[TakenOut, ...]:
    """Return the studies and trials that were taken out and that the words of today still rest on.

    Nothing but new words, which rest on others, ends it.
    """
    return tuple(one for name in summary.rests_on if (one := _taken_out(name, records)))


def _taken_out(name: str, records: Records) -> TakenOut | None:
    study, trial = records.included.get(name), records.trials.get(name)
    if study and study.removal:
        return TakenOut(label_of(name), f"studies/{name}.md", study.removal.on)
    if trial and trial.decision and is_excluded(trial):
        return TakenOut(registration_of(name), f"trials/{name}.md", trial.decision.on)
    return None


def was_written(summary: Summary, day: dt.date) -> bool:
    """Return whether a summary had words by the end of `day`."""
    return summary.wordings[0].written <= day


def summary_as_of(summary: Summary, day: dt.date) -> Summary:
    """Return a summary with the words and the rating that stood at the end of `day`, by which it was written.

    A rating without a day counts as older than every dated one. `kind`, `outcome` and `order` are those of today.
    """
    *earlier, wording = (one for one in summary.wordings if one.written <= day)
    ratings = [one for one in summary.ratings if not _after(one.on, day)]
    words = dict(wording) | {"reviewed": None if _after(wording.reviewed, day) else wording.reviewed}
    return summary.having(
        **words,
        rating=ratings[-1] if ratings else None,
        earlier_wordings=tuple(earlier),
        earlier_ratings=tuple(ratings[:-1]),
    )


def rating_not_kept(summary: Summary, day: dt.date) -> CertaintyRating | None:
    """Return the oldest rating that is kept when another one, of which only the level is kept, stood on `day`."""
    oldest = next(iter(summary.ratings), None)
    return oldest if oldest and oldest.was and _after(oldest.on, day) and was_written(summary, day) else None


def _after(on: dt.date | None, day: dt.date) -> bool:
    return on is not None and on > day
