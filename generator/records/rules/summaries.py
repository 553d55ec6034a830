"""Rules about our own sentences: what they rest on, what they may say, how long they are, what they read before.

Earlier wordings are facts of the past. They are held only to what keeps them readable: they have text, and what stands
in braces can be filled. What they claimed was judged against the rating of their time, so a rating that falls later
makes no mistake of them; nor does a study that has left the records, or their length.
"""

import datetime as dt
import re
from collections.abc import Iterator
from itertools import pairwise

from generator.model import records as kinds
from generator.model.decision import Outcome
from generator.model.records import Records, path_of
from generator.model.study import CONTROLLED
from generator.model.summary import Certainty, Summary, SummaryKind, Wording
from generator.problems import Level, Place, Problem
from generator.records.rules.claims import find_claims
from generator.records.rules.files import ids
from generator.records.rules.names import unknown

PLACEHOLDERS = (
    "n_studies",
    "n_participants",
    "n_trials",
    "n_candidates",
    "last_searched",
    "last_evidence_change",
)
"""What may stand in braces in our sentences and is filled from the records."""
PLAIN_LANGUAGE_WORDS = (400, 850)
"""Fewest and most words of a plain-language summary (Cochrane guidance for plain language summaries, 2021)."""
_GRADE_REASONS = ("risk_of_bias", "inconsistency", "indirectness", "imprecision", "publication_bias")


def _summaries(records: Records) -> Iterator[tuple[str, Summary]]:
    return ((path_of(kinds.SUMMARY, identifier), summary) for identifier, summary in records.summaries.items())


def _sentences(one: Summary | Wording, place: Place = ()) -> Iterator[tuple[Place, str]]:
    yield (*place, "title"), one.title
    if one.text:
        yield (*place, "text"), one.text
    for index, section in enumerate(one.sections):
        yield (*place, "sections", index, "heading"), section.heading
        yield (*place, "sections", index, "text"), section.text


def _with_earlier(summary: Summary) -> Iterator[tuple[Place, Summary | Wording]]:
    yield (), summary
    yield from ((("earlier_wordings", index), one) for index, one in enumerate(summary.earlier_wordings))


def summaries_have_text(records: Records) -> Iterator[Problem]:
    """A summary has `text` or `sections`, today and in each earlier wording; a heading alone says nothing."""
    for path, summary in _summaries(records):
        for place, one in _with_earlier(summary):
            if not one.text and not one.sections:
                yield Problem(path, place, "expected `text` or `sections`, found neither")


def every_outcome_has_one_bottom_line(records: Records) -> Iterator[Problem]:
    """A bottom line is about one outcome, and no outcome has two."""
    first: dict[str, str] = {}
    for path, summary in _summaries(records):
        if summary.kind is not SummaryKind.BOTTOM_LINE:
            continue
        if summary.outcome is None:
            yield Problem(path, (), "expected `outcome` for a bottom line, found none")
        elif summary.outcome in first:
            yield Problem(
                path,
                ("outcome",),
                f"expected one bottom line for {summary.outcome}, found {first[summary.outcome]} too",
                "Keep one of the two files.",
            )
        else:
            first[summary.outcome] = path


def summaries_rest_on_known_records(records: Records) -> Iterator[Problem]:
    """Our sentences rest on studies and trials of the review, so that a change of these leads back to the words."""
    known = ids(records, kinds.STUDY, kinds.EXCLUSION, kinds.TRIAL)
    for path, summary in _summaries(records):
        for name in summary.rests_on:
            yield from unknown(path, ("rests_on",), "the id of a study or trial", name, known)


def summaries_rest_on_what_is_in_the_review(records: Records) -> Iterator[Problem]:
    """Our sentences do not rest on a study or trial that was taken out.

    A warning: that a retracted study is used nowhere must not wait for new words. Until there are some, the pages say
    beside the old ones that they are out of date, and no version can be published.
    """
    for path, summary in _summaries(records):
        for name in summary.rests_on:
            on = _taken_out_on(name, records)
            if on:
                yield Problem(
                    path,
                    ("rests_on",),
                    f"expected what is part of the review, found {name!r}, which was taken out on {on}",
                    "Write the words and the rating anew without it, and keep the old ones; where every word is true "
                    "without it, renew `reviewed`. Then take it out of this list.",
                    Level.WARNING,
                )


def _taken_out_on(name: str, records: Records) -> dt.date | None:
    study, trial = records.included.get(name), records.trials.get(name)
    if study and study.removal:
        return study.removal.on
    decision = trial.decision if trial else None
    return decision.on if decision and decision.outcome is Outcome.EXCLUDE else None


def placeholders_are_known(records: Records) -> Iterator[Problem]:
    """What stands in braces is a number or date that is filled from the records, in earlier wordings too."""
    for path, summary in _summaries(records):
        texts = (text for place, one in _with_earlier(summary) for text in _sentences(one, place))
        for place, text in texts:
            for name in re.findall(r"\{([^{}]*)\}", text):
                yield from unknown(path, place, "a placeholder that can be filled", name, PLACEHOLDERS)


