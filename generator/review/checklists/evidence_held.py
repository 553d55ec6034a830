"""What the records hold about the included studies and their outcomes; several checklists ask for it."""

from generator.model.report import Basis
from generator.model.study import Study
from generator.model.values import Missing
from generator.review import Review
from generator.review.checklist import Answer, Location, missing, not_applicable
from generator.review.checklists.whereabouts import BY_ANALYSIS, NOT_POOLED
from generator.review.outcomes import OutcomeEvidence, WindowEvidence
from generator.review.study_facts import gaps, label_of
from generator.wording.words import time_within_a_sentence

NOTHING_INCLUDED = "no study has been included"
_NOT_CHARACTERISTICS = ("a result for ", "how many people each result", "spread or precision", "risk of bias")
"""How the gaps begin that are about results and their appraisal, not about what a study was like."""


def unread_characteristics(review: Review) -> list[str]:
    """Return, in words, how many characteristics of each study nobody has looked for in the study's own report.

    What a report does not say counts as reported; what only another review does not say does not.
    """
    found = []
    for key, study in review.studies.items():
        open_gaps = [
            one
            for one in gaps(study, review.protocol, review.instruments)
            if not one.what.startswith(_NOT_CHARACTERISTICS)
            and (not one.not_reported or study.extraction.basis is Basis.SECONDARY)
        ]
        if open_gaps:
            found.append(f"{len(open_gaps)} of {label_of(key)}")
    return found


def unread(value: object, study: Study) -> bool:
    """Return whether nobody has looked for a fact in the study's own report."""
    return value is None or (value is Missing.NOT_REPORTED and study.extraction.basis is Basis.SECONDARY)


def unassessed(review: Review) -> list[str]:
    """Return the labels of the studies whose risk of bias no person of the review has assessed."""
    people = {person.id for person in review.protocol.people}
    return [
        label_of(key)
        for key, study in review.studies.items()
        if not any(people.intersection(one.by) for one in study.risk_of_bias)
    ]


def incomplete_results(review: Review) -> list[str]:
    """Return, in words, what is missing from the results of each study: any result, numbers of people, precision."""
    found = []
    for key, study in review.studies.items():
        rows = study.results
        without_n = [one for one in rows if unread(one.n, study)]
        bare = [one for one in rows if one.dispersion is None and one.events is None]
        lacking = [
            "any result" if not rows else "",
            f"the number of people for {len(without_n)} of {len(rows)} results" if without_n else "",
            f"the precision of {len(bare)} of {len(rows)} results" if bare else "",
        ]
        if any(lacking):
            found.append(f"of {label_of(key)}, {' and '.join(filter(None, lacking))}")
    return found


def with_evidence(review: Review) -> list[OutcomeEvidence]:
    """Return the outcomes that an included study reports on."""
    return [one for one in review.outcomes if one.n_studies]


def finding(outcome: OutcomeEvidence) -> Location:
    """Return where an outcome stands among the results."""
    if outcome.domain.harms:
        return Location(outcome.domain.label, "harms.md", "what-the-studies-report")
    return Location(outcome.domain.label, "results.md", f"outcome-{outcome.domain.id}")


def unrated(review: Review) -> list[str]:
    """Return the outcomes with evidence whose certainty nobody has rated."""
    return [
        one.domain.label for one in with_evidence(review) if one.bottom_line is None or one.bottom_line.rating is None
    ]


def poolable(review: Review) -> list[str]:
    """Return the sets of results that may be pooled, each by its instrument and time window."""
    return [
        f"{part.instrument.name}, {_when(window)}"
        for outcome in review.outcomes
        for part in outcome.instruments
        for window in part.windows
        if window.verdict.poolable
    ]


def analysis(review: Review, what: str) -> Answer:
    """Return the answer to what a meta-analysis would report: it does not apply where nothing may be pooled."""
    sets = poolable(review)
    if sets:
        n = "set of results" if len(sets) == 1 else "sets of results"
        return missing(f"{what} for {len(sets)} {n} that may be pooled: {'; '.join(sets)}", BY_ANALYSIS)
    return not_applicable("no meta-analysis was made, because no results may be pooled", NOT_POOLED)


def _when(window: WindowEvidence) -> str:
    return time_within_a_sentence(window.window.label) if window.window else "outside every time window"
