"""PRISMA 2020, items 16 to 22: the results."""

from generator.review import Review
from generator.review.checklist import Answer, Requirement, Section, listed, not_applicable, weigh
from generator.review.checklists import evidence_held
from generator.review.checklists.evidence_held import NOTHING_INCLUDED
from generator.review.checklists.whereabouts import (
    BY_ASSESSING,
    BY_RATING,
    BY_SEARCHING,
    EVIDENCE,
    EXCLUDED,
    FINDINGS,
    FLOW,
    FLOW_NUMBERS,
    IN_STUDIES,
    RESULTS,
    RISK_OF_BIAS,
)
from generator.review.study_facts import label_of


def flow_of_records(review: Review) -> Answer:
    """The numbers from records to studies, all known and in agreement."""
    flow = review.flow
    since = "since the earlier version" if review.base_document else "yet"
    return weigh(
        (flow.n_runs, f"a search; none has been run {since}"),
        (flow.registered.identified is not None, "how many records the searches returned"),
        (flow.registered.removed.total is not None, "how many records were removed before screening"),
        (not flow.disagreements, f"numbers that agree; {len(flow.disagreements)} of the sums do not"),
        who=BY_SEARCHING,
        at=(FLOW, FLOW_NUMBERS),
    )


def near_misses(review: Review) -> Answer:
    """The studies excluded at full text, each with its reason."""
    excluded = {key: one for group in review.excluded_by_reason for key, one in group.studies.items()}
    if not excluded:
        return not_applicable("no study has been excluded at full text", EXCLUDED)
    unexplained = [label_of(key) for key, one in excluded.items() if not (one.decision and one.decision.reason)]
    return weigh(
        (not unexplained, f"the reason to exclude {listed(unexplained)}"),
        who="the people who decided, in studies/excluded/",
        at=(EXCLUDED,),
    )


def characteristics(review: Review) -> Answer:
    """What each included study was like."""
    if not review.studies:
        return not_applicable(NOTHING_INCLUDED, EVIDENCE)
    unread = evidence_held.unread_characteristics(review)
    return weigh(
        (not unread, f"characteristics that nobody has looked for in the reports themselves: {listed(unread)}"),
        who=IN_STUDIES,
        at=(EVIDENCE,),
    )


def risk_of_bias(review: Review) -> Answer:
    """An assessment of every study, made by people of the review."""
    studies = review.studies
    if not studies:
        return not_applicable(NOTHING_INCLUDED, RISK_OF_BIAS)
    waiting = evidence_held.unassessed(review)
    return weigh(
        (not waiting, f"an assessment of {listed(waiting)} by people of the review"),
        who=BY_ASSESSING,
        at=(RISK_OF_BIAS,),
    )


def individual_results(review: Review) -> Answer:
    """The results of each study with numbers of people and precision."""
    if not review.studies:
        return not_applicable(NOTHING_INCLUDED, RESULTS)
    incomplete = evidence_held.incomplete_results(review)
    return weigh((not incomplete, "; ".join(incomplete)), who=IN_STUDIES, at=(RESULTS,))


def contributing_studies(review: Review) -> Answer:
    """For each outcome the studies behind it and their risk of bias."""
    if not evidence_held.with_evidence(review):
        return not_applicable("no included study reports an outcome of the protocol", RESULTS)
    waiting = evidence_held.unassessed(review)
    return weigh(
        (not waiting, f"the risk of bias of the studies behind each outcome; {listed(waiting)} not assessed"),
        who=BY_ASSESSING,
        at=(FINDINGS, *(evidence_held.finding(one) for one in evidence_held.with_evidence(review))),
    )


def pooled_results(review: Review) -> Answer:
    """The result of every meta-analysis."""
    return evidence_held.analysis(review, "the pooled result")


def heterogeneity(review: Review) -> Answer:
    """What came of looking into heterogeneity."""
    return evidence_held.analysis(review, "what explains differences between results")


def sensitivity(review: Review) -> Answer:
    """What came of sensitivity analyses."""
    return evidence_held.analysis(review, "sensitivity analyses")


def missing_results(review: Review) -> Answer:
    """A judgement of publication bias for every outcome with evidence."""
    return _rated(review, "a judgement whether results are missing for {}")


def certainty(review: Review) -> Answer:
    """A rating of certainty by people for every outcome with evidence."""
    return _rated(review, "a rating of the certainty by people for {}")


def _rated(review: Review, what: str) -> Answer:
    if not evidence_held.with_evidence(review):
        return not_applicable("no included study reports an outcome of the protocol", FINDINGS)
    unrated = evidence_held.unrated(review)
    return weigh((not unrated, what.format(listed(unrated))), who=BY_RATING, at=(FINDINGS,))


RESULTS_SECTION = Section(
    "Results",
    (
        Requirement(
            "16a",
            "Study selection: flow",
            "How many records became how many studies, best as a diagram.",
            flow_of_records,
        ),
        Requirement(
            "16b",
            "Study selection: near misses",
            "Studies that looked eligible and were excluded, with the reason.",
            near_misses,
        ),
        Requirement("17", "Study characteristics", "Each included study with its characteristics.", characteristics),
        Requirement("18", "Risk of bias in studies", "The assessment of each included study.", risk_of_bias),
        Requirement(
            "19",
            "Results of individual studies",
            "For each study and outcome the numbers of each group and the effect with its precision.",
            individual_results,
        ),
        Requirement(
            "20a",
            "Syntheses: studies",
            "For each synthesis the studies in it and their risk of bias.",
            contributing_studies,
        ),
        Requirement(
            "20b",
            "Syntheses: results",
            "The result of each statistical synthesis with its precision and heterogeneity.",
            pooled_results,
        ),
        Requirement(
            "20c", "Syntheses: heterogeneity", "What came of looking into reasons for different results.", heterogeneity
        ),
        Requirement("20d", "Syntheses: sensitivity", "What came of the sensitivity analyses.", sensitivity),
        Requirement("21", "Reporting biases", "For each synthesis, whether results may be missing.", missing_results),
        Requirement("22", "Certainty of evidence", "How certain the evidence is for each outcome.", certainty),
    ),
)