def ratings_stay_under_the_cap(records: Records) -> Iterator[Problem]:
    """Evidence from studies without a control group alone is rated very low, unless `above_cap` justifies more.

    GRADE starts such evidence low and case series very low; nothing in it tells the effect from the natural course.
    An earlier rating is not asked again what it rested on. A study that was taken out counts only in older ratings.
    """
    for path, summary in _summaries(records):
        rating = summary.rating
        earlier = [(("earlier_ratings", index), one) for index, one in enumerate(summary.earlier_ratings)]
        for place, one in [*earlier, *([(("rating",), rating)] if rating else [])]:
            for reason in _GRADE_REASONS:
                levels = getattr(one, reason).levels
                if levels > 2:
                    yield Problem(path, (*place, reason, "levels"), f"expected 0, 1 or 2, found {levels}")
        if not rating:
            continue
        rated_on = rating.on or summary.written
        controlled = _is_controlled(summary, records, rated_on)
        if rating.level is not Certainty.VERY_LOW and not rating.above_cap and not controlled:
            yield Problem(
                path,
                ("rating", "level"),
                "expected very-low, because it rests on no study of the review with a control group, "
                f"found {rating.level.value!r}",
                "Rate it very-low, or justify more under `above_cap`.",
            )


def _is_controlled(summary: Summary, records: Records, said_on: dt.date) -> bool:
    """Return whether a study with a control group was behind what was said on a day.

    One that was taken out later was behind it: that it is used nowhere must not wait for new words, whatever they are.
    """
    studies = (records.included.get(name) for name in summary.rests_on)
    return any(
        study is not None and study.design in CONTROLLED and (study.removal is None or study.removal.on >= said_on)
        for study in studies
    )


def sentences_claim_no_more_than_their_certainty(records: Records) -> Iterator[Problem]:
    """At very low certainty, also while nobody has rated, our sentences do not say safe, effective or the like.

    They may ask, say that it is not known, or quote. GRADE's wording is "the evidence is very uncertain". A study that
    was taken out supports no claim that was written, or found true, after it.
    """
    for path, summary in _summaries(records):
        rating = summary.rating
        said_on = max(summary.written, summary.reviewed or summary.written)
        justified = rating and (rating.above_cap or _is_controlled(summary, records, said_on))
        if rating and justified and rating.level is not Certainty.VERY_LOW:
            continue
        for place, text in _sentences(summary):
            for word in dict.fromkeys(find_claims(text)):
                yield Problem(
                    path,
                    place,
                    f"expected no claim at very low certainty, found {word!r}",
                    "Say what was reported and that it is not known whether it is true; quote words of others.",
                )


def plain_language_summaries_are_short(records: Records) -> Iterator[Problem]:
    """A plain-language summary has 400 to 850 words (Cochrane guidance of 2021)."""
    fewest, most = PLAIN_LANGUAGE_WORDS
    for path, summary in _summaries(records):
        if summary.kind is SummaryKind.PLAIN_LANGUAGE:
            n_words = sum(len(text.split()) for _, text in _sentences(summary))
            if not fewest <= n_words <= most:
                yield Problem(path, (), f"expected {fewest} to {most} words, found {n_words}", "", Level.WARNING)


def a_new_wording_has_other_words(records: Records) -> Iterator[Problem]:
    """An earlier wording reads otherwise than the one that replaced it; else the new words were copied, not the old."""
    for path, summary in _summaries(records):
        for index, (one, newer) in enumerate(pairwise(summary.wordings)):
            if (one.title, one.text, one.sections) == (newer.title, newer.text, newer.sections):
                yield Problem(
                    path,
                    ("earlier_wordings", index),
                    f"expected words that were replaced on {newer.written}, found the new ones",
                    "Copy the words as they stood before; when none changed, leave `written` and renew `reviewed`.",
                )


def the_rating_before_is_kept_once(records: Records) -> Iterator[Problem]:
    """Earlier ratings lead up to the one that stands, and `was` gives only a level whose rating is not kept."""
    for path, summary in _summaries(records):
        if summary.earlier_ratings and not summary.rating:
            yield Problem(
                path,
                ("earlier_ratings",),
                "expected a `rating` that replaced them, found none",
                "A rating is replaced by a new one, which says why; it is not taken back.",
            )
        for index, one in enumerate(summary.ratings):
            if index and one.was:
                place = ("rating",) if one is summary.rating else ("earlier_ratings", index)
                yield Problem(
                    path,
                    (*place, "was"),
                    f"expected no `was`, because the rating before is kept, found {one.was.value!r}",
                    "Leave the line out.",
                )


RULES = (
    summaries_have_text,
    every_outcome_has_one_bottom_line,
    summaries_rest_on_known_records,
    summaries_rest_on_what_is_in_the_review,
    placeholders_are_known,
    ratings_stay_under_the_cap,
    sentences_claim_no_more_than_their_certainty,
    plain_language_summaries_are_short,
    a_new_wording_has_other_words,
    the_rating_before_is_kept_once,
)
